#include "tresse/app/score_table.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"
#include "tresse/core/text/layout.hpp"

namespace tresse::app {

namespace {

using text::fill;
using text::pad_left;
using text::pad_right;
using text::tr;
using viz::Brief;
using viz::BriefCell;
using viz::BriefRow;
using viz::Sign;

constexpr std::size_t page = 100, label_columns = 43, arrow_columns = 1, base_columns = 8;
constexpr std::size_t arm_columns = (page - label_columns - arrow_columns - base_columns) / 2;
constexpr std::size_t arms_beside = 2;

std::string arrow(char direction) {
    switch (direction) {
    case '+':
        return "\u2191";
    case '-':
        return "\u2193";
    case '0':
        return "\u25cb";
    default:
        return " ";
    }
}

std::string coloured(Sign sign, const std::string& letter, bool colour) {
    if (!colour || sign == Sign::none || sign == Sign::same)
        return letter;
    // Blue and orange are told apart by those who see no red and green.
    const char* code = sign == Sign::better ? "34" : sign == Sign::worse ? "33" : "90";
    return std::string("\033[") + code + "m" + letter + "\033[0m";
}

std::string trimmed(std::string line) {
    while (line.ends_with(' '))
        line.pop_back();
    return line + "\n";
}

/// The difference of a row and the rest, "(low to high)"; the difference in brackets for what stands beside the others.
/// Tight: "(low\u2026high)", for numbers and languages that take more room.
std::pair<std::string, std::string> split_difference(const BriefRow& row, const BriefCell& cell, bool tight) {
    const std::string words = viz::difference_text(row, cell);
    const std::size_t space = words.find(' ');
    const std::string first = words.substr(0, space);
    if (row.memo)
        return {"(" + first, ")"};
    std::string range = space == std::string::npos ? "" : words.substr(space);
    const std::size_t from = range.find(' ', 1), to = range.rfind(' ');
    if (tight && from != std::string::npos && from < to)
        range = range.substr(0, from) + "\u2026" + range.substr(to + 1);
    return {first, range};
}

/// How an arm's column is laid out, so that ranges start at the same place in every row.
struct Layout {
    std::size_t differences = 0;
    bool tight = false;
};

Layout layout_of(const Brief& brief, std::size_t arm) {
    Layout layout;
    const std::size_t room = arm_columns - 3;
    for (const bool tight : {false, true}) {
        std::size_t widest = 0, rest = 0;
        for (const BriefRow& row : brief.rows) {
            const auto [first, range] = split_difference(row, row.arms[arm - 1], tight);
            widest = std::max(widest, text::width(first));
            rest = std::max(rest, text::width(range));
        }
        layout = {std::min(widest, room - std::min(room, rest)), tight};
        if (widest + rest <= room)
            break;
    }
    return layout;
}

std::string arm_cell(const BriefRow& row, const BriefCell& cell, const Layout& layout, bool colour) {
    const auto [first, range] = split_difference(row, cell, layout.tight);
    return pad_right(" " + pad_left(first, layout.differences) + range, arm_columns - 2) + " " +
           coloured(cell.sign, viz::sign_letter(cell.sign), colour);
}

std::string column_heads(const Brief& brief, std::size_t from, std::size_t to) {
    constexpr std::size_t base_head = base_columns + 6;
    std::string heads(label_columns + arrow_columns + base_columns - base_head, ' ');
    heads += pad_left(text::shorten(brief.arms[0].letter + " " + brief.arms[0].label, base_head), base_head);
    std::string below(label_columns + arrow_columns + base_columns, ' ');
    for (std::size_t i = from; i < to; ++i) {
        const std::string name =
            fill(tr("{arm} minus {base}"), {{"arm", brief.arms[i].letter}, {"base", brief.arms[0].letter}});
        heads += pad_right("  " + name, arm_columns);
        below += pad_right("  " + tr("(95 % range)"), arm_columns);
    }
    return trimmed(heads) + (to > from ? trimmed(below) : "");
}

std::string block(const Brief& brief, std::size_t from, std::size_t to, bool colour) {
    std::string out = column_heads(brief, from, to);
    int family = -1;
    std::vector<Layout> layouts;
    for (std::size_t i = from; i < to; ++i)
        layouts.push_back(layout_of(brief, i));
    for (const BriefRow& row : brief.rows) {
        if (row.family != family)
            out += brief.families[static_cast<std::size_t>(row.family)] + "\n";
        family = row.family;
        const std::string base =
            row.memo ? "(" + text::number(row.base, row.digits) + ")" : text::number(row.base, row.digits);
        const std::string indent(row.part ? 3 : 1, ' ');
        const auto label = text::wrap(row.label, label_columns - 1 - indent.size());
        std::string line = pad_right(indent + label.front(), label_columns);
        line += arrow(row.direction) + pad_left(base, base_columns);
        for (std::size_t i = from; i < to; ++i)
            line += arm_cell(row, row.arms[i - 1], layouts[i - from], colour);
        out += trimmed(line);
        for (std::size_t k = 1; k < label.size(); ++k)  // a long name goes on below: nothing is cut off
            out += indent + "  " + label[k] + "\n";
    }
    return out;
}

std::string years_words(int months) {
    if (months % 12 == 0)
        return fill(text::tr_n("{n} year", "{n} years", months / 12), {{"n", months / 12}});
    return fill(text::tr_n("{n} month", "{n} months", months), {{"n", months}});
}

std::string compared_words(const Brief& b) {
    std::string words =
        fill(tr("{years} from {start} \u00b7 {futures}"),
             {{"years", years_words(b.months)},
              {"start", text::month_name(b.start)},
              {"futures", fill(text::tr_n("{n} future", "{n} paired futures", b.replicates), {{"n", b.replicates}})}});
    if (b.draws && b.uncertain > 0)
        words += fill(tr(", each with its own draw of the {n} uncertain numbers"), {{"n", b.uncertain}});
    return words + fill(tr(" \u00b7 euros of {year}, not discounted"), {{"year", std::to_string(b.euros_of)}});
}

}  // namespace

std::string table_heading(const Brief& b) {
    const std::string places =
        fill(text::tr_n("{n} municipality", "{n} municipalities", b.municipalities), {{"n", b.municipalities}});
    const std::string people =
        b.sample == 1 ? fill(tr("{people} people, each one simulated"), {{"people", text::number(b.people, 0)}})
                      : fill(tr("{people} people, one household in {n} simulated"),
                             {{"people", text::number(b.people, 0)}, {"n", b.sample}});
    const std::size_t indent = std::max({text::width(tr("Question")), text::width(tr("Compared")), std::size_t{8}}) + 5;
    std::string out =
        text::hanging("", 0,
                      fill(tr("Tresse {version}   {scenario}   {area}: {places}, {people}"), {{"version", b.version},
                                                                                              {"scenario", b.scenario},
                                                                                              {"area", b.area},
                                                                                              {"places", places},
                                                                                              {"people", people}}));
    out += text::hanging(tr("Question"), indent, b.question);
    out += text::hanging(tr("Compared"), indent, compared_words(b));
    for (const std::string& warning : b.warnings)
        out += text::hanging(tr("Warning"), indent, warning);
    out += "\n";
    std::size_t name = 0;
    for (const viz::BriefArm& arm : b.arms)
        name = std::max(name, text::width(arm.id));
    name = std::min<std::size_t>(name + 6, 30);
    for (const viz::BriefArm& arm : b.arms)
        out += text::hanging("  " + arm.letter + " " + arm.id, name, arm.adds);
    return out;
}

std::string score_table(const Brief& brief, bool colour) {
    std::string out;
    if (brief.arms.size() <= 1)
        out += block(brief, 1, 1, colour);
    for (std::size_t from = 1; from < brief.arms.size(); from += arms_beside) {
        if (from > 1)
            out += "\n";
        out += block(brief, from, std::min(from + arms_beside, brief.arms.size()), colour);
    }
    if (brief.arms.size() > 1) {
        out +=
            "\n  " +
            tr("\u25b2 better   \u25bc worse   = same: the whole range is smaller than what matters   ? cannot tell");
        out += "\n  " + tr("\u2191 more is better   \u2193 less is better   \u25cb closer to zero is better");
        out += "\n  " + tr("The size that matters stands per row in scenarios/library/scores.yaml") + "\n";
    }
    return out;
}

std::string table_foot(const Brief& b) {
    std::string out;
    if (b.arms.size() > 1)
        out += tr("In words") + "\n";
    for (std::size_t i = 1; i < b.arms.size(); ++i)
        out += text::hanging("  " + b.arms[i].letter, 5, b.arms[i].in_words);
    std::string seen;
    for (std::size_t i = 1; i < b.arms.size(); ++i)
        if (!b.arms[i].seen.empty())
            seen += (seen.empty() ? "" : "   ") + b.arms[i].letter + " " + b.arms[i].seen;
    if (!seen.empty())
        out += text::hanging("", 2, tr("Could an evaluation in one area have seen it?") + "   " + seen);
    if (!b.decides.empty())
        out += text::hanging("", 2, tr("What decides most:") + " " + b.decides);
    out +=
        "\n" + text::hanging("", 0,
                             fill(tr("Read before quoting: effects are borrowed from trials elsewhere; totals are "
                                     "fitted to Belgium; {assumed} "
                                     "of {all} numbers are our assumptions (./tresse explain {scenario} --assumptions)."),
                                  {{"assumed", b.assumed}, {"all", b.uncertain}, {"scenario", b.run_word.empty() ? b.scenario : b.run_word}}));
    std::size_t columns = 12;
    for (const std::string& head : {tr("Report"), tr("Look"), tr("Why?"), tr("Again")})
        columns = std::max(columns, text::width(head) + 2);
    const auto line = [&](const std::string& head, const std::string& rest) {
        out += pad_right(head, columns) + rest + "\n";
    };
    out += "\n";
    line(tr("Report"), b.folder + "/" + b.page + "   " + tr("(one file, can be sent by mail)"));
    line(tr("Look"), "./tresse explore " + b.folder);
    line(tr("Why?"), "./tresse explain " + b.run_word + " --mechanisms");
    line(tr("Again"), fill(tr("./tresse rerun {run}      {time} on {threads} threads, {memory}, result {result}"),
                           {{"run", b.run_word},
                            {"time", text::duration(b.seconds)},
                            {"threads", b.threads},
                            {"memory", text::number(b.megabytes, 0) + " MB"},
                            {"result", b.result}}));
    return out;
}

}  // namespace tresse::app
