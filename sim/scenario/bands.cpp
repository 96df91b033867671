#include "tresse/scenario/bands.hpp"

#include <algorithm>
#include <cstddef>
#include <set>

#include "tresse/core/csv.hpp"
#include "tresse/core/file.hpp"
#include "tresse/core/hash.hpp"

namespace tresse::scenario {

namespace {

const std::vector<std::string> region_words = {"belgium", "flanders", "brussels", "wallonia"};
const std::vector<std::string> sex_words = {"F", "M", "all"};
const std::vector<std::string> where_words = {"country", "region", "local", "any"};
const std::vector<std::string> band_words = {"percent", "points"};
const std::vector<std::string> must_words = {"yes", "no"};

constexpr const char* column_names[] = {"id", "group", "measure", "of", "region", "sex", "age_from", "age_to", "value", "unit", "year", "factor", "band", "band_is", "must", "where", "source", "why"};

class BandReader {
public:
    BandReader(const CsvTable& table, Problems& problems) : table_(table), reader_(table, problems) {
        for (const char* name : column_names) columns_.push_back(reader_.need(name));
        for (const std::string& name : table.columns)
            if (std::find(std::begin(column_names), std::end(column_names), name) == std::end(column_names)) problems.add(table.file, 1, name, "unknown column.");
    }

    Band row(std::size_t r) {
        Band b;
        b.line = table_.lines[r];
        b.id = text(r, "id");
        b.group = static_cast<BandGroup>(std::max(0, word(r, "group", band_group_words())));
        b.measure = text(r, "measure");
        b.of = text(r, "of");
        const int region = word(r, "region", region_words);
        b.region = region <= 0 ? -1 : region - 1;
        b.country = region == 0;
        const int sex = word(r, "sex", sex_words);
        b.sex = sex == 2 ? -1 : sex;
        b.age_from = static_cast<int>(whole(r, "age_from", 0)), b.age_to = static_cast<int>(whole(r, "age_to", 120));
        if (b.age_from > b.age_to) problem(r, "age_from", "the age at which a group begins lies above the age at which it ends.");
        if (!empty(r, "value")) b.value = number(r, "value", 0);
        b.unit = text(r, "unit");
        b.year = static_cast<int>(whole(r, "year", 0));
        b.factor = number(r, "factor", 1);
        b.where = static_cast<BandWhere>(std::max(0, word(r, "where", where_words)));
        b.source = text(r, "source");
        b.why = text(r, "why");
        if (b.measure == "none") {
            if (b.why.empty()) problem(r, "why", "a row that the model cannot speak to needs the reason.");
            return b;
        }
        b.band = number(r, "band", 0);
        b.relative = word(r, "band_is", band_words) != 1;
        b.must = word(r, "must", must_words) == 0;
        if (!(b.band > 0)) problem(r, "band", "wanted a band above 0, to both sides of the target.");
        return b;
    }

    void sources(std::size_t r, const Band& b, std::vector<SourceUse>& out) {
        std::size_t from = 0;
        while (from < b.source.size()) {
            const std::size_t to = std::min(b.source.find(' ', from), b.source.size());
            const std::string id = b.source.substr(from, to - from);
            if (!is_source_id(id)) problem(r, "source", "found \"" + id + "\", wanted ids like S-104 or A-021 with blanks between them.");
            else out.push_back({id, b.id, table_.file, b.line});
            from = to + 1;
        }
        if (b.source.empty()) problem(r, "source", "every figure needs its source.");
    }

    void problem(std::size_t r, const char* column, std::string message) { reader_.problem(r, at(column), std::move(message)); }

private:
    int at(const char* column) const {
        const auto found = std::find_if(std::begin(column_names), std::end(column_names), [&](const char* name) { return std::string_view(name) == column; });
        return columns_[static_cast<std::size_t>(found - std::begin(column_names))];
    }
    std::string text(std::size_t r, const char* column) const { return std::string(reader_.text(r, at(column))); }
    bool empty(std::size_t r, const char* column) const { return reader_.empty(r, at(column)); }
    double number(std::size_t r, const char* column, double standard) { return empty(r, column) ? standard : reader_.number(r, at(column)); }
    long long whole(std::size_t r, const char* column, long long standard) { return empty(r, column) ? standard : reader_.whole(r, at(column)); }
    int word(std::size_t r, const char* column, const std::vector<std::string>& words) {
        const std::string found = text(r, column);
        const auto it = std::find(words.begin(), words.end(), found);
        if (it != words.end()) return static_cast<int>(it - words.begin());
        const std::string near = nearest(found, words);
        std::string wanted;
        for (const std::string& w : words) wanted += (wanted.empty() ? "" : ", ") + w;
        problem(r, column, "found \"" + found + "\", wanted one of: " + wanted + "." + (near.empty() ? "" : " Nearest: " + near));
        return -1;
    }

    const CsvTable& table_;
    CsvReader reader_;
    std::vector<int> columns_;
};

}  // namespace

const std::vector<std::string>& band_group_words() {
    static const std::vector<std::string> words = {"people", "mortality", "health", "use", "money", "equity", "supply", "spread"};
    return words;
}

const Band* Bands::find(std::string_view id) const {
    for (const Band& b : rows)
        if (b.id == id) return &b;
    return nullptr;
}

Bands parse_bands(std::string_view text, const std::string& name, Problems& problems) {
    const CsvTable table = parse_csv(text, name);
    Bands out;
    out.hash = hash_text(text);
    BandReader reader(table, problems);
    std::set<std::string> seen;
    for (std::size_t r = 0; r < table.rows.size(); ++r) {
        Band b = reader.row(r);
        reader.sources(r, b, out.sources);
        if (!seen.insert(b.id).second) reader.problem(r, "id", "\"" + b.id + "\" stands twice.");
        out.rows.push_back(std::move(b));
    }
    return out;
}

Bands load_bands(const std::string& path, Problems& problems) { return parse_bands(read_file(path, 8u << 20), path, problems); }

}  // namespace tresse::scenario
