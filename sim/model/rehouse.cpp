#include <algorithm>
#include <span>

#include "tresse/core/check.hpp"
#include "tresse/core/math.hpp"
#include "tresse/model/close.hpp"
#include "tresse/model/rehouse.hpp"

namespace tresse::model {

namespace st = world::status;

namespace {

using world::Household;
using world::Persons;

HouseholdId new_household(std::uint64_t founder, int year) { return mix64(founder, static_cast<std::uint64_t>(year), 0x40b5e) >> 1; }

/// Members of each household of a cell, by row, in slot order.
class Members {
public:
    void read(const Cell& cell) {
        first_.assign(cell.households.size() + 1, 0);
        const Persons& p = cell.persons;
        for (int s = 0; s < cell.slots; ++s)
            if (!p.empty(s)) ++first_[p.household[s] + 1u];
        for (std::size_t h = 1; h < first_.size(); ++h) first_[h] += first_[h - 1];
        slot_.resize(first_.back());
        next_ = first_;
        for (int s = 0; s < cell.slots; ++s)
            if (!p.empty(s)) slot_[next_[p.household[s]]++] = static_cast<Slot>(s);
    }
    std::size_t households() const { return first_.size() - 1; }
    std::span<const Slot> of(std::size_t household) const { return {slot_.data() + first_[household], first_[household + 1] - first_[household]}; }

private:
    std::vector<std::uint32_t> first_, next_;
    std::vector<Slot> slot_;
};

class Rehousing {
public:
    Rehousing(world::World& world, const Prepared& prepared, Month month)
        : world_(world), prepared_(prepared), demography_(prepared.rules->tables->demography), month_(month), unions_(world.neighbourhoods.size()) {}

    void run() {
        survey();
        for (world::Cell& cell : world_.cells) leave_and_move(cell);
        for (const world::Cell& cell : world_.cells) seek_partner(cell);
        for (std::size_t n = 0; n < unions_.size(); ++n) pair_up(n);
        arrivals();
        write_anew();
    }

private:
    struct Seeker {
        std::uint64_t key = 0;
        std::uint64_t person = 0;
        HouseholdId household = 0;
        int band = 0, sex = 0;
    };
    struct Union {
        HouseholdId from = 0, to = 0;
    };
    struct Unions {
        std::vector<Seeker> seekers;
        std::vector<Union> made;
    };

    int age(const Cell& cell, int slot) const { return age_at(cell.persons.birth_month[slot], month_.index); }
    Block luck(std::uint64_t id, std::uint32_t k) const { return draw(prepared_.rules->seed, id, static_cast<std::uint32_t>(month_.year()), sub(Purpose::move, k)); }
    void did(Did what) { world_.month_book.touch(static_cast<int>(what)); }

    /// Another neighbourhood: a municipality near the present one by people and distance, in it any neighbourhood alike; keyed by the mover.
    std::uint32_t destination(std::uint64_t id, std::uint32_t from) const {
        if (world_.neighbourhoods.size() < 2) return from;
        const Block b = luck(id, 3);
        const std::vector<double>& until = reach_[world_.neighbourhoods[from].municipality];
        const double at = unit(b.word[0]) * until.back();
        if (!(until.back() > 0)) return from;
        const auto place = static_cast<std::size_t>(std::upper_bound(until.begin(), until.end(), at) - until.begin());
        const auto& choice = local_[std::min(place, until.size() - 1)];
        return choice[below(b.word[1], static_cast<std::uint32_t>(choice.size()))];
    }

    /// Neighbourhoods of each municipality and, from each, the running shares of where its movers go: inside the region, falling with distance, and such that as
    /// many come to a place as leave it. Moves between regions are among the arrivals and departures.
    /// Formula: share i -> j proportional to draw_j exp(-km / reach); draw_j found by rounds from the inhabitants on, until inflow equals outflow.
    void survey() {
        const world::Catalogue& c = *prepared_.rules->catalogue;
        const std::size_t n = c.places.size();
        local_.resize(n);
        for (std::uint32_t k = 0; k < world_.neighbourhoods.size(); ++k) local_[world_.neighbourhoods[k].municipality].push_back(k);
        reach_.assign(n, std::vector<double>(n, 0.0));
        std::vector<double> draw(n);
        for (std::size_t i = 0; i < n; ++i) {
            draw[i] = static_cast<double>(world_.base_persons[i]);
            for (std::size_t j = 0; j < n; ++j) {
                if (local_[j].empty() || (i != j && c.places[i].region != c.places[j].region)) continue;
                const double north = (c.places[i].lat - c.places[j].lat) * 111.2, east = (c.places[i].lon - c.places[j].lon) * 70.6;  // km at 50.6 degrees
                const double km = i == j ? 0.0 : pow_d(north * north + east * east + 1e-9, 0.5);
                reach_[i][j] = exp_d(-km / static_cast<double>(demography_.move_reach_km));
            }
        }
        balance(draw);
        for (std::size_t i = 0; i < n; ++i) {
            double sum = 0;
            for (std::size_t j = 0; j < n; ++j) reach_[i][j] = sum += reach_[i][j] * draw[j];
        }
    }

