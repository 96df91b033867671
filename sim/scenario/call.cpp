#include "tresse/scenario/call.hpp"

#include <algorithm>

#include "proposal_parts.hpp"
#include "tresse/core/csv.hpp"
#include "tresse/core/file.hpp"
#include "tresse/scenario/proposal.hpp"
#include "tresse/scenario/reader.hpp"
#include "tresse/scenario/scores.hpp"

namespace tresse::scenario {

namespace {

std::string near_words(const std::string& word, const std::vector<std::string>& known) {
    const std::string near = nearest(word, known);
    return near.empty() ? "" : " Nearest: " + near + ".";
}

class CallReader {
public:
    CallReader(Document& document, Problems& problems) : root_(document.root()), problems_(problems) {}

    Call read() {
        call_.id = root_.need("id").text();
        call_.title = root_.need("title").local_text();
        const Node basis = root_.maybe("legal_basis");
        if (basis.must_be_map()) {
            call_.legal_basis = basis.need("text").local_text();
            call_.legal_source = basis.need("source").text();
        }
        timetable(root_.maybe("timetable"));
        gives(root_.need("jury_gives"));
        benches(root_.need("benches"));
        rules(root_.need("admissibility"));
        scoring(root_.need("scoring"));
        simulation(root_.maybe("simulation"));
        budget(root_.maybe("budget"));
        population(root_.maybe("population"));
        return std::move(call_);
    }

private:
    void timetable(const Node& list) {
        list.must_be_list();
        for (std::size_t i = 0; i < list.size(); ++i) {
            const Node node = list.at(i);
            CallStep step;
            step.id = node.need("step").text();
            step.name = node.maybe("name").local_text();
            step.from = date_of(node.maybe("from")), step.to = date_of(node.maybe("to"));
            if (const Node on = node.maybe("on"); on.present())
                step.from = step.to = date_of(on);
            step.source = node.need("source").text();
            if (!step.from.empty() && !step.to.empty() && step.to < step.from)
                node.problem_at("to", "ends " + step.to + ", before it starts (" + step.from + "). Write the later date here.");
            if (step.id == "filing")
                call_.filing_from = step.from, call_.filing_to = step.to;
            call_.timetable.push_back(std::move(step));
        }
    }

    void gives(const Node& node) {
        call_.advice = node.need("per_dossier").texts();
        if (const Node ranking = node.maybe("ranking"); ranking.present())
            call_.ranking_used = ranking.word({"not_used", "used"}) == 1;
    }

    void benches(const Node& list) {
        list.must_be_list();
        for (std::size_t i = 0; i < list.size(); ++i) {
            const Node node = list.at(i);
            CallBench b;
            b.id = node.need("id").text();
            b.name = node.need("name").local_text();
            b.appointed_by = node.maybe("appointed_by").local_text();
            b.weight = node.maybe("weight").number_or(1, 0, 1000);
            b.source = node.need("source").text();
            if (call_.bench(b.id))
                node.problem("the bench \"" + b.id + "\" stands twice. Give each its own id.");
            call_.benches.push_back(std::move(b));
        }
        const double sum = [&] {
            double s = 0;
            for (const CallBench& b : call_.benches)
                s += b.weight;
            return s;
        }();
        if (!call_.benches.empty() && sum <= 0)
            list.problem("the weights of the benches are all zero. Give at least one bench a weight above 0.");
    }

