#pragma once

#include <string>
#include <vector>

#include "tresse/validate/judge.hpp"
#include "tresse/viz/figure/figure.hpp"

/// The page of a validation: every row with its figure, nothing left out.
namespace tresse::viz {

struct ValidationPage {
    std::string area, date, version, command, bands_file;
    double people = 0;
    int futures = 0, sample = 1, year = 2025;
    validate::Validation validation;
};

/// One figure a group: where the simulated value lies, in bands from the target, with its range.
std::vector<Figure> validation_figures(const ValidationPage& page);
/// One HTML file without anything from outside, in the language chosen.
std::string validation_html(const ValidationPage& page);
/// "3 of 57 must rows fail ...": the sentence above table and page.
std::string validation_summary(const validate::Validation& validation);
/// Rows of a group in the order shown: the worst first, then as in the file; without those not modelled.
std::vector<const validate::Finding*> rows_of_group(const validate::Validation& validation, int group);

}  // namespace tresse::viz
