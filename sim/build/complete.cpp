#include <algorithm>
#include <bit>
#include <vector>

#include "tresse/build/course.hpp"
#include "tresse/build/demand.hpp"
#include "tresse/build/health.hpp"
#include "tresse/build/providers.hpp"
#include "tresse/build/reference.hpp"
#include "tresse/core/check.hpp"
#include "tresse/core/math.hpp"
#include "tresse/model/risk_laws.hpp"

namespace tresse::build {

namespace {

using model::limit::conditions;

/// Sums by sex and band of a quantity and its weight; bands with few persons share with the band below.
struct BandMean {
    BySexBand<double> sum{}, weight{}, number{};

    void add(std::size_t sex, std::size_t band, double value, double w) {
        sum[sex][band] += value * w;
        weight[sex][band] += w;
        number[sex][band] += 1;
    }
    /// Mean of a band; from the top, bands with fewer than `least` persons take the band below along. Missing: 1.
    BySexBand<double> means(double least) const {
        BySexBand<double> out{};
        for (std::size_t s = 0; s < 2; ++s)
            for (std::size_t b = 0; b < bands; ++b) {
                double value = 0, w = 0, n = 0;
                for (std::size_t from = b + 1; from-- > 0 && (n < least || w <= 0);)
                    value += sum[s][from], w += weight[s][from], n += number[s][from];
                for (std::size_t up = b + 1; up < bands && w <= 0; ++up)
                    value += sum[s][up], w += weight[s][up];
                out[s][b] = w > 0 ? value / w : 1;
            }
        return out;
    }
};

/// Deaths over those of the table: the multiplier of a person and the deaths that conditions cause by themselves, kept apart.
struct Deaths {
    BandMean multiplier, own;

    void add(const Inhabitant& p, double m, double o, double base) {
        const auto b = static_cast<std::size_t>(band_of(p.age));
        multiplier.add(p.sex, b, m, base), own.add(p.sex, b, o, base);
    }
    /// Both together, the multiplier over its norm.
    BySexBand<double> means(const BySexBand<double>& norm) const {
        auto out = multiplier.means(60);
        const auto o = own.means(60);
        for (std::size_t s = 0; s < 2; ++s)
            for (std::size_t b = 0; b < bands; ++b)
                out[s][b] = out[s][b] / norm[s][b] + o[s][b];
        return out;
    }
};

/// Value at the middle of a single age on the line between the middles of two bands.
double between_bands(const std::array<double, bands>& value, int age) {
    const double at = (age + 0.5 - 2.5) / 5;
    const int low = std::clamp(static_cast<int>(at < 0 ? 0 : at), 0, bands - 2);
    const double part = std::clamp(at - low, 0.0, 1.0);
    return value[static_cast<std::size_t>(low)] * (1 - part) + value[static_cast<std::size_t>(low) + 1] * part;
}

class Completing {
public:
    Completing(model::Tables& tables, const Reference& reference, const world::Catalogue& catalogue) : t_(tables), reference_(reference), catalogue_(catalogue) {
        for (std::size_t c = 0; c < conditions; ++c) {
            for (auto& row : t_.disease.condition[c].log_norm)
                row.fill(0);
            for (const bool lethal : t_.disease.condition[c].lethal)
                lethal_[c] = lethal_[c] || lethal;
        }
        for (const auto& settlement : reference_.sample)
            for (const auto& p : settlement.people)
                people_[p.region][p.sex][p.age] += 1;
    }

    /// Twice: excess mortality makes the onset, and the onset says how many are in the first year after a diagnosis, whose mortality is higher.
    std::vector<Repair> repair() {
        for (auto& condition : t_.disease.condition)
            for (auto& sex : condition.onset)
                sex.fill(0);
        for (int round = 0; round < 2; ++round) {
            out_.deaths = 0;
            out_.new_cases = {}, out_.excess_deaths = {};
            norm_deaths();
            for (int c = 0; c < t_.disease.conditions; ++c)
                solve_onset(c);
        }
        return out_.repairs;
    }
    Completion run() {
        repair();
        model::make_risk_laws(t_);  // the law of blood pressure follows the repaired prevalence
        norm_onset();
        norm_stays();
        norm_home_entry();
        norm_work();
        out_.steps = keep_course(t_, reference_);
        solve_utility();
        scale_minutes();
        return std::move(out_);
    }

private:
    template <class Body>
    void each_person(Body&& body) const {
        for (const auto& settlement : reference_.sample)
            for (const auto& p : settlement.people)
                body(p, settlement.households[p.household]);
    }
    static std::size_t band(const Inhabitant& p) { return static_cast<std::size_t>(band_of(p.age)); }

