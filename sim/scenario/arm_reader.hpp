#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "tresse/scenario/arm.hpp"
#include "tresse/scenario/funding_file.hpp"
#include "tresse/scenario/payers.hpp"
#include "tresse/scenario/reader.hpp"

namespace tresse::scenario {

/// What an arm may name. Components are read when an arm first names them.
struct ArmContext {
    const world::Catalogue* catalogue = nullptr;
    const Payers* payers = nullptr;
    const FundingRules* rules = nullptr;
    const std::vector<OrganisationKind>* organisations = nullptr;
    std::string components_folder;
    std::map<std::string, std::string> own_components;   ///< id -> file, before the shipped ones
    std::map<std::string, std::shared_ptr<const ComponentSpec>>* components = nullptr;
    Problems* problems = nullptr;
    std::vector<std::string> entities;                   ///< federated bodies, as rows of the catalogue
    Month start, end;                                    ///< first and last month of the policy period
    int inhabitants = 0;                                 ///< of the area: what a reach per 1,000 and money per inhabitant are multiplied by
};

std::vector<OrganisationKind> read_organisations(const std::string& path, Problems& problems, std::vector<SourceUse>& sources, std::uint64_t& hash);

ArmSpec read_arm(const Node& node, const ArmContext& context);

/// One estimate set to the author's value: no range any more.
bool set_parameter(const std::vector<Uncertain*>& numbers, const std::string& key, double value);

}  // namespace tresse::scenario
