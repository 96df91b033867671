#include <algorithm>

#include "scenario_parts.hpp"
#include "tresse/model/rules.hpp"

namespace tresse::scenario {

namespace {

void add_rule(world::Catalogue& catalogue, const char* id, LocalText name) {
    if (std::find(catalogue.rules.begin(), catalogue.rules.end(), id) != catalogue.rules.end()) return;
    catalogue.rules.emplace_back(id);
    catalogue.rule_names.push_back(std::move(name));
}

LocalText four(const char* en, const char* fr, const char* nl, const char* de) {
    LocalText out(en);
    out[Lang::fr] = fr, out[Lang::nl] = nl, out[Lang::de] = de;
    return out;
}

/// Zone of a municipality: a primary care zone, else a basin; -1 when the pack knows none.
int zone_of(const Region& region, int municipality) {
    for (const char* kind : {"primary_care_zone", "basin"})
        for (std::size_t z = 0; z < region.zones.size(); ++z) {
            const auto& members = region.zones[z].municipalities;
            if (region.zones[z].kind == kind && std::find(members.begin(), members.end(), municipality) != members.end()) return static_cast<int>(z);
        }
    return -1;
}

}  // namespace

void fill_rules(const FundingRules& rules, world::Catalogue& catalogue, Problems& problems) {
    catalogue.rules.clear();
    catalogue.rule_names.clear();
    for (const funding::RuleSpec& r : rules.rules) {
        catalogue.rules.push_back(r.id);
        catalogue.rule_names.push_back(r.title);
    }
    add_rule(catalogue, grant_rule, four("Grant to the organisation", "Subvention à l'organisation", "Toelage aan de organisatie", "Zuschuss an die Organisation"));
    add_rule(catalogue, programme_rule, four("Costs of actions", "Coûts des actions", "Kosten van acties", "Kosten der Aktionen"));
    add_rule(catalogue, provider_rule, four("Income of providers", "Revenus des prestataires", "Inkomen van zorgverleners", "Einkommen der Leistungserbringer"));
    for (const std::string& contract : funding::contract_names(rules.rules))   // its "standard" stands for whatever a provider starts with
        if ((contract != "standard" || catalogue.contracts.empty()) && std::find(catalogue.contracts.begin(), catalogue.contracts.end(), contract) == catalogue.contracts.end()) catalogue.contracts.push_back(contract);
    if (catalogue.contracts.size() > static_cast<std::size_t>(world::limit::contracts))
        problems.add("scenarios/library", 0, "contracts", std::to_string(catalogue.contracts.size()) + " contract classes; at most " + std::to_string(world::limit::contracts) + " (limit: contracts).");
}

void fill_places(const Region& region, const Area& area, const Payers& payers, world::Catalogue& catalogue, Problems& problems) {
    std::vector<int> zones;   // rows of region.zones, in the order of the catalogue
    for (const int index : area.municipalities) {
        const Municipality& m = region.municipalities[static_cast<std::size_t>(index)];
        world::Place place;
        place.nis = m.nis;
        place.name_fr = m.name_fr, place.name_nl = m.name_nl, place.name_de = m.name_de;
        place.region = m.region;
        place.entity = payers.entity_of(m.nis, m.region);
        if (place.entity < 0) {
            problems.add("scenarios/library/payers.yaml", 0, "competent_federated", "no federated body is competent in " + std::to_string(m.nis) + ".");
            place.entity = 0;
        }
        place.lat = m.lat, place.lon = m.lon, place.area_km2 = m.area_km2;
        place.income_index = m.income_index;
        if (const int zone = zone_of(region, index); zone >= 0) {
            const auto at = std::find(zones.begin(), zones.end(), zone);
            place.zone = static_cast<int>(at - zones.begin());
            if (at == zones.end()) {
                zones.push_back(zone);
                catalogue.zones.push_back(region.zones[static_cast<std::size_t>(zone)].id);
                catalogue.zone_names.emplace_back(region.zones[static_cast<std::size_t>(zone)].label);
            }
        }
        catalogue.places.push_back(std::move(place));
    }
}

std::string mechanism_of_lever(const std::string& action, const LeverSpec& lever) {
    return action + ": " + std::string(model::lever_word(lever.kind)) + (lever.condition.empty() ? "" : " " + lever.condition);
}

void fill_actions(const std::vector<Arm>& arms, world::Catalogue& catalogue, Problems& problems) {
    std::vector<const ComponentUse*> uses;
    for (const Arm& arm : arms)
        for (const ComponentUse& c : arm.spec->components)
            if (c.component && std::none_of(uses.begin(), uses.end(), [&](const ComponentUse* u) { return u->use == c.use; })) uses.push_back(&c);
    catalogue.mechanisms = model::standard_mechanisms();
    for (const ComponentUse* u : uses) {
        catalogue.actions.push_back({u->component->id, u->action.id, u->use, u->action.name});
        for (const char* what : {"invited ", "enrolled ", "delivered "}) catalogue.mechanisms.push_back(what + u->use);
        for (const LeverSpec& l : u->action.levers) catalogue.mechanisms.push_back(mechanism_of_lever(u->use, l));
    }
    for (const world::Role& r : catalogue.roles) catalogue.mechanisms.push_back("team: " + r.id);
    if (uses.size() > static_cast<std::size_t>(world::limit::actions))
        problems.add("the scenario", 0, "arms", std::to_string(uses.size()) + " different actions in all arms together; at most " + std::to_string(world::limit::actions) + " (limit: actions).");
}

}  // namespace tresse::scenario
