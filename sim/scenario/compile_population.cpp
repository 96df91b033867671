#include <algorithm>

#include "compile_parts.hpp"
#include "tresse/core/csv.hpp"

namespace tresse::scenario {

namespace {

void mortality(const Draws& draws, model::Tables& tables) {
    model::MortalityTables& m = tables.mortality;
    for (std::size_t r = 0; r < model::regions; ++r)
        for (std::size_t sex = 0; sex < 2; ++sex)
            for (std::size_t age = 0; age < model::ages; ++age) {
                // the last age of a life table ends with certainty; its hazard is held at the highest that a month can use
                const double q = std::clamp(draws.region.death_prob[r + 1][sex][age], 0.0, 0.98);
                m.base_month[r][sex][age] = static_cast<float>(-log_d(1.0 - q) / 12.0);
            }
    std::array<float, 4> katz{};
    draws.list("population.mortality.katz_ratio", katz);
    for (std::size_t k = 0; k < 4; ++k) m.log_katz[k] = log_f(katz[k]);
    m.log_resident = log_f(draws.one("population.mortality.resident_ratio"));
    m.log_daily_smoker = log_f(draws.one("population.mortality.daily_smoker_ratio"));
    m.log_former_smoker = log_f(draws.one("population.mortality.former_smoker_ratio"));
    std::array<float, model::quintiles> quintile{};
    draws.list("population.mortality.quintile_ratio", quintile);
    const Constants& constants = draws.region.constants;
    for (std::size_t sex = 0; sex < 2; ++sex)
        for (std::size_t q = 0; q < quintile.size(); ++q) m.log_quintile[sex][q] = log_f(quintile[q]) * static_cast<float>(constants.income[sex]);
    std::array<float, 3> education{};
    draws.list("population.mortality.education_ratio", education);
    for (std::size_t sex = 0; sex < 2; ++sex)
        for (std::size_t e = 0; e < 3; ++e) m.log_education[sex][e] = log_f(education[e]) * static_cast<float>(constants.education[sex]);
    m.overlap = draws.one("population.mortality.overlap");
    m.log_cap = log_f(draws.one("population.mortality.cap"));
    m.improvement_young = draws.one("population.mortality.improvement_young");
    m.improvement_85 = draws.one("population.mortality.improvement_85");
    draws.list("population.mortality.season", m.season);
    to_mean_one(m.season);
    for (int r = 0; r < model::regions; ++r)
        for (int sex = 0; sex < 2; ++sex)
            for (int b = 0; b < model::five_year_bands; ++b)
                for (int y = 0; y < model::path_years; ++y)
                    m.year_factor[static_cast<std::size_t>(r)][static_cast<std::size_t>(sex)][static_cast<std::size_t>(b)][static_cast<std::size_t>(y)] =
                        static_cast<float>(constants.mortality_factor(r, sex, b, m.base_year + y));
}

/// Persons a year of a flow in the migration table; 0 when the table has no such row.
double flow(const Region& region, std::string_view area, std::string_view item) {
    const NamedTable& table = region.table("migration");
    const auto column = [&](std::string_view name) { return static_cast<std::size_t>(std::find(table.columns.begin(), table.columns.end(), name) - table.columns.begin()); };
    const std::size_t where = column("region"), what = column("item"), value = column("persons_per_year");
    for (const auto& row : table.rows) {
        if (where >= row.size() || what >= row.size() || value >= row.size() || row[where] != area || row[what] != item) continue;
        double number = 0;
        return parse_number(row[value], number) ? number : 0.0;
    }
    return 0;
}

/// Arrivals and departures of a region: abroad and from other regions. Where only the net flow between regions is known it counts as arrivals or departures.
void migration(const Draws& draws, model::DemographyTables& d) {
    constexpr std::string_view names[] = {"flanders", "brussels", "wallonia"};
    const Region& pack = draws.region;
    std::array<float, 3> share{};
    draws.list("population.demography.immigration_share", share);
    const double immigration = flow(pack, "belgium", "immigration");
    for (std::size_t r = 0; r < model::regions; ++r) {
        const double people = draws.inhabitants_of(static_cast<int>(r));
        if (!(people > 0)) continue;
        const double abroad = immigration * static_cast<double>(share[r]);
        const double inside_net = flow(pack, names[r], "net_internal_migration");
        double in = flow(pack, names[r], "arrivals_from_other_regions"), out = flow(pack, names[r], "departures_to_other_regions");
        if (in == 0 && out == 0) in = std::max(0.0, inside_net), out = std::max(0.0, -inside_net);
        const double arrivals = abroad + in;
        const double departures = std::max(0.0, abroad - flow(pack, names[r], "net_international_migration")) + out;
        d.arrivals_per_100000[r] = static_cast<std::int32_t>(arrivals / people * 100000.0 + 0.5);
        std::array<float, model::five_year_bands> shape{};
        draws.list("population.demography.leaving_shape", shape);
        double mean = 0;
        for (std::size_t b = 0; b < shape.size(); ++b) mean += static_cast<double>(shape[b]) * (draws.inhabitants[r][0][b] + draws.inhabitants[r][1][b]);
        mean /= people;
        for (std::size_t b = 0; b < shape.size(); ++b) d.leaves_area[r][b] = static_cast<float>(departures / people * static_cast<double>(shape[b]) / mean);
    }
}

void demography(const Draws& draws, model::Tables& tables) {
    model::DemographyTables& d = tables.demography;
    for (std::size_t r = 0; r < model::regions; ++r)
        for (std::size_t age = 0; age < model::ages; ++age) d.births_per_woman_year[r][age] = static_cast<float>(draws.region.births_per_woman_year[r][age]);
    d.boys_share = draws.one("population.demography.boys_share");
    d.twins_share = draws.one("population.demography.twins_share");
    migration(draws, d);
    draws.list("population.demography.moves_inside", d.moves_inside);
    draws.list("population.demography.leaves_parents", d.leaves_parents);
    draws.list("population.demography.union", d.union_per_year);
    d.separation_per_year = draws.one("population.demography.separation");
    d.move_reach_km = draws.one("population.demography.move_reach_km");
    d.retirement_age = draws.one("population.demography.retirement_age");
}

void risk_factors(const Draws& draws, model::Tables& tables) {
    model::RiskFactorTables& f = tables.risk_factor;
    f.smoking_start = draws.one("population.risk_factor.smoking_start");
    f.smoking_quit = draws.one("population.risk_factor.smoking_quit");
    draws.list("population.risk_factor.smoking_start_ratio_education", f.smoking_start_ratio_education);
    f.becomes_inactive = draws.one("population.risk_factor.becomes_inactive");
    f.becomes_active = draws.one("population.risk_factor.becomes_active");
    f.overweight_gain = draws.one("population.risk_factor.overweight_gain");
    f.overweight_loss = draws.one("population.risk_factor.overweight_loss");
}

void risk_laws(const Draws& draws, model::Tables& tables) {
    model::RiskTables& r = tables.risk;
    draws.list("population.risk_law.pressure_at_55", r.pressure_at_55);
    draws.list("population.risk_law.pressure_per_year", r.pressure_per_year);
    r.pressure_sd = draws.one("population.risk_law.pressure_sd");
    r.pressure_fall = draws.one("population.risk_law.pressure_fall");
    r.cholesterol_mean = draws.one("population.risk_law.cholesterol_mean");
    r.cholesterol_sd = draws.one("population.risk_law.cholesterol_sd");
    r.cholesterol_fall = draws.one("population.risk_law.cholesterol_fall");
    draws.list("population.risk_law.hdl_mean", r.hdl_mean);
    r.hdl_sd = draws.one("population.risk_law.hdl_sd");
    r.hba1c_mean = draws.one("population.risk_law.hba1c_mean");
    r.hba1c_sd = draws.one("population.risk_law.hba1c_sd");
    r.hba1c_fall = draws.one("population.risk_law.hba1c_fall");
    r.egfr_at_40 = draws.one("population.risk_law.egfr_at_40");
    r.egfr_fall_per_year = draws.one("population.risk_law.egfr_fall_per_year");
    r.egfr_sd = draws.one("population.risk_law.egfr_sd");
    r.redraw_per_year = draws.one("population.risk_law.redraw_per_year");
    draws.list("population.risk_law.treated_share", r.treated_share);
    draws.list("population.risk_law.starts_per_year", r.starts_per_year);
    r.adherence_mean = draws.one("population.start.adherence_mean");
}

/// 256 quantiles of both laws, and their powers, each brought to mean 1. Both are gamma laws: counts of contacts are published as negative
/// binomial, which is what a gamma law of rates gives; a lognormal law of the same variance leaves too few people without any contact.
void frailty(const Draws& draws, model::Tables& tables) {
    model::FrailtyTables& f = tables.frailty;
    const double permanent = static_cast<double>(draws.one("population.frailty.permanent_variance")) * draws.region.factors.factor("frailty.permanent_variance");
    const double slow = static_cast<double>(draws.one("population.frailty.slow_variance")) * draws.region.factors.factor("frailty.slow_variance");
    for (std::size_t i = 0; i < 256; ++i) {
        const double p = (static_cast<double>(i) + 0.5) / 256.0;
        f.permanent[i] = permanent > 0 ? static_cast<float>(gamma_quantile(p, permanent)) : 1.0f;
        f.now[i] = slow > 0 ? static_cast<float>(gamma_quantile(p, slow)) : 1.0f;
    }
    to_mean_one(f.permanent);
    to_mean_one(f.now);
    f.year_correlation = draws.one("population.frailty.slow_year_correlation");
    const double loading[] = {static_cast<double>(tables.disease.frailty_loading_onset), static_cast<double>(tables.disease.frailty_loading_death),
                              static_cast<double>(tables.disease.frailty_loading_admission)};
    for (std::size_t k = 0; k < 3; ++k) {
        for (std::size_t i = 0; i < 256; ++i) {
            f.power[k][i] = static_cast<float>(pow_d(static_cast<double>(f.permanent[i]), loading[k]));
            f.power_now[k][i] = static_cast<float>(pow_d(static_cast<double>(f.now[i]), loading[k]));
        }
        to_mean_one(f.power[k]);
        to_mean_one(f.power_now[k]);
    }
}

void start(const Draws& draws, model::Tables& tables) {
    model::StartTables& s = tables.start;
    draws.list("population.start.global_record_flanders", s.global_record[0]);
    draws.list("population.start.global_record_brussels", s.global_record[1]);
    draws.list("population.start.global_record_wallonia", s.global_record[2]);
    draws.list("population.start.record_consent", s.record_consent);
    draws.list("population.start.medical_house", s.medical_house);
    draws.list("population.start.usual_provider", s.usual_provider);
    draws.list("population.start.main_carer", s.main_carer);
    draws.list("population.start.has_carer", s.has_carer);
    draws.list("population.start.alone_75", s.alone_75);
    s.carer_strain_high = draws.one("population.start.carer_strain_high");
    s.activation_mean = draws.one("population.start.activation_mean");
    s.activation_sd = draws.one("population.start.activation_sd");
    s.adherence_mean = draws.one("population.start.adherence_mean");
    s.resident_severe_share = draws.one("population.start.resident_severe_share");
}

}  // namespace

void compile_population(const Draws& draws, model::Tables& tables) {
    mortality(draws, tables);
    demography(draws, tables);
    compile_outlook(draws, tables);
    risk_factors(draws, tables);
    risk_laws(draws, tables);
    tables.disease.frailty_loading_onset = draws.one("population.frailty.loading_onset");
    tables.disease.frailty_loading_death = draws.one("population.frailty.loading_death");
    tables.disease.frailty_loading_admission = draws.one("population.frailty.loading_admission");
    frailty(draws, tables);
    start(draws, tables);
    for (std::size_t sex = 0; sex < 2; ++sex)
        for (std::size_t age = 0; age < model::ages; ++age) tables.utility.norm[sex][age] = static_cast<float>(draws.region.utility[sex][age]);
}

}  // namespace tresse::scenario
