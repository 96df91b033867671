#include <cstddef>
#include <cstdint>
#include <string>

#include "tresse/core/check.hpp"
#include "tresse/core/problems.hpp"
#include "tresse/store/manifest.hpp"
#include "tresse/store/record_code.hpp"

// What stands in a run folder may be damaged: any text is a manifest or refused, any bytes are a record or refused; and a
// manifest or record that was read is written and read again as the same.

using namespace tresse;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string bytes(reinterpret_cast<const char*>(data), size);
    try {
        const store::Manifest manifest = store::manifest_from_json(bytes, "fuzz.json");
        const std::string text = store::to_json(manifest);
        if (store::to_json(store::manifest_from_json(text, "again.json")) != text)
            __builtin_trap();
        manifest.code();
    } catch (const BadInput&) {
    }
    try {
        const measure::RunRecord record = store::decode(bytes);
        if (store::encode(store::decode(store::encode(record))) != store::encode(record))
            __builtin_trap();
    } catch (const BrokenRule&) {
    }
    return 0;
}
