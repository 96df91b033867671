#pragma once

#include "tresse/model/tables.hpp"
#include "tresse/scenario/region.hpp"
#include "tresse/world/catalogue.hpp"

/// A catalogue and tables built in code, with the numbers of the evidence file rounded, so that tests of `build` need no scenario library.
namespace small_library {

/// Thirteen conditions, the roles and kinds of a Belgian area, a dozen services.
tresse::world::Catalogue catalogue();

/// Tables whose levels come from the pack's prevalence, life table and utility. Constants that need a population are left at zero.
tresse::model::Tables tables(const tresse::scenario::Region& region, const tresse::world::Catalogue& catalogue);

/// A region of three municipalities (12,000, 7,000 and 3,000 inhabitants; the third is poor), with the social tables of a plain country.
tresse::scenario::Region region();

}  // namespace small_library
