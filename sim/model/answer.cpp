#include <algorithm>

#include "tresse/core/math.hpp"
#include "tresse/model/stages.hpp"

namespace tresse::model {

namespace st = world::status;
namespace flag = world::line_flag;

namespace {

/// Change in parts of the middle of two prices. Law: finite at zero, 0 when nothing changed.
float arc(double before, double now) { return before + now > 0 ? static_cast<float>((now - before) / ((now + before) / 2)) : 0.0f; }

double own_price(const funding::PriceRow& row, double smallest) { return std::max(static_cast<double>(row.share) + row.extra, smallest); }

/// Share of discretionary contacts not made because an organisation gains from what is saved: grows for some years, then stays.
float effort(const Here& here, const funding::Tariffs& tariffs) {
    const ProviderTables& t = here.tables.provider;
    if (!tariffs.savings.on || here.month.year() < tariffs.savings.first_year) return 0;
    const float years = std::min(static_cast<float>(here.month.year() - tariffs.savings.first_year + 1), t.savings_effort_years);
    return std::min(1.0f, years * t.savings_effort);
}

/// How many times as often a contact is made as before the policy date, for reasons of money.
class Answer {
public:
    explicit Answer(const Here& here) : here_(here), tariffs_(here.rules.tariff(here.month)), effort_(effort(here, tariffs_)) {}

    float factor(const world::Line& line) const {
        const std::size_t s = line.service;
        const BehaviourTables& b = here_.tables.behaviour;
        float out = 1;
        if (here_.prepared.changed_price[s]) out *= of_prices(line);
        if (b.discretionary[s] > 0 && !(line.flags & flag::emergency)) out *= 1.0f - effort_ * b.discretionary[s];
        if (static_cast<int>(s) == here_.prepared.s_emergency && !(line.flags & flag::unplanned)) out *= of_capitation(line.slot);
        return std::clamp(out, 0.0f, 2.0f);
    }

private:
    float of_prices(const world::Line& line) const {
        const std::size_t s = line.service;
        const world::Persons& p = here_.cell.persons;
        const int role = here_.prepared.role_of[s];
        const ProviderIndex provider = provider_of(here_, line.slot, role);
        const std::size_t contract = provider == no_provider ? 0 : here_.board.row[provider].contract;
        const std::uint16_t row = tariffs_.row(static_cast<int>(contract), static_cast<int>(s), p.tariff_class[line.slot]);
        const funding::PriceRow& now = tariffs_.rows[row];
        const funding::PriceRow& before = here_.prepared.before->rows[row];
        if (now.rule == before.rule) return 1;  // indexation is no news
        const BehaviourTables& b = here_.tables.behaviour;
        float out = 1;
        if (before.total > 0 && now.total > 0 && !here_.prepared.capitated[contract]) out *= exp_f(here_.tables.provider.fee_elasticity * arc(before.total, now.total));
        const world::Household& h = here_.cell.households[p.household[line.slot]];
        if (h.paid <= here_.scratch.ceilings[h.ceiling_class]) {
            const double smallest = static_cast<double>(b.smallest_price_cents);
            const float change = arc(own_price(before, smallest), own_price(now, smallest));
            const auto quintile = st::Quintile::get(p.status[line.slot]);
            out *= 1.0f + b.discretionary[s] * (exp_f(b.elasticity[s] * b.income_ratio[quintile] * change) - 1.0f);
        }
        return out;
    }

    float of_capitation(int slot) const {
        const int gp = here_.catalogue.services[static_cast<std::size_t>(here_.prepared.s_gp)].role;
        const ProviderIndex practice = provider_of(here_, slot, gp);
        return practice != no_provider && here_.prepared.shifted[here_.board.row[practice].contract] ? here_.tables.provider.capitation_emergency_ratio : 1.0f;
    }

