#include "municipalities.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <vector>

#include "tresse/core/csv.hpp"
#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"
#include "tresse/core/text/layout.hpp"
#include "tresse/measure/further.hpp"

namespace tresse::app {

namespace {

using measure::RunRecord;
using measure::Slice;
using store::cell;
using store::Type;
using text::fill;
using text::number;
using text::tr;

/// Posts, and what is asked of them, of a role in a place.
struct Supply {
    double filled = 0, demand = 0, capacity = 0, months = 0;
};

Supply supply_of(const RunRecord& r, const world::Catalogue& c, std::size_t place, int role) {
    Supply out;
    const std::size_t kinds = c.kinds.size();
    for (const auto& year : r.years) {
        out.months += year.months;
        for (std::size_t k = 0; k < kinds; ++k)
            if (c.kinds[k].role == role && role >= 0) {
                const measure::KindYear& y = year.place_kinds[place * kinds + k];
                out.filled += static_cast<double>(y.filled) / 1000, out.demand += static_cast<double>(y.demand), out.capacity += static_cast<double>(y.capacity);
            }
    }
    return out;
}

double people_of(const RunRecord& r, std::size_t place) { return place < r.start.by_place.size() ? static_cast<double>(r.start.by_place[place]) * r.sample : 0; }

/// What comes from the records, in the order of the columns.
std::vector<double> of_records(const ArmRun& arm, const world::Catalogue& c, std::size_t place) {
    const Slice here{measure::By::place, static_cast<int>(place), -1};
    std::vector<double> out = {people_of(*arm.futures.front(), place)};
    for (const char* role : {"gp", "home_nursing"}) {
        const int r = c.role(role);
        out.push_back(mean_of(arm, [&](const RunRecord& record, const ArmRun&) -> decide::Value {
            const Supply s = supply_of(record, c, place, r);
            const double people = people_of(record, place);
            return people > 0 && s.months > 0 ? decide::Value(s.filled / s.months * record.sample / people * 10000) : decide::Value();
        }));
        out.push_back(mean_of(arm, [&](const RunRecord& record, const ArmRun&) -> decide::Value {
            const Supply s = supply_of(record, c, place, r);
            return s.capacity > 0 ? decide::Value(100 * s.demand / s.capacity) : decide::Value();
        }));
    }
    const auto score = [&](measure::ScoreId id) {
        return mean_of(arm, [&](const RunRecord& r, const ArmRun&) { return measure::score_value({"", id, -1}, r, c, here); });
    };
    out.push_back(score(measure::ScoreId::went_without_care_percent));
    const auto all = measure::further_scores();
    for (const char* id : {"without_money_percent", "without_distance_percent", "without_waiting_percent", "emergency_per_1000", "upc_percent", "coc_percent", "loyal_percent"})
        for (std::size_t i = 0; i < all.size(); ++i)
            if (all[i].id == id)
                out.push_back(mean_of(arm, [&](const RunRecord& r, const ArmRun&) { return measure::further_value(i, r, c, here); }));
    out.push_back(score(measure::ScoreId::avoidable_admissions_per_1000));
    out.push_back(score(measure::ScoreId::readmitted_30_days_percent));
    return out;
}

constexpr auto record_columns = std::to_array<const char*>({"people", "gp_posts_per_10000", "gp_asked_percent", "nurse_posts_per_10000", "nurse_asked_percent", "went_without_care_percent",
                                                            "without_money_percent", "without_distance_percent", "without_waiting_percent", "emergency_per_1000", "upc_percent",
                                                            "coc_percent", "loyal_percent", "avoidable_admissions_per_1000", "readmitted_30_days_percent"});
constexpr auto network_columns = std::to_array<const char*>({"gp_posts_in_reach_per_10000", "home_nursing_posts_in_reach_per_10000", "gp_days_waited", "specialist_days_waited", "waiting_per_1000",
                                                             "minutes_to_own_gp", "nearest_gp_percent", "team_members", "care_density", "handovers_without_tie_percent", "providers",
                                                             "mean_ties_per_provider", "strength_leaving_percent", "single_points_of_failure", "ways_through_top_broker_percent"});

/// Columns of the screen: id, width, digits.
struct Shown {
    const char* column;
    int digits;
};
constexpr auto shown = std::to_array<Shown>({{"people", 0}, {"gp_posts_in_reach_per_10000", 1}, {"gp_asked_percent", 0}, {"nurse_asked_percent", 0}, {"specialist_days_waited", 0},
                                             {"went_without_care_percent", 1}, {"care_density", 2}, {"handovers_without_tie_percent", 0}, {"nearest_gp_percent", 0}});
constexpr std::size_t name_width = 19, column_width = 9, most_rows = 20, each_end = 8;

std::size_t column_of(const store::Table& t, const std::string& name) {
    for (std::size_t i = 0; i < t.columns.size(); ++i)
        if (t.columns[i].name == name)
            return i;
    return t.columns.size();
}

double value_of(const std::vector<std::string>& row, std::size_t at) {
    double value = viz::unknown;
    if (at < row.size() && !row[at].empty())
        parse_number(row[at], value);
    return value;
}

std::string line_of(const store::Table& t, const std::vector<std::string>& row) {
    std::string out = "  " + text::pad_right(text::shorten(row[2], name_width - 3), name_width - 2);
    for (const Shown& s : shown) {
        const double value = value_of(row, column_of(t, s.column));
        out += text::pad_left(number(value, s.digits), column_width);
    }
    return out + "\n";
}

std::string two_lines(const std::vector<std::string>& first, const std::vector<std::string>& second) {
    std::string a = text::pad_right("", name_width), b = a;
    for (std::size_t i = 0; i < first.size(); ++i)
        a += text::pad_left(text::shorten(first[i], column_width - 1), column_width), b += text::pad_left(text::shorten(second[i], column_width - 1), column_width);
    return a + "\n" + b + "\n";
}

}  // namespace

store::Table municipality_table(const ArmRun& arm, const NetworkValues& network) {
    const world::Catalogue& c = *arm.scenario->catalogue;
    store::Table t{"municipalities", {{"arm"}, {"municipality"}, {"name"}}, {}};
    for (const char* name : record_columns)
        t.columns.push_back({name, Type::real});
    for (const char* name : network_columns)
        t.columns.push_back({name, Type::real});
    for (std::size_t p = 0; p < c.places.size(); ++p) {
        if (!c.places[p].inside)
            continue;
        std::vector<std::string> row = {arm.id, std::to_string(c.places[p].nis), c.places[p].name(text::language())};
        for (const double value : of_records(arm, c, p))
            row.push_back(cell(value));
        for (const char* name : network_columns)
            row.push_back(cell(network(arm.id, c.places[p].nis, name)));
        t.rows.push_back(std::move(row));
    }
    return t;
}

std::string municipality_text(const store::Table& t) {
    std::string out = tr("By municipality: supply against need, waiting, care teams") + "\n" +
                      two_lines({"", tr("GPs"), tr("asked of"), tr("asked of"), tr("days to"), tr("went"), tr("ties in"), tr("handover"), tr("nearest")},
                                {tr("people"), tr("nearby"), tr("GPs, %"), tr("nurses,%"), tr("special."), tr("w/out, %"), tr("teams"), tr("no tie,%"), tr("GP, %")});
    std::vector<std::vector<std::string>> rows = t.rows;
    if (rows.size() <= most_rows) {
        for (const auto& row : rows)
            out += line_of(t, row);
    } else {
        const std::size_t by = column_of(t, "went_without_care_percent");
        std::stable_sort(rows.begin(), rows.end(), [&](const auto& a, const auto& b) { return value_of(a, by) > value_of(b, by); });
        for (std::size_t i = 0; i < each_end; ++i)
            out += line_of(t, rows[i]);
        out += "  " + fill(tr("{n} more, between most and least care gone without: municipalities.csv"), {{"n", static_cast<int>(rows.size() - 2 * each_end)}}) + "\n";
        for (std::size_t i = rows.size() - each_end; i < rows.size(); ++i)
            out += line_of(t, rows[i]);
    }
    const auto note = text::wrap(tr("GPs in reach: posts per 10 000 people within thirty minutes, near ones counting more. Asked: of all time, with what waits. Ties in teams: mean strength between the providers of a patient, 0 to 1. "
                                    "Handover, no tie: pairs of providers of one patient who do not work with each other. Nearest GP: people whose own practice is the nearest. All columns: municipalities.csv."),
                                 98);
    for (const std::string& line : note)
        out += "  " + line + "\n";
    return out;
}

std::string network_text(const std::string& arm, const NetworkValues& network) {
    if (network.empty())
        return "";
    const auto at = [&](const char* measure) { return network(arm, 0, measure); };
    const std::string first = fill(tr("Network at the end: {providers} providers, {ties} ties; a provider has {low} to {high} (middle {mid}) and is {distance} ties from another on average; "
                                      "connected parts: {parts}, the largest of {largest}; {points} without whom a part would fall off; the twentieth with most ways through them carries {top} % of these ways."),
                                   {{"providers", number(at("providers"), 0)},
                                    {"ties", number(at("ties"), 0)},
                                    {"low", number(at("ties_of_a_provider_p10"), 0)},
                                    {"mid", number(at("ties_of_a_provider_p50"), 0)},
                                    {"high", number(at("ties_of_a_provider_p90"), 0)},
                                    {"distance", number(at("mean_distance"), 1)},
                                    {"parts", number(at("connected_parts"), 0)},
                                    {"largest", number(at("providers_in_largest_part"), 0)},
                                    {"points", number(at("single_points_of_failure"), 0)},
                                    {"top", number(at("ways_through_top_brokers_percent"), 0)}});
    const std::string second = fill(tr("Who works together: {n} communities (modularity {modularity}); {across} % of the strength of ties crosses the border of a municipality, {zones} % that of a zone; "
                                       "agreement of communities with municipalities {agree} of 1."),
                                    {{"n", number(at("communities"), 0)},
                                     {"modularity", number(at("modularity"), 2)},
                                     {"across", number(at("strength_across_municipalities_percent"), 0)},
                                     {"zones", number(at("strength_across_zones_percent"), 0)},
                                     {"agree", number(at("communities_against_municipalities"), 2)}});
    std::string out;
    for (const std::string& sentence : {first, second})
        for (const std::string& line : text::wrap(sentence, 100))
            out += line + "\n";
    return out;
}

}  // namespace tresse::app
