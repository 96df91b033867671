#include "tresse/viz/report/validation.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"
#include "tresse/viz/figure/draw.hpp"

#include "page.hpp"

namespace tresse::viz {

namespace {

using text::fill;
using text::number;
using text::tr;
using validate::Finding;
using validate::Outcome;
using validate::Validation;

constexpr double edge = 4;  // bands; what lies further ends at the edge

Sign sign_of(Outcome outcome) {
    return outcome == Outcome::pass ? Sign::better : outcome == Outcome::near ? Sign::cannot_tell : outcome == Outcome::fail ? Sign::worse : Sign::none;
}

Figure group_figure(const ValidationPage& page, int group, const std::vector<const Finding*>& rows) {
    Figure figure;
    const std::string name = validate::group_words(static_cast<scenario::BandGroup>(group));
    figure.id = "validation-" + scenario::band_group_words()[static_cast<std::size_t>(group)];
    figure.title = fill(tr("{group}: distance from the target, in bands"), {{"group", name}});
    figure.how_to_read = tr("the upright line is the published figure, the grey part its band. A mark is the simulated value with its 95 % range over futures; an arrow means that it lies further out.");
    figure.alt = figure.title + ". " + page.area + ".";
    figure.signs = {{Sign::better, tr("pass")}, {Sign::cannot_tell, tr("near")}, {Sign::worse, tr("fail")}};
    Panel panel;
    panel.x = {tr("too low  \u2190  bands  \u2192  too high"), -edge, edge, nice_ticks(-edge, edge, 8)};
    panel.marks.push_back({.kind = Mark::Kind::zone, .x = {-1, 1}, .y = {}, .y2 = {}, .note = {}});
    panel.marks.push_back({.kind = Mark::Kind::rule, .x = {0}, .y = {}, .y2 = {}, .note = {}});
    figure.table.columns = {tr("Row"), tr("Target"), tr("Simulated"), tr("Band"), tr("Verdict")};
    for (const Finding* f : rows) {
        Mark mark{.kind = Mark::Kind::interval, .x = {}, .y = {}, .y2 = {}, .note = {}};
        mark.sign = sign_of(f->outcome);
        mark.row = static_cast<int>(panel.rows.size());
        const auto at = [&](double value, double otherwise) { return std::clamp((std::isfinite(value) ? value - f->target : otherwise - f->target) / f->band, -edge, edge); };
        mark.x = {at(f->simulated.middle, f->target), at(f->simulated.low, f->simulated.middle), at(f->simulated.high, f->simulated.middle)};
        panel.rows.push_back({f->label + (f->must ? " *" : ""), false});
        panel.marks.push_back(std::move(mark));
        const int digits = validate::digits_of(*f);
        figure.table.rows.push_back({f->label, number(f->target, digits), text::range(f->simulated, validate::digits_of(*f), false), number(f->band, digits), validate::outcome_words(f->outcome)});
    }
    figure.panels.push_back(std::move(panel));
    return figure;
}

std::string rows_table(const std::vector<const Finding*>& rows) {
    DataTable table;
    table.columns = {tr("Row"), tr("Verdict"), tr("Target"), tr("Simulated"), tr("Band"), tr("Chance"), tr("Unit"), tr("Year"), tr("Source"), tr("Scope")};
    for (const Finding* f : rows) {
        const int digits = validate::digits_of(*f);
        table.rows.push_back({f->label + (f->must ? " *" : ""), validate::outcome_words(f->outcome), number(f->target, digits), text::range(f->simulated, validate::digits_of(*f), false), "\u00b1" + number(f->band, digits), "\u00b1" + number(f->chance, digits), validate::unit_words(f->unit),
                              f->year > 0 ? std::to_string(f->year) : "", f->source, f->why});
    }
    return html_table(table, tr("An asterisk marks a row that must pass"), 2);
}

std::string silent_table(const Validation& v) {
    DataTable table;
    table.columns = {tr("Row"), tr("Why the model cannot speak to it")};
    for (const Finding& f : v.rows)
        if (f.outcome == Outcome::not_modelled)
            table.rows.push_back({f.id, f.why});
    return table.rows.empty() ? "" : heading(2, tr("Rows that the model cannot speak to")) + html_table(table, "", 2);
}

}  // namespace

std::vector<const Finding*> rows_of_group(const Validation& v, int group) {
    std::vector<const Finding*> out;
    for (const Finding& f : v.rows)
        if (static_cast<int>(f.group) == group && f.outcome != Outcome::not_modelled)
            out.push_back(&f);
    std::stable_sort(out.begin(), out.end(), [](const Finding* a, const Finding* b) { return std::max(1.0, a->off) > std::max(1.0, b->off); });
    return out;
}

std::string validation_summary(const Validation& v) {
    const int must = v.count(Outcome::pass, true) + v.count(Outcome::near, true) + v.count(Outcome::fail, true);
    const int all = v.count(Outcome::pass) + v.count(Outcome::near) + v.count(Outcome::fail);
    return fill(tr("Must rows: {pass} of {all} pass, {near} near, {fail} fail."), {{"pass", v.count(Outcome::pass, true)}, {"all", must}, {"near", v.count(Outcome::near, true)}, {"fail", v.count(Outcome::fail, true)}}) + " " +
           fill(tr("Further rows: {pass} of {all} pass, {near} near, {fail} fail."), {{"pass", v.count(Outcome::pass) - v.count(Outcome::pass, true)}, {"all", all - must}, {"near", v.count(Outcome::near) - v.count(Outcome::near, true)}, {"fail", v.count(Outcome::fail) - v.count(Outcome::fail, true)}}) + " " +
           fill(tr("Not modelled: {n}."), {{"n", v.count(Outcome::not_modelled)}});
}

std::vector<Figure> validation_figures(const ValidationPage& page) {
    std::vector<Figure> out;
    for (int g = 0; g < scenario::band_groups; ++g)
        if (const auto rows = rows_of_group(page.validation, g); !rows.empty())
            out.push_back(group_figure(page, g, rows));
    return out;
}

std::string validation_html(const ValidationPage& page) {
    const std::string title = fill(tr("The base year {year} against published figures: {area}"), {{"year", std::to_string(page.year)}, {"area", page.area}});
    std::string body = heading(1, title);
    body += paragraph(fill(tr("{people} people simulated, {futures}, {date}, version {version}. Bands were declared before the run in {file}."), {{"people", number(page.people, 0)}, {"futures", text::futures(page.futures)}, {"date", page.date}, {"version", page.version}, {"file", page.bands_file}}), "small");
    if (page.sample > 1)
        body += paragraph(fill(tr("A sample: one household in {n}; totals stand for all."), {{"n", page.sample}}), "warn");
    body += paragraph(validation_summary(page.validation));
    body += paragraph(tr("Pass: within the band. Near: within twice the band. What chance alone does to a figure in an area of this size is taken off the distance first. Nothing was tuned to these rows but the constants that are marked as fitted."), "small");
    int n = 0;
    for (int g = 0; g < scenario::band_groups; ++g) {
        const auto rows = rows_of_group(page.validation, g);
        if (rows.empty())
            continue;
        body += heading(2, validate::group_words(static_cast<scenario::BandGroup>(g))) + html_figure(group_figure(page, g, rows), ++n) + rows_table(rows);
    }
    body += silent_table(page.validation);
    body += paragraph(fill(tr("Again: {command}"), {{"command", page.command}}), "small");
    return html_page(title, body);
}

}  // namespace tresse::viz
