#include <algorithm>

#include "tresse/app/answer.hpp"
#include "tresse/app/commands.hpp"
#include "tresse/app/simulate.hpp"
#include "tresse/core/problems.hpp"
#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"
#include "tresse/core/text/layout.hpp"

#include "municipalities.hpp"

namespace tresse::app {

namespace {

using measure::KindYear;
using measure::RunRecord;
using store::cell;
using store::Type;
using text::fill;
using text::number;
using text::pad_left;
using text::pad_right;
using text::tr;

/// Mean over futures and years. Units: posts; shares; hours or bed-days a year.
struct Supply {
    double posts = 0, filled = 0, demand = 0, capacity = 0, served = 0;
    double use() const { return capacity > 0 ? demand / capacity : viz::unknown; }
};

void add(Supply& s, const KindYear& k, double weight, double months) {
    s.posts += weight * static_cast<double>(k.posts) / 1000 / months;
    s.filled += weight * static_cast<double>(k.filled) / 1000 / months;
    s.demand += weight * static_cast<double>(k.demand);
    s.capacity += weight * static_cast<double>(k.capacity);
    s.served += weight * static_cast<double>(k.served);
}

/// By kind, or by kind in one place. Weight: scaled to the whole area when a sample was simulated.
std::vector<Supply> supply_of(const ArmRun& arm, int place) {
    const std::size_t kinds = arm.scenario->catalogue->kinds.size();
    std::vector<Supply> out(kinds);
    for (const RunRecord* r : arm.futures) {
        int months = 0;
        for (const auto& year : r->years)
            months += year.months;
        const double weight = static_cast<double>(r->sample) / static_cast<double>(arm.futures.size());
        for (const auto& year : r->years)
            for (std::size_t k = 0; k < kinds; ++k) {
                const auto& list = place < 0 ? year.kinds : year.place_kinds;
                const std::size_t at = place < 0 ? k : static_cast<std::size_t>(place) * kinds + k;
                if (at < list.size())
                    add(out[k], list[at], weight, months);
            }
    }
    return out;
}

store::Table supply_table(const ArmRun& arm) {
    const world::Catalogue& c = *arm.scenario->catalogue;
    store::Table t{"supply",
                   {{"arm"},
                    {"municipality"},
                    {"kind"},
                    {"posts", Type::real},
                    {"filled", Type::real},
                    {"asked_over_capacity", Type::real},
                    {"served_over_asked", Type::real}},
                   {}};
    for (int place = -1; place < static_cast<int>(c.places.size()); ++place) {
        const auto supply = supply_of(arm, place);
        for (std::size_t k = 0; k < supply.size(); ++k)
            if (supply[k].posts > 0 || supply[k].capacity > 0)
                t.rows.push_back({arm.id,
                                  place < 0 ? "" : std::to_string(c.places[static_cast<std::size_t>(place)].nis),
                                  c.kinds[k].id, cell(supply[k].posts), cell(supply[k].filled), cell(supply[k].use()),
                                  cell(supply[k].demand > 0 ? supply[k].served / supply[k].demand : viz::unknown)});
    }
    return t;
}

std::string supply_text(const ArmRun& arm) {
    const world::Catalogue& c = *arm.scenario->catalogue;
    std::string out = tr("Supply and need, mean of all months") + "\n" + pad_right("", 34) + pad_left(tr("posts"), 10) +
                      pad_left(tr("filled"), 10) + pad_left(tr("asked, % of time"), 20) +
                      pad_left(tr("received, % of asked"), 24) + "\n";
    const auto supply = supply_of(arm, -1);
    for (std::size_t k = 0; k < supply.size(); ++k) {
        if (supply[k].posts <= 0 && supply[k].capacity <= 0)
            continue;
        const Supply& s = supply[k];
        out += "  " + pad_right(text::shorten(tr(c.kinds[k].name), 31), 32) + pad_left(number(s.posts, 1), 10) +
               pad_left(number(s.filled, 1), 10) + pad_left(number(s.use() * 100, 0), 20) +
               pad_left(number(s.demand > 0 ? s.served / s.demand * 100 : viz::unknown, 1), 24) + "\n";
    }
    return out;
}

/// Waiting at the end of a month by service, and days waited.
std::string waiting_text(const ArmRun& arm) {
    const world::Catalogue& c = *arm.scenario->catalogue;
    std::string lines;
    for (std::size_t i = 0; i < c.services.size(); ++i) {
        if (c.services[i].queue != world::QueueLaw::queue)
            continue;
        double asked = 0, served = 0, waiting = 0, lost = 0, days = 0, months = 0;
        for (const RunRecord* r : arm.futures)
            for (const auto& year : r->years) {
                const int s = static_cast<int>(i);
                if (s >= year.book.shape().services)
                    continue;
                const auto take = [&](world::ServiceCount what) {
                    return static_cast<double>(year.book.service(what, s)) * r->sample;
                };
                asked += take(world::ServiceCount::asked), served += take(world::ServiceCount::served);
                waiting += take(world::ServiceCount::waiting), lost += take(world::ServiceCount::lost);
                days += take(world::ServiceCount::days_waited);
                months += year.months;
            }
        if (asked <= 0)
            continue;
        lines += "  " + pad_right(text::shorten(tr(c.services[i].name), 31), 32) +
                 pad_left(number(asked / months * 12, 0), 14) + pad_left(number(waiting / months, 0), 14) +
                 pad_left(number(served > 0 ? days / served : viz::unknown, 1), 16) +
                 pad_left(number(lost / asked * 100, 1), 16) + "\n";
    }
    if (lines.empty())
        return "";
    return tr("Waiting") + "\n" + pad_right("", 34) + pad_left(tr("asked a year"), 14) + pad_left(tr("waiting"), 14) +
           pad_left(tr("days waited"), 16) + pad_left(tr("given up, %"), 16) + "\n" + lines;
}

/// Puts more tables between the heading, which ends with the arms after the first empty line, and the scores.
std::string after_heading(const std::string& page, const std::string& tables) {
    const std::size_t arms = page.find("\n\n"), scores = arms == std::string::npos ? arms : page.find("\n\n", arms + 2);
    return scores == std::string::npos ? tables + page : page.substr(0, scores + 2) + tables + page.substr(scores + 2);
}

}  // namespace

int run(const std::string& name, const std::string& arm_id, const Options& options, Session& session) {
    const auto scenario = load(name, options, session);
    int arm = scenario->base_index();
    if (!arm_id.empty()) {
        std::vector<std::string> ids;
        arm = -1;
        for (std::size_t i = 0; i < scenario->arms.size(); ++i) {
            ids.push_back(scenario->arms[i].id);
            if (ids.back() == arm_id)
                arm = static_cast<int>(i);
        }
        if (arm < 0) {
            const std::string near = nearest(arm_id, ids);
            Problems problems;
            problems.add(scenario->file, 0, "--arm " + arm_id,
                         fill(tr("is no arm of this scenario. There are: {list}."), {{"list", text::list(ids)}}) +
                             (near.empty() ? "" : " " + fill(tr("Nearest: {word}."), {{"word", near}})));
            throw BadInput(std::move(problems));
        }
    }
    Simulated made = simulate(name, scenario, {arm}, options, session);
    if (made.records.empty())
        return machine_refused;
    std::string out = finish(made, options, session);
    const std::vector<ArmRun> arms = arms_of(*scenario, made.records);
    if (!made.reused) {
        store::RunFolder folder = store::RunFolder::open(made.folder);
        folder.write_table(supply_table(arms.front()), true);
    }
    const NetworkValues network(store::RunFolder::open(made.folder).read_table("network"));
    const store::Table municipalities = municipality_table(arms.front(), network);
    if (!made.reused)
        store::RunFolder::open(made.folder).write_table(municipalities, true);
    if (options.format == Format::text)
        out = after_heading(out, supply_text(arms.front()) + "\n" + waiting_text(arms.front()) + "\n" + municipality_text(municipalities) + "\n" +
                                     network_text(arms.front().id, network) + "\n");
    if (made.stopped)
        return machine_refused;
    session.write(out);
    return done;
}

}  // namespace tresse::app
