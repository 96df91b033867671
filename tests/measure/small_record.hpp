#pragma once

#include "tresse/measure/record.hpp"
#include "tresse/world/catalogue.hpp"

/// A catalogue and records small enough to do every score by hand.
namespace tresse::measure::test {

/// Accounts: 0 nihdi_health_care, 1 nihdi_benefits, 2 flemish_community, 3 household, 4 organisation; then 5
/// income_gp_practice, 6 financing_nihdi_health_care, 7 wages, 8 outside. Kinds: 0 gp_practice, 1 home_team, 2 pharmacy.
inline world::Catalogue small_catalogue() {
    world::Catalogue c;
    for (const char* id : {"gp", "home_nursing", "pharmacist"}) {
        world::Role role;
        role.id = id;
        c.roles.push_back(role);
    }
    int role = 0;
    for (const char* id : {"gp_practice", "home_team", "pharmacy"}) {
        world::ProviderKind kind;
        kind.id = id;
        kind.role = role++;
        c.kinds.push_back(kind);
    }
    using world::Level;
    const auto account = [&](const char* id, Level level) { c.accounts.push_back({id, level, LocalText(id), std::string(id) == "nihdi_benefits" ? world::AccountUse::income_replacement : world::AccountUse::care}); };
    account("nihdi_health_care", Level::federal);
    account("nihdi_benefits", Level::federal);
    account("flemish_community", Level::federated);
    account("household", Level::private_);
    account("organisation", Level::organisation);
    c.first_flow = 5;
    for (const char* id : {"income_gp_practice", "financing_nihdi_health_care", "wages", "outside"})
        account(id, Level::flow);
    c.places.resize(2);
    return c;
}

inline world::BookShape small_shape() {
    return world::BookShape::of(1, 1, 1, 1, 1);
}

/// A year of 12 months without anybody in it.
inline YearRecord empty_year(int year) {
    YearRecord y;
    y.year = year, y.months = 12, y.has_census = true;
    y.book = world::Book(small_shape());
    y.kinds.resize(3);
    y.place_kinds.resize(6);
    y.places.resize(2);
    for (auto& p : y.places)
        p.counts.assign(static_cast<std::size_t>(world::GroupCount::count), 0);
    y.place_months_under_75.assign(2, 0);
    return y;
}

inline RunRecord empty_record(int years) {
    RunRecord r;
    r.start.by_group.assign(world::groups, 0);
    r.start.by_place.assign(2, 0);
    for (int y = 0; y < years; ++y)
        r.years.push_back(empty_year(2026 + y));
    return r;
}

/// Group of a woman without increased reimbursement.
constexpr int woman(int quintile, int age) {
    return world::group_index(quintile, 0, world::age_band(age), 0);
}

}  // namespace tresse::measure::test
