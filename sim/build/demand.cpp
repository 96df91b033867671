#include "tresse/build/demand.hpp"

#include <algorithm>
#include <bit>
#include <utility>
#include <vector>

#include "tresse/build/health.hpp"
#include "tresse/core/math.hpp"

namespace tresse::build {

namespace {

using model::limit::services;
using world::WorkState;

/// Services that the stages ask for by themselves, found by name.
struct Named {
    int home_help, home_day, hospital_day, emergency;
    explicit Named(const world::Catalogue& c)
        : home_help(c.service("home_help")), home_day(c.service("nursing_home_day")), hospital_day(c.service("hospital_day")), emergency(c.service("emergency_visit")) {}
};

/// The service mix as short lists.
struct SparseMix {
    std::vector<std::vector<std::pair<int, double>>> row;  ///< service, units a month
    explicit SparseMix(const model::NeedTables& need) : row(need.mix.size()) {
        for (std::size_t r = 0; r < need.mix.size(); ++r)
            for (std::size_t s = 0; s < services; ++s)
                if (need.mix[r].rate_month[s] > 0)
                    row[r].emplace_back(static_cast<int>(s), static_cast<double>(need.mix[r].rate_month[s]) * need.mix[r].mean_units(s));
    }
};

class Counting {
public:
    Counting(const model::Tables& tables, const Reference& reference, const world::Catalogue& catalogue)
        : t_(tables), reference_(reference), catalogue_(catalogue), prepared_(tables), mix_(tables.need), named_(catalogue) {}

    NationalDemand count() {
        for (const auto& settlement : reference_.sample)
            for (const auto& p : settlement.people) {
                facts_ = facts_of(p, t_);
                sex_ = p.sex, band_ = static_cast<std::size_t>(band_of(p.age));
                people_[sex_][band_] += 1;
                mixed_care(p);
                standing_care(p);
                stays(p);
            }
        for (auto& u : out_.units)
            u *= reference_.weight;
        for (auto& role : out_.minutes)
            for (std::size_t s = 0; s < 2; ++s)
                for (std::size_t b = 0; b < bands; ++b)
                    role[s][b] = people_[s][b] > 0 ? role[s][b] / people_[s][b] : 0;
        for (double* x : {&out_.unplanned_stays, &out_.planned_stays, &out_.condition_stays, &out_.hospital_days})
            *x *= reference_.weight;
        return out_;
    }

private:
    void add(int service, double units) {
        if (service < 0 || service >= services)
            return;
        const auto s = static_cast<std::size_t>(service);
        out_.units[s] += units;
        const bool day = service == named_.hospital_day || service == named_.home_day;
        const double minutes = day ? 1.0 : static_cast<double>(t_.provider.minutes[s]);
        out_.minutes[static_cast<std::size_t>(catalogue_.services[s].role)][sex_][band_] += units * minutes;
    }
    double kept(const Inhabitant& p, int service) const {
        const auto s = static_cast<std::size_t>(service);
        return t_.behaviour.discretionary[s] > 0 ? 1 - static_cast<double>(t_.behaviour.forgone_money[p.bim][p.quintile]) : 1.0;
    }

    void mixed_care(const Inhabitant& p) {
        const auto& need = t_.need;
        if (need.mix.empty())
            return;
        const double ratio = p.bim ? static_cast<double>(need.bim_ratio) : 1.0;
        const auto take = [&](std::size_t row, double factor) {
            for (const auto& [service, units] : mix_.row[row])
                add(service, units * factor * kept(p, service));
        };
        take(static_cast<std::size_t>(model::NeedTables::baseline_row(p.resident() ? 1 : 0, p.sex, world::age_band(p.age))), ratio);
        if (p.dependence > 0 && !p.resident())
            take(static_cast<std::size_t>(need.mix_dependence + p.dependence - 1), ratio);
        planned_.clear();
        for (std::uint64_t left = p.conditions.present(); left != 0; left &= left - 1) {
            const int c = std::countr_zero(left) / 3;
            if (!p.conditions.diagnosed(c))
                continue;
            const auto& table = t_.disease.condition[static_cast<std::size_t>(c)];
            for (const auto& [service, units] : mix_.row[table.mix[static_cast<std::size_t>(p.conditions.stage(c))]])
                planned_.push_back({service, units, static_cast<double>(table.received_share)});
        }
        // Several conditions: max + overlap x (sum - max), by service.
        for (std::size_t i = 0; i < planned_.size(); ++i) {
            const int service = planned_[i].service;
            double sum = 0, largest = 0;
            for (const auto& one : planned_)
                if (one.service == service) {
                    sum += one.units;
                    largest = std::max(largest, one.units);
                }
            const auto own = static_cast<double>(need.service_overlap[static_cast<std::size_t>(service)]);
            const double overlap = own > 0 ? own : static_cast<double>(need.overlap);
            add(service, planned_[i].units * planned_[i].received * (largest + overlap * (sum - largest)) / sum * ratio * kept(p, service));
        }
    }

