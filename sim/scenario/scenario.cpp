#include "tresse/scenario/scenario.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "arm_reader.hpp"
#include "scenario_parts.hpp"
#include "tresse/core/csv.hpp"
#include "tresse/core/file.hpp"
#include "tresse/core/hash.hpp"

namespace tresse::scenario {

namespace {

void take_problems(const BadInput& bad, Problems& problems) {
    for (const Problem& p : bad.problems().list()) problems.add(p);
}

/// Loads one scenario: the parts it rests on first, then the file itself, so that every name can be checked where it stands.
class Loader {
public:
    Loader(const std::string& file, const std::string& home, const Overrides& overrides) : folder_(join_path(home, "scenarios")), library_folder_(join_path(folder_, "library")), overrides_(overrides), document_(file, "scenario", problems_) { s_.file = file; }

    Scenario load() {
        if (!document_.usable()) throw BadInput(std::move(problems_));
        apply_overrides();
        const Node root = document_.root();
        heading(root);
        load_parts(root);
        if (region_->municipalities.empty()) throw BadInput(std::move(problems_));
        time(root.maybe("time"));
        money(root.maybe("money"));
        runs(root.maybe("runs"));
        area(root);
        parameters(root.maybe("parameters"));
        arms(root);
        competence_remarks();
        document_.finish();
        sources();
        if (problems_.any()) throw BadInput(std::move(problems_));
        complete();
        check_tariffs();
        if (problems_.any()) throw BadInput(std::move(problems_));
        for (const Problem& p : problems_.list()) s_.notes.push_back(p);
        return std::move(s_);
    }

private:
    void apply_overrides() {
        for (const auto& [key, value] : overrides_.set) document_.set(key, value);
        if (overrides_.replicates > 0) document_.set("runs.replicates", std::to_string(overrides_.replicates));
        if (overrides_.months > 0) document_.set("time.policy_months", std::to_string(overrides_.months));
        if (overrides_.sample > 0) document_.set("runs.sample", std::to_string(overrides_.sample));
        if (overrides_.has_seed) document_.set("runs.seed", std::to_string(overrides_.seed));
    }

    void heading(const Node& root) {
        s_.id = root.need("id").text();
        s_.title = root.need("title").local_text();
        s_.question = root.maybe("question").local_text();
        s_.would_change_the_answer = root.maybe("would_change_the_answer").local_text();
        region_id_ = root.maybe("region").text_or("belgium");
        const Node own = root.maybe("own_files");
        for (const std::string& f : own.texts()) own_files_.push_back(f);
    }

    /// Library, region pack, payers, rules, organisations and the author's own files.
    void load_parts(const Node& root) {
        auto region = std::make_shared<Region>();
        try {
            *region = load_region(region_id_.find('/') == std::string::npos ? join_path(folder_, region_id_) : region_id_);
        } catch (const BadInput& bad) {
            if (!is_folder(join_path(folder_, region_id_))) root.problem_at("region", "there is no region pack \"" + region_id_ + "\" in " + folder_ + ".");
            take_problems(bad, problems_);
        }
        region_ = region;
        library_ = load_library(library_folder_, problems_);
        const Payers payers = load_payers(join_path(library_folder_, "payers.yaml"), problems_);
        s_.payers = std::make_shared<const Payers>(payers);
        sort_own_files(root.maybe("own_files"));
        world::Catalogue names;
        fill_catalogue(library_, names);
        const FundingContext context{&names, s_.payers.get(), &region_->index_to_2025};
        FundingRules rules = load_funding_rules(join_path(library_folder_, "funding"), context, problems_);
        for (const std::string& file : own_rules_) add_funding_rules(rules, file, context, problems_);
        s_.rules = std::make_shared<const FundingRules>(std::move(rules));
        add_accounts(*s_.payers, names);
        catalogue_ = std::move(names);
        organisations_ = read_organisations(join_path(library_folder_, "organisations.yaml"), problems_, uses_, organisations_hash_);
    }

