#include "library_fixture.hpp"

#include <cmath>

using namespace library_fixture;

namespace {

/// The chance of each service when a column is chosen by x * 64 and then itself or its alias.
std::vector<double> sampled(const model::Mix& mix) {
    std::vector<double> out(model::limit::services, 0.0);
    for (std::size_t s = 0; s < out.size(); ++s) {
        const double own = mix.threshold[s] / 65536.0;
        out[s] += own / 64;
        out[mix.alias[s]] += (1 - own) / 64;
    }
    return out;
}

}  // namespace

TEST_CASE("the alias table of every mix gives the shares of its envelope to one part in a million", "[scenario][compile]") {
    // the envelope of a service is its rate times its headroom; 64 columns of 65,536 parts: a share is right to 1 / 4,194,304
    const auto& headroom = tables().need.service_headroom;
    for (const model::Mix& mix : tables().need.mix) {
        double total = 0;
        for (std::size_t s = 0; s < headroom.size(); ++s) total += static_cast<double>(mix.rate_month[s]) * static_cast<double>(headroom[s]);
        CHECK(static_cast<double>(mix.total_month) == Approx(total));
        if (total == 0) continue;
        const auto got = sampled(mix);
        for (std::size_t s = 0; s < got.size(); ++s) {
            CHECK(got[s] == Approx(static_cast<double>(mix.rate_month[s]) * static_cast<double>(headroom[s]) / total).margin(1e-6));
            if (mix.rate_month[s] > 0) CHECK(mix.count[s] >= 1);
        }
    }
}

TEST_CASE("a visit that has a second one in its month is one line: as many visits, on fewer lines", "[scenario][compile]") {
    // services.yaml: 0.4 of the visits to specialists come again, times the fitted factor; at home only, and never where a condition plans the visit
    const auto s = static_cast<std::size_t>(shipped().service("specialist_other"));
    const auto& need = tables().need;
    const double again = 0.4 * belgium().factors.factor("again.specialist_contact");
    const model::Mix& woman = need.mix[static_cast<std::size_t>(model::NeedTables::baseline_row(0, 0, 4))];
    CHECK(woman.again[s] / 256.0 == Approx(again).margin(1.0 / 512));
    const double visits = shipped().services[s].numbers.list("baseline.women")[4].value * shipped().services[s].numbers.one("baseline.level").value;
    CHECK(12.0 * static_cast<double>(woman.rate_month[s]) * woman.mean_units(s) == Approx(visits * belgium().factors.factor("contacts.specialist_other")));
    CHECK(12.0 * static_cast<double>(woman.rate_month[s]) < visits * 0.95);
    const model::Mix& resident = need.mix[static_cast<std::size_t>(model::NeedTables::baseline_row(1, 0, 8))];
    CHECK(resident.again[s] == 0);
    for (std::size_t row = 40; row < need.mix.size(); ++row)
        for (const std::uint16_t a : need.mix[row].again) CHECK(a == 0);
}

TEST_CASE("no season can ask for more than the envelope of a service holds", "[scenario][compile]") {
    const auto& need = tables().need;
    for (std::size_t s = 0; s < need.service_headroom.size(); ++s) {
        CHECK(need.service_headroom[s] >= need.headroom);
        for (const float season : need.season[s]) CHECK(season * need.headroom <= need.service_headroom[s] * 1.000001f);
    }
}

TEST_CASE("rows of care stand where the stages look for them", "[scenario][compile]") {
    const auto& need = tables().need;
    CHECK(need.mix_dependence == 40);
    std::size_t rows = 43;
    for (int c = 0; c < tables().disease.conditions; ++c)
        for (int s = 1; s <= tables().disease.condition[static_cast<std::size_t>(c)].stages; ++s) CHECK(tables().disease.condition[static_cast<std::size_t>(c)].mix[static_cast<std::size_t>(s)] == rows++);
    CHECK(need.mix.size() == rows);
    // a resident's GP comes to the home: 13 visits a year in services.yaml
    const auto visit = static_cast<std::size_t>(shipped().service("gp_home_visit"));
    CHECK(need.mix[static_cast<std::size_t>(model::NeedTables::baseline_row(1, 0, 8))].rate_month[visit] * 12 == Approx(13));
    CHECK(need.season[visit][0] > need.season[visit][7]);
}

TEST_CASE("real use is not cut down by the share of schedules that is received", "[scenario][compile]") {
    // dialysis: thirteen sessions a month whatever share of visits is kept
    const auto& kidney = tables().disease.condition[static_cast<std::size_t>(shipped().condition("chronic_kidney_disease"))];
    const auto dialysis = static_cast<std::size_t>(shipped().service("dialysis"));
    const auto& mix = tables().need.mix[kidney.mix[4]];
    CHECK(mix.rate_month[dialysis] * kidney.received_share * mix.count[dialysis] == Approx(13));
}

TEST_CASE("monthly hazards of death are those of the life table", "[scenario][compile]") {
    for (std::size_t r = 0; r < 3; ++r)
        for (std::size_t sex = 0; sex < 2; ++sex)
            for (std::size_t age = 0; age < 100; ++age)
                CHECK(1 - std::exp(-12.0 * static_cast<double>(tables().mortality.base_month[r][sex][age])) == Approx(belgium().death_prob[r + 1][sex][age]).epsilon(1e-4));
    for (const auto& region : tables().mortality.base_month)
        for (const auto& sex : region)
            for (const float m : sex) CHECK((std::isfinite(m) && m > 0));
}

