#include "page.hpp"

#include "tresse/core/local_text.hpp"
#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"
#include "tresse/core/text/markup.hpp"
#include "tresse/viz/figure/draw.hpp"

namespace tresse::viz {

namespace {

constexpr std::string_view style = R"css(
body{font:15px/1.45 "DejaVu Sans",Verdana,sans-serif;color:#222;background:#fff;max-width:46em;margin:2em auto;padding:0 1em}
h1{font-size:1.5em;margin:0 0 .2em}h2{font-size:1.15em;margin:1.6em 0 .4em;border-bottom:1px solid #bbb}h3{font-size:1em;margin:1.2em 0 .3em}
table{border-collapse:collapse;width:100%;margin:.5em 0;font-size:.86em}caption{text-align:left;font-weight:bold;padding:.3em 0}
th,td{text-align:left;vertical-align:top;padding:.2em .5em;border-bottom:1px solid #ddd}th{border-bottom:1px solid #888}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}tr.family td{font-weight:bold;background:#f3f3f3}tr.part td:first-child{padding-left:1.5em}
figure{margin:1em 0}figure svg{max-width:100%;height:auto}figcaption{font-size:.9em;color:#444}details{font-size:.9em;margin:.3em 0}
.warn{border-left:4px solid #D55E00;padding:.3em .8em;background:#fdf3ec}.small{font-size:.86em;color:#444}ol.answer li{margin:.4em 0}
@page{size:A4;margin:14mm 16mm}@media print{.brief{font-size:8.4pt;line-height:1.28}.brief h2{margin:.7em 0 .3em}.brief h3{margin:.6em 0 .1em}.brief p,.brief ul{margin:.35em 0}.brief table{font-size:.92em;margin:.25em 0}.brief td,.brief th{padding:.12em .4em}.brief td.n{white-space:nowrap}body{max-width:none;margin:0;padding:0;font-size:10pt}h2{break-after:avoid}table,figure{break-inside:avoid}details{display:none}.page{break-before:page}}
)css";

std::string cell_tag(const char* tag, bool number, std::string_view text) {
    return std::string("<") + tag + (number ? " class=\"n\"" : "") + ">" + text::escaped(text) + "</" + tag + ">";
}

}  // namespace

std::string html_page(const std::string& title, const std::string& body) {
    return "<!DOCTYPE html>\n<html lang=\"" + std::string(lang_code(text::language())) +
           "\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>" +
           text::escaped(title) + "</title>\n<style>" + std::string(style) + "</style>\n</head>\n<body>\n<main>\n" +
           body + "</main>\n</body>\n</html>\n";
}

std::string heading(int level, std::string_view text) {
    const std::string tag = "h" + std::to_string(level);
    return "<" + tag + ">" + text::escaped(text) + "</" + tag + ">\n";
}

std::string paragraph(std::string_view text, std::string_view style_class) {
    if (text.empty())
        return "";
    return "<p" + (style_class.empty() ? std::string() : " class=\"" + std::string(style_class) + "\"") + ">" +
           text::escaped(text) + "</p>\n";
}

std::string html_table(const DataTable& table, std::string_view caption, std::size_t numbers_from) {
    std::string out = "<table>\n";
    if (!caption.empty())
        out += "<caption>" + text::escaped(caption) + "</caption>\n";
    out += "<thead><tr>";
    for (std::size_t i = 0; i < table.columns.size(); ++i)
        out += cell_tag("th", i >= numbers_from, table.columns[i]);
    out += "</tr></thead>\n<tbody>\n";
    for (const auto& row : table.rows) {
        out += "<tr>";
        for (std::size_t i = 0; i < row.size(); ++i)
            out += cell_tag("td", i >= numbers_from, row[i]);
        out += "</tr>\n";
    }
    return out + "</tbody>\n</table>\n";
}

std::string html_figure(const Figure& figure, int number) {
    std::string out = "<figure>\n" + svg(figure, "f" + std::to_string(number) + "-");
    out += "<figcaption>" +
           text::escaped(text::fill(text::tr("Figure {n}. {title}"), {{"n", number}, {"title", figure.title}})) +
           "</figcaption>\n";
    if (!figure.table.empty())
        out += "<details><summary>" + text::escaped(text::tr("The numbers of this figure")) + "</summary>\n" +
               html_table(figure.table, "", 1) + "</details>\n";
    return out + "</figure>\n";
}

}  // namespace tresse::viz
