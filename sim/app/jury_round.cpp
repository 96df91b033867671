#include "tresse/app/jury_round.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "tresse/core/csv.hpp"
#include "tresse/core/file.hpp"
#include "tresse/core/problems.hpp"
#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"
#include "tresse/scenario/call.hpp"

namespace tresse::app {

namespace {

using text::fill;
using text::tr;

constexpr Lang langs[] = {Lang::en, Lang::fr, Lang::nl, Lang::de};

/// A table in all languages: numbers are read from the English one, words from each. Columns keep their place.
class Papers {
public:
    Papers(const std::string& sitting, const std::string& name, std::size_t columns, Problems& problems) {
        for (const Lang lang : langs) {
            const std::string file = join_path(join_path(sitting, std::string(lang_code(lang))), name + ".csv");
            CsvTable& table = tables_[static_cast<int>(lang)];
            try {
                table = read_csv(file, lang == Lang::en ? ',' : ';');
            } catch (const BadInput& bad) {
                for (const Problem& p : bad.problems().list())
                    problems.add(p);
                continue;
            }
            if (table.columns.size() < columns || table.rows.size() != tables_[0].rows.size())
                problems.add(file, 1, "", tr("is not the table that this version writes, or lacks rows. A new sitting "
                                             "writes it again: ./tresse jury --round FOLDER."));
        }
    }
    const CsvTable& table() const { return tables_[0]; }
    std::size_t rows() const { return tables_[0].rows.size(); }
    const std::string& cell(std::size_t row, std::size_t column) const { return tables_[0].rows[row][column]; }
    double number(std::size_t row, std::size_t column) const {
        double value = no_number;
        return parse_number(cell(row, column), value) ? value : no_number;
    }
    LocalText words(std::size_t row, std::size_t column) const {
        LocalText out;
        for (const Lang lang : langs)
            out[lang] = tables_[static_cast<int>(lang)].rows[row][column];
        return out;
    }
    LocalText heading(std::size_t column) const {
        LocalText out;
        for (const Lang lang : langs)
            out[lang] = tables_[static_cast<int>(lang)].columns[column];
        return out;
    }

private:
    CsvTable tables_[lang_count];
};

std::string last_sitting(const std::string& folder) {
    std::string last;
    for (const std::string& name : names_in(folder))
        if (name.starts_with("sitting-") && name > last && is_folder(join_path(folder, name)))
            last = name;
    return last;
}

using Places = std::map<std::string, std::size_t>;

void add_dossiers(const Papers& p, JuryRound& out, Places& at, std::map<int, std::vector<std::size_t>>& groups) {
    for (std::size_t row = 0; row < p.rows(); ++row) {
        RoundDossier d;
        d.id = p.cell(row, 0), d.title = p.words(row, 1);
        d.people = p.number(row, 2), d.eur_a_year = p.number(row, 3);
        at[d.id] = out.dossiers.size();
        if (const double group = p.number(row, 4); group > 0)
            groups[static_cast<int>(group)].push_back(out.dossiers.size());
        out.dossiers.push_back(std::move(d));
    }
}

void add_findings(const Papers& p, JuryRound& out, const Places& at) {
    for (std::size_t row = 0; row < p.rows(); ++row) {
        const auto dossier = at.find(p.cell(row, 0));
        const bool refuse = p.cell(row, 2) == "not met: can refuse", judge = p.cell(row, 2) == "for the jury to judge";
        if (dossier == at.end() || (!refuse && !judge))
            continue;
        const double line = p.number(row, 5);
        out.dossiers[dossier->second].findings.push_back({p.words(row, 1), p.words(row, 3), p.words(row, 4), refuse,
                                                          std::isfinite(line) ? static_cast<int>(line) : 0});
    }
}

void add_impacts(const Papers& p, JuryRound& out, const Places& at) {
    for (std::size_t row = 0; row < p.rows(); ++row) {
        const auto dossier = at.find(p.cell(row, 0));
        if (dossier == at.end() || p.cell(row, 1) != "plan" || p.cell(row, 2) != "plan")
            continue;
        RoundDossier& d = out.dossiers[dossier->second];
        d.run = p.cell(row, 9);
        d.impacts.push_back({p.words(row, 3), {p.number(row, 5), p.number(row, 6), p.number(row, 7)}, p.cell(row, 8)});
    }
}

constexpr std::size_t first_bench = 9;

void add_analysis(const Papers& p, JuryRound& out, const Places& at) {
    for (std::size_t column = first_bench; column < p.table().columns.size(); ++column)
        out.benches.push_back(p.heading(column));
    const std::string& among = p.table().columns[5];  // "among the first 5"
    long long places = 0;
    if (const std::size_t digit = among.find_first_of("0123456789"); digit != std::string::npos)
        parse_whole(among.substr(digit), places);
    out.places = static_cast<int>(places);
    for (std::size_t row = 0; row < p.rows(); ++row) {
        const auto dossier = at.find(p.cell(row, 0));
        if (dossier == at.end())
            continue;
        RoundDossier& d = out.dossiers[dossier->second];
        d.scored = true;
        d.group = static_cast<int>(p.number(row, 1));
        d.mean_share = p.number(row, 2), d.mean_place = p.number(row, 3), d.first = p.number(row, 4);
        d.among_first = p.number(row, 5), d.in_budget = p.number(row, 8);
        for (std::size_t column = first_bench; column < p.table().columns.size(); ++column)
            d.bench_share.push_back(p.number(row, column));
    }
}

/// Whether the call that the round keeps last ranks dossiers.
bool call_ranks(const std::string& folder, Problems& problems) {
    const std::string list = join_path(folder, "audit.csv");
    CsvTable audit;
    try {
        audit = read_csv(list);
    } catch (const BadInput& bad) {
        for (const Problem& p : bad.problems().list())
            problems.add(p);
        return false;
    }
    const int what = audit.column("what"), file = audit.column("file");
    std::string call;
    if (what >= 0 && file >= 0)
        for (const auto& row : audit.rows)
            if (row[static_cast<std::size_t>(what)] == "call")
                call = row[static_cast<std::size_t>(file)];
    if (call.empty()) {
        problems.add(list, 1, "", tr("names no call that the round keeps. A new sitting with the call enters it: "
                                     "./tresse jury CALL --round FOLDER."));
        return false;
    }
    return scenario::read_call(join_path(folder, call), problems).ranking_used;
}

/// Where the call ranks: scored dossiers first, by mean place. Else as the files came. The groups follow.
void put_in_order(JuryRound& out, const std::map<int, std::vector<std::size_t>>& groups) {
    std::vector<std::size_t> order(out.dossiers.size()), place(order.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = i;
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        const RoundDossier &x = out.dossiers[a], &y = out.dossiers[b];
        if (!out.ranks)
            return false;
        return x.scored != y.scored ? x.scored : x.scored && x.mean_place < y.mean_place;
    });
    std::vector<RoundDossier> sorted;
    for (std::size_t i = 0; i < order.size(); ++i) {
        place[order[i]] = i;
        sorted.push_back(std::move(out.dossiers[order[i]]));
    }
    out.dossiers = std::move(sorted);
    for (const auto& [number, members] : groups) {
        std::vector<std::size_t> moved;
        for (const std::size_t one : members)
            moved.push_back(place[one]);
        std::sort(moved.begin(), moved.end());
        out.not_told_apart.push_back(std::move(moved));
    }
}

}  // namespace

