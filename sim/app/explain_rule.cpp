#include <algorithm>

#include "explain_parts.hpp"
#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"
#include "tresse/core/text/layout.hpp"
#include "tresse/scenario/funding_file.hpp"
#include "tresse/world/catalogue.hpp"

/// A funding rule in plain words, with its examples worked out.
namespace tresse::app {

namespace {

using text::fill;
using text::number;
using text::tr;

constexpr std::size_t indent = 14, source_at = 86;
constexpr int old_after_years = 2;

std::string line(const std::string& head, const std::string& words, const std::string& source = "") {
    return sourced_line(head, words, source, indent, source_at);
}

std::string eur_text(Cents cents) {
    return number(static_cast<double>(cents) / 100, 2);
}

/// Flags of a test: the word, with "not" when it is asked not to hold.
void add_flag(std::vector<std::string>& out, int asked, const std::string& word) {
    if (asked >= 0)
        out.push_back(asked > 0 ? word : fill(tr("not: {what}"), {{"what", word}}));
}

std::string from_to(const std::string& word, int from, int to) {
    return word + " " + std::to_string(from) + (to > from ? "-" + std::to_string(to) : "");
}

/// Who is meant, or empty for everybody.
std::string when_text(const funding::When& w, const world::Catalogue& names) {
    std::vector<std::string> out;
    if (w.age_from > 0 || w.age_to < world::oldest_age)
        out.push_back(w.age_to >= world::oldest_age ? fill(tr("aged {n} or more"), {{"n", w.age_from}})
                                                    : from_to(tr("aged"), w.age_from, w.age_to));
    add_flag(out, w.increased_reimbursement, tr("increased reimbursement"));
    add_flag(out, w.global_record, tr("global medical record"));
    add_flag(out, w.medical_house, tr("registered in a medical house"));
    add_flag(out, w.chronic_status, tr("status of a chronic condition"));
    add_flag(out, w.nursing_home, tr("lives in a nursing home"));
    for (std::size_t i = 0; i < funding::trajectory_words().size(); ++i)
        if (w.trajectories >> i & 1)
            out.push_back(tr("care trajectory") + " " + funding::trajectory_words()[i]);
    if (w.dependence_from > 0 || w.dependence_to < 3)
        out.push_back(from_to(tr("dependence"), w.dependence_from, w.dependence_to));
    const char* regions[] = {"flanders", "brussels", "wallonia"};
    for (int r = 0; r < 3 && w.regions != 7; ++r)
        if (w.regions >> r & 1)
            out.emplace_back(regions[r]);
    std::vector<std::string> conditions;
    for (std::size_t c = 0; c < names.conditions.size(); ++c)
        if (w.conditions >> c & 1u)
            conditions.push_back(tr(names.conditions[c].name));
    if (!conditions.empty())
        out.push_back(fill(tr("diagnosed: {what}"), {{"what", text::list(conditions)}}));
    const funding::StateWhen& s = w.state;
    add_flag(out, s.care_plan, tr("care plan"));
    add_flag(out, s.case_manager, tr("case manager"));
    add_flag(out, s.informal_carer, tr("informal carer"));
    if (s.stage_condition >= 0)
        out.push_back(from_to(tr(names.conditions[static_cast<std::size_t>(s.stage_condition)].name) + ", " +
                                  tr("stage"),
                              s.stage_from, s.stage_to));
    if (!s.seen.empty())
        out.push_back(fill(tr("seen this or last year by: {who}"), {{"who", text::list(s.seen)}}));
    if (s.shares_two_years_from_eur >= 0)
        out.push_back(fill(tr("own shares of two years from {eur} EUR"), {{"eur", number(s.shares_two_years_from_eur, 0)}}));
    if (s.spending_last_year_from_eur >= 0)
        out.push_back(fill(tr("spending of last year from {eur} EUR"), {{"eur", number(s.spending_last_year_from_eur, 0)}}));
    return text::list(out);
}

std::string amount_text(const funding::Amount& amount, const world::Catalogue& names) {
    std::string out;
    if (!amount.bands.empty()) {
        for (const funding::AgeBand& band : amount.bands)
            out += (out.empty() ? "" : "; ") + std::to_string(band.from_age) + "-" + std::to_string(band.to_age) + ": " +
                   uncertain_text(band.eur[0]) +
                   (band.eur[1].value != band.eur[0].value ? " / " + uncertain_text(band.eur[1]) : "");
        return out;
    }
    for (const funding::Case& one : amount.cases)
        out += (out.empty() ? "" : "; ") + uncertain_text(one.eur) + " (" + when_text(one.when, names) + ")";
    if (amount.cases.empty())
        return uncertain_text(amount.plain);
    return out + "; " + tr("else") + " " + uncertain_text(amount.plain);
}

std::string source_of(const funding::Amount& amount) {
    if (!amount.bands.empty())
        return amount.bands.front().eur[0].source;
    return amount.cases.empty() ? amount.plain.source : amount.cases.front().eur.source;
}

std::string share_text(const funding::PatientShare& share, const world::Catalogue& names) {
    std::string out;
    switch (share.kind) {
    case funding::ShareKind::none:
        return tr("the patient pays nothing");
    case funding::ShareKind::eur:
        out = fill(tr("the patient pays {eur} EUR"), {{"eur", amount_text(share.amount, names)}});
        break;
    case funding::ShareKind::share_of_eur:
        out = fill(tr("the patient pays this part: {share}"), {{"share", amount_text(share.amount, names)}});
        break;
    case funding::ShareKind::as_rule:
        out = fill(tr("the patient pays as under {rule}"), {{"rule", share.as_rule}});
        break;
    }
    for (const funding::When& when : share.waived)
        out += "; " + fill(tr("nothing when: {who}"), {{"who", when_text(when, names)}});
    return out + (share.counts_for_ceiling ? "" : "; " + tr("outside the maximum billing"));
}

std::string payers_text(const funding::Pay& pay, const world::Catalogue& names) {
    std::vector<std::string> out;
    for (const auto& [payer, share] : pay.split) {
        const int at = names.account(payer);
        out.push_back((at < 0 ? tr("the federated body of the patient's home") : tr(names.accounts[static_cast<std::size_t>(at)].name)) +
                      (share < 1 ? " " + text::percent(share) : ""));
    }
    return text::list(out);
}

/// What is special about a payment beside its amount.
std::string shape_text(const funding::Pay& pay, const world::Catalogue& names) {
    std::string out;
    if (pay.closed.given)
        out += line("", fill(tr("closed budget of {eur} EUR per inhabitant a year, {share} of it in twelfths; the rest is shared by points, so a "
                                "contact less moves no money"),
                             {{"eur", amount_text(pay.closed.eur_per_person, names)}, {"share", uncertain_text(pay.closed.fixed_share)}}),
                    source_text(pay.closed.fixed_share.source));
    if (pay.steps.given)
        out += line("", fill(tr("{eur} EUR a year at {records} records and {hours} nurse hours a week, in proportion to the smaller"),
                             {{"eur", uncertain_text(pay.steps.eur)},
                              {"records", number(pay.steps.records, 0)},
                              {"hours", number(pay.steps.nurse_hours, 0)}}),
                    source_text(pay.steps.eur.source));
    if (pay.savings.given)
        out += line("", fill(tr("{share} of what was spent less than forecast, spending above the percentile {p} of a person cut off; {back} is "
                                "put back"),
                             {{"share", text::percent(pay.savings.share)},
                              {"p", number(pay.savings.outliers_above_percentile, 0)},
                              {"back", text::percent(pay.savings.reinvested)}}),
                    source_text(pay.savings.trend_per_year.source));
    for (const funding::IncomeBand& band : pay.ceiling.bands)
        out += line("", fill(tr("income from {eur} EUR: at most {ceiling} EUR a year"),
                             {{"eur", number(band.from_eur, 2)}, {"ceiling", uncertain_text(band.ceiling)}}),
                    source_text(band.ceiling.source));
    return out;
}

std::string pay_text(const funding::RuleSpec& rule, const funding::Pay& pay, const world::Catalogue& names) {
    std::string words = pay.id + ": " + (pay.eur.given ? amount_text(pay.eur, names) + " EUR " : "") +
                        fill(tr("per {unit}"), {{"unit", std::string(funding::unit_word(pay.unit))}});
    if (!pay.services.empty())
        words += " (" + text::list(pay.services) + ")";
    if (!pay.split.empty())
        words += fill(tr(", from {payers}"), {{"payers", payers_text(pay, names)}});
    if (!pay.payee.empty())
        words += fill(tr(" to {payee}"), {{"payee", pay.payee}});
    if (pay.money.year > 0)
        words += fill(tr(", amounts of {year}"), {{"year", std::to_string(pay.money.year)}}) + " (" + pay.money.index + ")";
    std::string out = line(tr("Pays"), words + "; " + share_text(pay.share, names), source_text(source_of(pay.eur)));
    if (const std::string who = when_text(pay.who, names); !who.empty())
        out += line("", fill(tr("only for: {who}"), {{"who", who}}));
    out += shape_text(pay, names);
    for (const funding::IndicatorSpec& one : rule.indicators)
        if (std::find(pay.gates.begin(), pay.gates.end(), one.id) != pay.gates.end())
            out += line("", fill(tr("only where this is done: {what}, at a contact with {who}; done for {share} of them without payment, {gain} "
                                    "more with it, {min} minutes each"),
                                 {{"what", tr(one.says)},
                                  {"who", text::list(one.seen)},
                                  {"share", uncertain_text(one.share_without_payment)},
                                  {"gain", uncertain_text(one.gain_when_paid)},
                                  {"min", uncertain_text(one.minutes)}}),
                        source_text(one.gain_when_paid.source));
    return out;
}

std::string example_text(const scenario::WorkedExample& e, const world::Catalogue& names) {
    std::string out = e.says + ": " + e.arithmetic + " = " + eur_text(e.invoice.received) + " EUR";
    std::vector<std::string> parts;
    if (e.invoice.share + e.invoice.extra > 0)
        parts.push_back(tr("the person") + " " + eur_text(e.invoice.share + e.invoice.extra));
    for (const auto& [account, cents] : e.invoice.by_account)
        if (cents != 0)
            parts.push_back(tr(names.accounts[static_cast<std::size_t>(account)].name) + " " + eur_text(cents));
    return parts.empty() ? out : out + "; " + fill(tr("paid by {payers}"), {{"payers", text::list(parts)}});
}

}  // namespace

std::vector<std::string> old_amounts(const funding::RuleSpec& rule, int year) {
    std::vector<std::string> out;
    const auto note = [&](const std::string& what, const funding::MoneyYear& money) {
        const std::string words = what + " " + std::to_string(money.year) + " (" + money.index + ")";
        if (money.year > 0 && money.year < year - old_after_years && std::find(out.begin(), out.end(), words) == out.end())
            out.push_back(words);
    };
    for (const funding::Pay& pay : rule.pays) {
        note(pay.id, pay.money);
        if (pay.share.kind == funding::ShareKind::eur && pay.share.money.year != pay.money.year)
            note(pay.id + " " + tr("own share"), pay.share.money);
    }
    return out;
}

std::string explain_rule(const funding::RuleSpec& rule, const scenario::FundingRules& rules, const scenario::Scenario& s) {
    const world::Catalogue& names = *s.catalogue;
    std::string out = tr(rule.title) + "   (" + rule.id + ")\n";
    out += line(tr("In words"), tr(rule.in_words));
    out += line(tr("When"), fill(tr("from {month}"), {{"month", text::month_name(rule.from)}}) +
                                (rule.to < Month::of(2200, 12) ? " " + fill(tr("until {month}"), {{"month", text::month_name(rule.to)}}) : "") +
                                (rule.only_when_used ? "; " + tr("only in arms that use it") : ""));
    if (const std::string who = when_text(rule.person, names); !who.empty())
        out += line(tr("Who"), who);
    if (!rule.contract.empty())
        out += line(tr("Practices"), fill(tr("with contract {contract}"), {{"contract", rule.contract}}));
    for (const funding::Pay& pay : rule.pays)
        out += pay_text(rule, pay, names);
    if (!rule.replaces.empty())
        out += line(tr("Instead of"), text::list(rule.replaces));
    if (!rule.leaves_as_is.empty())
        out += line(tr("Unchanged"), text::list(rule.leaves_as_is));
    for (const funding::LimitSpec& limit : rule.limits)
        out += line(tr("Limit"), limit.text + ": " + text::percent(limit.share_max));
    const scenario::FundingContext context{&names, s.payers.get(), &s.region->index_to_2025};
    const world::Catalogue accounts = scenario::rules_catalogue(rules, context);
    const auto examples = scenario::worked_examples(rules, rules.find(rule.id), context);
    for (const scenario::WorkedExample& e : examples)
        out += line(tr("Example"), example_text(e, accounts));
    if (const int holds = static_cast<int>(rule.checks.size()); holds > 0)
        out += line(tr("Checked"), fill(text::tr_n("{n} worked example holds", "{n} worked examples hold", holds), {{"n", holds}}));
    if (const auto old = old_amounts(rule, s.rules_as_of.year()); !old.empty())
        out += line(tr("Old amounts"), text::list(old));
    if (!rule.not_known.empty())
        out += line(tr("Not known"), rule.not_known);
    std::vector<std::string> used;
    for (const Uncertain* u : funding::uncertain_of(rule))
        if (!u->source.empty() && std::find(used.begin(), used.end(), u->source) == used.end())
            used.push_back(u->source);
    for (const std::string& id : used)
        if (const scenario::Source* source = s.sources ? s.sources->find(id) : nullptr)
            out += text::hanging("  " + id, indent, source->what + (source->where.empty() ? "" : " (" + source->where + ")"));
        else if (!own_reason(id).empty())
            out += text::hanging("  " + tr("own choice"), indent, own_reason(id));
    return out + line(tr("File"), rule.file + ":" + std::to_string(rule.line));
}

}  // namespace tresse::app
