#include "tresse/jury/sheet.hpp"

#include <cmath>

#include "fixture.hpp"

using namespace tresse;
using namespace tresse::jury;
using namespace jury_fixture;

namespace {

const std::string head = "a;b;c;d;e;f;g;h\n;;juror;;ad1;;;\n";

std::string complaint(const std::string& text) {
    Problems problems;
    parse_sheet(text, "sheet.csv", call(), round(), ids(), problems);
    std::string out;
    for (const Problem& p : problems.list())
        out += std::to_string(p.line) + " " + p.where + ": " + p.message + "\n";
    return out;
}

}  // namespace

TEST_CASE("a sheet that is handed out is read back with the same scores, with semicolons or with commas", "[jury]") {
    Sheet filled;
    filled.juror = "ad1", filled.signed_before = "2017-10-20";
    DossierScores d;
    d.proposal = "dendre-collines";
    d.before.assign(10, 2.5), d.after.assign(10, 3), d.why.assign(10, "p. 12; see also \"annex\"");
    d.advice = "unfavourable", d.conditions = "a, b";
    filled.dossiers = {d};
    for (const bool comma : {true, false}) {
        SheetWords words;
        words.columns = {"1", "2", "3", "4", "5", "6", "7", "8"};
        words.separator = comma ? ';' : ',', words.decimal_comma = comma;
        const std::string text = sheet_csv(call(), round().jurors[0], {&proposal("dendre-collines")}, words, &filled);
        CHECK(text.find(comma ? "2,5" : "2.5") != std::string::npos);
        Problems problems;
        const Sheet back = parse_sheet(text, "x.csv", call(), round(), ids(), problems);
        INFO(problems.text());
        CHECK_FALSE(problems.any());
        CHECK(back.juror == "ad1");
        CHECK(back.signed_before == "2017-10-20");
        CHECK(back.signed_after.empty());
        REQUIRE(back.find("dendre-collines"));
        CHECK(back.find("dendre-collines")->before == d.before);
        CHECK(back.find("dendre-collines")->after == d.after);
        CHECK(back.find("dendre-collines")->why == d.why);
        CHECK(back.find("dendre-collines")->advice == "unfavourable");
        CHECK(back.find("dendre-collines")->conditions == "a, b");
    }
}

TEST_CASE("a score out of range, an unknown word and a line that stands twice are named with their line", "[jury]") {
    CHECK_THAT(complaint(head + "dendre-collines;;finance;;6;;;\n"), Catch::Matchers::Contains("3 dendre-collines.finance") && Catch::Matchers::Contains("0 to 5"));
    CHECK_THAT(complaint(head + "dendre-collines;;finance;;2,3;;;\n"), Catch::Matchers::Contains("steps of 0.5"));
    CHECK_THAT(complaint(head + "dendre-collines;;finance;;good;;;\n"), Catch::Matchers::Contains("found \"good\""));
    CHECK_THAT(complaint(head + "dendre-colines;;finance;;2;;;\n"), Catch::Matchers::Contains("Nearest: dendre-collines"));
    CHECK_THAT(complaint(head + "dendre-collines;;finanse;;2;;;\n"), Catch::Matchers::Contains("Nearest: finance"));
    CHECK_THAT(complaint(head + "dendre-collines;;finance;;2;;;\ndendre-collines;;finance;;3;;;\n"), Catch::Matchers::Contains("4 ") && Catch::Matchers::Contains("twice"));
    CHECK_THAT(complaint("a;b;c;d;e;f;g;h\n;;juror;;ad9;;;\n"), Catch::Matchers::Contains("no juror of this round") && Catch::Matchers::Contains("Nearest: ad"));
    CHECK_THAT(complaint("a;b;c\n1;2;3\n"), Catch::Matchers::Contains("found 3 columns, wanted 8"));
    CHECK_THAT(complaint("a;b;c;d;e;f;g;h\n"), Catch::Matchers::Contains("whose sheet"));
    CHECK(complaint(head + "dendre-collines;;finance;;2,5;3.5;;\n").empty());
}

TEST_CASE("numbers of an office are read with comma or point, and nothing else is a number", "[jury]") {
    double x = 0;
    CHECK((office_number("3,5", x) && x == 3.5));
    CHECK((office_number(" 3.5 ", x) && x == 3.5));
    CHECK_FALSE(office_number("1.000,5", x));
    CHECK_FALSE(office_number("", x));
    CHECK_FALSE(office_number("3 1/2", x));
}

TEST_CASE("a juror with a tie is muted, and a bench whose members all have one is missing, not zero", "[jury]") {
    const Scores scores(call(), round(), sheets(), proposals());
    std::size_t dendre = 0;
    while (proposals()[dendre].id != "dendre-collines")
        ++dendre;
    const std::size_t patients = 3;
    CHECK(call().benches[patients].id == "patients");
    CHECK(scores.bench_missing(patients, dendre));
    CHECK(std::isnan(scores.bench_mean(patients, dendre, 0, true)));
    CHECK_FALSE(scores.bench_missing(0, dendre));
    CHECK(scores.bench_mean(0, dendre, 0, true) > 0);
    CHECK(scores.scored_by(dendre) == 6);
}

