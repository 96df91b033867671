#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

/// Results of a study, kept piece by piece in study.sqlite beside the manifest of its run folder. A study has many more
/// futures than a comparison: of each one row of numbers is kept, not the whole record.
namespace tresse::store {

/// One arm in one future of one stage.
struct StudyPiece {
    int arm = 0, replicate = 0, draw = 0;
    std::uint64_t hash = 0;  ///< of its record
    std::vector<double> numbers;  ///< by column of the stage; NaN: missing
};

class StudyStore {
public:
    /// Opens the file in a run folder, or makes it. Throws: MachineRefused.
    explicit StudyStore(const std::string& folder);
    ~StudyStore();
    StudyStore(StudyStore&&) noexcept;
    StudyStore& operator=(StudyStore&&) noexcept;

    static bool is_in(const std::string& folder);

    /// Says what a stage runs and what its numbers are called; a stage that is there must be the same (else BrokenRule).
    void open_stage(const std::string& stage, const std::string& design, const std::vector<std::string>& columns);
    /// Stages in the order in which they were opened.
    std::vector<std::string> stages() const;
    std::string design(const std::string& stage) const;  ///< empty: not there
    std::vector<std::string> columns(const std::string& stage) const;

    /// Puts pieces on the disk, all or none. May be called from several threads. Throws: MachineRefused.
    void keep(const std::string& stage, const std::vector<StudyPiece>& pieces);
    bool has(const std::string& stage, int arm, int replicate, std::uint64_t& hash) const;
    /// By (replicate, arm).
    std::vector<StudyPiece> pieces(const std::string& stage) const;

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

/// Pieces as bytes and back, bit for bit: what ranks send each other.
std::string encode(const std::vector<StudyPiece>& pieces);
std::vector<StudyPiece> decode_pieces(const std::string& bytes);

}  // namespace tresse::store
