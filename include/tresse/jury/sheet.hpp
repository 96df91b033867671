#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tresse/core/problems.hpp"
#include "tresse/jury/phrase.hpp"
#include "tresse/scenario/call.hpp"
#include "tresse/scenario/proposal.hpp"
#include "tresse/scenario/round.hpp"

/// Scoring sheets: one file per juror that a Belgian office opens, and what the jurors' files say together.
namespace tresse::jury {

/// What one juror entered for one dossier. Missing: NaN for a score that was not given.
struct DossierScores {
    std::string proposal;
    std::vector<double> before, after;     ///< by criterion of the jurors; before and after the interview
    std::vector<std::string> why;          ///< by criterion
    std::string advice, conditions;        ///< after the interview; a word of the call
    bool conflict = false;                 ///< declared on the sheet
};

/// One juror's sheet as read back.
struct Sheet {
    std::string juror, file;
    std::string signed_before, signed_after;   ///< date or mark; empty = not signed
    std::vector<DossierScores> dossiers;
    const DossierScores* find(std::string_view proposal) const;
};

/// Words of a sheet in the language of its juror, put in by whoever knows the catalogues.
struct SheetWords {
    std::vector<std::string> columns;      ///< eight headings
    std::string sign_before, sign_after, advice, conditions, conflict;
    std::vector<std::pair<std::string, std::string>> advices;   ///< word of the call and how this language says it
    char separator = ';';
    bool decimal_comma = true;
    Lang lang = Lang::en;
};

/// Columns of a sheet.
inline constexpr std::size_t sheet_columns = 8;   ///< dossier, title, criterion, its meaning, before, after, why, page

/// A sheet to fill in: with byte order mark, so that offices read the letters; the dossiers that this juror may score.
/// Filled with `filled` when given.
std::string sheet_csv(const scenario::Call& call, const scenario::Juror& juror, const std::vector<const scenario::Proposal*>& dossiers, const SheetWords& words, const Sheet* filled = nullptr);

/// Reads a sheet with semicolons or commas, decimal comma or point, in any of the languages. Adds problems with file, line
/// and cure: scores out of range, unknown dossiers, criteria and jurors, a line that stands twice.
Sheet read_sheet(const std::string& path, const scenario::Call& call, const scenario::Round& round, const std::vector<std::string>& proposals, Problems& problems);
Sheet parse_sheet(std::string_view text, const std::string& name, const scenario::Call& call, const scenario::Round& round, const std::vector<std::string>& proposals, Problems& problems);

/// Puts the signed scores of an earlier sheet of the same juror back into a later one. True when it had others.
bool hold_signed(const Sheet& earlier, Sheet& later);

/// The advice of a call that a juror's word means: its id, or the word of one of the four languages, in any case, with blanks or
/// underscores. Missing: "" when it is none.
std::string advice_of_word(const scenario::Call& call, std::string_view word);

/// A number as an office writes it: "3,5" or "3.5". False when it is none.
bool office_number(std::string_view text, double& out);

/// Criteria that jurors score, as indices of the call.
std::vector<int> juror_criteria(const scenario::Call& call);

/// All sheets of a round side by side, conflicts muted. What a juror has not signed does not count: nothing of a sheet without
/// the first signature, and nothing from after the interview without the second.
class Scores {
public:
    /// The latest sheet of a juror counts. The round and the call must live as long.
    Scores(const scenario::Call& call, const scenario::Round& round, std::vector<Sheet> sheets, const std::vector<scenario::Proposal>& proposals);

    /// Whether a juror may score a dossier; `why` says what keeps it from it.
    bool may_score(std::size_t juror, std::size_t proposal, std::string* why = nullptr) const;
    /// A juror's score, after the interview when there is one and `after` is wanted. Missing: NaN.
    double score(std::size_t juror, std::size_t proposal, std::size_t criterion, bool after) const;
    /// What stands on a juror's own sheet, signed or not: for the eyes of that juror alone. Missing: NaN.
    double entered(std::size_t juror, std::size_t proposal, std::size_t criterion) const;
    /// What a juror advises and under which conditions; empty when nothing was said or the juror has a tie.
    std::string advice(std::size_t juror, std::size_t proposal) const;
    std::string conditions(std::size_t juror, std::size_t proposal) const;
    /// Whether a juror has signed what it entered before the interview.
    bool has_signed(std::size_t juror, bool after) const;
    bool has_sheet(std::size_t juror) const { return sheet_of_[juror] >= 0; }
    const Sheet* sheet(std::size_t juror) const { return has_sheet(juror) ? &sheets_[static_cast<std::size_t>(sheet_of_[juror])] : nullptr; }

    /// Mean of a bench; NaN when all its members are in conflict or have not scored: missing, never zero.
    double bench_mean(std::size_t bench, std::size_t proposal, std::size_t criterion, bool after) const;
    /// It has members, and all of them are in conflict.
    bool bench_missing(std::size_t bench, std::size_t proposal) const;
    /// Lowest and highest score over jurors; NaN when nobody scored.
    std::pair<double, double> spread(std::size_t proposal, std::size_t criterion, bool after) const;
    /// Jurors who gave at least one score to a dossier.
    int scored_by(std::size_t proposal) const;
    bool any_after(std::size_t proposal) const;

    const scenario::Call& call() const { return *call_; }
    const scenario::Round& round() const { return *round_; }
    std::size_t proposals() const { return ids_.size(); }
    /// Indices of the call's criteria that jurors score.
    const std::vector<int>& criteria() const { return criteria_; }
    std::vector<std::size_t> members(std::size_t bench) const;
    /// Whose sheet does not count, or only in part, since it is not signed.
    std::vector<Phrase> not_signed() const;
    /// Whether a juror gave a score that counts to any dossier.
    bool speaks(std::size_t juror) const;
    /// Rows that were muted: juror, dossier, why.
    const std::vector<Phrase>& muted() const { return muted_; }

private:
    const DossierScores* entry(std::size_t juror, std::size_t proposal) const;

    const scenario::Call* call_;
    const scenario::Round* round_;
    std::vector<Sheet> sheets_;
    std::vector<std::string> ids_;
    std::vector<std::vector<std::string>> conflict_;   ///< [juror][proposal]: why, empty = none
    std::vector<int> sheet_of_, criteria_;
    std::vector<Phrase> muted_;
};

}  // namespace tresse::jury