    /// Own files by their kind. Names are relative to the scenario.
    void sort_own_files(const Node& node) {
        for (std::size_t i = 0; i < own_files_.size(); ++i) {
            const std::string path = own_files_[i].starts_with("/") ? own_files_[i] : join_path(folder_of(s_.file), own_files_[i]);
            Document file(path, "", problems_);
            if (!file.usable()) continue;
            const std::string kind = file.root().need("kind").text();
            own_hash_.push_back(file.hash());
            s_.own_files.emplace_back("own/" + path.substr(path.rfind('/') + 1), read_file(path, 8u << 20));
            for (std::size_t k = 0; k + 1 < s_.own_files.size(); ++k)
                if (s_.own_files[k].first == s_.own_files.back().first) node.at(i).problem("found two own files of this name, wanted names that differ: a run keeps them in one folder.");
            if (kind == "component") own_components_[file.root().need("id").text()] = path;
            else if (kind == "funding_rule") own_rules_.push_back(path);
            else if (kind == "conditions") add_conditions(library_, read_file(path, 8u << 20), path, problems_);
            else node.at(i).problem("found a file of kind \"" + kind + "\", wanted component, funding_rule or conditions.");
        }
    }

    void time(const Node& node) {
        const Node start = node.present() ? node.need("start") : Node();
        s_.start = start.present() ? start.month() : Month::of(2026, 1);
        s_.settling_months = static_cast<int>(node.maybe("settling_months").whole_or(36, 0, 240));
        s_.policy_months = static_cast<int>(node.maybe("policy_months").whole_or(120, 1, 600));
        if (!node.present()) document_.root().problem_at("time", "this key is missing: time: {start: 2026-01}.");
        const auto& years = region_->start_years;
        if (!start.present() || std::find(years.begin(), years.end(), s_.start.year()) != years.end()) return;
        std::string list;
        for (std::size_t i = 0; i < years.size(); ++i) list += (i ? ", " : "") + std::to_string(years[i]);
        start.problem("found " + start.shown() + ". The pack " + region_->id + " has the people of 1 January " + std::to_string(region_->counts_year) + ", which stand for a start in " + list + ".");
    }

    void money(const Node& node) {
        s_.euros_of = static_cast<int>(node.maybe("euros_of").whole_or(2025, 2025, 2025));
        const Node as_of = node.maybe("rules_as_of");
        s_.rules_as_of = as_of.present() ? as_of.month() : s_.start;
        if (as_of.present() && s_.rules_as_of > s_.start) as_of.problem("found " + as_of.shown() + ", wanted a month that is not after the start, " + s_.start.text() + ".");
        if (const Node index = node.maybe("indexation"); index.present()) index.word({"health_index"});
    }

    void runs(const Node& node) {
        s_.replicates = static_cast<int>(node.maybe("replicates").whole_or(12, 1, 10000));
        s_.seed = static_cast<std::uint64_t>(node.maybe("seed").whole_or(2026, 0, 1LL << 53));
        const Node sample = node.maybe("sample");
        if (sample.present() && !parse_sample(sample.text(), s_.sample)) sample.problem("found " + sample.shown() + ", wanted a whole k for a share of 1/k of the households: 10, 1/10 or 0.1.");
        s_.draw_parameters = node.maybe("draw_parameters").flag_or(true);
    }

    void area(const Node& root) {
        std::string why;
        if (!overrides_.area.empty()) {
            root.maybe("area").ignore();
            if (!find_area(*region_, "", overrides_.area, s_.area, &why)) problems_.add(s_.file, 0, "--area " + overrides_.area, why);
        } else {
            const Node node = root.need("area");
            if (node.is_scalar() && !find_area(*region_, "", node.text(), s_.area, &why)) node.problem(why);
            if (node.is_map()) area_by_key(node);
            if (node.is_list()) node.problem("found " + node.shown() + ", wanted area: {municipalities: [...]} or {zone: ...}.");
        }
        for (const std::string& remark : s_.area.remarks) problems_.note(s_.file, 0, "area", remark);
        const int people = inhabitants_of(*region_, s_.area);
        if (people > 0 && people < too_few_for_policy) problems_.note(s_.file, 0, "area", s_.area.name.in(Lang::en) + " has " + std::to_string(people) + " inhabitants: too few to judge a policy by. Good for learning the tool.");
    }

