#include "tresse/scenario/proposal.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "proposal_parts.hpp"
#include "thousands.hpp"
#include "tresse/core/csv.hpp"
#include "tresse/scenario/reader.hpp"

namespace tresse::scenario {

namespace {

std::string near_words(const std::string& word, const std::vector<std::string>& known) {
    const std::string near = nearest(word, known);
    return near.empty() ? "" : " Nearest: " + near + ".";
}

class ProposalReader {
public:
    ProposalReader(Document& document, const Region& region, const std::vector<std::string>& uses, Problems& problems, Proposal& out) : root_(document.root()), region_(region), uses_(uses), problems_(problems), p_(out) {}

    void read() {
        heading();
        area(root_.maybe("area"));
        target(root_.maybe("target_group"));
        partners(root_.maybe("partners"));
        governance();
        plan(root_.maybe("plan"));
        money(root_.maybe("money"));
        claims(root_.maybe("claims"));
        indicators(root_.maybe("indicators"));
        const Node declares = section("declares");
        p_.evaluation_accepted = declares.maybe("external_evaluation").flag_or(false);
        p_.equity = declares.maybe("equity").text_or("");
        p_.workers = declares.maybe("workers").text_or("");
        p_.cost_neutral = declares.maybe("cost_neutral").text_or("");
    }

private:
    Node section(const char* key) { return seen(key, root_.maybe(key)); }

    Node seen(const char* key, const Node& node) {
        if (node.present())
            p_.lines[key] = node.line();
        return node;
    }

    /// An amount of money. A point or comma with three digits behind it is no decimal sign in an office: it is asked, not guessed.
    /// Missing: NaN when what stands there cannot be read.
    double amount(const Node& node, double high) {
        if (!node.present())
            return 0;
        const std::size_t told = problems_.count();
        const double value = node.number(0, high);
        if (const std::string plain = without_thousands(node.shown()); told == problems_.count() && !plain.empty())
            node.problem("found " + node.shown() + ": is that " + number_text(value) + " EUR or " + plain + " EUR? Write " + plain + " or " + number_text(value) + ", without a mark between thousands.");
        return told == problems_.count() ? value : std::numeric_limits<double>::quiet_NaN();
    }

    void heading() {
        p_.id = root_.need("id").text();
        p_.title = root_.need("title").local_text();
        p_.in_words = root_.maybe("in_words").local_text();
        p_.invented = root_.maybe("invented").flag_or(false);
        p_.modelled_on = root_.maybe("modelled_on").text_or("");
        p_.invented_fields = root_.maybe("invented_fields").texts();
        const Node planted = root_.maybe("planted");
        p_.planted = planted.texts();
        p_.call = root_.maybe("call").text_or("");
        p_.language = root_.maybe("language").text_or("");
        p_.filed = date_of(section("filed"));
        p_.template_id = section("template").text_or("");
    }

    void area(const Node& node) {
        seen("area", node);
        if (!node.present() || !node.must_be_map())
            return;
        const std::size_t before = problems_.count();
        std::set<int> found;
        bool good = true;
        const auto take = [&](const char* key, const std::string& kind) {
            const Node list = node.maybe(key);
            for (std::size_t i = 0; i < list.size(); ++i) {
                const Node word = list.at(i);
                Area one;
                std::string why;
                if (const std::string text = word.text(); text.empty()) {
                    good = false;
                } else if (!find_area(region_, kind, text, one, &why)) {
                    word.problem(why + " Write the NIS number or the name of a place of 2025, or leave it out.");
                    good = false;
                } else {
                    for (const int m : one.municipalities)
                        if (!found.insert(m).second)
                            word.note("this place stands twice in the area.");
                }
            }
        };
        take("municipalities", "municipality");
        take("zones", "zone");
        take("arrondissements", "arrondissement");
        take("provinces", "province");
        const Node parts = node.maybe("parts");
        for (std::size_t i = 0; i < parts.size(); ++i) {
            const Node part = parts.at(i);
            const Node word = part.need("municipality");
            std::string why;
            const int m = find_municipality(region_, word.text(), &why);
            if (m < 0)
                word.problem(why), good = false;
            else
                found.insert(m), p_.parts.emplace_back(m, part.need("inhabitants").number(0, 1e7));
            part.maybe("what").text_or("");
            part.maybe("source").text_or("");
        }
        p_.municipalities.assign(found.begin(), found.end());
        p_.area_readable = good && !found.empty() && before == problems_.count();
        if (good && found.empty())
            node.problem("no municipality stands here. Write municipalities: [51004, ...].");
        p_.population_stated = seen("population_stated", root_.maybe("population_stated")).number_or(0, 0, 1.2e7);
    }

