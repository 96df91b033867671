#include "tresse/core/memory.hpp"

#if __has_include(<malloc.h>)
#include <malloc.h>
#endif

namespace tresse {

void return_large_blocks() {
#if defined(M_MMAP_THRESHOLD) && defined(M_MMAP_MAX)
    mallopt(M_MMAP_THRESHOLD, 64 * 1024);
    mallopt(M_MMAP_MAX, 1 << 20);
    mallopt(M_TRIM_THRESHOLD, 1 << 20);
#endif
}

}  // namespace tresse
