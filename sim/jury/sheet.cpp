#include "tresse/jury/sheet.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <set>

#include "tresse/core/csv.hpp"
#include "tresse/core/file.hpp"

namespace tresse::jury {

namespace {

using scenario::Call;
using scenario::Juror;
using scenario::Proposal;
using scenario::Round;

constexpr double none = std::numeric_limits<double>::quiet_NaN();

/// Words in the third column that are no criterion.
constexpr const char* row_juror = "juror";
constexpr const char* row_signature = "signature";
constexpr const char* row_conflict = "conflict";
constexpr const char* row_advice = "advice";
constexpr const char* row_conditions = "conditions";

std::string near_words(const std::string& word, const std::vector<std::string>& known) {
    const std::string near = nearest(word, known);
    return near.empty() ? "" : " Nearest: " + near + ".";
}

std::string score_text(double value, bool comma) {
    if (std::isnan(value))
        return "";
    std::string out = number_text(value);
    if (comma)
        std::replace(out.begin(), out.end(), '.', ',');
    return out;
}

std::string anchors_text(const scenario::CallCriterion& c, Lang lang) {
    std::string out;
    for (std::size_t k = 0; k < c.anchors.size(); ++k)
        out += (k > 0 ? " / " : "") + std::to_string(k) + " = " + c.anchors[k].in(lang);
    return out;
}

/// The advices that sheets know, in English, French, Dutch and German; a test holds them to the catalogues.
struct AdviceWord {
    const char* id;
    const char* words[4];
};
constexpr AdviceWord advice_words[] = {
    {"favourable", {"favourable", "favorable", "gunstig", "g\u00fcnstig"}},
    {"favourable_with_conditions", {"favourable with conditions", "favorable sous conditions", "gunstig onder voorwaarden", "g\u00fcnstig unter Bedingungen"}},
    {"unfavourable", {"unfavourable", "d\u00e9favorable", "ongunstig", "ung\u00fcnstig"}},
};

/// Small letters of the alphabet, one blank between words, none around; other letters as they are.
std::string folded(std::string_view text) {
    std::string out;
    for (char c : text) {
        c = c == '_' || c == '-' || c == '\t' ? ' ' : c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
        if (c != ' ' || (!out.empty() && out.back() != ' '))
            out += c;
    }
    for (const auto& [large, small] : {std::pair{"\u00dc", "\u00fc"}, std::pair{"\u00c9", "\u00e9"}})
        for (std::size_t at = out.find(large); at != std::string::npos; at = out.find(large))
            out.replace(at, 2, small);
    while (!out.empty() && out.back() == ' ')
        out.pop_back();
    return out;
}

std::string advice_words_allowed(const Call& call) {
    std::string out;
    for (const std::string& id : call.advice) {
        out += (out.empty() ? "" : "; ") + id;
        for (const AdviceWord& one : advice_words)
            if (id == one.id)
                for (std::size_t k = 1; k < std::size(one.words); ++k)
                    out += std::string(k == 1 ? " (" : ", ") + one.words[k] + (k + 1 == std::size(one.words) ? ")" : "");
    }
    return out;
}

bool says_yes(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char ch) { return static_cast<char>(ch >= 'A' && ch <= 'Z' ? ch + 32 : ch); });
    static const std::set<std::string> yes = {"yes", "oui", "ja", "x", "1", "y", "o", "j"};
    return yes.contains(text);
}

/// Reads the rows of one sheet.
class SheetReader {
public:
    SheetReader(const CsvTable& table, const Call& call, const Round& round, const std::vector<std::string>& proposals, Problems& problems) : table_(table), call_(call), round_(round), proposals_(proposals), problems_(problems), criteria_(juror_criteria(call)) {
        for (const int c : criteria_)
            words_.push_back(call.criteria[static_cast<std::size_t>(c)].id);
        for (const char* word : {row_juror, row_signature, row_conflict, row_advice, row_conditions})
            words_.emplace_back(word);
        sheet_.file = table.file;
    }