    void target(const Node& node) {
        seen("target_group", node);
        if (!node.present() || !node.must_be_map())
            return;
        p_.target = node.maybe("in_words").local_text();
        p_.size_stated = node.maybe("size_stated").number_or(0, 0, 1.2e7);
        p_.target_conditions = node.maybe("conditions").texts();
        node.maybe("who").ignore();
        node.maybe("start_with").ignore();
        p_.found_by = node.maybe("found_by").texts();
        p_.healthy_people = seen("healthy_people", node.maybe("healthy_people")).local_text();
        p_.hard_to_reach = node.maybe("hard_to_reach").local_text();
    }

    void partners(const Node& list) {
        seen("partners", list);
        if (!list.present() || !list.must_be_list())
            return;
        for (std::size_t i = 0; i < list.size(); ++i) {
            const Node node = list.at(i);
            ProposalPartner partner;
            partner.line = node.line();
            partner.name = node.need("name").text();
            const Node role = node.need("role");
            if (const int w = role.word(partner_roles()); w >= 0)
                partner.role = partner_roles()[static_cast<std::size_t>(w)];
            static const std::vector<std::string> mandates = {"signed", "letter_of_intent", "none"};
            const Node mandate = node.maybe("mandate");
            const int m = mandate.present() ? mandate.word(mandates) : 2;
            partner.mandate = m >= 0 ? mandates[static_cast<std::size_t>(m)] : "none";
            partner.page = static_cast<int>(node.maybe("page").whole_or(0, 0, 10000));
            partner.specialties = node.maybe("specialties").texts();
            p_.partners.push_back(std::move(partner));
        }
    }

    void governance() {
        if (const Node manager = section("integration_manager"); manager.present() && manager.must_be_map()) {
            p_.manager = manager.maybe("name").text_or("");
            p_.manager_fte = manager.maybe("fte").number_or(0, 0, 100);
        }
        const Node node = section("governance");
        if (!node.present() || !node.must_be_map())
            return;
        p_.decides = node.maybe("decides").text_or("");
        p_.seats = static_cast<int>(node.maybe("seats").whole_or(0, 0, 1000));
        p_.patients_seats = static_cast<int>(node.maybe("patients_seats").whole_or(-1, 0, 1000));
        p_.money_rules = node.maybe("money").text_or("");
        p_.conflict_rule = node.maybe("conflict_rule").text_or("");
        p_.communication = node.maybe("communication").text_or("");
    }

    void plan(const Node& node) {
        seen("plan", node);
        if (!node.present() || !node.must_be_map())
            return;
        const std::size_t before = problems_.count();
        p_.years = static_cast<int>(node.maybe("years").whole_or(0, 0, 20));
        if (const Node from = node.maybe("from"), to = node.maybe("to"); from.present() || to.present()) {
            const std::string a = date_of(from), b = date_of(to);
            if (!a.empty() && !b.empty() && b < a)
                to.problem("the plan ends " + b + ", before it starts (" + a + "). Write the later date here.");
        }
        const Node actions = node.maybe("actions");
        for (std::size_t i = 0; i < actions.size(); ++i)
            action(actions.at(i));
        const Node components = node.maybe("components");
        seen("components", components);
        if (components.is_map())
            for (const std::string& id : components.keys())
                component(components.need(id), id);
        else
            for (std::size_t i = 0; i < components.size(); ++i)
                component(components.at(i).need("work"), components.at(i).need("id").text());
        p_.plan_readable = before == problems_.count() && !p_.actions.empty();
    }

