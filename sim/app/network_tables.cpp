#include "network_tables.hpp"

#include <algorithm>
#include <cmath>

#include "tresse/core/csv.hpp"
#include "tresse/measure/access.hpp"
#include "tresse/measure/care_team.hpp"
#include "tresse/measure/communities.hpp"
#include "tresse/measure/network.hpp"
#include "tresse/viz/report/brief.hpp"

namespace tresse::app {

namespace {

using measure::Value;
using Rows = std::vector<std::vector<std::string>>;

/// Beyond so many providers the ways between all pairs are not looked for: that is the work of minutes.
constexpr std::size_t most_providers = 4000;

class Writer {
public:
    Writer(const std::string& arm, Rows& rows) : arm_(arm), rows_(rows) {}
    void put(const std::string& place, const std::string& measure, double value) const { rows_.push_back({arm_, place, measure, store::cell(value)}); }
    void put(const std::string& place, const std::string& measure, Value value) const { put(place, measure, value.value_or(NAN)); }
    void put(const std::string& place, const std::string& measure, std::int64_t value) const { put(place, measure, static_cast<double>(value)); }

private:
    const std::string& arm_;
    Rows& rows_;
};

void put_access(const Writer& out, const world::World& world, const world::Catalogue& c, const std::vector<std::string>& place) {
    for (const char* role : {"gp", "home_nursing"}) {
        if (c.role(role) < 0)
            continue;
        const auto access = measure::access_by_place(world, c, c.role(role));
        const std::string name = std::string(role) + "_posts_in_reach_per_10000";
        for (const double share : {0.1, 0.5, 0.9})
            out.put("", name + "_p" + std::to_string(static_cast<int>(share * 100 + 0.5)), access.quantile(share));
        out.put("", std::string(role) + "_posts_nobody_reaches", access.unreached);
        for (std::size_t p = 0; p < place.size(); ++p)
            out.put(place[p], name, access.posts_per_10000[p]);
    }
}

void put_team(const Writer& out, const std::string& place, const measure::TeamCount& t) {
    out.put(place, "team_members", t.mean_members());
    out.put(place, "care_density", t.mean_density());
    out.put(place, "handovers_without_tie_percent", t.untied_percent());
    out.put(place, "minutes_to_own_gp", t.minutes_to_gp());
    out.put(place, "nearest_gp_percent", t.nearest_percent());
}

void put_teams(const Writer& out, const world::World& world, const world::Catalogue& c, const std::vector<std::string>& place) {
    measure::TeamCount all;
    const auto teams = measure::count_care_teams(world, c);
    for (std::size_t p = 0; p < place.size(); ++p)
        all.add(teams[p]), put_team(out, place[p], teams[p]);
    put_team(out, "", all);
}

/// Ties of a provider below which so large a share of them has fewer.
double quantile(std::vector<std::int32_t> degrees, double share) {
    if (degrees.empty())
        return NAN;
    std::sort(degrees.begin(), degrees.end());
    return degrees[std::min(degrees.size() - 1, static_cast<std::size_t>(share * static_cast<double>(degrees.size())))];
}

void put_ties(const Writer& out, const measure::NetworkMeasures& m, const world::World& world, const world::Catalogue& c, const std::vector<std::string>& place) {
    out.put("", "providers", m.providers);
    out.put("", "ties", m.ties);
    out.put("", "mean_ties_per_provider", m.mean_degree());
    out.put("", "density", m.density());
    out.put("", "connected_parts", static_cast<std::int64_t>(m.parts));
    out.put("", "providers_in_largest_part", m.largest_part);
    out.put("", "fragmentation_percent", m.fragmentation_percent());
    out.put("", "mean_distance", m.mean_distance());
    std::vector<std::int32_t> degrees;
    std::vector<double> between;
    std::int64_t single = 0;
    std::vector<std::int64_t> providers(place.size(), 0), ties(place.size(), 0), points(place.size(), 0);
    std::vector<double> broker(place.size(), 0.0);
    for (std::size_t p = 0; p < world.providers.size(); ++p) {
        if (world.providers[p].outside)
            continue;
        const auto at = static_cast<std::size_t>(world.providers[p].municipality);
        degrees.push_back(m.degree[p]), between.push_back(m.betweenness[p]);
        single += m.articulation[p];
        providers[at] += 1, ties[at] += m.degree[p], points[at] += m.articulation[p];
        broker[at] = std::max(broker[at], m.betweenness[p]);
    }
    out.put("", "single_points_of_failure", single);
    for (const double share : {0.1, 0.5, 0.9})
        out.put("", "ties_of_a_provider_p" + std::to_string(static_cast<int>(share * 100 + 0.5)), quantile(degrees, share));
    const bool ways = !m.pairs_at.empty();
    std::sort(between.rbegin(), between.rend());
    double all = 0, top = 0;
    for (std::size_t i = 0; i < between.size(); ++i)
        all += between[i], top += i < (between.size() + 19) / 20 ? between[i] : 0;
    out.put("", "ways_through_top_brokers_percent", ways && all > 0 ? 100 * top / all : NAN);
    for (std::size_t p = 0; p < place.size(); ++p) {
        out.put(place[p], "providers", providers[p]);
        out.put(place[p], "mean_ties_per_provider", providers[p] > 0 ? static_cast<double>(ties[p]) / static_cast<double>(providers[p]) : NAN);
        out.put(place[p], "single_points_of_failure", points[p]);
        out.put(place[p], "ways_through_top_broker_percent", ways && providers[p] > 0 ? 100 * broker[p] : NAN);
    }
    for (std::size_t k = 0; k < m.degree_of_kind.size(); ++k)
        for (std::size_t d = 0; d < m.degree_of_kind[k].size(); ++d)
            if (m.degree_of_kind[k][d] > 0)
                out.put("", "providers_with_ties/" + c.kinds[k].id + "/" + std::to_string(d), m.degree_of_kind[k][d]);
    for (std::size_t d = 1; d < m.pairs_at.size(); ++d)
        out.put("", "pairs_at_distance/" + std::to_string(d), m.pairs_at[d]);
}

void put_communities(const Writer& out, const world::World& world, const world::Catalogue& c, const std::vector<std::string>& place) {
    const auto found = measure::find_communities(world);
    const auto ties = measure::tied_inside(world);
    std::vector<int> of_place(world.providers.size(), -1), of_zone(world.providers.size(), -1);
    for (std::size_t p = 0; p < world.providers.size(); ++p)
        if (!world.providers[p].outside)
            of_place[p] = static_cast<int>(world.providers[p].municipality), of_zone[p] = c.places[world.providers[p].municipality].zone;
    out.put("", "communities", static_cast<std::int64_t>(found.count));
    out.put("", "modularity", found.modularity);
    out.put("", "strength_across_communities_percent", measure::crossing_percent(ties, found.of));
    out.put("", "strength_across_municipalities_percent", measure::crossing_percent(ties, of_place));
    out.put("", "strength_across_zones_percent", measure::crossing_percent(ties, of_zone));
    out.put("", "communities_against_zones", measure::agreement(found.of, of_zone));
    out.put("", "communities_against_municipalities", measure::agreement(found.of, of_place));
    std::vector<double> all(place.size(), 0.0), leaving(place.size(), 0.0);
    for (const measure::Tied& t : ties) {
        const auto a = static_cast<std::size_t>(of_place[t.a]), b = static_cast<std::size_t>(of_place[t.b]);
        all[a] += t.strength;
        if (a != b)
            all[b] += t.strength, leaving[a] += t.strength, leaving[b] += t.strength;
    }
    for (std::size_t p = 0; p < place.size(); ++p)
        out.put(place[p], "strength_leaving_percent", all[p] > 0 ? 100 * leaving[p] / all[p] : NAN);
}

void put_waiting(const Writer& out, const std::string& place, const PlaceWait& w) {
    const auto over = [](double above, std::int64_t below) { return below > 0 ? above / static_cast<double>(below) : NAN; };
    out.put(place, "gp_days_waited", over(static_cast<double>(w.gp_days), w.gp_served));
    out.put(place, "specialist_days_waited", over(static_cast<double>(w.specialist_days), w.specialist_served));
    out.put(place, "waiting_per_1000", over(1000 * static_cast<double>(w.waiting), w.person_months));
}

}  // namespace

void add_waiting(const world::World& world, const world::Catalogue& c, std::vector<PlaceWait>& sum) {
    using world::ServiceCount;
    sum.resize(c.places.size());
    for (std::size_t i = 0; i < world.pieces.size() && i < world.piece_books.size(); ++i) {
        const world::Book& book = world.piece_books[i];
        PlaceWait& w = sum[world.pieces[i].municipality];
        w.person_months += world.stocks[i][static_cast<std::size_t>(world::Stock::persons)];
        for (int s = 0; s < book.shape().services && static_cast<std::size_t>(s) < c.services.size(); ++s) {
            const world::Service& service = c.services[static_cast<std::size_t>(s)];
            if (service.queue != world::QueueLaw::queue)
                continue;
            w.waiting += book.service(ServiceCount::waiting, s);
            if (service.gp_contact)
                w.gp_days += book.service(ServiceCount::days_waited, s), w.gp_served += book.service(ServiceCount::served, s);
            if (service.specialist_contact)
                w.specialist_days += book.service(ServiceCount::days_waited, s), w.specialist_served += book.service(ServiceCount::served, s);
        }
    }
}

store::Table network_table() { return {"network", {{"arm"}, {"municipality"}, {"measure"}, {"value", store::Type::real}}, {}}; }

Rows network_rows(const std::string& arm, const world::World& world, const world::Catalogue& c, const std::vector<PlaceWait>& waiting) {
    Rows rows;
    const Writer out(arm, rows);
    std::vector<std::string> place;
    for (const world::Place& p : c.places)
        place.push_back(std::to_string(p.nis));
    put_access(out, world, c, place);
    PlaceWait all;
    for (std::size_t p = 0; p < waiting.size(); ++p) {
        const PlaceWait& w = waiting[p];
        put_waiting(out, place[p], w);
        all.gp_days += w.gp_days, all.gp_served += w.gp_served, all.specialist_days += w.specialist_days, all.specialist_served += w.specialist_served;
        all.waiting += w.waiting, all.person_months += w.person_months;
    }
    put_waiting(out, "", all);
    put_teams(out, world, c, place);
    put_ties(out, measure::network_measures(world, c, {}, world.providers.size() <= most_providers), world, c, place);
    put_communities(out, world, c, place);
    return rows;
}

double NetworkValues::operator()(const std::string& arm, int municipality, const std::string& measure) const {
    const std::string place = municipality == 0 ? "" : std::to_string(municipality);
    for (const auto& row : table_.rows)
        if (row.size() == 4 && row[0] == arm && row[1] == place && row[2] == measure) {
            double value = viz::unknown;
            parse_number(row[3], value);
            return row[3].empty() ? viz::unknown : value;
        }
    return viz::unknown;
}

}  // namespace tresse::app
