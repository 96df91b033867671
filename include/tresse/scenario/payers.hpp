#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "tresse/core/problems.hpp"
#include "tresse/funding/compile.hpp"
#include "tresse/scenario/source.hpp"
#include "tresse/world/catalogue.hpp"

namespace tresse::scenario {

/// Accounts of the ledger that can pay, and which federated body is competent where.
struct Payers {
    /// Who answers for a matter that an entity treats otherwise.
    struct Exception {
        std::string matter;
        std::vector<std::pair<std::string, double>> accounts;   ///< shares that add to 1
    };
    struct Competent {
        int region = -1;                        ///< 0 Flanders, 1 Brussels, 2 Wallonia; -1 = by municipality
        std::vector<int> municipalities;        ///< NIS numbers
        std::string account;
        std::vector<Exception> except;
    };

    /// What a sector really cost, for the reconciliation: rules of ours that stand for it, and the published total of the country.
    struct Published {
        std::string id, account;                ///< who paid
        LocalText name;
        std::vector<std::string> rules;
        Uncertain eur_per_head;                 ///< a year, in the euros of the pack's price year
        double tolerance = 0.05;                ///< declared before it is looked at
    };

    std::vector<world::Account> accounts;
    std::vector<Published> published;
    std::vector<Competent> competent;           ///< in file order: the first row that fits a place counts
    std::vector<SourceUse> sources;
    std::uint64_t hash = 0;

    /// Row of `competent` for a municipality, which is also its entity in the catalogue; -1 when none fits.
    int entity_of(int nis, int region) const;
    /// The account competent in an entity, as an index of `accounts`.
    int account_of(int entity) const;
    int account(const std::string& id) const;
};

/// Reads payers.yaml: accounts with level and name, and the table of competent federated bodies.
Payers load_payers(const std::string& path, Problems& problems);
Payers parse_payers(const std::string& text, const std::string& name, Problems& problems);

/// Fills accounts, entities and first_flow of a catalogue: the payers, then the accounts that the program makes, in this order: income_<kind> of
/// every provider kind, wages, inputs, owners (where providers' money ends), financing_<account> of every public body (where public money starts),
/// outside. Requires: kinds are filled.
void add_accounts(const Payers& payers, world::Catalogue& catalogue);

/// Index of the income account of a provider kind, of a body's financing account, and of the other program-made accounts; -1 when none.
int income_account(const world::Catalogue& catalogue, int kind);
int financing_account(const world::Catalogue& catalogue, int account);

/// The competence table with account indices of the catalogue (the same as of the payers).
funding::Competence competence(const Payers& payers);

}  // namespace tresse::scenario
