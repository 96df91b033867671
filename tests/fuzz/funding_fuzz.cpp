#include <cstddef>
#include <cstdint>
#include <string>

#include "tresse/core/problems.hpp"
#include "tresse/scenario/funding_file.hpp"
#include "tresse/scenario/payers.hpp"

// Any text is a rule file or a list of problems: never a crash, a broken rule of our own, or a table that does not add up.

namespace {

using namespace tresse;

const char* const payers_text =
    "format: 1\nkind: payers\naccounts:\n  - {id: nihdi_health_care, level: federal, name: {en: N}}\n  - {id: flemish_community, level: federated, name: {en: F}}\n"
    "  - {id: organisation, level: organisation, name: {en: O}}\n  - {id: household, level: private, name: {en: H}}\n"
    "competent_federated:\n  - {region: flanders, account: flemish_community}\n  - {region: brussels, account: flemish_community}\n  - {region: wallonia, account: flemish_community}\n";

struct World {
    World() {
        for (const auto* id : {"gp_consultation", "gp_home_visit", "hospital_day", "stay_fees", "nursing_home_day", "global_record_year"}) {
            catalogue.services.emplace_back();
            catalogue.services.back().id = id;
        }
        for (const auto* id : {"gp_practice", "general_hospital", "nursing_home"}) {
            catalogue.kinds.emplace_back();
            catalogue.kinds.back().id = id;
        }
        index["nihdi_fees"] = {{2015, 1.3}, {2023, 1.1}, {2025, 1.0}};
        index["health_index"] = {{2015, 1.3}, {2023, 1.05}, {2025, 1.0}};
        index["none"] = {{2007, 1.0}};
        payers = scenario::parse_payers(payers_text, "payers", problems);
    }
    Problems problems;
    world::Catalogue catalogue;
    funding::IndexTable index;
    scenario::Payers payers;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const World world;
    const std::string text(reinterpret_cast<const char*>(data), size);
    Problems problems;
    scenario::FundingRules rules;
    scenario::add_funding_rule_text(rules, text, "fuzz.yaml", {&world.catalogue, &world.payers, &world.index}, problems);
    if (problems.any() || rules.rules.empty()) return 0;
    const auto names = scenario::rules_catalogue(rules, {&world.catalogue, &world.payers, &world.index});
    const auto competent = scenario::competence(world.payers);
    funding::CompileInput in;
    in.catalogue = &names, in.competence = &competent, in.index = &world.index;
    for (const auto& rule : rules.rules) in.rules.push_back(&rule), in.uses.push_back({rule.id, rule.from, rule.to, 0, -1, -1, -1});
    for (in.draw = 0; in.draw < 2; ++in.draw)
        for (const auto& row : funding::compile(in, Month::of(2025, 1), problems).rows)
            if (static_cast<std::uint64_t>(row.share) + row.extra > row.total) __builtin_trap();
    return 0;
}
