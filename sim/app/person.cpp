#include <algorithm>

#include "tresse/app/commands.hpp"
#include "tresse/app/life_words.hpp"
#include "tresse/app/simulate.hpp"
#include "tresse/core/csv.hpp"
#include "tresse/core/hash.hpp"
#include "tresse/core/problems.hpp"
#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"
#include "tresse/core/text/layout.hpp"
#include "tresse/experiment/life.hpp"
#include "tresse/experiment/scenario_source.hpp"

#include "parts.hpp"

namespace tresse::app {

namespace {

using text::fill;
using text::tr;

[[noreturn]] void refuse(const std::string& where, const std::string& message) {
    Problems problems;
    problems.add(tr("The command line"), 0, where, message);
    throw BadInput(std::move(problems));
}

class LifeBar : public experiment::Progress {
public:
    explicit LifeBar(Session& session) : session_(session) {}
    void at(std::int64_t months, std::int64_t total) override { session_.progress(static_cast<double>(months), static_cast<double>(total), tr("living it again")); }
    bool stop() const override { return session_.stop_asked(); }

private:
    Session& session_;
};

/// Everything that a life is told from.
struct Told {
    store::Found found;
    std::shared_ptr<const scenario::Scenario> scenario;
    experiment::Plan plan;
    experiment::LifeQuestion question;
    experiment::LifeAnswer answer;
    bool whole = false;      ///< all months of the run: the hashes must be those of the run
    int checked = 0, wrong = 0;
};

PersonId id_of(const std::string& word) {
    long long n = 0;
    if (parse_whole(word, n) && n >= 0)
        return static_cast<PersonId>(n);
    if (word.size() == 16 && word.find_first_not_of("0123456789abcdef") == std::string::npos) {
        PersonId id = 0;
        for (const char c : word)
            id = id << 4 | static_cast<PersonId>(c <= '9' ? c - '0' : c - 'a' + 10);
        return id;
    }
    refuse("ID", fill(tr("found {word}, wanted a person's number, 0 and up, or the 16 signs of somebody who was born or came later."), {{"word", word}}));
}

std::string id_words(PersonId id) { return id >> 62 == 0 ? std::to_string(id) : hex(id); }

int arm_of(const scenario::Scenario& s, const std::string& word, const char* where) {
    std::vector<std::string> ids;
    for (const scenario::Arm& arm : s.arms)
        ids.push_back(arm.id);
    const auto it = std::find(ids.begin(), ids.end(), word);
    if (it != ids.end())
        return static_cast<int>(it - ids.begin());
    const std::string near = nearest(word, ids);
    refuse(where, fill(tr("found {word}, which is no arm of this run."), {{"word", word}}) + " " +
                      (near.empty() ? fill(tr("There are: {list}."), {{"list", text::list(ids)}}) : fill(tr("Nearest: {word}."), {{"word", near}})));
}

experiment::LifeQuestion question_of(const Person& how, const scenario::Scenario& s, const Session& session) {
    experiment::LifeQuestion q;
    q.replicate = how.replicate;
    const int ways = !how.id.empty() + !how.find.empty() + how.random + !how.worse.empty();
    if (ways == 0 || (!how.id.empty() && ways > 1))
        refuse("ID", tr("wanted one of: a person's number, --find \"CONDITIONS\", --random, --worse ARM."));
    if (!how.id.empty()) {
        q.by_id = true, q.person = id_of(how.id);
        return q;
    }
    std::vector<std::string> arms;
    for (const scenario::Arm& arm : s.arms)
        arms.push_back(arm.id);
    if (!how.find.empty())
        q.find = experiment::parse_find(how.find, *s.catalogue, arms);
    if (!how.worse.empty()) {
        const int arm = arm_of(s, how.worse, "--worse");
        if (arm == s.base_index())
            refuse("--worse", tr("wanted another arm than the base: the others are compared with it."));
        q.find.all.push_back({experiment::FindTest::Kind::worse, 1, 1, arm});
    }
    q.key = how.has_key ? how.key : how.random ? hash_text(session.around().started) % 100000 : 0;
    return q;
}

/// The scenario of a run, if its inputs are still the same.
void open_run(Told& told, const std::string& word, const Options& given, const Session& session) {
    told.found = store::find_run(session.around().results, word);
    const store::Manifest& m = told.found.manifest;
    if (!m.option("study").empty())
        refuse("RUN", fill(tr("{run} is a study: it keeps no single future to live again. Wanted a run of `tresse compare` or `tresse run`."), {{"run", m.code()}}));
    const Options options = options_of_run(m, given);
    told.scenario = load(m.scenario_name, options, session);
    std::vector<int> arms;
    for (std::size_t i = 0; i < told.scenario->arms.size(); ++i)
        if (told.scenario->arms[i].id == m.option("arm"))
            arms.push_back(static_cast<int>(i));
    if (hash_of_inputs(*told.scenario, arms, options.repeats) != m.inputs)
        refuse("RUN", fill(tr("the inputs of {run} have changed since; its people cannot be met again. `tresse rerun {run}` says what changed."), {{"run", m.code()}}));
    told.plan = plan_of(*told.scenario, arms, options, session);
}

void choose_arms(Told& told, const Person& how) {
    if (how.arms.empty())
        return;
    if (!told.plan.run_arms.empty())
        refuse("--arm", tr("this run has one arm only."));
    for (const std::string& word : how.arms)
        told.plan.run_arms.push_back(arm_of(*told.scenario, word, "--arm"));
    for (const experiment::FindTest& t : told.question.find.all)
        if (t.kind >= experiment::FindTest::Kind::better && std::find(told.plan.run_arms.begin(), told.plan.run_arms.end(), t.what) == told.plan.run_arms.end())
            told.plan.run_arms.push_back(t.what);
}

/// How long the future will take, from how long the run took.
void say_time(const Told& told, Session& session) {
    const store::Manifest& m = told.found.manifest;
    if (m.seconds <= 0 || m.replicates <= 0)
        return;
    const double all = told.plan.run_arms.empty() ? static_cast<double>(told.scenario->arms.size()) : static_cast<double>(told.plan.run_arms.size());
    const double arms = m.option("arm").empty() ? static_cast<double>(told.scenario->arms.size()) : 1.0;
    const double share = (told.scenario->settling_months + all * told.plan.policy_months) / (told.scenario->settling_months + arms * m.months);
    const double seconds = m.seconds / m.replicates * std::max(1, m.threads) / std::max(1, told.plan.threads) * share;
    session.remark(fill(tr("One future is lived again, everybody in it: about {time}, from how long the run took."), {{"time", text::duration(std::max(1.0, seconds))}}));
}

void check_hashes(Told& told) {
    const store::RunFolder folder = store::RunFolder::open(told.found.path);
    for (const measure::Life& life : told.answer.lives.arms) {
        std::uint64_t kept = 0;
        if (!folder.has(life.arm, told.question.replicate, kept))
            continue;
        ++told.checked;
        told.wrong += kept != life.hash;
    }
}

std::string run_words(const Told& told) {
    const store::Manifest& m = told.found.manifest;
    std::string out = fill(tr("Person {id} of run {run}, future {n} of {all}."), {{"id", id_words(told.answer.lives.person)}, {"run", m.code()}, {"n", told.question.replicate + 1}, {"all", m.replicates}});
    if (!told.whole)
        return out + " " + tr("Fewer months than the run: not compared with it.");
    if (told.checked == 0)
        return out + " " + tr("The run has not finished this future: not compared with it.");
    if (told.wrong > 0)
        return out + " " + tr("NOT the life of the run: this program gives other results than the one that made it.");
    return out + " " + fill(tr("Lived again: identical to the run, bit for bit, in {n} arms."), {{"n", told.checked}});
}

std::string why_words(const Told& told, const Person& how) {
    const experiment::LifeQuestion& q = told.question;
    if (how.id.empty() && q.find.all.empty())
        return fill(tr("Why this one: anybody, at random (--random --key {key} repeats it)."), {{"key", std::to_string(q.key)}});
    if (how.id.empty()) {
        const std::string asked = how.worse.empty() ? how.find : how.find.empty() ? "--worse " + how.worse : how.find + ", --worse " + how.worse;
        return fill(tr("Why this one: one of {n} who fit \"{find}\" (--key {key}; another: --key {next})."), {{"n", text::whole(told.answer.fit)}, {"find", asked}, {"key", std::to_string(q.key)}, {"next", std::to_string(q.key + 1)}});
    }
    return tr("Why this one: asked for by number.");
}

[[noreturn]] void nobody(const Told& told, const Person& how) {
    if (told.question.by_id)
        refuse("ID", fill(tr("nobody has the number {id} in any arm of this future. At the policy date there were {n} people, with numbers from 0 on; nobody dies before it, so every one of them lives then. Those who were born or came later have 16 signs. --random or --find shows somebody."),
                          {{"id", how.id}, {"n", text::whole(told.answer.persons)}}));
    refuse("--find", fill(tr("nobody among {n} people fits all of this in this future. Fewer conditions, or another future: --replicate."), {{"n", text::whole(told.answer.persons)}}));
}

}  // namespace

int person(const std::string& run, const Person& how, const Options& given, Session& session) {
    Told told;
    open_run(told, run, given, session);
    const store::Manifest& m = told.found.manifest;
    if (how.replicate < 0 || how.replicate >= m.replicates)
        refuse("--replicate", fill(tr("found {n}, wanted 0 to {last}: the futures of this run."), {{"n", how.replicate}, {"last", m.replicates - 1}}));
    told.question = question_of(how, *told.scenario, session);
    choose_arms(told, how);
    if (given.months > 0)
        told.plan.policy_months = std::min(told.plan.policy_months, given.months);
    told.whole = told.plan.policy_months == m.months;
    say_time(told, session);
    session.progress(0, 1, tr("making people and providers"));
    {
        Workers workers(told.plan.threads);
        const experiment::ScenarioSource source(*told.scenario, workers);
        LifeBar bar(session);
        told.answer = experiment::live_again(told.plan, source, told.question, bar);
    }
    session.progress(0, 0, "");
    if (told.answer.stopped) {
        session.warn(tr("Stopped before the end; no life is shown."));
        return machine_refused;
    }
    if (!told.answer.found)
        nobody(told, how);
    if (told.whole)
        check_hashes(told);
    const int code = told.wrong > 0 ? says_no : done;
    if (given.format != Format::text) {
        const store::Table table = life_table(told.answer.lives, *told.scenario);
        session.write(given.format == Format::csv ? store::csv(table) : json_of(table));
        session.remark(run_words(told));
        return code;
    }
    std::string page = tr("A simulated life. Nobody real.") + "\n";
    page += text::hanging("", 2, run_words(told), 100) + text::hanging("", 2, why_words(told, how), 100) + "\n";
    session.write(page + life_page(told.answer.lives, *told.scenario));
    return code;
}

}  // namespace tresse::app
