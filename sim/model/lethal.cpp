#include "tresse/model/lethal.hpp"

#include <bit>

namespace tresse::model {

double lethal_hazard(const DiseaseTables& tables, world::Conditions conditions) {
    double sum = 0;
    for (std::uint64_t left = conditions.present(); left != 0; left &= left - 1) {
        const int c = std::countr_zero(left) / 3;
        const ConditionTable& table = tables.condition[static_cast<std::size_t>(c)];
        const auto stage = static_cast<std::size_t>(conditions.stage(c));
        sum += table.lethal[stage] ? static_cast<double>(table.remission[stage]) : 0.0;
    }
    return sum;
}

}  // namespace tresse::model
