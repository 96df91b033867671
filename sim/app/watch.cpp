#include "watch.hpp"

#include <algorithm>
#include <set>

#include "tresse/measure/flow.hpp"
#include "tresse/measure/record.hpp"

namespace tresse::app {

namespace {

using store::Type;

/// Ties of a provider that are kept: the strongest.
constexpr std::size_t strongest = 12;

std::vector<std::string> tie_row(const std::string& arm, std::size_t from, const world::Tie& tie) {
    return {arm, std::to_string(from), std::to_string(tie.to), std::to_string(tie.strength)};
}

}  // namespace

void Watch::month(const world::World& world, Month month, int arm, int replicate) {
    std::vector<std::string> row = {scenario_.arms[static_cast<std::size_t>(arm)].id, std::to_string(replicate),
                                    month.text()};
    std::int64_t persons = 0, filled = 0, over = 0;
    for (const world::Stocks& stocks : world.stocks)
        persons += stocks[static_cast<std::size_t>(world::Stock::persons)];
    for (const world::Provider& p : world.providers) {
        if (p.outside)
            continue;
        filled += p.filled_milli;
        over += p.load_permille > measure::over_time_permille ? p.filled_milli : 0;
    }
    for (const std::int64_t value : {persons, filled, over})
        row.push_back(std::to_string(value));
    for (const measure::Flow& flow : measure::flows())  // summed over all people of the area
        row.push_back(std::to_string(world.month_book.group_sum(flow.count)));
    {
        const std::lock_guard lock(one_);
        months_[{replicate, arm}].push_back(std::move(row));
        if (replicate == 0)
            add_waiting(world, *scenario_.catalogue, waiting_[arm]);
    }
    dearest_.month(world, month, arm, replicate);
    if (next_)
        next_->month(world, month, arm, replicate);
}

void Watch::at_end(const world::World& world, int arm, int replicate) {
    dearest_.at_end(world, arm, replicate);
    if (next_)
        next_->at_end(world, arm, replicate);
    if (replicate != 0)
        return;
    const world::Catalogue& c = *scenario_.catalogue;
    const std::string& id = scenario_.arms[static_cast<std::size_t>(arm)].id;
    Rows providers, ties;
    for (std::size_t i = 0; i < world.providers.size(); ++i) {
        const world::Provider& p = world.providers[i];
        if (p.outside)
            continue;
        providers.push_back({id, std::to_string(i), c.kinds.at(p.kind).id,
                             p.municipality < c.places.size() ? std::to_string(c.places[p.municipality].nis) : "",
                             store::cell(static_cast<double>(p.lat)), store::cell(static_cast<double>(p.lon)),
                             std::to_string(p.posts_milli), std::to_string(p.filled_milli),
                             std::to_string(p.load_permille), std::to_string(p.panel), p.shares_record ? "1" : "0",
                             p.uses_guideline ? "1" : "0"});
        if (i + 1 >= world.ties.first.size())
            continue;
        std::vector<world::Tie> own(world.ties.tie.begin() + world.ties.first[i],
                                    world.ties.tie.begin() + world.ties.first[i + 1]);
        std::erase_if(
            own, [&](const world::Tie& t) { return t.to >= world.providers.size() || world.providers[t.to].outside; });
        std::sort(own.begin(), own.end(), [](const world::Tie& a, const world::Tie& b) {
            return a.strength != b.strength ? a.strength > b.strength : a.to < b.to;
        });
        for (std::size_t k = 0; k < std::min(strongest, own.size()); ++k)
            ties.push_back(tie_row(id, i, own[k]));
    }
    std::vector<PlaceWait> waiting;
    {
        const std::lock_guard lock(one_);
        waiting = waiting_[arm];
    }
    Rows network = network_rows(id, world, c, waiting);
    const std::lock_guard lock(one_);
    network_[{replicate, arm}] = std::move(network);
    providers_[{replicate, arm}] = std::move(providers);
    ties_[{replicate, arm}] = std::move(ties);
}

void Watch::write(store::RunFolder& folder, store::Table table,
                  const std::map<std::pair<int, int>, Rows>& pieces, bool as_csv) const {
    const bool by_replicate = table.columns[1].name == "replicate";
    std::set<std::pair<std::string, std::string>> fresh;
    for (const auto& [piece, rows] : pieces)
        fresh.insert({scenario_.arms[static_cast<std::size_t>(piece.second)].id,
                      by_replicate ? std::to_string(piece.first) : ""});
    for (auto& row : folder.read_table(table.name).rows)
        if (row.size() == table.columns.size() && !fresh.contains({row[0], by_replicate ? row[1] : ""}))
            table.rows.push_back(std::move(row));
    for (const auto& [piece, rows] : pieces)
        table.rows.insert(table.rows.end(), rows.begin(), rows.end());
    if (!table.rows.empty())
        folder.write_table(table, as_csv);
}

void Watch::write(store::RunFolder& folder) const {
    store::Table months{"months",
                        {{"arm"},
                         {"replicate", Type::whole},
                         {"month"},
                         {"persons", Type::whole},
                         {"filled_milli_posts", Type::whole},
                         {"over_time_milli_posts", Type::whole}},
                        {}};
    for (const measure::Flow& flow : measure::flows())
        months.columns.push_back({flow.name, Type::whole});
    write(folder, std::move(months), months_);
    write(folder,
          {"providers",
           {{"arm"},
            {"provider", Type::whole},
            {"kind"},
            {"municipality"},
            {"lat", Type::real},
            {"lon", Type::real},
            {"milli_posts", Type::whole},
            {"filled_milli_posts", Type::whole},
            {"load_permille", Type::whole},
            {"panel", Type::whole},
            {"shares_record", Type::whole},
            {"uses_guideline", Type::whole}},
           {}},
          providers_);
    write(folder, {"ties", {{"arm"}, {"provider", Type::whole}, {"other", Type::whole}, {"strength", Type::whole}}, {}},
          ties_);
    write(folder, network_table(), network_, true);
    dearest_.write(folder);
}

}  // namespace tresse::app
