#include "tresse/scenario/reader.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "node_table.hpp"
#include "thousands.hpp"
#include "tresse/core/check.hpp"
#include "tresse/core/csv.hpp"

namespace tresse::scenario {

namespace {

constexpr double endless = 1e300;   ///< bounds beyond it are no bounds

constexpr const char* source_words = " A source is the id of an entry in sources.yaml: S-... for a published figure, A-... for an assumption with its reason. For example source: S-104";

std::string plural(std::size_t n, std::string_view one) { return std::to_string(n) + " " + std::string(one) + (n == 1 ? "" : one.ends_with("y") ? "" : "s"); }

std::string join(const std::vector<std::string>& words, std::size_t most) {
    std::string out;
    for (std::size_t i = 0; i < words.size() && i < most; ++i) out += (i ? ", " : "") + words[i];
    return words.size() > most ? out + " ..." : out;
}

std::string range_words(std::string_view thing, double low, double high) {
    std::string out(thing);
    if (low > -endless && high < endless) return out + " from " + number_text(low) + " to " + number_text(high);
    if (low > -endless) return out + " of at least " + number_text(low);
    if (high < endless) return out + " of at most " + number_text(high);
    return out;
}

/// Times of a year in the words of four languages, as they stand behind a number.
struct TimeWord {
    std::string_view word;
    double per_year;
};
constexpr TimeWord time_words[] = {{"month", 12}, {"mois", 12}, {"maand", 12}, {"monat", 12}, {"year", 1}, {"jaar", 1}, {"jahr", 1}, {"week", 52}, {"woche", 52}, {"semaine", 52}, {"day", 365}, {"dag", 365}, {"jour", 365}, {"tag", 365}, {"ann", 1}, {"an", 1}};

/// How often the first word of time in a text comes in a year; 0 when there is none.
double times_a_year(std::string_view text) {
    std::string small(text);
    std::transform(small.begin(), small.end(), small.begin(), [](unsigned char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c); });
    for (std::size_t at = 0; at < small.size(); ++at)
        if (at == 0 || small[at - 1] < 'a' || small[at - 1] > 'z')
            for (const TimeWord& one : time_words)
                if (small.compare(at, one.word.size(), one.word) == 0) return one.per_year;
    return 0;
}

/// The number in the key's own unit of time, when the author wrote another one: 3 years on a key in months, 100 EUR a month on one a year.
double in_unit_of(std::string_view key, double value, double given) {
    const bool months = key.ends_with("_months"), yearly = key.ends_with("_per_year") || key.ends_with("_a_year");
    if (given == 0 || (!months && !yearly)) return value;
    return months ? value * 12 / given : value * given;
}

/// The cure of a number with marks between thousands, when the number they make is possible here.
std::string thousands_hint(const std::string& text, double low, double high) {
    const std::string plain = without_thousands(text);
    double value = 0;
    if (plain.empty() || !parse_number(plain, value) || value < low || value > high) return "";
    std::string decimal = text;
    std::replace(decimal.begin(), decimal.end(), ',', '.');
    double other = 0;
    const bool both = parse_number(decimal, other) && other >= low && other <= high;
    return " Write " + plain + ", without a mark between thousands" + (both ? ", or " + number_text(other) + " when decimals are meant." : ".");
}

/// What the author of a wrong number may have meant: the comma, the percent, the unit beside it. Nothing is guessed.
std::string number_hint(const std::string& text, double low, double high, std::string_view key) {
    if (const std::string thousands = thousands_hint(text, low, high); !thousands.empty()) return thousands;
    std::string plain = text;
    std::replace(plain.begin(), plain.end(), ',', '.');
    double value = 0;
    if (plain != text && parse_number(plain, value) && value >= low && value <= high) return " Write " + plain + ", with a point.";
    const std::size_t end = plain.find_first_not_of("+-.0123456789eE");
    const std::string front = plain.substr(0, end);
    if (end == std::string::npos || end == 0 || !parse_number(front, value)) return "";
    if (plain.find('%') != std::string::npos && high <= 1) value /= 100;
    const double given = times_a_year(std::string_view(plain).substr(end)), meant = in_unit_of(key, value, given);
    if (meant < low || meant > high) return "";
    if (meant != value) return std::string(" This key counts ") + (key.ends_with("_months") ? "months" : "a year") + ": write " + number_text(meant) + ".";
    const bool other_time = given > 0 && !key.ends_with("_months") && !key.ends_with("_per_year") && !key.ends_with("_a_year");
    return other_time ? " Write the number alone, in the unit of the key." : " Write the number alone, without unit or sign: " + number_text(value) + ".";
}

}  // namespace

