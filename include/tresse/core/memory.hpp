#pragma once

/// What a program says to the machine's allocator, once, before it works.
namespace tresse {

/// Blocks of 64 KiB and more (the columns of a cell) go back to the machine when they are freed. Otherwise the room of last year's cells stays taken
/// after each January, in pieces between which the new ones do not fit: for all of Belgium that doubled the memory (measured). No effect where the
/// allocator has no such setting.
void return_large_blocks();

}  // namespace tresse
