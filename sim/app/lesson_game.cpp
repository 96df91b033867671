#include <algorithm>
#include <iterator>

#include "tresse/core/file.hpp"
#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"
#include "tresse/core/text/layout.hpp"
#include "tresse/decide/verdict.hpp"
#include "tresse/lesson/game.hpp"
#include "tresse/scenario/game.hpp"
#include "tresse/viz/figure/sign.hpp"

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

/// A new screen on a terminal, so that the next team does not read what the last one saw; in a pipe nothing.
void clear_screen(Session& session) {
    if (session.around().colour)
        session.write("\x1b[2J\x1b[3J\x1b[H");
}

std::string letters_of(const Game& game, const std::vector<const GameLever*>& levers) {
    std::string out;
    for (const GameLever* lever : levers)
        out += (out.empty() ? "" : ", ") + lesson::lever_letter(game, *lever);
    return out;
}

std::string levers_text(const Game& game, const scenario::GameTeam& team, const std::vector<const GameLever*>& levers) {
    std::string out = "\n" + fill(tr("{team}: levers in your hand"), {{"team", tr(team.name)}}) + "\n";
    for (const GameLever* lever : levers) {
        std::vector<std::string> others;
        for (const std::string& other : lever->teams)
            if (other != team.id)
                others.push_back(tr(game.team(other)->name));
        out += text::hanging("  " + lesson::lever_letter(game, *lever) + "  ", 5,
                             tr(lever->name) + "  (" + (others.empty() ? tr("yours alone") : fill(tr("with {teams}"), {{"teams", text::list(others)}})) + ")", 98);
    }
    return out;
}

enum class Answer { given, back, nobody };

/// Asks one team until what it typed are levers it holds and it has said yes.
Answer ask_team(const Game& game, const scenario::GameTeam& team, std::vector<const GameLever*>& out, Session& session) {
    const auto levers = lesson::levers_of(game, team.id);
    session.write(levers_text(game, team, levers));
    std::string line;
    while (session.ask(tr("Letters of the levers you move now, Enter for none, < for the team before: "), line)) {
        if (line.find('<') != std::string::npos)
            return Answer::back;
        const lesson::Named named = lesson::named_levers(game, line, levers);
        if (!named.unknown.empty()) {
            session.write("  " + fill(tr("\"{words}\" is no lever of yours. Yours are {letters}. Once more:"),
                                      {{"words", text::list(named.unknown)}, {"letters", letters_of(game, levers)}}) + "\n");
            continue;
        }
        std::vector<std::string> names;
        for (const GameLever* lever : named.levers)
            names.push_back(lesson::lever_letter(game, *lever) + " " + tr(lever->name));
        session.write(text::hanging("  ", 2, fill(tr("{team} moves: {levers}."), {{"team", tr(team.name)}, {"levers", names.empty() ? tr("nothing") : text::list(names)}}), 98));
        out = named.levers;
        if (!session.ask(tr("Enter if that is so, anything else to choose again: "), line) || line.find_first_not_of(" \t\r") == std::string::npos)
            return Answer::given;
    }
    return Answer::nobody;
}

/// Asks every team for its levers of a round; the team before can be taken back. False: nobody answered at all.
bool ask_round(const Game& game, int round, std::vector<GameMove>& moves, Session& session) {
    std::vector<std::vector<const GameLever*>> chosen(game.teams.size());
    bool answered = false;
    for (std::size_t i = 0; i < game.teams.size();) {
        clear_screen(session);
        const Answer answer = ask_team(game, game.teams[i], chosen[i], session);
        answered = answered || answer != Answer::nobody;
        i = answer == Answer::back ? i - (i > 0 ? 1 : 0) : i + 1;
    }
    for (std::size_t i = 0; i < game.teams.size(); ++i)
        for (const GameLever* lever : chosen[i])
            moves.push_back({round, game.teams[i].id, lever->id});
    return answered;
}