// --- what stands here ------------------------------------------------------------------------------------------------

bool Node::present() const { return document_ && document_->impl().nodes[index_].kind != RawKind::null; }
bool Node::is_map() const { return document_ && document_->impl().nodes[index_].kind == RawKind::map; }
bool Node::is_list() const { return document_ && document_->impl().nodes[index_].kind == RawKind::list; }
bool Node::is_scalar() const { return document_ && document_->impl().nodes[index_].kind == RawKind::scalar; }
int Node::line() const { return document_ ? document_->impl().nodes[index_].line : 0; }

void Node::problem(std::string message) const {
    if (document_) document_->impl().problem(line(), path_, std::move(message));
}

void Node::problem_at(std::string_view key, std::string message) const {
    if (!document_) return;
    const RawNode& raw = document_->impl().nodes[index_];
    const int k = raw.kind == RawKind::map ? raw.find(key) : -1;
    document_->impl().problem(k >= 0 ? raw.keys[static_cast<std::size_t>(k)].line : raw.line, path_.empty() ? std::string(key) : path_ + "." + std::string(key), std::move(message));
}

void Node::note(std::string message) const {
    if (document_) document_->impl().problems->note(document_->impl().name, line(), path_, std::move(message));
}

std::string Node::shown() const {
    if (!present()) return "nothing";
    const RawNode& raw = document_->impl().nodes[index_];
    if (raw.kind == RawKind::list) return "a list of " + plural(raw.children.size(), "value");
    if (raw.kind == RawKind::map) {
        std::vector<std::string> names;
        for (const RawKey& k : raw.keys) names.push_back(k.name);
        return "a map (" + join(names, 4) + ")";
    }
    double number = 0;
    if (!raw.quoted && parse_number(raw.scalar, number)) return raw.scalar;
    return "\"" + (raw.scalar.size() > 60 ? raw.scalar.substr(0, 57) + "..." : raw.scalar) + "\"";
}

// --- keys and entries --------------------------------------------------------------------------------------------------

Node Node::child(std::string_view key, bool must) const {
    Node out;
    if (!is_map()) {
        if (must && present()) problem("found " + shown() + ", wanted a map with the key " + std::string(key) + ".");
        return out;
    }
    RawNode& raw = document_->impl().nodes[index_];
    if (std::find(raw.wanted.begin(), raw.wanted.end(), key) == raw.wanted.end()) raw.wanted.emplace_back(key);
    const int k = raw.find(key);
    if (k < 0) {
        if (must) {
            std::vector<std::string> strangers;
            for (const RawKey& other : raw.keys)
                if (!other.known) strangers.push_back(other.name);
            const std::string near = nearest(key, strangers);
            document_->impl().problem(raw.line, path_.empty() ? std::string(key) : path_ + "." + std::string(key), (near.empty() ? "this key is missing." : "this key is missing. Nearest there: " + near) + (key == "source" ? source_words : ""));
        }
        return out;
    }
    raw.keys[static_cast<std::size_t>(k)].known = true;
    out.document_ = document_;
    out.index_ = raw.children[static_cast<std::size_t>(k)];
    out.path_ = path_.empty() ? std::string(key) : path_ + "." + std::string(key);
    out.id_path_ = id_path_.empty() ? std::string(key) : id_path_ + "." + std::string(key);
    if (must && !out.present()) {
        out.problem("nothing stands after the colon.");
        return {};
    }
    return out;
}

Node Node::need(std::string_view key) const { return child(key, true); }
Node Node::maybe(std::string_view key) const { return child(key, false); }

bool Node::must_be_map() const {
    if (present() && !is_map()) problem("found " + shown() + ", wanted a map (key: value).");
    return is_map();
}

