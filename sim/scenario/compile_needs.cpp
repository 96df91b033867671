#include <algorithm>
#include <cmath>

#include "compile_parts.hpp"
#include "tresse/model/contacts.hpp"

namespace tresse::scenario {

namespace {

using model::Mix;
using model::NeedTables;

/// One source of need asks for `units_year` of a service on lines of `count` units, some of which hold one more.
void ask(Mix& mix, int service, double units_year, int count, double again = 0) {
    if (!(units_year > 0)) return;
    const auto s = static_cast<std::size_t>(service);
    mix.count[s] = static_cast<std::uint16_t>(count);
    mix.again[s] = static_cast<std::uint16_t>(std::min(1.0, again) * 256.0 + 0.5);
    mix.rate_month[s] += static_cast<float>(units_year / mix.mean_units(s) / 12.0);
}

/// Chance that a visit for a new complaint has a second in its month. The factor of its kind brings the share of people with any visit to the published one.
double again_of(const Draws& draws, const ServiceSpec& spec) {
    if (!spec.numbers.has("baseline.again")) return 0;
    const char* factor = spec.service.gp_contact ? "again.gp_contact" : spec.service.specialist_contact ? "again.specialist_contact" : "";
    return draws(spec.numbers.one("baseline.again")) * draws.region.factors.factor(factor);
}

Mix empty_mix(const Library& library) {
    Mix mix;
    for (std::size_t s = 0; s < library.services.size(); ++s) mix.count[s] = static_cast<std::uint16_t>(library.services[s].series);
    return mix;
}

void baseline_rows(const Draws& draws, NeedTables& out) {
    const Library& library = draws.library;
    for (int resident = 0; resident < 2; ++resident)
        for (int sex = 0; sex < 2; ++sex)
            for (int band = 0; band < model::age_bands; ++band) {
                Mix mix = empty_mix(library);
                for (std::size_t s = 0; s < library.services.size(); ++s) {
                    const ServiceSpec& spec = library.services[s];
                    if (!spec.has_baseline) continue;
                    const bool in_home = resident == 1 && band >= world::age_band(65);
                    const Uncertain& units = in_home ? spec.numbers.one("baseline.residents") : spec.numbers.list(sex == 0 ? "baseline.women" : "baseline.men")[static_cast<std::size_t>(band)];
                    ask(mix, static_cast<int>(s), draws(units) * draws(spec.numbers.one("baseline.level")), spec.series, in_home ? 0.0 : again_of(draws, spec));
                }
                out.mix.push_back(mix);
            }
}

void dependence_rows(const Draws& draws, NeedTables& out) {
    out.mix_dependence = static_cast<int>(out.mix.size());
    for (std::size_t katz = 0; katz < 3; ++katz) {
        Mix mix = empty_mix(draws.library);
        for (const PlannedCare& care : draws.library.dependence_care) {
            const int service = draws.library.service(care.service);
            ask(mix, service, draws(care.per_year[katz]), draws.library.services[static_cast<std::size_t>(service)].series);
        }
        out.mix.push_back(mix);
    }
}

/// Planned care of each stage. The stages multiply a row by the share really received; what is real use already is raised by its inverse.
void condition_rows(const Draws& draws, model::Tables& tables) {
    const Library& library = draws.library;
    for (std::size_t c = 0; c < library.conditions.size(); ++c) {
        const ConditionSpec& spec = library.conditions[c];
        model::ConditionTable& table = tables.disease.condition[c];
        for (std::size_t stage = 1; stage <= spec.stages.size(); ++stage) {
            Mix mix = empty_mix(library);
            for (const PlannedCare& care : spec.planned) {
                const int service = library.service(care.service);
                const double units = draws(care.per_year[stage - 1]);
                const double series = care.lines_per_year > 0 ? std::max(1.0, std::floor(care.per_year[stage - 1].value / care.lines_per_year + 0.5))
                                                              : library.services[static_cast<std::size_t>(service)].series;
                const double received = care.all_received ? static_cast<double>(table.received_share) : 1.0;
                ask(mix, service, units / received, static_cast<int>(std::min(series, 60000.0)));
            }
            table.mix[stage] = static_cast<std::uint8_t>(tables.need.mix.size());
            tables.need.mix.push_back(mix);
        }
    }
}

void service_numbers(const Draws& draws, NeedTables& out) {
    const Library& library = draws.library;
    for (auto& months : out.season) months.fill(1.0f);
    out.service_overlap.fill(out.overlap);
    for (std::size_t s = 0; s < library.services.size(); ++s) {
        const ServiceSpec& spec = library.services[s];
        if (spec.overlap >= 0) out.service_overlap[s] = static_cast<float>(spec.overlap);
        if (!spec.numbers.has("season")) continue;
        draws.fill(spec.numbers.list("season"), out.season[s]);
        to_mean_one(out.season[s]);
    }
}

}  // namespace

void make_alias(Mix& mix, const std::array<float, model::limit::services>& headroom) {
    constexpr std::size_t columns = static_cast<std::size_t>(world::limit::services);
    constexpr std::int64_t full = 65536;
    std::array<double, columns> envelope{};
    double total = 0;
    for (std::size_t s = 0; s < columns; ++s) total += envelope[s] = static_cast<double>(mix.rate_month[s]) * static_cast<double>(headroom[s]);
    mix.total_month = static_cast<float>(total);
    for (std::size_t s = 0; s < columns; ++s) mix.threshold[s] = 65535, mix.alias[s] = static_cast<std::uint8_t>(s);
    if (!(total > 0)) return;
    // shares in whole 65536ths of a column, by largest remainder, so that the parts add to 64 columns exactly
    std::array<std::int64_t, columns> part{};
    std::array<double, columns> rest{};
    std::int64_t given = 0;
    for (std::size_t s = 0; s < columns; ++s) {
        const double exact = envelope[s] / total * static_cast<double>(full * static_cast<std::int64_t>(columns));
        part[s] = static_cast<std::int64_t>(exact);
        rest[s] = exact - static_cast<double>(part[s]);
        given += part[s];
    }
    while (given < full * static_cast<std::int64_t>(columns)) {
        const auto next = static_cast<std::size_t>(std::max_element(rest.begin(), rest.end()) - rest.begin());
        part[next] += 1, rest[next] = -1, given += 1;
    }
    std::vector<std::size_t> small, large;
    for (std::size_t s = 0; s < columns; ++s) (part[s] < full ? small : large).push_back(s);
    while (!small.empty() && !large.empty()) {
        const std::size_t low = small.back(), high = large.back();
        small.pop_back();
        mix.threshold[low] = static_cast<std::uint16_t>(part[low]);
        mix.alias[low] = static_cast<std::uint8_t>(high);
        part[high] -= full - part[low];
        if (part[high] >= full) continue;
        large.pop_back();
        small.push_back(high);
    }
    // what is left are full columns: threshold 65535 and alias to themselves, as set above
}

void compile_needs(const Draws& draws, model::Tables& tables) {
    const Library& library = draws.library;
    NeedTables& out = tables.need;
    out.overlap = draws.one("behaviour.need.overlap");
    out.headroom = draws.one("behaviour.need.headroom");
    out.volume_drift = draws.one("behaviour.need.volume_drift");
    out.bim_ratio = draws.one("behaviour.need.bim_ratio");
    out.exacerbation_service = library.service(library.named_services[0]);
    out.emergency_service = library.service(library.named_services[1]);
    out.out_of_hours_service = library.service(library.named_services[2]);
    service_numbers(draws, out);
    baseline_rows(draws, out);
    dependence_rows(draws, out);
    condition_rows(draws, tables);
}

void compile_envelope(model::Tables& tables) {
    tables.need.service_headroom = model::service_headroom(tables);
    for (Mix& mix : tables.need.mix) make_alias(mix, tables.need.service_headroom);
}

}  // namespace tresse::scenario
