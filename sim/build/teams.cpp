#include <algorithm>
#include <cmath>
#include <utility>

#include "tresse/build/luck.hpp"
#include "tresse/build/providers.hpp"
#include "tresse/core/check.hpp"
#include "tresse/core/math.hpp"

namespace tresse::build {

namespace {

namespace st = world::status;
using world::limit::ranks;
using world::limit::team_slots;

constexpr std::uint32_t luck_slots = 20, luck_own = 24, luck_list = 30;  // placement: four blocks of words by slot; decisions; lists

/// Role that leads a team slot: the first of the catalogue; departments follow it. -1 when no role uses the slot.
std::array<int, team_slots> leading_roles(const world::Catalogue& catalogue) {
    std::array<int, team_slots> lead;
    lead.fill(-1);
    for (std::size_t r = catalogue.roles.size(); r-- > 0;)
        lead[static_cast<std::size_t>(catalogue.roles[r].team_slot)] = static_cast<int>(r);
    return lead;
}

struct Candidate {
    double value = 0;     // log of size less the fall with distance
    double minutes = 0;
    double drawn = 0;     ///< value with luck, when a list is drawn
    ProviderIndex provider = no_provider;
};

class Listing {
public:
    Listing(world::World& world, const SupplyPlan& plan, const Placement& placement) : world_(world), plan_(plan), travel_(plan.region, plan.municipalities, plan.parameters), lead_(leading_roles(plan.catalogue)), way_(placement.way) {
        by_place_.resize(plan.catalogue.roles.size() * plan.municipalities.size());
        of_house_.resize(plan.catalogue.roles.size());
        place_of_.assign(plan.region.municipalities.size(), -1);
        for (std::size_t i = 0; i < plan.municipalities.size(); ++i)
            place_of_[static_cast<std::size_t>(plan.municipalities[i])] = static_cast<int>(i);
        neighbourhoods_of_.resize(plan.municipalities.size());
        for (std::uint32_t n = 0; n < world.neighbourhoods.size(); ++n)
            neighbourhoods_of_[world.neighbourhoods[n].municipality].push_back(n);
        for (std::uint32_t i = 0; i < world.providers.size(); ++i) {
            const auto& p = world.providers[i];
            if (p.organisation == no_provider)
                by_place_[p.role * plan.municipalities.size() + p.municipality].push_back(i);
            else
                of_house_[p.role].emplace_back(p.organisation, i);
        }
    }

    void run(Placement& placement) {
        placement.share.assign(world_.neighbourhoods.size(), {});
        pull_ = placement.pull, part_ = placement.part;
        for (int slot = 0; slot < team_slots; ++slot)
            if (lead_[static_cast<std::size_t>(slot)] >= 0)
                list_slot(static_cast<std::size_t>(slot), placement);
    }

private:
    double size_of(ProviderIndex i) const { return std::max(1.0, static_cast<double>(world_.providers[i].posts_milli)); }

    /// Of a house what draws people to it over the country, of others their posts.
    double attraction_of(ProviderIndex i) const { return i < pull_.size() && pull_[i] > 0 ? pull_[i] : size_of(i); }

    Candidate candidate(const world::Neighbourhood& n, ProviderIndex i, double per_km) const {
        const auto& p = world_.providers[i];
        const int here = plan_.municipalities[n.municipality];
        const auto& town = plan_.region.municipalities[static_cast<std::size_t>(here)];
        // A house outside stands where it stands; the way to it is the straight one, a quarter longer.
        const double km = p.outside ? 1.25 * straight_km(static_cast<double>(n.lat), static_cast<double>(n.lon), static_cast<double>(p.lat), static_cast<double>(p.lon))
                                    : travel_.km({here, static_cast<double>(n.lat), static_cast<double>(n.lon)},
                                                 {plan_.municipalities[p.municipality], static_cast<double>(p.lat), static_cast<double>(p.lon)});
        const double inside = plan_.parameters.inside_km_per_root_area * std::sqrt(std::max(0.0, town.area_km2) / static_cast<double>(neighbourhoods_of_[n.municipality].size()));
        const double all = (km + inside) * static_cast<double>(way_[i]);
        return {log_d(attraction_of(i)) - per_km * all, travel_.minutes(all), 0, i};
    }

