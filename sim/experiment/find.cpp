#include "tresse/experiment/find.hpp"

#include <algorithm>
#include <cctype>
#include <optional>

#include "tresse/core/csv.hpp"
#include "tresse/core/problems.hpp"
#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"

namespace tresse::experiment {

namespace {

using text::fill;
using text::tr;
using Kind = FindTest::Kind;

constexpr int any = 1 << 30;

struct Phrase {
    const char* words;
    Kind kind;
    int from, to;
};
/// Whole parts. English message ids; the words of the language chosen hold as well.
constexpr Phrase phrases[] = {
    {"woman", Kind::sex, 0, 0},
    {"man", Kind::sex, 1, 1},
    {"lives alone", Kind::lives_alone, 1, 1},
    {"lives with others", Kind::lives_alone, 0, 0},
    {"has carer", Kind::has_carer, 1, 1},
    {"no carer", Kind::has_carer, 0, 0},
    {"nursing home", Kind::nursing_home, 1, 1},
    {"lives at home", Kind::nursing_home, 0, 0},
    {"increased reimbursement", Kind::reimbursement, 1, 1},
    {"needs daily help", Kind::dependence, 2, 3},
    {"takes part in a programme", Kind::programme, 1, 1},
    {"dies", Kind::dies, 1, 1},
    {"survives", Kind::dies, 0, 0},
    {"leaves the area", Kind::leaves, 1, 1},
    {"enters a nursing home", Kind::enters_home, 1, 1},
};
/// Things that are counted: "two admissions", "no admissions", "at most 3 conditions".
constexpr struct {
    const char *one, *many;
    Kind kind;
} counted[] = {
    {"admission", "admissions", Kind::stays},
    {"unplanned admission", "unplanned admissions", Kind::unplanned_stays},
    {"readmission", "readmissions", Kind::returns},
    {"emergency visit", "emergency visits", Kind::emergency_visits},
    {"GP contact", "GP contacts", Kind::gp_contacts},
    {"exacerbation", "exacerbations", Kind::exacerbations},
    {"new condition", "new conditions", Kind::new_conditions},
    {"condition", "conditions", Kind::conditions},
};
/// Words before a number, or before the name of an arm.
constexpr Phrase leads[] = {
    {"age", Kind::age, 0, 0},
    {"income fifth", Kind::fifth, 0, 0},
    {"dependence", Kind::dependence, 0, 0},
    {"better under", Kind::better, 0, 0},
    {"worse under", Kind::worse, 0, 0},
    {"same under", Kind::same, 0, 0},
    {"dies earlier under", Kind::dies_earlier, 0, 0},
};
constexpr const char* numbers[] = {"no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"};

/// Small letters, one space between words, underscores as spaces. Only letters of the plain alphabet change; others compare as they are.
std::string folded(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const char d = c == '_' || c == '\t' || c == '\n' ? ' ' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        if (d == ' ' && (out.empty() || out.back() == ' '))
            continue;
        out += static_cast<unsigned char>(c) >= 0x80 ? c : d;
    }
    while (!out.empty() && out.back() == ' ')
        out.pop_back();
    return out;
}

bool is(std::string_view text, const char* message) { return text == folded(message) || text == folded(tr(message)); }

/// Takes the message from the front of the text.
bool takes(std::string& text, const char* message) {
    for (const std::string& words : {folded(tr(message)), folded(message)})
        if (text.starts_with(words + " ")) {
            text.erase(0, words.size() + 1);
            return true;
        }
    return false;
}

std::optional<int> whole(const std::string& text) {
    long long n = 0;
    if (!parse_whole(text, n) || n < 0 || n > 100000)
        return std::nullopt;
    return static_cast<int>(n);
}

/// A number at the front, in digits or in words.
std::optional<int> take_number(std::string& text) {
    for (int n = 0; n <= 10; ++n)
        if (takes(text, numbers[n]))
            return n;
    const std::size_t space = text.find(' ');
    const auto n = space == std::string::npos ? std::nullopt : whole(text.substr(0, space));
    if (n)
        text.erase(0, space + 1);
    return n;
}

/// "70-79", "80+", "80".
bool range(const std::string& text, FindTest& out) {
    if (text.ends_with('+')) {
        const auto n = whole(text.substr(0, text.size() - 1));
        return n && (out.from = *n, out.to = any, true);
    }
    const std::size_t dash = text.find('-');
    const auto from = whole(text.substr(0, dash)), to = dash == std::string::npos ? from : whole(text.substr(dash + 1));
    return from && to && *from <= *to && (out.from = *from, out.to = *to, true);
}

class Reader {
public:
    Reader(const world::Catalogue& catalogue, const std::vector<std::string>& arms) : catalogue_(catalogue), arms_(arms) {}

