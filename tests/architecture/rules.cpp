#include "rules.hpp"

#include "table.hpp"

#include <algorithm>
#include <set>
#include <sstream>

namespace architecture {

namespace {

bool contains(const Names& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_header(std::string_view path) {
    return path.ends_with(".hpp");
}
bool is_public_header(std::string_view path) {
    return path.starts_with("include/tresse/");
}
bool is_code(std::string_view path) {
    return path.ends_with(".cpp") || path.ends_with(".hpp");
}
bool is_test(std::string_view path) {
    return path.starts_with("tests/");
}
/// Skeletons to copy; not compiled, in no room.
bool is_template(std::string_view path) {
    return path.find("/_template/") != std::string_view::npos;
}
/// Code that the table speaks about.
bool is_housed(std::string_view path) {
    return is_code(path) && !is_test(path) && !is_template(path);
}

const Room* find_room(std::string_view path) {
    for (const Room& room : rooms)
        if (room.path == path)
            return &room;
    return nullptr;
}

struct Line {
    std::size_t number;
    std::string_view text;
};

std::vector<Line> lines_of(std::string_view text) {
    std::vector<Line> lines;
    std::size_t number = 1;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        lines.push_back({number++, text.substr(0, end)});
        text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    }
    return lines;
}

struct Include {
    std::size_t line;
    std::string header;
    bool angle;
};

std::vector<Include> includes_of(const Source& source) {
    std::vector<Include> includes;
    const std::string code = without_comments(source.text, false);
    for (const Line& line : lines_of(code)) {
        std::string_view rest = line.text;
        const auto skip_blanks = [&] { rest.remove_prefix(std::min(rest.find_first_not_of(" \t"), rest.size())); };
        skip_blanks();
        if (!rest.starts_with('#'))
            continue;
        rest.remove_prefix(1);
        skip_blanks();
        if (!rest.starts_with("include"))
            continue;
        rest.remove_prefix(7);
        skip_blanks();
        if (rest.empty() || (rest[0] != '<' && rest[0] != '"'))
            continue;
        const bool angle = rest[0] == '<';
        const std::size_t end = rest.find(angle ? '>' : '"', 1);
        if (end != std::string_view::npos)
            includes.push_back({line.number, std::string(rest.substr(1, end - 1)), angle});
    }
    return includes;
}

/// A header of the standard library: one word of small letters, digits and '_', with no ".h" (or a C name with it).
bool is_standard(std::string_view header) {
    static const Names c_headers = {"assert.h", "errno.h", "float.h",  "limits.h", "math.h", "stddef.h",
                                    "stdint.h", "stdio.h", "stdlib.h", "string.h", "time.h"};
    return contains(c_headers, header) || header.find_first_of("./") == std::string_view::npos;
}

std::string_view library_of(std::string_view header) {
    const LibraryHeader* best = nullptr;
    for (const LibraryHeader& entry : library_headers)
        if (header.starts_with(entry.prefix) && (!best || entry.prefix.size() > best->prefix.size()))
            best = &entry;
    return best ? best->library : std::string_view{};
}

/// Whether `word` stands in `code` at `at` as a word of its own.
bool whole_word(std::string_view code, std::size_t at, std::string_view word) {
    const auto is_word = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; };
    if (at > 0 && is_word(code[at - 1]) && is_word(word.front()))
        return false;
    const std::size_t end = at + word.size();
    return end >= code.size() || !is_word(word.back()) || !is_word(code[end]);
}

/// A call of a member, as in `watch.exit(`, is somebody else's function.
bool is_member_call(std::string_view code, std::size_t at) {
    return at > 0 && (code[at - 1] == '.' || (at > 1 && code[at - 1] == '>' && code[at - 2] == '-'));
}

std::string_view file_stem(std::string_view path) {
    path = path.substr(path.rfind('/') + 1);
    return path.substr(0, path.find('.'));
}

bool may_see_world(std::string_view stem) {
    return std::any_of(world_files.begin(), world_files.end(),
                       [&](const WorldFile& file) { return file.stem == stem; });
}

std::string quoted(std::string_view text) {
    return "'" + std::string(text) + "'";
}

}  // namespace

