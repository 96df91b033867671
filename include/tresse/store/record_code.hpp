#pragma once

#include <string>
#include <string_view>

#include "tresse/measure/record.hpp"

namespace tresse::store {

/// What is kept of an arm in a replicate as bytes and back, bit for bit. Small numbers, most of them zero, take one byte each.
/// Formula: every integer as zigzag, seven bits a byte, low bits first; lists start with their length.
std::string encode(const measure::RunRecord& run);
/// Throws: BrokenRule when the bytes are no record.
measure::RunRecord decode(std::string_view bytes);

}  // namespace tresse::store
