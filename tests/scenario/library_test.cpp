#include "library_fixture.hpp"

#include <set>

#include "tresse/scenario/source.hpp"

using namespace library_fixture;

namespace {

std::string template_text() { return read_file(folder() + "/condition-template.yaml", 1u << 20); }

std::string replaced(std::string text, const std::string& found, const std::string& put) {
    const std::size_t at = text.find(found);
    REQUIRE(at != std::string::npos);
    return text.replace(at, found.size(), put);
}

/// Problems of the shipped library with one more text of conditions.
std::string problems_with(const std::string& text) {
    Library library = shipped();
    Problems problems;
    add_conditions(library, text, "mine.yaml", problems);
    std::string all;   // messages as written: the text form wraps lines
    for (const Problem& p : problems.list()) all += p.message + "\n";
    return all;
}

}  // namespace

TEST_CASE("the shipped library loads, with the thirteen conditions in their order", "[scenario][library]") {
    const std::vector<std::string> wanted{"type2_diabetes", "hypertension", "coronary", "heart_failure", "stroke", "copd", "asthma", "chronic_kidney_disease", "depression", "dementia", "cancer", "osteoarthritis_back", "obesity"};
    REQUIRE(shipped().conditions.size() == wanted.size());
    for (std::size_t c = 0; c < wanted.size(); ++c) CHECK(shipped().conditions[c].id == wanted[c]);
    CHECK(shipped().services.size() <= static_cast<std::size_t>(world::limit::services));
    CHECK(shipped().hash != 0);
}

TEST_CASE("everything a reader sees in the library has a name in four languages", "[scenario][library]") {
    const auto whole = [](const LocalText& text) {
        for (const std::string& t : text.text)
            if (t.empty()) return false;
        return true;
    };
    for (const auto& c : shipped().conditions) {
        CHECK(whole(c.name));
        for (const auto& s : c.stages) CHECK(whole(s.name));
        if (c.has_cause) CHECK(whole(c.cause.name));
    }
    for (const auto& s : shipped().services) CHECK((whole(s.service.name) && whole(s.service.unit)));
    for (const auto& r : shipped().roles) CHECK(whole(r.name));
    for (const auto& k : shipped().kinds) CHECK(whole(k.kind.name));
}

TEST_CASE("every number of the library has a range around its value, a key of its draw and a source", "[scenario][library]") {
    const auto all = shipped().uncertain();
    CHECK(all.size() > 1500);
    for (const Uncertain* u : all) {
        INFO(u->key << " " << u->source);
        CHECK((u->low <= u->value && u->value <= u->high));
        CHECK_FALSE(u->key.empty());
        CHECK(is_source_id(u->source));
    }
}

TEST_CASE("every source that the library names stands in the register", "[scenario][library]") {
    const std::string path = std::string(TRESSE_SOURCE_DIR) + "/scenarios/sources.yaml";
    if (!exists(path)) {
        WARN("there is no " << path << ": nothing to compare with");
        return;
    }
    Problems problems;
    const SourceRegister sources = read_sources(path, problems);
    check_sources(sources, shipped().sources, problems);
    INFO(problems.text());
    CHECK_FALSE(problems.any());
}

TEST_CASE("numbers of one list share their luck, and different keys do not", "[scenario][library]") {
    const auto& admission = shipped().conditions[3].numbers.list("by_stage.admission");
    CHECK(admission[0].key == admission[1].key);
    std::set<std::string> keys;
    for (const auto& c : shipped().conditions)
        for (const auto& entry : c.numbers.all()) CHECK(keys.insert(entry.values.front().key).second);
    for (const auto& s : shipped().services)
        for (const auto& entry : s.numbers.all()) CHECK(keys.insert(entry.values.front().key).second);
    for (const auto& k : shipped().kinds)
        for (const auto& entry : k.numbers.all()) CHECK(keys.insert(entry.values.front().key).second);
    for (const auto& entry : shipped().parameters.all()) CHECK(keys.insert(entry.values.front().key).second);
}

TEST_CASE("drawn numbers stay inside the bounds that make sense of them", "[scenario][library]") {
    for (const Uncertain* u : shipped().uncertain())
        for (int draw = 1; draw <= 12; ++draw) {
            const double x = u->drawn(7, draw);
            INFO(u->key << " drew " << x);
            if (u->law == Law::logit) CHECK((x > 0 && x < 1));
            if (u->law == Law::lognormal) CHECK(x > 0);
            if (u->law == Law::fixed) CHECK(x == u->value);
        }
}

