#include "tresse/viz/report/study.hpp"

#include "page.hpp"
#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"
#include "tresse/core/text/layout.hpp"

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
            out += "<li>" + escape_html(point) + "</li>\n";
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

std::string page_html(const StudyPage& page, bool new_sheet, int& figures) {
    if (page.question.empty())
        return "";
    std::string out = new_sheet ? "<section class=\"page\">\n" : "<section>\n";
    out += heading(2, page.question);
    if (!page.answer.empty())
        out += "<p><b>" + escape_html(page.answer) + "</b></p>\n";
    for (const StudyBlock& block : page.blocks)
        out += block_html(block, figures);
    return out + "</section>\n";
}

void lines(std::string_view head, std::size_t indent, const std::string& words, std::string& out) {
    if (!words.empty())
        out += text::hanging(head, indent, words) + "\n";
}

/// Columns as wide as their cells; longer headings take several lines.
std::string table_text(const DataTable& table) {
    std::vector<std::size_t> width(table.columns.size());
    std::vector<std::vector<std::string>> heads;
    std::size_t lines_of_heads = 1;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        width[i] = i == 0 ? 14 : 9;
        for (const auto& row : table.rows)
            if (i < row.size())
                width[i] = std::max(width[i], text::width(row[i]));
        width[i] = std::min<std::size_t>(width[i], i == 0 ? 40 : 44);
        heads.push_back(text::wrap(table.columns[i], width[i]));
        lines_of_heads = std::max(lines_of_heads, heads.back().size());
    }
    // what does not fit is taken from the names in front, which are repeated in full in the report
    std::size_t others = 3;
    for (std::size_t i = 1; i < width.size(); ++i)
        others += width[i] + 2;
    width[0] = std::min(width[0], std::max<std::size_t>(22, others < 100 ? 100 - others : 0));
    const auto line = [&](const std::vector<std::string>& cells) {
        std::string out = "   ";
        for (std::size_t i = 0; i < cells.size() && i < width.size(); ++i)
            out += (i > 0 ? "  " : "") + (i == 0 ? text::pad_right(text::shorten(cells[i], width[i]), width[i])
                                                 : text::pad_left(text::shorten(cells[i], width[i]), width[i]));
        return text::shorten(out, 100) + "\n";
    };
    std::string out;
    for (std::size_t k = 0; k < lines_of_heads; ++k) {
        std::vector<std::string> cells;
        for (const auto& head : heads)
            cells.push_back(k < head.size() ? head[k] : "");
        out += line(cells);
    }
    for (const auto& row : table.rows)
        out += line(row);
    return out;
}

}  // namespace

std::string study_html(const StudyReport& r) {
    std::string body = heading(1, r.title) + paragraph(r.subtitle) + paragraph(r.facts, "small");
    for (const std::string& warning : r.warnings)
        body += paragraph(warning, "warn");
    int figures = 0;
    body += page_html(r.sure, false, figures) + page_html(r.why, true, figures) + page_html(r.who, false, figures);
    for (const StudyPage& page : r.pages)
        body += page_html(page, true, figures);
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