std::string_view room_of(std::string_view path) {
    for (std::string_view top : {"include/tresse/", "sim/", ""}) {  // rooms of viz are named with viz/
        if (!path.starts_with(top))
            continue;
        const std::string_view inside = path.substr(top.size());
        for (const Room& room : rooms) {
            if (path == room.path)
                return room.path;
            // The folder itself and no folder below it: each room is one folder.
            if (inside.starts_with(room.path) && inside.size() > room.path.size() && inside[room.path.size()] == '/' &&
                inside.find('/', room.path.size() + 1) == std::string_view::npos &&
                (top.empty() ? room.path.find('/') != std::string_view::npos : true))
                return room.path;
        }
    }
    return {};
}

Findings check_rooms_exist(const Sources& sources) {
    Findings findings;
    for (const Source& source : sources)
        if (is_housed(source.path) && room_of(source.path).empty())
            findings.push_back({source.path, 1, "stands in no room of the table, so it is in no target"});
    return findings;
}

Findings check_room_includes(const Sources& sources) {
    Findings findings;
    std::set<std::string> paths;
    for (const Source& source : sources)
        paths.insert(source.path);
    for (const Source& source : sources) {
        const Room* room = find_room(room_of(source.path));
        if (!is_housed(source.path) || !room)
            continue;
        for (const Include& include : includes_of(source)) {
            if (!include.header.starts_with("tresse/")) {
                const std::string folder = source.path.substr(0, source.path.rfind('/') + 1);
                if (!include.angle && !paths.contains(folder + include.header))
                    findings.push_back(
                        {source.path, include.line,
                         "\"" + include.header + "\" is neither \"tresse/<room>/...\" nor a file beside it"});
                continue;
            }
            const std::string_view other = room_of("include/" + include.header);
            if (other.empty())
                findings.push_back({source.path, include.line, quoted(include.header) + " belongs to no room"});
            else if (other != room->path && !contains(room->sees, other))
                findings.push_back(
                    {source.path, include.line, std::string(room->path) + " may not see " + std::string(other)});
        }
    }
    return findings;
}

Findings check_libraries(const Sources& sources) {
    Findings findings;
    for (const Source& source : sources) {
        const Room* room = find_room(room_of(source.path));
        if (!is_housed(source.path) || !room)
            continue;
        for (const Include& include : includes_of(source)) {
            if (include.header.starts_with("tresse/"))
                continue;
            const std::string_view library = library_of(include.header);
            if (library.empty()) {
                if (include.angle && !is_standard(include.header))
                    findings.push_back(
                        {source.path, include.line, "<" + include.header + "> is of no library in the table"});
                continue;
            }
            if (is_public_header(source.path))
                findings.push_back(
                    {source.path, include.line, "a public header includes no library, found " + std::string(library)});
            else if (!contains(room->libraries, library))
                findings.push_back(
                    {source.path, include.line, std::string(room->path) + " may not include " + std::string(library)});
        }
    }
    return findings;
}

Findings check_confined(const Sources& sources) {
    Findings findings;
    for (const Confined& rule : confined) {
        std::size_t files = 0;
        for (const Source& source : sources) {
            if (!is_housed(source.path) || room_of(source.path) != rule.room)
                continue;
            for (const Include& include : includes_of(source)) {
                if (library_of(include.header) != rule.library)
                    continue;
                const std::string name(rule.library);
                if (is_header(source.path))
                    findings.push_back({source.path, include.line, name + " is included in .cpp files only"});
                else if (!rule.only_file.empty() && source.path != rule.only_file)
                    findings.push_back({source.path, include.line, name + " only in " + std::string(rule.only_file)});
                else if (++files > rule.files)
                    findings.push_back(
                        {source.path, include.line,
                         name + " in at most " + std::to_string(rule.files) + " file(s) of " + std::string(rule.room)});
                break;  // one finding a file is enough
            }
        }
    }
    return findings;
}

