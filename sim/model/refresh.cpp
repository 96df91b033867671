#include <algorithm>
#include <bit>

#include "alike.hpp"
#include "tresse/core/math.hpp"
#include "tresse/model/contacts.hpp"
#include "tresse/model/stages.hpp"

namespace tresse::model {

namespace st = world::status;

float drift_factor(const NeedTables& need, int year) {
    float factor = 1.0f;
    for (int y = need.drift_base_year; y < year; ++y) factor *= 1.0f + need.volume_drift;
    return factor;
}

float contact_frailty(const Tables& t, const world::Persons& p, int slot) { return t.frailty.permanent[p.frailty_permanent[slot]] * t.frailty.now[p.frailty_now[slot]]; }

namespace {

/// What contacts grow by until this month: of those whose birthday is still to come this year [0], of the others [1].
struct Drift {
    Drift(const NeedTables& need, int month_index, bool settling) {
        if (!settling) of = {drift_factor(need, month_index / 12 - 1), drift_factor(need, month_index / 12)};
    }
    std::array<float, 2> of{1.0f, 1.0f};
};

/// Drift x residual of increased reimbursement. The drift is that of the last birthday, so that it changes only when the person is refreshed anyway.
float contact_scale(const Tables& t, const world::Persons& p, int slot, const Drift& drift, int month_index) {
    const float scale = drift.of[p.birthday[slot] <= month_index % 12];
    return st::Bim::get(p.status[slot]) ? scale * t.need.bim_ratio : scale;
}

}  // namespace

// arc elasticity, which at one end zero is twice the elasticity
float free_response(const BehaviourTables& b, std::size_t service, std::size_t quintile) {
    const float answer = exp_f(-2.0f * b.elasticity[service] * b.income_ratio[quintile]);
    return 1.0f + b.discretionary[service] * (answer - 1.0f);
}

std::array<float, limit::services> service_headroom(const Tables& t) {
    std::array<float, limit::services> out;
    for (std::size_t s = 0; s < out.size(); ++s) {
        float season = 1;
        for (const float m : t.need.season[s]) season = m > season ? m : season;
        out[s] = t.need.headroom * season;
    }
    return out;
}

float free_headroom(const Tables& t) {
    float most = 0;
    for (std::size_t s = 0; s < limit::services; ++s)
        for (std::size_t q = 0; q < quintiles; ++q) {
            const float free = free_response(t.behaviour, s, q), mean = 1.0f + t.behaviour.free_share * (free - 1.0f);
            most = std::max(most, (free - 1.0f) / mean);
        }
    return most;
}

MixRows mix_rows_of(const Tables& t) {
    MixRows out;
    out.dependence = t.need.mix_dependence;
    for (std::size_t row = 0; row < t.need.mix.size() && row < out.weight.size(); ++row) out.weight[row] = static_cast<std::uint32_t>(static_cast<double>(t.need.mix[row].total_month) * MixRows::scale + 0.5);
    for (std::size_t c = 0; c < static_cast<std::size_t>(t.disease.conditions); ++c)
        for (std::size_t stage = 0; stage < 8; ++stage) out.row_of[c * 8 + stage] = t.disease.condition[c].mix[stage];
    return out;
}

namespace {

std::uint16_t utility_of(const Tables& t, const PersonFacts& f) {
    float u = t.utility.without[static_cast<std::size_t>(f.sex)][static_cast<std::size_t>(f.age)];
    for (std::uint64_t left = f.conditions.present(); left != 0; left &= left - 1) {
        const int c = std::countr_zero(left) / 3;
        u *= t.disease.condition[static_cast<std::size_t>(c)].utility_keep[static_cast<std::size_t>(f.conditions.stage(c))];
    }
    u = u < 0 ? 0 : u > 1 ? 1 : u;
    return static_cast<std::uint16_t>(u * 65535.0f + 0.5f);
}

funding::Facts funding_facts(const PersonFacts& f) {
    funding::Facts facts;
    facts.age = f.age;
    facts.increased_reimbursement = st::Bim::get(f.status) != 0;
    facts.global_record = st::Record::get(f.status) != 0;
    facts.medical_house = st::MedicalHouse::get(f.status) != 0;
    facts.chronic_status = st::Chronic::get(f.status) != 0;
    facts.nursing_home = st::NursingHome::get(f.status) != 0;
    facts.trajectories = static_cast<int>(st::Trajectory::get(f.status));
    facts.dependence = static_cast<int>(st::Dependence::get(f.status));
    facts.region = f.region;
    facts.conditions = static_cast<std::uint32_t>(f.conditions.word >> 48);
    return facts;
}

/// Rates of the person's candidates: of events and of contacts.
struct Rates {
    float events, contacts;
};

Rates refresh_one(Here& here, const Drift& drift, int slot) {
    world::Persons& p = here.cell.persons;
    const PersonFacts f = facts_of(p, slot, here.region, here.age_index);
    const int group = world::group_index(static_cast<int>(st::Quintile::get(f.status)), f.sex, world::age_band(f.age), static_cast<int>(st::Bim::get(f.status)));
    const std::uint16_t utility = utility_of(here.tables, f);
    if (group != p.group[slot] || utility != p.utility[slot]) {
        flush(here, slot, here.now);
        p.group[slot] = static_cast<std::uint16_t>(group);
        p.utility[slot] = utility;
    }
    p.profile[slot] = static_cast<std::uint8_t>(NeedTables::baseline_row(static_cast<int>(st::NursingHome::get(f.status)), f.sex, world::age_band(f.age)));
    p.tariff_class[slot] = here.rules.tariff(here.month).tariff_class(funding_facts(f));
    Hazards hazards;
    natural_hazards(here.prepared.hazards, f, hazards);
    std::uint8_t row[2 + limit::conditions];
    const MixRows& mix = here.prepared.mix_rows;
    const int rows = rows_of_mix(mix, p, slot, row);
    std::uint32_t total = 0;
    const float frailty = contact_frailty(here.tables, p, slot);
    for (int i = 0; i < rows; ++i) total += weight_of_row(mix, row, i, frailty);
    p.contact_rate[slot] = static_cast<float>(static_cast<double>(total) / MixRows::scale) * contact_scale(here.tables, p, slot, drift, here.age_index);
    return {hazards.envelope, p.contact_rate[slot]};
}

/// Persons whose gates wait for their rates, so that exponentials are taken side by side.
class Gates {
public:
    explicit Gates(world::Persons& persons) : persons_(persons) {}
    ~Gates() { close(); }
    Gates(const Gates&) = delete;
    Gates& operator=(const Gates&) = delete;