    /// Mean death multiplier, weighted by the hazard of the table, such that with the deaths that conditions cause by themselves the table comes out; then
    /// the means of all deaths among those with and without each condition.
    void norm_deaths() {
        const model::PreparedHazards prepared(t_);
        Deaths all;
        std::vector<Deaths> with(static_cast<std::size_t>(t_.disease.conditions)), without(static_cast<std::size_t>(t_.disease.conditions));
        each_person([&](const Inhabitant& p, const HouseholdDraft&) {
            const auto base = static_cast<double>(t_.mortality.base_month[p.region][p.sex][p.age]);
            const double multiplier = multiplier_of(prepared, p), own = own_deaths(p) / 12 / base;
            all.add(p, multiplier, own, base);
            for (int c = 0; c < t_.disease.conditions; ++c)
                (p.conditions.has(c) ? with : without)[static_cast<std::size_t>(c)].add(p, multiplier, own, base);
            out_.deaths += base * 12 * reference_.weight;
        });
        auto mean = all.multiplier.means(60);
        const auto own = all.own.means(60);
        for (std::size_t s = 0; s < 2; ++s)
            for (std::size_t b = 0; b < bands; ++b) {
                mean[s][b] /= 1 - std::min(0.9, own[s][b]);
                t_.mortality.log_norm[s][b] = static_cast<float>(log_d(mean[s][b]));
            }
        norm_regions(prepared, mean);
        for (std::size_t c = 0; c < with.size(); ++c) {
            const auto ill = with[c].means(mean), well = without[c].means(mean);
            for (std::size_t s = 0; s < 2; ++s)
                for (std::size_t b = 0; b < bands; ++b) {
                    excess_ratio_[c][s][b] = ill[s][b] - well[s][b];
                    if (with[c].multiplier.number[s][b] > 0)
                        out_.excess_deaths[c] += excess_ratio_[c][s][b] * with[c].multiplier.weight[s][b] * 12 * reference_.weight;
                }
        }
    }

    double multiplier_of(const model::PreparedHazards& prepared, const Inhabitant& p) const {
        const float log_multiplier = model::log_death_multiplier(prepared, facts_of(p, t_)) + t_.mortality.log_quintile[p.sex][p.quintile] + t_.mortality.log_education[p.sex][p.education];
        return static_cast<double>(exp_f(log_multiplier));
    }

    /// What the people of a region have above or below the nation, given age and sex: one number by region and sex, since a region's old are few.
    void norm_regions(const model::PreparedHazards& prepared, const BySexBand<double>& mean) {
        std::array<std::array<double, 2>, regions> has{}, table{};
        each_person([&](const Inhabitant& p, const HouseholdDraft&) {
            const auto base = static_cast<double>(t_.mortality.base_month[p.region][p.sex][p.age]);
            has[p.region][p.sex] += base * multiplier_of(prepared, p) / mean[p.sex][band(p)];
            table[p.region][p.sex] += base - own_deaths(p) / 12;
        });
        for (std::size_t r = 0; r < regions; ++r)
            for (std::size_t s = 0; s < 2; ++s)
                t_.mortality.region_log_norm[r][s] = table[r][s] > 0 ? static_cast<float>(log_d(has[r][s] / table[r][s])) : 0.0f;
    }

    /// Yearly hazard of death in the nation at an age.
    double death_hazard(std::size_t sex, std::size_t age) const {
        double sum = 0, n = 0;
        for (std::size_t r = 0; r < regions; ++r) {
            const double w = people_[r][sex][age] + 1e-6 * (reference_.inhabitants[r] + 1);
            sum += w * 12 * static_cast<double>(t_.mortality.base_month[r][sex][age]);
            n += w;
        }
        return sum / n;
    }

