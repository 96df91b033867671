#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <optional>

#include "tresse/app/answer.hpp"
#include "tresse/app/build_info.hpp"
#include "tresse/app/commands.hpp"
#include "tresse/app/simulate.hpp"
#include "tresse/app/validate.hpp"
#include "tresse/experiment/constants.hpp"
#include "tresse/scenario/factors.hpp"
#include "tresse/validate/fit.hpp"
#include "tresse/core/check.hpp"
#include "tresse/core/file.hpp"
#include "tresse/core/problems.hpp"
#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"
#include "tresse/core/text/layout.hpp"
#include "tresse/viz/figure/draw.hpp"

#include "parts.hpp"

namespace tresse::app {

namespace {

using store::cell;
using store::Type;
using text::fill;
using text::number;
using text::pad_left;
using text::pad_right;
using text::tr;
using validate::Finding;
using validate::Outcome;

/// Futures of an area below this size, where the scenario's own number leaves too much to chance.
constexpr int futures_of_a_small_area = 12;
constexpr double small_area = 1.5e6;

class Memory : public experiment::Sink {
public:
    std::map<int, measure::RunRecord> records;
    void finished(const measure::RunRecord& record) override { records.emplace(record.replicate, record); }
};

std::string coloured(const std::string& word, Outcome outcome, bool colour) {
    if (!colour)
        return word;
    const char* code = outcome == Outcome::fail ? "\033[31m" : outcome == Outcome::near ? "\033[33m" : "\033[32m";
    return code + word + "\033[0m";
}

constexpr std::size_t label_columns = 50, number_columns = 11, band_columns = 8, unit_columns = 12;

std::string table_row(const Finding& f, bool colour) {
    const int digits = validate::digits_of(f);
    std::string out = coloured(pad_right(text::shorten(validate::outcome_words(f.outcome), 5), 6), f.outcome, colour);
    out += pad_right(text::shorten(f.label, label_columns - 2) + (f.must ? " *" : ""), label_columns);
    out += pad_left(number(f.target, digits), number_columns) + pad_left(number(f.simulated.middle, digits), number_columns);
    out += pad_left("\u00b1" + number(f.band, digits), band_columns) + "  " + text::shorten(validate::unit_words(f.unit), unit_columns);
    return out + "\n";
}

std::string screen(const viz::ValidationPage& page, const std::string& folder, bool colour) {
    std::string out = fill(tr("The base year {year} against published figures: {area}"), {{"year", std::to_string(page.year)}, {"area", page.area}}) + "\n";
    out += fill(tr("{people} people simulated, {futures}; * must pass"), {{"people", number(page.people, 0)}, {"futures", text::futures(page.futures)}}) + "\n\n";
    out += std::string(6 + label_columns, ' ') + pad_left(tr("target"), number_columns) + pad_left(tr("simulated"), number_columns) + pad_left(tr("band"), band_columns) + "  " + tr("unit") + "\n";
    for (int g = 0; g < scenario::band_groups; ++g) {
        const auto rows = viz::rows_of_group(page.validation, g);
        if (rows.empty())
            continue;
        out += validate::group_words(static_cast<scenario::BandGroup>(g)) + "\n";
        int parts = 0;
        for (const Finding* f : rows) {
            // cells of a table by sex and age are named when they do not pass
            if (f->part && f->outcome == Outcome::pass)
                ++parts;
            else
                out += table_row(*f, colour);
        }
        if (parts > 0)
            out += "      " + fill(tr("{n} more rows by sex and age pass (see the page)"), {{"n", parts}}) + "\n";
    }
    out += "\n" + text::hanging("", 0, viz::validation_summary(page.validation));
    out += text::hanging("", 0, tr("Near: within twice the band. What chance does in an area of this size is taken off first (column chance of the CSV)."));
    return out + fill(tr("Page: {path}"), {{"path", join_path(folder, "validation.html")}}) + "\n" + fill(tr("Rows: {path}"), {{"path", join_path(folder, "validation.csv")}}) + "\n";
}

/// A folder of its own, also when one was made this minute.
std::string fresh_folder(const Session& session, const std::string& area) {
    const std::string base = join_path(join_path(session.around().results, "validation"), area + "-" + session.around().stamp);
    std::string folder = base;
    for (int n = 2; exists(folder); ++n)
        folder = base + "-" + std::to_string(n);
    make_folder(join_path(folder, "figures"));
    return folder;
}

struct Judged {
    std::shared_ptr<const scenario::Scenario> scenario;
    validate::Validation validation;
    double people = 0;
    int futures = 0;
};

/// Simulates the base year of a scenario and judges it.
Judged judged(std::shared_ptr<const scenario::Scenario> s, const scenario::Bands& bands, const Options& options, Session& session) {
    Memory sink;
    validate::CensusTaker census(*s);
    const experiment::Plan plan = plan_of(*s, {}, options, session);
    const experiment::RunReport report = run_plan(*s, plan, sink, session, &census);
    if (!report.complete())
        throw MachineRefused(tr("Stopped before the base year was over: nothing was judged."));
    validate::Evidence evidence{s.get(), {}};
    for (const auto& [replicate, record] : sink.records)
        evidence.futures.push_back({&record, &census.of(replicate)});
    return {s, validate::judge(bands, evidence), static_cast<double>(sink.records.begin()->second.start.persons()), static_cast<int>(sink.records.size())};
}

/// The same scenario with other constants.
std::shared_ptr<const scenario::Scenario> with_factors(const scenario::Scenario& s, const std::vector<scenario::Factor>& rows) {
    auto region = std::make_shared<scenario::Region>(*s.region);
    region->factors.rows = rows;
    auto out = std::make_shared<scenario::Scenario>(s);
    out->region = region;
    return out;
}

constexpr int fit_rounds = 6;
constexpr int fit_sample = 10, fit_replicates = 2;

std::string fit_table(const validate::FitResult& result) {
    std::string out = pad_right(tr("constant"), 30) + pad_left(tr("before"), 9) + pad_left(tr("fitted"), 9) + "  " + pad_right(tr("row"), 20) + pad_left(tr("target"), 11) + pad_left(tr("simulated"), 11) + "\n";
    for (const validate::Fitted& f : result.rows) {
        const int digits = f.target >= 1000 ? 0 : f.target >= 20 ? 1 : 3;
        out += pad_right(text::shorten(f.constant.id, 29), 30) + pad_left(number(f.value_before, 3), 9) + pad_left(number(f.constant.value, 3), 9) + "  " + pad_right(text::shorten(f.constant.target, 19), 20) + pad_left(number(f.target, digits), 11) +
               pad_left(number(f.simulated, digits), 11) + (f.at_bound ? "  " + tr("at its bound") : "") + "\n";
    }
    return out;
}

/// Fits on the whole country and writes factors.yaml of the pack, with the table of the fit beside the other results.
void fit_factors(const Options& given, Session& session) {
    Options options = given;
    options.area.clear();
    if (options.sample == 0)
        options.sample = fit_sample;
    if (options.replicates == 0)
        options.replicates = fit_replicates;
    const auto s = load(base_year_scenario, options, session);
    const scenario::Bands bands = load_bands_of(*s);
    const std::string path = join_path(s->region->folder, "factors.yaml");
    if (s->region->factors.rows.empty()) {
        Problems problems;
        problems.add(path, 0, "", tr("There is nothing to fit: the region pack lists no constants with their bounds."));
        throw BadInput(std::move(problems));
    }
    class Simulated : public validate::BaseYear {
    public:
        Simulated(const scenario::Scenario& scenario, const scenario::Bands& bands, const Options& options, Session& session)
            : scenario_(scenario), bands_(bands), options_(options), session_(session) {}
        validate::Validation judged_with(const std::vector<scenario::Factor>& rows) override {
            session_.remark(fill(tr("base year {n} of {all}"), {{"n", ++round_}, {"all", fit_rounds}}));
            return judged(with_factors(scenario_, rows), bands_, options_, session_).validation;
        }

    private:
        const scenario::Scenario& scenario_;
        const scenario::Bands& bands_;
        const Options& options_;
        Session& session_;
        int round_ = 0;
    };
    Simulated base_year(*s, bands, options, session);
    const validate::FitResult result = validate::fit(s->region->factors.rows, base_year, fit_rounds, path);
    scenario::Factors out = s->region->factors;
    for (std::size_t k = 0; k < out.rows.size(); ++k)
        out.rows[k] = result.rows[k].constant, out.rows[k].value = std::round(out.rows[k].value * 1e4) / 1e4;
    out.report = validate::fit_report(result, session.around().started.substr(0, 10), options.sample, options.replicates);
    write_file(path, scenario::factors_text(out));
    session.write(fit_table(result) + "\n" + text::hanging("", 0, fill(tr("Written to {path}. Misfit: {before} bands before, {after} after."), {{"path", path}, {"before", number(result.misfit_before, 2)}, {"after", number(result.misfit, 2)}})) + "\n");
}

constexpr int constants_sample = 12, constants_months = 132;

/// Looks at the natural hazards of everybody twice a year, from the policy date on.
class FindConstants : public experiment::Probe {
public:
    explicit FindConstants(const scenario::Constants& before) : found(before), before_(before) {}
    void at_start(const world::World& world, const model::Rules& rules, int, int) override {
        probe_.emplace(*rules.tables, *rules.catalogue);
        probe_->start(world);
    }
    void month(const world::World& world, Month month, int arm, int replicate) override { probe_->month(world, month, arm, replicate); }
    void at_end(const world::World&, int, int) override { found = probe_->constants(before_); }