bool Node::must_be_list() const {
    if (present() && !is_list()) problem("found " + shown() + ", wanted a list.");
    return is_list();
}

std::size_t Node::size() const {
    if (!present()) return 0;
    return is_scalar() ? 1 : document_->impl().nodes[index_].children.size();
}

Node Node::at(std::size_t i) const {
    TRESSE_CHECK(i < size(), "an entry is read only where there is one");
    if (is_scalar()) return *this;
    const auto& nodes = document_->impl().nodes;
    if (is_map()) return child(std::string(nodes[index_].keys[i].name), false);
    Node out;
    out.document_ = document_;
    out.index_ = nodes[index_].children[i];
    out.path_ = path_ + "[" + std::to_string(i) + "]";
    const RawNode& raw = nodes[out.index_];
    const int id = raw.kind == RawKind::map ? raw.find("id") : -1;
    const bool named = id >= 0 && nodes[raw.children[static_cast<std::size_t>(id)]].kind == RawKind::scalar;
    out.id_path_ = named ? id_path_ + "." + nodes[raw.children[static_cast<std::size_t>(id)]].scalar : id_path_ + "[" + std::to_string(i) + "]";
    return out;
}

std::vector<std::string> Node::keys() const {
    std::vector<std::string> out;
    if (!must_be_map()) return out;
    for (RawKey& k : document_->impl().nodes[index_].keys) {
        k.known = true;
        out.push_back(k.name);
    }
    return out;
}

void Node::ignore() const {
    if (!document_) return;
    std::vector<std::size_t> open = {index_};
    auto& nodes = document_->impl().nodes;
    while (!open.empty()) {
        RawNode& raw = nodes[open.back()];
        open.pop_back();
        for (RawKey& k : raw.keys) k.known = true;
        open.insert(open.end(), raw.children.begin(), raw.children.end());
    }
}

std::string Node::draw_key() const { return document_ ? document_->draw_prefix() + (id_path_.empty() ? "" : "." + id_path_) : ""; }

// --- values --------------------------------------------------------------------------------------------------------------

bool Node::in_text(std::string_view wanted, std::string& out) const {
    if (!present()) return false;
    if (!is_scalar()) {
        problem("found " + shown() + ", wanted " + std::string(wanted) + ".");
        return false;
    }
    out = document_->impl().nodes[index_].scalar;
    return true;
}

std::string Node::text() const {
    std::string out;
    if (in_text("a text", out) && out.empty()) problem("the text is empty.");
    return out;
}

std::string Node::text_or(std::string_view standard) const { return present() ? text() : std::string(standard); }

std::vector<std::string> Node::texts() const {
    std::vector<std::string> out;
    if (is_map()) problem("found " + shown() + ", wanted a list of words.");
    else
        for (std::size_t i = 0; i < size(); ++i) out.push_back(at(i).text());
    return out;
}

bool Node::in_number(std::string_view wanted, double low, double high, double& out) const {
    std::string text;
    const std::string range = range_words(wanted, low, high);
    if (!in_text(range, text)) return false;
    const RawNode& raw = document_->impl().nodes[index_];
    double value = 0;
    if (!parse_number(text, value)) {
        problem("found " + shown() + ", wanted " + range + "." + number_hint(text, low, high, path_));
        return false;
    }
    if (raw.quoted) {
        const std::string thousands = thousands_hint(text, low, high);
        problem("found the text \"" + text + "\", wanted " + range + "." + (thousands.empty() ? " Leave out the quotes." : thousands + " Leave out the quotes too."));
        return false;
    }
    if (value < low || value > high) {
        problem("found " + text + ", wanted " + range + "." + number_hint(text, low, high, path_));
        return false;
    }
    out = value;
    return true;
}

double Node::number(double low, double high) const {
    double value = std::clamp(0.0, low, high);
    in_number(low == 0 && high == 1 ? "a share" : "a number", low, high, value);
    return value;
}

double Node::number_or(double standard, double low, double high) const { return present() ? number(low, high) : standard; }

