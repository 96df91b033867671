#include <algorithm>
#include <charconv>
#include <iterator>

#include "tresse/core/file.hpp"
#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"
#include "tresse/core/text/layout.hpp"
#include "tresse/decide/verdict.hpp"
#include "tresse/lesson/game.hpp"
#include "tresse/scenario/game.hpp"

#include "lesson_parts.hpp"
#include "parts.hpp"

namespace tresse::app {

namespace {

using scenario::Game;
using scenario::GameLever;
using scenario::GameMove;
using text::fill;
using text::tr;

/// The head of the game's scenario, up to the arms of its own.
std::string head_of(const Game& game) {
    std::string head = read_file(game.scenario, 1u << 20);
    const std::size_t cut = head.find("\n  # --- ");
    head.resize(cut == std::string::npos ? head.size() : cut + 1);
    return head;
}

/// Numbers of a line that name levers of a list, counted from 1; what is none of them is said.
std::vector<const GameLever*> chosen(const std::string& line, const std::vector<const GameLever*>& levers, Session& session) {
    std::vector<const GameLever*> out;
    for (std::size_t at = 0; at < line.size();) {
        const std::size_t from = line.find_first_not_of(" ,;\t\r", at);
        if (from == std::string::npos)
            break;
        const std::size_t to = std::min(line.size(), line.find_first_of(" ,;\t\r", from));
        const std::string word = line.substr(from, to - from);
        at = to;
        std::size_t number = 0;
        const auto read = std::from_chars(word.data(), word.data() + word.size(), number);
        if (read.ec != std::errc() || read.ptr != word.data() + word.size() || number < 1 || number > levers.size())
            session.write(fill(tr("  \"{word}\" is no number of a lever; it is left out."), {{"word", word}}) + "\n");
        else
            out.push_back(levers[number - 1]);
    }
    return out;
}

/// Asks every team for its levers of a round. False: nobody answered at all.
bool ask_round(const Game& game, int round, std::vector<GameMove>& moves, Session& session) {
    bool answered = false;
    for (const scenario::GameTeam& team : game.teams) {
        const auto levers = lesson::levers_of(game, team.id);
        std::string out = "\n" + fill(tr("{team}: levers in your hand"), {{"team", tr(team.name)}}) + "\n";
        for (std::size_t i = 0; i < levers.size(); ++i) {
            std::vector<std::string> others;
            for (const std::string& other : levers[i]->teams)
                if (other != team.id)
                    others.push_back(tr(game.team(other)->name));
            out += text::hanging(text::pad_left(std::to_string(i + 1), 4) + "  ", 6,
                                 tr(levers[i]->name) + (others.empty() ? "" : "  (" + fill(tr("with {teams}"), {{"teams", text::list(others)}}) + ")"), 98);
        }
        session.write(out);
        std::string line;
        answered = session.ask(tr("Numbers of the levers you move now, or Enter: "), line) || answered;
        for (const GameLever* lever : chosen(line, levers, session))
            moves.push_back({round, team.id, lever->id});
    }
    return answered;
}

/// Who moved which lever, and what waits for whom.
std::string who_moved(const Game& game, const std::vector<GameMove>& moves, int round) {
    std::string out = "\n" + tr("Who moved which lever") + "\n";
    for (const scenario::GameTeam& team : game.teams) {
        std::vector<std::string> names;
        for (const GameMove& move : moves)
            if (move.round == round && move.team == team.id)
                names.push_back(tr(game.lever(move.lever)->name));
        out += text::hanging("  " + text::pad_right(tr(team.name), 30), 32, names.empty() ? tr("nothing") : text::list(names), 98);
    }
    for (const lesson::InForce& one : lesson::in_force(game, moves, round + 1))
        if (one.round == round)
            out += text::hanging("  ✔ ", 4, fill(tr("agreement {n}: {lever} is in force"), {{"n", one.lever->agreement}, {"lever", tr(one.lever->name)}}), 98);
    for (const lesson::Waiting& one : lesson::waiting(game, moves, round)) {
        std::vector<std::string> names;
        for (const std::string& team : one.missing)
            names.push_back(tr(game.team(team)->name));
        out += text::hanging("  ✖ ", 4, fill(tr("agreement {n}: {lever} fails for want of {teams}"), {{"n", one.lever->agreement}, {"lever", tr(one.lever->name)}, {"teams", text::list(names)}}), 98);
    }
    return out;
}

std::string verdict_sign(decide::Verdict verdict) {
    switch (verdict) {
        case decide::Verdict::better: return "▲";
        case decide::Verdict::worse: return "▼";
        case decide::Verdict::same: return "=";
        case decide::Verdict::cannot_tell: return "?";
        case decide::Verdict::none: return " ";
    }
    return " ";
}

/// A line of the board: today's value, ours minus today's with its range, a word.
std::string board_line(const Compared& c, const std::string& id) {
    for (std::size_t i = 0; i < c.rows.size(); ++i)
        if (c.rows[i].id == id) {
            const decide::ComparedRow& row = c.results.at(0).rows.at(i);
            const int digits = measure::score(c.rows[i].score).digits;
            const auto& d = row.difference;
            return "  " + text::pad_right(text::shorten(row_name(c.rows[i], c.catalogue()), 44), 46) +
                   text::pad_left(row.base ? text::number(*row.base, digits) : "", 10) + "  " +
                   (d.defined() ? text::pad_left(text::signed_number(d.expected, digits), 8) + "  (" + text::signed_number(d.uncertainty.low, digits) + " – " +
                                      text::signed_number(d.uncertainty.high, digits) + ") " + verdict_sign(row.verdict)
                                : "") + "\n";
        }
    return "";
}

std::string board(const Game& game, const Compared& c, int years) {
    std::string out = "\n" + fill(tr("Scoreboard after {n} years: today, and ours minus today (95 % range)"), {{"n", years}}) + "\n";
    for (const std::string& score : game.scores)
        out += board_line(c, score);
    return out + "  " + tr("▲ better   ▼ worse   = same   ? cannot tell") + "\n";
}

void check_scores(const Game& game, const Compared& c) {
    Problems problems;
    std::vector<std::string> known;
    for (const measure::ScoreRow& row : c.rows)
        known.push_back(row.id);
    const auto look = [&](const std::string& id) {
        if (std::find(known.begin(), known.end(), id) == known.end())
            problems.add(game.file, 0, "scores", fill(tr("\"{word}\" is no row of the score table."), {{"word", id}}));
    };
    for (const std::string& id : game.scores)
        look(id);
    for (const scenario::GameTeam& team : game.teams)
        for (const std::string& id : team.sees)
            look(id);
    if (problems.any())
        throw BadInput(std::move(problems));
}

/// Runs what is in force and shows the board, then each team its own account. False: stopped.
bool play_round(const Game& game, const std::vector<GameMove>& moves, int round, const Options& options, Session& session) {
    session.write(who_moved(game, moves, round));
    const std::string folder = lesson_folder("game", session);
    make_folder(folder);
    const std::string file = join_path(folder, session.around().stamp + "-round-" + std::to_string(round + 1) + ".yaml");
    const Month start = load(game.scenario, {}, session)->start;
    write_file(file, lesson::scenario_text(game, moves, round + 1, head_of(game), start));
    Simulated run = simulate(file, load(file, options, session), {}, options, session);
    if (run.stopped)
        return false;
    finish(run, options, session);
    const Compared c = compared(arms_of(*run.scenario, run.records), scores_of(session));
    check_scores(game, c);
    session.write(board(game, c, game.years_per_round * (round + 1)));
    for (const scenario::GameTeam& team : game.teams) {
        std::string line;
        session.ask("\n" + fill(tr("{team} looks at its own account. Enter."), {{"team", tr(team.name)}}) + " ", line);
        std::string out;
        for (const std::string& row : team.sees)
            out += board_line(c, row);
        session.write("\n" + out);
    }
    session.write("\n  " + fill(tr("Kept in {folder}; all figures: tresse explore {folder}"), {{"folder", run.folder}}) + "\n");
    return true;
}

}  // namespace

std::string game_path(const Session& session) { return join_path(session.around().home, "scenarios/lessons/game/eight-agreements.yaml"); }

int lesson_game(const std::vector<std::string>& files, bool print, const Options& options, Session& session) {
    const Game game = scenario::load_game(game_path(session));
    if (print) {
        const std::string path = join_path(lesson_folder("game", session), "sheets." + std::string(lang_code(text::language())) + ".html");
        make_folder(folder_of(path));
        write_file(path, lesson::negotiation_sheets(game));
        session.write(fill(tr("One page a team for A4: {file}"), {{"file", path}}) + "\n");
        return done;
    }
    std::vector<GameMove> moves, given;
    if (!files.empty())
        given = scenario::load_moves(files.front(), game);
    session.write(fill(tr("{title}: {n} rounds of {years} years"), {{"title", tr(game.title)}, {"n", game.rounds}, {"years", game.years_per_round}}) + "\n");
    for (int round = 0; round < game.rounds; ++round) {
        session.write("\n" + fill(tr("ROUND {n}"), {{"n", round + 1}}) + "\n");
        if (!files.empty()) {
            std::copy_if(given.begin(), given.end(), std::back_inserter(moves), [&](const GameMove& m) { return m.round == round; });
        } else if (!ask_round(game, round, moves, session)) {
            Problems problems;
            problems.add(tr("The command line"), 0, "lesson game", tr("nobody answered. For a rehearsal: tresse lesson game scenarios/lessons/game/rehearsal.yaml"));
            throw BadInput(std::move(problems));
        }
        if (!play_round(game, moves, round, options, session))
            return machine_refused;
    }
    session.write("\n" + tr("The end. Which agreement failed, and for want of whom? Who paid, and who gained?") + "\n");
    return done;
}

}  // namespace tresse::app
