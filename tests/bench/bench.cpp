// How fast a month is, and how large a person. Usage: bench [--scenario ID] [--area AREA] [--years N] [--runs N] [--threads N] [--json FILE]
// [--against BINARY]. A month with fewer services is faster and worth less: lines stand beside the speed, and two builds whose lines differ by more
// than 1 % are not compared.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "tresse/core/memory.hpp"
#include "tresse/build/make_world.hpp"
#include "tresse/core/csv.hpp"
#include "tresse/core/file.hpp"
#include "tresse/core/hash.hpp"
#include "tresse/core/problems.hpp"
#include "tresse/experiment/fork.hpp"
#include "tresse/experiment/scenario_source.hpp"
#include "tresse/model/step.hpp"
#include "tresse/scenario/scenario.hpp"

namespace {

using namespace tresse;
using Clock = std::chrono::steady_clock;

struct Options {
    std::string scenario = "first-look", area, json, against;
    int years = 5, runs = 3, threads = 1;
};

struct Figures {
    double build_s = 0, settle_s = 0, run_s = 0;  // medians over runs
    double person_months = 0, lines = 0, waiting = 0, candidates = 0;
    double bytes_state = 0, bytes_all = 0;
    std::uint64_t hash = 0;
    double speed() const { return person_months / run_s; }
};

double seconds(Clock::time_point from) { return std::chrono::duration<double>(Clock::now() - from).count(); }

double median(std::vector<double> v) {
    std::sort(v.begin(), v.end());
    return v[v.size() / 2];
}

struct Counts {
    double person_months = 0, lines = 0, waiting = 0;
};

Counts run_years(world::World& world, model::Engine& engine, Workers& workers, int years, int services) {
    Counts c;
    for (int m = 0; m < years * 12; ++m) {
        engine.step(world, workers);
        c.person_months += static_cast<double>(world.persons());
        for (int s = 0; s < services; ++s) {
            c.lines += static_cast<double>(world.month_book.service(world::ServiceCount::served, s));
            c.waiting += static_cast<double>(world.month_book.service(world::ServiceCount::waiting, s));
        }
        if (world.now.is_january()) experiment::open_year(world);
    }
    return c;
}

double mean_candidates(const world::World& world) {
    double sum = 0;
    for (const world::Cell& cell : world.cells)
        for (int s = 0; s < cell.slots; ++s)
            if (!cell.persons.empty(s)) sum += static_cast<double>(cell.persons.contact_rate[s]) + cell.persons.event_gate[s] * 0x1p-32;
    return sum / static_cast<double>(world.persons());
}

Figures figures_of(const Options& o) {
    scenario::Overrides overrides;
    overrides.area = o.area;
    const scenario::Scenario scenario = scenario::load_scenario(o.scenario, TRESSE_SOURCE_DIR, overrides);
    Workers workers(o.threads);
    Figures f;
    auto at = Clock::now();
    const experiment::ScenarioSource source(scenario, workers);
    f.build_s = seconds(at);
    const model::Tables tables = source.tables(0);
    model::Rules rules;
    rules.catalogue = &source.catalogue();
    rules.tables = &tables;
    rules.seed = 5;
    rules.tariff_year0 = source.population().start_of_time.year();
    rules.tariffs = source.tariffs(scenario.base_index(), 0, rules.tariff_year0, scenario.start.year() + o.years);
    for (auto& t : rules.tariffs) funding::set_budgets(t, experiment::inhabitants(source.population(), source.catalogue()));
    model::Rules settling = rules;
    settling.settling = true;
    world::World history = source.population();
    history.seed = rules.seed;
    experiment::fit_books(history, rules);
    at = Clock::now();
    model::Engine before(settling);
    before.refresh_all(history, workers);
    while (history.now < history.policy_start) {
        before.step(history, workers);
        if (history.now.is_january()) experiment::open_year(history);
    }
    f.settle_s = seconds(at);
    experiment::open_policy(history, rules, {});
    std::vector<double> times;
    for (int r = 0; r < o.runs; ++r) {
        world::World world = history;
        model::Engine engine(rules);
        engine.refresh_all(world, workers);
        if (r == 0) f.candidates = mean_candidates(world);
        at = Clock::now();
        const Counts c = run_years(world, engine, workers, o.years, static_cast<int>(source.catalogue().services.size()));
        times.push_back(seconds(at));
        f.person_months = c.person_months, f.lines = c.lines / c.person_months, f.waiting = c.waiting / c.person_months;
        f.bytes_all = static_cast<double>(world.state_bytes()) / static_cast<double>(world.persons());
        f.hash = model::state_hash(world);
    }
    f.run_s = median(times);
    f.bytes_state = world::column_bytes().total();
    return f;
}

std::string json_of(const Figures& f, const Options& o) {
    char text[900];
    std::snprintf(text, sizeof text,
                  "{\"person_months_per_s_core\": %.0f, \"threads\": %d, \"lines_per_person_month\": %.4f, \"waiting_per_person_month\": %.4f, "
                  "\"candidates_per_person_month\": %.4f, \"ns_per_line\": %.1f, \"bytes_state\": %.1f, \"bytes_all\": %.1f, \"build_s\": %.3f, "
                  "\"settle_s\": %.3f, \"run_s\": %.3f, \"hash\": \"%s\"}",
                  f.speed() / o.threads, o.threads, f.lines, f.waiting, f.candidates, 1e9 * f.run_s * o.threads / (f.person_months * f.lines), f.bytes_state, f.bytes_all,
                  f.build_s, f.settle_s, f.run_s, hex(f.hash, 8).c_str());
    return text;
}

void print(const Figures& f, const Options& o) {
    const world::ColumnBytes bytes = world::column_bytes();
    std::printf("%-52s %12.2f M\n", "person-months a second and core", f.speed() / o.threads / 1e6);
    std::printf("%-52s %12.3f\n", "delivered service lines a person-month", f.lines);
    std::printf("%-52s %12.3f\n", "lines that wait a person-month", f.waiting);
    std::printf("%-52s %12.3f\n", "candidates a person-month (expected, at the fork)", f.candidates);
    std::printf("%-52s %12.1f ns\n", "time a delivered line", 1e9 * f.run_s * o.threads / (f.person_months * f.lines));
    std::printf("%-52s %5d + %d + %d = %d\n", "bytes of a person: scan + event + year columns", bytes.scan, bytes.event, bytes.year, bytes.total());
    std::printf("%-52s %12.1f\n", "bytes a person, all in", f.bytes_all);
    std::printf("%-52s %12.2f s, %.2f s, %.2f s\n", "build, settling, the years measured", f.build_s, f.settle_s, f.run_s);
    std::printf("%-52s %12s\n", "state at the end", hex(f.hash, 8).c_str());
}

bool number_in(const std::string& json, const char* key, double& out) {
    const auto at = json.find(std::string("\"") + key + "\": ");
    if (at == std::string::npos) return false;
    const auto from = at + std::strlen(key) + 4;
    return parse_number(std::string_view(json).substr(from, json.find_first_of(",}", from) - from), out);
}

/// What one start of a build says of itself. Requires: a command that takes our options.
bool started(const std::string& binary, const Options& o, double& speed, double& lines) {
    const std::string file = (o.json.empty() ? std::string("bench") : o.json) + ".pair.json";
    std::string command = "'" + binary + "' --scenario '" + o.scenario + "' --years " + std::to_string(o.years) + " --runs 1 --threads " +
                          std::to_string(o.threads) + " --json '" + file + "'";
    if (!o.area.empty()) command += " --area '" + o.area + "'";
    if (std::system((command + " > /dev/null").c_str()) != 0) {
        std::fprintf(stderr, "%s did not run\n", binary.c_str());
        return false;
    }
    const std::string said = read_file(file, 1 << 20);
    std::remove(file.c_str());
    if (number_in(said, "person_months_per_s_core", speed) && number_in(said, "lines_per_person_month", lines)) return true;
    std::fprintf(stderr, "%s says nothing that can be compared\n", binary.c_str());
    return false;
}

/// Starts this build and the other in turn, so that a busy minute of the machine hurts both, and sets the pairs beside each other.
int compare(const Options& o, const std::string& self, const Figures& mine) {
    std::vector<double> ratio;
    for (int pair = 0; pair < std::max(3, o.runs); ++pair) {
        double here = 0, there = 0, lines = 0, other_lines = 0;
        const bool first = pair % 2 == 0;
        if (!started(first ? self : o.against, o, first ? here : there, first ? lines : other_lines)) return 3;
        if (!started(first ? o.against : self, o, first ? there : here, first ? other_lines : lines)) return 3;
        if (std::abs(other_lines - mine.lines) > 0.01 * mine.lines) {
            std::fprintf(stderr, "not compared: %.3f lines a person-month here, %.3f there; a month with fewer services is faster and worth less\n", mine.lines, other_lines);
            return 1;
        }
        ratio.push_back(here / there);
    }
    const auto [low, high] = std::minmax_element(ratio.begin(), ratio.end());
    std::printf("%-52s %12.3f (%.3f to %.3f in %d pairs)\n", "speed against the other build", median(ratio), *low, *high, static_cast<int>(ratio.size()));
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    tresse::return_large_blocks();
    Options o;
    for (int i = 1; i < argc; i += 2) {
        const std::string key = argv[i], value = i + 1 < argc ? argv[i + 1] : "";
        long long n = 0;
        const bool whole = parse_whole(value, n);
        if (value.empty()) {
            std::fprintf(stderr, "usage: bench [--scenario ID] [--area AREA] [--years N] [--runs N] [--threads N] [--json FILE] [--against BINARY]\n");
            return 2;
        }
        if (key == "--scenario") o.scenario = value;
        else if (key == "--area") o.area = value;
        else if (key == "--json") o.json = value;
        else if (key == "--against") o.against = value;
        else if (key == "--years" && whole) o.years = static_cast<int>(n);
        else if (key == "--runs" && whole) o.runs = static_cast<int>(n);
        else if (key == "--threads" && whole) o.threads = static_cast<int>(n);
        else {
            std::fprintf(stderr, "%s %s: not understood\n", key.c_str(), value.c_str());
            return 2;
        }
    }
    try {
        const Figures f = figures_of(o);
        print(f, o);
        if (!o.json.empty()) write_file(o.json, json_of(f, o));
        return o.against.empty() ? 0 : compare(o, argv[0], f);
    } catch (const BadInput& bad) {
        std::fprintf(stderr, "%s", bad.problems().text().c_str());
        return 2;
    } catch (const std::exception& e) {
        std::fprintf(stderr, "%s\n", e.what());
        return 4;
    }
}
