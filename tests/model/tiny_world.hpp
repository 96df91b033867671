#pragma once

#include <memory>

#include "tresse/model/rehouse.hpp"
#include "tresse/model/step.hpp"

/// A world built in code: two neighbourhoods of one municipality, six providers, two conditions, eight services. Numbers are round and invented.
namespace tresse::tiny {

struct Setup {
    std::unique_ptr<world::Catalogue> catalogue;
    std::unique_ptr<model::Tables> tables;
    std::vector<funding::Tariffs> tariffs;
    world::World world;

    /// Rules of an arm that changes nothing.
    model::Rules rules(std::uint64_t seed = 7) const;
};

struct Options {
    int persons = 60;
    int capacity = 64;
    double death_per_year = 0.02;
    double onset_per_year = 0.05;
    double contacts_per_year = 6;
    int gp_minutes_month = 100000;
    int settling = 3;
};

Setup make(const Options& options = {});

}  // namespace tresse::tiny
