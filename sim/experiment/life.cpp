#include "tresse/experiment/life.hpp"

#include <algorithm>
#include <bit>
#include <map>
#include <memory>

#include "life_month.hpp"
#include "tresse/core/check.hpp"
#include "tresse/core/draw.hpp"
#include "tresse/experiment/run.hpp"
#include "tresse/model/stages.hpp"
#include "tresse/model/tell.hpp"

namespace tresse::experiment {

namespace {

namespace st = world::status;
using measure::Life;
using measure::LifeEnd;

/// What is known of everybody at the policy date.
struct StartFacts {
    std::uint64_t conditions = 0;
    std::uint32_t status = 0;
    std::int16_t age = -1;  ///< -1: nobody
    std::uint16_t members = 0;
};

/// What is counted of everybody over the months, in the base.
struct Counts {
    std::uint16_t stays = 0, unplanned = 0, returns = 0, emergencies = 0, gp = 0, exacerbations = 0;
    std::uint8_t new_conditions = 0;
    bool programme = false, entered_home = false;
};

/// How somebody fared in an arm.
struct Fare {
    std::int32_t quality = 0;
    LifeEnd end = LifeEnd::here;
    std::int16_t left = 0;  ///< months after the policy date
};

std::uint64_t turn_of(std::uint64_t key, PersonId id) { return mix64(key, id, 0x11fe); }

/// Keeps hashes of the records: nothing goes to the disk.
class Hashes : public Sink {
public:
    std::map<int, std::uint64_t> of;
    void finished(const measure::RunRecord& record) override { of[record.arm] = record.hash; }
};

class LifeProbe : public Probe, public model::Witness {
public:
    LifeProbe(const world::Catalogue& catalogue, const LifeQuestion& question, int base, const std::vector<int>& arms)
        : catalogue_(catalogue), question_(question), base_(base), arms_(arms) {}

    model::Witness* witness(int, int) override { return this; }

    void at_start(const world::World& world, const model::Rules& rules, int arm, int) override {
        rules_ = &rules, arm_ = arm, month_ = 0;
        if (start_.empty())
            take_start(world);
        lives_[arm].assign(followed_.size(), Life{});
        for (Life& life : lives_[arm])
            life.arm = arm;
        fare_[arm].assign(start_.size(), Fare{});
        row_before_.assign(followed_.size(), world::PersonRow{});
        for (const world::Cell& cell : world.cells)
            for (int s = 0; s < cell.slots; ++s)
                if (const int k = cell.persons.empty(s) ? -1 : index_of(cell.persons.id[s]); k >= 0)
                    row_before_[static_cast<std::size_t>(k)] = cell.persons.row(s);
        open_month();
    }

    /// Called from several threads: a person is in one cell, so every entry is written by one of them.
    void before_events(const model::Here& here) override {
        const world::Persons& p = here.cell.persons;
        for (int s = 0; s < here.cell.slots; ++s) {
            const int k = p.empty(s) ? -1 : index_of(p.id[s]);
            if (k < 0)
                continue;
            Place& place = where_[static_cast<std::size_t>(k)];
            place.cell = &here.cell, place.slot = s;
            for (const model::ToldEvent& e : model::told_events(here, s))
                place.draws.push_back({e.mark, false, e.chance, e.luck, e.natural, e.levers, e.coordination, e.control});
        }
    }

    void events(const std::vector<model::Seen>& seen, int, int) override {
        died_.clear();
        for (const model::Seen& e : seen) {
            if (e.mark == model::mark_death)
                died_.push_back(e.person);
            if (const int k = index_of(e.person); k >= 0)
                where_[static_cast<std::size_t>(k)].events.push_back(e.mark);
            if (arm_ == base_ && e.person < counts_.size())
                counts_[e.person].exacerbations += e.mark >= model::mark_exacerbation && e.mark < model::mark_admission;
        }
    }

    void month(const world::World& world, Month month, int arm, int) override {
        for (std::size_t k = 0; k < followed_.size(); ++k)
            write_month(world, month, arm, k);
        for (const world::Cell& cell : world.cells) {
            if (arm == base_)
                count(cell);
            for (const Slot s : cell.dying)
                ends(world, cell, s, arm);
        }
        ++month_;
        open_month();
    }

