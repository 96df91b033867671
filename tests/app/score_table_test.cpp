#include "tresse/app/score_table.hpp"

#include <set>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/layout.hpp"
#include "tresse/decide/comparison.hpp"
#include "tresse/measure/score.hpp"

using namespace tresse;
using namespace tresse::app;
using Catch::Matchers::Contains;

namespace {

constexpr Lang languages[] = {Lang::en, Lang::fr, Lang::nl, Lang::de};

viz::Brief brief_of(std::size_t arms) {
    viz::Brief b;
    b.version = "0.1.0";
    b.scenario = "first-look";
    b.area = "Zuidoost Hageland";
    b.question = "What would the pilots' money, or a programme at full scale, change here in ten years, for whom, and "
                 "who would pay?";
    b.people = 105315;
    b.municipalities = 9;
    b.months = 120;
    b.replicates = b.planned_replicates = 12;
    b.uncertain = 111;
    b.assumed = 44;
    b.start = Month::of(2026, 1);
    b.euros_of = 2025;
    b.folder = "results/first-look/2026-11-21T1405-1a2b3c";
    b.families = {text::tr("HEALTH"), text::tr("EXPERIENCE AND QUALITY"), text::tr("COST, EUR per inhabitant a year"),
                  text::tr("CARE WORKERS"), text::tr("EQUITY, lowest minus highest income fifth")};
    for (std::size_t i = 0; i < arms; ++i)
        b.arms.push_back({std::string(1, static_cast<char>('A' + i)),
                          "arm-" + std::to_string(i),
                          "Today",
                          "adds something",
                          "Better: nothing.",
                          "no row.",
                          {},
                          {}});
    for (const measure::Score& score : measure::scores()) {
        viz::BriefRow row;
        row.id = score.id;
        row.label = text::tr(score.name);
        row.family = static_cast<int>(score.family);
        row.direction = score.direction == measure::Direction::more   ? '+'
                        : score.direction == measure::Direction::less ? '-'
                        : score.direction == measure::Direction::none ? ' '
                                                                      : '0';
        row.base = 7777.72;
        row.part = score.which == measure::ScoreId::account_per_head_eur;
        row.memo = score.which == measure::ScoreId::unpaid_hours_per_head;
        for (std::size_t i = 1; i < arms; ++i)
            row.arms.push_back({{-22.2, -33.3, 11.1}, row.direction == ' ' ? viz::Sign::none : viz::Sign::cannot_tell});
        b.rows.push_back(row);
    }
    return b;
}

std::size_t widest(const std::string& text) {
    std::size_t most = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = text.find('\n', at);
        most = std::max(most, text::width(std::string_view(text).substr(at, end - at)));
        at = end == std::string::npos ? text.size() : end + 1;
    }
    return most;
}

}  // namespace

TEST_CASE("the score table is at most 100 columns wide in every language, with one to five arms", "[app][table]") {
    for (const Lang lang : languages)
        for (const std::size_t arms : {1u, 2u, 3u, 4u, 5u}) {
            const text::LanguageScope scope(lang);
            const viz::Brief brief = brief_of(arms);
            INFO(lang_code(lang) << " " << arms);
            CHECK(widest(score_table(brief, false)) <= 100);
            CHECK(widest(table_heading(brief)) <= 100);
        }
}

TEST_CASE("every name of a score is translated and fits its column without being cut", "[app][table]") {
    for (const Lang lang : languages) {
        const text::LanguageScope scope(lang);
        for (const measure::Score& score : measure::scores()) {
            INFO(lang_code(lang) << ": " << score.name << " | " << text::tr(score.name));
            CHECK(text::translated(lang, score.name));
            CHECK(text::translated(lang, score.unit));
            CHECK(text::width(text::tr(score.name)) <= 41);
        }
        CHECK_THAT(score_table(brief_of(3), false), !Contains("..."));
    }
}