    Sheet read() {
        if (table_.columns.size() != sheet_columns) {
            problems_.add(table_.file, 1, "", "found " + std::to_string(table_.columns.size()) + " columns, wanted " + std::to_string(sheet_columns) + " as in the sheet that was handed out. Save it again as CSV without adding or removing columns.");
            return std::move(sheet_);
        }
        for (row_ = 0; row_ < table_.rows.size(); ++row_)
            line();
        if (sheet_.juror.empty())
            problems_.add(table_.file, 0, "juror", "no line says whose sheet this is. Keep the line whose third column is \"juror\", with the id of the juror in the fifth.");
        return std::move(sheet_);
    }

private:
    const std::string& cell(std::size_t column) const { return table_.rows[row_][column]; }
    void problem(const std::string& where, std::string message) { problems_.add(table_.file, table_.lines[row_], where, std::move(message)); }

    void line() {
        const std::string &dossier = cell(0), &what = cell(2);
        if (what.empty() && dossier.empty() && cell(4).empty() && cell(5).empty())
            return;
        if (std::find(words_.begin(), words_.end(), what) == words_.end())
            return problem(dossier, "\"" + what + "\" is no criterion of this call. Keep the third column as it was handed out." + near_words(what, words_));
        if (!seen_.insert(dossier + "\n" + what).second)
            return problem(dossier + "." + what, "this line stands twice. Keep one of them.");
        if (what == row_juror)
            return juror();
        if (what == row_signature) {
            sheet_.signed_before = cell(4), sheet_.signed_after = cell(5);
            return;
        }
        if (std::find(proposals_.begin(), proposals_.end(), dossier) == proposals_.end())
            return problem(dossier, "\"" + dossier + "\" is no dossier of this round." + near_words(dossier, proposals_));
        fill(entry(dossier), what);
    }

    void juror() {
        sheet_.juror = cell(4);
        if (round_.juror(sheet_.juror) >= 0)
            return;
        std::vector<std::string> known;
        for (const Juror& j : round_.jurors)
            known.push_back(j.id);
        problem("juror", "\"" + sheet_.juror + "\" is no juror of this round." + near_words(sheet_.juror, known));
    }

    DossierScores& entry(const std::string& dossier) {
        for (DossierScores& d : sheet_.dossiers)
            if (d.proposal == dossier)
                return d;
        DossierScores d;
        d.proposal = dossier;
        d.before.assign(criteria_.size(), none), d.after.assign(criteria_.size(), none);
        d.why.assign(criteria_.size(), "");
        sheet_.dossiers.push_back(std::move(d));
        return sheet_.dossiers.back();
    }

    void fill(DossierScores& d, const std::string& what) {
        if (what == row_conflict) {
            d.conflict = says_yes(cell(4));
        } else if (what == row_conditions) {
            d.conditions = cell(5);
        } else if (what == row_advice) {
            d.advice = advice_of_word(call_, cell(5));
            if (!cell(5).empty() && d.advice.empty())
                problem(d.proposal + ".advice", "\"" + cell(5) + "\" is no advice of this call. Write one of: " + advice_words_allowed(call_) + "." + near_words(cell(5), call_.advice));
        } else {
            const std::size_t c = static_cast<std::size_t>(std::find(words_.begin(), words_.end(), what) - words_.begin());
            d.before[c] = score(4, d.proposal + "." + what), d.after[c] = score(5, d.proposal + "." + what);
            d.why[c] = cell(6);
        }
    }

    double score(std::size_t column, const std::string& where) {
        const std::string& text = cell(column);
        if (text.empty())
            return none;
        double value = 0;
        const std::string scale = number_text(call_.scale_from) + " to " + number_text(call_.scale_to) + " in steps of " + number_text(call_.scale_step);
        if (!office_number(text, value)) {
            problem(where, "found \"" + text + "\", wanted a score from " + scale + ", like 3.5 or 3,5. Leave the cell empty when you do not score.");
            return none;
        }
        const double steps = (value - call_.scale_from) / call_.scale_step;
        if (value < call_.scale_from || value > call_.scale_to || std::fabs(steps - std::round(steps)) > 1e-9) {
            problem(where, "found the score " + text + ", wanted one from " + scale + ".");
            return none;
        }
        return value;
    }

