#include "region_tables.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace tresse::scenario {

namespace {

constexpr int most_age = 110;

/// A CsvReader with the checks that several tables share.
class Rows {
public:
    Rows(const CsvTable& table, Problems& problems) : table_(table), reader_(table, problems) {}

    std::size_t count() const { return table_.rows.size(); }
    int column(std::string_view name) { return reader_.need(name); }
    std::string text(std::size_t r, int c) const { return std::string(reader_.text(r, c)); }
    bool empty(std::size_t r, int c) const { return reader_.empty(r, c); }
    void problem(std::size_t r, int c, std::string message) { reader_.problem(r, c, std::move(message)); }

    double number(std::size_t r, int c, double low, double high) {
        if (c < 0) return low;
        const double x = reader_.number(r, c);
        if (x >= low && x <= high) return x;
        problem(r, c, "found " + number_text(x) + ", wanted a number from " + number_text(low) + " to " + number_text(high) + ".");
        return std::clamp(0.0, low, high);
    }
    int whole(std::size_t r, int c, int low, int high) {
        if (c < 0) return low;
        const long long x = reader_.whole(r, c);
        if (x >= low && x <= high) return static_cast<int>(x);
        problem(r, c, "found " + std::to_string(x) + ", wanted a whole number from " + std::to_string(low) + " to " + std::to_string(high) + ".");
        return low;
    }
    /// 0 women, 1 men; -1 with a problem.
    int sex(std::size_t r, int c) {
        const std::string word = text(r, c);
        if (word == "F" || word == "M") return word == "M";
        if (c >= 0) problem(r, c, "found \"" + word + "\", wanted F or M.");
        return -1;
    }
    /// Index of a region word; -1 with a problem. `country`: "belgium" is 0 and the regions follow.
    int region(std::size_t r, int c, bool country) {
        const std::string word = text(r, c);
        if (country && word == "belgium") return 0;
        const int i = region_index(word);
        if (i >= 0) return country ? i + 1 : i;
        if (c >= 0) problem(r, c, "found \"" + word + "\", wanted flanders, brussels or wallonia" + (country ? ", or belgium." : "."));
        return -1;
    }
    /// Index of a municipality by number; -1 with a problem.
    int municipality(std::size_t r, int c, const Region& region) {
        if (c < 0) return -1;
        const long long nis = reader_.whole(r, c);
        const int m = region.municipality(static_cast<int>(nis));
        if (m < 0) problem(r, c, std::to_string(nis) + " is no municipality of places.csv.");
        return m;
    }
    /// First and last year of age of a row, both included; the last at most 110. False with a problem.
    bool ages(std::size_t r, int from_column, int to_column, int& from, int& to) {
        from = whole(r, from_column, 0, 200), to = whole(r, to_column, 0, 200);
        if (from > to || from > most_age) {
            problem(r, from_column, "ages from " + std::to_string(from) + " to " + std::to_string(to) + " are no band.");
            return false;
        }
        to = std::min(to, most_age);
        return true;
    }
    /// Kebab-case or snake_case word.
    void word(std::size_t r, int c) {
        const std::string t = text(r, c);
        const bool good = !t.empty() && std::all_of(t.begin(), t.end(), [](char x) { return (x >= 'a' && x <= 'z') || (x >= '0' && x <= '9') || x == '-' || x == '_'; });
        if (c >= 0 && !good) problem(r, c, "found \"" + t + "\", wanted an id of small letters, digits and hyphens.");
    }

private:
    const CsvTable& table_;
    CsvReader reader_;
};

/// Marks which ages of a line of a table were given; complains once per line about double and missing ones.
struct Coverage {
    std::map<std::string, std::vector<int>> seen;

    void add(const std::string& line, int from, int to) {
        auto& counts = seen.try_emplace(line, std::vector<int>(most_age + 1, 0)).first->second;
        for (int a = from; a <= to; ++a) ++counts[static_cast<std::size_t>(a)];
    }
    void check(const std::string& file, int first, int last, Problems& problems) const {
        for (const auto& [line, counts] : seen)
            for (int a = first; a <= last; ++a) {
                const int n = counts[static_cast<std::size_t>(a)];
                if (n == 1) continue;
                problems.add(file, 0, line, n == 0 ? "age " + std::to_string(a) + " has no row." : "age " + std::to_string(a) + " stands in more than one row.");
                break;
            }
    }
};

std::string sex_word(int sex) { return sex == 0 ? "F" : "M"; }

}  // namespace

