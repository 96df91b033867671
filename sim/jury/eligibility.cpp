#include "tresse/jury/eligibility.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace tresse::jury {

namespace {

using scenario::Call;
using scenario::CallRule;
using scenario::Proposal;
using scenario::Region;
using scenario::Severity;

/// Sums that differ by less are the same money.
constexpr double money_tolerance_eur = 1.0;

State not_met(const CallRule& rule) {
    switch (rule.severity) {
    case Severity::refuse: return State::refuse;
    case Severity::ask: return State::ask;
    case Severity::advise: break;
    }
    return State::advise;
}

std::string joined(const std::vector<std::string>& words) {
    std::string out;
    for (const std::string& w : words)
        out += (out.empty() ? "" : ", ") + w;
    return out;
}

/// What ids of roles, components and agreements are called.
std::string_view name_of_id(const std::string& id) {
    static const std::vector<std::pair<std::string_view, std::string_view>> names = {
        {"gp", tr("general practitioners")}, {"home_nurse", tr("home nurses")}, {"hospital", tr("a hospital")}, {"residential_or_home_care", tr("residential or home care")}, {"several_specialties", tr("several medical specialties")}, {"consultation_structure", tr("a consultation structure of the area")}, {"patients_or_carers_association", tr("an association of patients or carers")},
        {"empowerment", tr("patient empowerment")}, {"informal_care_support", tr("support for informal carers")}, {"case_management", tr("case management")}, {"work_reintegration", tr("staying in or returning to work, school and social life")}, {"prevention", tr("prevention")}, {"consultation_coordination", tr("consultation and coordination")}, {"continuity", tr("continuity of care")}, {"patient_org_experience", tr("experience of patient organisations and sickness funds")}, {"shared_record", tr("integrated patient record")}, {"multidisciplinary_guidelines", tr("multidisciplinary guidelines")}, {"quality_culture", tr("a culture of quality")}, {"financing_adaptation", tr("adapting the funding systems")}, {"risk_stratification", tr("risk stratification and mapping")}, {"change_management", tr("change management")},
        {"decides", tr("who decides")}, {"money", tr("how money is managed")}, {"conflict_rule", tr("what happens when partners disagree")}, {"communication", tr("communication")}};
    for (const auto& [known, name] : names)
        if (known == id)
            return name;
    return id;
}

std::vector<std::string> names(const std::vector<std::string>& ids) {
    std::vector<std::string> out;
    for (const std::string& id : ids)
        out.emplace_back(name_of_id(id));
    return out;
}

/// What a rule reads of a dossier: where one of these cannot be understood, the rule is not checked.
std::vector<std::string_view> keys_of(std::string_view rule) {
    static const std::vector<std::pair<std::string_view, std::vector<std::string_view>>> keys = {
        {"filed_in_time", {"filed"}},
        {"required_template", {"template"}},
        {"inhabitants", {"area", "population_stated"}},
        {"one_project_per_area", {"area"}},
        {"partners", {"partners"}},
        {"target_group", {"target_group.size_stated", "target_group.healthy_people"}},
        {"not_one_disease", {"target_group.conditions"}},
        {"plan_of_four_years", {"plan.years"}},
        {"fourteen_components", {"plan.components"}},
        {"governance_agreed", {"governance.decides", "governance.money", "governance.conflict_rule", "governance.communication"}},
        {"integration_manager", {"integration_manager.name", "integration_manager.fte"}},
        {"external_evaluation_accepted", {"declares.external_evaluation"}},
        {"indicators", {"indicators"}},
        {"equity_and_workers", {"declares.equity", "declares.workers"}},
        {"cost_neutral", {"declares.cost_neutral"}},
        {"money_adds_up", {"plan.actions[].eur_per_year", "money.asked.actions_eur_per_year", "money.own_means_eur_per_year"}},
        {"money_asked", {"money.asked.coordination_eur_per_year", "money.asked.actions_eur_per_year"}}};
    for (const auto& [id, list] : keys)
        if (id == rule)
            return list;
    return {};
}

/// Checks one dossier against one rule at a time.
class Checker {
public:
    Checker(const Call& call, const Proposal& p, std::span<const Proposal> all, const Region& region) : call_(call), p_(p), all_(all), region_(region) {}

