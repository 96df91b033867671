#include "tresse/measure/person_year.hpp"

#include <algorithm>
#include <array>
#include <functional>

#include "tresse/core/check.hpp"
#include "tresse/measure/record.hpp"
#include "tresse/world/bits.hpp"

namespace tresse::measure {

namespace st = world::status;
namespace st2 = world::status2;

namespace {

constexpr std::size_t counts = static_cast<std::size_t>(PersonCount::count);
constexpr std::size_t held_counts = static_cast<std::size_t>(ConditionsHeld::count);
constexpr std::size_t year_counts = static_cast<std::size_t>(YearCount::count);
constexpr std::size_t classes_at = counts;
constexpr std::size_t held_at = classes_at + 2 * static_cast<std::size_t>(spending_classes);
constexpr std::size_t year_at = held_at + held_counts * world::quintiles * 2 * age_fives;
constexpr std::size_t with_at = year_at + year_counts * 2 * age_fives;

/// Age in years at the end of a month; the calendar of birth months starts in January 1900.
int age_after(std::int16_t birth_month, Month month) {
    return std::clamp((month.index - (world::birth_month_zero + birth_month)) / 12, 0, world::oldest_age);
}

std::size_t cell_of(int sex, int five) { return static_cast<std::size_t>(sex * age_fives + five); }

}  // namespace

PersonYear::PersonYear(int conditions_of_catalogue) : conditions(conditions_of_catalogue), values(size_of(conditions_of_catalogue), 0) {}

std::size_t PersonYear::size_of(int conditions) { return with_at + 2 * static_cast<std::size_t>(conditions) * 2 * age_fives; }

std::int64_t& PersonYear::persons_in(int c) { return values[classes_at + static_cast<std::size_t>(c) * 2]; }
std::int64_t& PersonYear::cents_in(int c) { return values[classes_at + static_cast<std::size_t>(c) * 2 + 1]; }
std::int64_t& PersonYear::held(ConditionsHeld what, int quintile, int sex, int five) {
    return values[held_at + (static_cast<std::size_t>(quintile) * 2 * age_fives + cell_of(sex, five)) * held_counts + static_cast<std::size_t>(what)];
}
std::int64_t& PersonYear::year(YearCount what, int sex, int five) {
    return values[year_at + cell_of(sex, five) * year_counts + static_cast<std::size_t>(what)];
}
std::int64_t& PersonYear::with(int condition, int sex, int five) {
    return values[with_at + (static_cast<std::size_t>(condition) * 2 * age_fives + cell_of(sex, five)) * 2];
}
std::int64_t& PersonYear::known(int condition, int sex, int five) { return *(&with(condition, sex, five) + 1); }

std::uint32_t cents_of_year(const world::Persons& p, int slot, std::int64_t stay_cents) {
    const std::int64_t stays = st2::AdmissionsBefore::get(p.status2[slot]);
    const std::int64_t cents = std::int64_t{p.spend_last_year[slot]} + p.share_last_year[slot] + stays * stay_cents;
    return static_cast<std::uint32_t>(std::clamp<std::int64_t>(cents, 0, 0xffffffffLL));
}

std::uint32_t top_tenth_above(const world::World& world, std::int64_t stay_cents) {
    std::array<std::int64_t, spending_classes> in{};
    std::int64_t all = 0;
    const auto each = [&](auto&& body) {
        for (const world::Cell& cell : world.cells)
            for (int s = 0; s < cell.slots; ++s)
                if (!cell.persons.empty(s))
                    body(cents_of_year(cell.persons, s, stay_cents));
    };
    each([&](std::uint32_t cents) { ++in[static_cast<std::size_t>(spending_class(cents))], ++all; });
    const std::int64_t wanted = all / 10;
    std::int64_t above = 0;
    int c = spending_classes - 1;
    while (c > 0 && above + in[static_cast<std::size_t>(c)] <= wanted)
        above += in[static_cast<std::size_t>(c--)];
    if (c == 0)
        return 0;
    std::vector<std::uint32_t> inside;
    inside.reserve(static_cast<std::size_t>(in[static_cast<std::size_t>(c)]));
    each([&](std::uint32_t cents) {
        if (spending_class(cents) == c)
            inside.push_back(cents);
    });
    // the limit is the value of the first person who is one too many
    const auto at = inside.begin() + (wanted - above);
    std::nth_element(inside.begin(), at, inside.end(), std::greater<>());
    return *at;
}

PersonYear count_person_year(const world::World& world, int conditions, std::int64_t stay_cents) {
    PersonYear out(conditions);
    const Month last = world.now - 1;
    out.of(PersonCount::stay_cents) = stay_cents;
    for (const world::Cell& cell : world.cells) {
        const world::Persons& p = cell.persons;
        for (int s = 0; s < cell.slots; ++s) {
            if (p.empty(s))
                continue;
            const std::uint32_t status = p.status[s], cents = cents_of_year(p, s, stay_cents);
            const int sex = static_cast<int>(st::Sex::get(status)), five = age_five(age_after(p.birth_month[s], last));
            const int c = spending_class(cents);
            out.of(PersonCount::persons) += 1;
            out.persons_in(c) += 1, out.cents_in(c) += cents;
            const unsigned h = p.decile_history[s];
            out.of(PersonCount::top_now) += h & 1u;
            out.of(PersonCount::top_last_year) += h >> 1 & 1u;
            out.of(PersonCount::stayed_one) += (h & 3u) == 3u;
            out.of(PersonCount::top_two_ago) += h >> 2 & 1u;
            out.of(PersonCount::stayed_two) += (h & 5u) == 5u;
            out.of(PersonCount::three_running) += (h & 7u) == 7u;
            const world::Conditions has{p.conditions[s]};
            const int n = has.count(), quintile = static_cast<int>(st::Quintile::get(status));
            out.held(ConditionsHeld::persons, quintile, sex, five) += 1;
            out.held(ConditionsHeld::one, quintile, sex, five) += n >= 1;
            out.held(ConditionsHeld::two, quintile, sex, five) += n >= 2;
            out.year(YearCount::persons, sex, five) += 1;
            out.year(YearCount::with_stay, sex, five) += st2::AdmissionsBefore::get(p.status2[s]) > 0;
            for (std::uint64_t left = has.present(); left != 0; left &= left - 1) {
                const int k = std::countr_zero(left) / 3;
                out.with(k, sex, five) += 1;
                out.known(k, sex, five) += has.diagnosed(k);
            }
        }
    }
    return out;
}

std::vector<Dead> dead_of_month(const world::World& world, Month month) {
    std::vector<Dead> out;
    for (std::size_t i = 0; i < world.pieces.size() && i < world.piece_books.size(); ++i) {
        std::array<std::array<std::int64_t, world::oldest_age + 1>, 2> left{};
        for (int sex = 0; sex < 2; ++sex)
            for (int age = 0; age <= world::oldest_age; ++age)
                left[static_cast<std::size_t>(sex)][static_cast<std::size_t>(age)] = world.piece_books[i].deaths_at(sex, age);
        const world::Piece& piece = world.pieces[i];
        for (std::uint32_t c = piece.first_cell; c < piece.first_cell + piece.cells; ++c)
            for (const Slot s : world.cells[c].dying) {
                const world::Persons& p = world.cells[c].persons;
                std::int64_t& deaths = left[st::Sex::get(p.status[s])][static_cast<std::size_t>(age_after(p.birth_month[s], month))];
                if (deaths > 0)
                    --deaths, out.push_back({&world.cells[c], s});
            }
    }
    return out;
}

void add_last_month(const world::World& world, Month month, world::Book& book, std::vector<LastMonth>& by_place) {
    constexpr int days = 30;
    for (const auto& [cell, s] : dead_of_month(world, month)) {
        int away = st::NursingHome::get(cell->persons.status[s]) ? days : 0;
        for (const world::Stay& stay : cell->stays)
            if (stay.slot == s)
                away += stay.days;
        const int group = cell->persons.group[s];
        book.group(world::GroupCount::last_month_months, group) += 1;
        book.group(world::GroupCount::last_month_home, group) += std::max(0, days - away);
        LastMonth& place = by_place[cell->municipality];
        place.people += 1, place.days += std::max(0, days - away);
    }
}

void add_late_deaths(const world::World& world, Month month, PersonYear& out) {
    const int lived = month.of_year() + 1;  // months of this year
    if (lived < 10)
        return;
    const bool closed = lived == 12;  // December has moved the year's sums to the year before
    for (const auto& [cell, s] : dead_of_month(world, month)) {
        const world::Persons& p = cell->persons;
        const std::int64_t now = closed ? std::int64_t{p.spend_last_year[s]} + p.share_last_year[s] : std::int64_t{p.spend_year[s]} + p.share_year[s];
        const std::int64_t before = closed ? 0 : std::int64_t{p.spend_last_year[s]} + p.share_last_year[s];
        const std::uint32_t stays = closed ? st2::AdmissionsBefore::get(p.status2[s]) : st2::Admissions::get(p.status2[s]);
        out.of(PersonCount::late_deaths) += 1;
        out.of(PersonCount::late_cents) += now + before * (12 - lived) / 12;
        out.of(PersonCount::late_stays) += stays;
    }
}

Value share_of_top(const PersonYear& year, double share) {
    std::int64_t persons = 0, cents = 0;
    for (int c = 0; c < spending_classes; ++c)
        persons += year.persons_in(c), cents += year.cents_in(c);
    if (persons == 0 || cents == 0)
        return {};
    double wanted = share * static_cast<double>(persons), sum = 0;
    for (int c = spending_classes - 1; c >= 0 && wanted > 0; --c) {
        const auto n = static_cast<double>(year.persons_in(c));
        if (n <= 0)
            continue;
        const double taken = std::min(n, wanted);
        sum += static_cast<double>(year.cents_in(c)) * taken / n;
        wanted -= taken;
    }
    return sum / static_cast<double>(cents);
}

namespace {

Value part(std::int64_t above, std::int64_t below) {
    if (below <= 0)
        return {};
    return 100.0 * static_cast<double>(above) / static_cast<double>(below);
}

Value percent(Value share) { return share ? Value(100 * *share) : Value(); }

std::int64_t held_from(const PersonYear& y, ConditionsHeld what, int quintile, int first_five, int last_five) {
    std::int64_t sum = 0;
    for (int q = 0; q < world::quintiles; ++q)
        for (int s = 0; s < 2; ++s)
            for (int f = first_five; f <= last_five; ++f)
                if (quintile < 0 || q == quintile)
                    sum += y.held(what, q, s, f);
    return sum;
}

Value with_two(const PersonYear& y, int quintile, int from_age, int to_age) {
    const int first = age_five(from_age), last = age_five(to_age);
    return part(held_from(y, ConditionsHeld::two, quintile, first, last), held_from(y, ConditionsHeld::persons, quintile, first, last));
}

Value last_year_share(const PersonYear& y, std::int64_t deaths) {
    std::int64_t all = 0;
    for (int c = 0; c < spending_classes; ++c)
        all += y.cents_in(c);
    const std::int64_t late = y.of(PersonCount::late_deaths);
    if (late == 0 || all == 0)
        return {};
    const double each = static_cast<double>(y.of(PersonCount::late_cents) + y.of(PersonCount::late_stays) * y.of(PersonCount::stay_cents)) / static_cast<double>(late);
    // those who died in the year are not among the persons of New Year's Eve: their year is added to the whole
    const double ended = each * static_cast<double>(deaths) / 2;
    return 100.0 * each * static_cast<double>(deaths) / (static_cast<double>(all) + ended);
}

/// Shares and supplements less refunds, of all that was billed for persons.
Value household_part(const world::Book& book, int quintile) {
    std::int64_t own = 0, all = 0;
    for (int g = 0; g < world::groups; ++g) {
        if (quintile >= 0 && world::group_parts(g).quintile != quintile)
            continue;
        const std::int64_t paid = book.group(world::GroupCount::cents_share, g) + book.group(world::GroupCount::cents_extra, g);
        own += paid - book.group(world::GroupCount::cents_refund, g);
        all += paid + book.group(world::GroupCount::cents_public, g);
    }
    return part(own, all);
}

constexpr std::array<Distribution, 32> table = {{
    {"spending_top_1", "Spending of the dearest 1 % of people", "% of all spending"},
    {"spending_top_5", "Spending of the dearest 5 % of people", "% of all spending"},
    {"spending_top_10", "Spending of the dearest 10 % of people", "% of all spending"},
    {"spending_lower_80", "Spending of all but the dearest fifth", "% of all spending"},
    {"spending_none", "People without any spending in the year", "% of people"},
    {"top_tenth_next_year", "Dearest tenth of a year, in it again the next", "% of those alive"},
    {"top_tenth_after_two", "Dearest tenth of a year, in it two years later", "% of those alive"},
    {"top_tenth_three_running", "Dearest tenth of a year, in it three years running", "% of those alive"},
    {"last_year_of_life", "Spending in the last twelve months of life", "% of all spending"},
    {"two_conditions_25_44", "Two conditions or more", "% of people", "25-44"},
    {"two_conditions_45_64", "Two conditions or more", "% of people", "45-64"},
    {"two_conditions_65_84", "Two conditions or more", "% of people", "65-84"},
    {"two_conditions_85", "Two conditions or more", "% of people", "85+"},
    {"two_conditions_q1", "Two conditions or more", "% of people", "", 0},
    {"two_conditions_q2", "Two conditions or more", "% of people", "", 1},
    {"two_conditions_q3", "Two conditions or more", "% of people", "", 2},
    {"two_conditions_q4", "Two conditions or more", "% of people", "", 3},
    {"two_conditions_q5", "Two conditions or more", "% of people", "", 4},
    {"one_condition", "One condition or more", "% of people"},
    {"two_conditions", "Two conditions or more", "% of people"},
    {"half_have_two", "Age at which half have two conditions", "years"},
    {"half_have_two_q1", "Age at which half have two conditions", "years", "", 0},
    {"half_have_two_q2", "Age at which half have two conditions", "years", "", 1},
    {"half_have_two_q3", "Age at which half have two conditions", "years", "", 2},
    {"half_have_two_q4", "Age at which half have two conditions", "years", "", 3},
    {"half_have_two_q5", "Age at which half have two conditions", "years", "", 4},
    {"household_part", "Part of billed care that households pay", "% of what is billed"},
    {"household_part_q1", "Part of billed care that households pay", "% of what is billed", "", 0},
    {"household_part_q2", "Part of billed care that households pay", "% of what is billed", "", 1},
    {"household_part_q3", "Part of billed care that households pay", "% of what is billed", "", 2},
    {"household_part_q4", "Part of billed care that households pay", "% of what is billed", "", 3},
    {"household_part_q5", "Part of billed care that households pay", "% of what is billed", "", 4},
}};

}  // namespace

Value age_half_have_two(const PersonYear& y, int quintile) {
    Value before;
    double middle_before = 0;
    for (int f = 0; f < age_fives; ++f) {
        const Value now = part(held_from(y, ConditionsHeld::two, quintile, f, f), held_from(y, ConditionsHeld::persons, quintile, f, f));
        const double middle = f * 5 + 2.5;
        if (now && *now >= 50) {
            if (!before || *now <= *before)
                return middle;
            return middle_before + (middle - middle_before) * (50 - *before) / (*now - *before);
        }
        if (now)
            before = now, middle_before = middle;
    }
    return {};
}

std::span<const Distribution> distributions() { return table; }

std::vector<Value> distribution_values(const YearRecord& year) {
    const PersonYear& y = year.persons;
    std::vector<Value> out;
    if (y.empty()) {
        out.resize(table.size());
        return out;
    }
    const Value top20 = share_of_top(y, 0.2);
    out = {percent(share_of_top(y, 0.01)),
           percent(share_of_top(y, 0.05)),
           percent(share_of_top(y, 0.1)),
           top20 ? Value(100 * (1 - *top20)) : Value(),
           part(y.persons_in(0), y.of(PersonCount::persons)),
           part(y.of(PersonCount::stayed_one), y.of(PersonCount::top_last_year)),
           part(y.of(PersonCount::stayed_two), y.of(PersonCount::top_two_ago)),
           part(y.of(PersonCount::three_running), y.of(PersonCount::top_two_ago)),
           last_year_share(y, year.book.group_sum(world::GroupCount::deaths)),
           with_two(y, -1, 25, 44),
           with_two(y, -1, 45, 64),
           with_two(y, -1, 65, 84),
           with_two(y, -1, 85, 110)};
    for (int q = 0; q < world::quintiles; ++q)
        out.push_back(with_two(y, q, 0, 110));
    out.push_back(part(held_from(y, ConditionsHeld::one, -1, 0, age_fives - 1), held_from(y, ConditionsHeld::persons, -1, 0, age_fives - 1)));
    out.push_back(with_two(y, -1, 0, 110));
    for (int q = -1; q < world::quintiles; ++q)
        out.push_back(age_half_have_two(y, q));
    for (int q = -1; q < world::quintiles; ++q)
        out.push_back(household_part(year.book, q));
    TRESSE_CHECK(out.size() == table.size(), "every distribution has a value or none");
    return out;
}

}  // namespace tresse::measure
