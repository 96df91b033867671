#include <algorithm>
#include <array>
#include <tuple>

#include "compiler.hpp"
#include "tresse/core/check.hpp"

namespace tresse::funding {

namespace {

/// A pay that may price a service.
struct Candidate {
    std::size_t rule;
    const RuleSpec* spec;
    const Pay* pay;
};

/// What a combination of facts comes to under a pay: which of its numbers apply. Two combinations with the same choice have the same price.
struct Choice {
    const RuleSpec* spec = nullptr;
    const Pay* pay = nullptr;
    const Uncertain* eur = nullptr;
    const Uncertain* extra = nullptr;
    const PatientShare* share = nullptr;    ///< nullptr = nothing is due
    const Uncertain* share_number = nullptr;
    auto key() const { return std::tie(pay, eur, extra, share, share_number); }
    bool operator<(const Choice& other) const { return key() < other.key(); }
};

/// Prices services for combinations of facts and numbers the distinct rows.
class PriceTable {
public:
    PriceTable(CompileContext& context, std::vector<Tariffs>& tables);
    /// Row of a service for a combination: [service][contract] of all months at once.
    std::uint32_t row(std::size_t contract, std::size_t service, const Facts& facts);
    /// No rule treats this contract otherwise than the first: its row is the same.
    bool as_first(std::size_t contract, std::size_t service) const { return as_first_[contract][service]; }
    /// Adds the rows found so far to every table.
    void write_rows();

private:
    const Candidate* winner(std::size_t epoch, const std::vector<Candidate>& candidates, std::size_t service, const Facts& facts);
    Choice chosen(const Candidate& candidate, std::size_t service, const Facts& facts);
    const PatientShare* followed(const PatientShare& share, const RuleSpec& spec, std::size_t service) const;
    PriceRow priced(const Choice& choice, std::size_t service, std::size_t m);
    void share_of(const Choice& choice, double eur, PriceRow& row, std::size_t m);
    std::uint32_t numbered(std::vector<PriceRow> by_month);