Findings check_slow_headers(const Sources& sources) {
    Findings findings;
    for (const Source& source : sources) {
        if (!is_public_header(source.path))
            continue;
        for (const Include& include : includes_of(source))
            if (contains(slow_standard_headers, include.header))
                findings.push_back({source.path, include.line,
                                    "a public header includes no slow header, found <" + include.header + ">"});
    }
    return findings;
}

Findings check_program_only(const Sources& sources) {
    Findings findings;
    for (const Source& source : sources) {
        const Room* room = find_room(room_of(source.path));
        if (!is_housed(source.path) || !room || room->is_program || room->is_around_main)
            continue;
        const std::string code = without_comments(source.text, true);
        for (const Line& line : lines_of(code))
            for (std::string_view word : program_only)
                for (std::size_t at = line.text.find(word); at != std::string_view::npos;
                     at = line.text.find(word, at + 1))
                    if (whole_word(line.text, at, word) && !is_member_call(line.text, at))
                        findings.push_back({source.path, line.number,
                                            quoted(word) + " is for a main only: nothing below one prints, exits, or "
                                                           "reads the clock or the environment"});
    }
    return findings;
}

Findings check_stages(const Sources& sources) {
    Findings findings;
    for (const Source& source : sources) {
        if (!source.path.starts_with("sim/model/") || may_see_world(file_stem(source.path)))
            continue;
        const std::string code = without_comments(source.text, true);
        for (const Line& line : lines_of(code))
            if (line.text.find("world.cells") != std::string_view::npos ||
                line.text.find("world->cells") != std::string_view::npos)
                findings.push_back(
                    {source.path, line.number, "a stage sees its cell, the rules and the board, not world.cells"});
    }
    return findings;
}

Findings check_stage_table(const Sources& sources) {
    Findings findings;
    const auto there = [&](std::string_view stem) {
        const std::string path = "sim/model/" + std::string(stem) + ".cpp";
        return std::any_of(sources.begin(), sources.end(), [&](const Source& source) { return source.path == path; });
    };
    const auto found = [&](std::string_view stem, const char* what) {
        findings.push_back({"tests/architecture/table.hpp", 1, quoted(stem) + what});
    };
    for (std::string_view stage : cell_stages) {
        if (!there(stage))
            found(stage, " is a stage without a file in sim/model");
        if (may_see_world(stage))
            found(stage, " is a stage and may not see the world");
    }
    for (const WorldFile& file : world_files)
        if (!there(file.stem))
            found(file.stem, " may see the world and is no file of sim/model: remove the line");
    return findings;
}

Findings check_readers(const Sources& sources) {
    Findings findings;
    for (const Source& source : sources) {
        if (!is_public_header(source.path) || !contains(readers_of_world, room_of(source.path)))
            continue;
        const std::string code = without_comments(source.text, true);
        for (const Line& line : lines_of(code))
            for (std::string_view type : {"World&", "Cell&"}) {
                const std::size_t at = line.text.find(type);
                if (at == std::string_view::npos || !whole_word(line.text, at, type))
                    continue;
                std::string_view before = line.text.substr(0, at);
                if (before.ends_with("world::"))
                    before.remove_suffix(7);
                if (!before.ends_with("const "))
                    findings.push_back({source.path, line.number, "takes the world as const, found " + quoted(type)});
            }
    }
    return findings;
}

Findings check_unfinished(const Sources& sources) {
    Findings findings;
    for (const Source& source : sources)
        for (const Line& line : lines_of(source.text))
            for (std::string_view word : {"TO"
                                          "DO",
                                          "FIX"
                                          "ME"}) {  // split, so that this file passes
                const std::size_t at = line.text.find(word);
                if (at != std::string_view::npos && whole_word(line.text, at, word))
                    findings.push_back(
                        {source.path, line.number, std::string(word) + ": do it now or write a note in sim/notes/"});
            }
    return findings;
}

