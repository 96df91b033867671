#include <algorithm>

#include "tresse/core/math.hpp"
#include "tresse/model/stages.hpp"

namespace tresse::model {

namespace {

constexpr int reference_age = 40;         // an adult of ordinary status, to whom payment and work are compared
constexpr double most_excess = 3;         // beyond which nobody is picked harder

/// Cents a year that a practice under a contract gets for a person of a class and state.
Cents paid_per_person(const funding::Tariffs& tariffs, int role, std::uint8_t contract, std::uint16_t tariff_class, const funding::State& state) {
    Cents out = 0;
    for (const funding::PersonPayment& p : tariffs.state_payments)
        if (p.payee == funding::PersonPayee::provider && p.role == role && p.contract == contract && p.test.holds(state)) out += static_cast<Cents>(p.cents_by_class[tariff_class]) * 12 / p.every_months;
    for (const funding::PersonPayment& p : tariffs.person_payments)
        if (p.role == role && p.contract == contract) out += static_cast<Cents>(p.cents_by_class[tariff_class]) * 12 / p.every_months;
    return out;
}

/// By how much a person's expected work exceeds what is paid for the person, both against an ordinary adult of 40; 0 when it does not, when the contract pays
/// nothing per person, or when the payment follows the work.
double excess_work(const Here& here, int slot, int role, std::uint8_t contract) {
    const funding::Tariffs& tariffs = here.rules.tariff(here.month);
    funding::Facts ordinary;
    ordinary.age = reference_age, ordinary.global_record = true, ordinary.region = here.region;
    funding::State state;
    state.status = here.cell.persons.status[slot], state.conditions = here.cell.persons.conditions[slot];
    const auto paid = static_cast<double>(paid_per_person(tariffs, role, contract, here.cell.persons.tariff_class[slot], state));
    funding::State plain;
    plain.status = world::status::Record::mask;
    const auto usual = static_cast<double>(paid_per_person(tariffs, role, contract, tariffs.tariff_class(ordinary), plain));
    const int sex = static_cast<int>(world::status::Sex::get(here.cell.persons.status[slot]));
    const auto row = static_cast<std::size_t>(NeedTables::baseline_row(0, sex, world::age_band(reference_age)));
    const auto work_usual = row < here.tables.need.mix.size() ? static_cast<double>(here.tables.need.mix[row].total_month) : 0.0;
    if (!(paid > 0) || !(usual > 0) || !(work_usual > 0)) return 0;
    const double ratio = static_cast<double>(here.cell.persons.contact_rate[slot]) / work_usual / (paid / usual);
    return std::clamp(ratio - 1, 0.0, most_excess);
}

}  // namespace

/// A provider for a role of which the person has none: nearest in a keyed sense; a practice newly paid per person takes those less gladly who bring more
/// work than money. Random: an exponential number by person, role and provider (neighbourhood and place on its list), times what lies against it; the smallest
/// is chosen, which is the largest of Gumbel values with one logarithm less. Nobody else's choice matters.
int choose_provider(Here& here, int slot, int role) {
    const auto r = static_cast<std::size_t>(role);
    const auto strength = static_cast<double>(here.tables.provider.selection_strength);
    int best = 0, best_open = 0;
    double best_value = 1e300, best_open_value = 1e300;
    Block luck{};
    std::size_t drawn = limit::ranks;
    for (std::size_t k = 1; k < limit::ranks; ++k) {
        const ProviderIndex provider = here.place.provider[r][k];
        if (provider == no_provider || here.board.row[provider].accepts == 0) continue;
        if (drawn != k / 4) {
            drawn = k / 4;
            luck = draw(here.rules.seed, here.cell.persons.id[slot], here.cell.neighbourhood * (limit::ranks / 4) + static_cast<std::uint32_t>(drawn), sub(Purpose::choice, static_cast<std::uint32_t>(role)));
        }
        const double u = unit_open(luck.word[k % 4]), farther = here.prepared.farther[here.place.minutes_away[r][k]];
        if ((1.0 - u) * farther >= best_value) continue;  // -ln u is above 1 - u: too far to win, without its logarithm
        const double value = -log_d(u) * farther;
        const std::uint8_t contract = here.board.row[provider].contract;
        const double picked = strength > 0 && here.prepared.shifted[contract] ? strength * excess_work(here, slot, role, contract) : 0.0;
        const double against = picked > 0 ? value * exp_d(picked) : value;
        if (value < best_open_value) best_open_value = value, best_open = static_cast<int>(k);
        if (against < best_value) best_value = against, best = static_cast<int>(k);
    }
    if (best > 0) {
        auto& team = here.cell.persons.team[slot];
        team = world::with_team_rank(team, here.prepared.team_slot_of[r], best);
        here.did(Did::provider_chosen);
        if (best != best_open) here.did(Did::patient_passed_over);
    }
    return best;
}

int provider_rank(Here& here, int slot, int role) {
    const auto r = static_cast<std::size_t>(role);
    const int rank = world::team_rank(here.cell.persons.team[slot], here.prepared.team_slot_of[r]);
    if (rank > 0 && here.place.provider[r][static_cast<std::size_t>(rank)] != no_provider) return rank;
    return choose_provider(here, slot, role);
}

ProviderIndex provider_of(const Here& here, int slot, int role) {
    const auto r = static_cast<std::size_t>(role);
    const int rank = world::team_rank(here.cell.persons.team[slot], here.prepared.team_slot_of[r]);
    return rank == 0 ? no_provider : here.place.provider[r][static_cast<std::size_t>(rank)];
}

}  // namespace tresse::model
