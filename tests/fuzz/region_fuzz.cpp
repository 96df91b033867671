#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "tresse/core/file.hpp"
#include "tresse/core/problems.hpp"
#include "tresse/scenario/region.hpp"

// A region pack with one table replaced by any bytes is a region, or a list of problems. The first byte says which table.

using namespace tresse;
namespace fs = std::filesystem;

namespace {

struct Pack {
    std::string folder;
    std::vector<std::string> tables;
    Pack() {
        char name[] = "/tmp/tresse-fuzz-XXXXXX";
        folder = mkdtemp(name);
        const std::string shipped = join_path(TRESSE_SOURCE_DIR, "scenarios/belgium");
        for (const std::string& file : names_in(shipped))
            if (file.ends_with(".csv") || file.ends_with(".yaml")) {
                tables.push_back(file);
                fs::copy_file(join_path(shipped, file), join_path(folder, file));
            }
    }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const Pack pack;
    if (size == 0)
        return 0;
    const std::string& table = pack.tables[data[0] % pack.tables.size()];
    const std::string path = join_path(pack.folder, table);
    write_file(path, std::string(reinterpret_cast<const char*>(data) + 1, size - 1));
    try {
        scenario::load_region(pack.folder);
    } catch (const BadInput& bad) {
        if (bad.problems().text().empty())
            __builtin_trap();
    }
    fs::copy_file(join_path(join_path(TRESSE_SOURCE_DIR, "scenarios/belgium"), table), path, fs::copy_options::overwrite_existing);
    return 0;
}
