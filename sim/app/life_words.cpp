#include "tresse/app/life_words.hpp"

#include <algorithm>
#include <cmath>

#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"
#include "tresse/model/hazards.hpp"

namespace tresse::app {

namespace {

namespace st = world::status;
namespace st2 = world::status2;
using measure::CareFate;
using measure::CauseKind;
using measure::LifeMonth;
using text::fill;
using text::tr;
using world::Catalogue;

const std::string& condition_name(const Catalogue& c, int condition) { return tr(c.conditions[static_cast<std::size_t>(condition)].name); }

std::string stage_name(const Catalogue& c, int condition, int stage) {
    const auto& stages = c.conditions[static_cast<std::size_t>(condition)].stages;
    return stage >= 1 && stage <= static_cast<int>(stages.size()) ? tr(stages[static_cast<std::size_t>(stage - 1)].name) : std::to_string(stage);
}

constexpr const char* work_words[] = {"child", "student", "employed", "unemployed", "on sick leave", "disabled, on benefit", "retired", "not in paid work"};
constexpr const char* carer_words[] = {"", "helped by the partner", "helped by a relative", "helped by a neighbour"};
constexpr const char* fifth_words[] = {"lowest income fifth", "second income fifth", "middle income fifth", "fourth income fifth", "highest income fifth"};
constexpr const char* dependence_words[] = {"needs no daily help", "needs a little daily help", "needs much daily help", "needs help day and night"};

std::string percent_words(double share) { return text::percent(share); }

std::string place_name(const Catalogue& c, std::uint32_t place) { return place < c.places.size() ? c.places[place].name(text::language()) : std::string("-"); }

int age_of(const LifeMonth& m) { return model::age_at(m.row.birth_month, m.month.index); }

void changed_conditions(const LifeMonth& m, const LifeMonth& before, const Catalogue& c, std::vector<std::string>& out) {
    const world::Conditions now{m.row.conditions}, then{before.row.conditions};
    for (int k = 0; k < static_cast<int>(c.conditions.size()); ++k) {
        const int a = then.stage(k), b = now.stage(k);
        const std::string name = condition_name(c, k);
        if (a == 0 && b > 0)
            out.push_back(fill(now.diagnosed(k) ? tr("new: {condition} ({stage})") : tr("new, but nobody knows yet: {condition} ({stage})"), {{"condition", name}, {"stage", stage_name(c, k, b)}}));
        else if (a > 0 && b == 0)
            out.push_back(fill(tr("no longer: {condition}"), {{"condition", name}}));
        else if (a != b)
            out.push_back(fill(b > a ? tr("{condition} gets worse: {stage}") : tr("{condition} gets better: {stage}"), {{"condition", name}, {"stage", stage_name(c, k, b)}}));
        if (a > 0 && b > 0 && now.diagnosed(k) && !then.diagnosed(k))
            out.push_back(fill(tr("{condition} is diagnosed"), {{"condition", name}}));
    }
}

void changed_person(const LifeMonth& m, const LifeMonth& before, const Catalogue& c, std::vector<std::string>& out) {
    const std::uint32_t a = before.row.status, b = m.row.status;
    if (st::Dependence::get(a) != st::Dependence::get(b))
        out.push_back(tr(dependence_words[st::Dependence::get(b)]));
    if (!st::NursingHome::get(a) && st::NursingHome::get(b))
        out.push_back(tr("moves into a nursing home"));
    if (before.waits_for_home == 0 && m.waits_for_home > 0)
        out.push_back(tr("waits for a nursing home"));
    if (st::Carer::get(a) != st::Carer::get(b))
        out.push_back(st::Carer::get(b) == 0 ? tr("nobody helps at home any more") : tr(carer_words[st::Carer::get(b)]));
    const std::uint32_t strain = st2::CarerStrain::get(m.row.status2);
    if (st2::CarerStrain::get(before.row.status2) < 10 && strain >= 10)
        out.push_back(tr("the carer is worn out"));
    if (st::Work::get(a) != st::Work::get(b))
        out.push_back(tr(work_words[st::Work::get(b)]));
    if (st::Smoking::get(a) != st::Smoking::get(b))
        out.push_back(st::Smoking::get(b) == 2 ? tr("starts smoking") : tr("stops smoking"));
    if (before.place != m.place)
        out.push_back(fill(tr("moves to {place}"), {{"place", place_name(c, m.place)}}));
    if (before.household != m.household)
        out.push_back(m.members == 1 ? tr("lives alone from now on") : tr("another household from now on"));
    else if (before.members != m.members)
        out.push_back(m.members == 1 ? tr("lives alone from now on") : fill(tr("{n} people in the household"), {{"n", m.members}}));
    if (m.household_paid > m.household_ceiling && before.household_paid <= before.household_ceiling)
        out.push_back(tr("the household reaches the ceiling on own payments"));
}

void changed_care(const LifeMonth& m, const LifeMonth& before, const Catalogue& c, std::vector<std::string>& out) {
    const auto action_name = [&](int action) { return tr(c.actions[static_cast<std::size_t>(action)].name); };
    const auto has = [](const LifeMonth& where, int action) { return std::any_of(where.enrolments.begin(), where.enrolments.end(), [&](const auto& e) { return e.action == action; }); };
    for (const auto& e : m.enrolments)
        if (!has(before, e.action))
            out.push_back(fill(tr("joins: {action}"), {{"action", action_name(e.action)}}));
    for (const auto& e : before.enrolments)
        if (!has(m, e.action))
            out.push_back(fill(tr("leaves: {action}"), {{"action", action_name(e.action)}}));
    const std::uint32_t a = before.row.status, b = m.row.status;
    if (!st::Plan::get(a) && st::Plan::get(b))
        out.push_back(tr("gets a care plan with own goals"));
    if (st::CaseManager::get(a) != st::CaseManager::get(b))
        out.push_back(st::CaseManager::get(b) ? tr("gets a case manager") : tr("no longer has a case manager"));
    if (before.place == m.place && before.team[0] != m.team[0] && before.team[0] != no_provider)
        out.push_back(m.team[0] == no_provider ? tr("has no own GP any more") : tr("another GP practice"));
    if (before.team[0] == m.team[0] && before.gp_contract != m.gp_contract)
        out.push_back(tr("the own GP practice works under another contract"));
    if (before.team == m.team && (m.team_shares & 1) && !(before.team_shares & 1))
        out.push_back(tr("the own GP practice shares its record"));
    if (!m.month.is_december()) {
        const std::uint32_t x = m.month.is_january() ? 0 : before.row.status2, y = m.row.status2;
        if (!st2::ForgoneMoney::get(x) && st2::ForgoneMoney::get(y))
            out.push_back(tr("goes without care for lack of money"));
        if (!st2::ForgoneDistance::get(x) && st2::ForgoneDistance::get(y))
            out.push_back(tr("goes without care because it is too far"));
    }
}

void care_of_month(const LifeMonth& m, const Catalogue& c, std::vector<std::string>& out) {
    for (const auto& stay : m.stays) {
        const std::string kind = stay.dies        ? tr("dies there")
                                 : stay.again     ? tr("back within a month")
                                 : stay.unplanned ? tr("unplanned")
                                                  : tr("planned");
        // the first two causes stand for all that no condition of the model explains
        const std::string cause = stay.cause < 2 ? std::string() : ": " + tr(c.causes[stay.cause].name);
        out.push_back(fill(text::tr_n("hospital, {n} day, {kind}", "hospital, {n} days, {kind}", stay.days), {{"n", stay.days}, {"kind", kind}}) + cause);
    }
    for (const auto& care : m.care)
        if (care.fate == CareFate::given_up)
            out.push_back(fill(tr("does not get: {service}"), {{"service", tr(c.services[care.service].name)}}));
}

/// Events that no change of facts shows by itself.
bool told_by_itself(int mark) {
    return (mark >= model::mark_exacerbation && mark < model::mark_admission) || mark == model::mark_death || mark == model::mark_birth || mark == model::mark_departure;
}

}  // namespace

MonthCare month_care(const LifeMonth& m, const Catalogue& c) {
    MonthCare out;
    const int nurse = c.role("home_nursing"), help = c.role("home_help");
    for (const auto& care : m.care) {
        const world::Service& s = c.services[care.service];
        const auto n = static_cast<int>(care.count);
        if (care.fate == CareFate::waits || care.fate == CareFate::given_up) {
            (care.fate == CareFate::waits ? out.waiting : out.given_up) += care.lines;
            continue;
        }
        if (care.action >= 0)
            out.programme += n;
        else if (s.gp_contact)
            out.gp += n;
        else if (s.specialist_contact)
            out.specialist += n;
        else if (s.emergency_visit)
            out.emergency += n;
        else if (s.role == nurse)
            out.nursing += n;
        else if (s.role == help)
            out.home_help += n;
    }
    for (const auto& stay : m.stays)
        out.hospital_days += stay.days;
    return out;
}

std::string condition_words(std::uint64_t conditions, const Catalogue& c) {
    const world::Conditions has{conditions};
    std::vector<std::string> list;
    for (int k = 0; k < static_cast<int>(c.conditions.size()); ++k)
        if (has.has(k))
            list.push_back(condition_name(c, k) + " (" + stage_name(c, k, has.stage(k)) + (has.diagnosed(k) ? "" : ", " + tr("not diagnosed")) + ")");
    return list.empty() ? tr("no chronic condition") : text::list(list);
}

std::string dependence_word(const LifeMonth& month) {
    return tr(dependence_words[st::Dependence::get(month.row.status)]);
}

std::string who_words(const LifeMonth& m, const Catalogue& c) {
    const std::uint32_t s = m.row.status;
    const int age = age_of(m);
    std::string out = fill(st::Sex::get(s) ? (age < 18 ? tr("Boy, {age}, {place}") : tr("Man, {age}, {place}")) : (age < 18 ? tr("Girl, {age}, {place}") : tr("Woman, {age}, {place}")),
                           {{"age", age}, {"place", place_name(c, m.place)}});
    const auto add = [&](const std::string& words) { out += " · " + words; };
    if (st::NursingHome::get(s))
        add(tr("lives in a nursing home"));
    else
        add(m.members == 1 ? tr("lives alone") : fill(tr("household of {n}"), {{"n", m.members}}));
    if (st::Carer::get(s))
        add(tr(carer_words[st::Carer::get(s)]));
    if (st::Dependence::get(s))
        add(tr(dependence_words[st::Dependence::get(s)]));
    if (age >= 15)
        add(tr(work_words[st::Work::get(s)]));
    add(tr(fifth_words[std::min<std::uint32_t>(4, st::Quintile::get(s))]));
    if (st::Bim::get(s))
        add(tr("increased reimbursement"));
    return out;
}

std::string event_words(int mark, const Catalogue& c) {
    const int condition = mark & 15;
    const auto named = [&](const char* pattern) { return fill(tr(pattern), {{"condition", condition < static_cast<int>(c.conditions.size()) ? condition_name(c, condition) : ""}}); };
    if (mark < model::mark_down)
        return named("{condition}: its start or next step");
    if (mark < model::mark_exacerbation)
        return named("{condition}: a step back");
    if (mark < model::mark_admission)
        return named("{condition} flares up");
    if (mark < model::mark_found)
        return named("a hospital stay for {condition}");
    if (mark < model::mark_unplanned)
        return named("{condition} is diagnosed");
    switch (mark) {
        case model::mark_unplanned: return tr("an unplanned hospital stay");
        case model::mark_planned: return tr("a planned hospital stay");
        case model::mark_death: return tr("dies");
        case model::mark_dependence_up: return tr("needs more daily help");
        case model::mark_dependence_down: return tr("needs less daily help");
        case model::mark_carer_loss: return tr("nobody helps at home any more");
        case model::mark_carer_gain: return tr("somebody helps at home");
        case model::mark_home_wish: return tr("asks for a nursing home");
        case model::mark_birth: return tr("a child is born");
        case model::mark_departure: return tr("leaves the area");
        case model::mark_sick: return tr("on sick leave");
        case model::mark_return: return tr("back to work");
        default: return tr("loses or finds work");
    }
}

std::vector<std::string> happenings(const LifeMonth& m, const LifeMonth* before, const Catalogue& c) {
    std::vector<std::string> out;
    if (before != nullptr) {
        changed_conditions(m, *before, c, out);
        changed_care(m, *before, c, out);
    }
    for (const int mark : m.events)
        if (told_by_itself(mark) && mark != model::mark_death)
            out.push_back(event_words(mark, c));
    care_of_month(m, c, out);
    if (before != nullptr)
        changed_person(m, *before, c, out);
    if (std::find(m.events.begin(), m.events.end(), model::mark_death) != m.events.end())
        out.push_back(fill(tr("dies, {age} years old"), {{"age", age_of(m)}}));
    return out;
}

std::string fact_words(std::uint32_t facts) {
    static constexpr const char* words[] = {"being there", "conditions", "events", "hospital stays", "daily help needed", "nursing home", "work and income", "habits",
                                            "body values and treatment", "care team", "how the team records or is paid", "care received", "programme", "care plan", "how well the team knows the person",
                                            "trust and knowledge", "carer", "household", "own payments", "what payers spend", "quality of life", "counts of the year"};
    static_assert(std::size(words) == static_cast<std::size_t>(measure::LifeFact::count));
    std::vector<std::string> list;
    for (std::size_t i = 0; i < std::size(words); ++i)
        if (facts >> i & 1u)
            list.push_back(tr(words[i]));
    return text::list(list);
}

namespace {

std::string draw_words(const measure::LifeCause& cause, const std::string& base, const std::string& arm, const Catalogue& c) {
    const measure::LifeDraw &a = cause.a, &b = cause.b;
    // as many digits as it takes to see the luck between the two
    const double least = std::min(std::abs(a.chance - a.luck), std::abs(b.chance - a.luck)) * 100;
    int digits = text::decimals_for(std::max(a.chance, b.chance) * 100, 2, 4);
    for (double step = 0.5 * std::pow(0.1, digits); digits < 8 && step > least; step *= 0.1)
        ++digits;
    const auto percent_words = [digits](double share) { return text::percent(share, digits); };
    std::string out = fill(tr("{what}: the chance this month was {a} in {base} and {b} in {arm}. The luck is the same in both and fell at {luck}, so it happened in {where} only."),
                           {{"what", event_words(a.mark, c)}, {"a", percent_words(a.chance)}, {"b", percent_words(b.chance)}, {"luck", percent_words(a.luck)}, {"base", base}, {"arm", arm}, {"where", a.happened ? base : arm}});
    std::vector<std::string> parts;
    const auto part = [&](float x, float y, const char* pattern) {
        if (x != y && x > 0)
            parts.push_back(fill(tr(pattern), {{"ratio", text::number(static_cast<double>(y / x), 3)}}));
    };
    part(a.levers, b.levers, "actions x {ratio}");
    part(a.coordination, b.coordination, "teamwork x {ratio}");
    part(a.control, b.control, "treatment and adherence x {ratio}");
    if (!parts.empty())
        out += " " + fill(tr("What moved the chance: {list}."), {{"list", text::list(parts)}});
    return out;
}

}  // namespace

std::string cause_words(const measure::LifeCause& cause, std::uint32_t facts, const std::string& base, const std::string& arm, const Catalogue& c) {
    switch (cause.kind) {
        case CauseKind::none: return {};
        case CauseKind::draw: return draw_words(cause, base, arm, c);
        case CauseKind::programme:
            return fill(cause.luck < cause.accepts ? tr("Joins \"{action}\". Of those invited with this income {a} say yes; the luck fell at {luck}, below it.")
                                                   : tr("Joins \"{action}\" after a second, personal invitation. Of those invited with this income {a} say yes at once; the luck fell at {luck}, above it."),
                        {{"action", tr(c.actions[static_cast<std::size_t>(cause.action)].name)}, {"a", percent_words(static_cast<double>(cause.accepts))}, {"luck", percent_words(static_cast<double>(cause.luck))}});
        case CauseKind::queue:
            return fill(tr("{service}: the place in the queue is the same, but in {where} it came too late, since others asked for more or less."),
                        {{"service", tr(c.services[static_cast<std::size_t>(cause.service)].name)}, {"where", cause.cut_a != 0 ? base : arm}});
        case CauseKind::contract: return fill(tr("The own GP practice works under another contract in {arm} than in {base}."), {{"arm", arm}, {"base", base}});
        case CauseKind::record: return tr("A provider of the team shares its record in one of the two and not in the other.");
        case CauseKind::price: return tr("The same care has another price.");
        case CauseKind::tied: return tr("The providers of the team are tied to each other otherwise: whom they share patients with has changed.");
        case CauseKind::unnamed: break;
    }
    return fill(tr("The cause cannot be told from this person's month. What differs: {facts}."), {{"facts", fact_words(facts)}});
}

std::string team_words(const LifeMonth& m, const scenario::Scenario& scenario) {
    const Catalogue& c = *scenario.catalogue;
    std::vector<std::string> list;
    for (int slot = 0; slot < static_cast<int>(m.team.size()); ++slot) {
        const bool seen = slot == 0 || ((m.row.seen_year | m.row.seen_last_year) >> slot & 1) != 0;
        if (m.team[static_cast<std::size_t>(slot)] == no_provider || !seen)
            continue;
        const auto role = slot == 4 ? c.role("hospital_beds") : [&] {
            for (std::size_t r = 0; r < c.roles.size(); ++r)
                if (c.roles[r].team_slot == slot)
                    return static_cast<int>(r);
            return -1;
        }();
        if (role < 0)
            continue;
        std::string words = tr(c.roles[static_cast<std::size_t>(role)].name);
        if (slot == 0)
            words += " " + fill(text::tr_n("(for {n} year)", "(for {n} years)", m.row.gp_years), {{"n", static_cast<int>(m.row.gp_years)}});
        list.push_back(words);
    }
    return list.empty() ? tr("nobody yet") : text::list(list);
}

}  // namespace tresse::app
