#include "study_stage.hpp"

#include <bit>

#include "tresse/app/simulate.hpp"
#include "tresse/core/check.hpp"
#include "tresse/core/file.hpp"
#include "tresse/core/workers.hpp"
#include "tresse/scenario/variant.hpp"

namespace tresse::app {

namespace {

/// Numbers and texts one behind the other, each text with its length.
class Packer {
public:
    std::string bytes;
    void put(std::uint64_t value) {
        for (int i = 0; i < 8; ++i)
            bytes += static_cast<char>(value >> (8 * i) & 0xff);
    }
    void put(const std::string& text) {
        put(static_cast<std::uint64_t>(text.size()));
        bytes += text;
    }
};

class Unpacker {
public:
    explicit Unpacker(const std::string& bytes) : bytes_(bytes) {}
    std::uint64_t number() {
        TRESSE_CHECK(at_ + 8 <= bytes_.size(), "a design is whole");
        std::uint64_t value = 0;
        for (std::size_t i = 0; i < 8; ++i)
            value |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes_[at_ + i])) << (8 * i);
        at_ += 8;
        return value;
    }
    std::string text() {
        const std::size_t size = number();
        TRESSE_CHECK(at_ + size <= bytes_.size(), "a design is whole");
        at_ += size;
        return bytes_.substr(at_ - size, size);
    }

private:
    const std::string& bytes_;
    std::size_t at_ = 0;
};

Options with_set(Options options, int sample, const std::vector<std::pair<std::string, std::string>>& set) {
    options.sample = sample;
    options.set.insert(options.set.end(), set.begin(), set.end());
    return options;
}

std::shared_ptr<const scenario::Scenario> load(const std::string& name, const Options& options, const std::string& home) {
    scenario::Overrides overrides;
    overrides.set = options.set;
    overrides.months = options.months;
    overrides.sample = options.sample;
    overrides.has_seed = options.has_seed;
    overrides.seed = options.seed;
    overrides.area = options.area;
    return std::make_shared<const scenario::Scenario>(scenario::load_scenario(name, home, overrides));
}

}  // namespace

std::string text_of(const StageDesign& d) {
    Packer p;
    p.put(d.id), p.put(d.arm);
    p.put(d.kept.size());
    for (const auto& flags : d.kept)
        p.put(std::string(flags.begin(), flags.end()));
    for (const int i : {d.sample, d.months, d.repeats, static_cast<int>(d.same_luck), static_cast<int>(d.persons)})
        p.put(static_cast<std::uint64_t>(i));
    p.put(d.keys.size());
    for (const std::string& key : d.keys)
        p.put(key);
    p.put(d.points.size());
    for (const auto& point : d.points)
        for (const double u : point)
            p.put(std::bit_cast<std::uint64_t>(u));
    p.put(d.set.size());
    for (const auto& [key, value] : d.set)
        p.put(key), p.put(value);
    return p.bytes;
}

StageDesign design_of(const std::string& text) {
    Unpacker u(text);
    StageDesign d;
    d.id = u.text(), d.arm = u.text();
    d.kept.resize(u.number());
    for (auto& flags : d.kept) {
        const std::string bytes = u.text();
        flags.assign(bytes.begin(), bytes.end());
    }
    d.sample = static_cast<int>(u.number()), d.months = static_cast<int>(u.number());
    d.repeats = static_cast<int>(u.number());
    d.same_luck = u.number() != 0, d.persons = u.number() != 0;
    d.keys.resize(u.number());
    for (std::string& key : d.keys)
        key = u.text();
    d.points.resize(u.number());
    for (auto& point : d.points) {
        point.resize(d.keys.size());
        for (double& q : point)
            q = std::bit_cast<double>(u.number());
    }
    d.set.resize(u.number());
    for (auto& [key, value] : d.set)
        key = u.text(), value = u.text();
    return d;
}

