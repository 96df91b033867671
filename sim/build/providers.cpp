#include "tresse/build/providers.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "tresse/build/luck.hpp"
#include "tresse/build/reach.hpp"
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

    void run(const HospitalFlows& flows, const std::vector<int>& sites) {
        part_ = placement_.part;
        parts_ = part_.empty() ? 0 : *std::max_element(part_.begin(), part_.end()) + 1;
        const auto& kinds = plan_.catalogue.kinds;
        placement_.way.clear();
        for (std::size_t k = 0; k < kinds.size(); ++k)
            if (!kinds[k].department && kinds[k].id != "general_hospital")
                place_kind(k);
        placement_.pull.assign(world_.providers.size(), 0.0);
        place_hospitals(joined_houses(flows, sites), sites);
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

    /// Posts of a kind by place of one region, in one part of the area. The density of a place is its own; the sum is the region's rate.
    std::vector<double> posts_by_place(std::size_t kind, int region, int part) const {
        std::vector<double> posts(plan_.municipalities.size(), 0.0);
        const bool by_residents = plan_.catalogue.kinds[kind].id == "nursing_home";
        const auto role = static_cast<std::size_t>(plan_.catalogue.kinds[kind].role);
        double people = 0, sum = 0;
        for (std::size_t i = 0; i < posts.size(); ++i) {
            const auto& town = town_of(plan_.municipalities[i]);
            if (town.region != region || part_[i] != part)
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

    /// Number of providers of a kind in a part of the area that lies in a region. A second kind of a role (medical houses) may be absent from a small
    /// area, the first may not.
    std::uint32_t number_of(std::size_t kind, int region, double all) const {
        const double kept = kept_of_sketch(all / size_of(kind), plan_.sample);
        if (!shares_role(kind))
            return std::max(1u, static_cast<std::uint32_t>(kept + 0.5));
        return static_cast<std::uint32_t>(kept + unit(luck(static_cast<std::uint64_t>(region), kind, luck_size).word[0]));
    }

    /// Posts of the other kinds of the role that are absent: those who work there work in the first kind.
    void add_absent(std::size_t kind, int region, int part, std::vector<double>& posts) const {
        for (std::size_t k = kind + 1; k < plan_.catalogue.kinds.size(); ++k) {
            if (plan_.catalogue.kinds[k].role != plan_.catalogue.kinds[kind].role)
                continue;
            const auto others = posts_by_place(k, region, part);
            double all = 0;
            for (const double p : others)
                all += p;
            for (std::size_t i = 0; i < posts.size() && number_of(k, region, all) == 0; ++i)
                posts[i] += others[i];
        }
    }

    void place_kind(std::size_t kind) {
        for (int part = 0; part < parts_; ++part)
            for (int region = 0; region < regions; ++region)
                place_kind_in(kind, region, part);
    }

    void place_kind_in(std::size_t kind, int region, int part) {
        auto posts = posts_by_place(kind, region, part);
        if (!shares_role(kind))
            add_absent(kind, region, part, posts);
        double all = 0;
        for (const double p : posts)
            all += p;
        if (all <= 0)
            return;
        way_ = 1;
        if (plan_.catalogue.kinds[kind].id != "social_service") {
            const std::uint32_t number = number_of(kind, region, all);
            way_ = way_to_nearest(number, all / size_of(kind));
            spread(kind, posts, all, number);
            return;
        }
        for (std::size_t i = 0; i < posts.size(); ++i)  // one each
            if (posts[i] > 0)
                add(kind, i, posts[i]);
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

    /// Houses that a sketch makes one: neighbours along the order of the communes, inside and outside the area and part by part. Shape: groups of rows of `share`.
    std::vector<std::vector<std::size_t>> houses_together(const HospitalFlows& flows, const std::vector<double>& share, const std::vector<int>& sites) const {
        const auto nis = [&](std::size_t h) { return town_of(plan_.region.hospital_sites[static_cast<std::size_t>(sites[h])].municipality).nis; };
        std::map<std::pair<bool, int>, std::vector<std::size_t>> kept_apart;
        for (std::size_t h = 0; h < share.size(); ++h)
            if (share[h] > 0)
                kept_apart[{outside_area(sites[h]), part_drawn(flows, h)}].push_back(h);
        std::vector<std::vector<std::size_t>> out;
        for (auto& [where, order] : kept_apart) {
            std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return nis(a) != nis(b) ? nis(a) < nis(b) : a < b; });
            double sum = 0, before = 0, last = -1;
            for (const std::size_t h : order)
                sum += share[h];
            const double kept = std::floor(kept_of_sketch(static_cast<double>(order.size()), plan_.sample) + 0.5);
            for (const std::size_t h : order) {
                const double group = std::floor(std::min((before + share[h] / 2) / sum * kept, kept - 1));
                if (group != last || kept >= static_cast<double>(order.size()))
                    out.emplace_back(), last = group;
                out.back().push_back(h);
                before += share[h];
            }
        }
        return out;
    }

    /// In a sketch neighbouring houses are one, which stands at the largest of them and draws what they drew together. Law: what the people of a place ask of all
    /// houses is as before.
    HospitalFlows joined_houses(HospitalFlows flows, const std::vector<int>& sites) {
        way_ = 1;
        if (plan_.sample == 1)
            return flows;
        std::vector<double> share(sites.size(), 0.0);
        for (std::size_t i = 0; i < flows.to_house.size(); ++i)
            for (std::size_t h = 0; h < share.size(); ++h)
                share[h] += inhabitants_[i] * flows.to_house[i][h];
        const auto groups = houses_together(flows, share, sites);
        std::size_t houses = 0;
        for (const auto& group : groups) {
            houses += group.size();
            const std::size_t largest = *std::max_element(group.begin(), group.end(), [&](std::size_t a, std::size_t b) { return share[a] != share[b] ? share[a] < share[b] : a > b; });
            for (const std::size_t h : group) {
                if (h == largest)
                    continue;
                flows.pull[largest] += flows.pull[h];
                for (auto& flow : flows.to_house)
                    flow[largest] += flow[h], flow[h] = 0;
            }
        }
        way_ = way_to_nearest(static_cast<double>(groups.size()), static_cast<double>(houses));
        return flows;
    }
    bool outside_area(int site_row) const {
        const int at = plan_.region.hospital_sites[static_cast<std::size_t>(site_row)].municipality;
        return std::find(plan_.municipalities.begin(), plan_.municipalities.end(), at) == plan_.municipalities.end();
    }
    /// The part of the area whose people ask most of a house.
    int part_drawn(const HospitalFlows& flows, std::size_t house) const {
        std::vector<double> drawn(static_cast<std::size_t>(parts_), 0.0);
        for (std::size_t i = 0; i < flows.to_house.size(); ++i)
            drawn[static_cast<std::size_t>(part_[i])] += inhabitants_[i] * flows.to_house[i][house];
        return static_cast<int>(std::max_element(drawn.begin(), drawn.end()) - drawn.begin());
    }

    /// Hospitals and their departments: of each place's beds and posts, what its people ask of each house.
    void place_hospitals(const HospitalFlows& flows, const std::vector<int>& sites) {
        const auto& kinds = plan_.catalogue.kinds;
        const int hospital = plan_.catalogue.kind("general_hospital");
        const auto houses = [&](std::size_t k) { return static_cast<int>(k) == hospital || kinds[k].department; };
        std::vector<std::vector<double>> of_kind(kinds.size(), std::vector<double>(part_.size(), 0.0));
        for (std::size_t k = 0; k < kinds.size(); ++k)
            for (int part = 0; part < parts_ && houses(k); ++part)
                for (int region = 0; region < regions; ++region) {
                    const auto posts = posts_by_place(k, region, part);
                    for (std::size_t i = 0; i < posts.size(); ++i)
                        of_kind[k][i] += posts[i];
                }
        for (std::size_t h = 0; h < sites.size(); ++h) {
            double drawn = 0;
            for (const auto& flow : flows.to_house)
                drawn += flow[h];
            if (drawn <= 0)
                continue;
            const std::size_t first = world_.providers.size();
            for (std::size_t pass = 0; pass < 2; ++pass)
                for (std::size_t k = 0; k < kinds.size(); ++k)
                    if (pass == 0 ? static_cast<int>(k) == hospital : kinds[k].department) {
                        double posts = 0;
                        for (std::size_t i = 0; i < part_.size(); ++i)
                            posts += of_kind[k][i] * flows.to_house[i][h];
                        add_house(k, sites[h], posts, first);
                        placement_.pull.push_back(flows.pull[h]);
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
    std::vector<int> part_;   ///< of each place
    int parts_ = 0;
};

/// Sites that count as a general hospital: beds and an emergency department.
std::vector<int> general_sites(const scenario::Region& region) {
    std::vector<int> out;
    for (std::size_t i = 0; i < region.hospital_sites.size(); ++i)
        if (region.hospital_sites[i].emergency && region.hospital_sites[i].beds > 0)
            out.push_back(static_cast<int>(i));
    return out;
}

}  // namespace

Placement place_providers(world::World& world, const SupplyPlan& plan) {
    TRESSE_CHECK(plan.tables.kind.size() == plan.catalogue.kinds.size(), "every kind of provider has its numbers");
    const std::vector<int> sites = general_sites(plan.region);
    Placement placement;
    placement.part = parts_of(Travel(plan.region, plan.municipalities, plan.parameters), plan.municipalities);
    const HospitalFlows flows = hospital_flows(plan.region, plan.parameters, plan.municipalities, placement.part, sites);
    placement.outside_share = flows.outside_share, placement.resident_share = flows.resident_share;
    world.providers.clear();
    Placing(world, plan, placement).run(flows, sites);
    list_providers(world, plan, placement);
    return placement;
}

}  // namespace tresse::build