    /// What leaves a condition a year at an age, by the stages that its people are in there: by remission, or by deaths of its own.
    double leaving(int c, int age, bool by_death) const {
        const auto& table = t_.disease.condition[static_cast<std::size_t>(c)];
        double sum = 0, all = 0;
        const auto& health = reference_.norms.health;
        for (int s = 1; s <= table.stages; ++s) {
            const auto k = static_cast<std::size_t>(s);
            const double share = static_cast<double>(table.stage_share[k]) * exp_d(stage_slope(table, reference_.parameters) * (s - 1) * (age - health.mean_age[static_cast<std::size_t>(c)]) / 10);
            const bool at_this_age = static_cast<float>(age) >= table.remission_youngest && static_cast<float>(age) <= table.remission_oldest;
            // A step down from stage 1 is a remission too (the model's rule for the lowest stage is `remission` alone).
            sum += share * (table.lethal[k] == by_death && (by_death || at_this_age) ? static_cast<double>(table.remission[k]) : 0.0);
            all += share;
        }
        return all > 0 ? sum / all : 0;
    }

    /// Deaths a year of the conditions themselves expected of a person: by the stages of its age and not its own, since the sample has too few in late stages.
    double own_deaths(const Inhabitant& p) const {
        double sum = 0;
        for (std::uint64_t left = p.conditions.present(); left != 0; left &= left - 1) {
            const int c = std::countr_zero(left) / 3;
            if (lethal_[static_cast<std::size_t>(c)])
                sum += leaving(c, p.age, true);
        }
        return sum;
    }

    struct Course {
        std::array<double, 111> share{}, lost{}, gained{};  ///< prevalence; fall by death and recovery; rise by the calendar trend
    };

    Course course_of(int c, std::size_t sex) const {
        const auto k = static_cast<std::size_t>(c);
        const auto& table = t_.disease.condition[k];
        Course out;
        double mean = 0, people = 0;
        for (std::size_t s = 0; s < 2; ++s)
            for (std::size_t a = 0; a <= 110; ++a)
                for (std::size_t r = 0; r < regions; ++r) {
                    mean += people_[r][s][a] * static_cast<double>(table.prevalence[s][a]);
                    people += people_[r][s][a];
                }
        mean /= std::max(1.0, people);
        for (int a = 0; a <= 110; ++a) {
            const auto i = static_cast<std::size_t>(a);
            const auto p = static_cast<double>(table.prevalence[sex][i]);
            out.share[i] = p;
            const double excess = death_hazard(sex, i) * between_bands(excess_ratio_[k][sex], a);
            out.lost[i] = leaving(c, a, false) * p + p * (1 - p) * excess;
            out.gained[i] = mean > 0 ? static_cast<double>(table.trend_points_per_year) * p / mean : 0;
        }
        return out;
    }

    /// Onset from the course; where the table falls faster than it can, it is raised to what survival and recovery leave, and noted.
    void solve_onset(int c) {
        const auto k = static_cast<std::size_t>(c);
        auto& table = t_.disease.condition[k];
        for (std::size_t sex = 0; sex < 2; ++sex) {
            Course course = course_of(c, sex);
            const auto before = course.share;
            for (std::size_t a = 0; a < 110; ++a) {
                // p (1 - p) in `lost` was taken at the table's share: it moves with the repaired one.
                const double ratio = before[a] > 0 ? course.share[a] / before[a] : 1;
                const double least = course.share[a] - course.lost[a] * ratio + course.gained[a] * ratio;
                course.share[a + 1] = std::max(course.share[a + 1], std::min(least, course.share[a]));
            }
            note_repairs(c, sex, before, course.share);
            for (std::size_t a = 0; a <= 110; ++a) {
                const double p = std::min(course.share[a], 0.995), ratio = before[a] > 0 ? p / before[a] : 1;
                const double next = a < 110 ? course.share[a + 1] : p, last = a > 0 ? course.share[a - 1] : 0;
                const double slope = a == 0 ? (p + next) / 2 : (next - last) / 2;
                // Below zero only by the two-sided slope at the edge of a repaired stretch: the forward slope holds there.
                double i = (slope + course.gained[a] * ratio + course.lost[a] * ratio) / (1 - p);
                if (i < 0 && a > 0)
                    i = std::max(0.0, (next - p + course.gained[a] * ratio + course.lost[a] * ratio) / (1 - p));
                table.onset[sex][a] = static_cast<float>(i) * exp_f(table.onset_log_constant[sex][static_cast<std::size_t>(band_of(static_cast<int>(a)))]);
                table.prevalence[sex][a] = static_cast<float>(p);
                for (std::size_t r = 0; r < regions; ++r)
                    out_.new_cases[k] += people_[r][sex][a] * (1 - p) * i * reference_.weight;
            }
        }
    }

