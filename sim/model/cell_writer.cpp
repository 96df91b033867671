#include <algorithm>
#include <functional>

#include "tresse/core/check.hpp"
#include "tresse/model/rehouse.hpp"

namespace tresse::model {

namespace st = world::status;

namespace {

std::uint64_t team_at(std::uint64_t team, const world::Neighbourhood& from, const world::Neighbourhood& to) {
    std::uint64_t found = 0;
    // the first role that uses a team slot is the slot's own; departments follow it
    for (int slot = 0; slot < limit::team_slots; ++slot) {
        const int rank = world::team_rank(team, slot);
        if (rank == 0) continue;
        const ProviderIndex provider = from.by_slot[static_cast<std::size_t>(slot)][static_cast<std::size_t>(rank)];
        for (int r = 1; r < limit::ranks; ++r)
            if (provider != no_provider && to.by_slot[static_cast<std::size_t>(slot)][static_cast<std::size_t>(r)] == provider) {
                found = world::with_team_rank(found, slot, r);
                break;
            }
    }
    return found;
}

template <class Rows, class Out>
void take_rows(Rows& rows, int slot, Out& out) {
    for (const auto& r : rows)
        if (r.slot == slot) out.push_back(r);
}

}  // namespace

Traveller take_person(Cell& cell, int slot, const world::Neighbourhood& from, const world::Neighbourhood& to, bool moved) {
    Traveller t;
    Traveller::Sides sides;
    t.row = cell.persons.row(slot);
    if (moved) {
        t.row.team = team_at(t.row.team, from, to);
        t.row.gp_years = 0;
    } else {
        take_rows(cell.waiting, slot, sides.waiting);
    }
    if (st::Enrolled::get(cell.persons.status[slot])) take_rows(cell.enrolments, slot, sides.enrolments);
    if (st::AtHomeCare::get(cell.persons.status[slot]) || st::NursingHome::get(cell.persons.status[slot])) take_rows(cell.home_care, slot, sides.home_care);
    if (!sides.waiting.empty() || !sides.enrolments.empty() || !sides.home_care.empty()) t.sides = std::make_unique<Traveller::Sides>(std::move(sides));
    const auto in = [slot](const std::vector<Slot>& list) { return std::find(list.begin(), list.end(), static_cast<Slot>(slot)) != list.end(); };
    t.recent = world::status2::SinceDischarge::get(cell.persons.status2[slot]) != 0 && in(cell.recent);
    t.dying = in(cell.dying);
    t.mother = in(cell.mothers);
    cell.persons.clear_row(slot);
    return t;
}

Traveller newcomer(const world::Persons& donors, int slot, PersonId id, std::uint16_t now, int months_later) {
    Traveller t;
    t.row = donors.row(slot);
    t.row.id = id;
    t.row.birth_month = static_cast<std::int16_t>(t.row.birth_month + months_later);  // of the donor's age, not of the donor's birth
    t.row.team = 0;
    t.row.utility_since = now;
    t.row.status = st::Enrolled::set(st::CaseManager::set(st::AtHomeCare::set(t.row.status, 0), 0), 0);
    t.row.status2 = world::status2::Births::set(0, world::status2::Births::get(t.row.status2));
    t.row.share_year = t.row.spend_quarter = t.row.spend_year = t.row.life_cost = t.row.life_health = 0;
    t.row.seen_year = t.row.seen_last_year = 0;
    t.row.gp_contacts = t.row.gp_own = t.row.gp_second = t.row.gp_years = 0;
    return t;
}

void CellWriter::add(HouseholdId household, const world::Household& row, const Traveller& person) {
    late_.push_back({household, person.row.id, row, nullptr, &person, 0});
}

void CellWriter::add(HouseholdId household, const world::Household& row, const Cell& from, Slot slot) {
    const Member member{household, from.persons.id[slot], row, &from, nullptr, slot};
    if (sources_.empty() || sources_.back() != &from)
        if (std::find(sources_.begin(), sources_.end(), &from) == sources_.end()) sources_.push_back(&from);
    const bool joins = from.households[from.persons.household[slot]].id != household;
    (!joins && (members_.empty() || before(members_.back(), member)) ? members_ : late_).push_back(member);
}

Cell& CellWriter::open() {
    cells_.emplace_back(0);
    Cell& cell = cells_.back();
    cell.neighbourhood = neighbourhood_;
    cell.municipality = municipality_;
    return cell;
}

void CellWriter::write() {
    // those who stay come in order already: only the others are sorted
    std::sort(late_.begin(), late_.end(), before);
    const auto stay = static_cast<std::ptrdiff_t>(members_.size());
    members_.insert(members_.end(), late_.begin(), late_.end());
    std::inplace_merge(members_.begin(), members_.begin() + stay, members_.end(), before);
    const int full = capacity_ - std::max(1, capacity_ * 3 / 100);
    std::vector<world::Persons::RowRef> rows;
    std::vector<std::pair<const Traveller*, int>> travellers;
    for (std::size_t i = 0; i < members_.size();) {
        Cell& cell = open();
        rows.clear();
        travellers.clear();
        while (i < members_.size()) {
            std::size_t j = i;
            while (j < members_.size() && members_[j].household == members_[i].household) ++j;
            const int size = static_cast<int>(j - i);
            if (cell.slots > 0 && cell.slots + size > full) break;
            world::Household row = members_[i].row;
            row.id = members_[i].household;
            row.first_slot = static_cast<std::uint16_t>(cell.slots);
            row.members = static_cast<std::uint8_t>(std::min(size, 255));
            row.paid = 0;  // a household is that of 1 January: its calendar year starts empty
            for (; i < j; ++i) {
                const Member& m = members_[i];
                // a traveller's row is put in after the others were gathered
                rows.push_back(m.from != nullptr ? world::Persons::RowRef{&m.from->persons, m.slot} : world::Persons::RowRef{&cell.persons, cell.slots});
                if (m.traveller != nullptr) travellers.push_back({m.traveller, cell.slots});
                if (m.from != nullptr) targets_.push_back({m.from, m.slot, static_cast<Slot>(cell.slots), static_cast<std::uint32_t>(cells_.size() - 1)});
                if (m.traveller != nullptr) {
                    const auto slot = static_cast<Slot>(cell.slots);
                    if (const Traveller::Sides* sides = m.traveller->sides.get()) {
                        for (auto r : sides->waiting) r.slot = slot, cell.waiting.push_back(r);
                        for (auto r : sides->enrolments) r.slot = slot, cell.enrolments.push_back(r);
                        for (auto r : sides->home_care) r.slot = slot, cell.home_care.push_back(r);
                    }
                    if (m.traveller->recent) cell.recent.push_back(slot);
                    if (m.traveller->dying) cell.dying.push_back(slot);
                    if (m.traveller->mother) cell.mothers.push_back(slot);
                    cell.refresh.push_back(slot);
                }
                ++cell.slots;
            }
            cell.households.push_back(row);
        }
        cell.fit();
        cell.persons.gather(0, rows.data(), static_cast<int>(rows.size()));
        for (const auto& [traveller, slot] : travellers) cell.persons.put_row(slot, traveller->row);
        for (std::size_t h = 0; h < cell.households.size(); ++h)
            for (int s = cell.households[h].first_slot; s < cell.households[h].first_slot + cell.households[h].members; ++s) cell.persons.household[s] = static_cast<std::uint16_t>(h);
    }
    side_tables();
    members_.clear();
    late_.clear();
    sources_.clear();
    targets_.clear();
}

/// Rows of the side tables follow their persons.
void CellWriter::side_tables() {
    std::vector<const Target*> at;
    for (const Cell* from : sources_) {
        at.assign(static_cast<std::size_t>(from->slots), nullptr);
        for (const Target& t : targets_)
            if (t.from == from) at[t.slot] = &t;
        const auto follow = [&](const auto& rows, auto member) {
            for (auto r : rows)
                if (const Target* t = at[r.slot]) r.slot = t->to, (cells_[t->cell].*member).push_back(r);
        };
        follow(from->waiting, &Cell::waiting);
        follow(from->enrolments, &Cell::enrolments);
        follow(from->home_care, &Cell::home_care);
        const auto list = [&](const std::vector<Slot>& rows, auto member) {
            for (const Slot s : rows)
                if (const Target* t = at[s]) (cells_[t->cell].*member).push_back(t->to);
        };
        list(from->recent, &Cell::recent);
        list(from->dying, &Cell::dying);
        list(from->mothers, &Cell::mothers);
        list(from->refresh, &Cell::refresh);
    }
}

void set_pieces(world::World& world) {
    world.pieces.clear();
    for (std::uint32_t c = 0; c < world.cells.size(); ++c) {
        Cell& cell = world.cells[c];
        const bool fits = !world.pieces.empty() && world.pieces.back().municipality == cell.municipality && world.pieces.back().cells < 32;
        if (!fits) world.pieces.push_back({c, 0, cell.municipality});
        world.pieces.back().cells += 1;
        cell.piece = static_cast<std::uint32_t>(world.pieces.size() - 1);
    }
    if (world.piece_books.empty() && world.month_book.shape().size == 0) return;
    world.piece_books.resize(world.pieces.size(), Book(world.month_book.shape()));
}

std::vector<world::Stocks> counted_stocks(const world::World& world) {
    std::vector<world::Stocks> all(world.pieces.size());
    for (const Cell& cell : world.cells) {
        auto& stocks = all[cell.piece];
        const auto add = [&](world::Stock s, std::int64_t n) { stocks[static_cast<std::size_t>(s)] += n; };
        for (int s = 0; s < cell.slots; ++s) {
            if (cell.persons.empty(s)) continue;
            const std::uint32_t status = cell.persons.status[s];
            const auto work = static_cast<world::WorkState>(st::Work::get(status));
            add(world::Stock::persons, 1);
            add(world::Stock::sick, work == world::WorkState::sick_leave);
            add(world::Stock::disabled, work == world::WorkState::disabled);
            add(world::Stock::in_nursing_home, st::NursingHome::get(status));
            add(world::Stock::with_record, st::Record::get(status));
            add(world::Stock::with_plan, st::Plan::get(status));
            add(world::Stock::with_case_manager, st::CaseManager::get(status));
        }
        add(world::Stock::enrolled, static_cast<std::int64_t>(cell.enrolments.size()));
        for (const auto& h : cell.home_care) add(world::Stock::waiting_for_home, h.waits_for_home > 0);
    }
    return all;
}

void recount_stocks(world::World& world) { world.stocks = counted_stocks(world); }

void keep_donors(world::World& world, std::size_t households) {
    std::vector<std::pair<std::uint64_t, std::pair<std::uint32_t, std::uint32_t>>> order;
    for (std::uint32_t c = 0; c < world.cells.size(); ++c)
        for (std::uint32_t h = 0; h < world.cells[c].households.size(); ++h)
            if (world.cells[c].households[h].members > 0) order.push_back({mix64(world.cells[c].households[h].id, 0xd0402), {c, h}});
    std::sort(order.begin(), order.end());
    if (order.size() > households) order.resize(households);
    std::vector<std::pair<std::uint32_t, int>> rows;
    world.donor_households.clear();
    for (const auto& [key, at] : order) {
        const Cell& cell = world.cells[at.first];
        world::Household row = cell.households[at.second];
        const auto first = static_cast<std::uint16_t>(rows.size());
        std::uint8_t n = 0;
        for (int s = row.first_slot; s < row.first_slot + row.members; ++s) {
            if (cell.persons.empty(s) || st::NursingHome::get(cell.persons.status[s])) continue;
            rows.push_back({at.first, s});
            ++n;
        }
        if (n == 0 || rows.size() > 65000) continue;
        row.first_slot = first, row.members = n;
        world.donor_households.push_back(row);
    }
    world.donors = world::Persons(static_cast<int>(rows.size()));
    for (std::size_t i = 0; i < rows.size(); ++i) world.donors.copy_row(static_cast<int>(i), world.cells[rows[i].first].persons, rows[i].second);
}

}  // namespace tresse::model
