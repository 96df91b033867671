#include <algorithm>
#include <cmath>
#include <map>

#include "parts.hpp"
#include "tresse/app/answer.hpp"
#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"
#include "tresse/decide/sensitivity.hpp"
#include "tresse/scenario/arm.hpp"
#include "tresse/scenario/variant.hpp"

/// Which inputs of the last arm go with its differences, from the futures that were run anyway.
namespace tresse::app {

namespace {

using text::fill;
using text::tr;

/// Below it even the strongest of some sixty inputs cannot be told from chance.
constexpr std::size_t fewest_draws = 30;

std::string spaced(std::string word) {
    for (char& c : word)
        if (c == '_' || c == '.')
            c = ' ';
    return word;
}

/// Differences of a row by draw.
std::map<int, double> differences(const Compared& c, std::size_t arm, std::size_t row) {
    std::map<int, std::pair<double, int>> sum;
    for (const decide::Outcome& o : decide::pairs_of(c.pieces, 0, static_cast<int>(arm), row))
        if (o.base && o.arm && o.draw > 0)
            sum[o.draw].first += *o.arm - *o.base, ++sum[o.draw].second;
    std::map<int, double> out;
    for (const auto& [draw, one] : sum)
        out[draw] = one.first / one.second;
    return out;
}

}  // namespace

std::string input_name(const scenario::Scenario& scenario, int arm, const std::string& key) {
    const scenario::ArmSpec& spec = *scenario.arms[static_cast<std::size_t>(arm)].spec;
    for (const scenario::ComponentUse& use : spec.components) {
        const std::string& name = text::tr(use.action.name);
        for (const scenario::LeverSpec& l : use.action.levers)
            if (l.drawn.key == key)
                return name + ": " + tr("effect on") + " " + spaced(std::string(model::lever_word(l.kind))) + (l.condition.empty() ? "" : ", " + spaced(l.condition));
        for (const Uncertain* u : scenario::uncertain_of(use.action))
            if (u->key == key) {
                const std::size_t at = key.find(use.action.id + ".");
                return name + ": " + spaced(at == std::string::npos ? key : key.substr(at + use.action.id.size() + 1));
            }
    }
    for (const funding::RuleSpec& rule : scenario.rules->rules)
        for (const Uncertain* u : funding::uncertain_of(rule))
            if (u->key == key) {
                const std::size_t at = key.find(rule.id + ".");
                return (rule.title.empty() ? rule.id : text::tr(rule.title)) + ": " + spaced(at == std::string::npos ? key : key.substr(at + rule.id.size() + 1));
            }
    return key;
}

std::string what_decides(const Compared& c) {
    const std::string study = tr("`./tresse study` works it out.");
    if (c.arms.size() < 2 || !c.scenario().draw_parameters)
        return tr("not computed: nothing was drawn, or nothing compared.");
    const std::size_t arm = c.arms.size() - 1;
    const scenario::Scenario& s = *c.arms[arm].scenario;
    std::vector<const Uncertain*> inputs;
    for (const scenario::ArmPart& part : scenario::parts_of(s, c.arms[arm].arm))
        for (const Uncertain* u : s.uncertain())
            if (std::find(part.keys.begin(), part.keys.end(), u->key) != part.keys.end())
                inputs.push_back(u);
    std::vector<std::string> sentences;
    for (std::size_t row = 0; row < c.rows.size(); ++row) {
        if (c.rows[row].score != measure::ScoreId::qaly_per_1000 && c.rows[row].score != measure::ScoreId::cost_per_head_eur)
            continue;
        const auto by_draw = differences(c, arm, row);
        if (by_draw.size() < fewest_draws)
            return fill(tr("not computed from {n} draws of the uncertain numbers (at least {least} are needed);"), {{"n", static_cast<int>(by_draw.size())}, {"least", static_cast<int>(fewest_draws)}}) + " " + study;
        std::vector<std::vector<double>> points;
        std::vector<double> results;
        for (const auto& [draw, value] : by_draw) {
            points.emplace_back();
            for (const Uncertain* u : inputs)
                points.back().push_back(u->drawn(s.seed, draw));
            results.push_back(value);
        }
        std::vector<std::string> names;
        for (const decide::Correlation& one : decide::rank_correlations(points, results))
            if (names.size() < 3 && std::fabs(one.value) > decide::correlation_by_chance(inputs.size(), points.size()))
                names.push_back(input_name(s, c.arms[arm].arm, inputs[one.input]->key) + " (" + text::signed_number(one.value, 2) + ")");
        const std::string score = row_name(c.rows[row], c.catalogue());
        sentences.push_back(names.empty() ? fill(tr("in {score} no input of {arm} goes with the difference more than chance would"), {{"score", score}, {"arm", c.arms[arm].id}})
                                          : fill(tr("in {score}, by rank correlation over the draws: {inputs}"), {{"score", score}, {"inputs", text::list(names)}}));
    }
    std::string out;
    for (const std::string& one : sentences)
        out += (out.empty() ? "" : "; ") + one;
    return out + ".";
}

}  // namespace tresse::app
