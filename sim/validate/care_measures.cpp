#include <algorithm>
#include <cmath>

#include "tresse/core/check.hpp"

#include "measures.hpp"

/// Measures of use, money, supply and of how both are spread.
namespace tresse::validate {

using measure::Value;
using world::GroupCount;

namespace {

constexpr double million = 1e6;

const measure::YearRecord& year_of(const Future& f) { return f.record->years.front(); }
double scale_of(const Future& f) { return f.record->sample; }

constexpr std::array<int, world::age_bands> band_from = {0, 5, 15, 25, 45, 55, 65, 75, 85, 95};

/// Sum over the groups of the sexes and ages that a row wants; of a region over its places, which know no age.
double sum_of(const Row& row, const Future& f, const Evidence& e, GroupCount what) {
    double sum = 0;
    if (row.band.region >= 0) {
        for (std::size_t p = 0; p < year_of(f).places.size(); ++p)
            if (e.scenario->catalogue->places[p].region == row.band.region && !year_of(f).places[p].counts.empty())
                sum += static_cast<double>(year_of(f).places[p].counts[static_cast<std::size_t>(what)]);
        return sum;
    }
    for (int g = 0; g < world::groups; ++g) {
        const world::GroupParts p = world::group_parts(g);
        const int from = band_from[static_cast<std::size_t>(p.band)];
        if ((row.band.sex < 0 || p.sex == row.band.sex) && from >= row.band.age_from && from <= row.band.age_to)
            sum += static_cast<double>(year_of(f).book.group(what, g));
    }
    return sum;
}

Measured millions(double n, const Future& f) { return counted(n, scale_of(f) / million); }

Measured gp_contacts(const Row& row, const Future& f, const Evidence& e) { return millions(sum_of(row, f, e, GroupCount::gp_contacts), f); }
Measured specialist_contacts(const Row& row, const Future& f, const Evidence& e) { return millions(sum_of(row, f, e, GroupCount::specialist_contacts), f); }
Measured emergency_visits(const Row& row, const Future& f, const Evidence& e) { return millions(sum_of(row, f, e, GroupCount::emergency_visits), f); }
Measured stays(const Row& row, const Future& f, const Evidence& e) { return millions(sum_of(row, f, e, GroupCount::admissions), f); }

Measured any_gp(const Row& row, const Future& f, const Evidence& e) {
    return share_of(sum_of(row, f, e, GroupCount::census_gp_user), sum_of(row, f, e, GroupCount::census_persons), false);
}
Measured any_specialist(const Row& row, const Future& f, const Evidence& e) {
    return share_of(sum_of(row, f, e, GroupCount::census_specialist_user), sum_of(row, f, e, GroupCount::census_persons), false);
}
/// A mean per person; 1.2: the spread of contacts over their mean.
Measured mean_per(double n, double persons) {
    if (!(persons > 0))
        return {};
    return {n / persons, 1.2 * n / persons / std::sqrt(persons), false};
}
Measured gp_per_user(const Row& row, const Future& f, const Evidence& e) {
    return mean_per(sum_of(row, f, e, GroupCount::census_upc_all), sum_of(row, f, e, GroupCount::census_gp_user));
}
Measured gp_loyal(const Row& row, const Future& f, const Evidence& e) {
    return share_of(sum_of(row, f, e, GroupCount::census_gp_loyal), sum_of(row, f, e, GroupCount::census_gp_user), false);
}
Measured upc(const Row& row, const Future& f, const Evidence& e) {
    const Measured m = share_of(sum_of(row, f, e, GroupCount::census_upc_own), sum_of(row, f, e, GroupCount::census_upc_all), false);
    return m.value ? Measured{*m.value / 100, m.error / 100, false} : Measured{};
}

Measured usual_practice(const Row& row, const Future& f, const Evidence& e) {
    return share_of(sum_of(row, f, e, GroupCount::census_upc_own), sum_of(row, f, e, GroupCount::census_upc_all), false);
}

Measured stays_per_1000(const Row& row, const Future& f, const Evidence& e) {
    const double n = sum_of(row, f, e, GroupCount::admissions), years = sum_of(row, f, e, GroupCount::person_months) / 12;
    if (!(years > 0))
        return {};
    return {1000 * n / years, 1000 * std::sqrt(std::max(1.0, n)) / years, false};
}
Measured stays_share_65(const Row& row, const Future& f, const Evidence& e) {
    Row old = row;
    old.band.age_from = 65;
    return share_of(sum_of(old, f, e, GroupCount::admissions), sum_of(row, f, e, GroupCount::admissions), false);
}
Measured length_of_stay(const Row& row, const Future& f, const Evidence& e) {
    Measured m = mean_per(sum_of(row, f, e, GroupCount::hospital_days), sum_of(row, f, e, GroupCount::admissions));
    return m;
}
Measured with_stay(const Row& row, const Future& f, const Evidence&) {
    double some = 0, all = 0;
    const measure::PersonYear& p = year_of(f).persons;
    for (int s = 0; s < 2; ++s)
        for (int k = 0; k < fives; ++k)
            if ((row.band.sex < 0 || s == row.band.sex) && k * 5 + 4 >= row.band.age_from && k * 5 <= row.band.age_to) {
                some += static_cast<double>(p.year(measure::YearCount::with_stay, s, k));
                all += static_cast<double>(p.year(measure::YearCount::persons, s, k));
            }
    return share_of(some, all, false);
}
Measured deaths_in_hospital(const Row& row, const Future& f, const Evidence& e) {
    return share_of(sum_of(row, f, e, GroupCount::deaths_in_hospital), sum_of(row, f, e, GroupCount::deaths), false);
}
Measured residents(const Row& row, const Future& f, const Evidence& e) {
    return counted(sum_of(row, f, e, GroupCount::nursing_home_months) / 12, scale_of(f), true);
}
Measured readmitted(const Row& row, const Future& f, const Evidence& e) {
    return share_of(sum_of(row, f, e, GroupCount::readmissions), sum_of(row, f, e, GroupCount::discharges), false);
}
Measured avoidable(const Row& row, const Future& f, const Evidence& e) {
    const double n = sum_of(row, f, e, GroupCount::avoidable), years = sum_of(row, f, e, GroupCount::person_months) / 12;
    if (!(years > 0))
        return {};
    return {500 * n / years, 500 * std::sqrt(std::max(1.0, n)) / years, false};
}

Measured stays_of(const Row& row, const Future& f, const Evidence& e) {
    const int cause = e.scenario->catalogue->cause(row.band.of);
    if (cause < 0)
        return {};
    return counted(static_cast<double>(year_of(f).book.cause(world::CauseCount::stays, cause)), scale_of(f));
}

/// "account/rule+rule": what an account paid under rules, refunds taken off; "*" = all rules; "regions" = the federated bodies.
struct Payment {
    std::vector<std::string> accounts, rules;
};
Payment payment_of(const std::string& of, const world::Catalogue& catalogue) {
    Payment out;
    const std::size_t slash = of.find('/');
    const std::string who = of.substr(0, slash);
    if (who == "regions") {
        for (int a = 0; a < catalogue.first_flow; ++a)
            if (catalogue.accounts[static_cast<std::size_t>(a)].level == world::Level::federated)
                out.accounts.push_back(catalogue.accounts[static_cast<std::size_t>(a)].id);
    } else {
        out.accounts.push_back(who);
    }
    std::size_t from = slash == std::string::npos ? of.size() : slash + 1;
    while (from < of.size()) {
        const std::size_t to = std::min(of.find('+', from), of.size());
        out.rules.push_back(of.substr(from, to - from));
        from = to + 1;
    }
    return out;
}

Measured paid(const Row& row, const Future& f, const Evidence& e) {
    const world::Catalogue& c = *e.scenario->catalogue;
    const Payment p = payment_of(row.band.of, c);
    double cents = 0;
    for (const world::Posting& posting : year_of(f).postings) {
        const std::string& rule = c.rules[static_cast<std::size_t>(posting.rule)];
        if (p.rules.front() != "*" && std::find(p.rules.begin(), p.rules.end(), rule) == p.rules.end())
            continue;
        const auto is = [&](int account) { return std::find(p.accounts.begin(), p.accounts.end(), c.accounts[static_cast<std::size_t>(account)].id) != p.accounts.end(); };
        const bool financing = c.accounts[static_cast<std::size_t>(posting.from)].id.starts_with("financing_");
        if (is(posting.from))
            cents += static_cast<double>(posting.cents);
        else if (is(posting.to) && !financing)
            cents -= static_cast<double>(posting.cents);
    }
    return {cents * scale_of(f) / 100 / million, 0, false};
}

Measured shares(const Row& row, const Future& f, const Evidence& e) { return {sum_of(row, f, e, GroupCount::cents_share) * scale_of(f) / 100 / million, 0, false}; }

/// What a general hospital earned: the house, its departments, the emergency and day departments, imaging and laboratory.
Measured earned(const Row&, const Future& f, const Evidence& e) {
    const world::Catalogue& c = *e.scenario->catalogue;
    double cents = 0;
    for (const world::Posting& posting : year_of(f).postings) {
        const std::string& to = c.accounts[static_cast<std::size_t>(posting.to)].id;
        const bool hospital = to == "income_general_hospital" || to == "income_day_hospital" || to == "income_imaging_lab" || (to.starts_with("income_") && to.ends_with("_department"));
        cents += hospital ? static_cast<double>(posting.cents) : 0.0;
    }
    return {cents * scale_of(f) / 100 / million, 0, false};
}

Measured kinds_of(const Row& row, const Future& f, const Evidence& e, bool filled) {
    double milli = 0;
    for (const std::string& id : payment_of("x/" + row.band.of, *e.scenario->catalogue).rules) {
        const int kind = e.scenario->catalogue->kind(id);
        if (kind < 0)
            return {};
        const measure::KindYear& k = year_of(f).kinds[static_cast<std::size_t>(kind)];
        milli += static_cast<double>(filled ? k.filled : k.posts);
    }
    return {milli / 1000 / year_of(f).months * scale_of(f), 0, true};
}
Measured posts(const Row& row, const Future& f, const Evidence& e) { return kinds_of(row, f, e, true); }
Measured beds(const Row& row, const Future& f, const Evidence& e) { return kinds_of(row, f, e, false); }

Measured without_care(const Row& row, const Future& f, const Evidence& e) {
    const GroupCount what = row.band.of == "money" ? GroupCount::census_without_money : row.band.of == "distance" ? GroupCount::census_without_distance : row.band.of == "waiting" ? GroupCount::census_without_waiting : GroupCount::census_without_care;
    return share_of(sum_of(row, f, e, what), sum_of(row, f, e, GroupCount::census_persons), false);
}

Measured distribution(const Row& row, const Future& f, const Evidence&) {
    const auto all = measure::distributions();
    const auto at = std::find_if(all.begin(), all.end(), [&](const measure::Distribution& d) { return d.id == row.band.of; });
    if (at == all.end())
        return {};
    return {measure::distribution_values(year_of(f))[static_cast<std::size_t>(at - all.begin())], 0, false};
}

/// Size of the negative binomial by moments: mean squared over the variance beyond the mean.
Measured dispersion(const Row& row, const Future& f, const Evidence& e) {
    const double n = sum_of(row, f, e, GroupCount::census_persons);
    if (!(n > 1))
        return {};
    const double mean = sum_of(row, f, e, GroupCount::census_upc_all) / n;
    const double variance = sum_of(row, f, e, GroupCount::census_gp_squares) / n - mean * mean;
    if (!(variance > mean))
        return {};
    return {mean * mean / (variance - mean), 0, false};
}

}  // namespace

std::vector<MeasureWord> care_measures() {
    return {{"gp_contacts", gp_contacts, nullptr},
            {"specialist_contacts", specialist_contacts, nullptr},
            {"emergency_visits", emergency_visits, nullptr},
            {"stays", stays, nullptr},
            {"any_gp", any_gp, nullptr},
            {"any_specialist", any_specialist, nullptr},
            {"gp_per_user", gp_per_user, nullptr},
            {"gp_loyal", gp_loyal, nullptr},
            {"usual_practice", usual_practice, nullptr},
            {"upc", upc, nullptr},
            {"stays_per_1000", stays_per_1000, nullptr},
            {"stays_share_65", stays_share_65, nullptr},
            {"length_of_stay", length_of_stay, nullptr},
            {"with_stay", with_stay, nullptr},
            {"deaths_in_hospital", deaths_in_hospital, nullptr},
            {"residents", residents, nullptr},
            {"readmitted", readmitted, nullptr},
            {"avoidable", avoidable, nullptr},
            {"stays_of", stays_of, nullptr},
            {"paid", paid, nullptr},
            {"shares", shares, nullptr},
            {"earned", earned, nullptr},
            {"posts", posts, nullptr},
            {"beds", beds, nullptr},
            {"without_care", without_care, nullptr},
            {"distribution", distribution, nullptr},
            {"dispersion", dispersion, nullptr}};
}

}  // namespace tresse::validate