    Finding check(const CallRule& rule) {
        rule_ = &rule;
        finding_ = {};
        finding_.rule = &rule;
        for (const std::string_view key : keys_of(rule.id))
            if (const Problem* problem = p_.unread(key)) {
                not_read(*problem);
                return finding_;
            }
        if (rule.id == "filed_in_time") filed();
        else if (rule.id == "required_template") form();
        else if (rule.id == "inhabitants") people();
        else if (rule.id == "one_project_per_area") area();
        else if (rule.id == "partners") partners();
        else if (rule.id == "partners_of_the_entity") unknown("partners", tr("not checked: the lists of extra partners that each community or region asked for were not found"));
        else if (rule.id == "target_group") target();
        else if (rule.id == "not_one_disease") one_disease();
        else if (rule.id == "plan_of_four_years") years();
        else if (rule.id == "fourteen_components") components();
        else if (rule.id == "governance_agreed") governance();
        else if (rule.id == "integration_manager") manager();
        else if (rule.id == "external_evaluation_accepted") said("declares", p_.evaluation_accepted ? "x" : "", tr("external evaluation accepted"), tr("no declaration that an external evaluation is accepted"));
        else if (rule.id == "indicators") indicators();
        else if (rule.id == "equity_and_workers") equity();
        else if (rule.id == "cost_neutral") cost();
        else if (rule.id == "money_adds_up") adds_up();
        else if (rule.id == "money_asked") asked();
        return finding_;
    }

private:
    void met(const char* section, std::string_view message, std::vector<PhraseArg> args = {}) {
        finding_.state = State::met;
        finding_.found = {message, std::move(args)};
        finding_.line = p_.line(section);
    }
    void fails(const char* section, std::string_view message, std::vector<PhraseArg> args = {}) {
        finding_.state = not_met(*rule_);
        finding_.found = {message, std::move(args)};
        finding_.cure = {tr("{cure}"), {arg("cure", rule_->cure)}};
        finding_.line = p_.line(section);
    }
    void not_read(const Problem& problem) {
        finding_.state = State::not_checked;
        finding_.unread = true;
        finding_.line = problem.line;
        finding_.found = problem.line > 0 ? Phrase{tr("not checked: file line {n}"), {arg("n", static_cast<double>(problem.line))}} : Phrase{tr("not checked: the file cannot be read"), {}};
        finding_.cure = {tr("{why}"), {arg("why", problem.message)}};
    }
    void unknown(const char* section, std::string_view message) {
        met(section, message);
        finding_.state = State::not_checked;
    }
    void said(const char* section, const std::string& text, std::string_view yes, std::string_view no) {
        if (text.empty())
            fails(section, no);
        else
            met(section, yes, {arg("where", text)});
    }

    void filed() {
        if (p_.filed.empty())
            return fails("filed", tr("no date of filing"));
        const bool late = !call_.filing_to.empty() && p_.filed > call_.filing_to, early = !call_.filing_from.empty() && p_.filed < call_.filing_from;
        if (late || early)
            return fails("filed", late ? tr("filed {date}, after the last day {last}") : tr("filed {date}, before the first day {first}"), {date_arg("date", p_.filed), date_arg("last", call_.filing_to), date_arg("first", call_.filing_from)});
        met("filed", tr("filed {date}"), {date_arg("date", p_.filed)});
    }

    void form() {
        if (p_.template_id.empty())
            fails("template", tr("the required form was not used"));
        else
            met("template", tr("form {form}"), {arg("form", p_.template_id)});
    }