    CompileContext& context_;
    std::vector<Tariffs>& tables_;
    std::vector<std::vector<std::vector<Candidate>>> candidates_;   ///< [contract][service]
    std::vector<std::vector<bool>> as_first_;
    std::map<std::pair<std::vector<Choice>, std::size_t>, std::uint32_t> known_;  ///< (choice by epoch, service) -> row
    std::map<std::vector<std::uint32_t>, std::uint32_t> numbers_;
    std::vector<std::vector<PriceRow>> rows_;                       ///< [row][month]
    std::map<const Pay*, std::int16_t> closed_;
};

PriceTable::PriceTable(CompileContext& context, std::vector<Tariffs>& tables) : context_(context), tables_(tables) {
    const auto& names = *context.input.catalogue;
    candidates_.assign(std::max<std::size_t>(names.contracts.size(), 1), std::vector<std::vector<Candidate>>(names.services.size()));
    std::int16_t closed = 0;
    for (std::size_t r = 0; r < context.input.rules.size(); ++r) {
        const auto& spec = *context.input.rules[r];
        for (const auto& pay : spec.pays) {
            if (pay.closed.given) closed_[&pay] = closed++;
            for (const auto& id : pay.services) {
                const int service = names.service(id);
                if (service < 0) {
                    context.problem(spec, pay.line, "pays." + pay.id + ".service", "\"" + id + "\" is no service of this scenario.");
                    continue;
                }
                for (std::size_t c = 0; c < candidates_.size(); ++c)
                    if (spec.contract.empty() || (c < names.contracts.size() && names.contracts[c] == spec.contract))
                        candidates_[c][static_cast<std::size_t>(service)].push_back({r, &spec, &pay});
            }
        }
    }
    const auto same = [](const Candidate& a, const Candidate& b) { return a.pay == b.pay; };
    for (const auto& of_contract : candidates_) {
        as_first_.emplace_back();
        for (std::size_t s = 0; s < of_contract.size(); ++s)
            as_first_.back().push_back(std::equal(of_contract[s].begin(), of_contract[s].end(), candidates_[0][s].begin(), candidates_[0][s].end(), same));
    }
    numbered(std::vector<PriceRow>(context.months.size()));  // row 0: nothing is paid
}

/// The one pay that is in force, fits the person and is replaced by no other; none is nullptr, two are a problem.
const Candidate* PriceTable::winner(std::size_t epoch, const std::vector<Candidate>& candidates, std::size_t service, const Facts& facts) {
    const auto fits = [&](const Candidate& c) { return context_.epochs[epoch][c.rule] && c.spec->person.holds(facts) && c.pay->who.holds(facts); };
    const Candidate* found = nullptr;
    for (const auto& c : candidates) {
        if (!fits(c)) continue;
        const bool replaced = std::any_of(candidates.begin(), candidates.end(), [&](const Candidate& other) {
            return other.spec != c.spec && fits(other) && std::find(other.spec->replaces.begin(), other.spec->replaces.end(), c.spec->id) != other.spec->replaces.end();
        });
        if (replaced) continue;
        if (found != nullptr) {
            context_.problem(*c.spec, c.pay->line, "pays." + c.pay->id,
                             "pays " + context_.input.catalogue->services[service].id + " for people whom " + found->spec->id + "/" + found->pay->id + " already pays. Write replaces: [" +
                                 found->spec->id + "], or narrow `applies_to` or `when`.");
            break;
        }
        found = &c;
    }
    return found;
}

/// The share of the rule that is named: that of its pay for the same service, else of its only priced pay.
const PatientShare* PriceTable::followed(const PatientShare& share, const RuleSpec& spec, std::size_t service) const {
    const auto& id = context_.input.catalogue->services[service].id;
    const PatientShare* at = &share;
    for (int step = 0; at->kind == ShareKind::as_rule; ++step) {
        const auto* other = context_.find_rule(at->as_rule);
        const PatientShare* only = nullptr;
        const PatientShare* same = nullptr;
        int priced_pays = 0;
        if (other != nullptr && step < 8)
            for (const auto& pay : other->pays) {
                if (pay.services.empty()) continue;
                only = &pay.share, ++priced_pays;
                if (same == nullptr && std::find(pay.services.begin(), pay.services.end(), id) != pay.services.end()) same = &pay.share;
            }
        at = same != nullptr ? same : priced_pays == 1 ? only : nullptr;
        if (at == nullptr) {
            context_.problem(spec, share.line, "patient_share.as", "rule \"" + share.as_rule + "\" does not say what a patient pays for " + id + ".");
            return nullptr;
        }
    }
    return at;
}

Choice PriceTable::chosen(const Candidate& candidate, std::size_t service, const Facts& facts) {
    Choice out{candidate.spec, candidate.pay};
    out.eur = candidate.pay->eur.of(facts);
    if (candidate.pay->extra.given) out.extra = candidate.pay->extra.of(facts);
    const auto* share = followed(candidate.pay->share, *candidate.spec, service);
    if (share == nullptr || share->kind == ShareKind::none) return out;
    if (std::any_of(share->waived.begin(), share->waived.end(), [&](const When& when) { return when.holds(facts); })) return out;
    out.share_number = share->amount.of(facts);
    if (out.share_number != nullptr) out.share = share;
    return out;
}

void PriceTable::share_of(const Choice& c, double eur, PriceRow& row, std::size_t m) {
    const double number = c.share->kind == ShareKind::share_of_eur ? eur * std::clamp(context_.drawn(*c.share_number), 0.0, 1.0) : context_.eur(*c.share_number, c.share->money, m);
    const Cents share = whole_cents(number);
    if (share > row.total && context_.input.central && context_.input.draw == 0)
        context_.problem(*c.spec, c.pay->line, "pays." + c.pay->id + ".patient_share",
                         "the patient would pay " + plain_eur(share) + " EUR of a price of " + plain_eur(row.total) + " EUR in " + context_.months[m].text() + ".");
    const auto due = static_cast<std::uint32_t>(std::min<Cents>(share, row.total));
    (c.share->counts_for_ceiling ? row.share : row.extra) = due;
}

PriceRow PriceTable::priced(const Choice& c, std::size_t service, std::size_t m) {
    PriceRow row;
    if (c.pay == nullptr || c.eur == nullptr) return row;
    row.rule = context_.rule_index(*c.spec);
    row.service = static_cast<std::uint8_t>(service);
    if (!c.spec->contract.empty()) row.contract = static_cast<std::uint8_t>(context_.contract(c.spec->contract));
    row.split = context_.split(c.pay->split, c.pay->matter, *c.spec, c.pay->line);
    const double months = is_person_payment(*c.pay) ? static_cast<double>(c.pay->paid_every_months) / unit_months(c.pay->unit) : 1.0;
    const double eur = context_.eur(*c.eur, c.pay->money, m) * months;
    row.total = context_.row_cents(eur, *c.spec, *c.pay);
    if (c.share != nullptr) share_of(c, eur, row, m);
    if (c.extra != nullptr) {
        const auto extra = context_.row_cents(context_.eur(*c.extra, c.pay->money, m), *c.spec, *c.pay);
        row.total += extra, row.extra += extra;
    }
    if (const auto closed = closed_.find(c.pay); closed != closed_.end()) row.closed_budget = closed->second;
    TRESSE_CHECK(static_cast<std::uint64_t>(row.share) + row.extra <= row.total, "nobody pays more than the price");
    return row;
}

std::uint32_t PriceTable::numbered(std::vector<PriceRow> by_month) {
    std::vector<std::uint32_t> key;
    for (const auto& r : by_month)
        key.insert(key.end(), {r.total, r.share, r.extra, static_cast<std::uint32_t>(r.split) << 16 | r.rule, static_cast<std::uint32_t>(r.service) << 8 | r.contract,
                               static_cast<std::uint32_t>(r.closed_budget + 1)});
    const auto [found, fresh] = numbers_.try_emplace(std::move(key), static_cast<std::uint32_t>(rows_.size()));
    if (fresh) rows_.push_back(std::move(by_month));
    return found->second;
}

std::uint32_t PriceTable::row(std::size_t contract, std::size_t service, const Facts& facts) {
    const auto& candidates = candidates_[contract][service];
    if (candidates.empty()) return 0;
    std::vector<Choice> by_epoch;
    for (std::size_t epoch = 0; epoch < context_.epochs.size(); ++epoch) {
        const auto* won = winner(epoch, candidates, service, facts);
        by_epoch.push_back(won == nullptr ? Choice{} : chosen(*won, service, facts));
    }
    const auto [found, fresh] = known_.try_emplace({by_epoch, service}, 0);
    if (fresh) {
        std::vector<PriceRow> by_month;
        for (std::size_t m = 0; m < context_.months.size(); ++m) by_month.push_back(priced(by_epoch[context_.epoch_of[m]], service, m));
        found->second = numbered(std::move(by_month));
    }
    return found->second;
}

void PriceTable::write_rows() {
    if (rows_.size() > static_cast<std::size_t>(limit::price_rows))
        context_.problems.add("funding rules", 0, "", "the rules make " + std::to_string(rows_.size()) + " different prices; at most " + std::to_string(limit::price_rows) +
                                                          " price rows are possible. Use fewer age bands, cases or services.");
    for (std::size_t m = 0; m < tables_.size(); ++m)
        for (const auto& row : rows_) tables_[m].rows.push_back(row[m]);
}

/// A person payment, for one contract class or all: what every combination of facts gets each month of the tables.
struct Period {
    const RuleSpec* spec;
    const Pay* pay;
    std::size_t rule;
    int contract;                            ///< -1 = all
    std::vector<std::size_t> replacing;      ///< rules that take its place for this contract
};

/// Person payments; those that a rule of one contract replaces are written once per contract.
std::vector<Period> find_periods(CompileContext& context) {
    std::vector<Period> out;
    const auto& rules = context.input.rules;
    for (std::size_t r = 0; r < rules.size(); ++r)
        for (const auto& pay : rules[r]->pays) {
            if (!is_person_payment(pay)) continue;
            const int own = rules[r]->contract.empty() ? -1 : context.contract(rules[r]->contract);
            std::vector<std::size_t> replacing;
            bool by_contract = false;
            for (std::size_t other = 0; other < rules.size(); ++other)
                if (std::find(rules[other]->replaces.begin(), rules[other]->replaces.end(), rules[r]->id) != rules[other]->replaces.end()) {
                    replacing.push_back(other);
                    by_contract = by_contract || !rules[other]->contract.empty();
                }
            if (own >= 0 || !by_contract) {
                out.push_back({rules[r], &pay, r, own, replacing});
                continue;
            }
            for (std::size_t c = 0; c < context.input.catalogue->contracts.size(); ++c) {
                std::vector<std::size_t> here;
                for (const auto other : replacing)
                    if (rules[other]->contract.empty() || context.contract(rules[other]->contract) == static_cast<int>(c)) here.push_back(other);
                out.push_back({rules[r], &pay, r, static_cast<int>(c), here});
            }
        }
    return out;
}

/// The number that applies to a combination in an epoch, or nullptr.
const Uncertain* due(const CompileContext& context, const Period& p, std::size_t epoch, const Facts& facts) {
    if (!context.epochs[epoch][p.rule]) return nullptr;
    const bool by_state = is_state_payment(*p.spec, *p.pay);
    for (const When* when : {&p.spec->person, &p.pay->who}) {
        // the other facts of a payment by state are tested when it is made
        const bool place_and_age = facts.age >= when->age_from && facts.age <= when->age_to && (when->regions >> facts.region & 1) != 0;
        if (by_state ? !place_and_age : !when->holds(facts)) return nullptr;
    }
    for (const auto other : p.replacing)
        if (context.epochs[epoch][other] && context.input.rules[other]->person.holds(facts)) return nullptr;
    return p.pay->eur.of(facts);
}

void write_periods(CompileContext& context, const std::vector<Period>& periods, const std::vector<Facts>& sample, std::vector<Tariffs>& tables) {
    for (const auto& p : periods) {
        PersonPayment payment;
        payment.rule = context.rule_index(*p.spec);
        payment.payee = p.pay->payee == "organisation" ? PersonPayee::organisation : p.pay->payee == "household" ? PersonPayee::household : PersonPayee::provider;
        if (payment.payee == PersonPayee::provider) {
            payment.role = static_cast<std::uint8_t>(context.payee_role(*p.spec, *p.pay));
            payment.kind = static_cast<std::int16_t>(context.input.catalogue->kind(p.pay->payee));
        }
        if (p.contract >= 0) payment.contract = static_cast<std::uint8_t>(p.contract);
        payment.every_months = static_cast<std::uint8_t>(p.pay->paid_every_months);
        payment.split = context.split(p.pay->split, p.pay->matter, *p.spec, p.pay->line);
        if (!p.pay->services.empty()) payment.service = static_cast<std::uint8_t>(std::max(context.input.catalogue->service(p.pay->services.front()), 0));
        for (std::size_t m = 0; m < tables.size(); ++m) {
            payment.cents_by_class.clear();
            for (const auto& facts : sample) {
                const auto* number = due(context, p, context.epoch_of[m], facts);
                const double part = static_cast<double>(p.pay->paid_every_months) / unit_months(p.pay->unit);
                payment.cents_by_class.push_back(number == nullptr ? 0 : context.row_cents(context.eur(*number, p.pay->money, m) * part, *p.spec, *p.pay));
            }
            const bool by_state = is_state_payment(*p.spec, *p.pay);
            if (by_state) payment.test = compile_state(context, *p.spec, *p.pay, m);
            (by_state ? tables[m].state_payments : tables[m].person_payments).push_back(payment);
        }
    }
}

void mark_classes(Tariffs& table) {
    table.state_pays.assign(static_cast<std::size_t>(table.classes), 0);
    for (std::size_t k = 0; k < table.state_payments.size(); ++k)
        for (std::size_t c = 0; c < table.state_pays.size(); ++c)
            if (table.state_payments[k].cents_by_class[c] != 0) table.state_pays[c] |= Tariffs::payment_bit(k);
}

/// Rows by class as lists, equal ones once. Shape: rows_of_class[class][contract * services + service].
void lay_lists(const std::vector<std::vector<std::uint32_t>>& rows_of_class, std::size_t cells, Tariffs& out) {
    std::map<std::vector<std::uint16_t>, std::uint32_t> known;
    for (std::size_t cell = 0; cell < cells; ++cell) {
        std::vector<std::uint16_t> list;
        for (const auto& rows : rows_of_class) list.push_back(static_cast<std::uint16_t>(rows[cell]));
        const bool same = std::equal(list.begin() + 1, list.end(), list.begin());
        if (same) list.resize(1);
        const auto [found, fresh] = known.try_emplace(list, static_cast<std::uint32_t>(out.index.size()));
        if (fresh) out.index.insert(out.index.end(), list.begin(), list.end());
        out.lists.push_back({found->second, same ? 0u : 0xffffffffu});
    }
}

}  // namespace

void compile_prices(CompileContext& context, const std::vector<Facts>& facts, std::vector<Tariffs>& tables) {
    const auto services = context.input.catalogue->services.size();
    const auto contracts = std::max<std::size_t>(context.input.catalogue->contracts.size(), 1);
    PriceTable prices(context, tables);
    const auto periods = find_periods(context);
    std::map<std::pair<std::vector<std::uint32_t>, std::vector<const Uncertain*>>, std::uint16_t> classes;
    std::vector<std::vector<std::uint32_t>> rows_of_class;
    std::vector<Facts> sample;               // one combination of each class
    std::vector<std::uint16_t> class_of;
    for (const auto& f : facts) {
        std::vector<std::uint32_t> rows;
        for (std::size_t c = 0; c < contracts; ++c)
            for (std::size_t s = 0; s < services; ++s) rows.push_back(c > 0 && prices.as_first(c, s) ? rows[s] : prices.row(c, s, f));
        std::vector<const Uncertain*> paid;
        for (const auto& p : periods)
            for (std::size_t epoch = 0; epoch < context.epochs.size(); ++epoch) paid.push_back(due(context, p, epoch, f));
        const auto [found, fresh] = classes.try_emplace({rows, paid}, static_cast<std::uint16_t>(sample.size()));
        if (fresh) rows_of_class.push_back(rows), sample.push_back(f);
        class_of.push_back(found->second);
    }
    prices.write_rows();
    Tariffs shape;
    lay_lists(rows_of_class, contracts * services, shape);
    for (auto& t : tables) {
        t.lists = shape.lists, t.index = shape.index;
        t.services = static_cast<int>(services), t.contracts = static_cast<int>(contracts), t.classes = static_cast<int>(sample.size());
        t.class_of = class_of;
    }
    write_periods(context, periods, sample, tables);
    for (auto& t : tables) mark_classes(t);
}

}  // namespace tresse::funding
