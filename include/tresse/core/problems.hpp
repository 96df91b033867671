#pragma once

#include <cstddef>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tresse {

/// One thing wrong with an input. `where` is the dotted key ("arms[1].funding"), `line` counts from 1 (0 = whole file).
struct Problem {
    std::string file;
    int line = 0;
    std::string where;
    std::string message;  ///< found, wanted, nearest: whole sentences for the author of the file
    bool note = false;    ///< a remark that does not make the file invalid
};

/// Collects all problems of the input, so that the author sees them at once.
class Problems {
public:
    void add(Problem problem) { list_.push_back(std::move(problem)); }
    void add(std::string file, int line, std::string where, std::string message) {
        list_.push_back({std::move(file), line, std::move(where), std::move(message), false});
    }
    void note(std::string file, int line, std::string where, std::string message) {
        list_.push_back({std::move(file), line, std::move(where), std::move(message), true});
    }
    /// Remarks do not count as problems.
    bool any() const;
    std::size_t count() const;
    std::span<const Problem> list() const { return list_; }
    /// Sorted by file and line, remarks last, wrapped at 100 columns, aligned, with a heading per file ("mine.yaml has
    /// 4 problems. Nothing was run, nothing was written.").
    std::string text() const;

private:
    std::vector<Problem> list_;
};

/// The input is wrong; exit code 2. Carries every problem found.
class BadInput : public std::runtime_error {
public:
    explicit BadInput(Problems problems);
    const Problems& problems() const { return problems_; }

private:
    Problems problems_;
};

/// The candidate closest to `word` (edit distance with transpositions, letter case and accents folded, at most a third
/// of its length), or "".
std::string nearest(std::string_view word, std::span<const std::string> candidates);

}  // namespace tresse