    void people() {
        if (!p_.area_readable)
            return fails("area", tr("the area cannot be read, so its inhabitants cannot be counted"));
        const double n = inhabitants(call_, p_, region_);
        std::vector<PhraseArg> args = {arg("n", n), arg("said", p_.population_stated), arg("min", rule_->min), arg("low", rule_->best_low), arg("high", rule_->best_high), percent_arg("margin", call_.population_margin), date_arg("date", call_.population_date), percent_arg("off", p_.population_stated > 0 ? p_.population_stated / n - 1 : 0)};
        if (std::fabs(n - rule_->min) <= rule_->min * call_.population_margin) {
            fails("area", tr("{n} inhabitants on {date} (the dossier says {said}): within {margin} of {min}, so this is a question and never a refusal"), args);
            finding_.state = State::ask;
            finding_.cure = {tr("ask for the official number of inhabitants on the day of the call"), {}};
        } else if (n < rule_->min) {
            fails("area", tr("{n} inhabitants on {date} (the dossier says {said}), at least {min} are asked"), args);
        } else if (p_.population_stated > 0 && std::fabs(p_.population_stated / n - 1) > call_.population_margin) {
            fails("area", tr("{n} inhabitants on {date}, but the dossier says {said} ({off} off)"), args);
            finding_.state = State::ask;
            finding_.cure = {tr("ask which municipalities the number of the dossier counts"), {}};
        } else if (rule_->best_high > 0 && (n < rule_->best_low || n > rule_->best_high)) {
            met("area", tr("{n} inhabitants on {date}; best is {low} to {high}"), args);
            finding_.state = State::advise;
        } else {
            met("area", tr("{n} inhabitants on {date} (the dossier says {said})"), args);
        }
    }

    void area() {
        if (!p_.area_readable)
            return fails("area", tr("the area cannot be read"));
        std::string which;
        int unread = 0;
        for (const Proposal& other : all_) {
            if (&other == &p_ || other.id == p_.id)
                continue;
            unread += !other.area_readable;
            const auto names = overlap(p_, other, region_, Lang::en);
            if (!names.empty())
                which += (which.empty() ? "" : "; ") + joined(names) + " (" + other.id + ")";
        }
        if (which.empty() && unread > 0)
            met("area", tr("no overlap with another dossier whose area can be read; dossiers whose area cannot: {n}"), {arg("n", static_cast<double>(unread))});
        else if (which.empty())
            met("area", tr("no overlap with another dossier"));
        else
            fails("area", tr("also in the area of another dossier: {which}"), {arg("which", which)});
    }

    void partners() {
        std::vector<std::string> missing, unsigned_roles;
        int line = 0;
        for (const std::string& role : rule_->need) {
            bool there = false, has_signed = false;
            for (const scenario::ProposalPartner& partner : p_.partners) {
                const bool fits = partner.role == role || (role == "several_specialties" && partner.specialties.size() >= 2);
                if (!fits)
                    continue;
                there = true;
                has_signed = has_signed || partner.mandate == "signed";
                if (partner.mandate != "signed" && line == 0)
                    line = partner.line;
            }
            if (!there)
                missing.push_back(role);
            else if (!has_signed)
                unsigned_roles.push_back(role);
        }
        if (missing.empty() && unsigned_roles.empty())
            return met("partners", tr("all {n} kinds of partner have signed"), {arg("n", static_cast<double>(rule_->need.size()))});
        if (missing.empty())
            fails("partners", tr("no signed mandate of: {roles}"), {list_arg("roles", names(unsigned_roles))});
        else
            fails("partners", unsigned_roles.empty() ? tr("no partner for: {missing}") : tr("no partner for: {missing}; no signed mandate of: {roles}"), {list_arg("missing", names(missing)), list_arg("roles", names(unsigned_roles))});
        if (line > 0)
            finding_.line = line;
    }

