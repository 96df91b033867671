#include "tresse/viz/report/study.hpp"

#include <algorithm>

#include "page.hpp"
#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"
#include "tresse/core/text/layout.hpp"
#include "tresse/core/text/markup.hpp"

namespace tresse::viz {

namespace {

using text::tr;

std::string block_html(const StudyBlock& block, int& figures) {
    std::string out;
    if (!block.title.empty())
        out += heading(3, block.title);
    out += paragraph(block.text, block.warning ? "warn" : "");
    if (!block.points.empty()) {
        out += "<ul>\n";
        for (const std::string& point : block.points)
            out += "<li>" + text::escaped(point) + "</li>\n";
        out += "</ul>\n";
    }
    if (!block.figure.panels.empty())
        out += html_figure(block.figure, ++figures);
    if (!block.table.empty())
        out += html_table(block.table, "");
    if (!block.how_to_read.empty())
        out += paragraph(tr("How to read this:") + " " + block.how_to_read, "small");
    return out;
}

/// `sheet`: classes of the section; "page" begins a new sheet of paper, "brief" sets it small enough for two of them.
std::string page_html(const StudyPage& page, std::string_view sheet, int& figures) {
    if (page.question.empty())
        return "";
    std::string out = "<section class=\"" + std::string(sheet) + "\">\n";
    out += heading(2, page.question);
    if (!page.answer.empty())
        out += "<p><b>" + text::escaped(page.answer) + "</b></p>\n";
    for (const StudyBlock& block : page.blocks)
        out += block_html(block, figures);
    return out + "</section>\n";
}

void lines(std::string_view head, std::size_t indent, const std::string& words, std::string& out) {
    if (!words.empty())
        out += text::hanging(head, indent, words) + "\n";
}

constexpr std::size_t page_columns = 100, margin = 3, between = 2;

/// Columns as wide as their cells, the widest made narrower until the page holds them all. The first column is names.
std::vector<std::size_t> widths_of(const DataTable& table) {
    std::vector<std::size_t> width(table.columns.size());
    for (std::size_t i = 0; i < width.size(); ++i) {
        width[i] = i == 0 ? 14 : 9;
        for (const auto& row : table.rows)
            if (i < row.size())
                width[i] = std::max(width[i], text::width(row[i]) + (i == 0 ? 2 : 0));
    }
    const auto all = [&] {
        std::size_t sum = margin + between * (width.size() - 1);
        for (const std::size_t w : width)
            sum += w;
        return sum;
    };
    const std::size_t names = 22, numbers = 9;
    while (!width.empty() && all() > page_columns) {
        const auto widest = std::max_element(width.begin() + 1, width.end());
        if (width[0] > names)
            --width[0];  // names in front give first: they go on in the next line
        else if (widest != width.end() && *widest > numbers)
            --*widest;
        else
            break;
    }
    return width;
}

/// A row: what does not fit in a column goes on below it, so that nothing is cut off.
std::string row_text(const std::vector<std::string>& cells, const std::vector<std::size_t>& width) {
    std::vector<std::vector<std::string>> lines_of(width.size());
    std::size_t high = 1;
    for (std::size_t i = 0; i < width.size(); ++i) {
        lines_of[i] = text::wrap(i < cells.size() ? cells[i] : "", i == 0 ? width[i] - 2 : width[i]);
        high = std::max(high, lines_of[i].size());
    }
    std::string out;
    for (std::size_t k = 0; k < high; ++k) {
        std::string line(margin, ' ');
        for (std::size_t i = 0; i < width.size(); ++i) {
            const std::string cell = k < lines_of[i].size() ? lines_of[i][k] : "";
            line += i == 0 ? text::pad_right((k > 0 ? "  " : "") + cell, width[0]) : std::string(between, ' ') + text::pad_left(cell, width[i]);
        }
        while (line.ends_with(' '))
            line.pop_back();
        out += line + "\n";
    }
    return out;
}

std::string table_text(const DataTable& table) {
    const std::vector<std::size_t> width = widths_of(table);
    std::string out = row_text(table.columns, width);
    for (const auto& row : table.rows)
        out += row_text(row, width);
    return out;
}

}  // namespace

std::string study_html(const StudyReport& r) {
    std::string body = heading(1, r.title) + paragraph(r.subtitle) + paragraph(r.facts, "small");
    for (const std::string& warning : r.warnings)
        body += paragraph(warning, "warn");
    int figures = 0;
    body += page_html(r.sure, "brief", figures) + page_html(r.why, "page brief", figures) + page_html(r.who, "brief", figures);
    for (const StudyPage& page : r.pages)
        body += page_html(page, "page", figures);
    return html_page(r.title, body + paragraph(r.foot, "small"));
}

std::string study_text(const StudyReport& r) {
    std::string out = r.title + "\n";
    lines("", 0, r.subtitle, out);
    lines("", 0, r.facts, out);
    for (const std::string& warning : r.warnings)
        lines("! ", 2, warning, out);
    for (const StudyPage* page : {&r.sure, &r.why, &r.who}) {
        if (page->question.empty())
            continue;
        out += "\n" + page->question + "\n";
        lines(" ", 1, page->answer, out);
        for (const StudyBlock& block : page->blocks) {
            if (!block.title.empty())
                out += "\n " + block.title + "\n";
            lines(block.warning ? " ! " : " ", 3, block.text, out);
            for (const std::string& point : block.points)
                lines("  - ", 4, point, out);
            if (!block.table.empty())
                out += table_text(block.table);
        }
    }
    out += "\n";
    lines("", 0, r.foot, out);
    return out;
}

}  // namespace tresse::viz
