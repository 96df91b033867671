#include "tresse/build/providers.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <string_view>
#include <utility>

#include "tresse/build/luck.hpp"
#include "tresse/core/check.hpp"
#include "tresse/core/math.hpp"
#include "tresse/core/money.hpp"

namespace tresse::build {

double choice_per_km(std::string_view role) {
    constexpr std::array<std::pair<std::string_view, double>, 13> list{{{"gp", 0.75}, {"pharmacy", 0.75}, {"physiotherapy", 0.5}, {"home_nursing", 0.25}, {"out_of_hours", 0.10},
                                                                        {"nursing_home", 0.15}, {"psychologist", 0.15}, {"dietitian", 0.20}, {"occupational_therapy", 0.20},
                                                                        {"social_work", 3.0}, {"home_help", 0.05}, {"case_manager", 0.05}, {"prevention", 0.05}}};
    for (const auto& [id, value] : list)
        if (id == role)
            return value;
    return 0.20;
}

double patients_of_role(std::string_view role) {
    constexpr std::array<std::pair<std::string_view, double>, 9> list{{{"gp", 0.95}, {"pharmacy", 0.95}, {"hospital_beds", 0.60}, {"emergency", 0.60}, {"home_nursing", 0.35},
                                                                       {"physiotherapy", 0.30}, {"home_help", 0.10}, {"social_work", 0.10}, {"psychologist", 0.08}}};
    for (const auto& [id, value] : list)
        if (id == role)
            return value;
    return 0.06;
}

namespace {
/// Providers of a kind that a sketch keeps at least, where there are as many: fewer could not differ in what they adopt (A-1361).
constexpr double sketch_least = 8;
}  // namespace

double kept_of_sketch(double number, int sample) { return std::max(std::min(number, sketch_least), number / std::max(1, sample)); }

double burnt_out_share(const model::ProviderTables& t, const model::KindTable& kind) {
    if (!kind.workers)
        return 0;
    const double hazard = static_cast<double>(t.burnout_base) * exp_d(static_cast<double>(t.burnout_slope) * (static_cast<double>(kind.target_use) - static_cast<double>(t.burnout_pivot)));
    return hazard / (hazard + static_cast<double>(t.burnout_recovery));
}

namespace {

using world::Provider;

constexpr std::uint32_t luck_density = 10, luck_size = 11, luck_spot = 12, luck_state = 13;  // placement


/// What is worked out once for all kinds.
class Placing {
public:
    Placing(world::World& world, const SupplyPlan& plan, Placement& placement) : world_(world), plan_(plan), placement_(placement) {
        const auto& places = plan.municipalities;
        neighbourhoods_.resize(places.size());
        for (std::uint32_t n = 0; n < world.neighbourhoods.size(); ++n)
            neighbourhoods_[world.neighbourhoods[n].municipality].push_back(n);
        for (const int m : places) {
            const auto& town = town_of(m);
            double residents = 0;
            for (std::size_t s = 0; s < 2; ++s)
                for (std::size_t b = 0; b < bands; ++b)
                    residents += town.population[s][b] * plan.living.resident[static_cast<std::size_t>(town.region)][s][b];
            inhabitants_.push_back(town.inhabitants());
            residents_.push_back(residents);
        }
        std::array<double, regions> people{}, all_residents{};
        for (const auto& town : plan.region.municipalities) {
            const auto r = static_cast<std::size_t>(town.region);
            people[r] += town.inhabitants();
            for (std::size_t role = 0; role < plan.catalogue.roles.size(); ++role)
                mean_need_[r][role] += need_of(town, role);
            for (std::size_t s = 0; s < 2; ++s)
                for (std::size_t b = 0; b < bands; ++b)
                    all_residents[r] += town.population[s][b] * plan.living.resident[r][s][b];
        }
        for (std::size_t r = 0; r < regions; ++r) {
            for (auto& mean : mean_need_[r])
                mean = people[r] > 0 ? mean / people[r] : 0;
            // Beds per resident are even: a place has the beds that its residents fill.
            residents_weight_[r] = all_residents[r] > 0 ? people[r] / all_residents[r] : 0;
        }
    }

