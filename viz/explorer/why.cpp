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
        if (y + 84 > box.y1 - (c.work.study ? 0 : 60))
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
            : a.taking_part > 0 ? fill(tr("{n} taking part"), {{"n", text::number(a.taking_part, 0)}})
                                : tr("acts on providers, not on persons");
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
    if (!c.work.study)
        scene.paragraph({box.x0, box.y1 - 56, box.x1, box.y1},
                        tr("What each part adds to the difference needs a study: ./tresse study first-look"),
                        Type::small, c.measure, ink(Role::muted));
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
        scene.words({box.x1, y + 17}, text::range(m.difference, digits), Type::small,
                    ink(!m.told ? Role::muted : Role::text), Anchor::end);
        scene.spot({box.x0, y, box.x1, y + 28}, "",
                   m.name + "\n" +
                       fill(tr("today {base} per 1,000 people and year"), {{"base", text::number(m.base, 2)}}));
        y += 28;
    }
    scene.line({{middle, box.y0 + 34}, {middle, y}}, ink(Role::faint), 1);
}

/// The study that explains the arm looked at; null: none.
const app::StudyAnswer* study_of(const Context& c) {
    const app::StudyAnswer* study = c.work.study.get();
    if (!study || !c.snapshot || study->scores.empty() || study->scores.front().shares.empty())
        return nullptr;
    const std::string& explained = study->scenario->arms[static_cast<std::size_t>(study->arm)].id;
    return explained == c.snapshot->compared.arms[static_cast<std::size_t>(arm_of(c))].id ? study : nullptr;
}

std::string score_title(const std::string& id) {
    const measure::Score* score = measure::find_score(id);
    return score ? tr(score->name) : id;
}

/// One score: a bar and a range for each part, and one for all together.
void draw_shares(const Context& c, Scene& scene, const Box& box, const app::StudyAnswer& study,
                 const app::StudyScore& score) {
    const measure::Score* known = measure::find_score(score.id);
    scene.words_in({box.x0, box.y0 + 12}, score_title(score.id), Type::small, box.width(), c.measure);
    scene.words_in({box.x0, box.y0 + 26}, known ? tr(known->unit) : "", Type::caption, box.width(), c.measure,
                   ink(Role::muted));
    double most = 1e-12;
    const auto widen = [&](const Range& r) {
        for (const double v : {r.low, r.middle, r.high})
            if (std::isfinite(v))
                most = std::max(most, std::fabs(v));
    };
    widen(score.total);
    for (const app::StudyShare& s : score.shares)
        widen(s.share);
    const double labels = box.width() * 0.4, numbers = 118, middle = (box.x0 + labels + box.x1 - numbers) / 2,
                 half = (box.width() - labels - numbers) / 2 - 4;
    const double row = std::clamp((box.height() - 40) / static_cast<double>(score.shares.size() + 1), 18.0, 28.0);
    double y = box.y0 + 36;
    const auto bar = [&](const std::string& name, const Range& r, bool whole) {
        const std::vector<std::string> lines = wrapped(name, labels - 10, Type::small, c.measure);
        for (std::size_t k = 0; k < std::min<std::size_t>(2, lines.size()); ++k)
            scene.words({box.x0, y + row / 2 + 4.5 + (lines.size() > 1 ? 12.0 * static_cast<double>(k) - 6 : 0)},
                        lines[k], lines.size() > 1 ? Type::caption : Type::small);
        const bool told = r.low > 0 || r.high < 0;
        const double x = middle + half * r.middle / most;
        const Ink colour = !told ? ink(Role::untold) : whole ? ink(Role::muted) : arm_ink(arm_of(c));
        scene.box({std::min(middle, x), y + row * 0.25, std::max(middle, x) + 0.5, y + row * 0.75}, colour, 2);
        if (std::isfinite(r.low) && std::isfinite(r.high))
            scene.line({{middle + half * r.low / most, y + row / 2}, {middle + half * r.high / most, y + row / 2}},
                       ink(Role::text, 0.6), 1.2);
        scene.words({box.x1, y + row / 2 + 4.5}, text::range(r, text::decimals_for(most, 2, 3)), Type::caption,
                    ink(told ? Role::text : Role::muted), Anchor::end);
        y += row;
    };
    for (const app::StudyShare& s : score.shares)
        bar(app::share_name(study, s), s.share, false);
    scene.line({{box.x0, y}, {box.x1, y}}, ink(Role::rule), 1);
    bar(tr("All together"), score.total, true);
    scene.line({{middle, box.y0 + 36}, {middle, y}}, ink(Role::faint), 1);
}