    const CsvTable& table_;
    const Call& call_;
    const Round& round_;
    const std::vector<std::string>& proposals_;
    Problems& problems_;
    std::vector<int> criteria_;
    std::vector<std::string> words_;
    std::set<std::string> seen_;
    std::size_t row_ = 0;
    Sheet sheet_;
};

/// The separator of the first line: the one that stands there more often.
char separator_of(std::string_view text) {
    const std::string_view line = text.substr(0, text.find('\n'));
    return std::count(line.begin(), line.end(), ';') >= std::count(line.begin(), line.end(), ',') ? ';' : ',';
}

}  // namespace

std::vector<int> juror_criteria(const Call& call) {
    std::vector<int> out;
    for (std::size_t c = 0; c < call.criteria.size(); ++c)
        if (!call.criteria[c].simulated())
            out.push_back(static_cast<int>(c));
    return out;
}

std::string advice_of_word(const Call& call, std::string_view word) {
    const std::string wanted = folded(word);
    for (const std::string& id : call.advice) {
        if (folded(id) == wanted)
            return id;
        for (const AdviceWord& one : advice_words)
            if (id == one.id)
                for (const char* known : one.words)
                    if (folded(known) == wanted)
                        return id;
    }
    return "";
}

bool office_number(std::string_view text, double& out) {
    std::string plain(text);
    while (!plain.empty() && (plain.back() == ' ' || plain.back() == '\t'))
        plain.pop_back();
    while (!plain.empty() && (plain.front() == ' ' || plain.front() == '\t'))
        plain.erase(plain.begin());
    if (std::count(plain.begin(), plain.end(), ',') == 1 && plain.find('.') == std::string::npos)
        std::replace(plain.begin(), plain.end(), ',', '.');
    return parse_number(plain, out);
}

bool hold_signed(const Sheet& earlier, Sheet& later) {
    bool changed = later.signed_before.empty();
    later.signed_before = earlier.signed_before;
    for (const DossierScores& old : earlier.dossiers) {
        auto now = std::find_if(later.dossiers.begin(), later.dossiers.end(), [&](const auto& d) { return d.proposal == old.proposal; });
        if (now == later.dossiers.end()) {
            later.dossiers.push_back(old);
            changed = true;
            continue;
        }
        for (std::size_t c = 0; c < old.before.size(); ++c) {
            const bool same = old.before[c] == now->before[c] || (std::isnan(old.before[c]) && std::isnan(now->before[c]));
            if (std::isnan(old.before[c]) || same)
                continue;
            now->before[c] = old.before[c];
            changed = true;
        }
    }
    return changed;
}

const DossierScores* Sheet::find(std::string_view proposal) const {
    for (const DossierScores& d : dossiers)
        if (d.proposal == proposal)
            return &d;
    return nullptr;
}

std::string sheet_csv(const Call& call, const Juror& juror, const std::vector<const Proposal*>& dossiers, const SheetWords& words, const Sheet* filled) {
    const char sep = words.separator;
    std::string out = "\xef\xbb\xbf" + csv_line(words.columns, sep);
    const auto line = [&](const std::vector<std::string>& cells) { out += csv_line(cells, sep); };
    line({"", "", row_juror, juror.name, juror.id, "", "", ""});
    const auto criteria = juror_criteria(call);
    for (const Proposal* p : dossiers) {
        const std::string& title = p->title.in(words.lang);
        const DossierScores* has = filled ? filled->find(p->id) : nullptr;
        line({p->id, title, row_conflict, words.conflict, has && has->conflict ? "x" : "", "", "", ""});
        for (std::size_t i = 0; i < criteria.size(); ++i) {
            const scenario::CallCriterion& c = call.criteria[static_cast<std::size_t>(criteria[i])];
            line({p->id, title, c.id, c.name.in(words.lang) + ": " + anchors_text(c, words.lang), has ? score_text(has->before[i], words.decimal_comma) : "", has ? score_text(has->after[i], words.decimal_comma) : "", has ? has->why[i] : "", ""});
        }
        std::string advice = has ? has->advice : "";
        for (const auto& [id, said] : words.advices)
            if (id == advice) {
                advice = said;
                break;
            }
        line({p->id, title, row_advice, words.advice, "", advice, "", ""});
        line({p->id, title, row_conditions, words.conditions, "", has ? has->conditions : "", "", ""});
    }
    line({"", "", row_signature, words.sign_before + " / " + words.sign_after, filled ? filled->signed_before : "", filled ? filled->signed_after : "", "", ""});
    return out;
}

