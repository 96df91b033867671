#include "study_results.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "tresse/core/hash.hpp"
#include "tresse/core/stats.hpp"

namespace tresse::app {

StageResults::StageResults(StageDesign design, std::vector<std::string> columns, std::vector<store::StudyPiece> pieces)
    : design_(std::move(design)), columns_(std::move(columns)), pieces_(std::move(pieces)) {
    for (std::size_t i = 0; i < columns_.size(); ++i)
        index_.emplace(columns_[i], static_cast<int>(i));
    for (std::size_t i = 0; i < pieces_.size(); ++i)
        where_[{pieces_[i].arm, pieces_[i].replicate}] = i;
}

int StageResults::column(std::string_view name) const {
    const auto found = index_.find(name);
    return found == index_.end() ? -1 : found->second;
}

const store::StudyPiece* StageResults::piece(int arm, int replicate) const {
    const auto found = where_.find({arm, replicate});
    return found == where_.end() ? nullptr : &pieces_[found->second];
}

decide::Value StageResults::value(int arm, int replicate, std::string_view name) const {
    const store::StudyPiece* p = piece(arm, replicate);
    const int c = column(name);
    if (p == nullptr || c < 0 || static_cast<std::size_t>(c) >= p->numbers.size() ||
        std::isnan(p->numbers[static_cast<std::size_t>(c)]))
        return {};
    return p->numbers[static_cast<std::size_t>(c)];
}

std::vector<int> StageResults::replicates(int base, int arm) const {
    std::set<int> out;
    for (const store::StudyPiece& p : pieces_)
        if (p.arm == arm && piece(base, p.replicate))
            out.insert(p.replicate);
    return {out.begin(), out.end()};
}

std::vector<decide::Outcome> StageResults::pairs(int base, int arm, std::string_view name) const {
    std::vector<decide::Outcome> out;
    for (const int r : replicates(base, arm))
        out.push_back({r, piece(arm, r)->draw, value(base, r, name), value(arm, r, name)});
    return out;
}

decide::Difference StageResults::difference(int base, int arm, std::string_view name) const {
    return decide::difference(pairs(base, arm, name));
}

double StageResults::mean(int arm, std::string_view name) const {
    std::vector<double> values;
    for (const store::StudyPiece& p : pieces_)
        if (p.arm == arm)
            if (const decide::Value v = value(arm, p.replicate, name))
                values.push_back(*v);
    return values.empty() ? std::nan("") : summary(values).mean;
}

int StageResults::years() const {
    int years = 0;
    while (has("y" + std::to_string(years) + ":cohort_eur"))
        ++years;
    return years;
}

std::vector<double> StageResults::by_year(int arm, int replicate, std::string_view what) const {
    std::vector<double> out;
    for (int y = 0; y < years(); ++y)
        out.push_back(value(arm, replicate, "y" + std::to_string(y) + ":" + std::string(what)).value_or(0));
    return out;
}

std::vector<int> StageResults::draws(int base, int arm) const {
    std::set<int> out;
    for (const int r : replicates(base, arm))
        out.insert(piece(arm, r)->draw);
    return {out.begin(), out.end()};
}

const StageResults& StudyResults::stage(const std::string& id) const {
    static const StageResults none;
    const auto found = stages.find(id);
    return found == stages.end() ? none : found->second;
}

StudyResults read_results(const store::StudyStore& store) {
    StudyResults out;
    Hasher hasher;
    for (const std::string& id : store.stages()) {
        StageResults stage(design_of(store.design(id)), store.columns(id), store.pieces(id));
        std::set<int> futures;
        hasher.add(static_cast<std::uint64_t>(id.size()));
        hasher.add(id);
        for (const store::StudyPiece& p : stage.pieces()) {
            futures.insert(p.replicate);
            for (const int i : {p.arm, p.replicate, p.draw})
                hasher.add(i);
            hasher.add(p.hash);
        }
        out.futures += static_cast<int>(futures.size());
        out.stages.emplace(id, std::move(stage));
    }
    out.hash = hasher.value();
    return out;
}

}  // namespace tresse::app
