#include "library_fixture.hpp"

#include <map>

using namespace library_fixture;

namespace {

/// Minutes (days) that 10,000 Belgians ask of a role in a year.
std::map<std::string, double> demand() {
    std::map<std::string, double> out;
    for (std::size_t s = 0; s < shipped().services.size(); ++s)
        out[shipped().services[s].role] += belgian_use().units[s] * static_cast<double>(tables().provider.minutes[s]) * 10000;
    const auto& d = tables().dependence;
    for (std::size_t k = 0; k < 4; ++k) {
        const double people_of_class = at_home_65() * static_cast<double>(d.share_home[k]) / inhabitants() * 10000;
        out["home_nursing"] += people_of_class * static_cast<double>(d.nursing_prob[k]) * 365 * static_cast<double>(tables().provider.minutes[d.nursing_service[k]]);
        out["home_help"] += people_of_class * static_cast<double>(d.help_prob[k] * d.help_hours_week[k]) * 52 * 60;
    }
    out["hospital_beds"] = 1.7e6 / inhabitants() * 10000 * 7.6;   // stays of 2023 and mean days of 2019
    out["nursing_home"] = 134000 / inhabitants() * 10000 * 365;
    return out;
}

std::map<std::string, double> capacity() {
    std::map<std::string, double> out;
    const double weight[] = {6864766.0 / 11825551, 1255795.0 / 11825551, 3704990.0 / 11825551};   // inhabitants of 2025
    for (std::size_t k = 0; k < shipped().kinds.size(); ++k) {
        const model::KindTable& t = tables().provider.kind[k];
        double posts = 0;
        for (std::size_t r = 0; r < 3; ++r) posts += weight[r] * static_cast<double>(t.posts_per_10000[r]);
        out[shipped().kinds[k].role] += posts * static_cast<double>(t.filled_share * t.minutes_per_post_month * t.target_use) * 12;
    }
    return out;
}

}  // namespace

TEST_CASE("what is asked of each role and what its posts can do agree within what minutes may be scaled", "[scenario][providers]") {
    const auto asked_of = demand();
    const auto can = capacity();
    for (const auto& [role, minutes] : asked_of) {
        if (minutes <= 0 || role == "case_manager" || role == "prevention") continue;   // today's agendas of these two are filled by programmes
        INFO(role << ": " << minutes << " asked, " << can.at(role) << " can");
        CHECK(can.at(role) / minutes > 0.6);
        CHECK(can.at(role) / minutes < 1.6);
    }
}

TEST_CASE("full-time equivalents of GPs are those of the federal count", "[scenario][providers]") {
    double fte = 0;
    const double people_of[] = {6864766.0, 1255795.0, 3704990.0};
    for (const char* id : {"gp_practice", "medical_house"})
        for (std::size_t k = 0; k < shipped().kinds.size(); ++k)
            if (shipped().kinds[k].kind.id == id)
                for (std::size_t r = 0; r < 3; ++r) fte += people_of[r] / 10000 * static_cast<double>(tables().provider.kind[k].posts_per_10000[r] * tables().provider.kind[k].filled_share);
    CHECK(fte == Approx(9615).epsilon(0.05));
}

TEST_CASE("every role has a kind that staffs it, and shares of ages add to one", "[scenario][providers]") {
    for (const auto& role : shipped().roles) {
        bool staffed = false;
        for (const auto& k : shipped().kinds) staffed |= k.role == role.id;
        INFO(role.id);
        CHECK(staffed);
    }
    for (const auto& k : tables().provider.kind) {
        float sum = 0;
        for (const float a : k.age_share) sum += a;
        CHECK(sum == Approx(1));
    }
}

TEST_CASE("the workforce is near balance: newcomers replace those who leave", "[scenario][providers]") {
    for (std::size_t i = 0; i < shipped().kinds.size(); ++i) {
        const auto& k = tables().provider.kind[i];
        double exits = 0;
        for (std::size_t a = 0; a < 4; ++a) exits += static_cast<double>(k.age_share[a] * k.exit_per_year[a]);
        INFO(shipped().kinds[i].kind.id << " exits " << exits << " entries " << k.entry_per_post_year);
        CHECK(static_cast<double>(k.entry_per_post_year) == Approx(exits).margin(0.025));
    }
}
