#include <algorithm>
#include <cmath>

#include "tresse/app/mechanism_name.hpp"
#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"

#include "parts.hpp"

namespace tresse::viz::explorer {

namespace {

using text::fill;
using text::tr;

struct Mechanism {
    std::string id, name;
    Range difference;
    double base = 0;
    bool told = false;
};

/// Mechanisms that the arm changes most against what chance does to them.
std::vector<Mechanism> mechanisms_of(const Context& c) {
    const auto arm = static_cast<std::size_t>(arm_of(c));
    std::vector<Mechanism> out;
    if (arm >= c.snapshot->moved.size())
        return out;
    const auto names = app::mechanism_names(*c.snapshot->compared.arms[arm].scenario->catalogue);
    for (const Moved& m : c.snapshot->moved[arm])
        out.push_back({m.id, names.at(m.id), m.difference, m.base, m.told()});
    return out;
}

void draw_actions(const Context& c, Scene& scene, const Box& box) {
    const auto arm = static_cast<std::size_t>(arm_of(c));
    const std::vector<BriefMeans>& actions = c.brief->arms[arm].actions;
    scene.words_in({box.x0, box.y0 + 12}, tr("What was done, a year on average"), Type::label, box.width(), c.measure);
    double y = box.y0 + 40;
    for (const BriefMeans& a : actions) {
        if (y + 84 > box.y1)
            break;
        for (const std::string& line : wrapped(a.name, box.width(), Type::body, c.measure)) {
            scene.words({box.x0, y}, line, Type::body);
            y += 19;
        }
        const Box bar{box.x0, y - 8, box.x1, y};
        scene.box(bar, ink(Role::raised), 4);
        if (a.meant > 0)
            scene.box({bar.x0, bar.y0, bar.x0 + bar.width() * std::clamp(a.reached / a.meant, 0.0, 1.0), bar.y1},
                      arm_ink(static_cast<int>(arm)), 4);
        y += 15;
        const std::string reached =
            a.meant > 0 ? fill(tr("{reached} reached of {meant} meant"),
                               {{"reached", text::number(a.reached, 0)}, {"meant", text::number(a.meant, 0)}})
                        : fill(tr("{n} taking part"), {{"n", text::number(a.taking_part, 0)}});
        scene.words_in({box.x0, y}, reached, Type::small, box.width(), c.measure, ink(Role::muted));
        y += 17;
        scene.words_in(
            {box.x0, y},
            fill(tr("{eur} EUR · {filled} of {wanted} posts"), {{"eur", text::number(a.eur, 0)},
                                                                {"filled", text::number(a.posts_filled, 1)},
                                                                {"wanted", text::number(a.posts_wanted, 1)}}),
            Type::small, box.width(), c.measure, ink(Role::muted));
        y += 34;
    }
    if (actions.empty())
        scene.paragraph({box.x0, box.y0 + 30, box.x1, box.y1},
                        tr("This arm has no actions of its own: it changes rules, money or capacity."), Type::body,
                        c.measure, ink(Role::muted));
}

void draw_bars(const Context& c, Scene& scene, const Box& box, const std::vector<Mechanism>& list) {
    scene.words_in({box.x0, box.y0 + 12},
                   tr("Events by mechanism: change against today, and per 1,000 people and year"), Type::label,
                   box.width(), c.measure);
    const double labels = std::min(230.0, box.width() * 0.36), right = 190;
    const std::size_t rows =
        std::min<std::size_t>(list.size(), static_cast<std::size_t>(std::max(1.0, (box.height() - 40) / 28)));
    double most = 1e-9;
    for (std::size_t i = 0; i < rows; ++i)
        most = std::max(most, std::min(1.0, std::fabs(list[i].difference.middle) / list[i].base));
    const double x0 = box.x0 + labels + 52, width = box.width() - labels - right - 104, middle = x0 + width / 2;
    double y = box.y0 + 34;
    for (std::size_t i = 0; i < rows; ++i) {
        const Mechanism& m = list[i];
        const std::vector<std::string> name = wrapped(m.name, labels - 14, Type::small, c.measure);
        for (std::size_t k = 0; k < name.size(); ++k)
            scene.words({box.x0, y + (name.size() > 1 ? 11 : 17) + 13.0 * static_cast<double>(k)}, name[k], Type::small);
        const double share = std::clamp(m.difference.middle / m.base, -1.0, 1.0), x = middle + width / 2 * share / most;
        scene.box({std::min(middle, x), y + 6, std::max(middle, x) + 0.5, y + 20},
                  !m.told ? ink(Role::untold) : arm_ink(arm_of(c)), 2);
        scene.words({x + (share < 0 ? -6 : 6), y + 17},
                    text::signed_number(m.difference.middle / m.base * 100, 1) + " %", Type::small, ink(Role::muted),
                    share < 0 ? Anchor::end : Anchor::start);
        const int digits = text::decimals_for(m.difference.middle, 2, 3);
        scene.words({box.x1, y + 17}, range_text(m.difference, digits), Type::small,
                    ink(!m.told ? Role::muted : Role::text), Anchor::end);
        scene.spot({box.x0, y, box.x1, y + 28}, "",
                   m.name + "\n" +
                       fill(tr("today {base} per 1,000 people and year"), {{"base", text::number(m.base, 2)}}));
        y += 28;
    }
    scene.line({{middle, box.y0 + 34}, {middle, y}}, ink(Role::faint), 1);
}

}  // namespace

std::string why_answer(const Context& c) {
    if (!c.snapshot)
        return tr("Open a run to see by which mechanisms its arms work.");
    if (arm_of(c) == 0)
        return tr("This run has one arm only: there is nothing to compare it with.");
    const std::vector<Mechanism> list = mechanisms_of(c);
    const std::string arm = c.snapshot->arm_label(static_cast<std::size_t>(arm_of(c)));
    std::vector<std::string> names;
    for (const Mechanism& m : list)
        if (m.told && names.size() < 3)
            names.push_back(m.name + " (" +
                            text::signed_number(m.difference.middle, text::decimals_for(m.difference.middle, 2, 3)) +
                            ")");
    const auto told =
        std::count_if(list.begin(), list.end(), [](const Mechanism& m) { return m.told; });
    if (told == 0)
        return fill(
            tr("{arm}: no mechanism changes by more than chance and the uncertain numbers can explain; {n} are moved."),
            {{"arm", arm}, {"n", static_cast<long long>(list.size())}});
    return fill(tr("{arm} changes {told} of {n} counts beyond their 95 % range; about {chance} would look so by chance "
                   "alone. First of all, per 1,000 people and year: {names}."),
                {{"arm", arm},
                 {"told", static_cast<long long>(told)},
                 {"n", static_cast<long long>(list.size())},
                 {"chance", std::llround(0.05 * static_cast<double>(list.size()))},
                 {"names", text::list(names)}});
}

void draw_why(const Context& c, const Box& box, Scene& scene, Page& page) {
    if (!c.snapshot || arm_of(c) == 0) {
        page.is_empty = true;
        empty_state(c, scene, box,
                    c.snapshot ? tr("This run has one arm only: there is nothing to compare it with.")
                               : tr("No run is open."),
                    "./tresse compare first-look");
        return;
    }
    const std::vector<Mechanism> list = mechanisms_of(c);
    take_picture(scene, box, page, [&](Scene& own) {
        const double left = 300;
        draw_actions(c, own, card(own, {box.x0, box.y0, box.x0 + left, box.y1}));
        draw_bars(c, own, card(own, {box.x0 + left + 16, box.y0, box.x1, box.y1}), list);
    });
    name_picture(c, page, "why",
                 tr("a bar is the change in how often a mechanism acted, beside its 95 % range; grey: cannot be told "
                    "from chance. Which part of the result each component has needs arms without it."));
    page.picture.table.columns = {tr("Mechanism"), c.snapshot->arm_name(0), tr("Difference"), tr("From"), tr("To")};
    for (const Mechanism& m : list)
        page.picture.table.rows.push_back({m.id, text::number(m.base, 4), text::signed_number(m.difference.middle, 4),
                                           text::signed_number(m.difference.low, 4),
                                           text::signed_number(m.difference.high, 4)});
}

}  // namespace tresse::viz::explorer
