#include <algorithm>
#include <cmath>

#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"
#include "tresse/core/text/markup.hpp"
#include "tresse/viz/report/brief.hpp"

#include "page.hpp"

namespace tresse::viz {

namespace {

using text::fill;
using text::number;
using text::tr;

std::string years_words(int months) {
    if (months % 12 == 0)
        return fill(text::tr_n("{n} year", "{n} years", months / 12), {{"n", months / 12}});
    return fill(text::tr_n("{n} month", "{n} months", months), {{"n", months}});
}

std::string masthead(const Brief& b) {
    std::string out = heading(1, b.title);
    const std::string about = fill(
        tr("{area}: {people} inhabitants · {years} from {start} · scenario {scenario} · run {run} · {date} · rules of "
           "{rules}, euros of {euros}"),
        {{"area", b.area},
         {"people", number(b.people, 0)},
         {"years", years_words(b.months)},
         {"start", text::month_name(b.start)},
         {"scenario", b.scenario},
         {"run", b.run},
         {"date", b.date},
         {"rules", text::month_name(b.rules_as_of)},
         {"euros", std::to_string(b.euros_of)}});
    out += paragraph(about, "small");
    for (const std::string& warning : b.warnings)
        out += paragraph(warning, "warn");
    out += heading(2, tr("The question"));
    return out + paragraph(b.question);
}

std::string answer(const Brief& b) {
    std::string out = heading(2, tr("The answer")) + "<ol class=\"answer\">\n";
    for (std::size_t i = 1; i < b.arms.size(); ++i)
        out += "<li><b>" + text::escaped(b.arms[i].letter + " " + b.arms[i].label) + ".</b> " +
               text::escaped(b.arms[i].in_words) + "</li>\n";
    return out + "</ol>\n";
}

/// What each arm has to work with, before anything is said of what it does.
std::string means(const Brief& b) {
    std::string out = heading(2, tr("What it takes"));
    for (const BriefArm& arm : b.arms)
        out += "<p><b>" + text::escaped(arm.letter + " " + arm.label) + "</b>: " + text::escaped(arm.adds) + "</p>\n";
    DataTable table;
    table.columns = {tr("Action"),       tr("EUR a year"),     tr("Posts wanted"),
                     tr("Posts filled"), tr("Hours a year"),   tr("People meant"),
                     tr("Said no"),      tr("Begin"),          tr("Take part at a time"),
                     tr("Minutes per person meant")};
    for (const BriefArm& arm : b.arms)
        for (const BriefMeans& m : arm.actions) {
            if (m.elsewhere)
                continue;
            // what works through providers alone has nobody to count
            const bool people = m.meant > 0 || m.reached > 0 || m.taking_part > 0;
            const auto counted = [&](double n, int digits) { return number(people || n > 0 ? n : std::nan(""), digits); };
            table.rows.push_back({arm.letter + "  " + m.name, number(m.eur, 0), counted(m.posts_wanted, 1),
                                  counted(m.posts_filled, 1), counted(m.hours, 0), counted(m.meant, 0),
                                  counted(m.refused, 0), counted(m.reached, 0), counted(m.taking_part, 0),
                                  number(m.minutes_per_person_meant(), 0)});
        }
    if (table.rows.empty())
        return out;
    return out + html_table(table, tr("Money, posts, hours and people, a year on average"));
}

std::string score_rows(const Brief& b) {
    std::string out = heading(2, tr("What changes")) + "<table>\n<caption>" +
                      text::escaped(tr("Difference from the base with its 95 % range, and the verdict")) +
                      "</caption>\n<thead><tr><th>" + text::escaped(tr("Score")) + "</th><th class=\"n\">" +
                      text::escaped(b.arms.empty() ? "" : b.arms[0].letter + " " + b.arms[0].label) + "</th>";
    for (std::size_t i = 1; i < b.arms.size(); ++i)
        out += "<th class=\"n\">" + text::escaped(b.arms[i].letter + " " + b.arms[i].label) + "</th><th>" +
               text::escaped(tr("Verdict")) + "</th>";
    out += "</tr></thead>\n<tbody>\n";
    int family = -1;
    for (const BriefRow& row : b.rows) {
        if (row.family != family)
            out += "<tr class=\"family\"><td colspan=\"" + std::to_string(b.arms.size() * 2) + "\">" +
                   text::escaped(b.families[static_cast<std::size_t>(row.family)]) + "</td></tr>\n";
        family = row.family;
        out += std::string("<tr") + (row.part ? " class=\"part\"" : "") + "><td title=\"" +
               text::escaped(row.how_to_read) + "\">" + text::escaped(row.label) + "</td><td class=\"n\">" +
               text::escaped(number(row.base, row.digits)) + "</td>";
        for (const BriefCell& cell : row.arms)
            out += "<td class=\"n\">" + text::escaped(difference_text(row, cell)) + "</td><td>" +
                   text::escaped(cell.sign == Sign::none ? "" : sign_letter(cell.sign) + " " + sign_word(cell.sign)) +
                   "</td>";
        out += "</tr>\n";
    }
    out += "</tbody>\n</table>\n";
    out += paragraph(tr("Same: the whole range is smaller than what matters. Cannot tell: neither a difference nor its "
                        "absence is shown. The range is over chance and over the uncertain numbers."),
                     "small");
    return out;
}

std::string payers(const Brief& b) {
    if (b.payers.empty())
        return "";
    std::string out = heading(2, tr("Who invests, who gains"));
    for (std::size_t arm = 1; arm < b.arms.size(); ++arm) {
        DataTable table;
        table.columns = {tr("Account"), tr("pays in"), tr("gets back"), tr("balance"), tr("range")};
        for (const BriefPayer& payer : b.payers) {
            const BriefPayer::Arm& a = payer.arms[arm - 1];
            const double largest =
                std::max({std::fabs(a.pays_in), std::fabs(a.gets_back), std::fabs(a.balance.middle)});
            const int digits = std::max(2, text::decimals_for(largest, 2, 3));
            table.rows.push_back(
                {payer.name, number(a.pays_in, digits), number(a.gets_back, digits),
                 text::signed_number(a.balance.middle, digits),
                 std::isfinite(a.balance.low)
                     ? text::from_to(a.balance.low, a.balance.high, digits)
                     : "\u2013"});
        }
        out += html_table(table, fill(tr("{arm}: million EUR a year on average, this area"),
                                      {{"arm", b.arms[arm].letter + " " + b.arms[arm].label}}));
    }
    out +=
        paragraph(tr("Pays in: what the account pays under rules that the base does not have. Gets back: what it pays "
                     "less under all others. The balance is from the account's own side: below zero it loses."),
                  "small");
    return out;
}

std::string seen(const Brief& b) {
    std::string out = heading(2, tr("Would a real evaluation have seen it?"));
    bool any = false;
    for (std::size_t i = 1; i < b.arms.size(); ++i) {
        if (b.arms[i].seen.empty())
            continue;
        any = true;
        out += "<p><b>" + text::escaped(b.arms[i].letter + " " + b.arms[i].label) +
               "</b>: " + text::escaped(b.arms[i].seen) + "</p>\n";
    }
    if (!any)
        return "";
    return out +
           paragraph(tr("An evaluation sees this one area once, and compares it with one that had another luck. A "
                        "report of \u201cno effect\u201d need not contradict the table above."),
                     "small");
}

std::string assumptions(const Brief& b) {
    std::string out = heading(2, tr("What this rests on"));
    out +=
        paragraph(fill(tr("{all} numbers are uncertain and were drawn anew in each future; {assumed} of them are our "
                          "assumptions. Totals are fitted to Belgium; effects are borrowed from trials elsewhere."),
                       {{"all", b.uncertain}, {"assumed", b.assumed}}));
    if (!b.decides.empty())
        out += paragraph(tr("What decides most:") + " " + b.decides);
    if (b.assumptions.empty())
        return out;
    DataTable table;
    table.columns = {tr("Assumption"), tr("what"), tr("value and range"), tr("why")};
    for (const BriefAssumption& a : b.assumptions)
        table.rows.push_back({a.id, a.what, a.value, a.why});
    return out + html_table(table, tr("Assumptions in the actions of these arms"), 9);
}

std::string foot(const Brief& b) {
    const std::string repeat = fill(
        tr("Anyone can repeat this run: ./tresse rerun {run}. Version {version}, result {result}, {futures}, "
           "{time} on {threads} threads."),
        {{"run", b.run_word},
         {"version", b.version},
         {"result", b.result},
         {"futures", text::futures(b.replicates)},
         {"time", text::duration(b.seconds)},
         {"threads", b.threads}});
    return heading(2, tr("How to read the rows")) + [&] {
        std::string rows = "<dl class=\"small\">\n";
        std::string last;
        for (const BriefRow& row : b.rows)
            if (!row.how_to_read.empty() && row.how_to_read != last && !row.part) {
                rows += "<dt><b>" + text::escaped(row.label) + "</b></dt><dd>" + text::escaped(row.how_to_read) + "</dd>\n";
                last = row.how_to_read;
            }
        return rows + "</dl>\n";
    }() + paragraph(repeat, "small");
}

}  // namespace

std::string report_html(const Brief& b) {
    std::string body = masthead(b) + answer(b) + means(b) + score_rows(b);
    int number_of_figure = 0;
    if (!b.figures.empty())
        body += html_figure(b.figures[0], ++number_of_figure);
    body += payers(b);
    for (std::size_t i = 1; i < b.figures.size(); ++i)
        body += html_figure(b.figures[i], ++number_of_figure);
    for (const BriefTable& table : b.tables)
        body += heading(2, table.title) + html_table(table.data, "") + paragraph(table.how_to_read, "small");
    body += seen(b) + assumptions(b) + foot(b);
    return html_page(b.title, body);
}

}  // namespace tresse::viz
