#include "tresse/scenario/lesson.hpp"

#include <algorithm>
#include <set>

#include "tresse/core/file.hpp"

namespace tresse::scenario {

namespace {

using Words = std::vector<std::string>;

std::string one_of(const Node& node, const Words& words) {
    const int found = node.word(words);
    return found < 0 ? "" : words[static_cast<std::size_t>(found)];
}

/// A text that a student reads: all four languages.
LocalText told(const Node& node) {
    const LocalText text = node.local_text();
    for (const std::string& one : text.text)
        if (node.present() && one.empty()) {
            node.problem("wanted a text in each of en, fr, nl and de: students read it.");
            break;
        }
    return text;
}

LessonLimit read_limit(const Node& node) {
    LessonLimit out;
    out.fact = node.need("fact").text();
    if (const Node above = node.maybe("above"); above.present())
        out.has_above = true, out.above = above.number(-1e12, 1e12);
    if (const Node below = node.maybe("below"); below.present())
        out.has_below = true, out.below = below.number(-1e12, 1e12);
    if (!out.has_above && !out.has_below)
        node.problem("wanted above, below or both.");
    return out;
}

std::vector<LessonFact> read_facts(const Node& list) {
    std::vector<LessonFact> out;
    if (!list.must_be_list())
        return out;
    for (std::size_t i = 0; i < list.size(); ++i) {
        const Node node = list.at(i);
        LessonFact fact;
        fact.id = node.need("id").text();
        fact.label = told(node.need("label"));
        fact.unit = node.maybe("unit").local_text();
        fact.digits = static_cast<int>(node.maybe("digits").whole_or(1, 0, 3));
        fact.of = one_of(node.need("of"), lesson_fact_kinds());
        fact.name = node.need("name").text();
        fact.arm = node.maybe("arm").text_or("");
        const Node take = node.maybe("take");
        fact.take = take.present() ? one_of(take, lesson_takes()) : "value";
        fact.income_fifth = static_cast<int>(node.maybe("income_fifth").whole_or(0, 0, 5));
        out.push_back(std::move(fact));
    }
    return out;
}

std::vector<LessonOption> read_options(const Node& list) {
    std::vector<LessonOption> out;
    if (!list.must_be_list())
        return out;
    for (std::size_t i = 0; i < list.size(); ++i) {
        LessonOption option;
        option.text = told(list.at(i).need("text"));
        option.says = told(list.at(i).need("says"));
        const Node when = list.at(i).maybe("when");
        for (std::size_t k = 0; when.present() && k < when.size(); ++k)
            option.when.push_back(read_limit(when.at(k)));
        out.push_back(std::move(option));
    }
    if (out.size() < 2 || out.size() > 6)
        list.problem("wanted two to six options to choose from.");
    return out;
}

const Words& needs() {
    static const Words words = {"component", "funding", "own_rule", "capacity", "start",  "paid_by",
                                "alone",     "same_ground", "arms", "futures",  "result"};
    return words;
}

LessonCheck read_check(const Node& node) {
    LessonCheck check;
    check.needs = one_of(node.need("needs"), needs());
    const bool named = check.needs == "component" || check.needs == "funding" || check.needs == "capacity" ||
                       check.needs == "start" || check.needs == "paid_by";
    check.is = named ? node.need("is").text() : node.maybe("is").text_or("");
    check.at_least = node.maybe("at_least").number_or(0, 0, 1e6);
    if (check.needs == "result")
        check.limit = read_limit(node.need("limit"));
    check.right = told(node.need("right"));
    check.look = told(node.need("look"));
    return check;
}

LessonNumber read_number(const Node& node) {
    LessonNumber number;
    number.id = node.need("id").text();
    number.fact = node.need("fact").text();
    number.ask = told(node.need("ask"));
    number.look = told(node.need("look"));
    number.tolerance = node.need("tolerance").number(0, 1e9);
    const Node mistakes = node.maybe("mistakes");
    for (std::size_t i = 0; mistakes.present() && i < mistakes.size(); ++i)
        number.mistakes.push_back({mistakes.at(i).need("fact").text(), told(mistakes.at(i).need("look"))});
    return number;
}

LessonExercise read_exercise(const Node& node) {
    LessonExercise out;
    if (!node.must_be_map())
        return out;
    out.task = told(node.need("task"));
    out.starter = node.need("starter").text();
    out.rule_from = node.maybe("rule_from").text_or("");
    out.facts = read_facts(node.need("facts"));
    const Node checks = node.need("checks"), numbers = node.need("numbers");
    for (std::size_t i = 0; checks.must_be_list() && i < checks.size(); ++i)
        out.checks.push_back(read_check(checks.at(i)));
    for (std::size_t i = 0; numbers.must_be_list() && i < numbers.size(); ++i)
        out.numbers.push_back(read_number(numbers.at(i)));
    return out;
}

/// Every fact that is named is there, and none twice.
void check_facts(const Lesson& lesson, const Node& root) {
    const auto ids = [&](const std::vector<LessonFact>& facts) {
        Words out;
        for (const LessonFact& fact : facts) {
            if (std::find(out.begin(), out.end(), fact.id) != out.end())
                root.problem("the fact \"" + fact.id + "\" stands twice.");
            out.push_back(fact.id);
        }
        return out;
    };
    const Words shown = ids(lesson.facts), own = ids(lesson.exercise.facts);
    const auto wanted = [&](const std::string& fact, const Words& in) {
        if (fact.empty() || std::find(in.begin(), in.end(), fact) != in.end())
            return;
        const std::string near = nearest(fact, in);
        root.problem("no fact is called \"" + fact + "\"." + (near.empty() ? "" : " Nearest: " + near));
    };
    for (const LessonOption& option : lesson.options)
        for (const LessonLimit& limit : option.when)
            wanted(limit.fact, shown);
    for (const LessonCheck& check : lesson.exercise.checks)
        wanted(check.limit.fact, own);
    std::set<std::string> seen;
    for (const LessonNumber& number : lesson.exercise.numbers) {
        if (!seen.insert(number.id).second)
            root.problem("the number \"" + number.id + "\" is asked for twice.");
        wanted(number.fact, own);
        for (const LessonMistake& mistake : number.mistakes)
            wanted(mistake.fact, own);
    }
}

Lesson read_from(Document& document) {
    Lesson lesson;
    lesson.file = document.name();
    if (!document.usable())
        return lesson;
    const Node root = document.root();
    lesson.id = root.need("id").text();
    lesson.number = static_cast<int>(root.need("number").whole(1, 999));
    lesson.minutes = static_cast<int>(root.maybe("minutes").whole_or(15, 1, 240));
    lesson.title = told(root.need("title"));
    lesson.story = told(root.need("story"));
    lesson.question = told(root.need("question"));
    lesson.options = read_options(root.need("options"));
    lesson.scenario = root.need("scenario").text();
    lesson.facts = read_facts(root.need("facts"));
    lesson.explains = told(root.need("explains"));
    lesson.honest = told(root.need("honest"));
    lesson.question_back = told(root.need("question_back"));
    lesson.exercise = read_exercise(root.need("exercise"));
    root.maybe("sources").texts();
    check_facts(lesson, root);
    lesson.sources = document.sources();
    document.finish();
    return lesson;
}

std::string folder_of_lessons(const std::string& home) { return join_path(join_path(home, "scenarios"), "lessons"); }

[[noreturn]] void unknown(const std::string& name, const Words& ids) {
    std::string all;
    for (const std::string& id : ids)
        all += (all.empty() ? "" : ", ") + id;
    const std::string near = nearest(name, ids);
    Problems problems;
    problems.add(name, 0, "",
                 "this is neither a file nor the id of a shipped lesson." +
                     (near.empty() ? " There are: " + all : " Nearest: " + near));
    throw BadInput(std::move(problems));
}

}  // namespace

const std::vector<std::string>& lesson_fact_kinds() {
    static const Words words = {"score", "event", "means", "dearest", "lives", "income"};
    return words;
}

const std::vector<std::string>& lesson_takes() {
    static const Words words = {"value", "difference", "low", "high", "lowest", "highest", "margin", "detectable"};
    return words;
}

std::string option_letter(std::size_t option) { return std::string(1, static_cast<char>('a' + option)); }

bool is_option(const Lesson& lesson, const std::string& letter) {
    for (std::size_t i = 0; i < lesson.options.size(); ++i)
        if (option_letter(i) == letter)
            return true;
    return false;
}

std::vector<std::string> shipped_lessons(const std::string& home) {
    const std::string folder = folder_of_lessons(home);
    std::vector<std::pair<int, std::string>> found;
    if (!is_folder(folder))
        return {};
    for (const std::string& name : names_in(folder)) {
        if (!name.ends_with(".yaml"))
            continue;
        Problems problems;
        Document document(join_path(folder, name), "", problems);
        if (document.usable() && document.root().maybe("kind").text_or("") == "lesson")
            found.emplace_back(static_cast<int>(document.root().maybe("number").whole_or(999, 1, 999)),
                               name.substr(0, name.size() - 5));
    }
    std::sort(found.begin(), found.end());
    Words out;
    for (const auto& [number, id] : found)
        out.push_back(id);
    return out;
}

Lesson load_lesson(const std::string& name, const std::string& home) {
    std::string path = name;
    if (name.find('/') == std::string::npos && !name.ends_with(".yaml")) {
        const Words ids = shipped_lessons(home);
        if (std::find(ids.begin(), ids.end(), name) == ids.end())
            unknown(name, ids);
        path = join_path(folder_of_lessons(home), name + ".yaml");
    }
    Problems problems;
    Document document(path, "lesson", problems);
    Lesson lesson = read_from(document);
    if (problems.any())
        throw BadInput(std::move(problems));
    lesson.scenario = join_path(folder_of(path), lesson.scenario);
    return lesson;
}

Lesson parse_lesson(const std::string& text, const std::string& name, Problems& problems) {
    Document document(text, name, "lesson", problems);
    return read_from(document);
}

}  // namespace tresse::scenario
