#include "tresse/build/health.hpp"

#include <algorithm>
#include <bit>
#include <string_view>

#include "tresse/build/luck.hpp"
#include "tresse/core/check.hpp"
#include "tresse/core/draw.hpp"
#include "tresse/core/math.hpp"
#include "tresse/model/risk_laws.hpp"

namespace tresse::build {

namespace {

using model::limit::conditions;
using world::WorkState;

constexpr float nobody = -30.0f;
constexpr std::uint32_t luck_case = 16;         // population, + condition: stage, diagnosis
constexpr std::uint32_t luck_dependence = 4;    // population: dependence, carer
constexpr std::uint32_t luck_cell = 1000;       // population, of the place: order and start of a sampling, + condition * 42 + cell

int combination(const Inhabitant& p) {
    return (((p.quintile * 3 + p.smoking) * 2 + (p.activity == 0 ? 1 : 0)) * 2 + (p.overweight == 1 ? 1 : 0)) * 2 + (p.resident() ? 1 : 0);
}

double resident_log_odds(const model::DiseaseTables& d, int condition, const BuildParameters& parameters, int stroke) {
    if (condition == d.dementia)
        return parameters.resident_dementia;
    if (condition == stroke)
        return parameters.resident_stroke;
    if (condition == d.heart_failure)
        return parameters.resident_heart_failure;
    return condition == d.depression ? parameters.resident_depression : 0.0;
}

/// Log odds that the conditions a person has add for condition `c`.
float from_conditions(const model::DiseaseTables& d, world::Conditions present, int c) {
    float sum = 0;
    for (std::uint64_t left = present.present(); left != 0; left &= left - 1)
        sum += d.log_ratio[static_cast<std::size_t>(std::countr_zero(left) / 3)][static_cast<std::size_t>(c)];
    return sum;
}

/// People of a place sorted by sex and band.
struct Sorted {
    std::vector<std::uint32_t> row;
    std::array<std::uint32_t, 2 * bands + 1> first{};

