#include "node_table.hpp"
#include "scenario_parts.hpp"
#include "tresse/core/csv.hpp"

namespace tresse::scenario {

namespace {

std::string text(const std::string& value) { return yaml_scalar(value, true); }

std::string local(const LocalText& value) {
    std::string out;
    for (int l = 0; l < lang_count; ++l)
        if (!value.text[l].empty()) out += (out.empty() ? "" : ", ") + std::string(lang_code(static_cast<Lang>(l))) + ": " + yaml_scalar(value.text[l], true);
    return "{" + out + "}";
}

std::string flag(bool value) { return value ? "true" : "false"; }

/// The last month, when there is one.
std::string end_line(Month end, const std::string& room) { return end == never_ends ? "" : room + "end: " + end.text() + "\n"; }

void put_organisation(const ArmOrganisation& o, std::string& out) {
    if (!o.given) return;
    out += "    organisation:\n      use: " + text(o.use) + "\n      start: " + o.start.text() + "\n" + end_line(o.end, "      ");
    if (!o.grants.empty()) out += "      grants:\n";
    for (const ArmGrant& g : o.grants)
        out += std::string("        - {for: ") + (g.purpose == 0 ? "coordination" : "actions") + ", eur_per_year: " + number_text(g.eur_per_year) + ", years: " + std::to_string(g.first_year) + "-" + std::to_string(g.last_year) +
               ", payer: " + text(g.payer) + ", source: " + text(g.source) + "}\n";
}

std::string reach_text(const ComponentUse& c) {
    const std::string value = number_text(c.reach_value);
    switch (c.reach) {
        case model::Reach::persons: return "reach: {persons: " + value + "}";
        case model::Reach::share_of_target: return "reach: {share_of_target: " + value + "}";
        case model::Reach::persons_per_year: return "reach: {persons_per_year: " + value + "}";
        case model::Reach::share_of_providers: return "reach: {share_of_providers: " + value + "}";
        case model::Reach::by_budget: return "budget_share: " + value;
    }
    return "";
}

void put_components(const std::vector<ComponentUse>& components, std::string& out) {
    if (!components.empty()) out += "    components:\n";
    for (const ComponentUse& c : components) {
        out += "      - use: " + text(c.use) + "\n        " + reach_text(c) + "\n        start: " + c.start.text() + "\n" + end_line(c.end, "        ") + "        full_after_months: " + std::to_string(c.full_after_months) + "\n";
        if (c.paid_by.empty()) continue;
        out += "        paid_by: {";
        for (std::size_t i = 0; i < c.paid_by.size(); ++i) out += (i ? ", " : "") + c.paid_by[i].first + ": " + number_text(c.paid_by[i].second);
        out += "}\n";
    }
}

void put_funding(const std::vector<FundingUse>& funding, const ArmOrganisation& organisation, std::string& out) {
    if (!funding.empty()) out += "    funding:\n";
    for (const FundingUse& f : funding) {
        out += "      - use: " + text(f.use) + "\n        start: " + f.start.text() + "\n" + end_line(f.end, "        ");
        if (f.shifts_practices || f.is_savings) out += "        with:\n";
        if (f.shifts_practices) out += "          share_of_practices: " + number_text(f.share_of_practices) + "\n          full_after_months: " + std::to_string(f.full_after_months) + "\n";
        if (!f.is_savings) continue;
        out += "          payee: " + text(organisation.use) + "\n          forecast: national_trend_by_risk_cell\n          share: " + number_text(f.share) +
               "\n          losses: not_shared\n          outliers_above_percentile: " + number_text(f.outliers_above_percentile) + "\n          reinvested_share: " + number_text(f.reinvested) + "\n          reinvest_in: [";
        for (std::size_t i = 0; i < f.reinvest_in.size(); ++i) out += (i ? ", " : "") + f.reinvest_in[i];
        out += "]\n";
    }
}

void put_arm(const ArmSpec& arm, std::string& out) {
    out += "  - id: " + text(arm.id) + "\n    label: " + local(arm.label) + "\n";
    put_organisation(arm.organisation, out);
    put_components(arm.components, out);
    put_funding(arm.funding, arm.organisation, out);
    if (!arm.capacities.empty()) out += "    capacities:\n";
    for (const CapacityUse& c : arm.capacities)
        out += "      - {role: " + c.role + (c.unlimited ? ", unlimited: true" : ", ratio: " + number_text(c.ratio)) + ", start: " + c.start.text() + "}\n";
    if (!arm.hazards.empty()) out += "    hazards:\n";
    for (const HazardUse& h : arm.hazards)
        out += "      - {mechanism: " + std::string(model::lever_word(h.kind)) + (h.condition.empty() ? "" : ", condition: " + h.condition) + ", ratio: " + number_text(h.ratio) + ", start: " + h.start.text() + "}\n";
    if (!arm.parameters.empty()) out += "    parameters:\n";
    for (const auto& [key, value] : arm.parameters) out += "      " + text(key) + ": " + number_text(value) + "\n";
}

std::string area_text(const Scenario& s) {
    if (s.area.kind != "municipality" && s.area.kind != "municipalities") return s.area.kind + ": " + text(s.area.id);
    std::string out = "municipalities: [";
    for (std::size_t i = 0; i < s.area.municipalities.size(); ++i) out += (i ? ", " : "") + std::to_string(s.region->municipalities[static_cast<std::size_t>(s.area.municipalities[i])].nis);
    return out + "]";
}

}  // namespace

std::string resolved_text(const Scenario& s, const std::string& region_id, const std::vector<std::pair<std::string, std::vector<double>>>& parameters) {
    std::string out = "format: 1\nkind: scenario\nid: " + text(s.id) + "\ntitle: " + local(s.title) + "\nquestion: " + local(s.question) + "\n";
    if (!s.would_change_the_answer.empty()) out += "would_change_the_answer: " + local(s.would_change_the_answer) + "\n";
    out += "region: " + text(region_id) + "\narea: {" + area_text(s) + "}\n";
    out += "time: {start: " + s.start.text() + ", settling_months: " + std::to_string(s.settling_months) + ", policy_months: " + std::to_string(s.policy_months) + "}\n";
    out += "money: {euros_of: " + std::to_string(s.euros_of) + ", rules_as_of: " + s.rules_as_of.text() + ", indexation: health_index}\n";
    out += "runs: {replicates: " + std::to_string(s.replicates) + ", seed: " + std::to_string(s.seed) + ", sample: " + std::to_string(s.sample) + ", draw_parameters: " + flag(s.draw_parameters) + "}\n";
    if (!s.own_files.empty()) {
        out += "own_files: [";
        for (std::size_t i = 0; i < s.own_files.size(); ++i) out += (i ? ", " : "") + text(s.own_files[i].first);
        out += "]\n";
    }
    if (!parameters.empty()) out += "parameters:\n";
    for (const auto& [key, values] : parameters) {
        out += "  " + text(key) + ": ";
        for (std::size_t i = 0; i < values.size(); ++i) out += (values.size() > 1 ? (i ? ", " : "[") : "") + number_text(values[i]);
        out += values.size() > 1 ? "]\n" : "\n";
    }
    out += "base: " + text(s.base) + "\narms:\n";
    for (const Arm& arm : s.arms) put_arm(*arm.spec, out);
    return out;
}

}  // namespace tresse::scenario