TEST_CASE("prevalence by single age has the mean of each five-year age of the table", "[scenario][compile]") {
    const auto& table = belgium().prevalence.at("copd");
    const auto& got = tables().disease.condition[static_cast<std::size_t>(shipped().condition("copd"))].prevalence;
    for (std::size_t sex = 0; sex < 2; ++sex)
        for (std::size_t band = 0; band < 20; ++band) {
            double mean = 0;
            for (std::size_t a = 0; a < 5; ++a) mean += static_cast<double>(got[sex][band * 5 + a]) / 5;
            CHECK(mean == Approx(table[sex][band]).epsilon(0.01).margin(2e-4));
        }
}

TEST_CASE("smoothing keeps a straight line and a constant as they are", "[scenario][compile]") {
    std::array<double, model::five_year_bands> line{}, flat{};
    for (std::size_t b = 0; b < line.size(); ++b) line[b] = 0.01 * static_cast<double>(b), flat[b] = 0.2;
    const auto l = smooth_by_age(line), f = smooth_by_age(flat);
    CHECK(l[52] == Approx(0.10));       // the middle of 50-54 is age 52
    CHECK(l[54] == Approx(0.104));
    for (const double x : f) CHECK(x == Approx(0.2));
}

TEST_CASE("frailty has mean one and the variance of its file; powers too have mean one", "[scenario][compile]") {
    const auto& f = tables().frailty;
    double mean = 0, square = 0, now = 0, death = 0;
    for (std::size_t i = 0; i < 256; ++i) mean += static_cast<double>(f.permanent[i]) / 256, square += static_cast<double>(f.permanent[i] * f.permanent[i]) / 256, now += static_cast<double>(f.now[i]) / 256, death += static_cast<double>(f.power[1][i]) / 256;
    CHECK(mean == Approx(1));
    CHECK(square - 1 == Approx(0.06).epsilon(0.05));
    CHECK(now == Approx(1));
    CHECK(death == Approx(1));
    CHECK(f.permanent[0] < f.permanent[255]);
}

TEST_CASE("all stays by age come to what was published when the conditions are added back", "[scenario][compile]") {
    // 1.65 to 1.7 million classic stays; the baseline is the part that no condition of the list causes: two thirds to four fifths
    double other = 0;
    for (std::size_t sex = 0; sex < 2; ++sex)
        for (std::size_t age = 0; age < model::ages; ++age) other += people()[sex][age] * static_cast<double>(tables().hospital.baseline[sex][age]);
    CHECK(other > 1.10e6);
    CHECK(other < 1.40e6);
    // deliveries: women of 30 more than men
    CHECK(tables().hospital.baseline[0][30] > 1.5f * tables().hospital.baseline[1][30]);
}

TEST_CASE("arrivals, departures and births of the regions give the published flows", "[scenario][compile]") {
    const double people_of[] = {6864766.0, 1255795.0, 3704990.0};
    double net = 0, births = 0;
    for (std::size_t r = 0; r < 3; ++r) {
        double leave = 0;
        for (const Municipality& m : belgium().municipalities) {
            if (m.region != static_cast<int>(r)) continue;
            for (std::size_t sex = 0; sex < 2; ++sex)
                for (std::size_t b = 0; b < 21; ++b) leave += m.population[sex][b] * static_cast<double>(tables().demography.leaves_area[r][b]);
            for (std::size_t b = 3; b < 10; ++b)
                for (std::size_t a = 0; a < 5; ++a) births += m.population[0][b] / 5.0 * static_cast<double>(tables().demography.births_per_woman_year[r][b * 5 + a]);
        }
        net += people_of[r] / 100000 * tables().demography.arrivals_per_100000[r] - leave;
    }
    CHECK(net == Approx(66044).epsilon(0.02));        // net international migration of 2024; moves between regions cancel
    CHECK(births == Approx(108000).epsilon(0.05));    // births of 2024
}

TEST_CASE("the first year has the published arrivals, the years after what the outlook asks for", "[scenario][compile]") {
    const auto& d = tables().demography;
    for (int r = 0; r < model::regions; ++r) {
        INFO("region " << r);
        CHECK(d.arrivals(r, d.first_path_year) == d.arrivals_per_100000[static_cast<std::size_t>(r)]);
        // one flow until the first year of the outlook (2030)
        CHECK(d.arrivals(r, d.first_path_year + 1) == d.arrivals(r, d.first_path_year + 4));
        CHECK(d.arrivals(r, d.first_path_year + 1) > 0);
    }
}

TEST_CASE("parameter draws are the same for the same seed, differ between draws, and draw 0 is the middle", "[scenario][compile]") {
    const model::Tables again = tables_of(shipped(), belgium(), 1, 4), same = tables_of(shipped(), belgium(), 1, 4), other = tables_of(shipped(), belgium(), 1, 5);
    CHECK(again.disease.condition[3].admission == same.disease.condition[3].admission);
    CHECK(again.provider.minutes == same.provider.minutes);
    CHECK(again.disease.condition[3].admission != other.disease.condition[3].admission);
    CHECK(tables().disease.condition[3].log_mortality[2] == Approx(std::log(3.3)));
    // stages share their luck: the ratio of two stages of a list with proportional ranges stays
    const auto& a = again.disease.condition[5].admission;
    const auto& m = tables().disease.condition[5].admission;
    CHECK(a[2] / a[1] == Approx(m[2] / m[1]).epsilon(0.02));
}

TEST_CASE("what only a population can tell is left for build", "[scenario][compile]") {
    for (int c = 0; c < tables().disease.conditions; ++c)
        for (const auto& sex : tables().disease.condition[static_cast<std::size_t>(c)].onset)
            for (const float o : sex) REQUIRE(o == 0);
    CHECK(tables().provider.minutes_scale[0] == 0);
    CHECK(tables().utility.without[0][50] == 0);
    CHECK(tables().utility.norm[0][50] > 0.7f);
}
