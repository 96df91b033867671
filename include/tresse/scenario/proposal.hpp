#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tresse/core/local_text.hpp"
#include "tresse/core/problems.hpp"
#include "tresse/scenario/region.hpp"

/// A pilot dossier as its authors filed it. What is missing is a finding for the jury, so almost every key may be absent; what
/// cannot be understood is a problem of this file alone.
namespace tresse::scenario {

struct ProposalPartner {
    std::string name, role, mandate;       ///< mandate: signed, letter_of_intent, none
    std::vector<std::string> specialties;
    int page = 0, line = 0;
};

struct ProposalAction {
    std::string id, use;                   ///< use: component/action of the library; empty = not in the library
    LocalText what;
    int from_month = 1, line = 0;          ///< of the plan, from 1
    std::vector<std::pair<std::string, double>> staff;   ///< role and full-time posts
    double eur_per_year = 0;               ///< NaN: an amount stands there that cannot be read
    double providers = 0, groups_per_year = 0;
    double fte() const;
};

struct ProposalComponent {
    std::string id, proof;                 ///< proof: an action, p12 for a page, or none
    int year = 0, line = 0;
};

struct ProposalClaim {
    std::string what, who;
    double change = 0, value = 0;          ///< change: share (-0.10); value: in the unit of what
    bool has_change = false;
    int by_year = 0, page = 0, line = 0;
};

struct ProposalIndicator {
    std::string id, from;
    int line = 0;
};

struct Proposal {
    std::string id, file, call, language, filed, template_id;
    LocalText title, in_words;
    bool invented = false;                 ///< the whole dossier
    std::string modelled_on;               ///< a real pilot whose public facts it uses
    std::vector<std::string> invented_fields, planted;   ///< keys that we made up; rules that are broken on purpose

    bool readable = false;                 ///< it is YAML of the right kind: what is missing is missing, not unread
    bool area_readable = false, plan_readable = false;
    std::vector<int> municipalities;       ///< of the region pack, ascending
    std::vector<std::pair<int, double>> parts;   ///< municipality of which only so many inhabitants belong
    double population_stated = 0;

    LocalText target;
    double size_stated = 0;
    std::vector<std::string> target_conditions, found_by;
    LocalText healthy_people, hard_to_reach;

    std::vector<ProposalPartner> partners;
    std::string manager;
    double manager_fte = 0;
    std::string decides, money_rules, conflict_rule, communication;
    int seats = 0, patients_seats = -1;    ///< -1: not said

    int years = 0;
    std::vector<ProposalAction> actions;
    std::vector<ProposalComponent> components;
    double coordination_eur = 0, actions_eur = 0, own_means_eur = 0;   ///< NaN: cannot be read
    bool money_stated = false;
    std::vector<std::string> gains_go_to;
    std::string cost_neutral;
    std::vector<ProposalClaim> claims;
    std::vector<ProposalIndicator> indicators;
    bool evaluation_accepted = false;
    std::string equity, workers;           ///< where the dossier speaks of them
    std::map<std::string, int> lines;      ///< line of each section that is there
    std::vector<Problem> problems;         ///< what could not be understood: file, line, key, cure
    std::uint64_t hash = 0;

    /// Line of a section; 0 when the dossier has none.
    int line(std::string_view section) const;
    double actions_sum_eur() const;
    /// The first problem that keeps a key from being understood, at the key, above or below it, or of the whole file; null: none.
    /// `key`: as in the file, "[]" for any entry of a list: "plan.actions[].eur_per_year".
    const Problem* unread(std::string_view key) const;
};

/// Ids of the fourteen local components of the plan, in their order, and their names.
const std::vector<std::string>& local_components();
/// Roles that a partner may have.
const std::vector<std::string>& partner_roles();
/// What a claim may be about.
const std::vector<std::string>& claim_words();

/// Reads a dossier. `uses`: actions of the library. Throws: nothing for the author's mistakes: they stand in `problems` of the result.
Proposal read_proposal(const std::string& path, const Region& region, const std::vector<std::string>& uses);
Proposal read_proposal_text(const std::string& text, const std::string& name, const Region& region,
                            const std::vector<std::string>& uses);

}  // namespace tresse::scenario
