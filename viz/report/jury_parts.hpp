#pragma once

#include <string>
#include <vector>

#include "tresse/viz/report/jury.hpp"

/// What the pages of a round share.
namespace tresse::viz {

std::string title_of(const jury::Room& room, std::size_t proposal);
/// "+2.2 (-1.1 to +5.5) =" of a simulated difference.
std::string impact_words(const jury::ImpactRow& row, const jury::ImpactCell& cell);
std::string verdict_letter(decide::Verdict verdict);
/// Score and heading of a row, with its direction.
std::string impact_label(const jury::ImpactRow& row);
/// Where a condition was asked, in words.
std::string asked_words(const std::string& where);
/// How many dossiers the simulation cannot part, in a sentence.
std::string apart_words(const jury::Room& room);
/// That a page rests on a sample of households; "": it does not, or nothing was simulated.
std::string sketch_words(const jury::Room& room);
/// Why a bench has no score for a dossier: nobody on it, all tied, nothing signed. "": it has one.
std::string bench_gap(const jury::Room& room, std::size_t bench, std::size_t proposal);
/// Conditions that are not checked since the file cannot be read there, each with its line; "": none.
std::string unread_words(const jury::Room& room, std::size_t proposal);
/// How many pairs of dossiers scores and weights tell apart, what a chain of the others means, and how few voices there are.
std::vector<std::string> pairs_words(const jury::Room& room);
/// Inhabitants of an area, a dash when the area cannot be read.
std::string people_words(const jury::Room& room, std::size_t proposal);
/// What stands below every page: who decides, where numbers come from.
std::string jury_foot(const jury::Room& room);
/// Names of the dossiers of a group, "a, b and c".
std::string names_of_group(const jury::Room& room, const std::vector<std::size_t>& group);
/// A score as "3.5", a dash when missing.
std::string score_words(double score);
/// The page of a dossier in the papers: "sheet-<id>.html".
std::string sheet_file(const jury::Room& room, std::size_t proposal);

}  // namespace tresse::viz
