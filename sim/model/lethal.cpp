#include "tresse/model/lethal.hpp"

#include <bit>

#include "tresse/core/math.hpp"

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

float worse_at(const ConditionTable& table, int age) {
    if (table.worse_log_ratio_per_decade == 0 || age >= 90) return 1.0f;
    return exp_f(table.worse_log_ratio_per_decade * static_cast<float>(age - 90) / 10.0f);
}

}  // namespace tresse::model