int RoundDossier::refusals() const {
    return static_cast<int>(
        std::count_if(findings.begin(), findings.end(), [](const RoundFinding& f) { return f.can_refuse; }));
}

int RoundDossier::told() const {
    return static_cast<int>(std::count_if(impacts.begin(), impacts.end(), [](const RoundImpact& i) {
        return i.verdict == "better" || i.verdict == "worse";
    }));
}

bool is_round(const std::string& folder) {
    return exists(join_path(folder, "audit.csv")) && is_folder(join_path(folder, "files"));
}

std::shared_ptr<const JuryRound> read_round(const std::string& folder) {
    Problems problems;
    auto out = std::make_shared<JuryRound>();
    out->folder = folder;
    out->sitting = is_round(folder) ? last_sitting(folder) : "";
    if (out->sitting.empty())
        problems.add(folder, 0, "", tr("this folder keeps no sitting of a jury."));
    if (problems.any())
        throw BadInput(std::move(problems));
    const std::string sitting = join_path(folder, out->sitting);
    const Papers dossiers(sitting, "dossiers", 5, problems), findings(sitting, "findings", 8, problems),
        impact(sitting, "impact", 10, problems);
    std::unique_ptr<Papers> analysis;
    if (exists(join_path(join_path(sitting, "en"), "analysis.csv")))
        analysis = std::make_unique<Papers>(sitting, "analysis", first_bench, problems);
    out->ranks = call_ranks(folder, problems);
    if (problems.any())
        throw BadInput(std::move(problems));
    Places at;
    std::map<int, std::vector<std::size_t>> groups;
    add_dossiers(dossiers, *out, at, groups);
    add_findings(findings, *out, at);
    add_impacts(impact, *out, at);
    if (analysis)
        add_analysis(*analysis, *out, at);
    put_in_order(*out, groups);
    return out;
}

std::string newest_round(const Session& session) {
    const std::string& results = session.around().results;
    std::string newest, stamp;
    if (!is_folder(results))
        return "";
    for (const std::string& call : names_in(results)) {
        const std::string group = join_path(results, call);
        if (!call.starts_with("jury-") || !is_folder(group))
            continue;
        for (const std::string& name : names_in(group))
            if (name >= stamp && is_round(join_path(group, name)))
                stamp = name, newest = join_path(group, name);
    }
    return newest;
}

}  // namespace tresse::app
