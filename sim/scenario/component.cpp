#include "tresse/scenario/component.hpp"

#include <algorithm>
#include <map>

#include "tresse/core/csv.hpp"
#include "tresse/scenario/reader.hpp"

namespace tresse::scenario {

namespace {

using model::Test;

constexpr double most_minutes = 100000, most_eur = 1e7;

const std::vector<std::string>& evidence_words() {
    static const std::vector<std::string> words = {"pooled", "single_trial", "observational", "assumption"};
    return words;
}

const std::vector<std::string>& level_words() {
    static const std::vector<std::string> words = {"federal", "federated", "local", "private", "organisation"};
    return words;
}

Uncertain fixed_number(double value) {
    Uncertain out;
    out.value = out.low = out.high = value;
    return out;
}

/// An estimate that may be left out.
Uncertain estimate_or(const Node& node, double standard, double low, double high, Law law) {
    return node.present() ? node.uncertain(low, high, law) : fixed_number(standard);
}

std::vector<std::string> ids_of_roles(const world::Catalogue& catalogue) {
    std::vector<std::string> out;
    for (const world::Role& r : catalogue.roles) out.push_back(r.id);
    return out;
}

template <class Rows>
std::vector<std::string> ids_of(const Rows& rows) {
    std::vector<std::string> out;
    for (const auto& r : rows) out.push_back(r.id);
    return out;
}

/// Professions whose name differs from their role.
const std::map<std::string, std::string>& professions() {
    static const std::map<std::string, std::string> words = {
        {"home_nurse", "home_nursing"}, {"pharmacist", "pharmacy"}, {"physiotherapist", "physiotherapy"}, {"social_worker", "social_work"},
        {"occupational_therapist", "occupational_therapy"}, {"home_helper", "home_help"}, {"prevention_worker", "prevention"},
    };
    return words;
}

void unknown_word(const Node& node, const std::string& word, const std::string& thing, const std::vector<std::string>& known) {
    const std::string near = nearest(word, known);
    node.problem("\"" + word + "\" is no " + thing + "." + (near.empty() ? "" : " Nearest: " + near));
}

/// Reads one component against the names that exist.
class ComponentReader {
public:
    ComponentReader(Document& document, const world::Catalogue& catalogue) : document_(document), catalogue_(catalogue) {}

    ComponentSpec read() {
        const Node root = document_.root();
        ComponentSpec c;
        c.file = document_.name();
        c.hash = document_.hash();
        c.id = root.need("id").text();
        c.number = static_cast<int>(root.need("number").whole(1, 99));
        c.of_authorities = root.need("level").word({"local", "authorities"}) == 1;
        c.name = root.need("name").local_text();
        for (const std::string& w : words(root.need("may_start"), level_words(), "level of payers.yaml")) c.may_start.push_back(w);
        for (const std::string& w : root.maybe("non_medical_providers").texts()) c.non_medical.push_back(role_word(root.maybe("non_medical_providers"), w));
        c.no_non_medical_because = root.maybe("no_non_medical_provider_because").local_text();
        const Node actions = root.maybe("actions");
        actions.must_be_list();
        for (std::size_t i = 0; i < actions.size(); ++i) add_action(actions.at(i), c);
        c.what_we_do_not_know = root.maybe("what_we_do_not_know").local_text();
        check_non_medical(root, c);
        c.sources = document_.sources();
        document_.finish();
        return c;
    }

private:
    std::vector<std::string> words(const Node& node, const std::vector<std::string>& known, const std::string& thing) {
        std::vector<std::string> out = node.texts();
        for (const std::string& w : out)
            if (!w.empty() && std::find(known.begin(), known.end(), w) == known.end()) unknown_word(node, w, thing, known);
        return out;
    }

    /// Id of the role that a word means; the word itself, with a problem, when there is none.
    std::string role_word(const Node& node, const std::string& word) {
        const int role = role_of_word(catalogue_, word);
        if (role >= 0) return catalogue_.roles[static_cast<std::size_t>(role)].id;
        if (!word.empty()) unknown_word(node, word, "role or kind of provider", ids_of_roles(catalogue_));
        return word;
    }

