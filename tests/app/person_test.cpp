#include <catch2/catch.hpp>

#include "../temporary_folder.hpp"
#include "tresse/app/commands.hpp"
#include "tresse/app/life_words.hpp"
#include "tresse/app/program.hpp"
#include "tresse/core/problems.hpp"
#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/layout.hpp"
#include "tresse/store/run_folder.hpp"

using namespace tresse;
using namespace tresse::app;
using Catch::Matchers::Contains;

namespace {

class Listener : public Session {
public:
    using Session::Session;
    std::string answer, remarks;
    void write(std::string_view text) override { answer += text; }
    void remark(std::string_view text) override { remarks += std::string(text) + "\n"; }
    void warn(std::string_view text) override { remarks += std::string(text) + "\n"; }
    void progress(double, double, std::string_view) override {}
    double seconds() override { return 1; }
    double memory() override { return 1e6; }
    bool stop_asked() override { return false; }
};

/// One run of the village, two futures of fourteen months, shared by the tests below.
class Village {
public:
    Village() {
        Listener session(around());
        Options options;
        options.replicates = 2, options.months = 14;
        REQUIRE(compare({"village"}, options, session) == done);
        run_ = store::runs(folder_.path.string()).front().manifest.code();
    }

    Surroundings around() const {
        Surroundings a;
        a.home = TRESSE_SOURCE_DIR;
        a.results = folder_.path.string();
        a.command = "tresse compare village";
        a.started = "2026-11-21T14:05:33Z";
        a.stamp = "2026-11-21T1405";
        a.program = 42;
        a.processors = 2;
        return a;
    }
    /// What the command says.
    std::string ask(const Person& how, const Options& options = {}) const {
        Listener session(around());
        CHECK(person(run_, how, options, session) == done);
        return session.answer;
    }
    std::string refusal(const Person& how) const {
        Listener session(around());
        try {
            person(run_, how, {}, session);
        } catch (const BadInput& bad) {
            return bad.problems().text();
        }
        FAIL("taken, though it is wrong");
        return {};
    }

private:
    TemporaryFolder folder_{"person"};
    std::string run_;
};

Person numbered(const std::string& id) {
    Person how;
    how.id = id;
    return how;
}

}  // namespace

TEST_CASE("a life is shown, says that nobody is real, and is identical to the run", "[app][slow]") {
    const Village village;
    const std::string page = village.ask(numbered("20"));
    CHECK(page.starts_with("A simulated life. Nobody real.\n"));
    CHECK_THAT(page, Contains("identical to the run, bit for bit, in 3") && Contains("IS THIS LIFE TYPICAL?") && Contains("MONTH BY MONTH") && Contains("WHAT MADE THE DIFFERENCE"));
    Person second = numbered("20");
    second.replicate = 1;
    CHECK_THAT(village.ask(second), Contains("future 2 of 2") && Contains("identical to the run"));
    Options months;
    months.months = 5;
    CHECK_THAT(village.ask(numbered("20"), months), Contains("Fewer months than the run"));

    for (const Lang lang : {Lang::en, Lang::fr, Lang::nl, Lang::de}) {
        const text::LanguageScope scope(lang);
        Person how;
        how.random = true, how.has_key = true, how.key = 4;
        const std::string said = village.ask(how);
        for (std::size_t at = 0; at < said.size();) {
            const std::size_t end = std::min(said.find('\n', at), said.size());
            INFO(said.substr(at, end - at));
            CHECK(text::width(said.substr(at, end - at)) <= 100);
            at = end + 1;
        }
        CHECK_THAT(said, Contains("--random --key 4"));
    }

    Options csv;
    csv.format = Format::csv;
    const std::string table = village.ask(numbered("20"), csv);
    CHECK(table.starts_with("arm,month,age,"));

    CHECK_THAT(village.refusal(numbered("999999")), Contains("nobody has the number 999999") && Contains("policy date"));
    CHECK_THAT(village.refusal(numbered("twelve")), Contains("wanted a person's number"));
    CHECK_THAT(village.refusal({}), Contains("--random"));
    Person how;
    how.find = "lives alnoe";
    CHECK_THAT(village.refusal(how), Contains("lives alone."));
    how.find = "worse under today";
    CHECK_THAT(village.refusal(how), Contains("another arm than the base"));
    how.find.clear();
    how.worse = "integratd";
    CHECK_THAT(village.refusal(how), Contains("no arm of this run"));
    how.worse = "today";
    CHECK_THAT(village.refusal(how), Contains("another arm than the base"));
    Person later = numbered("1");
    later.replicate = 2;
    CHECK_THAT(village.refusal(later), Contains("wanted 0 to 1"));
}