    void rules(const Node& list) {
        list.must_be_list();
        for (std::size_t i = 0; i < list.size(); ++i) {
            const Node node = list.at(i);
            CallRule r;
            r.line = node.line();
            r.id = node.need("id").text();
            r.asked_in = node.need("asked_in").text();
            r.name = node.need("name").local_text();
            r.cure = node.need("cure").local_text();
            r.source = node.need("source").text();
            if (const int w = node.need("severity").word({"refuse", "ask", "advise"}); w >= 0)
                r.severity = static_cast<Severity>(w);
            r.min = node.maybe("min").number_or(0, 0, 1e8);
            if (const Node best = node.maybe("best"); best.present() && best.must_be_list() && best.size() == 2)
                r.best_low = best.at(0).number(0, 1e8), r.best_high = best.at(1).number(0, 1e8);
            const Node need = node.maybe("need");
            r.need = need.texts();
            for (const std::string& role : r.need)
                if (std::find(partner_roles().begin(), partner_roles().end(), role) == partner_roles().end())
                    need.problem("\"" + role + "\" is no role of a partner." + near_words(role, partner_roles()));
            node.maybe("note").text_or("");
            if (!r.id.empty() && std::find(rule_ids().begin(), rule_ids().end(), r.id) == rule_ids().end())
                node.problem_at("id", "\"" + r.id + "\" is no rule that can be checked." + near_words(r.id, rule_ids()));
            if (call_.rule(r.id))
                node.problem("the rule \"" + r.id + "\" stands twice.");
            call_.rules.push_back(std::move(r));
        }
    }

    void scoring(const Node& node) {
        call_.rubric_note = node.maybe("note").local_text();
        node.maybe("source").text_or("");
        if (const Node scale = node.maybe("scale"); scale.must_be_map()) {
            call_.scale_from = scale.need("from").number(0, 0);
            call_.scale_to = scale.need("to").number(5, 5);
            call_.scale_step = scale.need("step").number(0.01, 5);
        }
        const Node pass = node.maybe("pass");
        call_.pass_share = pass.maybe("weighted_mean_share").number_or(0, 0, 1);
        call_.pass_each = pass.maybe("no_criterion_below").number_or(0, 0, 5);
        call_.separate_prob = node.maybe("told_apart_above").number_or(0.95, 0.5, 1);
        const Node list = node.need("criteria");
        list.must_be_list();
        for (std::size_t i = 0; i < list.size(); ++i)
            criterion(list.at(i), false);
        const Node simulated = node.maybe("simulated_criteria");
        for (std::size_t i = 0; i < simulated.size(); ++i)
            criterion(simulated.at(i), true);
        double sum = 0;
        for (const CallCriterion& c : call_.criteria)
            sum += c.weight;
        if (!call_.criteria.empty() && sum <= 0)
            list.problem("the weights are all zero. Give at least one criterion a weight above 0.");
    }

    void criterion(const Node& node, bool simulated) {
        CallCriterion c;
        c.id = node.need("id").text();
        c.name = node.need("name").local_text();
        c.weight = node.need("weight").number(0, 1000);
        if (simulated) {
            const Node score = node.need("score");
            c.score = score.text();
            const auto known = score_ids();
            if (!c.score.empty() && std::find(known.begin(), known.end(), c.score) == known.end())
                score.problem("\"" + c.score + "\" is no row of the score table." + near_words(c.score, known));
            c.worst = node.need("worth_nothing_at").number(-1e6, 1e6);
            c.best = node.need("worth_all_at").number(-1e6, 1e6);
            if (c.best <= c.worst)
                node.problem_at("worth_all_at", "must be a greater improvement than worth_nothing_at.");
            node.maybe("source").text_or("");
        } else if (const Node anchors = node.need("anchors"); anchors.must_be_map()) {
            for (std::size_t k = 0; k < c.anchors.size(); ++k)
                c.anchors[k] = anchors.need(std::to_string(k)).local_text();
        }
        if (call_.criterion(c.id) >= 0)
            node.problem("the criterion \"" + c.id + "\" stands twice.");
        call_.criteria.push_back(std::move(c));
    }

    void simulation(const Node& node) {
        call_.plan_months = static_cast<int>(node.maybe("plan_months").whole_or(48, 12, 120));
        call_.after_months = static_cast<int>(node.maybe("after_months").whole_or(24, 0, 120));
        call_.benchmark = node.maybe("benchmark").text_or("");
        node.maybe("source").text_or("");
    }

    void budget(const Node& node) {
        call_.budget_projects = node.maybe("projects").number_or(0, 0, 1000);
        call_.budget_eur_per_year = node.maybe("eur_per_year").number_or(0, 0, 1e10);
        call_.grant_coordination_eur = node.maybe("coordination_eur_per_year").number_or(0, 0, 1e9);
        call_.grant_actions_eur = node.maybe("actions_eur_per_year").number_or(0, 0, 1e9);
        node.maybe("source").text_or("");
    }