    /// Every component names a non-medical provider that delivers contacts, or says why none.
    void check_non_medical(const Node& root, const ComponentSpec& c) {
        if (c.non_medical.empty() == c.no_non_medical_because.empty())
            root.problem(c.non_medical.empty() ? "write which providers outside medicine deliver contacts (non_medical_providers: [...]), or why none does (no_non_medical_provider_because: ...)."
                                               : "non_medical_providers and no_non_medical_provider_because contradict each other; keep one.");
        for (const std::string& role : c.non_medical) {
            const bool at_work = std::any_of(c.actions.begin(), c.actions.end(), [&](const ActionSpec& a) {
                return a.staff.role == role || std::any_of(a.needs.begin(), a.needs.end(), [&](const MinutesSpec& m) { return m.role == role; });
            });
            if (!at_work && !c.actions.empty()) root.problem_at("non_medical_providers", "no action of this component asks minutes of " + role + ".");
        }
    }

    void add_action(const Node& node, ComponentSpec& c) {
        if (!node.must_be_map()) return;
        ActionSpec a;
        a.line = node.line();
        a.id = node.need("id").text();
        if (c.action(a.id)) node.problem_at("id", "\"" + a.id + "\" stands twice in this component.");
        a.name = node.need("name").local_text();
        a.in_words = node.need("in_words").local_text();
        a.target = target(node.maybe("target"));
        a.service = node.maybe("service").text_or("");
        if (!a.service.empty() && catalogue_.service(a.service) < 0) unknown_word(node.maybe("service"), a.service, "service", ids_of(catalogue_.services));
        const Node accepts = a.service.empty() ? node.maybe("accepts_share") : node.need("accepts_share");
        a.accepts = estimate_or(accepts, 1, 0, 1, Law::logit);
        a.accepts_odds_lowest_income = estimate_or(node.maybe("accepts_odds_lowest_income"), 1, 0.01, 100, Law::lognormal);
        needs(node.maybe("needs"), a);
        staff(node.maybe("staff"), a);
        a.course_months = static_cast<int>(node.maybe("course_months").whole_or(0, 0, 600));
        for (const std::string& w : node.maybe("partners_needed").texts()) a.partners.push_back(role_word(node.maybe("partners_needed"), w));
        const Node levers = node.maybe("levers");
        levers.must_be_list();
        for (std::size_t i = 0; i < levers.size(); ++i) add_lever(levers.at(i), a);
        not_found(node.maybe("looked_for_and_not_found"), a);
        a.fidelity = estimate_or(node.maybe("fidelity"), 1, 0, 1, Law::normal);
        a.trial_share = estimate_or(node.maybe("trial_share"), 1, 0.01, 1, Law::normal);
        window(node, a);
        outreach(node.maybe("outreach"), a);
        stratifies(node.maybe("stratifies"), a);
        if (const Node what = node.maybe("takes_up"); what.present()) a.takes_up_record = what.word({"action", "shared_record"}) == 1;
        a.supports_adoption = node.maybe("supports_adoption").flag_or(false);
        check_on_providers(node, a);
        c.actions.push_back(std::move(a));
    }

    void outreach(const Node& node, ActionSpec& a) {
        a.outreach.accepts = a.outreach.eur = fixed_number(0);
        if (!node.present() || !node.must_be_map()) return;
        a.outreach.given = true;
        a.outreach.to_income_fifth = static_cast<int>(node.need("to_income_fifth").whole(1, 5));
        a.outreach.accepts = node.need("accepts_share").uncertain(0, 1, Law::logit);
        a.outreach.eur = node.need("eur").uncertain(0, most_eur, Law::normal);
    }

