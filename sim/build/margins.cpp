#include "tresse/build/margins.hpp"

#include <algorithm>
#include <string>
#include <string_view>

#include "tresse/core/csv.hpp"
#include "tresse/core/problems.hpp"

namespace tresse::build {

std::int32_t PlaceInput::inhabitants() const {
    std::int32_t n = 0;
    for (const auto& sex : count)
        for (const auto c : sex)
            n += c;
    return n;
}

namespace {

/// A table of the pack with its numbers; what is missing becomes a problem that names it.
class Reading {
public:
    Reading(const scenario::Region& region, const std::string& name, Problems& problems) : name_(name), folder_(region.folder), problems_(problems) {
        const auto found = region.tables.find(name);
        if (found == region.tables.end())
            problem("This table is missing: the synthetic population needs it.");
        else
            table_ = &found->second;
    }

    std::size_t rows() const { return table_ == nullptr ? 0 : table_->rows.size(); }
    int column(std::string_view id) {
        if (table_ == nullptr)
            return -1;
        for (std::size_t c = 0; c < table_->columns.size(); ++c)
            if (table_->columns[c] == id)
                return static_cast<int>(c);
        problem("The column '" + std::string(id) + "' is missing. Nearest: '" + nearest(id, table_->columns) + "'.");
        return -1;
    }
    std::string_view text(std::size_t row, int column) const {
        return column < 0 ? std::string_view() : std::string_view(table_->rows[row][static_cast<std::size_t>(column)]);
    }
    double number(std::size_t row, int column) {
        double value = 0;
        if (column >= 0 && !parse_number(text(row, column), value))
            problem("Found '" + std::string(text(row, column)) + "' in column '" + table_->columns[static_cast<std::size_t>(column)] + "', wanted a number.");
        return value;
    }
    void problem(std::string message) { problems_.add(folder_ + "/" + name_ + ".csv", 0, "", std::move(message)); }

private:
    const scenario::NamedTable* table_ = nullptr;
    std::string name_, folder_;
    Problems& problems_;
};

int sex_of(std::string_view word) { return word == "F" ? 0 : word == "M" ? 1 : -1; }

/// Calls body(band) for the five-year bands whose first age lies in the row's age range.
template <class Body>
void each_band(double from, double to, Body&& body) {
    for (int b = 0; b < bands; ++b)
        if (b * 5 >= from && b * 5 <= to)
            body(b);
}

int household_type(std::string_view word) {
    if (word == "one_person")
        return 0;
    if (word == "married_no_child" || word == "cohabiting_no_child")
        return 1;
    if (word == "married_child" || word == "cohabiting_child")
        return 2;
    if (word == "single_parent")
        return 3;
    return word == "other" ? 4 : -1;
}

void read_households(const scenario::Region& region, Margins& out, Problems& problems) {
    Reading table(region, "households", problems);
    const int where = table.column("region"), type = table.column("type"), share = table.column("share"), size = table.column("mean_size");
    for (std::size_t i = 0; i < table.rows(); ++i) {
        const int r = scenario::region_index(table.text(i, where)), t = household_type(table.text(i, type));
        if (r < 0 || t < 0)
            continue;
        const auto ri = static_cast<std::size_t>(r), ti = static_cast<std::size_t>(t);
        const double s = table.number(i, share);
        out.household_size[ri][ti] = (out.household_size[ri][ti] * out.household_share[ri][ti] + table.number(i, size) * s) / std::max(1e-12, out.household_share[ri][ti] + s);
        out.household_share[ri][ti] += s;
    }
    for (std::size_t r = 0; r < regions; ++r)
        for (std::size_t t = 0; t < household_types && table.rows() > 0; ++t)
            if (out.household_share[r][t] <= 0) {
                table.problem("A region has no row for a kind of household (one_person, married or cohabiting with and without child, single_parent, other).");
                return;
            }
}

/// Tables by region, sex and age with several shares that are scaled to 1.
template <std::size_t n>
void read_shares(Reading& table, const std::array<std::string_view, n>& columns, std::array<BySexBand<std::array<double, n>>, regions>& out) {
    const int where = table.column("region"), sex = table.column("sex"), from = table.column("age_from"), to = table.column("age_to");
    std::array<int, n> at{};
    for (std::size_t c = 0; c < n; ++c)
        at[c] = table.column(columns[c]);
    for (std::size_t i = 0; i < table.rows(); ++i) {
        const int r = scenario::region_index(table.text(i, where)), s = sex_of(table.text(i, sex));
        if (r < 0 || s < 0)
            continue;
        std::array<double, n> share{};
        double sum = 0;
        for (std::size_t c = 0; c < n; ++c)
            sum += share[c] = table.number(i, at[c]);
        each_band(table.number(i, from), table.number(i, to), [&](int b) {
            for (std::size_t c = 0; c < n; ++c)
                out[static_cast<std::size_t>(r)][static_cast<std::size_t>(s)][static_cast<std::size_t>(b)][c] = sum > 0 ? share[c] / sum : 0;
        });
    }
    for (const auto& region : out)
        for (const auto& one : region)
            for (std::size_t b = 3; b < bands && table.rows() > 0; ++b) {
                double sum = 0;
                for (const double x : one[b])
                    sum += x;
                if (sum < 0.5) {
                    table.problem("No row covers age " + std::to_string(b * 5) + " in some region and sex.");
                    return;
                }
            }
}

void read_bim(const scenario::Region& region, Margins& out, Problems& problems) {
    Reading table(region, "bim", problems);
    const int where = table.column("region"), from = table.column("age_from"), to = table.column("age_to"), share = table.column("share");
    for (std::size_t i = 0; i < table.rows(); ++i) {
        const int r = scenario::region_index(table.text(i, where));
        if (r < 0)
            continue;
        const double value = table.number(i, share);
        each_band(table.number(i, from), table.number(i, to), [&](int b) { out.bim[static_cast<std::size_t>(r)][static_cast<std::size_t>(b)] = value; });
    }
}

void read_lifestyle(const scenario::Region& region, Margins& out, Problems& problems) {
    Reading table(region, "lifestyle", problems);
    const int sex = table.column("sex"), from = table.column("age_from"), to = table.column("age_to"), diploma = table.column("education");
    const int smoker = table.column("daily_smoker"), former = table.column("ex_smoker"), inactive = table.column("inactive");
    const int over = table.column("overweight"), obese = table.column("obese");
    for (std::size_t i = 0; i < table.rows(); ++i) {
        const int s = sex_of(table.text(i, sex));
        const auto word = table.text(i, diploma);
        if (s < 0 || (word == "all" && table.number(i, from) >= 15))
            continue;
        for (std::size_t d = 0; d < 3; ++d) {
            if (word != "all" && word != (d == 0 ? "low" : d == 1 ? "middle" : "high"))
                continue;
            each_band(table.number(i, from), table.number(i, to), [&](int b) {
                const auto si = static_cast<std::size_t>(s), bi = static_cast<std::size_t>(b);
                out.daily_smoker[d][si][bi] = table.number(i, smoker);
                out.former_smoker[d][si][bi] = table.number(i, former);
                out.inactive[d][si][bi] = table.number(i, inactive);
                // Among those who are not obese: obesity is drawn first.
                const double fat = table.number(i, obese);
                out.overweight[d][si][bi] = std::clamp((table.number(i, over) - fat) / (1 - fat), 0.0, 1.0);
            });
        }
    }
}

void read_residents(const scenario::Region& region, const BuildParameters& parameters, Margins& out, Problems& problems) {
    Reading table(region, "supply", problems);
    const int where = table.column("region"), item = table.column("item"), value = table.column("value");
    std::array<double, regions> old{}, share{};
    double national_share = parameters.residents_share_65_plus;
    for (std::size_t i = 0; i < table.rows(); ++i) {
        if (table.text(i, item) == "care_home_share_65_plus")
            national_share = table.number(i, value);
        const int r = scenario::region_index(table.text(i, where));
        if (r >= 0 && table.text(i, item) == "care_home_residents")
            share[static_cast<std::size_t>(r)] = table.number(i, value);
    }
    double all_old = 0, all_share = 0;
    for (std::size_t r = 0; r < regions; ++r) {
        for (std::size_t s = 0; s < 2; ++s)
            for (std::size_t b = 13; b < bands; ++b)
                old[r] += out.population[r][s][b];
        all_old += old[r];
        all_share += share[r];
    }
    // Regional counts give the proportions, the national share the level: the pack need not hold the whole country.
    for (std::size_t r = 0; r < regions; ++r)
        out.residents[r] = all_share > 0 && all_old > 1e6 ? share[r] / all_share * national_share * all_old : national_share * old[r];
}

}  // namespace

std::vector<PlaceInput> places_of(const scenario::Region& region) {
    std::vector<PlaceInput> places;
    places.reserve(region.municipalities.size());
    for (const auto& m : region.municipalities) {
        PlaceInput place;
        place.key = static_cast<std::uint64_t>(m.nis);
        place.region = m.region;
        for (std::size_t s = 0; s < 2; ++s)
            for (std::size_t b = 0; b < bands; ++b)
                place.count[s][b] = m.population[s][b];
        place.income_index = m.income_index;
        place.one_person_share = m.one_person_household_share;
        place.bim_share = m.bim_share;
        places.push_back(place);
    }
    return places;
}

Margins read_margins(const scenario::Region& region, const BuildParameters& parameters) {
    Problems problems;
    Margins out;
    for (const auto& m : region.municipalities)
        for (std::size_t s = 0; s < 2; ++s)
            for (std::size_t b = 0; b < bands; ++b)
                out.population[static_cast<std::size_t>(m.region)][s][b] += m.population[s][b];
    read_households(region, out, problems);
    Reading education(region, "education", problems);
    read_shares<3>(education, {"low", "middle", "high"}, out.education);
    Reading work(region, "employment", problems);
    read_shares<work_kinds>(work, {"employed", "unemployed", "disabled", "student", "retired", "inactive"}, out.work);
    read_bim(region, out, problems);
    read_lifestyle(region, out, problems);
    read_residents(region, parameters, out, problems);
    if (problems.any())
        throw BadInput(std::move(problems));
    return out;
}

namespace {

/// Municipalities of a region in the order of income, cut into groups of about equal population.
std::vector<std::vector<std::size_t>> income_groups(std::span<const PlaceInput> places, int region, int per_million) {
    std::vector<std::size_t> order;
    double people = 0;
    for (std::size_t i = 0; i < places.size(); ++i)
        if (places[i].region == region) {
            order.push_back(i);
            people += places[i].inhabitants();
        }
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return places[a].income_index != places[b].income_index ? places[a].income_index < places[b].income_index : places[a].key < places[b].key;
    });
    if (order.empty())
        return {};
    const int wanted = std::clamp(static_cast<int>(people * per_million / 1e6 + 0.5), std::min(3, static_cast<int>(order.size())), static_cast<int>(order.size()));
    std::vector<std::vector<std::size_t>> groups(static_cast<std::size_t>(wanted));
    double before = 0;
    for (const std::size_t i : order) {
        const double middle = before + places[i].inhabitants() / 2.0;
        groups[std::min(groups.size() - 1, static_cast<std::size_t>(middle * wanted / people))].push_back(i);
        before += places[i].inhabitants();
    }
    return groups;
}

