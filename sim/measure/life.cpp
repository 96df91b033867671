#include "tresse/measure/life.hpp"

#include <algorithm>

namespace tresse::measure {

namespace {

namespace st = world::status;
namespace st2 = world::status2;

class Facts {
public:
    template <class T> Facts& of(LifeFact fact, const T& a, const T& b) {
        if (!(a == b))
            bits |= std::uint32_t{1} << static_cast<int>(fact);
        return *this;
    }
    std::uint32_t bits = 0;
};

/// Status bits of a group of facts.
constexpr std::uint32_t work_bits = st::Work::mask | st::Quintile::mask | st::Education::mask | st::Bim::mask;
constexpr std::uint32_t habit_bits = st::Smoking::mask | st::Activity::mask | st::Overweight::mask;
constexpr std::uint32_t programme_bits = st::Enrolled::mask | st::CaseManager::mask | st::Tier::mask | st::Trajectory::mask;
constexpr std::uint32_t told_bits = work_bits | habit_bits | programme_bits | st::Dependence::mask | st::NursingHome::mask | st::Plan::mask | st::Carer::mask;

/// A draw of the kind that happened in one of the two, told in both with the same luck and the same natural risk.
bool same_draw(const LifeDraw& a, const LifeDraw& b) {
    return a.mark == b.mark && a.luck == b.luck && a.natural == b.natural && a.happened != b.happened;
}

/// The first draw that came out otherwise. `told` false: none that can be told.
LifeCause draw_cause(const LifeMonth& a, const LifeMonth& b) {
    LifeCause cause;
    for (const LifeDraw& x : a.draws)
        for (const LifeDraw& y : b.draws)
            if (same_draw(x, y)) {
                cause.kind = CauseKind::draw, cause.a = x, cause.b = y;
                return cause;
            }
    return cause;
}

const LifeEnrolment* new_enrolment(const LifeMonth& a, const LifeMonth& b) {
    for (const LifeEnrolment& e : b.enrolments)
        if (std::none_of(a.enrolments.begin(), a.enrolments.end(), [&](const LifeEnrolment& o) { return o.action == e.action; }))
            return &e;
    return nullptr;
}

/// A request that waits or is given up in one of the two, where the other has it delivered.
LifeCause queue_cause(const LifeMonth& a, const LifeMonth& b) {
    const auto refused = [](const LifeCare& c) { return c.fate == CareFate::waits || c.fate == CareFate::given_up; };
    const auto served_in = [](const LifeMonth& m, int service) {
        return std::any_of(m.care.begin(), m.care.end(), [&](const LifeCare& c) { return c.service == service && (c.fate == CareFate::delivered || c.fate == CareFate::by_another); });
    };
    const auto refused_in = [&](const LifeMonth& m, int service) {
        return std::any_of(m.care.begin(), m.care.end(), [&](const LifeCare& c) { return c.service == service && refused(c); });
    };
    LifeCause cause;
    for (const LifeMonth* m : {&a, &b}) {
        const LifeMonth& other = m == &a ? b : a;
        for (const LifeCare& c : m->care)
            if (refused(c) && served_in(other, c.service) && !refused_in(other, c.service)) {
                cause.kind = CauseKind::queue, cause.service = c.service, cause.key = c.key;
                (m == &a ? cause.cut_a : cause.cut_b) = c.cut;
                return cause;
            }
    }
    return cause;
}

LifeCause cause_of(const LifeMonth& a, const LifeMonth& b, std::uint32_t facts) {
    const auto differ = [&](LifeFact f) { return (facts >> static_cast<int>(f) & 1u) != 0; };
    if (LifeCause cause = draw_cause(a, b); cause.kind != CauseKind::none)
        return cause;
    LifeCause cause;
    for (const auto& [from, to] : {std::pair{&a, &b}, std::pair{&b, &a}})
        if (const LifeEnrolment* e = new_enrolment(*from, *to)) {
            cause.kind = CauseKind::programme, cause.action = e->action, cause.accepts = e->accepts, cause.luck = e->luck;
            return cause;
        }
    if (cause = queue_cause(a, b); cause.kind != CauseKind::none)
        return cause;
    cause.kind = differ(LifeFact::records) && a.gp_contract != b.gp_contract                          ? CauseKind::contract
                 : differ(LifeFact::records)                                                          ? CauseKind::record
                 : !differ(LifeFact::care) && (differ(LifeFact::own_money) || differ(LifeFact::public_money)) ? CauseKind::price
                 : facts == std::uint32_t{1} << static_cast<int>(LifeFact::coordination)              ? CauseKind::tied
                                                                                                      : CauseKind::unnamed;
    return cause;
}

constexpr std::uint32_t event_facts = 1u << static_cast<int>(LifeFact::presence) | 1u << static_cast<int>(LifeFact::events) | 1u << static_cast<int>(LifeFact::stays) |
                                      1u << static_cast<int>(LifeFact::dependence) | 1u << static_cast<int>(LifeFact::home) | 1u << static_cast<int>(LifeFact::conditions);

}  // namespace

std::uint32_t differing_facts(const LifeMonth& a, const LifeMonth& b) {
    const world::PersonRow &x = a.row, &y = b.row;
    Facts f;
    const auto status = [&](LifeFact fact, std::uint32_t mask) { f.of(fact, x.status & mask, y.status & mask); };
    f.of(LifeFact::conditions, x.conditions, y.conditions).of(LifeFact::events, a.events, b.events).of(LifeFact::stays, a.stays, b.stays);
    status(LifeFact::dependence, st::Dependence::mask);
    status(LifeFact::home, st::NursingHome::mask);
    f.of(LifeFact::home, a.waits_for_home, b.waits_for_home);
    status(LifeFact::work, work_bits);
    status(LifeFact::habits, habit_bits);
    f.of(LifeFact::body, x.frailty_permanent, y.frailty_permanent).of(LifeFact::body, x.frailty_now, y.frailty_now).of(LifeFact::body, x.sbp, y.sbp);
    f.of(LifeFact::body, x.lipid, y.lipid).of(LifeFact::body, x.hdl, y.hdl).of(LifeFact::body, x.hba1c, y.hba1c).of(LifeFact::body, x.egfr, y.egfr);
    f.of(LifeFact::body, x.bmi, y.bmi).of(LifeFact::body, x.treatment, y.treatment);
    f.of(LifeFact::team, a.team, b.team).of(LifeFact::records, a.team_shares, b.team_shares).of(LifeFact::records, a.gp_contract, b.gp_contract);
    f.of(LifeFact::care, a.care, b.care);
    status(LifeFact::programme, programme_bits);
    f.of(LifeFact::programme, a.enrolments, b.enrolments);
    status(LifeFact::plan, st::Plan::mask);
    f.of(LifeFact::coordination, x.coordination, y.coordination);
    f.of(LifeFact::attitude, x.activation, y.activation).of(LifeFact::attitude, x.adherence, y.adherence);
    f.of(LifeFact::attitude, x.trust, y.trust).of(LifeFact::attitude, x.experience, y.experience);
    status(LifeFact::carer, st::Carer::mask);
    f.of(LifeFact::carer, st2::CarerStrain::get(x.status2), st2::CarerStrain::get(y.status2)).of(LifeFact::carer, a.standing, b.standing);
    f.of(LifeFact::carer, a.nursing_days, b.nursing_days).of(LifeFact::carer, a.help_hours, b.help_hours).of(LifeFact::carer, a.carer_hours, b.carer_hours);
    f.of(LifeFact::household, a.household, b.household).of(LifeFact::household, a.members, b.members).of(LifeFact::household, a.place, b.place);
    f.of(LifeFact::own_money, a.own_cents, b.own_cents).of(LifeFact::own_money, x.share_year, y.share_year).of(LifeFact::own_money, x.share_last_year, y.share_last_year);
    f.of(LifeFact::own_money, a.household_paid, b.household_paid).of(LifeFact::own_money, a.household_ceiling, b.household_ceiling);
    f.of(LifeFact::public_money, a.public_cents, b.public_cents).of(LifeFact::public_money, x.spend_year, y.spend_year);
    f.of(LifeFact::public_money, x.spend_quarter, y.spend_quarter).of(LifeFact::public_money, x.spend_last_year, y.spend_last_year);
    f.of(LifeFact::quality, x.utility, y.utility).of(LifeFact::quality, x.life_health, y.life_health);
    f.of(LifeFact::counts, x.status & ~told_bits, y.status & ~told_bits).of(LifeFact::counts, x.status2 & ~st2::CarerStrain::mask, y.status2 & ~st2::CarerStrain::mask);
    f.of(LifeFact::counts, x.seen_year, y.seen_year).of(LifeFact::counts, x.seen_last_year, y.seen_last_year).of(LifeFact::counts, x.gp_contacts, y.gp_contacts);
    f.of(LifeFact::counts, x.gp_own, y.gp_own).of(LifeFact::counts, x.gp_second, y.gp_second).of(LifeFact::counts, x.gp_years, y.gp_years);
    f.of(LifeFact::counts, x.quarters_over, y.quarters_over).of(LifeFact::counts, x.decile_history, y.decile_history).of(LifeFact::counts, x.life_cost, y.life_cost);
    return f.bits;
}

LifeParting parting(const Life& base, const Life& arm) {
    LifeParting out;
    out.arm = arm.arm;
    std::size_t i = 0, j = 0;
    const auto part = [&](Month month, std::uint32_t facts, const LifeMonth* a, const LifeMonth* b) {
        LifeCause cause;
        cause.kind = CauseKind::unnamed;
        if (a != nullptr && b != nullptr)
            cause = cause_of(*a, *b, facts);
        if (!out.differs)
            out.differs = true, out.first = month, out.facts = facts, out.cause = cause;
        if (!out.events_differ && (facts & event_facts) != 0)
            out.events_differ = true, out.first_event = month, out.event_cause = cause;
    };
    while (!out.events_differ && (i < base.months.size() || j < arm.months.size())) {
        const bool has_a = i < base.months.size(), has_b = j < arm.months.size();
        const bool in_a = has_a && (!has_b || base.months[i].month <= arm.months[j].month);
        const bool in_b = has_b && (!has_a || arm.months[j].month <= base.months[i].month);
        const LifeMonth* a = in_a ? &base.months[i++] : nullptr;
        const LifeMonth* b = in_b ? &arm.months[j++] : nullptr;
        const std::uint32_t facts = a != nullptr && b != nullptr ? differing_facts(*a, *b) : 1u << static_cast<int>(LifeFact::presence);
        if (facts != 0)
            part(a != nullptr ? a->month : b->month, facts, a, b);
    }
    return out;
}

}  // namespace tresse::measure