    void stratifies(const Node& node, ActionSpec& a) {
        StratifySpec& s = a.stratify;
        s.eur_per_person_year = fixed_number(0);
        s.weight.fill(fixed_number(0));
        if (!node.present() || !node.must_be_map()) return;
        s.given = true;
        s.score = static_cast<model::RiskScore>(std::max(0, node.need("score").word({"facts", "foresight", "random"})));
        const Node shares = node.need("tier_shares");
        if (shares.must_be_list() && shares.size() != 3) shares.problem("wanted three shares of the adults: tier 1 and above, tier 2 and above, tier 3.");
        for (std::size_t i = 0; i < 3 && i < shares.size(); ++i) s.tier_shares[i] = shares.at(i).number(0, 1);
        if (s.tier_shares[0] < s.tier_shares[1] || s.tier_shares[1] < s.tier_shares[2]) shares.problem("a higher tier is part of the lower one: the shares fall.");
        s.eur_per_person_year = node.need("eur_per_person_year").uncertain(0, 1000, Law::normal);
        static constexpr const char* facts[] = {"age_of_ten_years", "known_condition", "katz_class", "stay_of_two_years", "medicine", "spending_of_10000_eur"};
        const Node weights = s.score == model::RiskScore::facts ? node.need("weights") : node.maybe("weights");
        for (std::size_t i = 0; i < s.weight.size() && weights.present(); ++i)
            if (const Node w = weights.maybe(facts[i]); w.present()) s.weight[i] = w.uncertain(0, 100, Law::normal);
    }

    /// What an action on providers may hold, and what only it may hold.
    void check_on_providers(const Node& node, const ActionSpec& a) {
        const bool providers = a.service.empty();
        for (const LeverSpec& l : a.levers) {
            const std::string word(model::lever_word(l.kind));
            if (!providers && model::moves_providers(l.kind)) node.problem_at("levers", word + " moves what providers do: only an action without a service, which acts on providers, may name it.");
            const bool by_contact = l.kind == model::LeverKind::activation || l.kind == model::LeverKind::adherence || l.kind == model::LeverKind::experience || l.kind == model::LeverKind::diagnosis ||
                                    l.kind == model::LeverKind::contact_time;
            if (providers && by_contact) node.problem_at("levers", word + " comes with a contact: the action needs a service that is delivered.");
        }
        if (!providers && a.stratify.given) node.problem_at("stratifies", "sorting is done by practices: an action without a service.");
        if (!providers && a.takes_up_record) node.problem_at("takes_up", "only providers take something up: an action without a service.");
        if (providers && a.outreach.given) node.problem_at("outreach", "nobody is invited by an action without a service.");
    }

    void window(const Node& node, ActionSpec& a) {
        a.dose_window_days = static_cast<int>(node.maybe("dose_window_days").whole_or(0, 0, 365));
        const Node over = node.maybe("if_capacity_runs_out");
        const bool lost = over.present() && over.word({"waits", "waits_then_lost"}) == 1;
        if (lost && a.dose_window_days == 0) over.problem("a dose that is lost needs the days after which it is: dose_window_days.");
        if (!lost && a.dose_window_days > 0) node.problem_at("dose_window_days", "a window has a meaning only with if_capacity_runs_out: waits_then_lost.");
    }

    void not_found(const Node& node, ActionSpec& a) {
        for (std::size_t i = 0; i < node.size(); ++i) {
            const Node row = node.at(i);
            if (!row.must_be_map()) continue;
            a.not_found.push_back({row.need("mechanism").text(), row.need("source").text()});
            row.maybe("note");
        }
    }

    MinutesSpec& minutes_of(const std::string& role, ActionSpec& a) {
        for (MinutesSpec& m : a.needs)
            if (m.role == role) return m;
        a.needs.push_back({role, fixed_number(0), fixed_number(0)});
        return a.needs.back();
    }

    void needs(const Node& node, ActionSpec& a) {
        a.other_eur = a.other_eur_month = a.eur_per_provider_month = fixed_number(0);
        if (!node.present() || !node.must_be_map()) return;
        for (const std::string& key : node.keys()) {
            const Node value = node.need(key);
            if (key == "other_eur") a.other_eur = value.uncertain(0, most_eur, Law::normal);
            else if (key == "other_eur_month") a.other_eur_month = value.uncertain(0, most_eur, Law::normal);
            else if (key == "eur_per_provider_month") a.eur_per_provider_month = value.uncertain(0, most_eur, Law::normal);
            else if (key.ends_with("_minutes")) minutes_of(role_word(value, key.substr(0, key.size() - 8)), a).intake = value.uncertain(0, most_minutes, Law::normal);
            else if (key.ends_with("_minutes_month")) minutes_of(role_word(value, key.substr(0, key.size() - 14)), a).month = value.uncertain(0, most_minutes, Law::normal);
            else value.problem("unknown need. Wanted: <role>_minutes, <role>_minutes_month, other_eur, other_eur_month or eur_per_provider_month.");
        }
    }

