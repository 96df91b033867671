#pragma once

#include <string>
#include <vector>

#include "tresse/viz/figure/figure.hpp"

/// The report of a study, in finished words and numbers: two pages for those who decide, then a page a question.
namespace tresse::viz {

/// One thing on a page, in the order of the page. Only the parts that are filled are printed.
struct StudyBlock {
    std::string title;   ///< of a part of a page
    std::string text;
    bool warning = false;
    std::vector<std::string> points;  ///< a list
    DataTable table;
    Figure figure;       ///< printed when it has panels
    std::string how_to_read;          ///< under a table; figures carry their own
};

struct StudyPage {
    std::string question, answer;
    std::vector<StudyBlock> blocks;
};

struct StudyReport {
    std::string title, subtitle, facts;  ///< facts: scenario, run, draws, date, in one line
    std::vector<std::string> warnings;
    StudyPage sure, why, who;   ///< the three questions, on two printed pages
    std::vector<StudyPage> pages;
    std::string foot;
};

std::string study_html(const StudyReport& report);
/// The two pages as text, at most 100 columns.
std::string study_text(const StudyReport& report);

}  // namespace tresse::viz