StudyPlan load_plan(const std::string& name, const Options& options, const std::string& home) {
    StudyPlan out;
    out.home = home;
    out.study = scenario::load_study(name, home);
    out.options = options;
    if (options.sample > 0)
        out.study.sample = options.sample;
    if (options.draws > 0)
        out.study.draws = options.draws;
    if (options.months > 0)
        out.study.months = options.months;
    out.options.months = out.study.months;
    // a path in a study is seen from the study
    out.scenario_name = out.study.scenario;
    if (out.scenario_name.ends_with(".yaml") && !out.scenario_name.starts_with("/"))
        out.scenario_name = join_path(folder_of(out.study.file), out.scenario_name);
    out.scenario = load(out.scenario_name, with_set(out.options, out.study.sample, {}), home);
    Problems problems;
    scenario::check_study(out.study, *out.scenario, problems);
    if (problems.any())
        throw BadInput(std::move(problems));
    out.target = -1;
    for (std::size_t i = 0; i < out.scenario->arms.size(); ++i)
        if (out.study.arm.empty() ? static_cast<int>(i) != out.base() : out.scenario->arms[i].id == out.study.arm)
            out.target = static_cast<int>(i);
    TRESSE_CHECK(out.target >= 0, "a checked study has an arm to explain");
    return out;
}

struct Stage::People {
    int sample = 1;
    std::vector<std::pair<std::string, std::string>> set;
    std::shared_ptr<const scenario::Scenario> scenario;
    std::unique_ptr<experiment::ScenarioSource> source;
};

Stage::Stage(const StudyPlan& plan, StageDesign design, int threads, std::shared_ptr<const Stage> before)
    : design_(std::move(design)) {
    if (before && before->people_->sample == design_.sample && before->people_->set == design_.set) {
        people_ = before->people_;
    } else {
        before.reset();  // two areas need not be in memory at once
        auto people = std::make_shared<People>();
        people->sample = design_.sample, people->set = design_.set;
        const bool same = design_.set.empty() && design_.sample == plan.study.sample;
        people->scenario =
            same ? plan.scenario : load(plan.scenario_name, with_set(plan.options, design_.sample, design_.set), plan.home);
        Workers workers(threads);
        people->source = std::make_unique<experiment::ScenarioSource>(*people->scenario, workers);
        people_ = std::move(people);
    }
    const scenario::Scenario& all = *people_->scenario;
    if (design_.arm.empty()) {
        arms_ = people_->scenario;
    } else {
        int arm = -1;
        for (std::size_t i = 0; i < all.arms.size(); ++i)
            if (all.arms[i].id == design_.arm)
                arm = static_cast<int>(i);
        arms_ = std::make_shared<const scenario::Scenario>(scenario::with_parts(all, arm, design_.kept));
    }
    source_ = std::make_unique<experiment::DrawnSource>(*people_->source, *arms_, design_.keys, design_.points);
}

experiment::Plan Stage::plan(int threads) const {
    experiment::Plan plan = experiment::plan_of(*arms_, threads);
    plan.replicates = design_.futures();
    plan.replicates_per_draw = design_.repeats;
    plan.same_luck = design_.same_luck;
    plan.draw_parameters = true;
    plan.policy_months = design_.months;
    return plan;
}

std::vector<std::string> Stage::columns() const {
    // a record of nothing has the same names as one of a whole future, but for its years
    measure::RunRecord empty;
    empty.start.by_group.assign(world::groups, 0);
    empty.start.by_place.assign(arms_->catalogue->places.size(), 0);
    const Month start = arms_->start, end = start + (design_.months - 1);
    for (int year = start.year(); year <= end.year(); ++year) {
        measure::YearRecord y;
        y.year = year;
        y.months = 12;
        y.kinds.resize(arms_->catalogue->kinds.size());
        y.book = world::Book(world::BookShape::of(static_cast<int>(arms_->catalogue->services.size()),
                                                  static_cast<int>(arms_->catalogue->conditions.size()),
                                                  static_cast<int>(arms_->catalogue->causes.size()),
                                                  static_cast<int>(arms_->catalogue->mechanisms.size()), 0));
        empty.years.push_back(std::move(y));
    }
    std::vector<std::string> out;
    for (const auto& [name, value] : numbers_of(empty, *arms_, 0, {}))
        out.push_back(name);
    return out;
}

double Stage::work_of_a_future() const {
    const double arms = static_cast<double>(arms_->arms.size());
    return (arms_->settling_months + arms * design_.months) / static_cast<double>(design_.sample);
}

}  // namespace tresse::app
