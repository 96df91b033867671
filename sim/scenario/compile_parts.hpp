#pragma once

#include <array>
#include <span>
#include <string_view>

#include "tresse/core/check.hpp"
#include "tresse/core/math.hpp"
#include "tresse/model/tables.hpp"
#include "tresse/scenario/library_tables.hpp"

/// Parts of the compilation of tables, one file a subject.
namespace tresse::scenario {

/// The numbers of one parameter draw.
class Draws {
public:
    Draws(const Library& library, const Region& region, std::uint64_t seed, int number);

    const Library& library;
    const Region& region;

    double operator()(const Uncertain& u) const { return u.drawn(seed_, number_); }
    /// A single number of the stages' files: "hospital.after.decline_prob".
    float one(std::string_view key) const { return static_cast<float>((*this)(library.parameters.one(key))); }
    template <std::size_t n>
    void list(std::string_view key, std::array<float, n>& out) const { fill(library.parameters.list(key), out); }
    /// Requires: `out` is as long as `from`, or longer: what is beyond stays.
    void fill(const std::vector<Uncertain>& from, std::span<float> out) const;

    /// Inhabitants of the region pack by region, sex and five-year age.
    std::array<std::array<std::array<double, model::five_year_bands>, 2>, model::regions> inhabitants{};
    double inhabitants_of(int region) const;
    double inhabitants_of(int sex, int first_age, int last_age) const;

private:
    std::uint64_t seed_;
    int number_;
};

inline float log_f(float ratio) { return ratio > 0 ? static_cast<float>(log_d(static_cast<double>(ratio))) : 0.0f; }
/// Brings the mean to 1.
template <std::size_t n>
void to_mean_one(std::array<float, n>& values) {
    double sum = 0;
    for (const float v : values) sum += static_cast<double>(v);
    TRESSE_CHECK(sum > 0, "a shape has something in it");
    for (float& v : values) v = static_cast<float>(static_cast<double>(v) * static_cast<double>(n) / sum);
}

void compile_diseases(const Draws& draws, model::Tables& tables);
/// Needs the diseases.
void compile_needs(const Draws& draws, model::Tables& tables);
void compile_population(const Draws& draws, model::Tables& tables);
/// Yearly arrivals with which each region follows the official outlook of its inhabitants, given births, deaths and departures. Needs the population.
/// Formula: cohorts by single age, a year at a time; constant arrivals between the years of the outlook, solved.
void compile_outlook(const Draws& draws, model::Tables& tables);
/// Needs the diseases and the mortality.
void compile_hospital(const Draws& draws, model::Tables& tables);
void compile_dependence(const Draws& draws, model::Tables& tables);
void compile_work(const Draws& draws, model::Tables& tables);
void compile_providers(const Draws& draws, model::Tables& tables);

/// Fitted factors of the region pack on what the others have made; before the envelope.
void compile_factors(const Draws& draws, model::Tables& tables);

/// Completes thresholds and aliases of a mix from its rates. Sampling a column by x * 64 and then own or alias gives the rates' shares, each exact to
/// 64 / 65536 of a column.
void make_alias(model::Mix& mix, const std::array<float, model::limit::services>& headroom);
/// Headroom of every service and the alias columns made with it; after behaviour is known.
void compile_envelope(model::Tables& tables);

}  // namespace tresse::scenario
