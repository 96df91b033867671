// Every view with no data and with a small run, in four languages, at the size of an office screen.
#include <algorithm>
#include <cmath>
#include <filesystem>

#include <catch2/catch.hpp>

#include "tresse/core/check.hpp"
#include "tresse/core/file.hpp"
#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"
#include "tresse/scenario/variant.hpp"
#include "tresse/viz/explorer/window.hpp"

#include "village.hpp"

using namespace tresse;
using namespace tresse::viz;
using namespace tresse::viz::explorer;

namespace {

/// A study as a reader finds it: two scores, every part a share, two inputs; numbers by hand.
std::shared_ptr<const app::StudyAnswer> small_study(std::shared_ptr<const scenario::Scenario> scenario) {
    auto study = std::make_shared<app::StudyAnswer>();
    study->run = "abc123", study->arm = 2, study->draws = 64, study->share_draws = 16;
    const std::size_t parts = scenario::parts_of(*scenario, study->arm).size();
    study->scenario = std::move(scenario);
    for (const char* id : {"qaly_per_1000", "cost_per_head_eur"}) {
        app::StudyScore score;
        score.id = id;
        for (std::size_t i = 0; i < parts; ++i)
            score.shares.push_back({static_cast<int>(i), {1.0 + static_cast<double>(i), 0.5, 4}, {1, 0.5, 4}});
        score.total = {3, 1, 5};
        score.inputs = {{"component.continuity.actions.discharge-follow-up.levers[0].prediction", -0.1, 0.2, "0.6", "1.1", true},
                        {"component.case-management.actions.complex-needs.staff_minutes_month", 0, 0.01, "60", "300", false}};
        study->scores.push_back(std::move(score));
    }
    return study;
}

LocalText in_all(const std::string& words) {
    return LocalText(words);
}

/// A round of twenty dossiers: fourteen in one group, one that a condition can refuse.
std::shared_ptr<const app::JuryRound> small_round() {
    auto round = std::make_shared<app::JuryRound>();
    round->folder = "results/jury-call/2026", round->sitting = "sitting-001", round->places = 5, round->ranks = true;
    for (const char* bench : {"administrations: NIHDI and FPS Public Health", "insurers", "care providers", "patients"})
        round->benches.push_back(in_all(bench));
    round->not_told_apart.emplace_back();
    for (int i = 0; i < 20; ++i) {
        app::RoundDossier d;
        d.id = "d" + std::to_string(i), d.title = in_all("After a pilot with quite a long name (exercise)");
        d.people = 100000, d.eur_a_year = 250000, d.run = "def456";
        d.scored = true, d.group = i < 14 ? 1 : 2, d.mean_place = i + 1, d.among_first = 1.0 / (i + 1);
        d.mean_share = 0.7 - 0.01 * i, d.bench_share = {0.7, 0.6, 0.65, app::no_number};
        d.impacts.push_back({in_all("Went without needed care, % a year"), {-1, -2, -0.5}, i == 3 ? "better" : "same"});
        if (i == 19)
            d.findings.push_back({in_all("one project per area"), in_all("overlaps with d3"), in_all("agree on one"), true, 16});
        round->not_told_apart.front().push_back(static_cast<std::size_t>(i));
        round->dossiers.push_back(std::move(d));
    }
    return round;
}

/// The shipped lessons as somebody finds them who begins.
std::vector<std::shared_ptr<const app::LessonDesk>> lessons() {
    static const village::Folder folder("no-answers");
    const village::Still session(folder.path);
    Problems problems;
    std::vector<std::shared_ptr<const app::LessonDesk>> out;
    for (app::LessonDesk& one : app::lesson_desks(session, problems))
        out.push_back(std::make_shared<const app::LessonDesk>(std::move(one)));
    return out;
}

Work work_with_scenario() {
    Work work;
    work.scenario = village::run().snapshot->run.scenario;
    work.scenario_name = "village";
    work.study = small_study(work.scenario);
    work.round = small_round();
    work.lessons = lessons();
    return work;
}

std::string joined(const std::vector<std::string>& texts) {
    std::string out;
    for (const std::string& one : texts)
        out += one + "\n";
    return out;
}

}  // namespace

