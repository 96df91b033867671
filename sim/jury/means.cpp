#include "tresse/jury/means.hpp"

#include <algorithm>
#include <cmath>

namespace tresse::jury {

namespace {

using scenario::ActionSpec;
using scenario::Proposal;
using scenario::ProposalAction;
using scenario::ProposalClaim;

const ActionSpec* find(const Actions& library, const std::string& use) {
    const auto found = library.find(use);
    return found == library.end() ? nullptr : found->second;
}

ActionMeans of_action(const ProposalAction& action, const Actions& library, double target, double paid_share) {
    ActionMeans m;
    m.action = &action;
    m.spec = find(library, action.use);
    m.eur = action.eur_per_year, m.posts = action.fte(), m.providers = action.providers;
    m.eur_there = m.eur * paid_share;
    if (!m.spec || std::isnan(m.eur))
        return m;
    const double eur_hour = m.spec->staff.given ? m.spec->staff.eur_per_hour.value : unknown;
    if (m.spec->staff.given && eur_hour > 0) {
        m.posts_paid = m.eur_there / (eur_hour * hours_per_post);
        m.posts_unpaid = m.posts > 0 && m.posts_paid < pay_tolerance * m.posts;
        m.hours = hours_per_post * (m.posts > 0 ? std::min(m.posts, m.posts_paid) : m.posts_paid);
        const double month = m.spec->staff.minutes_month.value, intake = m.spec->staff.minutes_intake.value;
        if (month > 0)
            m.at_a_time = m.hours * 60 / 12 / month;
        const double course = intake + month * std::max(1, m.spec->course_months);
        m.people_per_year = m.spec->course_months > 0 && course > 0 ? m.hours * 60 / course : m.at_a_time;
        if (action.groups_per_year > 0)
            m.people_per_year = std::min(m.people_per_year, action.groups_per_year * 10);
    } else if (m.spec->other_eur.value > 0 && m.spec->eur_per_provider_month.value <= 0) {
        m.people_per_year = m.eur_there / m.spec->other_eur.value;
    }
    if (target > 0)
        m.share_of_target = m.people_per_year / target;
    return m;
}

/// The strongest change that the library's range holds for people reached, as a share (negative = fewer). 0: no such lever.
double strongest(const Means& m, const Actions&, std::initializer_list<model::LeverKind> kinds) {
    double best = 0;
    for (const ActionMeans& a : m.actions) {
        if (!a.spec)
            continue;
        for (const scenario::LeverSpec& lever : a.spec->levers)
            if (std::find(kinds.begin(), kinds.end(), lever.kind) != kinds.end() && model::lever_form(lever.kind).is_ratio)
                best = std::min(best, lever.mean.low - 1);
    }
    return best;
}

/// Share of the target group that the actions with such a lever can reach in a year; all of it when its size is not said.
double reach_with(const Means& m, double target, std::initializer_list<model::LeverKind> kinds) {
    double people = 0;
    for (const ActionMeans& a : m.actions) {
        if (!a.spec || !(a.people_per_year > 0))
            continue;
        const bool has = std::any_of(a.spec->levers.begin(), a.spec->levers.end(), [&](const auto& l) { return std::find(kinds.begin(), kinds.end(), l.kind) != kinds.end(); });
        if (has)
            people += a.people_per_year;
    }
    return target > 0 ? std::min(1.0, people / target) : unknown;
}

class ClaimReader {
public:
    ClaimReader(const Proposal& p, const Means& m, const Actions& library, const ClaimRanges& simulated) : p_(p), m_(m), library_(library), simulated_(simulated) {}

    ClaimCheck check(const ProposalClaim& claim) {
        ClaimCheck c;
        c.claim = &claim;
        if (const auto year = simulated_.find(claim.what + "/" + std::to_string(claim.by_year)); year != simulated_.end())
            c.simulated = year->second;
        else if (const auto found = simulated_.find(claim.what); found != simulated_.end())
            c.simulated = found->second;
        promise(c);
        if (claim.what == "people_reached") reached(c);
        else if (claim.what == "unplanned_admissions" || claim.what == "readmissions") admissions(c);
        else if (claim.what == "net_saving_eur_per_year") saving(c);
        else compare_with_simulation(c, tr("no arithmetic for this promise"));
        return c;
    }

private:
    void promise(ClaimCheck& c) const {
        const ProposalClaim& claim = *c.claim;
        const std::string_view message = claim.has_change ? tr("{what}: {change} by year {year}") : tr("{what}: {value} by year {year}");
        c.promise = {message, {message_arg("what", claim_name(claim.what)), percent_arg("change", claim.change), arg("value", claim.value), arg("year", std::to_string(claim.by_year))}};
    }

    static std::string_view claim_name(const std::string& what) {
        if (what == "people_reached") return tr("people reached");
        if (what == "unplanned_admissions") return tr("unplanned admissions of the target group");
        if (what == "readmissions") return tr("return to hospital within a month");
        if (what == "net_saving_eur_per_year") return tr("net saving, EUR a year");
        if (what == "deaths") return tr("deaths");
        if (what == "people_with_a_plan") return tr("people with a plan of own goals");
        if (what == "forgone_care") return tr("people who go without care");
        if (what == "quality_of_life") return tr("quality of life");
        if (what == "workers_leaving") return tr("workers who leave");
        return tr("something else");
    }

