#include "tresse/scenario/round.hpp"

namespace tresse::scenario {

namespace {

struct Row {
    const char* path;
    const char* unit;
    const char* range;
    const char* standard;
    const char* meaning;
};

constexpr const char* text4 = "text in en, fr, nl, de";

constexpr Row call_rows[] = {
    {"format", "number", "1", "must", "version of the file format"},
    {"kind", "word", "call", "must", "what the file is"},
    {"id", "word", "small letters, digits, hyphens", "must", "names the folder of the rounds"},
    {"title", text4, "", "must", "heading of every paper"},
    {"legal_basis.text", text4, "", "must", "the text on which the call rests"},
    {"legal_basis.source", "source id", "", "must", "where it was read"},
    {"timetable[].step", "word", "filing, ...", "must", "the step; `filing` bounds the dates of dossiers"},
    {"timetable[].name", text4, "", "id", "heading"},
    {"timetable[].from", "date", "2017-08-18", "none", "first day"},
    {"timetable[].to", "date", "not before from", "none", "last day"},
    {"timetable[].on", "date", "", "none", "the day, when it is one"},
    {"timetable[].source", "source id", "", "must", "where it was read"},
    {"jury_gives.per_dossier", "list of words", "", "must", "what the jury may say of a dossier"},
    {"jury_gives.ranking", "word", "not_used, used", "not_used", "whether this call ranks dossiers"},
    {"benches[].id", "word", "", "must", "a group of jurors"},
    {"benches[].name", text4, "", "must", "heading"},
    {"benches[].appointed_by", text4, "", "empty", "who names its members"},
    {"benches[].weight", "number", "0 to 1000", "1", "of its voice; equal when all are 1"},
    {"benches[].source", "source id", "", "must", "where it was read, or our reason"},
    {"admissibility[].id", "word", "a rule that can be checked", "must", "the condition"},
    {"admissibility[].name", text4, "", "must", "the condition in words"},
    {"admissibility[].asked_in", "word", "", "must", "where it was asked: 2016 call, 2017 filing, ours"},
    {"admissibility[].severity", "word", "refuse, ask, advise", "must", "what it does when it is not met"},
    {"admissibility[].cure", text4, "", "must", "what would put it right"},
    {"admissibility[].source", "source id", "", "must", "where it was read, or our reason"},
    {"admissibility[].min", "inhabitants or years", "0 or more", "none", "least"},
    {"admissibility[].best", "list of two", "", "none", "advised range"},
    {"admissibility[].need", "list of roles", "", "none", "partners that must have signed"},
    {"admissibility[].note", "text", "", "empty", "a remark"},
    {"scoring.note", text4, "", "empty", "stands on every sheet: whose criteria these are"},
    {"scoring.source", "source id", "", "none", "where the criteria come from"},
    {"scoring.scale.from", "number", "0", "0", "lowest score"},
    {"scoring.scale.to", "number", "5", "5", "highest score"},
    {"scoring.scale.step", "number", "0.01 to 5", "0.5", "scores are multiples of it"},
    {"scoring.pass.weighted_mean_share", "share", "0 to 1", "0", "threshold on the weighted mean"},
    {"scoring.pass.no_criterion_below", "score", "0 to 5", "0", "threshold on each criterion"},
    {"scoring.told_apart_above", "probability", "0.5 to 1", "0.95", "above it two dossiers count as told apart"},
    {"scoring.criteria[].id", "word", "", "must", "a criterion"},
    {"scoring.criteria[].weight", "points", "0 to 1000", "must", "for benches that give no weights of their own"},
    {"scoring.criteria[].name", text4, "", "must", "heading"},
    {"scoring.criteria[].anchors.<score>", text4, "0 to 5", "must", "what this score means"},
    {"scoring.simulated_criteria[].id", "word", "", "must", "a criterion that the simulation scores"},
    {"scoring.simulated_criteria[].weight", "points", "0 to 1000", "must", "as above"},
    {"scoring.simulated_criteria[].name", text4, "", "must", "heading"},
    {"scoring.simulated_criteria[].score", "row of the score table", "", "must", "which simulated score"},
    {"scoring.simulated_criteria[].worth_nothing_at", "unit of the score", "", "must", "improvement that is worth 0"},
    {"scoring.simulated_criteria[].worth_all_at", "unit of the score", "above it", "must", "improvement that is worth 1"},
    {"scoring.simulated_criteria[].source", "source id", "", "none", "the reason of both"},
    {"simulation.plan_months", "months", "12 to 120", "48", "length of the plan that is simulated"},
    {"simulation.after_months", "months", "0 to 120", "24", "simulated after the money stops"},
    {"simulation.benchmark", "component/action", "", "none", "what the equal-money benchmark spends everything on"},
    {"simulation.source", "source id", "", "none", "the reason"},
    {"budget.projects", "number", "0 to 1000", "0", "dossiers that the money allows"},
    {"budget.eur_per_year", "EUR a year", "0 or more", "0", "money for all dossiers together"},
    {"budget.coordination_eur_per_year", "EUR a year", "0 or more", "0", "most that one may ask for coordination"},
    {"budget.actions_eur_per_year", "EUR a year", "0 or more", "0", "most that one may ask for actions"},
    {"budget.source", "source id", "", "none", "where it was read"},
    {"population.date", "date", "", "must", "the day whose counts stand for the call's"},
    {"population.margin", "share", "0 to 0.5", "must", "inside it the finding is a question, never a refusal"},
    {"population.file", "file", "columns nis, inhabitants", "must", "the counts, relative to the call"},
    {"population.source", "source id", "", "must", "where they were read"},
};

constexpr Row proposal_rows[] = {
    {"format", "number", "1", "must", "version of the file format"},
    {"kind", "word", "proposal", "must", "what the file is"},
    {"id", "word", "small letters, digits, hyphens", "must", "names the dossier in every paper"},
    {"title", text4, "", "must", "heading"},
    {"in_words", text4, "", "empty", "the dossier in one or two sentences"},
    {"invented", "flag", "true, false", "false", "the whole dossier is made up, for exercise"},
    {"modelled_on", "text", "", "none", "a real pilot whose public facts it uses"},
    {"invented_fields", "list of keys", "", "none", "what we made up beside those facts"},
    {"planted", "list of rules", "", "none", "faults put in on purpose, for tests and teaching"},
    {"call", "id", "", "none", "the call it answers to"},
    {"language", "word", "fr, nl, de, en", "none", "language of the dossier"},
    {"filed", "date", "", "none", "day of filing"},
    {"template", "word", "", "none", "form that was used"},
    {"area.municipalities", "list", "NIS numbers or names", "", "municipalities of the area"},
    {"area.zones", "list of ids", "zones.csv", "", "primary care zones or basins"},
    {"area.arrondissements", "list of ids", "places.csv", "", "arrondissements"},
    {"area.provinces", "list of ids", "places.csv", "", "provinces"},
    {"area.parts[].municipality", "NIS number or name", "", "", "a municipality of which only a part belongs"},
    {"area.parts[].inhabitants", "persons", "0 or more", "must", "people of that part"},
    {"area.parts[].what", "text", "", "empty", "which part"},
    {"area.parts[].source", "source id", "", "none", "where the figure comes from"},
    {"population_stated", "persons", "0 or more", "0", "inhabitants as the dossier says"},
    {"target_group.in_words", text4, "", "empty", "whom the project is for"},
    {"target_group.size_stated", "persons", "0 or more", "0", "how many, as the dossier says"},
    {"target_group.conditions", "list of conditions", "", "all", "when it is limited to some"},
    {"target_group.who", "tests", "as in components", "none", "the same as rules; read by people"},
    {"target_group.start_with", "tests", "as in components", "none", "the part it starts with"},
    {"target_group.found_by", "list of words", "", "none", "how people are found"},
    {"target_group.healthy_people", text4, "", "empty", "what is done for healthy people"},
    {"target_group.hard_to_reach", text4, "", "empty", "how those who are hard to reach are found"},
    {"partners[].name", "text", "", "must", "the partner"},
    {"partners[].role", "word", "a role of partners", "must", "what it brings"},
    {"partners[].mandate", "word", "signed, letter_of_intent, none", "none", "whether it has signed"},
    {"partners[].page", "page", "", "none", "page of the dossier"},
    {"partners[].specialties", "list of words", "", "none", "medical specialties of a hospital"},
    {"integration_manager.name", "text", "", "none", "who runs the project"},
    {"integration_manager.fte", "posts", "0 to 100", "0", "full-time posts"},
    {"governance.decides", "text", "", "none", "who decides"},
    {"governance.seats", "number", "", "0", "seats of that body"},
    {"governance.patients_seats", "number", "", "none", "of which for patients and carers"},
    {"governance.money", "text", "", "none", "how money is managed"},
    {"governance.conflict_rule", "text", "", "none", "what happens when partners disagree"},
    {"governance.communication", "text", "", "none", "how it is told"},
    {"plan.years", "years", "0 to 20", "0", "length of the plan"},
    {"plan.from", "date", "", "none", "first day"},
    {"plan.to", "date", "not before from", "none", "last day"},
    {"plan.actions[].id", "word", "", "must", "name of the action in this file"},
    {"plan.actions[].use", "component/action", "library", "none", "what it is in the library; without it nothing is simulated"},
    {"plan.actions[].what", text4, "", "empty", "what it is, in words"},
    {"plan.actions[].from_month", "month of the plan", "1 or more", "1", "when it starts"},
    {"plan.actions[].to_month", "month of the plan", "not before from_month", "end", "when it ends"},
    {"plan.actions[].staff.<role>", "full-time posts", "0 or more", "none", "who works: case_manager_fte: 1.8"},
    {"plan.actions[].eur_per_year", "EUR a year", "0 or more", "0", "money"},
    {"plan.actions[].providers", "number", "", "0", "providers that take part"},
    {"plan.actions[].groups_per_year", "number", "", "0", "groups a year"},
    {"plan.components.<component>", "[year, proof]", "proof: an action, p12, none", "none", "when work on it starts and what proves it"},
    {"plan.components[].id", "component", "", "", "the same as a list"},
    {"plan.components[].work", "[year, proof]", "", "", "the same as a list"},
    {"money.asked.coordination_eur_per_year", "EUR a year", "0 or more", "0", "asked for coordination"},
    {"money.asked.actions_eur_per_year", "EUR a year", "0 or more", "0", "asked for actions"},
    {"money.own_means_eur_per_year", "EUR a year", "0 or more", "0", "of the partners themselves"},
    {"money.gains_go_to", "list of actions", "", "none", "where efficiency gains go"},
    {"claims[].what", "word", "what a claim may be about", "must", "what is promised"},
    {"claims[].who", "word", "target_group, area", "target_group", "of whom"},
    {"claims[].change", "share", "-1 to 10", "", "-0.10 is ten per cent less"},
    {"claims[].value", "number", "", "", "the promise as a number"},
    {"claims[].by_year", "year of the plan", "1 to 20", "none", "by when"},
    {"claims[].from_year", "year of the plan", "1 to 20", "none", "from when"},
    {"claims[].page", "page", "", "none", "page of the dossier"},
    {"indicators[].id", "text", "", "must", "what is measured"},
    {"indicators[].from", "text", "", "none", "from which data"},
    {"indicators[].sample", "number", "", "none", "of how many"},
    {"declares.external_evaluation", "flag", "true, false", "false", "accepts an external evaluation"},
    {"declares.equity", "text", "", "none", "where the dossier speaks of equity"},
    {"declares.workers", "text", "", "none", "where it speaks of the workers"},
    {"declares.cost_neutral", "text", "", "none", "where it speaks of neutral cost"},
};

constexpr Row round_rows[] = {
    {"format", "number", "1", "must", "version of the file format"},
    {"kind", "word", "round", "must", "what the file is"},
    {"id", "word", "", "must", "name of the round"},
    {"title", text4, "", "must", "heading"},
    {"invented", "flag", "true, false", "false", "made up, for exercise"},
    {"call", "id", "", "none", "the call it judges"},
    {"jurors[].id", "word", "", "must", "names the juror's sheet"},
    {"jurors[].name", "text", "no two alike", "must", "who signs"},
    {"jurors[].bench", "bench of the call", "", "must", "for whom"},
    {"jurors[].organisation", "text", "", "none", "where from; compared with the partners of dossiers"},
    {"jurors[].language", "word", "en, fr, nl, de", "of the command", "language of the juror's pack"},
    {"jurors[].conflicts[].proposal", "id", "", "must", "dossier that the juror does not score"},
    {"jurors[].conflicts[].why", "text", "", "must", "the tie"},
    {"weights[].bench", "bench of the call", "", "must", "who weighs"},
    {"weights[].swing.<criterion>", "points", "0 to 100", "0", "worth of the swing from worst to best; the largest has 100"},
    {"weights[].order", "list of criteria", "", "", "instead of points: most important first"},
    {"weights[].value.<score>", "worth", "0 to 1, never falling", "straight", "points of the value function"},
};

template <std::size_t N> void add(const char* kind, const Row (&rows)[N], std::vector<KeyDoc>& out) {
    for (const Row& r : rows)
        out.push_back({kind, r.path, r.unit, r.range, r.standard, r.meaning});
}

}  // namespace

std::vector<KeyDoc> jury_keys() {
    std::vector<KeyDoc> out;
    add("call", call_rows, out);
    add("proposal", proposal_rows, out);
    add("round", round_rows, out);
    return out;
}

}  // namespace tresse::scenario
