#pragma once

#include <string>
#include <utility>
#include <vector>

#include "tresse/core/local_text.hpp"
#include "tresse/core/problems.hpp"

/// The class game: teams, the levers each of them holds, and the moves of a round.
namespace tresse::scenario {

struct GameTeam {
    std::string id;
    LocalText name, wants;
    std::vector<std::string> sees;  ///< rows of the score table: its own account first
};

/// Something that can be done, when all who hold it agree.
struct GameLever {
    std::string id;
    LocalText name;
    int agreement = 0;
    std::vector<std::string> teams;
    /// What it adds to the arm: entries as YAML at the indent of an arm's lists, without a start.
    std::string organisation;
    std::vector<std::string> components, funding, capacities;
    /// What one body does in its own territory: the body and an entry of its components.
    std::vector<std::pair<std::string, std::string>> per_entity;
};

struct Game {
    std::string id, file, scenario;
    LocalText title;
    int years_per_round = 5, rounds = 2;
    std::vector<std::string> scores;
    std::vector<GameTeam> teams;
    std::vector<GameLever> levers;

    const GameLever* lever(const std::string& id) const;
    const GameTeam* team(const std::string& id) const;
};

/// One team's hand on one lever in one round, counted from 0.
struct GameMove {
    int round = 0;
    std::string team, lever;
};

/// Throws: BadInput with all problems.
Game load_game(const std::string& path);
Game parse_game(const std::string& text, const std::string& name, Problems& problems);
/// Moves of a rehearsal, or of rounds that were played. Each names a lever that its team holds, in a round that is played. `rounds`: how many rounds the
/// file has. Throws: BadInput.
std::vector<GameMove> load_moves(const std::string& path, const Game& game, int* rounds = nullptr);
/// Law: reads back to the same moves and the same number of rounds.
std::string moves_yaml(const Game& game, const std::vector<GameMove>& moves, int rounds);
std::vector<GameMove> parse_moves(const std::string& text, const std::string& name, const Game& game, Problems& problems);

}  // namespace tresse::scenario
