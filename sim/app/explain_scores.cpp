#include "explain_scores.hpp"

#include <algorithm>
#include <vector>

#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"
#include "tresse/core/text/layout.hpp"
#include "tresse/measure/further.hpp"

#include "network_tables.hpp"
#include "parts.hpp"

namespace tresse::app {

namespace {

using measure::Family;
using measure::RunRecord;
using text::number;
using text::tr;

/// A line: its name, and a number for each arm.
struct Line {
    std::string name;
    std::vector<double> values;
    int digits = 1;
};

constexpr std::size_t name_width = 58, column_width = 14, arms_a_block = 3;

std::string block(const std::string& title, const std::vector<std::string>& arms, const std::vector<Line>& lines) {
    std::string out;
    for (std::size_t first = 0; first < arms.size(); first += arms_a_block) {
        const std::size_t last = std::min(arms.size(), first + arms_a_block);
        out += text::pad_right(title, name_width);
        for (std::size_t a = first; a < last; ++a)
            out += text::pad_left(text::shorten(arms[a], column_width - 1), column_width);
        out += "\n";
        for (const Line& line : lines) {
            out += "  " + text::pad_right(text::shorten(line.name, name_width - 3), name_width - 2);
            for (std::size_t a = first; a < last; ++a)
                out += text::pad_left(number(line.values[a], line.digits), column_width);
            out += "\n";
        }
    }
    return out;
}

std::vector<Line> lines_of(const Compared& c, Family family) {
    std::vector<Line> out;
    for (const measure::ScoreRow& row : c.rows) {
        if (measure::score(row.score).family != family || row.account >= 0)
            continue;
        Line line{row_name(row, c.catalogue()), {}, measure::score(row.score).digits};
        for (const ArmRun& arm : c.arms)
            line.values.push_back(mean_of(arm, [&](const RunRecord& r, const ArmRun& of) { return measure::score_value(row, r, *of.scenario->catalogue); }));
        out.push_back(std::move(line));
    }
    const auto further = measure::further_scores();
    for (std::size_t i = 0; i < further.size(); ++i) {
        if (further[i].family != family)
            continue;
        Line line{tr(further[i].name), {}, further[i].digits};
        for (const ArmRun& arm : c.arms)
            line.values.push_back(mean_of(arm, [&](const RunRecord& r, const ArmRun& of) { return measure::further_value(i, r, *of.scenario->catalogue); }));
        out.push_back(std::move(line));
    }
    return out;
}

/// Care gone without by reason, for each income fifth.
std::string by_income(const Compared& c) {
    const auto further = measure::further_scores();
    std::string out;
    for (const ArmRun& arm : c.arms) {
        out += text::pad_right(text::fill(tr("Care gone without by income fifth, % of people: {arm}"), {{"arm", arm.id}}), name_width - 8);
        for (int q = 0; q < world::quintiles; ++q)
            out += text::pad_left(text::fill(tr("fifth {n}"), {{"n", q + 1}}), 10);
        out += "\n";
        for (std::size_t i = 0; i < further.size(); ++i) {
            if (!further[i].id.starts_with("without_"))
                continue;
            out += "  " + text::pad_right(tr(further[i].name), name_width - 10);
            for (int q = 0; q < world::quintiles; ++q)
                out += text::pad_left(number(mean_of(arm,
                                                     [&](const RunRecord& r, const ArmRun& of) {
                                                         return measure::further_value(i, r, *of.scenario->catalogue, {measure::By::quintile, q, -1});
                                                     }),
                                             1),
                                      10);
            out += "\n";
        }
    }
    return out;
}

std::string network_block(const Compared& c, const std::vector<std::string>& arms, const NetworkValues& network) {
    struct Of {
        const char* measure;
        std::string name;
        int digits;
    };
    const std::vector<Of> rows = {
        {"gp_posts_in_reach_per_10000_p10", tr("GPs in reach per 10 000 people, tenth with least"), 1},
        {"gp_posts_in_reach_per_10000_p50", tr("GPs in reach per 10 000 people, middle"), 1},
        {"minutes_to_own_gp", tr("Minutes to the own GP"), 1},
        {"nearest_gp_percent", tr("Own practice is the nearest, %"), 1},
        {"team_members", tr("Providers in the team of a patient"), 1},
        {"care_density", tr("Care density: strength of ties in teams, 0 to 1"), 2},
        {"handovers_without_tie_percent", tr("Handovers between providers without a tie, %"), 1},
        {"mean_ties_per_provider", tr("Ties of a provider"), 1},
        {"mean_distance", tr("Ties between two providers, on the shortest way"), 2},
        {"fragmentation_percent", tr("Pairs of providers without any way, %"), 1},
        {"single_points_of_failure", tr("Providers without whom a part would fall off"), 0},
        {"ways_through_top_brokers_percent", tr("Ways that pass the twentieth with most of them, %"), 1},
        {"communities", tr("Communities of providers"), 0},
        {"strength_across_municipalities_percent", tr("Strength of ties across municipalities, %"), 1},
        {"strength_across_zones_percent", tr("Strength of ties across zones, %"), 1},
    };
    std::vector<Line> lines;
    for (const Of& row : rows) {
        Line line{row.name, {}, row.digits};
        for (const ArmRun& arm : c.arms)
            line.values.push_back(network(arm.id, 0, row.measure));
        lines.push_back(std::move(line));
    }
    return block(tr("NETWORK at the end of the first future"), arms, lines);
}

}  // namespace

std::string scores_text(const Compared& c, const store::Table& network) {
    std::vector<std::string> arms;
    for (const ArmRun& arm : c.arms)
        arms.push_back(arm.id);
    std::string out;
    const std::vector<std::string> families = family_names();
    for (int f = 0; f < measure::family_count; ++f)
        out += block(families[static_cast<std::size_t>(f)], arms, lines_of(c, static_cast<Family>(f))) + "\n";
    out += by_income(c) + "\n";
    if (!network.rows.empty())
        out += network_block(c, arms, NetworkValues(network)) + "\n";
    for (const std::string& line : text::wrap(tr("Means over the futures and years. No verdict here: the rows of the score table have one (tresse report). How ties and distances are spread: network.csv in the run folder."), 100))
        out += line + "\n";
    return out;
}

}  // namespace tresse::app