    void at_end(const world::World& world, int arm, int) override {
        std::vector<Fare>& fare = fare_[arm];
        for (const world::Cell& cell : world.cells)
            for (int s = 0; s < cell.slots; ++s) {
                if (cell.persons.empty(s))
                    continue;
                const PersonId id = cell.persons.id[s];
                // those of the last month's list are still in their places
                const bool gone = std::find(cell.dying.begin(), cell.dying.end(), static_cast<Slot>(s)) != cell.dying.end();
                if (id < fare.size() && !gone)
                    fare[id].quality = static_cast<std::int32_t>(cell.persons.life_health[s]), note_conditions(cell, s, arm);
                if (const int k = index_of(id); k >= 0 && !gone)
                    lives_[arm][static_cast<std::size_t>(k)].quality = cell.persons.life_health[s];
            }
    }

    /// Who fits, and the first of them in the keyed order.
    std::int64_t choose(PersonId& first) const {
        std::int64_t fit = 0;
        std::uint64_t best = 0;
        for (PersonId id = 0; id < start_.size(); ++id) {
            if (start_[id].age < 0 || !fits_start(start_[id]) || !fits_later(id))
                continue;
            const std::uint64_t turn = turn_of(question_.key, id);
            if (fit++ == 0 || turn < best)
                best = turn, first = id;
        }
        return fit;
    }

    std::int64_t persons() const {
        return std::count_if(start_.begin(), start_.end(), [](const StartFacts& f) { return f.age >= 0; });
    }

    bool lives_of(PersonId person, measure::Lives& out) {
        const int k = index_of(person);
        if (k < 0)
            return false;
        bool lived = false;
        for (const int arm : arms_) {
            out.arms.push_back(std::move(lives_.at(arm)[static_cast<std::size_t>(k)]));
            lived = lived || out.arms.back().lived();
        }
        out.person = person;
        out.alike.resize(out.arms.size());
        out.alike_known = person < start_.size() && start_[person].age >= 0;
        if (out.alike_known)
            for (std::size_t a = 0; a < arms_.size(); ++a)
                out.alike[a] = alike(start_[person], arms_[a]);
        for (const Life& life : out.arms)
            out.partings.push_back(measure::parting(out.arms.front(), life));
        return lived;
    }

private:
    struct Place {
        const world::Cell* cell = nullptr;
        int slot = 0;
        std::vector<measure::LifeDraw> draws;
        std::vector<std::int32_t> events;
    };

    void take_start(const world::World& world) {
        start_.assign(world.first_newcomer, StartFacts{});
        counts_.assign(world.first_newcomer, Counts{});
        for (const world::Cell& cell : world.cells)
            for (int s = 0; s < cell.slots; ++s) {
                if (cell.persons.empty(s) || cell.persons.id[s] >= start_.size())
                    continue;
                const world::Persons& p = cell.persons;
                start_[p.id[s]] = {p.conditions[s], p.status[s], static_cast<std::int16_t>(model::age_at(p.birth_month[s], world.policy_start.index)),
                                   static_cast<std::uint16_t>(members_of(cell, p.household[s]))};
            }
        follow_index_.assign(start_.size(), -1);
        if (question_.by_id) {
            follow(question_.person);
            return;
        }
        std::vector<std::pair<std::uint64_t, PersonId>> turns;
        for (PersonId id = 0; id < start_.size(); ++id)
            if (start_[id].age >= 0 && fits_start(start_[id]))
                turns.emplace_back(turn_of(question_.key, id), id);
        const std::size_t n = std::min(turns.size(), static_cast<std::size_t>(question_.most_followed));
        std::partial_sort(turns.begin(), turns.begin() + static_cast<std::ptrdiff_t>(n), turns.end());
        for (std::size_t i = 0; i < n; ++i)
            follow(turns[i].second);
    }

    void follow(PersonId id) {
        if (id < follow_index_.size())
            follow_index_[id] = static_cast<std::int16_t>(followed_.size());
        followed_.push_back(id);
    }

    int index_of(PersonId id) const {
        if (id < follow_index_.size())
            return follow_index_[id];
        return question_.by_id && id == question_.person ? 0 : -1;
    }

    void open_month() {
        where_.assign(followed_.size(), Place{});
    }

    void write_month(const world::World& world, Month month, int arm, std::size_t k) {
        Place& place = where_[k];
        if (place.cell == nullptr)
            return;
        Life& life = lives_[arm][k];
        const world::PersonRow& before = life.months.empty() ? row_before_[k] : life.months.back().row;
        measure::LifeMonth m = life_month(world, *rules_, month, {place.cell, place.slot}, before);
        m.events = std::move(place.events);
        m.draws = std::move(place.draws);
        std::vector<std::int32_t> open = m.events;
        for (measure::LifeDraw& d : m.draws)
            if (const auto it = std::find(open.begin(), open.end(), d.mark); it != open.end() && d.luck < d.chance)
                d.happened = true, open.erase(it);
        life.months.push_back(std::move(m));
    }

