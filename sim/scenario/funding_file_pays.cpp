#include <algorithm>
#include <cmath>

#include "funding_file_reader.hpp"
#include "tresse/core/csv.hpp"

namespace tresse::scenario {

using funding::Unit;

namespace {

constexpr double most_eur = 1e7;          // a price or person payment
constexpr double most_lump_eur = 1e11;    // a budget or premium

bool is_for_contacts(Unit unit) { return unit == Unit::contact || unit == Unit::day || unit == Unit::stay || unit == Unit::episode; }

std::string ages(int from, int to) { return from == to ? "age " + std::to_string(from) : "ages " + std::to_string(from) + " to " + std::to_string(to); }

std::string row_text(const funding::AgeBand& band) { return std::to_string(band.from_age) + "-" + std::to_string(band.to_age); }

/// The columns of a table, all of which must stand in the wanted order.
bool has_columns(const Node& table, const std::vector<std::string>& wanted) {
    const auto columns = table.need("columns");
    if (!columns.present()) return false;
    if (columns.texts() == wanted) return true;
    std::string list;
    for (const auto& word : wanted) list += (list.empty() ? "" : ", ") + word;
    columns.problem("wanted the columns [" + list + "].");
    return false;
}

}  // namespace

std::string age_band_problem(const std::vector<funding::AgeBand>& bands) {
    std::string rows;
    for (std::size_t i = 0; i < bands.size(); ++i) rows += (i == 0 ? "" : i + 1 == bands.size() ? " and " : ", ") + row_text(bands[i]);
    const std::string number[]{"first", "second", "third", "fourth", "fifth"};
    for (std::size_t i = 0; i < bands.size(); ++i) {
        if (bands[i].to_age < bands[i].from_age) return "row " + row_text(bands[i]) + " ends before it starts.";
        if (i == 0) continue;
        const int last = bands[i - 1].to_age, next = bands[i].from_age;
        const std::string before = i <= 5 ? "in the " + number[i - 1] + " row" : "in the row before";
        if (next > last + 1)
            return ages(last + 1, next - 1) + (next - last == 2 ? " has" : " have") + " no amount: the rows are " + rows + ".\nGive a row for them, or write to_age: " + std::to_string(next - 1) + " " + before + ".";
        if (next <= last)
            return ages(next, std::min(last, bands[i].to_age)) + (next == std::min(last, bands[i].to_age) ? " has" : " have") + " two amounts: the rows are " + rows + ".\nWrite to_age: " +
                   std::to_string(next - 1) + " " + before + ", or from_age: " + std::to_string(last + 1) + " in the next.";
    }
    return "";
}

funding::Amount RuleReader::bands(const Node& table, bool by_status) const {
    funding::Amount out;
    out.given = true;
    const std::vector<std::string> wanted = by_status ? std::vector<std::string>{"from_age", "to_age", "ordinary", "increased_reimbursement"} : std::vector<std::string>{"from_age", "to_age", "eur"};
    if (!table.must_be_map() || !has_columns(table, wanted)) return out;
    const auto rows = table.need("rows");
    rows.must_be_list();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto row = rows.at(i);
        if (!row.is_list() || row.size() != wanted.size()) {
            row.problem("found " + row.shown() + ", wanted " + std::to_string(wanted.size()) + " values, one a column.");
            continue;
        }
        funding::AgeBand band;
        band.from_age = static_cast<int>(row.at(0).whole(0, 120));
        band.to_age = static_cast<int>(row.at(1).whole(0, 120));
        band.eur[0] = read_eur(row.at(2), most_eur);
        band.eur[1] = by_status ? read_eur(row.at(3), most_eur) : band.eur[0];
        out.bands.push_back(std::move(band));
    }
    if (rows.present() && out.bands.empty()) rows.problem("found no row, wanted at least one.");
    if (const auto wrong = age_band_problem(out.bands); !wrong.empty()) table.problem(wrong);
    return out;
}

funding::Amount RuleReader::amount(const Node& map, const std::string& key, double most) const {
    funding::Amount out;
    const bool is_share = key == "share_of_eur";
    const auto read = [&](const Node& node) { return is_share ? read_share(node) : read_eur(node, most); };
    const auto plain = map.maybe(key);
    out.given = plain.present();
    if (out.given) out.plain = read(plain);
    const auto cases = map.maybe(key + "_when");
    cases.must_be_list();
    if (cases.present() && !out.given) cases.problem("give " + key + " too: what holds when no case does.");
    for (std::size_t i = 0; i < cases.size(); ++i) {
        funding::Case one;
        const auto test = cases.at(i).need("when");
        one.when = when(test);
        no_state(test, one.when);
        if (test.present() && one.when.always()) test.problem("this case holds for everybody, so what follows it never counts.");
        one.eur = read(cases.at(i).need(key));
        out.cases.push_back(std::move(one));
    }
    return out;
}

