#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace tresse {

/// 64-bit xxHash (XXH3) of bytes; the same on every machine.
std::uint64_t hash_bytes(const void* data, std::size_t size, std::uint64_t seed = 0);
inline std::uint64_t hash_text(std::string_view text, std::uint64_t seed = 0) {
    return hash_bytes(text.data(), text.size(), seed);
}

/// Running hash over pieces; order matters, borders do not: "ab" then "c" equals "a" then "bc", so add lengths where
/// texts could run together.
class Hasher {
public:
    Hasher();
    ~Hasher();
    Hasher(Hasher&&) noexcept;
    Hasher& operator=(Hasher&&) noexcept;
    void add(const void* data, std::size_t size);
    void add(std::string_view text) { add(text.data(), text.size()); }
    /// Integers of any size are fed as eight little-endian bytes.
    void add(std::int64_t value);
    void add(std::uint64_t value) { add(static_cast<std::int64_t>(value)); }
    void add(std::int32_t value) { add(static_cast<std::int64_t>(value)); }
    void add(std::uint32_t value) { add(static_cast<std::int64_t>(value)); }
    std::uint64_t value() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// 16 hexadecimal digits, or the first `digits` of them.
std::string hex(std::uint64_t value, int digits = 16);

}  // namespace tresse
