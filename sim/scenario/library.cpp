#include "tresse/scenario/library.hpp"

#include <algorithm>

#include "library_reader.hpp"
#include "tresse/core/check.hpp"
#include "tresse/core/file.hpp"
#include "tresse/core/hash.hpp"

namespace tresse::scenario {

void Numbers::add(std::string key, std::vector<Uncertain> values) { entries_.push_back({std::move(key), std::move(values)}); }

bool Numbers::has(std::string_view key) const {
    return std::any_of(entries_.begin(), entries_.end(), [&](const Entry& e) { return e.key == key; });
}

const std::vector<Uncertain>& Numbers::list(std::string_view key) const {
    const auto at = std::find_if(entries_.begin(), entries_.end(), [&](const Entry& e) { return e.key == key; });
    TRESSE_CHECK(at != entries_.end(), ("a number of the library is asked by a key that its reader checks: " + std::string(key)).c_str());
    return at->values;
}

const Uncertain& Numbers::one(std::string_view key) const {
    const std::vector<Uncertain>& values = list(key);
    TRESSE_CHECK(values.size() == 1, ("a single number is asked of a list: " + std::string(key)).c_str());
    return values.front();
}

namespace {

template <class Items, class Id>
int index_of(const Items& items, std::string_view id, Id of) {
    for (std::size_t i = 0; i < items.size(); ++i)
        if (of(items[i]) == id) return static_cast<int>(i);
    return -1;
}

void append(const Numbers& numbers, std::vector<const Uncertain*>& out) {
    for (const Numbers::Entry& entry : numbers.all())
        for (const Uncertain& u : entry.values) out.push_back(&u);
}

void append(const std::vector<PlannedCare>& care, std::vector<const Uncertain*>& out) {
    for (const PlannedCare& c : care)
        for (const Uncertain& u : c.per_year) out.push_back(&u);
}

void append(const std::vector<OnsetRatio>& ratios, std::vector<const Uncertain*>& out) {
    for (const OnsetRatio& r : ratios) out.push_back(&r.ratio);
}

/// Reads one file with a reader; collects its sources and its hash.
template <class Read>
void with_file(Document& file, Hasher& hasher, Library& library, Read read) {
    hasher.add(file.hash());
    if (!file.usable()) return;
    read(file);
    file.finish();
    for (SourceUse& use : file.sources()) library.sources.push_back(std::move(use));
}

std::vector<std::string> condition_files(const std::string& folder) {
    std::vector<std::string> out{"conditions.yaml"};
    for (const std::string& name : names_in(folder))
        if (name.starts_with("conditions-") && name.ends_with(".yaml")) out.push_back(name);
    return out;
}

}  // namespace

int Library::condition(std::string_view id) const { return index_of(conditions, id, [](const auto& c) -> std::string_view { return c.id; }); }
int Library::role(std::string_view id) const { return index_of(roles, id, [](const auto& r) -> std::string_view { return r.id; }); }
int Library::service(std::string_view id) const { return index_of(services, id, [](const auto& s) -> std::string_view { return s.service.id; }); }
int Library::contract(std::string_view id) const { return index_of(contracts, id, [](const auto& c) -> std::string_view { return c; }); }

std::vector<const Uncertain*> Library::uncertain() const {
    std::vector<const Uncertain*> out;
    for (const ConditionSpec& c : conditions) {
        append(c.numbers, out);
        append(c.raises, out);
        append(c.raised_by, out);
        append(c.planned, out);
    }
    for (const ServiceSpec& s : services) append(s.numbers, out);
    append(dependence_care, out);
    for (const KindSpec& k : kinds) append(k.numbers, out);
    append(parameters, out);
    append(travel_decay, out);
    return out;
}

Library load_library(const std::string& folder, Problems& problems) {
    Library library;
    if (!is_folder(folder)) {
        problems.add(folder, 0, "", "There is no library folder here. It holds conditions.yaml, services.yaml, providers.yaml and the numbers of the stages.");
        return library;
    }
    Hasher hasher;
    for (const std::string& name : condition_files(folder)) {
        Document file(join_path(folder, name), "conditions", problems);
        with_file(file, hasher, library, [&](Document& d) { read_conditions(d, library); });
    }
    {
        Document file(join_path(folder, "services.yaml"), "services", problems);
        with_file(file, hasher, library, [&](Document& d) { read_services(d, library); });
    }
    {
        Document file(join_path(folder, "providers.yaml"), "providers", problems);
        with_file(file, hasher, library, [&](Document& d) { read_providers(d, library); });
    }
    for (const std::string& kind : parameter_kinds()) {
        Document file(join_path(folder, kind + ".yaml"), kind, problems);
        with_file(file, hasher, library, [&](Document& d) { read_parameters(d, kind, library); });
    }
    library.hash = hasher.value();
    // With a broken file the references between files would only repeat its problems.
    if (!problems.any()) check_library(library, problems);
    return library;
}

void add_conditions(Library& library, std::string_view text, const std::string& name, Problems& problems) {
    Hasher hasher;
    hasher.add(library.hash);
    Document file(text, name, "conditions", problems);
    with_file(file, hasher, library, [&](Document& d) { read_conditions(d, library); });
    library.hash = hasher.value();
    if (!problems.any()) check_library(library, problems);
}

void fill_catalogue(const Library& library, world::Catalogue& catalogue) {
    catalogue.conditions.clear(), catalogue.services.clear(), catalogue.kinds.clear();
    catalogue.causes = library.other_causes;   // 0 unplanned, 1 planned: the stages count on their places
    for (std::size_t c = 0; c < library.conditions.size(); ++c) {
        const ConditionSpec& spec = library.conditions[c];
        catalogue.conditions.push_back({spec.id, spec.name, spec.stages});
        if (!spec.has_cause) continue;
        catalogue.causes.push_back(spec.cause);
        catalogue.causes.back().condition = static_cast<int>(c);
        catalogue.causes.back().planned = spec.numbers.one("cause.planned_share").value > 0.5;
    }
    catalogue.roles = library.roles;
    for (const ServiceSpec& s : library.services) catalogue.services.push_back(s.service);
    for (const KindSpec& k : library.kinds) catalogue.kinds.push_back(k.kind);
    catalogue.contracts = library.contracts;
}

}  // namespace tresse::scenario
