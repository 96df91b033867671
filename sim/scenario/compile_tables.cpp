#include <algorithm>

#include "compile_parts.hpp"
#include "tresse/scenario/scenario.hpp"

namespace tresse::scenario {

Draws::Draws(const Library& of, const Region& pack, std::uint64_t seed, int number) : library(of), region(pack), seed_(seed), number_(number) {
    for (const Municipality& m : pack.municipalities)
        for (std::size_t sex = 0; sex < 2; ++sex)
            for (std::size_t band = 0; band < m.population[sex].size(); ++band) inhabitants[static_cast<std::size_t>(m.region)][sex][band] += m.population[sex][band];
}

void Draws::fill(const std::vector<Uncertain>& from, std::span<float> out) const {
    TRESSE_CHECK(from.size() <= out.size(), "lists of the library have the length that their reader checked");
    for (std::size_t i = 0; i < from.size(); ++i) out[i] = static_cast<float>((*this)(from[i]));
}

double Draws::inhabitants_of(int in) const {
    double sum = 0;
    for (const auto& sex : inhabitants[static_cast<std::size_t>(in)])
        for (const double n : sex) sum += n;
    return sum;
}

double Draws::inhabitants_of(int sex, int first_age, int last_age) const {
    double sum = 0;
    for (const auto& in : inhabitants)
        for (int age = first_age; age <= last_age && age < model::ages; ++age) {
            const auto band = static_cast<std::size_t>(model::five_year_band(age));
            sum += in[static_cast<std::size_t>(sex)][band] / (band == model::five_year_bands - 1 ? 11.0 : 5.0);
        }
    return sum;
}

std::array<double, model::ages> smooth_by_age(const std::array<double, model::five_year_bands>& table) {
    constexpr auto bands = static_cast<std::size_t>(model::five_year_bands);
    std::array<double, bands> node = table;                 // value at the middle of each five-year age
    std::array<double, model::ages> out{};
    for (int round = 0; round < 30; ++round) {
        std::array<double, bands> sum{}, count{};
        for (std::size_t age = 0; age < out.size(); ++age) {
            const double at = (static_cast<double>(age) - 2.0) / 5.0;
            const auto low = at <= 0 ? std::size_t{0} : at >= static_cast<double>(bands - 1) ? bands - 1 : static_cast<std::size_t>(at);
            const std::size_t next = low + 1 < bands ? low + 1 : low;
            const double part = at <= 0 || low == next ? 0.0 : at - static_cast<double>(low);
            const double value = node[low] + part * (node[next] - node[low]);
            out[age] = value > 0 ? value : 0.0;
            const auto band = static_cast<std::size_t>(model::five_year_band(static_cast<int>(age)));
            sum[band] += out[age], count[band] += 1;
        }
        for (std::size_t b = 0; b < bands; ++b) node[b] += table[b] - sum[b] / count[b];
    }
    return out;
}

namespace {

void compile_behaviour(const Draws& draws, model::Tables& tables) {
    const Library& library = draws.library;
    model::BehaviourTables& b = tables.behaviour;
    for (std::size_t s = 0; s < library.services.size(); ++s) {
        const Numbers& numbers = library.services[s].numbers;
        if (!numbers.has("elasticity")) continue;
        b.elasticity[s] = std::min(0.0f, static_cast<float>(draws(numbers.one("elasticity"))));
        b.discretionary[s] = static_cast<float>(draws(numbers.one("discretionary")));
    }
    draws.list("behaviour.price.income_ratio", b.income_ratio);
    draws.list("behaviour.price.forgone_ordinary", b.forgone_money[0]);
    draws.list("behaviour.price.forgone_increased", b.forgone_money[1]);
    for (const OnsetRatio& role : library.travel_decay) b.decay_per_minute[static_cast<std::size_t>(library.role(role.of))] = static_cast<float>(draws(role.ratio));
    draws.list("behaviour.waiting.fate", b.fate);
    b.gives_up_after_months = draws.one("behaviour.waiting.gives_up_after_months");
    b.free_share = draws.one("behaviour.price.free_share");
    b.distance_felt = draws.one("behaviour.distance.felt");
    b.choice_per_minute = draws.one("behaviour.distance.choice_per_minute");
    b.no_list_to_night_post = draws.one("behaviour.waiting.no_list_to_night_post");
    b.third_party_effect = draws.one("behaviour.price.third_party_effect");
    b.smallest_price_cents = draws.one("behaviour.price.smallest_price_eur") * 100.0f;
}

void compile_coordination(const Draws& draws, model::Tables& tables) {
    model::CoordinationTables& c = tables.coordination;
    c.weight_ties = draws.one("coordination.weight_ties");
    c.weight_record = draws.one("coordination.weight_record");
    c.weight_plan = draws.one("coordination.weight_plan");
    c.weight_manager = draws.one("coordination.weight_manager");
    c.repeated_test_share = draws.one("coordination.repeated_test_share");
    c.repeated_fall_when_shared = draws.one("coordination.repeated_fall_when_shared");
    c.continuity_causal = draws.one("coordination.continuity_causal");
    c.density_causal = draws.one("coordination.density_causal");
    c.activation_causal = draws.one("coordination.activation_causal");
    c.admission_log_ratio_coordination = log_f(draws.one("coordination.admission_ratio_coordination"));
    c.activation_admission_log_ratio = log_f(draws.one("coordination.activation_admission_ratio"));
    c.plan_per_year_today = draws.one("coordination.plan_per_year_today");
    c.shared_tie_growth = draws.one("coordination.shared_tie_growth");
    c.tie_fade = draws.one("coordination.tie_fade");
}

}  // namespace

model::Tables tables_of(const Library& library, const Region& region, std::uint64_t seed, int draw) {
    const Draws draws(library, region, seed, draw);
    model::Tables tables;
    compile_population(draws, tables);
    compile_diseases(draws, tables);
    compile_needs(draws, tables);
    compile_behaviour(draws, tables);
    compile_hospital(draws, tables);
    compile_dependence(draws, tables);
    compile_work(draws, tables);
    compile_providers(draws, tables);
    compile_coordination(draws, tables);
    compile_factors(draws, tables);
    compile_envelope(tables);
    return tables;
}

model::Tables compile_tables(const Scenario& scenario, int draw) { return tables_of(*scenario.library, *scenario.region, scenario.seed, draw); }

}  // namespace tresse::scenario
