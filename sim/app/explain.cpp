#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "tresse/app/answer.hpp"
#include "tresse/app/commands.hpp"
#include "tresse/app/simulate.hpp"
#include "tresse/core/csv.hpp"
#include "tresse/core/file.hpp"
#include "tresse/core/problems.hpp"
#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"
#include "tresse/core/text/layout.hpp"
#include "tresse/scenario/arm.hpp"
#include "tresse/scenario/funding_file.hpp"

#include "explain_parts.hpp"
#include "explain_scores.hpp"
#include "parts.hpp"

namespace tresse::app {

namespace {

using scenario::Scenario;
using text::fill;
using text::hanging;
using text::number;
using text::tr;

constexpr std::size_t indent = 24;

[[noreturn]] void bad(const std::string& where, const std::string& message) {
    Problems problems;
    problems.add(where, 0, "", message);
    throw BadInput(std::move(problems));
}

std::string reach_words(const scenario::ComponentUse& use) {
    const std::string value = number(use.reach_value, use.reach_value < 10 ? 2 : 0);
    switch (use.reach) {
    case model::Reach::persons:
        return fill(tr("{n} people at a time"), {{"n", value}});
    case model::Reach::persons_per_year:
        return fill(tr("{n} people a year"), {{"n", value}});
    case model::Reach::share_of_target:
        return fill(tr("{share} of those meant"), {{"share", text::percent(use.reach_value)}});
    case model::Reach::share_of_providers:
        return fill(tr("{share} of the providers"), {{"share", text::percent(use.reach_value)}});
    case model::Reach::by_budget:
        return fill(tr("as many as {share} of the action money can staff"),
                    {{"share", text::percent(use.reach_value)}});
    }
    return "";
}

std::string full_words(int months) {
    return months <= 1 ? "" : ", " + fill(tr("full after {n} months"), {{"n", months}});
}

std::string paid_words(const scenario::ComponentUse& use) {
    if (use.paid_by.empty())
        return tr("paid from the organisation's money");
    std::vector<std::string> parts;
    for (const auto& [payer, share] : use.paid_by)
        parts.push_back(payer + " " + text::percent(share));
    return fill(tr("paid by {payers}"), {{"payers", text::list(parts)}});
}

/// What the body is: posts that its coordination money buys, how long it takes to grow, missions without an action in the arm.
std::string organisation_text(const scenario::ArmSpec& spec) {
    const scenario::OrganisationKind& kind = spec.organisation.kind;
    std::string out;
    if (!kind.in_words.empty())
        out += hanging("", indent, tr(kind.in_words));
    if (kind.eur_per_post.value > 0 && spec.organisation.eur(0, 1) > 0)
        out += hanging("", indent,
                       fill(tr("Its coordination money buys {n} posts of integration management ({source})"),
                            {{"n", number(spec.organisation.eur(0, 1) / kind.eur_per_post.value, 1)},
                             {"source", kind.eur_per_post.source}}));
    if (kind.full_after_months > 1)
        out += hanging("", indent, fill(tr("At full strength after {n} months"), {{"n", kind.full_after_months}}));
    if (!kind.partners.empty())
        out += hanging("", indent, fill(tr("Partners: {list}"), {{"list", text::list(kind.partners)}}));
    std::vector<std::string> without;
    for (const std::string& mission : kind.missions)
        if (std::none_of(spec.components.begin(), spec.components.end(), [&](const scenario::ComponentUse& use) {
                return use.use.starts_with(mission + "/");
            }))
            without.push_back(mission);
    if (!without.empty())
        out += hanging("", indent,
                       fill(tr("Missions without an action in this arm: {list}"), {{"list", text::list(without)}}));
    return out;
}

std::string arm_text(const scenario::Arm& arm, const Scenario& s) {
    const scenario::ArmSpec& spec = *arm.spec;
    std::string out = arm.id + (arm.id == s.base ? "   " + tr("(the base)") : "") + "   " + tr(arm.label) + "\n";
    if (spec.adds_nothing())
        return out +
               hanging("", 2,
                       fill(tr("The rules of {month}, nothing added."), {{"month", text::month_name(s.rules_as_of)}}));
    if (spec.organisation.given) {
        out += hanging("  " + tr("Organisation"), indent,
                       (spec.organisation.name.empty() ? spec.organisation.use : tr(spec.organisation.name)) + ", " +
                           fill(tr("from {month}"), {{"month", text::month_name(spec.organisation.start)}}) +
                           (spec.organisation.end < scenario::never_ends
                                ? " " + fill(tr("until {month}"), {{"month", text::month_name(spec.organisation.end)}})
                                : ""));
        for (const scenario::ArmGrant& g : spec.organisation.grants)
            out += hanging("", indent,
                           fill(tr("{eur} EUR a year for {purpose}, years {first} to {last}, from {payer} ({source})"),
                                {{"eur", number(g.eur_per_year, 0)},
                                 {"purpose", g.purpose == 0 ? tr("coordination") : tr("actions")},
                                 {"first", g.first_year},
                                 {"last", g.last_year},
                                 {"payer", g.payer},
                                 {"source", g.source}}));
    }
    if (spec.organisation.given)
        out += organisation_text(spec);
    for (const scenario::ComponentUse& use : spec.components)
        out += hanging("  " + use.use + " ", 34,
                       (use.entity.empty() ? "" : use.entity + ": ") + reach_words(use) + ", " +
                           fill(tr("from {month}"), {{"month", text::month_name(use.start)}}) +
                           full_words(use.full_after_months) +
                           (use.zones_per_year > 0
                                ? ", " + fill(tr("{n} new zones a year"), {{"n", number(use.zones_per_year, 0)}})
                                : "") +
                           "; " + paid_words(use));
    for (const scenario::FundingUse& use : spec.funding) {
        std::string words;
        if (use.shifts_practices)
            words = fill(tr("{share} of practices"), {{"share", text::percent(use.share_of_practices)}}) +
                    full_words(use.full_after_months);
        if (use.is_savings)
            words = fill(tr("{share} of what is saved against the forecast, {back} of it put back"),
                         {{"share", text::percent(use.share)}, {"back", text::percent(use.reinvested)}});
        out += hanging("  " + use.use + " ", 34, words.empty() ? tr("in force") : words);
    }
    for (const scenario::CapacityUse& use : spec.capacities)
        out += hanging("  " + use.role, 34,
                       use.unlimited ? tr("capacity without limit")
                                     : fill(tr("capacity x {ratio}"), {{"ratio", number(use.ratio, 2)}}));
    for (const scenario::HazardUse& use : spec.hazards)
        out += hanging("  " + std::string(model::lever_word(use.kind)), 34,
                       fill(tr("x {ratio} in everybody"), {{"ratio", number(use.ratio, 2)}}) +
                           (use.condition.empty() ? "" : ", " + use.condition));
    for (const auto& [key, value] : spec.parameters)
        out += hanging("  " + key, 34, "= " + number_text(value));
    return out;
}

/// Amounts of the rules in use whose price year is more than two years old.
std::string old_amounts_text(const Scenario& s) {
    std::string out;
    for (const funding::RuleSpec& rule : s.rules->rules) {
        const auto old = old_amounts(rule, s.rules_as_of.year());
        if (!old.empty())
            out += hanging("  " + rule.id, 34, text::list(old));
    }
    return out.empty() ? "" : "\n" + tr("Amounts older than two years, by rule (year of the amount, index that moves it):") + "\n" + out;
}

/// `word`: what the user named it by, so that the next step works as it is printed.
std::string scenario_text(const Scenario& s, const std::string& word) {
    std::string out = tr(s.title) + "   (" + s.id + ")\n" + hanging("", 0, tr(s.question)) + "\n";
    out += hanging("", 0,
                   fill(tr("{area}, {n} months from {start}; {futures}; euros of {euros}."),
                        {{"area", tr(s.area.name)},
                         {"n", s.policy_months},
                         {"start", text::month_name(s.start)},
                         {"futures", text::futures(s.replicates)},
                         {"euros", std::to_string(s.euros_of)}}));
    for (const scenario::Arm& arm : s.arms)
        out += "\n" + arm_text(arm, s);
    std::vector<std::string> told;
    for (const scenario::Arm& arm : s.arms)
        for (const scenario::ComponentUse& use : arm.spec->components) {
            if (std::find(told.begin(), told.end(), use.use) != told.end())
                continue;
            out += (told.empty() ? "\n" + tr("The actions in words") + "\n" : "") + "\n" + action_in_short(use.action, use.use);
            told.push_back(use.use);
        }
    if (!s.would_change_the_answer.empty())
        out += "\n" +
               hanging("", 0,
                       fill(tr("What would change the answer: {what}."), {{"what", tr(s.would_change_the_answer)}}));
    return out + old_amounts_text(s) + "\n" +
           hanging("", 0,
                   fill(tr("More: ./tresse explain {id} --assumptions; --component ID/ACTION; a rule by its id."),
                        {{"id", word}}));
}

std::string assumptions_text(const Scenario& s) {
    struct Row {
        std::string id, key, value;
    };
    std::vector<Row> rows;
    int uncertain = 0;
    for (const Uncertain* u : s.uncertain()) {
        if (u->law == Law::fixed)
            continue;
        ++uncertain;
        if (u->is_assumption())
            rows.push_back({u->source, u->key, uncertain_text(*u)});
    }
    std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.id < b.id; });
    std::string out = fill(tr("{assumed} of the {all} uncertain numbers of {id} are our assumptions.\n"),
                           {{"assumed", static_cast<int>(rows.size())}, {"all", uncertain}, {"id", s.id}});
    std::string last;
    for (const Row& row : rows) {
        if (row.id != last) {
            const scenario::Source* source = s.sources ? s.sources->find(row.id) : nullptr;
            out += "\n" + hanging(row.id, 7, source ? source->what : "");
            if (source && !source->why.empty())
                out += hanging("", 7, tr("Why:") + " " + source->why);
            if (source && !source->would_settle_it.empty())
                out += hanging("", 7, tr("Would settle it:") + " " + source->would_settle_it);
        }
        last = row.id;
        out += hanging("", 7, row.key + "   " + row.value);
    }
    return out;
}