long long Node::whole(long long low, long long high) const {
    double value = 0;
    if (!in_number("a whole number", static_cast<double>(low), static_cast<double>(high), value)) return std::clamp(0LL, low, high);
    long long whole_value = 0;
    if (!parse_whole(document_->impl().nodes[index_].scalar, whole_value)) {
        problem("found " + shown() + ", wanted " + range_words("a whole number", static_cast<double>(low), static_cast<double>(high)) + ".");
        return std::clamp(0LL, low, high);
    }
    return whole_value;
}

long long Node::whole_or(long long standard, long long low, long long high) const { return present() ? whole(low, high) : standard; }

bool Node::flag_or(bool standard) const {
    std::string text;
    if (!in_text("true or false", text)) return standard;
    if (text == "true" || text == "false") return text == "true";
    problem("found " + shown() + ", wanted true or false.");
    return standard;
}

Month Node::month() const {
    std::string text;
    Month out = Month::of(2025, 1);
    if (in_text("a month like 2026-01", text) && !parse_month(text, out)) problem("found " + shown() + ", wanted a month like 2026-01.");
    return out;
}

int Node::word(const std::vector<std::string>& words) const {
    std::string text;
    if (!in_text("one of " + join(words, 30), text)) return -1;
    for (std::size_t i = 0; i < words.size(); ++i)
        if (words[i] == text) return static_cast<int>(i);
    const std::string near = nearest(text, words);
    problem("found " + shown() + ", wanted one of: " + join(words, 40) + "." + (near.empty() ? "" : " Nearest: " + near));
    return -1;
}

LocalText Node::local_text() const {
    LocalText out;
    if (is_scalar()) out[Lang::en] = text();
    else if (must_be_map()) {
        for (int l = 0; l < lang_count; ++l) out.text[l] = maybe(lang_code(static_cast<Lang>(l))).text_or("");
        if (out.empty()) problem("no text in any of en, fr, nl, de.");
    }
    return out;
}

void Node::check_range(Uncertain& u, Law law) const {
    u.law = u.low == u.high ? Law::fixed : law;
    u.key = draw_key();
    const std::string range = number_text(u.low) + " to " + number_text(u.high);
    if (!(u.low <= u.value && u.value <= u.high)) {
        problem("the value " + number_text(u.value) + " does not lie in its range " + range + ".");
        u.law = Law::fixed;
    } else if (u.law == Law::lognormal && u.low <= 0) {
        problem("the range " + range + " of a factor must lie above 0; write a small number such as 0.01 for \"almost none\".");
        u.law = Law::fixed;
    } else if (u.law == Law::logit && (u.low <= 0 || u.high >= 1)) {
        problem("the range " + range + " of a share must lie inside 0 and 1; write 0.001 or 0.999 for \"almost\".");
        u.law = Law::fixed;
    }
}

Uncertain Node::uncertain(double low_bound, double high_bound, Law law, bool bare_allowed) const {
    Uncertain out;
    out.value = out.low = out.high = std::clamp(law == Law::lognormal ? 1.0 : 0.0, low_bound, high_bound);
    if (!present()) return out;
    if (is_scalar()) {
        const bool is_number = in_number("a number", low_bound, high_bound, out.value);
        out.low = out.high = out.value;
        out.key = draw_key();
        if (is_number && !bare_allowed) {
            const std::string key = path_.substr(path_.find_last_of('.') + 1);
            problem("found " + shown() + ". This is an estimate of the world, so it needs its range and source:\n  " + key + ": {value: " + number_text(out.value) +
                    ", low: ..., high: ..., source: S-... or A-...}");
        }
        return out;
    }
    if (!is_map()) {
        problem("found " + shown() + ", wanted an estimate {value: ..., low: ..., high: ..., source: S-... or A-...}.");
        return out;
    }
    const std::size_t before = document_->impl().problems->count();
    need("value").in_number("a number", low_bound, high_bound, out.value);
    out.low = out.high = out.value;
    need("low").in_number("a number", low_bound, high_bound, out.low);
    need("high").in_number("a number", low_bound, high_bound, out.high);
    const Node source = need("source");
    out.source = source.text();
    if (out.source == "own") out.source = "own: " + maybe("reason").text_or("");
    else if (!out.source.empty() && !is_source_id(out.source)) source.problem("found " + source.shown() + ", wanted an id of the register: S-nnn (published) or A-nnn (assumed by us).");
    maybe("note");
    if (document_->impl().problems->count() == before) check_range(out, law);
    return out;
}

