#include "tresse/scenario/game.hpp"

#include <algorithm>

#include "tresse/core/file.hpp"
#include "tresse/scenario/reader.hpp"

namespace tresse::scenario {

namespace {

constexpr int entry_indent = 4;  // of two spaces: keys of an entry of an arm

template <class List> auto found(const List& list, const std::string& id) {
    const auto at = std::find_if(list.begin(), list.end(), [&](const auto& one) { return one.id == id; });
    return at == list.end() ? nullptr : &*at;
}

/// Entries of a list as they stand, each at the indent of an arm's entries.
std::vector<std::string> entries(const Node& list, int indent = entry_indent) {
    std::vector<std::string> out;
    for (std::size_t i = 0; list.present() && i < list.size(); ++i) {
        const Node one = list.at(i);
        if (!one.is_map()) {
            one.problem("wanted an entry as an arm has it, with its keys.");
            continue;
        }
        for (const std::string& key : one.keys())
            if (key == "start")
                one.problem_at("start", "the round in which it is moved says when it starts.");
        one.ignore();
        out.push_back(one.dump(indent));
    }
    return out;
}

GameTeam read_team(const Node& node) {
    return {node.need("id").text(), node.need("name").local_text(), node.need("wants").local_text(), node.need("sees").texts()};
}

GameLever read_lever(const Node& node, const Game& game) {
    GameLever lever;
    lever.id = node.need("id").text();
    lever.name = node.need("name").local_text();
    lever.agreement = static_cast<int>(node.need("agreement").whole(1, 8));
    lever.teams = node.need("teams").texts();
    std::vector<std::string> ids;
    for (const GameTeam& team : game.teams)
        ids.push_back(team.id);
    for (const std::string& team : lever.teams)
        if (!game.team(team))
            node.problem_at("teams", "\"" + team + "\" is no team. Nearest: " + nearest(team, ids));
    const Node adds = node.need("adds");
    if (!adds.must_be_map())
        return lever;
    if (const Node organisation = adds.maybe("organisation"); organisation.present() && organisation.must_be_map()) {
        organisation.ignore();
        lever.organisation = organisation.dump(entry_indent - 1);
    }
    lever.components = entries(adds.maybe("components"));
    lever.funding = entries(adds.maybe("funding"));
    lever.capacities = entries(adds.maybe("capacities"));
    if (const Node bodies = adds.maybe("per_entity"); bodies.present() && bodies.must_be_map())
        for (const std::string& body : bodies.keys())
            for (std::string& entry : entries(bodies.need(body).need("components"), entry_indent + 2))
                lever.per_entity.emplace_back(body, std::move(entry));
    return lever;
}

Game read_from(Document& document) {
    Game game;
    game.file = document.name();
    if (!document.usable())
        return game;
    const Node root = document.root();
    game.id = root.need("id").text();
    game.title = root.need("title").local_text();
    game.scenario = root.need("scenario").text();
    game.years_per_round = static_cast<int>(root.maybe("years_per_round").whole_or(5, 1, 10));
    game.rounds = static_cast<int>(root.maybe("rounds").whole_or(2, 1, 4));
    game.scores = root.need("scores").texts();
    const Node teams = root.need("teams"), levers = root.need("levers");
    for (std::size_t i = 0; teams.must_be_list() && i < teams.size(); ++i) {
        game.teams.push_back(read_team(teams.at(i)));
        if (found(game.teams, game.teams.back().id) != &game.teams.back())
            teams.at(i).problem_at("id", "stands twice.");
    }
    int bodies = 0;
    for (std::size_t i = 0; levers.must_be_list() && i < levers.size(); ++i) {
        game.levers.push_back(read_lever(levers.at(i), game));
        if (found(game.levers, game.levers.back().id) != &game.levers.back())
            levers.at(i).problem_at("id", "stands twice.");
        bodies += game.levers.back().organisation.empty() ? 0 : 1;
    }
    if (bodies > 1)
        levers.problem("an arm has one body at most: only one lever may bring an organisation.");
    document.finish();
    return game;
}

std::vector<GameMove> moves_from(Document& document, const Game& game, int* played) {
    std::vector<GameMove> out;
    if (!document.usable())
        return out;
    const Node rounds = document.root().need("rounds");
    if (played)
        *played = rounds.is_list() ? static_cast<int>(rounds.size()) : 0;
    if (rounds.must_be_list() && rounds.size() > static_cast<std::size_t>(game.rounds))
        rounds.problem("the game has " + std::to_string(game.rounds) + " rounds.");
    std::vector<std::string> ids;
    for (const GameLever& lever : game.levers)
        ids.push_back(lever.id);
    for (std::size_t r = 0; rounds.is_list() && r < rounds.size(); ++r) {
        const Node round = rounds.at(r);
        if (!round.must_be_map())
            continue;
        for (const GameTeam& team : game.teams)
            for (const std::string& id : round.maybe(team.id).texts()) {
                const GameLever* lever = game.lever(id);
                if (!lever)
                    round.problem_at(team.id, "\"" + id + "\" is no lever. Nearest: " + nearest(id, ids));
                else if (std::find(lever->teams.begin(), lever->teams.end(), team.id) == lever->teams.end())
                    round.problem_at(team.id, "the lever \"" + id + "\" is not this team's to move.");
                else
                    out.push_back({static_cast<int>(r), team.id, id});
            }
    }
    document.finish();
    return out;
}

}  // namespace

const GameLever* Game::lever(const std::string& wanted) const { return found(levers, wanted); }
const GameTeam* Game::team(const std::string& wanted) const { return found(teams, wanted); }

Game load_game(const std::string& path) {
    Problems problems;
    Document document(path, "game", problems);
    Game game = read_from(document);
    if (problems.any())
        throw BadInput(std::move(problems));
    game.scenario = join_path(folder_of(path), game.scenario);
    return game;
}

Game parse_game(const std::string& text, const std::string& name, Problems& problems) {
    Document document(text, name, "game", problems);
    return read_from(document);
}

std::vector<GameMove> load_moves(const std::string& path, const Game& game, int* rounds) {
    Problems problems;
    Document document(path, "moves", problems);
    std::vector<GameMove> moves = moves_from(document, game, rounds);
    if (problems.any())
        throw BadInput(std::move(problems));
    return moves;
}

std::vector<GameMove> parse_moves(const std::string& text, const std::string& name, const Game& game, Problems& problems) {
    Document document(text, name, "moves", problems);
    return moves_from(document, game, nullptr);
}

std::string moves_yaml(const Game& game, const std::vector<GameMove>& moves, int rounds) {
    std::string out = "# Moves of the class game as they were made. No name of a person stands in it.\nformat: 1\nkind: moves\nrounds:\n";
    for (int round = 0; round < rounds; ++round) {
        std::string teams;
        for (const GameTeam& team : game.teams) {
            std::string levers;
            for (const GameMove& move : moves)
                if (move.round == round && move.team == team.id)
                    levers += (levers.empty() ? "" : ", ") + move.lever;
            if (!levers.empty())
                teams += (teams.empty() ? "  - " : "    ") + team.id + ": [" + levers + "]\n";
        }
        out += teams.empty() ? "  - {}\n" : teams;
    }
    return out;
}

}  // namespace tresse::scenario
