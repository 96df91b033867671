#pragma once

#include <vector>

#include "build/small_library.hpp"
#include "tresse/build/make_world.hpp"

/// Three invented towns with a reference sample of 20,000, made once for all tests of the room.
struct ThreeTowns {
    tresse::scenario::Region region = small_library::region();
    tresse::world::Catalogue catalogue = small_library::catalogue();
    tresse::model::Tables raw = small_library::tables(region, catalogue);
    tresse::model::Tables tables = raw;
    tresse::build::Completion completion;
    tresse::build::Reference reference;

    ThreeTowns() {
        tresse::build::BuildParameters parameters;
        parameters.reference_persons = 20000;
        reference = tresse::build::make_reference(region, catalogue, tables, 1, &completion, parameters);
    }

    static const ThreeTowns& shared() {
        static const ThreeTowns made;
        return made;
    }

    tresse::world::World world(std::vector<int> area, int capacity = 2048, int sample = 1, int threads = 1, tresse::build::Placement* placement = nullptr) const {
        auto with_places = catalogue;
        for (const int m : area) {
            const auto& town = region.municipalities[static_cast<std::size_t>(m)];
            tresse::world::Place place;
            place.nis = town.nis;
            place.region = town.region;
            place.lat = town.lat, place.lon = town.lon, place.area_km2 = town.area_km2;
            place.income_index = town.income_index;
            with_places.places.push_back(place);
        }
        tresse::build::WorldOptions options;
        options.cell_capacity = capacity;
        options.donors = 100;
        tresse::Workers workers(threads);
        const tresse::build::AreaPlan plan{region, with_places, tables, reference, area, tresse::Month::of(2026, 1), 36, sample, 1, 10};
        return tresse::build::make_area(plan, workers, options, placement);
    }
};