TEST_CASE("no text is cut in any view, language or amount of data at 1280 x 800", "[explorer]") {
    const Snapshot* snapshot = village::run().snapshot.get();
    const Work work = work_with_scenario();
    for (int lang = 0; lang < lang_count; ++lang)
        for (int view = 0; view < view_count; ++view)
            for (const bool with_data : {false, true}) {
                State state;
                state.lang = static_cast<Lang>(lang);
                state.view = static_cast<View>(view);
                const auto cut = cut_texts(with_data ? snapshot : nullptr, state, with_data ? work : Work{}, 1280, 800);
                INFO(std::string(view_word(state.view))
                     << " " << lang_code(state.lang) << (with_data ? " with data" : " empty") << "\n"
                     << joined(cut));
                CHECK(cut.empty());
            }
    text::set_language(Lang::en);
}

TEST_CASE("at 200 % the page keeps the size in which no text is cut, and every part of it can be looked at", "[explorer]") {
    const Snapshot* snapshot = village::run().snapshot.get();
    const Work work = work_with_scenario();
    for (int view = 0; view < view_count; ++view)
        for (const double scale : {1.5, 2.0}) {
            State state;
            state.view = static_cast<View>(view);
            state.scale = scale;
            const auto cut = cut_texts(snapshot, state, work, 1280, 800);
            INFO(std::string(view_word(state.view)) << " at " << scale << "\n" << joined(cut));
            CHECK(cut.empty());
            const Screen screen = laid_out(snapshot, state, work, 1280, 800);
            CHECK(screen.scene.width >= 1240);
            CHECK(screen.scene.height >= 690);
        }
    State state;
    apply(state, "look 100 50", {});
    CHECK(state.look_x == 1);
    CHECK(state.look_y == 0.5);
    apply(state, "look -5 1000", {});
    CHECK(state.look_x == 0);
    CHECK(state.look_y == 1);
}

TEST_CASE("every view answers its question in a sentence, with and without data", "[explorer]") {
    const Snapshot* snapshot = village::run().snapshot.get();
    text::set_language(Lang::en);
    const Brief brief =
        app::make_brief(snapshot->compared, snapshot->run.manifest, "", snapshot->compared.scenario().sources.get());
    const Work with = work_with_scenario(), without;
    for (int view = 0; view < view_count; ++view) {
        State state;
        state.view = static_cast<View>(view);
        const Screen full = screen_of({snapshot, &brief, state, with, paper_measure()}, 1280, 800);
        const Screen empty = screen_of({nullptr, nullptr, state, without, paper_measure()}, 1280, 800);
        INFO(view_word(state.view));
        CHECK(full.page.title.ends_with("?"));
        CHECK(full.page.answer.size() > 20);
        CHECK(empty.page.answer.size() > 10);
        CHECK(empty.page.is_empty);
        CHECK(full.page.answer.find('{') == std::string::npos);
        const bool seam = state.view == View::person;
        CHECK(full.page.is_empty == seam);
        const bool figure = !seam && state.view != View::scenario && state.view != View::sources;
        CHECK(full.page.picture.empty() != figure);
        if (figure) {
            CHECK_FALSE(full.page.picture.table.rows.empty());
            for (const auto& row : full.page.picture.table.rows)
                CHECK(row.size() == full.page.picture.table.columns.size());
        }
    }
}

TEST_CASE("names and questions of the views are there in all four languages", "[explorer]") {
    const Snapshot* snapshot = village::run().snapshot.get();
    const Brief brief = app::make_brief(snapshot->compared, snapshot->run.manifest, "", nullptr);
    const Work work;
    for (int view = 0; view < view_count; ++view) {
        State state;
        state.view = static_cast<View>(view);
        text::set_language(Lang::en);
        const std::string english = screen_of({snapshot, &brief, state, work, paper_measure()}, 1280, 800).page.title;
        for (const Lang lang : {Lang::fr, Lang::nl, Lang::de}) {
            INFO(english << " " << lang_code(lang));
            CHECK(text::translated(lang, english));
        }
    }
    text::set_language(Lang::en);
}

TEST_CASE("every command that a screen offers is understood, and every view can be reached by keyboard", "[explorer]") {
    const Snapshot* snapshot = village::run().snapshot.get();
    const Brief brief = app::make_brief(snapshot->compared, snapshot->run.manifest, "", nullptr);
    const Work work = work_with_scenario();
    const Limits limits = limits_of(snapshot);
    for (int view = 0; view < view_count; ++view) {
        State state;
        state.view = static_cast<View>(view);
        int stops = 0;
        for (const Spot& spot : screen_of({snapshot, &brief, state, work, paper_measure()}, 1280, 800).scene.spots) {
            if (spot.command.empty())
                continue;
            State copy = state;
            INFO(spot.command);
            CHECK(apply(copy, spot.command, limits).known);
            stops += spot.stop ? 1 : 0;
        }
        CHECK(stops >= view_count);
    }
}