    void action(const Node& node) {
        ProposalAction a;
        a.line = node.line();
        a.id = node.need("id").text();
        for (const ProposalAction& other : p_.actions)
            if (other.id == a.id)
                node.problem_at("id", "the action \"" + a.id + "\" stands twice, first on line " + std::to_string(other.line) + ". Give each its own id, or leave one out.");
        const Node use = node.maybe("use");
        a.use = use.text_or("");
        if (!a.use.empty() && std::find(uses_.begin(), uses_.end(), a.use) == uses_.end()) {
            use.problem("\"" + a.use + "\" is no action of the library; write component/action, or leave out `use` and say it in `what`: then the jury reads it and nothing is simulated." + near_words(a.use, uses_));
            a.use.clear();
        }
        a.what = node.maybe("what").local_text();
        if (!use.present() && a.what.empty())
            node.problem_at("what", "what does this action do? Write use: component/action, or what: \"...\".");
        a.from_month = static_cast<int>(node.maybe("from_month").whole_or(1, 1, 240));
        if (const Node to = node.maybe("to_month"); to.present() && to.whole(1, 240) < a.from_month)
            to.problem("ends before it starts (from_month " + std::to_string(a.from_month) + "). Write a later month.");
        const Node staff = node.maybe("staff");
        if (staff.present() && staff.must_be_map())
            for (const std::string& role : staff.keys())
                a.staff.emplace_back(role.ends_with("_fte") ? role.substr(0, role.size() - 4) : role, staff.need(role).number(0, 1000));
        a.eur_per_year = amount(node.maybe("eur_per_year"), 1e9);
        a.providers = node.maybe("providers").number_or(0, 0, 1e6);
        a.groups_per_year = node.maybe("groups_per_year").number_or(0, 0, 1e5);
        p_.actions.push_back(std::move(a));
    }

    void component(const Node& value, const std::string& id) {
        ProposalComponent c;
        c.id = id;
        c.line = value.line();
        const auto& known = local_components();
        if (std::find(known.begin(), known.end(), id) == known.end())
            value.problem("\"" + id + "\" is none of the fourteen components." + near_words(id, known));
        for (const ProposalComponent& other : p_.components)
            if (other.id == id)
                value.problem("the component \"" + id + "\" stands twice, first on line " + std::to_string(other.line) + ". Keep one of them.");
        if (value.must_be_list() && value.size() == 2) {
            c.year = static_cast<int>(value.at(0).whole(0, 20));
            c.proof = value.at(1).text();
        } else {
            value.problem("wanted the year in which work starts and what proves it: [2, a3], [2, p12] or [4, none].");
        }
        p_.components.push_back(std::move(c));
    }

    void money(const Node& node) {
        seen("money", node);
        if (!node.present() || !node.must_be_map())
            return;
        if (const Node asked = node.maybe("asked"); asked.present() && asked.must_be_map()) {
            p_.money_stated = true;
            p_.coordination_eur = amount(asked.maybe("coordination_eur_per_year"), 1e9);
            p_.actions_eur = amount(asked.maybe("actions_eur_per_year"), 1e9);
        }
        p_.own_means_eur = amount(node.maybe("own_means_eur_per_year"), 1e9);
        const Node gains = node.maybe("gains_go_to");
        p_.gains_go_to = gains.texts();
        for (const std::string& id : p_.gains_go_to)
            if (std::none_of(p_.actions.begin(), p_.actions.end(), [&](const ProposalAction& a) { return a.id == id; }))
                gains.problem("\"" + id + "\" is no action of this plan.");
    }

    void claims(const Node& list) {
        seen("claims", list);
        for (std::size_t i = 0; i < list.size(); ++i) {
            const Node node = list.at(i);
            ProposalClaim c;
            c.line = node.line();
            if (const int w = node.need("what").word(claim_words()); w >= 0)
                c.what = claim_words()[static_cast<std::size_t>(w)];
            c.who = node.maybe("who").text_or("target_group");
            const Node change = node.maybe("change"), value = node.maybe("value");
            c.has_change = change.present();
            c.change = change.number_or(0, -1, 10);
            c.value = value.number_or(0, -1e12, 1e12);
            if (change.present() == value.present())
                node.problem("write either change (a share: -0.10) or value.");
            const Node by = node.maybe("by_year"), from = node.maybe("from_year");
            c.by_year = static_cast<int>((by.present() ? by : from).whole_or(0, 1, 20));
            c.page = static_cast<int>(node.maybe("page").whole_or(0, 0, 10000));
            p_.claims.push_back(std::move(c));
        }
    }

    void indicators(const Node& list) {
        seen("indicators", list);
        for (std::size_t i = 0; i < list.size(); ++i) {
            const Node node = list.at(i);
            ProposalIndicator one;
            one.line = node.line();
            one.id = node.need("id").text();
            one.from = node.maybe("from").text_or("");
            node.maybe("sample").number_or(0, 0, 1e7);
            p_.indicators.push_back(std::move(one));
        }
    }

