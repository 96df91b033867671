#include "tresse/build/reference.hpp"

#include "tresse/build/health.hpp"
#include "tresse/build/households.hpp"
#include "tresse/build/social.hpp"

namespace tresse::build {

std::int64_t Reference::persons() const {
    std::int64_t n = 0;
    for (const auto& settlement : sample)
        n += static_cast<std::int64_t>(settlement.people.size());
    return n;
}

Reference make_reference(const scenario::Region& region, const world::Catalogue& catalogue, model::Tables& tables, std::uint64_t seed,
                         Completion* completion, const BuildParameters& parameters) {
    Reference out;
    out.seed = seed;
    out.parameters = parameters;
    out.margins = read_margins(region, parameters);
    const auto places = places_of(region);
    out.strata = strata_of(region, parameters);
    double all = 0;
    for (const auto& place : places) {
        out.inhabitants[static_cast<std::size_t>(place.region)] += place.inhabitants();
        all += place.inhabitants();
    }
    out.norms.living = solve_living(out.margins, places, tables.dependence, parameters);
    for (const auto& stratum : out.strata)
        out.sample.push_back(settle(stratum, out.norms.living, parameters, seed));
    out.weight = all / static_cast<double>(out.persons() > 0 ? out.persons() : 1);
    out.norms.social = solve_social(out.sample, out.strata, places, out.margins, parameters, seed);
    out.norms.health = solve_health(out.sample, out.strata, catalogue, tables, out.norms.social, parameters, seed);
    const auto repairs = repair_prevalence(tables, out, catalogue);
    // The table was raised where it fell faster than deaths and recovery allow: the sample must have the people of the table in use.
    if (!repairs.empty())
        out.norms.health = solve_health(out.sample, out.strata, catalogue, tables, out.norms.social, parameters, seed);
    Completion done = complete_tables(tables, out, catalogue);
    done.repairs.insert(done.repairs.begin(), repairs.begin(), repairs.end());
    out.need = done.need;
    if (completion != nullptr)
        *completion = std::move(done);
    return out;
}

}  // namespace tresse::build
