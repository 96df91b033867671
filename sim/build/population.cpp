#include "tresse/build/population.hpp"

#include <algorithm>
#include <cmath>

#include "tresse/build/households.hpp"
#include "tresse/build/luck.hpp"
#include "tresse/build/social.hpp"
#include "tresse/core/check.hpp"
#include "tresse/core/math.hpp"

namespace tresse::build {

namespace {

namespace st = world::status;
using world::Cell;

constexpr std::uint32_t luck_body = 5, luck_mind = 6, luck_home = 7;  // population, of a person
constexpr std::uint32_t luck_sample = 1;                              // sample, of the place

/// Quantile x 256 in the part of a law that a state names: top `share` of it when `has`, else the rest.
std::uint8_t quantile_in(bool has, double share, std::uint32_t byte) {
    const double u = (byte & 255u) / 256.0;
    const double q = has ? 1 - share * (1 - u) : (1 - share) * u;
    return static_cast<std::uint8_t>(std::clamp(static_cast<int>(q * 256), 0, 255));
}

std::uint8_t level(double mean, double spread, std::uint32_t word) {
    return static_cast<std::uint8_t>(std::clamp((mean + spread * rough_normal(word)) * 2.55 + 0.5, 0.0, 255.0));
}

/// Writes one person into a row of a cell.
class Writing {
public:
    Writing(const PlaceInput& place, const PopulationPlan& plan, const Norms& norms, const model::Tables& tables, const BuildParameters& parameters)
        : plan_(plan), norms_(norms), t_(tables), b_(parameters), luck_{plan.seed, place.key} {}

    void write(Cell& cell, int slot, const Inhabitant& p, std::uint64_t id, std::uint16_t household) {
        world::Persons& out = cell.persons;
        out.id[slot] = id;
        const int born = plan_.policy_start.index - 12 * p.age - p.months;
        out.birthday[slot] = static_cast<std::uint8_t>(born % 12);
        out.birth_month[slot] = static_cast<std::int16_t>(born - world::birth_month_zero);
        out.conditions[slot] = p.conditions.word;
        out.status[slot] = status_of(p);
        out.status2[slot] = status2_of(p, t_);
        out.household[slot] = household;
        out.group[slot] = static_cast<std::uint16_t>(world::group_index(p.quintile, p.sex, world::age_band(p.age), p.bim));
        body(out, slot, p);
        mind(out, slot, p);
        standing_care(cell, slot, p);
    }

private:
    double share_of(int condition, const Inhabitant& p) const {
        return condition < 0 ? 0.0 : static_cast<double>(t_.disease.condition[static_cast<std::size_t>(condition)].prevalence[p.sex][p.age]);
    }
    bool has(int condition, const Inhabitant& p) const { return condition >= 0 && p.conditions.has(condition); }

    /// Frailty and the person's places in the laws of blood pressure and the like: uniform over all, with the ill where their illness says.
    void body(world::Persons& out, int slot, const Inhabitant& p) const {
        const Block a = luck_.of(p.key, Purpose::population, luck_body);
        const auto byte = [&](int i) { return a.word[i / 4] >> (8 * (i % 4)) & 255u; };
        const auto& d = t_.disease;
        out.frailty_permanent[slot] = static_cast<std::uint8_t>(byte(0));
        out.frailty_now[slot] = static_cast<std::uint8_t>(byte(1));
        out.sbp[slot] = quantile_in(has(d.hypertension, p), share_of(d.hypertension, p), byte(2));
        out.lipid[slot] = static_cast<std::uint8_t>(byte(3));
        out.hdl[slot] = static_cast<std::uint8_t>(byte(4));
        out.hba1c[slot] = quantile_in(has(d.diabetes, p), share_of(d.diabetes, p), byte(5));
        out.egfr[slot] = static_cast<std::uint8_t>(byte(6));
        const double obese = share_of(d.obesity, p);
        const auto over = (1 - obese) * static_cast<double>(norms_.social.overweight[p.education][p.sex][static_cast<std::size_t>(band_of(p.age))][p.quintile]);
        const double u = byte(7) / 256.0;
        const double q = has(d.obesity, p) ? 1 - obese * (1 - u) : p.overweight == 1 ? 1 - obese - over * (1 - u) : (1 - obese - over) * u;
        out.bmi[slot] = static_cast<std::uint8_t>(std::clamp(static_cast<int>(q * 256), 0, 255));
        float u0 = t_.utility.without[p.sex][p.age];
        int treated = 0;
        for (int c = 0; c < t_.disease.conditions; ++c)
            if (p.conditions.has(c)) {
                u0 *= d.condition[static_cast<std::size_t>(c)].utility_keep[static_cast<std::size_t>(p.conditions.stage(c))];
                treated += p.conditions.diagnosed(c) && c != d.hypertension && c != d.diabetes ? 1 : 0;
            }
        out.utility[slot] = static_cast<std::uint16_t>(std::clamp(u0, 0.0f, 1.0f) * 65535.0f + 0.5f);
        // Blood pressure, lipids, glucose, other: one step for what is diagnosed (lipids: diabetes at 50 and over).
        const int pressure = d.hypertension >= 0 && p.conditions.diagnosed(d.hypertension) ? 1 : 0;
        const int glucose = d.diabetes >= 0 && p.conditions.diagnosed(d.diabetes) ? 1 : 0;
        out.treatment[slot] = static_cast<std::uint16_t>(pressure | (glucose != 0 && p.age >= 50 ? 1 : 0) << 4 | glucose << 8 | std::min(15, treated) << 12);
    }