    void area_by_key(const Node& node) {
        static const std::vector<std::string> kinds = {"municipality", "zone", "basin", "arrondissement", "province", "region", "country"};
        int given = 0;
        std::string why;
        for (const std::string& kind : kinds) {
            const Node value = node.maybe(kind);
            if (!value.present()) continue;
            ++given;
            if (!find_area(*region_, kind, value.text(), s_.area, &why)) value.problem(why);
        }
        const Node list = node.maybe("municipalities");
        if (list.present() && list.must_be_list()) {
            ++given;
            std::vector<int> found;
            for (std::size_t i = 0; i < list.size(); ++i) {
                const int m = find_municipality(*region_, list.at(i).text(), &why);
                if (m < 0) list.at(i).problem(why);
                else if (std::find(found.begin(), found.end(), m) != found.end()) list.at(i).problem(list.at(i).shown() + " stands twice.");
                else found.push_back(m);
            }
            if (list.size() == 0) list.problem("an area without a municipality.");
            if (!found.empty()) s_.area = area_of(*region_, found);
        }
        if (const Node name = node.maybe("name"); name.present()) s_.area.name = name.local_text();
        if (given != 1) node.problem("wanted one of municipalities, zone, basin, arrondissement, province, region, country.");
    }

    /// Numbers of the library that the author sets, for all arms.
    void parameters(const Node& node) {
        if (!node.present() || !node.must_be_map()) return;
        std::map<std::string, std::vector<Uncertain*>> known;
        std::vector<std::string> keys;
        for (const Uncertain* u : library_.uncertain()) {
            auto& row = known[u->key];
            if (row.empty()) keys.push_back(u->key);
            row.push_back(const_cast<Uncertain*>(u));   // of our own, still mutable library
        }
        for (const std::string& key : node.keys()) {
            const Node value = node.need(key);
            const auto found = known.find(key);
            if (found == known.end()) {
                const std::string near = nearest(key, keys);
                value.problem("\"" + key + "\" is no number of the library." + (near.empty() ? " `./tresse explain " + s_.id + " --assumptions` lists them." : " Nearest: " + near));
                continue;
            }
            if (value.size() != found->second.size()) {
                value.problem("found " + value.shown() + ", wanted " + (found->second.size() == 1 ? "one number." : "a list of " + std::to_string(found->second.size()) + " numbers."));
                continue;
            }
            std::vector<double> numbers;
            for (std::size_t i = 0; i < value.size(); ++i) {
                numbers.push_back(value.at(i).number(-1e12, 1e12));
                set_parameter({found->second[i]}, key, numbers.back());
            }
            parameters_.emplace_back(key, std::move(numbers));
        }
    }

    void arms(const Node& root) {
        ArmContext context;
        context.catalogue = &catalogue_;
        context.payers = s_.payers.get();
        context.rules = s_.rules.get();
        context.organisations = &organisations_;
        context.components_folder = join_path(library_folder_, "components");
        context.own_components = own_components_;
        context.components = &components_;
        context.problems = &problems_;
        context.start = s_.start, context.end = s_.end();
        context.inhabitants = inhabitants_of(*region_, s_.area);
        for (const world::Entity& e : catalogue_.entities) context.entities.push_back(e.id);
        const Node list = root.need("arms");
        if (list.must_be_list() && list.size() == 0) list.problem("a scenario has at least one arm.");
        std::vector<std::string> ids;
        for (std::size_t i = 0; list.is_list() && i < list.size(); ++i) {
            ArmSpec arm = read_arm(list.at(i), context);
            if (std::find(ids.begin(), ids.end(), arm.id) != ids.end()) list.at(i).problem_at("id", "\"" + arm.id + "\" is the id of another arm too.");
            ids.push_back(arm.id);
            s_.arms.push_back({arm.id, arm.label, std::make_shared<const ArmSpec>(std::move(arm))});
        }
        const Node base = root.need("base");
        s_.base = base.text();
        if (s_.base.empty() || std::find(ids.begin(), ids.end(), s_.base) != ids.end()) return;
        const std::string near = nearest(s_.base, ids);
        base.problem("\"" + s_.base + "\" is no arm of this scenario." + (near.empty() ? "" : " Nearest: " + near));
    }

