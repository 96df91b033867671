#pragma once

#include <span>
#include <string>
#include <vector>

#include "tresse/core/month.hpp"
#include "tresse/scenario/game.hpp"

/// The class game "Eight agreements": who may move what, what is in force, what is run. Pure.
namespace tresse::lesson {

/// A lever that all its teams have moved in one round.
struct InForce {
    const scenario::GameLever* lever = nullptr;
    int round = 0;  ///< the first in which all of them did
};

/// Order: of the levers in the file. Requires: moves of the game.
std::vector<InForce> in_force(const scenario::Game& game, std::span<const scenario::GameMove> moves, int rounds);

/// Levers that some but not all of their teams moved in a round: what the talks failed on.
struct Waiting {
    const scenario::GameLever* lever = nullptr;
    std::vector<std::string> missing;  ///< teams
};
std::vector<Waiting> waiting(const scenario::Game& game, std::span<const scenario::GameMove> moves, int round);

/// The scenario after so many rounds: the head of the game's scenario and one arm `ours`. `head`: its text up to the arms of its own.
/// Shape: what is in force starts with the first month of its round. Requires: the horizon of `head` stands as `policy_months: <number>`.
std::string scenario_text(const scenario::Game& game, std::span<const scenario::GameMove> moves, int rounds, const std::string& head, Month start);

/// Levers that a team holds, in the order of the file.
std::vector<const scenario::GameLever*> levers_of(const scenario::Game& game, const std::string& team);

/// The letter of a lever, the same for every team, on the sheets and on the screen: "A" is the first of the file.
std::string lever_letter(const scenario::Game& game, const scenario::GameLever& lever);

/// Levers that a line names by their letters, in capitals or not. `levers`: those that may be named. Shape: each once, in the order typed.
struct Named {
    std::vector<const scenario::GameLever*> levers;
    std::vector<std::string> unknown;  ///< words that name none of them
};
Named named_levers(const scenario::Game& game, const std::string& line, const std::vector<const scenario::GameLever*>& levers);

/// One sheet per team for the talks, printed on A4: what it wants, sees, holds, and whom it needs.
std::string negotiation_sheets(const scenario::Game& game);

}  // namespace tresse::lesson