    void standing_care(const Inhabitant& p) {
        const auto& d = t_.dependence;
        if (p.resident()) {
            add(named_.home_day, 30);
            return;
        }
        if (p.age < 65 && p.dependence == 0)
            return;
        const std::size_t k = p.dependence;
        if (d.nursing_service[k] != 255)
            add(d.nursing_service[k], 30 * static_cast<double>(d.nursing_prob[k]));
        add(named_.home_help, static_cast<double>(d.help_prob[k]) * static_cast<double>(d.help_hours_week[k]) * 52 / 12);
    }

    double days(int cause, int age) const {
        const auto by_cause = cause >= 0 ? static_cast<double>(t_.hospital.days[static_cast<std::size_t>(cause)]) : 0.0;
        return by_cause > 0 ? by_cause : static_cast<double>(t_.hospital.days_by_age[static_cast<std::size_t>(age)]);
    }

    void stays(const Inhabitant& p) {
        // Frailty has mean 1 by its tables and is left out.
        facts_.frailty_permanent = facts_.frailty_now = 0;
        const auto& h = t_.hospital;
        const auto age = static_cast<std::size_t>(p.age);
        const float n = static_cast<float>(p.conditions.count());
        const float comorbid = std::min(n * h.log_per_condition, h.log_condition_cap) - h.log_norm[p.sex][static_cast<std::size_t>(band_of(p.age))];
        const double base = static_cast<double>(h.baseline[p.sex][age]) / 12 * static_cast<double>(exp_f(comorbid));
        const double planned = base * static_cast<double>(h.baseline_planned_share), unplanned = base - planned;
        double emergency = unplanned, all_days = base * days(0, p.age), by_condition = 0;
        for (std::uint64_t left = p.conditions.present(); left != 0; left &= left - 1) {
            const int c = std::countr_zero(left) / 3;
            const auto& table = t_.disease.condition[static_cast<std::size_t>(c)];
            const auto stage = static_cast<std::size_t>(p.conditions.stage(c));
            add(t_.need.exacerbation_service, static_cast<double>(table.exacerbation[stage]) / 12);
            if (table.cause < 0)
                continue;
            const double rate = static_cast<double>(table.admission[stage]) / 12;
            by_condition += rate;
            all_days += rate * days(table.cause, p.age);
            emergency += catalogue_.causes[static_cast<std::size_t>(table.cause)].planned ? 0 : rate;
        }
        const double death = static_cast<double>(t_.mortality.base_month[p.region][p.sex][age]) *
                             static_cast<double>(exp_f(model::log_death_multiplier(prepared_, facts_) + t_.mortality.log_quintile[p.sex][p.quintile] + t_.mortality.log_education[p.sex][p.education] -
                                                       t_.mortality.log_norm[p.sex][static_cast<std::size_t>(band_of(p.age))]));
        const double last = death * static_cast<double>(h.death_in_hospital) * (p.resident() ? 0.5 : 1.1);
        all_days += last * days(0, p.age);
        emergency += last;
        out_.unplanned_stays += unplanned + last;
        out_.planned_stays += planned;
        out_.condition_stays += by_condition;
        out_.hospital_days += all_days;
        add(named_.hospital_day, all_days);
        add(named_.emergency, emergency * static_cast<double>(h.emergency_before_unplanned));
    }

    struct Planned {
        int service;
        double units, received;
    };
    const model::Tables& t_;
    const Reference& reference_;
    const world::Catalogue& catalogue_;
    model::PreparedHazards prepared_;
    SparseMix mix_;
    Named named_;
    model::PersonFacts facts_;
    std::size_t sex_ = 0, band_ = 0;   // of the person in hand
    BySexBand<double> people_{};
    std::vector<Planned> planned_;
    NationalDemand out_;
};

}  // namespace

NationalDemand expected_demand(const model::Tables& tables, const Reference& reference, const world::Catalogue& catalogue) {
    return Counting(tables, reference, catalogue).count();
}

}  // namespace tresse::build
