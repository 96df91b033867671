#include "tresse/scenario/funding_keys.hpp"

#include "key_rows.hpp"

namespace tresse::scenario {

namespace {

constexpr const char* estimate = "EUR: {value, low, high, source}";

constexpr KeyRow rule_rows[] = {
    {"id", "word", "small letters, digits, hyphens", "must", "name of the rule in scenarios and in the ledger"},
    {"title", "text in en, fr, nl, de", "", "must", "heading"},
    {"in_words", "text in en, fr, nl, de", "", "must", "what it pays, in one or two sentences"},
    {"in_force", "months", "{from: 2024-04, to: 2026-12}", "must; to: never ends", "both months included"},
    {"only_when_used", "true or false", "", "false", "true: the rule is silent until an arm uses it"},
    {"payer", "account of payers.yaml, or competent_federated", "", "must, unless split", "who pays; competent_federated lets the municipality decide"},
    {"split", "shares by account", "add to 1", "none", "several payers, in the place of payer"},
    {"matter", "word of payers.yaml", "", "person matters", "for which an entity may have other competent bodies (home_help, children_prevention)"},
    {"paid_through", "word", "sickness_funds", "none", "who hands the money over without being the payer"},
    {"payee", "provider kind, organisation or household", "", "none", "who receives; must for payments per person"},
    {"applies_to.practice.contract", "contract class", "of providers.yaml", "all", "only providers with this contract"},
    {"applies_to.person", "facts", "see when", "everybody", "only these persons"},
    {"replaces", "list of rules", "", "none", "whose place it takes for the same contacts and persons"},
    {"leaves_as_is", "list of words", "", "none", "said for the reader; changes nothing"},
    {"money.amounts_of", "year", "1990 to 2100", "must", "price year of the amounts; also in a pay or a patient_share"},
    {"money.indexation", "index of the region pack", "health_index, nihdi_fees, none", "must", "how they move to another year"},
    {"pays[].id", "word", "", "must", "name of the payment"},
    {"pays[].unit", "word", "contact, day, stay, episode, person_month, person_quarter, person_year, practice_year, organisation_year, population_year", "must", "what is counted"},
    {"pays[].service, services", "service of services.yaml", "", "must for contacts, days, stays, episodes", "what is priced; a payment per person may book under one"},
    {"pays[].when", "facts", "age_from, age_to, increased_reimbursement, global_medical_record, medical_house, chronic_status, nursing_home, dependence_from, dependence_to, care_trajectory, region, diagnosed",
     "everybody", "only these persons"},
    {"pays[].when (payments per person)", "state and history",
     "care_plan, case_manager, informal_carer; stage: {condition, from, to}; seen: [roles]; shares_two_years_from_eur; spending_last_year_from_eur", "not asked",
     "also in applies_to.person; tested when the payment is made"},
    {"pays[].gate", "indicators of the rule", "", "none", "the payment is made only for persons for whom these are done"},
    {"pays[].eur", estimate, "0 to 10 million", "one amount is a must", "received by the payee, the patient's share included"},
    {"pays[].eur_when", "list of {when, eur}", "", "none", "the first case that holds takes the place of eur"},
    {"pays[].eur_by_age", "table", "columns from_age, to_age, eur", "none", "by age without gaps or overlaps; other ages get nothing"},
    {"pays[].eur_by_age_and_status", "table", "columns from_age, to_age, ordinary, increased_reimbursement", "none", "the same by status"},
    {"pays[].eur_by_steps", "by, known_point, between, nurse_hours_per_1000_records", "practice_year", "none", "premium in proportion to the smaller of records and nurse hours; the model has no nurses in practices, so their hours follow the records"},
    {"pays[].patient_share", "none, or a map with eur, share_of_eur or as", "", "must for contacts, days, stays, episodes", "what the patient pays of it"},
    {"pays[].patient_share.eur_when, share_of_eur_when", "list of {when, eur or share_of_eur}", "", "none", "the first case that holds"},
    {"pays[].patient_share.waived_when", "list of facts", "", "none", "nothing is due when one of these holds"},
    {"pays[].patient_share.as", "rule", "", "none", "as under another rule; needs source"},
    {"pays[].patient_share.counts_for_ceiling", "true or false", "", "true", "false: outside the maximum billing"},
    {"pays[].extra", "eur and eur_when", "", "none", "paid by the household beside eur, outside the maximum billing"},
    {"pays[].paid", "every: month, quarter or year; months; from", "", "the unit's own period", "rhythm of payments per person"},
    {"pays[].closed_budget", "fixed_share; eur_per_person or eur_per_person_by_age; growth_per_year", "", "none", "a budget of the inhabitants; eur is then the advance a point, with the patient's share"},
    {"pays[].grant", "for: coordination or actions; years: {from, to}", "organisation_year", "none", "years of the organisation, from 1"},
    {"pays[].savings_share", "forecast, losses, share, outliers_above_percentile, reinvested_share, first_year_step, trend_per_year, quality_gate: {measure, at_most_times_last_year}", "population_year", "none", "a part of what was saved against the forecast"},
    {"pays[].benefit", "word", "primary_incapacity, invalidity", "none", "income of people on sick leave"},
    {"pays[].household_ceiling", "bands, increased_reimbursement_eur, chronic_reduction_eur", "", "none", "maximum billing: shares above it are refunded"},
    {"indicators[].id, says", "word; text in four languages", "", "must", "a recorded act that a gate asks for"},
    {"indicators[].seen", "list of roles", "roles that stand alone in the team", "must", "at a contact with one of these, in this or the last calendar year"},
    {"indicators[].share_without_payment", "estimate: share", "0 to 1", "must", "of those seen, in a calendar year, as long as nobody pays for it"},
    {"indicators[].gain_when_paid", "estimate: share", "0 to 1", "must", "added to that share where a payment is gated on it; 0: no answer"},
    {"indicators[].minutes", "estimate: minutes", "0 to 600", "must", "of the payee, for each act that is done because it is paid"},
    {"limits[]", "id, rule, share_max, if_exceeded", "", "none", "a share of contacts that must not be passed: an event, no money"},
    {"checks[]", "says, person, contract, municipality, contacts, months, year, expect", "", "none", "a worked example; one that does not hold makes the file invalid"},
    {"checks[].not_done", "indicators of the rule", "", "none: all are done", "gates that do not hold in the example"},
    {"checks[].expect", "EUR", "practice_gets_eur, payee_gets_eur, person_pays_eur, person_pays_outside_ceiling_eur, <account>_pays_eur, within", "must", "what the example must come to"},
    {"checks[].tariff", "pay, year", "", "none", "an amount once indexed, in the place of contacts; expect: {eur, within}"},
    {"what_we_do_not_know", "text", "", "empty", "shown by explain"},
};

constexpr KeyRow payer_rows[] = {
    {"accounts[]", "id, level, name", "level: federal, federated, local, private, organisation", "must", "who can pay"},
    {"accounts[].use", "word", "care, income_replacement", "care", "income_replacement: what it pays households is income beside care, as sickness benefits"},
    {"published[].id, name, account, rules", "word, text, account, rules", "", "none", "a sector of published spending, who paid it and which rules stand for it"},
    {"published[].eur_per_head", "estimate: EUR a head and year", "0 to 1 million", "must", "of the whole country, in euros of 2025"},
    {"published[].tolerance", "share", "0 to 1", "must", "within which simulated spending is called right; declared before it is looked at"},
    {"competent_federated[].region", "word", "flanders, brussels, wallonia", "must, unless municipalities", "where the body is competent"},
    {"competent_federated[].municipalities", "list of NIS numbers", "", "none", "places that come before their region's row"},
    {"competent_federated[].account", "account", "federated", "must", "the competent body for person matters"},
    {"competent_federated[].except", "matter: account, or {accounts: {id: share}, source}", "shares add to 1", "none", "other bodies for one matter"},
};

}  // namespace

std::vector<KeyDoc> funding_keys() {
    std::vector<KeyDoc> out;
    add_keys("funding_rule", rule_rows, out);
    add_keys("payers", payer_rows, out);
    return out;
}

}  // namespace tresse::scenario
