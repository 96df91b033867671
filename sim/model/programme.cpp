#include <algorithm>

#include "tresse/core/check.hpp"
#include "tresse/model/programme.hpp"
#include "tresse/model/stratify.hpp"

namespace tresse::model {
namespace {

/// Cost of one person and month of an action, and of the first month, which has the work of the start and that of a month.
double cents_month(const Action& a) { return static_cast<double>(a.staff_minutes_month) / 60.0 * static_cast<double>(a.staff_cents_hour) + static_cast<double>(a.other_cents_month); }
double cents_start(const Action& a) {
    return static_cast<double>(a.staff_minutes_intake) / 60.0 * static_cast<double>(a.staff_cents_hour) + static_cast<double>(a.other_cents_intake) + cents_month(a);
}

int kind_of_role(const world::Catalogue& c, int role) {
    for (std::size_t k = 0; k < c.kinds.size(); ++k)
        if (c.kinds[k].role == role) return static_cast<int>(k);
    return -1;
}

/// Persons beyond the plan whom reinvested savings pay for this year.
double persons_reinvested(const Action& a, const world::ActionState& state) {
    const double year = a.enrolled_months > 0 ? cents_start(a) + cents_month(a) * static_cast<double>(std::min(a.enrolled_months, 12) - 1) : 12 * cents_month(a);
    return state.reinvest_left > 0 && year > 0 ? static_cast<double>(state.reinvest_year) / year : 0.0;
}

/// Persons whom the plan would have in the action this month, before staff and money bind. Unit: persons simulated.
double persons_of_plan(const world::World& world, const Prepared& prepared, const Action& a, const world::ActionState& state, Month month) {
    const int sample = world.sample;
    const double full = ramp(a, month) * share_of_area(a, world, *prepared.rules->catalogue, month);
    const auto active = static_cast<double>(state.active);
    switch (a.reach) {
        case Reach::persons: return a.reach_value / sample * full;
        case Reach::persons_per_year: return active + a.reach_value / sample / 12.0 * full;
        case Reach::share_of_target: return full > 0 ? active + static_cast<double>(state.accepted_month) : 0.0;  // as many as said yes last month
        case Reach::by_budget: {
            const double month_cents = cents_month(a);
            if (a.enrolled_months > 0) {
                const double course = cents_start(a) + month_cents * static_cast<double>(a.enrolled_months - 1);
                return active + (course > 0 ? static_cast<double>(state.budget_left) / course : 0.0);
            }
            return month_cents > 0 ? static_cast<double>(state.budget_left) / month_cents : 0.0;
        }
        case Reach::share_of_providers: return 0;
    }
    return 0;
}

double persons_planned(const world::World& world, const Prepared& prepared, const Action& a, const world::ActionState& state, Month month) {
    const double plan = persons_of_plan(world, prepared, a, state, month);
    return month > a.end ? plan : plan + persons_reinvested(a, state);
}

void hire(world::World& world, const Prepared& prepared, const Action& a, world::ActionState& state, Month month) {
    if (a.staff_role < 0) return;
    const world::Catalogue& c = *prepared.rules->catalogue;
    const int kind = kind_of_role(c, a.staff_role);
    if (kind < 0) return;
    const ProviderTables& t = prepared.rules->tables->provider;
    const KindTable& table = t.kind[static_cast<std::size_t>(kind)];
    const double persons = std::min(persons_planned(world, prepared, a, state, month), 1e7);
    const double wanted = month > a.end ? 0.0 : persons * static_cast<double>(a.staff_minutes_month) / static_cast<double>(table.minutes_per_post_month) * 1000.0;
    state.posts_wanted_milli = static_cast<std::int32_t>(std::min(wanted, 1e8));
    const std::int32_t open = state.posts_wanted_milli - state.posts_filled_milli;
    const Block luck = draw(prepared.rules->seed, 0x70000000u + static_cast<std::uint32_t>(a.index), static_cast<std::uint32_t>(month.index), sub(Purpose::provider, 4));
    std::int32_t change = open < 0 ? open : static_cast<std::int32_t>(static_cast<double>(open) * static_cast<double>(table.vacancy_fill_month) + unit(luck.word[0]));
    change = std::min(change, std::max(open, 0) + (open < 0 ? open : 0));
    if (change == 0) return;
    state.posts_filled_milli += change;
    place_posts(world, prepared, a, change);
}

/// Places of the next month. Whole persons, with the plan as their expectation also where it is a part of a person: in a small place and in a sketch.
/// Random: a plan of so many at a time is rounded by one draw per action, a number of newcomers by one per action and month.
void open_places(const world::World& world, const Prepared& prepared, const Action& a, world::ActionState& state, Month next) {
    const std::uint64_t who = 0x70000000u + static_cast<std::uint32_t>(a.index);
    const double once = unit(draw(prepared.rules->seed, who, 0, sub(Purpose::provider, 5)).word[0]);
    const double now = unit(draw(prepared.rules->seed, who, static_cast<std::uint32_t>(next.index), sub(Purpose::provider, 6)).word[0]);
    const auto whole = [](double persons, double luck) { return static_cast<double>(static_cast<std::int64_t>(std::clamp(persons, 0.0, 1e9) + luck)); };
    const auto active = static_cast<double>(state.active);
    const double planned = persons_planned(world, prepared, a, state, next);
    const bool by_stock = a.reach == Reach::persons || (a.reach == Reach::by_budget && a.enrolled_months == 0);
    double room = by_stock ? whole(planned, once) - active : whole(planned - active, now);
    if (a.reach == Reach::share_of_target) room = 1e9 * (planned > 0 || next >= a.start);
    if (a.staff_role >= 0 && a.staff_minutes_month > 0) {
        const int kind = kind_of_role(*prepared.rules->catalogue, a.staff_role);
        const double minutes = static_cast<double>(state.posts_filled_milli) / 1000.0 * static_cast<double>(prepared.rules->tables->provider.kind[static_cast<std::size_t>(kind)].minutes_per_post_month);
        room = std::min(room, whole(minutes / static_cast<double>(a.staff_minutes_month), once) - active);
    }
    state.places = room > 0 ? static_cast<std::int64_t>(room) : 0;
}

void grants(world::World& world, const Prepared& prepared, Month month, int organisation_account, const funding::Tariffs& tariffs) {
    const world::Catalogue& c = *prepared.rules->catalogue;
    for (world::ActionState& s : world.actions) s.budget_left = 0;
    for (const funding::Grant& g : tariffs.grants) {
        if (month.index < g.first_month || month.index > g.last_month) continue;
        const Cents part = month_part(g.per_year, (month.index - g.first_month) % 12) / world.sample;
        const int financing = c.account("financing_" + c.accounts[static_cast<std::size_t>(g.account)].id);
        if (financing >= 0) world.ledger.post(g.rule, financing, g.account, part);
        world.ledger.post(g.rule, g.account, organisation_account, part);
        if (!world.organisations.empty()) world.organisations[0].received += part, world.organisations[0].budget += part;
        if (g.purpose != 1) continue;
        for (const Action& a : prepared.rules->policy.actions)
            if (a.reach == Reach::by_budget) world.actions[static_cast<std::size_t>(&a - prepared.rules->policy.actions.data())].budget_left += static_cast<Cents>(static_cast<double>(part) * a.budget_share);
    }
}

/// Coordination money pays the integration manager: what is granted for it is spent in the month.
void coordination(world::World& world, const Prepared& prepared, Month month, int organisation_account, const funding::Tariffs& tariffs) {
    const int wages = prepared.rules->catalogue->account("wages");
    for (const funding::Grant& g : tariffs.grants) {
        if (g.purpose != 0 || month.index < g.first_month || month.index > g.last_month) continue;
        const Cents part = month_part(g.per_year, (month.index - g.first_month) % 12) / world.sample;
        world.ledger.post(g.rule, organisation_account, wages, part);
        if (!world.organisations.empty()) world.organisations[0].budget -= part, world.organisations[0].spent += part;
    }
}

/// Books what an action cost. By entity, so that a federated share falls to the body of the place.
void spend(world::World& world, const Prepared& prepared, const Action& a, const std::vector<Cents>& by_entity, int organisation_account, const funding::Tariffs& tariffs) {
    const world::Catalogue& c = *prepared.rules->catalogue;
    const int rule = std::max(0, c.rule("programme-costs"));
    const int kind = a.staff_role >= 0 ? kind_of_role(c, a.staff_role) : (a.service >= 0 ? kind_of_role(c, c.services[static_cast<std::size_t>(a.service)].role) : -1);
    const int to = kind >= 0 ? c.account("income_" + c.kinds[static_cast<std::size_t>(kind)].id) : c.account("outside");
    for (std::size_t e = 0; e < by_entity.size(); ++e) {
        const Cents cents = by_entity[e];
        if (cents == 0) continue;
        if (a.split == 65535) {
            const Cents has = world.organisations.empty() ? 0 : world.organisations[0].budget;
            const Cents can = std::max<Cents>(0, std::min(cents, has));
            world.ledger.post(rule, organisation_account, to, can);
            if (!world.organisations.empty()) world.organisations[0].budget -= can, world.organisations[0].spent += can;
            // what the budget cannot carry is unpaid work of the partners: seen as owners' loss
            world.ledger.post(rule, c.account("owners"), to, cents - can);
            continue;
        }
        const funding::Split& split = tariffs.split_in(a.split, static_cast<int>(e));
        std::vector<Cents> part;
        funding::share_out(split, cents, part);
        for (std::size_t i = 0; i < part.size(); ++i) {
            const int from = split.account[i];
            const int financing = c.account("financing_" + c.accounts[static_cast<std::size_t>(from)].id);
            if (financing >= 0) world.ledger.post(rule, financing, from, part[i]);
            world.ledger.post(rule, from, to, part[i]);
        }
    }
}

/// The part of the month's cost that reinvested savings carry is taken off `by_entity` and paid by the organisation.
void reinvest(world::World& world, const Prepared& prepared, const Action& a, world::ActionState& state, std::vector<Cents>& by_entity, int organisation_account, Month month) {
    if (state.reinvest_left <= 0 || a.split == 65535 || world.organisations.empty()) return;
    const double extra = persons_reinvested(a, state), planned = persons_of_plan(world, prepared, a, state, month);
    const double part = extra + planned > 0 ? extra / (extra + planned) : 1.0;
    const world::Catalogue& c = *prepared.rules->catalogue;
    const int kind = a.staff_role >= 0 ? kind_of_role(c, a.staff_role) : (a.service >= 0 ? kind_of_role(c, c.services[static_cast<std::size_t>(a.service)].role) : -1);
    const int to = kind >= 0 ? c.account("income_" + c.kinds[static_cast<std::size_t>(kind)].id) : c.account("outside");
    const int rule = std::max(0, c.rule("programme-costs"));
    for (Cents& cents : by_entity) {
        const Cents own = std::min({static_cast<Cents>(static_cast<double>(cents) * part), state.reinvest_left, world.organisations[0].budget});
        if (own <= 0) continue;
        world.ledger.post(rule, organisation_account, to, own);
        cents -= own, state.reinvest_left -= own, world.organisations[0].budget -= own, world.organisations[0].spent += own;
    }
}

/// A month of support for every provider that an action has reached; of the shared record those above the level of the start. A stratification costs a
/// twelfth of its yearly sum per person scored. Each falls to the body of the place.
void support_of_providers(const world::World& world, const world::Catalogue& c, const Action& a, world::ActionState& state, std::vector<Cents>& by_entity) {
    const auto entity = [&](const world::Provider& p) { return p.municipality < c.places.size() ? static_cast<std::size_t>(c.places[p.municipality].entity) : std::size_t{0}; };
    const int row = static_cast<int>(&state - world.actions.data());
    std::int64_t sharing = 0;
    std::vector<std::int64_t> have(by_entity.size(), 0);
    for (const world::Provider& p : world.providers) {
        const bool has = a.is_record ? p.shares_record : ((p.actions >> row) & 1u) != 0;
        if (p.outside || !has) continue;
        ++sharing;
        have[entity(p)] += 1;
    }
    if (a.is_record && world.now == a.start) state.sharing_before = sharing;
    state.adopters = std::max<std::int64_t>(0, a.is_record ? sharing - state.sharing_before : sharing);
    // a sketch has every provider, each with a part of its staff, so it pays a part of the support
    const Cents due = state.adopters * a.provider_cents_month / world.sample + state.scored * a.stratify.cents_person_year / 12;
    Cents given = 0;
    std::size_t last = 0;
    for (std::size_t e = 0; e < have.size() && sharing > 0; ++e) {
        if (have[e] == 0) continue;
        const Cents part = due * have[e] / sharing;
        by_entity[e] += part, given += part, last = e;
    }
    if (sharing > 0) by_entity[last] += due - given;
}

/// A body grows in equal steps until it works at full strength.
void grow_organisation(world::World& world, const Policy& policy, Month month) {
    if (world.organisations.empty()) return;
    const int months = std::max(0, month - policy.organisation_start + 1), full = std::max(1, policy.organisation_months);
    world.organisations[0].strength_permille = months >= full ? 1000 : 1000 * months / full;
}

/// Whether the year's avoidable admissions per person stayed within the gate of the savings share.
bool quality_holds(world::World& world, const funding::SavingsShare& s) {
    const std::int64_t now = world.year_book.group_sum(GroupCount::avoidable) + world.month_book.group_sum(GroupCount::avoidable);
    const std::int64_t months = world.guarantee.year.person_months, before = world.guarantee.avoidable_before, months_before = world.guarantee.months_before;
    world.guarantee.avoidable_before = now, world.guarantee.months_before = months;
    if (s.quality_gate < 0 || months_before == 0) return true;  // the first year has nothing to be compared with
    return static_cast<double>(now) * static_cast<double>(months_before) <= s.quality_gate * static_cast<double>(before) * static_cast<double>(months);
}

/// December: the year's account, the share of a gain, what of it goes back into actions. Losses are not shared.
void savings(world::World& world, const Prepared& prepared, Month month, int organisation_account, const funding::Tariffs& tariffs) {
    const funding::SavingsShare& s = tariffs.savings;
    if (!s.on || !month.is_december() || !world.guarantee.on) return;
    for (world::ActionState& state : world.actions) state.reinvest_year = state.reinvest_left = 0;
    world.guarantee.year = settle_guarantee(world, s, month);
    world::GuaranteeYear& year = world.guarantee.year;
    if (!quality_holds(world, s) || world.organisations.empty()) year.payout = 0;
    if (year.payout == 0) return;
    const world::Catalogue& c = *prepared.rules->catalogue;
    const int financing = c.account("financing_" + c.accounts[static_cast<std::size_t>(s.account)].id);
    if (financing >= 0) world.ledger.post(s.rule, financing, s.account, year.payout);
    world.ledger.post(s.rule, s.account, organisation_account, year.payout);
    world::Organisation& body = world.organisations[0];
    body.received += year.payout, body.budget += year.payout;
    const auto back = static_cast<Cents>(static_cast<double>(year.payout) * s.reinvested);
    world.ledger.post(s.rule, organisation_account, c.account("owners"), year.payout - back);  // the partners' part
    body.budget -= year.payout - back, body.spent += year.payout - back;
    std::vector<std::int64_t> weights;
    std::vector<std::size_t> which;
    const auto& actions = prepared.rules->policy.actions;
    for (std::size_t a = 0; a < actions.size(); ++a)
        if (actions[a].reinvests && month < actions[a].end) which.push_back(a), weights.push_back(1 + world.actions[a].spent);
    if (which.empty()) return;
    const auto parts = split_by_weight(back, weights);
    for (std::size_t k = 0; k < which.size(); ++k) world.actions[which[k]].reinvest_year = world.actions[which[k]].reinvest_left = parts[k];
    year.reinvested = back, body.reinvested += back;
}

}  // namespace

void programme(world::World& world, const Prepared& prepared, Month month, const Handover& handover) {
    const Rules& rules = *prepared.rules;
    const funding::Tariffs& tariffs = rules.tariff(month);
    const int organisation_account = rules.catalogue->account("organisation");
    const auto& actions = rules.policy.actions;
    TRESSE_CHECK(world.actions.size() == actions.size(), "the fork gives every action of the arm a state");
    if (rules.settling) return;
    grow_organisation(world, rules.policy, month);
    count_enrolled(world, rules.policy);
    stratify(world, prepared, month);
    grants(world, prepared, month, organisation_account, tariffs);
    coordination(world, prepared, month, organisation_account, tariffs);
    for (std::size_t a = 0; a < actions.size(); ++a) {
        world::ActionState& state = world.actions[a];
        const auto total = [&](ActionCount what) {
            std::int64_t sum = 0;
            for (const auto& piece : handover.action_counts) sum += piece[a * action_count + static_cast<std::size_t>(what)];
            return sum;
        };
        state.meant += total(action_meant), state.invited += total(action_invited), state.refused += total(action_refused);
        state.reached += total(action_reached);
        state.accepted_month = total(action_invited) - total(action_refused);
        state.served = total(action_minutes);
        const std::int64_t asked = total(action_asked), delivered = total(action_delivered);
        if (asked > 0) state.delivered_permille = static_cast<std::int32_t>(std::min<std::int64_t>(1000, delivered * 1000 / asked));
        std::vector<Cents> cents(rules.catalogue->entities.size(), 0);
        for (std::size_t i = 0; i < handover.action_cents.size(); ++i)
            cents[static_cast<std::size_t>(rules.catalogue->places[world.pieces[i].municipality].entity)] += handover.action_cents[i][a];
        if (actions[a].reach == Reach::share_of_providers && month >= actions[a].start && month <= actions[a].end) support_of_providers(world, *rules.catalogue, actions[a], state, cents);
        state.spent_month = 0;
        for (const Cents part : cents) state.spent_month += part;
        reinvest(world, prepared, actions[a], state, cents, organisation_account, month);
        spend(world, prepared, actions[a], cents, organisation_account, tariffs);
        state.spent += state.spent_month;
        hire(world, prepared, actions[a], state, month);
        open_places(world, prepared, actions[a], state, month + 1);
    }
    savings(world, prepared, month, organisation_account, tariffs);
}

}  // namespace tresse::model
