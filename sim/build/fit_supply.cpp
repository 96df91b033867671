#include "tresse/build/fit_supply.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "tresse/build/providers.hpp"

namespace tresse::build {

namespace {

using world::Provider;

/// Posts per 10,000 of a kind in a region; those of later kinds of its role that stand nowhere in the area are added to the first kind.
double rate_of(const model::ProviderTables& t, const world::Catalogue& c, const std::vector<bool>& present, std::size_t kind, std::size_t region) {
    double rate = static_cast<double>(t.kind[kind].posts_per_10000[region]);
    for (std::size_t k = 0; k < kind; ++k)
        if (c.kinds[k].role == c.kinds[kind].role)
            return rate;
    for (std::size_t k = kind + 1; k < c.kinds.size(); ++k)
        if (c.kinds[k].role == c.kinds[kind].role && !present[k])
            rate += static_cast<double>(t.kind[k].posts_per_10000[region]);
    return rate;
}

std::int32_t scaled(std::int32_t milli, double ratio) { return ratio == 1.0 ? milli : static_cast<std::int32_t>(static_cast<double>(milli) * ratio + 0.5); }

void fit_staff(Provider& p, double posts_ratio, double filled_ratio) {
    const std::int32_t before = p.filled_milli;
    p.posts_milli = scaled(p.posts_milli, posts_ratio);
    p.filled_milli = std::min(p.posts_milli, scaled(p.filled_milli, posts_ratio * filled_ratio));
    if (p.filled_milli == before || before == 0)
        return;
    std::int32_t rest = p.filled_milli;
    for (std::size_t band = 1; band < p.by_age_milli.size(); ++band) {
        p.by_age_milli[band] = static_cast<std::int32_t>(std::int64_t{p.by_age_milli[band]} * p.filled_milli / before);
        rest -= p.by_age_milli[band];
    }
    p.by_age_milli[0] = rest;
}

}  // namespace

void fit_supply(world::World& world, const world::Catalogue& catalogue, const model::ProviderTables& placed, const model::ProviderTables& drawn) {
    std::vector<bool> present(catalogue.kinds.size(), false);
    for (const Provider& p : world.providers)
        present[p.kind] = true;
    for (Provider& p : world.providers) {
        const auto region = p.municipality < catalogue.places.size() ? static_cast<std::size_t>(catalogue.places[p.municipality].region) : 0;
        const model::KindTable &was = placed.kind[p.kind], &is = drawn.kind[p.kind];
        const double before = rate_of(placed, catalogue, present, p.kind, region), now = rate_of(drawn, catalogue, present, p.kind, region);
        const auto filled = [](const model::KindTable& k) { return static_cast<double>(k.filled_share); };
        fit_staff(p, before > 0 && before != now ? now / before : 1.0, filled(was) > 0 && filled(was) != filled(is) ? filled(is) / filled(was) : 1.0);
        if (burnt_out_share(drawn, is) != burnt_out_share(placed, was) || before != now || filled(was) != filled(is))
            p.burnt_out_milli = std::min(p.filled_milli, static_cast<std::int32_t>(p.filled_milli * burnt_out_share(drawn, is) + 0.5));
        if (was.target_use != is.target_use)
            p.load_permille = static_cast<std::uint32_t>(static_cast<double>(is.target_use) * 1000 + 0.5);
    }
}

}  // namespace tresse::build