PlaceInput pooled(std::span<const PlaceInput> places, const std::vector<std::size_t>& group, BySexBand<double>& sum) {
    PlaceInput out;
    double people = 0;
    out.income_index = out.one_person_share = out.bim_share = 0;
    for (const std::size_t i : group) {
        const double n = places[i].inhabitants();
        people += n;
        out.region = places[i].region;
        out.income_index += n * places[i].income_index;
        out.one_person_share += n * places[i].one_person_share;
        out.bim_share += n * places[i].bim_share;
        for (std::size_t s = 0; s < 2; ++s)
            for (std::size_t b = 0; b < bands; ++b)
                sum[s][b] += places[i].count[s][b];
    }
    out.income_index /= people;
    out.one_person_share /= people;
    out.bim_share /= people;
    return out;
}

}  // namespace

std::vector<PlaceInput> strata_of(const scenario::Region& region, const BuildParameters& parameters) {
    const auto places = places_of(region);
    double people = 0;
    for (const auto& place : places)
        people += place.inhabitants();
    const double scale = parameters.reference_persons / std::max(1.0, people);
    std::vector<PlaceInput> strata;
    for (int r = 0; r < regions; ++r) {
        // Remainders are carried from stratum to stratum, so that each region, sex and age has its share to within a person.
        BySexBand<double> carried{};
        for (auto& row : carried)
            row.fill(0.5);
        for (const auto& group : income_groups(places, r, parameters.strata_per_million)) {
            if (group.empty())
                continue;
            BySexBand<double> sum{};
            PlaceInput stratum = pooled(places, group, sum);
            stratum.key = 1000000u + strata.size();
            for (std::size_t s = 0; s < 2; ++s)
                for (std::size_t b = 0; b < bands; ++b) {
                    carried[s][b] += sum[s][b] * scale;
                    stratum.count[s][b] = static_cast<std::int32_t>(carried[s][b]);
                    carried[s][b] -= stratum.count[s][b];
                }
            strata.push_back(stratum);
        }
    }
    return strata;
}

}  // namespace tresse::build