    /// Enough providers around a neighbourhood: whole municipalities, nearest first. Of those the list is drawn without replacement, in proportion to
    /// size and nearness (the largest of value + Gumbel, by neighbourhood and provider), so that in a city every practice is on some lists.
    void gather(std::size_t neighbourhood, std::size_t role, double per_km, std::vector<Candidate>& out) const {
        const auto& n = world_.neighbourhoods[neighbourhood];
        out.clear();
        for (const auto& [house, i] : of_house_[role])
            out.push_back(candidate(n, i, per_km));
        for (const int m : travel_.nearest(plan_.municipalities[n.municipality])) {
            // A service of the commune (CPAS) serves its own commune.
            if (out.size() >= 40 || (!out.empty() && per_km >= 3))
                break;
            const int place = place_of_[static_cast<std::size_t>(m)];
            // Who is out of reach is on a list only when nobody else is.
            if (place < 0 || (!out.empty() && part_[static_cast<std::size_t>(place)] != part_[n.municipality]))
                continue;
            for (const auto i : by_place_[role * plan_.municipalities.size() + static_cast<std::size_t>(place)])
                out.push_back(candidate(n, i, per_km));
        }
        if (out.size() > ranks - 1) {
            for (auto& c : out) {
                const Block luck = draw(plan_.seed, static_cast<std::uint64_t>(neighbourhood) << 32 | c.provider, static_cast<std::uint32_t>(role), sub(Purpose::placement, luck_list));
                c.drawn = c.value - log_d(-log_d(unit_open(luck.word[0])));
            }
            const auto first = [](const Candidate& a, const Candidate& b) { return a.drawn != b.drawn ? a.drawn > b.drawn : a.provider < b.provider; };
            std::partial_sort(out.begin(), out.begin() + (ranks - 1), out.end(), first);
            out.resize(ranks - 1);
        }
    }

    void list_slot(std::size_t slot, Placement& placement) {
        const auto lead = static_cast<std::size_t>(lead_[slot]);
        const bool house = !of_house_[lead].empty();
        const double per_km = house ? plan_.parameters.hospital_decay_per_minute * plan_.parameters.minutes_per_km : choice_per_km(plan_.catalogue.roles[lead].id);
        std::vector<std::vector<Candidate>> lists(world_.neighbourhoods.size());
        for (std::size_t i = 0; i < lists.size(); ++i)
            gather(i, lead, per_km, lists[i]);
        if (!house)
            list_the_forgotten(lead, per_km, lists);
        for (std::size_t i = 0; i < lists.size(); ++i) {
            auto& found = lists[i];
            std::sort(found.begin(), found.end(), [](const Candidate& a, const Candidate& b) { return a.value != b.value ? a.value > b.value : a.provider < b.provider; });
            for (std::size_t k = 0; k < found.size(); ++k) {
                placement.share[i][slot][k + 1] = exp_f(static_cast<float>(found[k].value - found.front().value));
                world_.neighbourhoods[i].by_slot[slot][k + 1] = found[k].provider;
                write_roles(world_.neighbourhoods[i], slot, k + 1, found[k]);
            }
        }
        balance(slot, placement);
    }

    /// Nobody works for no one: a provider on no list takes, in the four nearest neighbourhoods of its town, the place of one that is on many.
    void list_the_forgotten(std::size_t role, double per_km, std::vector<std::vector<Candidate>>& lists) const {
        std::vector<std::uint32_t> listed(world_.providers.size(), 0);
        for (const auto& list : lists)
            for (const auto& c : list)
                ++listed[c.provider];
        for (std::size_t place = 0; place < plan_.municipalities.size(); ++place)
            for (const auto p : by_place_[role * plan_.municipalities.size() + place]) {
                if (listed[p] > 0)
                    continue;
                std::vector<std::pair<double, std::uint32_t>> near;
                for (const auto n : neighbourhoods_of_[place]) {
                    const auto& at = world_.neighbourhoods[n];
                    near.emplace_back(straight_km(static_cast<double>(at.lat), static_cast<double>(at.lon), static_cast<double>(world_.providers[p].lat), static_cast<double>(world_.providers[p].lon)), n);
                }
                std::sort(near.begin(), near.end());
                for (std::size_t k = 0; k < std::min<std::size_t>(4, near.size()); ++k) {
                    auto& list = lists[near[k].second];
                    std::size_t out = list.size();
                    for (std::size_t i = 0; i < list.size(); ++i)
                        if (listed[list[i].provider] >= 4 && (out == list.size() || list[i].value < list[out].value))
                            out = i;
                    if (out == list.size())
                        continue;
                    --listed[list[out].provider];
                    ++listed[p];
                    list[out] = candidate(world_.neighbourhoods[near[k].second], p, per_km);
                }
            }
    }

