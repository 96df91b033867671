#include <algorithm>
#include <cmath>

#include "tresse/app/answer.hpp"
#include "tresse/core/csv.hpp"
#include "tresse/core/hash.hpp"
#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"
#include "tresse/scenario/arm.hpp"

#include "explain_parts.hpp"
#include "parts.hpp"

namespace tresse::app {

namespace {

using text::fill;
using text::number;
using text::tr;

char direction_of(measure::Direction direction) {
    switch (direction) {
    case measure::Direction::more:
        return '+';
    case measure::Direction::less:
        return '-';
    case measure::Direction::closer_to_zero:
        return '0';
    case measure::Direction::none:
        break;
    }
    return ' ';
}

viz::BriefRow row_of(const Compared& c, std::size_t i) {
    const measure::Score& score = measure::score(c.rows[i].score);
    viz::BriefRow row;
    row.id = c.rows[i].id;
    row.label = row_name(c.rows[i], c.catalogue());
    row.unit = tr(score.unit);
    const scenario::ScoreSpec* spec = c.scores.find(score.id);
    row.how_to_read = spec ? text::tr(spec->how_to_read) : tr(score.how_to_read);
    row.family = static_cast<int>(score.family);
    row.direction = direction_of(c.rulers[i].direction);
    row.digits = score.digits;
    row.part = c.rows[i].account >= 0;
    row.memo = c.rows[i].score == measure::ScoreId::unpaid_hours_per_head;
    row.smallest = c.rulers[i].smallest_difference;
    double sum = 0;
    int count = 0;
    for (const decide::PieceValues& piece : c.pieces)
        if (piece.arm == 0 && piece.values[i])
            sum += *piece.values[i], ++count;
    row.base = count > 0 ? sum / count : viz::unknown;
    for (const decide::ComparedArm& arm : c.results) {
        const decide::ComparedRow& compared = arm.rows[i];
        viz::BriefCell cell;
        cell.difference = compared.difference.uncertainty;
        cell.difference.middle = compared.difference.defined() ? compared.difference.expected : viz::unknown;
        cell.sign = viz::sign_of(compared.verdict);
        if (compared.detectability.defined)
            cell.seen = compared.detectability.seen ? viz::BriefCell::Seen::yes : viz::BriefCell::Seen::no;
        row.arms.push_back(cell);
    }
    return row;
}

/// Accounts that carry less than a euro a head, before and after, are left out.
bool is_shown(const viz::BriefRow& row) {
    if (!row.part)
        return true;
    bool large = std::fabs(row.base) >= 1;
    for (const viz::BriefCell& cell : row.arms)
        large = large || std::fabs(cell.difference.middle) >= 1;
    return large;
}

/// Names of scores, those of gaps marked, since a gap has the name of what it is a gap of.
std::string score_names(const Compared& c, const std::vector<std::string>& ids) {
    std::string out;
    for (const std::string& id : ids)
        for (const measure::ScoreRow& row : c.rows)
            if (row.id == id) {
                const bool gap = measure::score(row.score).family == measure::Family::equity;
                const std::string name = row_name(row, c.catalogue());
                out += (out.empty() ? "" : tr("; ")) +
                       (gap ? fill(tr("gap between income fifths in: {name}"), {{"name", name}}) : name);
            }
    return out;
}

std::string say(const Compared& c, const decide::Sentence& s) {
    const auto value = [&](std::size_t i) {
        if (i >= s.numbers.size())
            return std::string();
        const double v = s.numbers[i];
        const int digits = text::decimals_for(v, 2, 1);
        return i == 0 && s.say != decide::Say::cost_unclear && s.say != decide::Say::cost_no_range ? number(v, digits) : text::signed_number(v, digits);
    };
    const int n = static_cast<int>(s.scores.size());
    if (s.say == decide::Say::same)
        return fill(
            text::tr_n("{n} row without a difference that matters.", "{n} rows without a difference that matters.", n),
            {{"n", n}});
    if (s.say == decide::Say::cannot_tell && n > 3)
        return fill(tr("Cannot tell: {n} rows."), {{"n", n}});
    return fill(tr(decide::message(s.say)),
                {{"scores", score_names(c, s.scores)}, {"number", value(0)}, {"low", value(1)}, {"high", value(2)}});
}

std::string seen_words(const Compared& c, const decide::ComparedArm& arm) {
    std::vector<std::string> seen;
    bool asked = false;
    for (const decide::ComparedRow& row : arm.rows) {
        if (row.verdict == decide::Verdict::none || !row.detectability.defined)
            continue;
        asked = true;
        if (row.detectability.seen)
            seen.push_back(row.score);
    }
    if (!asked)
        return "";
    return seen.empty() ? tr("no row.") : fill(tr("only: {scores}."), {{"scores", score_names(c, seen)}});
}

std::vector<viz::BriefAssumption> assumptions_of(const Compared& c, const scenario::SourceRegister* sources) {
    std::vector<viz::BriefAssumption> out;
    const auto known = [&](const std::string& key) {
        return std::any_of(out.begin(), out.end(), [&](const auto& a) { return a.what == key; });
    };
    for (const ArmRun& arm : c.arms)
        for (const scenario::ComponentUse& use : arm.scenario->arms[static_cast<std::size_t>(arm.arm)].spec->components)
            for (const Uncertain* u : scenario::uncertain_of(use.action)) {
                if (!u->is_assumption() || u->law == Law::fixed || known(u->key))
                    continue;
                const scenario::Source* source = sources ? sources->find(u->source) : nullptr;
                out.push_back(
                    {u->source, u->key,
                     number_text(u->value) + " (" + number_text(u->low) + " \u2013 " + number_text(u->high) + ")",
                     source ? source->why : ""});
            }
    for (const Uncertain* u : c.scenario().uncertain())
        if (const std::string reason = own_reason(u->source); !reason.empty() && !known(u->key))
            out.push_back({tr("own choice"), u->key, number_text(u->value) + " (" + number_text(u->low) + " \u2013 " + number_text(u->high) + ")", reason});
    return out;
}

void count_numbers(const Compared& c, viz::Brief& b) {
    for (const Uncertain* u : c.scenario().uncertain()) {
        if (u->law == Law::fixed)
            continue;
        ++b.uncertain;
        b.assumed += u->is_assumption() ? 1 : 0;
    }
}

void describe_run(const Compared& c, const store::Manifest& manifest, viz::Brief& b) {
    const scenario::Scenario& s = c.scenario();
    b.scenario = s.id;
    b.title = tr(s.title);
    b.question = tr(s.question);
    b.area = tr(s.area.name);
    b.municipalities = static_cast<int>(s.area.municipalities.size());
    b.months = s.policy_months;
    b.start = s.start;
    b.rules_as_of = s.rules_as_of;
    b.euros_of = s.euros_of;
    b.sample = s.sample;
    b.draws = s.draw_parameters && c.arms[0].futures.size() > 1;
    b.replicates = static_cast<int>(c.arms[0].futures.size());
    b.planned_replicates = manifest.replicates;
    const measure::RunRecord& first = *c.arms[0].futures.front();
    b.people = static_cast<double>(first.start.persons()) * first.sample;
    b.decides = what_decides(c);
    b.run = b.run_word = manifest.code();
    b.date = date_words(manifest.started);
    b.version = manifest.version;
    b.result = manifest.result == 0 ? "\u2013" : hex(manifest.result, 8);
    b.program = manifest.commit;
    b.seconds = manifest.seconds;
    b.megabytes = manifest.megabytes;
    b.threads = manifest.threads;
    if (s.too_small_for_policy())
        b.warnings.push_back(too_small_words(s));
    if (b.sample > 1)
        b.warnings.push_back(
            fill(tr("Sample, do not quote: one household in {n} was simulated, providers in proportion."),
                 {{"n", b.sample}}));
    if (b.replicates < b.planned_replicates)
        b.warnings.push_back(fill(tr("Incomplete: {done} of {all} futures; ranges are wider than they will be."),
                                  {{"done", b.replicates}, {"all", b.planned_replicates}}));
    for (const std::string& remark : s.area.remarks)
        b.warnings.push_back(remark);
}

}  // namespace

std::string too_small_words(const scenario::Scenario& s) {
    return fill(tr("Too small for policy: {area} has {n} inhabitants, and in so small a place chance is larger than any effect. Good for learning the tool."),
                {{"area", text::tr(s.area.name)}, {"n", number(scenario::inhabitants_of(*s.region, s.area), 0)}});
}

std::vector<std::string> family_names() {
    return {tr("HEALTH"), tr("EXPERIENCE AND QUALITY"), tr("COST, EUR per inhabitant a year"), tr("CARE WORKERS"),
            tr("EQUITY, lowest minus highest income fifth")};
}

viz::Brief make_brief(const Compared& c, const store::Manifest& manifest, const std::string& folder,
                      const scenario::SourceRegister* sources) {
    viz::Brief b;
    b.folder = folder;
    describe_run(c, manifest, b);
    count_numbers(c, b);
    b.families = family_names();
    for (std::size_t i = 0; i < c.arms.size(); ++i) {
        viz::BriefArm arm;
        arm.letter = std::string(1, static_cast<char>('A' + i));
        arm.id = c.arms[i].id;
        arm.label = tr(c.arms[i].scenario->arms[static_cast<std::size_t>(c.arms[i].arm)].label);
        if (arm.label.empty())
            arm.label = arm.id;
        arm.actions = means_of(c.arms[i]);
        for (const viz::BriefMeans& m : arm.actions) {
            arm.all.eur += m.eur, arm.all.posts_wanted += m.posts_wanted, arm.all.posts_filled += m.posts_filled;
            arm.all.hours += m.hours, arm.all.meant += m.meant, arm.all.refused += m.refused;
            arm.all.reached += m.reached, arm.all.taking_part += m.taking_part;
        }
        arm.adds = adds_words(c, i, arm.all);
        if (i > 0) {
            for (const decide::Sentence& s : decide::sentences(c.results[i - 1]))
                if (s.say != decide::Say::seen && s.say != decide::Say::seen_none)
                    arm.in_words += (arm.in_words.empty() ? "" : " ") + say(c, s);
            arm.seen = seen_words(c, c.results[i - 1]);
        }
        b.arms.push_back(std::move(arm));
    }
    for (std::size_t i = 0; i < c.rows.size(); ++i)
        if (viz::BriefRow row = row_of(c, i); is_shown(row))
            b.rows.push_back(std::move(row));
    b.payers = payers_of(c);
    b.assumptions = assumptions_of(c, sources);
    b.tables = tables_of(c);
    b.figures = figures_of(c, b);
    return b;
}

}  // namespace tresse::app
