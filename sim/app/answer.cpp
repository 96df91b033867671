#include "tresse/app/answer.hpp"

#include <algorithm>

#include "tresse/core/check.hpp"
#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"

namespace tresse::app {

namespace {

using measure::RunRecord;
using text::tr;

/// The size that matters of a score; 0 for rows without a verdict.
decide::Ruler ruler_of(const measure::ScoreRow& row, const scenario::Scores& scores) {
    decide::Ruler ruler{row.id, measure::score(row.score).direction, 0};
    if (ruler.direction == measure::Direction::none)
        return ruler;
    const scenario::ScoreSpec* spec = scores.find(measure::score(row.score).id);
    if (spec)
        ruler.smallest_difference = spec->smallest_that_matters;
    else
        ruler.direction = measure::Direction::none;
    return ruler;
}

/// Rows of the base, found again in the catalogue of another file: accounts by their id.
std::vector<measure::ScoreRow> rows_in(const std::vector<measure::ScoreRow>& rows, const world::Catalogue& from,
                                       const world::Catalogue& to) {
    std::vector<measure::ScoreRow> out = rows;
    for (measure::ScoreRow& row : out)
        if (row.account >= 0)
            row.account = to.account(from.accounts[static_cast<std::size_t>(row.account)].id);
    return out;
}

}  // namespace

std::vector<ArmRun> arms_of(const scenario::Scenario& scenario, const std::vector<RunRecord>& records) {
    std::vector<int> order = {scenario.base_index()};
    for (int i = 0; i < static_cast<int>(scenario.arms.size()); ++i)
        if (i != order[0])
            order.push_back(i);
    std::vector<ArmRun> out;
    for (const int arm : order) {
        ArmRun run{&scenario, arm, scenario.arms[static_cast<std::size_t>(arm)].id, {}};
        for (const RunRecord& record : records)
            if (record.arm == arm)
                run.futures.push_back(&record);
        std::sort(run.futures.begin(), run.futures.end(),
                  [](const RunRecord* a, const RunRecord* b) { return a->replicate < b->replicate; });
        if (!run.futures.empty())
            out.push_back(std::move(run));
    }
    return out;
}

Compared compared(std::vector<ArmRun> arms, scenario::Scores scores) {
    TRESSE_CHECK(!arms.empty() && !arms.front().futures.empty(), "a table has at least a base with one future");
    Compared c;
    c.arms = std::move(arms);
    c.scores = std::move(scores);
    c.rows = measure::score_rows(c.catalogue());
    for (const measure::ScoreRow& row : c.rows)
        c.rulers.push_back(ruler_of(row, c.scores));
    for (std::size_t i = 0; i < c.arms.size(); ++i) {
        const world::Catalogue& catalogue = *c.arms[i].scenario->catalogue;
        const auto rows = rows_in(c.rows, c.catalogue(), catalogue);
        for (const RunRecord* record : c.arms[i].futures)
            c.pieces.push_back({static_cast<int>(i), record->replicate, record->draw,
                                measure::score_values(rows, *record, catalogue)});
    }
    c.results = decide::compare_arms(c.pieces, c.rulers, 0);
    return c;
}

std::string row_name(const measure::ScoreRow& row, const world::Catalogue& catalogue) {
    if (row.account >= 0)
        return tr(catalogue.accounts[static_cast<std::size_t>(row.account)].name);
    return tr(measure::score(row.score).name);
}

store::Names names_of(const scenario::Scenario& scenario) {
    const world::Catalogue& c = *scenario.catalogue;
    store::Names names;
    for (std::size_t i = 0; i < scenario.arms.size(); ++i) {
        names.arms.push_back(scenario.arms[i].id);
        auto& actions = names.actions.emplace_back();
        for (const model::Action& action : scenario::compile_policy(scenario, static_cast<int>(i), 0).actions)
            actions.push_back(c.actions.at(static_cast<std::size_t>(action.index)).id);
    }
    const auto ids = [](const auto& list) {
        std::vector<std::string> out;
        for (const auto& one : list)
            out.push_back(one.id);
        return out;
    };
    names.kinds = ids(c.kinds);
    names.accounts = ids(c.accounts);
    names.conditions = ids(c.conditions);
    names.services = ids(c.services);
    names.causes = ids(c.causes);
    names.rules = c.rules;
    names.mechanisms = c.mechanisms;
    for (const world::Place& place : c.places)
        names.places.push_back(std::to_string(place.nis));
    return names;
}

std::string date_words(const std::string& started) {
    Month month;
    if (started.size() < 10 || !parse_month(std::string_view(started).substr(0, 7), month))
        return started;
    const int day = (started[8] - '0') * 10 + (started[9] - '0');
    return text::date(month.year(), month.of_year() + 1, day);
}

}  // namespace tresse::app
