#pragma once

#include <string>

#include "tresse/app/answer.hpp"
#include "tresse/app/session.hpp"
#include "tresse/scenario/scores.hpp"
#include "tresse/store/table.hpp"

/// Pieces that several use cases share.
namespace tresse::app {

/// The sizes that matter, from the library. Throws: BadInput.
scenario::Scores scores_of(const Session& session);
/// A table as a list of objects.
std::string json_of(const store::Table& table);
/// What the screen shows of a comparison, in the format asked for.
std::string shown(const Compared& compared, const viz::Brief& brief, const Options& options, const Session& session);

}  // namespace tresse::app
