#include "tresse/scenario/scores.hpp"

#include <algorithm>

#include "tresse/scenario/reader.hpp"

namespace tresse::scenario {

namespace {

ScoreSpec read_score(const Node& node) {
    static const std::vector<std::string> families = {"health", "experience", "cost", "workers", "equity"};
    ScoreSpec s;
    const Node id = node.need("id");
    s.id = id.text();
    const std::vector<std::string> known = score_ids();
    if (!s.id.empty() && std::find(known.begin(), known.end(), s.id) == known.end()) {
        const std::string near = nearest(s.id, known);
        id.problem("\"" + s.id + "\" is no row of the score table." + (near.empty() ? "" : " Nearest: " + near));
    }
    s.family = static_cast<ScoreFamily>(std::max(0, node.need("family").word(families)));
    s.unit = node.need("unit").text();
    s.better = static_cast<Better>(std::max(0, node.need("direction").word({"more", "less", "closer_to_zero"})));
    const Node smallest = node.need("smallest_that_matters");
    if (smallest.must_be_map()) {
        s.smallest_that_matters = smallest.need("value").number(1e-9, 1e9);
        s.source = smallest.need("source").text();
    }
    s.points = s.relative = false;
    const Node differences = node.need("differences");
    for (std::size_t i = 0; i < differences.size(); ++i) (differences.at(i).word({"points", "relative"}) == 1 ? s.relative : s.points) = true;
    if (s.better == Better::closer_to_zero && s.relative) differences.problem("a gap has no relative difference: it may be zero.");
    s.name = node.need("name").local_text();
    s.how_to_read = node.need("how_to_read").local_text();
    return s;
}

Scores read_from(Document& document) {
    Scores out;
    out.hash = document.hash();
    if (!document.usable()) return out;
    const Node list = document.root().need("scores");
    list.must_be_list();
    for (std::size_t i = 0; list.is_list() && i < list.size(); ++i) {
        ScoreSpec s = read_score(list.at(i));
        if (out.find(s.id)) list.at(i).problem_at("id", "\"" + s.id + "\" stands twice.");
        out.rows.push_back(std::move(s));
    }
    for (const std::string& id : score_ids())
        if (list.present() && !out.find(id)) list.problem("the row " + id + " of the score table is missing.");
    out.sources = document.sources();
    document.finish();
    return out;
}

}  // namespace

std::vector<std::string> score_ids() {
    return {"qaly_per_1000", "deaths_before_75_per_10000", "life_expectancy_last_year", "went_without_care_percent", "complex_with_plan_percent", "avoidable_admissions_per_1000",
            "readmitted_30_days_percent", "cost_per_head_eur", "over_110_percent", "leaving_per_100", "gap_forgone_points", "gap_qaly_per_1000"};
}

const ScoreSpec* Scores::find(std::string_view id) const {
    for (const ScoreSpec& s : rows)
        if (s.id == id) return &s;
    return nullptr;
}

Scores load_scores(const std::string& path, Problems& problems) {
    Document document(path, "scores", problems);
    return read_from(document);
}

Scores parse_scores(const std::string& text, const std::string& name, Problems& problems) {
    Document document(text, name, "scores", problems);
    return read_from(document);
}

}  // namespace tresse::scenario