    void target() {
        if (p_.line("target_group") == 0)
            return fails("target_group", tr("no section on the target group"));
        if (p_.size_stated <= 0)
            return fails("target_group", tr("the size of the target group is not said"));
        if (p_.healthy_people.empty())
            return fails("target_group", tr("nothing for healthy people"));
        const double n = inhabitants(call_, p_, region_);
        met("target_group", tr("{n} people, {share} of the inhabitants; something for healthy people"), {arg("n", p_.size_stated), percent_arg("share", n > 0 ? p_.size_stated / n : NAN)});
    }

    void one_disease() {
        if (p_.target_conditions.size() == 1)
            fails("target_group", tr("limited to one illness: {which}"), {arg("which", p_.target_conditions[0])});
        else
            met("target_group", tr("not limited to one illness"));
    }

    void years() {
        if (p_.years >= static_cast<int>(rule_->min))
            met("plan", tr("a plan of {n} years"), {arg("n", static_cast<double>(p_.years))});
        else
            fails("plan", p_.years == 0 ? tr("the length of the plan is not said") : tr("a plan of {n} years, at least {min} are asked"), {arg("n", static_cast<double>(p_.years)), arg("min", rule_->min)});
    }

    void components() {
        std::vector<std::string> absent, empty;
        for (const std::string& id : scenario::local_components()) {
            const auto found = std::find_if(p_.components.begin(), p_.components.end(), [&](const auto& c) { return c.id == id; });
            if (found == p_.components.end() || found->year < 1 || found->year > 4)
                absent.push_back(id);
            else if (found->proof == "none")
                empty.push_back(id);
        }
        const double n = static_cast<double>(scenario::local_components().size() - absent.size());
        if (absent.empty() && empty.empty())
            return met("components", tr("all 14 components, each with an action or a page"));
        fails("components", absent.empty() ? tr("14 components, of which without an action or a page: {empty}") : tr("{n} of 14 components in the four years; not there: {absent}; without an action or a page: {empty}"), {arg("n", n), list_arg("absent", names(absent)), list_arg("empty", empty.empty() ? std::vector<std::string>{"\u2013"} : names(empty))});
    }

    void governance() {
        std::vector<std::string> missing;
        if (p_.decides.empty()) missing.emplace_back("decides");
        if (p_.money_rules.empty()) missing.emplace_back("money");
        if (p_.conflict_rule.empty() || p_.conflict_rule == "none") missing.emplace_back("conflict_rule");
        if (p_.communication.empty()) missing.emplace_back("communication");
        if (missing.empty())
            met("governance", tr("decisions, money, disagreement and communication are agreed"));
        else
            fails("governance", tr("no agreement on: {missing}"), {list_arg("missing", names(missing))});
    }

    void manager() {
        if (p_.manager.empty() || p_.manager_fte <= 0)
            fails("integration_manager", tr("no integration manager with working time"));
        else
            met("integration_manager", tr("{name}, {fte} full-time"), {arg("name", p_.manager), arg("fte", p_.manager_fte, 1)});
    }

    void indicators() {
        const auto with_data = std::count_if(p_.indicators.begin(), p_.indicators.end(), [](const auto& i) { return !i.from.empty(); });
        if (p_.indicators.size() < 3 || with_data < 3)
            fails("indicators", tr("{n} indicators, of which {with} with their data; at least three are needed for structure, process and result"), {arg("n", static_cast<double>(p_.indicators.size())), arg("with", static_cast<double>(with_data))});
        else
            met("indicators", tr("{n} indicators with their data"), {arg("n", static_cast<double>(with_data))});
    }

    void equity() {
        if (p_.equity.empty() || p_.workers.empty())
            fails("declares", p_.equity.empty() && p_.workers.empty() ? tr("neither equity nor the workers are spoken of") : p_.equity.empty() ? tr("equity is not spoken of") : tr("the quality of life of the workers is not spoken of"));
        else
            met("declares", tr("equity: {equity}; workers: {workers}"), {arg("equity", p_.equity), arg("workers", p_.workers)});
    }

