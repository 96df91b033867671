#include "tresse/viz/report/views.hpp"

#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/markup.hpp"

#include "page.hpp"

namespace tresse::viz {

using text::tr;

std::string views_html(const std::string& title, const std::vector<ViewTwin>& views) {
    std::string body = heading(1, title) + "<ul>\n";
    for (const ViewTwin& v : views)
        body += "<li><a href=\"#" + text::escaped(v.id) + "\">" + text::escaped(v.question) + "</a></li>\n";
    body += "</ul>\n";
    for (const ViewTwin& v : views) {
        body += "<section id=\"" + text::escaped(v.id) + "\">\n" + heading(2, v.question) + paragraph(v.answer);
        if (!v.picture.empty())
            body += "<figure>" + svg(v.picture) + "</figure>\n";
        if (!v.picture.how_to_read.empty())
            body += paragraph(tr("How to read:") + " " + v.picture.how_to_read, "small");
        if (!v.picture.table.empty())
            body += "<details><summary>" + text::escaped(tr("The same as a table")) + "</summary>\n" +
                    html_table(v.picture.table, "") + "</details>\n";
        body += "</section>\n";
    }
    return html_page(title, body);
}

}  // namespace tresse::viz
