#include "tresse/model/guarantee.hpp"

#include <algorithm>
#include <cmath>

#include "tresse/core/check.hpp"
#include "tresse/model/stages.hpp"

namespace tresse::model {

namespace st = world::status;

namespace {

constexpr double cents_per_eur = 100.0;

/// Calls `each(cell, cents, months)` for everybody alive, with the spending of the calendar year just closed.
template <class Each>
void each_person(const world::World& world, Month december, Each&& each) {
    for (const world::Cell& cell : world.cells) {
        const world::Persons& p = cell.persons;
        for (int slot = 0; slot < cell.slots; ++slot) {
            if (p.empty(slot)) continue;
            const int age = age_at(p.birth_month[slot], december.index);
            const int lived = december.index - (p.birth_month[slot] + world::birth_month_zero) + 1;
            each(risk_cell(p.status[slot], age), static_cast<Cents>(p.spend_last_year[slot]), std::clamp(lived, 1, 12));
        }
    }
}

/// Sum of squared distances from the mean of each cell, in EUR squared.
double spread(const std::vector<world::RiskRow>& rows) {
    double out = 0;
    for (const world::RiskRow& r : rows)
        if (r.persons > 0) {
            const double sum = static_cast<double>(r.cents) / cents_per_eur;
            out += std::max(0.0, static_cast<double>(r.squares) - sum * sum / static_cast<double>(r.persons));
        }
    return out;
}

std::vector<world::RiskRow> rows_of(const RiskSums& sums) {
    std::vector<world::RiskRow> out;
    for (const RiskSum& s : sums) out.push_back({s.cents, s.months, s.squares, s.persons, s.cut_off});
    return out;
}

/// Expected cents of so many months in a cell: of the cell itself, else of its sex and age, else nothing is expected and nothing counted.
double expected(const std::vector<world::RiskRow>& history, std::size_t cell, std::int64_t months) {
    const world::RiskRow& own = history[cell];
    if (own.months > 0) return static_cast<double>(own.cents) / static_cast<double>(own.months) * static_cast<double>(months);
    const world::RiskRow& other = history[cell ^ 1u];
    return other.months > 0 ? static_cast<double>(other.cents) / static_cast<double>(other.months) * static_cast<double>(months) : 0.0;
}

}  // namespace

int risk_cell(std::uint32_t status, int age) { return (static_cast<int>(st::Sex::get(status)) * world::age_bands + world::age_band(age)) * 2 + static_cast<int>(st::Bim::get(status)); }

void RiskSum::add(Cents spent, int lived, Cents cut) {
    const Cents kept = std::min(spent, cut);
    cents += kept, months += lived, persons += 1, cut_off += spent - kept;
    squares += (kept / 100) * (kept / 100);
}

void open_guarantee(world::World& world, const funding::SavingsShare& savings) {
    world.guarantee = {};
    if (!savings.on) return;
    const Month december = Month::of(world.policy_start.year() - 1, 12);
    std::vector<std::uint32_t> spent;
    each_person(world, december, [&](int, Cents cents, int) { spent.push_back(static_cast<std::uint32_t>(cents)); });
    if (spent.empty()) return;
    std::sort(spent.begin(), spent.end());
    const auto last = static_cast<double>(spent.size() - 1);
    world.guarantee.cut = spent[static_cast<std::size_t>(last * savings.outliers_above_percentile / 100.0)];
    RiskSums sums{};
    each_person(world, december, [&](int cell, Cents cents, int lived) { sums[static_cast<std::size_t>(cell)].add(cents, lived, world.guarantee.cut); });
    world.guarantee.history = rows_of(sums);
    world.guarantee.left.assign(risk_cells, {});
    world.guarantee.on = true;
}

world::GuaranteeYear settle_guarantee(world::World& world, const funding::SavingsShare& savings, Month month) {
    TRESSE_CHECK(world.guarantee.on && month.is_december(), "a guarantee is settled in December, by those who opened it at the policy date");
    RiskSums sums{};
    each_person(world, month, [&](int cell, Cents cents, int lived) { sums[static_cast<std::size_t>(cell)].add(cents, lived, world.guarantee.cut); });
    auto rows = rows_of(sums);
    for (std::size_t c = 0; c < rows.size(); ++c) {
        const world::RiskRow& left = world.guarantee.left[c];
        rows[c].cents += left.cents, rows[c].months += left.months, rows[c].squares += left.squares, rows[c].persons += left.persons, rows[c].cut_off += left.cut_off;
    }
    world.guarantee.left.assign(risk_cells, {});
    double trend = 1.0 + savings.first_year_step;
    for (int y = world.policy_start.year(); y < month.year(); ++y) trend *= 1.0 + savings.trend_per_year;
    world::GuaranteeYear out;
    double forecast = 0;
    for (std::size_t c = 0; c < rows.size(); ++c) {
        out.real += rows[c].cents, out.cut_off += rows[c].cut_off, out.person_months += rows[c].months;
        forecast += expected(world.guarantee.history, c, rows[c].months) * trend;
    }
    out.forecast = static_cast<Cents>(forecast + 0.5);
    const double noise = spread(rows) + trend * trend * spread(world.guarantee.history);
    out.noise = static_cast<Cents>(std::sqrt(noise) * cents_per_eur + 0.5);
    if (month.year() >= savings.first_year) out.payout = funding::savings_payment(savings, out.forecast, out.real);
    return out;
}

void count_left(world::World& world, const std::vector<const RiskSums*>& by_piece) {
    if (!world.guarantee.on) return;
    for (const RiskSums* sums : by_piece)
        for (std::size_t c = 0; c < sums->size(); ++c) {
            world::RiskRow& row = world.guarantee.left[c];
            const RiskSum& s = (*sums)[c];
            row.cents += s.cents, row.months += s.months, row.squares += s.squares, row.persons += s.persons, row.cut_off += s.cut_off;
        }
}

}  // namespace tresse::model
