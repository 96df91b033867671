#include <algorithm>
#include <cmath>

#include "jury_parts.hpp"
#include "tresse/core/csv.hpp"
#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"
#include "tresse/core/text/layout.hpp"
#include "tresse/core/text/markup.hpp"

#include "page.hpp"

/// All dossiers at once: on a page, on the screen, as tables for the office.
namespace tresse::viz {

namespace {

using jury::Room;
using text::fill;
using text::number;
using text::pad_left;
using text::pad_right;
using text::tr;

int count_of(const std::vector<jury::Finding>& findings, jury::State state) {
    return static_cast<int>(std::count_if(findings.begin(), findings.end(), [&](const auto& f) { return f.state == state; }));
}

std::string conditions_table(const Room& room) {
    DataTable table{{tr("condition")}, {}};
    for (std::size_t p = 0; p < room.proposals->size(); ++p)
        table.columns.push_back(std::to_string(p + 1));
    for (std::size_t r = 0; r < room.call->rules.size(); ++r) {
        std::vector<std::string> row = {tr(room.call->rules[r].name)};
        for (const auto& findings : room.findings)
            row.push_back(state_sign(findings[r].state));
        table.rows.push_back(std::move(row));
    }
    return html_table(table, tr("Dossiers by number; the sheets give what was found, the source and the cure"), 99);
}

std::string impact_overview(const Room& room) {
    static const std::vector<std::string> shown = {"complex_with_plan_percent", "readmitted_30_days_percent", "avoidable_admissions_per_1000", "cost_per_head_eur", "gap_forgone_points"};
    DataTable table{{tr("dossier"), tr("EUR per inhabitant and year"), tr("reached, of 1,000")}, {}};
    bool heads = false;
    for (std::size_t p = 0; p < room.proposals->size(); ++p) {
        const jury::Impact& i = room.impacts[p];
        std::vector<std::string> row = {title_of(room, p), number(i.eur_per_head, 2), number(i.reached_per_1000, 1)};
        for (const std::string& id : shown) {
            const jury::ImpactRow* one = i.row(id);
            if (one && !heads)
                table.columns.push_back(impact_label(*one));
            row.push_back(one ? impact_words(*one, one->plan) : "");
        }
        heads = heads || i.simulated;
        table.rows.push_back(std::move(row));
    }
    if (!heads)
        return paragraph(tr("Nothing was simulated."), "warn");
    for (auto& row : table.rows)
        row.resize(table.columns.size());
    return html_table(table, tr("Each plan in its own area against today, over the months of the plan; per head, so that areas compare"), 1) + paragraph(tr("\u25b2 better   \u25bc worse   = same: the whole range is smaller than what matters   ? cannot tell"), "small") + paragraph(apart_words(room));
}

/// A table whose cells are typed for the office of the language.
class OfficeTable {
public:
    OfficeTable() : sep_(text::language() == Lang::en ? ',' : ';'), comma_(text::language() != Lang::en) {}
    void line(const std::vector<std::string>& cells) { out_ += csv_line(cells, sep_); }
    std::string cell(double value) const {
        if (!std::isfinite(value))
            return "";
        std::string s = number_text(std::round(value * 1e6) / 1e6);
        if (comma_)
            std::replace(s.begin(), s.end(), '.', ',');
        return s;
    }
    std::string text() const { return "\xef\xbb\xbf" + out_; }

private:
    char sep_;
    bool comma_;
    std::string out_;
};

/// `not told apart`: number of the group whose results do not part; empty: not simulated.
std::string dossiers_csv(const Room& room) {
    OfficeTable t;
    t.line({tr("dossier"), tr("title"), tr("inhabitants"), tr("asked, EUR a year"), tr("not told apart by results: group")});
    for (std::size_t p = 0; p < room.proposals->size(); ++p) {
        const auto& d = (*room.proposals)[p];
        std::string group;
        for (std::size_t g = 0; g < room.not_told_apart.size(); ++g)
            if (std::find(room.not_told_apart[g].begin(), room.not_told_apart[g].end(), p) != room.not_told_apart[g].end())
                group = std::to_string(g + 1);
        t.line({d.id, title_of(room, p), t.cell(d.area_readable ? jury::inhabitants(*room.call, d, *room.region) : jury::unknown), t.cell(d.readable && d.money_stated ? d.coordination_eur + d.actions_eur : jury::unknown), group});
    }
    return t.text();
}

std::string findings_csv(const Room& room) {
    OfficeTable t;
    t.line({tr("dossier"), tr("condition"), tr("state"), tr("found"), tr("to cure"), tr("line"), tr("asked in"), tr("source")});
    for (std::size_t p = 0; p < room.proposals->size(); ++p)
        for (const jury::Finding& f : room.findings[p])
            t.line({(*room.proposals)[p].id, tr(f.rule->name), state_word(f.state), in_words(f.found), f.cure.empty() ? "" : in_words(f.cure), f.line > 0 ? std::to_string(f.line) : "", asked_words(f.rule->asked_in), f.rule->source});
    return t.text();
}

std::string means_csv(const Room& room) {
    OfficeTable t;
    t.line({tr("dossier"), tr("action"), tr("EUR a year"), tr("posts"), tr("posts paid"), tr("hours a year"), tr("people it can reach a year"), tr("of the target group")});
    for (std::size_t p = 0; p < room.proposals->size(); ++p)
        for (const jury::ActionMeans& a : room.means[p].actions)
            t.line({(*room.proposals)[p].id, a.spec ? tr(a.spec->name) : tr(a.action->what), t.cell(a.eur), t.cell(a.posts), t.cell(a.posts_paid), t.cell(a.hours), t.cell(a.people_per_year), t.cell(a.share_of_target)});
    return t.text();
}

void impact_lines(OfficeTable& t, const std::string& id, const std::string& window, const jury::Impact& i, const std::vector<jury::ImpactRow>& rows) {
    for (const jury::ImpactRow& r : rows)
        for (const auto& [arm, cell] : {std::pair{tr("plan"), &r.plan}, std::pair{tr("same money, no action"), &r.placebo}, std::pair{tr("benchmark"), &r.benchmark}})
            t.line({id, window, arm, tr(r.name), t.cell(r.base), t.cell(cell->difference.middle), t.cell(cell->difference.low), t.cell(cell->difference.high), std::string(decide::verdict_word(cell->verdict)), i.run});
}

std::string impact_csv(const Room& room) {
    OfficeTable t;
    t.line({tr("dossier"), tr("period"), tr("arm"), tr("score"), tr("today"), tr("difference"), tr("low"), tr("high"), tr("verdict"), tr("run")});
    for (std::size_t p = 0; p < room.proposals->size(); ++p) {
        impact_lines(t, (*room.proposals)[p].id, tr("plan"), room.impacts[p], room.impacts[p].during);
        impact_lines(t, (*room.proposals)[p].id, tr("after"), room.impacts[p], room.impacts[p].after);
    }
    return t.text();
}

std::string scores_csv(const Room& room) {
    OfficeTable t;
    t.line({tr("dossier"), tr("bench"), tr("juror"), tr("criterion"), tr("before interview"), tr("after interview")});
    const auto& s = *room.scores;
    for (std::size_t p = 0; p < room.proposals->size(); ++p)
        for (std::size_t j = 0; j < room.round->jurors.size(); ++j) {
            const auto& juror = room.round->jurors[j];
            for (std::size_t c = 0; c < s.criteria().size(); ++c)
                if (s.may_score(j, p))
                    t.line({(*room.proposals)[p].id, juror.bench, juror.id, room.call->criteria[static_cast<std::size_t>(s.criteria()[c])].id, t.cell(s.score(j, p, c, false)), t.cell(s.score(j, p, c, true))});
        }
    return t.text();
}

std::string analysis_csv(const Room& room) {
    OfficeTable t;
    const auto& r = *room.ranking;
    std::vector<std::string> heads = {tr("dossier"), tr("group"), tr("weighted mean"), tr("mean place"), tr("first"), fill(tr("among the first {n}"), {{"n", static_cast<long long>(r.places)}}), tr("the same when any weights count, also those no bench gave"), tr("best of all, when weights suit it most"), tr("inside the budget")};
    for (const auto& bench : room.call->benches)
        heads.push_back(tr(bench.name));
    t.line(heads);
    for (std::size_t i = 0; i < r.ranked.size(); ++i) {
        std::size_t group = 0;
        for (std::size_t g = 0; g < r.groups.size(); ++g)
            if (std::find(r.groups[g].begin(), r.groups[g].end(), i) != r.groups[g].end())
                group = g + 1;
        std::vector<std::string> row = {(*room.proposals)[r.ranked[i]].id, std::to_string(group), t.cell(r.dossiers[i].mean_share), t.cell(r.between_benches.mean_rank(i)), t.cell(r.between_benches.among_first(i, 1)), t.cell(r.between_benches.among_first(i, r.places)), t.cell(r.any_weights.among_first(i, r.places)), t.cell(r.between_benches.confidence[i]), r.has_budget ? t.cell(r.budget.inside[i]) : ""};
        for (const double share : r.dossiers[i].bench_share)
            row.push_back(t.cell(share));
        t.line(row);
    }
    return t.text();
}

/// What cannot be read, dossier by dossier, below the table of the screen.
std::string unread_text(const Room& room) {
    std::string out;
    for (std::size_t p = 0; p < room.proposals->size(); ++p) {
        for (const Problem& problem : (*room.proposals)[p].problems)
            if (!problem.note)
                out += text::hanging("  " + std::to_string(p + 1), 6, (problem.line > 0 ? fill(tr("not checked: file line {n}"), {{"n", problem.line}}) : tr("wrong in the file")) + (problem.where.empty() ? "" : ", " + problem.where) + ": " + problem.message);
        if (const std::string rules = unread_words(room, p); !rules.empty())
            out += text::hanging("", 6, fill(tr("conditions not checked: {list}"), {{"list", rules}}));
    }
    return out;
}

}  // namespace

std::string jury_overview_html(const Room& room) {
    const std::string title = tr("All dossiers beside all conditions");
    std::string body = heading(1, title) + paragraph(tr(room.call->title), "small");
    DataTable names{{tr("number"), tr("dossier"), tr("inhabitants"), tr("asked, EUR a year"), tr("can refuse"), tr("to judge"), tr("not checked: cannot be read")}, {}};
    for (std::size_t p = 0; p < room.proposals->size(); ++p) {
        const auto& d = (*room.proposals)[p];
        names.rows.push_back({std::to_string(p + 1), title_of(room, p), people_words(room, p), number(d.readable && d.money_stated ? d.coordination_eur + d.actions_eur : jury::unknown, 0), std::to_string(count_of(room.findings[p], jury::State::refuse)), std::to_string(count_of(room.findings[p], jury::State::ask)), unread_words(room, p)});
    }
    body += html_table(names, "", 2) + heading(2, tr("Admissible?")) + conditions_table(room);
    body += paragraph(tr("\u2714 met   \u2714+ met, with advice   ? for the jury to judge   \u2716 not met: can refuse   \u2013 not checked"), "small");
    body += heading(2, tr("Simulated")) + impact_overview(room);
    return html_page(title, body + jury_foot(room));
}

std::string jury_index_html(const Room& room, const std::vector<std::pair<std::string, std::string>>& links, int juror) {
    std::string title = tr(room.call->title);
    if (juror >= 0)
        title = room.round->jurors[static_cast<std::size_t>(juror)].name + " \u2014 " + title;
    std::string body = heading(1, title) + paragraph(tr(room.call->rubric_note), "small") + "<ul>\n";
    for (const auto& [file, words] : links)
        body += "<li><a href=\"" + text::escaped(file) + "\">" + text::escaped(words) + "</a></li>\n";
    return html_page(title, body + "</ul>\n" + jury_foot(room));
}

std::string jury_table_text(const Room& room) {
    std::string out = text::hanging("", 0, tr(room.call->title) + " \u00b7 " + fill(text::tr_n("{n} dossier", "{n} dossiers", static_cast<long long>(room.proposals->size())), {{"n", static_cast<long long>(room.proposals->size())}})) + "\n";
    out += pad_right("", 3) + pad_right(tr("dossier"), 34) + pad_left(tr("people"), 9) + pad_left(tr("refuse"), 8) + pad_left(tr("judge"), 7) + pad_left(tr("unread"), 8) + pad_left(tr("EUR/head"), 10) + pad_left(tr("plans"), 11) + pad_left(tr("returns"), 11) + "\n";
    for (std::size_t p = 0; p < room.proposals->size(); ++p) {
        const jury::Impact& i = room.impacts[p];
        const auto short_words = [&](const char* id) {
            const jury::ImpactRow* row = i.row(id);
            return row ? text::signed_number(row->plan.difference.middle, 1) + " " + verdict_letter(row->plan.verdict) : std::string("\u2013");
        };
        out += pad_left(std::to_string(p + 1), 2) + " " + pad_right(text::shorten(title_of(room, p), 33), 34) + pad_left(people_words(room, p), 9) + pad_left(std::to_string(count_of(room.findings[p], jury::State::refuse)), 8) + pad_left(std::to_string(count_of(room.findings[p], jury::State::ask)), 7) + pad_left(std::to_string(std::count_if(room.findings[p].begin(), room.findings[p].end(), [](const auto& f) { return f.unread; })), 8) + pad_left(number(i.eur_per_head, 2), 10) + pad_left(short_words("complex_with_plan_percent"), 11) + pad_left(short_words("readmitted_30_days_percent"), 11) + "\n";
    }
    out += "\n" + text::hanging("", 2, tr("refuse, judge, unread: conditions that can refuse it, that the jury must judge, or that cannot be read in the file; plans, returns: simulated change in per cent of people with a plan and of returns to hospital within 30 days"));
    out += text::hanging("", 2, tr("\u25b2 better   \u25bc worse   = same: the whole range is smaller than what matters   ? cannot tell"));
    out += unread_text(room);
    for (std::size_t p = 0; p < room.proposals->size(); ++p)
        for (const jury::Finding& f : room.findings[p])
            if (f.state == jury::State::refuse)
                out += text::hanging("  " + std::to_string(p + 1), 6, tr(f.rule->name) + ": " + in_words(f.found));
    if (room.scores)
        for (const jury::Phrase& sheet : room.scores->not_signed())
            out += "\n" + text::hanging("", 0, in_words(sheet));
    const std::string sketch = sketch_words(room);
    return out + "\n" + text::hanging("", 0, apart_words(room)) + (sketch.empty() ? "" : text::hanging("", 0, sketch));
}

std::vector<std::pair<std::string, std::string>> jury_tables_csv(const Room& room) {
    std::vector<std::pair<std::string, std::string>> out = {{"dossiers", dossiers_csv(room)}, {"findings", findings_csv(room)}, {"means", means_csv(room)}, {"impact", impact_csv(room)}};
    if (room.scores)
        out.emplace_back("scores", scores_csv(room));
    if (room.ranking && !room.ranking->ranked.empty())
        out.emplace_back("analysis", analysis_csv(room));
    return out;
}

}  // namespace tresse::viz
