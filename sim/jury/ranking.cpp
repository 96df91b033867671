#include "tresse/jury/ranking.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "tresse/core/draw.hpp"
#include "tresse/core/math.hpp"

namespace tresse::jury {

namespace {

using scenario::Call;
using scenario::CallCriterion;

constexpr double none = std::numeric_limits<double>::quiet_NaN();

/// Half of a 95 % range in standard deviations.
constexpr double half_range_sd = 1.959964;

constexpr std::uint32_t to_benches = 1, to_jurors = 2, to_simulated = 3;   // sub-purposes; 0 is even_weights

/// Worth of a score for a bench: its own line, or straight from lowest to highest.
double worth_of_score(const Call& call, const scenario::BenchWeights* bench, double score) {
    if (bench && bench->value.size() >= 2)
        return broken_line(bench->value, score);
    return (score - call.scale_from) / (call.scale_to - call.scale_from);
}

double worth_of_improvement(const CallCriterion& c, double improvement) {
    return std::clamp((improvement - c.worst) / (c.best - c.worst), 0.0, 1.0);
}

/// Makes the draws of a ranking.
class Drawer {
public:
    explicit Drawer(const RankingInput& in) : in_(in), scores_(*in.scores), call_(scores_.call()), round_(scores_.round()) {
        const bool simulated = any_simulated(in);
        for (std::size_t c = 0; c < call_.criteria.size(); ++c)
            if (simulated || !call_.criteria[c].simulated())
                used_.push_back(c);
        for (std::size_t b = 0; b < call_.benches.size(); ++b) {
            members_.push_back(scores_.members(b));
            weights_.push_back(only_used(weights_of_bench(call_, round_, b)));
        }
    }

    /// Without any simulation the jurors' criteria weigh alone.
    static bool any_simulated(const RankingInput& in) {
        return std::any_of(in.simulated.begin(), in.simulated.end(), [](const auto& list) { return std::any_of(list.begin(), list.end(), [](const Improvement& i) { return i.known; }); });
    }

    Samples samples(const std::vector<std::size_t>& ranked, bool any_weights) const {
        Samples s;
        s.draws = in_.draws, s.alternatives = ranked.size(), s.criteria = call_.criteria.size();
        s.worth.reserve(s.draws * s.alternatives * s.criteria);
        s.weight.reserve(s.draws * s.criteria);
        for (std::uint32_t d = 0; d < s.draws; ++d) {
            const auto w = any_weights ? all_weights(d) : between_benches(d);
            s.weight.insert(s.weight.end(), w.begin(), w.end());
            for (const std::size_t p : ranked)
                for (std::size_t c = 0; c < s.criteria; ++c)
                    s.worth.push_back(worth(p, c, d));
        }
        return s;
    }

    /// Worth with means instead of draws. `bench` -1: all benches by their weights.
    double central_worth(std::size_t proposal, std::size_t criterion, int bench) const {
        const CallCriterion& c = call_.criteria[criterion];
        if (c.simulated())
            return improvement(proposal, criterion).known ? worth_of_improvement(c, improvement(proposal, criterion).middle) : 0;
        double sum = 0, weight = 0;
        for (std::size_t b = 0; b < call_.benches.size(); ++b) {
            if (bench >= 0 && b != static_cast<std::size_t>(bench))
                continue;
            const double mean = scores_.bench_mean(b, proposal, scored_index(criterion), true);
            if (std::isnan(mean))
                continue;
            const double w = bench >= 0 ? 1 : call_.benches[b].weight;
            sum += w * worth_of_score(call_, round_.weights_of(call_.benches[b].id), mean), weight += w;
        }
        return weight > 0 ? sum / weight : none;
    }

    const std::vector<double>& weights(std::size_t bench) const { return weights_[bench]; }

    /// Weights of all benches together, by their voices.
    std::vector<double> mean_weights() const {
        std::vector<double> out(call_.criteria.size(), 0);
        double sum = 0;
        for (std::size_t b = 0; b < weights_.size(); ++b) {
            sum += call_.benches[b].weight;
            for (std::size_t c = 0; c < out.size(); ++c)
                out[c] += call_.benches[b].weight * weights_[b][c];
        }
        for (double& w : out)
            w /= sum;
        return out;
    }

private:
    std::vector<double> only_used(const std::vector<double>& weights) const {
        std::vector<double> out(weights.size(), 0);
        for (const std::size_t c : used_)
            out[c] = weights[c];
        return swing_weights(out);
    }

