#include "tresse/measure/flow.hpp"

#include <array>

namespace tresse::measure {

namespace {

using world::GroupCount;

constexpr auto table = std::to_array<Flow>({
    {"deaths", GroupCount::deaths, true},
    {"gp_contacts", GroupCount::gp_contacts, true},
    {"specialist_contacts", GroupCount::specialist_contacts, true},
    {"nursing_visits", GroupCount::nursing_visits, true},
    {"emergency_visits", GroupCount::emergency_visits, true},
    {"admissions", GroupCount::admissions, true},
    {"avoidable_admissions", GroupCount::avoidable, true},
    {"hospital_days", GroupCount::hospital_days, true},
    {"forgone_money", GroupCount::forgone_money, true},
    {"forgone_distance", GroupCount::forgone_distance, true},
    {"forgone_waiting", GroupCount::forgone_waiting, true},
    {"cents_public", GroupCount::cents_public, false},
    {"cents_share", GroupCount::cents_share, false},
    {"unpaid_hours", GroupCount::unpaid_hours, false},
});

}  // namespace

std::span<const Flow> flows() {
    return table;
}

}  // namespace tresse::measure
