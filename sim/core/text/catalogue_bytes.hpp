#pragma once

#include <cstddef>

namespace tresse::text {

/// A compiled catalogue, inside the program. The list is made when building, from the .po files beside this one.
struct CatalogueBytes {
    const char* language;
    const unsigned char* bytes;
    std::size_t size;
};
extern const CatalogueBytes catalogue_bytes[];
extern const std::size_t catalogue_count;

}  // namespace tresse::text