    std::vector<double> all_weights(std::uint32_t d) const {
        const auto some = even_weights(in_.seed, d, used_.size());
        std::vector<double> out(call_.criteria.size(), 0);
        for (std::size_t k = 0; k < used_.size(); ++k)
            out[used_[k]] = some[k];
        return out;
    }

    std::vector<double> between_benches(std::uint32_t d) const {
        const auto share = even_weights(mix64(in_.seed, to_benches), d, weights_.size());
        std::vector<double> out(call_.criteria.size(), 0);
        for (std::size_t b = 0; b < weights_.size(); ++b)
            for (std::size_t c = 0; c < out.size(); ++c)
                out[c] += share[b] * weights_[b][c];
        return out;
    }

    /// Index among the criteria that jurors score.
    std::size_t scored_index(std::size_t criterion) const {
        const auto& list = scores_.criteria();
        return static_cast<std::size_t>(std::find(list.begin(), list.end(), static_cast<int>(criterion)) - list.begin());
    }

    const Improvement& improvement(std::size_t proposal, std::size_t criterion) const {
        std::size_t k = 0;
        for (std::size_t c = 0; c < criterion; ++c)
            k += call_.criteria[c].simulated();
        return in_.simulated[proposal][k];
    }

    double worth(std::size_t proposal, std::size_t criterion, std::uint32_t d) const {
        const CallCriterion& c = call_.criteria[criterion];
        if (c.simulated()) {
            const Improvement& i = improvement(proposal, criterion);
            if (!i.known)
                return 0;
            const double u = unit_open(draw(in_.seed, mix64(proposal, criterion), d, sub(Purpose::jury, to_simulated)).word[0]);
            return worth_of_improvement(c, i.middle + (i.high - i.low) / 2 / half_range_sd * normal_quantile(u));
        }
        double sum = 0, weight = 0;
        for (std::size_t b = 0; b < call_.benches.size(); ++b) {
            const double score = one_juror(b, proposal, scored_index(criterion), d);
            if (std::isnan(score))
                continue;
            sum += call_.benches[b].weight * worth_of_score(call_, round_.weights_of(call_.benches[b].id), score);
            weight += call_.benches[b].weight;
        }
        return weight > 0 ? sum / weight : 0;
    }

    /// The juror who speaks for a bench in this draw, the same for all dossiers; the next one who scored when that one did not.
    double one_juror(std::size_t bench, std::size_t proposal, std::size_t criterion, std::uint32_t d) const {
        const auto& members = members_[bench];
        if (members.empty())
            return none;
        const auto n = static_cast<std::uint32_t>(members.size());
        const std::uint32_t first = below(draw(in_.seed, bench, d, sub(Purpose::jury, to_jurors)).word[0], n);
        for (std::uint32_t i = 0; i < n; ++i)
            if (const double s = scores_.score(members[(first + i) % n], proposal, criterion, true); !std::isnan(s))
                return s;
        return none;
    }

