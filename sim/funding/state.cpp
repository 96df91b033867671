#include "tresse/funding/state.hpp"

#include "tresse/world/bits.hpp"

namespace tresse::funding {

bool StateTest::holds(const State& state) const {
    if ((state.status & must) != must || (state.status & must_not) != 0) return false;
    if ((some != 0 && (state.status & some) == 0) || (state.status & none) != 0) return false;
    if (condition >= 0) {
        const int stage = world::Conditions{state.conditions}.stage(condition);
        if (stage < stage_from || stage > stage_to) return false;
    }
    return (seen == 0 || (seen & state.seen) != 0) && state.shares_two_years >= shares_from && state.spending_last_year >= spending_from &&
           (indicators & state.indicators) == indicators;
}

}  // namespace tresse::funding
