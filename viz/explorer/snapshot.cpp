#include "tresse/viz/explorer/snapshot.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "tresse/core/csv.hpp"
#include "tresse/core/file.hpp"
#include "tresse/core/problems.hpp"
#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"
#include "tresse/scenario/scores.hpp"

#include "borders.hpp"

namespace tresse::viz::explorer {

namespace {

using text::fill;
using text::tr;

double number_of(const std::string& cell) {
    double value = 0;
    return parse_number(cell, value) ? value : 0;
}

int column_of(const store::Table& table, const std::string& name) {
    for (std::size_t i = 0; i < table.columns.size(); ++i)
        if (table.columns[i].name == name)
            return static_cast<int>(i);
    return -1;
}

/// Reads cells by the name of their column; a missing column gives "".
struct Rows {
    const store::Table& table;
    std::map<std::string, int> at;
    explicit Rows(const store::Table& t) : table(t) {
        for (const store::Column& c : t.columns)
            at[c.name] = column_of(t, c.name);
    }
    const std::string& text(std::size_t row, const std::string& column) const {
        static const std::string none;
        const auto found = at.find(column);
        return found == at.end() ? none : table.rows[row][static_cast<std::size_t>(found->second)];
    }
    double number(std::size_t row, const std::string& column) const { return number_of(text(row, column)); }
};

int arm_index(const Snapshot& s, const std::string& id) {
    for (std::size_t i = 0; i < s.arms(); ++i)
        if (s.compared.arms[i].id == id)
            return static_cast<int>(i);
    return -1;
}

void read_months(const store::RunFolder& folder, Snapshot& s) {
    const store::Table table = folder.read_table("months");
    if (table.rows.empty())
        return;
    for (std::size_t i = 3; i < table.columns.size(); ++i)
        s.month_measures.push_back(table.columns[i].name);
    s.months.resize(s.arms());
    std::map<std::pair<int, std::string>, std::size_t> future;
    for (const auto& row : table.rows) {
        const int arm = arm_index(s, row[0]);
        Month month;
        if (arm < 0 || !parse_month(row[2], month))
            continue;
        auto& futures = s.months[static_cast<std::size_t>(arm)].futures;
        const auto [at, fresh] = future.emplace(std::pair{arm, row[1]}, futures.size());
        if (fresh)
            futures.emplace_back();
        auto& months = futures[at->second];
        const auto k = static_cast<std::size_t>(std::max(0, month - s.start()));
        if (k >= months.size())
            months.resize(k + 1, std::vector<double>(s.month_measures.size(), unknown));
        for (std::size_t i = 0; i < s.month_measures.size(); ++i)
            months[k][i] = number_of(row[i + 3]);
    }
}

int place_of(const world::Catalogue& c, const std::string& nis) {
    for (std::size_t i = 0; i < c.places.size(); ++i)
        if (std::to_string(c.places[i].nis) == nis)
            return static_cast<int>(i);
    return -1;
}

/// Begins where the providers stand; those of one house are spread a little.
std::vector<Point> laid_out(const Net& net) {
    std::vector<Point> start;
    double lat = 90, lon = 180, lat1 = -90, lon1 = -180;
    for (const NetProvider& p : net.providers)
        lat = std::min(lat, p.lat), lon = std::min(lon, p.lon), lat1 = std::max(lat1, p.lat),
        lon1 = std::max(lon1, p.lon);
    for (std::size_t i = 0; i < net.providers.size(); ++i) {
        const NetProvider& p = net.providers[i];
        start.push_back({(p.lon - lon) / std::max(lon1 - lon, 1e-6) + 0.004 * static_cast<double>(i % 7),
                         1 - (p.lat - lat) / std::max(lat1 - lat, 1e-6) + 0.004 * static_cast<double>(i % 5)});
    }
    std::vector<std::pair<int, int>> ties;
    std::vector<double> strength;
    for (const NetTie& t : net.ties)
        if (t.strength > 0.02)
            ties.emplace_back(t.a, t.b), strength.push_back(t.strength);
    return force_layout(start.size(), ties, strength, start, start.size() > 1500 ? 30 : 120);
}

void read_nets(const store::RunFolder& folder, Snapshot& s) {
    const store::Table providers = folder.read_table("providers"), ties = folder.read_table("ties");
    if (providers.rows.empty())
        return;
    s.nets.resize(s.arms());
    std::vector<std::map<int, int>> row_of(s.arms());
    const Rows p(providers), t(ties);
    const world::Catalogue& c = s.compared.catalogue();
    for (std::size_t i = 0; i < providers.rows.size(); ++i) {
        const int arm = arm_index(s, p.text(i, "arm"));
        if (arm < 0)
            continue;
        NetProvider one;
        one.id = static_cast<int>(p.number(i, "provider"));
        one.kind = c.kind(p.text(i, "kind"));
        one.place = place_of(c, p.text(i, "municipality"));
        one.lat = p.number(i, "lat"), one.lon = p.number(i, "lon");
        one.posts = p.number(i, "milli_posts") / 1000, one.filled = p.number(i, "filled_milli_posts") / 1000;
        one.load = p.number(i, "load_permille") / 1000;
        one.panel = static_cast<int>(p.number(i, "panel"));
        one.shares_record = p.number(i, "shares_record") > 0, one.uses_guideline = p.number(i, "uses_guideline") > 0;
        auto& net = s.nets[static_cast<std::size_t>(arm)];
        row_of[static_cast<std::size_t>(arm)][one.id] = static_cast<int>(net.providers.size());
        net.providers.push_back(one);
    }
    std::vector<std::map<std::pair<int, int>, NetTie>> pairs(s.arms());
    for (std::size_t i = 0; i < ties.rows.size(); ++i) {
        const int arm = arm_index(s, t.text(i, "arm"));
        if (arm < 0)
            continue;
        const auto& rows = row_of[static_cast<std::size_t>(arm)];
        const auto a = rows.find(static_cast<int>(t.number(i, "provider"))),
                   b = rows.find(static_cast<int>(t.number(i, "other")));
        if (a == rows.end() || b == rows.end() || a == b)
            continue;
        const std::pair key{std::min(a->second, b->second), std::max(a->second, b->second)};
        NetTie& tie = pairs[static_cast<std::size_t>(arm)][key];
        tie.a = key.first, tie.b = key.second;
        tie.strength = std::max(tie.strength, t.number(i, "strength") / 65535);
    }
    for (std::size_t arm = 0; arm < s.arms(); ++arm) {
        for (const auto& [key, tie] : pairs[arm])
            s.nets[arm].ties.push_back(tie);
        s.nets[arm].by_ties = laid_out(s.nets[arm]);
    }
}

void make_cells(Snapshot& s, const SnapshotInput& input) {
    std::vector<MapSite> sites;
    for (const world::Place& p : s.compared.catalogue().places)
        sites.push_back({p.lat, p.lon, p.area_km2});
    if (!input.boundaries.empty()) {
        s.cells = bordered_cells(input.boundaries, s.compared.catalogue(), s.remarks);
        s.schematic = s.cells.empty();
        s.boundaries = s.schematic ? "" : name_of(input.boundaries);
    }
    if (s.cells.empty())
        s.cells = voronoi_cells(sites);
}

}  // namespace

std::string Snapshot::arm_label(std::size_t arm) const {
    const app::ArmRun& one = compared.arms.at(arm);
    const std::string label = tr(one.scenario->arms[static_cast<std::size_t>(one.arm)].label);
    return label.empty() ? one.id : label;
}

std::string Snapshot::arm_name(std::size_t arm) const {
    return std::string(1, static_cast<char>('A' + arm)) + " " + arm_label(arm);
}

int Snapshot::year_of(int month) const {
    if (month < 0)
        return -1;
    const int year = (start() + month).year();
    for (std::size_t i = 0; i < years.size(); ++i)
        if (years[i] == year)
            return static_cast<int>(i);
    return -1;
}

std::shared_ptr<const Snapshot> make_snapshot(app::Simulated run, const SnapshotInput& input) {
    if (run.records.empty()) {
        Problems problems;
        problems.add(run.folder, 0, "", tr("no future of this run is finished, so there is nothing to show."));
        throw BadInput(std::move(problems));
    }
    auto s = std::make_shared<Snapshot>();
    s->run = std::move(run);
    s->program_home = input.home;
    Problems problems;
    scenario::Scores scores = scenario::load_scores(
        join_path(join_path(join_path(input.home, "scenarios"), "library"), "scores.yaml"), problems);
    if (problems.any())
        throw BadInput(std::move(problems));
    s->compared = app::compared(app::arms_of(*s->run.scenario, s->run.records), std::move(scores));
    for (const measure::YearRecord& year : s->compared.arms[0].futures.front()->years)
        s->years.push_back(year.year);
    if (!s->run.folder.empty()) {
        const store::RunFolder folder = store::RunFolder::open(s->run.folder);
        read_months(folder, *s);
        read_nets(folder, *s);
    }
    if (s->run.manifest.state != store::State::complete)
        s->remarks.push_back(tr("This run is not complete: ranges are wider than they will be."));
    make_cells(*s, input);
    s->memo = new_memo();
    s->moved = moved_mechanisms(*s);
    score_lines(*s, {}, -1);  // the first view asks for these
    return s;
}

Limits limits_of(const Snapshot* s) {
    if (!s)
        return {};
    int providers = 0;
    for (const Net& net : s->nets)
        for (const NetProvider& p : net.providers)
            providers = std::max(providers, p.id + 1);
    const world::Catalogue& c = s->compared.catalogue();
    return {static_cast<int>(s->arms()),       static_cast<int>(s->compared.rows.size()), s->months_of_policy(),
            static_cast<int>(c.places.size()), static_cast<int>(c.kinds.size()),          providers};
}

}  // namespace tresse::viz::explorer