    /// The provider of a rank for every role of its slot.
    void write_roles(world::Neighbourhood& n, std::size_t slot, std::size_t rank, const Candidate& c) const {
        for (std::size_t r = 0; r < plan_.catalogue.roles.size(); ++r) {
            if (static_cast<std::size_t>(plan_.catalogue.roles[r].team_slot) != slot)
                continue;
            ProviderIndex provider = c.provider;
            if (world_.providers[c.provider].role != r) {
                provider = no_provider;
                for (const auto& [organisation, i] : of_house_[r])
                    if (organisation == world_.providers[c.provider].organisation)
                        provider = i;
            }
            n.provider[r][rank] = provider;
            n.minutes_away[r][rank] = static_cast<std::uint8_t>(std::min(255.0, c.minutes + 0.5));
        }
    }

    /// Shares that add to 1, and panels that lean towards the size of the providers. Formula: attraction x (posts' part / panel's part)^balance, six rounds.
    void balance(std::size_t slot, Placement& placement) const {
        std::vector<double> attraction(world_.providers.size(), 1.0), panel(world_.providers.size());
        double posts = 0, persons = 0;
        std::vector<bool> seen(world_.providers.size(), false);
        for (std::size_t i = 0; i < world_.neighbourhoods.size(); ++i) {
            persons += placement.persons[i];
            for (std::size_t k = 1; k < ranks; ++k) {
                const auto p = world_.neighbourhoods[i].by_slot[slot][k];
                if (p != no_provider && !seen[p])
                    seen[p] = true, posts += size_of(p);
            }
        }
        for (int round = 0; round < 7; ++round) {
            std::fill(panel.begin(), panel.end(), 0.0);
            for (std::size_t i = 0; i < world_.neighbourhoods.size(); ++i) {
                auto& share = placement.share[i][slot];
                const auto& list = world_.neighbourhoods[i].by_slot[slot];
                double sum = 0;
                for (std::size_t k = 1; k < ranks; ++k)
                    sum += list[k] == no_provider ? 0.0 : static_cast<double>(share[k]) * attraction[list[k]];
                for (std::size_t k = 1; k < ranks && sum > 0; ++k)
                    if (list[k] != no_provider) {
                        const double part = static_cast<double>(share[k]) * attraction[list[k]] / sum;
                        panel[list[k]] += placement.persons[i] * part;
                        if (round == 6)
                            share[k] = static_cast<float>(part);
                    }
            }
            for (std::size_t p = 0; p < attraction.size(); ++p)
                if (panel[p] > 0 && posts > 0)
                    attraction[p] *= pow_d(size_of(static_cast<ProviderIndex>(p)) / posts * persons / panel[p], plan_.parameters.panel_balance * 0.5);
        }
    }

    world::World& world_;
    const SupplyPlan& plan_;
    Travel travel_;
    std::array<int, team_slots> lead_;
    const std::vector<float>& way_;
    std::vector<std::vector<ProviderIndex>> by_place_;                              ///< [role][place]: providers that are not part of a house
    std::vector<std::vector<std::pair<std::uint32_t, ProviderIndex>>> of_house_;    ///< [role]: house and its department
    std::vector<int> place_of_, part_;
    std::vector<double> pull_;                                                      ///< of the placement
    std::vector<std::vector<std::uint32_t>> neighbourhoods_of_;                     ///< by place
};

void count_people(const world::World& world, Placement& placement) {
    placement.persons.assign(world.neighbourhoods.size(), 0);
    placement.patients.assign(world.neighbourhoods.size(), 0);
    for (const auto& cell : world.cells)
        for (int s = 0; s < cell.slots; ++s) {
            placement.persons[cell.neighbourhood] += 1;
            placement.patients[cell.neighbourhood] += world::Conditions{cell.persons.conditions[s]}.none() ? 0 : 1;
        }
}

}  // namespace

void list_providers(world::World& world, const SupplyPlan& plan, Placement& placement) {
    count_people(world, placement);
    Listing(world, plan, placement).run(placement);
}

namespace {

/// Chooses for the members of one household.
class Choosing {
public:
    Choosing(const world::World& world, const SupplyPlan& plan, const Placement& placement)
        : world_(world), plan_(plan), placement_(placement), lead_(leading_roles(plan.catalogue)), gp_(slot_of("gp")), home_(slot_of("nursing_home")),
          medical_house_(plan.catalogue.kind("medical_house")) {}

