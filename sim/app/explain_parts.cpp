#include "explain_parts.hpp"

#include <algorithm>
#include <cmath>

#include "tresse/core/csv.hpp"
#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"
#include "tresse/core/text/layout.hpp"

namespace tresse::app {

std::string sourced_line(const std::string& head, const std::string& words, const std::string& source, std::size_t indent, std::size_t source_at) {
    std::string out = text::hanging(head, indent, words, source.empty() ? 100 : source_at - 1);
    if (source.empty())
        return out;
    const std::size_t end = out.find('\n');
    return text::pad_right(out.substr(0, end), source_at) + source + out.substr(end);
}

namespace {

using text::fill;
using text::number;
using text::tr;

constexpr std::size_t indent = 12, source_at = 84;

std::string line(const std::string& head, const std::string& words, const std::string& source = "") {
    return sourced_line(head, words, source, indent, source_at);
}

std::string numbers(const Uncertain& u, double factor = 1) {
    return uncertain_text(u, factor);
}

std::string risk_factor_words(int factor) {
    switch (static_cast<model::RiskFactor>(factor)) {
    case model::RiskFactor::smoking:
        return tr("smoking daily");
    case model::RiskFactor::inactivity:
        return tr("physically inactive");
    case model::RiskFactor::overweight:
        return tr("overweight");
    case model::RiskFactor::obesity:
        return tr("obese");
    }
    return "";
}

/// A test of a person's facts as a reader says it.
std::string test_words(const scenario::TestSpec& test) {
    using Kind = model::Test::Kind;
    const int n = test.test.value;
    const auto with = [n](const std::string& pattern) { return fill(pattern, {{"n", n}}); };
    switch (test.test.kind) {
    case Kind::age_from:
        return with(tr("{n} years or older"));
    case Kind::age_to:
        return with(tr("at most {n} years"));
    case Kind::conditions_from:
        return with(tr("{n} conditions or more"));
    case Kind::condition:
        return text::list(test.conditions);
    case Kind::dependence_from:
        return with(tr("dependence of degree {n} or more, of 3"));
    case Kind::admissions_from:
        return with(tr("{n} admissions or more this year and last"));
    case Kind::medicines_from:
        return with(tr("{n} medicines or more"));
    case Kind::tier_from:
        return with(tr("risk tier {n} or higher"));
    case Kind::increased_reimbursement:
        return n ? tr("increased reimbursement") : tr("no increased reimbursement");
    case Kind::at_home:
        return n ? tr("living at home") : tr("living in a nursing home");
    case Kind::has_carer:
        return n ? tr("with an informal carer") : tr("without an informal carer");
    case Kind::lives_alone:
        return n ? tr("living alone") : tr("not living alone");
    case Kind::quintile_to:
        return with(tr("income fifth {n} or lower"));
    case Kind::youngest_child_to:
        return with(tr("with a child of at most {n} years at home"));
    case Kind::months_off_work_from:
        return with(tr("off work for {n} months or longer"));
    case Kind::has_risk_factor:
        return risk_factor_words(n);
    case Kind::sex:
        return n == 0 ? tr("women") : tr("men");
    case Kind::self_rated_poor:
        return tr("rating their health as poor");
    case Kind::work_state:
        break;
    }
    return test.words;
}

std::string target_words(const scenario::TargetSpec& target) {
    const auto tests = [](const std::vector<scenario::TestSpec>& list, const std::string& between) {
        std::string out;
        for (const scenario::TestSpec& test : list)
            out += (out.empty() ? "" : between) + test_words(test);
        return out;
    };
    std::string out = tests(target.all, ", ");
    if (!target.any.empty())
        out += (out.empty() ? "" : ", ") + tr("and one of:") + " " + tests(target.any, "; ");
    if (target.at_discharge)
        out = tr("people who leave hospital:") + " " + out;
    return out;
}

std::string lever_words(const scenario::LeverSpec& lever) {
    const model::LeverForm form = model::lever_form(lever.kind);
    std::string out = std::string(model::lever_word(lever.kind));
    if (!lever.condition.empty())
        out += " (" + lever.condition + ")";
    if (lever.risk_factor >= 0)
        out += " (" + risk_factor_words(lever.risk_factor) + ")";
    out += form.is_ratio ? ": x " : ": ";
    out += numbers(lever.mean);
    if (!form.is_ratio && !form.unit.empty())
        out += " " + std::string(form.unit);
    if (lever.lag_months > 0)
        out += fill(tr(", after {n} months"), {{"n", lever.lag_months}});
    if (lever.lasts_months > 0)
        out += fill(tr(", for {n} months"), {{"n", lever.lasts_months}});
    return out;
}

void effects(std::string& out, const scenario::ActionSpec& action) {
    bool first = true;
    for (const scenario::LeverSpec& lever : action.levers) {
        out += line(first ? tr("Acts on") : "", lever_words(lever), source_text(lever.mean.source));
        if (lever.has_prediction)
            out +=
                line("",
                     fill(tr("in one area: {range}"),
                          {{"range", (model::lever_form(lever.kind).is_ratio ? "x " : "") + numbers(lever.drawn)}}) +
                         (lever.drawn.low < 1 && lever.drawn.high > 1 ? ", " + tr("so it may do nothing or harm") : ""),
                     source_text(lever.drawn.source));
        first = false;
    }
    first = true;
    for (const scenario::NotFound& none : action.not_found) {
        out += line(first ? tr("Not on") : "", none.mechanism + ": " + tr("looked for, not found"),
                    source_text(none.source));
        first = false;
    }
}

void money_and_time(std::string& out, const scenario::ActionSpec& action) {
    std::string source;
    bool first = true;
    const auto row = [&](const std::string& words, const std::string& from) {
        out += line(first ? tr("Time") : "", words, source_text(from));
        first = false;
    };
    for (const scenario::MinutesSpec& need : action.needs) {
        std::string words = need.role + ":";
        if (need.intake.value > 0)
            words += " " + fill(tr("{min} minutes at the start"), {{"min", numbers(need.intake)}});
        if (need.month.value > 0)
            words += " " + fill(tr("{min} minutes a month"), {{"min", numbers(need.month)}});
        row(words, need.intake.value > 0 ? need.intake.source : need.month.source);
    }
    if (action.staff.given) {
        std::string words = fill(tr("hired, {role}:"), {{"role", action.staff.role}});
        if (action.staff.minutes_intake.value > 0)
            words += " " + fill(tr("{min} minutes at the start"), {{"min", numbers(action.staff.minutes_intake)}});
        if (action.staff.minutes_month.value > 0)
            words += " " + fill(tr("{min} minutes a month"), {{"min", numbers(action.staff.minutes_month)}});
        row(words, action.staff.minutes_month.source);
    }
    first = true;
    const auto eur = [&](const Uncertain& u, const std::string& words) {
        if (u.value <= 0)
            return;
        out += line(first ? tr("Money") : "", numbers(u) + " EUR " + words, source_text(u.source));
        first = false;
    };
    if (action.staff.given)
        eur(action.staff.eur_per_hour, tr("per hour of staff"));
    eur(action.other_eur, tr("per person at the start"));
    eur(action.other_eur_month, tr("per person and month"));
    eur(action.eur_per_provider_month, tr("per provider and month"));
}

}  // namespace

std::string uncertain_text(const Uncertain& u, double factor) {
    const auto show = [&](double v) { return number_text(std::round(v * factor * 1e6) / 1e6); };
    if (u.law == Law::fixed || (u.low == u.value && u.high == u.value))
        return show(u.value);
    return show(u.value) + " (" + fill(tr("{low} to {high}"), {{"low", show(u.low)}, {"high", show(u.high)}}) + ")";
}

std::string own_reason(const std::string& source) { return source.starts_with("own: ") ? source.substr(5) : ""; }

std::string source_text(const std::string& id) {
    if (id.empty())
        return "";
    if (!own_reason(id).empty())
        return tr("own choice");
    return id[0] == 'A' ? id + " " + tr("assumption") : id;
}

std::string explain_action(const scenario::ComponentSpec& component, const scenario::ActionSpec& action,
                           const scenario::Scenario& scenario) {
    std::string out = tr(action.name) + "   (" +
                      fill(tr("component {n}, {name}"), {{"n", component.number}, {"name", tr(component.name)}}) +
                      ", " + component.id + "/" + action.id + ")\n";
    out += line(tr("In words"), tr(action.in_words));
    out += line(tr("Who"), target_words(action.target));
    out += line(tr("Accept"), uncertain_text(action.accepts), source_text(action.accepts.source));
    money_and_time(out, action);
    out += line(tr("Who may"), text::list(component.may_start));
    effects(out, action);
    out += line(tr("How far"),
                fill(tr("routine gives {share} of what the trial gave"), {{"share", uncertain_text(action.fidelity)}}),
                source_text(action.fidelity.source));
    if (!component.what_we_do_not_know.empty())
        out += line(tr("Not known"), tr(component.what_we_do_not_know));
    std::vector<std::string> sources;
    for (const Uncertain* u : scenario::uncertain_of(action))
        if (!u->source.empty() && std::find(sources.begin(), sources.end(), u->source) == sources.end())
            sources.push_back(u->source);
    for (const std::string& id : sources)
        if (const scenario::Source* source = scenario.sources ? scenario.sources->find(id) : nullptr)
            out += text::hanging("  " + id, indent,
                                 source->what + (source->where.empty() ? "" : " (" + source->where + ")"));
        else if (!own_reason(id).empty())
            out += text::hanging("  " + tr("own choice"), indent, own_reason(id));
    return out + line(tr("File"), component.file + ":" + std::to_string(action.line));
}

namespace {

std::string evidence_words(scenario::Evidence evidence) {
    switch (evidence) {
    case scenario::Evidence::pooled:
        return tr("pooled trials");
    case scenario::Evidence::single_trial:
        return tr("a single trial");
    case scenario::Evidence::observational:
        return tr("observation");
    case scenario::Evidence::assumption:
        return tr("our assumption");
    }
    return "";
}

/// Whether what is drawn may also be nothing or the other way round.
std::string how_sure(const scenario::ActionSpec& action) {
    if (action.levers.empty())
        return tr("sure of its cost alone");
    bool open = false, assumed = true;
    for (const scenario::LeverSpec& l : action.levers) {
        const double none = model::lever_form(l.kind).is_ratio ? 1 : 0;
        open = open || l.drawn.nil_prob > 0 || (l.drawn.low <= none && none <= l.drawn.high);
        assumed = assumed && l.evidence == scenario::Evidence::assumption;
    }
    if (assumed)
        return tr("not at all: every effect is our assumption");
    return open ? tr("little: at least one effect may be nothing, or harm, in a new area")
                : tr("fairly: no range reaches \"no effect\"");
}

std::string who_works(const scenario::ActionSpec& action) {
    std::vector<std::string> roles;
    if (action.staff.given)
        roles.push_back(fill(tr("{role} (hired)"), {{"role", action.staff.role}}));
    for (const scenario::MinutesSpec& m : action.needs)
        if (!action.staff.given || m.role != action.staff.role)
            roles.push_back(m.role);
    for (const std::string& p : action.partners)
        if (std::none_of(roles.begin(), roles.end(), [&](const std::string& r) { return r.starts_with(p); }))
            roles.push_back(p);
    return roles.empty() ? tr("all providers of the area") : text::list(roles);
}

std::string money_words(const scenario::ActionSpec& action) {
    if (action.service.empty())
        return fill(tr("{eur} EUR a provider and month"), {{"eur", number(action.eur_per_provider_month.value, 0)}});
    const double hour = action.staff.eur_per_hour.value;
    const double start = action.staff.minutes_intake.value / 60 * hour + action.other_eur.value;
    const double month = action.staff.minutes_month.value / 60 * hour + action.other_eur_month.value;
    return fill(tr("{start} EUR a person at the start, {month} EUR a month"),
                {{"start", number(start, 0)}, {"month", number(month, 0)}});
}

}  // namespace

std::string action_in_short(const scenario::ActionSpec& action, const std::string& use) {
    std::string out = use + "   " + tr(action.name) + "\n" + text::hanging("", 2, tr(action.in_words));
    if (!action.service.empty()) {
        const std::string who = target_words(action.target);
        const std::string yes = fill(tr("{share} of those invited say yes"), {{"share", text::percent(action.accepts.value)}});
        out += text::hanging("  " + tr("For"), indent, (who.empty() ? tr("everybody") : who) + "; " + yes);
    }
    out += text::hanging("  " + tr("By"), indent, who_works(action));
    out += text::hanging("  " + tr("Money"), indent, money_words(action));
    if (action.levers.empty())
        out += text::hanging("  " + tr("Acts on"), indent, tr("nothing by itself"));
    for (const scenario::LeverSpec& l : action.levers)
        out += text::hanging(&l == action.levers.data() ? "  " + tr("Acts on") : "", indent,
                             lever_words(l) + " [" + evidence_words(l.evidence) + ", " + l.mean.source + "]");
    if (!action.not_found.empty()) {
        std::vector<std::string> none;
        for (const scenario::NotFound& n : action.not_found)
            none.push_back(n.mechanism + " (" + n.source + ")");
        out += text::hanging("  " + tr("Not on"), indent, text::list(none));
    }
    return out + text::hanging("  " + tr("Sure"), indent, how_sure(action));
}

}  // namespace tresse::app