    Node root_;
    const Region& region_;
    const std::vector<std::string>& uses_;
    Problems& problems_;
    Proposal& p_;
};

/// Problems under area or plan keep a dossier from being simulated, wherever they were found.
void judge_readable(Proposal& p) {
    for (const Problem& problem : p.problems) {
        if (problem.note)
            continue;
        if (problem.where.starts_with("area"))
            p.area_readable = false;
        if (problem.where.starts_with("plan") || problem.where.starts_with("money"))
            p.plan_readable = false;
    }
}

Proposal read(Document& document, const std::string& file, Problems& problems, const Region& region, const std::vector<std::string>& uses) {
    Proposal p;
    if (document.usable()) {
        ProposalReader(document, region, uses, problems, p).read();
        document.finish();
    }
    p.readable = document.usable();
    p.file = file;
    p.hash = document.hash();
    p.problems.assign(problems.list().begin(), problems.list().end());
    judge_readable(p);
    return p;
}

}  // namespace

double ProposalAction::fte() const {
    double sum = 0;
    for (const auto& [role, posts] : staff)
        sum += posts;
    return sum;
}

int Proposal::line(std::string_view section) const {
    const auto found = lines.find(std::string(section));
    return found == lines.end() ? 0 : found->second;
}

double Proposal::actions_sum_eur() const {
    double sum = 0;
    for (const ProposalAction& a : actions)
        sum += a.eur_per_year;
    return sum;
}

namespace {

/// "plan.actions[2].staff" as "plan.actions[].staff".
std::string any_entry(std::string_view where) {
    std::string out;
    bool inside = false;
    for (const char c : where) {
        inside = inside && c != ']';
        if (!inside)
            out += c;
        inside = inside || c == '[';
    }
    return out;
}

bool at_or_below(std::string_view where, std::string_view key) {
    return where.starts_with(key) && (where.size() == key.size() || where[key.size()] == '.' || where[key.size()] == '[');
}

/// The key that an unknown one probably is: its own name, or the nearest that the reader named.
std::string meant(const Problem& problem) {
    static constexpr std::string_view words = "unknown key. Nearest: ";
    const std::string where = any_entry(problem.where);
    if (!problem.message.starts_with(words))
        return where;
    const std::size_t dot = where.rfind('.');
    return (dot == std::string::npos ? "" : where.substr(0, dot + 1)) + problem.message.substr(words.size());
}

}  // namespace

const Problem* Proposal::unread(std::string_view key) const {
    for (const Problem& problem : problems) {
        if (problem.note)
            continue;
        const std::string where = meant(problem);
        if (!readable || at_or_below(where, key) || (!where.empty() && at_or_below(key, where)))
            return &problem;
    }
    return nullptr;
}

const std::vector<std::string>& local_components() {
    static const std::vector<std::string> ids = {"empowerment", "informal_care_support", "case_management", "work_reintegration", "prevention", "consultation_coordination", "continuity", "patient_org_experience", "shared_record", "multidisciplinary_guidelines", "quality_culture", "financing_adaptation", "risk_stratification", "change_management"};
    return ids;
}

const std::vector<std::string>& partner_roles() {
    static const std::vector<std::string> ids = {"gp", "home_nurse", "hospital", "residential_or_home_care", "several_specialties", "consultation_structure", "patients_or_carers_association", "pharmacist", "sickness_fund", "welfare", "municipality", "other"};
    return ids;
}

const std::vector<std::string>& claim_words() {
    static const std::vector<std::string> ids = {"people_reached", "unplanned_admissions", "readmissions", "net_saving_eur_per_year", "deaths", "people_with_a_plan", "forgone_care", "quality_of_life", "workers_leaving", "other"};
    return ids;
}

Proposal read_proposal(const std::string& path, const Region& region, const std::vector<std::string>& uses) {
    Problems problems;
    Document document(path, "proposal", problems);
    return read(document, path, problems, region, uses);
}

Proposal read_proposal_text(const std::string& text, const std::string& name, const Region& region, const std::vector<std::string>& uses) {
    Problems problems;
    Document document(text, name, "proposal", problems);
    return read(document, name, problems, region, uses);
}

}  // namespace tresse::scenario
