#include "tresse/build/course.hpp"

#include <algorithm>
#include <bit>

#include "tresse/build/health.hpp"
#include "tresse/model/hazards.hpp"
#include "tresse/model/lethal.hpp"

namespace tresse::build {

namespace {

using Stages = std::array<double, 9>;

struct StageFlows {
    Stages persons{}, lost{};   ///< lost: deaths and remissions a year
    Stages at_risk{};           ///< persons, each with the part of the rate of progression that its age has
    double new_cases = 0;       ///< a year
    double new_cases_at_risk = 0;
};

struct Flows {
    std::array<StageFlows, model::limit::conditions> condition{};
    std::array<double, 4> persons{}, deaths{}, worsening{};   ///< by Katz class, a year
    std::array<double, 3> crossed{};                          ///< over the limit above class k by illness and stays, a year
};

double year_rate(const model::Hazards& h, int mark) { return 12 * static_cast<double>(h.of(mark)); }

/// A jump of so many classes, a fraction of one by chance, from a class.
void cross(std::array<double, 3>& crossed, int from, double jump, double rate) {
    for (int k = from; k < 3 && jump > 0; ++k, jump -= 1) crossed[static_cast<std::size_t>(k)] += rate * std::min(1.0, jump);
}

class Counting {
public:
    Counting(const model::Tables& t, const Reference& reference) : t_(t), prepared_(t) {
        for (const auto& settlement : reference.sample)
            for (const auto& p : settlement.people) count(p);
    }
    Flows flows;

private:
    void count(const Inhabitant& p) {
        const model::PersonFacts f = facts_of(p, t_);
        model::natural_hazards(prepared_, f, hazards_);
        const double own = model::lethal_hazard(t_.disease, f.conditions), dies = year_rate(hazards_, model::mark_death) + own;
        for (int c = 0; c < t_.disease.conditions; ++c) {
            const auto& table = t_.disease.condition[static_cast<std::size_t>(c)];
            StageFlows& flow = flows.condition[static_cast<std::size_t>(c)];
            const int stage = f.conditions.stage(c);
            const double by_age = static_cast<double>(model::worse_at(table, f.age)), up = year_rate(hazards_, model::mark_up + c) * (stage == 0 ? 1.0 : by_age);
            if (stage == 0) {
                flow.new_cases += up, flow.new_cases_at_risk += up * by_age;
            } else {
                const bool remits = static_cast<float>(f.age) >= table.remission_youngest && static_cast<float>(f.age) <= table.remission_oldest;
                flow.persons[static_cast<std::size_t>(stage)] += 1, flow.at_risk[static_cast<std::size_t>(stage)] += by_age;
                flow.lost[static_cast<std::size_t>(stage)] += dies + (remits && !table.lethal[static_cast<std::size_t>(stage)] ? static_cast<double>(table.remission[static_cast<std::size_t>(stage)]) : 0.0);
            }
            worse_by_illness(p.dependence, table, stage, up);
        }
        const auto k = static_cast<std::size_t>(p.dependence);
        flows.persons[k] += 1, flows.deaths[k] += dies;
        flows.worsening[k] += static_cast<double>(t_.dependence.worsening[p.age]);
        if (p.age >= 75) cross(flows.crossed, p.dependence, 1, unplanned() * static_cast<double>(t_.hospital.decline_prob));
    }

    void worse_by_illness(int katz, const model::ConditionTable& table, int stage, double up) {
        const auto at = [&](int s) { return static_cast<double>(table.dependence[static_cast<std::size_t>(s)]); };
        if (stage > 0) return cross(flows.crossed, katz, at(stage + 1) - at(stage), stage < table.stages ? up : 0.0);
        for (int s = 1; s <= table.stages; ++s) cross(flows.crossed, katz, at(s), up * static_cast<double>(table.start_share[static_cast<std::size_t>(s)]));
    }

    double unplanned() const {
        double sum = year_rate(hazards_, model::mark_unplanned);
        for (int c = 0; c < t_.disease.conditions; ++c) sum += year_rate(hazards_, model::mark_admission + c) * (1 - static_cast<double>(prepared_.planned_share[static_cast<std::size_t>(c)]));
        return sum;
    }

    const model::Tables& t_;
    model::PreparedHazards prepared_;
    model::Hazards hazards_;
};

constexpr double fastest = 6;     ///< a year; faster steps are no course any more
constexpr double few = 30;        ///< persons of the sample in a stage: too few to solve from

void keep_stages(int c, const StageFlows& flow, model::ConditionTable& table, std::vector<SolvedStep>& out) {
    table.start_late_scale = flow.new_cases_at_risk > 0 ? static_cast<float>(flow.new_cases / flow.new_cases_at_risk) : 1.0f;
    for (int s = table.stages - 1; s >= 1; --s) {
        const auto k = static_cast<std::size_t>(s);
        double lost = 0, starts = 0, above = 0;
        for (std::size_t j = k + 1; j <= static_cast<std::size_t>(table.stages); ++j) lost += flow.lost[j], starts += static_cast<double>(table.start_share[j]), above += flow.persons[j];
        if (above < few || flow.persons[k] < few) continue;
        const double back = static_cast<double>(table.step_down[k + 1]) * flow.persons[k + 1];
        const double wanted = lost + back - starts * flow.new_cases;
        if (wanted >= 0) {
            out.push_back({c, s, false, static_cast<double>(table.progression[k]), std::min(fastest, wanted / flow.at_risk[k])});
            table.progression[k] = static_cast<float>(out.back().solved);
            continue;
        }
        // more start above than are lost there: they must step down
        const double down = starts * flow.new_cases + static_cast<double>(table.progression[k]) * flow.at_risk[k] - lost;
        out.push_back({c, s + 1, true, static_cast<double>(table.step_down[k + 1]), std::min(fastest, std::max(0.0, down) / std::max(few, flow.persons[k + 1]))});
        table.step_down[k + 1] = static_cast<float>(out.back().solved);
    }
}

void keep_classes(const Flows& flow, model::DependenceTables& d, std::vector<SolvedStep>& out) {
    for (std::size_t k = 0; k < 3; ++k) {
        double lost = 0;
        for (std::size_t j = k + 1; j < 4; ++j) lost += flow.deaths[j];
        const double back = k + 1 < 3 ? static_cast<double>(d.recovery) * flow.persons[k + 1] : 0.0;
        const double wanted = lost + back - flow.crossed[k];
        const double factor = flow.worsening[k] > 0 ? std::clamp(wanted / flow.worsening[k], 0.0, 20.0) : 1.0;
        out.push_back({-1, static_cast<int>(k), false, 1, factor});
        d.worsening_class[k] = static_cast<float>(factor);
    }
}

}  // namespace

std::vector<SolvedStep> keep_course(model::Tables& t, const Reference& reference) {
    std::vector<SolvedStep> out;
    const Flows flows = Counting(t, reference).flows;
    for (int c = 0; c < t.disease.conditions; ++c) keep_stages(c, flows.condition[static_cast<std::size_t>(c)], t.disease.condition[static_cast<std::size_t>(c)], out);
    // a step of illness moves classes too: count them with the solved course
    keep_classes(Counting(t, reference).flows, t.dependence, out);
    return out;
}

}  // namespace tresse::build