/// Who moved which lever, and what waits for whom.
std::string who_moved(const Game& game, const std::vector<GameMove>& moves, int round) {
    std::string out = "\n" + tr("Who moved which lever") + "\n";
    for (const scenario::GameTeam& team : game.teams) {
        std::vector<std::string> names;
        for (const GameMove& move : moves)
            if (move.round == round && move.team == team.id)
                names.push_back(lesson::lever_letter(game, *game.lever(move.lever)) + " " + tr(game.lever(move.lever)->name));
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

/// A row with its unit, and for the gap with what is taken from what.
std::string board_name(const Compared& c, const measure::ScoreRow& row) {
    const measure::Score& score = measure::score(row.score);
    const std::string name = row_name(row, c.catalogue());
    if (row.score == measure::ScoreId::gap_forgone_points || row.score == measure::ScoreId::gap_qaly_per_1000)
        return name + ", " + tr("lowest minus highest fifth");
    return score.unit.starts_with("EUR") ? name + ", " + tr(score.unit) : name;
}

/// A line of the board: today's value, ours minus today's with its range, a word.
std::string board_line(const Compared& c, const std::string& id) {
    for (std::size_t i = 0; i < c.rows.size(); ++i)
        if (c.rows[i].id == id) {
            const decide::ComparedRow& row = c.results.at(0).rows.at(i);
            const int digits = measure::score(c.rows[i].score).digits;
            const auto& d = row.difference;
            return "  " + text::pad_right(text::shorten(board_name(c, c.rows[i]), 60), 62) +
                   text::pad_left(row.base ? text::number(*row.base, digits) : "", 10) + "  " +
                   (d.defined() ? text::pad_left(text::signed_number(d.expected, digits), 8) + "  (" +
                                      text::from_to(d.uncertainty.low, d.uncertainty.high, digits) + ") " +
                                      viz::sign_letter(viz::sign_of(row.verdict))
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
        clear_screen(session);
        session.write("\n" + tr(team.name) + "\n" + out);
        session.ask(tr("Seen? Enter clears the screen.") + " ", line);
        clear_screen(session);
    }
    session.write("\n  " + fill(tr("Kept in {folder}; all figures: ./tresse explore {folder}"), {{"folder", run.folder}}) + "\n");
    return true;
}

}  // namespace

std::string game_path(const Session& session) { return join_path(session.around().home, "scenarios/lessons/game/eight-agreements.yaml"); }

namespace {

/// Moves that are on file, and how many rounds they are of.
struct Played {
    std::vector<GameMove> moves;
    int rounds = 0;
    std::string file;
};

std::string moves_ending() { return "-moves.yaml"; }

/// The newest moves file of the results. Throws: BadInput when there is none.
std::string newest_moves(const Session& session) {
    const std::string folder = lesson_folder("game", session);
    std::string found;
    for (const std::string& name : is_folder(folder) ? names_in(folder) : std::vector<std::string>{})
        if (name.ends_with(moves_ending()) && name > found)
            found = name;
    if (found.empty()) {
        Problems problems;
        problems.add(folder, 0, "--resume", tr("no game was begun here: there is no file of moves."));
        throw BadInput(std::move(problems));
    }
    return join_path(folder, found);
}

std::string keep_moves(const Game& game, const std::vector<GameMove>& moves, int rounds, Session& session) {
    const std::string folder = lesson_folder("game", session), file = join_path(folder, session.around().stamp + moves_ending());
    make_folder(folder);
    write_file(file, scenario::moves_yaml(game, moves, rounds));
    return file;
}

int print_sheets(const Game& game, Session& session) {
    const std::string path = join_path(lesson_folder("game", session), "sheets." + std::string(lang_code(text::language())) + ".html");
    make_folder(folder_of(path));
    write_file(path, lesson::negotiation_sheets(game));
    session.write(fill(tr("One page a team for A4: {file}"), {{"file", path}}) + "\n");
    return done;
}

/// Moves of a round: from the file while it has the round, else from the teams.
void moves_of_round(const Game& game, int round, const Played& given, std::vector<GameMove>& moves, Session& session) {
    if (round < given.rounds) {
        std::copy_if(given.moves.begin(), given.moves.end(), std::back_inserter(moves), [&](const GameMove& m) { return m.round == round; });
    } else if (!ask_round(game, round, moves, session)) {
        Problems problems;
        problems.add(tr("The command line"), 0, "lesson game", tr("nobody answered. For a rehearsal: ./tresse lesson game scenarios/lessons/game/rehearsal.yaml"));
        throw BadInput(std::move(problems));
    }
}

}  // namespace

int lesson_game(const std::vector<std::string>& files, bool print, const Options& options, Session& session) {
    const Game game = scenario::load_game(game_path(session));
    if (print)
        return print_sheets(game, session);
    Played given;
    if (!files.empty() || options.resume) {
        given.file = files.empty() ? newest_moves(session) : files.front();
        given.moves = scenario::load_moves(given.file, game, &given.rounds);
    }
    const bool live = files.empty() || options.resume;
    if (!live)
        given.rounds = game.rounds;  // a rehearsal asks nobody
    std::vector<GameMove> moves;
    session.write(fill(tr("{title}: {n} rounds of {years} years"), {{"title", tr(game.title)}, {"n", game.rounds}, {"years", game.years_per_round}}) + "\n");
    for (int round = 0; round < game.rounds; ++round) {
        moves_of_round(game, round, given, moves, session);
        session.write("\n" + fill(tr("ROUND {n}"), {{"n", round + 1}}) + "\n");
        if (live && round < given.rounds) {
            session.write(fill(tr("  as played: {file}"), {{"file", given.file}}) + "\n" + who_moved(game, moves, round));
            continue;
        }
        if (live) {
            const std::string file = keep_moves(game, moves, round + 1, session);
            session.write(fill(tr("  Moves kept in {file}; go on later: ./tresse lesson game --resume"), {{"file", file}}) + "\n");
        }
        if (!play_round(game, moves, round, options, session))
            return machine_refused;
    }
    session.write("\n" + tr("The end. Which agreement failed, and for want of whom? Who paid, and who gained?") + "\n");
    return done;
}

}  // namespace tresse::app
