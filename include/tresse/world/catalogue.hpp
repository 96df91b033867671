#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tresse/core/local_text.hpp"
#include "tresse/world/limits.hpp"

namespace tresse::world {

/// Names and structure of a scenario: what exists, not how large it is (numbers stand in the stages' tables). Immutable after load;
/// the same object for all arms and parameter draws of a run.

struct Stage {
    std::string id;
    LocalText name;
};

struct Condition {
    std::string id;
    LocalText name;
    std::vector<Stage> stages;  ///< 1 to 7; stage 0 "absent" is not in the list
};

/// Where a service is asked for: a desk with minutes (or bed-days) of its own. Departments of one house follow its team slot.
struct Role {
    std::string id;       ///< gp, home_nursing, cardiology, hospital_beds ...
    LocalText name;
    int team_slot = 0;    ///< nibble of the team word that says which provider; departments share the slot of their hospital
    bool in_days = false; ///< capacity in bed-days instead of minutes
};

enum class QueueLaw : std::uint8_t {
    queue,      ///< waits its turn
    emergency,  ///< always delivered; strains
    none,       ///< takes nobody's minutes
};

struct Service {
    std::string id;
    LocalText name;
    LocalText unit;             ///< visit, session, day, pack, hour
    int role = 0;
    QueueLaw queue = QueueLaw::queue;
    bool gp_contact = false;    ///< counts for continuity (UPC, COC)
    bool specialist_contact = false;
    bool emergency_visit = false;
    bool test = false;          ///< can be repeated for lack of a shared record
    bool planned = false;       ///< follows from a diagnosed condition
    bool stay = false;          ///< days in hospital
};

struct ProviderKind {
    std::string id;             ///< gp_practice, medical_house, home_nursing ...
    LocalText name;
    int role = 0;               ///< the desk it staffs
    int contract = 0;           ///< contract class at the start
    bool department = false;    ///< stands inside a hospital of the region pack
    bool medical = true;        ///< false: welfare and support
};

enum class Level : std::uint8_t { federal, federated, local, private_, organisation, flow };

/// What money that goes from an account to a household is: part of the cost of care (a refund), or income beside it.
enum class AccountUse : std::uint8_t { care, income_replacement };

/// An account of the ledger. Accounts below `first_flow` can pay; the others show where money ends or starts.
struct Account {
    std::string id;
    Level level = Level::flow;
    LocalText name;
    AccountUse use = AccountUse::care;
};

/// A named cause of admission.
struct Cause {
    std::string id;
    LocalText name;
    int condition = -1;         ///< -1: not one of the conditions
    bool avoidable = false;     ///< primary cause in the OECD list
    bool planned = false;       ///< elective
};

struct Place {
    int nis = 0;
    std::string name_fr, name_nl, name_de;
    int region = 0;             ///< 0 Flanders, 1 Brussels, 2 Wallonia
    int entity = 0;             ///< row of `entities`: whose federated account is competent
    int zone = -1;
    double lat = 0, lon = 0, area_km2 = 0;
    double income_index = 100;
    bool inside = true;         ///< of the area simulated
    /// The name in the language, with the official one when there is none.
    const std::string& name(Lang lang) const;
};

/// The federated bodies that are competent in a place, as rows: person matters and the two exceptions.
struct Entity {
    std::string id;             ///< flemish_community, walloon_region, german_community, brussels_ccc
    int account = 0;
};

/// One action of a component in the scenario: the arms differ in which are on.
struct ActionName {
    std::string component, action, id;  ///< id = component/action
    LocalText name;
};

struct Catalogue {
    std::vector<Condition> conditions;
    std::vector<Role> roles;
    std::vector<Service> services;
    std::vector<ProviderKind> kinds;
    std::vector<Account> accounts;
    int first_flow = 0;
    std::vector<Cause> causes;
    std::vector<Place> places;      ///< of the area, then none else
    std::vector<Entity> entities;
    std::vector<ActionName> actions;
    std::vector<std::string> rules; ///< names of funding rules, in order of their index in the ledger
    std::vector<LocalText> rule_names;
    std::vector<std::string> contracts;
    std::vector<std::string> mechanisms;
    std::vector<std::string> zones;
    std::vector<LocalText> zone_names;

    /// Index by id, or -1.
    int condition(std::string_view id) const;
    int role(std::string_view id) const;
    int service(std::string_view id) const;
    int kind(std::string_view id) const;
    int account(std::string_view id) const;
    int cause(std::string_view id) const;
    int rule(std::string_view id) const;
    int mechanism(std::string_view id) const;
};

}  // namespace tresse::world