funding::PatientShare RuleReader::patient_share(const Node& node, const funding::Pay& pay) const {
    funding::PatientShare out;
    out.line = node.line(), out.money = pay.money;
    if (!node.present()) return out;
    if (node.is_scalar()) {
        if (node.text() != "none") node.problem("found " + node.shown() + ", wanted none, or a map with eur, share_of_eur or as.");
        return out;
    }
    if (!node.must_be_map()) return out;
    const auto eur = node.maybe("eur"), part = node.maybe("share_of_eur"), as = node.maybe("as");
    if (eur.present() + part.present() + as.present() != 1) node.problem("give exactly one of eur, share_of_eur and as (none when the patient pays nothing).");
    if (eur.present()) out.kind = funding::ShareKind::eur, out.amount = amount(node, "eur", most_eur);
    else if (part.present()) out.kind = funding::ShareKind::share_of_eur, out.amount = amount(node, "share_of_eur", 1);
    else if (as.present()) {
        out.kind = funding::ShareKind::as_rule;
        out.as_rule = as.text();
        out.source = node.need("source").text();
    }
    out.money = money_year(node.maybe("money"), pay.money);
    out.counts_for_ceiling = node.maybe("counts_for_ceiling").flag_or(true);
    const auto waived = node.maybe("waived_when");
    waived.must_be_list();
    for (std::size_t i = 0; i < waived.size(); ++i) {
        waived.at(i).maybe("source").text_or("");
        out.waived.push_back(when(waived.at(i)));
        no_state(waived.at(i), out.waived.back());
    }
    node.maybe("note").text_or("");
    if (!is_for_contacts(pay.unit)) node.problem("a patient's share is per contact, day, stay or episode; a payment per " + std::string(funding::unit_word(pay.unit)) + " has none. Write patient_share: none.");
    return out;
}

void RuleReader::check_unit(const Node& node, const funding::Pay& out) const {
    const auto unit = node.maybe("unit");
    if (is_for_contacts(out.unit) && out.services.empty()) node.problem("a payment per " + std::string(funding::unit_word(out.unit)) + " needs the service it prices.");
    if (!is_for_contacts(out.unit) && funding::unit_months(out.unit) == 0 && !out.services.empty())
        unit.problem("a payment per " + std::string(funding::unit_word(out.unit)) + " prices no service. Leave out service, or write unit: contact.");
    for (const auto& id : out.services) {
        const int at = context.catalogue->service(id);
        if (at < 0) continue;
        const auto& counted = context.catalogue->services[static_cast<std::size_t>(at)].unit.in(Lang::en);
        const bool in_days = counted == "day", in_stays = counted == "stay";
        const bool fits = out.unit == Unit::day ? in_days || counted.empty() : out.unit == Unit::stay ? in_stays || counted.empty() : out.unit == Unit::contact ? !in_days && !in_stays : true;
        if (!fits) {
            const std::string right = in_days ? "day" : in_stays ? "stay" : "contact";
            unit.problem(id + " is counted per " + counted + ", so it cannot be paid per " + std::string(funding::unit_word(out.unit)) + ". Write unit: " + right + ".");
        }
    }
}

void RuleReader::pay_services(const Node& node, funding::Pay& out) {
    const auto one = node.maybe("service"), many = node.maybe("services");
    if (one.present() && many.present()) many.problem("give either service or services, not both.");
    if (one.present()) out.services.push_back(service_of(one));
    for (std::size_t i = 0; i < many.size(); ++i) out.services.push_back(service_of(many.at(i)));
    check_unit(node, out);
}

void RuleReader::paid(const Node& node, funding::Pay& out) const {
    const int own = funding::unit_months(out.unit);
    out.paid_every_months = own;
    if (!node.present()) return;
    if (own == 0) {
        node.problem("only payments per person and month, quarter or year have a rhythm; this one is per " + std::string(funding::unit_word(out.unit)) + ".");
        return;
    }
    const int word = node.need("every").word({"month", "quarter", "year"});
    if (word >= 0) out.paid_every_months = word == 0 ? 1 : word == 1 ? 3 : 12;
    const auto months = node.maybe("months");
    for (std::size_t i = 0; i < months.size(); ++i) months.at(i).whole(1, 12);
    if (months.present() && static_cast<int>(months.size()) * out.paid_every_months != 12)
        months.problem("found " + std::to_string(months.size()) + " months, wanted " + std::to_string(12 / out.paid_every_months) + " a year.");
    const auto from = node.maybe("from");
    if (from.present()) from.word({"quarter_after_enrolment"});
    node.maybe("source").text_or("");
}