Sheet parse_sheet(std::string_view text, const std::string& name, const Call& call, const Round& round, const std::vector<std::string>& proposals, Problems& problems) {
    try {
        const CsvTable table = parse_csv(text, name, separator_of(text));
        return SheetReader(table, call, round, proposals, problems).read();
    } catch (const BadInput& bad) {
        for (const Problem& p : bad.problems().list())
            problems.add(p);
    }
    return {};
}

Sheet read_sheet(const std::string& path, const Call& call, const Round& round, const std::vector<std::string>& proposals, Problems& problems) {
    try {
        return parse_sheet(read_file(path, 16u << 20), path, call, round, proposals, problems);
    } catch (const BadInput& bad) {
        for (const Problem& p : bad.problems().list())
            problems.add(p);
    }
    return {};
}

Scores::Scores(const Call& call, const Round& round, std::vector<Sheet> sheets, const std::vector<Proposal>& proposals) : call_(&call), round_(&round), sheets_(std::move(sheets)), criteria_(juror_criteria(call)) {
    for (const Proposal& p : proposals)
        ids_.push_back(p.id);
    conflict_.assign(round.jurors.size(), std::vector<std::string>(ids_.size()));
    sheet_of_.assign(round.jurors.size(), -1);
    for (std::size_t s = 0; s < sheets_.size(); ++s)
        if (const int j = round.juror(sheets_[s].juror); j >= 0)
            sheet_of_[static_cast<std::size_t>(j)] = static_cast<int>(s);
    for (std::size_t j = 0; j < round.jurors.size(); ++j) {
        const Juror& juror = round.jurors[j];
        for (std::size_t p = 0; p < ids_.size(); ++p) {
            std::string& why = conflict_[j][p];
            for (const scenario::JurorConflict& c : juror.conflicts)
                if (c.proposal == ids_[p])
                    why = c.why;
            for (const scenario::ProposalPartner& partner : proposals[p].partners)
                if (why.empty() && !juror.organisation.empty() && partner.name == juror.organisation)
                    why = juror.organisation;
            const DossierScores* d = has_sheet(j) ? sheets_[static_cast<std::size_t>(sheet_of_[j])].find(ids_[p]) : nullptr;
            if (d && d->conflict && why.empty())
                why = "declared on the sheet";
            const bool scored = d && std::any_of(d->before.begin(), d->before.end(), [](double x) { return !std::isnan(x); });
            if (!why.empty() && scored)
                muted_.push_back({tr("{juror} has a tie with {dossier} ({why}): the scores entered for it do not count"), {arg("juror", juror.name), arg("dossier", proposals[p].title), arg("why", why)}});
        }
    }
}

const DossierScores* Scores::entry(std::size_t juror, std::size_t proposal) const {
    if (!has_sheet(juror) || !conflict_[juror][proposal].empty())
        return nullptr;
    return sheets_[static_cast<std::size_t>(sheet_of_[juror])].find(ids_[proposal]);
}

bool Scores::may_score(std::size_t juror, std::size_t proposal, std::string* why) const {
    if (why)
        *why = conflict_[juror][proposal];
    return conflict_[juror][proposal].empty();
}

double Scores::score(std::size_t juror, std::size_t proposal, std::size_t criterion, bool after) const {
    const DossierScores* d = has_signed(juror, false) ? entry(juror, proposal) : nullptr;
    if (!d)
        return none;
    return after && has_signed(juror, true) && !std::isnan(d->after[criterion]) ? d->after[criterion] : d->before[criterion];
}

double Scores::entered(std::size_t juror, std::size_t proposal, std::size_t criterion) const {
    const DossierScores* d = entry(juror, proposal);
    return d ? d->before[criterion] : none;
}

