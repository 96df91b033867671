// The Scenario view: what is switched, moved in time or added is what the saved file says; problems stand at their field.
#include <algorithm>
#include <filesystem>
#include <fstream>

#include <catch2/catch.hpp>

#include "tresse/core/check.hpp"
#include "tresse/core/file.hpp"
#include "tresse/core/text/catalogue.hpp"
#include "tresse/scenario/arm.hpp"
#include "tresse/viz/explorer/lever.hpp"
#include "tresse/viz/explorer/window.hpp"
#include "tresse/viz/explorer/worker.hpp"

#include "village.hpp"

using namespace tresse;
using namespace tresse::viz;
using namespace tresse::viz::explorer;
namespace fs = std::filesystem;
using village::wait_for;

namespace {

int arm_called(const scenario::Scenario& s, const std::string& id) {
    for (std::size_t i = 0; i < s.arms.size(); ++i)
        if (s.arms[i].id == id)
            return static_cast<int>(i);
    return -1;
}

const Lever& dose_of(const std::vector<Lever>& levers, std::size_t part) {
    std::size_t seen = 0;
    for (const Lever& lever : levers)
        if (lever.dose && seen++ == part)
            return lever;
    throw std::runtime_error("no such part");
}

const ActionEntry& not_taken(const Work& work, int arm) {
    const auto& have = work.scenario->arms[static_cast<std::size_t>(arm)].spec->components;
    const auto found = std::find_if(work.actions.begin(), work.actions.end(), [&](const ActionEntry& a) {
        return !a.on_providers && std::none_of(have.begin(), have.end(), [&](const scenario::ComponentUse& use) { return use.use == a.use; });
    });
    if (found == work.actions.end())
        throw std::runtime_error("the arm takes all actions of the library");
    return *found;
}

}  // namespace

TEST_CASE("the saved file says what was switched off, begun later and added, and loads again", "[explorer]") {
    const village::Folder folder("edited");
    village::Still session(folder.path);
    Worker worker(session, {village::home, ""}, [](void*) {}, nullptr);
    worker.load_scenario("village", {});
    const Work before = wait_for(worker).work;
    const int arm = arm_called(*before.scenario, "integrated");
    REQUIRE(arm >= 0);
    const std::vector<Lever> levers = levers_of(*before.scenario, arm);
    const ActionEntry& extra = not_taken(before, arm);
    State state;
    apply(state, "lever " + dose_of(levers, 0).key + " 0", {});
    const Month later = before.scenario->start + 13;
    apply(state, "lever " + dose_of(levers, 1).part + ".start " + later.text(), {});
    apply(state, add_command(*before.scenario, arm, 0, extra.use, false), {});
    CHECK(added_to(*before.scenario, arm, state) == std::vector<std::string>{extra.use});
    worker.save("village", settings_of(state));
    const Work saved = wait_for(worker).work;
    INFO(saved.message);
    REQUIRE_FALSE(saved.failed);
    const std::string file = saved.message.substr(saved.message.find(folder.path));
    REQUIRE(fs::exists(file));
    const auto again = app::load(file, {}, session);
    const auto& components = again->arms[static_cast<std::size_t>(arm_called(*again, "integrated"))].spec->components;
    const auto& old = before.scenario->arms[static_cast<std::size_t>(arm)].spec->components;
    REQUIRE(components.size() == old.size() + 1);
    CHECK(components[0].reach_value == 0);
    CHECK(components[1].start == later);
    CHECK(components.back().use == extra.use);
    CHECK(components.back().reach_value == Approx(0.1));
    CHECK(components.back().paid_by.front().first == "nihdi_health_care");
}

TEST_CASE("a switch goes back to the dose of the file, and an arm that has nothing can take an action up", "[explorer]") {
    const scenario::Scenario& s = *village::run().snapshot->run.scenario;
    const int arm = arm_called(s, "integrated");
    const Lever dose = dose_of(levers_of(s, arm), 0);
    State state;
    apply(state, "lever " + dose.key + " 0", {});
    CHECK(lever_value(dose, state) == 0);
    apply(state, "lever-back " + dose.key, {});
    CHECK(lever_value(dose, state) == dose.value);
    CHECK(settings_of(state).empty());
    village::Still session(village::run().folder.path);
    app::Options options;
    State other;
    apply(other, add_command(s, s.base_index(), 0, "continuity/medicine-review", false), {});
    options.set = settings_of(other);
    const auto loaded = app::load("village", options, session);
    CHECK(loaded->arms[static_cast<std::size_t>(loaded->base_index())].spec->components.size() == 1);
}

TEST_CASE("a start outside the policy period is told at its field, and what belongs to no field stands above", "[explorer]") {
    village::Still session(village::run().folder.path);
    Worker worker(session, {village::home, ""}, [](void*) {}, nullptr);
    worker.load_scenario("village", {});
    const Work before = wait_for(worker).work;
    const int arm = arm_called(*before.scenario, "integrated");
    const std::vector<Lever> levers = levers_of(*before.scenario, arm);
    const Lever second = dose_of(levers, 1);
    worker.rehearse("village", {{second.part + ".start", "2199-01"}, {"runs.replicates", "none"}}, arm);
    Work work = wait_for(worker).work;
    CHECK(work.failed);
    REQUIRE(work.problems.size() == 2);
    CHECK(work.scenario);  // the scenario as it is stays on the table
    State state;
    state.view = View::scenario;
    state.arm = arm;
    const Screen screen = laid_out(nullptr, state, work, 1280, 800);
    double name = 0, next = 0, told = 0, above = 0;
    for (const Shape& shape : screen.scene.shapes) {
        const double y = shape.points.empty() ? 0 : shape.points.front().y;
        if (shape.text == second.group)
            name = y;
        if (shape.text == dose_of(levers, 2).group)
            next = y;
        if (shape.text.find("2199-01") != std::string::npos && y < 760)
            told = y;
        if (shape.text.starts_with("runs.replicates"))
            above = y;
    }
    CHECK(told > name);
    CHECK(told < next);
    CHECK(above > 0);
    CHECK(above < name);
}

TEST_CASE("no text of the two pages of a scenario is cut in any language or arm", "[explorer]") {
    village::Still session(village::run().folder.path);
    Worker worker(session, {village::home, ""}, [](void*) {}, nullptr);
    worker.load_scenario("first-look", {});
    const Work work = wait_for(worker).work;
    REQUIRE(work.actions.size() > 20);
    for (int lang = 0; lang < lang_count; ++lang)
        for (int arm = 0; arm < static_cast<int>(work.scenario->arms.size()); ++arm)
            for (int sheet = 0; sheet < 2; ++sheet)
                for (const int scroll : {0, 3, 18, 300}) {
                    State state;
                    state.view = View::scenario, state.lang = static_cast<Lang>(lang);
                    state.arm = arm, state.sheet = sheet, state.scroll = scroll;
                    std::string cut;
                    for (const std::string& words : cut_texts(nullptr, state, work, 1280, 800))
                        cut += words + "\n";
                    INFO(lang_code(state.lang) << " arm " << arm << " page " << sheet << " rows " << scroll << "\n" << cut);
                    CHECK(cut.empty());
                }
    text::set_language(Lang::en);
}