    void note_repairs(int c, std::size_t sex, const std::array<double, 111>& before, const std::array<double, 111>& after) {
        int from = -1;
        double persons = 0;
        for (int a = 0; a <= 111; ++a) {
            const auto i = static_cast<std::size_t>(a);
            const bool changed = a <= 110 && after[i] > before[i] * 1.0005 + 1e-9;
            if (changed && from < 0)
                from = a, persons = 0;
            if (changed)
                for (std::size_t r = 0; r < regions; ++r)
                    persons += people_[r][sex][i] * (after[i] - before[i]) * reference_.weight;
            if (!changed && from >= 0) {
                out_.repairs.push_back({c, static_cast<int>(sex), from, a - 1, before[i - 1], after[i - 1], persons});
                from = -1;
            }
        }
    }

    /// Mean onset multiplier among those who do not have the condition.
    void norm_onset() {
        const model::PreparedHazards prepared(t_);
        std::vector<BandMean> mean(static_cast<std::size_t>(t_.disease.conditions));
        std::array<float, conditions> log_ratio{};
        each_person([&](const Inhabitant& p, const HouseholdDraft&) {
            model::log_onset_ratios(prepared, facts_of(p, t_), log_ratio);
            for (int c = 0; c < t_.disease.conditions; ++c)
                if (!p.conditions.has(c))
                    mean[static_cast<std::size_t>(c)].add(p.sex, band(p), static_cast<double>(exp_f(log_ratio[static_cast<std::size_t>(c)])), 1);
        });
        for (std::size_t c = 0; c < mean.size(); ++c) {
            const auto m = mean[c].means(60);
            for (std::size_t s = 0; s < 2; ++s)
                for (std::size_t b = 0; b < bands; ++b)
                    t_.disease.condition[c].log_norm[s][b] = static_cast<float>(log_d(m[s][b]));
        }
    }

    void norm_stays() {
        BandMean mean;
        const auto& h = t_.hospital;
        each_person([&](const Inhabitant& p, const HouseholdDraft&) {
            const float log_ratio = std::min(static_cast<float>(p.conditions.count()) * h.log_per_condition, h.log_condition_cap);
            mean.add(p.sex, band(p), static_cast<double>(exp_f(log_ratio)), static_cast<double>(h.baseline[p.sex][p.age]) + 1e-9);
        });
        const auto m = mean.means(60);
        for (std::size_t s = 0; s < 2; ++s)
            for (std::size_t b = 0; b < bands; ++b)
                t_.hospital.log_norm[s][b] = static_cast<float>(log_d(m[s][b]));
    }