TEST_CASE("the ranges of an arm start at the same column in every row and language, and so does the foot", "[app][table]") {
    for (const Lang lang : languages) {
        const text::LanguageScope scope(lang);
        viz::Brief brief = brief_of(3);
        brief.rows[0].arms[0].difference = brief.rows[0].arms[1].difference = {1.5, -0.5, 3.5};
        INFO(lang_code(lang));
        std::set<std::size_t> starts;
        const std::string table = score_table(brief, false);
        for (std::size_t at = 0; at < table.size();) {
            const std::size_t end = table.find('\n', at);
            const std::string line = table.substr(at, end - at);
            const std::string low = lang == Lang::en ? "(-33.3" : "(-33,3";
            if (line.find(low) != std::string::npos || line.find("(-0") != std::string::npos)
                starts.insert(text::width(line.substr(0, std::min(line.find(low), line.find("(-0")))));
            at = end + 1;
        }
        CHECK(starts.size() == 1);
        const std::string foot = table_foot(brief);
        const std::size_t report = foot.find(text::tr("Report")), again = foot.rfind(text::tr("Again"));
        const auto start_of_rest = [&](std::size_t at, const std::string& rest) { return text::width(foot.substr(at, foot.find(rest, at) - at)); };
        CHECK(start_of_rest(report, brief.folder) == start_of_rest(again, "./tresse"));
    }
}

TEST_CASE("a name that is too long goes on in the next line", "[app][table]") {
    viz::Brief brief = brief_of(2);
    brief.rows[0].label = "Vlaamse Gemeenschap (Departement Zorg, Vlaamse sociale bescherming)";
    brief.rows[0].part = true;
    const std::string table = score_table(brief, false);
    CHECK_THAT(table, Contains("   Vlaamse Gemeenschap (Departement Zorg,") && Contains("     Vlaamse sociale bescherming)\n") && !Contains("..."));
    CHECK(widest(table) <= 100);
}

TEST_CASE("every sentence that is made from numbers is translated", "[app][table]") {
    for (int i = 0; i < static_cast<int>(decide::Say::count); ++i)
        for (const Lang lang : languages) {
            INFO(lang_code(lang) << ": " << decide::message(static_cast<decide::Say>(i)));
            CHECK(text::translated(lang, decide::message(static_cast<decide::Say>(i))));
        }
}

TEST_CASE("a row shows base, difference, range and verdict; accounts have no verdict", "[app][table]") {
    viz::Brief brief = brief_of(2);
    brief.rows.resize(1);
    brief.rows[0].arms[0] = {{2.2, -1.1, 5.5}, viz::Sign::cannot_tell};
    const std::string table = score_table(brief, false);
    CHECK_THAT(table,
               Contains(" Quality-adjusted years per 1 000 people   \u2191 7\u202f777.7 +2.2 (-1.1 to +5.5)   ?\n"));
    brief.rows[0].arms[0].sign = viz::Sign::none;
    CHECK_THAT(score_table(brief, false), Contains("+2.2 (-1.1 to +5.5)\n"));
}

TEST_CASE("colour is a second cue: without the codes the text is the same", "[app][table]") {
    viz::Brief brief = brief_of(3);
    brief.rows[0].arms[0].sign = viz::Sign::better;
    std::string coloured = score_table(brief, true);
    CHECK_THAT(coloured, Contains("\033[34m\u25b2\033[0m"));
    for (std::size_t at = coloured.find('\033'); at != std::string::npos; at = coloured.find('\033'))
        coloured.erase(at, coloured.find('m', at) - at + 1);
    CHECK(coloured == score_table(brief, false));
}

TEST_CASE("a third and further arm stand in a block of their own, with the base again", "[app][table]") {
    const std::string table = score_table(brief_of(4), false);
    CHECK_THAT(table, Contains("B minus A") && Contains("C minus A") && Contains("D minus A"));
    CHECK(table.find("HEALTH") != table.rfind("HEALTH"));
}

TEST_CASE("a sketch and an unfinished run say so above the table", "[app][table]") {
    viz::Brief brief = brief_of(2);
    brief.warnings = {"Sample, do not quote"};
    brief.sample = 10;
    CHECK_THAT(table_heading(brief), Contains("Sample, do not quote") && Contains("one household in 10"));
}
