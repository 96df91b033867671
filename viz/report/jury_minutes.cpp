#include <cmath>

#include "jury_parts.hpp"
#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"
#include "tresse/core/text/layout.hpp"
#include "tresse/core/text/markup.hpp"

#include "page.hpp"

/// Minutes with the draft of a recommendation: one list of parts, written as a page or as plain text.
namespace tresse::viz {

namespace {

using jury::Room;
using text::fill;
using text::number;
using text::tr;

/// A heading, or a paragraph, or a line of a list.
struct Part {
    enum class Kind { title, heading, paragraph, item } kind = Kind::paragraph;
    std::string words;
};
using Parts = std::vector<Part>;

void members(const Room& room, Parts& out) {
    out.push_back({Part::Kind::heading, tr("Who judged")});
    if (!room.round) {
        out.push_back({Part::Kind::paragraph, tr("No jurors were named: a file of kind `round` names them.")});
        return;
    }
    for (std::size_t b = 0; b < room.call->benches.size(); ++b) {
        std::vector<std::string> names;
        for (const std::size_t j : room.scores->members(b)) {
            const std::string state = room.scores->has_signed(j, true) ? tr("signed before and after the interview") : room.scores->has_signed(j, false) ? tr("signed before the interview") : room.scores->has_sheet(j) ? tr("not signed") : tr("no sheet");
            names.push_back(room.round->jurors[j].name + " (" + state + ")");
        }
        out.push_back({Part::Kind::item, tr(room.call->benches[b].name) + ": " + (names.empty() ? tr("nobody") : text::list(names))});
    }
    for (std::size_t j = 0; j < room.round->jurors.size(); ++j)
        for (std::size_t p = 0; p < room.proposals->size(); ++p)
            if (std::string why; !room.scores->may_score(j, p, &why))
                out.push_back({Part::Kind::item, fill(tr("{name} does not score {dossier}: {why}."), {{"name", room.round->jurors[j].name}, {"dossier", title_of(room, p)}, {"why", why}})});
    for (std::size_t b = 0; b < room.call->benches.size(); ++b)
        for (std::size_t p = 0; p < room.proposals->size(); ++p)
            if (room.scores->bench_missing(b, p))
                out.push_back({Part::Kind::item, fill(tr("The bench \"{bench}\" is missing for {dossier}: every member has a tie."), {{"bench", tr(room.call->benches[b].name)}, {"dossier", title_of(room, p)}})});
    for (const jury::Phrase& sheet : room.scores->not_signed())
        out.push_back({Part::Kind::item, in_words(sheet)});
    for (const jury::Phrase& remark : room.remarks)
        out.push_back({Part::Kind::item, in_words(remark)});
}

std::string advice_sentence(const Room& room, std::size_t p) {
    std::vector<std::string> counts;
    for (const jury::AdviceCount& c : jury::advice_counts(*room.scores, p))
        if (c.total > 0)
            counts.push_back(fill(tr("{advice}: {n}"), {{"advice", advice_word(c.advice)}, {"n", c.total}}));
    if (counts.empty())
        return tr("No juror has given an advice yet.");
    const jury::Draft draft = jury::draft_of(room, p);
    const std::string said = fill(tr("Advice of the jurors: {counts}."), {{"counts", text::list(counts)}}) + " ";
    if (draft.withheld) {
        std::vector<std::string> open;
        for (const jury::Finding* f : draft.to_answer)
            open.push_back(tr(f->rule->name));
        return said + fill(tr("Draft: withheld. Before it can read \"{draft}\", the jury must say why this does not refuse the dossier: {conditions}."), {{"draft", advice_word(draft.advice)}, {"conditions", text::list(open)}});
    }
    return said + (draft.advice.empty() ? tr("Draft: none, the benches are divided.") : fill(tr("Draft of the recommendation, one voice per bench: {draft}."), {{"draft", advice_word(draft.advice)}}));
}

void dossier(const Room& room, std::size_t p, Parts& out) {
    out.push_back({Part::Kind::heading, std::to_string(p + 1) + ". " + title_of(room, p)});
    std::vector<std::string> refuse, ask;
    for (const jury::Finding& f : room.findings[p]) {
        if (f.state == jury::State::refuse)
            refuse.push_back(tr(f.rule->name) + " (" + in_words(f.found) + ")");
        if (f.state == jury::State::ask)
            ask.push_back(tr(f.rule->name) + " (" + in_words(f.found) + ")");
    }
    for (const Problem& problem : (*room.proposals)[p].problems)
        if (!problem.note)
            out.push_back({Part::Kind::item, (problem.line > 0 ? fill(tr("not checked: file line {n}"), {{"n", problem.line}}) : tr("wrong in the file")) + (problem.where.empty() ? "" : ", " + problem.where) + ": " + problem.message});
    const std::string unread = unread_words(room, p);
    if (!unread.empty())
        out.push_back({Part::Kind::paragraph, tr("Not checked, since the file cannot be read there:") + " " + unread + "."});
    out.push_back({Part::Kind::paragraph, refuse.empty() ? (unread.empty() ? tr("No condition is found that can refuse it.") : tr("Among the conditions that were checked, none is found that can refuse it.")) : tr("Not met, can refuse:") + " " + text::list(refuse) + "."});
    if (!ask.empty())
        out.push_back({Part::Kind::paragraph, tr("For the jury to judge:") + " " + text::list(ask) + "."});
    const jury::Impact& i = room.impacts[p];
    if (!i.simulated) {
        out.push_back({Part::Kind::paragraph, in_words(i.why_not)});
    } else {
        std::vector<std::string> better, worse;
        for (const jury::ImpactRow& row : i.during) {
            if (row.plan.verdict == decide::Verdict::better)
                better.push_back(impact_label(row) + " " + impact_words(row, row.plan));
            if (row.plan.verdict == decide::Verdict::worse)
                worse.push_back(impact_label(row) + " " + impact_words(row, row.plan));
        }
        std::string words = better.empty() && worse.empty() ? tr("Simulated over the plan: no score of the whole area that surely changes by what matters.") : fill(tr("Simulated over the plan: better: {better}; worse: {worse}."), {{"better", better.empty() ? tr("nothing") : text::list(better)}, {"worse", worse.empty() ? tr("nothing") : text::list(worse)}});
        out.push_back({Part::Kind::paragraph, words + " " + fill(tr("Run {run}."), {{"run", i.run}})});
    }
    if (!room.scores)
        return;
    out.push_back({Part::Kind::paragraph, advice_sentence(room, p)});
    for (std::size_t j = 0; j < room.round->jurors.size(); ++j)
        if (const std::string conditions = room.scores->conditions(j, p); !conditions.empty())
            out.push_back({Part::Kind::item, fill(tr("Condition ({bench}): {words}"), {{"bench", tr(room.call->bench(room.round->jurors[j].bench)->name)}, {"words", conditions}})});
}

Parts parts(const Room& room) {
    Parts out = {{Part::Kind::title, tr("Minutes and draft of a recommendation")}, {Part::Kind::paragraph, tr(room.call->title) + ". " + tr(room.call->legal_basis) + "."}};
    out.push_back({Part::Kind::paragraph, fill(tr("Made on {date} by Tresse from the files and sheets that audit.csv lists (round {code}). This is a draft: only what the jury signs counts."), {{"date", room.date}, {"code", room.code}})});
    if (const std::string sketch = sketch_words(room); !sketch.empty())
        out.push_back({Part::Kind::paragraph, sketch});
    if (room.round && room.round->invented)
        out.push_back({Part::Kind::paragraph, tr("Jurors and scores are invented, for exercise.")});
    members(room, out);
    out.push_back({Part::Kind::heading, tr("What the jury could not tell apart")});
    out.push_back({Part::Kind::paragraph, apart_words(room)});
    if (room.ranking && !room.ranking->groups.empty()) {
        for (const std::string& words : pairs_words(room))
            out.push_back({Part::Kind::paragraph, words});
    }
    for (std::size_t p = 0; p < room.proposals->size(); ++p)
        dossier(room, p, out);
    out.push_back({Part::Kind::heading, tr("Signatures")});
    for (const auto& bench : room.call->benches)
        out.push_back({Part::Kind::item, tr(bench.name) + ": ____________________   " + tr("date") + " ____________"});
    out.push_back({Part::Kind::paragraph, tr("The jury advises; the Insurance Committee decides. Tresse makes no recommendation.")});
    return out;
}

}  // namespace

std::string jury_minutes_html(const Room& room) {
    std::string body;
    bool list = false;
    std::string title;
    for (const Part& part : parts(room)) {
        if (list != (part.kind == Part::Kind::item)) {
            list = !list;
            body += list ? "<ul>\n" : "</ul>\n";
        }
        if (part.kind == Part::Kind::title)
            title = part.words, body += heading(1, part.words);
        else if (part.kind == Part::Kind::heading)
            body += heading(2, part.words);
        else if (part.kind == Part::Kind::item)
            body += "<li>" + text::escaped(part.words) + "</li>\n";
        else
            body += paragraph(part.words);
    }
    return html_page(title, body + (list ? "</ul>\n" : ""));
}

std::string jury_minutes_text(const Room& room) {
    std::string out;
    for (const Part& part : parts(room)) {
        if (part.kind == Part::Kind::title || part.kind == Part::Kind::heading)
            out += "\n" + part.words + "\n" + std::string(text::width(part.words), part.kind == Part::Kind::title ? '=' : '-') + "\n";
        else
            out += text::hanging(part.kind == Part::Kind::item ? "-" : "", part.kind == Part::Kind::item ? 2 : 0, part.words, 90);
    }
    return out.substr(1);
}

}  // namespace tresse::viz
