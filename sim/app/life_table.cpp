#include "tresse/app/life_words.hpp"
#include "tresse/core/text/catalogue.hpp"
#include "tresse/model/hazards.hpp"

namespace tresse::app {

namespace {

namespace st = world::status;
namespace st2 = world::status2;
using measure::LifeMonth;
using store::Type;

constexpr const char* work_keys[] = {"child", "student", "employed", "unemployed", "sick_leave", "disabled", "retired", "at_home"};
constexpr const char* carer_keys[] = {"", "partner", "relative", "neighbour"};
constexpr const char* fact_keys[] = {"presence", "conditions", "events", "stays", "dependence", "home", "work", "habits", "body", "team", "records", "care", "programme", "plan",
                                     "coordination", "attitude", "carer", "household", "own_money", "public_money", "quality", "counts"};

std::string joined(std::string text, const std::string& more) { return text.empty() ? more : text + " " + more; }

std::string conditions_of(const LifeMonth& m, const world::Catalogue& c) {
    std::string out;
    const world::Conditions has{m.row.conditions};
    for (int k = 0; k < static_cast<int>(c.conditions.size()); ++k)
        if (has.has(k))
            out = joined(out, c.conditions[static_cast<std::size_t>(k)].id + ":" + std::to_string(has.stage(k)) + (has.diagnosed(k) ? "" : "?"));
    return out;
}

std::string facts_of(std::uint32_t facts) {
    std::string out;
    for (std::size_t i = 0; i < std::size(fact_keys); ++i)
        if (facts >> i & 1u)
            out = joined(out, fact_keys[i]);
    return out;
}

std::string euros(Cents cents) { return store::cell(static_cast<double>(cents) / 100); }

std::string provider(const LifeMonth& m, std::size_t slot) { return m.team[slot] == no_provider ? std::string() : std::to_string(m.team[slot]); }

}  // namespace

store::Table life_table(const measure::Lives& lives, const scenario::Scenario& scenario) {
    const world::Catalogue& c = *scenario.catalogue;
    store::Table t{"life",
                   {{"arm"}, {"month"}, {"age", Type::whole}, {"municipality"}, {"household_members", Type::whole}, {"conditions"}, {"dependence", Type::whole}, {"nursing_home", Type::whole}, {"work"},
                    {"gp_contacts", Type::whole}, {"specialist_contacts", Type::whole}, {"emergency_visits", Type::whole}, {"hospital_days", Type::whole}, {"causes"}, {"nurse_visits", Type::whole},
                    {"home_help_hours", Type::whole}, {"programme_contacts", Type::whole}, {"programmes"}, {"waiting_requests", Type::whole}, {"lost_requests", Type::whole}, {"carer"},
                    {"carer_hours_week", Type::whole}, {"carer_strain", Type::whole}, {"plan", Type::whole}, {"case_manager", Type::whole}, {"coordination", Type::whole}, {"gp_provider", Type::whole},
                    {"gp_shares_record", Type::whole}, {"gp_contract"}, {"own_eur", Type::real}, {"public_eur", Type::real}, {"household_paid_eur", Type::real}, {"quality_weight", Type::real}, {"differs"}},
                   {}};
    for (std::size_t a = 0; a < lives.arms.size(); ++a)
        for (const LifeMonth& m : lives.arms[a].months) {
            const MonthCare care = month_care(m, c);
            const std::uint32_t s = m.row.status, s2 = m.row.status2;
            std::string causes, programmes, differs;
            for (const auto& stay : m.stays)
                causes = joined(causes, c.causes[stay.cause].id);
            for (const auto& e : m.enrolments)
                programmes = joined(programmes, c.actions[static_cast<std::size_t>(e.action)].id);
            const auto& base = lives.arms.front().months;
            if (a > 0) {
                const int i = base.empty() ? -1 : m.month - base.front().month;
                differs = i < 0 || i >= static_cast<int>(base.size()) ? "presence" : facts_of(measure::differing_facts(base[static_cast<std::size_t>(i)], m));
            }
            const auto n = [](auto value) { return std::to_string(value); };
            t.rows.push_back({scenario.arms[static_cast<std::size_t>(lives.arms[a].arm)].id, m.month.text(), n(model::age_at(m.row.birth_month, m.month.index)),
                              m.place < c.places.size() ? n(c.places[m.place].nis) : "", n(m.members), conditions_of(m, c), n(st::Dependence::get(s)), n(st::NursingHome::get(s)), work_keys[st::Work::get(s)],
                              n(care.gp), n(care.specialist), n(care.emergency), n(care.hospital_days), causes, n(care.nursing), n(care.home_help), n(care.programme), programmes, n(care.waiting),
                              n(care.given_up), carer_keys[st::Carer::get(s)], n(m.carer_hours), n(st2::CarerStrain::get(s2)), n(st::Plan::get(s)), n(st::CaseManager::get(s)),
                              n(m.row.coordination), provider(m, 0), n(m.team_shares & 1), m.gp_contract < c.contracts.size() ? c.contracts[m.gp_contract] : "", euros(m.own_cents), euros(m.public_cents),
                              euros(m.household_paid), store::cell(m.row.utility / 65535.0), differs});
        }
    return t;
}

}  // namespace tresse::app
