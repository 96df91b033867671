#include "tresse/funding/compile.hpp"

#include <algorithm>
#include <array>

#include "compiler.hpp"
#include "tresse/core/check.hpp"
#include "tresse/core/math.hpp"

namespace tresse::funding {

namespace {

constexpr double whole_shares = 1e6;  // resolution of a share in a file before it becomes 1/10,000

constexpr double most_row_eur = 2e7;  // total and extra together stay below 2^32 cents

void note_cuts(const When& when, std::set<int>& cuts) {
    if (when.age_from > 0) cuts.insert(when.age_from);
    if (when.age_to < world::oldest_age) cuts.insert(when.age_to + 1);
}

void note_facts(const When& w, Tariffs& t) {
    const auto use = [&](bool asked, std::uint32_t bit) { t.used_facts |= asked ? bit : 0; };
    use(w.increased_reimbursement >= 0, fact::increased_reimbursement);
    use(w.global_record >= 0, fact::global_record);
    use(w.medical_house >= 0, fact::medical_house);
    use(w.chronic_status >= 0, fact::chronic_status);
    use(w.nursing_home >= 0, fact::nursing_home);
    use(w.dependence_from > 0 || w.dependence_to < 3, fact::dependence);
    use(w.regions != 7, fact::region);
    t.used_conditions |= w.conditions;
    t.used_trajectories |= w.trajectories;
}

/// Every test and age band that a person's price can depend on.
void note_amount(const Amount& amount, Tariffs& t, std::set<int>& cuts) {
    for (const auto& one : amount.cases) note_facts(one.when, t), note_cuts(one.when, cuts);
    for (const auto& band : amount.bands) {
        if (band.from_age > 0) cuts.insert(band.from_age);
        if (band.to_age < world::oldest_age) cuts.insert(band.to_age + 1);
        if (band.eur[0].value != band.eur[1].value || band.eur[0].key != band.eur[1].key) t.used_facts |= fact::increased_reimbursement;
    }
}

bool has_tariff_class(const Pay& pay) { return !pay.services.empty() || is_person_payment(pay); }

/// The facts of combination `at`, by undoing the mixed radix with trial of each fact's values.
Facts facts_of(const Tariffs& t, std::size_t at) {
    Facts f;
    const auto take = [&](std::size_t size) {
        const std::size_t value = at % size;
        at /= size;
        return static_cast<int>(value);
    };
    for (int bit = 31; bit >= 0; --bit)
        if (t.used_conditions >> bit & 1u) f.conditions |= static_cast<std::uint32_t>(take(2)) << bit;
    for (int bit = 2; bit >= 0; --bit)
        if (t.used_trajectories >> bit & 1) f.trajectories |= take(2) << bit;
    if ((t.used_facts & fact::region) != 0) f.region = take(3);
    if ((t.used_facts & fact::dependence) != 0) f.dependence = take(4);
    if ((t.used_facts & fact::nursing_home) != 0) f.nursing_home = take(2) != 0;
    if ((t.used_facts & fact::chronic_status) != 0) f.chronic_status = take(2) != 0;
    if ((t.used_facts & fact::medical_house) != 0) f.medical_house = take(2) != 0;
    if ((t.used_facts & fact::global_record) != 0) f.global_record = take(2) != 0;
    if ((t.used_facts & fact::increased_reimbursement) != 0) f.increased_reimbursement = take(2) != 0;
    const int band = take(t.age_cuts.size() + 1);
    f.age = band == 0 ? 0 : t.age_cuts[static_cast<std::size_t>(band) - 1];
    return f;
}

}  // namespace

bool is_person_payment(const Pay& pay) { return unit_months(pay.unit) > 0 && pay.benefit == BenefitKind::none && !pay.ceiling.given; }

Cents whole_cents(double eur) { return cents_from_eur(round_digits(eur, 12)); }

double index_factor(const IndexTable& table, const std::string& index, int from, int to, bool* known) {
    if (known != nullptr) *known = true;
    if (index == "none" || from == to) return 1;
    const auto found = table.find(index);
    const auto at = [&](int year) -> const double* {
        if (found == table.end()) return nullptr;
        auto next = found->second.upper_bound(year);
        return next == found->second.begin() ? nullptr : &std::prev(next)->second;
    };
    const double* a = at(from);
    const double* b = at(to);
    if (a == nullptr || b == nullptr) {
        if (known != nullptr) *known = false;
        return 1;
    }
    return *a / *b;
}

int Competence::matter(const std::string& id) const {
    for (std::size_t i = 0; i < matters.size(); ++i)
        if (matters[i] == id) return static_cast<int>(i);
    return -1;
}

bool in_force(const CompileInput& input, const RuleSpec& rule, Month month) {
    bool used = false, now = false;
    for (const auto& use : input.uses)
        if (use.rule == rule.id) used = true, now = now || (use.from <= month && month <= use.to);
    return rule.in_force(month) && (used ? now : !rule.only_when_used);
}

std::vector<Month> tariff_changes(const CompileInput& input, Month first, Month last) {
    std::set<Month> at{first};
    for (int year = first.year() + 1; year <= last.year(); ++year) at.insert(Month::of(year, 1));
    const auto add = [&](Month from, Month to) { at.insert(from), at.insert(to + 1); };
    for (const auto* rule : input.rules) add(rule->from, rule->to);
    for (const auto& use : input.uses) add(use.from, use.to);
    std::vector<Month> out;
    for (const auto month : at)
        if (month >= first && month <= last) out.push_back(month);
    return out;
}

CompileContext::CompileContext(const CompileInput& in, const std::vector<Month>& m, Problems& p) : input(in), months(m), problems(p) {
    TRESSE_CHECK(input.catalogue != nullptr && input.competence != nullptr && input.index != nullptr && !months.empty(), "compile needs a catalogue, a competence table, indices and a month");
    std::map<std::vector<bool>, std::size_t> seen;
    for (const auto month : months) {
        std::vector<bool> now;
        for (const auto* rule : input.rules) now.push_back(in_force(input, *rule, month));
        const auto [found, fresh] = seen.try_emplace(now, epochs.size());
        if (fresh) epochs.push_back(now);
        epoch_of.push_back(found->second);
    }
}

double CompileContext::drawn(const Uncertain& number) {
    const auto [found, fresh] = drawn_.try_emplace(&number, 0.0);
    if (fresh) found->second = number.drawn(input.seed, input.draw);
    return found->second;
}

double CompileContext::eur(const Uncertain& number, const MoneyYear& money, std::size_t m) {
    const int year = months[m].year();
    double value = std::max(0.0, drawn(number)) * index_factor(*input.index, money.index, money.year, year);
    if (input.euros_of != 0) value *= index_factor(*input.index, "health_index", year, input.euros_of);
    return value;
}

Cents CompileContext::cents(const Uncertain& number, const MoneyYear& money, std::size_t m) { return whole_cents(eur(number, money, m)); }

std::uint32_t CompileContext::row_cents(double eur, const RuleSpec& rule, const Pay& pay) {
    if (eur <= most_row_eur) return static_cast<std::uint32_t>(whole_cents(eur));
    problem(rule, pay.line, "pays." + pay.id, "comes to more than " + plain_eur(whole_cents(most_row_eur)) + " EUR a payment, the most that a price can be.");
    return 0;
}

Split CompileContext::made_split(const SplitSpec& spec, const std::string& matter, const RuleSpec& rule, int line) {
    Split out;
    std::vector<std::int64_t> whole;
    for (const auto& [id, share] : spec) {
        const int account = id == "competent_federated" ? competent_federated : input.catalogue->account(id);
        if (account < 0 && account != competent_federated) problem(rule, line, "payer", "\"" + id + "\" is no account of this scenario.");
        if (account == competent_federated && !matter.empty()) out.matter = input.competence->matter(matter);
        out.account.push_back(account);
        whole.push_back(static_cast<std::int64_t>(share * whole_shares + 0.5));
    }
    if (whole.empty()) whole.push_back(1), out.account.push_back(0);
    out.weight = split_by_weight(10000, whole);
    return out;
}

std::uint16_t CompileContext::split(const SplitSpec& spec, const std::string& matter, const RuleSpec& rule, int line) {
    auto made = made_split(spec, matter, rule, line);
    const auto found = std::find(splits.begin(), splits.end(), made);
    if (found != splits.end()) return static_cast<std::uint16_t>(found - splits.begin());
    TRESSE_CHECK(splits.size() < 65535, "splits of rules are numbered with 16 bits");
    splits.push_back(std::move(made));
    return static_cast<std::uint16_t>(splits.size() - 1);
}

std::vector<Split> CompileContext::resolved() const {
    std::vector<Split> out;
    const auto entities = input.competence->shares.front().size();
    for (const auto& split : splits)
        for (std::size_t entity = 0; entity < entities; ++entity) {
            Split named;
            std::vector<std::int64_t> product;
            const auto add = [&](std::int32_t account, std::int64_t weight) {
                const auto at = std::find(named.account.begin(), named.account.end(), account) - named.account.begin();
                if (static_cast<std::size_t>(at) == product.size()) named.account.push_back(account), product.push_back(0);
                product[static_cast<std::size_t>(at)] += weight;
            };
            for (std::size_t i = 0; i < split.account.size(); ++i) {
                if (split.account[i] != competent_federated) add(split.account[i], split.weight[i] * 10000);
                else
                    for (const auto& share : input.competence->shares[static_cast<std::size_t>(split.matter + 1)][entity]) add(share.account, split.weight[i] * share.weight);
            }
            named.weight = split_by_weight(10000, product);
            out.push_back(named);
        }
    return out;
}

std::uint16_t CompileContext::rule_index(const RuleSpec& rule) {
    const int at = input.catalogue->rule(rule.id);
    TRESSE_CHECK(at >= 0, "the catalogue lists every rule of every arm");
    return static_cast<std::uint16_t>(at);
}

int CompileContext::payee_role(const RuleSpec& rule, const Pay& pay) {
    const int kind = input.catalogue->kind(pay.payee);
    if (kind < 0) {
        problem(rule, pay.line, "payee", "\"" + pay.payee + "\" is no provider kind of this scenario, so nobody can receive " + rule.id + "/" + pay.id + ".");
        return 0;
    }
    return input.catalogue->kinds[static_cast<std::size_t>(kind)].role;
}

int CompileContext::contract(const std::string& id) const {
    const auto& names = input.catalogue->contracts;
    return static_cast<int>(std::find(names.begin(), names.end(), id) - names.begin());
}

const RuleSpec* CompileContext::find_rule(const std::string& id) const {
    for (const auto* rule : input.rules)
        if (rule->id == id) return rule;
    return nullptr;
}

void CompileContext::problem(const RuleSpec& rule, int line, const std::string& where, std::string message) {
    if (said_.insert(rule.file + ":" + std::to_string(line) + where + message).second) problems.add(rule.file, line, where, std::move(message));
}

std::vector<Facts> find_facts(CompileContext& context, Tariffs& t) {
    std::set<int> cuts;
    for (const auto* rule : context.input.rules)
        for (const auto& pay : rule->pays) {
            if (!has_tariff_class(pay)) continue;
            for (const auto* when : {&rule->person, &pay.who}) note_facts(*when, t), note_cuts(*when, cuts);
            for (const auto& when : pay.share.waived) note_facts(when, t), note_cuts(when, cuts);
            for (const auto* amount : {&pay.eur, &pay.extra, &pay.share.amount}) note_amount(*amount, t, cuts);
        }
    t.age_cuts.assign(cuts.begin(), cuts.end());
    std::vector<Facts> out;
    if (t.combinations() > static_cast<std::size_t>(limit::tariff_classes)) {
        context.problems.add("funding rules", 0, "",
                             "the rules distinguish " + std::to_string(t.combinations()) + " combinations of facts about a person; at most " + std::to_string(limit::tariff_classes) +
                                 " tariff classes are possible. Use fewer age limits, trajectories or conditions in `when`.");
        return out;
    }
    for (std::size_t at = 0; at < t.combinations(); ++at) {
        out.push_back(facts_of(t, at));
        TRESSE_CHECK(t.packed(out.back()) == at, "facts are packed and unpacked in the same order");
    }
    return out;
}

std::vector<Tariffs> compile(const CompileInput& input, const std::vector<Month>& months, Problems& problems) {
    CompileContext context(input, months, problems);
    for (const auto& spec : input.arm_splits) context.splits.push_back(context.made_split(spec, "", RuleSpec{}, 0));
    Tariffs first;
    const auto facts = find_facts(context, first);
    std::vector<Tariffs> tables(months.size(), first);
    if (facts.empty()) return tables;
    compile_indicators(context, tables);
    compile_prices(context, facts, tables);
    compile_lump_sums(context, tables);
    const auto resolved = context.resolved();
    for (auto& t : tables) {
        t.splits = context.splits;
        t.entities = static_cast<int>(input.competence->shares.front().size());
        t.resolved = resolved;
    }
    return tables;
}

Tariffs compile(const CompileInput& input, Month month, Problems& problems) { return std::move(compile(input, std::vector<Month>{month}, problems).front()); }

std::vector<Tariffs> compile_years(const CompileInput& input, int first_year, int last_year, Problems& problems) {
    std::vector<Month> months;
    for (int year = first_year; year <= last_year; ++year) months.push_back(Month::of(year, 1));
    return compile(input, months, problems);
}

}  // namespace tresse::funding
