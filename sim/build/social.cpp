#include "tresse/build/social.hpp"

#include <algorithm>

#include "tresse/build/luck.hpp"
#include "tresse/core/math.hpp"

namespace tresse::build {

namespace {

using world::WorkState;

constexpr std::uint32_t luck_income = 300, luck_bim = 301;  // household, of the place
constexpr std::uint32_t luck_facts = 2, luck_habits = 3;    // population, of a person

/// Columns of the work table as states.
constexpr std::array<WorkState, work_kinds> work_of_kind{WorkState::employed, WorkState::unemployed, WorkState::disabled, WorkState::student, WorkState::retired, WorkState::at_home};

double household_mean(const Settlement& settlement, const HouseholdDraft& h, const PlaceInput& place, double slope, const BuildParameters& parameters) {
    int eldest = 0;
    for (std::uint32_t i = h.first; i < h.first + h.members; ++i)
        eldest = std::max<int>(eldest, settlement.people[i].age);
    double mean = slope * log_d(place.income_index / 100);
    mean += h.type == HouseholdType::resident ? parameters.income_resident : parameters.income_by_type[static_cast<std::size_t>(h.type)];
    if (eldest >= 65)
        mean += parameters.income_head_65;
    else if (eldest < 30)
        mean += parameters.income_head_under_30;
    return mean;
}

void give_income(Settlement& settlement, const PlaceInput& place, const SocialNorms& norms, const BuildParameters& parameters, std::uint64_t seed) {
    const auto n = static_cast<std::uint32_t>(settlement.households.size());
    if (n == 0)
        return;
    // Even steps of the noise in a scattered order: each place has the mix that its index says, without sampling noise on top.
    Walk walk(n, PlaceLuck{seed, place.key}.of(0xffffffffu, Purpose::household, luck_income));
    for (auto& h : settlement.households) {
        const double at = household_mean(settlement, h, place, norms.income_slope, parameters) + logit((walk.next() + 0.5) / n);
        std::uint8_t fifth = 0;
        while (fifth < 4 && at >= norms.income_cut[fifth])
            ++fifth;
        h.quintile = fifth;
        for (std::uint32_t i = h.first; i < h.first + h.members; ++i)
            settlement.people[i].quintile = fifth;
    }
}

template <std::size_t n>
int kind_of(const std::array<float, n>& below_or_at, double u) {
    int k = 0;
    while (k < static_cast<int>(n) && u >= static_cast<double>(below_or_at[static_cast<std::size_t>(k)]))
        ++k;
    return k;
}

void give_diploma(Inhabitant& p, const SocialNorms& norms, double u) {
    if (p.age >= 15)
        p.education = static_cast<std::uint8_t>(kind_of(norms.education[p.region][p.sex][static_cast<std::size_t>(band_of(p.age))][p.quintile], u));
}

void give_work(Inhabitant& p, const SocialNorms& norms, const BuildParameters& parameters, double u, const Block& more) {
    if (p.age < 15) {
        p.work = WorkState::child;
        return;
    }
    p.work = work_of_kind[static_cast<std::size_t>(kind_of(norms.work[p.region][p.sex][static_cast<std::size_t>(band_of(p.age))][p.quintile][p.education], u))];
    // Half the share under 35, one and a half times from 50 on.
    const double sick = parameters.sick_leave_share * (p.age < 35 ? 0.5 : p.age < 50 ? 1.0 : 1.5);
    if (p.work == WorkState::employed && p.age < 66 && unit(more.word[1]) < sick)
        p.work = WorkState::sick_leave;
    const std::uint32_t spell = p.work == WorkState::sick_leave ? below(more.word[2], 12) : p.work == WorkState::disabled ? 12 + below(more.word[2], 52) : below(more.word[2], 64);
    p.spell = static_cast<std::uint8_t>(spell);
}

void give_habits(Inhabitant& p, const SocialNorms& norms, const BuildParameters& parameters, double smoke, double move, double weight) {
    const auto b = static_cast<std::size_t>(band_of(p.age));
    const auto at = [&](const auto& table) { return static_cast<double>(table[p.education][p.sex][b][p.quintile]); };
    const double daily = at(norms.daily_smoker);
    p.smoking = smoke < daily ? 2 : smoke < daily + (1 - daily) * at(norms.former_smoker) ? 1 : 0;
    const double inactive = at(norms.inactive);
    if (move < inactive) {
        p.activity = 0;
    } else {
        const double rest = (move - inactive) / (1 - inactive);
        p.activity = rest < parameters.activity_high_share ? 3 : rest < parameters.activity_high_share + parameters.activity_middle_share ? 2 : 1;
    }
    p.overweight = weight < at(norms.overweight) ? 1 : 0;
}

double bim_log_odds(const Settlement& settlement, const HouseholdDraft& h, const SocialNorms& norms, const BuildParameters& parameters) {
    double sum = 0;
    for (std::uint32_t i = h.first; i < h.first + h.members; ++i)
        sum += norms.bim_age[settlement.people[i].region][static_cast<std::size_t>(band_of(settlement.people[i].age))];
    return norms.bim_fifth[h.quintile] + sum / h.members + (h.type == HouseholdType::lone_parent ? parameters.bim_lone_parent : 0.0);
}

/// The shift of the log odds at which the place has `wanted` persons with increased reimbursement. Starts from `shift`.
double solve_place_shift(const std::vector<double>& log_odds, const Settlement& settlement, double wanted, double shift, int steps) {
    for (int step = 0; step < steps; ++step) {
        double reached = 0, slope = 1e-9;
        for (std::size_t i = 0; i < log_odds.size(); ++i) {
            const auto p = static_cast<double>(1.0f / (1.0f + exp_f(static_cast<float>(-log_odds[i] - shift))));
            reached += p * settlement.households[i].members;
            slope += p * (1 - p) * settlement.households[i].members;
        }
        const double miss = std::clamp((wanted - reached) / slope, -1.5, 1.5);
        shift += miss;
        if (miss < 1e-5 && miss > -1e-5)
            break;
    }
    return shift;
}

double wanted_bim(const Settlement& settlement, const PlaceInput& place, const SocialNorms& norms) {
    const double share = logistic(logit(std::clamp(place.bim_share, 0.002, 0.9)) + norms.bim_shift[static_cast<std::size_t>(place.region)]);
    return share * static_cast<double>(settlement.people.size());
}

void give_bim(Settlement& settlement, const PlaceInput& place, const SocialNorms& norms, const BuildParameters& parameters, std::uint64_t seed) {
    std::vector<double> log_odds;
    log_odds.reserve(settlement.households.size());
    for (const auto& h : settlement.households)
        log_odds.push_back(bim_log_odds(settlement, h, norms, parameters));
    const double shift = solve_place_shift(log_odds, settlement, wanted_bim(settlement, place, norms), 0, 12);
    Systematic pick(PlaceLuck{seed, place.key}.start(Purpose::household, luck_bim));
    for (std::size_t k = 0; k < log_odds.size(); ++k) {
        auto& h = settlement.households[k];
        h.bim = pick.take(logistic(log_odds[k] + shift)) ? 1 : 0;
        for (std::uint32_t i = h.first; i < h.first + h.members; ++i)
            settlement.people[i].bim = h.bim;
    }
}

void give_persons(Settlement& settlement, const PlaceInput& place, const SocialNorms& norms, const BuildParameters& parameters, std::uint64_t seed, bool diploma, bool work, bool habits) {
    const PlaceLuck luck{seed, place.key};
    for (auto& p : settlement.people) {
        const auto facts = luck.of(p.key, Purpose::population, luck_facts);
        const auto more = luck.of(p.key, Purpose::population, luck_habits);
        if (diploma)
            give_diploma(p, norms, unit(facts.word[0]));
        if (work)
            give_work(p, norms, parameters, unit(facts.word[1]), more);
        if (habits)
            give_habits(p, norms, parameters, unit(facts.word[2]), unit(facts.word[3]), unit(more.word[0]));
    }
}

// --- solving -----------------------------------------------------------------------------------------------------------

void solve_cuts(SocialNorms& norms, std::span<const Settlement> sample, std::span<const PlaceInput> strata, const BuildParameters& parameters) {
    std::vector<double> mean, weight;
    double all = 0;
    for (std::size_t s = 0; s < sample.size(); ++s)
        for (const auto& h : sample[s].households) {
            mean.push_back(household_mean(sample[s], h, strata[s], norms.income_slope, parameters));
            weight.push_back(h.members);
            all += h.members;
        }
    for (std::size_t c = 0; c < 4; ++c) {
        double cut = logit(0.2 * static_cast<double>(c + 1));
        for (int step = 0; step < 8; ++step) {
            double below_cut = 0, slope = 1e-9;
            for (std::size_t i = 0; i < mean.size(); ++i) {
                const auto p = static_cast<double>(1.0f / (1.0f + exp_f(static_cast<float>(mean[i] - cut))));
                below_cut += weight[i] * p;
                slope += weight[i] * p * (1 - p);
            }
            cut += std::clamp((0.2 * static_cast<double>(c + 1) * all - below_cut) / slope, -2.0, 2.0);
        }
        norms.income_cut[c] = cut;
    }
}

/// Persons of the sample by region, sex, band, fifth (and diploma); a band with few takes those of the band before along.
struct SampleCounts {
    std::array<BySexBand<std::array<std::array<double, 3>, 5>>, regions> n{};

