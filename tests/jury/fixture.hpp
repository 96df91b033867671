#pragma once

#include <map>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "tresse/core/file.hpp"
#include "tresse/jury/room.hpp"
#include "tresse/scenario/component.hpp"
#include "tresse/scenario/scenario.hpp"

/// The shipped round: call, twenty dossiers, jurors, and the library they are read against.
namespace jury_fixture {

using namespace tresse;

inline const std::string home = TRESSE_SOURCE_DIR;
inline const std::string folder = home + "/scenarios/jury";

inline const scenario::Scenario& village() {
    static const scenario::Scenario s = scenario::load_scenario("village", home);
    return s;
}

struct Library {
    std::vector<std::shared_ptr<const scenario::ComponentSpec>> components;
    jury::Actions actions;
    std::vector<std::string> uses;
};

inline const Library& library() {
    static const Library out = [] {
        Library l;
        Problems problems;
        const std::string path = home + "/scenarios/library/components";
        for (const std::string& name : names_in(path))
            if (name.ends_with(".yaml"))
                l.components.push_back(scenario::read_component(join_path(path, name), *village().catalogue, problems));
        for (const auto& c : l.components)
            for (const auto& a : c->actions)
                l.uses.push_back(c->id + "/" + a.id), l.actions[l.uses.back()] = &a;
        return l;
    }();
    return out;
}

inline const scenario::Call& call() {
    static const scenario::Call c = [] {
        Problems problems;
        auto out = scenario::read_call(folder + "/call-2017.yaml", problems);
        INFO(problems.text());
        REQUIRE_FALSE(problems.any());
        return out;
    }();
    return c;
}

inline const std::vector<scenario::Proposal>& proposals() {
    static const std::vector<scenario::Proposal> all = [] {
        std::vector<scenario::Proposal> out;
        for (const std::string& name : names_in(folder))
            if (name.ends_with(".yaml") && name != "call-2017.yaml" && name != "round-2017.yaml")
                out.push_back(scenario::read_proposal(join_path(folder, name), *village().region, library().uses));
        return out;
    }();
    return all;
}

inline const scenario::Proposal& proposal(const std::string& id) {
    for (const auto& p : proposals())
        if (p.id == id)
            return p;
    FAIL("no dossier " << id);
    return proposals().front();
}

inline const scenario::Round& round() {
    static const scenario::Round r = [] {
        Problems problems;
        auto out = scenario::read_round(folder + "/round-2017.yaml", call(), problems);
        INFO(problems.text());
        REQUIRE_FALSE(problems.any());
        return out;
    }();
    return r;
}

inline std::vector<std::string> ids() {
    std::vector<std::string> out;
    for (const auto& p : proposals())
        out.push_back(p.id);
    return out;
}

inline std::vector<jury::Sheet> sheets() {
    Problems problems;
    std::vector<jury::Sheet> out;
    for (const std::string& name : names_in(folder + "/scores"))
        out.push_back(jury::read_sheet(folder + "/scores/" + name, call(), round(), ids(), problems));
    INFO(problems.text());
    REQUIRE_FALSE(problems.any());
    return out;
}

/// A small dossier in which everything is in order; `cut` takes lines with this text out, `more` adds some.
inline std::string small_dossier(const std::string& more = "", const std::string& cut = "") {
    const std::string text =
        "format: 1\nkind: proposal\nid: small\ntitle: Small\nfiled: 2017-09-01\ntemplate: t\narea: {municipalities: [24062]}\n"
        "target_group: {in_words: ill, size_stated: 8000, healthy_people: a day}\n"
        "plan: {years: 4, actions: [{id: a1, use: case-management/complex-needs, staff: {case_manager_fte: 1}, eur_per_year: 90000}]}\n"
        "money: {asked: {coordination_eur_per_year: 150000, actions_eur_per_year: 90000}}\n";
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = text.find('\n', at);
        const std::string line = text.substr(at, end - at + 1);
        if (cut.empty() || line.find(cut) == std::string::npos)
            out += line;
        at = end + 1;
    }
    return out + more;
}

inline scenario::Proposal read(const std::string& text) { return scenario::read_proposal_text(text, "small.yaml", *village().region, library().uses); }

inline std::string problems_of(const scenario::Proposal& p) {
    std::string out;
    for (const Problem& one : p.problems)
        if (!one.note)
            out += one.file + ":" + std::to_string(one.line) + " " + one.where + ": " + one.message + "\n";
    return out;
}

}  // namespace jury_fixture
