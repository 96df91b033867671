#include "tresse/measure/record.hpp"

#include "tresse/core/check.hpp"
#include "tresse/core/hash.hpp"

namespace tresse::measure {

using world::GroupCount;

void KindYear::add(const KindYear& o) {
    posts += o.posts, filled += o.filled, burnt_out += o.burnt_out, over_time += o.over_time;
    exits += o.exits, hired += o.hired;
    demand += o.demand, served += o.served, capacity += o.capacity, admin += o.admin;
    sharing_record += o.sharing_record, using_guideline += o.using_guideline, providers += o.providers;
    income += o.income;
}

std::int64_t StartCount::persons() const {
    std::int64_t sum = 0;
    for (const std::int64_t n : by_group)
        sum += n;
    return sum;
}

StartCount count_start(const world::World& world, std::size_t places) {
    StartCount out;
    out.by_group.assign(world::groups, 0);
    out.by_place.assign(places, 0);
    for (const world::Cell& cell : world.cells) {
        for (int slot = 0; slot < cell.slots; ++slot) {
            if (cell.persons.empty(slot))
                continue;
            out.by_group[cell.persons.group[slot]] += 1;
            out.by_place[cell.municipality] += 1;
        }
    }
    return out;
}

Recorder::Recorder(const world::World& world, std::size_t kinds, std::size_t places, int arm, int replicate, int draw)
    : kinds_(kinds), places_(places), before_(world.actions) {
    record_.arm = arm, record_.replicate = replicate, record_.draw = draw;
    record_.sample = world.sample;
    record_.start = count_start(world, places);
}

void Recorder::open_year(const world::World& world, int year) {
    YearRecord y;
    y.year = year;
    y.book = world::Book(world.month_book.shape());
    y.kinds.resize(kinds_);
    y.place_kinds.resize(places_ * kinds_);
    y.actions.resize(world.actions.size());
    y.place_months_under_75.assign(places_, 0);
    record_.years.push_back(std::move(y));
}

void Recorder::count_providers(const world::World& world, YearRecord& year) const {
    for (const world::Provider& p : world.providers) {
        if (p.outside)
            continue;
        KindYear one;
        one.posts = p.posts_milli, one.filled = p.filled_milli, one.burnt_out = p.burnt_out_milli;
        one.over_time = p.load_permille > over_time_permille ? p.filled_milli : 0;
        one.exits = p.exits_milli, one.hired = p.hired_milli;
        one.demand = p.demand, one.served = p.served + p.pool_served, one.capacity = p.capacity, one.admin = p.admin;
        one.sharing_record = p.shares_record, one.using_guideline = p.uses_guideline, one.providers = 1;
        one.income = p.income_month;
        year.kinds[p.kind].add(one);
        year.place_kinds[p.municipality * kinds_ + p.kind].add(one);
    }
}

void Recorder::count_actions(const world::World& world, YearRecord& year) {
    TRESSE_CHECK(world.actions.size() == before_.size(), "an arm keeps its actions from the fork to the end");
    for (std::size_t a = 0; a < world.actions.size(); ++a) {
        const world::ActionState& now = world.actions[a];
        const world::ActionState& last = before_[a];
        ActionYear& y = year.actions[a];
        y.posts_wanted += now.posts_wanted_milli, y.posts_filled += now.posts_filled_milli;
        // the state counts since the start, a year counts its own
        y.meant += now.meant - last.meant, y.invited += now.invited - last.invited;
        y.refused += now.refused - last.refused, y.reached += now.reached - last.reached;
        y.left += (now.reached - last.reached) - (now.enrolled - last.enrolled);
        y.enrolled_months += now.enrolled;
        y.deci_minutes += now.served;
        y.spent += now.spent - last.spent;
    }
    before_ = world.actions;
}

void Recorder::count_young(const world::World& world, const std::vector<world::Book>& books, YearRecord& year) {
    const int from_band = world::age_band(75);
    for (std::size_t i = 0; i < world.pieces.size() && i < books.size(); ++i) {
        std::int64_t months = 0;
        for (int g = 0; g < world::groups; ++g)
            if (world::group_parts(g).band < from_band)
                months += books[i].group(GroupCount::person_months, g);
        year.place_months_under_75[world.pieces[i].municipality] += months;
    }
}

void Recorder::close_postings() {
    if (record_.years.empty())
        return;
    auto& list = record_.years.back().postings;
    list.clear();
    for (const auto& [key, cents] : postings_)
        list.push_back({key[0], key[1], key[2], cents});
}

void Recorder::after_step(const world::World& world, Month month) {
    if (record_.years.empty() || record_.years.back().year != month.year()) {
        close_postings();
        postings_.clear();
        open_year(world, month.year());
        late_ = PersonYear(0);
        last_month_.assign(places_, {});
    }
    add_late_deaths(world, month, late_);
    YearRecord& year = record_.years.back();
    year.months += 1;
    year.has_census = month.is_december();
    year.persons_end = world.persons();
    year.book.add(world.month_book);
    add_last_month(world, month, year.book, last_month_);
    for (const world::Posting& p : world.ledger.month())
        postings_[{p.rule, p.from, p.to}] += p.cents;
    count_providers(world, year);
    count_actions(world, year);
    count_young(world, world.piece_books, year);
    if (month.is_december())
        year.guarantee = world.guarantee.year;
    year.places = world.place_year;
    for (std::size_t p = 0; p < year.places.size(); ++p) {
        auto& counts = year.places[p].counts;
        counts[static_cast<std::size_t>(GroupCount::last_month_months)] += last_month_[p].people;
        counts[static_cast<std::size_t>(GroupCount::last_month_home)] += last_month_[p].days;
    }
}

void Recorder::add_open_months(const world::World& world, const std::vector<world::Book>& by_piece) {
    TRESSE_CHECK(!record_.years.empty() && by_piece.size() == world.pieces.size(),
                 "months are left open only after a month was computed, and by piece");
    YearRecord& year = record_.years.back();
    for (std::size_t i = 0; i < by_piece.size(); ++i) {
        year.book.add(by_piece[i]);
        auto& counts = year.places[world.pieces[i].municipality].counts;
        for (std::size_t g = 0; g < counts.size(); ++g)
            counts[g] += by_piece[i].group_sum(static_cast<GroupCount>(g));
    }
    count_young(world, by_piece, year);
}

void Recorder::after_year(const world::World& world, int conditions, std::int64_t stay_cents) {
    TRESSE_CHECK(!record_.years.empty() && record_.years.back().has_census, "a year is closed after its December");
    PersonYear& persons = record_.years.back().persons;
    persons = count_person_year(world, conditions, stay_cents);
    for (const PersonCount what : {PersonCount::late_deaths, PersonCount::late_cents, PersonCount::late_stays})
        persons.of(what) = late_.of(what);
}

RunRecord Recorder::finish(std::uint64_t state_hash) {
    close_postings();
    record_.hash = record_hash(record_, state_hash);
    return std::move(record_);
}

namespace {

void add_list(Hasher& hasher, std::span<const std::int64_t> values) {
    hasher.add(static_cast<std::uint64_t>(values.size()));
    for (const std::int64_t v : values)
        hasher.add(v);
}

void add_kinds(Hasher& hasher, const std::vector<KindYear>& kinds) {
    hasher.add(static_cast<std::uint64_t>(kinds.size()));
    for (const KindYear& k : kinds)
        for (const std::int64_t v : {k.posts, k.filled, k.burnt_out, k.over_time, k.exits, k.hired, k.demand, k.served,
                                     k.capacity, k.admin, k.sharing_record, k.using_guideline, k.providers, k.income})
            hasher.add(v);
}

void add_year(Hasher& hasher, const YearRecord& y) {
    for (const std::int64_t v :
         {std::int64_t{y.year}, std::int64_t{y.months}, std::int64_t{y.has_census}, y.persons_end})
        hasher.add(v);
    add_list(hasher, y.book.values());
    hasher.add(static_cast<std::uint64_t>(y.postings.size()));
    for (const world::Posting& p : y.postings) {
        hasher.add(p.rule), hasher.add(p.from), hasher.add(p.to);
        hasher.add(p.cents);
    }
    add_kinds(hasher, y.kinds);
    hasher.add(static_cast<std::uint64_t>(y.actions.size()));
    for (const ActionYear& a : y.actions)
        for (const std::int64_t v : {a.posts_wanted, a.posts_filled, a.meant, a.invited, a.refused, a.reached, a.left,
                                     a.enrolled_months, a.deci_minutes, a.spent})
            hasher.add(v);
    for (const std::int64_t v : {y.guarantee.forecast, y.guarantee.real, y.guarantee.cut_off, y.guarantee.payout,
                                 y.guarantee.reinvested, y.guarantee.noise, y.guarantee.person_months})
        hasher.add(v);
    hasher.add(static_cast<std::uint64_t>(y.places.size()));
    for (const world::PlaceYear& p : y.places)
        add_list(hasher, p.counts);
    add_list(hasher, y.place_months_under_75);
    add_kinds(hasher, y.place_kinds);
    add_list(hasher, y.persons.values);
}

}  // namespace

std::uint64_t record_hash(const RunRecord& record, std::uint64_t state_hash) {
    Hasher hasher;
    hasher.add(state_hash);
    hasher.add(record.sample);
    add_list(hasher, record.start.by_group);
    add_list(hasher, record.start.by_place);
    hasher.add(static_cast<std::uint64_t>(record.years.size()));
    for (const YearRecord& year : record.years)
        add_year(hasher, year);
    return hasher.value();
}

}  // namespace tresse::measure