const scenario::ComponentUse* find_use(const Scenario& s, const std::string& id, std::vector<std::string>& known) {
    const scenario::ComponentUse* found = nullptr;
    for (const scenario::Arm& arm : s.arms)
        for (const scenario::ComponentUse& use : arm.spec->components) {
            if (std::find(known.begin(), known.end(), use.use) == known.end())
                known.push_back(use.use);
            if (use.use == id)
                found = &use;
        }
    return found;
}

std::string component_text(const Scenario& s, const std::string& id, const Session& session) {
    std::vector<std::string> known;
    if (const scenario::ComponentUse* use = find_use(s, id, known)) {
        std::string out = explain_action(*use->component, use->action, s);
        for (const scenario::Arm& arm : s.arms)
            for (const scenario::ComponentUse& one : arm.spec->components)
                if (one.use == id)
                    out += hanging(tr("In arm") + " " + arm.id, indent, reach_words(one) + "; " + paid_words(one));
        return out;
    }
    const std::string component = id.substr(0, id.find('/')),
                      action = id.find('/') == std::string::npos ? "" : id.substr(id.find('/') + 1);
    const std::string path = find_file(component, session);
    if (!path.empty()) {
        Problems problems;
        const auto spec = scenario::read_component(path, *s.catalogue, problems);
        if (problems.any())
            throw BadInput(std::move(problems));
        std::string out;
        for (const scenario::ActionSpec& one : spec->actions) {
            known.push_back(component + "/" + one.id);
            if (action.empty() || one.id == action)
                out += (out.empty() ? "" : "\n") + explain_action(*spec, one, s);
        }
        if (!out.empty())
            return out;
    }
    const std::string near = nearest(id, known);
    bad("--component " + id, tr("is no action of a component of the library.") + " " +
                                 (near.empty() ? fill(tr("There are: {list}."), {{"list", text::list(known)}})
                                               : fill(tr("Nearest: {word}."), {{"word", near}})));
}