TEST_CASE("the template of a condition loads as a fourteenth condition without any change of the program", "[scenario][library]") {
    Library library = shipped();
    Problems problems;
    add_conditions(library, template_text(), "conditions-parkinson.yaml", problems);
    INFO(problems.text());
    REQUIRE_FALSE(problems.any());
    REQUIRE(library.conditions.size() == 14);
    CHECK(library.hash != shipped().hash);
    const model::Tables t = tables_of(library, belgium(), 1, 0);
    const model::ConditionTable& p = t.disease.condition[13];
    // its shares at 75-84 in the template
    CHECK(p.prevalence[0][80] == Approx(0.014).epsilon(0.15));
    CHECK(p.prevalence[1][80] == Approx(0.021).epsilon(0.15));
    CHECK(p.log_mortality[2] == Approx(std::log(2.2)));
    CHECK(t.disease.log_ratio[13][static_cast<std::size_t>(t.disease.dementia)] == Approx(std::log(2.5)));
    CHECK(t.disease.log_ratio[model::risk_daily_smoker][13] == Approx(std::log(0.7)));
    const auto physio = static_cast<std::size_t>(library.service("physiotherapy"));
    const model::Mix& mix = t.need.mix[p.mix[2]];
    CHECK(mix.rate_month[physio] * mix.count[physio] * 12 == Approx(50));
    world::Catalogue catalogue;
    fill_catalogue(library, catalogue);
    CHECK(catalogue.condition("parkinson") == 13);
    CHECK(catalogue.causes[static_cast<std::size_t>(p.cause)].condition == 13);
    // what was there before is untouched
    CHECK(t.disease.condition[5].admission == tables().disease.condition[5].admission);
}

TEST_CASE("a wrong name in a condition is answered with its line and the nearest name", "[scenario][library]") {
    CHECK(problems_with(replaced(template_text(), "service: physiotherapy", "service: physioterapy")).find("The nearest is \"physiotherapy\"") != std::string::npos);
    CHECK(problems_with(replaced(template_text(), "dementia: {value", "dementai: {value")).find("The nearest is \"dementia\"") != std::string::npos);
    CHECK(problems_with(replaced(template_text(), "utility_loss:", "utilty_loss:")).find("utility_loss") != std::string::npos);
    CHECK(problems_with(replaced(template_text(), "id: parkinson ", "id: stroke ")).find("stands twice") != std::string::npos);
    CHECK(problems_with(replaced(template_text(), "value: [0.65, 0.35]", "value: [0.65, 0.45]")).find("must add to 1") != std::string::npos);
    CHECK(problems_with(replaced(template_text(), "value: [0.11, 0]", "value: [0.11]")).find("wanted 2 numbers") != std::string::npos);
}

TEST_CASE("a seventeenth condition is refused with the name of the limit", "[scenario][library]") {
    std::string text = template_text();
    const std::string body = text.substr(text.find("  - id: parkinson"));
    for (int i = 2; i <= 4; ++i) {
        std::string more = replaced(body, "id: parkinson ", "id: extra_" + std::to_string(i) + " ");
        more.erase(more.find("    cause:"), more.find("    raises:") - more.find("    cause:"));
        text += "\n" + more;
    }
    CHECK(problems_with(text).find("wanted at most 16") != std::string::npos);
}

TEST_CASE("the catalogue keeps the order of the library: other causes first, then those of the conditions", "[scenario][library]") {
    world::Catalogue catalogue;
    fill_catalogue(shipped(), catalogue);
    REQUIRE(catalogue.causes.size() == 15);
    CHECK_FALSE(catalogue.causes[0].planned);
    CHECK(catalogue.causes[1].planned);
    const int failure = catalogue.cause("heart_failure");
    REQUIRE(failure > 1);
    CHECK(catalogue.causes[static_cast<std::size_t>(failure)].avoidable);
    CHECK(tables().disease.condition[3].cause == failure);
    // hip, knee and spine: surgery by appointment
    CHECK(catalogue.causes[static_cast<std::size_t>(catalogue.cause("locomotor"))].planned);
    CHECK(catalogue.services[static_cast<std::size_t>(catalogue.service("gp_home_visit"))].role == catalogue.role("gp"));
    CHECK(catalogue.kinds[static_cast<std::size_t>(catalogue.kind("medical_house"))].contract == 1);
}

TEST_CASE("the five causes of the OECD list, and only these, are avoidable", "[scenario][library]") {
    std::set<std::string> avoidable;
    for (const auto& c : shipped().conditions)
        if (c.has_cause && c.cause.avoidable) avoidable.insert(c.id);
    CHECK(avoidable == std::set<std::string>{"asthma", "copd", "heart_failure", "type2_diabetes", "hypertension"});
}

TEST_CASE("a library folder that is not there is one sentence, not a crash", "[scenario][library]") {
    Problems problems;
    const Library library = load_library("/nowhere/at/all", problems);
    CHECK(library.conditions.empty());
    CHECK(problems.count() == 1);
}

TEST_CASE("keys of the library files are documented from the reader's own list", "[scenario][library]") {
    const auto keys = library_keys();
    CHECK(keys.size() > 150);
    for (const KeyDoc& k : keys) CHECK_FALSE(k.unit.empty());
}
