#include <algorithm>
#include <cmath>
#include <map>
#include <mutex>
#include <tuple>

#include "tresse/app/mechanism_name.hpp"
#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"
#include "tresse/viz/explorer/snapshot.hpp"

/// What the views show, as numbers.
namespace tresse::viz::explorer {

struct Paired {
    double level = unknown;
    Range difference{unknown, unknown, unknown};
    Sign sign = Sign::none;
};

class Memo {
public:
    using Key = std::tuple<int, std::size_t, int, int, int>;  ///< row, arm, slice by, slice index, year
    template <class Make> auto paired(const Key& key, Make&& make) { return find(paired_, key, make); }
    template <class Make> auto level(const Key& key, Make&& make) { return find(levels_, key, make); }

private:
    template <class Map, class Make> auto find(Map& map, const Key& key, Make&& make) {
        {
            const std::lock_guard lock(mutex_);
            if (const auto known = map.find(key); known != map.end())
                return known->second;
        }
        const auto value = make();
        const std::lock_guard lock(mutex_);
        return map.emplace(key, value).first->second;
    }
    std::mutex mutex_;
    std::map<Key, Paired> paired_;
    std::map<Key, double> levels_;
};

std::shared_ptr<Memo> new_memo() {
    return std::make_shared<Memo>();
}

namespace {

using decide::Outcome;
using decide::Value;
using measure::RunRecord;
using text::tr;

/// A row means the same in all arms, though arms of other scenarios have catalogues of their own.
Value value_of(const Snapshot& s, int row, std::size_t arm, const RunRecord& record, const measure::Slice& slice) {
    const measure::ScoreRow& wanted = s.compared.rows[static_cast<std::size_t>(row)];
    const app::ArmRun& one = s.compared.arms[arm];
    measure::ScoreRow own = wanted;
    if (wanted.account >= 0)
        own.account = one.scenario->catalogue->account(
            s.compared.catalogue().accounts[static_cast<std::size_t>(wanted.account)].id);
    return measure::score_value(own, record, *one.scenario->catalogue, slice);
}

char direction_of(measure::Direction direction) {
    constexpr char words[] = {'+', '-', '0', ' '};
    return words[static_cast<int>(direction)];
}

Memo::Key key_of(int row, std::size_t arm, const measure::Slice& slice) {
    return {row, arm, static_cast<int>(slice.by), slice.index, slice.year};
}

Paired compared_anew(const Snapshot& s, int row, std::size_t arm, const measure::Slice& slice) {
    std::vector<Outcome> outcomes;
    for (const RunRecord* one : s.compared.arms[arm].futures)
        for (const RunRecord* base : s.compared.arms[0].futures)
            if (base->replicate == one->replicate)
                outcomes.push_back(
                    {one->replicate, one->draw, value_of(s, row, 0, *base, slice), value_of(s, row, arm, *one, slice)});
    const decide::ComparedRow compared =
        decide::compare_row(s.compared.rulers[static_cast<std::size_t>(row)], outcomes);
    Paired out;
    if (compared.arm)
        out.level = *compared.arm;
    if (compared.difference.defined()) {
        out.difference = compared.difference.uncertainty;
        out.difference.middle = compared.difference.expected;
        out.sign = sign_of(compared.verdict);
    }
    return out;
}

double level_anew(const Snapshot& s, int row, std::size_t arm, const measure::Slice& slice) {
    double sum = 0;
    int count = 0;
    for (const RunRecord* one : s.compared.arms[arm].futures)
        if (const Value v = value_of(s, row, arm, *one, slice))
            sum += *v, ++count;
    return count > 0 ? sum / count : unknown;
}

Paired compare(const Snapshot& s, int row, std::size_t arm, const measure::Slice& slice) {
    const auto make = [&] { return compared_anew(s, row, arm, slice); };
    return s.memo ? s.memo->paired(key_of(row, arm, slice), make) : make();
}

double mean_level(const Snapshot& s, int row, std::size_t arm, const measure::Slice& slice) {
    const auto make = [&] { return level_anew(s, row, arm, slice); };
    return s.memo ? s.memo->level(key_of(row, arm, slice), make) : make();
}

double events(const RunRecord& r, int mechanism) {
    double sum = 0;
    for (const measure::YearRecord& y : r.years)
        if (mechanism >= 0 && mechanism < y.book.shape().mechanisms)
            sum += static_cast<double>(y.book.mechanism(world::MechanismCount::events, mechanism));
    const double years = measure::person_years(r);
    return years > 0 ? sum / years * 1000 : unknown;
}

}  // namespace

ScoreLine score_line(const Snapshot& s, int row, const Scope& scope, int year) {
    const measure::ScoreRow& which = s.compared.rows[static_cast<std::size_t>(row)];
    const measure::Score& score = measure::score(which.score);
    const measure::Slice slice{scope.by, scope.index, year};
    ScoreLine line;
    line.row = row;
    line.id = which.id;
    line.label = app::row_name(which, s.compared.catalogue());
    line.unit = tr(score.unit);
    line.family = static_cast<int>(score.family);
    line.digits = score.digits;
    line.direction = direction_of(s.compared.rulers[static_cast<std::size_t>(row)].direction);
    line.smallest = s.compared.rulers[static_cast<std::size_t>(row)].smallest_difference;
    line.base = mean_level(s, row, 0, slice);
    for (std::size_t arm = 1; arm < s.arms(); ++arm) {
        const Paired p = compare(s, row, arm, slice);
        line.arms.push_back({p.level, p.difference, line.direction == ' ' ? Sign::none : p.sign});
    }
    return line;
}

std::vector<std::vector<Moved>> moved_mechanisms(const Snapshot& s) {
    std::vector<std::vector<Moved>> out(s.arms());
    const world::Catalogue& base = s.compared.catalogue();
    for (std::size_t arm = 1; arm < s.arms(); ++arm) {
        const world::Catalogue& own = *s.compared.arms[arm].scenario->catalogue;
        for (const std::string& id : own.mechanisms) {
            if (!app::is_step(id) && !id.starts_with("team: "))
                continue;
            const int mine = own.mechanism(id), theirs = base.mechanism(id);
            const decide::Difference d = app::paired(s.compared, arm, [&](const RunRecord& r, const app::ArmRun& a) {
                const double value = events(r, &a == &s.compared.arms[0] ? theirs : mine);
                return std::isfinite(value) ? Value(value) : Value();
            });
            if (!d.defined() || std::fabs(d.expected) < 1e-6)
                continue;
            Moved m{id, 0, d.uncertainty};
            m.difference.middle = d.expected;
            m.base = app::mean_of(s.compared.arms[0],
                                  [&](const RunRecord& r, const app::ArmRun&) { return Value(events(r, theirs)); });
            if (m.base > 1e-9)  // what an arm's own actions do is no change of what was there
                out[arm].push_back(std::move(m));
        }
        const auto weight = [](const Moved& m) {
            const double spread = std::isfinite(m.difference.high) ? (m.difference.high - m.difference.low) / 2 : 1e9;
            return std::fabs(m.difference.middle) / std::max(spread, 1e-6);
        };
        std::stable_sort(out[arm].begin(), out[arm].end(),
                         [&](const Moved& a, const Moved& b) { return weight(a) > weight(b); });
    }
    return out;
}

std::vector<ScoreLine> score_lines(const Snapshot& s, const Scope& scope, int year) {
    std::vector<ScoreLine> out;
    for (std::size_t row = 0; row < s.compared.rows.size(); ++row) {
        if (s.compared.rows[row].account >= 0)
            continue;
        ScoreLine line = score_line(s, static_cast<int>(row), scope, year);
        if (std::isfinite(line.base))
            out.push_back(std::move(line));
    }
    return out;
}

Course course_of(const Snapshot& s, int row, const Scope& scope) {
    Course out;
    const Range none{unknown, unknown, unknown};
    out.level.assign(s.arms(), std::vector<Range>(s.years.size(), none));
    out.difference = out.level;
    out.sign.assign(s.arms(), std::vector<Sign>(s.years.size(), Sign::none));
    for (std::size_t arm = 0; arm < s.arms(); ++arm)
        for (std::size_t y = 0; y < s.years.size(); ++y) {
            const measure::Slice slice{scope.by, scope.index, static_cast<int>(y)};
            std::vector<double> values;
            for (const RunRecord* one : s.compared.arms[arm].futures)
                if (y < one->years.size())
                    if (const Value v = value_of(s, row, arm, *one, slice))
                        values.push_back(*v);
            if (!values.empty())
                out.level[arm][y] = {summary(values).mean, quantile(values, 0.025), quantile(values, 0.975)};
            if (arm == 0 || values.empty())
                continue;
            const Paired p = compare(s, row, arm, slice);
            out.difference[arm][y] = p.difference;
            out.sign[arm][y] = p.sign;
        }
    return out;
}

std::vector<Flow> flows_of(const Snapshot& s, int arm, int year, bool difference) {
    std::map<std::array<int, 3>, double> sums;
    const world::Catalogue& names = s.compared.catalogue();
    const auto add = [&](std::size_t which, double weight) {
        const app::ArmRun& one = s.compared.arms[which];
        const world::Catalogue& c = *one.scenario->catalogue;
        for (const RunRecord* r : one.futures) {
            double months = 0;
            for (std::size_t y = 0; y < r->years.size(); ++y)
                months += year < 0 || static_cast<std::size_t>(year) == y ? r->years[y].months : 0;
            const double scale =
                weight * r->sample / static_cast<double>(one.futures.size()) / 100 / 1e6 / std::max(1.0, months) * 12;
            for (std::size_t y = 0; y < r->years.size(); ++y) {
                if (year >= 0 && static_cast<std::size_t>(year) != y)
                    continue;
                for (const world::Posting& p : r->years[y].postings) {
                    const int from = names.account(c.accounts[static_cast<std::size_t>(p.from)].id);
                    const int to = names.account(c.accounts[static_cast<std::size_t>(p.to)].id);
                    sums[{from, names.rule(c.rules[static_cast<std::size_t>(p.rule)]), to}] +=
                        scale * static_cast<double>(p.cents);
                }
            }
        }
    };
    add(static_cast<std::size_t>(arm), 1);
    if (difference && arm > 0)
        add(0, -1);
    std::vector<Flow> out;
    for (const auto& [key, amount] : sums)
        if (key[0] >= 0 && key[2] >= 0)
            out.push_back({key[0], key[2], key[1], amount});
    return out;
}

std::vector<PlanePoint> plane_of(const Snapshot& s, int arm) {
    const auto row_with = [&](measure::ScoreId id) {
        for (std::size_t i = 0; i < s.compared.rows.size(); ++i)
            if (s.compared.rows[i].score == id)
                return static_cast<int>(i);
        return -1;
    };
    const int health = row_with(measure::ScoreId::qaly_per_1000), cost = row_with(measure::ScoreId::cost_per_head_eur);
    std::vector<PlanePoint> out;
    if (health < 0 || cost < 0)
        return out;
    const auto one_arm = static_cast<std::size_t>(arm);
    for (const RunRecord* one : s.compared.arms[one_arm].futures)
        for (const RunRecord* base : s.compared.arms[0].futures) {
            if (base->replicate != one->replicate)
                continue;
            const Value q1 = value_of(s, health, one_arm, *one, {}), q0 = value_of(s, health, 0, *base, {});
            const Value c1 = value_of(s, cost, one_arm, *one, {}), c0 = value_of(s, cost, 0, *base, {});
            if (!q1 || !q0 || !c1 || !c0)
                continue;
            // cost is per head and year, health per 1,000 over the horizon
            const double years = s.months_of_policy() / 12.0;
            out.push_back({*q1 - *q0, (*c1 - *c0) * 1000 * years});
        }
    return out;
}

double acceptable(const std::vector<PlanePoint>& points, double eur_per_qaly) {
    if (points.empty())
        return unknown;
    double good = 0;
    for (const PlanePoint& p : points)
        good += p.qalys * eur_per_qaly > p.eur ? 1 : 0;
    return good / static_cast<double>(points.size());
}

std::string level_text(double value, int digits) {
    return text::number(value, digits);
}

std::string scope_name(const Snapshot& s, const Scope& scope) {
    static constexpr const char* bands[] = {"0\u20134",   "5\u201314",  "15\u201324", "25\u201344", "45\u201354",
                                            "55\u201364", "65\u201374", "75\u201384", "85\u201394", "95+"};
    switch (scope.by) {
    case measure::By::quintile:
        return scope.index == 0   ? tr("Lowest income fifth")
               : scope.index == 4 ? tr("Highest income fifth")
                                  : text::fill(tr("Income fifth {n}"), {{"n", scope.index + 1}});
    case measure::By::bim:
        return scope.index ? tr("Increased reimbursement") : tr("Others");
    case measure::By::sex:
        return scope.index ? tr("Men") : tr("Women");
    case measure::By::age_band:
        return text::fill(tr("Age {band}"), {{"band", bands[scope.index]}});
    case measure::By::place:
        return s.compared.catalogue().places[static_cast<std::size_t>(scope.index)].name(text::language());
    case measure::By::all:
        break;
    }
    return tr("Everybody");
}

}  // namespace tresse::viz::explorer