    const Here& here_;
    const funding::Tariffs& tariffs_;
    float effort_;
};

/// A request that is left out is no longer asked of its provider (Scratch::demand holds the sums of the stage of needs).
void take_off(Here& here, const world::Line& line) {
    if (line.rank == 0 || (line.flags & flag::no_queue)) return;
    const auto at = static_cast<std::size_t>(node(here.prepared.role_of[line.service], line.rank));
    const std::uint32_t minutes = here.tables.provider.deci_minutes[line.service] * line.count;
    here.scratch.demand[at] -= minutes;
    if (line.flags & flag::emergency) here.scratch.emergency[at] -= minutes;
}

}  // namespace

void find_answers(Prepared& p) {
    const Rules& r = *p.rules;
    const world::Catalogue& c = *r.catalogue;
    p.changed_price.fill(false), p.shifted.fill(false), p.any_answer = false;
    if (r.settling || r.tariffs.empty() || r.policy.start.index <= 0) return;  // no policy date, nothing is new
    p.before = &r.tariff(r.policy.start + -1);
    const ProviderTables& t = r.tables->provider;
    for (const ContractShift& shift : r.policy.contracts)
        if (shift.to_contract >= 0 && shift.to_contract < limit::contracts && p.capitated[static_cast<std::size_t>(shift.to_contract)]) p.shifted[static_cast<std::size_t>(shift.to_contract)] = true;
    for (int year = r.policy.start.year(); year < r.tariff_year0 + static_cast<int>(r.tariffs.size()); ++year) {
        const funding::Tariffs& table = r.tariff(Month::of(year, 1));
        for (std::size_t row = 1; row < table.rows.size() && row < p.before->rows.size(); ++row)
            if (table.rows[row].rule != p.before->rows[row].rule && table.rows[row].service < c.services.size()) p.changed_price[table.rows[row].service] = true;
        p.any_answer = p.any_answer || (table.savings.on && t.savings_effort > 0);
    }
    for (const bool changed : p.changed_price) p.any_answer = p.any_answer || changed;
    for (const bool shifted : p.shifted) p.any_answer = p.any_answer || (shifted && t.capitation_emergency_ratio != 1.0f && p.s_gp >= 0);
}

// Random: one draw a person, month and service, so that several contacts of a service answer alike and nobody else's luck moves.
void answer_to_money(Here& here) {
    if (!here.prepared.any_answer || here.month < here.rules.policy.start) return;
    const Answer answer(here);
    auto& lines = here.cell.requests;
    const std::size_t asked = lines.size();
    std::size_t kept = 0;
    std::size_t first = here.scratch.summed_from, last = here.scratch.summed_to;
    std::vector<world::Line> more;
    for (std::size_t i = 0; i < asked; ++i) {
        const world::Line line = lines[i];
        // daily help at home is no matter of choice: only what the mix of needs asked for answers
        const bool open = line.waited == 0 && line.source != 255 && !here.prepared.programme_service[line.service];
        const float factor = open ? answer.factor(line) : 1.0f;
        bool stays = true;
        if (factor != 1.0f) {
            const Block luck = draw(here.rules.seed, here.cell.persons.id[line.slot], static_cast<std::uint32_t>(here.month.index), sub(Purpose::answer, line.service));
            const auto u = static_cast<float>(unit(luck.word[0]));
            stays = u < factor;
            if (u + 1.0f < factor) more.push_back(line);
        }
        if (stays) lines[kept++] = line;
        else {
            if (i >= here.scratch.summed_from && i < here.scratch.summed_to) take_off(here, line), --last;
            else if (i < here.scratch.summed_from) --first, --last;
            here.book.service(ServiceCount::asked, line.service) -= 1;
            here.did(Did::contact_left_out);
        }
    }
    here.scratch.summed_from = first, here.scratch.summed_to = last;
    lines.resize(kept);
    for (const world::Line& line : more) {
        lines.push_back(line);
        here.book.service(ServiceCount::asked, line.service) += 1;
        here.did(Did::contact_added);
    }
}

}  // namespace tresse::model
