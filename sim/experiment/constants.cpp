#include "tresse/experiment/constants.hpp"

#include <algorithm>
#include <map>
#include <vector>

#include "tresse/core/math.hpp"
#include "tresse/model/hazards.hpp"
#include "tresse/model/lethal.hpp"

namespace tresse::experiment {

namespace {

constexpr std::size_t regions = model::regions, bands = model::five_year_bands;
constexpr double least_persons = 200;

/// Ages that share a factor of death: few die below 40.
constexpr std::size_t group_of(std::size_t band) { return band < 8 ? 0 : band < 11 ? 1 : band < 13 ? 2 : band < 15 ? 3 : band < 17 ? 4 : band < 18 ? 5 : 6; }
constexpr std::size_t groups = 7;

struct Pair {
    double table = 0, natural = 0, persons = 0, own = 0;   ///< own: deaths that conditions cause by themselves
    /// Between the ends that a constants file may hold: where a condition's own deaths leave little of the table, few people decide.
    double factor(double own_per_person) const { return persons < least_persons || !(natural > 0) ? 1.0 : std::clamp((table - own_per_person * persons) / natural, 0.3, 3.0); }
};

double chance(double rate) { return 1 - exp_d(-rate); }

}  // namespace

struct ConstantsProbe::Sums {
    explicit Sums(const model::Tables& t) : prepared(t) {}
    model::PreparedHazards prepared;
    std::map<int, std::array<std::array<std::array<Pair, groups>, 2>, regions>> deaths;                       ///< by year
    std::array<std::array<std::array<Pair, bands>, 2>, model::limit::conditions> onset{};
};

ConstantsProbe::ConstantsProbe(const model::Tables& tables, const world::Catalogue& catalogue) : tables_(tables), catalogue_(catalogue), sums_(std::make_unique<Sums>(tables)) {}
ConstantsProbe::~ConstantsProbe() = default;

void ConstantsProbe::start(const world::World& world) { look(world, world.policy_start); }

void ConstantsProbe::month(const world::World& world, Month month, int, int) {
    const Month next = month + 1;
    if (next.of_year() == 0 || next.of_year() == 6) look(world, next);
}

void ConstantsProbe::look(const world::World& world, Month month) {
    auto& of_year = sums_->deaths[month.year()];
    model::Hazards h;
    for (const auto& cell : world.cells) {
        const int region = catalogue_.places[cell.municipality].region;
        std::vector<char> leaving(static_cast<std::size_t>(cell.slots), 0);   // who died or left this month is still there until the next begins
        for (const auto slot : cell.dying) leaving[slot] = 1;
        for (int slot = 0; slot < cell.slots; ++slot) {
            if (cell.persons.empty(slot) || leaving[static_cast<std::size_t>(slot)] != 0) continue;
            const model::PersonFacts f = model::facts_of(cell.persons, slot, region, month.index);
            model::natural_hazards(sums_->prepared, f, h);
            const auto sex = static_cast<std::size_t>(f.sex), age = static_cast<std::size_t>(f.age), band = static_cast<std::size_t>(model::five_year_band(f.age));
            const double fixed = static_cast<double>(tables_.mortality.constant(region, f.sex, f.age, month.year()));
            Pair& p = of_year[static_cast<std::size_t>(region)][sex][group_of(band)];
            // chances of a month, not rates: who is very likely to die does so once
            const double lives = exp_d(-model::lethal_hazard(tables_.disease, f.conditions) / 12);
            p.table += chance(static_cast<double>(tables_.mortality.base_month[static_cast<std::size_t>(region)][sex][age]));
            p.own += 1 - lives;
            p.natural += lives * chance(static_cast<double>(h.rate[model::mark_death]) * fixed);
            p.persons += 1;
            for (std::size_t c = 0; c < static_cast<std::size_t>(tables_.disease.conditions); ++c) {
                if (f.conditions.has(static_cast<int>(c))) continue;
                const auto& table = tables_.disease.condition[c];
                Pair& o = sums_->onset[c][sex][band];
                // the table's onset holds the constant already
                o.table += static_cast<double>(table.onset[sex][age] * exp_f(-table.onset_log_constant[sex][band])) / 12;
                o.natural += static_cast<double>(h.rate[model::mark_up + c]);
                o.persons += 1;
            }
        }
    }
}

scenario::Constants ConstantsProbe::constants(const scenario::Constants& before) const {
    scenario::Constants out = before;
    out.given = true;
    // few people are in a stage that kills: their deaths a head are those of all regions, in the year and the years beside it
    const auto own = [&](std::size_t s, std::size_t g, int year) {
        Pair sum;
        for (int y = year - 1; y <= year + 1; ++y) {
            const auto found = sums_->deaths.find(y);
            if (found == sums_->deaths.end()) continue;
            for (const auto& region : found->second) sum.own += region[s][g].own, sum.persons += region[s][g].persons;
        }
        return sum.persons > 0 ? sum.own / sum.persons : 0.0;
    };
    for (std::size_t r = 0; r < regions; ++r)
        for (std::size_t s = 0; s < 2; ++s)
            for (std::size_t b = 0; b < bands; ++b) {
                scenario::MortalityConstants row;
                row.first_year = sums_->deaths.empty() ? 2025 : sums_->deaths.begin()->first;
                for (const auto& [year, sums] : sums_->deaths)
                    row.factor.push_back(round_digits(sums[r][s][group_of(b)].factor(own(s, group_of(b), year)) * before.mortality_factor(static_cast<int>(r), static_cast<int>(s), static_cast<int>(b), year), 4));
                out.mortality[r][s][b] = row;
            }
    for (std::size_t c = 0; c < static_cast<std::size_t>(tables_.disease.conditions); ++c) {
        auto& factor = out.onset.try_emplace(catalogue_.conditions[c].id).first->second;
        for (std::size_t s = 0; s < 2; ++s)
            for (std::size_t b = 0; b < bands; ++b) {
                const double had = static_cast<double>(exp_f(tables_.disease.condition[c].onset_log_constant[s][b]));
                const Pair& p = sums_->onset[c][s][b];
                factor[s][b] = round_digits(p.table > 0 ? p.factor(0) * had : 1.0, 4);
            }
    }
    return out;
}

}  // namespace tresse::experiment
