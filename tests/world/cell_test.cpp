#include "tresse/world/cell.hpp"

#include <cstdint>
#include <set>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

using namespace tresse::world;

namespace {

/// Every column of a row gets a value of its own, so that a column written into another is seen.
void fill_row(Persons& p, int slot, int salt) {
    int column = 0;
#define TRESSE_FILL(group, type, name) p.name[slot] = static_cast<type>(salt * 41 + column++);
    TRESSE_PERSON_COLUMNS(TRESSE_FILL)
#undef TRESSE_FILL
    p.birthday[slot] = static_cast<std::uint8_t>(salt % 12);  // 255 means an empty slot
}

bool same_row(const Persons& a, int slot_a, const Persons& b, int slot_b) {
    bool same = true;
#define TRESSE_SAME(group, type, name) same = same && a.name[slot_a] == b.name[slot_b];
    TRESSE_PERSON_COLUMNS(TRESSE_SAME)
#undef TRESSE_SAME
    return same;
}

Persons filled(int capacity) {
    Persons p(capacity);
    for (int slot = 0; slot < capacity; ++slot)
        fill_row(p, slot, slot + 1);
    return p;
}

}  // namespace

TEST_CASE("new slots are empty") {
    const Persons p(5);
    for (int slot = 0; slot < 5; ++slot) {
        CHECK(p.empty(slot));
        CHECK(p.id[slot] == 0);
        CHECK(p.life_health[slot] == 0);
    }
}

TEST_CASE("columns start on lines of 64 bytes and do not overlap") {
    for (const int capacity : {1, 63, 64, 65, 2048}) {
        Persons p(capacity);
        std::set<std::pair<std::uintptr_t, std::uintptr_t>> spans;
#define TRESSE_SPAN(group, type, name)                                                                                 \
    spans.emplace(reinterpret_cast<std::uintptr_t>(p.name), reinterpret_cast<std::uintptr_t>(p.name + capacity));
        TRESSE_PERSON_COLUMNS(TRESSE_SPAN)
#undef TRESSE_SPAN
        const auto block = reinterpret_cast<std::uintptr_t>(p.block());
        std::uintptr_t last = block;
        for (const auto& [from, to] : spans) {
            CHECK(from % 64 == 0);
            CHECK(from >= last);
            last = to;
        }
        CHECK(last <= block + p.bytes());
    }
}

TEST_CASE("a copy has the same rows and shares no memory") {
    const Persons a = filled(70);
    Persons b = a;
    for (int slot = 0; slot < 70; ++slot)
        REQUIRE(same_row(a, slot, b, slot));
    b.status[3] += 1;
    CHECK_FALSE(same_row(a, 3, b, 3));
    CHECK(a.capacity() == b.capacity());

    Persons c(4);
    c = a;
    CHECK(c.capacity() == 70);
    CHECK(same_row(a, 69, c, 69));
    const Persons& itself = c;
    c = itself;
    CHECK(same_row(a, 69, c, 69));
}

TEST_CASE("a moved block keeps its rows and leaves an empty one behind") {
    const Persons a = filled(70);
    Persons b = a;
    Persons c = std::move(b);
    CHECK(same_row(a, 69, c, 69));
    CHECK(b.capacity() == 0);
    Persons d(3);
    d = std::move(c);
    CHECK(same_row(a, 0, d, 0));
    CHECK(same_row(a, 69, d, 69));
    CHECK(c.capacity() == 0);
    const Persons nothing = c;  // the empty one may be copied
    CHECK(nothing.capacity() == 0);
}

TEST_CASE("growing keeps every row in its slot and the new slots empty") {
    const Persons before = filled(3);
    Persons p = before;
    p.set_capacity(200);
    CHECK(p.capacity() == 200);
    for (int slot = 0; slot < 3; ++slot)
        CHECK(same_row(before, slot, p, slot));
    for (int slot = 3; slot < 200; ++slot)
        REQUIRE(p.empty(slot));
}

TEST_CASE("gathering takes the rows that are named, in their order") {
    const Persons a = filled(5), b = [] {
        Persons p(4);
        for (int slot = 0; slot < 4; ++slot)
            fill_row(p, slot, 100 + slot);
        return p;
    }();
    Persons p(6);
    const std::vector<Persons::RowRef> rows = {{&b, 2}, {&a, 4}, {&a, 0}};
    p.gather(1, rows.data(), static_cast<int>(rows.size()));
    CHECK(p.empty(0));
    CHECK(same_row(p, 1, b, 2));
    CHECK(same_row(p, 2, a, 4));
    CHECK(same_row(p, 3, a, 0));
    CHECK(p.empty(4));
}

TEST_CASE("a row that is copied is whole, a row that is cleared is empty") {
    const Persons a = filled(5);
    Persons p(2);
    p.copy_row(1, a, 3);
    CHECK(same_row(p, 1, a, 3));
    CHECK(p.empty(0));
    p.clear_row(1);
    CHECK(p.empty(1));
    CHECK(p.id[1] == 0);
    CHECK(p.status[1] == 0);
    CHECK(p.life_cost[1] == 0);
}

TEST_CASE("the bytes of a person are those of the columns") {
    const ColumnBytes bytes = column_bytes();
    int sum = 0;
#define TRESSE_SUM(group, type, name) sum += static_cast<int>(sizeof(type));
    TRESSE_PERSON_COLUMNS(TRESSE_SUM)
#undef TRESSE_SUM
    CHECK(bytes.total() == sum);
    CHECK(bytes.total() <= 128);  // the floor of the engine's budget for state
    CHECK(bytes.scan == 8 + 4 + 4 + 1);
}