    void staff(const Node& node, ActionSpec& a) {
        StaffSpec& s = a.staff;
        s.minutes_intake = s.minutes_month = s.eur_per_hour = fixed_number(0);
        if (!node.present() || !node.must_be_map()) return;
        s.given = true;
        s.role = role_word(node.maybe("role"), node.need("role").text());
        s.minutes_intake = estimate_or(node.maybe("minutes"), 0, 0, most_minutes, Law::normal);
        s.minutes_month = estimate_or(node.maybe("minutes_month"), 0, 0, most_minutes, Law::normal);
        s.eur_per_hour = node.need("eur_per_hour").uncertain(0, 1000, Law::normal);
        if (!node.maybe("minutes").present() && !node.maybe("minutes_month").present()) node.problem("staff without minutes: write minutes (once, at the start) or minutes_month.");
    }

    TargetSpec target(const Node& node) {
        TargetSpec out;
        if (!node.present() || !node.must_be_map()) return out;
        const Node event = node.maybe("event");
        out.at_discharge = event.present() && event.word({"discharge_from_hospital"}) == 0;
        tests(node.maybe("all_of"), out.all);
        tests(node.maybe("any_of"), out.any);
        return out;
    }

    void tests(const Node& node, std::vector<TestSpec>& out) {
        if (!node.must_be_list()) return;
        for (std::size_t i = 0; i < node.size(); ++i) {
            const Node entry = node.at(i);
            const std::size_t before = out.size();
            if (entry.must_be_map()) whole_tests(entry, out), word_tests(entry, out);
            if (entry.is_map() && out.size() == before && entry.size() == 0) entry.problem("a test without a fact.");
        }
    }

    void put(const Node& value, const std::string& key, Test::Kind kind, int number, std::vector<TestSpec>& out) {
        TestSpec t;
        t.test.kind = kind;
        t.test.value = static_cast<std::int16_t>(number);
        t.words = key + " " + (value.is_scalar() ? value.text() : value.shown());
        out.push_back(std::move(t));
    }

    void whole_tests(const Node& entry, std::vector<TestSpec>& out) {
        struct Whole {
            const char* key;
            Test::Kind kind;
            int low, high, minus;
        };
        static constexpr Whole wholes[] = {
            {"age_from", Test::Kind::age_from, 0, 110, 0}, {"age_to", Test::Kind::age_to, 0, 110, 0}, {"conditions_from", Test::Kind::conditions_from, 1, 16, 0},
            {"dependence_from", Test::Kind::dependence_from, 1, 3, 0}, {"admissions_this_and_last_year_from", Test::Kind::admissions_from, 1, 6, 0},
            {"medicines_from", Test::Kind::medicines_from, 1, 15, 0}, {"risk_tier_from", Test::Kind::tier_from, 0, 3, 0}, {"income_fifth_to", Test::Kind::quintile_to, 1, 5, 1},
            {"with_child_to_age", Test::Kind::youngest_child_to, 0, 17, 0}, {"months_off_work_from", Test::Kind::months_off_work_from, 1, 60, 0},
        };
        for (const Whole& w : wholes)
            if (const Node value = entry.maybe(w.key); value.present()) put(value, w.key, w.kind, static_cast<int>(value.whole(w.low, w.high)) - w.minus, out);
    }