TEST_CASE("the numbers of the overview are those of the score table", "[explorer]") {
    const Snapshot& s = *village::run().snapshot;
    for (const ScoreLine& line : score_lines(s, {}, -1))
        for (std::size_t arm = 0; arm < line.arms.size(); ++arm) {
            const decide::ComparedRow& row = s.compared.results[arm].rows[static_cast<std::size_t>(line.row)];
            INFO(line.id);
            CHECK(line.arms[arm].difference.middle == Approx(row.difference.expected));
            CHECK(line.arms[arm].difference.low == Approx(row.difference.uncertainty.low));
        }
}

TEST_CASE("money that flows adds up to what the ledger holds", "[explorer]") {
    const Snapshot& s = *village::run().snapshot;
    double from_ledger = 0;
    const app::ArmRun& arm = s.compared.arms[2];
    for (const measure::RunRecord* r : arm.futures)
        for (const measure::YearRecord& year : r->years)
            for (const world::Posting& p : year.postings)
                from_ledger += static_cast<double>(p.cents) / 100 / 1e6 / 2;  // two futures
    from_ledger /= 2;                                                         // two years
    double shown = 0;
    for (const Flow& f : flows_of(s, 2, -1, false))
        shown += f.amount;
    CHECK(shown == Approx(from_ledger));
    double difference = 0, base = 0;
    for (const Flow& f : flows_of(s, 2, -1, true))
        difference += f.amount;
    for (const Flow& f : flows_of(s, 0, -1, false))
        base += f.amount;
    CHECK(difference == Approx(shown - base).margin(1e-9));
}

TEST_CASE("a run keeps its months and its providers, sums and rows that agree with the yearly records", "[explorer]") {
    const Snapshot& s = *village::run().snapshot;
    REQUIRE(s.months.size() == s.arms());
    REQUIRE(s.months[0].futures.size() == 2);
    REQUIRE(s.months[0].futures[0].size() == 24);
    const auto column = static_cast<std::size_t>(
        std::find(s.month_measures.begin(), s.month_measures.end(), "admissions") - s.month_measures.begin());
    REQUIRE(column < s.month_measures.size());
    double by_month = 0, by_year = 0;
    for (int month = 0; month < 12; ++month)
        by_month += s.months[0].futures[0][static_cast<std::size_t>(month)][column];
    by_year =
        static_cast<double>(s.compared.arms[0].futures[0]->years[0].book.group_sum(world::GroupCount::admissions));
    CHECK(by_month == by_year);
    REQUIRE(s.nets.size() == s.arms());
    CHECK_FALSE(s.nets[0].providers.empty());
    for (const NetTie& tie : s.nets[0].ties) {
        CHECK(tie.a < tie.b);
        CHECK((tie.strength >= 0 && tie.strength <= 1));
    }
}

TEST_CASE("a future is worth its money exactly when its health is worth more than it costs", "[explorer]") {
    // by hand: at 10,000 EUR the first gains 20,000 - 15,000, the second loses
    const std::vector<PlanePoint> points = {{2, 15000}, {1, 15000}};
    CHECK(acceptable(points, 10000) == Approx(0.5));
    CHECK(acceptable(points, 20000) == Approx(1));
    CHECK(std::isnan(acceptable({}, 1)));
}

TEST_CASE("every view is drawn without a window, in light and dark, and is not blank", "[explorer]") {
    const village::Folder folder("shots");
    const Snapshot* snapshot = village::run().snapshot.get();
    const Work work = work_with_scenario();
    try {
        for (int view = 0; view < view_count; ++view)
            for (const Theme theme : {Theme::light, Theme::dark}) {
                State state;
                state.view = static_cast<View>(view);
                state.theme = theme;
                const ShotResult shot = shoot_screen(theme == Theme::light ? snapshot : nullptr, state, work, 1280, 800,
                                                     folder.path + "/" + std::string(view_word(state.view)) + ".png");
                INFO(shot.file);
                // a blank picture of this size packs into about 4 KB
                CHECK(std::filesystem::file_size(shot.file) > 12000);
            }
    } catch (const MachineRefused& refused) {
        WARN("nothing can be drawn on this machine: " << refused.what());
    }
}

