#pragma once

#include <string>
#include <vector>

#include "tresse/app/session.hpp"

/// The use cases of the program, one file each. All give an exit code and throw BadInput, MachineRefused or BrokenRule.
namespace tresse::app {

/// Arms of one or several scenarios, paired: table on the screen, run folder, report.
int compare(const std::vector<std::string>& scenarios, const Options& options, Session& session);

/// One arm, by default the base: the same outputs, and supply, need and waiting by municipality.
int run(const std::string& scenario, const std::string& arm, const Options& options, Session& session);

/// Any file of ours, or a region pack with its fit: all problems at once.
int check(const std::vector<std::string>& files, const Options& options, Session& session);

struct Explain {
    bool assumptions = false, mechanisms = false;
    std::string component;  ///< "component/action"
};
/// In plain words: what a scenario's arms add, a rule, a component, the mechanisms of a run.
int explain(const std::string& what, const Explain& how, const Options& options, Session& session);

struct Jury {
    std::string round;   ///< folder that keeps the state between sittings; empty = a new one under the results
    std::string pack;    ///< new folder for one pack per juror
    std::string by;      ///< who hands the files in, for the audit list
    std::vector<std::string> scores;  ///< filled sheets
    bool no_simulation = false;
};
/// A round: eligibility, means and claims, simulated impact, scores, analysis, papers. `files`: a call, proposals, a list of
/// jurors, sheets, told apart by their kind; none of them when the round has them.
int jury(const std::vector<std::string>& files, const Jury& how, const Options& options, Session& session);

/// The report again, from a run folder.
int report(const std::string& run, const Options& options, Session& session);

/// Repeats a run from its manifest; 0 and "identical", or 1 and what differs. Writes nothing.
int rerun(const std::string& run, const Options& options, Session& session);

struct Person {
    std::string id;      ///< one of these four chooses the person; --find and --worse may stand together
    std::string find;    ///< "two admissions, lives alone"
    std::string worse;   ///< id of an arm
    bool random = false;
    bool has_key = false;
    std::uint64_t key = 0;           ///< which of those who fit
    int replicate = 0;
    std::vector<std::string> arms;   ///< to live it in, beside the base; empty = all
};
/// One simulated life, month by month, in every arm of a run, lived again and compared with the run bit for bit.
int person(const std::string& run, const Person& how, const Options& options, Session& session);

/// The base year of areas against published figures: table on the screen, CSV and page with figures in a folder of
/// results. Gives `says_no` when a must row fails. No area: the country. `fit`: first finds the free constants of the
/// region pack and writes them with a report.
int validate(const std::vector<std::string>& areas, bool fit, const Options& options, Session& session);

}  // namespace tresse::app