    void run(const std::vector<double>& hospital_share, const std::vector<int>& sites) {
        const auto& kinds = plan_.catalogue.kinds;
        placement_.way.clear();
        for (std::size_t k = 0; k < kinds.size(); ++k)
            if (!kinds[k].department && kinds[k].id != "general_hospital")
                place_kind(k);
        place_hospitals(joined_houses(hospital_share, sites), sites);
        world_.board.assign(world_.providers.size(), {});
    }

private:
    const scenario::Municipality& town_of(int m) const { return plan_.region.municipalities[static_cast<std::size_t>(m)]; }
    const model::KindTable& numbers(std::size_t kind) const { return plan_.tables.kind[kind]; }
    Block luck(std::uint64_t what, std::size_t kind, std::uint32_t subject) const { return draw(plan_.seed, what, static_cast<std::uint32_t>(kind), sub(Purpose::placement, subject)); }
    bool shares_role(std::size_t kind) const {
        for (std::size_t k = 0; k < kind; ++k)
            if (plan_.catalogue.kinds[k].role == plan_.catalogue.kinds[kind].role)
                return true;
        return false;
    }

    /// Mean need of a town's people for a role.
    double need_of(const scenario::Municipality& town, std::size_t role) const {
        double need = 0;
        for (std::size_t s = 0; s < 2; ++s)
            for (std::size_t b = 0; b < bands; ++b)
                need += town.population[s][b] * plan_.need[role][s][b];
        return need;
    }
    /// The same over that of its region.
    double weight_of(const scenario::Municipality& town, std::size_t role) const {
        const double mean = mean_need_[static_cast<std::size_t>(town.region)][role];
        return mean > 0 && town.inhabitants() > 0 ? need_of(town, role) / town.inhabitants() / mean : 1.0;
    }

    /// Posts of a kind by place of one region. The density of a place is its own; the sum is the region's rate.
    std::vector<double> posts_by_place(std::size_t kind, int region) const {
        std::vector<double> posts(plan_.municipalities.size(), 0.0);
        const bool by_residents = plan_.catalogue.kinds[kind].id == "nursing_home";
        const auto role = static_cast<std::size_t>(plan_.catalogue.kinds[kind].role);
        double people = 0, sum = 0;
        for (std::size_t i = 0; i < posts.size(); ++i) {
            const auto& town = town_of(plan_.municipalities[i]);
            if (town.region != region)
                continue;
            const double density = by_residents ? 1.0 : exp_d(plan_.parameters.density_spread * rough_normal(luck(static_cast<std::uint64_t>(town.nis), kind, luck_density).word[0]));
            const double weighed = inhabitants_[i] * weight_of(town, role);
            posts[i] = (by_residents ? residents_[i] : weighed) * density;
            sum += posts[i];
            people += by_residents ? residents_[i] * residents_weight_[static_cast<std::size_t>(region)] : weighed;
        }
        const double wanted = people / 10000 * static_cast<double>(numbers(kind).posts_per_10000[static_cast<std::size_t>(region)]);
        for (auto& p : posts)
            p = sum > 0 ? p * wanted / sum : 0;
        return posts;
    }

    double size_of(std::size_t kind) const { return std::max(0.1, static_cast<double>(numbers(kind).size_posts)); }

    /// Number of providers of a kind in the part of the area that lies in a region. A second kind of a role (medical houses) may be absent from a small
    /// area, the first may not.
    std::uint32_t number_of(std::size_t kind, int region, double all) const {
        const double kept = kept_of_sketch(all / size_of(kind), plan_.sample);
        if (!shares_role(kind))
            return std::max(1u, static_cast<std::uint32_t>(kept + 0.5));
        return static_cast<std::uint32_t>(kept + unit(luck(static_cast<std::uint64_t>(region), kind, luck_size).word[0]));
    }

    /// Posts of the other kinds of the role that are absent: those who work there work in the first kind.
    void add_absent(std::size_t kind, int region, std::vector<double>& posts) const {
        for (std::size_t k = kind + 1; k < plan_.catalogue.kinds.size(); ++k) {
            if (plan_.catalogue.kinds[k].role != plan_.catalogue.kinds[kind].role)
                continue;
            const auto others = posts_by_place(k, region);
            double all = 0;
            for (const double p : others)
                all += p;
            for (std::size_t i = 0; i < posts.size() && number_of(k, region, all) == 0; ++i)
                posts[i] += others[i];
        }
    }

    void place_kind(std::size_t kind) {
        const bool one_each = plan_.catalogue.kinds[kind].id == "social_service";
        for (int region = 0; region < regions; ++region) {
            auto posts = posts_by_place(kind, region);
            if (!shares_role(kind))
                add_absent(kind, region, posts);
            double all = 0;
            for (const double p : posts)
                all += p;
            if (all <= 0)
                continue;
            way_ = 1;
            if (one_each) {
                for (std::size_t i = 0; i < posts.size(); ++i)
                    if (posts[i] > 0)
                        add(kind, i, posts[i]);
                continue;
            }
            const std::uint32_t number = number_of(kind, region, all);
            way_ = way_to_nearest(number, all / size_of(kind));
            spread(kind, posts, all, number);
        }
    }