    explicit Sorted(const Settlement& settlement) : row(settlement.people.size()) {
        for (const auto& p : settlement.people)
            ++first[static_cast<std::size_t>(p.sex * bands + band_of(p.age)) + 1];
        for (std::size_t c = 0; c < 2 * bands; ++c)
            first[c + 1] += first[c];
        auto next = first;
        for (std::uint32_t i = 0; i < settlement.people.size(); ++i) {
            const auto& p = settlement.people[i];
            row[next[static_cast<std::size_t>(p.sex * bands + band_of(p.age))]++] = i;
        }
    }
    std::span<const std::uint32_t> cell(std::size_t c) const { return {row.data() + first[c], first[c + 1] - first[c]}; }
};

}  // namespace

PreparedHealth::PreparedHealth(const model::Tables& t, const HealthNorms& n, const BuildParameters& p)
    : tables(&t), norms(&n), parameters(&p), conditions(t.disease.conditions) {
    for (int c = 0; c < conditions; ++c) {
        const auto k = static_cast<std::size_t>(c);
        const auto& table = t.disease.condition[k];
        for (std::size_t s = 0; s < 2; ++s)
            for (std::size_t a = 0; a <= 110; ++a) {
                const auto share = static_cast<double>(table.prevalence[s][a]);
                base[k][s][a] = share < 1e-9 ? 2 * nobody : static_cast<float>(logit(std::min(share, 0.999)) + n.intercept[k][s][static_cast<std::size_t>(band_of(static_cast<int>(a)))]);
            }
        for (std::size_t q = 0; q < 5; ++q)
            for (std::size_t smoking = 0; smoking < 3; ++smoking)
                for (std::size_t rest = 0; rest < 8; ++rest) {
                    const auto& ratio = t.disease.log_ratio;
                    float sum = ratio[model::risk_quintile + q][k];
                    sum += smoking == 2 ? ratio[model::risk_daily_smoker][k] : smoking == 1 ? ratio[model::risk_former_smoker][k] : 0.0f;
                    sum += (rest & 4) != 0 ? ratio[model::risk_inactive][k] : 0.0f;
                    sum += (rest & 2) != 0 ? ratio[model::risk_overweight][k] : 0.0f;
                    sum += (rest & 1) != 0 ? static_cast<float>(resident_log_odds(t.disease, c, p, n.stroke)) : 0.0f;
                    habit[k][(q * 3 + smoking) * 8 + rest] = sum;
                }
        // The share known is over all stages; where the late ones are always known, fewer of the early ones are.
        double late = 0, all_stages = 1e-12;
        for (int s = 1; s <= table.stages; ++s) {
            all_stages += static_cast<double>(table.stage_share[static_cast<std::size_t>(s)]);
            late += s >= table.always_diagnosed_from ? static_cast<double>(table.stage_share[static_cast<std::size_t>(s)]) : 0.0;
        }
        late /= all_stages;
        known_below[k] = late < 1 ? std::clamp((static_cast<double>(table.diagnosed_share) - late) / (1 - late), 0.0, 1.0) : 1.0;
        for (int a = 0; a <= 110; ++a) {
            std::array<double, 8> share{};
            double sum = 0;
            for (int s = 1; s <= table.stages; ++s)
                sum += share[static_cast<std::size_t>(s)] = static_cast<double>(table.stage_share[static_cast<std::size_t>(s)]) * exp_d(stage_slope(table, p) * (s - 1) * (a - n.mean_age[k]) / 10);
            double until = 0;
            for (std::size_t s = 1; s < 8; ++s) {
                until += sum > 0 ? share[s] / sum : (s == 1 ? 1.0 : 0.0);
                stage_until[k][static_cast<std::size_t>(a)][s - 1] = static_cast<float>(static_cast<int>(s) >= table.stages ? 2.0 : until);
            }
        }
    }
}

std::vector<int> causal_order(const world::Catalogue& catalogue) {
    constexpr std::array<std::string_view, 13> order{"obesity", "hypertension", "type2_diabetes", "coronary", "chronic_kidney_disease", "asthma", "copd",
                                                     "stroke", "heart_failure", "depression", "dementia", "cancer", "osteoarthritis_back"};
    std::vector<int> out;
    for (const auto id : order)
        if (const int c = catalogue.condition(id); c >= 0)
            out.push_back(c);
    for (int c = 0; c < static_cast<int>(catalogue.conditions.size()); ++c)
        if (std::find(out.begin(), out.end(), c) == out.end())
            out.push_back(c);
    return out;
}

namespace {

void give_case(Inhabitant& p, int condition, const PreparedHealth& prepared, const PlaceLuck& luck) {
    const auto k = static_cast<std::size_t>(condition);
    const auto block = luck.of(p.key, Purpose::population, luck_case + static_cast<std::uint32_t>(condition));
    const auto u = static_cast<float>(unit(block.word[0]));
    int stage = 1;
    while (stage < 7 && u >= prepared.stage_until[k][p.age][static_cast<std::size_t>(stage - 1)])
        ++stage;
    p.conditions.set_stage(condition, stage);
    p.conditions.set_diagnosed(condition, stage >= prepared.tables->disease.condition[k].always_diagnosed_from || unit(block.word[1]) < prepared.known_below[k]);
}

/// What sampling reads of a person, side by side for a cell.
struct Lot {
    std::uint64_t conditions;
    std::uint32_t row;
    std::uint8_t age, combination;
};

void give_conditions(Settlement& settlement, const Sorted& sorted, const PreparedHealth& prepared, const PlaceLuck& luck) {
    std::vector<Lot> lots;
    for (std::size_t cell = 0; cell < 2 * bands; ++cell) {
        const auto members = sorted.cell(cell);
        if (members.empty())
            continue;
        const std::size_t sex = cell / bands;
        lots.clear();
        for (const auto i : members)
            lots.push_back({settlement.people[i].conditions.word, i, settlement.people[i].age, static_cast<std::uint8_t>(combination(settlement.people[i]))});
        for (const int c : prepared.norms->order) {
            const auto k = static_cast<std::size_t>(c);
            const auto& base = prepared.base[k][sex];
            if (base[lots.front().age] < nobody && base[cell % bands * 5] < nobody && base[std::min<std::size_t>(110, cell % bands * 5 + 4)] < nobody)
                continue;
            const Block order = luck.of(0xffffffffu, Purpose::population, luck_cell + static_cast<std::uint32_t>(k * 2 * bands + cell));
            Walk walk(static_cast<std::uint32_t>(lots.size()), order);
            Systematic pick(unit(order.word[2]));
            for (std::size_t n = lots.size(); n > 0; --n) {
                Lot& lot = lots[walk.next()];
                const float x = base[lot.age] + prepared.habit[k][lot.combination] + from_conditions(prepared.tables->disease, {lot.conditions}, c);
                if (base[lot.age] < nobody || !pick.take(static_cast<double>(1.0f / (1.0f + exp_f(-x)))))
                    continue;
                give_case(settlement.people[lot.row], c, prepared, luck);
                lot.conditions = settlement.people[lot.row].conditions.word;
                if (c == prepared.tables->disease.obesity && settlement.people[lot.row].overweight == 1) {
                    settlement.people[lot.row].overweight = 2;
                    lot.combination = static_cast<std::uint8_t>(lot.combination & ~2);
                }
            }
        }
    }
}

double dependence_scale(const Inhabitant& p, const PreparedHealth& prepared) {
    double sum = prepared.parameters->dependence_per_year * (p.age - 80);
    for (std::uint64_t left = p.conditions.present(); left != 0; left &= left - 1) {
        const int c = std::countr_zero(left) / 3;
        sum += prepared.parameters->dependence_per_class *
               static_cast<double>(prepared.tables->disease.condition[static_cast<std::size_t>(c)].dependence[static_cast<std::size_t>(p.conditions.stage(c))]);
    }
    return sum;
}

void give_carer(Inhabitant& p, const PreparedHealth& prepared, const Block& luck) {
    const auto& start = prepared.tables->start;
    const auto& given = *prepared.parameters;
    const bool partner = p.position == Position::partner;
    const double u = unit(luck.word[1]);
    p.carer = 0;
    if (p.resident() || (p.dependence == 0 && p.age < 65))
        return;
    const auto table = static_cast<double>(start.has_carer[p.dependence]);
    if (p.dependence == 0 && table <= 0)
        return;
    // Without a table: a partner who cares, another relative, a neighbour or friend.
    const double has = table > 0 ? table : partner ? given.carer_partner + given.carer_relative_with_partner : given.carer_relative + given.carer_neighbour;
    const double as_partner = partner ? given.carer_partner / (given.carer_partner + given.carer_relative_with_partner) : 0.0;
    const double as_neighbour = partner ? 0.0 : given.carer_neighbour / (given.carer_relative + given.carer_neighbour);
    if (u >= has)
        return;
    const double v = u / has;
    p.carer = v < as_partner ? 1 : v >= 1 - as_neighbour ? 3 : 2;
    const double high = start.carer_strain_high > 0 ? static_cast<double>(start.carer_strain_high) : given.carer_high_strain;
    p.strain = static_cast<std::uint8_t>(unit(luck.word[2]) < high ? 10 + below(luck.word[3], 6) : below(luck.word[3], 10));
}

void give_dependence(Settlement& settlement, const PreparedHealth& prepared, const PlaceLuck& luck) {
    for (auto& p : settlement.people) {
        if (p.age < 18)
            continue;
        const auto block = luck.of(p.key, Purpose::population, luck_dependence);
        const auto& limit = p.resident() ? prepared.norms->dependence_resident : prepared.norms->dependence_home;
        const double at = dependence_scale(p, prepared), noise = logit(unit_open(block.word[0]));
        p.dependence = 0;
        while (p.dependence < 3 && at + noise >= limit[p.dependence])
            ++p.dependence;
        give_carer(p, prepared, block);
    }
}

/// Moves a work state inside a cell to those whose conditions make it likely; as many have it as before.
void move_to_the_sick(Settlement& settlement, std::span<const std::uint32_t> members, WorkState state, const PreparedHealth& prepared, const SocialNorms& social, double start) {
    std::vector<std::uint32_t> pool;
    std::vector<double> weight;
    int wanted = 0;
    double all = 0;
    for (const auto i : members) {
        const auto& p = settlement.people[i];
        const bool fits = p.work == state || p.work == WorkState::employed || (state == WorkState::disabled && (p.work == WorkState::unemployed || p.work == WorkState::at_home));
        if (!fits)
            continue;
        float log_ratio = 0;
        for (std::uint64_t left = p.conditions.present(); left != 0; left &= left - 1) {
            const int c = std::countr_zero(left) / 3;
            log_ratio += prepared.tables->disease.condition[static_cast<std::size_t>(c)].work_log_ratio[static_cast<std::size_t>(p.conditions.stage(c))];
        }
        double base = 1;
        if (state == WorkState::disabled) {
            const auto& until = social.work[p.region][p.sex][static_cast<std::size_t>(band_of(p.age))][p.quintile][p.education];
            base = std::max(1e-4, static_cast<double>(until[2] - until[1]));
        }
        pool.push_back(i);
        weight.push_back(base * static_cast<double>(exp_f(std::min(log_ratio, 4.0f))));
        all += weight.back();
        wanted += p.work == state ? 1 : 0;
    }
    if (wanted == 0 || all <= 0)
        return;
    Systematic pick(start);
    std::vector<std::uint32_t> freed, chosen;
    double scale = wanted / all;
    for (int step = 0; step < 4; ++step) {
        double reached = 0;
        for (const double w : weight)
            reached += std::min(0.95, scale * w);
        scale *= wanted / reached;
    }
    for (std::size_t k = 0; k < pool.size(); ++k) {
        auto& p = settlement.people[pool[k]];
        const bool now = pick.take(std::min(0.95, scale * weight[k]));
        if (now && p.work != state)
            chosen.push_back(pool[k]);
        else if (!now && p.work == state)
            freed.push_back(pool[k]);
    }
    for (std::size_t k = 0; k < std::min(chosen.size(), freed.size()); ++k) {
        auto &a = settlement.people[chosen[k]], &b = settlement.people[freed[k]];
        std::swap(a.work, b.work);
        std::swap(a.spell, b.spell);
    }
}

}  // namespace

namespace {

void forget_health(Settlement& settlement) {
    for (auto& p : settlement.people) {
        p.conditions = {};
        p.overweight = p.overweight > 0 ? 1 : 0;
    }
}

/// What follows from the conditions.
void give_consequences(Settlement& settlement, const Sorted& sorted, const PreparedHealth& prepared, const SocialNorms& social, const PlaceLuck& luck) {
    give_dependence(settlement, prepared, luck);
    for (std::size_t cell = 0; cell < 2 * bands; ++cell)
        if (cell % bands >= 3 && cell % bands <= 13) {
            const double start = luck.start(Purpose::population, 900u + static_cast<std::uint32_t>(cell));
            move_to_the_sick(settlement, sorted.cell(cell), WorkState::disabled, prepared, social, start);
            move_to_the_sick(settlement, sorted.cell(cell), WorkState::sick_leave, prepared, social, start);
        }
}

}  // namespace

void give_health(Settlement& settlement, const PlaceInput& place, const PreparedHealth& prepared, const SocialNorms& social, std::uint64_t seed) {
    const PlaceLuck luck{seed, place.key};
    const Sorted sorted(settlement);
    forget_health(settlement);
    give_conditions(settlement, sorted, prepared, luck);
    give_consequences(settlement, sorted, prepared, social, luck);
}

namespace {

/// National level of a condition in one sex: for each group of bands the shift at which the mean chance equals the mean of the table.
void solve_levels(std::span<const Settlement> sample, std::size_t sex, int condition, const PreparedHealth& flat, BySexBand<double>& level) {
    const auto k = static_cast<std::size_t>(condition);
    std::array<std::vector<float>, bands> score, share;
    for (const auto& settlement : sample)
        for (const auto& p : settlement.people)
            if (p.sex == sex && flat.base[k][sex][p.age] > nobody) {
                const auto b = static_cast<std::size_t>(band_of(p.age));
                score[b].push_back(flat.base[k][sex][p.age] + flat.habit[k][static_cast<std::size_t>(combination(p))] + from_conditions(flat.tables->disease, p.conditions, condition));
                share[b].push_back(flat.tables->disease.condition[k].prevalence[sex][p.age]);
            }
    // Few persons in the highest bands: they share a level with the band below.
    for (std::size_t b = bands - 1; b > 0; --b)
        if (score[b].size() < 150 && b > 16) {
            score[b - 1].insert(score[b - 1].end(), score[b].begin(), score[b].end());
            share[b - 1].insert(share[b - 1].end(), share[b].begin(), share[b].end());
            score[b].clear();
        }
    for (std::size_t b = 0; b < bands; ++b) {
        double wanted = 0, at = b > 0 ? level[sex][b - 1] : 0;
        for (const float s : share[b])
            wanted += static_cast<double>(s);
        if (!score[b].empty())
            for (int step = 0; step < 8; ++step) {
                double reached = 0, slope = 1e-12;
                for (const float s : score[b]) {
                    const auto p = static_cast<double>(1.0f / (1.0f + exp_f(-s - static_cast<float>(at))));
                    reached += p;
                    slope += p * (1 - p);
                }
                const double miss = std::clamp((wanted - reached) / slope, -1.5, 1.5);
                at += miss;
                if (miss < 1e-4 && miss > -1e-4)
                    break;
            }
        level[sex][b] = at;
    }
}

/// Limits of the dependence scale at which the classes have the wanted shares among those asked for.
std::array<double, 3> solve_limits(std::span<const Settlement> sample, const PreparedHealth& prepared, bool residents, std::array<double, 4> share) {
    std::vector<double> at;
    for (const auto& settlement : sample)
        for (const auto& p : settlement.people)
            if (p.resident() == residents && p.age >= 65)
                at.push_back(dependence_scale(p, prepared));
    std::array<double, 3> limit{0, 1, 2};
    double above = share[0] + share[1] + share[2] + share[3];
    const double all = above;
    for (std::size_t k = 0; k < 3; ++k) {
        above -= share[k];
        const double wanted = above / all * static_cast<double>(at.size());
        double low = -25, high = 25;
        for (int step = 0; step < 24; ++step) {
            limit[k] = (low + high) / 2;
            double reached = 0;
            for (const double x : at)
                reached += static_cast<double>(1.0f / (1.0f + exp_f(static_cast<float>(limit[k] - x))));
            (reached > wanted ? low : high) = limit[k];
        }
    }
    return limit;
}

}  // namespace

HealthNorms solve_health(std::span<Settlement> sample, std::span<const PlaceInput> strata, const world::Catalogue& catalogue, const model::Tables& tables,
                         const SocialNorms& social, const BuildParameters& parameters, std::uint64_t seed) {
    HealthNorms norms;
    norms.order = causal_order(catalogue);
    TRESSE_CHECK(static_cast<int>(norms.order.size()) == tables.disease.conditions, "tables and catalogue name the same conditions");
    norms.stroke = catalogue.condition("stroke");
    for (auto& settlement : sample)
        forget_health(settlement);
    for (std::size_t k = 0; k < norms.order.size(); ++k) {
        double sum = 0, years = 0;
        for (const auto& settlement : sample)
            for (const auto& p : settlement.people) {
                sum += static_cast<double>(tables.disease.condition[k].prevalence[p.sex][p.age]);
                years += static_cast<double>(tables.disease.condition[k].prevalence[p.sex][p.age]) * p.age;
            }
        norms.mean_age[k] = sum > 0 ? years / sum : 50;
    }
    // One condition after the other: its level needs the causes of the whole sample, its cases become causes of the next.
    const auto order = norms.order;
    std::vector<Sorted> sorted;
    for (const auto& settlement : sample)
        sorted.emplace_back(settlement);
    for (const int c : order) {
        norms.order = {c};
        const PreparedHealth flat(tables, norms, parameters);
        for (std::size_t sex = 0; sex < 2; ++sex)
            solve_levels(sample, sex, c, flat, norms.intercept[static_cast<std::size_t>(c)]);
        const PreparedHealth leveled(tables, norms, parameters);
        for (std::size_t s = 0; s < sample.size(); ++s)
            give_conditions(sample[s], sorted[s], leveled, {seed, strata[s].key});
    }
    norms.order = order;
    const PreparedHealth prepared(tables, norms, parameters);
    std::array<double, 4> home{};
    for (std::size_t k = 0; k < 4; ++k)
        home[k] = static_cast<double>(tables.dependence.share_home[k]);
    if (home[0] <= 0)
        home = {0.83, 0.09, 0.055, 0.025};
    norms.dependence_home = solve_limits(sample, prepared, false, home);
    norms.dependence_resident = solve_limits(sample, prepared, true, parameters.resident_katz);
    const PreparedHealth prepared_all(tables, norms, parameters);
    for (std::size_t s = 0; s < sample.size(); ++s)
        give_consequences(sample[s], sorted[s], prepared_all, social, {seed, strata[s].key});
    double hours = 0, with_ratio = 0;
    for (const auto& settlement : sample)
        for (const auto& p : settlement.people)
            if (p.carer != 0) {
                hours += static_cast<double>(tables.dependence.carer_hours_week[p.dependence]);
                with_ratio += carer_hours(p, tables);
            }
    norms.carer_hours_scale = with_ratio > 0 ? hours / with_ratio : 1;
    return norms;
}

double carer_hours(const Inhabitant& p, const model::Tables& tables) {
    const auto& d = tables.dependence;
    double hours = p.carer == 0 ? 0.0 : static_cast<double>(d.carer_hours_week[p.dependence]);
    if (p.carer == 1)
        hours *= static_cast<double>(d.coresident_ratio);
    if (tables.disease.dementia >= 0 && p.conditions.has(tables.disease.dementia))
        hours *= static_cast<double>(d.dementia_ratio);
    return hours;
}

std::uint32_t status_of(const Inhabitant& p) {
    namespace st = world::status;
    std::uint32_t s = 0;
    s = st::Sex::set(s, p.sex);
    s = st::Quintile::set(s, p.quintile);
    s = st::Education::set(s, p.education);
    s = st::Bim::set(s, p.bim);
    s = st::Work::set(s, static_cast<std::uint32_t>(p.work));
    s = st::Dependence::set(s, p.dependence);
    s = st::NursingHome::set(s, p.resident() ? 1 : 0);
    s = st::Smoking::set(s, p.smoking);
    s = st::Activity::set(s, p.activity);
    s = st::Carer::set(s, p.carer);
    // Obesity has its own row: overweight is BMI 25 to 30.
    return st::Overweight::set(s, p.overweight == 1 ? 1 : 0);
}

std::uint32_t status2_of(const Inhabitant& p, const model::Tables& tables) {
    namespace st2 = world::status2;
    float medicines = 0;
    for (std::uint64_t left = p.conditions.present(); left != 0; left &= left - 1) {
        const int c = std::countr_zero(left) / 3;
        if (p.conditions.diagnosed(c))
            medicines += tables.disease.condition[static_cast<std::size_t>(c)].medicines[static_cast<std::size_t>(p.conditions.stage(c))];
    }
    std::uint32_t s = st2::CarerStrain::set(0, p.strain);
    s = st2::SpellMonths::set(s, p.spell);
    s = st2::Births::set(s, p.children);
    return st2::Medicines::set(s, static_cast<std::uint32_t>(std::min(15.0f, medicines + 0.5f)));
}

model::PersonFacts facts_of(const Inhabitant& p, const model::Tables& tables) {
    model::PersonFacts f;
    f.conditions = p.conditions;
    f.status = status_of(p);
    f.status2 = status2_of(p, tables);
    f.age = p.age;
    f.sex = p.sex;
    f.region = p.region;
    // places in the laws: any even spread will do here, since no constant depends on which person has which
    const std::uint64_t place = mix64(p.key, p.household, 0x1a75);
    const auto byte = [&](int k) { return static_cast<std::uint8_t>(place >> (8 * k)); };
    f.frailty_permanent = byte(6), f.frailty_now = byte(7);
    f.sbp = byte(0), f.lipid = byte(1), f.hdl = byte(2), f.hba1c = byte(3), f.egfr = byte(4), f.bmi = byte(5);
    f.treatment = model::treatment_today(tables, p.conditions, p.age, static_cast<std::uint32_t>(mix64(place)));
    f.treatment = model::recent_today(tables, p.conditions, p.sex, p.age, f.treatment, static_cast<std::uint32_t>(mix64(place) >> 32));
    return f;
}

}  // namespace tresse::build