    /// Who leaves for good after this month: books of the life are closed as the next month will close them.
    void ends(const world::World& world, const world::Cell& cell, Slot s, int arm) {
        const world::Persons& p = cell.persons;
        const PersonId id = p.id[s];
        const std::int64_t open = static_cast<std::int64_t>(world.since(world.now)) - p.utility_since[s];
        const std::int64_t quality = static_cast<std::int64_t>(p.life_health[s]) + ((static_cast<std::int64_t>(p.utility[s]) * std::max<std::int64_t>(open, 0)) >> 8);
        const LifeEnd end = std::binary_search(died_.begin(), died_.end(), id) ? LifeEnd::died : LifeEnd::left_area;
        if (id < fare_[arm].size())
            fare_[arm][id] = {static_cast<std::int32_t>(quality), end, static_cast<std::int16_t>(month_)}, note_conditions(cell, s, arm);
        if (const int k = index_of(id); k >= 0)
            lives_[arm][static_cast<std::size_t>(k)].end = end, lives_[arm][static_cast<std::size_t>(k)].quality = quality;
    }

    void note_conditions(const world::Cell& cell, int s, int arm) {
        const PersonId id = cell.persons.id[s];
        if (arm != base_ || id >= counts_.size())
            return;
        const std::uint64_t now = world::Conditions{cell.persons.conditions[s]}.present(), then = world::Conditions{start_[id].conditions}.present();
        counts_[id].new_conditions = static_cast<std::uint8_t>(std::popcount(now & ~then));
        counts_[id].entered_home = !st::NursingHome::get(start_[id].status) && st::NursingHome::get(cell.persons.status[s]);
    }

    void count(const world::Cell& cell) {
        const auto of = [&](int slot) -> Counts* {
            const PersonId id = cell.persons.id[slot];
            return cell.persons.empty(slot) || id >= counts_.size() ? nullptr : &counts_[id];
        };
        for (const world::Stay& stay : cell.stays)
            if (Counts* c = of(stay.slot)) {
                c->stays += 1;
                c->unplanned += (stay.flags & world::line_flag::unplanned) != 0;
                c->returns += (stay.flags & world::line_flag::readmission) != 0;
            }
        for (const world::Enrolment& e : cell.enrolments)
            if (Counts* c = of(e.slot))
                c->programme = true;
        if (question_.find.all.empty())
            return;
        for (const world::Line& line : cell.requests) {
            const world::Service& service = catalogue_.services[line.service];
            if (!(line.flags & world::line_flag::served) || (!service.emergency_visit && !service.gp_contact))
                continue;
            if (Counts* c = of(line.slot))
                service.emergency_visit ? c->emergencies += line.count : c->gp += line.count;
        }
    }

    bool fits_start(const StartFacts& f) const {
        return std::all_of(question_.find.all.begin(), question_.find.all.end(), [&](const FindTest& t) { return !t.on_start() || holds_at_start(t, f); });
    }

    static bool holds_at_start(const FindTest& t, const StartFacts& f) {
        using Kind = FindTest::Kind;
        const auto in = [&](int value) { return value >= t.from && value <= t.to; };
        switch (t.kind) {
            case Kind::sex: return in(static_cast<int>(st::Sex::get(f.status)));
            case Kind::age: return in(f.age);
            case Kind::fifth: return in(static_cast<int>(st::Quintile::get(f.status)) + 1);
            case Kind::reimbursement: return in(static_cast<int>(st::Bim::get(f.status)));
            case Kind::lives_alone: return in(f.members == 1 && !st::NursingHome::get(f.status));
            case Kind::has_carer: return in(st::Carer::get(f.status) != 0);
            case Kind::nursing_home: return in(static_cast<int>(st::NursingHome::get(f.status)));
            case Kind::dependence: return in(static_cast<int>(st::Dependence::get(f.status)));
            case Kind::condition: return in(world::Conditions{f.conditions}.has(t.what));
            default: return in(world::Conditions{f.conditions}.count());
        }
    }

    bool fits_later(PersonId id) const {
        return std::all_of(question_.find.all.begin(), question_.find.all.end(), [&](const FindTest& t) { return t.on_start() || holds_later(t, id); });
    }

