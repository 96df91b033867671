#include "tresse/jury/room.hpp"

#include <algorithm>
#include <cmath>

namespace tresse::jury {

namespace {

using measure::Direction;
using scenario::Proposal;

/// Turns a difference so that more is better. Missing: no direction.
double better(const ImpactRow& row, double difference) {
    return row.direction == Direction::less ? -difference : difference;
}

void ask_findings(const Room& room, std::size_t p, std::vector<Phrase>& out) {
    for (const Finding& f : room.findings[p])
        if (f.state == State::ask || f.state == State::refuse)
            out.push_back({tr("{rule}: what would you hand in to put it right, and by when? (asked: {cure})"), {arg("rule", f.rule->name), arg("cure", f.rule->cure)}});
}

void ask_claims(const Room& room, std::size_t p, std::vector<Phrase>& out) {
    for (const ClaimCheck& c : room.claims[p]) {
        const double page = c.claim->page;
        if (c.word == ClaimWord::not_with_this_staff)
            out.push_back({tr("You promise {n} people (p. {page}); the means carry about {all} over the plan. Whom first, and who decides?"), {arg("n", c.claim->value), arg("page", page), arg("all", c.allowed)}});
        else if (c.word == ClaimWord::not_from_these_actions)
            out.push_back({tr("Which action is to bring what page {page} promises? None of yours has a published effect on it."), {arg("page", page)}});
        else if (c.word == ClaimWord::beyond)
            out.push_back({tr("Page {page} promises more than the means or the simulation allow. On what does it rest?"), {arg("page", page)}});
        else if (c.word == ClaimWord::cannot_tell)
            out.push_back({tr("How would you know that what page {page} promises happened, and was not chance?"), {arg("page", page)}});
    }
}

void ask_staff(const Room& room, std::size_t p, std::vector<Phrase>& out) {
    for (const ActionMeans& a : room.means[p].actions)
        if (a.posts_unpaid)
            out.push_back({tr("{action}: {posts} full-time posts are planned, the money pays {paid}. Who pays the rest?"), {arg("action", a.spec->name), arg("posts", a.posts, 1), arg("paid", a.posts_paid, 1)}});
    const Impact& i = room.impacts[p];
    if (i.simulated && i.posts_wanted > 0 && i.posts_filled < 0.9 * i.posts_wanted)
        out.push_back({tr("In the simulation {filled} of {wanted} posts are filled on average. What if you cannot hire?"), {arg("filled", i.posts_filled, 1), arg("wanted", i.posts_wanted, 1)}});
}

void ask_people(const Room& room, std::size_t p, std::vector<Phrase>& out) {
    const Proposal& d = (*room.proposals)[p];
    const Means& m = room.means[p];
    if (d.seats > 0 && d.patients_seats >= 0 && d.patients_seats * 4 <= d.seats)
        out.push_back({tr("Patients and carers have {n} of {all} seats. What can they stop, and what have they changed so far?"), {arg("n", static_cast<double>(d.patients_seats)), arg("all", static_cast<double>(d.seats))}});
    if (d.hard_to_reach.empty())
        out.push_back({tr("How do you find people who have no GP or do not answer a letter?"), {}});
    if (d.size_stated > 0 && m.people_per_year > 0 && m.people_per_year < 0.05 * d.size_stated)
        out.push_back({tr("A year's means reach about {n} people, {share} of the target group. Why these, and what of the others?"), {arg("n", m.people_per_year), percent_arg("share", m.people_per_year / d.size_stated, 1)}});
    const Impact& i = room.impacts[p];
    const bool no_effect = i.simulated && std::none_of(i.during.begin(), i.during.end(), [](const ImpactRow& r) { return r.plan.verdict == decide::Verdict::better; });
    if (no_effect)
        out.push_back({tr("The simulation finds no score that surely improves in the whole area. What should be seen, in whom, and by which indicator?"), {}});
}

}  // namespace

const ImpactRow* Impact::row(std::string_view id) const {
    for (const ImpactRow& r : during)
        if (r.id == id)
            return &r;
    return nullptr;
}

double Impact::spent_eur() const {
    double sum = 0;
    for (const SimulatedAction& a : actions)
        sum += a.spent_eur;
    return sum;
}

bool told_apart(const Impact& a, const Impact& b) {
    for (const ImpactRow& x : a.during) {
        const ImpactRow* y = b.row(x.id);
        if (!y || x.direction == Direction::none || x.plan.verdict == decide::Verdict::none)
            continue;
        const Range &r = x.plan.difference, &s = y->plan.difference;
        if ((r.low > s.high || s.low > r.high) && std::fabs(r.middle - s.middle) > x.smallest)
            return true;
    }
    return false;
}

std::vector<std::vector<std::size_t>> groups_not_told_apart(const std::vector<Impact>& impacts) {
    std::vector<std::vector<std::size_t>> out;
    std::vector<bool> taken(impacts.size(), false);
    for (std::size_t start = 0; start < impacts.size(); ++start) {
        if (taken[start] || !impacts[start].simulated)
            continue;
        std::vector<std::size_t> group = {start};
        taken[start] = true;
        for (std::size_t i = 0; i < group.size(); ++i)
            for (std::size_t other = 0; other < impacts.size(); ++other)
                if (!taken[other] && impacts[other].simulated && !told_apart(impacts[group[i]], impacts[other]))
                    taken[other] = true, group.push_back(other);
        std::sort(group.begin(), group.end());
        out.push_back(std::move(group));
    }
    std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.size() > b.size(); });
    return out;
}

