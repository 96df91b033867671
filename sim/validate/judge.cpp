#include "tresse/validate/judge.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "tresse/core/check.hpp"
#include "tresse/core/stats.hpp"
#include "tresse/core/text/catalogue.hpp"

#include "measures.hpp"

namespace tresse::validate {

using scenario::Band;
using scenario::BandWhere;

namespace {

constexpr double two_sided = 1.96;

/// Groups of ages of rows "by age", and the smallest number of expected cases that a group is shown with.
constexpr std::array<std::array<int, 2>, 6> ages = {{{0, 24}, {25, 44}, {45, 64}, {65, 74}, {75, 84}, {85, 120}}};
constexpr double least_cases = 2000;

bool applies(const Band& b, const Evidence& e) {
    const bool country = e.country(), whole = e.whole_region();
    switch (b.where) {
    case BandWhere::country:
        return country;
    case BandWhere::region:
        return b.region < 0 ? country : country || (whole && e.region() == b.region);
    case BandWhere::local:
        return !country;
    case BandWhere::any:
        return true;
    }
    return false;
}

/// The rows that a line of the file stands for.
std::vector<Row> rows_of(const Band& b, const Evidence& e) {
    const world::Catalogue& c = *e.scenario->catalogue;
    std::vector<Row> out;
    const std::string of = b.of.substr(0, b.of.find('/'));
    if (of != "*" || b.measure != "prevalence") {
        Row row{b, c.condition(of), ""};
        out.push_back(std::move(row));
        return out;
    }
    for (std::size_t k = 0; k < c.conditions.size(); ++k) {
        const auto table = e.scenario->region->prevalence.find(c.conditions[k].id);
        if (table == e.scenario->region->prevalence.end())
            continue;
        Row row{b, static_cast<int>(k), ""};
        row.band.of = c.conditions[k].id;
        row.band.id = b.id + "_" + c.conditions[k].id;
        if (!b.of.ends_with("/by_age")) {
            out.push_back(row);
            continue;
        }
        const auto people = pack_people(e);
        for (int s = 0; s < 2; ++s)
            for (const auto& [from, to] : ages) {
                double expected = 0;
                for (std::size_t f = 0; f < fives; ++f)
                    if (static_cast<int>(f) * 5 + 4 >= from && static_cast<int>(f) * 5 <= to)
                        expected += table->second[static_cast<std::size_t>(s)][f] * people[static_cast<std::size_t>(s)][f];
                if (expected < least_cases)
                    continue;
                Row cell = row;
                cell.band.sex = s, cell.band.age_from = from, cell.band.age_to = to;
                cell.band.id += std::string(s == 0 ? "_F_" : "_M_") + std::to_string(from);
                out.push_back(std::move(cell));
            }
    }
    return out;
}

Finding silent(const Band& b, const std::string& label, const std::string& why) {
    Finding f;
    f.id = b.id, f.label = label, f.group = b.group, f.unit = b.unit, f.source = b.source, f.why = why, f.year = b.year;
    f.published = f.target = b.value ? *b.value : 0;
    f.must = b.must;
    f.part = !b.must && b.sex >= 0 && (b.measure == "prevalence" || b.measure == "utility" || b.measure == "deaths_of_table");
    return f;
}

Finding judged(const Row& row, const Evidence& e) {
    const MeasureWord* word = find_measure(row.band.measure);
    Finding f = silent(row.band, label_of(row, e), row.band.why);
    if (word == nullptr)
        return f;
    const measure::Value from_pack = !row.band.value && word->target != nullptr ? word->target(row, e) : measure::Value();
    const double target = row.band.value ? *row.band.value * row.band.factor : from_pack.value_or(std::numeric_limits<double>::quiet_NaN());
    std::vector<double> values;
    double error = 0;
    bool shared = false;
    for (const Future& future : e.futures) {
        const Measured m = word->measured(row, future, e);
        if (!m.value)
            continue;
        values.push_back(*m.value);
        error = std::max(error, m.error);
        shared = m.shared;
    }
    if (std::isnan(target) || values.empty())
        return f;
    const Summary s = summary(values);
    f.target = target;
    f.published = row.band.value ? *row.band.value : target;
    f.simulated = mean_interval(values, 0.95);
    f.band = row.band.relative ? row.band.band / 100 * std::fabs(f.target) : row.band.band;
    const auto n = static_cast<double>(values.size());
    const double between = n > 1 ? std::sqrt(s.variance / n) : 0;
    f.chance = two_sided * std::max(between, shared ? error : error / std::sqrt(n));
    f.off = std::max(0.0, std::fabs(f.simulated.middle - f.target) - f.chance) / f.band;
    f.outcome = f.off <= 1 ? Outcome::pass : f.off <= 2 ? Outcome::near : Outcome::fail;
    return f;
}

}  // namespace

int Evidence::region() const {
    int found = -1;
    for (const int m : scenario->area.municipalities) {
        const int r = scenario->region->municipalities[static_cast<std::size_t>(m)].region;
        if (found >= 0 && r != found)
            return -1;
        found = r;
    }
    return found;
}

bool Evidence::whole_region() const {
    const int r = region();
    if (r < 0)
        return false;
    const auto& all = scenario->region->municipalities;
    const auto of_region = std::count_if(all.begin(), all.end(), [&](const scenario::Municipality& m) { return m.region == r; });
    return static_cast<std::size_t>(of_region) == scenario->area.municipalities.size();
}

std::string_view outcome_word(Outcome outcome) {
    switch (outcome) {
    case Outcome::pass:
        return "pass";
    case Outcome::near:
        return "near";
    case Outcome::fail:
        return "fail";
    case Outcome::not_modelled:
        break;
    }
    return "not modelled";
}

int Validation::count(Outcome outcome, bool must_only) const {
    return static_cast<int>(std::count_if(rows.begin(), rows.end(), [&](const Finding& f) { return f.outcome == outcome && (f.must || !must_only); }));
}

const std::vector<MeasureWord>& measures() {
    static const std::vector<MeasureWord> all = [] {
        std::vector<MeasureWord> list = people_measures();
        for (const MeasureWord& m : care_measures())
            list.push_back(m);
        return list;
    }();
    return all;
}

const MeasureWord* find_measure(std::string_view word) {
    for (const MeasureWord& m : measures())
        if (m.word == word)
            return &m;
    return nullptr;
}

std::vector<std::string> measure_words() {
    std::vector<std::string> out;
    for (const MeasureWord& m : measures())
        out.emplace_back(m.word);
    return out;
}

void check_bands(const scenario::Bands& bands, const scenario::Scenario& s, const std::string& file, Problems& problems) {
    std::vector<std::string> conditions;
    for (const auto& c : s.catalogue->conditions)
        conditions.push_back(c.id);
    const auto wrong = [&](const Band& b, const std::string& where, const std::string& word, const std::vector<std::string>& known) {
        const std::string near = nearest(word, known);
        problems.add(file, b.line, where, "\"" + word + "\" is not known here." + (near.empty() ? "" : " Nearest: " + near));
    };
    for (const Band& b : bands.rows) {
        if (b.measure == "none" || b.of == "none")
            continue;
        if (find_measure(b.measure) == nullptr) {
            wrong(b, "measure", b.measure, measure_words());
            continue;
        }
        const std::string of = b.of.substr(0, b.of.find('/'));
        if ((b.measure == "prevalent" || b.measure == "prevalent_share" || b.measure == "onsets" || (b.measure == "prevalence" && of != "*")) && s.catalogue->condition(of) < 0)
            wrong(b, "of", of, conditions);
        if (b.measure == "paid" && b.of.find('/') == std::string::npos)
            problems.add(file, b.line, "of", "wanted account/rule+rule, found \"" + b.of + "\".");
    }
}

Validation judge(const scenario::Bands& bands, const Evidence& e) {
    TRESSE_CHECK(!e.futures.empty(), "something was simulated before it is judged");
    for (const Future& f : e.futures)
        TRESSE_CHECK(!f.record->years.empty() && f.record->years.front().months == 12 && f.record->years.front().has_census, "the base year has twelve months from a January on");
    Validation out;
    for (const Band& b : bands.rows) {
        if (!applies(b, e))
            continue;
        if (b.measure == "none" || b.of == "none") {
            out.rows.push_back(silent(b, "", b.why));
            continue;
        }
        for (const Row& row : rows_of(b, e))
            out.rows.push_back(judged(row, e));
    }
    return out;
}

}  // namespace tresse::validate
