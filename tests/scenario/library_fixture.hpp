#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "tresse/core/file.hpp"
#include "tresse/scenario/library.hpp"
#include "tresse/scenario/library_tables.hpp"

/// The shipped library and region pack, and what the tables expect of Belgium by arithmetic: no persons, no luck, conditions taken as independent.
namespace library_fixture {

using namespace tresse;
using namespace tresse::scenario;

inline std::string folder() { return std::string(TRESSE_SOURCE_DIR) + "/scenarios/library"; }

inline const Library& shipped() {
    static const Library library = [] {
        Problems problems;
        Library out = load_library(folder(), problems);
        INFO(problems.text());
        REQUIRE_FALSE(problems.any());
        return out;
    }();
    return library;
}

inline const Region& belgium() {
    // without the fitted factors: these tests hold the library against its own sources
    static const Region region = [] {
        Region r = load_region(std::string(TRESSE_SOURCE_DIR) + "/scenarios/belgium");
        r.factors = {};
        return r;
    }();
    return region;
}

inline const model::Tables& tables() {
    static const model::Tables out = tables_of(shipped(), belgium(), 1, 0);
    return out;
}

/// Inhabitants of Belgium by sex and age in years.
inline const std::array<std::array<double, model::ages>, 2>& people() {
    static const auto out = [] {
        std::array<std::array<double, model::ages>, 2> n{};
        for (const Municipality& m : belgium().municipalities)
            for (std::size_t sex = 0; sex < 2; ++sex)
                for (std::size_t age = 0; age < model::ages; ++age) {
                    const auto band = static_cast<std::size_t>(model::five_year_band(static_cast<int>(age)));
                    n[sex][age] += m.population[sex][band] / (band == 20 ? 11.0 : 5.0);
                }
        return n;
    }();
    return out;
}

inline double inhabitants() {
    double sum = 0;
    for (const auto& sex : people())
        for (const double n : sex) sum += n;
    return sum;
}

/// Share that lives in a nursing home.
inline double resident(int sex, int age) {
    const auto& d = tables().dependence.share_by_age[static_cast<std::size_t>(sex)];
    return age < 65 ? 0.0 : static_cast<double>(age < 75 ? d[0] : age < 85 ? d[1] : d[2]);
}

/// Share of patients of a stage who are known: all in the stages that are always known, the rest so that the whole agrees.
inline double known(const model::ConditionTable& c, int stage) {
    double high = 0;
    for (int k = c.always_diagnosed_from; k <= c.stages; ++k) high += static_cast<double>(c.stage_share[static_cast<std::size_t>(k)]);
    return stage >= c.always_diagnosed_from ? 1.0 : high < 1 ? (static_cast<double>(c.diagnosed_share) - high) / (1 - high) : 1.0;
}

/// Units and lines a head and year that the mixes ask for, by service.
struct Asked {
    std::array<double, model::limit::services> units{}, lines{};
    double total_lines = 0;
};

/// Largest + overlap x (sum - largest) of independent conditions: mean of the sum, and mean of the largest by its distribution.
inline double of_conditions(int service, int sex, int age, bool lines) {
    const model::Tables& t = tables();
    const auto s = static_cast<std::size_t>(service);
    struct Part {
        double share, rate;
    };
    std::vector<std::vector<Part>> conditions;
    std::vector<double> steps{0};
    double sum = 0;
    for (int c = 0; c < t.disease.conditions; ++c) {
        const model::ConditionTable& k = t.disease.condition[static_cast<std::size_t>(c)];
        std::vector<Part> parts;
        for (int stage = 1; stage <= k.stages; ++stage) {
            const model::Mix& mix = t.need.mix[k.mix[static_cast<std::size_t>(stage)]];
            const double share = static_cast<double>(k.prevalence[static_cast<std::size_t>(sex)][static_cast<std::size_t>(age)] * k.stage_share[static_cast<std::size_t>(stage)]) * known(k, stage);
            const double rate = 12.0 * static_cast<double>(mix.rate_month[s] * k.received_share) * (lines ? 1.0 : mix.mean_units(s));
            if (rate <= 0) continue;
            parts.push_back({share, rate});
            steps.push_back(rate);
            sum += share * rate;
        }
        if (!parts.empty()) conditions.push_back(parts);
    }
    std::sort(steps.begin(), steps.end());
    double largest = 0;
    for (std::size_t i = 0; i + 1 < steps.size(); ++i) {
        double none_above = 1;
        for (const auto& parts : conditions) {
            double above = 0;
            for (const Part& p : parts) above += p.rate > steps[i] ? p.share : 0;
            none_above *= 1 - above;
        }
        largest += (steps[i + 1] - steps[i]) * (1 - none_above);
    }
    return largest + static_cast<double>(t.need.service_overlap[s]) * (sum - largest);
}

inline Asked asked() {
    const model::Tables& t = tables();
    Asked out;
    const double bim = 1.0 + 0.21 * (static_cast<double>(t.need.bim_ratio) - 1.0);   // 21 % of people have increased reimbursement
    for (std::size_t s = 0; s < shipped().services.size(); ++s) {
        for (int sex = 0; sex < 2; ++sex)
            for (int age = 0; age < model::ages; ++age) {
                const double n = people()[static_cast<std::size_t>(sex)][static_cast<std::size_t>(age)] / inhabitants(), in_home = resident(sex, age);
                double lines = of_conditions(static_cast<int>(s), sex, age, true), units = of_conditions(static_cast<int>(s), sex, age, false);
                for (int r = 0; r < 2; ++r) {
                    const model::Mix& mix = t.need.mix[static_cast<std::size_t>(model::NeedTables::baseline_row(r, sex, world::age_band(age)))];
                    const double rate = 12.0 * static_cast<double>(mix.rate_month[s]) * bim * (r == 1 ? in_home : 1 - in_home);
                    lines += rate, units += rate * mix.mean_units(s);
                }
                for (std::size_t katz = 1; age >= 65 && katz < 4; ++katz) {
                    const model::Mix& mix = t.need.mix[static_cast<std::size_t>(t.need.mix_dependence) + katz - 1];
                    const double rate = 12.0 * static_cast<double>(mix.rate_month[s]) * (1 - in_home) * static_cast<double>(t.dependence.share_home[katz]);
                    lines += rate, units += rate * mix.mean_units(s);
                }
                out.units[s] += n * units, out.lines[s] += n * lines;
            }
        out.total_lines += out.lines[s];
    }
    return out;
}

inline const Asked& belgian_use() {
    static const Asked out = asked();
    return out;
}

inline double units(const std::string& service) {
    const int s = shipped().service(service);
    REQUIRE(s >= 0);
    return belgian_use().units[static_cast<std::size_t>(s)];
}

/// People at home from 65 on.
inline double at_home_65() {
    double n = 0;
    for (int sex = 0; sex < 2; ++sex)
        for (int age = 65; age < model::ages; ++age) n += people()[static_cast<std::size_t>(sex)][static_cast<std::size_t>(age)] * (1 - resident(sex, age));
    return n;
}

}  // namespace library_fixture