void RuleReader::closed_budget(const Node& node, funding::Pay& out) const {
    out.closed.given = true;
    const auto ages = node.maybe("eur_per_person_by_age"), flat = node.maybe("eur_per_person");
    if (ages.present() == flat.present()) node.problem("give exactly one of eur_per_person_by_age and eur_per_person (a year and inhabitant).");
    if (ages.present()) out.closed.eur_per_person = bands(ages, false);
    else out.closed.eur_per_person = amount(node, "eur_per_person", most_eur);
    out.closed.fixed_share = read_share(node.need("fixed_share"));
    node.maybe("note").text_or("");
    if (out.services.empty()) node.problem("a closed budget is shared by the units of a service: give service.");
}

void RuleReader::steps(const Node& node, funding::Pay& out) const {
    out.steps.given = true;
    const auto by = node.need("by");
    if (by.present() && by.texts() != std::vector<std::string>{"records_managed", "nurse_hours_per_week"}) by.problem("wanted [records_managed, nurse_hours_per_week], the two measures that are known.");
    const auto point = node.need("known_point");
    const auto at = point.need("at");
    if (at.present() && at.size() != 2) at.problem("wanted two numbers, one for each of `by`.");
    if (at.size() == 2) out.steps.records = at.at(0).number(1, 1e9), out.steps.nurse_hours = at.at(1).number(1, 1e9);
    const auto eur = point.need("eur");
    if (eur.is_scalar()) {
        out.steps.eur.value = out.steps.eur.low = out.steps.eur.high = eur.number(0, most_lump_eur);
        out.steps.eur.source = point.need("source").text();
        out.steps.eur.key = eur.draw_key();
    } else {
        out.steps.eur = read_eur(eur, most_lump_eur);
    }
    const auto year = point.maybe("euros_of");
    if (year.present()) out.money.year = static_cast<int>(year.whole(1990, 2100));
    node.need("between").word({"proportional_to_the_smaller"});
    if (out.unit != Unit::practice_year) node.problem("steps by records and nurse hours are a premium of a practice: write unit: practice_year.");
}

void RuleReader::ceiling(const Node& node, funding::Pay& out) const {
    out.ceiling.given = true;
    const auto table = node.need("bands");
    if (table.present() && has_columns(table, {"income_from_eur", "ceiling_eur"})) {
        const auto rows = table.need("rows");
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const auto row = rows.at(i);
            if (!row.is_list() || row.size() != 2) {
                row.problem("found " + row.shown() + ", wanted 2 values, one a column.");
                continue;
            }
            out.ceiling.bands.push_back({row.at(0).number(0, 1e9), read_eur(row.at(1), most_eur)});
            const auto n = out.ceiling.bands.size();
            if (n == 1 && out.ceiling.bands[0].from_eur != 0) row.problem("incomes from 0 to " + number_text(out.ceiling.bands[0].from_eur) + " have no ceiling: the first row starts at 0.");
            if (n > 1 && out.ceiling.bands[n - 1].from_eur <= out.ceiling.bands[n - 2].from_eur) row.problem("income_from_eur must rise from row to row.");
        }
        if (out.ceiling.bands.empty()) rows.problem("found no row, wanted at least one.");
    }
    out.ceiling.increased_reimbursement = read_eur(node.need("increased_reimbursement_eur"), most_eur);
    out.ceiling.chronic_reduction = read_eur(node.need("chronic_reduction_eur"), most_eur);
}

