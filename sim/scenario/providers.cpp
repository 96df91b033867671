#include "library_reader.hpp"
#include "tresse/world/limits.hpp"

namespace tresse::scenario {

namespace {

constexpr Field kind_numbers[] = {
    {"posts_per_10000", 3, Law::lognormal, 0, 1000, "posts per 10,000", "Flanders, Brussels, Wallonia; vacant posts included; beds for houses"},
    {"size_posts", single, Law::lognormal, 0.1, 5000, "posts", "of a typical provider"},
    {"minutes_per_post_year", single, Law::lognormal, 1, 300000, "minutes a year", "for contacts; bed-days for houses"},
    {"target_use", single, Law::logit, 0, 1, "share", "of the minutes used in the base year"},
    {"overtime_max", single, Law::lognormal, 0, 1, "share", "of the minutes that can be added"},
    {"wait0_days", single, Law::lognormal, 0, 365, "days", "w0 of the waiting formula"},
    {"age_share", 4, Law::fixed, 0, 1, "share", "of staff under 55, 55-64, 65-69, 70 and over"},
    {"exit_per_year", 4, Law::lognormal, 0, 5, "per year", "by the same ages, before burn-out"},
    {"entry_per_post_year", single, Law::lognormal, 0, 1, "per post and year", "newcomers to the labour market"},
    {"vacancy_fill_month", single, Law::logit, 0, 1, "probability", "that a vacant post is filled in a month"},
    {"filled_share", single, Law::logit, 0, 1, "share", "of posts, at the start"},
    {"admin_share", single, Law::logit, 0, 1, "share", "of working time for administration"},
    {"record_sharing_start", single, Law::logit, 0, 1, "share", "of providers that read and write the shared record"},
    {"guideline_start", single, Law::logit, 0, 1, "share", "of providers that follow the guideline"},
    {"panel_full", single, Law::lognormal, 0.5, 5, "factor", "on the feasible panel, above which the list closes", false},
    {"wage_year_eur", single, Law::lognormal, 1000, 1000000, "EUR a year", "cost of a post"},
};

constexpr Field worker_numbers[] = {
    {"burnout_base", single, Law::lognormal, 0, 1, "per month", "at the pivot of the load"},
    {"burnout_slope", single, Law::lognormal, 0, 20, "per unit of load", "of the log hazard"},
    {"burnout_pivot", single, Law::normal, 0, 2, "load", "where the hazard is the base"},
    {"burnout_admin", single, Law::lognormal, 0, 10, "per share", "of the log hazard on extra administration"},
    {"burnout_recovery", single, Law::lognormal, 0, 1, "per month", "recovery"},
    {"burnout_exit_ratio", single, Law::lognormal, 0.5, 20, "ratio", "on exits"},
    {"burnout_effort_loss", single, Law::lognormal, 0, 1, "share", "of minutes lost while burnt out"},
    {"bass_p", single, Law::lognormal, 0, 1, "per year", "adoption by oneself"},
    {"bass_q", single, Law::lognormal, 0, 5, "per year", "adoption from others"},
    {"bass_p_supported", single, Law::lognormal, 0, 1, "per year", "with support for change"},
    {"bass_q_supported", single, Law::lognormal, 0, 5, "per year", "with support for change"},
    {"hired_from_area", single, Law::logit, 0, 1, "share", "of people hired for a programme who leave another provider of the area"},
    {"load_smoothing", single, Law::logit, 0, 1, "share", "weight of this month in the felt workload"},
    {"overload_from", single, Law::normal, 0.5, 3, "load", "counts as over its time"},
    {"fee_elasticity", single, Law::lognormal, 0, 5, "elasticity", "of volume to the own fee, short of capacity"},
    {"capitation_contact_ratio", single, Law::lognormal, 0.1, 3, "ratio", "GP contacts under capitation"},
    {"selection_strength", single, Law::normal, 0, 2, "log odds", "fall of a person's odds to be taken on the list of a practice paid per person, per unit by which expected work exceeds the payment"},
    {"savings_effort", single, Law::normal, 0, 0.2, "share", "of discretionary contacts not made, added each year that an organisation has a savings share"},
    {"savings_effort_years", single, Law::normal, 0, 20, "years", "after which that stops growing"},
    {"capitation_emergency_ratio", single, Law::lognormal, 0.1, 5, "ratio", "emergency visits under capitation"},
};

void read_roles(const Node& list, Library& library) {
    if (!list.must_be_list()) return;
    for (std::size_t i = 0; i < list.size(); ++i) {
        const Node n = list.at(i);
        world::Role role;
        role.id = n.need("id").text();
        role.name = n.need("name").local_text();
        role.team_slot = static_cast<int>(n.need("team_slot").whole(0, world::limit::team_slots - 1));
        role.in_days = n.maybe("in_days").flag_or(false);
        library.roles.push_back(std::move(role));
    }
    if (library.roles.size() > static_cast<std::size_t>(world::limit::roles)) list.problem("found " + std::to_string(library.roles.size()) + " roles, wanted at most " + std::to_string(world::limit::roles) + ".");
}

}  // namespace

std::span<const Field> kind_fields() { return kind_numbers; }
std::span<const Field> worker_fields() { return worker_numbers; }

void read_providers(Document& file, Library& library) {
    const Node root = file.root();
    const Node contracts = root.need("contracts");
    library.contracts = contracts.texts();
    if (library.contracts.size() > static_cast<std::size_t>(world::limit::contracts)) contracts.problem("found " + std::to_string(library.contracts.size()) + " contract classes, wanted at most " + std::to_string(world::limit::contracts) + ".");
    read_roles(root.need("roles"), library);
    const Node list = root.need("kinds");
    if (list.must_be_list()) {
        for (std::size_t i = 0; i < list.size(); ++i) {
            const Node n = list.at(i);
            KindSpec k;
            k.file = file.name();
            k.line = n.line();
            k.kind.id = n.need("id").text();
            k.kind.name = n.need("name").local_text();
            k.role = n.need("role").text();
            k.contract = n.need("contract").text();
            k.kind.department = n.maybe("department").flag_or(false);
            k.kind.medical = n.maybe("medical").flag_or(true);
            k.workers = n.maybe("workers").flag_or(true);
            read_numbers(n, kind_numbers, 0, "", k.numbers);
            library.kinds.push_back(std::move(k));
        }
    }
    read_numbers(root.need("workers"), worker_numbers, 0, "workers.", library.parameters);
}

}  // namespace tresse::scenario