void read_places(const CsvTable& table, Region& region, Problems& problems) {
    Rows rows(table, problems);
    const int nis = rows.column("nis"), fr = rows.column("name_fr"), nl = rows.column("name_nl"), de = rows.column("name_de"), reg = rows.column("region"), province = rows.column("province"),
              arr_nis = rows.column("arrondissement_nis"), arr = rows.column("arrondissement"), area = rows.column("area_km2"), lat = rows.column("lat"), lon = rows.column("lon"),
              income = rows.column("income_index"), score = rows.column("deprivation_score"), decile = rows.column("deprivation_decile"), single = rows.column("one_person_household_share"),
              bim = rows.column("bim_share"), foreign = rows.column("non_belgian_share");
    std::set<int> seen;
    for (std::size_t r = 0; r < rows.count(); ++r) {
        Municipality m;
        m.nis = rows.whole(r, nis, 10000, 99999);
        if (nis >= 0 && !seen.insert(m.nis).second) {
            rows.problem(r, nis, std::to_string(m.nis) + " stands twice.");
            continue;
        }
        m.name_fr = rows.text(r, fr), m.name_nl = rows.text(r, nl), m.name_de = rows.text(r, de);
        if (m.name_fr.empty() && m.name_nl.empty() && m.name_de.empty()) rows.problem(r, nl, "a municipality without a name.");
        m.region = std::max(0, rows.region(r, reg, false));
        m.province = rows.text(r, province), m.arrondissement = rows.text(r, arr);
        rows.word(r, province), rows.word(r, arr);
        m.arrondissement_nis = rows.whole(r, arr_nis, 10000, 99999);
        m.area_km2 = rows.number(r, area, 0.1, 10000);
        m.lat = rows.number(r, lat, 49, 52), m.lon = rows.number(r, lon, 2, 7);
        m.income_index = rows.number(r, income, 20, 400);
        m.deprivation_score = rows.number(r, score, -1000, 1000);
        m.deprivation_decile = rows.whole(r, decile, 1, 10);
        m.one_person_household_share = rows.number(r, single, 0, 1);
        m.bim_share = rows.number(r, bim, 0, 1);
        m.non_belgian_share = rows.number(r, foreign, 0, 1);
        region.municipalities.push_back(std::move(m));
    }
    std::sort(region.municipalities.begin(), region.municipalities.end(), [](const Municipality& a, const Municipality& b) { return a.nis < b.nis; });
}

void read_population(const CsvTable& table, Region& region, Problems& problems) {
    Rows rows(table, problems);
    const int nis = rows.column("nis"), sex_column = rows.column("sex");
    std::array<int, 21> band{};
    for (int b = 0; b < 21; ++b)
        band[static_cast<std::size_t>(b)] = rows.column(b == 20 ? "age_100_plus" : "age_" + std::to_string(5 * b) + "_" + std::to_string(5 * b + 4));
    std::set<std::pair<int, int>> seen;
    for (std::size_t r = 0; r < rows.count(); ++r) {
        const int m = rows.municipality(r, nis, region), sex = rows.sex(r, sex_column);
        if (m < 0 || sex < 0) continue;
        if (!seen.insert({m, sex}).second) {
            rows.problem(r, nis, "this municipality and sex stand twice.");
            continue;
        }
        auto& counts = region.municipalities[static_cast<std::size_t>(m)].population[static_cast<std::size_t>(sex)];
        for (std::size_t b = 0; b < 21; ++b) counts[b] = rows.whole(r, band[b], 0, 1000000);
    }
    for (std::size_t m = 0; m < region.municipalities.size(); ++m)
        for (int sex = 0; sex < 2; ++sex)
            if (!seen.contains({static_cast<int>(m), sex})) problems.add(table.file, 0, std::to_string(region.municipalities[m].nis), "no row for sex " + sex_word(sex) + ".");
}

void read_zones(const CsvTable& table, Region& region, Problems& problems) {
    Rows rows(table, problems);
    const int kind = rows.column("kind"), id = rows.column("zone_id"), label = rows.column("label"), nis = rows.column("nis"), part = rows.column("part");
    std::map<std::string, std::size_t> known;
    for (std::size_t r = 0; r < rows.count(); ++r) {
        const std::string zone_kind = rows.text(r, kind), zone_id = rows.text(r, id), whole = rows.text(r, part);
        if (kind >= 0 && zone_kind != "primary_care_zone" && zone_kind != "basin") rows.problem(r, kind, "found \"" + zone_kind + "\", wanted primary_care_zone or basin.");
        if (part >= 0 && whole != "whole" && whole != "part") rows.problem(r, part, "found \"" + whole + "\", wanted whole or part.");
        rows.word(r, id);
        const int m = rows.municipality(r, nis, region);
        if (m < 0) continue;
        const auto [at, is_new] = known.try_emplace(zone_id, region.zones.size());
        if (is_new) region.zones.push_back({zone_kind, zone_id, rows.text(r, label), {}, {}});
        Zone& zone = region.zones[at->second];
        if (zone.kind != zone_kind) rows.problem(r, kind, zone_id + " is a " + zone.kind + " in another row.");
        if (std::find(zone.municipalities.begin(), zone.municipalities.end(), m) != zone.municipalities.end()) {
            rows.problem(r, nis, "this municipality stands twice in " + zone_id + ".");
            continue;
        }
        zone.municipalities.push_back(m);
        zone.whole.push_back(whole != "part");
    }
}