std::vector<Uncertain> Node::uncertain_list(double low_bound, double high_bound, Law law) const {
    std::vector<Uncertain> out;
    if (!present()) return out;
    if (is_list()) {
        for (std::size_t i = 0; i < size(); ++i) out.push_back(at(i).uncertain(low_bound, high_bound, law));
        return out;
    }
    if (!is_map()) {
        problem("found " + shown() + ", wanted {value: [...], low: [...], high: [...], source: S-... or A-...}.");
        return out;
    }
    const Node values = need("value"), low = maybe("low"), high = maybe("high"), source = need("source");
    maybe("note");
    std::string id = source.text();
    if (id == "own") id = "own: " + maybe("reason").text_or("");
    else if (!id.empty() && !is_source_id(id)) source.problem("found " + source.shown() + ", wanted an id of the register: S-nnn (published) or A-nnn (assumed by us).");
    for (const Node* side : {&low, &high})
        if (side->is_list() && side->size() != values.size()) side->problem("found " + plural(side->size(), "value") + ", wanted " + std::to_string(values.size()) + " as in `value`.");
    if (low.present() != high.present()) problem("give both low and high, or neither.");
    for (std::size_t i = 0; i < values.size(); ++i) {
        const std::size_t before = document_->impl().problems->count();
        Uncertain u;
        u.value = values.at(i).number(low_bound, high_bound);
        const auto side = [&](const Node& n) { return !n.present() ? u.value : !n.is_list() ? n.number(low_bound, high_bound) : i < n.size() ? n.at(i).number(low_bound, high_bound) : u.value; };
        u.low = side(low), u.high = side(high);
        u.source = id;
        if (document_->impl().problems->count() == before) check_range(u, law);
        u.key = draw_key() + "[" + std::to_string(i) + "]";
        out.push_back(std::move(u));
    }
    return out;
}

// --- writing ---------------------------------------------------------------------------------------------------------------

std::string yaml_scalar(std::string_view text, bool is_text) {
    double number = 0;
    const bool looks_other = parse_number(text, number) || text == "true" || text == "false" || text == "null" || text == "~" || text == "yes" || text == "no" || text == "on" || text == "off";
    const auto is_safe = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80 || std::string_view(" _./+-()'").find(c) != std::string_view::npos; };
    const bool plain = !text.empty() && std::all_of(text.begin(), text.end(), is_safe) && std::string_view(" '-+.()/").find(text.front()) == std::string_view::npos && text.back() != ' ';
    if ((plain || (!is_text && parse_number(text, number))) && !(is_text && looks_other)) return std::string(text);
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        if (c == '\n') out += "\\n";
        else if (c == '\t') out += "\\t";
        else if (c == '\r') out += "\\r";
        else out += c;
    }
    return out + "\"";
}

std::string Node::dump(int indent) const {
    if (!present()) return "~\n";
    const RawNode& raw = document_->impl().nodes[index_];
    if (raw.kind == RawKind::scalar) return yaml_scalar(raw.scalar, raw.quoted) + "\n";
    if (raw.children.empty()) return raw.kind == RawKind::list ? "[]\n" : "{}\n";
    std::string out;
    for (std::size_t i = 0; i < raw.children.size(); ++i) {
        Node next;
        next.document_ = document_;
        next.index_ = raw.children[i];
        const RawKind kind = document_->impl().nodes[next.index_].kind;
        const bool block = (kind == RawKind::map || kind == RawKind::list) && !document_->impl().nodes[next.index_].children.empty();
        const std::string inner = next.dump(indent + 1);
        const std::string room(static_cast<std::size_t>(indent) * 2, ' ');
        if (raw.kind == RawKind::map) out += room + yaml_scalar(raw.keys[i].name, false) + (block ? ":\n" : ": ") + inner;
        else if (block) out += room + "- " + inner.substr(room.size() + 2);
        else out += room + "- " + inner;
    }
    return out;
}

}  // namespace tresse::scenario