Findings check_budget(const Sources& sources, const std::map<std::string, std::string>& exceptions) {
    Findings findings;
    std::set<std::string> needed;
    for (const Source& source : sources) {
        if (!is_code(source.path))
            continue;
        const std::size_t lines = lines_of(source.text).size();
        const std::size_t budget = is_header(source.path) ? header_budget_lines : source_budget_lines;
        if (lines <= budget)
            continue;
        needed.insert(source.path);
        if (!exceptions.contains(source.path))
            findings.push_back({source.path, budget + 1,
                                std::to_string(lines) + " lines of " + std::to_string(budget) +
                                    ": split it, or say why in tests/architecture/over_budget.txt"});
    }
    for (const auto& [path, reason] : exceptions) {
        if (!needed.contains(path))
            findings.push_back(
                {"tests/architecture/over_budget.txt", 1, path + " is within its budget: remove the line"});
        else if (reason.empty())
            findings.push_back({"tests/architecture/over_budget.txt", 1, path + " is listed without a reason"});
    }
    return findings;
}

std::map<std::string, std::string> read_exceptions(std::string_view text) {
    std::map<std::string, std::string> exceptions;
    for (const Line& line : lines_of(text)) {
        const std::size_t colon = line.text.find(':');
        if (line.text.empty() || line.text.front() == '#')
            continue;
        std::string_view reason = colon == std::string_view::npos ? std::string_view{} : line.text.substr(colon + 1);
        reason.remove_prefix(std::min(reason.find_first_not_of(' '), reason.size()));
        exceptions.emplace(line.text.substr(0, colon), reason);
    }
    return exceptions;
}

Findings check_cmake(const Source& cmake) {
    Findings findings;
    std::set<std::string_view> seen;
    std::string text;  // comments out, one command a line
    for (const Line& line : lines_of(cmake.text)) {
        text += line.text.substr(0, line.text.find('#'));
        text += '\n';
    }
    for (std::string_view command : {"tresse_module(", "tresse_program("}) {
        for (std::size_t at = text.find(command); at != std::string::npos; at = text.find(command, at + 1)) {
            const std::size_t line = 1 + static_cast<std::size_t>(std::count(
                                             text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
            const std::size_t open = at + command.size();
            std::istringstream words(text.substr(open, text.find(')', open) - open));
            std::string name, file, word, section;
            words >> name;
            if (command == "tresse_program(") {
                words >> file;
                name = file.ends_with("/*.cpp") ? file.substr(0, file.size() - 6) : file;
            }
            if (name == "tests/bench")  // a program of the tests
                continue;
            std::set<std::string> links, libraries;
            while (words >> word) {
                if (word == "LINKS" || word == "THIRD_PARTY" || word == "PRIVATE_LINKS")
                    section = word;
                else if (section == "LINKS")
                    links.insert(word);
                else if (section == "THIRD_PARTY")
                    libraries.insert(word);
            }
            const Room* room = find_room(name);
            if (!room) {
                findings.push_back({cmake.path, line, name + " is no room of the table"});
                continue;
            }
            seen.insert(room->path);
            std::set<std::string> may_see(room->sees.begin(), room->sees.end());
            std::set<std::string> may_use(room->libraries.begin(), room->libraries.end());
            for (std::string_view library : nothing_to_link)
                may_use.erase(std::string(library));
            if (room->is_program)  // core comes with app
                may_see.erase("core");
            if (links != may_see)
                findings.push_back({cmake.path, line, "LINKS of " + name + " differ from the table of rooms"});
            if (libraries != may_use)
                findings.push_back({cmake.path, line, "THIRD_PARTY of " + name + " differs from the table of rooms"});
        }
    }
    for (const Room& room : rooms)
        if (!seen.contains(room.path))
            findings.push_back({cmake.path, 1, std::string(room.path) + " of the table is not built"});
    return findings;
}

std::string listing(const Findings& findings) {
    std::ostringstream out;
    for (const Finding& finding : findings)
        out << finding.path << ':' << finding.line << ": " << finding.rule << '\n';
    return out.str();
}

}  // namespace architecture