    /// Mean odds of the wish for a nursing home among those who do not live in one. A stay in this or the last calendar year is likely in
    /// proportion to the rate of stays: on average a year and a half is looked back.
    void norm_home_entry() {
        BandMean mean;
        auto& d = t_.dependence;
        each_person([&](const Inhabitant& p, const HouseholdDraft&) {
            if (p.resident())
                return;
            float log_odds = 0;
            if (p.dependence == 3)
                log_odds += d.log_entry_katz3;
            if (t_.disease.dementia >= 0 && p.conditions.has(t_.disease.dementia))
                log_odds += d.log_entry_dementia;
            if (p.dependence > 0 && p.carer == 0)
                log_odds += d.log_entry_alone;
            if (p.strain >= 10)
                log_odds += d.log_entry_strain;
            double rate = static_cast<double>(t_.hospital.baseline[p.sex][p.age]);
            for (std::uint64_t left = p.conditions.present(); left != 0; left &= left - 1) {
                const int c = std::countr_zero(left) / 3;
                rate += static_cast<double>(t_.disease.condition[static_cast<std::size_t>(c)].admission[static_cast<std::size_t>(p.conditions.stage(c))]);
            }
            const double stay = 1 - exp_d(-1.5 * rate);
            const double odds = static_cast<double>(exp_f(log_odds)) * (1 + stay * (static_cast<double>(exp_f(d.log_entry_prior_stay)) - 1));
            mean.add(p.sex, band(p), odds, static_cast<double>(d.home_entry[p.age]) + 1e-9);
        });
        const auto m = mean.means(60);
        for (std::size_t s = 0; s < 2; ++s)
            for (std::size_t b = 0; b < bands; ++b)
                d.log_norm_entry[s][b] = static_cast<float>(log_d(m[s][b]));
    }

    /// Starts of long sick leave of an employed person without conditions, such that the employed of an age band have the published mean; and the final
    /// diplomas of those who leave school.
    void norm_work() {
        auto& w = t_.work;
        std::array<double, 10> sum{}, n{};
        each_person([&](const Inhabitant& p, const HouseholdDraft&) {
            if (p.work != world::WorkState::employed)
                return;
            float log_ratio = 0;
            for (std::uint64_t left = p.conditions.present(); left != 0; left &= left - 1) {
                const int c = std::countr_zero(left) / 3;
                log_ratio += t_.disease.condition[static_cast<std::size_t>(c)].work_log_ratio[static_cast<std::size_t>(p.conditions.stage(c))];
            }
            const auto b = static_cast<std::size_t>(world::age_band(p.age));
            sum[b] += static_cast<double>(exp_f(log_ratio));
            n[b] += 1;
        });
        for (std::size_t b = 0; b < sum.size(); ++b)
            w.sick_start[b] = n[b] > 0 ? static_cast<float>(static_cast<double>(w.sick_start_mean[b]) * n[b] / sum[b]) : w.sick_start_mean[b];
        constexpr std::size_t after_school = 6;  // 30-34
        for (std::size_t r = 0; r < regions; ++r)
            for (std::size_t s = 0; s < 2; ++s)
                for (std::size_t q = 0; q < 5; ++q)
                    w.diploma_until[r][s][q] = reference_.norms.social.education[r][s][after_school][q];
    }

    /// u0 such that the mean of u0 x prod(1 - d) is the norm; a person's utility is at most 1, so it is found by rounds.
    void solve_utility() {
        auto& u = t_.utility;
        const auto keep_of = [&](const Inhabitant& p) {
            double keep = 1;
            for (std::uint64_t left = p.conditions.present(); left != 0; left &= left - 1) {
                const int c = std::countr_zero(left) / 3;
                keep *= static_cast<double>(t_.disease.condition[static_cast<std::size_t>(c)].utility_keep[static_cast<std::size_t>(p.conditions.stage(c))]);
            }
            return keep;
        };
        BandMean keep;
        each_person([&](const Inhabitant& p, const HouseholdDraft&) { keep.add(p.sex, band(p), keep_of(p), 1); });
        const auto mean_keep = keep.means(60);
        for (std::size_t s = 0; s < 2; ++s)
            for (int a = 0; a <= 110; ++a)
                u.without[s][static_cast<std::size_t>(a)] = static_cast<float>(static_cast<double>(u.norm[s][static_cast<std::size_t>(a)]) / between_bands(mean_keep[s], a));
        for (int round = 0; round < 4; ++round) {
            BandMean wanted, reached;
            each_person([&](const Inhabitant& p, const HouseholdDraft&) {
                wanted.add(p.sex, band(p), static_cast<double>(u.norm[p.sex][p.age]), 1);
                reached.add(p.sex, band(p), std::min(1.0, static_cast<double>(u.without[p.sex][p.age]) * keep_of(p)), 1);
            });
            const auto w = wanted.means(60), r = reached.means(60);
            for (std::size_t s = 0; s < 2; ++s)
                for (int a = 0; a <= 110; ++a) {
                    const auto b = static_cast<std::size_t>(band_of(a));
                    auto& value = u.without[s][static_cast<std::size_t>(a)];
                    value = static_cast<float>(static_cast<double>(value) * (r[s][b] > 0 ? w[s][b] / r[s][b] : 1));
                }
        }
    }