void read_neighbours(const CsvTable& table, Region& region, Problems& problems) {
    Rows rows(table, problems);
    const int first = rows.column("nis_a"), second = rows.column("nis_b"), km = rows.column("distance_km");
    std::set<std::pair<int, int>> seen;
    for (std::size_t r = 0; r < rows.count(); ++r) {
        const int a = rows.municipality(r, first, region), b = rows.municipality(r, second, region);
        const double distance = rows.number(r, km, 0.1, 200);
        if (a < 0 || b < 0) continue;
        if (a == b) rows.problem(r, second, "a municipality is not its own neighbour.");
        else if (!seen.insert({std::min(a, b), std::max(a, b)}).second) rows.problem(r, second, "this pair stands twice.");
        else region.neighbours.push_back({a, b, distance});
    }
}

void read_hospital_sites(const CsvTable& table, Region& region, Problems& problems) {
    Rows rows(table, problems);
    const int id = rows.column("site_id"), name = rows.column("name"), nis = rows.column("nis"), type = rows.column("type"), beds = rows.column("beds"), emergency = rows.column("emergency"),
              lat = rows.column("lat"), lon = rows.column("lon");
    std::set<std::string> seen;
    for (std::size_t r = 0; r < rows.count(); ++r) {
        HospitalSite site;
        site.id = rows.text(r, id), site.name = rows.text(r, name), site.type = rows.text(r, type);
        rows.word(r, type);
        if (id >= 0 && !seen.insert(site.id).second) rows.problem(r, id, "site " + site.id + " stands twice.");
        site.municipality = rows.municipality(r, nis, region);
        site.beds = rows.whole(r, beds, 0, 5000);
        const std::string open = rows.text(r, emergency);
        if (emergency >= 0 && open != "yes" && open != "no") rows.problem(r, emergency, "found \"" + open + "\", wanted yes or no.");
        site.emergency = open == "yes";
        site.lat = rows.number(r, lat, 49, 52), site.lon = rows.number(r, lon, 2, 7);
        if (site.municipality >= 0) region.hospital_sites.push_back(std::move(site));
    }
}

void read_life_table(const CsvTable& table, Region& region, Problems& problems) {
    Rows rows(table, problems);
    const int reg = rows.column("region"), sex_column = rows.column("sex"), age = rows.column("age"), qx = rows.column("qx");
    Coverage coverage;
    for (const char* word : {"belgium", "flanders", "brussels", "wallonia"})
        for (const char* sex : {"F", "M"}) coverage.add(std::string(word) + " " + sex, 1, 0);
    for (std::size_t r = 0; r < rows.count(); ++r) {
        const int i = rows.region(r, reg, true), sex = rows.sex(r, sex_column), a = rows.whole(r, age, 0, most_age);
        const double q = rows.number(r, qx, 0, 1);
        if (i < 0 || sex < 0) continue;
        if (a < most_age && q >= 1) rows.problem(r, qx, "everybody dies at " + std::to_string(a) + "; only the last age may have 1.");
        coverage.add(rows.text(r, reg) + " " + sex_word(sex), a, a);
        region.death_prob[static_cast<std::size_t>(i)][static_cast<std::size_t>(sex)][static_cast<std::size_t>(a)] = q;
    }
    coverage.check(table.file, 0, most_age, problems);
}