    /// A federated body pays only where it is competent: said as a remark, since an arm may well test another division.
    void competence_remarks() {
        std::vector<std::string> competent;
        for (const int m : s_.area.municipalities) {
            const Municipality& place = region_->municipalities[static_cast<std::size_t>(m)];
            const int entity = s_.payers->entity_of(place.nis, place.region);
            if (entity >= 0) competent.push_back(s_.payers->accounts[static_cast<std::size_t>(s_.payers->account_of(entity))].id);
        }
        const auto remark = [&](const ArmSpec& arm, const std::string& what, const std::string& payer) {
            const int account = s_.payers->account(payer);
            if (account < 0 || s_.payers->accounts[static_cast<std::size_t>(account)].level != world::Level::federated) return;
            const auto other = std::find_if(competent.begin(), competent.end(), [&](const std::string& id) { return id != payer; });
            if (other != competent.end())
                problems_.note(s_.file, arm.line, what, "payer " + payer + ", but in this area the competent account is " + *other + ". Write competent_federated to let the place decide.");
        };
        for (const Arm& arm : s_.arms) {
            for (const ArmGrant& g : arm.spec->organisation.grants) remark(*arm.spec, arm.id + " grants", g.payer);
            for (const ComponentUse& c : arm.spec->components)
                for (const auto& [payer, share] : c.paid_by)
                    if (payer != c.entity) remark(*arm.spec, arm.id + " " + c.use, payer);
        }
    }

    /// Every id of a source that any loaded file names must stand in the register.
    void sources() {
        auto registered = std::make_shared<SourceRegister>(read_sources(join_path(folder_, "sources.yaml"), problems_));
        const auto add = [this](const std::vector<SourceUse>& more) { uses_.insert(uses_.end(), more.begin(), more.end()); };
        add(document_.sources());
        add(region_->sources);
        add(library_.sources);
        add(s_.payers->sources);
        add(s_.rules->sources);
        for (const auto& [id, component] : components_)
            if (component) add(component->sources);
        if (!registered->sources.empty()) check_sources(*registered, uses_, problems_);
        s_.sources = registered;
    }

    void complete() {
        fill_rules(*s_.rules, catalogue_, problems_);
        fill_places(*region_, s_.area, *s_.payers, catalogue_, problems_);
        fill_actions(s_.arms, catalogue_, problems_);
        s_.catalogue = std::make_shared<const world::Catalogue>(std::move(catalogue_));
        s_.region = region_;
        const std::uint64_t library_hash = library_.hash;
        s_.library = std::make_shared<const Library>(std::move(library_));
        s_.resolved = resolved_text(s_, region_id_, parameters_);
        Hasher hasher;
        hasher.add(static_cast<std::uint64_t>(s_.resolved.size()));
        hasher.add(s_.resolved);
        for (const std::uint64_t h : {library_hash, region_->hash, s_.payers->hash, s_.rules->hash, organisations_hash_}) hasher.add(h);
        for (const std::uint64_t h : own_hash_) hasher.add(h);
        for (const auto& [id, component] : components_)
            if (component) hasher.add(component->hash);
        s_.hash = hasher.value();
    }

