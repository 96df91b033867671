#include "build/small_library.hpp"

#include <cmath>
#include <string>
#include <vector>

namespace small_library {

using namespace tresse;

namespace {

struct Given {
    const char* id;
    std::vector<float> share, mortality, admission, loss, dependence, work, remission, progression;
    float diagnosed;
};

const std::vector<Given>& given() {
    static const std::vector<Given> list{
        {"type2_diabetes", {0.6f, 0.25f, 0.15f}, {1.25f, 1.6f, 2.1f}, {0.004f, 0.012f, 0.028f}, {0.03f, 0.09f, 0.15f}, {0, 0, 0.5f}, {1.3f, 1.3f, 1.3f}, {0, 0, 0}, {0.025f, 0.035f, 0}, 0.63f},
        {"hypertension", {0.235f, 0.765f}, {1.0f, 1.12f}, {0.0003f, 0.0008f}, {0, 0.01f}, {0, 0}, {1, 1}, {0, 0}, {0, 0}, 0.567f},
        {"coronary", {0.62f, 0.06f, 0.32f}, {1.25f, 1.9f, 1.6f}, {0.05f, 0.1f, 0.08f}, {0.05f, 0.09f, 0.09f}, {0, 0, 0}, {1.8f, 1.8f, 1.8f}, {0, 0, 0}, {0, 0, 0}, 1},
        {"heart_failure", {0.6f, 0.32f, 0.08f}, {2.0f, 3.3f, 6.0f}, {0.065f, 0.165f, 0.47f}, {0.06f, 0.17f, 0.3f}, {0, 0.5f, 1}, {2.5f, 2.5f, 2.5f}, {0, 0, 0}, {0.1f, 0.15f, 0}, 0.95f},
        {"stroke", {0.55f, 0.2f, 0.25f}, {1.4f, 1.9f, 3.0f}, {0.04f, 0.05f, 0.06f}, {0.1f, 0.25f, 0.45f}, {0, 1, 2.5f}, {3.5f, 3.5f, 3.5f}, {0, 0, 0}, {0, 0, 0}, 1},
        {"copd", {0.35f, 0.45f, 0.15f, 0.05f}, {1.2f, 1.6f, 2.5f, 4.0f}, {0.02f, 0.029f, 0.04f, 0.052f}, {0.02f, 0.07f, 0.15f, 0.25f}, {0, 0, 0.5f, 1}, {1.6f, 1.6f, 1.6f, 1.6f}, {0, 0, 0, 0}, {0.04f, 0.03f, 0.04f, 0}, 0.5f},
        {"asthma", {0.7f, 0.25f, 0.05f}, {1.0f, 1.1f, 1.5f}, {0.0015f, 0.005f, 0.03f}, {0.01f, 0.05f, 0.12f}, {0, 0, 0}, {1, 1, 1}, {0.04f, 0.03f, 0.01f}, {0, 0, 0}, 0.8f},
        {"chronic_kidney_disease", {0.68f, 0.22f, 0.085f, 0.015f}, {1.15f, 1.5f, 2.2f, 4.5f}, {0.003f, 0.008f, 0.03f, 0.25f}, {0.01f, 0.03f, 0.07f, 0.2f}, {0, 0, 0, 0.5f}, {1, 1, 1, 1}, {0, 0, 0, 0}, {0.05f, 0.05f, 0.07f, 0}, 0.35f},
        {"depression", {0.5f, 0.35f, 0.15f}, {1.15f, 1.35f, 1.7f}, {0.004f, 0.02f, 0.12f}, {0.1f, 0.22f, 0.4f}, {0, 0, 0}, {3.5f, 3.5f, 3.5f}, {1.4f, 0.8f, 0.4f}, {0, 0, 0}, 0.6f},
        {"dementia", {0.45f, 0.33f, 0.22f}, {1.7f, 2.6f, 4.5f}, {0.02f, 0.035f, 0.04f}, {0.12f, 0.25f, 0.45f}, {1, 2, 3}, {1, 1, 1}, {0, 0, 0}, {0.22f, 0.25f, 0}, 0.6f},
        {"cancer", {0.14f, 0.35f, 0.44f, 0.07f}, {3.5f, 1.8f, 1.1f, 20.0f}, {1.1f, 0.25f, 0.05f, 1.8f}, {0.15f, 0.08f, 0.03f, 0.35f}, {0, 0, 0, 1}, {6, 6, 6, 6}, {0, 0.1f, 0.1f, 0}, {1, 0.33f, 0.01f, 0}, 1},
        {"osteoarthritis_back", {0.55f, 0.33f, 0.12f}, {1, 1, 1.05f}, {0.005f, 0.03f, 0.16f}, {0.06f, 0.15f, 0.28f}, {0, 0.2f, 0.5f}, {2.2f, 2.2f, 2.2f}, {0, 0, 0}, {0, 0, 0}, 0.9f},
        {"obesity", {0.7f, 0.21f, 0.09f}, {1, 1.15f, 1.5f}, {0, 0, 0}, {0.01f, 0.03f, 0.06f}, {0, 0, 0}, {1, 1, 1}, {0.02f, 0, 0}, {0.03f, 0.025f, 0}, 0.9f},
    };
    return list;
}

LocalText name(const char* text) { return LocalText(std::string(text)); }

void add_ratios(model::DiseaseTables& d, const world::Catalogue& c) {
    struct Ratio {
        const char *cause, *effect;
        double ratio;
    };
    const Ratio list[] = {{"type2_diabetes", "coronary", 2.0}, {"type2_diabetes", "stroke", 1.9}, {"type2_diabetes", "heart_failure", 2.2}, {"type2_diabetes", "chronic_kidney_disease", 2.5},
                          {"type2_diabetes", "dementia", 1.4}, {"hypertension", "coronary", 1.7}, {"hypertension", "stroke", 2.2}, {"hypertension", "heart_failure", 1.9},
                          {"hypertension", "chronic_kidney_disease", 1.9}, {"coronary", "heart_failure", 3.5}, {"coronary", "stroke", 1.7}, {"coronary", "depression", 1.5},
                          {"stroke", "dementia", 1.9}, {"stroke", "depression", 2.2}, {"chronic_kidney_disease", "heart_failure", 2.0}, {"copd", "heart_failure", 1.8},
                          {"copd", "depression", 1.6}, {"depression", "osteoarthritis_back", 1.3}, {"depression", "type2_diabetes", 1.3}, {"asthma", "copd", 3.0},
                          {"obesity", "type2_diabetes", 5.0}, {"obesity", "hypertension", 2.2}, {"obesity", "coronary", 1.4}, {"obesity", "heart_failure", 1.8},
                          {"obesity", "osteoarthritis_back", 2.0}, {"obesity", "asthma", 1.4}, {"obesity", "depression", 1.3}};
    for (const auto& r : list)
        d.log_ratio[static_cast<std::size_t>(c.condition(r.cause))][static_cast<std::size_t>(c.condition(r.effect))] = static_cast<float>(std::log(r.ratio));
    const Ratio smoking[] = {{"", "copd", 7.0}, {"", "coronary", 2.3}, {"", "stroke", 1.8}, {"", "cancer", 1.8}, {"", "heart_failure", 1.5}};
    for (const auto& r : smoking) {
        d.log_ratio[model::risk_daily_smoker][static_cast<std::size_t>(c.condition(r.effect))] = static_cast<float>(std::log(r.ratio));
        d.log_ratio[model::risk_former_smoker][static_cast<std::size_t>(c.condition(r.effect))] = static_cast<float>(0.45 * std::log(r.ratio));
    }
    const Ratio income[] = {{"", "type2_diabetes", 2.0}, {"", "hypertension", 1.3}, {"", "coronary", 1.6}, {"", "copd", 2.3}, {"", "depression", 2.2}, {"", "obesity", 1.8}, {"", "stroke", 1.6}};
    for (const auto& r : income)
        for (int q = 0; q < 5; ++q)
            d.log_ratio[static_cast<std::size_t>(model::risk_quintile + q)][static_cast<std::size_t>(c.condition(r.effect))] = static_cast<float>(0.5 * std::log(r.ratio) * (2 - q) / 4 * 2);
}

}  // namespace

world::Catalogue catalogue() {
    world::Catalogue c;
    for (const auto& g : given()) {
        world::Condition condition{g.id, name(g.id), {}};
        for (std::size_t s = 0; s < g.share.size(); ++s)
            condition.stages.push_back({std::to_string(s + 1), name("stage")});
        c.conditions.push_back(condition);
    }
    struct R {
        const char* id;
        int slot;
        bool days;
    };
    for (const R& r : {R{"gp", 0, false}, R{"out_of_hours", 14, false}, R{"home_nursing", 1, false}, R{"pharmacy", 2, false}, R{"emergency", 4, false}, R{"hospital_beds", 4, true},
                       R{"cardiology", 4, false}, R{"nursing_home", 6, true}, R{"social_work", 10, false}, R{"home_help", 11, false}, R{"case_manager", 12, false}})
        c.roles.push_back({r.id, name(r.id), r.slot, r.days});
    struct S {
        const char *id, *role;
        world::QueueLaw queue;
    };
    for (const S& s : {S{"gp_consultation", "gp", world::QueueLaw::queue}, S{"specialist_cardiology", "cardiology", world::QueueLaw::queue}, S{"medicines", "pharmacy", world::QueueLaw::queue},
                       S{"nursing_forfait_a", "home_nursing", world::QueueLaw::queue}, S{"home_help", "home_help", world::QueueLaw::queue}, S{"emergency_visit", "emergency", world::QueueLaw::emergency},
                       S{"hospital_day", "hospital_beds", world::QueueLaw::emergency}, S{"nursing_home_day", "nursing_home", world::QueueLaw::none}, S{"social_work", "social_work", world::QueueLaw::queue}}) {
        world::Service service;
        service.id = s.id;
        service.name = name(s.id);
        service.role = c.role(s.role);
        service.queue = s.queue;
        service.gp_contact = std::string(s.id) == "gp_consultation";
        c.services.push_back(service);
    }
    struct K {
        const char *id, *role;
        bool department, medical;
    };
    for (const K& k : {K{"gp_practice", "gp", false, true}, K{"medical_house", "gp", false, true}, K{"out_of_hours_post", "out_of_hours", false, true}, K{"home_nursing_team", "home_nursing", false, true},
                       K{"community_pharmacy", "pharmacy", false, true}, K{"general_hospital", "hospital_beds", false, true}, K{"emergency_department", "emergency", true, true},
                       K{"cardiology_department", "cardiology", true, true}, K{"nursing_home", "nursing_home", false, true}, K{"social_service", "social_work", false, false},
                       K{"home_help_service", "home_help", false, false}, K{"case_management_team", "case_manager", false, false}}) {
        world::ProviderKind kind;
        kind.id = k.id;
        kind.name = name(k.id);
        kind.role = c.role(k.role);
        kind.department = k.department;
        kind.medical = k.medical;
        c.kinds.push_back(kind);
    }
    c.causes = {{"other_acute", name("other"), -1, false, false}, {"other_planned", name("other"), -1, false, true}};
    for (std::size_t i = 0; i < c.conditions.size(); ++i)
        c.causes.push_back({c.conditions[i].id, name("cause"), static_cast<int>(i), false, false});
    c.accounts = {{"nihdi_health_care", world::Level::federal, name("insurance")}, {"household", world::Level::private_, name("household")}};
    c.first_flow = 2;
    return c;
}

namespace {

void fill_conditions(model::Tables& t, const scenario::Region& region, const world::Catalogue& c) {
    t.disease.conditions = static_cast<int>(c.conditions.size());
    for (std::size_t i = 0; i < given().size(); ++i) {
        const Given& g = given()[i];
        auto& out = t.disease.condition[i];
        out.stages = static_cast<int>(g.share.size());
        out.utility_keep[0] = 1;
        for (std::size_t s = 0; s < g.share.size(); ++s) {
            out.stage_share[s + 1] = out.start_share[s + 1] = g.share[s];
            out.log_mortality[s + 1] = std::log(g.mortality[s]);
            out.admission[s + 1] = g.admission[s];
            out.utility_keep[s + 1] = 1 - g.loss[s];
            out.dependence[s + 1] = g.dependence[s];
            out.work_log_ratio[s + 1] = std::log(g.work[s]);
            out.remission[s + 1] = g.remission[s];
            out.progression[s + 1] = g.progression[s];
            out.medicines[s + 1] = 1;
        }
        out.diagnosed_share = g.diagnosed;
        out.cause = static_cast<int>(i) + 2;
        const auto& table = region.prevalence.at(g.id);
        for (std::size_t sex = 0; sex < 2; ++sex)
            for (int a = 0; a <= 110; ++a) {  // straight lines between the middles of the bands
                const double at = (a + 0.5 - 2.5) / 5;
                const int low = at < 0 ? 0 : at >= 19 ? 19 : static_cast<int>(at);
                const double part = at < 0 ? 0 : at - low > 1 ? 1 : at - low;
                const double share = table[sex][static_cast<std::size_t>(low)] * (1 - part) + table[sex][static_cast<std::size_t>(low + 1)] * part;
                out.prevalence[sex][static_cast<std::size_t>(a)] = static_cast<float>(share);
            }
    }
    add_ratios(t.disease, c);
    t.disease.obesity = c.condition("obesity"), t.disease.hypertension = c.condition("hypertension"), t.disease.diabetes = c.condition("type2_diabetes");
    t.disease.dementia = c.condition("dementia"), t.disease.depression = c.condition("depression"), t.disease.cancer = c.condition("cancer");
    t.disease.heart_failure = c.condition("heart_failure"), t.disease.copd = c.condition("copd");
}

void fill_kinds(model::Tables& t, const world::Catalogue& c) {
    struct P {
        const char* id;
        float fl, br, wa, size, minutes, use;
    };
    t.provider.kind.resize(c.kinds.size());
    for (const P& p : {P{"gp_practice", 8.6f, 7.4f, 8.7f, 2.2f, 10833, 0.9f}, P{"medical_house", 0.19f, 1.27f, 0.42f, 4, 10833, 0.9f}, P{"out_of_hours_post", 0.5f, 0.5f, 0.5f, 5, 7500, 0.7f},
                       P{"home_nursing_team", 20, 15, 17, 9, 7750, 0.92f}, P{"community_pharmacy", 10.8f, 10.8f, 10.8f, 2.6f, 7500, 0.85f}, P{"general_hospital", 36.7f, 45.4f, 38, 450, 30.4f, 0.78f},
                       P{"emergency_department", 2.6f, 2.6f, 2.6f, 9, 7500, 0.8f}, P{"cardiology_department", 1, 1, 1, 8, 5000, 0.92f}, P{"nursing_home", 120, 124, 134, 105, 30.4f, 0.94f},
                       P{"social_service", 1.3f, 1.3f, 1.3f, 6, 7500, 0.9f}, P{"home_help_service", 18, 15, 17, 60, 7250, 0.96f}, P{"case_management_team", 0.5f, 0.5f, 0.5f, 4, 7500, 0.9f}}) {
        auto& k = t.provider.kind[static_cast<std::size_t>(c.kind(p.id))];
        k.posts_per_10000 = {p.fl, p.br, p.wa};
        k.size_posts = p.size;
        k.minutes_per_post_month = p.minutes;
        k.target_use = p.use;
        k.filled_share = 0.95f;
        k.age_share = {0.6f, 0.3f, 0.08f, 0.02f};
    }
    const auto minutes = [&](const char* id, float m) { t.provider.minutes[static_cast<std::size_t>(c.service(id))] = m; };
    minutes("gp_consultation", 19), minutes("specialist_cardiology", 22), minutes("medicines", 2.1f), minutes("nursing_forfait_a", 25);
    minutes("home_help", 60), minutes("emergency_visit", 55), minutes("social_work", 60);
}

void fill_need(model::Tables& t, const world::Catalogue& c) {
    t.need.mix.resize(40 + 3 + 1);
    t.need.mix_dependence = 40;
    const auto rate = [&](std::size_t row, const char* id, double a_year) {
        const auto s = static_cast<std::size_t>(c.service(id));
        t.need.mix[row].rate_month[s] = static_cast<float>(a_year / 12);
        t.need.mix[row].count[s] = 1;
        t.need.mix[row].total_month += static_cast<float>(a_year / 12);
    };
    for (std::size_t row = 0; row < 40; ++row) {
        rate(row, "gp_consultation", 3 + 0.3 * static_cast<double>(row % 10));
        rate(row, "specialist_cardiology", 0.02 * static_cast<double>(row % 10));
        rate(row, "medicines", 20);
        rate(row, "emergency_visit", 0.25);
        rate(row, "social_work", 0.05);
    }
    for (std::size_t k = 0; k < 3; ++k)
        rate(40 + k, "gp_consultation", 2.5 + 2 * static_cast<double>(k));
    rate(43, "gp_consultation", 2.5);
    for (auto& condition : t.disease.condition)
        condition.mix.fill(43);
    t.need.service_overlap.fill(0.5f);
}

}  // namespace

model::Tables tables(const scenario::Region& region, const world::Catalogue& c) {
    model::Tables t;
    fill_conditions(t, region, c);
    for (std::size_t r = 0; r < 3; ++r)
        for (std::size_t s = 0; s < 2; ++s)
            for (std::size_t a = 0; a <= 110; ++a)
                t.mortality.base_month[r][s][a] = static_cast<float>(-std::log(1 - std::min(0.9, region.death_prob[r + 1][s][a])) / 12);
    t.mortality.log_katz = {0, std::log(1.4f), std::log(1.9f), std::log(2.8f)};
    t.mortality.log_resident = std::log(1.6f);
    t.mortality.log_daily_smoker = std::log(1.5f);
    t.mortality.log_former_smoker = std::log(1.1f);
    t.mortality.log_quintile.fill({0.247f, 0.122f, 0, -0.117f, -0.236f});
    t.mortality.log_education.fill({0.131f, 0, -0.128f});
    fill_kinds(t, c);
    fill_need(t, c);
    constexpr double stays[7] = {60, 50, 70, 90, 160, 230, 280};
    constexpr double length[7] = {4.58, 4.31, 4.28, 5.3, 8.27, 10.8, 13.5};
    for (int a = 0; a <= 110; ++a) {
        const std::size_t g = a < 15 ? 0 : a < 25 ? 1 : a < 45 ? 2 : a < 65 ? 3 : a < 75 ? 4 : a < 85 ? 5 : 6;
        for (std::size_t s = 0; s < 2; ++s)
            t.hospital.baseline[s][static_cast<std::size_t>(a)] = static_cast<float>(stays[g] / 1000);
        t.hospital.days_by_age[static_cast<std::size_t>(a)] = static_cast<float>(length[g]);
        t.dependence.home_entry[static_cast<std::size_t>(a)] = a < 65 ? 0 : a < 75 ? 0.0025f : a < 85 ? 0.015f : a < 90 ? 0.075f : 0.15f;
    }
    t.dependence.share_home = {0.83f, 0.09f, 0.055f, 0.025f};
    t.dependence.share_by_age = {{{0.011f, 0.048f, 0.28f}, {0.011f, 0.048f, 0.15f}}};
    t.dependence.nursing_prob = {0.02f, 0.17f, 0.3f, 0.3f};
    t.dependence.help_prob = {0.03f, 0.28f, 0.36f, 0.36f};
    t.dependence.help_hours_week = {1, 3.5f, 4.5f, 4};
    t.dependence.carer_hours_week = {4, 9, 20, 32};
    t.dependence.nursing_service.fill(static_cast<std::uint8_t>(c.service("nursing_forfait_a")));
    t.start.has_carer = {0.12f, 0.7f, 0.85f, 0.92f};
    for (auto& row : t.start.global_record)
        row = {0.62f, 0.66f, 0.78f, 0.9f};
    t.start.medical_house = {0.022f, 0.147f, 0.046f};
    for (std::size_t s = 0; s < 2; ++s)
        for (std::size_t a = 0; a <= 110; ++a)
            t.utility.norm[s][a] = static_cast<float>(region.utility[s][a]);
    t.frailty.permanent.fill(1), t.frailty.now.fill(1);
    for (auto& row : t.frailty.power)
        row.fill(1);
    for (auto& row : t.frailty.power_now)
        row.fill(1);
    return t;
}

namespace {

/// Rows of text with one heading.
scenario::NamedTable table(std::vector<std::string> columns, std::vector<std::vector<std::string>> rows) { return {std::move(columns), std::move(rows)}; }

scenario::Municipality town(int nis, int inhabitants, double index, double alone, double bim, double lat, double lon) {
    scenario::Municipality m;
    m.nis = nis;
    m.name_nl = m.name_fr = std::to_string(nis);
    m.region = 0;
    m.area_km2 = 25;
    m.lat = lat, m.lon = lon;
    m.income_index = index;
    m.one_person_household_share = alone;
    m.bim_share = bim;
    constexpr int shape[21] = {50, 54, 56, 56, 58, 62, 65, 66, 66, 64, 66, 68, 66, 58, 50, 40, 28, 17, 7, 2, 1};  // of 1,000, both sexes
    for (int b = 0; b < 21; ++b) {
        const int both = inhabitants * shape[b] / 1000;
        m.population[1][static_cast<std::size_t>(b)] = both * (b < 14 ? 50 : b < 17 ? 45 : 33) / 100;
        m.population[0][static_cast<std::size_t>(b)] = both - m.population[1][static_cast<std::size_t>(b)];
    }
    return m;
}

void add_social(scenario::Region& r) {
    std::vector<std::vector<std::string>> households, education, employment, bim, lifestyle, supply;
    for (const char* region : {"flanders", "brussels", "wallonia"}) {
        const std::pair<const char*, std::pair<const char*, const char*>> kinds[] = {{"one_person", {"0.34", "1"}}, {"married_no_child", {"0.21", "2"}}, {"married_child", {"0.19", "3.9"}},
            {"cohabiting_no_child", {"0.07", "2"}}, {"cohabiting_child", {"0.08", "3.9"}}, {"single_parent", {"0.09", "2.6"}}, {"other", {"0.02", "3.2"}}};
        for (const auto& [kind, numbers] : kinds)
            households.push_back({region, kind, numbers.first, numbers.second});
        for (const char* sex : {"F", "M"}) {
            education.push_back({region, sex, "15", "24", "0.5", "0.42", "0.08"});
            education.push_back({region, sex, "25", "64", "0.2", "0.38", "0.42"});
            education.push_back({region, sex, "65", "120", "0.5", "0.28", "0.22"});
            employment.push_back({region, sex, "15", "24", "0.32", "0.03", "0.002", "0.6", "0", "0.048"});
            employment.push_back({region, sex, "25", "59", "0.83", "0.03", "0.07", "0.005", "0.005", "0.06"});
            employment.push_back({region, sex, "60", "64", "0.5", "0.01", "0.15", "0", "0.22", "0.12"});
            employment.push_back({region, sex, "65", "120", "0.03", "0", "0", "0", "0.88", "0.09"});
        }
        bim.push_back({region, "0", "19", "0.2"});
        bim.push_back({region, "20", "64", "0.14"});
        bim.push_back({region, "65", "120", "0.27"});
        supply.push_back({region, "care_home_residents", "100"});
    }
    for (const char* sex : {"F", "M"}) {
        lifestyle.push_back({sex, "0", "14", "all", "0", "0", "0", "0.17", "0.05"});
        for (const char* diploma : {"low", "middle", "high"})
            lifestyle.push_back({sex, "15", "120", diploma, diploma[0] == 'l' ? "0.22" : diploma[0] == 'm' ? "0.15" : "0.09", "0.2", diploma[0] == 'l' ? "0.38" : "0.25", "0.52", "0.2"});
    }
    supply.push_back({"belgium", "care_home_share_65_plus", "0.056"});
    r.tables["households"] = table({"region", "type", "share", "mean_size"}, households);
    r.tables["education"] = table({"region", "sex", "age_from", "age_to", "low", "middle", "high"}, education);
    r.tables["employment"] = table({"region", "sex", "age_from", "age_to", "employed", "unemployed", "disabled", "student", "retired", "inactive"}, employment);
    r.tables["bim"] = table({"region", "age_from", "age_to", "share"}, bim);
    r.tables["lifestyle"] = table({"sex", "age_from", "age_to", "education", "daily_smoker", "ex_smoker", "inactive", "overweight", "obese"}, lifestyle);
    r.tables["supply"] = table({"region", "item", "value"}, supply);
}

/// Rising with age from nothing to `top` at 80, then flat: half of `top` at 60.
double rising(double top, int age) { return age < 20 ? 0.001 * top : age >= 80 ? top : top * (age - 19) / 61.0 * (age - 19) / 61.0; }

}  // namespace

scenario::Region region() {
    scenario::Region r;
    r.id = "three-towns";
    r.folder = "three-towns";
    r.municipalities = {town(10001, 12000, 104, 0.36, 0.15, 50.85, 4.70), town(10002, 7000, 110, 0.28, 0.12, 50.85, 4.80), town(10003, 3000, 74, 0.38, 0.34, 50.78, 4.75)};
    r.neighbours = {{0, 1, 7.0}, {1, 2, 9.0}};
    r.hospital_sites = {{"1", "Alpha", "general", 0, 60, true, 50.85, 4.70}, {"2", "Beta", "general", 1, 30, true, 50.85, 4.80}, {"3", "no emergency", "general", 2, 40, false, 50.78, 4.75}};
    add_social(r);
    constexpr double tops[13] = {0.2, 0.8, 0.12, 0.08, 0.06, 0.13, 0.09, 0.35, 0.1, 0.12, 0.13, 0.33, 0.25};
    for (std::size_t i = 0; i < given().size(); ++i)
        for (std::size_t s = 0; s < 2; ++s)
            for (int b = 0; b < 21; ++b)
                r.prevalence[given()[i].id][s][static_cast<std::size_t>(b)] = rising(tops[i], b * 5 + 2);
    for (auto& area : r.death_prob)
        for (std::size_t s = 0; s < 2; ++s)
            for (int a = 0; a <= 110; ++a)  // Gompertz: doubles every seven years, a tenth more in men
                area[s][static_cast<std::size_t>(a)] = std::min(0.7, 0.0012 * (s == 1 ? 1.1 : 1.0) * std::exp2((a - 40) / 7.0));
    for (auto& sex : r.utility)
        for (int a = 0; a <= 110; ++a)
            sex[static_cast<std::size_t>(a)] = a < 15 ? 0.95 : 0.92 - 0.003 * (a - 15);
    return r;
}

}  // namespace small_library