/// One line of the table of mechanisms: persons, events, minutes, euros a year on average over the futures of an arm.
std::array<double, 4> mechanism_year(const ArmRun& arm, int mechanism) {
    std::array<double, 4> out{};
    const std::array<std::pair<world::MechanismCount, double>, 4> columns = {{{world::MechanismCount::persons, 1.0},
                                                                              {world::MechanismCount::events, 1.0},
                                                                              {world::MechanismCount::deci_minutes, 0.1},
                                                                              {world::MechanismCount::cents, 0.01}}};
    for (std::size_t k = 0; k < columns.size(); ++k)
        out[k] = mean_of(arm, [&](const measure::RunRecord& r, const ArmRun&) -> decide::Value {
            double sum = 0, months = 0;
            for (const auto& y : r.years) {
                months += y.months;
                if (mechanism < y.book.shape().mechanisms)
                    sum += static_cast<double>(y.book.mechanism(columns[k].first, mechanism));
            }
            return sum * columns[k].second * r.sample / (months / 12);
        });
    return out;
}

/// Every mechanism of the catalogue stands in the text: those that touched somebody as a row, the others by name.
/// A rule of the library, or of a file of one's own beside it.
std::string rule_text(const Scenario& s, const std::string& id, const std::string& path) {
    scenario::FundingRules rules = *s.rules;
    if (const int at = rules.find(id); at < 0 || rules.rules[static_cast<std::size_t>(at)].file != path) {
        Problems problems;
        const scenario::FundingContext context{s.catalogue.get(), s.payers.get(), &s.region->index_to_2025};
        scenario::add_funding_rules(rules, path, context, problems);
        if (problems.any())
            throw BadInput(std::move(problems));
    }
    return explain_rule(rules.rules[static_cast<std::size_t>(rules.find(id))], rules, s);
}

