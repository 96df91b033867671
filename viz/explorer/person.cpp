#include <algorithm>
#include <cmath>

#include "tresse/app/life_words.hpp"
#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"

#include "parts.hpp"

/// One simulated life in two arms on one time axis; whether it is typical stands first.
namespace tresse::viz::explorer {

namespace {

using app::MonthCare;
using measure::Life;
using measure::LifeMonth;
using measure::Lives;
using text::fill;
using text::tr;

/// The life in the base, and in the arm looked at (or the last there is).
const Life* life_in(const Lives& lives, int arm) {
    for (const Life& life : lives.arms)
        if (life.arm == arm)
            return &life;
    return nullptr;
}

int other_arm(const Context& c, const Lives& lives) {
    const int wanted = c.snapshot ? arm_of(c) : -1;
    if (lives.arms.size() < 2)
        return -1;
    return wanted > 0 && life_in(lives, wanted) && wanted != lives.arms.front().arm ? wanted : lives.arms.back().arm;
}

std::string arm_title(const Context& c, int arm) {
    const scenario::Arm& one = c.work.life->scenario->arms[static_cast<std::size_t>(arm)];
    return one.label.empty() ? one.id : tr(one.label);
}

struct Axis {
    double x0 = 0, x1 = 0;
    Month start;
    int months = 1;
    double x(Month month) const { return x0 + (x1 - x0) * (month - start) / std::max(1, months); }
    double step() const { return (x1 - x0) / std::max(1, months); }
};

/// A strip of the life: a value a month, drawn as a bar from the line up.
void draw_strip(const Context& c, Scene& scene, const Axis& axis, const Box& row, const std::string& name,
                const Life& life, const Ink& colour, double (*value)(const LifeMonth&, const world::Catalogue&)) {
    const world::Catalogue& cat = *c.work.life->scenario->catalogue;
    scene.words_in({row.x0, row.y1 - 3}, name, Type::small, axis.x0 - row.x0 - 12, c.measure, ink(Role::muted));
    scene.line({{axis.x0, row.y1}, {axis.x1, row.y1}}, ink(Role::grid), 1);
    double most = 1e-9;
    for (const LifeMonth& m : life.months)
        most = std::max(most, value(m, cat));
    for (const LifeMonth& m : life.months) {
        const double v = value(m, cat);
        if (!(v > 0))
            continue;
        const double height = std::max(2.0, (row.height() - 3) * v / most);
        scene.box({axis.x(m.month), row.y1 - height, axis.x(m.month) + std::max(1.5, axis.step() - 0.6), row.y1}, colour);
    }
    scene.words({row.x1, row.y1 - 3}, text::number(most < 1e-6 ? 0 : most, 0), Type::caption, ink(Role::muted),
                Anchor::end);
}

/// The first of a list of things that there is room for, and how many more there are: "heart failure (moderate) +2". Empty: room for none.
std::string as_many_as_fit(const std::string& list, double room, const Measure& measure) {
    std::vector<std::size_t> ends;  // of things; a comma inside brackets ends none
    int depth = 0;
    for (std::size_t i = 0; i < list.size(); ++i) {
        depth += list[i] == '(' ? 1 : list[i] == ')' ? -1 : 0;
        if (depth == 0 && list.compare(i, 2, ", ") == 0)
            ends.push_back(i);
    }
    ends.push_back(list.size());
    for (std::size_t k = ends.size(); k > 0; --k) {
        const std::string words = list.substr(0, ends[k - 1]) + (k < ends.size() ? " +" + std::to_string(ends.size() - k) : "");
        if (measure.width(words, Type::caption) <= room)
            return words;
    }
    return "";
}

/// A strip of words: what holds from a change to the next, where there is room for it.
void draw_words(const Context& c, Scene& scene, const Axis& axis, const Box& row, const std::string& name, const Life& life,
                std::string (*words)(const LifeMonth&, const world::Catalogue&)) {
    const world::Catalogue& cat = *c.work.life->scenario->catalogue;
    scene.words_in({row.x0, row.y1 - 3}, name, Type::small, axis.x0 - row.x0 - 12, c.measure, ink(Role::muted));
    for (std::size_t i = 0; i < life.months.size();) {
        const std::string now = words(life.months[i], cat);
        std::size_t end = i + 1;
        while (end < life.months.size() && words(life.months[end], cat) == now)
            ++end;
        const double x0 = axis.x(life.months[i].month), x1 = axis.x(life.months[end - 1].month) + axis.step();
        scene.box({x0, row.y0 + 1, std::max(x1 - 1, x0 + 1), row.y1}, ink(Role::raised), 2);
        scene.words({x0 + 4, row.y1 - 3.5}, as_many_as_fit(now, x1 - x0 - 8, c.measure), Type::caption);
        scene.spot({x0, row.y0, x1, row.y1}, "", text::month_name(life.months[i].month) + "\n" + now, false);
        i = end;
    }
}

std::string ill(const LifeMonth& m, const world::Catalogue& c) {
    return app::condition_words(m.row.conditions, c);
}
std::string dependent(const LifeMonth& m, const world::Catalogue&) {
    return app::dependence_word(m);
}

/// One kind of care of a month.
template <auto kind>
double care(const LifeMonth& m, const world::Catalogue& c) {
    return app::month_care(m, c).*kind;
}
double missed(const LifeMonth& m, const world::Catalogue& c) {
    const MonthCare all = app::month_care(m, c);
    return all.waiting + all.given_up;
}
double carer(const LifeMonth& m, const world::Catalogue&) {
    return m.carer_hours;
}
double own_eur(const LifeMonth& m, const world::Catalogue&) {
    return static_cast<double>(m.own_cents) / 100;
}

using ValueOf = double (*)(const LifeMonth&, const world::Catalogue&);
struct Strip {
    std::string name;
    ValueOf value;
    bool always;  ///< shown also when it is nought in both lives
};

/// Strips that have something to show in one of the lives; both show the same ones, so that they can be compared.
std::vector<Strip> strips_of(const Context& c, const std::vector<const Life*>& lives) {
    const world::Catalogue& cat = *c.work.life->scenario->catalogue;
    std::vector<Strip> out = {{tr("hospital, days"), care<&MonthCare::hospital_days>, true},
                              {tr("emergency department"), care<&MonthCare::emergency>, false},
                              {tr("general practitioner"), care<&MonthCare::gp>, true},
                              {tr("specialists"), care<&MonthCare::specialist>, false},
                              {tr("home nursing"), care<&MonthCare::nursing>, false},
                              {tr("home help, hours"), care<&MonthCare::home_help>, false},
                              {tr("programme"), care<&MonthCare::programme>, false},
                              {tr("waits or does not get care"), missed, false},
                              {tr("unpaid care, hours a week"), carer, false},
                              {tr("own payments, EUR"), own_eur, true}};
    std::erase_if(out, [&](const Strip& strip) {
        return !strip.always && std::none_of(lives.begin(), lives.end(), [&](const Life* life) {
            return std::any_of(life->months.begin(), life->months.end(), [&](const LifeMonth& m) { return strip.value(m, cat) > 0; });
        });
    });
    return out;
}

/// Months in which the household comes to the ceiling on own payments.
void mark_ceilings(const Context&, Scene& scene, const Axis& axis, const Box& row, const Life& life) {
    for (std::size_t i = 1; i < life.months.size(); ++i) {
        const LifeMonth &m = life.months[i], &before = life.months[i - 1];
        if (m.household_paid > m.household_ceiling && before.household_paid <= before.household_ceiling) {
            const double x = axis.x(m.month);
            scene.line({{x, row.y0}, {x, row.y1}}, ink(Role::worse), 1.5);
            scene.spot({x - 4, row.y0, x + 4, row.y1}, "", text::month_name(m.month) + "\n" + tr("the household reaches the ceiling on own payments"), false);
        }
    }
}

std::string life_title(const Context& c, const Life& life, const measure::LifeParting* parting) {
    std::string title = arm_title(c, life.arm);
    if (life.end == measure::LifeEnd::died && life.lived())
        title += " \u00b7 " + fill(tr("died in {month}"), {{"month", text::month_name(life.months.back().month)}});
    else if (life.end == measure::LifeEnd::left_area)
        title += " \u00b7 " + tr("left the area");
    if (parting && parting->differs)
        title += " \u00b7 " + fill(tr("first difference: {month}"), {{"month", text::month_name(parting->first)}});
    return title;
}

void draw_life(const Context& c, Scene& scene, const Axis& axis, const Box& box, const Life& life, const std::vector<Strip>& strips,
               const measure::LifeParting* parting) {
    scene.arm_mark({box.x0 + 6, box.y0 + 8}, 5, life.arm, arm_ink(life.arm));
    scene.words({box.x0 + 18, box.y0 + 12}, life_title(c, life, parting), Type::label);
    const double height = std::min(26.0, (box.height() - 24) / static_cast<double>(strips.size() + 2));
    double y = box.y0 + 18;
    for (const LifeMonth& m : life.months)
        scene.spot({axis.x(m.month), y + 2 * height, axis.x(m.month) + axis.step(), y + height * static_cast<double>(strips.size() + 2)}, "",
                   [&] {
                       std::string tip = text::month_name(m.month);
                       const LifeMonth* before = &m == life.months.data() ? nullptr : &m - 1;
                       for (const std::string& words : app::happenings(m, before, *c.work.life->scenario->catalogue))
                           tip += "\n" + words;
                       return tip;
                   }(),
                   false);
    const double gap = std::min(3.0, height / 7);
    draw_words(c, scene, axis, {box.x0, y + gap, box.x1, y + height}, tr("illnesses"), life, ill);
    y += height;
    draw_words(c, scene, axis, {box.x0, y + gap, box.x1, y + height}, tr("daily help"), life, dependent);
    y += height;
    for (const Strip& strip : strips) {
        const Box row{box.x0, y + gap, box.x1, y + height};
        draw_strip(c, scene, axis, row, strip.name, life, arm_ink(life.arm, 0.85), strip.value);
        if (strip.value == own_eur)
            mark_ceilings(c, scene, axis, row, life);
        y += height;
    }
}

void draw_axis(Scene& scene, const Axis& axis, double y, double below) {
    for (int m = 0; m < axis.months; ++m)
        if (const Month month = axis.start + m; month.of_year() == 0) {
            scene.line({{axis.x(month), y + 6}, {axis.x(month), below}}, ink(Role::grid), 1);
            scene.words({axis.x(month) + 3, y}, std::to_string(month.year()), Type::caption, ink(Role::muted));
        }
}

const measure::LifeParting* parting_of(const Lives& lives, int arm) {
    for (const measure::LifeParting& p : lives.partings)
        if (p.arm == arm)
            return &p;
    return nullptr;
}

void draw_causes(const Context& c, Scene& scene, const Box& box, const Lives& lives, int arm) {
    const measure::LifeParting* p = parting_of(lives, arm);
    const world::Catalogue& cat = *c.work.life->scenario->catalogue;
    double y = box.y0 + 12;
    scene.words({box.x0, y}, tr("What made the difference"), Type::label);
    y += 8;
    const auto say = [&](const std::string& words) {
        y += scene.paragraph({box.x0, y, box.x1, box.y1}, words, Type::small, c.measure, ink(Role::muted)) + 3;
    };
    const std::string base = arm_title(c, lives.arms.front().arm), name = arm_title(c, arm);
    if (!p || !p->differs)
        return say(tr("Nothing: this life is the same in both, month for month."));
    say(text::month_name(p->first) + ": " + app::cause_words(p->cause, p->facts, base, name, cat));
    if (p->events_differ && p->first_event != p->first)
        say(text::month_name(p->first_event) + ": " + app::cause_words(p->event_cause, 0, base, name, cat));
    say(tr("Same luck in both: same draws, same illnesses. One life proves nothing."));
}

/// How the person was found, and among how many.
std::string why_this_one(const Context& c) {
    const app::FollowedLife& life = *c.work.life;
    if (life.asked.empty())
        return fill(tr("drawn from {n} people"), {{"n", text::whole(life.answer.persons)}});
    return fill(tr("drawn from {fit} of {n} people who fit \"{asked}\""), {{"fit", text::whole(life.answer.fit)}, {"n", text::whole(life.answer.persons)}, {"asked", life.asked}});
}

}  // namespace

std::string person_answer(const Context& c) {
    if (!c.work.life)
        return tr("A life is not kept in the run folder: it is lived again, in every arm, from the same luck.");
    return tr("A simulated life. Nobody real.") + " " +
           app::alike_words(c.work.life->answer.lives, *c.work.life->scenario);
}

void draw_person(const Context& c, const Box& box, Scene& scene, Page& page) {
    if (!c.work.life || c.work.life->answer.lives.arms.empty() || !c.work.life->answer.lives.arms.front().lived()) {
        page.is_empty = true;
        empty_state(c, scene, box,
                    tr("One life proves nothing, and nobody in it is real. It shows how a month follows from another. "
                       "Press F to follow somebody; a future of the run is lived again for it. Or, as text:"),
                    "./tresse person " + (c.brief ? c.brief->run : std::string("RUN")) + " --random");
        return;
    }
    const Lives& lives = c.work.life->answer.lives;
    const Life& base = lives.arms.front();
    const int arm = other_arm(c, lives);
    take_picture(scene, box, page, [&](Scene& own) {
        const Box in = card(own, box);
        const std::vector<std::string> who =
            wrapped(app::who_words(base.months.front(), *c.work.life->scenario->catalogue), in.width() - 310,
                    Type::small, c.measure);
        for (std::size_t k = 0; k < who.size(); ++k)
            own.words({in.x0, in.y0 + (who.size() > 1 ? 6 : 12) + 14.0 * static_cast<double>(k)}, who[k], Type::small);
        const std::string known =
            c.work.life->compared == 0 ? tr("not compared with the run")
            : c.work.life->identical   ? fill(tr("identical to the run in {n} arms"), {{"n", c.work.life->compared}})
                                       : tr("NOT the life of the run: another version made it");
        own.words_in({in.x0, in.y0 + 36}, why_this_one(c) + " \u00b7 " + known, Type::small, in.width(), c.measure, ink(Role::muted));
        const Axis axis{in.x0 + 190, in.x1 - 44, lives.policy_start, lives.months};
        const double causes = 84, half = (in.height() - 60 - causes) / 2;
        std::vector<const Life*> shown = {&base};
        if (const Life* other = arm >= 0 ? life_in(lives, arm) : nullptr)
            shown.push_back(other);
        const std::vector<Strip> strips = strips_of(c, shown);
        draw_axis(own, axis, in.y0 + 54, in.y1 - causes);
        draw_life(c, own, axis, {in.x0, in.y0 + 60, in.x1, in.y0 + 60 + half}, base, strips, nullptr);
        if (const Life* other = arm >= 0 ? life_in(lives, arm) : nullptr) {
            draw_life(c, own, axis, {in.x0, in.y0 + 60 + half, in.x1, in.y0 + 60 + 2 * half}, *other, strips, parting_of(lives, arm));
            if (const measure::LifeParting* p = parting_of(lives, arm); p && p->differs)
                own.line({{axis.x(p->first), in.y0 + 46}, {axis.x(p->first), in.y1 - causes}}, ink(Role::accent), 1.5, true);
            draw_causes(c, own, {in.x0, in.y1 - causes + 8, in.x1, in.y1}, lives, arm);
        }
    });
    double x = box.x1 - 300;
    x = button(c, scene, {x, box.y0 + 10}, tr("another"), "follow") + 8;
    button(c, scene, {x, box.y0 + 10}, tr("two admissions"), "follow " + std::string("admissions"));
    name_picture(c, page, "person",
                 tr("each bar is a month; the dashed line is the first month in which anything differs."));
    const store::Table table = app::life_table(lives, *c.work.life->scenario);
    for (const store::Column& column : table.columns)
        page.picture.table.columns.push_back(column.name);
    page.picture.table.rows = table.rows;
}

}  // namespace tresse::viz::explorer
