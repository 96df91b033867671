#include "tresse/lesson/game.hpp"

#include <algorithm>

#include "tresse/core/check.hpp"
#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"
#include "tresse/core/text/markup.hpp"
#include "tresse/lesson/page.hpp"

namespace tresse::lesson {

namespace {

using scenario::Game;
using scenario::GameLever;
using scenario::GameMove;
using text::escaped;
using text::fill;
using text::tr;

bool moved(std::span<const GameMove> moves, const GameLever& lever, const std::string& team, int round) {
    return std::any_of(moves.begin(), moves.end(),
                       [&](const GameMove& m) { return m.round == round && m.team == team && m.lever == lever.id; });
}

std::vector<std::string> missing(std::span<const GameMove> moves, const GameLever& lever, int round) {
    std::vector<std::string> out;
    for (const std::string& team : lever.teams)
        if (!moved(moves, lever, team, round))
            out.push_back(team);
    return out;
}

/// An entry of an arm's list: keys at eight spaces, a dash before the first, the start behind.
std::string entry(const std::string& keys, const std::string& start) {
    return "      - " + keys.substr(8) + "        start: " + start + "\n";
}

std::string section(const std::vector<InForce>& all, const char* key, const std::vector<std::string> GameLever::*list, const Game& game, Month start) {
    std::string out;
    for (const InForce& one : all)
        for (const std::string& keys : one.lever->*list)
            out += entry(keys, (start + 12 * game.years_per_round * one.round).text());
    return out.empty() ? "" : std::string("    ") + key + ":\n" + out;
}

/// What each body does in its own territory; one key a body, however many levers add to it.
std::string territories(const std::vector<InForce>& all, const Game& game, Month start) {
    std::vector<std::pair<std::string, std::string>> bodies;
    for (const InForce& one : all)
        for (const auto& [body, keys] : one.lever->per_entity) {
            auto found = std::find_if(bodies.begin(), bodies.end(), [&](const auto& b) { return b.first == body; });
            if (found == bodies.end())
                found = bodies.insert(bodies.end(), {body, ""});
            found->second += "          - " + keys.substr(12) + "            start: " + (start + 12 * game.years_per_round * one.round).text() + "\n";
        }
    std::string out;
    for (const auto& [body, entries] : bodies)
        out += "      " + body + ":\n        components:\n" + entries;
    return out.empty() ? "" : "    per_entity:\n" + out;
}

std::string name_of(const Game& game, const std::string& team) {
    const scenario::GameTeam* found = game.team(team);
    return found ? tr(found->name) : team;
}

}  // namespace

std::vector<InForce> in_force(const Game& game, std::span<const GameMove> moves, int rounds) {
    std::vector<InForce> out;
    for (const GameLever& lever : game.levers)
        for (int round = 0; round < rounds; ++round)
            if (missing(moves, lever, round).empty()) {
                out.push_back({&lever, round});
                break;
            }
    return out;
}

std::vector<Waiting> waiting(const Game& game, std::span<const GameMove> moves, int round) {
    std::vector<Waiting> out;
    for (const GameLever& lever : game.levers) {
        std::vector<std::string> lacks = missing(moves, lever, round);
        if (!lacks.empty() && lacks.size() < lever.teams.size())
            out.push_back({&lever, std::move(lacks)});
    }
    return out;
}

std::string scenario_text(const Game& game, std::span<const GameMove> moves, int rounds, const std::string& head, Month start) {
    std::string out = head;
    const std::string key = "policy_months: ";
    const std::size_t at = out.find(key);
    TRESSE_CHECK(at != std::string::npos, "the head of a game's scenario states its horizon");
    std::size_t end = at + key.size();
    while (end < out.size() && out[end] >= '0' && out[end] <= '9')
        ++end;
    out.replace(at + key.size(), end - at - key.size(), std::to_string(12 * game.years_per_round * rounds));
    const std::vector<InForce> all = in_force(game, moves, rounds);
    out += "  - id: ours\n    label: {en: Ours, fr: Le nôtre, nl: Het onze, de: Unseres}\n";
    for (const InForce& one : all)
        if (!one.lever->organisation.empty())
            out += "    organisation:\n" + one.lever->organisation + "      start: " + (start + 12 * game.years_per_round * one.round).text() + "\n";
    return out + section(all, "components", &GameLever::components, game, start) + section(all, "funding", &GameLever::funding, game, start) +
           section(all, "capacities", &GameLever::capacities, game, start) + territories(all, game, start);
}

std::string lever_letter(const Game& game, const GameLever& lever) {
    for (std::size_t i = 0; i < game.levers.size(); ++i)
        if (game.levers[i].id == lever.id)
            return std::string(1, static_cast<char>('A' + i));
    return "?";
}

Named named_levers(const Game& game, const std::string& line, const std::vector<const GameLever*>& levers) {
    Named out;
    for (std::size_t at = 0; at < line.size();) {
        const std::size_t from = line.find_first_not_of(" ,;.\t\r", at);
        if (from == std::string::npos)
            break;
        at = std::min(line.size(), line.find_first_of(" ,;.\t\r", from));
        const std::string word = line.substr(from, at - from);
        const std::string letter(1, word.front() >= 'a' && word.front() <= 'z' ? static_cast<char>(word.front() - 'a' + 'A') : word.front());
        const auto found = std::find_if(levers.begin(), levers.end(), [&](const GameLever* one) { return word.size() == 1 && lever_letter(game, *one) == letter; });
        if (found == levers.end())
            out.unknown.push_back(word);
        else if (std::find(out.levers.begin(), out.levers.end(), *found) == out.levers.end())
            out.levers.push_back(*found);
    }
    return out;
}

std::vector<const GameLever*> levers_of(const Game& game, const std::string& team) {
    std::vector<const GameLever*> out;
    for (const GameLever& lever : game.levers)
        if (std::find(lever.teams.begin(), lever.teams.end(), team) != lever.teams.end())
            out.push_back(&lever);
    return out;
}

std::string negotiation_sheets(const Game& game) {
    std::string body;
    for (const scenario::GameTeam& team : game.teams) {
        body += std::string("<section") + (body.empty() ? "" : " class=\"new\"") + "><h1>" + escaped(tr(team.name)) + "</h1>\n<p>" + escaped(tr(team.wants)) + "</p>\n";
        body += "<h2>" + escaped(tr("Levers in your hand")) + "</h2>\n<table><tr><th></th><th>" + escaped(tr("agreement")) + "</th><th>" + escaped(tr("lever")) + "</th><th>" +
                escaped(tr("needs also the hand of")) + "</th>";
        for (int round = 1; round <= game.rounds; ++round)
            body += "<th>" + escaped(fill(tr("round {n}"), {{"n", round}})) + "</th>";
        body += "</tr>\n";
        for (const GameLever* lever : levers_of(game, team.id)) {
            std::vector<std::string> others;
            for (const std::string& other : lever->teams)
                if (other != team.id)
                    others.push_back(name_of(game, other));
            body += "<tr><td><b>" + lever_letter(game, *lever) + "</b></td><td>" + std::to_string(lever->agreement) + "</td><td>" + escaped(tr(lever->name)) + "</td><td>" + escaped(others.empty() ? tr("nobody: yours alone") : text::list(others)) + "</td>";
            for (int round = 0; round < game.rounds; ++round)
                body += "<td></td>";
            body += "</tr>\n";
        }
        body += "</table>\n<h2>" + escaped(tr("What we promised, to whom, for what")) + "</h2>\n";
        for (int i = 0; i < 10; ++i)
            body += "<div class=\"line\"></div>";
        body += "</section>\n";
    }
    return a4(tr(game.title), body);
}

}  // namespace tresse::lesson
