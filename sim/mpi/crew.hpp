#pragma once

#include <memory>
#include <string>
#include <vector>

#include "tresse/app/study.hpp"

/// Futures over ranks. Rank 0 hands them out one by one and takes back pieces; a rank that fails or falls silent costs only what it
/// was working on, which another rank runs again.
namespace tresse::mpi {

class Ranks : public app::StudyCrew {
public:
    Ranks();
    ~Ranks() override;

    bool is_first() const;
    int size() const override;
    bool lost_any() const;

    std::vector<int> run(const std::string& design, const std::vector<int>& futures, app::StudyKeeper& keeper) override;
    /// What every rank but the first does until it is dismissed.
    void work(const std::string& study, const app::Options& options, app::Session& session);
    /// Sends the others home.
    void dismiss();

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

}  // namespace tresse::mpi
