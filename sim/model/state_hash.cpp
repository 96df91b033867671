#include <algorithm>
#include <vector>

#include "tresse/core/draw.hpp"
#include "tresse/core/hash.hpp"
#include "tresse/model/step.hpp"

namespace tresse::model {
namespace {

template <class Rows>
void add_rows(Hasher& hash, const Rows& rows, int slot) {
    for (const auto& r : rows) {
        if (r.slot != slot) continue;
        auto copy = r;
        copy.slot = 0;
        hash.add(&copy, sizeof(copy));
    }
}

std::uint64_t hash_of(const world::Cell& cell, int slot) {
    Hasher hash;
    const world::Persons& p = cell.persons;
    // every column but the household row, which is a place in the cell
#define TRESSE_HASH(group, type, name) \
    if (static_cast<const void*>(p.name) != static_cast<const void*>(p.household)) hash.add(&p.name[slot], sizeof(type));
    TRESSE_PERSON_COLUMNS(TRESSE_HASH)
#undef TRESSE_HASH
    const world::Household& h = cell.households[p.household[slot]];
    hash.add(h.id), hash.add(static_cast<std::int64_t>(h.paid)), hash.add(static_cast<std::int64_t>(h.ceiling_class));
    add_rows(hash, cell.waiting, slot);
    add_rows(hash, cell.home_care, slot);
    add_rows(hash, cell.enrolments, slot);
    return hash.value();
}

}  // namespace

std::uint64_t state_hash(const world::World& world) {
    // a sum of mixed pairs: the same whatever the order of cells, without a list of everybody
    std::uint64_t persons = 0;
    for (const world::Cell& cell : world.cells)
        for (int s = 0; s < cell.slots; ++s)
            if (!cell.persons.empty(s)) persons += mix64(cell.persons.id[s], hash_of(cell, s));
    Hasher hash;
    hash.add(persons);
    for (const world::Provider& p : world.providers) {
        hash.add(static_cast<std::int64_t>(p.filled_milli)), hash.add(static_cast<std::int64_t>(p.burnt_out_milli)), hash.add(static_cast<std::int64_t>(p.load_permille));
        hash.add(p.demand), hash.add(p.served), hash.add(p.pool_served), hash.add(p.income_year), hash.add(static_cast<std::int64_t>(p.shares_record));
    }
    for (const Cents balance : world.ledger.balances()) hash.add(balance);
    for (const std::int64_t v : world.year_book.values()) hash.add(v);
    for (const auto& o : world.organisations) hash.add(o.budget), hash.add(o.spent), hash.add(o.received);
    return hash.value();
}

}  // namespace tresse::model