    /// `count` providers of unlike sizes along the places, each where its middle falls; together they have all posts.
    void spread(std::size_t kind, const std::vector<double>& posts, double all, std::uint32_t count) {
        if (count == 0)
            return;
        constexpr std::array<double, 4> sizes{0.45, 0.80, 1.15, 1.60};  // quartiles of the size over its mean
        std::vector<double> weight(count);
        double sum = 0;
        for (std::uint32_t j = 0; j < count; ++j)
            sum += weight[j] = count < 4 ? 1.0 : sizes[luck(j, kind, luck_size).word[1] >> 30];
        double before = 0, until = posts[0];
        std::size_t i = 0;
        for (std::uint32_t j = 0; j < count; ++j) {
            const double own = weight[j] / sum * all, middle = before + own / 2;
            while (i + 1 < posts.size() && (until < middle || posts[i] <= 0))
                until += posts[++i];
            add(kind, i, own);
            before += own;
        }
    }

    std::int32_t milli(double posts, std::uint32_t word) const { return static_cast<std::int32_t>(posts * 1000 / plan_.sample + unit(word)); }

    void add(std::size_t kind, std::size_t place, double posts) {
        const auto& town = town_of(plan_.municipalities[place]);
        const std::uint64_t who = static_cast<std::uint64_t>(town.nis) << 20 | count_here(place, kind);
        const Block spot = luck(who, kind, luck_spot);
        Provider p;
        p.kind = static_cast<std::uint8_t>(kind);
        p.municipality = static_cast<std::uint32_t>(place);
        const auto& around = neighbourhoods_[place];
        p.lat = static_cast<float>(town.lat), p.lon = static_cast<float>(town.lon);
        if (!around.empty()) {
            // Beside the middle of a neighbourhood, by at most half the way to the next one.
            const auto& n = world_.neighbourhoods[around[below(spot.word[0] >> 16, static_cast<std::uint32_t>(around.size()))]];
            const double reach = 0.5 * std::sqrt(std::max(0.01, town.area_km2) / static_cast<double>(around.size()));
            p.lat = n.lat + static_cast<float>(reach * (unit(spot.word[1]) - 0.5) / 111.2);
            p.lon = n.lon + static_cast<float>(reach * (unit(spot.word[2]) - 0.5) / (111.2 * 0.6340));
        }
        staff(p, kind, posts, luck(who, kind, luck_state));
        world_.providers.push_back(p);
        placement_.way.push_back(way_);
    }

    std::uint32_t count_here(std::size_t place, std::size_t kind) {
        here_.resize(plan_.municipalities.size() * plan_.catalogue.kinds.size(), 0);
        return here_[place * plan_.catalogue.kinds.size() + kind]++;
    }

    /// Staff, habits and the load of an ordinary month.
    void staff(Provider& p, std::size_t kind, double posts, const Block& state) const {
        const auto& k = numbers(kind);
        p.role = static_cast<std::uint8_t>(plan_.catalogue.kinds[kind].role);
        p.contract = static_cast<std::uint8_t>(plan_.catalogue.kinds[kind].contract);
        p.posts_milli = milli(posts, state.word[0]);
        p.filled_milli = std::min(p.posts_milli, milli(posts * static_cast<double>(k.filled_share), state.word[1]));
        std::array<std::int64_t, 4> share{};
        for (std::size_t a = 0; a < 4; ++a)
            share[a] = static_cast<std::int64_t>(static_cast<double>(k.age_share[a]) * 10000 + 0.5);
        if (share[0] + share[1] + share[2] + share[3] == 0)
            share[0] = 1;
        const auto parts = split_by_weight(p.filled_milli, share);
        for (std::size_t a = 0; a < 4; ++a)
            p.by_age_milli[a] = static_cast<std::int32_t>(parts[a]);
        p.burnt_out_milli = static_cast<std::int32_t>(p.filled_milli * burnt_out_share(plan_.tables, k) + 0.5);
        p.load_permille = static_cast<std::uint32_t>(static_cast<double>(k.target_use) * 1000 + 0.5);
        p.shares_record = unit(state.word[2]) < static_cast<double>(k.record_sharing_start);
        p.uses_guideline = unit(state.word[3]) < static_cast<double>(k.guideline_start);
    }

    /// Way to the nearest of the places that one provider of a sketch stands for, over the way to itself. Formula: sqrt(kept / all).
    float way_to_nearest(double kept, double all) const { return plan_.sample > 1 && all > kept ? static_cast<float>(std::sqrt(kept / all)) : 1.0f; }