TEST_CASE("scores that are entered in spite of a tie do not count, and a remark says so", "[jury]") {
    auto all = sheets();
    for (Sheet& s : all)
        if (s.juror == "pa1") {
            DossierScores d;
            d.proposal = "dendre-collines";
            d.before.assign(10, 5), d.after.assign(10, 5), d.why.assign(10, "");
            s.dossiers.push_back(d);
            for (std::size_t i = 0; i + 1 < s.dossiers.size(); ++i)
                if (s.dossiers[i].proposal == d.proposal)
                    s.dossiers.erase(s.dossiers.begin() + static_cast<std::ptrdiff_t>(i));
        }
    const Scores scores(call(), round(), all, proposals());
    REQUIRE(scores.muted().size() == 1);
    std::size_t dendre = 0;
    while (proposals()[dendre].id != "dendre-collines")
        ++dendre;
    CHECK(std::isnan(scores.score(static_cast<std::size_t>(round().juror("pa1")), dendre, 0, true)));
}

TEST_CASE("the spread covers all jurors, and both rounds of scores are kept", "[jury]") {
    auto all = sheets();
    const Scores scores(call(), round(), all, proposals());
    const std::size_t ad1 = static_cast<std::size_t>(round().juror("ad1"));
    bool changed = false;
    for (std::size_t p = 0; p < proposals().size(); ++p)
        for (std::size_t c = 0; c < 10; ++c) {
            const double before = scores.score(ad1, p, c, false), after = scores.score(ad1, p, c, true);
            changed = changed || before != after;
            const auto spread = scores.spread(p, c, false);
            CHECK(spread.first <= before);
            CHECK(spread.second >= before);
        }
    CHECK(changed);
    CHECK(scores.has_signed(ad1, false));
    CHECK_FALSE(scores.has_signed(static_cast<std::size_t>(round().juror("pr2")), true));
}

TEST_CASE("what was signed before the interview stays, whatever a later sheet says", "[jury]") {
    Sheet first, later;
    DossierScores d;
    d.proposal = "x", d.before = {3, NAN}, d.after = {NAN, NAN}, d.why = {"", ""};
    first.signed_before = "2017-10-20", first.dossiers = {d};
    later.signed_before = "2017-10-20";
    d.before = {5, 2}, d.after = {4, 2};
    later.dossiers = {d};
    CHECK(hold_signed(first, later));
    CHECK(later.dossiers[0].before == std::vector<double>{3, 2});  // the empty one may still be added
    CHECK(later.dossiers[0].after == std::vector<double>{4, 2});
    CHECK_FALSE(hold_signed(first, later));
}

TEST_CASE("a sheet that is not signed counts nowhere, and the page can say whose it is", "[jury]") {
    auto all = sheets();
    for (Sheet& s : all)
        if (s.juror == "ad1")
            s.signed_before.clear();
    const Scores scores(call(), round(), all, proposals());
    const auto ad1 = static_cast<std::size_t>(round().juror("ad1")), ad2 = static_cast<std::size_t>(round().juror("ad2"));
    for (std::size_t p = 0; p < proposals().size(); ++p)
        for (std::size_t c = 0; c < 10; ++c) {
            CHECK(std::isnan(scores.score(ad1, p, c, true)));
            CHECK(scores.bench_mean(0, p, c, true) == scores.score(ad2, p, c, true));
            CHECK_FALSE(std::isnan(scores.entered(ad1, p, c)));  // its own eyes alone
        }
    CHECK_FALSE(scores.speaks(ad1));
    CHECK(scores.advice(ad1, 0).empty());
    REQUIRE(scores.not_signed().size() == 1);  // pr2 gave nothing after the interview, so nothing of it is lost
    CHECK(scores.not_signed()[0].args[0].text == round().jurors[ad1].name);
}

TEST_CASE("what is not signed after the interview leaves the scores from before in force", "[jury]") {
    auto all = sheets();
    for (Sheet& s : all)
        if (s.juror == "ad1")
            s.signed_after.clear(), s.dossiers[0].before[0] = 1, s.dossiers[0].after[0] = 5;
    const Scores scores(call(), round(), all, proposals());
    const auto ad1 = static_cast<std::size_t>(round().juror("ad1"));
    CHECK(scores.score(ad1, 0, 0, true) == 1);
    CHECK(scores.advice(ad1, 0).empty());
    CHECK(scores.not_signed().size() == 1);
}

TEST_CASE("a bench without any juror is not one whose members all have a tie", "[jury]") {
    scenario::Round none = round();
    none.jurors.clear();
    const Scores scores(call(), none, {}, proposals());
    CHECK_FALSE(scores.bench_missing(0, 0));
}

TEST_CASE("advice is read in the words of four languages, and a wrong word is told the allowed ones", "[jury]") {
    CHECK(advice_of_word(call(), "gunstig") == "favourable");
    CHECK(advice_of_word(call(), "Ongunstig ") == "unfavourable");
    CHECK(advice_of_word(call(), "favorable sous conditions") == "favourable_with_conditions");
    CHECK(advice_of_word(call(), "FAVOURABLE_WITH_CONDITIONS") == "favourable_with_conditions");
    CHECK(advice_of_word(call(), "good").empty());
    CHECK(complaint(head + "dendre-collines;;advice;;;gunstig;;\n").empty());
    CHECK_THAT(complaint(head + "dendre-collines;;advice;;;goed;;\n"), Catch::Matchers::Contains("Write one of: favourable") && Catch::Matchers::Contains("ongunstig"));
}
