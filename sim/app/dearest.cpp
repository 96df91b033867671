#include "dearest.hpp"

#include <algorithm>
#include <charconv>
#include <set>

#include "tresse/measure/person_year.hpp"

namespace tresse::app {

namespace {

using store::Type;

/// One in so many: a definition, the twentieth of the table's name.
constexpr std::size_t one_in = 20;
constexpr std::size_t most_persons = 30000;

std::int64_t whole(const std::string& text) {
    std::int64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

}  // namespace

std::vector<DearestWatch::Person> DearestWatch::persons_of(const world::World& world) {
    std::vector<Person> out;
    for (const world::Cell& cell : world.cells)
        for (int slot = 0; slot < cell.slots; ++slot)
            if (cell.persons.birthday[slot] != world::empty_slot)
                out.push_back({cell.persons.id[slot], measure::cents_of_year(cell.persons, slot, 0)});
    return out;
}

void DearestWatch::month(const world::World& world, Month month, int arm, int replicate) {
    const int year = (month - scenario_.start) / 12;
    if (!month.is_december() || year > 1 || (scenario_.policy_months < 24 && year == 0))
        return;
    std::vector<Person> all = persons_of(world);
    if (all.size() > most_persons)
        return;
    if (year == 0) {
        std::sort(all.begin(), all.end(), [](const Person& a, const Person& b) { return a.cents != b.cents ? a.cents > b.cents : a.id < b.id; });
        all.resize(all.size() / one_in);
        std::sort(all.begin(), all.end(), [](const Person& a, const Person& b) { return a.id < b.id; });
        const std::lock_guard lock(one_);
        picked_[{replicate, arm}] = std::move(all);
        return;
    }
    std::vector<Person> picked;
    {
        const std::lock_guard lock(one_);
        picked = std::move(picked_[{replicate, arm}]);
        picked_.erase({replicate, arm});
    }
    Sums sums;
    for (const Person& now : all) {
        const auto before = std::lower_bound(picked.begin(), picked.end(), now.id, [](const Person& p, std::uint64_t id) { return p.id < id; });
        if (before != picked.end() && before->id == now.id)
            ++sums.persons, sums.first_cents += before->cents, sums.next_cents += now.cents;
    }
    const std::lock_guard lock(one_);
    sums_[{replicate, arm}] = sums;
}

void DearestWatch::at_end(const world::World& world, int arm, int replicate) {
    std::vector<Person> all;
    for (const world::Cell& cell : world.cells)
        for (int slot = 0; slot < cell.slots; ++slot)
            if (cell.persons.birthday[slot] != world::empty_slot)
                all.push_back({cell.persons.id[slot], cell.persons.life_cost[slot]});
    if (all.size() > most_persons)
        return;
    std::sort(all.begin(), all.end(), [](const Person& a, const Person& b) { return a.id < b.id; });
    const std::lock_guard lock(one_);
    ends_[{replicate, arm}] = std::move(all);
}

DearestWatch::Lives DearestWatch::compared(const std::vector<Person>& base, const std::vector<Person>& arm) {
    Lives out;
    std::size_t i = 0, k = 0;
    while (i < base.size() || k < arm.size()) {
        ++out.persons;
        if (k == arm.size() || (i < base.size() && base[i].id < arm[k].id)) {
            ++out.one_arm, ++i;
        } else if (i == base.size() || arm[k].id < base[i].id) {
            ++out.one_arm, ++k;
        } else {
            ++(arm[k].cents == base[i].cents ? out.same : arm[k].cents > base[i].cents ? out.dearer : out.cheaper);
            ++i, ++k;
        }
    }
    return out;
}

void DearestWatch::write_lives(store::RunFolder& folder) const {
    const int base = scenario_.base_index();
    store::Table table{"lives",
                       {{"arm"}, {"replicate", Type::whole}, {"persons", Type::whole}, {"same", Type::whole}, {"dearer", Type::whole},
                        {"cheaper", Type::whole}, {"one_arm", Type::whole}},
                       {}};
    const auto arm_id = [&](int arm) { return scenario_.arms[static_cast<std::size_t>(arm)].id; };
    std::set<std::pair<std::string, std::string>> fresh;
    for (const auto& [piece, end] : ends_)
        if (const auto before = ends_.find({piece.first, base}); before != ends_.end()) {
            const Lives l = compared(before->second, end);
            fresh.insert({arm_id(piece.second), std::to_string(piece.first)});
            table.rows.push_back({arm_id(piece.second), std::to_string(piece.first), std::to_string(l.persons), std::to_string(l.same),
                                  std::to_string(l.dearer), std::to_string(l.cheaper), std::to_string(l.one_arm)});
        }
    for (auto& row : folder.read_table(table.name).rows)
        if (row.size() == table.columns.size() && !fresh.contains({row[0], row[1]}))
            table.rows.push_back(std::move(row));
    if (!table.rows.empty())
        folder.write_table(table, false);
}

void DearestWatch::write(store::RunFolder& folder) const {
    write_lives(folder);
    store::Table table{"dearest",
                       {{"arm"}, {"replicate", Type::whole}, {"persons", Type::whole}, {"first_cents", Type::whole}, {"next_cents", Type::whole}},
                       {}};
    const auto arm_id = [&](int arm) { return scenario_.arms[static_cast<std::size_t>(arm)].id; };
    for (auto& row : folder.read_table(table.name).rows) {
        const bool fresh = std::any_of(sums_.begin(), sums_.end(), [&](const auto& one) {
            return row.size() > 1 && row[0] == arm_id(one.first.second) && row[1] == std::to_string(one.first.first);
        });
        if (!fresh)
            table.rows.push_back(std::move(row));
    }
    for (const auto& [piece, s] : sums_)
        table.rows.push_back({arm_id(piece.second), std::to_string(piece.first), std::to_string(s.persons), std::to_string(s.first_cents),
                              std::to_string(s.next_cents)});
    if (!table.rows.empty())
        folder.write_table(table, false);
}

std::vector<lesson::Dearest> read_dearest(const store::RunFolder& folder) {
    std::vector<lesson::Dearest> out;
    for (const auto& row : folder.read_table("dearest").rows)
        if (row.size() == 5)
            out.push_back({row[0], static_cast<int>(whole(row[1])), whole(row[2]), whole(row[3]), whole(row[4])});
    return out;
}

std::vector<lesson::Lives> read_lives(const store::RunFolder& folder) {
    std::vector<lesson::Lives> out;
    for (const auto& row : folder.read_table("lives").rows)
        if (row.size() == 7)
            out.push_back({row[0], static_cast<int>(whole(row[1])), whole(row[2]), whole(row[3]), whole(row[4]), whole(row[5]), whole(row[6])});
    return out;
}

}  // namespace tresse::app