    void word_tests(const Node& entry, std::vector<TestSpec>& out) {
        static constexpr std::pair<const char*, Test::Kind> flags[] = {
            {"increased_reimbursement", Test::Kind::increased_reimbursement}, {"at_home", Test::Kind::at_home}, {"has_carer", Test::Kind::has_carer}, {"lives_alone", Test::Kind::lives_alone}};
        for (const auto& [key, kind] : flags)
            if (const Node value = entry.maybe(key); value.present()) put(value, key, kind, value.flag_or(true), out);
        if (const Node value = entry.maybe("sex"); value.present()) put(value, "sex", Test::Kind::sex, std::max(0, value.word({"women", "men"})), out);
        if (const Node value = entry.maybe("work"); value.present())
            put(value, "work", Test::Kind::work_state, std::max(0, value.word({"child", "student", "employed", "unemployed", "sick_leave", "disabled", "retired", "at_home"})), out);
        if (const Node value = entry.maybe("self_rated_health_poor"); value.present()) {
            if (!value.flag_or(true)) value.problem("only true can be asked for.");
            put(value, "self_rated_health_poor", Test::Kind::self_rated_poor, 1, out);
        }
        if (const Node value = entry.maybe("risk_factor"); value.present())
            put(value, "risk_factor", Test::Kind::has_risk_factor, std::max(0, value.word({"smoking", "inactivity", "overweight", "obesity"})), out);
        const Node condition = entry.maybe("condition");
        if (!condition.present()) return;
        put(condition, "condition", Test::Kind::condition, 0, out);
        out.back().conditions = words(condition, ids_of(catalogue_.conditions), "condition");
    }

    void add_lever(const Node& node, ActionSpec& a) {
        if (!node.must_be_map()) return;
        LeverSpec l;
        l.line = node.line();
        const int kind = node.need("mechanism").word(model::lever_words());
        if (kind < 0) {
            node.ignore();
            return;
        }
        l.kind = static_cast<model::LeverKind>(kind);
        const model::LeverForm form = model::lever_form(l.kind);
        const Node condition = node.maybe("condition");
        l.condition = condition.text_or("");
        if (!l.condition.empty() && catalogue_.condition(l.condition) < 0) unknown_word(condition, l.condition, "condition", ids_of(catalogue_.conditions));
        const Node factor = node.maybe("risk_factor");
        if (factor.present()) l.risk_factor = factor.word({"smoking", "inactivity", "overweight", "obesity"});
        if (factor.present() != (l.kind == model::LeverKind::risk_factor_change)) node.problem(factor.present() ? "only risk_factor_change names a risk factor." : "which one? Write risk_factor: smoking, inactivity, overweight or obesity.");
        const Node ratio = node.maybe("ratio"), adds = node.maybe("adds");
        if (ratio.present() == adds.present()) node.problem("write either ratio or adds.");
        if (form.is_ratio ? adds.present() : ratio.present())
            node.problem(std::string(model::lever_word(l.kind)) + " is moved by " + (form.is_ratio ? "a ratio on " : "an addition (adds) of ") + std::string(form.unit) + ".");
        l.mean = form.is_ratio ? ratio.uncertain(0.01, 100, Law::lognormal) : adds.uncertain(-most_minutes, most_minutes, Law::normal);
        prediction(node.maybe("prediction"), form.is_ratio, l);
        if (const int e = node.need("evidence").word(evidence_words()); e >= 0) l.evidence = static_cast<Evidence>(e);
        l.drawn.nil_prob = node.maybe("nil_prob").number_or(nil_probability(l.evidence), 0, 1);
        l.drawn.nil_value = form.is_ratio ? 1 : 0;
        l.shrink = estimate_or(node.maybe("shrink"), 1, 0, 1, Law::normal);
        l.lag_months = static_cast<int>(node.maybe("lag_months").whole_or(0, 0, 600));
        l.lasts_months = static_cast<int>(node.maybe("lasts_months").whole_or(0, 0, 600));
        l.decay = estimate_or(node.maybe("decay"), 0.25, 0, 1, Law::normal);
        l.surrogate = node.maybe("path").present() && node.maybe("path").word({"direct", "surrogate"}) == 1;
        node.maybe("note");
        check_double(node, l, a);
        a.levers.push_back(std::move(l));
    }

    /// One mechanism per effect: the same mechanism and condition moved twice by one action is a mistake.
    void check_double(const Node& node, const LeverSpec& l, const ActionSpec& a) {
        for (const LeverSpec& other : a.levers)
            if (other.kind == l.kind && other.condition == l.condition && other.risk_factor == l.risk_factor) node.problem("this action moves " + std::string(model::lever_word(l.kind)) + " twice, first on line " + std::to_string(other.line) + ".");
    }