    /// Where each rank ends on [0, 1), for everybody of a neighbourhood.
    struct Shares {
        std::array<std::array<float, ranks>, team_slots> until{};
        std::array<int, team_slots> last{};   ///< highest rank with a provider; 0 = none
    };
    Shares shares_of(std::uint32_t neighbourhood) const {
        Shares out;
        for (std::size_t s = 0; s < team_slots; ++s) {
            float sum = 0;
            for (std::size_t k = 1; k < ranks; ++k) {
                sum += placement_.share[neighbourhood][s][k];
                out.until[s][k] = sum;
                if (world_.neighbourhoods[neighbourhood].by_slot[s][k] != no_provider)
                    out.last[s] = static_cast<int>(k);
            }
        }
        return out;
    }

    void household(world::Cell& cell, const Shares& shares, const world::Household& h) const {
        std::array<std::uint32_t, team_slots> common{};
        words(h.id, common);
        for (int m = 0; m < h.members; ++m)
            person(cell, shares, h.first_slot + m, mix64(h.id, static_cast<std::uint64_t>(m) + 1), common);
    }
    int home_slot() const { return home_; }
    int gp_slot() const { return gp_; }

    /// The rank whose share of the sum holds `u`; `open(provider)` says who may be chosen. 0 when nobody.
    template <class Open>
    int rank_at(std::uint32_t neighbourhood, int slot, double u, Open&& open) const {
        const auto& share = placement_.share[neighbourhood][static_cast<std::size_t>(slot)];
        const auto& list = world_.neighbourhoods[neighbourhood].by_slot[static_cast<std::size_t>(slot)];
        double sum = 0;
        for (std::size_t k = 1; k < ranks; ++k)
            sum += list[k] != no_provider && open(list[k]) ? static_cast<double>(share[k]) : 0.0;
        double left = u * sum;
        int last = 0;
        for (std::size_t k = 1; k < ranks; ++k) {
            if (list[k] == no_provider || !open(list[k]))
                continue;
            last = static_cast<int>(k);
            left -= static_cast<double>(share[k]);
            if (left < 0)
                break;
        }
        return last;
    }

private:
    static int rank_of(const Shares& shares, std::size_t slot, float u) {
        int rank = 1;
        for (std::size_t k = 1; k + 1 < ranks; ++k)
            rank += u >= shares.until[slot][k] ? 1 : 0;
        return std::min(rank, shares.last[slot]);
    }
    int slot_of(std::string_view role) const {
        const int r = plan_.catalogue.role(role);
        return r < 0 ? -1 : plan_.catalogue.roles[static_cast<std::size_t>(r)].team_slot;
    }
    void words(std::uint64_t entity, std::array<std::uint32_t, team_slots>& out) const {
        for (std::uint32_t b = 0; b < team_slots / 4; ++b) {
            const Block block = draw(plan_.seed, entity, 0, sub(Purpose::placement, luck_slots + b));
            for (std::size_t w = 0; w < 4; ++w)
                out[b * 4 + w] = block.word[w];
        }
    }