    std::optional<FindTest> read(std::string part) const {
        for (const Phrase& p : phrases)
            if (is(part, p.words))
                return FindTest{p.kind, p.from, p.to, -1};
        std::string rest = part;
        for (const Phrase& lead : leads)
            if (takes(rest, lead.words))
                return after(lead.kind, rest);
        if (auto test = count(part))
            return test;
        const bool without = takes(part, "no") || takes(part, "without");
        const int condition = condition_of(part);
        if (condition < 0)
            return std::nullopt;
        return FindTest{Kind::condition, without ? 0 : 1, without ? 0 : 1, condition};
    }

private:
    std::optional<FindTest> after(Kind kind, const std::string& rest) const {
        FindTest test{kind, 1, any, -1};
        if (kind < Kind::better)
            return range(rest, test) ? std::optional(test) : std::nullopt;
        for (std::size_t a = 0; a < arms_.size(); ++a)
            if (rest == folded(arms_[a]))
                test.what = static_cast<int>(a);
        return test.what >= 0 ? std::optional(test) : std::nullopt;
    }

    std::optional<FindTest> count(std::string part) const {
        const bool least = takes(part, "at least"), most = !least && takes(part, "at most"), exactly = !least && !most && takes(part, "exactly");
        const auto n = take_number(part);
        for (const auto& thing : counted) {
            if (!is(part, thing.one) && !is(part, thing.many))
                continue;
            const int number = n.value_or(1);
            FindTest test{thing.kind, number, any, -1};
            if (most || exactly || number == 0)
                test.to = number, test.from = exactly ? number : 0;
            return test;
        }
        return std::nullopt;
    }

    int condition_of(const std::string& part) const {
        for (std::size_t c = 0; c < catalogue_.conditions.size(); ++c) {
            const world::Condition& one = catalogue_.conditions[c];
            if (part == folded(one.id) || std::any_of(std::begin(one.name.text), std::end(one.name.text), [&](const std::string& name) { return !name.empty() && part == folded(name); }))
                return static_cast<int>(c);
        }
        return -1;
    }

    const world::Catalogue& catalogue_;
    const std::vector<std::string>& arms_;
};

}  // namespace

std::vector<std::string> find_words(const world::Catalogue& catalogue, const std::vector<std::string>& arms) {
    std::vector<std::string> out;
    for (const Phrase& p : phrases)
        out.push_back(tr(p.words));
    for (const auto& thing : counted)
        out.push_back("2 " + tr(thing.many));
    for (const Phrase& lead : leads) {
        if (lead.kind < Kind::better)
            out.push_back(tr(lead.words) + (lead.kind == Kind::age ? " 70-79" : " 1"));
        else
            for (const std::string& arm : arms)
                out.push_back(tr(lead.words) + " " + arm);
    }
    for (const world::Condition& c : catalogue.conditions)
        out.push_back(c.id);
    return out;
}

Find parse_find(std::string_view text, const world::Catalogue& catalogue, const std::vector<std::string>& arms) {
    const Reader reader(catalogue, arms);
    Find out;
    out.text = text;
    Problems problems;
    const std::vector<std::string> words = find_words(catalogue, arms);
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find(',', at), text.size());
        const std::string part = folded(text.substr(at, end - at));
        at = end + 1;
        if (const auto test = part.empty() ? std::nullopt : reader.read(part)) {
            out.all.push_back(*test);
            continue;
        }
        std::string bare = part;
        take_number(bare);
        std::string near = nearest(part, words);
        if (near.empty())
            near = nearest("2 " + bare, words);
        if (near.empty())
            near = nearest(bare, words);
        problems.add(tr("The command line"), 0, "--find",
                     fill(tr("found \"{part}\", which is no condition on a life."), {{"part", part}}) + " " +
                         (near.empty() ? fill(tr("There are: {list}."), {{"list", text::list(words)}}) : fill(tr("Nearest: {word}."), {{"word", near}})));
    }
    if (problems.any())
        throw BadInput(std::move(problems));
    return out;
}

}  // namespace tresse::experiment