    void scale_minutes() {
        auto& p = t_.provider;
        const auto demand = expected_demand(t_, reference_, catalogue_);
        out_.need = demand.minutes;
        out_.unplanned_stays = 12 * demand.unplanned_stays;
        out_.planned_stays = 12 * demand.planned_stays;
        out_.condition_stays = 12 * demand.condition_stays;
        out_.hospital_days = 12 * demand.hospital_days;
        for (int role = 0; role < static_cast<int>(catalogue_.roles.size()); ++role) {
            RoleBalance balance;
            balance.role = role;
            const bool in_days = catalogue_.roles[static_cast<std::size_t>(role)].in_days;
            for (std::size_t s = 0; s < catalogue_.services.size(); ++s)
                if (catalogue_.services[s].role == role)
                    balance.minutes_wanted += demand.units[s] * minutes_of(s, in_days);
            double use = 0;
            for (std::size_t k = 0; k < std::min(catalogue_.kinds.size(), p.kind.size()); ++k) {
                if (catalogue_.kinds[k].role != role)
                    continue;
                double supply = 0;
                for (std::size_t r = 0; r < regions; ++r)
                    supply += static_cast<double>(p.kind[k].posts_per_10000[r]) * reference_.inhabitants[r] / 10000;
                supply *= static_cast<double>(p.kind[k].filled_share) * static_cast<double>(p.kind[k].minutes_per_post_month);
                supply *= 1 - static_cast<double>(p.burnout_effort_loss) * burnt_out_share(p, p.kind[k]);
                balance.minutes_supplied += supply;
                use += supply * static_cast<double>(p.kind[k].target_use);
            }
            balance.target_use = balance.minutes_supplied > 0 ? use / balance.minutes_supplied : 0;
            // Days are days: a house shows its use, its minutes are not scaled. A role that nobody asks for today keeps its minutes.
            if (!in_days && use > 0 && balance.minutes_wanted > 0.02 * use)
                balance.scale = use / balance.minutes_wanted;
            p.minutes_scale[static_cast<std::size_t>(role)] = static_cast<float>(balance.scale);
            out_.roles.push_back(balance);
        }
        for (std::size_t s = 0; s < catalogue_.services.size(); ++s) {
            const auto role = static_cast<std::size_t>(catalogue_.services[s].role);
            const double minutes = minutes_of(s, catalogue_.roles[role].in_days) * out_.roles[role].scale;
            p.deci_minutes[s] = static_cast<std::uint32_t>(minutes * 10 + 0.5);
        }
    }

    /// Minutes of a unit; of a house's services only the day itself takes a bed-day.
    double minutes_of(std::size_t service, bool in_days) const {
        const auto given = static_cast<double>(t_.provider.minutes[service]);
        const auto& s = catalogue_.services[service];
        return in_days && given <= 0 && (s.id == "hospital_day" || s.id == "nursing_home_day") ? 1.0 : given;
    }

    model::Tables& t_;
    const Reference& reference_;
    const world::Catalogue& catalogue_;
    std::array<std::array<std::array<double, 111>, 2>, regions> people_{};
    std::array<BySexBand<double>, conditions> excess_ratio_{};
    std::array<bool, conditions> lethal_{};
    Completion out_;
};

}  // namespace

std::vector<Repair> repair_prevalence(model::Tables& tables, const Reference& reference, const world::Catalogue& catalogue) {
    TRESSE_CHECK(reference.persons() > 0, "a reference sample has people");
    return Completing(tables, reference, catalogue).repair();
}

Completion complete_tables(model::Tables& tables, const Reference& reference, const world::Catalogue& catalogue) {
    TRESSE_CHECK(reference.persons() > 0, "a reference sample has people");
    return Completing(tables, reference, catalogue).run();
}

}  // namespace tresse::build