void read_prevalence(const CsvTable& table, Region& region, Problems& problems) {
    Rows rows(table, problems);
    const int condition = rows.column("condition"), sex_column = rows.column("sex"), from_column = rows.column("age_from"), to_column = rows.column("age_to"), share = rows.column("prevalence");
    Coverage coverage;
    for (std::size_t r = 0; r < rows.count(); ++r) {
        const std::string id = rows.text(r, condition);
        rows.word(r, condition);
        const int sex = rows.sex(r, sex_column);
        int from = 0, to = 0;
        const double p = rows.number(r, share, 0, 1);
        if (sex < 0 || !rows.ages(r, from_column, to_column, from, to)) continue;
        if (from % 5 != 0 || (to % 5 != 4 && to != most_age)) rows.problem(r, from_column, "bands are of five years: 0-4, 5-9, ... and a last one that is open.");
        for (int s = 0; s < 2; ++s) coverage.add(id + " " + sex_word(s), 1, 0);
        coverage.add(id + " " + sex_word(sex), from, to);
        auto& out = region.prevalence[id][static_cast<std::size_t>(sex)];
        for (int b = from / 5; b <= std::min(20, to / 5); ++b) out[static_cast<std::size_t>(b)] = p;
    }
    coverage.check(table.file, 0, most_age, problems);
}

void read_fertility(const CsvTable& table, Region& region, Problems& problems) {
    Rows rows(table, problems);
    const int reg = rows.column("region"), from_column = rows.column("age_from"), to_column = rows.column("age_to"), births = rows.column("births_per_1000_women_per_year");
    Coverage coverage;
    for (const char* word : {"flanders", "brussels", "wallonia"}) coverage.add(word, 1, 0);
    for (std::size_t r = 0; r < rows.count(); ++r) {
        const int i = rows.region(r, reg, false);
        int from = 0, to = 0;
        const double rate = rows.number(r, births, 0, 500) / 1000;
        if (i < 0 || !rows.ages(r, from_column, to_column, from, to)) continue;
        coverage.add(rows.text(r, reg), from, to);
        for (int a = from; a <= to; ++a) region.births_per_woman_year[static_cast<std::size_t>(i)][static_cast<std::size_t>(a)] = rate;
    }
    coverage.check(table.file, 20, 40, problems);
}

void read_utility(const CsvTable& table, Region& region, Problems& problems) {
    Rows rows(table, problems);
    const int sex_column = rows.column("sex"), from_column = rows.column("age_from"), to_column = rows.column("age_to"), mean = rows.column("mean_utility");
    Coverage coverage;
    for (int s = 0; s < 2; ++s) coverage.add(sex_word(s), 1, 0);
    for (std::size_t r = 0; r < rows.count(); ++r) {
        const int sex = rows.sex(r, sex_column);
        int from = 0, to = 0;
        const double u = rows.number(r, mean, 0, 1);
        if (sex < 0 || !rows.ages(r, from_column, to_column, from, to)) continue;
        coverage.add(sex_word(sex), from, to);
        for (int a = from; a <= to; ++a) region.utility[static_cast<std::size_t>(sex)][static_cast<std::size_t>(a)] = u;
    }
    coverage.check(table.file, 0, most_age, problems);
}

void read_indices(const CsvTable& table, Region& region, Problems& problems) {
    Rows rows(table, problems);
    const int index = rows.column("index"), year = rows.column("year"), factor = rows.column("factor_to_2025");
    for (std::size_t r = 0; r < rows.count(); ++r) {
        const std::string id = rows.text(r, index);
        rows.word(r, index);
        const int y = rows.whole(r, year, 1990, 2100);
        const double f = rows.number(r, factor, 0.1, 10);
        if (!region.index_to_2025[id].emplace(y, f).second) rows.problem(r, year, id + " has this year twice.");
        if (y == 2025 && std::abs(f - 1) > 1e-9) rows.problem(r, factor, "the factor of 2025 to 2025 is 1.");
    }
    for (const auto& [id, years] : region.index_to_2025)
        if (!years.contains(2025)) problems.add(table.file, 0, id, "this index has no row for 2025.");
}

void read_named(const std::string& name, const CsvTable& table, Region& region, Problems& problems) {
    Rows rows(table, problems);
    static const std::map<std::string, std::vector<std::string>> parts = {{"education", {"low", "middle", "high"}}, {"employment", {"employed", "unemployed", "disabled", "student", "retired", "inactive"}}};
    if (const auto found = parts.find(name); found != parts.end()) {
        std::vector<int> columns;
        for (const std::string& c : found->second) columns.push_back(rows.column(c));
        for (std::size_t r = 0; r < rows.count(); ++r) {
            double sum = 0;
            for (const int c : columns) sum += rows.number(r, c, 0, 1);
            if (std::abs(sum - 1) > 0.005) rows.problem(r, columns.front(), "the shares of this row add to " + number_text(std::round(sum * 10000) / 10000) + ", wanted 1.");
        }
    }
    if (const int share = table.column("share"); share >= 0)
        for (std::size_t r = 0; r < rows.count(); ++r) rows.number(r, share, 0, 1);
    region.tables[name] = {table.columns, table.rows};
}

}  // namespace tresse::scenario