    void person(world::Cell& cell, const Shares& shares, int slot, std::uint64_t entity, const std::array<std::uint32_t, team_slots>& common) const {
        auto& p = cell.persons;
        std::array<std::uint32_t, team_slots> own{};
        words(entity, own);
        const Block luck = draw(plan_.seed, entity, 0, sub(Purpose::placement, luck_own));
        const auto& word = unit(luck.word[0]) < plan_.parameters.same_gp_in_household ? common : own;
        std::uint64_t team = 0;
        for (int s = 0; s < team_slots; ++s)
            if (lead_[static_cast<std::size_t>(s)] >= 0 && s != home_)
                team = world::with_team_rank(team, s, rank_of(shares, static_cast<std::size_t>(s), static_cast<float>(unit(word[static_cast<std::size_t>(s)]))));
        const int age = model_age(p, slot);
        const auto& status = p.status[slot];
        if (gp_ >= 0) {
            const std::size_t g = age < 25 ? 0 : age < 50 ? 1 : age < 75 ? 2 : 3;
            const int region = plan_.region.municipalities[static_cast<std::size_t>(plan_.municipalities[cell.municipality])].region;
            const double none = plan_.parameters.no_gp[g] + (region == 1 ? plan_.parameters.no_gp_brussels : 0.0);
            if (!st::NursingHome::get(status) && unit(luck.word[1]) < none)
                team = world::with_team_rank(team, gp_, 0);
            const int rank = world::team_rank(team, gp_);
            if (rank == 0) {
                p.status[slot] = st::Record::set(status, 0);
            } else {
                const double years = -log_d(unit_open(luck.word[2])) * plan_.parameters.years_with_gp;
                p.gp_years[slot] = static_cast<std::uint8_t>(std::min({255.0, years, static_cast<double>(age)}));
                const auto gp = world_.neighbourhoods[cell.neighbourhood].by_slot[static_cast<std::size_t>(gp_)][static_cast<std::size_t>(rank)];
                if (medical_house_ >= 0 && world_.providers[gp].kind == medical_house_)
                    p.status[slot] = st::MedicalHouse::set(status, 1);
            }
        }
        p.team[slot] = team;
    }

    int model_age(const world::Persons& p, int slot) const {
        return std::max(0, (world_.policy_start.index - world::birth_month_zero - p.birth_month[slot]) / 12);
    }

    const world::World& world_;
    const SupplyPlan& plan_;
    const Placement& placement_;
    std::array<int, team_slots> lead_;
    int gp_, home_, medical_house_;
};

/// Residents take a free bed, in the order of their ids: the share of each home, among those with a bed left.
void choose_homes(world::World& world, const SupplyPlan& plan, const Choosing& choosing) {
    const int slot = choosing.home_slot();
    if (slot < 0)
        return;
    std::vector<std::int32_t> free(world.providers.size());
    for (std::size_t i = 0; i < free.size(); ++i)
        free[i] = world.providers[i].filled_milli;
    for (auto& cell : world.cells)
        for (const auto& row : cell.home_care) {
            if (!st::NursingHome::get(cell.persons.status[row.slot]))
                continue;
            const Block luck = draw(plan.seed, cell.persons.id[row.slot], 0, sub(Purpose::placement, luck_own + 1));
            int rank = choosing.rank_at(cell.neighbourhood, slot, unit(luck.word[0]), [&](ProviderIndex p) { return free[p] >= 1000; });
            if (rank == 0)
                rank = choosing.rank_at(cell.neighbourhood, slot, unit(luck.word[0]), [](ProviderIndex) { return true; });
            if (rank > 0)
                free[world.neighbourhoods[cell.neighbourhood].by_slot[static_cast<std::size_t>(slot)][static_cast<std::size_t>(rank)]] -= 1000;
            cell.persons.team[row.slot] = world::with_team_rank(cell.persons.team[row.slot], slot, rank);
        }
}

void count_panels(world::World& world, const world::Catalogue& catalogue) {
    for (auto& p : world.providers)
        p.panel = 0;
    for (const auto& cell : world.cells) {
        const auto& place = world.neighbourhoods[cell.neighbourhood];
        std::array<std::array<std::int32_t, ranks>, team_slots> n{};
        for (int s = 0; s < cell.slots; ++s)
            for (std::size_t t = 0; t < team_slots; ++t)
                n[t][static_cast<std::size_t>(world::team_rank(cell.persons.team[s], static_cast<int>(t)))] += 1;
        for (std::size_t r = 0; r < catalogue.roles.size(); ++r)
            for (std::size_t k = 1; k < ranks; ++k)
                if (place.provider[r][k] != no_provider)
                    world.providers[place.provider[r][k]].panel += n[static_cast<std::size_t>(catalogue.roles[r].team_slot)][k];
    }
}

}  // namespace

void choose_teams(world::World& world, const SupplyPlan& plan, const Placement& placement, Workers& workers) {
    const Choosing choosing(world, plan, placement);
    workers.each_piece(world.cells.size(), [&](std::size_t c) {
        const auto shares = choosing.shares_of(world.cells[c].neighbourhood);
        for (const auto& h : world.cells[c].households)
            choosing.household(world.cells[c], shares, h);
    });
    choose_homes(world, plan, choosing);
    count_panels(world, plan.catalogue);
}

}  // namespace tresse::build
