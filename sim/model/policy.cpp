#include "tresse/model/policy.hpp"

#include "tresse/core/check.hpp"

namespace tresse::model {

namespace {

struct Row {
    LeverKind kind;
    std::string_view word;
    bool is_ratio;
    std::string_view unit;
};

/// The closed list, in the order of the enum.
constexpr Row rows[] = {
    {LeverKind::activation, "activation", false, "points on the scale of 0 to 100"},
    {LeverKind::adherence, "adherence", false, "share of the prescribed treatment that is taken, 0 to 1"},
    {LeverKind::risk_factor_change, "risk_factor_change", true, "rate of leaving a risk factor"},
    {LeverKind::onset, "onset", true, "new cases a year"},
    {LeverKind::progression, "progression", true, "moves to the next stage a year"},
    {LeverKind::exacerbation, "exacerbation", true, "flare-ups treated outside hospital a year"},
    {LeverKind::readmission, "readmission", true, "unplanned stays in the 30 days after discharge"},
    {LeverKind::length_of_stay, "length_of_stay", true, "days per stay"},
    {LeverKind::nursing_home_entry, "nursing_home_entry", true, "wishes to enter a nursing home a year"},
    {LeverKind::carer_strain, "carer_strain", false, "sixteenths of full strain a month"},
    {LeverKind::return_to_work, "return_to_work", true, "returns to work a month"},
    {LeverKind::contact_time, "contact_time", true, "minutes per contact with the partners of the action"},
    {LeverKind::administration_time, "administration_time", false, "minutes of general administration per person reached and month"},
    {LeverKind::record_sharing, "record_sharing", true, "pace at which providers join the shared record"},
    {LeverKind::repeated_tests, "repeated_tests", true, "share of tests that repeat one"},
    {LeverKind::tie_formation, "tie_formation", true, "growth of ties between providers"},
    {LeverKind::adoption, "adoption", true, "pace at which providers adopt"},
    {LeverKind::guideline_use, "guideline_use", true, "pace at which providers take up a guideline"},
    {LeverKind::diagnosis, "diagnosis", false, "share of a person's unknown cases that a contact finds, 0 to 1"},
    {LeverKind::access, "access", true, "share of requests that are forgone for money"},
    {LeverKind::experience, "experience", false, "standard deviations of satisfaction"},
    {LeverKind::admission, "admission", true, "stays of a cause a year"},
    {LeverKind::adverse_drug_event, "adverse_drug_event", true, "unplanned stays caused by medicines a year"},
    {LeverKind::goals_and_plan, "goals_and_plan", false, "plans with own goals per person with complex need and year"},
    {LeverKind::start_delay, "start_delay", false, "months by which the other actions of the arm start later"},
    {LeverKind::systolic_pressure, "systolic_pressure", false, "mmHg of systolic blood pressure"},
    {LeverKind::cholesterol, "cholesterol", false, "mmol/L of total cholesterol"},
    {LeverKind::hba1c, "hba1c", false, "percentage points of HbA1c"},
};
static_assert(sizeof(rows) / sizeof(rows[0]) == static_cast<std::size_t>(LeverKind::count), "every mechanism has its word");

const Row& row_of(LeverKind kind) {
    const auto i = static_cast<std::size_t>(kind);
    TRESSE_CHECK(i < static_cast<std::size_t>(LeverKind::count) && rows[i].kind == kind, "the rows of the mechanisms stand in the order of the enum");
    return rows[i];
}

}  // namespace

std::string_view lever_word(LeverKind kind) { return row_of(kind).word; }

bool parse_lever(std::string_view word, LeverKind& out) {
    for (const Row& row : rows) {
        if (row.word != word) continue;
        out = row.kind;
        return true;
    }
    return false;
}

std::vector<std::string> lever_words() {
    std::vector<std::string> out;
    for (const Row& row : rows) out.emplace_back(row.word);
    return out;
}

bool moves_providers(LeverKind kind) {
    return kind == LeverKind::record_sharing || kind == LeverKind::tie_formation || kind == LeverKind::adoption || kind == LeverKind::guideline_use || kind == LeverKind::start_delay;
}

LeverForm lever_form(LeverKind kind) { return {row_of(kind).is_ratio, row_of(kind).unit}; }

}  // namespace tresse::model