/// What each part adds, for the scores of the study beside each other; gives the height used.
double draw_study(const Context& c, Scene& scene, const Box& box, const app::StudyAnswer& study) {
    const double height = 250, half = (box.width() - 32) / 2;
    scene.words_in({box.x0, box.y0 + 12}, tr("What each part adds to the difference"), Type::label, box.width() * 0.6,
                   c.measure);
    const std::string from = fill(tr("study {run}, {draws} draws"), {{"run", study.run}, {"draws", study.share_draws}}) +
                             (study.same_inputs ? "" : " \u00b7 " + tr("made from earlier inputs"));
    scene.words({box.x1, box.y0 + 12}, from, Type::caption, ink(study.same_inputs ? Role::faint : Role::worse),
                Anchor::end);
    for (std::size_t i = 0; i < std::min<std::size_t>(2, study.scores.size()); ++i) {
        const double x = box.x0 + (half + 32) * static_cast<double>(i);
        draw_shares(c, scene, {x, box.y0 + 26, x + half, box.y0 + height}, study, study.scores[i]);
    }
    return height;
}

/// "In cost most comes from case management: +8.0 (+6.1 to +9.9) of +4.0."
std::string share_sentence(const app::StudyAnswer& study, const app::StudyScore& score) {
    const app::StudyShare* most = nullptr;
    for (const app::StudyShare& s : score.shares)
        if ((s.share.low > 0 || s.share.high < 0) && (!most || std::fabs(s.share.middle) > std::fabs(most->share.middle)))
            most = &s;
    if (!most)
        return fill(tr("In {score} no part's share can be told from chance."), {{"score", score_title(score.id)}});
    const int digits = text::decimals_for(most->share.middle, 2, 3);
    const bool largest = std::none_of(score.shares.begin(), score.shares.end(), [&](const app::StudyShare& s) { return std::fabs(s.share.middle) > std::fabs(most->share.middle); });
    return fill(largest ? tr("In {score} most comes from {part}: {share} of {total}.")
                        : tr("In {score} the largest share that can be told from chance is that of {part}: {share} of {total}."),
                {{"score", score_title(score.id)},
                 {"part", app::share_name(study, *most)},
                 {"share", text::range(most->share, digits)},
                 {"total", text::signed_number(score.total.middle, digits)}});
}

}  // namespace

std::string why_answer(const Context& c) {
    if (!c.snapshot)
        return tr("Open a run to see by which mechanisms its arms work.");
    if (arm_of(c) == 0)
        return tr("This run has one arm only: there is nothing to compare it with.");
    if (const app::StudyAnswer* study = study_of(c)) {
        std::string out = c.snapshot->arm_label(static_cast<std::size_t>(arm_of(c))) + ":";
        for (const app::StudyScore& score : study->scores)
            if (!score.shares.empty())
                out += " " + share_sentence(*study, score);
        return out;
    }
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
        Box right{box.x0 + left + 16, box.y0, box.x1, box.y1};
        if (const app::StudyAnswer* study = study_of(c)) {
            const Box sheet = card(own, {right.x0, right.y0, right.x1, right.y0 + 290});
            draw_study(c, own, sheet, *study);
            right.y0 += 306;
        }
        draw_bars(c, own, card(own, right), list);
    });
    name_picture(c, page, "why",
                 tr("a bar is the change in how often a mechanism acted, beside its 95 % range; grey: cannot be told "
                    "from chance. A part's share is what it adds on average over all orders in which the parts could "
                    "have come, so that shares add up to the whole; it needs a study."));
    page.picture.table.columns = {tr("Mechanism"), c.snapshot->arm_name(0), tr("Difference"), tr("From"), tr("To")};
    for (const Mechanism& m : list)
        page.picture.table.rows.push_back({m.id, text::number(m.base, 4), text::signed_number(m.difference.middle, 4),
                                           text::signed_number(m.difference.low, 4),
                                           text::signed_number(m.difference.high, 4)});
    if (const app::StudyAnswer* study = study_of(c))
        for (const app::StudyScore& score : study->scores)
            for (const app::StudyShare& share : score.shares)
                page.picture.table.rows.push_back({score_title(score.id) + ": " + app::share_name(*study, share), "",
                                                   text::signed_number(share.share.middle, 4),
                                                   text::signed_number(share.share.low, 4),
                                                   text::signed_number(share.share.high, 4)});
}

}  // namespace tresse::viz::explorer
