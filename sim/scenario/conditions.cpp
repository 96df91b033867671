#include <algorithm>

#include "library_reader.hpp"
#include "tresse/model/risk_laws.hpp"
#include "tresse/world/limits.hpp"

namespace tresse::scenario {

namespace {

constexpr Field condition_numbers[] = {
    {"diagnosed.share", single, Law::logit, 0, 1, "share", "of all who have the condition, known at the start"},
    {"diagnosed.at_onset", single, Law::logit, 0, 1, "share", "of new cases, known at once"},
    {"diagnosed.found_per_year", single, Law::lognormal, 0, 12, "per year", "an unknown case becomes known in ordinary care"},
    {"trend_points_per_year", single, Law::normal, -0.05, 0.05, "share per year", "change of prevalence", false},
    {"stage_log_odds_per_decade", single, Law::fixed, -1, 1, "log odds", "of each later stage per ten years of age among those who have it; left out: 0.15", false},
    {"worse_log_ratio_per_decade", single, Law::fixed, 0, 1, "log ratio", "of progression and of starting in a later stage, per ten years of age; the means stay those of the lists", false},
    {"first_year_mortality_ratio", single, Law::lognormal, 0.1, 30, "ratio", "on death in the year after diagnosis", false},
    {"income_onset_ratio_q1_q5", single, Law::lognormal, 0.2, 10, "ratio", "onset in the lowest against the highest income fifth, log-linear between"},
    {"exacerbation_prior_ratio", single, Law::lognormal, 1, 20, "ratio", "on admission after an exacerbation in the last year", false},
    {"received_share", single, Law::logit, 0, 1, "share", "of planned contacts really made today"},
    {"prevalence.women", 10, Law::fixed, 0, 0.95, "share", "by ten ages, when the region pack has no table of this condition", false},
    {"prevalence.men", 10, Law::fixed, 0, 0.95, "share", "the same for men", false},
};

constexpr Field stage_numbers[] = {
    {"share", by_stage, Law::fixed, 0, 1, "share", "among all who have it; adds to 1"},
    {"start_share", by_stage, Law::fixed, 0, 1, "share", "among new cases; adds to 1"},
    {"progression", by_stage, Law::lognormal, 0, 12, "per year", "to the next stage; 0 in the last", false},
    {"step_down", by_stage, Law::lognormal, 0, 12, "per year", "to the stage before; 0 in the first", false},
    {"remission", by_stage, Law::lognormal, 0, 12, "per year", "to being without the condition", false},
    {"deaths_per_year", by_stage, Law::lognormal, 0, 12, "per year", "of the condition itself, the same at all ages, beside the ratio; not in a stage with remission", false},
    {"mortality_ratio", by_stage, Law::lognormal, 0.2, 60, "ratio", "on the hazard of death, other conditions counted by themselves"},
    {"exacerbation", by_stage, Law::lognormal, 0, 12, "per year", "moderate, treated outside hospital", false},
    {"admission", by_stage, Law::lognormal, 0, 12, "per year", "with this condition as primary cause", false},
    {"utility_loss", by_stage, Law::normal, 0, 0.95, "share", "of the quality of life without it"},
    {"dependence", by_stage, Law::normal, 0, 3, "Katz classes", "at this stage beyond a person without it; a change of stage adds the difference", false},
    {"sick_leave_ratio", by_stage, Law::lognormal, 0.2, 30, "ratio", "on the start of long sick leave", false},
    {"medicines", by_stage, Law::normal, 0, 15, "number", "of medicines", false},
};

constexpr Field cause_numbers[] = {
    {"days", single, Law::lognormal, 0.5, 200, "days", "mean length of stay"},
    {"weight", single, Law::lognormal, 0.1, 20, "ratio", "cost of a stay against the mean stay"},
    {"fatality_30d", single, Law::logit, 0, 0.9, "share", "of unplanned stays that end in death within 30 days"},
    {"planned_share", single, Law::logit, 0, 1, "share", "of stays that are planned"},
    {"at_onset", single, Law::logit, 0, 1, "share", "of new cases that start with such a stay", false},
};

void read_stages(const Node& list, ConditionSpec& c) {
    if (!list.must_be_list()) return;
    for (std::size_t i = 0; i < list.size(); ++i) {
        const Node s = list.at(i);
        c.stages.push_back({s.need("id").text(), s.need("name").local_text()});
    }
    if (c.stages.empty() || c.stages.size() > static_cast<std::size_t>(world::limit::stages))
        list.problem("found " + std::to_string(c.stages.size()) + " stages, wanted 1 to " + std::to_string(world::limit::stages) + " (three bits hold the stage of a person).");
}

void read_ratios(const Node& map, std::vector<OnsetRatio>& out) {
    if (!map.present() || !map.must_be_map()) return;
    for (const std::string& word : map.keys()) out.push_back({word, read_one(map.need(word), 0.05, 100, Law::lognormal)});
}

void read_planned(const Node& list, std::size_t stages, std::vector<PlannedCare>& out) {
    if (!list.present() || !list.must_be_list()) return;
    for (std::size_t i = 0; i < list.size(); ++i) {
        const Node n = list.at(i);
        PlannedCare care;
        care.service = n.need("service").text();
        const std::string key = n.draw_key() + "." + care.service;
        care.per_year = read_list(n.need("per_year"), 0, 20000, Law::lognormal, stages);
        for (Uncertain& u : care.per_year) u.key = key;   // a service may move in the list without changing its luck
        care.all_received = n.maybe("received").present() && n.maybe("received").number(1, 1) == 1;
        care.lines_per_year = n.maybe("lines_per_year").number_or(0, 0.1, 60);
        out.push_back(std::move(care));
    }
}

void read_cause(const Node& map, ConditionSpec& c) {
    if (!map.present() || !map.must_be_map()) return;
    c.has_cause = true;
    c.cause.id = map.need("id").text();
    c.cause.name = map.need("name").local_text();
    c.cause.avoidable = map.maybe("avoidable").flag_or(false);
    read_numbers(map, cause_numbers, 0, "cause.", c.numbers);
}

model::RiskEngine engine_of(const Node& node) {
    const int k = node.word(model::engine_words());
    return k < 0 ? model::RiskEngine::none : static_cast<model::RiskEngine>(k);
}

/// Published equations. SCORE2 reads smoking itself: a ratio beside it would count it twice.
void read_engines(const Node& n, ConditionSpec& c) {
    if (const Node engine = n.maybe("engine"); engine.present()) c.engine = engine_of(engine);
    if (const Node list = n.maybe("progression_engine"); list.present() && list.must_be_list()) {
        for (std::size_t i = 0; i < list.size(); ++i) c.progression_engine.push_back(engine_of(list.at(i)));
        if (c.progression_engine.size() != c.stages.size())
            list.problem("found " + std::to_string(c.progression_engine.size()) + " equations, wanted one per stage (" + std::to_string(c.stages.size()) + "); none where there is none.");
    }
    if (!model::is_score2(c.engine)) return;
    for (const OnsetRatio& r : c.raised_by)
        if (r.of == "daily_smoker" || r.of == "former_smoker") n.maybe("raised_by").problem_at(r.of.c_str(), "the equation of `engine` reads smoking: leave this ratio out.");
}

void check_shares(const Node& map, const char* key, const Numbers& numbers) {
    const std::string full = std::string("by_stage.") + key;
    if (!numbers.has(full)) return;
    double sum = 0;
    for (const Uncertain& u : numbers.list(full)) sum += u.value;
    if (sum < 0.999 || sum > 1.001) map.problem_at(key, "the shares of the stages must add to 1.");
}

/// Who leaves a stage by dying of the condition does not leave it in health too: one rate stands for both.
void check_lethal(const Node& map, const Numbers& numbers) {
    if (!numbers.has("by_stage.deaths_per_year") || !numbers.has("by_stage.remission")) return;
    const std::vector<Uncertain>&deaths = numbers.list("by_stage.deaths_per_year"), &remission = numbers.list("by_stage.remission");
    for (std::size_t s = 0; s < std::min(deaths.size(), remission.size()); ++s)
        if (deaths[s].high > 0 && remission[s].high > 0) map.problem_at("deaths_per_year", "stage " + std::to_string(s + 1) + " has both remission and deaths of its own; one of them must be 0.");
}

}  // namespace

std::span<const Field> condition_fields() { return condition_numbers; }
std::span<const Field> condition_stage_fields() { return stage_numbers; }
std::span<const Field> cause_fields() { return cause_numbers; }

void read_conditions(Document& file, Library& library) {
    const Node list = file.root().need("conditions");
    if (!list.must_be_list()) return;
    for (std::size_t i = 0; i < list.size(); ++i) {
        const Node n = list.at(i);
        ConditionSpec c;
        c.file = file.name();
        c.line = n.line();
        c.id = n.need("id").text();
        c.name = n.need("name").local_text();
        read_stages(n.need("stages"), c);
        if (n.maybe("prevalence_counts").present()) c.counts_diagnosed = n.maybe("prevalence_counts").word({"everybody", "diagnosed"}) == 1;
        read_numbers(n, condition_numbers, c.stages.size(), "", c.numbers);
        c.always_from_stage = static_cast<int>(n.need("diagnosed").maybe("always_from_stage").whole_or(0, 1, static_cast<long long>(std::max<std::size_t>(1, c.stages.size()))));
        const Node ages = n.maybe("remission_ages");
        if (ages.present()) c.remission_from = ages.need("from").number(0, 110), c.remission_to = ages.need("to").number(0, 110);
        const Node by = n.need("by_stage");
        read_numbers(by, stage_numbers, c.stages.size(), "by_stage.", c.numbers);
        check_lethal(by, c.numbers);
        check_shares(by, "share", c.numbers);
        check_shares(by, "start_share", c.numbers);
        read_cause(n.maybe("cause"), c);
        read_ratios(n.maybe("raises"), c.raises);
        read_ratios(n.maybe("raised_by"), c.raised_by);
        read_engines(n, c);
        read_planned(n.maybe("planned"), c.stages.size(), c.planned);
        library.conditions.push_back(std::move(c));
    }
}

}  // namespace tresse::scenario