ClaimRanges claim_ranges(const Impact& impact) {
    ClaimRanges out;
    if (const ImpactRow* cost = impact.row("cost_per_head_eur"); cost && impact.simulated) {
        const Range& d = cost->plan.difference;
        out["net_saving_eur_per_year"] = {-d.middle * impact.people, -d.high * impact.people, -d.low * impact.people};
    }
    const auto people = [](const Range& r) { return SimulatedRange{r.middle, std::max(0.0, r.low), r.high}; };
    if (impact.simulated && !impact.began_by_year.empty()) {
        out["people_reached"] = people(impact.began_by_year.back());
        for (std::size_t y = 0; y < impact.began_by_year.size(); ++y)
            out["people_reached/" + std::to_string(y + 1)] = people(impact.began_by_year[y]);
    }
    return out;
}

std::vector<Improvement> improvements(const scenario::Call& call, const Impact& impact) {
    std::vector<Improvement> out;
    for (const scenario::CallCriterion& c : call.criteria) {
        if (!c.simulated())
            continue;
        Improvement i;
        if (const ImpactRow* row = impact.row(c.score); row && impact.simulated && std::isfinite(row->plan.difference.low)) {
            const Range& d = row->plan.difference;
            const double a = better(*row, d.low), b = better(*row, d.high);
            i = {true, better(*row, d.middle), std::min(a, b), std::max(a, b)};
        }
        out.push_back(i);
    }
    return out;
}

std::vector<Phrase> questions(const Room& room, std::size_t proposal) {
    std::vector<Phrase> out;
    ask_findings(room, proposal, out);
    ask_claims(room, proposal, out);
    ask_staff(room, proposal, out);
    ask_people(room, proposal, out);
    return out;
}

std::vector<AdviceCount> advice_counts(const Scores& scores, std::size_t proposal) {
    std::vector<AdviceCount> out;
    const auto& call = scores.call();
    for (const std::string& advice : call.advice) {
        AdviceCount count{advice, std::vector<int>(call.benches.size(), 0), 0};
        for (std::size_t b = 0; b < call.benches.size(); ++b)
            for (const std::size_t j : scores.members(b))
                if (scores.advice(j, proposal) == advice)
                    ++count.by_bench[b], ++count.total;
        out.push_back(std::move(count));
    }
    return out;
}

Draft draft_of(const Room& room, std::size_t proposal) {
    Draft out;
    out.advice = room.scores ? draft_advice(*room.scores, proposal) : "";
    out.to_answer = to_be_answered(room.findings[proposal]);
    out.withheld = !out.advice.empty() && out.advice != "unfavourable" && !out.to_answer.empty();
    return out;
}

Phrase few_voices(const Room& room) {
    if (!room.scores)
        return {};
    double silent = 0, single = 0, jurors = 0;
    for (std::size_t b = 0; b < room.call->benches.size(); ++b) {
        double voices = 0;
        for (const std::size_t j : room.scores->members(b))
            voices += room.scores->speaks(j);
        silent += voices == 0, single += voices == 1, jurors += voices;
    }
    if (silent + single == 0)
        return {};
    return {tr("Caution: signed scores come from {jurors} jurors; benches without any: {silent}; benches with one juror alone: {single}. How jurors of a bench differ is then hardly seen, so more is told apart than a full jury would tell apart."), {arg("jurors", jurors), arg("silent", silent), arg("single", single)}};
}

std::string draft_advice(const Scores& scores, std::size_t proposal) {
    const auto counts = advice_counts(scores, proposal);
    std::vector<int> voices(counts.size(), 0);
    for (std::size_t b = 0; b < scores.call().benches.size(); ++b) {
        int best = -1;
        bool single = false;
        for (std::size_t a = 0; a < counts.size(); ++a) {
            const int n = counts[a].by_bench[b], top = best < 0 ? 0 : counts[static_cast<std::size_t>(best)].by_bench[b];
            if (n > top)
                best = static_cast<int>(a), single = true;
            else if (n == top && n > 0)
                single = false;
        }
        if (best >= 0 && single)
            ++voices[static_cast<std::size_t>(best)];
    }
    const auto most = std::max_element(voices.begin(), voices.end());
    if (most == voices.end() || *most == 0 || std::count(voices.begin(), voices.end(), *most) > 1)
        return "";
    return counts[static_cast<std::size_t>(most - voices.begin())].advice;
}

}  // namespace tresse::jury
