#include "tresse/viz/figure/make.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"

namespace tresse::viz {

namespace {

using text::fill;
using text::tr;

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

bool known(const Range& range) {
    return std::isfinite(range.middle);
}

std::string range_words(const Range& range, int digits) {
    if (!known(range))
        return "\u2013";
    return text::signed_number(range.middle, digits) + " (" + text::from_to(range.low, range.high, digits) + ")";
}

std::vector<std::pair<Sign, std::string>> all_signs() {
    std::vector<std::pair<Sign, std::string>> out;
    for (const Sign sign : {Sign::better, Sign::worse, Sign::same, Sign::cannot_tell})
        out.emplace_back(sign, sign_word(sign));
    return out;
}

/// Ends of an axis that hold the values, with a little air.
void stretch(Axis& axis, double low, double high, int ticks) {
    if (!(low <= high))
        low = 0, high = 1;
    if (high - low < 1e-9) {
        low -= std::max(1e-6, std::fabs(low) * 0.1);
        high += std::max(1e-6, std::fabs(high) * 0.1);
    }
    const double air = (high - low) * 0.05;
    axis.low = low - air;
    axis.high = high + air;
    axis.ticks = nice_ticks(axis.low, axis.high, ticks);
}

/// Ends of an axis at the nice ticks that enclose the values, so that every value stands between two of them.
void enclose(Axis& axis, double low, double high, int ticks) {
    stretch(axis, low, high, ticks);
    for (int again = 0; again < 4 && axis.ticks.size() >= 2; ++again) {
        const double step = axis.ticks[1].value - axis.ticks[0].value;
        const double from = std::floor(low / step + 1e-9) * step, to = std::ceil(high / step - 1e-9) * step;
        if (axis.ticks.front().value <= low + 1e-9 * step && axis.ticks.back().value >= high - 1e-9 * step)
            break;
        axis.low = from - 0.02 * step;
        axis.high = to + 0.02 * step;
        axis.ticks = nice_ticks(axis.low, axis.high, ticks);
    }
}

std::vector<std::string> arm_names(const std::vector<std::string>& arms) {
    std::vector<std::string> out = arms;
    if (!out.empty())
        out[0].clear();  // the base has no marks in a figure of differences
    return out;
}

std::string count_words(const ForestData& data, std::size_t arm) {
    int of[5] = {};
    for (const auto& score : data.scores)
        if (arm - 1 < score.arms.size())
            ++of[static_cast<std::size_t>(score.arms[arm - 1].sign)];
    return fill(tr("{arm}: {better} better, {worse} worse, {same} the same, {unknown} cannot tell."),
                {{"arm", data.arms[arm]}, {"better", of[1]}, {"worse", of[2]}, {"same", of[3]}, {"unknown", of[4]}});
}

}  // namespace

Figure forest(const ForestData& data) {
    constexpr double edge = 6;  // sizes that matter; longer ranges end in an arrow
    Figure figure;
    figure.id = "differences";
    figure.title = tr("Difference from the base, in sizes that matter");
    figure.how_to_read = tr(
        "a mark right of the line is better than the base. Inside the grey part a difference is too small to matter. "
        "The line is the 95 % range over chance and over the uncertain numbers; an arrow means that it goes on.");
    figure.run = data.run;
    figure.series = arm_names(data.arms);
    figure.signs = all_signs();
    figure.alt = tr("Every score of every arm against the base, with ranges.");
    for (std::size_t arm = 1; arm < data.arms.size(); ++arm)
        figure.alt += " " + count_words(data, arm);
    figure.table.columns = {tr("Score"), tr("Unit"), tr("Arm"), tr("Difference"), tr("From"), tr("To"), tr("Verdict")};

    Panel panel;
    panel.lanes = std::max<int>(1, static_cast<int>(data.arms.size()) - 1);
    panel.x = {tr("worse  \u2190  smallest difference that matters = 1  \u2192  better"), -edge, edge, {}};
    panel.x.ticks = nice_ticks(-edge, edge, 6);
    panel.marks.push_back({.kind = Mark::Kind::zone, .x = {-1, 1}, .y = {}, .y2 = {}, .note = {}});
    panel.marks.push_back({.kind = Mark::Kind::rule, .x = {0}, .y = {}, .y2 = {}, .note = {}});
    std::string family;
    for (const auto& score : data.scores) {
        if (score.family != family)
            panel.rows.push_back({score.family, true});
        family = score.family;
        const int row = static_cast<int>(panel.rows.size());
        panel.rows.push_back({score.label, false});
        for (std::size_t i = 0; i < score.arms.size(); ++i) {
            const auto& difference = score.arms[i];
            const double unit = score.better / (score.smallest > 0 ? score.smallest : 1);
            Mark mark{.kind = Mark::Kind::interval, .x = {}, .y = {}, .y2 = {}, .note = difference.text};
            mark.series = static_cast<int>(i) + 1;
            mark.sign = difference.sign;
            mark.row = row;
            mark.lane = static_cast<int>(i);
            const double a = difference.range.low * unit, b = difference.range.high * unit;
            mark.x = {known(difference.range) ? difference.range.middle * unit : missing, std::min(a, b),
                      std::max(a, b)};
            panel.marks.push_back(mark);
            const int digits =
                text::decimals_for(std::max(std::fabs(difference.range.low), std::fabs(difference.range.high)), 3, 3);
            figure.table.rows.push_back({score.label, score.unit, i + 1 < data.arms.size() ? data.arms[i + 1] : "",
                                         text::signed_number(difference.range.middle, digits),
                                         text::signed_number(difference.range.low, digits),
                                         text::signed_number(difference.range.high, digits),
                                         sign_word(difference.sign)});
        }
    }
    figure.panels.push_back(std::move(panel));
    return figure;
}

Figure lines(const LinesData& data) {
    Figure figure;
    figure.id = data.id;
    figure.title = data.title;
    figure.how_to_read = tr("one line per arm, the mean over futures; the shade is the range of 95 % of the futures. "
                            "What counts is the distance between lines of the same year, not the slope.");
    figure.run = data.run;
    Panel panel;
    panel.y.title = data.unit;
    panel.x.title = tr("Calendar year");
    double low = std::numeric_limits<double>::infinity(), high = -low;
    figure.table.columns = {tr("Year")};
    std::vector<double> x(data.years.begin(), data.years.end());
    for (std::size_t i = 0; i < data.arms.size(); ++i) {
        const auto& arm = data.arms[i];
        figure.series.push_back(arm.name);
        figure.table.columns.insert(figure.table.columns.end(), {arm.name, tr("From"), tr("To")});
        Mark band{.kind = Mark::Kind::band, .series = static_cast<int>(i), .x = x, .y = {}, .y2 = {}, .note = {}};
        Mark line{.kind = Mark::Kind::line, .series = static_cast<int>(i), .x = x, .y = {}, .y2 = {}, .note = {}};
        for (std::size_t k = 0; k < x.size(); ++k) {
            const Range range = k < arm.values.size() ? arm.values[k] : Range{missing, missing, missing};
            line.y.push_back(range.middle);
            band.y.push_back(range.low);
            band.y2.push_back(range.high);
            for (const double v : {range.middle, range.low, range.high})
                if (std::isfinite(v))
                    low = std::min(low, v), high = std::max(high, v);
        }
        panel.marks.insert(panel.marks.begin(), band);
        panel.marks.push_back(line);
    }
    stretch(panel.y, low, high, 5);
    if (!x.empty()) {
        panel.x.low = x.front() - 0.3;
        panel.x.high = x.back() + 0.3;
    }
    for (const int year : data.years)
        panel.x.ticks.push_back({static_cast<double>(year), std::to_string(year)});
    const int digits = text::decimals_for(std::isfinite(high) ? high : 0, 4, 2);
    figure.alt = data.title + ".";
    for (std::size_t k = 0; k < data.years.size(); ++k) {
        std::vector<std::string> row = {std::to_string(data.years[k])};
        for (const auto& arm : data.arms) {
            const Range range = k < arm.values.size() ? arm.values[k] : Range{missing, missing, missing};
            for (const double v : {range.middle, range.low, range.high})
                row.push_back(text::number(v, digits));
        }
        figure.table.rows.push_back(std::move(row));
    }
    for (const auto& arm : data.arms)
        if (!arm.values.empty() && known(arm.values.front()) && known(arm.values.back()))
            figure.alt += " " + fill(tr("{arm}: {first} in {year1}, {last} in {year2}."),
                                     {{"arm", arm.name},
                                      {"first", text::number(arm.values.front().middle, digits)},
                                      {"last", text::number(arm.values.back().middle, digits)},
                                      {"year1", std::to_string(data.years.front())},
                                      {"year2", std::to_string(data.years.back())}});
    figure.panels.push_back(std::move(panel));
    return figure;
}

Figure bars(const BarsData& data) {
    Figure figure;
    figure.id = data.id;
    figure.title = data.title;
    figure.how_to_read =
        tr("a bar to the right: this account pays more than in the base; to the left: it pays less. The "
           "thin line is the 95 % range.");
    figure.run = data.run;
    figure.series = arm_names(data.arms);
    figure.alt = data.title + ".";
    figure.table.columns = {tr("Account"), tr("Arm"), tr("Difference"), tr("From"), tr("To")};
    Panel panel;
    panel.lanes = std::max<int>(1, static_cast<int>(data.arms.size()) - 1);
    panel.x.title = data.unit;
    double low = 0, high = 0;
    for (const auto& account : data.accounts) {
        const int row = static_cast<int>(panel.rows.size());
        panel.rows.push_back({account.name, false});
        for (std::size_t i = 0; i < account.values.size(); ++i) {
            const Range& range = account.values[i];
            for (const double v : {range.middle, range.low, range.high})
                if (std::isfinite(v))
                    low = std::min(low, v), high = std::max(high, v);
            const int digits = text::decimals_for(std::max(std::fabs(range.low), std::fabs(range.high)), 2, 2);
            Mark mark{
                .kind = Mark::Kind::bar, .series = static_cast<int>(i) + 1, .x = {}, .y = {}, .y2 = {}, .note = {}};
            mark.row = row;
            mark.lane = static_cast<int>(i);
            mark.x = {0, range.middle, range.low, range.high};
            mark.note = range_words(range, digits);
            panel.marks.push_back(mark);
            const std::string arm = i + 1 < data.arms.size() ? data.arms[i + 1] : "";
            figure.table.rows.push_back({account.name, arm, text::signed_number(range.middle, digits),
                                         text::signed_number(range.low, digits),
                                         text::signed_number(range.high, digits)});
            figure.alt += " " + account.name + ", " + arm + ": " + mark.note + ".";
        }
    }
    panel.marks.push_back({.kind = Mark::Kind::rule, .x = {0}, .y = {}, .y2 = {}, .note = {}});
    enclose(panel.x, low, high, 5);
    figure.panels.push_back(std::move(panel));
    return figure;
}

}  // namespace tresse::viz
