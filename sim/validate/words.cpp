#include <map>

#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"

#include "measures.hpp"

/// What rows, units and verdicts are called.
namespace tresse::validate {

using text::fill;
using text::tr;

std::string distribution_words(const measure::Distribution& d) {
    return tr(d.name) + (d.ages.empty() ? "" : ", " + std::string(d.ages)) + (d.fifth < 0 ? "" : ", " + fill(tr("income fifth {n}"), {{"n", d.fifth + 1}}));
}

namespace {

std::string measure_name(const Row& row, const Evidence& e) {
    const std::string& m = row.band.measure;
    const world::Catalogue& c = *e.scenario->catalogue;
    const std::string condition = row.condition >= 0 ? tr(c.conditions[static_cast<std::size_t>(row.condition)].name) : std::string();
    const auto of_condition = [&](const std::string& pattern) { return fill(pattern, {{"what", condition}}); };
    if (m == "prevalent" || m == "prevalent_share")
        return of_condition(row.band.of.ends_with("/known") ? tr("People who know that they have: {what}") : tr("People who have: {what}"));
    if (m == "prevalence")
        return of_condition(tr("Cases against the table: {what}"));
    if (m == "onsets")
        return of_condition(tr("New cases: {what}"));
    if (m == "stays_of") {
        const int cause = c.cause(row.band.of);
        return fill(tr("Stays caused by: {what}"), {{"what", cause >= 0 ? tr(c.causes[static_cast<std::size_t>(cause)].name) : row.band.of}});
    }
    if (m == "distribution")
        for (const measure::Distribution& d : measure::distributions())
            if (d.id == row.band.of)
                return distribution_words(d);
    const std::map<std::string, std::string> plain = {
        {"population", tr("Inhabitants")},
        {"share_of_age", tr("Share of people")},
        {"births", tr("Births")},
        {"deaths", tr("Deaths")},
        {"net_migration", tr("Arrivals less departures")},
        {"alone", tr("Households of one person")},
        {"work", row.band.of == "employed" ? tr("People with work") : tr("Share of people by work")},
        {"long_absent", tr("Off work for more than a year")},
        {"daily_smoking", tr("Daily smokers")},
        {"life_expectancy", tr("Life expectancy")},
        {"deaths_of_table", tr("Deaths against the life table")},
        {"education_gap", tr("Life expectancy, high less low diploma")},
        {"income_gap", tr("Life expectancy, highest less lowest fifth")},
        {"reports_illness", tr("People with a long illness")},
        {"poor_health_by_diploma", row.band.of == "low" ? tr("Health less than good, low diploma") : tr("Health less than good, high diploma")},
        {"utility", tr("Mean quality of life (EQ-5D)")},
        {"quality_life_expectancy", tr("Quality-adjusted life expectancy")},
        {"reimbursed", tr("Increased reimbursement")},
        {"gp_contacts", tr("Contacts with GPs")},
        {"specialist_contacts", tr("Consultations of specialists")},
        {"emergency_visits", tr("Visits to emergency departments")},
        {"stays", tr("Stays in hospital")},
        {"any_gp", tr("People who see a GP in the year")},
        {"any_specialist", tr("People who see a specialist in the year")},
        {"gp_per_user", tr("GP contacts of those who have one")},
        {"gp_loyal", tr("Three GP contacts in four with one practice")},
        {"usual_practice", tr("Loyal to one practice")},
        {"upc", tr("Part of GP contacts with the own practice")},
        {"stays_per_1000", tr("Stays in hospital per 1 000")},
        {"stays_share_65", tr("Part of stays at 65 and over")},
        {"length_of_stay", tr("Length of a stay")},
        {"with_stay", tr("People with a stay in the year")},
        {"deaths_in_hospital", tr("Deaths in hospital")},
        {"residents", tr("Residents of nursing homes")},
        {"readmitted", tr("Back in hospital within 30 days")},
        {"avoidable", tr("Avoidable admissions")},
        {"shares", tr("Statutory shares of patients")},
        {"earned", tr("Turnover of general hospitals")},
        {"without_care", tr("Went without care for money")},
        {"dispersion", tr("Spread of GP contacts (negative binomial size)")},
    };
    const auto found = plain.find(m);
    return found != plain.end() ? found->second : m;
}

/// Accounts and sectors of payments, kinds of posts: by the id of the row.
std::string named_row(const std::string& id) {
    const std::map<std::string, std::string> words = {
        {"insurance_2025", tr("Federal insurance, total")},
        {"physicians", tr("Insurance: physicians' fees")},
        {"hospital_budget", tr("Insurance: hospital budget, day hospital")},
        {"medicines", tr("Insurance: medicines")},
        {"hospital_medicines", tr("Insurance: medicines given in hospitals")},
        {"home_nursing", tr("Insurance: home nursing")},
        {"physiotherapy", tr("Insurance: physiotherapy")},
        {"dialysis", tr("Insurance: dialysis")},
        {"psychologists", tr("Insurance: psychologists")},
        {"maximum_billing", tr("Insurance: refunds above the ceiling")},
        {"medical_houses", tr("Insurance: medical houses")},
        {"rest_of_insurance", tr("Insurance: outside the modelled services")},
        {"gp_insurance_part", tr("Insurance: GP consultations and visits")},
        {"hospital_supplements", tr("Households: supplements in hospital")},
        {"nursing_homes_public", tr("Regions: nursing homes")},
        {"nursing_homes_residents", tr("Residents: nursing homes")},
        {"home_help_public", tr("Regions: home help")},
        {"gp_fte", tr("GPs, full-time equivalents")},
        {"beds", tr("Hospital beds, not psychiatric")},
        {"care_home_places", tr("Places in nursing homes")},
    };
    const auto found = words.find(id);
    return found != words.end() ? found->second : std::string();
}


std::string region_name(int region) {
    return region == 0 ? tr("Flanders") : region == 1 ? tr("Brussels") : tr("Wallonia");
}

/// ", women, 65-74, Flanders".
std::string of_whom(const scenario::Band& b) {
    std::string out;
    if (b.sex >= 0)
        out += ", " + (b.sex == 0 ? tr("women") : tr("men"));
    if (b.measure == "life_expectancy" || b.measure == "quality_life_expectancy" || b.measure == "education_gap" || b.measure == "income_gap")
        out += ", " + (b.age_from == 0 ? tr("at birth") : fill(tr("at {age}"), {{"age", b.age_from}}));
    else if (b.age_from > 0 && b.age_to >= 110)
        out += ", " + std::to_string(b.age_from) + "+";
    else if (b.age_to < 110)
        out += ", " + std::to_string(b.age_from) + "-" + std::to_string(b.age_to);
    if (b.region >= 0)
        out += ", " + region_name(b.region);
    return out;
}

}  // namespace

std::string label_of(const Row& row, const Evidence& e) {
    const std::string own = named_row(row.band.id);
    return (own.empty() ? measure_name(row, e) : own) + (own.empty() ? of_whom(row.band) : "");
}

std::string unit_words(const std::string& unit) {
    const std::map<std::string, std::string> words = {
        {"persons", tr("persons")},           {"percent", tr("%")},
        {"a_year", tr("a year")},             {"percent_of_households", tr("% of households")},
        {"years", tr("years")},               {"ratio", tr("ratio")},
        {"index", tr("index")},               {"qaly", tr("quality-adjusted years")},
        {"percent_of_table", tr("% of the table")}, {"million_a_year", tr("million a year")},
        {"per_1000", tr("per 1 000")},        {"days", tr("days")},
        {"percent_of_deaths", tr("% of deaths")}, {"million_eur", tr("million EUR")},
        {"fte", tr("full-time equivalents")}, {"beds", tr("beds")},
        {"k", tr("size k")},                  {"per_1000_half_year", tr("per 1 000 in six months")},
    };
    const auto found = words.find(unit);
    return found != words.end() ? found->second : unit;
}

std::string group_words(scenario::BandGroup group) {
    using scenario::BandGroup;
    switch (group) {
    case BandGroup::people:
        return tr("People");
    case BandGroup::mortality:
        return tr("Mortality");
    case BandGroup::health:
        return tr("Health");
    case BandGroup::use:
        return tr("Use of care");
    case BandGroup::money:
        return tr("Money");
    case BandGroup::equity:
        return tr("Equity");
    case BandGroup::supply:
        return tr("Supply");
    case BandGroup::spread:
        return tr("Spread over people, foreign shapes");
    }
    return "";
}

std::string outcome_words(Outcome outcome) {
    switch (outcome) {
    case Outcome::pass:
        return tr("pass");
    case Outcome::near:
        return tr("near");
    case Outcome::fail:
        return tr("fail");
    case Outcome::not_modelled:
        break;
    }
    return tr("not modelled");
}

int digits_of(const Finding& f) {
    const double size = f.target < 0 ? -f.target : f.target;
    if (f.unit == "index" || f.unit == "ratio" || f.unit == "k")
        return 3;
    return size >= 1000 ? 0 : size >= 20 ? 1 : 2;
}

}  // namespace tresse::validate
