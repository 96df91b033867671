#include <cmath>

#include "tresse/app/answer.hpp"
#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"
#include "tresse/viz/figure/make.hpp"

namespace tresse::app {

namespace {

using measure::RunRecord;
using text::tr;

std::vector<std::string> names_of_arms(const viz::Brief& b) {
    std::vector<std::string> out;
    for (const viz::BriefArm& arm : b.arms)
        out.push_back(arm.letter + " " + arm.label);
    return out;
}

viz::Figure forest_figure(const viz::Brief& b) {
    viz::ForestData data;
    data.arms = names_of_arms(b);
    data.run = b.run;
    for (const viz::BriefRow& row : b.rows) {
        if (row.direction == ' ')
            continue;
        viz::ForestData::Score score{b.families[static_cast<std::size_t>(row.family)],
                                     row.label,
                                     row.unit,
                                     row.smallest,
                                     row.direction == '-' ? -1 : 1,
                                     {}};
        // A gap is better when it comes closer to zero: downwards when it is above.
        if (row.direction == '0')
            score.better = row.base > 0 ? -1 : 1;
        for (const viz::BriefCell& cell : row.arms)
            score.arms.push_back({cell.difference, cell.sign, viz::difference_text(row, cell)});
        data.scores.push_back(std::move(score));
    }
    return viz::forest(data);
}

viz::Figure payers_figure(const viz::Brief& b) {
    viz::BarsData data;
    data.id = "who-pays";
    data.title = tr("Who pays more, who pays less than in the base");
    data.unit = tr("million EUR a year on average, this area");
    data.arms = names_of_arms(b);
    data.run = b.run;
    for (const viz::BriefPayer& payer : b.payers) {
        viz::BarsData::Account account{payer.name, {}};
        for (const viz::BriefPayer::Arm& arm : payer.arms)
            account.values.push_back({-arm.balance.middle, -arm.balance.high, -arm.balance.low});
        data.accounts.push_back(std::move(account));
    }
    return viz::bars(data);
}

viz::Figure course_figure(const Compared& c, const viz::Brief& b, measure::ScoreId id, const std::string& name) {
    const measure::Score& score = measure::score(id);
    viz::LinesData data;
    data.id = name;
    data.title = tr(score.name);
    data.unit = tr(score.unit);
    data.run = b.run;
    for (const measure::YearRecord& year : c.arms[0].futures.front()->years)
        data.years.push_back(year.year);
    const measure::ScoreRow row{std::string(score.id), id, -1};
    for (std::size_t a = 0; a < c.arms.size(); ++a) {
        viz::LinesData::Arm arm{b.arms[a].letter + " " + b.arms[a].label, {}};
        for (std::size_t y = 0; y < data.years.size(); ++y) {
            std::vector<double> values;
            for (const RunRecord* r : c.arms[a].futures)
                if (y < r->years.size())
                    if (const auto v = measure::score_value(row, *r, *c.arms[a].scenario->catalogue,
                                                            {measure::By::all, 0, static_cast<int>(y)}))
                        values.push_back(*v);
            arm.values.push_back(values.empty()
                                     ? Range{viz::unknown, viz::unknown, viz::unknown}
                                     : Range{summary(values).mean, quantile(values, 0.025), quantile(values, 0.975)});
        }
        data.arms.push_back(std::move(arm));
    }
    return viz::lines(data);
}

}  // namespace

std::vector<viz::Figure> figures_of(const Compared& c, const viz::Brief& b) {
    std::vector<viz::Figure> out;
    if (c.arms.size() > 1) {
        out.push_back(forest_figure(b));
        if (!b.payers.empty())
            out.push_back(payers_figure(b));
    }
    out.push_back(course_figure(c, b, measure::ScoreId::went_without_care_percent, "course-forgone-care"));
    out.push_back(course_figure(c, b, measure::ScoreId::over_110_percent, "course-overload"));
    return out;
}

}  // namespace tresse::app