std::string Scores::advice(std::size_t juror, std::size_t proposal) const {
    const DossierScores* d = has_signed(juror, true) ? entry(juror, proposal) : nullptr;
    return d ? d->advice : "";
}

std::string Scores::conditions(std::size_t juror, std::size_t proposal) const {
    const DossierScores* d = has_signed(juror, true) ? entry(juror, proposal) : nullptr;
    return d ? d->conditions : "";
}

std::vector<Phrase> Scores::not_signed() const {
    std::vector<Phrase> out;
    for (std::size_t j = 0; j < round_->jurors.size(); ++j) {
        const Sheet* s = sheet(j);
        if (!s)
            continue;
        const bool after = std::any_of(s->dossiers.begin(), s->dossiers.end(), [](const DossierScores& d) {
            return !d.advice.empty() || !d.conditions.empty() || std::any_of(d.after.begin(), d.after.end(), [](double x) { return !std::isnan(x); });
        });
        if (!has_signed(j, false))
            out.push_back({tr("The sheet of {juror} is not signed: it does not count, and it opens nothing."), {arg("juror", round_->jurors[j].name)}});
        else if (after && !has_signed(j, true))
            out.push_back({tr("The sheet of {juror} is not signed after the interview: its scores from before count, its later scores and its advice do not."), {arg("juror", round_->jurors[j].name)}});
    }
    return out;
}

bool Scores::speaks(std::size_t juror) const {
    for (std::size_t p = 0; p < ids_.size(); ++p)
        for (std::size_t c = 0; c < criteria_.size(); ++c)
            if (!std::isnan(score(juror, p, c, false)) || !std::isnan(score(juror, p, c, true)))
                return true;
    return false;
}

bool Scores::has_signed(std::size_t juror, bool after) const {
    const Sheet* s = sheet(juror);
    return s && !s->signed_before.empty() && (!after || !s->signed_after.empty());
}

std::vector<std::size_t> Scores::members(std::size_t bench) const {
    std::vector<std::size_t> out;
    for (std::size_t j = 0; j < round_->jurors.size(); ++j)
        if (round_->jurors[j].bench == call_->benches[bench].id)
            out.push_back(j);
    return out;
}

double Scores::bench_mean(std::size_t bench, std::size_t proposal, std::size_t criterion, bool after) const {
    double sum = 0;
    int count = 0;
    for (const std::size_t j : members(bench))
        if (const double s = score(j, proposal, criterion, after); !std::isnan(s))
            sum += s, ++count;
    return count > 0 ? sum / count : none;
}

bool Scores::bench_missing(std::size_t bench, std::size_t proposal) const {
    const auto all = members(bench);
    return !all.empty() && std::none_of(all.begin(), all.end(), [&](std::size_t j) { return may_score(j, proposal); });
}

std::pair<double, double> Scores::spread(std::size_t proposal, std::size_t criterion, bool after) const {
    std::pair<double, double> out = {none, none};
    for (std::size_t j = 0; j < round_->jurors.size(); ++j)
        if (const double s = score(j, proposal, criterion, after); !std::isnan(s)) {
            out.first = std::isnan(out.first) ? s : std::min(out.first, s);
            out.second = std::isnan(out.second) ? s : std::max(out.second, s);
        }
    return out;
}

int Scores::scored_by(std::size_t proposal) const {
    int count = 0;
    for (std::size_t j = 0; j < round_->jurors.size(); ++j) {
        bool any = false;
        for (std::size_t c = 0; c < criteria_.size(); ++c)
            any = any || !std::isnan(score(j, proposal, c, true));
        count += any;
    }
    return count;
}

bool Scores::any_after(std::size_t proposal) const {
    for (std::size_t j = 0; j < round_->jurors.size(); ++j)
        if (const DossierScores* d = has_signed(j, true) ? entry(j, proposal) : nullptr)
            if (std::any_of(d->after.begin(), d->after.end(), [](double x) { return !std::isnan(x); }))
                return true;
    return false;
}

}  // namespace tresse::jury
