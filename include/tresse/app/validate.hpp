#pragma once

#include "tresse/scenario/bands.hpp"
#include "tresse/scenario/scenario.hpp"
#include "tresse/store/table.hpp"
#include "tresse/validate/judge.hpp"
#include "tresse/viz/report/validation.hpp"

/// Pieces of `tresse validate` that tests and other use cases ask for.
namespace tresse::app {

/// The scenario whose months 1-12 are the base year.
inline constexpr const char* base_year_scenario = "base-year";

/// bands.csv of the scenario's region pack, checked against it. Throws: BadInput.
scenario::Bands load_bands_of(const scenario::Scenario& scenario);

/// Every row, those that the model cannot speak to included.
store::Table validation_table(const validate::Validation& validation);

}  // namespace tresse::app