    void add(int slot, Rates rates) {
        slot_[n_] = slot;
        less_[2 * n_] = -rates.events, less_[2 * n_ + 1] = -rates.contacts;
        if (++n_ == slot_.size()) close();
    }

private:
    void close() {
        alignas(16) std::array<float, 16> none;
        exp_16(less_.data(), none.data());
        for (std::size_t i = 0; i < n_; ++i) {
            persons_.event_gate[slot_[i]] = gate_of(-less_[2 * i], none[2 * i]);
            persons_.contact_gate[slot_[i]] = gate_of(-less_[2 * i + 1], none[2 * i + 1]);
        }
        n_ = 0;
    }

    world::Persons& persons_;
    std::array<int, 8> slot_{};
    alignas(16) std::array<float, 16> less_{};
    std::size_t n_ = 0;
};

}  // namespace

void refresh(Here& here) {
    auto& list = here.cell.refresh;
    if (list.empty()) return;
    // each once and in order of place, by one bit a slot
    auto& marked = here.scratch.marked;
    marked.assign(static_cast<std::size_t>(here.cell.slots) / 64 + 1, 0);
    for (const Slot slot : list) marked[slot / 64u] |= std::uint64_t{1} << (slot % 64u);
    const world::Persons& p = here.cell.persons;
    here.scratch.fit(p.capacity());
    auto& chosen = here.scratch.chosen;
    std::size_t n = 0;
    for (std::size_t w = 0; w < marked.size(); ++w)
        for (std::uint64_t left = marked[w]; left != 0; left &= left - 1) {
            const auto slot = static_cast<Slot>(static_cast<int>(w * 64) + std::countr_zero(left));
            chosen[n] = slot;
            n += !p.empty(slot);
        }
    // those with as many conditions together: every law of the hazards walks over them
    constexpr int most = 8, ages_apart = 4;
    alike_together<most * ages_apart>(here.scratch, n, [&](std::size_t i) {
        const Slot slot = chosen[i];
        const int age = age_at(p.birth_month[slot], here.age_index);
        const bool works = static_cast<world::WorkState>(st::Work::get(p.status[slot])) == world::WorkState::employed;
        const int of_age = (age >= 30) + ((age >= 30) & !works) + (age >= 65);
        return static_cast<std::size_t>(std::min(world::Conditions{p.conditions[slot]}.count(), most - 1) * ages_apart + std::min(of_age, ages_apart - 1));
    });
    Gates gates(here.cell.persons);
    const Drift drift(here.tables.need, here.age_index, here.rules.settling);
    for (const std::uint16_t i : here.scratch.order) gates.add(chosen[i], refresh_one(here, drift, chosen[i]));
    list.clear();
}

}  // namespace tresse::model
