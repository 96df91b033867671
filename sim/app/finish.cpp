#include <algorithm>

#include "tresse/app/answer.hpp"
#include "tresse/app/score_table.hpp"
#include "tresse/app/simulate.hpp"
#include "tresse/core/file.hpp"
#include "tresse/core/problems.hpp"
#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"
#include "tresse/viz/figure/draw.hpp"

#include "parts.hpp"

namespace tresse::app {

scenario::Scores scores_of(const Session& session) {
    Problems problems;
    scenario::Scores scores = scenario::load_scores(
        join_path(join_path(join_path(session.around().home, "scenarios"), "library"), "scores.yaml"), problems);
    if (problems.any())
        throw BadInput(std::move(problems));
    return scores;
}

std::string shown(const Compared& c, const viz::Brief& brief, const Options& options, const Session& session) {
    const auto tables = result_tables(c);
    if (options.format == Format::csv)
        return store::csv(tables.front());
    if (options.format == Format::json)
        return json_of(tables.front());
    return table_heading(brief) + "\n" + score_table(brief, session.around().colour) + "\n" + table_foot(brief);
}

PageNames page_names(const std::string& folder) {
    const std::string path = join_path(folder, "report.html");
    const std::string lang(lang_code(text::language()));
    if (!exists(path) || read_file(path, std::size_t{1} << 26).find("<html lang=\"" + lang + "\"") != std::string::npos)
        return {"report.html", "figures/"};
    return {"report." + lang + ".html", "figures/" + lang + "/"};
}

std::string finish(Simulated& run, const Options& options, Session& session) {
    const Compared c = compared(arms_of(*run.scenario, run.records), scores_of(session));
    viz::Brief brief = make_brief(c, run.manifest, run.folder, run.scenario->sources.get());
    brief.run_word = run_word(session, run.manifest, run.folder);
    if (!run.reused) {
        session.progress(0.5, 1, text::tr("writing tables and report"));
        store::RunFolder folder = store::RunFolder::open(run.folder);
        for (const store::Table& table : result_tables(c))
            folder.write_table(table, true);
        const PageNames names = page_names(run.folder);
        brief.page = names.page;
        for (const viz::Figure& figure : brief.figures)
            folder.write(names.figures + figure.id + ".svg", viz::svg(figure));
        folder.write(names.page, viz::report_html(brief));
        if (!run.stopped && run.manifest.result != 0) {
            run.manifest.state = store::State::complete;
            folder.write_manifest(run.manifest);
        }
        session.progress(0, 0, "");
    }
    return shown(c, brief, options, session);
}

std::string json_of(const store::Table& table) {
    std::string out = "[\n";
    const auto quoted = [](const std::string& text) {
        std::string q = "\"";
        for (const char ch : text) {
            if (ch == '"' || ch == '\\')
                q += '\\';
            q += static_cast<unsigned char>(ch) < 0x20 ? ' ' : ch;
        }
        return q + "\"";
    };
    for (std::size_t r = 0; r < table.rows.size(); ++r) {
        out += "  {";
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
            const std::string& cell = table.rows[r][i];
            const bool number = table.columns[i].type != store::Type::text;
            out += (i > 0 ? ", " : "") + quoted(table.columns[i].name) + ": " +
                   (cell.empty() ? "null"
                    : number     ? cell
                                 : quoted(cell));
        }
        out += r + 1 < table.rows.size() ? "},\n" : "}\n";
    }
    return out + "]\n";
}

}  // namespace tresse::app
