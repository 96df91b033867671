#pragma once

#include <algorithm>
#include <array>

#include "tresse/model/scratch.hpp"

namespace tresse::model {

/// Order of work in Scratch::order: the places 0 .. n - 1 of a list, those of a kind together and within it by place, so that the processor guesses
/// right how often each loop runs. No result may depend on it. Requires: `kind_of(place)` below `kinds`, at most 256.
template <std::size_t kinds, class KindOf>
void alike_together(Scratch& s, std::size_t n, const KindOf& kind_of) {
    std::array<std::uint16_t, kinds + 1> first{};
    s.order.resize(n), s.kind.resize(n);
    for (std::size_t i = 0; i < n; ++i) {
        const std::size_t kind = kind_of(i);
        s.kind[i] = static_cast<std::uint8_t>(kind);
        ++first[kind + 1];
    }
    for (std::size_t k = 1; k < first.size(); ++k) first[k] = static_cast<std::uint16_t>(first[k] + first[k - 1]);
    for (std::size_t i = 0; i < n; ++i) s.order[first[s.kind[i]]++] = static_cast<std::uint16_t>(i);
}

}  // namespace tresse::model