    void cost() {
        if (p_.cost_neutral.empty())
            fails("declares", tr("nothing on neutral cost for the health insurance"));
        else
            met("declares", tr("spoken of: {where}"), {arg("where", p_.cost_neutral)});
    }

    void adds_up() {
        const double sum = p_.actions_sum_eur(), asked_eur = p_.actions_eur + p_.own_means_eur;
        if (!p_.money_stated)
            return fails("money", tr("no amount is asked"));
        if (std::fabs(sum - asked_eur) > money_tolerance_eur)
            fails("money", tr("the actions cost {sum} EUR a year, {asked} EUR are there for them: {gap} EUR too {word}"), {arg("sum", sum), arg("asked", asked_eur), arg("gap", std::fabs(sum - asked_eur)), message_arg("word", sum > asked_eur ? tr("little") : tr("much"))});
        else
            met("money", tr("the actions cost what is asked, {sum} EUR a year"), {arg("sum", sum)});
    }

    void asked() {
        const double c = call_.grant_coordination_eur, a = call_.grant_actions_eur;
        if (!p_.money_stated)
            return unknown("money", tr("not checked: no amount is asked"));
        if ((c > 0 && p_.coordination_eur > c + money_tolerance_eur) || (a > 0 && p_.actions_eur > a + money_tolerance_eur))
            fails("money", tr("asks {c} EUR a year for coordination and {a} for actions; at most {cmax} and {amax}"), {arg("c", p_.coordination_eur), arg("a", p_.actions_eur), arg("cmax", c), arg("amax", a)});
        else
            met("money", tr("asks {c} EUR a year for coordination and {a} for actions"), {arg("c", p_.coordination_eur), arg("a", p_.actions_eur)});
    }

    const Call& call_;
    const Proposal& p_;
    std::span<const Proposal> all_;
    const Region& region_;
    const CallRule* rule_ = nullptr;
    Finding finding_;
};

}  // namespace

double inhabitants(const Call& call, const Proposal& p, const Region& region) {
    double sum = 0;
    for (const int m : p.municipalities) {
        const auto part = std::find_if(p.parts.begin(), p.parts.end(), [&](const auto& one) { return one.first == m; });
        const scenario::Municipality& place = region.municipalities[static_cast<std::size_t>(m)];
        const auto counted = call.population.find(place.nis);
        sum += part != p.parts.end() ? part->second : static_cast<double>(counted != call.population.end() ? counted->second : place.inhabitants());
    }
    return sum;
}

std::vector<std::string> overlap(const Proposal& a, const Proposal& b, const Region& region, Lang lang) {
    std::vector<int> both;
    std::set_intersection(a.municipalities.begin(), a.municipalities.end(), b.municipalities.begin(), b.municipalities.end(), std::back_inserter(both));
    std::vector<std::string> out;
    for (const int m : both) {
        const scenario::Municipality& place = region.municipalities[static_cast<std::size_t>(m)];
        out.push_back(lang == Lang::nl ? place.name_nl : lang == Lang::de ? place.name_de : place.region == static_cast<int>(scenario::RegionId::flanders) && lang == Lang::en ? place.name_nl : place.name_fr);
    }
    return out;
}

std::vector<Finding> eligibility(const Call& call, const Proposal& proposal, std::span<const Proposal> all, const Region& region) {
    Checker checker(call, proposal, all, region);
    std::vector<Finding> out;
    for (const CallRule& rule : call.rules)
        out.push_back(checker.check(rule));
    return out;
}

std::vector<const Finding*> to_be_answered(std::span<const Finding> findings) {
    std::vector<const Finding*> out;
    for (const Finding& f : findings)
        if (f.must_be_answered())
            out.push_back(&f);
    return out;
}

State gravest(std::span<const Finding> findings) {
    State worst = State::met;
    for (const Finding& f : findings)
        if (f.state != State::not_checked)
            worst = std::max(worst, f.state);
    return worst;
}

}  // namespace tresse::jury