    void balance(std::vector<double>& draw) const {
        const std::size_t n = draw.size();
        std::vector<double> inflow(n);
        for (int round = 0; round < 12; ++round) {
            std::fill(inflow.begin(), inflow.end(), 0.0);
            for (std::size_t i = 0; i < n; ++i) {
                double sum = 0;
                for (std::size_t j = 0; j < n; ++j) sum += reach_[i][j] * draw[j];
                if (!(sum > 0)) continue;
                for (std::size_t j = 0; j < n; ++j) inflow[j] += static_cast<double>(world_.base_persons[i]) * reach_[i][j] * draw[j] / sum;
            }
            for (std::size_t j = 0; j < n; ++j)
                if (inflow[j] > 0) draw[j] *= static_cast<double>(world_.base_persons[j]) / inflow[j];
        }
    }

    void bundle_up(Cell& cell, const std::vector<Slot>& slots, HouseholdId id, std::uint8_t ceiling, std::uint32_t to) {
        Bundle b;
        b.neighbourhood = to;
        b.household = id;
        b.ceiling_class = ceiling;
        for (const Slot s : slots) b.persons.push_back(take_person(cell, s, world_.neighbourhoods[cell.neighbourhood], world_.neighbourhoods[to], to != cell.neighbourhood));
        bundles_.push_back(std::move(b));
    }

    /// The couple of a household: its two oldest adults, unless a generation lies between them.
    static bool couple(const Cell& cell, const std::vector<Slot>& slots, int month_index, Slot& a, Slot& b) {
        int oldest = -1, second = -1;
        for (const Slot s : slots) {
            const int years = age_at(cell.persons.birth_month[s], month_index);
            if (years < 18) continue;
            if (oldest < 0 || cell.persons.birth_month[s] < cell.persons.birth_month[oldest]) second = oldest, oldest = s;
            else if (second < 0 || cell.persons.birth_month[s] < cell.persons.birth_month[second]) second = s;
        }
        if (oldest < 0 || second < 0 || cell.persons.birth_month[second] - cell.persons.birth_month[oldest] > 16 * 12) return false;
        a = static_cast<Slot>(oldest), b = static_cast<Slot>(second);
        return true;
    }

    void leave_and_move(Cell& cell) {
        members_.read(cell);
        std::vector<Slot>& slots = household_;
        for (std::size_t h = 0; h < members_.households(); ++h) {
            slots.assign(members_.of(h).begin(), members_.of(h).end());
            if (slots.empty()) continue;
            const Household row = cell.households[h];
            Slot a = 0, b = 0;
            const bool has_couple = couple(cell, slots, month_.index, a, b);
            // a child born this year may stand in a place that was free before its family's: places say nothing about who heads a household
            const auto older = [&](Slot x, Slot y) {
                const Persons& p = cell.persons;
                return p.birth_month[x] != p.birth_month[y] ? p.birth_month[x] < p.birth_month[y] : p.id[x] < p.id[y];
            };
            children_leave(cell, row, slots, has_couple ? a : *std::min_element(slots.begin(), slots.end(), older));
            const Block of_year = luck(row.id, 1);
            if (has_couple && unit(of_year.word[0]) < static_cast<double>(demography_.separation_per_year) && age(cell, a) < 75) {
                const Slot leaves = unit(of_year.word[1]) < 0.5 ? a : b;
                std::erase(slots, leaves);
                bundle_up(cell, {leaves}, new_household(cell.persons.id[leaves], month_.year()), row.ceiling_class, cell.neighbourhood);
                did(Did::separation);
            }
            whole_household_moves(cell, row, slots, unit(of_year.word[2]));
        }
    }

