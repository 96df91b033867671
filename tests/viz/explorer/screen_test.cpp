// Every view with no data and with a small run, in four languages, at the size of an office screen.
#include <algorithm>
#include <cmath>
#include <filesystem>

#include <catch2/catch.hpp>

#include "tresse/core/check.hpp"
#include "tresse/core/file.hpp"
#include "tresse/core/text/catalogue.hpp"
#include "tresse/viz/explorer/window.hpp"

#include "village.hpp"

using namespace tresse;
using namespace tresse::viz;
using namespace tresse::viz::explorer;

namespace {

Work work_with_scenario() {
    Work work;
    work.scenario = village::run().snapshot->run.scenario;
    work.scenario_name = "village";
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
        const bool seam = state.view == View::person || state.view == View::jury;
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
