#include "tresse/validate/census.hpp"

#include <bit>

#include "tresse/core/math.hpp"
#include "tresse/model/hazards.hpp"
#include "tresse/world/bits.hpp"

namespace tresse::validate {

namespace st = world::status;

namespace {

/// Good health: a quality weight of 0.7 and more, as in the yearly count of the model.
constexpr std::uint16_t good_from = 45875;

template <class Body> void each_person(const world::World& world, Body&& body) {
    for (const world::Cell& cell : world.cells)
        for (int s = 0; s < cell.slots; ++s)
            if (!cell.persons.empty(s))
                body(cell, s);
}

std::size_t sex_of(const world::Persons& p, int s) { return st::Sex::get(p.status[s]); }

}  // namespace

Survey survey_of(const scenario::Scenario& scenario) {
    const scenario::Library& library = *scenario.library;
    const double slope = library.parameters.one("population.survey.long_illness_per_loss").value * scenario.region->factors.factor("survey.long_illness");
    Survey out;
    out.other = static_cast<float>(library.parameters.one("population.survey.other_long_illness").value * scenario.region->factors.factor("survey.other_illness"));
    for (std::size_t c = 0; c < library.conditions.size(); ++c) {
        const std::vector<Uncertain>& loss = library.conditions[c].numbers.list("by_stage.utility_loss");
        for (std::size_t s = 0; s < loss.size(); ++s)
            out.named[c][s + 1] = static_cast<float>(1 - exp_d(-slope * loss[s].value));
    }
    return out;
}

float Survey::yes(world::Conditions has) const {
    float no = 1 - other;
    for (std::uint64_t left = has.present(); left != 0; left &= left - 1) {
        const int c = std::countr_zero(left) / 3;
        if (has.diagnosed(c))
            no *= 1 - named[static_cast<std::size_t>(c)][static_cast<std::size_t>(has.stage(c))];
    }
    return 1 - no;
}

void count_start(const world::World& world, const world::Catalogue& catalogue, Census& out) {
    const Month first = world.policy_start;
    each_person(world, [&](const world::Cell& cell, int s) {
        const world::Persons& p = cell.persons;
        const int since_birth = first.index - world::birth_month_zero - p.birth_month[s];
        if (since_birth < 0 || p.id[s] >= world.first_newcomer)
            return;  // born or arrived in the month that was computed
        const auto region = static_cast<std::size_t>(catalogue.places[cell.municipality].region);
        const auto five = static_cast<std::size_t>(measure::age_five(model::age_at(p.birth_month[s], first.index)));
        out.start[region][sex_of(p, s)][five] += 1;
        out.start_reimbursed[region] += st::Bim::get(p.status[s]);
    });
    for (const world::Cell& cell : world.cells)
        for (const world::Household& h : cell.households) {
            int members = 0;
            bool resident = false;
            for (int s = h.first_slot; s < h.first_slot + h.members; ++s)
                if (!cell.persons.empty(s))
                    ++members, resident = resident || st::NursingHome::get(cell.persons.status[s]);
            if (members == 0 || resident)
                continue;
            out.households += 1;
            out.alone += members == 1;
        }
}

void count_month(const world::World& world, const world::Catalogue& catalogue, Month month, Census& out) {
    for (std::size_t i = 0; i < world.pieces.size(); ++i)
        out.life[static_cast<std::size_t>(catalogue.places[world.pieces[i].municipality].region)].add(world.piece_books[i]);
    each_person(world, [&](const world::Cell& cell, int s) {
        const world::Persons& p = cell.persons;
        const std::uint32_t status = p.status[s];
        const auto age = static_cast<std::size_t>(model::age_at(p.birth_month[s], month.index));
        const std::size_t sex = sex_of(p, s);
        out.by_education[st::Education::get(status)].months[sex][age] += 1;
        out.by_fifth[st::Quintile::get(status)].months[sex][age] += 1;
    });
    for (const auto& [cell, s] : measure::dead_of_month(world, month)) {
        const world::Persons& p = cell->persons;
        const auto age = static_cast<std::size_t>(model::age_at(p.birth_month[s], month.index));
        out.by_education[st::Education::get(p.status[s])].deaths[sex_of(p, s)][age] += 1;
        out.by_fifth[st::Quintile::get(p.status[s])].deaths[sex_of(p, s)][age] += 1;
    }
}

void count_end(const world::World& world, const Survey& survey, Census& out) {
    const Month last = world.now - 1;
    each_person(world, [&](const world::Cell& cell, int s) {
        const world::Persons& p = cell.persons;
        const std::uint32_t status = p.status[s];
        const std::size_t sex = sex_of(p, s);
        const auto five = static_cast<std::size_t>(measure::age_five(model::age_at(p.birth_month[s], last.index)));
        const auto diploma = st::Education::get(status);
        out.persons[sex][five] += 1;
        out.reports_illness[sex][five] += static_cast<std::int64_t>(survey.yes(world::Conditions{p.conditions[s]}) * static_cast<float>(answer_unit) + 0.5f);
        out.of_education[diploma][sex][five] += 1;
        out.good_health[diploma][sex][five] += p.utility[s] >= good_from;
        out.work[st::Work::get(status)][sex][five] += 1;
        out.daily_smokers[sex][five] += st::Smoking::get(status) == 2;
    });
}

void CensusTaker::month(const world::World& world, Month month, int, int replicate) {
    if (month - world.policy_start >= 12)
        return;
    Census* census = nullptr;
    {
        const std::lock_guard lock(mutex_);
        census = &by_replicate_[replicate];
    }
    if (month == world.policy_start)
        count_start(world, catalogue_, *census);
    count_month(world, catalogue_, month, *census);
    if (month.is_december())
        count_end(world, survey_, *census);
}

}  // namespace tresse::validate