    explicit SampleCounts(std::span<const Settlement> sample) {
        for (const auto& settlement : sample)
            for (const auto& p : settlement.people)
                n[p.region][p.sex][static_cast<std::size_t>(band_of(p.age))][p.quintile][p.education] += 1;
        for (auto& region : n)
            for (auto& sex : region)
                for (std::size_t b = 4; b < bands; ++b) {
                    double sum = 0;
                    for (const auto& row : sex[b])
                        for (const double x : row)
                            sum += x;
                    if (sum >= 100)
                        continue;
                    for (std::size_t q = 0; q < 5; ++q)
                        for (std::size_t d = 0; d < 3; ++d)
                            sex[b][q][d] += sex[b - 1][q][d] + 0.01;
                }
    }
};

void solve_education(SocialNorms& norms, std::span<const Settlement> sample, const Margins& margins, const BuildParameters& parameters) {
    const SampleCounts counts(sample);
    for (std::size_t r = 0; r < regions; ++r)
        for (std::size_t s = 0; s < 2; ++s)
            for (std::size_t b = 3; b < bands; ++b) {
                std::array<double, 15> table{};
                std::array<double, 5> rows{};
                std::array<double, 3> columns = margins.education[r][s][b];
                double all = 0;
                for (std::size_t q = 0; q < 5; ++q)
                    for (std::size_t d = 0; d < 3; ++d) {
                        rows[q] += counts.n[r][s][b][q][d];
                        all += counts.n[r][s][b][q][d];
                        table[q * 3 + d] = columns[d] * exp_d(parameters.education_per_fifth * (static_cast<double>(d) - 1) * (static_cast<double>(q) - 2));
                    }
                for (auto& c : columns)
                    c *= all;
                rake(table, rows, columns, 50);
                for (std::size_t q = 0; q < 5; ++q) {
                    const double sum = table[q * 3] + table[q * 3 + 1] + table[q * 3 + 2];
                    norms.education[r][s][b][q] = {static_cast<float>(sum > 0 ? table[q * 3] / sum : columns[0]), static_cast<float>(sum > 0 ? (table[q * 3] + table[q * 3 + 1]) / sum : 1)};
                }
            }
}

/// Log odds of a work state by fifth and diploma, before fitting.
double work_tilt(std::size_t kind, std::size_t fifth, std::size_t diploma, const BuildParameters& parameters) {
    const double q = static_cast<double>(fifth) - 2, d = static_cast<double>(diploma) - 1;
    switch (kind) {
    case 0: return parameters.employed_per_fifth * q + parameters.employed_per_diploma * d;
    case 1: return -0.35 * q;
    case 2: return -0.35 * q - 0.45 * d;
    case 5: return -0.25 * q - 0.20 * d;
    default: return 0;
    }
}

void solve_work(SocialNorms& norms, std::span<const Settlement> sample, const Margins& margins, const BuildParameters& parameters) {
    const SampleCounts counts(sample);
    for (std::size_t r = 0; r < regions; ++r)
        for (std::size_t s = 0; s < 2; ++s)
            for (std::size_t b = 3; b < bands; ++b) {
                std::array<double, 15 * work_kinds> table{};
                std::array<double, 15> rows{};
                std::array<double, work_kinds> columns = margins.work[r][s][b];
                double all = 0;
                for (std::size_t q = 0; q < 5; ++q)
                    for (std::size_t d = 0; d < 3; ++d) {
                        rows[q * 3 + d] = counts.n[r][s][b][q][d];
                        all += rows[q * 3 + d];
                        for (std::size_t w = 0; w < work_kinds; ++w)
                            table[(q * 3 + d) * work_kinds + w] = columns[w] * exp_d(work_tilt(w, q, d, parameters));
                    }
                for (auto& c : columns)
                    c *= all;
                rake(table, rows, columns, 40);
                for (std::size_t q = 0; q < 5; ++q)
                    for (std::size_t d = 0; d < 3; ++d) {
                        const double* row = &table[(q * 3 + d) * work_kinds];
                        double sum = 0, until = 0;
                        for (std::size_t w = 0; w < work_kinds; ++w)
                            sum += row[w];
                        for (std::size_t w = 0; w + 1 < work_kinds; ++w) {
                            until += sum > 0 ? row[w] / sum : margins.work[r][s][b][w];
                            norms.work[r][s][b][q][d][w] = static_cast<float>(until);
                        }
                    }
            }
}

/// Level of a logit with a slope per fifth at which the mean over `share` of the fifths is `wanted`.
std::array<float, 5> by_fifth(double wanted, double per_fifth, const std::array<double, 5>& share) {
    std::array<float, 5> out{};
    double all = 0;
    for (const double s : share)
        all += s;
    if (wanted <= 0 || wanted >= 1 || all <= 0) {
        out.fill(static_cast<float>(std::clamp(wanted, 0.0, 1.0)));
        return out;
    }
    double level = logit(wanted);
    for (int step = 0; step < 8; ++step) {
        double mean = 0, slope = 1e-12;
        for (std::size_t q = 0; q < 5; ++q) {
            const double p = logistic(level + per_fifth * (static_cast<double>(q) - 2));
            mean += share[q] / all * p;
            slope += share[q] / all * p * (1 - p);
            out[q] = static_cast<float>(p);
        }
        level += std::clamp((wanted - mean) / slope, -2.0, 2.0);
    }
    return out;
}

void solve_habits(SocialNorms& norms, std::span<const Settlement> sample, const Margins& margins, const BuildParameters& parameters) {
    const SampleCounts counts(sample);
    for (std::size_t d = 0; d < 3; ++d)
        for (std::size_t s = 0; s < 2; ++s)
            for (std::size_t b = 0; b < bands; ++b) {
                std::array<double, 5> share{};
                for (std::size_t q = 0; q < 5; ++q)
                    for (std::size_t r = 0; r < regions; ++r)
                        share[q] += counts.n[r][s][b][q][d];
                const double daily = margins.daily_smoker[d][s][b];
                norms.daily_smoker[d][s][b] = by_fifth(daily, parameters.smoking_per_fifth, share);
                norms.former_smoker[d][s][b] = by_fifth(daily < 1 ? margins.former_smoker[d][s][b] / (1 - daily) : 0, 0, share);
                norms.inactive[d][s][b] = by_fifth(margins.inactive[d][s][b], parameters.inactive_per_fifth, share);
                norms.overweight[d][s][b] = by_fifth(margins.overweight[d][s][b], 0, share);
            }
}

/// Bands of one age group of the pack's table: neighbours with the same share.
std::array<int, bands> age_groups(const std::array<double, bands>& share) {
    std::array<int, bands> group{};
    for (std::size_t b = 1; b < bands; ++b)
        group[b] = group[b - 1] + (share[b] != share[b - 1] ? 1 : 0);
    return group;
}

void solve_bim(SocialNorms& norms, std::span<const Settlement> sample, std::span<const PlaceInput> strata, std::span<const PlaceInput> places, const Margins& margins, const BuildParameters& parameters) {
    for (std::size_t q = 0; q < 5; ++q)
        norms.bim_fifth[q] = logit(parameters.bim_by_fifth[q]);
    for (std::size_t r = 0; r < regions; ++r) {
        double wanted = 0, people = 0;
        for (std::size_t s = 0; s < 2; ++s)
            for (std::size_t b = 0; b < bands; ++b) {
                wanted += margins.population[r][s][b] * margins.bim[r][b];
                people += margins.population[r][s][b];
            }
        double low = -4, high = 4;
        for (int step = 0; step < 30 && people > 0; ++step) {
            norms.bim_shift[r] = (low + high) / 2;
            double reached = 0;
            for (const auto& place : places)
                if (static_cast<std::size_t>(place.region) == r)
                    reached += place.inhabitants() * logistic(logit(std::clamp(place.bim_share, 0.002, 0.9)) + norms.bim_shift[r]);
            (reached < wanted ? low : high) = norms.bim_shift[r];
        }
    }
    std::vector<double> shift(sample.size(), 0.0);
    for (int round = 0; round < 24; ++round) {
        std::array<std::array<double, bands>, regions> reached{}, people{};
        for (std::size_t s = 0; s < sample.size(); ++s) {
            std::vector<double> log_odds;
            for (const auto& h : sample[s].households)
                log_odds.push_back(bim_log_odds(sample[s], h, norms, parameters));
            shift[s] = solve_place_shift(log_odds, sample[s], wanted_bim(sample[s], strata[s], norms), shift[s], 2);
            for (std::size_t k = 0; k < log_odds.size(); ++k) {
                const auto& h = sample[s].households[k];
                const auto p = static_cast<double>(1.0f / (1.0f + exp_f(static_cast<float>(-log_odds[k] - shift[s]))));
                for (std::uint32_t i = h.first; i < h.first + h.members; ++i) {
                    const auto& person = sample[s].people[i];
                    reached[person.region][static_cast<std::size_t>(band_of(person.age))] += p;
                    people[person.region][static_cast<std::size_t>(band_of(person.age))] += 1;
                }
            }
        }
        for (std::size_t r = 0; r < regions; ++r) {
            const auto group = age_groups(margins.bim[r]);
            for (std::size_t b = 0; b < bands; ++b) {
                double got = 1e-9, want = 1e-9, n = 1e-9;
                for (std::size_t o = 0; o < bands; ++o)
                    if (group[o] == group[b])
                        got += reached[r][o], want += people[r][o] * margins.bim[r][o], n += people[r][o];
                norms.bim_age[r][b] += 1.2 * std::clamp(logit(std::clamp(want / n, 0.001, 0.98)) - logit(std::clamp(got / n, 0.001, 0.98)), -0.7, 0.7);
            }
        }
    }
}

}  // namespace

void give_social(Settlement& settlement, const PlaceInput& place, const SocialNorms& norms, const BuildParameters& parameters, std::uint64_t seed) {
    give_income(settlement, place, norms, parameters, seed);
    give_persons(settlement, place, norms, parameters, seed, true, true, true);
    give_bim(settlement, place, norms, parameters, seed);
}

SocialNorms solve_social(std::span<Settlement> sample, std::span<const PlaceInput> strata, std::span<const PlaceInput> places, const Margins& margins,
                         const BuildParameters& parameters, std::uint64_t seed) {
    SocialNorms norms;
    norms.income_slope = solve_income_slope(places, parameters);
    solve_cuts(norms, sample, strata, parameters);
    const auto each = [&](auto&& body) {
        for (std::size_t s = 0; s < sample.size(); ++s)
            body(sample[s], strata[s]);
    };
    each([&](Settlement& people, const PlaceInput& place) { give_income(people, place, norms, parameters, seed); });
    double all = 0;
    for (const auto& settlement : sample)
        for (const auto& p : settlement.people)
            norms.fifth_share[p.quintile] += 1, all += 1;
    for (auto& share : norms.fifth_share)
        share /= std::max(1.0, all);
    solve_education(norms, sample, margins, parameters);
    each([&](Settlement& people, const PlaceInput& place) { give_persons(people, place, norms, parameters, seed, true, false, false); });
    solve_work(norms, sample, margins, parameters);
    solve_habits(norms, sample, margins, parameters);
    each([&](Settlement& people, const PlaceInput& place) { give_persons(people, place, norms, parameters, seed, false, true, true); });
    solve_bim(norms, sample, strata, places, margins, parameters);
    each([&](Settlement& people, const PlaceInput& place) { give_bim(people, place, norms, parameters, seed); });
    return norms;
}

}  // namespace tresse::build