    bool holds_later(const FindTest& t, PersonId id) const {
        using Kind = FindTest::Kind;
        const Counts& c = counts_[id];
        const Fare& base = fare_.at(base_)[id];
        const auto in = [&](int value) { return value >= t.from && value <= t.to; };
        switch (t.kind) {
            case Kind::stays: return in(c.stays);
            case Kind::unplanned_stays: return in(c.unplanned);
            case Kind::returns: return in(c.returns);
            case Kind::emergency_visits: return in(c.emergencies);
            case Kind::gp_contacts: return in(c.gp);
            case Kind::exacerbations: return in(c.exacerbations);
            case Kind::new_conditions: return in(c.new_conditions);
            case Kind::programme: return in(c.programme);
            case Kind::dies: return in(base.end == LifeEnd::died);
            case Kind::leaves: return in(base.end == LifeEnd::left_area);
            case Kind::enters_home: return in(c.entered_home);
            default: break;
        }
        const Fare& other = fare_.at(t.what)[id];
        if (t.kind == Kind::dies_earlier)
            return other.end == LifeEnd::died && (base.end == LifeEnd::here || (base.end == LifeEnd::died && other.left < base.left));
        if ((base.end == LifeEnd::left_area) != (other.end == LifeEnd::left_area))
            return false;
        const std::int64_t more = static_cast<std::int64_t>(other.quality) - base.quality;
        return t.kind == Kind::better ? more >= measure::same_quality : t.kind == Kind::worse ? more <= -measure::same_quality : more > -measure::same_quality && more < measure::same_quality;
    }

    measure::Alike alike(const StartFacts& one, int arm) const {
        measure::Alike out;
        const std::uint64_t has = world::Conditions{one.conditions}.present();
        for (PersonId id = 0; id < start_.size(); ++id) {
            const StartFacts& f = start_[id];
            if (f.age < 0 || f.age / 10 != one.age / 10 || st::Sex::get(f.status) != st::Sex::get(one.status) || world::Conditions{f.conditions}.present() != has)
                continue;
            ++out.persons;
            const Fare &base = fare_.at(base_)[id], &other = fare_.at(arm)[id];
            if ((base.end == LifeEnd::left_area) != (other.end == LifeEnd::left_area)) {
                ++out.apart;
                continue;
            }
            const std::int64_t more = static_cast<std::int64_t>(other.quality) - base.quality;
            out.better += more >= measure::same_quality, out.worse += more <= -measure::same_quality;
        }
        out.same = out.persons - out.apart - out.better - out.worse;
        return out;
    }

    const world::Catalogue& catalogue_;
    const LifeQuestion& question_;
    int base_;
    std::vector<int> arms_;
    const model::Rules* rules_ = nullptr;
    int arm_ = 0, month_ = 0;
    std::vector<StartFacts> start_;
    std::vector<Counts> counts_;
    std::map<int, std::vector<Fare>> fare_;
    std::vector<PersonId> followed_, died_;
    std::vector<std::int16_t> follow_index_;
    std::map<int, std::vector<Life>> lives_;
    std::vector<Place> where_;
    std::vector<world::PersonRow> row_before_;
};

}  // namespace

LifeAnswer live_again(const Plan& plan, const Source& source, const LifeQuestion& question, Progress& progress) {
    Plan one = plan;
    one.first_replicate = question.replicate, one.replicates = 1;
    std::vector<int> arms = {plan.base};
    for (int a = 0; a < static_cast<int>(plan.arms.size()); ++a)
        if (a != plan.base && (plan.run_arms.empty() || std::find(plan.run_arms.begin(), plan.run_arms.end(), a) != plan.run_arms.end()))
            arms.push_back(a);
    one.run_arms = arms;
    one.last_of_source = false;
    LifeAnswer out;
    LifeQuestion ask = question;
    for (out.runs = 1;; ++out.runs) {
        LifeProbe probe(source.catalogue(), ask, plan.base, arms);
        Hashes hashes;
        const RunReport report = run(one, source, hashes, progress, &probe);
        out.stopped = !report.complete();
        if (out.stopped)
            return out;
        out.persons = probe.persons();
        PersonId person = ask.person;
        if (!ask.by_id && (out.fit = probe.choose(person)) == 0)
            return out;
        out.found = probe.lives_of(person, out.lives);
        if (out.found || ask.by_id) {
            out.lives.replicate = question.replicate, out.lives.draw = draw_of(plan, question.replicate);
            out.lives.policy_start = source.population().policy_start, out.lives.months = plan.policy_months;
            for (measure::Life& life : out.lives.arms)
                life.hash = hashes.of.at(life.arm);
            return out;
        }
        out.lives = {};
        ask.by_id = true, ask.person = person;
    }
}

}  // namespace tresse::experiment
