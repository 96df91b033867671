#include "tresse/world/world.hpp"

#include <algorithm>

namespace tresse::world {

std::int64_t World::persons() const {
    std::int64_t n = 0;
    for (const auto& s : stocks) n += s[static_cast<std::size_t>(Stock::persons)];
    return n;
}

std::size_t World::state_bytes() const {
    std::size_t bytes = 0;
    for (const Cell& c : cells) {
        bytes += c.persons.bytes() + c.households.capacity() * sizeof(Household) + (c.requests.capacity() + c.waiting.capacity()) * sizeof(Line) +
                 c.enrolments.capacity() * sizeof(Enrolment) + c.home_care.capacity() * sizeof(HomeCare) + c.stays.capacity() * sizeof(Stay) +
                 c.refresh.capacity() * sizeof(Slot) + sizeof(Cell);
    }
    bytes += neighbourhoods.size() * sizeof(Neighbourhood) + providers.size() * (sizeof(Provider) + sizeof(BoardRow)) +
             ties.tie.size() * sizeof(Tie) + ties.first.size() * 4;
    for (const Book& b : piece_books) bytes += b.values().size() * sizeof(std::int64_t);
    return bytes;
}

std::uint16_t Ties::strength(std::uint32_t a, std::uint32_t b) const {
    if (a + 1 >= first.size()) return 0;
    const auto from = tie.begin() + first[a];
    const auto to = tie.begin() + first[a + 1];
    const auto at = std::lower_bound(from, to, b, [](const Tie& t, std::uint32_t x) { return t.to < x; });
    return at != to && at->to == b ? at->strength : std::uint16_t{0};
}

}  // namespace tresse::world
