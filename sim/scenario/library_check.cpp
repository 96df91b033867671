#include <algorithm>

#include "library_reader.hpp"
#include "tresse/model/risk_laws.hpp"
#include "tresse/world/limits.hpp"

namespace tresse::scenario {

namespace {

/// What a name must be one of, and where it was found.
struct Lookup {
    Problems& problems;
    const std::string& file;
    int line;

    void operator()(bool found, const std::string& where, const std::string& word, const std::string& wanted, const std::vector<std::string>& names) const {
        if (found) return;
        const std::string near = nearest(word, names);
        problems.add(file, line, where, "found \"" + word + "\", which is no " + wanted + " of the library." + (near.empty() ? "" : " The nearest is \"" + near + "\"."));
    }
};

template <class Items, class Id>
std::vector<std::string> ids(const Items& items, Id of) {
    std::vector<std::string> out;
    for (const auto& item : items) out.push_back(of(item));
    return out;
}

void check_repeats(const std::vector<std::string>& names, const std::string& what, const std::string& file, Problems& problems) {
    std::vector<std::string> sorted = names;
    std::sort(sorted.begin(), sorted.end());
    for (std::size_t i = 1; i < sorted.size(); ++i)
        if (sorted[i] == sorted[i - 1] && (i < 2 || sorted[i - 2] != sorted[i])) problems.add(file, 0, what, "the id \"" + sorted[i] + "\" stands twice.");
}

void check_condition(const Library& library, const ConditionSpec& c, const std::vector<std::string>& conditions, const std::vector<std::string>& services, Problems& problems) {
    const Lookup look{problems, c.file, c.line};
    const std::string at = "conditions." + c.id;
    const std::vector<std::string> factors{"daily_smoker", "former_smoker", "inactive", "overweight"};
    std::vector<std::string> sources = conditions;
    sources.insert(sources.end(), factors.begin(), factors.end());
    for (const OnsetRatio& r : c.raises) {
        look(library.condition(r.of) >= 0, at + ".raises", r.of, "condition", conditions);
        if (r.of == c.id) problems.add(c.file, c.line, at + ".raises", "a condition cannot raise its own onset.");
        const int other = library.condition(r.of);
        if (other < 0) continue;
        if (c.id == "hypertension" && model::is_score2(library.conditions[static_cast<std::size_t>(other)].engine))
            problems.add(c.file, c.line, at + ".raises." + r.of, "the equation of `engine` of " + r.of + " reads blood pressure: leave this ratio out.");
        for (const OnsetRatio& back : library.conditions[static_cast<std::size_t>(other)].raised_by)
            if (back.of == c.id) problems.add(c.file, c.line, at + ".raises." + r.of, "this ratio also stands under raised_by of " + r.of + "; keep one of the two.");
    }
    for (const OnsetRatio& r : c.raised_by) look(std::find(sources.begin(), sources.end(), r.of) != sources.end() && r.of != c.id, at + ".raised_by", r.of, "other condition or risk factor (daily_smoker, former_smoker, inactive, overweight)", sources);
    for (const PlannedCare& p : c.planned) look(library.service(p.service) >= 0, at + ".planned", p.service, "service", services);
    if (c.numbers.has("prevalence.women") != c.numbers.has("prevalence.men")) problems.add(c.file, c.line, at + ".prevalence", "give both women and men.");
}

void check_services(Library& library, Problems& problems) {
    const std::vector<std::string> roles = ids(library.roles, [](const world::Role& r) { return r.id; });
    for (ServiceSpec& s : library.services) {
        s.service.role = library.role(s.role);
        Lookup{problems, s.file, s.line}(s.service.role >= 0, "services." + s.service.id + ".role", s.role, "role", roles);
        if (s.service.queue == world::QueueLaw::queue && !s.numbers.has("minutes")) problems.add(s.file, s.line, "services." + s.service.id, "a service with a queue needs `minutes`; one that takes nobody's time says `queue: none`.");
        if (s.numbers.has("elasticity") != s.numbers.has("discretionary")) problems.add(s.file, s.line, "services." + s.service.id, "give both elasticity and discretionary, or neither.");
    }
    for (KindSpec& k : library.kinds) {
        const Lookup look{problems, k.file, k.line};
        k.kind.role = library.role(k.role);
        k.kind.contract = library.contract(k.contract);
        look(k.kind.role >= 0, "kinds." + k.kind.id + ".role", k.role, "role", roles);
        look(k.kind.contract >= 0, "kinds." + k.kind.id + ".contract", k.contract, "contract class", library.contracts);
    }
}

/// References from the number files, which have no line of their own any more.
void check_names(const Library& library, const std::vector<std::string>& services, Problems& problems) {
    const std::string behaviour = "behaviour.yaml", dependence = "dependence.yaml", care = "services.yaml";
    for (const std::string& s : library.named_services) Lookup{problems, behaviour, 0}(library.service(s) >= 0, "exacerbation_service, emergency_service, out_of_hours_service", s, "service", services);
    for (const std::string& s : library.nursing_services) Lookup{problems, dependence, 0}(library.service(s) >= 0, "nursing_services", s, "service", services);
    for (const PlannedCare& c : library.dependence_care) Lookup{problems, care, 0}(library.service(c.service) >= 0, "dependence", c.service, "service", services);
    for (const OnsetRatio& r : library.travel_decay) Lookup{problems, behaviour, 0}(library.role(r.of) >= 0, "travel.decay_per_minute", r.of, "role", ids(library.roles, [](const world::Role& role) { return role.id; }));
}

void check_limits(const Library& library, Problems& problems) {
    namespace limit = world::limit;
    if (library.conditions.size() > static_cast<std::size_t>(limit::conditions))
        problems.add("conditions.yaml", 0, "conditions", "found " + std::to_string(library.conditions.size()) + " conditions, wanted at most " + std::to_string(limit::conditions) + ": a person's conditions are one word of 64 bits.");
    if (library.services.size() > static_cast<std::size_t>(limit::services))
        problems.add("services.yaml", 0, "services", "found " + std::to_string(library.services.size()) + " services, wanted at most " + std::to_string(limit::services) + ".");
    std::size_t causes = library.other_causes.size(), rows = 4 * world::age_bands + 3;
    for (const ConditionSpec& c : library.conditions) causes += c.has_cause, rows += c.stages.size();
    if (causes > 16) problems.add("conditions.yaml", 0, "cause", "found " + std::to_string(causes) + " causes of admission, the two other causes included; wanted at most 16. Leave out `cause` where few are admitted.");
    if (rows > static_cast<std::size_t>(limit::mixes)) problems.add("conditions.yaml", 0, "stages", "found " + std::to_string(rows) + " rows of care; wanted at most " + std::to_string(limit::mixes) + ". Join stages.");
}

}  // namespace

void check_library(Library& library, Problems& problems) {
    const std::vector<std::string> conditions = ids(library.conditions, [](const ConditionSpec& c) { return c.id; });
    const std::vector<std::string> services = ids(library.services, [](const ServiceSpec& s) { return s.service.id; });
    check_repeats(conditions, "conditions", "conditions.yaml", problems);
    check_repeats(services, "services", "services.yaml", problems);
    check_repeats(ids(library.roles, [](const world::Role& r) { return r.id; }), "roles", "providers.yaml", problems);
    check_repeats(ids(library.kinds, [](const KindSpec& k) { return k.kind.id; }), "kinds", "providers.yaml", problems);
    check_limits(library, problems);
    check_services(library, problems);
    for (const ConditionSpec& c : library.conditions) check_condition(library, c, conditions, services, problems);
    check_names(library, services, problems);
}

}  // namespace tresse::scenario