    /// In a sketch neighbouring houses are one, which stands at the largest of them: inside and outside the area apart, along the order of the communes.
    std::vector<double> joined_houses(std::vector<double> share, const std::vector<int>& sites) {
        way_ = 1;
        if (plan_.sample == 1)
            return share;
        double houses = 0, left = 0;
        for (const bool outside : {false, true}) {
            std::vector<std::size_t> order;
            double sum = 0;
            for (std::size_t h = 0; h < share.size(); ++h)
                if (share[h] > 0 && outside_area(sites[h]) == outside)
                    order.push_back(h), sum += share[h];
            const auto nis = [&](std::size_t h) { return town_of(plan_.region.hospital_sites[static_cast<std::size_t>(sites[h])].municipality).nis; };
            std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return nis(a) != nis(b) ? nis(a) < nis(b) : a < b; });
            const double kept = std::floor(kept_of_sketch(static_cast<double>(order.size()), plan_.sample) + 0.5);
            double before = 0;
            std::size_t largest = 0;
            std::vector<double> of_house(share.size(), 0.0);
            for (std::size_t i = 0; i < order.size(); ++i) {
                const auto part = [&](double at) { return std::floor(std::min(at / sum * kept, kept - 1)); };
                const double own = share[order[i]];
                const bool first = i == 0 || kept >= static_cast<double>(order.size()) || part(before + own / 2) != part(before - share[order[i - 1]] / 2);
                if (first) {
                    largest = order[i], left += 1;
                } else if (own > share[largest]) {
                    std::swap(of_house[order[i]], of_house[largest]), largest = order[i];
                }
                of_house[largest] += own;
                before += own;
            }
            for (const std::size_t h : order)
                share[h] = of_house[h];
            houses += static_cast<double>(order.size());
        }
        way_ = way_to_nearest(left, houses);
        return share;
    }
    bool outside_area(int site_row) const {
        const int at = plan_.region.hospital_sites[static_cast<std::size_t>(site_row)].municipality;
        return std::find(plan_.municipalities.begin(), plan_.municipalities.end(), at) == plan_.municipalities.end();
    }

    /// Hospitals and their departments: the area's beds and posts by the share of the residents' demand that each house serves.
    void place_hospitals(const std::vector<double>& share, const std::vector<int>& sites) {
        const auto& kinds = plan_.catalogue.kinds;
        const int hospital = plan_.catalogue.kind("general_hospital");
        for (std::size_t h = 0; h < share.size(); ++h) {
            if (share[h] <= 0)
                continue;
            const std::size_t first = world_.providers.size();
            for (std::size_t pass = 0; pass < 2; ++pass)
                for (std::size_t k = 0; k < kinds.size(); ++k)
                    if (pass == 0 ? static_cast<int>(k) == hospital : kinds[k].department) {
                        double all = 0;
                        for (int region = 0; region < regions; ++region)
                            for (const double p : posts_by_place(k, region))
                                all += p;
                        add_house(k, sites[h], share[h] * all, first);
                    }
        }
    }

    void add_house(std::size_t kind, int site_row, double posts, std::size_t organisation) {
        const auto& site = plan_.region.hospital_sites[static_cast<std::size_t>(site_row)];
        const auto inside = std::find(plan_.municipalities.begin(), plan_.municipalities.end(), site.municipality);
        Provider p;
        p.kind = static_cast<std::uint8_t>(kind);
        p.outside = inside == plan_.municipalities.end();
        // A house outside is listed under the place of the area next to it.
        std::size_t place = static_cast<std::size_t>(inside - plan_.municipalities.begin());
        if (p.outside) {
            double best = 1e18;
            for (std::size_t i = 0; i < plan_.municipalities.size(); ++i) {
                const auto& town = town_of(plan_.municipalities[i]);
                const double km = straight_km(town.lat, town.lon, site.lat, site.lon);
                if (km < best)
                    best = km, place = i;
            }
        }
        p.municipality = static_cast<std::uint32_t>(place);
        p.organisation = static_cast<std::uint32_t>(organisation);
        p.lat = static_cast<float>(site.lat), p.lon = static_cast<float>(site.lon);
        staff(p, kind, posts, luck(0x1000000000ull + static_cast<std::uint64_t>(site_row), kind, luck_state));
        world_.providers.push_back(p);
        placement_.way.push_back(way_);
    }

