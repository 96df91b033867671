#include <algorithm>
#include <cmath>
#include <set>

#include "jury_parts.hpp"
#include "parts.hpp"
#include "tresse/app/answer.hpp"
#include "tresse/app/simulate.hpp"
#include "tresse/core/check.hpp"
#include "tresse/core/csv.hpp"
#include "tresse/core/file.hpp"
#include "tresse/core/problems.hpp"
#include "tresse/core/text/catalogue.hpp"

namespace tresse::app {

namespace {

using jury::Impact;
using jury::tr;
using measure::RunRecord;
using scenario::Call;
using scenario::Proposal;

/// Providers of an area that could join a shared record, per 1,000 inhabitants. Source: A-958.
constexpr double providers_per_1000 = 3.5;

constexpr const char* pack_date = "2026-01";

std::string quoted(const std::string& text) {
    std::string out = "\"";
    for (const char c : text)
        out += c == '"' || c == '\\' ? std::string("\\") + c : std::string(1, c);
    return out + "\"";
}

/// Month of the calendar of a month of the plan, from 1.
std::string month_of_plan(int month) {
    return (Month::of(2026, 1) + (month - 1)).text();
}

/// One line of the plan per action of the library: the same action twice is one with the sum.
struct PlannedUse {
    std::string use;
    double eur = 0, providers = 0;
    int from = 1;
};

std::vector<PlannedUse> planned(const Proposal& p) {
    std::vector<PlannedUse> out;
    for (const scenario::ProposalAction& a : p.actions) {
        if (a.use.empty())
            continue;
        auto same = std::find_if(out.begin(), out.end(), [&](const PlannedUse& u) { return u.use == a.use; });
        if (same == out.end())
            same = out.insert(out.end(), {a.use, 0, 0, a.from_month});
        same->eur += a.eur_per_year, same->providers += a.providers;
        same->from = std::min(same->from, a.from_month);
    }
    return out;
}

std::string organisation(const Proposal& p, double coordination, double actions, int months) {
    const int first_year = [&] {
        int month = months;
        for (const PlannedUse& u : planned(p))
            month = std::min(month, u.from);
        return (month - 1) / 12 + 1;
    }();
    const std::string years = std::to_string((months + 11) / 12);
    std::string out = "    organisation:\n      use: pilot-consortium\n      start: " + std::string(pack_date) + "\n      end: " + month_of_plan(months) + "\n      grants:\n";
    const auto grant = [&](const char* purpose, double eur, int from) {
        if (eur > 0)
            out += "        - {for: " + std::string(purpose) + ", eur_per_year: " + number_text(eur) + ", years: " + std::to_string(from) + "-" + years + ", payer: nihdi_health_care, source: A-961}\n";
    };
    grant("coordination", coordination, 1);
    grant("actions", actions, first_year);
    return out;
}

std::string components(const std::vector<PlannedUse>& uses, double actions_eur, double people, int months) {
    double sum = 0;
    for (const PlannedUse& u : uses)
        sum += u.eur;
    std::string out;
    for (const PlannedUse& u : uses) {
        if (u.from > months)
            continue;
        out += "      - {use: " + u.use + ", start: " + month_of_plan(u.from) + ", ";
        if (u.providers > 0)
            out += "reach: {share_of_providers: " + number_text(std::min(1.0, u.providers / (people / 1000 * providers_per_1000))) + "}}\n";
        else
            out += "budget_share: " + number_text(std::min(1.0, std::floor(u.eur / std::max(sum, actions_eur) * 1e6) / 1e6)) + "}\n";
    }
    return out.empty() ? "" : "    components:\n" + out;
}

RunRecord part_of(const RunRecord& record, std::size_t from, std::size_t to) {
    RunRecord out = record;
    out.years.erase(out.years.begin() + static_cast<std::ptrdiff_t>(std::min(to, out.years.size())), out.years.end());
    out.years.erase(out.years.begin(), out.years.begin() + static_cast<std::ptrdiff_t>(std::min(from, out.years.size())));
    return out;
}

jury::ImpactCell cell_of(const decide::ComparedRow& row) {
    jury::ImpactCell cell;
    cell.difference = row.difference.uncertainty;
    cell.difference.middle = row.difference.defined() ? row.difference.expected : jury::unknown;
    cell.verdict = row.verdict;
    return cell;
}

/// Scores over some of the years of the horizon. Shape: arms today, plan, placebo, benchmark.
std::vector<jury::ImpactRow> rows_of(const Compared& c) {
    std::vector<jury::ImpactRow> out;
    TRESSE_CHECK(c.results.size() == 3, "a dossier is simulated in four arms");
    for (std::size_t i = 0; i < c.rows.size(); ++i) {
        const measure::Score& score = measure::score(c.rows[i].score);
        if (c.rulers[i].direction == measure::Direction::none)
            continue;
        jury::ImpactRow row;
        row.id = c.rows[i].id;
        row.name = score.name, row.unit = score.unit, row.digits = score.digits;
        row.direction = c.rulers[i].direction, row.smallest = c.rulers[i].smallest_difference;
        const measure::Value base = c.results[0].rows[i].base;
        row.base = base ? *base : jury::unknown;
        row.plan = cell_of(c.results[0].rows[i]), row.placebo = cell_of(c.results[1].rows[i]), row.benchmark = cell_of(c.results[2].rows[i]);
        out.push_back(std::move(row));
    }
    return out;
}

std::vector<jury::ImpactRow> window(const Simulated& run, const scenario::Scores& scores, std::size_t from, std::size_t to) {
    std::vector<RunRecord> cut;
    cut.reserve(run.records.size());
    for (const RunRecord& record : run.records)
        cut.push_back(part_of(record, from, to));
    return rows_of(compared(arms_of(*run.scenario, cut), scores));
}

double reached_per_1000(const ArmRun& arm, double people) {
    double reached = 0;
    for (const viz::BriefMeans& m : means_of(arm))
        reached += m.reached;
    return people > 0 ? reached / people * 1000 : jury::unknown;
}

/// Charged and spent, and what each action did. Shape: `plan` is the arm of the plan, cut to the months of the plan.
void add_actions(Impact& out, const ArmRun& plan, const Proposal& p) {
    const world::Catalogue& c = *plan.scenario->catalogue;
    const int organisation = c.account("organisation"), wages = c.account("wages"), grant = c.rule("organisation-grant");
    const auto whole = [](const RunRecord& r, double cents) { return cents / 100 * r.sample; };
    out.charged_eur = mean_of(plan, [&](const RunRecord& r, const ArmRun&) { return decide::Value(whole(r, programme_cents(r, c))); });
    out.coordination_eur = mean_of(plan, [&](const RunRecord& r, const ArmRun&) {
        double cents = 0;
        for (const measure::YearRecord& year : r.years)
            for (const world::Posting& one : year.postings)
                if (one.rule == grant && one.from == organisation && one.to == wages)
                    cents += static_cast<double>(one.cents);
        return decide::Value(whole(r, cents));
    });
    const int months = std::min(out.plan_months, p.years > 0 ? p.years * 12 : out.plan_months);
    std::size_t k = 0;
    for (const model::Action& action : scenario::compile_policy(*plan.scenario, plan.arm, 0).actions) {
        jury::SimulatedAction a;
        const world::ActionName& name = c.actions.at(static_cast<std::size_t>(action.index));
        a.name = name.name.empty() ? LocalText(name.id) : name.name;
        const int begun = std::max(0, action.start - plan.scenario->start);
        for (const RunRecord* r : plan.futures)
            for (const measure::YearRecord& year : r->years) {
                if (k >= year.actions.size())
                    continue;
                const measure::ActionYear& y = year.actions[k];
                const double scale = static_cast<double>(r->sample) / static_cast<double>(plan.futures.size()), running = std::max(1, months - begun);
                a.spent_eur += scale * static_cast<double>(y.spent) / 100;
                a.refused += scale * static_cast<double>(y.refused), a.began += scale * static_cast<double>(y.reached);
                a.posts_wanted += scale * static_cast<double>(y.posts_wanted) / 1000 / running;
                a.posts_filled += scale * static_cast<double>(y.posts_filled) / 1000 / running;
            }
        out.actions.push_back(std::move(a));
        ++k;
    }
}

/// People who began until the end of each year of the plan, with the range of the futures.
void add_began(Impact& out, const ArmRun& plan, std::size_t years) {
    for (std::size_t last = 1; last <= years; ++last) {
        std::vector<double> people;
        for (const RunRecord* r : plan.futures) {
            double sum = 0;
            for (std::size_t y = 0; y < std::min(last, r->years.size()); ++y)
                for (const measure::ActionYear& a : r->years[y].actions)
                    sum += static_cast<double>(a.reached) * r->sample;
            people.push_back(sum);
        }
        out.began_by_year.push_back(mean_interval(people, 0.95));
    }
}

/// Money, posts and people over the years of the plan.
void add_means(Impact& out, const Simulated& run, const Proposal& p, std::size_t years) {
    std::vector<RunRecord> cut;
    for (const RunRecord& record : run.records)
        cut.push_back(part_of(record, 0, years));
    const auto arms = arms_of(*run.scenario, cut);
    add_actions(out, arms[1], p);
    add_began(out, arms[1], years);
    for (const jury::SimulatedAction& a : out.actions)
        out.posts_wanted += a.posts_wanted, out.posts_filled += a.posts_filled;
    out.reached_per_1000 = reached_per_1000(arms[1], out.people), out.benchmark_reached_per_1000 = reached_per_1000(arms[3], out.people);
    const double cents = mean_of(arms[1], [](const RunRecord& r, const ArmRun& a) { return decide::Value(programme_cents(r, *a.scenario->catalogue)); });
    const double heads = mean_of(arms[1], [](const RunRecord& r, const ArmRun&) { return decide::Value(measure::person_years(r)); });
    out.eur_per_head = heads > 0 ? cents / 100 / heads : jury::unknown;
}

Impact not_simulated(std::string_view why) {
    Impact out;
    out.why_not = {why, {}};
    return out;
}

/// What a reader must know of the way from the dossier to the scenario.
void add_remarks(Impact& out, const Proposal& p) {
    if (!p.parts.empty())
        out.remarks.push_back({tr("A municipality of which only a part belongs to the project is simulated whole."), {}});
    if (p.own_means_eur > 0)
        out.remarks.push_back({tr("The partners' own means, {eur} EUR a year, are not in the simulation: it has the money that is asked."), {jury::arg("eur", p.own_means_eur)}});
    if (p.actions_sum_eur() > p.actions_eur + 1)
        out.remarks.push_back({tr("The actions cost more than is asked: the simulation gives each the same part of what it costs."), {}});
    for (const scenario::ProposalAction& a : p.actions)
        if (a.use.empty())
            out.remarks.push_back({tr("Not simulated, since the library has no such action: {what}"), {jury::arg("what", a.what)}});
    if (std::any_of(p.actions.begin(), p.actions.end(), [](const auto& a) { return a.fte() > 0; }))
        out.remarks.push_back({tr("Actions are staffed from their money at the library's cost of an hour, not from the posts of the dossier."), {}});
}

}  // namespace

std::string scenario_of(const Call& call, const Proposal& p, const scenario::Region& region) {
    const int months = std::min(call.plan_months, p.years > 0 ? p.years * 12 : call.plan_months);
    double people = 0;
    std::string nis;
    for (const int m : p.municipalities) {
        const auto& place = region.municipalities[static_cast<std::size_t>(m)];
        people += place.inhabitants();
        nis += (nis.empty() ? "" : ", ") + std::to_string(place.nis);
    }
    std::string title;
    for (const Lang lang : {Lang::en, Lang::fr, Lang::nl, Lang::de})
        title += (title.empty() ? "" : ", ") + std::string(lang_code(lang)) + ": " + quoted(p.title.in(lang));
    const auto uses = planned(p);
    std::vector<PlannedUse> best = {{call.benchmark, p.actions_eur, 0, uses.empty() ? 1 : uses.front().from}};
    for (const PlannedUse& u : uses)
        best[0].from = std::min(best[0].from, u.from);
    std::string out = "# Made from the dossier " + p.id + " by tresse jury.\nformat: 1\nkind: scenario\nid: jury-" + p.id + "\ntitle: {" + title + "}\nquestion: {en: \"What would this dossier do in its own area?\"}\n";
    out += "area: {municipalities: [" + nis + "]}\ntime: {start: " + pack_date + ", settling_months: 36, policy_months: " + std::to_string(call.plan_months + call.after_months) + "}\n";
    out += "money: {euros_of: 2025, rules_as_of: " + std::string(pack_date) + ", indexation: health_index}\nruns: {replicates: 6, seed: 2026, sample: 20}\nbase: today\narms:\n";
    out += "  - id: today\n    label: {en: Today, fr: Aujourd'hui, nl: Vandaag, de: Heute}\n";
    out += "  - id: plan\n    label: {en: Plan, fr: Projet, nl: Plan, de: Plan}\n" + organisation(p, p.coordination_eur, p.actions_eur, months) + components(uses, p.actions_eur, people, months);
    out += "  - id: placebo\n    label: {en: Same money without action, fr: Même argent sans action, nl: Zelfde geld zonder actie, de: Gleiches Geld ohne Aktion}\n" + organisation(p, p.coordination_eur + p.actions_eur, 0, months);
    out += "  - id: benchmark\n    label: {en: Same money on follow-up, fr: Même argent pour le suivi, nl: Zelfde geld voor opvolging, de: Gleiches Geld für Nachsorge}\n" + organisation(p, p.coordination_eur, p.actions_eur, months) + (call.benchmark.empty() || p.actions_eur <= 0 ? "" : components(best, p.actions_eur, people, months));
    return out;
}

Impact simulate_dossier(const Call& call, const Proposal& p, const JuryLibrary& library, const std::string& folder, const Options& options, Session& session) {
    if (!p.area_readable)
        return not_simulated(tr("Not simulated: the area cannot be read."));
    if (!p.plan_readable || !p.money_stated)
        return not_simulated(tr("Not simulated: the plan or its money cannot be read."));
    if (p.coordination_eur + p.actions_eur <= 0)
        return not_simulated(tr("Not simulated: no money is asked."));
    const std::string path = join_path(folder, p.id + ".yaml");
    write_new(path, scenario_of(call, p, *library.reference->region));
    std::shared_ptr<const scenario::Scenario> loaded;
    try {
        loaded = load(path, options, session);
    } catch (const BadInput& bad) {
        // one dossier that makes no scenario does not hold up the others: the jury reads why
        Impact out = not_simulated(tr("Not simulated: {why}"));
        out.why_not.args.push_back(jury::arg("why", bad.problems().list().front().where + ": " + bad.problems().list().front().message));
        return out;
    }
    Simulated run = simulate(path, loaded, {}, options, session);
    if (run.stopped)
        throw MachineRefused(text::tr("Stopped."));
    if (!run.reused)
        finish(run, options, session);  // a run that was found has its tables and its report
    Impact out;
    out.simulated = true;
    out.run = run.manifest.code(), out.folder = run.folder;
    out.sample = run.scenario->sample, out.replicates = run.scenario->replicates;
    for (const int m : run.scenario->area.municipalities)
        out.people += run.scenario->region->municipalities[static_cast<std::size_t>(m)].inhabitants();
    const std::size_t all = static_cast<std::size_t>(run.scenario->policy_months) / 12;
    const std::size_t during = std::min(all, static_cast<std::size_t>(call.plan_months) / 12);
    out.plan_months = static_cast<int>(std::max<std::size_t>(during, 1)) * 12;
    out.after_months = static_cast<int>(all - during) * 12;
    const scenario::Scores scores = scores_of(session);
    out.during = window(run, scores, 0, std::max<std::size_t>(during, 1));
    if (all > during)
        out.after = window(run, scores, during, all);
    add_means(out, run, p, std::max<std::size_t>(during, 1));
    add_remarks(out, p);
    return out;
}

}  // namespace tresse::app
