#pragma once

#include <string>

#include "tresse/core/csv.hpp"
#include "tresse/scenario/funding_file.hpp"
#include "tresse/scenario/payers.hpp"
#include "tresse/scenario/reader.hpp"

/// The shipped library as far as funding needs it: names of services and provider kinds, indices, payers.
namespace funding_library {

inline std::string home() { return std::string(TRESSE_SOURCE_DIR) + "/scenarios/"; }

inline tresse::world::Catalogue names() {
    tresse::Problems problems;
    tresse::world::Catalogue out;
    tresse::scenario::Document providers(home() + "library/providers.yaml", "providers", problems), services(home() + "library/services.yaml", "services", problems);
    const auto top = providers.root();
    out.contracts = top.need("contracts").texts();
    for (std::size_t i = 0; i < top.need("roles").size(); ++i) {
        const auto node = top.need("roles").at(i);
        out.roles.push_back({node.need("id").text(), node.need("name").local_text(), static_cast<int>(node.need("team_slot").whole(0, 15)), false});
    }
    for (std::size_t i = 0; i < top.need("kinds").size(); ++i) {
        const auto node = top.need("kinds").at(i);
        tresse::world::ProviderKind kind;
        kind.id = node.need("id").text(), kind.name = node.need("name").local_text(), kind.role = out.role(node.need("role").text());
        out.kinds.push_back(kind);
    }
    tresse::scenario::Document conditions(home() + "library/conditions.yaml", "conditions", problems);
    const auto ill = conditions.root().need("conditions");
    for (std::size_t i = 0; i < ill.size(); ++i) {
        tresse::world::Condition condition;
        condition.id = ill.at(i).need("id").text(), condition.name = ill.at(i).need("name").local_text();
        for (std::size_t k = 0; k < ill.at(i).need("stages").size(); ++k) condition.stages.push_back({ill.at(i).need("stages").at(k).need("id").text(), {}});
        out.conditions.push_back(condition);
    }
    const auto list = services.root().need("services");
    for (std::size_t i = 0; i < list.size(); ++i) {
        tresse::world::Service service;
        service.id = list.at(i).need("id").text(), service.name = list.at(i).need("name").local_text(), service.unit = list.at(i).need("unit").local_text();
        service.role = out.role(list.at(i).need("role").text());
        out.services.push_back(service);
    }
    return out;
}

inline tresse::funding::IndexTable indices() {
    tresse::funding::IndexTable out;
    const auto table = tresse::read_csv(home() + "belgium/indices.csv");
    for (const auto& row : table.rows) {
        long long year = 0;
        tresse::parse_whole(row[1], year);
        tresse::parse_number(row[2], out[row[0]][static_cast<int>(year)]);
    }
    return out;
}

/// Everything loaded once. `problems` keeps what the shipped files have wrong: nothing.
struct Shipped {
    tresse::Problems problems;
    tresse::world::Catalogue catalogue = names();
    tresse::funding::IndexTable index = indices();
    tresse::scenario::Payers payers = tresse::scenario::load_payers(home() + "library/payers.yaml", problems);
    tresse::scenario::FundingContext context{&catalogue, &payers, &index};
    tresse::scenario::FundingRules rules = tresse::scenario::load_funding_rules(home() + "library/funding", context, problems);
    tresse::world::Catalogue compiled_names = tresse::scenario::rules_catalogue(rules, context);
    tresse::funding::Competence competence = tresse::scenario::competence(payers);

    tresse::funding::CompileInput input(int euros_of = 0) const {
        tresse::funding::CompileInput out;
        out.catalogue = &compiled_names, out.competence = &competence, out.index = &index, out.euros_of = euros_of;
        for (const auto& rule : rules.rules) out.rules.push_back(&rule);
        return out;
    }
    int service(const std::string& id) const { return compiled_names.service(id); }
    int account(const std::string& id) const { return compiled_names.account(id); }
};

inline const Shipped& shipped() {
    static const Shipped all;
    return all;
}

}  // namespace funding_library