    world::World& world_;
    const SupplyPlan& plan_;
    Placement& placement_;
    float way_ = 1;   // of the providers in hand
    std::vector<std::vector<std::uint32_t>> neighbourhoods_;
    std::vector<double> inhabitants_, residents_;
    std::array<std::array<double, model::limit::roles>, regions> mean_need_{};
    std::array<double, regions> residents_weight_{};
    std::vector<std::uint32_t> here_;
};

/// Sites that count as a general hospital: beds and an emergency department.
std::vector<int> general_sites(const scenario::Region& region) {
    std::vector<int> out;
    for (std::size_t i = 0; i < region.hospital_sites.size(); ++i)
        if (region.hospital_sites[i].emergency && region.hospital_sites[i].beds > 0)
            out.push_back(static_cast<int>(i));
    return out;
}

struct Gravity {
    std::vector<double> share;   ///< of the residents' beds, by site
    Placement placement;
};

/// Who goes where. Formula: share of site h among the people of m = beds_h exp(-decay minutes) / sum; a house serves its beds to residents in
/// proportion to their part of its demand; the area's beds are shared by that.
Gravity gravity(const SupplyPlan& plan, const std::vector<int>& sites) {
    const auto& towns = plan.region.municipalities;
    Gravity out;
    out.share.assign(sites.size(), 0.0);
    // Ways are counted from the sites, since they are fewer; the graph has no one-way streets.
    std::vector<int> from;
    for (const int s : sites)
        from.push_back(plan.region.hospital_sites[static_cast<std::size_t>(s)].municipality);
    std::sort(from.begin(), from.end());
    from.erase(std::unique(from.begin(), from.end()), from.end());
    const Travel travel(plan.region, from, plan.parameters);
    std::vector<double> by_residents(sites.size(), 0.0), by_all(sites.size(), 0.0), weight(sites.size());
    std::vector<bool> inside(towns.size(), false);
    for (const int m : plan.municipalities)
        inside[static_cast<std::size_t>(m)] = true;
    for (std::size_t m = 0; m < towns.size(); ++m) {
        double sum = 0;
        for (std::size_t h = 0; h < sites.size(); ++h) {
            const auto& site = plan.region.hospital_sites[static_cast<std::size_t>(sites[h])];
            const double km = travel.km({site.municipality, site.lat, site.lon}, {static_cast<int>(m), towns[m].lat, towns[m].lon}) +
                              plan.parameters.inside_km_per_root_area * std::sqrt(std::max(0.0, towns[m].area_km2));
            weight[h] = site.beds * exp_d(-plan.parameters.hospital_decay_per_minute * travel.minutes(km));
            sum += weight[h];
        }
        for (std::size_t h = 0; h < sites.size() && sum > 0; ++h) {
            const double people = towns[m].inhabitants() * weight[h] / sum;
            by_all[h] += people;
            by_residents[h] += inside[m] ? people : 0;
        }
    }
    double demand = 0, outside = 0, inside_all = 0, inside_residents = 0, served = 0;
    for (std::size_t h = 0; h < sites.size(); ++h) {
        const auto& site = plan.region.hospital_sites[static_cast<std::size_t>(sites[h])];
        const bool here = inside[static_cast<std::size_t>(site.municipality)];
        demand += by_residents[h];
        outside += here ? 0 : by_residents[h];
        inside_all += here ? by_all[h] : 0;
        inside_residents += here ? by_residents[h] : 0;
    }
    out.placement.outside_share = demand > 0 ? outside / demand : 0;
    out.placement.resident_share = inside_all > 0 ? inside_residents / inside_all : 1;
    for (std::size_t h = 0; h < sites.size(); ++h) {
        const auto& site = plan.region.hospital_sites[static_cast<std::size_t>(sites[h])];
        // A house that hardly anybody of the area uses is not on its map.
        if (by_residents[h] < 0.004 * demand && !inside[static_cast<std::size_t>(site.municipality)])
            continue;
        out.share[h] = site.beds * by_residents[h] / by_all[h];
        served += out.share[h];
    }
    for (auto& s : out.share)
        s = served > 0 ? s / served : 0;
    return out;
}

}  // namespace

Placement place_providers(world::World& world, const SupplyPlan& plan) {
    TRESSE_CHECK(plan.tables.kind.size() == plan.catalogue.kinds.size(), "every kind of provider has its numbers");
    std::vector<int> sites = general_sites(plan.region);
    Gravity flows = gravity(plan, sites);
    world.providers.clear();
    Placing(world, plan, flows.placement).run(flows.share, sites);
    list_providers(world, plan, flows.placement);
    return std::move(flows.placement);
}

}  // namespace tresse::build