    /// Rules that cannot be compiled together are the author's problem, found before anything runs. Arms with the same rules and payers are one case.
    void check_tariffs() {
        const funding::Competence competent = competence(*s_.payers);
        std::set<std::string> done;
        for (std::size_t a = 0; a < s_.arms.size(); ++a) {
            const ArmSpec& arm = *s_.arms[a].spec;
            std::string kind;
            for (const FundingUse& f : arm.funding) kind += f.use + " " + f.start.text() + "\n";
            for (const ComponentUse& c : arm.components)
                for (const auto& [payer, share] : c.paid_by) kind += payer + " " + number_text(share) + "\n";
            if (done.insert(kind).second) funding::compile_years(tariff_input(s_, static_cast<int>(a), 0, competent), s_.start.year(), s_.start.year(), problems_);
        }
    }

    Problems problems_;
    std::string folder_, library_folder_;
    const Overrides& overrides_;
    Document document_;
    Scenario s_;
    std::string region_id_;
    std::vector<std::string> own_files_, own_rules_;
    std::map<std::string, std::string> own_components_;
    std::vector<std::uint64_t> own_hash_;
    std::shared_ptr<const Region> region_;
    Library library_;
    world::Catalogue catalogue_;
    std::vector<OrganisationKind> organisations_;
    std::uint64_t organisations_hash_ = 0;
    std::map<std::string, std::shared_ptr<const ComponentSpec>> components_;
    std::vector<SourceUse> uses_;
    std::vector<std::pair<std::string, std::vector<double>>> parameters_;
};

/// Folders of scenarios/ that hold shipped scenarios; "" is the folder itself.
constexpr const char* shipped_folders[] = {"", "agreements", "directions", "pilots", "programmes"};

/// Files of the shipped scenarios by id.
std::map<std::string, std::string> shipped_files(const std::string& home) {
    std::map<std::string, std::string> out;
    for (const char* sub : shipped_folders) {
        const std::string folder = *sub ? join_path(join_path(home, "scenarios"), sub) : join_path(home, "scenarios");
        if (!is_folder(folder)) continue;
        for (const std::string& name : names_in(folder)) {
            if (!name.ends_with(".yaml")) continue;
            Problems ignored;
            Document document(join_path(folder, name), "scenario", ignored);
            if (document.usable()) out.emplace(name.substr(0, name.size() - 5), join_path(folder, name));
        }
    }
    return out;
}

std::string file_of(const std::string& name, const std::string& home) {
    if (name.find('/') != std::string::npos || name.ends_with(".yaml") || exists(name)) return name;
    for (const char* sub : shipped_folders) {
        const std::string folder = *sub ? join_path(join_path(home, "scenarios"), sub) : join_path(home, "scenarios");
        if (const std::string file = join_path(folder, name + ".yaml"); exists(file)) return file;
    }
    const std::vector<std::string> ids = shipped_scenarios(home);
    std::string all;
    for (const std::string& id : ids) all += (all.empty() ? "" : ", ") + id;
    const std::string near = nearest(name, ids);
    Problems problems;
    problems.add(name, 0, "", "this is neither a file nor the id of a shipped scenario." + (near.empty() ? (all.empty() ? "" : " There are: " + all) : " Nearest: " + near));
    throw BadInput(std::move(problems));
}

}  // namespace

bool parse_sample(std::string_view text, int& k) {
    if (text.starts_with("1/")) text.remove_prefix(2);
    long long whole = 0;
    double share = 0;
    if (parse_whole(text, whole)) {
        if (whole < 1 || whole > 10000) return false;
        k = static_cast<int>(whole);
        return true;
    }
    if (!parse_number(text, share) || share <= 0 || share > 1) return false;
    const double inverse = 1 / share, near = std::round(inverse);
    // as an author writes a share with few digits: 0.33 is not 1/3, 0.3333 is
    if (near > 10000 || std::fabs(near * share - 1) > 1e-3) return false;
    k = static_cast<int>(near);
    return true;
}

std::vector<std::string> shipped_scenarios(const std::string& home) {
    std::vector<std::string> out;
    for (const auto& [id, file] : shipped_files(home)) out.push_back(id);
    return out;
}

Scenario load_scenario(const std::string& name, const std::string& home, const Overrides& overrides) { return Loader(file_of(name, home), home, overrides).load(); }

}  // namespace tresse::scenario
