#include "tresse/world/cell.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

namespace tresse::world {
namespace {

constexpr std::size_t line_of(std::size_t bytes) { return (bytes + 63) / 64 * 64; }

std::size_t block_size(int capacity) {
    std::size_t size = 64;
#define TRESSE_SIZE(group, type, name) size += line_of(sizeof(type) * static_cast<std::size_t>(capacity));
    TRESSE_PERSON_COLUMNS(TRESSE_SIZE)
#undef TRESSE_SIZE
    return size;
}

}  // namespace

Persons::Persons(int capacity) : capacity_(capacity), block_(block_size(capacity), std::byte{0}) {
    point();
    std::memset(birthday, empty_slot, static_cast<std::size_t>(capacity));
}

Persons::Persons(const Persons& other) : capacity_(other.capacity_), block_(other.block_.size()) {
    point();
    if (capacity_ > 0) {
        // the column start is aligned to 64 bytes within the block, which may sit at another offset in the copy: copy column by column
#define TRESSE_COPY(group, type, name) std::memcpy(name, other.name, sizeof(type) * static_cast<std::size_t>(capacity_));
        TRESSE_PERSON_COLUMNS(TRESSE_COPY)
#undef TRESSE_COPY
    }
}

Persons& Persons::operator=(const Persons& other) {
    if (this != &other) {
        Persons copy(other);
        *this = std::move(copy);
    }
    return *this;
}

Persons::Persons(Persons&& other) noexcept : capacity_(std::exchange(other.capacity_, 0)), block_(std::move(other.block_)) {
    other.block_.clear();
    point();
}

Persons& Persons::operator=(Persons&& other) noexcept {
    if (this != &other) {
        capacity_ = std::exchange(other.capacity_, 0);
        block_ = std::move(other.block_);
        other.block_.clear();
        point();
    }
    return *this;
}

void Persons::point() {
    const auto base = reinterpret_cast<std::uintptr_t>(block_.data());
    std::size_t at = block_.empty() ? 0 : static_cast<std::size_t>((base + 63) / 64 * 64 - base);
#define TRESSE_POINT(group, type, name)                                                        \
    name = block_.empty() ? nullptr : reinterpret_cast<type*>(block_.data() + at);             \
    at += line_of(sizeof(type) * static_cast<std::size_t>(capacity_));
    TRESSE_PERSON_COLUMNS(TRESSE_POINT)
#undef TRESSE_POINT
}

void Persons::gather(int first, const RowRef* rows, int count) {
#define TRESSE_GATHER(group, type, name) \
    for (int i = 0; i < count; ++i) name[first + i] = rows[i].from->name[rows[i].slot];
    TRESSE_PERSON_COLUMNS(TRESSE_GATHER)
#undef TRESSE_GATHER
}

void Persons::set_capacity(int capacity) {
    Persons other(capacity);
    const auto kept = static_cast<std::size_t>(std::min(capacity, capacity_));
#define TRESSE_COPY(group, type, name) if (kept > 0) std::memcpy(other.name, name, sizeof(type) * kept);
    TRESSE_PERSON_COLUMNS(TRESSE_COPY)
#undef TRESSE_COPY
    *this = std::move(other);
}

PersonRow Persons::row(int slot) const {
    PersonRow out;
#define TRESSE_READ(group, type, name) out.name = name[slot];
    TRESSE_PERSON_COLUMNS(TRESSE_READ)
#undef TRESSE_READ
    return out;
}

void Persons::put_row(int slot, const PersonRow& in) {
#define TRESSE_WRITE(group, type, name) name[slot] = in.name;
    TRESSE_PERSON_COLUMNS(TRESSE_WRITE)
#undef TRESSE_WRITE
}

void Persons::copy_row(int to, const Persons& from, int from_slot) {
#define TRESSE_ROW(group, type, name) name[to] = from.name[from_slot];
    TRESSE_PERSON_COLUMNS(TRESSE_ROW)
#undef TRESSE_ROW
}

void Persons::clear_row(int slot) {
#define TRESSE_ZERO(group, type, name) name[slot] = type{};
    TRESSE_PERSON_COLUMNS(TRESSE_ZERO)
#undef TRESSE_ZERO
    birthday[slot] = empty_slot;
}

ColumnBytes column_bytes() {
    ColumnBytes bytes{0, 0, 0};
#define TRESSE_COUNT(group, type, name) bytes.group += static_cast<int>(sizeof(type));
    TRESSE_PERSON_COLUMNS(TRESSE_COUNT)
#undef TRESSE_COUNT
    return bytes;
}

}  // namespace tresse::world
