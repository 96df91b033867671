#include <algorithm>

#include "tresse/model/stages.hpp"

namespace tresse::model {

namespace st = world::status;
namespace st2 = world::status2;

std::uint32_t queue_key(std::uint64_t seed, std::uint64_t person, ProviderIndex provider, Month month, int waited) {
    // one round of a published finaliser over a product of odd constants: a tie needs to be fair, not secret
    std::uint64_t tie = (person + seed) * 0x9e3779b97f4a7c15ull + ((static_cast<std::uint64_t>(provider) << 20) + static_cast<std::uint32_t>(month.index)) * 0xd1342543de82ef95ull;
    tie ^= tie >> 30, tie *= 0xbf58476d1ce4e5b9ull, tie ^= tie >> 27, tie *= 0x94d049bb133111ebull;
    return (static_cast<std::uint32_t>(15 - (waited > 15 ? 15 : waited)) << 24) | static_cast<std::uint32_t>(tie >> 40);
}

namespace {

/// Those who waited come back with one month more; who waited too long gives up.
void waiting_lines(Here& here) {
    Cell& cell = here.cell;
    const int limit_months = std::min(15, static_cast<int>(here.tables.behaviour.gives_up_after_months));
    for (world::Line line : cell.waiting) {
        if (cell.persons.empty(line.slot)) continue;
        if (line.waited + 1 > limit_months) {
            const int g = cell.persons.group[line.slot];
            here.book.group(GroupCount::forgone_waiting, g) += 1;
            here.book.service(ServiceCount::lost, line.service) += 1;
            auto& status2 = cell.persons.status2[line.slot];
            status2 = st2::ForgoneWaiting::set(status2, 1);
            here.did(Did::gave_up);
            continue;
        }
        line.waited = static_cast<std::uint8_t>((line.waited + 1) & 15);
        line.rank = 0;
        cell.requests.push_back(line);
    }
    cell.waiting.clear();
}

/// Standing contacts of those who take part in an action: a monthly service of its staff.
void programme_contacts(Here& here) {
    for (const world::Enrolment& e : here.cell.enrolments) {
        const Action& action = here.rules.policy.actions[e.action];
        if (action.service < 0 || here.month > action.end) continue;
        const int months = here.now - e.since;
        if (months < 1 || (action.enrolled_months > 0 && months > action.enrolled_months)) continue;
        here.book.service(ServiceCount::asked, action.service) += 1;
        here.sums.asked_actions[e.action] += 1;
        here.cell.requests.push_back({e.slot, static_cast<std::uint8_t>(action.service), 0, 0, 1, e.action, 0});
    }
}

}  // namespace

void seek(Here& here) {
    waiting_lines(here);
    programme_contacts(here);
    ask_to_join(here);
}

}  // namespace tresse::model
