#include <string>
#include <vector>

#include "tresse/model/close.hpp"

namespace tresse::model {

void count_teams(world::World& world, const Prepared& prepared, const Handover& handover) {
    const world::Catalogue& c = *prepared.rules->catalogue;
    world::Book& book = world.month_book;
    const auto& actions = prepared.rules->policy.actions;
    std::vector<std::int64_t> delivered(actions.size(), 0);
    for (const auto& piece : handover.action_counts)
        for (std::size_t a = 0; a < actions.size(); ++a) delivered[a] += piece[a * action_count + action_delivered];
    for (std::size_t role = 0; role < c.roles.size(); ++role) {
        const int row = c.mechanism("team: " + c.roles[role].id);
        if (row < 0) continue;  // a world of a test may name no teams
        for (std::size_t s = 0; s < c.services.size(); ++s) {
            const int service = static_cast<int>(s);
            if (static_cast<std::size_t>(c.services[s].role) != role || (c.services[s].queue == world::QueueLaw::none && service != prepared.s_home_day)) continue;
            const std::int64_t own = book.service(ServiceCount::served, service) - book.service(ServiceCount::pooled, service);
            book.mechanism(MechanismCount::persons, row) += own;
            book.mechanism(MechanismCount::events, row) += book.service(ServiceCount::units, service);
            if (!c.roles[role].in_days) book.mechanism(MechanismCount::deci_minutes, row) += book.service(ServiceCount::deci_minutes, service);
            book.mechanism(MechanismCount::cents, row) += book.service(ServiceCount::cents, service);
        }
        for (std::size_t a = 0; a < actions.size(); ++a) {  // what a programme asks of people who work in other teams
            const Action& action = actions[a];
            if (static_cast<int>(role) == action.staff_role || !(action.minutes_month[role] > 0 || action.minutes_intake[role] > 0)) continue;
            book.mechanism(MechanismCount::persons, row) += delivered[a];
            book.mechanism(MechanismCount::events, row) += delivered[a];
        }
        for (const world::Provider& p : world.providers)
            if (static_cast<std::size_t>(p.role) == role && !p.outside) book.mechanism(MechanismCount::deci_minutes, row) += p.admin;
    }
}

}  // namespace tresse::model
