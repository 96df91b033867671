#include <cstddef>
#include <cstdint>
#include <string_view>

#include "tresse/core/csv.hpp"
#include "tresse/core/problems.hpp"

using namespace tresse;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    try {
        const CsvTable table = parse_csv({reinterpret_cast<const char*>(data), size}, "fuzz.csv");
        Problems problems;
        CsvReader reader(table, problems);
        for (std::size_t r = 0; r < table.rows.size(); ++r)
            for (std::size_t c = 0; c < table.columns.size(); ++c) reader.number(r, static_cast<int>(c)), reader.whole(r, static_cast<int>(c));
    } catch (const BadInput&) {   // the author's mistake, named
    }
    return 0;
}
