#include "tresse/scenario/arm.hpp"

#include <algorithm>
#include <cmath>

#include "arm_reader.hpp"
#include "tresse/core/csv.hpp"
#include "tresse/core/file.hpp"

namespace tresse::scenario {

namespace {

std::string nearest_words(const std::string& word, const std::vector<std::string>& known) {
    const std::string near = nearest(word, known);
    if (!near.empty()) return " Nearest: " + near;
    std::string all;
    for (std::size_t i = 0; i < known.size() && i < 30; ++i) all += (i ? ", " : "") + known[i];
    return known.empty() ? " There is none." : " There are: " + all;
}

/// Reads one arm against what it may name.
class ArmReader {
public:
    ArmReader(const Node& node, const ArmContext& context) : node_(node), context_(context) {}

    ArmSpec read() {
        if (!node_.must_be_map()) return arm_;
        arm_.line = node_.line();
        arm_.id = node_.need("id").text();
        if (!is_id(arm_.id)) node_.problem_at("id", "found \"" + arm_.id + "\", wanted small letters, digits and hyphens: it names files and columns.");
        arm_.label = node_.maybe("label").present() ? node_.maybe("label").local_text() : LocalText(arm_.id);
        organisation(node_.maybe("organisation"));
        each(node_.maybe("components"), [this](const Node& n) { component(n, ""); });
        per_entity(node_.maybe("per_entity"));
        each(node_.maybe("funding"), [this](const Node& n) { funding_rule(n); });
        each(node_.maybe("capacities"), [this](const Node& n) { capacity(n); });
        each(node_.maybe("hazards"), [this](const Node& n) { hazard(n); });
        parameters(node_.maybe("parameters"));
        check_money();
        if (arm_.components.size() > static_cast<std::size_t>(world::limit::actions))
            node_.problem_at("components", std::to_string(arm_.components.size()) + " actions in one arm, each federated body's own counted; at most " + std::to_string(world::limit::actions) + " (limit: actions).");
        return std::move(arm_);
    }

private:
    static bool is_id(const std::string& id) {
        return !id.empty() && std::all_of(id.begin(), id.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
    }

    template <class Read>
    void each(const Node& list, Read read) {
        if (!list.must_be_list()) return;
        for (std::size_t i = 0; i < list.size(); ++i)
            if (list.at(i).must_be_map()) read(list.at(i));
    }

    /// A month of the policy period; the start of the policy when it is left out.
    Month from(const Node& node) {
        if (!node.present()) return context_.start;
        const Month m = node.month();
        if (m < context_.start || m > context_.end) node.problem("found " + node.shown() + ", wanted a month of the policy period, " + context_.start.text() + " to " + context_.end.text() + ".");
        return m;
    }

    Month until(const Node& node, Month start) {
        if (!node.present()) return never_ends;
        const Month m = node.month();
        if (m < start) node.problem("ends in " + m.text() + ", before it starts in " + start.text() + ".");
        return m;
    }

    void organisation(const Node& node) {
        if (!node.present() || !node.must_be_map()) return;
        ArmOrganisation& o = arm_.organisation;
        o.given = true;
        const Node use = node.need("use");
        o.use = use.text();
        std::vector<std::string> known;
        for (const OrganisationKind& k : *context_.organisations) {
            known.push_back(k.id);
            if (k.id == o.use) o.name = k.name, o.supports_adoption = k.supports_adoption, o.kind = k;
        }
        if (!o.use.empty() && std::find(known.begin(), known.end(), o.use) == known.end()) use.problem("\"" + o.use + "\" is no kind of organisation." + nearest_words(o.use, known));
        o.start = from(node.maybe("start"));
        o.end = until(node.maybe("end"), o.start);
        each(node.maybe("grants"), [&](const Node& n) { grant(n); });
    }

    void grant(const Node& node) {
        ArmGrant g;
        g.purpose = std::max(0, node.need("for").word({"coordination", "actions"}));
        const Node whole = node.maybe("eur_per_year"), each_one = node.maybe("eur_per_inhabitant_year");
        if (whole.present() == each_one.present()) node.problem("how much? Write either eur_per_year or eur_per_inhabitant_year.");
        else if (whole.present()) g.eur_per_year = whole.number(0, 1e10);
        else g.eur_per_inhabitant = each_one.number(0, 1e5), g.eur_per_year = std::round(g.eur_per_inhabitant * context_.inhabitants);
        years(node.maybe("years"), g);
        g.payer = account(node.need("payer"));
        g.source = node.need("source").text();
        node.maybe("note");
        arm_.organisation.grants.push_back(std::move(g));
    }

    /// "1-5" or "3".
    void years(const Node& node, ArmGrant& g) {
        if (!node.present()) return;
        const std::string text = node.text();
        const std::size_t dash = text.find('-');
        long long first = 0, last = 0;
        const bool whole = dash == std::string::npos ? parse_whole(text, first) && parse_whole(text, last) : parse_whole(text.substr(0, dash), first) && parse_whole(text.substr(dash + 1), last);
        if (!whole || first < 1 || last < first || last > 100) {
            node.problem("found " + node.shown() + ", wanted years of the organisation like 1-5 (the first is 1).");
            return;
        }
        g.first_year = static_cast<int>(first), g.last_year = static_cast<int>(last);
    }

    std::string account(const Node& node) {
        const std::string id = node.text();
        if (id.empty() || id == "competent_federated" || context_.payers->account(id) >= 0) return id;
        std::vector<std::string> known = {"competent_federated"};
        for (const world::Account& a : context_.payers->accounts) known.push_back(a.id);
        node.problem("\"" + id + "\" is none of the accounts of payers.yaml." + nearest_words(id, known));
        return id;
    }

    std::shared_ptr<const ComponentSpec> find_component(const Node& use, const std::string& id) {
        auto& known = *context_.components;
        if (const auto found = known.find(id); found != known.end()) return found->second;
        std::vector<std::string> ids;
        for (const auto& [own, file] : context_.own_components) ids.push_back(own);
        if (is_folder(context_.components_folder))
            for (const std::string& name : names_in(context_.components_folder))
                if (name.ends_with(".yaml")) ids.push_back(name.substr(0, name.size() - 5));
        if (std::find(ids.begin(), ids.end(), id) == ids.end()) {
            use.problem("\"" + id + "\" is no component." + nearest_words(id, ids));
            return nullptr;
        }
        const auto own = context_.own_components.find(id);
        const std::string path = own != context_.own_components.end() ? own->second : join_path(context_.components_folder, id + ".yaml");
        return known[id] = read_component(path, *context_.catalogue, *context_.problems);
    }

    /// What only one federated body does, or does in its own way.
    void per_entity(const Node& node) {
        if (!node.present() || !node.must_be_map()) return;
        for (const std::string& id : node.keys()) {
            const Node body = node.need(id);
            if (std::find(context_.entities.begin(), context_.entities.end(), id) == context_.entities.end()) {
                body.problem("\"" + id + "\" is no federated body that is competent for persons." + nearest_words(id, context_.entities));
                body.ignore();
                continue;
            }
            if (body.must_be_map()) each(body.need("components"), [&](const Node& n) { component(n, id); });
        }
    }

    void component(const Node& node, const std::string& entity) {
        ComponentUse c;
        c.entity = entity;
        const Node use = node.need("use");
        c.use = use.text();
        const std::size_t slash = c.use.find('/');
        c.component = c.use.empty() ? nullptr : find_component(use, c.use.substr(0, slash));
        if (c.component) {
            std::vector<std::string> known;
            for (const ActionSpec& a : c.component->actions) known.push_back(c.component->id + "/" + a.id);
            const ActionSpec* action = slash == std::string::npos ? nullptr : c.component->action(c.use.substr(slash + 1));
            if (known.empty()) use.problem("the component " + c.component->id + " has no actions, so it does nothing.");
            else if (!action) use.problem("\"" + c.use + "\" is no action; write component/action." + nearest_words(c.use, known));
            else c.action = *action;
        }
        for (const ComponentUse& other : arm_.components)
            if (other.use == c.use && (other.entity == entity || other.entity.empty())) use.problem(c.use + " stands twice in this arm" + (entity.empty() ? "." : " for " + entity + "."));
        reach(node, c);
        c.start = node.maybe("start").present() || !arm_.organisation.given ? from(node.maybe("start")) : arm_.organisation.start;
        c.end = std::min(until(node.maybe("end"), c.start), arm_.organisation.given ? arm_.organisation.end : never_ends);
        c.full_after_months = static_cast<int>(node.maybe("full_after_months").whole_or(1, 1, 600));
        c.zones_per_year = node.maybe("zones_per_year").number_or(0, 0, 1000);
        if (!c.action.id.empty() && !c.action.service.empty() && arm_.organisation.given && c.reach != model::Reach::by_budget) c.full_after_months = std::max(c.full_after_months, arm_.organisation.kind.full_after_months);
        paid_by(node.maybe("paid_by"), c);
        arm_.components.push_back(std::move(c));
    }

    void reach(const Node& node, ComponentUse& c) {
        const Node share = node.maybe("budget_share"), reach = node.maybe("reach");
        if (share.present() == reach.present()) {
            node.problem(share.present() ? "write either budget_share or reach, not both." : "how many does it want to reach? Write budget_share: ... or reach: {persons | persons_per_1000 | persons_per_year | persons_per_1000_a_year | share_of_target | share_of_providers: ...}.");
            return;
        }
        if (share.present()) {
            c.reach = model::Reach::by_budget;
            c.reach_value = share.number(0, 1);
            return;
        }
        if (!reach.must_be_map()) return;
        int given = 0;
        const auto take = [&](const char* key, model::Reach kind, double most) {
            const Node value = reach.maybe(key);
            if (!value.present()) return;
            ++given;
            c.reach = kind;
            c.reach_value = value.number(0, most);
        };
        take("persons", model::Reach::persons, 2e7);
        take("persons_per_year", model::Reach::persons_per_year, 2e7);
        const auto take_per_1000 = [&](const char* key, model::Reach kind) {
            const int before = given;
            take(key, kind, 1000);
            if (given > before) c.per_1000 = c.reach_value, c.reach_value = c.per_1000 * context_.inhabitants / 1000.0;
        };
        take_per_1000("persons_per_1000", model::Reach::persons);
        take_per_1000("persons_per_1000_a_year", model::Reach::persons_per_year);
        take("share_of_target", model::Reach::share_of_target, 1);
        take("share_of_providers", model::Reach::share_of_providers, 1);
        if (given != 1) reach.problem("wanted one of persons, persons_per_1000, persons_per_year, persons_per_1000_a_year, share_of_target, share_of_providers.");
        const bool on_providers = c.component && !c.action.id.empty() && c.action.service.empty();
        if (given == 1 && c.component && !c.action.id.empty() && on_providers != (c.reach == model::Reach::share_of_providers))
            reach.problem(on_providers ? c.use + " acts on providers: write share_of_providers." : c.use + " acts on persons: write persons, persons_per_1000, persons_per_year, persons_per_1000_a_year or share_of_target.");
    }

    void paid_by(const Node& node, ComponentUse& c) {
        if (!node.present() || !node.must_be_map()) return;
        double sum = 0;
        std::string words;
        for (const std::string& id : node.keys()) {
            const Node value = node.need(id);
            if (id != "competent_federated" && context_.payers->account(id) < 0) {
                std::vector<std::string> known = {"competent_federated"};
                for (const world::Account& a : context_.payers->accounts) known.push_back(a.id);
                value.problem("\"" + id + "\" is none of the accounts of payers.yaml." + nearest_words(id, known));
            }
            c.paid_by.emplace_back(id, value.number(0, 1));
            sum += c.paid_by.back().second;
            words += (words.empty() ? "" : " + ") + id + " " + number_text(c.paid_by.back().second);
        }
        if (std::fabs(sum - 1) > 1e-9) node.problem(words + " = " + number_text(std::round(sum * 1e6) / 1e6) + "; the shares must make 1." + (sum < 1 ? " Who pays the other " + number_text(std::round((1 - sum) * 1e6) / 1e6) + "?" : ""));
    }

    void funding_rule(const Node& node) {
        FundingUse f;
        const Node use = node.need("use");
        f.use = use.text();
        const int rule = context_.rules->find(f.use);
        if (!f.use.empty() && rule < 0) {
            std::vector<std::string> known;
            for (const funding::RuleSpec& r : context_.rules->rules) known.push_back(r.id);
            use.problem("\"" + f.use + "\" is no funding rule." + nearest_words(f.use, known));
        }
        const funding::RuleSpec* spec = rule < 0 ? nullptr : &context_.rules->rules[static_cast<std::size_t>(rule)];
        const Node with = node.maybe("with");
        f.start = from(node.maybe("start"));
        f.end = until(node.maybe("end"), f.start);
        if (!spec) {
            with.ignore();
            return;
        }
        f.shifts_practices = !spec->contract.empty();
        if (!arm_.organisation.given && std::any_of(spec->pays.begin(), spec->pays.end(), [](const funding::Pay& p) { return p.payee == "organisation" && !p.savings.given; }))
            use.problem("\"" + f.use + "\" pays an organisation, and this arm has none: organisation: {use: ...}.");
        f.is_savings = std::any_of(spec->pays.begin(), spec->pays.end(), [](const funding::Pay& p) { return p.savings.given; });
        if (f.shifts_practices) shift(with.present() ? with : node, f);
        if (f.is_savings) savings(with, *spec, f);
        if (with.present()) with.maybe("note");
        arm_.funding.push_back(std::move(f));
    }

    void shift(const Node& with, FundingUse& f) {
        f.share_of_practices = with.need("share_of_practices").number(0, 1);
        f.full_after_months = static_cast<int>(with.maybe("full_after_months").whole_or(1, 1, 600));
    }

    void savings(const Node& with, const funding::RuleSpec& spec, FundingUse& f) {
        for (const funding::Pay& p : spec.pays)
            if (p.savings.given) f.share = p.savings.share, f.outliers_above_percentile = p.savings.outliers_above_percentile, f.reinvested = p.savings.reinvested;
        if (!arm_.organisation.given) node_.problem("a savings share needs an organisation that receives it: organisation: {use: ...}.");
        if (!with.present() || !with.must_be_map()) return;
        const Node payee = with.maybe("payee");
        if (payee.present() && payee.text() != arm_.organisation.use) payee.problem("found " + payee.shown() + ", wanted the organisation of this arm" + (arm_.organisation.given ? ": " + arm_.organisation.use : "") + ".");
        if (const Node forecast = with.maybe("forecast"); forecast.present()) forecast.word({"national_trend_by_risk_cell"});
        f.share = with.maybe("share").number_or(f.share, 0, 1);
        if (const Node losses = with.maybe("losses"); losses.present()) losses.word({"not_shared"});
        f.outliers_above_percentile = with.maybe("outliers_above_percentile").number_or(f.outliers_above_percentile, 50, 100);
        f.reinvested = with.maybe("reinvested_share").number_or(f.reinvested, 0, 1);
        const Node into = with.maybe("reinvest_in");
        f.reinvest_in = into.texts();
        for (const std::string& id : f.reinvest_in) {
            const bool there = std::any_of(arm_.components.begin(), arm_.components.end(), [&](const ComponentUse& c) { return c.use.substr(0, c.use.find('/')) == id; });
            if (!there) into.problem("this arm has no action of the component \"" + id + "\".");
        }
    }

    int role(const Node& node) {
        const std::string word = node.text();
        const int r = role_of_word(*context_.catalogue, word);
        if (r < 0 && !word.empty()) {
            std::vector<std::string> known;
            for (const world::Role& x : context_.catalogue->roles) known.push_back(x.id);
            node.problem("\"" + word + "\" is no role or kind of provider." + nearest_words(word, known));
        }
        return r;
    }

    void capacity(const Node& node) {
        CapacityUse c;
        if (const int r = role(node.need("role")); r >= 0) c.role = context_.catalogue->roles[static_cast<std::size_t>(r)].id;
        const Node ratio = node.maybe("ratio");
        c.unlimited = node.maybe("unlimited").flag_or(false);
        if (ratio.present() == c.unlimited) node.problem("write either ratio: ... (on posts) or unlimited: true.");
        c.ratio = ratio.number_or(1, 0, 100);
        c.start = from(node.maybe("start"));
        arm_.capacities.push_back(std::move(c));
    }

    void hazard(const Node& node) {
        HazardUse h;
        static const std::vector<std::string> words = {"onset", "progression", "exacerbation", "admission", "readmission", "nursing_home_entry", "diagnosis", "return_to_work"};
        const int w = node.need("mechanism").word(words);
        if (w >= 0) model::parse_lever(words[static_cast<std::size_t>(w)], h.kind);
        const Node condition = node.maybe("condition");
        h.condition = condition.text_or("");
        std::vector<std::string> known;
        for (const world::Condition& c : context_.catalogue->conditions) known.push_back(c.id);
        if (!h.condition.empty() && context_.catalogue->condition(h.condition) < 0) condition.problem("\"" + h.condition + "\" is no condition." + nearest_words(h.condition, known));
        h.ratio = node.need("ratio").number(1e-6, 100);
        h.start = from(node.maybe("start"));
        arm_.hazards.push_back(std::move(h));
    }

    void parameters(const Node& node) {
        if (!node.present() || !node.must_be_map()) return;
        std::vector<std::string> known;
        for (ComponentUse& c : arm_.components)
            for (const Uncertain* u : uncertain_of(c.action)) known.push_back(u->key);
        for (const std::string& key : node.keys()) {
            const Node value = node.need(key);
            const double x = value.number(-1e12, 1e12);
            bool found = false;
            for (ComponentUse& c : arm_.components) found = set_parameter(uncertain_of(c.action), key, x) || found;
            if (!found) value.problem("\"" + key + "\" is no number of this arm's actions (numbers of the library are changed for all arms: parameters at the top)." + nearest_words(key, known));
            arm_.parameters.emplace_back(key, x);
        }
    }

    /// Every action must say whose money it spends.
    void check_money() {
        double shares = 0;
        const bool has_money = std::any_of(arm_.organisation.grants.begin(), arm_.organisation.grants.end(), [](const ArmGrant& g) { return g.purpose == 1; });
        for (std::size_t i = 0; i < arm_.components.size(); ++i) {
            const ComponentUse& c = arm_.components[i];
            const std::string where = "components[" + std::to_string(i) + "]";
            if (c.reach == model::Reach::by_budget) shares += c.reach_value;
            if (c.reach == model::Reach::by_budget && !c.paid_by.empty()) node_.problem_at(where + ".paid_by", "what is staffed from a budget is paid from it: leave out paid_by.");
            if (c.paid_by.empty() && !has_money) node_.problem_at(where, c.use + ": who pays? Write paid_by: {account: share}, or give the organisation a grant for actions.");
        }
        if (shares > 1 + 1e-9) node_.problem_at("components", "the budget shares add to " + number_text(std::round(shares * 1e6) / 1e6) + "; at most 1.");
    }

    Node node_;
    const ArmContext& context_;
    ArmSpec arm_;
};

}  // namespace

double ArmOrganisation::eur(int purpose, int year) const {
    double sum = 0;
    for (const ArmGrant& g : grants)
        if (g.purpose == purpose && year >= g.first_year && year <= g.last_year) sum += g.eur_per_year;
    return sum;
}

bool set_parameter(const std::vector<Uncertain*>& numbers, const std::string& key, double value) {
    bool found = false;
    for (Uncertain* u : numbers) {
        if (u->key != key) continue;
        u->value = u->low = u->high = value;
        u->law = Law::fixed;
        u->nil_prob = 0;
        found = true;
    }
    return found;
}

std::vector<OrganisationKind> read_organisations(const std::string& path, Problems& problems, std::vector<SourceUse>& sources, std::uint64_t& hash) {
    std::vector<OrganisationKind> out;
    Document document(path, "organisations", problems);
    hash = document.hash();
    if (!document.usable()) return out;
    const Node list = document.root().need("organisations");
    list.must_be_list();
    for (std::size_t i = 0; i < list.size(); ++i) {
        const Node node = list.at(i);
        OrganisationKind k;
        k.id = node.need("id").text();
        k.name = node.need("name").local_text();
        k.in_words = node.need("in_words").local_text();
        k.supports_adoption = node.maybe("supports_adoption").flag_or(false);
        k.full_after_months = static_cast<int>(node.maybe("full_after_months").whole_or(1, 1, 600));
        if (const Node ratio = node.maybe("adoption_ratio"); ratio.present()) k.adoption_ratio = ratio.uncertain(0.1, 10, Law::lognormal);
        else k.adoption_ratio.value = k.adoption_ratio.low = k.adoption_ratio.high = 1;
        if (const Node eur = node.maybe("eur_per_post"); eur.present()) k.eur_per_post = eur.uncertain(1000, 1e6, Law::normal);
        k.partners = node.maybe("partners").texts();
        k.missions = node.maybe("missions").texts();
        node.need("source");
        out.push_back(std::move(k));
    }
    const auto uses = document.sources();
    sources.insert(sources.end(), uses.begin(), uses.end());
    document.finish();
    return out;
}

ArmSpec read_arm(const Node& node, const ArmContext& context) { return ArmReader(node, context).read(); }

}  // namespace tresse::scenario
