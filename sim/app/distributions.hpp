#pragma once

#include "tresse/app/answer.hpp"

/// How a year is spread over persons, in the tables of a run and in its report.
namespace tresse::app {

/// Rows of the family "distributions" in scores, and by income fifth in groups.
void add_distributions(const Compared& compared, store::Table& scores, store::Table& groups);
viz::BriefTable distributions_for_readers(const Compared& compared);

}  // namespace tresse::app
