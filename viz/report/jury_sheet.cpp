#include <algorithm>
#include <cmath>

#include "jury_parts.hpp"
#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"
#include "tresse/core/text/markup.hpp"

#include "page.hpp"

/// The sheet for the interview.
namespace tresse::viz {

namespace {

using jury::Room;
using text::fill;
using text::number;
using text::tr;

std::string opening(const Room& room, std::size_t p, int juror) {
    const auto& d = (*room.proposals)[p];
    std::string out = heading(1, title_of(room, p));
    std::string line = fill(tr("{call} \u00b7 dossier {n} of {all} ({id})"),
                            {{"call", tr(room.call->title)},
                             {"n", static_cast<long long>(p + 1)},
                             {"all", static_cast<long long>(room.proposals->size())},
                             {"id", d.id}});
    out += paragraph(line, "small");
    if (d.invented)
        out += paragraph(tr("Invented, for exercise: no such project, partner or promise exists."), "warn");
    if (!d.modelled_on.empty())
        out += paragraph(fill(tr("Exercise after the public facts of {pilot}; these fields are invented: {fields}."),
                              {{"pilot", d.modelled_on}, {"fields", text::list(d.invented_fields)}}),
                         "warn");
    if (juror >= 0) {
        const auto& j = room.round->jurors[static_cast<std::size_t>(juror)];
        out += paragraph(fill(tr("Bench: {bench} \u00b7 Juror: {name} \u00b7 No tie with a partner \u2610 \u00b7 I "
                                 "have a tie, I do not score \u2610"),
                              {{"bench", tr(room.call->bench(j.bench)->name)}, {"name", j.name}}));
    }
    out += heading(2, "1. " + tr("In plain words"));
    out += paragraph(tr(d.in_words));
    if (!d.target.empty())
        out += paragraph(fill(tr("For: {who}{n}."),
                              {{"who", tr(d.target)},
                               {"n", d.size_stated > 0 ? fill(tr(" ({n} people, the dossier says)"), {{"n", number(d.size_stated, 0)}}) : ""}}));
    return out;
}

std::string admissible(const Room& room, std::size_t p) {
    const auto& d = (*room.proposals)[p];
    DataTable table{{"", tr("condition"), tr("found"), tr("to cure"), tr("source")}, {}};
    for (const jury::Finding& f : room.findings[p]) {
        const std::string line = f.line > 0 ? fill(tr(" (line {n})"), {{"n", f.line}}) : "";
        table.rows.push_back({state_sign(f.state), tr(f.rule->name), in_words(f.found) + line,
                              f.cure.empty() ? "" : in_words(f.cure), asked_words(f.rule->asked_in) + ", " + f.rule->source});
    }
    std::string out = heading(2, "2. " + tr("Admissible?")) + html_table(table, "", 9);
    out += paragraph(tr("\u2714 met   ? for the jury to judge   \u2716 not met: can refuse   \u2013 not checked. "
                        "Lines are those of the file of the dossier."),
                     "small");
    if (!d.problems.empty()) {
        DataTable wrong{{tr("line"), tr("where"), tr("what cannot be read, and the cure")}, {}};
        for (const Problem& problem : d.problems)
            wrong.rows.push_back({problem.line > 0 ? std::to_string(problem.line) : "", problem.where, problem.message});
        out += html_table(wrong, tr("Parts of the file that cannot be read"), 9);
    }
    return out;
}

std::string action_name(const jury::ActionMeans& a) {
    return a.spec ? tr(a.spec->name) : fill(tr("{what} (not in the library: not simulated)"), {{"what", tr(a.action->what)}});
}

std::string simulated_words(const jury::SimulatedRange& s) {
    if (!s.known())
        return tr("no such figure");
    return number(s.middle, 0) + (s.has_range() ? " " + fill(tr("({low} to {high})"), {{"low", number(s.low, 0)}, {"high", number(s.high, 0)}}) : "");
}

/// What was charged for the plan and what its actions did with it.
std::string spent_part(const jury::Impact& i, const jury::Means& m) {
    if (i.actions.empty() || std::isnan(i.charged_eur))
        return "";
    double paid = 0;
    for (const jury::ActionMeans& a : m.actions)
        paid += a.spec && a.posts_paid > 0 ? a.posts_paid : 0;
    const double rest = i.charged_eur - i.coordination_eur - i.spent_eur();
    std::string out = paragraph(fill(tr("Over the plan {charged} EUR are charged; {coordination} EUR pay the coordination and {spent} EUR the actions. The rest, {rest} EUR, stays with the consortium unspent and is not given back."), {{"charged", number(i.charged_eur, 0)}, {"coordination", number(i.coordination_eur, 0)}, {"spent", number(i.spent_eur(), 0)}, {"rest", number(std::max(0.0, rest), 0)}}));
    out += paragraph(fill(tr("Money would pay {paid} posts (section 3); the simulation wants {wanted} and fills {filled}. It hires for those who are found and say yes, and no more, so fewer posts and less money are used when fewer people come."), {{"paid", number(paid, 1)}, {"wanted", number(i.posts_wanted, 1)}, {"filled", number(i.posts_filled, 1)}}), "small");
    DataTable table{{tr("action"), tr("spent over the plan, EUR"), tr("posts wanted"), tr("posts filled"), tr("said no"), tr("began")}, {}};
    for (const jury::SimulatedAction& a : i.actions)
        table.rows.push_back({tr(a.name), number(a.spent_eur, 0), number(a.posts_wanted, 1), number(a.posts_filled, 1), number(a.refused, 0), number(a.began, 0)});
    return out + html_table(table, tr("The actions in the simulation, whole area; posts on average of the months in which they run"), 1);
}

std::string means_part(const Room& room, std::size_t p) {
    const jury::Means& m = room.means[p];
    const auto& d = (*room.proposals)[p];
    DataTable table{{tr("action"), tr("EUR a year"), tr("posts"), tr("posts paid"), tr("hours a year"), tr("people it can reach a year"), tr("of the target group")}, {}};
    for (const jury::ActionMeans& a : m.actions)
        table.rows.push_back({action_name(a), number(a.eur, 0), a.posts > 0 ? number(a.posts, 1) : "", std::isnan(a.posts_paid) ? "" : number(a.posts_paid, 1), std::isnan(a.hours) ? "" : number(a.hours, 0), std::isnan(a.people_per_year) ? (a.providers > 0 ? fill(tr("{n} providers"), {{"n", number(a.providers, 0)}}) : "") : number(a.people_per_year, 0), std::isnan(a.share_of_target) ? "" : text::percent(a.share_of_target, 1)});
    table.rows.push_back({tr("Sum"), number(m.eur, 0), number(m.posts, 1), "", "", number(m.people_per_year, 0), std::isnan(m.eur) || std::isnan(m.asked_eur) ? tr("cannot be added up: an amount is not read") : m.adds_up ? tr("agrees with what is asked") : tr("does not agree with what is asked")});
    std::string out = heading(2, "3. " + tr("What the money can do (arithmetic, no simulation)")) + html_table(table, "", 1);
    if (m.paid_share < 1)
        out += paragraph(fill(tr("The actions cost {cost} EUR a year and {there} EUR are there: posts paid, hours and people are counted with {share} of what each action costs."), {{"cost", number(m.eur, 0)}, {"there", number(m.asked_eur, 0)}, {"share", text::percent(m.paid_share)}}), "warn");
    if (!std::isnan(m.minutes_per_target_person))
        out += paragraph(fill(tr("Spread over the whole target group: {n} minutes a person and year. Coordination: {eur} EUR a year."), {{"n", number(m.minutes_per_target_person, 1)}, {"eur", number(d.coordination_eur, 0)}}), "small");
    if (!room.claims[p].empty()) {
        DataTable claims{{tr("the dossier says"), tr("page"), tr("the means allow"), tr("simulated in the area"), tr("our word")}, {}};
        for (const jury::ClaimCheck& c : room.claims[p]) {
            claims.rows.push_back({in_words(c.promise), std::to_string(c.claim->page), in_words(c.means_allow), simulated_words(c.simulated), in_words(c.our_word)});
        }
        out += html_table(claims, tr("Promised against possible"), 9);
    }
    return out;
}

std::string anchors(const scenario::CallCriterion& c) {
    std::string out;
    for (std::size_t k = 0; k < c.anchors.size(); ++k)
        out += (k > 0 ? "; " : "") + std::to_string(k) + " = " + tr(c.anchors[k]);
    return out;
}

std::string scores_part(const Room& room, std::size_t p, int juror) {
    std::string out = heading(2, "4. " + tr("My scores (before I see others' scores or the simulation)"));
    out += paragraph(tr(room.call->rubric_note), "small");
    DataTable table{{tr("criterion (weight)"), "0 \u2026 5", tr("where in the dossier"), tr("why")}, {}};
    std::size_t k = 0;
    for (const scenario::CallCriterion& c : room.call->criteria) {
        if (c.simulated())
            continue;
        const double given = juror >= 0 && room.scores ? room.scores->entered(static_cast<std::size_t>(juror), p, k) : NAN;
        table.rows.push_back({tr(c.name) + " (" + number(c.weight, 0) + ") \u2014 " + anchors(c), std::isnan(given) ? "____" : score_words(given), "", ""});
        ++k;
    }
    return out + html_table(table, "", 9) + paragraph(tr("Signed ____________ on ____________ \u2192 sections 5 and 6 open"));
}

std::string impact_table(const std::vector<jury::ImpactRow>& rows, const std::string& caption) {
    DataTable table{{tr("score"), tr("today"), tr("this plan minus today"), tr("same money, no action"), tr("same money, all in follow-up after discharge")}, {}};
    for (const jury::ImpactRow& row : rows)
        table.rows.push_back({impact_label(row), number(row.base, row.digits), impact_words(row, row.plan), impact_words(row, row.placebo), impact_words(row, row.benchmark)});
    return html_table(table, caption, 1);
}

std::string impact_part(const Room& room, std::size_t p) {
    const jury::Impact& i = room.impacts[p];
    std::string out = heading(2, "5. " + tr("Simulated in its own area, against today"));
    if (!i.simulated)
        return out + paragraph(in_words(i.why_not), "warn");
    out += paragraph(fill(tr("{people} people, one household in {sample} simulated, {n} paired futures, from the rules of today. Money: {eur} EUR per inhabitant and year; posts filled {filled} of {wanted}; reached a year, of 1,000 inhabitants: {reached} (with all in follow-up after discharge: {bench})."),
                          {{"people", number(i.people, 0)}, {"sample", i.sample}, {"n", i.replicates}, {"eur", number(i.eur_per_head, 2)}, {"filled", number(i.posts_filled, 1)}, {"wanted", number(i.posts_wanted, 1)}, {"reached", number(i.reached_per_1000, 1)}, {"bench", number(i.benchmark_reached_per_1000, 1)}}));
    if (i.sample > 1)
        out += paragraph(tr("This is a sketch on a sample of households: it may not be quoted."), "warn");
    for (const jury::Phrase& remark : i.remarks)
        out += paragraph(in_words(remark), "small");
    out += spent_part(i, room.means[p]);
    out += impact_table(i.during, fill(tr("Over the {n} months of the plan"), {{"n", i.plan_months}}));
    if (!i.after.empty())
        out += impact_table(i.after, fill(tr("In the {n} months after its money stops"), {{"n", i.after_months}}));
    out += paragraph(tr("\u25b2 better   \u25bc worse   = same: the whole range is smaller than what matters   ? cannot tell"), "small");
    out += paragraph(apart_words(room));
    return out + paragraph(fill(tr("Run {run}: {folder}"), {{"run", i.run}, {"folder", i.folder}}), "small");
}

std::string others_part(const Room& room, std::size_t p) {
    if (!room.scores)
        return "";
    const auto& s = *room.scores;
    DataTable table{{tr("criterion")}, {}};
    for (const auto& bench : room.call->benches)
        table.columns.push_back(tr(bench.name));
    table.columns.push_back(tr("lowest to highest, before"));
    table.columns.push_back(tr("lowest to highest, after"));
    for (std::size_t c = 0; c < s.criteria().size(); ++c) {
        std::vector<std::string> row = {tr(room.call->criteria[static_cast<std::size_t>(s.criteria()[c])].name)};
        for (std::size_t b = 0; b < room.call->benches.size(); ++b)
            row.push_back(!bench_gap(room, b, p).empty() ? bench_gap(room, b, p) : score_words(s.bench_mean(b, p, c, false)) + " \u2192 " + score_words(s.bench_mean(b, p, c, true)));
        const auto before = s.spread(p, c, false), after = s.spread(p, c, true);
        row.push_back(score_words(before.first) + " \u2013 " + score_words(before.second));
        row.push_back(score_words(after.first) + " \u2013 " + score_words(after.second));
        table.rows.push_back(std::move(row));
    }
    std::string out = html_table(table, tr("Scores of the benches, before \u2192 after the interview"), 1);
    for (const jury::Phrase& unsigned_sheet : s.not_signed())
        out += paragraph(in_words(unsigned_sheet), "warn");
    return out + paragraph(tr("A bench without a score is left out, never counted as zero."), "small");
}

std::string questions_part(const Room& room, std::size_t p, const std::string& number_of) {
    std::string out = heading(2, number_of + " " + tr("Questions for the interview")) + "<ol>\n";
    for (const jury::Phrase& q : jury::questions(room, p))
        out += "<li>" + text::escaped(in_words(q)) + "</li>\n";
    return out + "</ol>\n";
}

std::string closing(const Room& room, const std::string& number_of) {
    std::string words;
    for (const std::string& advice : room.call->advice)
        words += advice_word(advice) + " \u2610   ";
    return heading(2, number_of + " " + tr("After the interview")) + paragraph(tr("Scores again: on the scoring sheet. My advice:") + " " + words) + paragraph(tr("Conditions: ____________________   Signed ____________ on ____________"));
}

}  // namespace

std::string jury_sheet_html(const Room& room, std::size_t p, int juror) {
    const bool open = juror < 0 || (room.scores && room.scores->has_signed(static_cast<std::size_t>(juror), false));
    Room own = room;
    if (!open && p < own.impacts.size()) {
        // before signing, neither the promises nor the questions may show what was simulated
        own.impacts[p] = {};
        own.claims[p] = jury::claims((*room.proposals)[p], room.means[p], jury::actions_of(room.means[p]), {});
    }
    std::string body = opening(own, p, juror) + admissible(own, p) + means_part(own, p);
    body += scores_part(own, p, juror);
    if (open)
        body += impact_part(own, p) + others_part(own, p);
    else
        body += heading(2, "5. " + tr("Simulated in its own area, against today")) + paragraph(tr("Opens when your own scores are signed, so that a table of numbers does not lead your reading."), "warn");
    body += questions_part(own, p, "6.") + closing(own, "7.") + jury_foot(own);
    return html_page(title_of(room, p), body);
}

}  // namespace tresse::viz