std::string mechanisms_text(const Simulated& run, const Session& session) {
    const Compared c = compared(arms_of(*run.scenario, run.records), scores_of(session));
    std::string out;
    for (const ArmRun& arm : c.arms) {
        out += fill(tr("{arm}: a year on average, whole area"), {{"arm", arm.id}}) + "\n" +
               text::pad_right("  " + tr("mechanism"), 44) + text::pad_left(tr("persons"), 12) +
               text::pad_left(tr("events"), 14) + text::pad_left(tr("minutes"), 14) + text::pad_left("EUR", 16) + "\n";
        const auto& names = arm.scenario->catalogue->mechanisms;
        std::vector<std::string> untouched;
        for (std::size_t m = 0; m < names.size(); ++m) {
            const std::array<double, 4> year = mechanism_year(arm, static_cast<int>(m));
            if (!(year[1] > 0)) {
                untouched.push_back(names[m]);
                continue;
            }
            out += text::pad_right(text::shorten("  " + names[m], 43), 44) + text::pad_left(number(year[0], year[0] < 10 ? 1 : 0), 12) +
                   text::pad_left(number(year[1], year[1] < 10 ? 1 : 0), 14) + text::pad_left(number(year[2], year[2] < 10 ? 1 : 0), 14) +
                   text::pad_left(number(year[3], year[3] < 10 ? 1 : 0), 16) + "\n";
        }
        if (!untouched.empty())
            out += hanging("  " + tr("touched nobody"), indent, text::list(untouched));
        out += "\n";
    }
    return out + tr("Persons: how often somebody was touched, month by month; the same person can count several times. Minutes and "
                    "euros stand where the mechanism takes time or moves money itself.") +
           "\n";
}

}  // namespace

int explain(const std::string& what, const Explain& how, const Options& options, Session& session) {
    const bool is_run = store::names_run(session.around().results, what);
    if (how.mechanisms) {
        if (!is_run)
            bad(what, tr("--mechanisms needs a run: a run folder, or the short code that stands on its report."));
        session.write(mechanisms_text(read_run(what, session), session));
        return done;
    }
    if (how.scores) {
        if (!is_run)
            bad(what, tr("--scores needs a run: a run folder, or the short code that stands on its report."));
        const Simulated run = read_run(what, session);
        session.write(scores_text(compared(arms_of(*run.scenario, run.records), scores_of(session)), store::RunFolder::open(run.folder).read_table("network")));
        return done;
    }
    std::shared_ptr<const Scenario> s;
    std::string rule;
    if (is_run) {
        s = read_run(what, session).scenario;
    } else {
        const std::string path = find_file(what, session);
        if (path.empty()) {
            std::vector<std::string> known = scenario::shipped_scenarios(session.around().home);
            const std::string near = nearest(what, known);
            bad(what, tr("this is neither a run, nor a file, nor the id of a shipped file.") +
                          (near.empty() ? "" : " " + fill(tr("Nearest: {word}."), {{"word", near}})));
        }
        Problems problems;
        scenario::Document file(path, "", problems);
        const std::string kind = file.usable() ? file.root().maybe("kind").text_or("") : "";
        if (problems.any())
            throw BadInput(std::move(problems));
        s = load(kind == "scenario" ? what : "first-look", options, session);
        if (kind == "component") {
            session.write(component_text(*s, file.root().maybe("id").text_or(""), session));
            return done;
        }
        if (kind == "funding_rule")
            rule = file.root().maybe("id").text_or("");
        else if (kind != "scenario")
            bad(what,
                fill(tr("files of kind \"{kind}\" have no explanation; a scenario, a component or a funding rule has."),
                     {{"kind", kind}}));
        if (!rule.empty()) {
            session.write(rule_text(*s, rule, path));
            return done;
        }
    }
    if (how.assumptions)
        session.write(assumptions_text(*s));
    else if (!how.component.empty())
        session.write(component_text(*s, how.component, session));
    else
        session.write(scenario_text(*s, what));
    return done;
}

}  // namespace tresse::app
