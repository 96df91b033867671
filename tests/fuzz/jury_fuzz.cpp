#include <cstddef>
#include <cstdint>
#include <string>

#include "tresse/core/problems.hpp"
#include "tresse/jury/eligibility.hpp"
#include "tresse/jury/means.hpp"
#include "tresse/jury/sheet.hpp"
#include "tresse/scenario/proposal.hpp"
#include "tresse/scenario/region.hpp"
#include "tresse/scenario/round.hpp"

// Any text is a dossier with findings or a scoring sheet with problems: never a crash or a broken rule of our own. The first
// byte says which.

namespace {

using namespace tresse;

struct Room {
    Room() {
        scenario::Municipality m;
        m.nis = 24062, m.name_nl = m.name_fr = m.name_de = "Leuven", m.province = "vlaams-brabant", m.arrondissement = "leuven";
        m.population[0][5] = 50000, m.population[1][5] = 50000;
        region.municipalities = {m};
        scenario::CallRule rule;
        for (const std::string& id : scenario::rule_ids()) {
            rule.id = id, rule.min = id == "inhabitants" ? 75000 : 4, rule.need = {"gp", "several_specialties"};
            call.rules.push_back(rule);
        }
        scenario::CallCriterion c;
        c.id = "finance", c.weight = 1;
        call.criteria = {c};
        call.advice = {"favourable"};
        call.population_margin = 0.03;
        scenario::Juror j;
        j.id = "a", j.name = "A";
        round.jurors = {j};
    }
    scenario::Region region;
    scenario::Call call;
    scenario::Round round;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const Room room;
    if (size == 0)
        return 0;
    const std::string text(reinterpret_cast<const char*>(data + 1), size - 1);
    if (data[0] % 2 == 0) {
        const scenario::Proposal p = scenario::read_proposal_text(text, "fuzz.yaml", room.region, {"a/b"});
        if (jury::eligibility(room.call, p, {&p, 1}, room.region).size() != room.call.rules.size())
            __builtin_trap();
        const jury::Means m = jury::means(p, {});
        jury::claims(p, m, {}, {});
    } else {
        Problems problems;
        const jury::Sheet sheet = jury::parse_sheet(text, "fuzz.csv", room.call, room.round, {"d"}, problems);
        for (const jury::DossierScores& d : sheet.dossiers)
            for (const double s : d.before)
                if (s < 0 || s > 5)
                    __builtin_trap();
    }
    return 0;
}
