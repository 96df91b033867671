#include "library_fixture.hpp"

#include <cstdio>

using namespace library_fixture;

// Expected use of Belgium by the tables alone, against published totals a head and year. Tolerances are wide on purpose: persons, price, distance
// and capacity come on top when the model runs; `validate` judges that.

TEST_CASE("GP contacts come to five a head, with a sixth of them at home", "[scenario][services]") {
    const double practice = units("gp_consultation"), home = units("gp_home_visit"), duty = units("gp_out_of_hours");
    INFO(practice << " + " << home << " + " << duty);
    CHECK(practice + home + duty == Approx(5.15).epsilon(0.04));         // 5.2 in 2021, 5.1 in 2022
    CHECK(home / (practice + home) == Approx(9.5 / 57.0).margin(0.03));  // 9.5 of 57 million
}

TEST_CASE("old people see the GP ten times a year, mostly at home", "[scenario][services]") {
    double home = 0, all = 0, n = 0;
    const auto practice_at = static_cast<std::size_t>(shipped().service("gp_consultation")), home_at = static_cast<std::size_t>(shipped().service("gp_home_visit"));
    for (int sex = 0; sex < 2; ++sex)
        for (int age = 75; age < model::ages; ++age) {
            const double w = people()[static_cast<std::size_t>(sex)][static_cast<std::size_t>(age)];
            n += w;
            for (const std::size_t s : {practice_at, home_at}) {
                double x = of_conditions(static_cast<int>(s), sex, age, false);
                for (int r = 0; r < 2; ++r) {
                    const model::Mix& mix = tables().need.mix[static_cast<std::size_t>(model::NeedTables::baseline_row(r, sex, world::age_band(age)))];
                    x += 12.0 * 1.021 * static_cast<double>(mix.rate_month[s]) * (r == 1 ? resident(sex, age) : 1 - resident(sex, age));
                }
                for (std::size_t katz = 1; katz < 4; ++katz)
                    x += 12.0 * static_cast<double>(tables().need.mix[static_cast<std::size_t>(tables().need.mix_dependence) + katz - 1].rate_month[s]) * (1 - resident(sex, age)) * static_cast<double>(tables().dependence.share_home[katz]);
                all += w * x;
                if (s == home_at) home += w * x;
            }
        }
    CHECK(all / n == Approx(10.0).epsilon(0.1));   // 11 (women) and 9.3 (men) per patient, 95 % see a GP
    CHECK(home / all == Approx(0.55).margin(0.06));
}

TEST_CASE("specialists are seen two and a half times a head", "[scenario][services]") {
    double sum = 0;
    for (const auto& s : shipped().services)
        if (s.service.specialist_contact) sum += units(s.service.id);
    CHECK(sum == Approx(2.5).epsilon(0.05));       // 28.2 million in 2013
}

TEST_CASE("the other services reach their published levels", "[scenario][services]") {
    CHECK(units("physiotherapy") == Approx(4.0).epsilon(0.05));           // 1.12 bn EUR over the net price
    CHECK(units("nursing_technical") == Approx(4.5).epsilon(0.08));
    CHECK(units("medicines") * 10 == Approx(384).epsilon(0.05));          // EUR 330 of the insurer and 14 % of the patient
    CHECK(units("lab_set") == Approx(2.4).epsilon(0.05));
    CHECK(units("imaging") == Approx(1.1).epsilon(0.05));
    CHECK(units("day_stay") == Approx(2.5 / 11.7).epsilon(0.08));         // 2.5 million
    CHECK(units("psychologist") == Approx(0.25).epsilon(0.12));           // 250 M EUR over EUR 85
    CHECK(units("dialysis") * inhabitants() / 156 > 8000);                // patients in dialysis, 8,500 and more
    CHECK(units("dialysis") * inhabitants() / 156 < 14000);
    CHECK(units("nursing_palliative") * inhabitants() == Approx(335.3e6 / 75).epsilon(0.3));   // spending of 2024 over the day price
}

TEST_CASE("emergency visits with those before a stay come to 0.31 a head", "[scenario][services]") {
    const auto& h = tables().hospital;
    double unplanned = 0;
    for (std::size_t sex = 0; sex < 2; ++sex)
        for (std::size_t age = 0; age < model::ages; ++age) unplanned += people()[sex][age] * static_cast<double>(h.baseline[sex][age] * (1 - h.baseline_planned_share));
    const double through = unplanned / inhabitants() * static_cast<double>(h.emergency_before_unplanned);
    CHECK(units("emergency_visit") + through == Approx(0.31).epsilon(0.15));   // 3.69 million in 2018; stays of the conditions add about 0.01
}

TEST_CASE("daily nursing and home help reach the patients and hours that were counted", "[scenario][services]") {
    const auto& d = tables().dependence;
    double help = 0;
    const double per_1000[] = {3.4, 3.0, 3.2, 1.45};   // washing only, lump sums A, B, C, patients on an average day per 1,000 inhabitants
    for (std::size_t k = 0; k < 4; ++k) {
        const double people_of_class = at_home_65() * static_cast<double>(d.share_home[k]);
        CHECK(people_of_class * static_cast<double>(d.nursing_prob[k]) / inhabitants() * 1000 == Approx(per_1000[k]).epsilon(0.1));
        help += people_of_class * static_cast<double>(d.help_prob[k] * d.help_hours_week[k]) * 52;
    }
    CHECK(help / inhabitants() == Approx(2.4).epsilon(0.05));
    double residents = 0;
    for (int sex = 0; sex < 2; ++sex)
        for (int age = 65; age < model::ages; ++age) residents += people()[static_cast<std::size_t>(sex)][static_cast<std::size_t>(age)] * resident(sex, age);
    CHECK(residents == Approx(134000).epsilon(0.05));
}

TEST_CASE("a person asks for 1.4 to 2.0 lines a month", "[scenario][services]") {
    for (std::size_t s = 0; s < shipped().services.size(); ++s)
        if (belgian_use().units[s] > 0) std::printf("  %-26s %8.3f units  %6.3f lines a head and year\n", shipped().services[s].service.id.c_str(), belgian_use().units[s], belgian_use().lines[s]);
    // beside the mixes: five lines of 0.15 stays, a yearly record and the yearly baseline, standing care of 3 % of persons
    const double others = (5 * 0.15 + 0.07 + 0.75 + 1.0 + 12 * 0.033) / 12;
    const double month = belgian_use().total_lines / 12 + others;
    std::printf("  lines a person and month: %.3f from the mixes, %.3f in all\n", belgian_use().total_lines / 12, month);
    CHECK(month > 1.4);
    CHECK(month < 2.0);
}
