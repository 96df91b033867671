#include "tresse/model/hazards.hpp"

#include <algorithm>
#include <bit>

#include "tresse/core/check.hpp"
#include "tresse/core/math.hpp"
#include "tresse/model/risk_laws.hpp"

namespace tresse::model {
namespace {

constexpr float per_month = 1.0f / 12.0f;

/// Index of the condition of the lowest bit of a `present()` word.
int lowest(std::uint64_t present) { return std::countr_zero(present) / 3; }

void add_row(std::array<float, limit::conditions>& sum, const PreparedHazards::Row& row) {
    for (int c = 0; c < limit::conditions; ++c) sum[static_cast<std::size_t>(c)] += row.value[static_cast<std::size_t>(c)];
}

}  // namespace

PreparedHazards::PreparedHazards(const Tables& t) : onset_month{}, onset_log_norm{}, log_ratio{}, tables(&t), conditions(t.disease.conditions) {
    TRESSE_CHECK(conditions <= limit::conditions, "a condition more than the packed word holds is a load error");
    for (int c = 0; c < conditions; ++c) {
        const auto k = static_cast<std::size_t>(c);
        const ConditionTable& from = t.disease.condition[k];
        for (std::size_t sex = 0; sex < 2; ++sex) {
            for (std::size_t a = 0; a < ages; ++a) onset_month[sex][a].value[k] = from.onset[sex][a] * per_month;
            for (std::size_t b = 0; b < five_year_bands; ++b) onset_log_norm[sex][b].value[k] = from.log_norm[sex][b];
        }
        for (std::size_t s = 0; s < 8; ++s) {
            const bool last = static_cast<int>(s) >= from.stages;
            progression[k][s] = s == 0 || last ? 0.0f : from.progression[s] * per_month;
            down[k][s] = (from.remission[s] + (s > 1 ? from.step_down[s] : 0.0f)) * per_month;
            remission_part[k][s] = down[k][s] > 0 ? from.remission[s] * per_month / down[k][s] : 0.0f;
            exacerbation[k][s] = s == 0 ? 0.0f : from.exacerbation[s] * per_month;
            admission[k][s] = s == 0 || from.cause < 0 ? 0.0f : from.admission[s] * per_month;
            log_mortality[k][s] = s == 0 ? 0.0f : from.log_mortality[s];
        }
        found_month[k] = from.found_per_year * per_month;
        planned_share[k] = from.cause < 0 ? 0.0f : t.hospital.planned_share[static_cast<std::size_t>(from.cause)];
        remission_age[k] = {from.remission_youngest, from.remission_oldest};
    }
    headroom.fill(t.disease.headroom);
    // the two ways back that programmes are there for: to work, and out of obesity
    headroom[mark_return] *= 2;
    if (t.disease.obesity >= 0) headroom[static_cast<std::size_t>(mark_down + t.disease.obesity)] *= 2;
    float winter = 1;
    for (const float m : t.hospital.season_respiratory) winter = m > winter ? m : winter;
    if (t.disease.copd >= 0)
        for (const int first : {mark_exacerbation, mark_admission}) headroom[static_cast<std::size_t>(first + t.disease.copd)] *= winter;
    float cold = 1;
    for (const float m : t.mortality.season) cold = m > cold ? m : cold;
    float lift = 1;   // a normalising constant may lift the hazard of an age and year
    for (const auto& region : t.mortality.year_factor)
        for (const auto& sex : region)
            for (const auto& band : sex)
                for (const float f : band) lift = f > lift ? f : lift;
    headroom[mark_death] *= cold * lift;
    // low strain 0-4, medium 5-9, high above: the shares of the start, half of those without high strain each
    const float high = t.start.carer_strain_high;
    const float loss = (1 - high) / 2 * (t.dependence.carer_dropout[0] + t.dependence.carer_dropout[1]) + high * t.dependence.carer_dropout[2];
    for (std::size_t k = 1; k < carer_gain.size(); ++k) {
        const float has = t.start.has_carer[k] < 0.99f ? t.start.has_carer[k] : 0.99f;
        carer_gain[k] = loss * has / (1 - has) * per_month;
    }
    for (std::size_t q = 0; q < return_month.size(); ++q) {
        const float still = t.work.still_off[q * 3], next = t.work.still_off[q * 3 + 3];
        return_month[q] = still > 0 && next > 0 ? -static_cast<float>(log_d(static_cast<double>(next) / static_cast<double>(still))) / 3.0f : 0.0f;
    }
    for (int r = 0; r < risk_rows; ++r) log_ratio[static_cast<std::size_t>(r)].value = t.disease.log_ratio[static_cast<std::size_t>(r)];
    smoking_ratio[1] = log_ratio[risk_former_smoker], smoking_ratio[2] = log_ratio[risk_daily_smoker];
    inactive_ratio[1] = log_ratio[risk_inactive], overweight_ratio[1] = log_ratio[risk_overweight];
}

PersonFacts facts_of(const world::Persons& p, int slot, int region, int month_index) {
    PersonFacts f;
    f.conditions.word = p.conditions[slot];
    f.status = p.status[slot];
    f.status2 = p.status2[slot];
    f.age = age_at(p.birth_month[slot], month_index);
    f.sex = static_cast<int>(world::status::Sex::get(f.status));
    f.region = region;
    f.frailty_permanent = p.frailty_permanent[slot];
    f.frailty_now = p.frailty_now[slot];
    f.sbp = p.sbp[slot], f.lipid = p.lipid[slot], f.hdl = p.hdl[slot], f.hba1c = p.hba1c[slot], f.egfr = p.egfr[slot], f.bmi = p.bmi[slot];
    f.treatment = p.treatment[slot];
    return f;
}

namespace {

void onset_ratios(const PreparedHazards& p, const PersonFacts& person, const RiskValues& values, std::array<float, limit::conditions>& out) {
    namespace st = world::status;
    out = p.log_ratio[static_cast<std::size_t>(risk_quintile) + st::Quintile::get(person.status)].value;
    for (std::uint64_t left = person.conditions.present(); left != 0; left &= left - 1) add_row(out, p.log_ratio[static_cast<std::size_t>(lowest(left))]);
    // rows of nothing for those without: who smokes, moves or weighs too much cannot be guessed
    add_row(out, p.smoking_ratio[st::Smoking::get(person.status)]);
    add_row(out, p.inactive_ratio[st::Activity::get(person.status) == 0]);
    add_row(out, p.overweight_ratio[st::Overweight::get(person.status) != 0]);
    add_engine_ratios(*p.tables, person, values, out);
}

}  // namespace

void log_onset_ratios(const PreparedHazards& p, const PersonFacts& person, std::array<float, limit::conditions>& out) {
    onset_ratios(p, person, risk_values(*p.tables, person), out);
}

float log_death_multiplier(const PreparedHazards& p, const PersonFacts& person) {
    namespace st = world::status;
    const MortalityTables& m = p.tables->mortality;
    float largest = 0, sum = 0;
    const auto take = [&](float log_ratio) {
        sum += log_ratio;
        largest = log_ratio > largest ? log_ratio : largest;
    };
    for (std::uint64_t left = person.conditions.present(); left != 0; left &= left - 1) {
        const int c = lowest(left);
        float log_ratio = p.log_mortality[static_cast<std::size_t>(c)][static_cast<std::size_t>(person.conditions.stage(c))];
        if (treatment::first_year(person.treatment)) log_ratio += p.tables->disease.condition[static_cast<std::size_t>(c)].first_year_log_mortality;
        take(log_ratio);
    }
    take(m.log_katz[st::Dependence::get(person.status)]);
    if (st::NursingHome::get(person.status)) take(m.log_resident);
    const std::uint32_t smoking = st::Smoking::get(person.status);
    const std::array<float, 4> of_smoking{0.0f, m.log_former_smoker, m.log_daily_smoker, 0.0f};  // a table, not branches: who smokes cannot be guessed
    take(of_smoking[smoking]);
    const float log_ratio = largest + m.overlap * (sum - largest);
    // the cap does not hold for a single multiplier that is itself above it (advanced cancer)
    const float cap = largest > m.log_cap ? largest : m.log_cap;
    return log_ratio > cap ? cap : log_ratio;
}

namespace {

void onset_and_course(const PreparedHazards& p, const PersonFacts& person, float frailty_onset, Hazards& out) {
    const std::size_t age = static_cast<std::size_t>(person.age);
    const std::size_t sex = static_cast<std::size_t>(person.sex);
    alignas(16) std::array<float, limit::conditions> lr;
    const RiskValues values = risk_values(*p.tables, person);
    onset_ratios(p, person, values, lr);
    const auto& norm = p.onset_log_norm[sex][static_cast<std::size_t>(five_year_band(person.age))].value;
    const auto& base = p.onset_month[sex][age].value;
    for (std::size_t c = 0; c < limit::conditions; ++c) lr[c] -= norm[c];
    exp_16(lr.data(), lr.data());
    for (std::size_t c = 0; c < limit::conditions; ++c) out.rate[mark_up + c] = base[c] * lr[c] * frailty_onset;
    for (std::uint64_t left = person.conditions.present(); left != 0; left &= left - 1) {
        const auto c = static_cast<std::size_t>(lowest(left));
        const auto s = static_cast<std::size_t>(person.conditions.stage(static_cast<int>(c)));
        const bool can_remit = (static_cast<float>(person.age) >= p.remission_age[c][0]) & (static_cast<float>(person.age) <= p.remission_age[c][1]);
        out.rate[mark_up + c] = p.progression[c][s];
        if (p.tables->risk.progression[c][s] != RiskEngine::none) out.rate[mark_up + c] *= exp_f(progression_ratio(*p.tables, person, values, static_cast<int>(c)));
        const std::array<float, 2> kept{1.0f - p.remission_part[c][s], 1.0f};
        out.rate[mark_down + c] = p.down[c][s] * kept[can_remit];
        out.rate[mark_exacerbation + c] = p.exacerbation[c][s];
        out.rate[mark_admission + c] = p.admission[c][s];
        const std::array<float, 2> found{p.found_month[c], 0.0f};
        out.rate[mark_found + c] = found[person.conditions.diagnosed(static_cast<int>(c))];
    }
}

float stay_log_ratio(const PreparedHazards& p, const PersonFacts& person) {
    const HospitalTables& h = p.tables->hospital;
    const float log_comorbid = static_cast<float>(person.conditions.count()) * h.log_per_condition;
    const float norm = h.log_norm[static_cast<std::size_t>(person.sex)][static_cast<std::size_t>(five_year_band(person.age))];
    return (log_comorbid > h.log_condition_cap ? h.log_condition_cap : log_comorbid) - norm;
}

/// `ratio`: of the stays that follow from no condition.
void stays(const PreparedHazards& p, const PersonFacts& person, float frailty_admission, float ratio, Hazards& out) {
    const HospitalTables& h = p.tables->hospital;
    const std::uint32_t since = world::status2::SinceDischarge::get(person.status2);
    const float after = h.post_discharge[since > 6 ? 6 : since];
    const float factor = frailty_admission * after;
    for (std::uint64_t left = person.conditions.present(); left != 0; left &= left - 1) {
        const auto c = static_cast<std::size_t>(lowest(left));
        const float planned = p.planned_share[c];  // a planned stay does not follow from the last one
        out.rate[mark_admission + c] *= frailty_admission * (planned + (1.0f - planned) * after);
    }
    const float base = h.baseline[static_cast<std::size_t>(person.sex)][static_cast<std::size_t>(person.age)] * per_month * ratio;
    out.rate[mark_planned] = base * h.baseline_planned_share * frailty_admission;
    out.rate[mark_unplanned] = base * (1.0f - h.baseline_planned_share) * factor;
}

/// Of the wish to enter a nursing home.
float home_log_odds(const PreparedHazards& p, const PersonFacts& person) {
    namespace st = world::status;
    const DependenceTables& d = p.tables->dependence;
    const std::uint32_t katz = st::Dependence::get(person.status);
    if (d.home_entry[static_cast<std::size_t>(person.age)] == 0) return 0;
    float log_odds = -d.log_norm_entry[static_cast<std::size_t>(person.sex)][static_cast<std::size_t>(five_year_band(person.age))];
    if (katz == 3) log_odds += d.log_entry_katz3;
    if (p.tables->disease.dementia >= 0 && person.conditions.has(p.tables->disease.dementia)) log_odds += d.log_entry_dementia;
    if (world::status2::Admissions::get(person.status2) + world::status2::AdmissionsBefore::get(person.status2) > 0) log_odds += d.log_entry_prior_stay;
    if (katz > 0 && st::Carer::get(person.status) == 0) log_odds += d.log_entry_alone;  // who needs no help misses nobody
    if (world::status2::CarerStrain::get(person.status2) >= 10) log_odds += d.log_entry_strain;
    return log_odds;
}

void dependence_and_home(const PreparedHazards& p, const PersonFacts& person, float home_odds, Hazards& out) {
    namespace st = world::status;
    const DependenceTables& d = p.tables->dependence;
    const auto age = static_cast<std::size_t>(person.age);
    const std::uint32_t katz = st::Dependence::get(person.status);
    out.rate[mark_dependence_up] = katz < 3 ? d.worsening[age] * d.worsening_class[katz] * per_month : 0.0f;
    out.rate[mark_dependence_down] = katz == 1 || katz == 2 ? d.recovery * per_month : 0.0f;
    if (st::NursingHome::get(person.status) == 0) out.rate[mark_home_wish] = d.home_entry[age] * per_month * home_odds;
    if (st::Carer::get(person.status) != 0 && katz > 0) {
        const std::uint32_t strain = world::status2::CarerStrain::get(person.status2);
        out.rate[mark_carer_loss] = d.carer_dropout[strain >= 10 ? 2 : strain >= 5 ? 1 : 0] * per_month;
    } else if (katz > 0 && st::NursingHome::get(person.status) == 0) {
        out.rate[mark_carer_gain] = p.carer_gain[katz];
    }
}

bool employed(const PersonFacts& person) { return static_cast<world::WorkState>(world::status::Work::get(person.status)) == world::WorkState::employed; }

float sick_log_ratio(const PreparedHazards& p, const PersonFacts& person) {
    float log_ratio = 0;
    if (!employed(person)) return log_ratio;
    for (std::uint64_t left = person.conditions.present(); left != 0; left &= left - 1) {
        const int c = lowest(left);
        log_ratio += p.tables->disease.condition[static_cast<std::size_t>(c)].work_log_ratio[static_cast<std::size_t>(person.conditions.stage(c))];
    }
    return log_ratio;
}

void work_and_family(const PreparedHazards& p, const PersonFacts& person, float sick_ratio, Hazards& out) {
    namespace st = world::status;
    const auto age = static_cast<std::size_t>(person.age);
    const auto region = static_cast<std::size_t>(person.region);
    const DemographyTables& d = p.tables->demography;
    const WorkTables& w = p.tables->work;
    const std::array<float, 2> births{d.births_per_woman_year[region][age] * per_month, 0.0f};
    out.rate[mark_birth] = births[static_cast<std::size_t>(person.sex)];
    out.rate[mark_departure] = d.leaves_area[region][static_cast<std::size_t>(five_year_band(person.age))] * per_month;
    const auto work = static_cast<world::WorkState>(st::Work::get(person.status));
    const std::uint32_t spell = world::status2::SpellMonths::get(person.status2);
    if (work == world::WorkState::employed) {
        out.rate[mark_sick] = w.sick_start[static_cast<std::size_t>(world::age_band(person.age))] * per_month * sick_ratio;
        out.rate[mark_work_change] = w.to_unemployed * per_month;
    } else if (work == world::WorkState::sick_leave) {
        // spells are counted in quarters: the mean rate over the quarter
        out.rate[mark_return] = p.return_month[spell >= 9 ? 3 : spell / 3];
    } else if (work == world::WorkState::disabled) {
        out.rate[mark_return] = w.invalid_return * per_month;
    } else if (work == world::WorkState::unemployed) {
        out.rate[mark_work_change] = w.to_employed * per_month;
    }
}

}  // namespace

void natural_hazards(const PreparedHazards& p, const PersonFacts& person, Hazards& out) {
    const FrailtyTables& f = p.tables->frailty;
    const auto fp = person.frailty_permanent, fn = person.frailty_now;
    const bool healthy = person.conditions.none();
    // who has no condition has no mark of one but onset: those blocks are neither read nor summed
    if (!healthy) std::fill(out.rate.begin() + mark_down, out.rate.begin() + mark_unplanned, 0.0f);
    std::fill(out.rate.begin() + mark_unplanned, out.rate.end(), 0.0f);
    const MortalityTables& mortality = p.tables->mortality;
    const auto sex = static_cast<std::size_t>(person.sex);
    const float social = mortality.log_quintile[sex][world::status::Quintile::get(person.status)] + mortality.log_education[sex][world::status::Education::get(person.status)];
    // four ratios side by side: one after another each would wait for the last
    alignas(16) float ratio[4] = {log_death_multiplier(p, person) + social - mortality.log_norm[sex][static_cast<std::size_t>(five_year_band(person.age))] -
                                      mortality.region_log_norm[static_cast<std::size_t>(person.region)][sex],
                                  stay_log_ratio(p, person), home_log_odds(p, person), sick_log_ratio(p, person)};
    exp_4(ratio, ratio);
    onset_and_course(p, person, f.power[0][fp] * f.power_now[0][fn], out);
    stays(p, person, f.power[2][fp] * f.power_now[2][fn], ratio[1], out);
    dependence_and_home(p, person, ratio[2], out);
    work_and_family(p, person, ratio[3], out);
    out.rate[mark_death] = mortality.base_month[static_cast<std::size_t>(person.region)][sex][static_cast<std::size_t>(person.age)] * ratio[0] *
                           f.power[1][fp] * f.power_now[1][fn];
    // sixteen sums side by side, then pairs of them: the same order everywhere
    std::array<float, 16> wide{};
    const auto add = [&](std::size_t first) {
        for (std::size_t k = 0; k < 16; ++k) wide[k] += out.rate[first + k] * p.headroom[first + k];
    };
    add(mark_up);
    if (!healthy)
        for (std::size_t m = mark_down; m < mark_unplanned; m += 16) add(m);
    add(mark_unplanned);
    for (std::size_t half = 8; half > 0; half /= 2)
        for (std::size_t k = 0; k < half; ++k) wide[k] += wide[k + half];
    out.envelope = wide[0];
    out.healthy = healthy;
}

std::uint32_t gate_of(float rate) { return gate_of(rate, exp_f(-rate)); }

std::uint32_t gate_of(float rate, float none) {
    if (!(rate > 0)) return 0;
    const double p = 1.0 - static_cast<double>(none);
    const double scaled = p * 0x1p32 + 1.0;
    return scaled >= 4294967295.0 ? 4294967295u : static_cast<std::uint32_t>(scaled);
}

constexpr std::array<float, 44> one_over = [] {
    std::array<float, 44> out{};
    for (std::size_t n = 1; n < out.size(); ++n) out[n] = 1.0f / static_cast<float>(n);
    return out;
}();

int candidates(std::uint32_t word, std::uint32_t gate, float rate) {
    // P(N >= 1) is the gate itself; each further tail subtracts the next term of the law
    const float u = static_cast<float>(word) * 0x1p-32f;
    float tail = static_cast<float>(gate) * 0x1p-32f;
    float term = 1.0f - tail;
    int n = 1;
    // three tails without a branch: most persons have few candidates, and how many cannot be guessed
    for (; n < 40; n += 3) {
        const float* part = one_over.data() + n;
        const float first = term * (rate * part[0]), second = first * (rate * part[1]), third = second * (rate * part[2]);
        const float after_one = tail - first, after_two = after_one - second, after_three = after_two - third;
        const int passed = (u < after_one) + (u < after_two) + (u < after_three);
        if (passed < 3) return n + passed;
        term = third, tail = after_three;
    }
    return n;
}

void candidates_4(const std::uint32_t* word, const std::uint32_t* gate, const float* rate, std::uint16_t* out) {
    typedef float Four __attribute__((vector_size(16)));
    typedef std::int32_t FourInts __attribute__((vector_size(16)));
    Four u, tail, r;
    for (int k = 0; k < 4; ++k) u[k] = static_cast<float>(word[k]) * 0x1p-32f, tail[k] = static_cast<float>(gate[k]) * 0x1p-32f, r[k] = rate[k];
    Four term = 1.0f - tail;
    FourInts passed = {0, 0, 0, 0};
    constexpr int tails = 9;
    for (int n = 1; n <= tails; ++n) {
        term *= r * one_over[static_cast<std::size_t>(n)];
        tail -= term;
        passed -= u < tail;
    }
    for (int k = 0; k < 4; ++k) out[k] = static_cast<std::uint16_t>(passed[k] < tails ? 1 + passed[k] : candidates(word[k], gate[k], rate[k]));
}

}  // namespace tresse::model
