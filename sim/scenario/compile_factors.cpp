#include <array>
#include <string>

#include "compile_parts.hpp"

namespace tresse::scenario {

namespace {

constexpr std::array<const char*, model::regions> region_words = {"flanders", "brussels", "wallonia"};
constexpr std::array<const char*, 2> sex_words = {"women", "men"};

void deaths(const Factors& constants, model::MortalityTables& m) {
    for (std::size_t sex = 0; sex < 2; ++sex) {
        const double oldest = constants.factor(std::string("deaths.") + sex_words[sex] + ".85");
        for (std::size_t r = 0; r < model::regions; ++r) {
            const double all = constants.factor(std::string("deaths.") + region_words[r] + "." + sex_words[sex]);
            for (std::size_t age = 0; age < model::ages; ++age) m.base_month[r][sex][age] *= static_cast<float>(age >= 85 ? all * oldest : all);
        }
    }
}

void contacts(const Factors& constants, const Library& library, model::Tables& tables) {
    for (std::size_t s = 0; s < library.services.size(); ++s) {
        const double factor = constants.factor("contacts." + library.services[s].service.id);
        for (model::Mix& mix : tables.need.mix) mix.rate_month[s] *= static_cast<float>(factor);
    }
    const auto nursing = static_cast<float>(constants.factor("contacts.daily_nursing"));
    for (float& p : tables.dependence.nursing_prob) p *= nursing;
}

void stays(const Factors& constants, model::HospitalTables& h) {
    for (std::size_t sex = 0; sex < 2; ++sex)
        for (std::size_t age = 0; age < model::ages; ++age) {
            const char* group = age >= 85 ? "stays.85" : age >= 75 ? "stays.75" : age >= 65 ? "stays.65" : "stays.0";
            h.baseline[sex][age] *= static_cast<float>(constants.factor(group));
        }
}

}  // namespace

void compile_factors(const Draws& draws, model::Tables& tables) {
    const Factors& constants = draws.region.factors;
    if (constants.rows.empty()) return;
    deaths(constants, tables.mortality);
    contacts(constants, draws.library, tables);
    stays(constants, tables.hospital);
}

}  // namespace tresse::scenario
