#include "tresse/core/hash.hpp"

#include <fmt/format.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "tresse/core/check.hpp"

namespace tresse {

std::uint64_t hash_bytes(const void* data, std::size_t size, std::uint64_t seed) {
    return XXH3_64bits_withSeed(data, size, seed);
}

struct Hasher::State {
    XXH3_state_t running;
};

Hasher::Hasher() : state_(std::make_unique<State>()) {
    XXH3_64bits_reset(&state_->running);
}
Hasher::~Hasher() = default;
Hasher::Hasher(Hasher&&) noexcept = default;
Hasher& Hasher::operator=(Hasher&&) noexcept = default;

void Hasher::add(const void* data, std::size_t size) {
    TRESSE_CHECK(state_ != nullptr, "a hasher that was moved from has nothing to add to");
    XXH3_64bits_update(&state_->running, data, size);
}

void Hasher::add(std::int64_t value) {
    const auto bits = static_cast<std::uint64_t>(value);
    unsigned char bytes[8];
    for (unsigned i = 0; i < 8; ++i)
        bytes[i] = static_cast<unsigned char>(bits >> (8 * i));
    add(bytes, sizeof bytes);
}

std::uint64_t Hasher::value() const {
    TRESSE_CHECK(state_ != nullptr, "a hasher that was moved from has no value");
    return XXH3_64bits_digest(&state_->running);
}

std::string hex(std::uint64_t value, int digits) {
    TRESSE_CHECK(digits >= 1 && digits <= 16, "64 bits have 16 hexadecimal digits");
    return fmt::format("{:016x}", value).substr(0, static_cast<std::size_t>(digits));
}

}  // namespace tresse