void RuleReader::pay_amounts(const Node& node, funding::Pay& out) {
    const auto by_age = node.maybe("eur_by_age"), by_status = node.maybe("eur_by_age_and_status"), by_steps = node.maybe("eur_by_steps"), household = node.maybe("household_ceiling"),
               savings = node.maybe("savings_share");
    const auto eur = node.maybe("eur");
    const int given = eur.present() + by_age.present() + by_status.present() + by_steps.present() + household.present() + savings.present();
    if (given != 1) node.problem("found " + std::to_string(given) + " amounts, wanted exactly one of eur, eur_by_age, eur_by_age_and_status, eur_by_steps, household_ceiling and savings_share.");
    if (by_age.present()) out.eur = bands(by_age, false);
    else if (by_status.present()) out.eur = bands(by_status, true);
    else out.eur = amount(node, "eur", most_eur);
    if (by_steps.present()) steps(by_steps, out);
    if (household.present()) ceiling(household, out);
    const auto extra = node.maybe("extra");
    if (extra.present() && extra.must_be_map()) out.extra = amount(extra, "eur", most_eur);
    const auto share = node.maybe("patient_share");
    if (is_for_contacts(out.unit) && !share.present()) node.problem("say what the patient pays: patient_share: none, or a map.");
    out.share = patient_share(share, out);
}

void RuleReader::pay_special(const Node& node, funding::Pay& out) {
    if (const auto closed = node.maybe("closed_budget"); closed.present()) closed_budget(closed, out);
    if (const auto benefit = node.maybe("benefit"); benefit.present()) {
        const int word = benefit.word({"primary_incapacity", "invalidity"});
        if (word >= 0) out.benefit = word == 0 ? funding::BenefitKind::primary_incapacity : funding::BenefitKind::invalidity;
        if (out.unit != Unit::person_month && out.unit != Unit::person_year) benefit.problem("a benefit is paid per person_month or person_year.");
    }
    if (const auto grant = node.maybe("grant"); grant.present()) {
        out.grant.given = true;
        out.grant.purpose = std::max(grant.need("for").word({"coordination", "actions"}), 0);
        const auto years = grant.need("years");
        out.grant.first_year = static_cast<int>(years.need("from").whole(1, 100));
        out.grant.last_year = static_cast<int>(years.need("to").whole(1, 100));
        if (out.grant.last_year < out.grant.first_year) years.problem("the last year lies before the first.");
        if (out.unit != Unit::organisation_year) grant.problem("a grant is paid per organisation_year.");
    }
    if (const auto savings = node.maybe("savings_share"); savings.present()) {
        out.savings.given = true;
        savings.need("forecast").word({"national_trend_by_risk_cell"});
        savings.need("losses").word({"not_shared"});
        out.savings.share = savings.need("share").number(0, 1);
        out.savings.outliers_above_percentile = savings.need("outliers_above_percentile").number(50, 100);
        out.savings.reinvested = savings.need("reinvested_share").number(0, 1);
        out.savings.trend_per_year = savings.need("trend_per_year").uncertain(-0.2, 0.2, Law::normal);
        if (out.unit != Unit::population_year) savings.problem("a savings share is paid per population_year.");
    }
    if (out.unit == Unit::indicator_point || (out.unit == Unit::population_year && !out.savings.given))
        node.problem("a payment per " + std::string(funding::unit_word(out.unit)) + " cannot be computed yet" + (out.unit == Unit::population_year ? " without savings_share." : "."));
    if (out.unit == Unit::practice_year && !out.steps.given) node.problem("a payment per practice_year needs eur_by_steps.");
    if (out.unit == Unit::organisation_year && !out.grant.given) node.problem("a payment per organisation_year needs grant: {for: ..., years: {from: 1, to: ...}}.");
    const bool to_provider = funding::unit_months(out.unit) > 0 && out.benefit == funding::BenefitKind::none && !out.ceiling.given;
    if (to_provider && out.payee != "organisation" && out.payee != "household" && context.catalogue->kind(out.payee) < 0)
        node.problem("a payment per person goes to the own provider, the organisation or the household: name the provider kind, organisation or household as payee.");
    if (out.split.empty()) node.problem("nobody pays: give payer or split, here or for the whole rule.");
}

funding::Pay RuleReader::pay(const Node& node) {
    funding::Pay out;
    out.line = node.line();
    if (!node.must_be_map()) return out;
    out.id = node.need("id").text();
    const int unit = node.need("unit").word(funding::unit_words());
    if (unit < 0) {
        node.ignore();  // what else stands here depends on the unit
        return out;
    }
    out.unit = static_cast<Unit>(unit);
    out.who = when(node.maybe("when"));
    out.split = split_of(node, split);
    out.matter = node.maybe("matter").text_or(matter);
    out.payee = payee_of(node, payee);
    out.money = money_year(node.maybe("money"), money);
    pay_services(node, out);
    pay_amounts(node, out);
    paid(node.maybe("paid"), out);
    pay_special(node, out);
    gates(node, out);
    check_state(node, out);
    node.maybe("note").text_or("");
    return out;
}

}  // namespace tresse::scenario