    void prediction(const Node& node, bool is_ratio, LeverSpec& l) {
        l.drawn = l.mean;
        if (!node.present() || !node.must_be_map()) return;
        const double least = is_ratio ? 0.01 : -most_minutes;
        const double most = is_ratio ? 100 : most_minutes;
        l.has_prediction = true;
        l.drawn.low = node.need("low").number(least, most);
        l.drawn.high = node.need("high").number(least, most);
        l.drawn.source = node.need("source").text();
        node.maybe("note");
        l.drawn.key = node.draw_key();
        l.drawn.law = l.drawn.low == l.drawn.high ? Law::fixed : is_ratio ? Law::lognormal : Law::normal;
        if (l.drawn.low <= l.mean.low && l.mean.high <= l.drawn.high) return;
        node.problem("a prediction interval (" + number_text(l.drawn.low) + " to " + number_text(l.drawn.high) + ") is never narrower than the interval of the mean (" + number_text(l.mean.low) + " to " +
                     number_text(l.mean.high) + "): it adds the spread between places.");
        l.drawn = l.mean;
    }

    Document& document_;
    const world::Catalogue& catalogue_;
};

std::shared_ptr<const ComponentSpec> read_from(Document& document, const world::Catalogue& catalogue) {
    if (!document.usable()) return nullptr;
    return std::make_shared<const ComponentSpec>(ComponentReader(document, catalogue).read());
}

}  // namespace

const ActionSpec* ComponentSpec::action(const std::string& wanted) const {
    for (const ActionSpec& a : actions)
        if (a.id == wanted) return &a;
    return nullptr;
}

double nil_probability(Evidence evidence) {
    switch (evidence) {
        case Evidence::pooled: return 0;         // its null trials are inside the prediction interval
        case Evidence::single_trial: return 0.3;
        case Evidence::observational: return 0.5;
        case Evidence::assumption: return 0.5;
    }
    return 0.5;
}

int role_of_word(const world::Catalogue& catalogue, const std::string& word) {
    if (const int role = catalogue.role(word); role >= 0) return role;
    if (const int kind = catalogue.kind(word); kind >= 0) return catalogue.kinds[static_cast<std::size_t>(kind)].role;
    const auto profession = professions().find(word);
    return profession == professions().end() ? -1 : catalogue.role(profession->second);
}

std::shared_ptr<const ComponentSpec> read_component(const std::string& path, const world::Catalogue& catalogue, Problems& problems) {
    Document document(path, "component", problems);
    return read_from(document, catalogue);
}

std::shared_ptr<const ComponentSpec> read_component_text(const std::string& text, const std::string& name, const world::Catalogue& catalogue, Problems& problems) {
    Document document(text, name, "component", problems);
    return read_from(document, catalogue);
}

std::vector<Uncertain*> uncertain_of(ActionSpec& a) {
    std::vector<Uncertain*> out = {&a.accepts, &a.accepts_odds_lowest_income};
    for (MinutesSpec& m : a.needs) out.push_back(&m.intake), out.push_back(&m.month);
    for (Uncertain* u : {&a.other_eur, &a.other_eur_month, &a.eur_per_provider_month, &a.staff.minutes_intake, &a.staff.minutes_month, &a.staff.eur_per_hour}) out.push_back(u);
    for (LeverSpec& l : a.levers) out.push_back(&l.drawn), out.push_back(&l.shrink), out.push_back(&l.decay);
    for (Uncertain* u : {&a.fidelity, &a.trial_share, &a.outreach.accepts, &a.outreach.eur, &a.stratify.eur_per_person_year}) out.push_back(u);
    for (Uncertain& u : a.stratify.weight) out.push_back(&u);
    std::erase_if(out, [](const Uncertain* u) { return u->key.empty(); });
    return out;
}

std::vector<const Uncertain*> uncertain_of(const ActionSpec& a) {
    std::vector<const Uncertain*> out;
    for (const Uncertain* u : uncertain_of(const_cast<ActionSpec&>(a))) out.push_back(u);
    return out;
}

}  // namespace tresse::scenario
