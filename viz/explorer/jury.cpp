#include <algorithm>
#include <cmath>

#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"

#include "parts.hpp"

/// What a jury sees of all dossiers at once, and of one.
namespace tresse::viz::explorer {

namespace {

using app::JuryRound;
using app::RoundDossier;
using text::fill;
using text::tr;

constexpr double aside = 320;

struct Columns {
    double number = 0, title = 0, plot0 = 0, plot1 = 0, among = 0, findings = 0, result = 0;
};

/// The largest set that nothing parts, by scores and by simulation.
std::size_t largest_scored_group(const JuryRound& round) {
    std::size_t most = 0;
    for (const RoundDossier& d : round.dossiers)
        most = std::max(most, static_cast<std::size_t>(std::count_if(
                                  round.dossiers.begin(), round.dossiers.end(),
                                  [&](const RoundDossier& e) { return d.scored && e.scored && d.group == e.group; })));
    return most;
}

/// Of a call that does not rank this is no place: how far a dossier leans on the weights chosen.
std::string among_words(const JuryRound& round) {
    if (round.places == 0)
        return tr("among the best");  // nothing was scored yet
    return fill(round.ranks ? tr("among the first {n}") : tr("among the best {n}"), {{"n", round.places}});
}

std::string reading_words(const JuryRound& round) {
    if (round.ranks)
        return tr("A mark is what a bench gives, an upright line the mean of the benches. Dossiers between two dashed lines "
                  "cannot be separated by scores and weights, so their order there says nothing.");
    return tr("A mark is what a bench gives, an upright line the mean of the benches.") + " " +
           tr("This call does not rank dossiers: rows stand in the order of the files, and no place is given.");
}

/// Marks of the benches on one line, and a bar for their mean.
void draw_shares(Scene& scene, const Columns& at, const RoundDossier& d, double y) {
    const auto x = [&](double share) { return at.plot0 + (at.plot1 - at.plot0) * std::clamp(share, 0.0, 1.0); };
    double low = 1, high = 0;
    for (const double share : d.bench_share)
        if (std::isfinite(share))
            low = std::min(low, share), high = std::max(high, share);
    if (low <= high)
        scene.line({{x(low), y}, {x(high), y}}, ink(Role::untold, 0.6), 2);
    for (std::size_t b = 0; b < d.bench_share.size(); ++b)
        if (std::isfinite(d.bench_share[b]))
            scene.arm_mark({x(d.bench_share[b]), y}, 4, static_cast<int>(b), arm_ink(static_cast<int>(b), 0.85));
    if (std::isfinite(d.mean_share))
        scene.line({{x(d.mean_share), y - 8}, {x(d.mean_share), y + 8}}, ink(Role::text), 2);
}

void draw_row(const Context& c, Scene& scene, const Columns& at, const JuryRound& round, std::size_t i, const Box& row) {
    const RoundDossier& d = round.dossiers[i];
    const double y = row.middle().y, base = y + 4.5;
    if (c.state.dossier == static_cast<int>(i))
        scene.box(row, ink(Role::raised), 4);
    const std::string place = d.scored ? text::number(d.mean_place, 1) : "\u2013";
    scene.words({at.number, base}, round.ranks ? place : std::to_string(i + 1), Type::small, ink(Role::muted), Anchor::end);
    const std::vector<std::string> title =
        wrapped(d.title.in(text::language()), at.plot0 - at.title - 14, Type::small, c.measure);
    for (std::size_t k = 0; k < std::min<std::size_t>(2, title.size()); ++k)
        scene.words({at.title, base + (title.size() > 1 ? 11.0 * static_cast<double>(k) - 5.5 : 0)}, title[k],
                    title.size() > 1 ? Type::caption : Type::small);
    draw_shares(scene, at, d, y);
    if (d.scored)
        scene.words({at.among, base}, text::percent(d.among_first), Type::small, ink(Role::text), Anchor::end);
    const int refuse = d.refusals(), judge = static_cast<int>(d.findings.size()) - refuse;
    if (refuse > 0)
        scene.sign_mark({at.findings - 40, y}, 4.5, Sign::worse);
    if (!d.findings.empty())
        scene.words({at.findings, base}, text::whole(refuse) + " / " + text::whole(judge), Type::small,
                    ink(refuse > 0 ? Role::worse : Role::muted), Anchor::end);
    scene.words({at.result, base},
                d.impacts.empty() ? "\u2013" : d.told() > 0 ? text::whole(d.told()) : tr("none"), Type::small,
                ink(d.told() > 0 ? Role::text : Role::muted), Anchor::end);
    scene.spot(row, "dossier " + std::to_string(i), d.title.in(text::language()));
}

void draw_heads(const Context& c, Scene& scene, const Columns& at, const JuryRound& round, const Box& box) {
    const double y = box.y0 + 12;
    const auto head = [&](double right, double room, const std::string& words) {
        const std::vector<std::string> lines = wrapped(words, room, Type::caption, c.measure);
        for (std::size_t k = 0; k < lines.size(); ++k)
            scene.words({right, y + 13.0 * static_cast<double>(k)}, lines[k], Type::caption, ink(Role::muted),
                        Anchor::end);
    };
    head(at.number, 58, round.ranks ? tr("mean place") : tr("number"));
    scene.words({at.title, y}, tr("dossier"), Type::caption, ink(Role::muted));
    const std::vector<std::string> shares =
        wrapped(tr("points by bench, share of the highest possible"), at.plot1 - at.plot0, Type::caption, c.measure);
    for (std::size_t k = 0; k < shares.size(); ++k)
        scene.words({at.plot0, y + 13.0 * static_cast<double>(k)}, shares[k], Type::caption, ink(Role::muted));
    head(at.among, 64, among_words(round));
    head(at.findings, 74, tr("can refuse / to judge"));
    head(at.result, 70, tr("simulated changes told"));
}

void draw_table(const Context& c, Scene& scene, const Box& box, const JuryRound& round) {
    const Columns at{box.x0 + 56,  box.x0 + 68,  box.x0 + box.width() * 0.44, box.x1 - 250, box.x1 - 172,
                     box.x1 - 84, box.x1};
    draw_heads(c, scene, at, round, box);
    const double top = box.y0 + 44, foot = 56;
    const double height =
        std::clamp((box.y1 - foot - top) / std::max<double>(1, static_cast<double>(round.dossiers.size())), 20.0, 34.0);
    const auto fit = static_cast<std::size_t>(std::max(1.0, (box.y1 - foot - top) / height));
    const std::size_t first = round.dossiers.size() > fit
                                  ? std::min(static_cast<std::size_t>(c.state.scroll), round.dossiers.size() - fit)
                                  : 0;
    for (double share = 0; share <= 1.001; share += 0.25) {
        const double x = at.plot0 + (at.plot1 - at.plot0) * share;
        scene.line({{x, top}, {x, top + height * static_cast<double>(std::min(fit, round.dossiers.size()))}},
                   ink(Role::grid), 1);
    }
    const double below = top + height * static_cast<double>(std::min(fit, round.dossiers.size())) + 12;
    scene.words({at.plot0, below}, "0", Type::caption, ink(Role::muted), Anchor::middle);
    scene.words({at.plot1, below}, "100 %", Type::caption, ink(Role::muted), Anchor::middle);
    double y = top;
    for (std::size_t i = first; i < std::min(first + fit, round.dossiers.size()); ++i) {
        const RoundDossier& d = round.dossiers[i];
        const bool begins = i == first || d.group != round.dossiers[i - 1].group || d.scored != round.dossiers[i - 1].scored;
        if (round.ranks && begins && i > first)
            scene.line({{box.x0, y}, {box.x1, y}}, ink(Role::faint), 1, true);
        draw_row(c, scene, at, round, i, {box.x0 - 6, y, box.x1 + 6, y + height});
        y += height;
    }
    double x = at.number + 12;
    const double key = box.y1 - 26;
    for (std::size_t b = 0; b < round.benches.size(); ++b) {
        const std::string name = round.benches[b].in(text::language());
        const double w = c.measure.width(name, Type::caption) + 26;
        const double line = x + w > box.x1 ? 16 : 0;
        if (line > 0)
            x = at.number + 12;
        scene.arm_mark({x, key + (b >= 3 ? 16 : 0) - 4}, 4, static_cast<int>(b), arm_ink(static_cast<int>(b)));
        scene.words({x + 9, key + (b >= 3 ? 16 : 0)}, name, Type::caption, ink(Role::muted));
        x += w;
        if (b == 2)
            x = at.number + 12;
    }
}

/// One dossier: its weak spots and what its simulation can tell.
void draw_dossier(const Context& c, Scene& scene, const Box& box, const RoundDossier& d) {
    const Lang lang = text::language();
    double y = box.y0;
    const auto say = [&](const std::string& words, Type type, const Ink& colour, double indent, double gap) {
        if (y + 20 < box.y1)
            y += scene.paragraph({box.x0 + indent, y, box.x1, box.y1}, words, type, c.measure, colour) + gap;
    };
    say(d.title.in(lang), Type::label, ink(Role::text), 0, 4);
    say(fill(tr("{people} people · asks {eur} EUR a year"),
             {{"people", text::number(d.people, 0)}, {"eur", text::number(d.eur_a_year, 0)}}),
        Type::small, ink(Role::muted), 0, 14);
    for (const app::RoundFinding& f : d.findings) {
        if (y + 60 > box.y1)
            break;
        scene.sign_mark({box.x0 + 6, y + 9}, 4.5, f.can_refuse ? Sign::worse : Sign::cannot_tell);
        say(f.condition.in(lang), Type::small, ink(f.can_refuse ? Role::worse : Role::text), 18, 2);
        say(f.found.in(lang), Type::small, ink(Role::muted), 18, f.cure.empty() ? 10 : 2);
        if (!f.cure.empty())
            say(fill(tr("To cure: {what}"), {{"what", f.cure.in(lang)}}), Type::small, ink(Role::muted), 18, 10);
    }
    if (d.findings.empty())
        say(tr("No condition is found that can refuse it."), Type::small, ink(Role::muted), 0, 10);
    y += 4;
    if (d.impacts.empty())
        return say(tr("Not simulated in this sitting."), Type::small, ink(Role::muted), 0, 0);
    say(fill(tr("Simulated over the plan, run {run}"), {{"run", d.run}}), Type::label, ink(Role::text), 0, 4);
    if (d.told() == 0)
        say(tr("No score surely changes by what matters."), Type::small, ink(Role::muted), 0, 6);
    for (const app::RoundImpact& i : d.impacts)
        if (i.verdict == "better" || i.verdict == "worse")
            say(i.score.in(lang) + ": " + text::range(i.difference, text::decimals_for(i.difference.middle, 2, 3)),
                Type::small, ink(i.verdict == "better" ? Role::better : Role::worse), 0, 2);
}

/// What all dossiers have in common, when none is chosen.
void draw_whole(const Context& c, Scene& scene, const Box& box, const JuryRound& round) {
    double y = box.y0;
    const auto say = [&](const std::string& words, Type type, const Ink& colour, double gap) {
        y += scene.paragraph({box.x0, y, box.x1, box.y1}, words, type, c.measure, colour) + gap;
    };
    say(tr("How to read"), Type::label, ink(Role::text), 4);
    say(reading_words(round),
        Type::small, ink(Role::muted), 10);
    say(tr("The jury advises and somebody else decides; nothing here keeps a dossier out."), Type::small,
        ink(Role::muted), 16);
    say(tr("Conditions that can refuse a dossier"), Type::label, ink(Role::text), 4);
    const Lang lang = text::language();
    bool any = false;
    for (const RoundDossier& d : round.dossiers)
        for (const app::RoundFinding& f : d.findings) {
            if (!f.can_refuse || y + 60 > box.y1)
                continue;
            any = true;
            say(d.title.in(lang), Type::small, ink(Role::worse), 0);
            say(f.condition.in(lang), Type::small, ink(Role::muted), 8);
        }
    if (!any)
        say(tr("None is found."), Type::small, ink(Role::muted), 0);
}

void fill_table(const JuryRound& round, Page& page) {
    const Lang lang = text::language();
    DataTable& t = page.picture.table;
    t.columns = {tr("dossier")};
    if (round.ranks)
        t.columns.push_back(tr("mean place"));
    t.columns.push_back(among_words(round));
    for (const LocalText& bench : round.benches)
        t.columns.push_back(bench.in(lang));
    t.columns.insert(t.columns.end(), {tr("can refuse"), tr("to judge"), tr("simulated changes told")});
    for (const RoundDossier& d : round.dossiers) {
        std::vector<std::string> row = {d.title.in(lang)};
        if (round.ranks)
            row.push_back(text::number(d.mean_place, 2));
        row.push_back(text::number(d.among_first, 3));
        for (std::size_t b = 0; b < round.benches.size(); ++b)
            row.push_back(b < d.bench_share.size() ? text::number(d.bench_share[b], 3) : "");
        const int refuse = d.refusals();
        row.insert(row.end(), {std::to_string(refuse), std::to_string(static_cast<int>(d.findings.size()) - refuse),
                               d.impacts.empty() ? "" : std::to_string(d.told())});
        t.rows.push_back(std::move(row));
    }
}

}  // namespace

std::string jury_answer(const Context& c) {
    if (!c.work.round)
        return tr("A jury compares proposals of one call. No round is kept here yet.");
    const JuryRound& round = *c.work.round;
    const auto refused = std::count_if(round.dossiers.begin(), round.dossiers.end(),
                                       [](const RoundDossier& d) { return d.refusals() > 0; });
    std::string out =
        fill(tr("Of {n} dossiers {refused} have a condition that can refuse them."),
             {{"n", static_cast<long long>(round.dossiers.size())}, {"refused", static_cast<long long>(refused)}});
    if (const std::size_t most = largest_scored_group(round); most > 1)
        out += " " + fill(tr("By scores and weights {most} stand in one group that cannot be separated."),
                          {{"most", static_cast<long long>(most)}});
    std::size_t simulated = 0;
    for (const auto& group : round.not_told_apart)
        simulated += group.size();
    if (simulated > 1)
        out += " " + fill(tr("Of {n} simulated dossiers, {most} cannot be told apart by their simulated results."),
                          {{"n", static_cast<long long>(simulated)},
                           {"most", static_cast<long long>(round.not_told_apart.front().size())}});
    return out;
}

void draw_jury(const Context& c, const Box& box, Scene& scene, Page& page) {
    if (!c.work.round) {
        page.is_empty = true;
        return empty_state(c, scene, box,
                           tr("The command below checks every proposal of a call, simulates it and writes the scoring "
                              "sheets, the ranking and the minutes."),
                           "./tresse jury scenarios/jury");
    }
    const JuryRound& round = *c.work.round;
    take_picture(scene, box, page, [&](Scene& own) {
        draw_table(c, own, card(own, {box.x0, box.y0, box.x1 - aside - 16, box.y1}), round);
        const Box side = card(own, {box.x1 - aside, box.y0, box.x1, box.y1});
        if (c.state.dossier >= 0 && c.state.dossier < static_cast<int>(round.dossiers.size()))
            draw_dossier(c, own, side, round.dossiers[static_cast<std::size_t>(c.state.dossier)]);
        else
            draw_whole(c, own, side, round);
    });
    name_picture(c, page, "jury", reading_words(round));
    fill_table(round, page);
}

}  // namespace tresse::viz::explorer
