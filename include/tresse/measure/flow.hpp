#pragma once

#include <span>

#include "tresse/world/book.hpp"

/// The names under which tables and lessons give what flows in a month.
namespace tresse::measure {

/// A count of the book that users meet by name.
struct Flow {
    const char* name;  ///< column of months.csv; an event is also a fact that lessons can ask for
    world::GroupCount count;
    bool event;  ///< happens to a person and is counted in times; else money or hours
};

/// All flows with a name. Order: of the columns of months.csv.
std::span<const Flow> flows();

}  // namespace tresse::measure
