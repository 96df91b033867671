#include "tresse/funding/rule.hpp"

#include <algorithm>

#include "tresse/core/check.hpp"

namespace tresse::funding {

namespace {

constexpr std::array<std::string_view, static_cast<std::size_t>(Unit::count)> words{
    "contact", "person_month", "person_quarter", "person_year", "practice_year", "organisation_year", "day", "stay", "episode", "population_year", "indicator_point"};

bool flag_holds(std::int8_t asked, bool is) { return asked < 0 || (asked != 0) == is; }

void append(std::vector<const Uncertain*>& out, const Amount& amount) {
    if (!amount.given) return;
    if (amount.bands.empty()) out.push_back(&amount.plain);
    for (const auto& one : amount.cases) out.push_back(&one.eur);
    for (const auto& band : amount.bands)
        for (const auto& eur : band.eur) out.push_back(&eur);
}

}  // namespace

std::string_view unit_word(Unit unit) {
    TRESSE_CHECK(unit < Unit::count, "a unit is one of the list");
    return words[static_cast<std::size_t>(unit)];
}

std::vector<std::string> unit_words() { return {words.begin(), words.end()}; }

int unit_months(Unit unit) {
    return unit == Unit::person_month ? 1 : unit == Unit::person_quarter ? 3 : unit == Unit::person_year ? 12 : 0;
}

std::vector<std::string> trajectory_words() { return {"diabetes", "kidney", "other"}; }

bool When::holds(const Facts& f) const {
    return f.age >= age_from && f.age <= age_to && flag_holds(increased_reimbursement, f.increased_reimbursement) && flag_holds(global_record, f.global_record) &&
           flag_holds(medical_house, f.medical_house) && flag_holds(chronic_status, f.chronic_status) && flag_holds(nursing_home, f.nursing_home) &&
           (trajectories == 0 || (trajectories & f.trajectories) != 0) && f.dependence >= dependence_from && f.dependence <= dependence_to &&
           (regions >> f.region & 1) != 0 && (conditions == 0 || (conditions & f.conditions) != 0);
}

bool When::always() const {
    return age_from <= 0 && age_to >= world::oldest_age && increased_reimbursement < 0 && global_record < 0 && medical_house < 0 && chronic_status < 0 &&
           nursing_home < 0 && trajectories == 0 && dependence_from <= 0 && dependence_to >= 3 && regions == 7 && conditions == 0 && !state.any();
}

const Uncertain* Amount::of(const Facts& facts) const {
    if (!bands.empty()) {
        for (const auto& band : bands)
            if (facts.age >= band.from_age && facts.age <= band.to_age) return &band.eur[facts.increased_reimbursement ? 1 : 0];
        return nullptr;
    }
    for (const auto& one : cases)
        if (one.when.holds(facts)) return &one.eur;
    return &plain;
}

std::vector<const Uncertain*> uncertain_of(const RuleSpec& rule) {
    std::vector<const Uncertain*> out;
    for (const auto& one : rule.indicators) out.insert(out.end(), {&one.share_without_payment, &one.gain_when_paid, &one.minutes});
    for (const auto& pay : rule.pays) {
        append(out, pay.eur);
        append(out, pay.extra);
        append(out, pay.share.amount);
        append(out, pay.closed.eur_per_person);
        if (pay.closed.given) out.push_back(&pay.closed.fixed_share);
        if (pay.steps.given) out.push_back(&pay.steps.eur);
        if (pay.savings.given) out.push_back(&pay.savings.trend_per_year);
        for (const auto& band : pay.ceiling.bands) out.push_back(&band.ceiling);
        if (pay.ceiling.given) out.insert(out.end(), {&pay.ceiling.increased_reimbursement, &pay.ceiling.chronic_reduction});
    }
    return out;
}

std::vector<std::string> contract_names(const std::vector<RuleSpec>& rules) {
    std::vector<std::string> out{"standard"};
    for (const auto& rule : rules)
        if (!rule.contract.empty() && std::find(out.begin(), out.end(), rule.contract) == out.end()) out.push_back(rule.contract);
    return out;
}

}  // namespace tresse::funding