    void mind(world::Persons& out, int slot, const Inhabitant& p) const {
        const Block a = luck_.of(p.key, Purpose::population, luck_mind);
        const auto& start = t_.start;
        const double mean = (start.activation_mean > 0 ? static_cast<double>(start.activation_mean) : b_.activation_mean) + b_.activation_per_diploma * (p.education - 1) +
                            (p.age >= 75 ? b_.activation_75_plus : 0.0);
        const double spread = start.activation_sd > 0 ? static_cast<double>(start.activation_sd) : b_.activation_spread;
        out.activation[slot] = level(mean, spread, a.word[0]);
        out.adherence[slot] = level(start.adherence_mean > 0 ? 100 * static_cast<double>(start.adherence_mean) : b_.adherence_mean, b_.adherence_spread, a.word[1]);
        out.trust[slot] = level(b_.trust_mean, b_.trust_spread, a.word[2]);
        out.experience[slot] = 128;
        const std::size_t g = p.age < 25 ? 0 : p.age < 50 ? 1 : p.age < 75 ? 2 : 3;
        const auto given = static_cast<double>(start.global_record[p.region][g]);
        const double record = given > 0 ? given : std::clamp(b_.record_share[g] + b_.record_region[p.region], 0.0, 0.99);
        if (unit(a.word[3]) < record)
            out.status[slot] = st::Record::set(out.status[slot], 1);
    }

    /// Daily nursing, home help and carers at home; a row for each resident of a nursing home.
    void standing_care(Cell& cell, int slot, const Inhabitant& p) const {
        world::HomeCare row{static_cast<std::uint16_t>(slot), 255, 0, 0, 0, 0, 0};
        if (!p.resident()) {
            if (p.age < 65 && p.dependence == 0)
                return;
            const auto& d = t_.dependence;
            const std::size_t k = p.dependence;
            const Block a = luck_.of(p.key, Purpose::population, luck_home);
            if (d.nursing_service[k] != 255 && unit(a.word[0]) < static_cast<double>(d.nursing_prob[k])) {
                row.nursing_service = d.nursing_service[k];
                row.nursing_days = 30;
            }
            if (unit(a.word[1]) < static_cast<double>(d.help_prob[k]))
                row.help_hours = whole(static_cast<double>(d.help_hours_week[k]) * 52 / 12, a.word[2]);
            row.carer_hours = whole(carer_hours(p, t_) * norms_.health.carer_hours_scale, a.word[3]);
            if (row.nursing_days == 0 && row.help_hours == 0 && row.carer_hours == 0)
                return;
            cell.persons.status[slot] = st::AtHomeCare::set(cell.persons.status[slot], 1);
        }
        cell.home_care.push_back(row);
    }

    /// A whole number with the expectation x, at most 255.
    static std::uint8_t whole(double x, std::uint32_t word) {
        return static_cast<std::uint8_t>(std::min(255.0, x + unit(word)));
    }

