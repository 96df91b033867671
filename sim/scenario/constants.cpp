#include "tresse/scenario/constants.hpp"

#include <algorithm>
#include <string>

#include "tresse/core/csv.hpp"
#include "tresse/core/file.hpp"
#include "tresse/core/math.hpp"

namespace tresse::scenario {

namespace {

const std::vector<std::string> region_words{"flanders", "brussels", "wallonia"};
const std::vector<std::string> sex_words{"women", "men"};
constexpr double least = 0.3, most = 3.0;

/// Bands of a row: `ages: [from, to]`, whole five-year ages.
bool bands_of(const Node& row, int& first, int& last) {
    const Node ages = row.need("ages");
    if (!ages.must_be_list()) return false;
    if (ages.size() != 2) {
        ages.problem("wanted two ages, the first and the last that is meant: [65, 69].");
        return false;
    }
    const auto from = ages.at(0).whole(0, 120), to = ages.at(1).whole(0, 120);
    first = static_cast<int>(std::min<long long>(from, 100)) / 5, last = static_cast<int>(std::min<long long>(to, 100)) / 5;
    if (to < from) ages.problem("the last age is below the first.");
    if (from % 5 != 0 || (to % 5 != 4 && to < 100)) ages.problem("wanted whole five-year ages: from 0, 5, 10 ... to 4, 9, 14 ..., or 120.");
    return to >= from;
}

void read_mortality(const Node& list, Constants& out) {
    if (!list.present() || !list.must_be_list()) return;
    for (std::size_t i = 0; i < list.size(); ++i) {
        const Node row = list.at(i);
        const int region = row.need("region").word(region_words), sex = row.need("sex").word(sex_words);
        MortalityConstants c;
        c.first_year = static_cast<int>(row.need("first_year").whole(2000, 2100));
        const Node factors = row.need("factor");
        for (std::size_t k = 0; k < factors.size(); ++k) c.factor.push_back(factors.at(k).number(least, most));
        int first = 0, last = 0;
        if (!bands_of(row, first, last) || region < 0 || sex < 0) continue;
        for (int b = first; b <= last; ++b) out.mortality[static_cast<std::size_t>(region)][static_cast<std::size_t>(sex)][static_cast<std::size_t>(b)] = c;
    }
}

void read_onset(const Node& list, Constants& out) {
    if (!list.present() || !list.must_be_list()) return;
    for (std::size_t i = 0; i < list.size(); ++i) {
        const Node row = list.at(i);
        const std::string condition = row.need("condition").text();
        const Node of = row.maybe("sex");
        const int sex = of.present() ? of.word(sex_words) : -1;
        const double factor = row.need("factor").number(least, most);
        int first = 0, last = constant_bands - 1;
        if (row.maybe("ages").present() && !bands_of(row, first, last)) continue;
        auto found = out.onset.find(condition);
        if (found == out.onset.end()) {
            std::array<std::array<double, constant_bands>, 2> ones{};
            ones[0].fill(1), ones[1].fill(1);
            found = out.onset.emplace(condition, ones).first;
        }
        for (std::size_t s = 0; s < 2; ++s)
            for (int b = first; b <= last; ++b)
                if (sex < 0 || static_cast<std::size_t>(sex) == s) found->second[s][static_cast<std::size_t>(b)] = factor;
    }
}

void read_pair(const Node& map, std::array<double, 2>& out) {
    if (!map.present() || !map.must_be_map()) return;
    out = {map.need("women").number(0, 5), map.need("men").number(0, 5)};
}

std::string short_number(double x) { return number_text(round_digits(x, 6)); }

std::string ages_text(std::size_t first, std::size_t last) { return "[" + std::to_string(first * 5) + ", " + (last >= 20 ? "120" : std::to_string(last * 5 + 4)) + "]"; }

}  // namespace

double Constants::mortality_factor(int region, int sex, int band, int year) const {
    const MortalityConstants& c = mortality[static_cast<std::size_t>(region)][static_cast<std::size_t>(sex)][static_cast<std::size_t>(band)];
    if (c.factor.empty() || year < c.first_year) return c.factor.empty() ? 1.0 : c.factor.front();
    return c.factor[std::min(c.factor.size() - 1, static_cast<std::size_t>(year - c.first_year))];
}

Constants read_constants(const std::string& path, Problems& problems) {
    Constants out;
    out.file = path;
    if (!exists(path)) return out;
    Document document(path, "constants", problems);
    out.hash = document.hash();
    if (!document.usable()) return out;
    out.given = true;
    const Node root = document.root();
    root.maybe("about").text_or("");
    read_mortality(root.maybe("mortality"), out);
    read_onset(root.maybe("onset"), out);
    const Node social = root.maybe("social");
    if (social.present() && social.must_be_map()) {
        read_pair(social.maybe("education"), out.education);
        read_pair(social.maybe("income"), out.income);
    }
    document.finish();
    return out;
}

std::vector<KeyDoc> constants_keys() {
    const char* k = "constants";
    return {{k, "format", "number", "1", "must", "version of the file format"},
            {k, "kind", "word", "constants", "must", "what the file is"},
            {k, "about", "text", "", "none", "the run from which the factors were found"},
            {k, "mortality[].region", "word", "flanders, brussels, wallonia", "must", "whose deaths"},
            {k, "mortality[].sex", "word", "women, men", "must", ""},
            {k, "mortality[].ages", "two ages", "whole five-year ages, 0 to 120", "must", "first and last age"},
            {k, "mortality[].first_year", "year", "2000 to 2100", "must", "of the first factor"},
            {k, "mortality[].factor", "list of factors", "0.3 to 3", "must", "on the hazard of death, a year each; the last one holds on"},
            {k, "onset[].condition", "condition", "", "must", "whose new cases"},
            {k, "onset[].sex", "word", "women, men", "both", ""},
            {k, "onset[].ages", "two ages", "whole five-year ages, 0 to 120", "all", ""},
            {k, "onset[].factor", "factor", "0.3 to 3", "must", "on the hazard of onset"},
            {k, "social.education.women", "factor", "0 to 5", "1", "on the log ratios of death by diploma"},
            {k, "social.education.men", "factor", "0 to 5", "1", "the same"},
            {k, "social.income.women", "factor", "0 to 5", "1", "on the log ratios of death by income fifth"},
            {k, "social.income.men", "factor", "0 to 5", "1", "the same"}};
}

std::string constants_text(const Constants& c, const std::string& about) {
    std::string out = "# " + about + "\nformat: 1\nkind: constants\n";
    out += "social:\n  education: {women: " + short_number(c.education[0]) + ", men: " + short_number(c.education[1]) + "}\n";
    out += "  income: {women: " + short_number(c.income[0]) + ", men: " + short_number(c.income[1]) + "}\n";
    std::string rows;
    for (std::size_t r = 0; r < 3; ++r)
        for (std::size_t s = 0; s < 2; ++s)
            for (std::size_t b = 0; b < constant_bands;) {
                const MortalityConstants& row = c.mortality[r][s][b];
                std::size_t last = b;
                while (last + 1 < constant_bands && c.mortality[r][s][last + 1].factor == row.factor && c.mortality[r][s][last + 1].first_year == row.first_year) ++last;
                if (!row.factor.empty()) {
                    rows += "  - {region: " + region_words[r] + ", sex: " + sex_words[s] + ", ages: " + ages_text(b, last) + ", first_year: " + std::to_string(row.first_year) + ", factor: [";
                    for (std::size_t k = 0; k < row.factor.size(); ++k) rows += (k > 0 ? ", " : "") + short_number(row.factor[k]);
                    rows += "]}\n";
                }
                b = last + 1;
            }
    if (!rows.empty()) out += "mortality:\n" + rows;
    rows.clear();
    for (const auto& [condition, factor] : c.onset)
        for (std::size_t s = 0; s < 2; ++s)
            for (std::size_t b = 0; b < constant_bands;) {
                std::size_t last = b;
                while (last + 1 < constant_bands && factor[s][last + 1] == factor[s][b]) ++last;
                rows += "  - {condition: " + condition + ", sex: " + sex_words[s] + ", ages: " + ages_text(b, last) + ", factor: " + short_number(factor[s][b]) + "}\n";
                b = last + 1;
            }
    if (!rows.empty()) out += "onset:\n" + rows;
    return out;
}

}  // namespace tresse::scenario
