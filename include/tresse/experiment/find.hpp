#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tresse/world/catalogue.hpp"

/// Which lives to look for: conditions in words, "two admissions, lives alone". The grammar stands in results/README.md.
namespace tresse::experiment {

/// One condition on a life. Facts hold on the policy date; counts are over the months simulated in the base.
struct FindTest {
    enum class Kind : std::uint8_t {
        sex, age, fifth, reimbursement, lives_alone, has_carer, nursing_home, dependence, condition, conditions,   // on the policy date
        stays, unplanned_stays, returns, emergency_visits, gp_contacts, exacerbations, new_conditions, programme, dies, leaves, enters_home,  // in the base
        better, worse, same, dies_earlier,                                                              // of an arm against the base
    };
    Kind kind = Kind::sex;
    int from = 1, to = 1 << 30;  ///< inclusive
    int what = -1;               ///< condition; arm
    bool on_start() const { return kind <= Kind::conditions; }
};

struct Find {
    std::string text;
    std::vector<FindTest> all;   ///< every one holds
};

/// Reads conditions, separated by commas. Words are English or of the language chosen; conditions and arms go by id or name.
/// Throws: BadInput, with every part that is not understood and the nearest word.
Find parse_find(std::string_view text, const world::Catalogue& catalogue, const std::vector<std::string>& arms);
/// The words that the grammar knows, in the language chosen.
std::vector<std::string> find_words(const world::Catalogue& catalogue, const std::vector<std::string>& arms);

}  // namespace tresse::experiment