    void children_leave(Cell& cell, const Household& row, std::vector<Slot>& slots, Slot head) {
        for (std::size_t i = 0; i < slots.size();) {
            const Slot s = slots[i];
            const int years = age(cell, s);
            const bool child = s != head && years >= 18 && years < 40 && cell.persons.birth_month[s] - cell.persons.birth_month[head] > 16 * 12;
            const double rate = static_cast<double>(demography_.leaves_parents[static_cast<std::size_t>(five_year_band(years))]);
            if (!child || unit(luck(cell.persons.id[s], 0).word[0]) >= rate) {
                ++i;
                continue;
            }
            slots.erase(slots.begin() + static_cast<std::ptrdiff_t>(i));
            bundle_up(cell, {s}, new_household(cell.persons.id[s], month_.year()), row.ceiling_class, cell.neighbourhood);
            did(Did::left_parents);
        }
    }

    void whole_household_moves(Cell& cell, const Household& row, const std::vector<Slot>& slots, double u) {
        if (slots.empty()) return;
        int youngest_adult = 200;
        for (const Slot s : slots) {
            if (st::NursingHome::get(cell.persons.status[s])) return;
            const int years = age(cell, s);
            if (years >= 18) youngest_adult = std::min(youngest_adult, years);
        }
        if (youngest_adult == 200) return;
        const double rate = static_cast<double>(demography_.moves_inside[static_cast<std::size_t>(five_year_band(youngest_adult))]);
        if (u >= rate) return;
        const std::uint32_t to = destination(row.id, cell.neighbourhood);
        if (to == cell.neighbourhood) return;
        bundle_up(cell, slots, row.id, row.ceiling_class, to);
        did(Did::move);
    }

    /// Single adults meet in small keyed buckets: neighbourhood and age band, so that one person more changes at most a handful of couples.
    void seek_partner(const Cell& cell) {
        members_.read(cell);
        for (std::size_t h = 0; h < members_.households(); ++h) {
            int adults = 0;
            Slot one = 0;
            for (const Slot s : members_.of(h))
                if (age(cell, s) >= 18) ++adults, one = s;
            if (adults != 1 || st::NursingHome::get(cell.persons.status[one])) continue;
            const int years = age(cell, one);
            const std::uint64_t id = cell.persons.id[one];
            const auto rate = static_cast<double>(demography_.union_per_year[static_cast<std::size_t>(five_year_band(years))]);
            if (!(rate > 0) || unit(luck(id, 4).word[0]) >= rate) continue;
            unions_[cell.neighbourhood].seekers.push_back({mix64(id, static_cast<std::uint64_t>(month_.year())), id, cell.households[h].id, years / 10,
                                                           static_cast<int>(st::Sex::get(cell.persons.status[one]))});
        }
    }

    void pair_up(std::size_t neighbourhood) {
        auto& seekers = unions_[neighbourhood].seekers;
        std::sort(seekers.begin(), seekers.end(), [](const Seeker& a, const Seeker& b) {
            return a.band != b.band ? a.band < b.band : a.key != b.key ? a.key < b.key : a.person < b.person;
        });
        for (std::size_t i = 0; i < seekers.size();) {
            std::size_t j = i;
            std::vector<const Seeker*> side[2];
            for (; j < seekers.size() && seekers[j].band == seekers[i].band; ++j) side[seekers[j].sex].push_back(&seekers[j]);
            for (std::size_t k = 0; k < std::min(side[0].size(), side[1].size()); ++k) {
                unions_[neighbourhood].made.push_back({side[0][k]->household, side[1][k]->household});
                did(Did::union_formed);
            }
            i = j;
        }
    }

    /// How often a household like this moves, against the most mobile: by the age of its youngest adult. So those who come are as young as those who go.
    double mobility(const Household& donor, int region) const {
        const auto& rate = demography_.leaves_area[static_cast<std::size_t>(region)];
        const float most = *std::max_element(rate.begin(), rate.end());
        int youngest = 200;
        for (int i = 0; i < donor.members; ++i) {
            const int years = age_at(world_.donors.birth_month[donor.first_slot + i], world_.policy_start.index);
            if (years >= 18) youngest = std::min(youngest, years);
        }
        return youngest == 200 || !(most > 0) ? 0.0 : static_cast<double>(rate[static_cast<std::size_t>(five_year_band(youngest))] / most);
    }

