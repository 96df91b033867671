#include <algorithm>
#include <cmath>

#include "jury_parts.hpp"
#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"
#include "tresse/core/text/markup.hpp"

#include "page.hpp"

/// What scores, weights and simulation say together, and what they cannot say.
namespace tresse::viz {

namespace {

using jury::Acceptability;
using jury::Ranking;
using jury::Room;
using text::fill;
using text::number;
using text::tr;

/// Why a bench has no share: what `bench_gap` says, or that it scored only some criteria.
std::string gap_words(const Room& room, std::size_t bench, std::size_t proposal) {
    const std::string gap = bench_gap(room, bench, proposal);
    return gap.empty() ? tr("not every criterion scored") : gap;
}

std::vector<std::size_t> of_group(const Ranking& r, const std::vector<std::size_t>& group) {
    std::vector<std::size_t> out;
    for (const std::size_t i : group)
        out.push_back(r.ranked[i]);
    return out;
}

/// Rows of the dossiers: by mean rank when the call ranks, else as the files came.
std::vector<std::size_t> row_order(const Room& room) {
    const Ranking& r = *room.ranking;
    std::vector<std::size_t> order(r.ranked.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = i;
    if (room.call->ranking_used)
        std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return r.between_benches.mean_rank(a) < r.between_benches.mean_rank(b); });
    return order;
}

/// Which pairs are told apart, dossier by dossier. Shape: rows and columns in the order of the rows of the page.
std::string pairs_table(const Room& room, const std::vector<std::size_t>& order) {
    const Ranking& r = *room.ranking;
    DataTable table{{tr("dossier")}, {}};
    for (const std::size_t b : order)
        table.columns.push_back(std::to_string(r.ranked[b] + 1));
    for (const std::size_t a : order) {
        std::vector<std::string> row = {std::to_string(r.ranked[a] + 1) + ". " + title_of(room, r.ranked[a])};
        for (const std::size_t b : order) {
            const int win = a == b ? 0 : jury::clear_win(r.between_benches, a, b, room.call->separate_prob);
            row.push_back(a == b ? "" : win > 0 ? "+" : win < 0 ? "\u2212" : "?");
        }
        table.rows.push_back(std::move(row));
    }
    return html_table(table, tr("Each pair: + the dossier of the row is clearly worth more than that of the column, \u2212 clearly less, ? not told apart"), 1);
}

std::string groups_part(const Room& room, const std::vector<std::size_t>& order) {
    const Ranking& r = *room.ranking;
    std::string out = heading(2, "1. " + tr("What cannot be told apart"));
    out += paragraph(fill(tr("Two dossiers count as told apart when one is worth more in at least {p} of the ways of weighing and of reading the scores. A chain links dossiers by pairs that are not told apart: neighbours in it are alike, its ends need not be. Whether two dossiers are told apart stands in the table of pairs, not in the chain."), {{"p", text::percent(room.call->separate_prob)}}));
    for (const std::string& words : pairs_words(room))
        out += paragraph(words, "warn");
    if (r.ranked.size() > 1)
        out += pairs_table(room, order);
    DataTable table{{tr("chain"), tr("dossiers"), tr("how many"), tr("pairs in it that are told apart")}, {}};
    for (std::size_t g = 0; g < r.groups.size(); ++g) {
        std::size_t told = 0, all = 0;
        for (const std::size_t a : r.groups[g])
            for (const std::size_t b : r.groups[g])
                if (a < b)
                    ++all, told += jury::clear_win(r.between_benches, a, b, room.call->separate_prob) != 0;
        table.rows.push_back({std::to_string(g + 1), names_of_group(room, of_group(r, r.groups[g])), std::to_string(r.groups[g].size()), fill(tr("{n} of {all}"), {{"n", static_cast<long long>(told)}, {"all", static_cast<long long>(all)}})});
    }
    out += html_table(table, tr("Chains"), 2);
    return out + paragraph(apart_words(room));
}

std::string thresholds(const Room& room, const jury::RankedDossier& d) {
    std::string out = d.below_mean ? fill(tr("mean below {p}"), {{"p", text::percent(room.call->pass_share)}}) : "";
    for (const int c : d.below_each)
        out += (out.empty() ? "" : "; ") + fill(tr("{criterion} below {score}"), {{"criterion", tr(room.call->criteria[static_cast<std::size_t>(c)].name)}, {"score", number(room.call->pass_each, 1)}});
    return out;
}

std::string values_part(const Room& room) {
    const Ranking& r = *room.ranking;
    DataTable table{{tr("dossier"), tr("weighted mean"), tr("under a threshold of this call file (assumption)")}, {}};
    const bool places = room.call->ranking_used;
    DataTable chances{{tr("dossier"), fill(tr("among the best {n}, of 100 ways of weighing"), {{"n", static_cast<long long>(r.places)}}), tr("the same when any weights count, also those no bench gave"), tr("best of all, when weights suit it most")}, {}};
    if (places)
        chances.columns.insert(chances.columns.begin() + 1, {tr("mean place"), tr("first")});
    for (const std::size_t i : row_order(room)) {
        const jury::RankedDossier& d = r.dossiers[i];
        table.rows.push_back({title_of(room, d.proposal), text::percent(d.mean_share), thresholds(room, d)});
        const Acceptability &a = r.between_benches, &any = r.any_weights;
        std::vector<std::string> row = {title_of(room, d.proposal), text::percent(a.among_first(i, r.places)), text::percent(any.among_first(i, r.places)), std::isnan(a.confidence[i]) ? tr("never") : text::percent(a.confidence[i])};
        if (places)
            row.insert(row.begin() + 1, {number(a.mean_rank(i), 1), text::percent(a.among_first(i, 1))});
        chances.rows.push_back(std::move(row));
    }
    std::string out = heading(2, "2. " + tr("Weighted scores"));
    if (!places)
        out += paragraph(tr("This call does not rank dossiers: rows stand in the order of the files, and no place is given."), "warn");
    out += html_table(table, "", 9);
    out += heading(2, "3. " + (places ? tr("How much the place depends on weights and chance") : tr("How much the result depends on weights and chance")));
    if (!places)
        out += paragraph(fill(tr("Among the best {n} says how far a dossier leans on the weights chosen; it is no order of the jury."), {{"n", static_cast<long long>(r.places)}}), "small");
    out += html_table(chances, "", 1);
    return out + paragraph(fill(tr("From {n} draws: weights between those of the benches (all mixtures alike), one juror of each bench at a time, simulated results within their range. Method: SMAA-2 (Lahdelma and Salminen 2001)."), {{"n", static_cast<long long>(r.between_benches.draws)}}), "small");
}

std::string in_sentences(const Room& room) {
    const Ranking& r = *room.ranking;
    std::string out = "<ul>\n";
    for (const std::size_t i : row_order(room))
        out += "<li>" + text::escaped(title_of(room, r.ranked[i]) + ": " + chance_words(r.between_benches.among_first(i, r.places), r.places)) + "</li>\n";
    return out + "</ul>\n";
}

std::string central_weights(const Room& room) {
    const Ranking& r = *room.ranking;
    DataTable table{{tr("dossier")}, {}};
    for (const auto& c : room.call->criteria)
        table.columns.push_back(tr(c.name));
    for (const std::size_t i : row_order(room)) {
        const double* w = &r.any_weights.central[i * r.criteria.size()];
        if (std::isnan(w[0]))
            continue;
        std::vector<std::string> row = {title_of(room, r.ranked[i])};
        for (std::size_t c = 0; c < r.criteria.size(); ++c)
            row.push_back(text::percent(w[c]));
        table.rows.push_back(std::move(row));
    }
    std::string out = heading(2, "5. " + tr("Which weights would put a dossier first"));
    return out + html_table(table, tr("Mean of all weights under which it comes first; dossiers that never do are left out"), 1);
}

std::string disagreement(const Room& room) {
    const Ranking& r = *room.ranking;
    const bool places = room.call->ranking_used;
    DataTable table{{tr("dossier")}, {}};
    for (const auto& bench : room.call->benches)
        table.columns.push_back(tr(bench.name));
    table.columns.push_back(places ? tr("largest gap in places") : tr("largest gap between benches, points of 100"));
    for (const std::size_t i : row_order(room)) {
        const jury::RankedDossier& d = r.dossiers[i];
        std::vector<std::string> row = {title_of(room, d.proposal)};
        std::vector<double> seen;
        for (std::size_t b = 0; b < d.bench_rank.size(); ++b) {
            const int rank = d.bench_rank[b];
            const std::string share = text::percent(d.bench_share[b]);
            row.push_back(rank == 0 ? gap_words(room, b, d.proposal) : places ? fill(tr("{share}, place {n}"), {{"share", share}, {"n", rank}}) : share);
            if (rank > 0)
                seen.push_back(places ? rank : d.bench_share[b] * 100);
        }
        row.push_back(seen.empty() ? "" : number(*std::max_element(seen.begin(), seen.end()) - *std::min_element(seen.begin(), seen.end()), 0));
        table.rows.push_back(std::move(row));
    }
    std::string out = heading(2, "4. " + tr("Where the benches disagree"));
    out += html_table(table, tr("Each bench with its own scores, weights and value function"), 1);
    return out + paragraph(tr("A large gap is a subject for the discussion, not an error."), "small");
}

std::string budget_part(const Room& room) {
    const Ranking& r = *room.ranking;
    if (!r.has_budget)
        return "";
    DataTable table{{tr("dossier"), tr("inside the budget, of 100 ways of weighing")}, {}};
    for (const std::size_t i : row_order(room))
        table.rows.push_back({title_of(room, r.ranked[i]), number(r.budget.inside[i] * 100, 0)});
    const std::string budget = room.call->budget_eur_per_year > 0 ? fill(tr("{eur} EUR a year"), {{"eur", number(room.call->budget_eur_per_year, 0)}}) : fill(text::tr_n("{n} project", "{n} projects", static_cast<long long>(room.call->budget_projects)), {{"n", static_cast<long long>(room.call->budget_projects)}});
    std::string out = heading(2, "6. " + tr("How stable a set is under the budget"));
    out += paragraph(fill(tr("Budget: {budget}. The set with the highest mean values comes out in {n} of 100 ways of weighing; in the others at least one dossier is another."), {{"budget", budget}, {"n", number(r.budget.same_set * 100, 0)}}));
    return out + html_table(table, "", 1);
}

std::string weights_part(const Room& room) {
    DataTable table{{tr("criterion")}, {}};
    for (const auto& bench : room.call->benches)
        table.columns.push_back(tr(bench.name));
    for (std::size_t c = 0; c < room.call->criteria.size(); ++c) {
        std::vector<std::string> row = {tr(room.call->criteria[c].name)};
        for (std::size_t b = 0; b < room.call->benches.size(); ++b)
            row.push_back(text::percent(jury::weights_of_bench(*room.call, *room.round, b)[c], 1));
        table.rows.push_back(std::move(row));
    }
    std::string out = heading(2, "7. " + tr("Weights that were used")) + html_table(table, "", 1);
    for (const jury::Phrase& left : jury::weights_left_out(*room.call, *room.round))
        out += paragraph(in_words(left), "warn");
    return out + paragraph(tr(room.call->rubric_note), "small");
}

}  // namespace

std::string jury_analysis_html(const Room& room) {
    const std::string title = room.call->ranking_used ? tr("Ranking, and what it depends on") : tr("Scores, weights and simulation together");
    std::string body = heading(1, title) + paragraph(tr(room.call->title), "small");
    if (room.round && room.round->invented)
        body += paragraph(tr("Jurors and scores are invented, for exercise."), "warn");
    if (room.scores)
        for (const jury::Phrase& sheet : room.scores->not_signed())
            body += paragraph(in_words(sheet), "warn");
    if (!room.ranking || room.ranking->ranked.empty())
        return html_page(title, body + paragraph(tr("No dossier has a score on every criterion yet, so there is nothing to analyse."), "warn") + paragraph(apart_words(room)) + jury_foot(room));
    for (const std::size_t p : room.ranking->not_scored)
        body += paragraph(fill(tr("{dossier} is not in this analysis: not every criterion has a score, or it was not simulated."), {{"dossier", title_of(room, p)}}), "warn");
    body += groups_part(room, row_order(room)) + values_part(room) + in_sentences(room) + disagreement(room) + central_weights(room) + budget_part(room) + weights_part(room);
    return html_page(title, body + jury_foot(room));
}

}  // namespace tresse::viz