    const RankingInput& in_;
    const Scores& scores_;
    const Call& call_;
    const scenario::Round& round_;
    std::vector<std::vector<std::size_t>> members_;
    std::vector<std::vector<double>> weights_;
    std::vector<std::size_t> used_;        ///< criteria that weigh
};

/// A dossier is ranked when every criterion has a score of somebody, and every simulated one its range when there are any.
bool complete(const RankingInput& in, std::size_t proposal) {
    const Scores& s = *in.scores;
    for (std::size_t c = 0; c < s.criteria().size(); ++c)
        if (std::isnan(s.spread(proposal, c, true).first))
            return false;
    return !Drawer::any_simulated(in) || std::all_of(in.simulated[proposal].begin(), in.simulated[proposal].end(), [](const Improvement& i) { return i.known; });
}

RankedDossier central(const Drawer& drawer, const Scores& scores, std::size_t proposal) {
    const Call& call = scores.call();
    RankedDossier out;
    out.proposal = proposal;
    const auto all = drawer.mean_weights();
    for (std::size_t c = 0; c < call.criteria.size(); ++c)
        out.mean_share += all[c] * drawer.central_worth(proposal, c, -1);
    for (std::size_t b = 0; b < call.benches.size(); ++b) {
        double sum = 0;
        for (std::size_t c = 0; c < call.criteria.size(); ++c)
            sum += drawer.weights(b)[c] * drawer.central_worth(proposal, c, static_cast<int>(b));
        out.bench_share.push_back(sum);   // NaN when the bench is missing
    }
    out.below_mean = call.pass_share > 0 && out.mean_share < call.pass_share;
    for (std::size_t c = 0; c < scores.criteria().size(); ++c) {
        double sum = 0, weight = 0;
        for (std::size_t b = 0; b < call.benches.size(); ++b)
            if (const double mean = scores.bench_mean(b, proposal, c, true); !std::isnan(mean))
                sum += call.benches[b].weight * mean, weight += call.benches[b].weight;
        if (weight > 0 && sum / weight < call.pass_each)
            out.below_each.push_back(scores.criteria()[c]);
    }
    return out;
}

void rank_by_bench(Ranking& r, std::size_t benches) {
    for (RankedDossier& d : r.dossiers)
        for (std::size_t b = 0; b < benches; ++b) {
            int rank = std::isnan(d.bench_share[b]) ? 0 : 1;
            for (const RankedDossier& other : r.dossiers)
                rank += rank > 0 && other.bench_share[b] > d.bench_share[b] + 1e-12;
            d.bench_rank.push_back(rank);
        }
}

}  // namespace

std::vector<double> weights_of_bench(const Call& call, const scenario::Round& round, std::size_t bench) {
    const scenario::BenchWeights* w = round.weights_of(call.benches[bench].id);
    if (w && !w->swing.empty())
        return swing_weights(w->swing);
    std::vector<double> points(call.criteria.size(), 0);
    if (w && !w->order.empty()) {
        const auto centroid = rank_order_centroid(w->order.size());
        for (std::size_t i = 0; i < w->order.size(); ++i)
            points[static_cast<std::size_t>(w->order[i])] = centroid[i];
    } else {
        for (std::size_t c = 0; c < points.size(); ++c)
            points[c] = call.criteria[c].weight;
    }
    return swing_weights(points);
}

std::vector<Phrase> weights_left_out(const Call& call, const scenario::Round& round) {
    std::vector<Phrase> out;
    for (const scenario::BenchWeights& w : round.weights) {
        const scenario::CallBench* bench = call.bench(w.bench);
        if (!bench || w.left_out.empty())
            continue;
        std::vector<PhraseArg> args = {arg("bench", bench->name)};
        LocalText names;
        for (const int c : w.left_out)
            for (int l = 0; l < lang_count; ++l)
                names.text[l] += (names.text[l].empty() ? "" : ", ") + call.criteria[static_cast<std::size_t>(c)].name.in(static_cast<Lang>(l));
        args.push_back(arg("criteria", names));
        out.push_back({tr("The bench \"{bench}\" gives no weight to: {criteria}. They count for nothing in its voice; write 0 to say that this is meant."), std::move(args)});
    }
    return out;
}

Ranking ranking(const RankingInput& in) {
    Ranking r;
    const Scores& scores = *in.scores;
    const Call& call = scores.call();
    for (const CallCriterion& c : call.criteria)
        r.criteria.push_back(c.id);
    for (std::size_t p = 0; p < scores.proposals(); ++p)
        (complete(in, p) ? r.ranked : r.not_scored).push_back(p);
    if (r.ranked.empty())
        return r;
    const Drawer drawer(in);
    for (const std::size_t p : r.ranked)
        r.dossiers.push_back(central(drawer, scores, p));
    rank_by_bench(r, call.benches.size());
    const Samples between = drawer.samples(r.ranked, false);
    r.between_benches = acceptability(between);
    r.any_weights = acceptability(drawer.samples(r.ranked, true));
    r.groups = groups_not_separated(r.between_benches, call.separate_prob);
    r.has_budget = call.budget_projects > 0 || call.budget_eur_per_year > 0;
    if (r.has_budget) {
        std::vector<double> costs;
        for (const std::size_t p : r.ranked)
            costs.push_back(call.budget_eur_per_year > 0 ? in.cost_eur[p] : 1);
        r.budget = budget_stability(between, costs, call.budget_eur_per_year > 0 ? call.budget_eur_per_year : call.budget_projects);
    }
    return r;
}

}  // namespace tresse::jury
