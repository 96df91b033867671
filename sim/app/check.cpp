#include <algorithm>

#include "tresse/app/commands.hpp"
#include "tresse/app/simulate.hpp"
#include "tresse/build/fit.hpp"
#include "tresse/build/make_world.hpp"
#include "tresse/core/file.hpp"
#include "tresse/core/problems.hpp"
#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"
#include "tresse/core/workers.hpp"
#include "tresse/scenario/component.hpp"
#include "tresse/scenario/factors.hpp"
#include "tresse/scenario/funding_file.hpp"
#include "tresse/scenario/game.hpp"
#include "tresse/scenario/library.hpp"
#include "tresse/scenario/payers.hpp"
#include "tresse/scenario/reader.hpp"
#include "tresse/scenario/scores.hpp"

#include "explain_parts.hpp"
#include "jury_parts.hpp"
#include "lesson_parts.hpp"
#include "study_stage.hpp"

namespace tresse::app {

namespace {

using text::fill;
using text::tr;

std::string kind_of(const std::string& path, Problems& problems) {
    scenario::Document file(path, "", problems);
    if (!file.usable())
        return "";
    return file.root().maybe("kind").text_or("");
}

/// A shipped scenario, for the library and the pack that other files are checked against.
std::shared_ptr<const scenario::Scenario> reference_scenario(const Session& session, const std::string& region,
                                                             const std::string& area = "") {
    const auto ids = scenario::shipped_scenarios(session.around().home);
    if (ids.empty()) {
        Problems problems;
        problems.add(join_path(session.around().home, "scenarios"), 0, "",
                     tr("has no scenario to check other files against."));
        throw BadInput(std::move(problems));
    }
    const bool has_first = std::find(ids.begin(), ids.end(), "first-look") != ids.end();
    Options options;
    if (!region.empty())
        options.set.emplace_back("region", region);
    options.area = area;
    return load(has_first ? "first-look" : ids.front(), options, session);
}

std::string check_scenario(const std::string& path, const Options& options, Session& session, Problems& problems) {
    try {
        const auto s = load(path, options, session);
        for (const Problem& note : s->notes)
            problems.add(note);
        int assumed = 0, uncertain = 0;
        for (const Uncertain* u : s->uncertain())
            if (u->law != Law::fixed)
                ++uncertain, assumed += u->is_assumption();
        const int arms = static_cast<int>(s->arms.size());
        return fill(
            tr("{file} is in order: {arms}, {area}, {n} uncertain numbers of which {assumed} are assumptions.\n"),
            {{"file", path},
             {"arms", fill(text::tr_n("{n} arm", "{n} arms", arms), {{"n", arms}})},
             {"area", text::tr(s->area.name)},
             {"n", uncertain},
             {"assumed", assumed}});
    } catch (const BadInput& bad) {
        for (const Problem& p : bad.problems().list())
            problems.add(p);
        return "";
    }
}

/// A study with its scenario: arms, numbers, structures and sources that it names.
std::string check_study_file(const std::string& name, const Options& options, const Session& session, Problems& problems) {
    try {
        const StudyPlan plan = load_plan(name, options, session.around().home);
        for (const scenario::StudyStructure& s : plan.study.structures) {
            Options other = options;
            other.set.insert(other.set.end(), s.set.begin(), s.set.end());
            load(plan.scenario_name, other, session);
        }
        return fill(tr("{file} is in order.\n"), {{"file", plan.study.file}});
    } catch (const BadInput& bad) {
        for (const Problem& p : bad.problems().list())
            problems.add(p);
        return "";
    }
}

/// Builds people and providers and compares them with the pack.
std::string check_region(const std::string& folder, const Options& options, Session& session) {
    const auto s = reference_scenario(session, folder, options.area);
    session.progress(0, 1, tr("making people and providers"));
    Workers workers(std::max(1, session.around().processors));
    model::Tables tables = scenario::compile_tables(*s, 0);
    build::Completion completion;
    const build::Reference reference = build::make_reference(*s->region, *s->catalogue, tables, s->seed, &completion);
    const world::World world =
        build::make_world(*s, static_cast<const model::Tables&>(tables), reference, s->seed, workers);
    const build::FitReport area =
        build::fit_of(world, *s->region, s->area.municipalities, reference, *s->catalogue, tables);
    session.progress(0, 0, "");
    if (!options.area.empty())
        return fill(tr("{region}: the files are in order.\n"), {{"region", folder}}) +
               fill(tr("People and providers of {area} made from them, against its tables:\n"), {{"area", text::tr(s->area.name)}}) +
               area.text();
    const build::FitReport national = build::fit_of(reference, completion, *s->catalogue, tables);
    return fill(tr("{region}: the files are in order. The people made from them, against its tables:\n"),
                {{"region", folder}}) +
           national.text() + "\n" + fill(tr("The same for one area, {area}:\n"), {{"area", text::tr(s->area.name)}}) +
           area.text();
}

/// What to write when a word is no file: the fit of a place of that name, when there is one.
std::string no_file(const std::string& word, const Session& session) {
    const std::string plain = tr("this is neither a file nor the id of a shipped file.");
    const auto s = reference_scenario(session, "");
    scenario::Area area;
    if (!scenario::find_area(*s->region, "", word, area))
        return plain;
    return plain + " " + fill(tr("It is a place. Its people against the pack:\n{command}"),
                              {{"command", "./tresse check " + s->region->id + " --area " + (word.find(' ') == std::string::npos ? word : "\"" + word + "\"")}});
}

std::string check_part(const std::string& path, const std::string& kind, Session& session, Problems& problems) {
    const auto s = reference_scenario(session, "");
    if (kind == "component" || kind == "funding_rule" || kind == "conditions") {
        Problems unreadable;  // told by the reader of its kind
        scenario::check_sources(*s->sources, scenario::Document(path, "", unreadable).sources(), problems);
    }
    if (kind == "component") {
        scenario::read_component(path, *s->catalogue, problems);
    } else if (path.starts_with(join_path(session.around().home, "scenarios/library/"))) {
        // the reference scenario loaded it: it is in order, and would now stand beside itself
    } else if (kind == "funding_rule") {
        world::Catalogue names = *s->catalogue;
        const scenario::FundingContext context{&names, s->payers.get(), &s->region->index_to_2025};
        scenario::FundingRules rules = *s->rules;
        scenario::add_funding_rules(rules, path, context, problems);
    } else if (kind == "conditions") {
        scenario::Library library = *s->library;
        scenario::add_conditions(library, read_file(path, 8u << 20), path, problems);
    } else if (kind == "payers") {
        scenario::load_payers(path, problems);
    } else if (kind == "scores") {
        scenario::load_scores(path, problems);
    } else if (kind == "factors") {
        scenario::load_factors(path, problems);
    } else if (kind == "sources") {
        scenario::read_sources(path, problems);
    } else if (kind == "lesson") {
        check_lesson(path, session, problems);
    } else if (kind == "answers") {
        scenario::load_answers(path);
    } else if (kind == "game") {
        load(scenario::load_game(path).scenario, {}, session);
    } else if (kind == "moves") {
        scenario::load_moves(path, scenario::load_game(game_path(session)));
    } else if (kind == "call") {
        const scenario::Call call = scenario::read_call(path, problems);
        scenario::check_sources(*s->sources, call.sources, problems);
    } else if (kind == "proposal") {
        for (const Problem& p : scenario::read_proposal(path, *s->region, jury_library(session).uses).problems)
            problems.add(p);
    } else {
        problems.note(path, 0, "kind",
                      fill(tr("files of kind \"{kind}\" are checked with the scenario or library that uses them."),
                           {{"kind", kind}}));
    }
    return problems.any() ? "" : fill(tr("{file} is in order.\n"), {{"file", path}});
}

bool is_region(const std::string& path) {
    return is_folder(path) ? exists(join_path(path, "region.yaml")) : name_of(path) == "region.yaml";
}

}  // namespace

std::string find_file(const std::string& word, const Session& session) {
    if (exists(word))
        return word;
    const std::string home = join_path(session.around().home, "scenarios");
    const std::string library = join_path(home, "library");
    for (const std::string& folder :
         {home, library, join_path(library, "funding"), join_path(library, "components"), join_path(home, "agreements"),
          join_path(home, "directions"), join_path(home, "pilots"), join_path(home, "programmes"), join_path(home, "studies")}) {
        const std::string path = join_path(folder, word + ".yaml");
        if (exists(path))
            return path;
    }
    if (is_region(join_path(home, word)))
        return join_path(home, word);
    return "";
}

int check(const std::vector<std::string>& files, const Options& options, Session& session) {
    Problems problems;
    std::string good;
    for (const std::string& word : files) {
        const std::string path = find_file(word, session);
        if (path.empty()) {
            problems.add(word, 0, "", no_file(word, session));
        } else if (is_region(path)) {
            try {
                good += check_region(is_folder(path) ? path : folder_of(path), options, session);
            } catch (const BadInput& bad) {
                for (Problem p : bad.problems().list()) {
                    if (p.where.starts_with("--area "))
                        p.file = word;  // said of the command, not of the scenario that lends its library
                    problems.add(std::move(p));
                }
            }
        } else {
            Problems own;
            const std::string kind = kind_of(path, own);
            if (own.any())
                for (const Problem& p : own.list())
                    problems.add(p);
            else if (kind == "study")
                good += check_study_file(word, options, session, problems);
            else if (kind == "scenario")
                good += check_scenario(word, options, session, problems);
            else
                good += check_part(path, kind, session, problems);
        }
    }
    session.write(good);
    if (problems.any())
        throw BadInput(std::move(problems));
    if (!problems.list().empty())
        session.warn(problems.text());
    return done;
}

}  // namespace tresse::app
