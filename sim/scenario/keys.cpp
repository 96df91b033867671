#include "tresse/scenario/constants.hpp"
#include "tresse/scenario/keys.hpp"

#include <algorithm>

#include "key_rows.hpp"
#include "tresse/model/policy.hpp"
#include "tresse/scenario/funding_keys.hpp"
#include "tresse/scenario/library.hpp"
#include "tresse/scenario/round.hpp"
#include "tresse/scenario/lesson.hpp"
#include "tresse/scenario/study.hpp"

namespace tresse::scenario {

namespace {

constexpr const char* months = "month like 2026-01";

constexpr KeyRow scenario_rows[] = {
    {"format", "number", "1", "must", "version of the file format"},
    {"kind", "word", "scenario", "must", "what the file is"},
    {"id", "word", "small letters, digits, hyphens", "must", "names the folder of results"},
    {"title", "text in en, fr, nl, de", "", "must", "heading"},
    {"question", "text in en, fr, nl, de", "", "empty", "the question, as a person would ask it"},
    {"would_change_the_answer", "text in en, fr, nl, de", "", "empty", "what would change the answer"},
    {"region", "word", "a folder of scenarios/ with region.yaml", "belgium", "region pack; a path with a slash is taken as it stands"},
    {"own_files", "list of paths", "component, funding_rule, conditions", "none", "files of the author, relative to this one; an id that exists is replaced"},
    {"area", "map or word", "exactly one of the keys below", "must", "where; a bare word is looked for everywhere"},
    {"area.municipalities", "list", "NIS numbers or Dutch, French or German names", "", "municipalities of the area"},
    {"area.municipality", "NIS number or name", "", "", "one municipality"},
    {"area.zone", "id", "zones.csv", "", "a primary care zone; parts of municipalities are taken whole, with a remark"},
    {"area.basin", "id", "zones.csv", "", "a basin of Brussels"},
    {"area.arrondissement", "id", "places.csv", "", "an arrondissement"},
    {"area.province", "id", "places.csv", "", "a province"},
    {"area.region", "word", "flanders, brussels, wallonia", "", "a region"},
    {"area.country", "word", "belgium", "", "the whole pack"},
    {"area.name", "text in en, fr, nl, de", "", "name of the place", "heading of the area"},
    {"time.start", months, "a start year of the region pack", "must", "policy date"},
    {"time.settling_months", "months", "0 to 240", "36", "run before the policy date, in which the population stands still"},
    {"time.policy_months", "months", "1 to 600", "120", "horizon"},
    {"money.euros_of", "year", "2025", "2025", "price year of all results"},
    {"money.rules_as_of", months, "not after the start", "start", "rules that start later are not in force"},
    {"money.indexation", "word", "health_index", "health_index", "brings amounts to the price year"},
    {"runs.replicates", "number", "1 to 10000", "12", "futures"},
    {"runs.seed", "number", "0 to 2^53", "2026", "key of all luck"},
    {"runs.sample", "share", "1/k with k whole: 10, 1/10 or 0.1", "1", "share of the households; a sketch, not to be quoted"},
    {"runs.draw_parameters", "flag", "true, false", "true", "each future draws its own uncertain numbers"},
    {"parameters", "map", "keys of numbers of the library", "none", "sets a number for all arms; a list for a number by stage"},
    {"base", "word", "id of an arm", "must", "the arm with which the others are compared"},
    {"arms", "list", "at least one", "must", "policies under test; each says only what differs"},
    {"arms[].id", "word", "small letters, digits, hyphens", "must", "name of the arm"},
    {"arms[].label", "text in en, fr, nl, de", "", "id", "heading of the arm"},
    {"arms[].organisation.use", "id", "organisations.yaml", "must", "the body that the arm sets up"},
    {"arms[].organisation.start", months, "policy period", "time.start", "from when"},
    {"arms[].organisation.end", months, "after its start", "never", "last month; its actions end with it"},
    {"arms[].organisation.grants[].for", "word", "coordination, actions", "must", "what the money is for"},
    {"arms[].organisation.grants[].eur_per_year", "EUR a year", "0 or more", "", "for the whole body, not indexed, paid in 12 months"},
    {"arms[].organisation.grants[].eur_per_inhabitant_year", "EUR a year per inhabitant", "0 to 100000", "", "the same, growing with the area; one of the two must stand"},
    {"arms[].organisation.grants[].years", "years", "1-5 or 3; the first is 1", "all", "years of the body in which it is paid"},
    {"arms[].organisation.grants[].payer", "account", "payers.yaml, or competent_federated", "must", "who pays; competent_federated: the bodies of the area by their inhabitants"},
    {"arms[].organisation.grants[].source", "source id", "", "must", "where the amount comes from"},
    {"arms[].organisation.grants[].note", "text", "", "empty", "a remark"},
    {"arms[].components[].use", "component/action", "library/components", "must", "the action"},
    {"arms[].components[].budget_share", "share", "0 to 1; all of an arm at most 1", "", "of the grants for actions: reaches as many as that staffs"},
    {"arms[].components[].reach.persons", "persons", "0 or more", "", "at the same time"},
    {"arms[].components[].reach.persons_per_1000", "persons per 1,000 inhabitants of the area", "0 to 1000", "", "at the same time; grows with the area"},
    {"arms[].components[].reach.persons_per_year", "persons a year", "0 or more", "", "who start in a year"},
    {"arms[].components[].reach.persons_per_1000_a_year", "persons a year per 1,000 inhabitants of the area", "0 to 1000", "", "who start in a year; grows with the area"},
    {"arms[].components[].reach.share_of_target", "share", "0 to 1", "", "of those the action means"},
    {"arms[].components[].reach.share_of_providers", "share", "0 to 1", "", "ceiling of an action on providers"},
    {"arms[].components[].start", months, "policy period", "start of the organisation, else time.start", "first month"},
    {"arms[].components[].end", months, "after its start", "end of the organisation", "last month"},
    {"arms[].components[].full_after_months", "months", "1 to 600", "1", "the reach grows in equal steps until then"},
    {"arms[].components[].zones_per_year", "zones a year", "0 to 1000", "all at once", "zones start one after the other, in the order of the region pack"},
    {"arms[].per_entity.<body>.components", "list as arms[].components", "federated bodies of payers.yaml", "none", "what one federated body does in its own territory"},
    {"arms[].components[].paid_by", "shares by account", "make 1", "the grant for actions", "who pays; competent_federated lets the place decide"},
    {"arms[].funding[].use", "id", "library/funding", "must", "a funding rule"},
    {"arms[].funding[].start", months, "policy period", "time.start", "from when"},
    {"arms[].funding[].end", months, "after its start", "never", "last month"},
    {"arms[].funding[].with.share_of_practices", "share", "0 to 1", "must for a rule with a contract", "practices that change to the contract of the rule"},
    {"arms[].funding[].with.full_after_months", "months", "1 to 600", "1", "when they all have"},
    {"arms[].funding[].with.payee", "id", "the arm's organisation", "", "who receives the share of savings"},
    {"arms[].funding[].with.forecast", "word", "national_trend_by_risk_cell", "national_trend_by_risk_cell", "against what savings are counted"},
    {"arms[].funding[].with.share", "share", "0 to 1", "of the rule", "of the savings that is paid"},
    {"arms[].funding[].with.losses", "word", "not_shared", "not_shared", "what happens when there is none"},
    {"arms[].funding[].with.outliers_above_percentile", "percentile", "50 to 100", "of the rule", "costs above it are cut off"},
    {"arms[].funding[].with.reinvested_share", "share", "0 to 1", "of the rule", "of what is received that goes into the actions"},
    {"arms[].funding[].with.reinvest_in", "list of components", "of this arm", "none", "where it goes"},
    {"arms[].funding[].with.note", "text", "", "empty", "a remark"},
    {"arms[].capacities[].role", "role or kind of provider", "", "must", "whose capacity changes"},
    {"arms[].capacities[].ratio", "factor on posts", "0 to 100", "", "new posts over old ones"},
    {"arms[].capacities[].unlimited", "flag", "true, false", "false", "no queue binds (for tests)"},
    {"arms[].capacities[].start", months, "policy period", "time.start", "from when"},
    {"arms[].hazards[].mechanism", "word", "onset, progression, exacerbation, admission, readmission, nursing_home_entry, diagnosis, return_to_work", "must", "which hazard, in everybody (for tests and teaching)"},
    {"arms[].hazards[].condition", "condition", "", "all", "of which condition"},
    {"arms[].hazards[].ratio", "factor", "0.000001 to 100", "must", "on the hazard"},
    {"arms[].hazards[].start", months, "policy period", "time.start", "from when"},
    {"arms[].parameters", "map", "keys of numbers of this arm's actions", "none", "the arm's own value of a number"},
};

constexpr KeyRow component_rows[] = {
    {"format", "number", "1", "must", "version of the file format"},
    {"kind", "word", "component", "must", "what the file is"},
    {"id", "word", "", "must", "name of the component, as the file"},
    {"number", "number", "1 to 99", "must", "number in the plan (1 to 14 local, 15 to 18 of the authorities)"},
    {"level", "word", "local, authorities", "must", "who carries it"},
    {"name", "text in en, fr, nl, de", "", "must", "heading"},
    {"may_start", "list of levels", "federal, federated, local, private, organisation", "must", "who may start it"},
    {"non_medical_providers", "list of roles", "", "must, or the next", "providers outside medicine that deliver contacts"},
    {"no_non_medical_provider_because", "text in en, fr, nl, de", "", "", "why there is none"},
    {"what_we_do_not_know", "text in en, fr, nl, de", "", "empty", "shown by explain"},
    {"actions[].id", "word", "", "must", "name of the action"},
    {"actions[].name", "text in en, fr, nl, de", "", "must", "heading"},
    {"actions[].in_words", "text in en, fr, nl, de", "", "must", "who does what for whom"},
    {"actions[].target.event", "word", "discharge_from_hospital", "none", "only those to whom this has just happened"},
    {"actions[].target.all_of", "list of tests", "", "everybody", "every test must hold"},
    {"actions[].target.any_of", "list of tests", "", "", "at least one must hold"},
    {"actions[].target.all_of[].age_from", "years", "0 to 110", "", "this age or older"},
    {"actions[].target.all_of[].age_to", "years", "0 to 110", "", "this age or younger"},
    {"actions[].target.all_of[].conditions_from", "number", "1 to 16", "", "so many conditions or more"},
    {"actions[].target.all_of[].dependence_from", "Katz class", "1 to 3", "", "A = 1, B = 2, C = 3"},
    {"actions[].target.all_of[].admissions_this_and_last_year_from", "stays", "1 to 6", "", "in hospital, this and last calendar year"},
    {"actions[].target.all_of[].medicines_from", "number", "1 to 15", "", "medicines in use"},
    {"actions[].target.all_of[].risk_tier_from", "tier", "0 to 3", "", "of the risk stratification"},
    {"actions[].target.all_of[].income_fifth_to", "fifth", "1 to 5", "", "1 is the lowest"},
    {"actions[].target.all_of[].with_child_to_age", "years", "0 to 17", "", "another member of the household is a child of this age or younger"},
    {"actions[].target.all_of[].months_off_work_from", "months", "1 to 60", "", "on sick leave or disabled for so long or longer"},
    {"actions[].target.all_of[].risk_factor", "word", "smoking, inactivity, overweight, obesity", "", "smokes daily, is inactive, BMI of 25 to 30, BMI of 30 or more"},
    {"actions[].target.all_of[].increased_reimbursement", "flag", "true, false", "", "has the status"},
    {"actions[].target.all_of[].at_home", "flag", "true, false", "", "does not live in a nursing home"},
    {"actions[].target.all_of[].has_carer", "flag", "true, false", "", "has an informal carer"},
    {"actions[].target.all_of[].lives_alone", "flag", "true, false", "", "the only member of the household"},
    {"actions[].target.all_of[].sex", "word", "women, men", "", ""},
    {"actions[].target.all_of[].work", "word", "child, student, employed, unemployed, sick_leave, disabled, retired, at_home", "", "work state"},
    {"actions[].target.all_of[].self_rated_health_poor", "flag", "true", "", "rates own health as poor"},
    {"actions[].target.all_of[].condition", "condition or list", "", "", "one of them is diagnosed"},
    {"actions[].accepts_share", "estimate: share", "0 to 1", "must with a service", "of those invited who say yes"},
    {"actions[].accepts_odds_lowest_income", "estimate: odds ratio", "0.01 to 100", "1", "lowest income fifth against the highest; equal steps between; the mean share stays"},
    {"actions[].service", "service", "services.yaml", "none", "what is delivered each month; none = an action on providers"},
    {"actions[].needs.<role>_minutes", "estimate: minutes", "0 or more", "0", "once at the start, per person, from agendas that exist"},
    {"actions[].needs.<role>_minutes_month", "estimate: minutes", "0 or more", "0", "per person and month"},
    {"actions[].needs.other_eur", "estimate: EUR", "0 or more", "0", "once at the start, per person"},
    {"actions[].needs.other_eur_month", "estimate: EUR", "0 or more", "0", "per person and month"},
    {"actions[].needs.eur_per_provider_month", "estimate: EUR", "0 or more", "0", "per provider supported and month"},
    {"actions[].staff.role", "role", "", "must", "in which posts are opened"},
    {"actions[].staff.minutes", "estimate: minutes", "0 or more", "0", "once at the start, per person"},
    {"actions[].staff.minutes_month", "estimate: minutes", "0 or more", "0", "per person and month"},
    {"actions[].staff.eur_per_hour", "estimate: EUR", "0 to 1000", "must", "cost of an hour"},
    {"actions[].course_months", "months", "0 to 600", "0", "length of a course; 0 = as long as the action runs"},
    {"actions[].partners_needed", "list of roles or kinds", "", "none", "must exist in the area"},
    {"actions[].levers[].mechanism", "word", "the closed list below", "must", "what moves"},
    {"actions[].levers[].condition", "condition", "", "all", "of which condition"},
    {"actions[].levers[].risk_factor", "word", "smoking, inactivity, overweight, obesity", "must with risk_factor_change", "which one is left"},
    {"actions[].levers[].ratio", "estimate: ratio", "0.01 to 100", "must, or adds", "on a rate"},
    {"actions[].levers[].adds", "estimate: unit of the mechanism", "", "must, or ratio", "an addition"},
    {"actions[].levers[].prediction.low", "as the effect", "not above the interval of the mean", "", "2.5 % point of the effect in a new place"},
    {"actions[].levers[].prediction.high", "as the effect", "not below the interval of the mean", "", "97.5 % point; draws use this interval"},
    {"actions[].levers[].prediction.source", "source id", "", "must", ""},
    {"actions[].levers[].prediction.note", "text", "", "empty", "a remark"},
    {"actions[].levers[].evidence", "word", "pooled, single_trial, observational, assumption", "must", "sets the probability that there is no effect: 0, 0.3, 0.5, 0.5"},
    {"actions[].levers[].nil_prob", "probability", "0 to 1", "by evidence", "that the truth is nothing"},
    {"actions[].levers[].shrink", "estimate: factor", "0 to 1", "1", "on the log ratio or addition, where trials are small"},
    {"actions[].levers[].lag_months", "months", "0 to 600", "0", "before it starts to act"},
    {"actions[].levers[].lasts_months", "months", "0 to 600", "0", "how long it acts; 0 = while enrolled"},
    {"actions[].levers[].decay", "estimate: share a year", "0 to 1", "0.25", "loss after support ends"},
    {"actions[].levers[].path", "word", "direct, surrogate", "direct", "measured on the outcome, or through a risk factor"},
    {"actions[].levers[].note", "text", "", "empty", "a remark"},
    {"actions[].looked_for_and_not_found[].mechanism", "text", "", "must", "an effect that was looked for and not found"},
    {"actions[].looked_for_and_not_found[].source", "source id", "", "must", ""},
    {"actions[].looked_for_and_not_found[].note", "text", "", "empty", "a remark"},
    {"actions[].fidelity", "estimate: share", "0 to 1", "1", "effect in routine over effect in trials"},
    {"actions[].trial_share", "estimate: share", "0.01 to 1", "1", "contacts delivered over intended in the trials"},
    {"actions[].dose_window_days", "days", "0 to 365", "0", "later is no dose; 0 = no window"},
    {"actions[].if_capacity_runs_out", "word", "waits, waits_then_lost", "waits", "what happens when nobody is free"},
    {"actions[].outreach.to_income_fifth", "fifth", "1 to 5", "must", "who refused and has an income up to this fifth is visited"},
    {"actions[].outreach.accepts_share", "estimate: share", "0 to 1", "must", "of them who then say yes"},
    {"actions[].outreach.eur", "estimate: EUR", "0 or more", "must", "per visit"},
    {"actions[].stratifies.score", "word", "facts, foresight, random", "must", "what is known; foresight knows the true hazard, to compare with"},
    {"actions[].stratifies.tier_shares", "three shares of the scored adults", "falling", "must", "tier 1 and above, 2 and above, 3"},
    {"actions[].stratifies.eur_per_person_year", "estimate: EUR", "0 to 1000", "must", "per person scored"},
    {"actions[].stratifies.weights.<fact>", "estimate: points", "0 to 100", "0", "age_of_ten_years, known_condition, katz_class, stay_of_two_years, medicine, spending_of_10000_eur"},
    {"actions[].takes_up", "word", "action, shared_record", "action", "what the providers of an action on providers take up"},
    {"actions[].supports_adoption", "flag", "true, false", "false", "its providers take it up at the pace of those who get support"},
};

constexpr KeyRow organisation_rows[] = {
    {"format", "number", "1", "must", "version of the file format"},
    {"kind", "word", "organisations", "must", "what the file is"},
    {"organisations[].id", "word", "", "must", "name"},
    {"organisations[].name", "text in en, fr, nl, de", "", "must", "heading"},
    {"organisations[].in_words", "text in en, fr, nl, de", "", "must", "what it is"},
    {"organisations[].supports_adoption", "flag", "true, false", "false", "providers adopt at the pace of those who get support"},
    {"organisations[].full_after_months", "months", "1 to 600", "1", "until it works at full strength; its actions on persons grow no faster, and those on providers reach no more than its strength"},
    {"organisations[].adoption_ratio", "estimate: ratio", "0.1 to 10", "1", "at full strength, on the pace at which providers take up"},
    {"organisations[].eur_per_post", "estimate: EUR a year", "1000 or more", "none", "of integration management: what the coordination money buys"},
    {"organisations[].partners", "list of roles", "", "none", "who sits in it"},
    {"organisations[].missions", "list of components", "", "none", "what it is there for; explain says which have no action in the arm"},
    {"organisations[].source", "source id", "", "must", ""},
};

constexpr KeyRow backtest_rows[] = {
    {"format", "number", "1", "must", "version of the file format"},
    {"kind", "word", "backtests", "must", "what the file is"},
    {"months", "months", "1 to 600", "must", "horizon of every row"},
    {"replicates", "number", "2 to 10000", "must", "futures of every row"},
    {"backtests[].id", "word", "", "must", "name of the row"},
    {"backtests[].scenario", "id", "shipped scenarios", "must", "what is played, in its own area"},
    {"backtests[].arm", "id of an arm", "", "must", "the arm looked at"},
    {"backtests[].against", "id of an arm", "", "must", "the arm it is compared with"},
    {"backtests[].scores", "list of words", "the rows of the score table", "must", "what is looked at"},
    {"backtests[].expect", "word", "same, better, worse, up, down", "must", "verdict that must not be contradicted; up and down look at the middle alone"},
    {"backtests[].seen", "flag", "true, false", "not looked at", "whether an evaluation of the one area could have seen it"},
    {"backtests[].source", "source id", "", "must", "where it was published"},
};

constexpr KeyRow score_rows[] = {
    {"format", "number", "1", "must", "version of the file format"},
    {"kind", "word", "scores", "must", "what the file is"},
    {"scores[].id", "word", "the rows of the score table", "must", "name of the score"},
    {"scores[].family", "word", "health, experience, cost, workers, equity", "must", "where it stands"},
    {"scores[].unit", "word", "", "must", "unit"},
    {"scores[].direction", "word", "more, less, closer_to_zero", "must", "what is better"},
    {"scores[].smallest_that_matters.value", "the score's unit", "above 0", "must", "a smaller difference is called `same`"},
    {"scores[].smallest_that_matters.source", "source id", "", "must", "its reason"},
    {"scores[].differences", "list of words", "points, relative", "must", "which differences a report may show"},
    {"scores[].name", "text in en, fr, nl, de", "", "must", "heading"},
    {"scores[].how_to_read", "text in en, fr, nl, de", "", "must", "how to read it"},
};

constexpr KeyRow factor_rows[] = {
    {"format", "number", "1", "must", "version of the file format"},
    {"kind", "word", "factors", "must", "what the file is"},
    {"id", "word", "", "none", "name"},
    {"report", "text", "", "none", "what the fit reached, written by `tresse validate --fit`"},
    {"factors[].id", "word", "deaths.<region>.<women, men>, deaths.<women, men>.85, stays.<0, 65, 75, 85>, contacts.<service>, contacts.daily_nursing, again.<gp_contact, specialist_contact>, frailty.permanent_variance, frailty.slow_variance, price.federal_baseline, survey.<long_illness, other_illness>", "must", "what is multiplied"},
    {"factors[].value", "factor", "within its bounds", "must", "found by the fit"},
    {"factors[].low", "factor", "0.01 to 10", "must", "bound, set before the fit"},
    {"factors[].high", "factor", "not below low", "must", "bound, set before the fit"},
    {"factors[].target", "row of bands.csv", "", "must", "what it is fitted to"},
    {"factors[].elasticity", "percent a percent", "-10 to 10", "1", "first guess of the answer of the row"},
    {"factors[].source", "source id", "", "must", "reason of the bounds"},
};

constexpr KeyRow region_rows[] = {
    {"format", "number", "1", "must", "version of the file format"},
    {"kind", "word", "region", "must", "what the file is"},
    {"id", "word", "", "must", "name of the pack"},
    {"name", "text in en, fr, nl, de", "", "must", "heading"},
    {"counts_of", "day", "a first of January", "must", "of which day the counts are"},
    {"valid_start_years", "list of years", "", "must", "policy dates for which the counts may stand"},
    {"about", "text", "", "empty", "a remark"},
    {"tables.<name>.file", "file name", "in the same folder", "must", "a table"},
    {"tables.<name>.licence", "text", "", "must", "on what terms it may be used"},
    {"tables.<name>.sources", "list of source ids", "", "none", "where it comes from"},
    {"tables.<name>.note", "text", "", "empty", "a remark"},
};

constexpr KeyRow source_rows[] = {
    {"format", "number", "1", "must", "version of the file format"},
    {"kind", "word", "sources", "must", "what the file is"},
    {"<id>.what", "text", "", "must", "the finding or number, in our words"},
    {"<id>.where", "text", "", "must for S-nnn", "the publication"},
    {"<id>.address", "web address", "", "empty", ""},
    {"<id>.read", "word", "true, false, partly, contents_only", "empty", "how much of it was read by us"},
    {"<id>.note", "text", "", "empty", "a remark"},
    {"<id>.why", "text", "", "must for A-nnn", "the reason of an assumption"},
    {"<id>.would_settle_it", "text", "", "empty", "what would replace the assumption"},
    {"<id>.used_by", "list of file ids", "", "none", "where it is used"},
};

std::string cell(const std::string& text) {
    std::string out;
    for (const char c : text) out += c == '|' ? std::string("\\|") : std::string(1, c);
    return out;
}

}  // namespace

std::vector<KeyDoc> scenario_keys() {
    std::vector<KeyDoc> out;
    add_keys("scenario", scenario_rows, out);
    add_keys("component", component_rows, out);
    add_keys("organisations", organisation_rows, out);
    add_keys("backtests", backtest_rows, out);
    add_keys("scores", score_rows, out);
    add_keys("factors", factor_rows, out);
    add_keys("region", region_rows, out);
    add_keys("sources", source_rows, out);
    return out;
}

std::vector<KeyDoc> all_keys() {
    std::vector<KeyDoc> out = scenario_keys();
    for (const std::vector<KeyDoc>& more : {funding_keys(), library_keys(), jury_keys(), constants_keys(), study_keys(), lesson_keys()}) out.insert(out.end(), more.begin(), more.end());
    return out;
}

std::string keys_table(const std::vector<KeyDoc>& keys) {
    std::string out, kind;
    for (const KeyDoc& k : keys) {
        if (k.kind != kind) {
            kind = k.kind;
            out += (out.empty() ? "### `kind: " : "\n### `kind: ") + kind + "`\n\n| key | unit | range | default | meaning |\n|---|---|---|---|---|\n";
        }
        out += "| `" + cell(k.path) + "` | " + cell(k.unit) + " | " + cell(k.range) + " | " + cell(k.standard) + " | " + cell(k.meaning) + " |\n";
    }
    return out;
}

std::string mechanisms_table() {
    std::string out = "| mechanism | form | unit |\n|---|---|---|\n";
    for (const std::string& word : model::lever_words()) {
        model::LeverKind kind{};
        model::parse_lever(word, kind);
        const model::LeverForm form = model::lever_form(kind);
        out += "| `" + word + "` | " + (form.is_ratio ? "ratio" : "adds") + " | " + std::string(form.unit) + " |\n";
    }
    return out;
}

}  // namespace tresse::scenario
