#include "tresse/scenario/game.hpp"
#include "tresse/scenario/lesson.hpp"

namespace tresse::scenario {

namespace {

struct Row {
    const char *path, *unit, *range, *standard, *meaning;
};

constexpr Row lesson_rows[] = {
    {"format", "number", "1", "must", "version of the file format"},
    {"kind", "word", "lesson", "must", "what the file is"},
    {"id", "word", "small letters, digits, hyphens", "must", "name of the lesson, as its file"},
    {"number", "number", "1 to 999", "must", "place in the list"},
    {"minutes", "minutes", "1 to 240", "15", "how long it takes"},
    {"title", "text in en, fr, nl, de", "", "must", "heading"},
    {"story", "text in en, fr, nl, de", "", "must", "what is going on"},
    {"question", "text in en, fr, nl, de", "", "must", "what is to be predicted"},
    {"options[].text", "text in en, fr, nl, de", "two to six options", "must", "a possible prediction"},
    {"options[].says", "text in en, fr, nl, de", "", "must", "what is taught when the run shows it"},
    {"options[].when[].fact", "id of a fact", "", "must", "the run shows the first option of which all limits hold"},
    {"options[].when[].above", "number", "", "no limit", "lower limit, not included"},
    {"options[].when[].below", "number", "", "no limit", "upper limit, not included"},
    {"scenario", "path", "from the lesson's folder", "must", "what is run; arms after the line `# ---` are those of the lesson"},
    {"facts[].id", "word", "", "must", "name of a number"},
    {"facts[].label", "text in en, fr, nl, de", "", "must", "what it is"},
    {"facts[].unit", "text in en, fr, nl, de", "", "none", "its unit"},
    {"facts[].digits", "number", "0 to 3", "1", "decimals shown"},
    {"facts[].of", "word", "score, event, means, dearest, lives, income", "must", "where it is read"},
    {"facts[].name", "word", "row of the score table, what is counted, or kind of provider", "must", "which number"},
    {"facts[].arm", "id of an arm", "", "the base", "whose number"},
    {"facts[].take", "word", "value, difference, low, high, lowest, highest, margin, detectable", "value", "level, or paired difference from the base and its range"},
    {"facts[].income_fifth", "number", "1 lowest to 5 highest", "everybody", "of which income fifth; scores only"},
    {"explains", "text in en, fr, nl, de", "", "must", "why, whatever was shown"},
    {"honest", "text in en, fr, nl, de", "", "must", "what the run cannot show"},
    {"question_back", "text in en, fr, nl, de", "", "must", "what the student is asked in the end; never checked"},
    {"sources", "list of source ids", "", "none", "of what the texts say"},
    {"exercise.task", "text in en, fr, nl, de", "", "must", "what to write"},
    {"exercise.starter", "text", "", "must", "arms of the file to finish, as YAML"},
    {"exercise.rule_from", "id of a funding rule", "", "none", "is copied to my-rule.yaml as a rule of one's own"},
    {"exercise.facts", "as facts", "", "must", "numbers of the student's run; its arm is called mine"},
    {"exercise.checks[].needs", "word", "component, funding, own_rule, capacity, start, paid_by, alone, same_ground, arms, futures, result", "must", "what the file or its run must have"},
    {"exercise.checks[].is", "word", "", "", "which component, rule, role, month or payer"},
    {"exercise.checks[].at_least", "number", "", "0", "arms or futures"},
    {"exercise.checks[].limit", "as options[].when[]", "", "", "of a result"},
    {"exercise.checks[].right", "text in en, fr, nl, de", "", "must", "said when it is met"},
    {"exercise.checks[].look", "text in en, fr, nl, de", "", "must", "where to look when it is not"},
    {"exercise.numbers[].id", "word", "", "must", "key on the answer sheet"},
    {"exercise.numbers[].fact", "id of a fact of the exercise", "", "must", "the right number"},
    {"exercise.numbers[].tolerance", "number", "0 or more", "must", "how far off an answer may be"},
    {"exercise.numbers[].ask", "text in en, fr, nl, de", "", "must", "what is asked, with its unit"},
    {"exercise.numbers[].look", "text in en, fr, nl, de", "", "must", "where to look"},
    {"exercise.numbers[].mistakes[].fact", "id of a fact of the exercise", "", "must", "a number read by mistake"},
    {"exercise.numbers[].mistakes[].look", "text in en, fr, nl, de", "", "must", "what was read instead"},
};

constexpr Row answer_rows[] = {
    {"format", "number", "1", "must", "version of the file format"},
    {"kind", "word", "answers", "must", "an answer sheet; it holds no name"},
    {"lesson", "id of a lesson", "", "must", "of which lesson"},
    {"prediction", "letter", "a, b ...", "none", "entered before anything is shown"},
    {"why", "one line", "", "none", "why; never checked"},
    {"shown", "letter or none", "", "none", "what the run showed"},
    {"file", "path", "from the sheet's folder", "mine.yaml", "the student's scenario"},
    {"run", "folder or code", "", "the newest run of the file", "the student's run"},
    {"numbers.<id>", "number", "", "none", "what the lesson asks for"},
    {"reply", "one line", "", "none", "the answer to the question back; never checked"},
    {"checked.right", "number", "", "none", "written by the last check"},
    {"checked.of", "number", "", "none", "written by the last check"},
};

constexpr Row game_rows[] = {
    {"format", "number", "1", "must", "version of the file format"},
    {"kind", "word", "game", "must", "the class game"},
    {"id", "word", "", "must", "its name"},
    {"title", "text in en, fr, nl, de", "", "must", "heading"},
    {"scenario", "path", "from the game's folder", "must", "head of what is run; arms after the line `# ---` are left out"},
    {"years_per_round", "years", "1 to 10", "5", "length of a round"},
    {"rounds", "number", "1 to 4", "2", "how many"},
    {"scores[]", "rows of the score table", "", "must", "the shared scoreboard"},
    {"teams[].id", "word", "", "must", "short name"},
    {"teams[].name", "text in en, fr, nl, de", "", "must", "who they are"},
    {"teams[].wants", "text in en, fr, nl, de", "", "must", "what they are after"},
    {"teams[].sees[]", "rows of the score table", "", "must", "the team's own account and scores"},
    {"levers[].id", "word", "", "must", "short name"},
    {"levers[].name", "text in en, fr, nl, de", "", "must", "what moves"},
    {"levers[].agreement", "number", "1 to 8", "must", "to which of the eight agreements it belongs"},
    {"levers[].teams[]", "ids of teams", "", "must", "who must move it; all of them, in one round, or nothing happens"},
    {"levers[].adds.organisation", "as an arm's", "", "none", "what it adds to the arm; without a start"},
    {"levers[].adds.components", "as an arm's", "", "none", "the same"},
    {"levers[].adds.funding", "as an arm's", "", "none", "the same"},
    {"levers[].adds.capacities", "as an arm's", "", "none", "the same"},
};

constexpr Row move_rows[] = {
    {"format", "number", "1", "must", "version of the file format"},
    {"kind", "word", "moves", "must", "moves of a game, for a rehearsal"},
    {"rounds[].<team>", "ids of levers", "", "nothing", "what a team moves in a round"},
};

template <std::size_t n> void add(std::vector<KeyDoc>& out, const char* kind, const Row (&rows)[n]) {
    for (const Row& r : rows)
        out.push_back({kind, r.path, r.unit[0] ? r.unit : "text", r.range, r.standard, r.meaning});
}

}  // namespace

std::vector<KeyDoc> lesson_keys() {
    std::vector<KeyDoc> out;
    add(out, "lesson", lesson_rows);
    add(out, "answers", answer_rows);
    add(out, "game", game_rows);
    add(out, "moves", move_rows);
    return out;
}

}  // namespace tresse::scenario
