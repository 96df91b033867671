#include "tresse/store/table.hpp"

#include <cmath>

#include "tresse/core/csv.hpp"

namespace tresse::store {

std::string csv(const Table& table) {
    std::vector<std::string> heading;
    for (const Column& column : table.columns)
        heading.push_back(column.name);
    std::string out = csv_line(heading);
    for (const auto& row : table.rows)
        out += csv_line(row);
    return out;
}

std::string cell(double value) {
    return std::isfinite(value) ? number_text(value) : std::string();
}

}  // namespace tresse::store