    /// Newcomers to a municipality: as many as published, each a copy of a household of the base population with an id and luck of its own.
    void arrivals() {
        if (world_.closed_cohort || world_.donor_households.empty()) return;
        const world::Catalogue& c = *prepared_.rules->catalogue;
        // whole years, so that the birthday stays in its month of the year
        const int months = (month_ - world_.policy_start) / 12 * 12;
        for (std::size_t m = 0; m < c.places.size(); ++m) {
            if (local_[m].empty()) continue;
            const double expected = static_cast<double>(demography_.arrivals(c.places[m].region, month_.year() - 1)) * static_cast<double>(world_.base_persons[m]) / 1e5;
            const std::uint64_t key = mix64(static_cast<std::uint64_t>(c.places[m].nis), static_cast<std::uint64_t>(month_.index));
            const double last = unit(draw(prepared_.rules->seed, key, 0, Purpose::arrival).word[0]);
            double wanted = expected;
            for (std::uint32_t k = 0; wanted > 0 && k < 1000000; ++k) {
                const Block b = draw(prepared_.rules->seed, key, k, sub(Purpose::arrival, 1));
                const Household& donor = world_.donor_households[below(b.word[0], static_cast<std::uint32_t>(world_.donor_households.size()))];
                if (unit(b.word[2]) >= mobility(donor, c.places[m].region)) continue;
                // the last household comes whole or not at all: as many come as are wanted, in the mean
                if (wanted < donor.members && last * donor.members >= wanted) break;
                Bundle bundle;
                bundle.neighbourhood = local_[m][below(b.word[1], static_cast<std::uint32_t>(local_[m].size()))];
                bundle.household = mix64(key, k, 0xa441) >> 1;
                bundle.ceiling_class = donor.ceiling_class;
                for (int i = 0; i < donor.members; ++i) {
                    const std::uint64_t id = (std::uint64_t{3} << 62) | (mix64(key, static_cast<std::uint64_t>(k) * 64 + static_cast<std::uint64_t>(i)) >> 2);
                    bundle.persons.push_back(newcomer(world_.donors, donor.first_slot + i, id, world_.since(month_), months));
                    did(Did::arrival);
                }
                wanted -= donor.members;
                arrived_ += donor.members;
                bundles_.push_back(std::move(bundle));
            }
        }
    }

    void write_anew() {
        std::sort(bundles_.begin(), bundles_.end(), [](const Bundle& a, const Bundle& b) {
            return a.neighbourhood != b.neighbourhood ? a.neighbourhood < b.neighbourhood : a.household < b.household;
        });
        std::vector<std::vector<std::size_t>> cells_of(world_.neighbourhoods.size());
        for (std::size_t c = 0; c < world_.cells.size(); ++c) cells_of[world_.cells[c].neighbourhood].push_back(c);
        std::vector<Cell> cells;
        cells.reserve(world_.cells.size() + 8);
        std::size_t next = 0;
        for (std::uint32_t n = 0; n < cells_of.size(); ++n) {
            CellWriter writer(world_.cell_capacity, n, world_.neighbourhoods[n].municipality, cells);
            for (const std::size_t c : cells_of[n]) {
                members_.read(world_.cells[c]);
                for (std::size_t h = 0; h < members_.households(); ++h) {
                    if (members_.of(h).empty()) continue;
                    HouseholdId id = world_.cells[c].households[h].id;
                    for (const Union& u : unions_[n].made)
                        if (u.from == id) id = u.to;
                    for (const Slot s : members_.of(h)) writer.add(id, world_.cells[c].households[h], world_.cells[c], s);
                }
            }
            for (; next < bundles_.size() && bundles_[next].neighbourhood == n; ++next)
                for (const auto& person : bundles_[next].persons) {
                    Household row;
                    row.ceiling_class = bundles_[next].ceiling_class;
                    writer.add(bundles_[next].household, row, person);
                }
            writer.write();
            for (const std::size_t c : cells_of[n]) world_.cells[c] = Cell(0);
        }
        world_.cells = std::move(cells);
        set_pieces(world_);
    }

    world::World& world_;
    const Prepared& prepared_;
    const DemographyTables& demography_;
    Month month_;
    std::vector<Unions> unions_;
    std::vector<Bundle> bundles_;
    std::vector<std::vector<std::uint32_t>> local_;
    std::vector<std::vector<double>> reach_;
    std::int64_t arrived_ = 0;
    Members members_;               // of the cell at work
    std::vector<Slot> household_;   // and of the household
};

}  // namespace

void rehouse(world::World& world, const Prepared& prepared, Month month, Workers&) {
    const std::int64_t before = world.persons();
    const std::int64_t arrivals_before = world.month_book.mechanism(MechanismCount::persons, static_cast<int>(Did::arrival));
    Rehousing(world, prepared, month).run();
    recount_stocks(world);
    const std::int64_t arrived = world.month_book.mechanism(MechanismCount::persons, static_cast<int>(Did::arrival)) - arrivals_before;
    TRESSE_CHECK(world.persons() == before + arrived, "nobody is lost or made when households move");
}

}  // namespace tresse::model