    void reached(ClaimCheck& c) const {
        c.allowed = m_.people_by_end;
        c.means_allow = {tr("about {year} a year, {all} over the plan"), {arg("year", m_.people_per_year), arg("all", m_.people_by_end)}};
        c.times = c.allowed > 0 ? c.claim->value / c.allowed : unknown;
        if (c.allowed <= 0) {
            c.word = ClaimWord::not_with_this_staff;
            c.our_word = {tr("nobody can be reached with these means"), {}};
        } else if (c.times <= claim_tolerance && c.simulated.known() && c.claim->value > claim_tolerance * c.simulated.most()) {
            c.word = ClaimWord::beyond;
            c.our_word = c.simulated.middle > 0 ? Phrase{tr("the money could carry it, but it is {times} times what the simulation reaches"), {arg("times", c.claim->value / c.simulated.middle, 1)}} : Phrase{tr("the money could carry it, but the simulation reaches nobody"), {}};
        } else if (c.times <= claim_tolerance && c.simulated.known() && c.claim->value > claim_tolerance * c.simulated.middle) {
            c.word = ClaimWord::cannot_tell;
            c.our_word = {tr("within the means; the simulation reaches fewer, but its range is too wide to tell"), {}};
        } else if (c.times <= claim_tolerance) {
            c.word = ClaimWord::within;
            c.our_word = {c.simulated.known() ? tr("within the means, and within what the simulation reaches") : tr("within the means"), {}};
        } else {
            c.word = ClaimWord::not_with_this_staff;
            c.our_word = {tr("not with this staff: {times} times what it can carry"), {arg("times", c.times, 1)}};
        }
    }

    void admissions(ClaimCheck& c) const {
        using enum model::LeverKind;
        const auto kinds = {readmission, admission, exacerbation};
        const double effect = strongest(m_, library_, kinds), share = reach_with(m_, p_.size_stated, kinds);
        if (effect == 0) {
            c.word = ClaimWord::not_from_these_actions;
            c.means_allow = {tr("no action of this plan has a published effect on it"), {}};
            c.our_word = {tr("not from these actions"), {}};
            return;
        }
        c.allowed = effect * share;
        c.times = c.allowed < 0 ? c.claim->change / c.allowed : unknown;
        c.means_allow = {tr("at most {most}: {share} of the target group a year, {effect} at best among them"), {percent_arg("most", c.allowed, 1), percent_arg("share", share, 1), percent_arg("effect", effect)}};
        if (!(c.times > claim_tolerance)) {
            c.word = ClaimWord::within;
            c.our_word = {tr("within what the means allow at best"), {}};
        } else {
            c.word = ClaimWord::beyond;
            c.our_word = {tr("{times} times the most that the means allow"), {arg("times", c.times, c.times < 10 ? 1 : 0)}};
        }
    }

    void saving(ClaimCheck& c) const {
        c.means_allow = {tr("the plan spends {eur} EUR a year; a saving is possible only above that"), {arg("eur", m_.eur + p_.coordination_eur)}};
        compare_with_simulation(c, "");
    }

    void compare_with_simulation(ClaimCheck& c, std::string_view otherwise) const {
        if (c.means_allow.empty())
            c.means_allow = {otherwise, {}};
        const double said = c.claim->has_change ? c.claim->change : c.claim->value;
        if (!c.simulated.known()) {
            c.our_word = {tr("not simulated: for the interview"), {}};
        } else if (said >= c.simulated.low && said <= c.simulated.high) {
            c.word = c.simulated.low <= 0 && c.simulated.high >= 0 ? ClaimWord::cannot_tell : ClaimWord::within;
            c.our_word = c.word == ClaimWord::within ? Phrase{tr("inside the simulated range"), {}} : Phrase{tr("inside the simulated range, and so is nothing at all"), {}};
        } else {
            c.word = ClaimWord::beyond;
            c.our_word = {tr("outside the simulated range"), {}};
        }
    }

    const Proposal& p_;
    const Means& m_;
    const Actions& library_;
    const ClaimRanges& simulated_;
};

}  // namespace

Means means(const Proposal& p, const Actions& library) {
    Means m;
    m.asked_eur = p.actions_eur + p.own_means_eur;
    if (const double cost = p.actions_sum_eur(); p.money_stated && cost > m.asked_eur)
        m.paid_share = m.asked_eur / cost;
    double minutes = 0;
    for (const ProposalAction& action : p.actions) {
        ActionMeans a = of_action(action, library, p.size_stated, m.paid_share);
        m.eur += a.eur, m.posts += a.posts;
        if (a.people_per_year > 0) {
            m.people_per_year += a.people_per_year;
            const double years = std::max(0.0, p.years - (action.from_month - 1) / 12.0);
            const bool stays = a.spec->course_months == 0 && a.at_a_time > 0;
            m.people_by_end += stays ? a.people_per_year : a.people_per_year * years;
        }
        if (a.hours > 0)
            minutes += a.hours * 60;
        m.actions.push_back(a);
    }
    if (p.size_stated > 0)
        m.minutes_per_target_person = minutes / p.size_stated;
    m.adds_up = p.money_stated && std::fabs(m.eur - m.asked_eur) <= 1;
    return m;
}

Actions actions_of(const Means& m) {
    Actions out;
    for (const ActionMeans& a : m.actions)
        if (a.spec)
            out[a.action->use] = a.spec;
    return out;
}

std::vector<ClaimCheck> claims(const Proposal& p, const Means& m, const Actions& library, const ClaimRanges& simulated) {
    ClaimReader reader(p, m, library, simulated);
    std::vector<ClaimCheck> out;
    for (const ProposalClaim& claim : p.claims)
        out.push_back(reader.check(claim));
    return out;
}

}  // namespace tresse::jury
