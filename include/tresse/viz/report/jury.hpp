#pragma once

#include <string>
#include <utility>
#include <vector>

#include "tresse/jury/room.hpp"

/// The papers of a round: sheets for the interview, overview, analysis, minutes; in the language chosen. The jury advises
/// and somebody else decides, so no paper says that a dossier is selected.
namespace tresse::viz {

/// A phrase in words of the language.
std::string in_words(const jury::Phrase& phrase);
/// "meets", "ask", "can refuse" ... in words and as one sign.
std::string state_word(jury::State state);
std::string state_sign(jury::State state);
/// An advice of a call in words.
std::string advice_word(const std::string& advice);
/// "in 37 of 100 ways of weighing it is among the first five".
std::string chance_words(double share, std::size_t places);
/// The words of scoring sheets in the language: semicolons and decimal commas in French, Dutch and German.
jury::SheetWords sheet_words();

/// The sheet of one dossier. `juror` -1: the secretariat's copy, in which everything is open; else others' scores and the
/// simulation are open only when that juror has signed.
std::string jury_sheet_html(const jury::Room& room, std::size_t proposal, int juror);
/// All dossiers beside all conditions, and what is simulated.
std::string jury_overview_html(const jury::Room& room);
/// Scores, weights, acceptability, groups that cannot be separated, disagreement, budget.
std::string jury_analysis_html(const jury::Room& room);
/// Minutes with the draft of a recommendation, as a page and as plain text.
std::string jury_minutes_html(const jury::Room& room);
std::string jury_minutes_text(const jury::Room& room);
/// First page of a round or of a juror's pack: links (file, words) and what they are.
std::string jury_index_html(const jury::Room& room, const std::vector<std::pair<std::string, std::string>>& links, int juror);

/// The table on the screen, at most 100 columns.
std::string jury_table_text(const jury::Room& room);

/// Tables for the office, in the language: cells with decimal comma where it is used. Names: dossiers, findings, means, impact,
/// scores, analysis.
std::vector<std::pair<std::string, std::string>> jury_tables_csv(const jury::Room& room);

}  // namespace tresse::viz
