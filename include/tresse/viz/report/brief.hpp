#pragma once

#include <limits>
#include <string>
#include <vector>

#include "tresse/core/month.hpp"
#include "tresse/core/stats.hpp"
#include "tresse/viz/figure/figure.hpp"

/// What a reader is told of a run, in finished words and numbers: the score table on the screen and the pages on paper
/// are made from this and from nothing else. Means come before effects, everywhere.
namespace tresse::viz {

inline constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

/// One arm in one row of the table.
struct BriefCell {
    Range difference;        ///< against the base; ends are infinite when there is one future only
    Sign sign = Sign::none;  ///< none: a row without a verdict of its own
    enum class Seen { not_asked, no, yes } seen = Seen::not_asked;  ///< by an evaluation of this one area
};

struct BriefRow {
    std::string id, label, unit, how_to_read;
    int family = 0;        ///< of `Brief::families`
    char direction = ' ';  ///< '+' more is better, '-' less, '0' closer to zero, ' ' no verdict
    int digits = 1;
    bool part = false;  ///< a part of the row above it: one account
    bool memo = false;  ///< stands beside the others and is never added to them
    double base = unknown, smallest = 0;
    std::vector<BriefCell> arms;  ///< without the base
};

/// Money, posts, hours and people of an action, a year on average.
struct BriefMeans {
    std::string name;
    double eur = 0, posts_wanted = 0, posts_filled = 0, hours = 0, meant = 0, refused = 0, reached = 0, taking_part = 0;
    bool elsewhere = false;  ///< runs only where a body is competent that has no municipality in the area
    double minutes_per_person_meant() const { return meant > 0 ? hours * 60 / meant : unknown; }
};

struct BriefArm {
    std::string letter, id, label;
    std::string adds;      ///< one sentence: what it adds to the base
    std::string in_words;  ///< one sentence or two: what it changes
    std::string seen;      ///< which rows an evaluation of one area would have seen
    BriefMeans all;
    std::vector<BriefMeans> actions;
};

/// Who invests and who gains. Units: million EUR a year, this area; the base is not listed.
struct BriefPayer {
    struct Arm {
        double pays_in = 0, gets_back = 0;
        Range balance;
    };
    std::string name;
    std::vector<Arm> arms;
};

struct BriefAssumption {
    std::string id, what, value, why;
};

/// Any further table of the report.
struct BriefTable {
    std::string title, how_to_read;
    DataTable data;
};

struct Brief {
    std::string scenario, title, question, area, run, folder, date;
    std::string run_word;                ///< what a command takes for this run: its code, or its folder when that is not under results/
    std::string page = "report.html";    ///< of the folder
    int municipalities = 0, months = 0, replicates = 0, planned_replicates = 0, sample = 1, euros_of = 0;
    double people = 0;
    Month start, rules_as_of;
    int uncertain = 0, assumed = 0;  ///< numbers with a range; of which our assumptions
    bool draws = true;               ///< each future its own draw of the uncertain numbers
    std::vector<std::string> families;
    std::vector<BriefArm> arms;  ///< the base first
    std::vector<BriefRow> rows;
    std::vector<BriefPayer> payers;
    std::vector<BriefAssumption> assumptions;
    std::vector<BriefTable> tables;
    std::vector<Figure> figures;
    std::vector<std::string> warnings;  ///< "sample, do not quote"
    std::string decides;                ///< which inputs decide most, or that it was not computed
    std::string version, result, program;
    double seconds = 0, megabytes = 0;
    int threads = 1;
};

/// "+2.2 (-1.1 to +5.5)", with as many decimals as mean something.
std::string difference_text(const BriefRow& row, const BriefCell& cell);

/// The pages as one HTML file without anything from outside: opens offline, prints on A4. In the language chosen.
std::string report_html(const Brief& brief);

}  // namespace tresse::viz