    void population(const Node& node) {
        if (!node.present() || !node.must_be_map())
            return;
        call_.population_date = date_of(node.need("date"));
        call_.population_margin = node.need("margin").number(0, 0.5);
        node.need("source").text();
        const Node file = node.need("file");
        population_file_ = file.text();
    }

public:
    const std::string& population_file() const { return population_file_; }

private:
    Node root_;
    Problems& problems_;
    Call call_;
    std::string population_file_;
};

/// A table named by the call: beside it, or beside it with the mark that a round folder puts before names.
std::string table_beside(const std::string& file, const std::string& name) {
    const std::string folder = folder_of(file), plain = join_path(folder, name);
    if (exists(plain) || !is_folder(folder))
        return plain;
    for (const std::string& other : names_in(folder))
        if (other.size() == name.size() + 9 && other[8] == '-' && other.ends_with(name))
            return join_path(folder, other);
    return plain;
}

void read_population(Call& call, const std::string& path, Problems& problems) {
    call.population_file = path;
    try {
        const CsvTable table = read_csv(path);
        CsvReader reader(table, problems);
        const int nis = reader.need("nis"), people = reader.need("inhabitants");
        for (std::size_t r = 0; r < table.rows.size(); ++r)
            call.population[static_cast<int>(reader.whole(r, nis))] = reader.whole(r, people);
    } catch (const BadInput& bad) {
        for (const Problem& p : bad.problems().list())
            problems.add(p);
    }
}

Call read(Document& document, const std::string& file, Problems& problems) {
    Call call;
    if (document.usable()) {
        CallReader reader(document, problems);
        call = reader.read();
        document.finish();
        call.sources = document.sources();
        if (!reader.population_file().empty())
            read_population(call, table_beside(file, reader.population_file()), problems);
    }
    call.file = file;
    call.hash = document.hash();
    return call;
}

}  // namespace

std::string date_of(const Node& node) {
    if (!node.present())
        return "";
    const std::string text = node.text();
    const auto digits = [&](std::size_t from, std::size_t n) {
        return text.size() >= from + n && std::all_of(text.begin() + static_cast<std::ptrdiff_t>(from), text.begin() + static_cast<std::ptrdiff_t>(from + n), [](char c) { return c >= '0' && c <= '9'; });
    };
    const bool shape = text.size() == 10 && digits(0, 4) && text[4] == '-' && digits(5, 2) && text[7] == '-' && digits(8, 2);
    const std::string month = shape ? text.substr(5, 2) : "", day = shape ? text.substr(8, 2) : "";
    if (shape && month >= "01" && month <= "12" && day >= "01" && day <= "31")
        return text;
    node.problem("found " + node.shown() + ", wanted a date like 2017-09-18.");
    return "";
}

const CallRule* Call::rule(std::string_view wanted) const {
    for (const CallRule& r : rules)
        if (r.id == wanted)
            return &r;
    return nullptr;
}

const CallBench* Call::bench(std::string_view wanted) const {
    for (const CallBench& b : benches)
        if (b.id == wanted)
            return &b;
    return nullptr;
}

int Call::criterion(std::string_view wanted) const {
    for (std::size_t i = 0; i < criteria.size(); ++i)
        if (criteria[i].id == wanted)
            return static_cast<int>(i);
    return -1;
}

const std::vector<std::string>& rule_ids() {
    static const std::vector<std::string> ids = {"cost_neutral", "equity_and_workers", "external_evaluation_accepted", "filed_in_time", "fourteen_components", "governance_agreed", "indicators", "inhabitants", "integration_manager", "money_adds_up", "money_asked", "not_one_disease", "one_project_per_area", "partners", "partners_of_the_entity", "plan_of_four_years", "required_template", "target_group"};
    return ids;
}

Call read_call(const std::string& path, Problems& problems) {
    Document document(path, "call", problems);
    return read(document, path, problems);
}

Call read_call_text(const std::string& text, const std::string& name, Problems& problems) {
    Document document(text, name, "call", problems);
    return read(document, name, problems);
}

}  // namespace tresse::scenario
