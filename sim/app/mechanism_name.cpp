#include "tresse/app/mechanism_name.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"

namespace tresse::app {

namespace {

using text::fill;
using text::tr;

std::vector<std::pair<std::string, std::string>> standard_names() {
    return {
        {"birth", tr("births")},
        {"death", tr("deaths")},
        {"departure", tr("people who leave the area")},
        {"arrival", tr("people who arrive in the area")},
        {"move", tr("moves to another home")},
        {"union_formed", tr("couples formed")},
        {"separation", tr("couples separated")},
        {"left_parents", tr("young people who leave their parents")},
        {"retired", tr("people who retire")},
        {"nursing_home_entered", tr("people who enter a nursing home")},
        {"smoking_started", tr("people who start smoking")},
        {"smoking_stopped", tr("people who stop smoking")},
        {"weight_changed", tr("weight gained or lost")},
        {"activity_changed", tr("more or less active people")},
        {"onset", tr("new illnesses")},
        {"progression", tr("illnesses that get worse")},
        {"step_down", tr("illnesses that get lighter")},
        {"remission", tr("remissions")},
        {"exacerbation", tr("exacerbations")},
        {"diagnosis", tr("diagnoses")},
        {"need_planned", tr("planned needs for care")},
        {"need_baseline", tr("ordinary needs for care")},
        {"need_standing", tr("standing needs for care")},
        {"price_response", tr("answers to a price")},
        {"ceiling_reached", tr("ceilings of own payments reached")},
        {"forgone_money", tr("care forgone for money")},
        {"forgone_distance", tr("care forgone for distance")},
        {"forgone_waiting", tr("care forgone for waiting")},
        {"waited", tr("contacts after waiting")},
        {"served_pool", tr("contacts with another provider than the own")},
        {"moved_out_of_hours", tr("contacts moved to the out-of-hours post")},
        {"moved_emergency", tr("contacts moved to the emergency department")},
        {"gave_up", tr("people who give up asking")},
        {"overtime", tr("months in which a provider works over its time")},
        {"repeated_test", tr("tests made twice")},
        {"record_read", tr("contacts with the shared record at hand")},
        {"plan_made", tr("care plans made")},
        {"admission_planned", tr("planned admissions")},
        {"admission_unplanned", tr("unplanned admissions")},
        {"readmission", tr("admissions within 30 days")},
        {"avoidable_admission", tr("avoidable admissions")},
        {"discharge", tr("discharges")},
        {"death_in_hospital", tr("deaths in hospital")},
        {"bed_blocked", tr("beds blocked")},
        {"dependence_worse", tr("people who become more dependent")},
        {"dependence_better", tr("people who become less dependent")},
        {"refund", tr("refunds above the ceiling")},
        {"capitation", tr("capitation payments")},
        {"closed_budget", tr("payments of closed budgets")},
        {"benefit", tr("sickness benefits")},
        {"supplement", tr("supplements paid")},
        {"burnt_out", tr("care workers who burn out")},
        {"recovered", tr("care workers who recover")},
        {"exit", tr("care workers who leave")},
        {"vacancy_filled", tr("vacancies filled")},
        {"record_adopted", tr("providers that join a shared record")},
        {"guideline_adopted", tr("providers that adopt a guideline")},
        {"carer_strained", tr("family carers under strain")},
        {"carer_lost", tr("family carers lost")},
        {"carer_found", tr("family carers found")},
        {"sick_leave_started", tr("sick leaves started")},
        {"returned_to_work", tr("returns to work")},
        {"disability_started", tr("disabilities started")},
        {"work_lost", tr("jobs lost")},
        {"person_payment", tr("bonuses paid for people")},
        {"gate_closed", tr("people outside a rule's limits")},
        {"act_for_payment", tr("acts done for the payment")},
        {"budget_closed", tr("budgets used up")},
        {"practice_premium", tr("premiums of practices")},
        {"limit_exceeded", tr("limits exceeded")},
        {"contact_added", tr("contacts added by providers")},
        {"contact_left_out", tr("contacts left out by providers")},
        {"patient_passed_over", tr("patients passed over")},
    };
}

/// What a lever of an action acts on.
std::vector<std::pair<std::string, std::string>> lever_names() {
    return {
        {"activation", tr("activation of patients")},
        {"adherence", tr("treatment taken as prescribed")},
        {"risk_factor_change", tr("risk factors left behind")},
        {"onset", tr("new illnesses")},
        {"progression", tr("illnesses that get worse")},
        {"exacerbation", tr("exacerbations")},
        {"readmission", tr("admissions within 30 days")},
        {"length_of_stay", tr("days per stay")},
        {"nursing_home_entry", tr("wishes to enter a nursing home")},
        {"carer_strain", tr("strain of family carers")},
        {"return_to_work", tr("returns to work")},
        {"contact_time", tr("minutes per contact")},
        {"administration_time", tr("administration of providers")},
        {"record_sharing", tr("providers that join a shared record")},
        {"repeated_tests", tr("tests made twice")},
        {"tie_formation", tr("ties between providers")},
        {"adoption", tr("pace at which providers join in")},
        {"guideline_use", tr("providers that adopt a guideline")},
        {"diagnosis", tr("diagnoses")},
        {"access", tr("care forgone for money")},
        {"experience", tr("experience of patients")},
        {"admission", tr("admissions")},
        {"adverse_drug_event", tr("admissions caused by medicines")},
        {"goals_and_plan", tr("care plans made")},
        {"start_delay", tr("a later start")},
        {"systolic_pressure", tr("blood pressure")},
        {"cholesterol", tr("cholesterol")},
        {"hba1c", tr("HbA1c")},
    };
}

/// Adds what the actions of the scenario are counted by: who is asked, begins and is seen, and each lever.
void name_actions(const world::Catalogue& catalogue, std::map<std::string, std::string>& out) {
    const auto name = [&](const std::string& id, const std::string& words, const std::string& action) {
        if (const auto known = out.find(id); known != out.end())
            known->second = fill(tr("{action}: {what}"), {{"action", action}, {"what", words}});
    };
    for (const world::ActionName& a : catalogue.actions) {
        if (a.name.empty())
            continue;
        const std::string action = tr(a.name);
        name("invited " + a.id, tr("people asked"), action);
        name("enrolled " + a.id, tr("people who begin"), action);
        name("delivered " + a.id, tr("contacts"), action);
        for (const auto& [lever, words] : lever_names()) {
            name(a.id + ": " + lever, words, action);
            for (const world::Condition& c : catalogue.conditions)
                name(a.id + ": " + lever + " " + c.id, words + ", " + tr(c.name), action);
        }
    }
}

std::string spaced(std::string id) {
    std::replace(id.begin(), id.end(), '_', ' ');
    std::replace(id.begin(), id.end(), '/', ' ');
    return id;
}

}  // namespace

std::map<std::string, std::string> mechanism_names(const world::Catalogue& catalogue) {
    std::map<std::string, std::string> out;
    for (const std::string& id : catalogue.mechanisms)
        out[id] = spaced(id);
    for (auto& [id, name] : standard_names())
        if (const auto known = out.find(id); known != out.end())
            known->second = std::move(name);
    name_actions(catalogue, out);
    for (const world::Role& role : catalogue.roles)
        if (const auto known = out.find("team: " + role.id); known != out.end())
            known->second = fill(tr("contacts: {who}"), {{"who", role.name.empty() ? spaced(role.id) : tr(role.name)}});
    return out;
}

bool is_step(const std::string& mechanism) {
    for (const char* own : {"invited ", "enrolled ", "delivered ", "team: ", "row_closed", "provider_chosen",
                            "coordination_refreshed", "capitation_visits", "tie_", "record_fee", "ceiling_reached"})
        if (mechanism.starts_with(own))
            return false;
    return true;
}

}  // namespace tresse::app
