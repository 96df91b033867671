#pragma once

#include <string>
#include <vector>

#include "tresse/app/answer.hpp"
#include "tresse/app/session.hpp"
#include "tresse/scenario/scores.hpp"
#include "tresse/store/run_folder.hpp"
#include "tresse/store/table.hpp"

/// Pieces that several use cases share.
namespace tresse::app {

/// The sizes that matter, from the library. Throws: BadInput.
scenario::Scores scores_of(const Session& session);
/// Headings of the score table in the language chosen. Order: of measure::Family.
std::vector<std::string> family_names();
/// A table as a list of objects.
std::string json_of(const store::Table& table);
/// What a number of an arm's actions is called in a sentence; the key itself when it is none of theirs.
std::string input_name(const scenario::Scenario& scenario, int arm, const std::string& key);
/// What the heading says of an area that is too small to judge a policy by.
std::string too_small_words(const scenario::Scenario& scenario);
/// Which inputs decide most, in one sentence made from the futures; or that it was not computed, and why.
std::string what_decides(const Compared& compared);
/// Where the report and its figures go in a run folder: report.html and figures/, or, when a report in another language is
/// there already, report.<lang>.html and figures/<lang>/. A page is never replaced by one in another language.
struct PageNames {
    std::string page, figures;
};
PageNames page_names(const std::string& folder);
/// What the command line of a run had changed; threads and memory as given now.
Options options_of_run(const store::Manifest& manifest, const Options& given);
/// Repeats a study in a folder of its own inside the run, and compares the result.
int rerun_study(const store::Found& run, const Options& options, Session& session);
/// The report of a study again.
int report_study(const store::Found& run, Session& session);
/// More futures until chance no longer changes a verdict or a rank.
int compare_until_decided(const std::string& scenario, const Options& options, Session& session);
/// What the screen shows of a comparison, in the format asked for.
std::string shown(const Compared& compared, const viz::Brief& brief, const Options& options, const Session& session);

}  // namespace tresse::app