TEST_CASE("a drawing with text twice as large still draws", "[explorer]") {
    State state;
    state.scale = 2;
    const auto cut = cut_texts(village::run().snapshot.get(), state, Work{}, 2560, 1600);
    INFO(joined(cut));
    CHECK(cut.empty());
}

TEST_CASE("the jury view counts refusals, the group that nothing separates, and what simulation cannot tell",
          "[explorer]") {
    text::set_language(Lang::en);
    Work work;
    work.round = small_round();
    State state;
    state.view = View::jury;
    const Screen whole = screen_of({nullptr, nullptr, state, work, paper_measure()}, 1280, 800);
    // by hand: one of twenty has a finding that can refuse; fourteen share group 1; all twenty were simulated
    CHECK(whole.page.answer.find("Of 20 dossiers 1 have") != std::string::npos);
    CHECK(whole.page.answer.find("14 stand in one group") != std::string::npos);
    CHECK(whole.page.answer.find("Of 20 simulated dossiers, 20") != std::string::npos);
    state.dossier = 19;
    const Screen one = screen_of({nullptr, nullptr, state, work, paper_measure()}, 1280, 800);
    bool cure = false;
    for (const Shape& shape : one.scene.shapes)
        cure = cure || shape.text.find("agree on one") != std::string::npos;
    CHECK(cure);
    state.dossier = 4000;
    CHECK_NOTHROW(screen_of({nullptr, nullptr, state, work, paper_measure()}, 1280, 800));
}

TEST_CASE("the jury view shows a place where the call ranks, and no place and no order of groups where it does not", "[explorer]") {
    auto unranked = std::make_shared<app::JuryRound>(*small_round());
    unranked->ranks = false;
    for (auto& d : unranked->dossiers)
        d.mean_place += 0.25;  // 1.25 to 20.25: a number that stands nowhere else, "1.3" when shown
    auto ranked = std::make_shared<app::JuryRound>(*unranked);
    ranked->ranks = true;
    for (int lang = 0; lang < lang_count; ++lang) {
        State state;
        state.view = View::jury, state.lang = static_cast<Lang>(lang);
        for (const auto& round : {ranked, unranked}) {
            Work work;
            work.round = round;
            CHECK(joined(cut_texts(nullptr, state, work, 1280, 800)).empty());
            text::set_language(state.lang);
            const Screen screen = screen_of({nullptr, nullptr, state, work, paper_measure()}, 1280, 800);
            int places = 0, dashed = 0;
            for (const Shape& shape : screen.scene.shapes)
                places += shape.text == text::number(1.25, 1), dashed += shape.dashed;
            const auto& columns = screen.page.picture.table.columns;
            const bool column = std::find(columns.begin(), columns.end(), text::tr("mean place")) != columns.end();
            const bool said = screen.page.picture.how_to_read.find(text::tr("This call does not rank dossiers: rows stand in the order of the files, and no place is given.")) != std::string::npos;
            INFO(lang_code(state.lang) << (round->ranks ? " ranks" : " does not rank"));
            CHECK(places == (round->ranks ? 1 : 0));
            CHECK(dashed == (round->ranks ? 1 : 0));  // by hand: fourteen of group 1, then six of group 2
            CHECK(column == round->ranks);
            CHECK(said != round->ranks);
            for (const auto& row : screen.page.picture.table.rows)
                CHECK(row.size() == columns.size());
        }
    }
    text::set_language(Lang::en);
}

TEST_CASE("shares and the tornado are shown for the arm that the study explains, and for no other", "[explorer]") {
    text::set_language(Lang::en);
    const Snapshot* snapshot = village::run().snapshot.get();
    const Brief brief =
        app::make_brief(snapshot->compared, snapshot->run.manifest, "", snapshot->compared.scenario().sources.get());
    const Work work = work_with_scenario();
    const auto answer = [&](int arm) {
        State state;
        state.view = View::why, state.arm = arm;
        return screen_of({snapshot, &brief, state, work, paper_measure()}, 1280, 800).page.answer;
    };
    CHECK(answer(2).find("most comes from") != std::string::npos);
    CHECK(answer(1).find("most comes from") == std::string::npos);
}
