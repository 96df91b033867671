#include "tresse/funding/invoice.hpp"

#include <map>

#include "tresse/core/check.hpp"

namespace tresse::funding {

namespace {

std::string each_text(Cents cents) {
    const auto part = cents % 100;
    return std::to_string(cents / 100) + (part < 10 ? ".0" : ".") + std::to_string(part);
}

/// Adds `units` of a price to the invoice and its public part to the accounts of the place.
void add(const Tariffs& tariffs, int entity, std::uint16_t split, const InvoiceLine& line, Cents extra_each, Invoice& out, std::map<int, Cents>& by_account) {
    out.received += line.units * line.each;
    out.share += line.units * line.share_each;
    out.extra += line.units * extra_each;
    if (const Cents open = line.units * (line.each - line.share_each - extra_each); open != 0) {
        const auto& shares = tariffs.split_in(split, entity);
        std::vector<Cents> parts;
        share_out(shares, open, parts);
        for (std::size_t i = 0; i < parts.size(); ++i) by_account[shares.account[i]] += parts[i];
    }
    if (line.units != 0 && line.each != 0) out.lines.push_back(line);
}

}  // namespace

Invoice invoice(const Tariffs& tariffs, const InvoiceAsk& ask) {
    Invoice out;
    std::map<int, Cents> by_account;
    const auto tariff_class = tariffs.tariff_class(ask.facts);
    for (const auto& [service, units] : ask.contacts) {
        TRESSE_CHECK(service >= 0 && service < tariffs.services && units >= 0, "an invoice is for services that exist");
        const auto& row = tariffs.price(ask.contract, service, tariff_class);
        if (ask.rule >= 0 && row.rule != ask.rule) continue;
        add(tariffs, ask.entity, row.split, {service, units, row.total, row.share}, row.extra, out, by_account);
    }
    if (ask.person_payments)
        for (const auto& payment : tariffs.person_payments) {
            if (payment.contract != any_contract && payment.contract != ask.contract) continue;
            if (ask.rule >= 0 && payment.rule != ask.rule) continue;
            add(tariffs, ask.entity, payment.split, {-1, ask.months / payment.every_months, payment.cents_by_class[tariff_class], 0}, 0, out, by_account);
        }
    if (ask.person_payments)
        for (const auto& payment : tariffs.state_payments) {
            if (payment.contract != any_contract && payment.contract != ask.contract) continue;
            if ((ask.rule >= 0 && payment.rule != ask.rule) || !payment.test.holds(ask.state)) continue;
            const Cents before = out.received;
            add(tariffs, ask.entity, payment.split, {-1, ask.months / payment.every_months, payment.cents_by_class[tariff_class], 0}, 0, out, by_account);
            if (payment.payee == PersonPayee::household) out.to_household += out.received - before;
        }
    out.by_account.assign(by_account.begin(), by_account.end());
    return out;
}

Cents Invoice::paid_by(int account) const {
    for (const auto& [id, cents] : by_account)
        if (id == account) return cents;
    return 0;
}

std::string Invoice::arithmetic() const {
    std::string out;
    for (const auto& line : lines) {
        if (!out.empty()) out += " + ";
        out += std::to_string(line.units) + " x " + each_text(line.each);
    }
    return out.empty() ? "nothing" : out;
}

}  // namespace tresse::funding