    scenario::Constants found;

private:
    const scenario::Constants& before_;
    std::optional<experiment::ConstantsProbe> probe_;
};

/// Finds the normalising constants in the arm today of one long run of the country with the factors just fitted, and writes constants.yaml of the pack.
void fit_constants(const Options& given, Session& session) {
    Options options = given;
    options.area.clear();
    options.sample = constants_sample, options.replicates = 1, options.months = constants_months;
    const auto s = load(base_year_scenario, options, session);
    Memory sink;
    FindConstants probe(s->region->constants);
    if (!run_plan(*s, plan_of(*s, {}, options, session), sink, session, &probe).complete())
        throw MachineRefused(tr("Stopped before the base year was over: nothing was judged."));
    const std::string path = join_path(s->region->folder, "constants.yaml");
    write_file(path, scenario::constants_text(probe.found, "Found by `tresse validate --fit` in the arm `today` of a run of a twelfth of the households of Belgium from January 2025 on, 132 months, central\n"
                                                           "# numbers; social: fitted to the gap of life expectancy at 25 between diplomas (6.07 years men, 4.58 women), not by this command."));
    session.write(fill(tr("Written to {path}."), {{"path", path}}) + "\n");
}

bool judge_area(const std::string& area, const Options& given, Session& session) {
    Options options = given;
    if (!area.empty())
        options.area = area;
    auto s = load(base_year_scenario, options, session);
    double people = 0;
    for (const int m : s->area.municipalities)
        people += s->region->municipalities[static_cast<std::size_t>(m)].inhabitants();
    if (options.replicates == 0 && people < small_area) {
        options.replicates = futures_of_a_small_area;
        s = load(base_year_scenario, options, session);
    }
    Judged result = judged(s, load_bands_of(*s), options, session);

    viz::ValidationPage page;
    page.area = tr(s->area.name);
    page.date = date_words(session.around().started);
    page.version = build_info::version;
    page.command = session.around().command;
    page.bands_file = "scenarios/" + s->region->id + "/bands.csv";
    page.people = result.people;
    page.futures = result.futures;
    page.sample = s->sample;
    page.year = s->start.year();
    page.validation = std::move(result.validation);
    const store::Table table = validation_table(page.validation);
    const std::string folder = fresh_folder(session, s->area.id);
    write_file(join_path(folder, "validation.csv"), store::csv(table));
    for (const viz::Figure& figure : viz::validation_figures(page))
        write_file(join_path(folder, "figures/" + figure.id + ".svg"), viz::svg(figure));
    write_file(join_path(folder, "validation.html"), viz::validation_html(page));
    session.write(options.format == Format::csv    ? store::csv(table)
                  : options.format == Format::json ? json_of(table)
                                                   : screen(page, folder, session.around().colour) + "\n");
    return !page.validation.failed();
}

}  // namespace

scenario::Bands load_bands_of(const scenario::Scenario& s) {
    Problems problems;
    const std::string path = join_path(s.region->folder, "bands.csv");
    scenario::Bands bands = scenario::load_bands(path, problems);
    if (!problems.any()) {
        validate::check_bands(bands, s, path, problems);
        scenario::check_sources(*s.sources, bands.sources, problems);
    }
    if (problems.any())
        throw BadInput(std::move(problems));
    return bands;
}

store::Table validation_table(const validate::Validation& v) {
    store::Table t{"validation",
                   {{"id"}, {"group"}, {"label"}, {"unit"}, {"year", Type::whole}, {"published", Type::real}, {"target", Type::real}, {"simulated", Type::real}, {"low", Type::real}, {"high", Type::real}, {"chance", Type::real}, {"band", Type::real}, {"bands_off", Type::real}, {"must"}, {"verdict"}, {"source"}, {"scope"}},
                   {}};
    for (const Finding& f : v.rows) {
        const bool said = f.outcome != Outcome::not_modelled;
        const auto value = [&](double x) { return said ? cell(x) : std::string(); };
        t.rows.push_back({f.id, scenario::band_group_words()[static_cast<std::size_t>(f.group)], f.label, f.unit, f.year > 0 ? std::to_string(f.year) : "", value(f.published), value(f.target), value(f.simulated.middle), value(f.simulated.low), value(f.simulated.high), value(f.chance), value(f.band), value(f.off),
                          f.must ? "yes" : "no", std::string(validate::outcome_word(f.outcome)), f.source, f.why});
    }
    return t;
}

int validate(const std::vector<std::string>& areas, bool fit, const Options& options, Session& session) {
    bool good = true;
    if (fit)
        fit_factors(options, session), fit_constants(options, session);
    if (areas.empty())
        good = judge_area("", options, session);
    for (const std::string& area : areas)
        good = judge_area(area, options, session) && good;
    return good ? done : says_no;
}

}  // namespace tresse::app
