#include <algorithm>
#include <cmath>

#include "jury_parts.hpp"
#include "tresse/app/simulate.hpp"
#include "tresse/core/file.hpp"
#include "tresse/core/hash.hpp"
#include "tresse/core/problems.hpp"
#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"
#include "tresse/scenario/reader.hpp"
#include "tresse/viz/report/jury.hpp"

#include "explain_parts.hpp"

namespace tresse::app {

namespace {

using jury::Room;
using jury::Sheet;
using scenario::Proposal;
using text::fill;
using text::tr;

/// Files of the command line by their kind.
struct Inputs {
    std::string call, round;
    std::vector<std::string> proposals, scores;
};

std::string kind_of(const std::string& path) {
    Problems ignored;
    scenario::Document file(path, "", ignored);
    return file.usable() ? file.root().maybe("kind").text_or("") : "";
}

void take(Inputs& in, const std::string& path, Problems& problems) {
    if (path.ends_with(".csv")) {
        in.scores.push_back(path);
        return;
    }
    const std::string kind = kind_of(path);
    if (kind == "call") {
        if (!in.call.empty() && name_of(in.call) != name_of(path))
            problems.add(path, 0, "kind", fill(tr("a second call; the first is {first}. A round has one."), {{"first", in.call}}));
        in.call = in.call.empty() ? path : in.call;
    } else if (kind == "round") {
        if (!in.round.empty() && name_of(in.round) != name_of(path))
            problems.add(path, 0, "kind", fill(tr("a second list of jurors; the first is {first}."), {{"first", in.round}}));
        in.round = path;
    } else if (std::find(in.proposals.begin(), in.proposals.end(), path) == in.proposals.end()) {
        in.proposals.push_back(path);  // a file that cannot be read is a dossier with a finding
    }
}

/// A folder is every YAML file in it, and every sheet in its folder `scores`.
void take_folder(Inputs& in, const std::string& folder, Problems& problems) {
    for (const std::string& name : names_in(folder))
        if (name.ends_with(".yaml"))
            take(in, join_path(folder, name), problems);
    const std::string scores = join_path(folder, "scores");
    if (is_folder(scores))
        for (const std::string& name : names_in(scores))
            if (name.ends_with(".csv"))
                take(in, join_path(scores, name), problems);
}

Inputs inputs_of(const std::vector<std::string>& files, const Jury& how, const RoundFolder* round, const Session& session) {
    Inputs in;
    Problems problems;
    for (const std::string& word : files) {
        const std::string path = find_file(word, session);
        if (path.empty())
            problems.add(word, 0, "", tr("this is neither a file nor the id of a shipped file."));
        else if (is_folder(path))
            take_folder(in, path, problems);
        else
            take(in, path, problems);
    }
    for (const std::string& path : how.scores)
        in.scores.push_back(path);
    const auto from_round = [&](const char* what, std::string& one) {
        if (round && one.empty())
            if (const auto kept = round->latest(what); !kept.empty())
                one = kept.back();
    };
    from_round("call", in.call);
    from_round("round", in.round);
    if (round && in.proposals.empty())
        in.proposals = round->latest("proposal");
    if (in.call.empty())
        problems.add(files.empty() ? tr("The command line") : files.front(), 0, "", tr("a round needs a call: ./tresse jury CALL PROPOSAL..."));
    if (in.proposals.empty())
        problems.add(tr("The command line"), 0, "", tr("a round needs at least one proposal: ./tresse jury CALL PROPOSAL..."));
    if (problems.any())
        throw BadInput(std::move(problems));
    return in;
}

/// CSV files beside the list of jurors that nobody named: sheets that somebody may think were read.
void tell_unread_sheets(const Inputs& in, const scenario::Call& call, bool round_named, Session& session) {
    if (!round_named)
        return;
    const std::string folder = folder_of(in.round);
    std::vector<std::string> left;
    for (const std::string& place : {folder, join_path(folder, "scores")}) {
        if (!is_folder(place))
            continue;
        for (const std::string& name : names_in(place)) {
            const std::string path = join_path(place, name);
            const auto same = [&](const std::string& other) { return name_of(other) == name; };
            if (name.ends_with(".csv") && name_of(call.population_file) != name && std::none_of(in.scores.begin(), in.scores.end(), same))
                left.push_back(path);
        }
    }
    const std::size_t all = left.size();
    left.resize(std::min<std::size_t>(all, 4));
    if (all > 0)
        session.warn(fill(tr("Not read, {n} CSV beside the list of jurors: {files}. Sheets are read from the folder `scores` of a folder that is named, or with --scores."), {{"n", static_cast<long long>(all)}, {"files", text::list(left)}}));
}

/// What a round owns; the room points into it.
struct Loaded {
    scenario::Call call;
    scenario::Round round;
    bool has_round = false;
    std::vector<Proposal> proposals;
    std::vector<Sheet> sheets;
    std::vector<jury::Phrase> remarks;
};

/// The id of a dossier whose file says none: that under which the round keeps the file, else the name of the file.
std::string id_without(const std::string& path, const RoundFolder* folder) {
    if (folder)
        for (const AuditLine& line : folder->lines())
            if (line.what == "proposal" && join_path(folder->path(), line.file) == path)
                return line.id;
    return name_of(path);
}

/// Two files with one id: both get a problem, and the later goes on under another name.
void own_id(Proposal& p, std::vector<Proposal>& others) {
    const auto same = [&](const std::string& id) { return std::find_if(others.begin(), others.end(), [&](const Proposal& o) { return o.id == id; }); };
    const auto first = same(p.id);
    if (first == others.end())
        return;
    const std::string id = p.id;
    for (int n = 2; same(p.id) != others.end(); ++n)
        p.id = id + "-" + std::to_string(n);
    const auto twice = [&](Proposal& here, const std::string& other) {
        here.problems.push_back({here.file, 0, "id", fill(tr("the dossier \"{id}\" stands twice, also in {file}; here it is called {name}. Give each its own id."), {{"id", id}, {"file", other}, {"name", here.id}}), false});
    };
    twice(*first, p.file);
    twice(p, first->file);
}

void read_inputs(const Inputs& in, const JuryLibrary& library, const RoundFolder* folder, Loaded& out) {
    Problems problems;
    out.call = scenario::read_call(in.call, problems);
    scenario::check_sources(*library.reference->sources, out.call.sources, problems);
    if (!out.call.benchmark.empty() && !library.actions.contains(out.call.benchmark))
        problems.add(in.call, 0, "simulation.benchmark", fill(tr("\"{word}\" is no action of the library."), {{"word", out.call.benchmark}}));
    if (!in.round.empty()) {
        out.round = scenario::read_round(in.round, out.call, problems);
        out.has_round = true;
    }
    for (const std::string& path : in.proposals) {
        Proposal p = scenario::read_proposal(path, *library.reference->region, library.uses);
        if (p.id.empty())
            p.id = id_without(path, folder);
        own_id(p, out.proposals);
        if (p.title.empty())
            p.title = LocalText(p.id);
        out.proposals.push_back(std::move(p));
    }
    std::vector<std::string> ids;
    for (const Proposal& p : out.proposals)
        ids.push_back(p.id);
    if (!in.scores.empty() && !out.has_round)
        problems.add(in.scores.front(), 0, "", tr("sheets need the list of jurors: name the file of kind `round` too."));
    std::vector<std::string> files = folder ? folder->latest("scores") : std::vector<std::string>{};
    files.insert(files.end(), in.scores.begin(), in.scores.end());
    if (out.has_round)
        for (const std::string& path : files)
            out.sheets.push_back(jury::read_sheet(path, out.call, out.round, ids, problems));
    if (problems.any())
        throw BadInput(std::move(problems));
}

/// Keeps the first scores that a juror signed: later sheets may add to them, not change them.
void hold_signed(const RoundFolder& folder, Loaded& in) {
    std::vector<std::string> ids;
    for (const Proposal& p : in.proposals)
        ids.push_back(p.id);
    std::vector<Sheet> seen;
    for (Sheet& sheet : in.sheets) {
        std::vector<Sheet> earlier = seen;
        for (const std::string& file : folder.all("scores", sheet.juror)) {
            Problems ignored;
            earlier.push_back(jury::read_sheet(file, in.call, in.round, ids, ignored));
        }
        for (const Sheet& old : earlier)
            if (old.juror == sheet.juror && !old.signed_before.empty() && jury::hold_signed(old, sheet)) {
                in.remarks.push_back({jury::tr("{juror} handed in other scores for before the interview after signing them: the signed ones count."), {jury::arg("juror", in.round.jurors[static_cast<std::size_t>(in.round.juror(sheet.juror))].name)}});
                break;
            }
        seen.push_back(sheet);
    }
}

void keep_inputs(const Inputs& in, const Loaded& loaded, const Jury& how, RoundFolder& folder) {
    const std::string who = how.by.empty() ? "secretariat" : how.by;
    folder.keep(who, "call", loaded.call.id, in.call);
    if (!loaded.call.population_file.empty())
        folder.keep(who, "population", loaded.call.id, loaded.call.population_file);
    if (loaded.has_round)
        folder.keep(who, "round", loaded.round.id, in.round);
    for (std::size_t i = 0; i < in.proposals.size(); ++i)
        folder.keep(who, "proposal", loaded.proposals[i].id, in.proposals[i]);
    const std::size_t before = loaded.sheets.size() - (loaded.has_round ? in.scores.size() : 0);
    for (std::size_t i = 0; loaded.has_round && i < in.scores.size(); ++i)
        folder.keep(loaded.sheets[before + i].juror, "scores", loaded.sheets[before + i].juror, in.scores[i]);
}

void judge(Room& room, const Loaded& in, const JuryLibrary& library) {
    room.call = &in.call, room.proposals = &in.proposals, room.region = library.reference->region.get();
    room.round = in.has_round ? &in.round : nullptr;
    for (const Proposal& p : in.proposals) {
        room.findings.push_back(jury::eligibility(in.call, p, in.proposals, *library.reference->region));
        room.means.push_back(jury::means(p, library.actions));
    }
}

void simulate_all(Room& room, const JuryLibrary& library, const Jury& how, const std::string& folder, const Options& options, Session& session) {
    const auto& all = *room.proposals;
    make_folder(folder);
    for (std::size_t p = 0; p < all.size(); ++p) {
        jury::Impact impact;
        if (how.no_simulation) {
            impact.why_not = {jury::tr("Not simulated: the command asked for none."), {}};
        } else {
            session.remark(fill(tr("{n} of {all}: {dossier}"), {{"n", static_cast<long long>(p + 1)}, {"all", static_cast<long long>(all.size())}, {"dossier", tr(all[p].title)}}));
            impact = simulate_dossier(*room.call, all[p], library, folder, options, session);
        }
        room.impacts.push_back(std::move(impact));
        room.claims.push_back(jury::claims(all[p], room.means[p], library.actions, jury::claim_ranges(room.impacts[p])));
    }
    room.not_told_apart = jury::groups_not_told_apart(room.impacts);
}

jury::SheetWords words_in(Lang lang) {
    const text::LanguageScope scope(lang);
    return viz::sheet_words();
}

/// The papers of all languages; the secretariat's copies, with everything open.
void write_papers(const Room& room, const std::string& sitting) {
    for (const Lang lang : {Lang::en, Lang::fr, Lang::nl, Lang::de}) {
        const text::LanguageScope scope(lang);
        const std::string folder = join_path(sitting, std::string(lang_code(lang)));
        make_folder(folder);
        std::vector<std::pair<std::string, std::string>> links = {{"overview.html", tr("All dossiers beside all conditions")}, {"analysis.html", tr("Scores, weights and simulation together")}, {"minutes.html", tr("Minutes and draft of a recommendation")}, {"minutes.txt", tr("Minutes as plain text")}};
        write_new(join_path(folder, "overview.html"), viz::jury_overview_html(room));
        write_new(join_path(folder, "analysis.html"), viz::jury_analysis_html(room));
        write_new(join_path(folder, "minutes.html"), viz::jury_minutes_html(room));
        write_new(join_path(folder, "minutes.txt"), viz::jury_minutes_text(room));
        for (std::size_t p = 0; p < room.proposals->size(); ++p) {
            const Proposal& d = (*room.proposals)[p];
            write_new(join_path(folder, "sheet-" + d.id + ".html"), viz::jury_sheet_html(room, p, -1));
            links.emplace_back("sheet-" + d.id + ".html", std::to_string(p + 1) + ". " + tr(d.title));
        }
        for (const auto& [name, bytes] : viz::jury_tables_csv(room)) {
            write_new(join_path(folder, name + ".csv"), bytes);
            links.emplace_back(name + ".csv", name + ".csv");
        }
        write_new(join_path(folder, "index.html"), viz::jury_index_html(room, links, -1));
    }
}

/// A folder per juror: the dossiers that this juror may score, in the juror's language, and the sheet to fill in.
void write_packs(const Room& room, const std::string& folder) {
    for (std::size_t j = 0; j < room.round->jurors.size(); ++j) {
        const scenario::Juror& juror = room.round->jurors[j];
        Lang lang = text::language();
        parse_lang(juror.language, lang);
        const text::LanguageScope scope(lang);
        const std::string own = join_path(folder, juror.id);
        make_folder(own);
        std::vector<std::pair<std::string, std::string>> links = {{"scores-" + juror.id + ".csv", tr("Scoring sheet to fill in (opens in a spreadsheet)")}};
        std::vector<const Proposal*> mine;
        for (std::size_t p = 0; p < room.proposals->size(); ++p) {
            if (!room.scores->may_score(j, p))
                continue;
            const Proposal& d = (*room.proposals)[p];
            mine.push_back(&d);
            write_new(join_path(own, "sheet-" + d.id + ".html"), viz::jury_sheet_html(room, p, static_cast<int>(j)));
            links.emplace_back("sheet-" + d.id + ".html", std::to_string(p + 1) + ". " + tr(d.title));
        }
        write_new(join_path(own, links.front().first), jury::sheet_csv(*room.call, juror, mine, words_in(lang), room.scores->sheet(j)));
        write_new(join_path(own, "index.html"), viz::jury_index_html(room, links, static_cast<int>(j)));
    }
}

std::string foot(const std::string& sitting, const RoundFolder& round, const Jury& how) {
    std::string out = "\n" + tr("Papers") + "      " + join_path(sitting, std::string(lang_code(text::language()))) + "/index.html\n";
    if (!how.pack.empty())
        out += tr("Packs") + "       " + how.pack + "\n";
    return out + tr("Audit list") + "  " + join_path(round.path(), "audit.csv") + "\n" + tr("Go on") + "       ./tresse jury --round " + round.path() + "\n";
}

/// What the room points to once there are jurors.
struct Judged {
    std::unique_ptr<jury::Scores> scores;
    jury::Ranking ranking;
};

void weigh(Room& room, const Loaded& in, Judged& out) {
    out.scores = std::make_unique<jury::Scores>(in.call, in.round, in.sheets, in.proposals);
    room.scores = out.scores.get();
    room.remarks = in.remarks;
    room.remarks.insert(room.remarks.end(), out.scores->muted().begin(), out.scores->muted().end());
    for (const jury::Phrase& left : jury::weights_left_out(in.call, in.round))
        room.remarks.push_back(left);
    jury::RankingInput input;
    input.scores = room.scores;
    for (std::size_t p = 0; p < in.proposals.size(); ++p) {
        input.simulated.push_back(jury::improvements(in.call, room.impacts[p]));
        input.cost_eur.push_back(in.proposals[p].coordination_eur + in.proposals[p].actions_eur);
    }
    out.ranking = jury::ranking(input);
    room.ranking = &out.ranking;
}

/// Packs go into a folder of their own, and need jurors. Throws: BadInput.
void check_pack(const Jury& how, bool has_round) {
    Problems problems;
    if (!how.pack.empty() && exists(how.pack))
        problems.add(how.pack, 0, "--pack", tr("is there already, and nothing is overwritten. Name a new folder."));
    if (!how.pack.empty() && !has_round)
        problems.add(how.pack, 0, "--pack", tr("packs need the list of jurors: name the file of kind `round` too."));
    if (problems.any())
        throw BadInput(std::move(problems));
}

/// The folder itself, or with a number behind it when it is there.
std::string free_folder(const std::string& path) {
    std::string out = path;
    for (int n = 2; exists(out); ++n)
        out = path + "-" + std::to_string(n);
    return out;
}

Options with_defaults(Options o) {
    if (o.sample == 0)
        o.sample = 20;
    if (o.replicates == 0)
        o.replicates = 6;
    return o;
}

}  // namespace

JuryLibrary jury_library(const Session& session) {
    JuryLibrary out;
    const auto ids = scenario::shipped_scenarios(session.around().home);
    Problems problems;
    if (ids.empty()) {
        problems.add(join_path(session.around().home, "scenarios"), 0, "", tr("has no scenario to check other files against."));
        throw BadInput(std::move(problems));
    }
    out.reference = load(std::find(ids.begin(), ids.end(), "village") != ids.end() ? "village" : ids.front(), {}, session);
    const std::string folder = join_path(session.around().home, "scenarios/library/components");
    for (const std::string& name : names_in(folder))
        if (name.ends_with(".yaml"))
            if (auto component = scenario::read_component(join_path(folder, name), *out.reference->catalogue, problems))
                out.components.push_back(std::move(component));
    if (problems.any())
        throw BadInput(std::move(problems));
    for (const auto& component : out.components)
        for (const scenario::ActionSpec& action : component->actions) {
            out.uses.push_back(component->id + "/" + action.id);
            out.actions[out.uses.back()] = &action;
        }
    return out;
}

int jury(const std::vector<std::string>& files, const Jury& how, const Options& given, Session& session) {
    const Options options = with_defaults(given);
    const JuryLibrary library = jury_library(session);
    std::unique_ptr<RoundFolder> round;
    if (!how.round.empty() && exists(join_path(how.round, "audit.csv")))
        round = std::make_unique<RoundFolder>(how.round, session);
    const Inputs inputs = inputs_of(files, how, round.get(), session);
    check_pack(how, !inputs.round.empty());
    Loaded in;
    read_inputs(inputs, library, round.get(), in);
    if (!round)
        round = std::make_unique<RoundFolder>(how.round.empty() ? free_folder(join_path(join_path(session.around().results, "jury-" + in.call.id), session.around().stamp)) : how.round, session);
    hold_signed(*round, in);
    tell_unread_sheets(inputs, in.call, !inputs.round.empty() && folder_of(inputs.round) != join_path(round->path(), "files"), session);
    keep_inputs(inputs, in, how, *round);
    Room room;
    judge(room, in, library);
    const std::string sitting = round->new_sitting();
    simulate_all(room, library, how, join_path(sitting, "impact"), options, session);
    room.date = text::date(session.around().year, session.around().month, session.around().day);
    room.command = session.around().command, room.folder = round->path();
    room.code = hex(in.call.hash ^ in.round.hash, 6);
    Judged judged;
    if (in.has_round)
        weigh(room, in, judged);
    write_papers(room, sitting);
    if (!how.pack.empty())
        write_packs(room, how.pack);
    round->note(how.by.empty() ? "secretariat" : how.by, "sitting", name_of(sitting));
    session.write(viz::jury_table_text(room) + foot(sitting, *round, how));
    return done;
}

}  // namespace tresse::app