    const PopulationPlan& plan_;
    const Norms& norms_;
    const model::Tables& t_;
    const BuildParameters& b_;
    PlaceLuck luck_;
};

/// Row of the maximum-billing table. Formula: net equivalised income of the fifth x size on the modified OECD scale x taxable over net.
std::uint8_t ceiling_class(const Settlement& people, const HouseholdDraft& h, const PopulationPlan& plan, const BuildParameters& b) {
    double size = 0;
    for (std::uint32_t i = h.first; i < h.first + h.members; ++i)
        size += size == 0 ? 1.0 : people.people[i].age < 14 ? 0.3 : 0.5;
    const double taxable = b.median_income_eur * b.fifth_income_ratio[h.quintile] * size * b.taxable_over_net[h.quintile];
    if (plan.ceiling != nullptr && plan.ceiling->given)
        return static_cast<std::uint8_t>(plan.ceiling->class_of(cents_from_eur(taxable), h.bim != 0));
    std::uint8_t band = 0;
    while (band < b.ceiling_bands_eur.size() && taxable > b.ceiling_bands_eur[band])
        ++band;
    return band;
}

}  // namespace

Settlement people_of(const PlaceInput& place, const Norms& norms, const PreparedHealth& health, const BuildParameters& parameters, std::uint64_t seed) {
    Settlement people = settle(place, norms.living, parameters, seed);
    give_social(people, place, norms.social, parameters, seed);
    give_health(people, place, health, norms.social, seed);
    return people;
}

namespace {

/// Households that a sketch keeps: every k-th, from a keyed start. Shape: one flag per household.
std::vector<bool> kept_households(const Settlement& people, const PlaceInput& place, const PopulationPlan& plan) {
    std::vector<bool> kept(people.households.size(), true);
    if (plan.sample > 1) {
        const auto k = static_cast<std::uint32_t>(plan.sample);
        const auto start = static_cast<std::uint32_t>(PlaceLuck{plan.seed, place.key}.start(Purpose::sample, luck_sample) * k);
        for (std::uint32_t h = 0; h < kept.size(); ++h)
            kept[h] = (h + start) % k == 0;
    }
    return kept;
}

}  // namespace

Town fill_cells(const Settlement& people, const PlaceInput& place, const PopulationPlan& plan, const Norms& norms, const model::Tables& tables, const BuildParameters& parameters) {
    Town town;
    town.inhabitants = static_cast<std::uint32_t>(people.people.size());
    if (people.people.empty())
        return town;
    const auto kept = kept_households(people, place, plan);
    town.neighbourhoods = (town.inhabitants + static_cast<std::uint32_t>(plan.neighbourhood_size) - 1) / static_cast<std::uint32_t>(plan.neighbourhood_size);
    Writing writing(place, plan, norms, tables, parameters);
    const int full = plan.cell_capacity - std::max(1, plan.cell_capacity * 3 / 100);
    TRESSE_CHECK(plan.cell_capacity <= world::limit::cell_slots && full > 0, "a cell has a slot for a newborn and its slots fit 11 bits");
    std::uint32_t open = 0;      // neighbourhood of the cell in hand, plus one
    for (std::uint32_t h = 0; h < people.households.size(); ++h) {
        const auto& household = people.households[h];
        if (!kept[h])
            continue;
        const auto neighbourhood = static_cast<std::uint32_t>(static_cast<std::uint64_t>(household.first) * town.neighbourhoods / town.inhabitants);
        const bool fits = open == neighbourhood + 1 && (town.cells.back().slots == 0 || town.cells.back().slots + household.members <= full);
        if (!fits) {
            if (!town.cells.empty()) town.cells.back().fit();
            town.cells.emplace_back(plan.cell_capacity);
            town.cells.back().neighbourhood = neighbourhood;
            open = neighbourhood + 1;
        }
        Cell& cell = town.cells.back();
        if (household.members > cell.persons.capacity() - cell.slots)
            cell.persons.set_capacity(cell.slots + household.members);
        world::Household row;
        row.id = mix64(place.key << 32 | people.people[household.first].key, 0x40b5e) >> 1;
        row.first_slot = static_cast<std::uint16_t>(cell.slots);
        row.members = static_cast<std::uint8_t>(household.members);
        row.ceiling_class = ceiling_class(people, household, plan, parameters);
        for (std::uint32_t i = household.first; i < household.first + household.members; ++i)
            writing.write(cell, cell.slots++, people.people[i], town.persons++, static_cast<std::uint16_t>(cell.households.size()));
        cell.households.push_back(row);
        ++town.households;
    }
    if (!town.cells.empty()) town.cells.back().fit();
    return town;
}

namespace {

/// Neighbourhoods on a sunflower over the disc of the municipality's area, turned by luck. Formula: radius R sqrt((k + 1/2)/n), golden angle between
/// neighbours. Units: degrees; 111.2 km a degree of latitude, 0.6340 of it at 50.6 degrees north for longitude.
void place_neighbourhoods(world::World& world, const PlaceInput& place, const world::Place& row, std::uint32_t place_row, std::uint32_t count, std::uint64_t seed) {
    constexpr double golden_cos = -0.73736887807831990, golden_sin = 0.67549029426152360;
    const Block luck = draw(seed, place.key, 0, sub(Purpose::placement, 1));
    double x = unit(luck.word[0]) - 0.5, y = unit(luck.word[1]) - 0.5;
    const double length = std::sqrt(x * x + y * y);
    x = length > 1e-6 ? x / length : 1, y = length > 1e-6 ? y / length : 0;
    const double radius = std::sqrt(std::max(0.01, row.area_km2) / 3.14159265358979);
    for (std::uint32_t k = 0; k < count; ++k) {
        world::Neighbourhood n;
        n.municipality = place_row;
        n.zone = row.zone;
        const double r = count == 1 ? 0 : radius * std::sqrt((k + 0.5) / count);
        n.lat = static_cast<float>(row.lat + r * y / 111.2);
        n.lon = static_cast<float>(row.lon + r * x / (111.2 * 0.6340));
        for (auto& role : n.provider)
            role.fill(no_provider);
        for (auto& slot : n.by_slot)
            slot.fill(no_provider);
        world.neighbourhoods.push_back(n);
        const double turned = x * golden_cos - y * golden_sin;
        y = x * golden_sin + y * golden_cos;
        x = turned;
    }
}

}  // namespace

void populate(world::World& world, std::span<const PlaceInput> places, std::span<const world::Place> rows, const PopulationPlan& plan, const Norms& norms,
              const model::Tables& tables, const BuildParameters& parameters, Workers& workers) {
    TRESSE_CHECK(places.size() == rows.size(), "every place has its row in the catalogue");
    const PreparedHealth health(tables, norms.health, parameters);
    std::vector<Town> towns(places.size());
    // The largest first, so that no worker is left alone with a city at the end; what is built does not depend on it.
    std::vector<std::size_t> order(places.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = i;
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return places[a].inhabitants() != places[b].inhabitants() ? places[a].inhabitants() > places[b].inhabitants() : a < b;
    });
    workers.each_piece(places.size(), [&](std::size_t i) {
        const std::size_t at = order[i];
        towns[at] = fill_cells(people_of(places[at], norms, health, parameters, plan.seed), places[at], plan, norms, tables, parameters);
    });
    std::uint64_t first_id = 0;
    for (std::size_t i = 0; i < towns.size(); ++i) {
        const auto base = static_cast<std::uint32_t>(world.neighbourhoods.size());
        place_neighbourhoods(world, places[i], rows[i], static_cast<std::uint32_t>(i), towns[i].neighbourhoods, plan.seed);
        for (Cell& cell : towns[i].cells) {
            for (int s = 0; s < cell.slots; ++s)
                cell.persons.id[s] += first_id;
            cell.neighbourhood += base;
            cell.municipality = static_cast<std::uint32_t>(i);
            world.cells.push_back(std::move(cell));
        }
        world.base_persons.push_back(towns[i].persons);
        first_id += towns[i].persons;
        towns[i] = {};
    }
    world.first_newcomer = static_cast<std::uint32_t>(first_id);
    world.sample = plan.sample;
    world.cell_capacity = plan.cell_capacity;
    world.policy_start = plan.policy_start;
}

}  // namespace tresse::build
