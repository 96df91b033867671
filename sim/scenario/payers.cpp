#include "tresse/scenario/payers.hpp"

#include <algorithm>
#include <cmath>

#include "tresse/core/check.hpp"
#include "tresse/core/csv.hpp"
#include "tresse/scenario/reader.hpp"

namespace tresse::scenario {

namespace {

const std::vector<std::string>& level_words() {
    static const std::vector<std::string> words{"federal", "federated", "local", "private", "organisation"};
    return words;
}

const std::vector<std::string>& region_words() {
    static const std::vector<std::string> words{"flanders", "brussels", "wallonia"};
    return words;
}

std::vector<std::string> ids_of(const std::vector<world::Account>& accounts) {
    std::vector<std::string> out;
    for (const auto& a : accounts) out.push_back(a.id);
    return out;
}

void check_account(const Node& node, const std::string& id, const Payers& payers) {
    if (id.empty() || payers.account(id) >= 0) return;
    const auto near = nearest(id, ids_of(payers.accounts));
    node.problem("\"" + id + "\" is none of the accounts." + (near.empty() ? "" : " Nearest: " + near + "."));
}

/// A bare account, a list (equal shares) or a map {accounts: {id: share}, source: ...}.
Payers::Exception read_exception(const Node& node, const std::string& matter, const Payers& payers) {
    Payers::Exception out{matter, {}};
    if (node.is_map()) {
        const auto shares = node.need("accounts");
        double sum = 0;
        for (const auto& id : shares.keys()) {
            const auto share = shares.need(id);
            check_account(share, id, payers);
            out.accounts.emplace_back(id, share.number(0, 1));
            sum += out.accounts.back().second;
        }
        if (std::fabs(sum - 1) > 1e-9) shares.problem("the shares add to " + number_text(sum) + "; they must make 1.");
        if (node.need("source").text().empty()) node.problem("shares are an estimate and need their source.");
        node.maybe("note");
    } else {
        const auto ids = node.texts();
        for (const auto& id : ids) {
            check_account(node, id, payers);
            out.accounts.emplace_back(id, 1.0 / static_cast<double>(ids.size()));
        }
    }
    if (out.accounts.empty()) node.problem("found no account, wanted at least one.");
    return out;
}

void read_accounts(const Node& list, Payers& out) {
    list.must_be_list();
    for (std::size_t i = 0; i < list.size(); ++i) {
        const auto node = list.at(i);
        world::Account account;
        account.id = node.need("id").text();
        const int level = node.need("level").word(level_words());
        account.level = static_cast<world::Level>(std::max(level, 0));
        account.name = node.need("name").local_text();
        if (const auto use = node.maybe("use"); use.present() && use.word({"care", "income_replacement"}) == 1) account.use = world::AccountUse::income_replacement;
        node.maybe("source");
        if (!account.id.empty() && out.account(account.id) >= 0) node.problem("account " + account.id + " stands twice.");
        out.accounts.push_back(std::move(account));
    }
    if (list.present() && out.accounts.empty()) list.problem("found no account, wanted at least one.");
}

void read_competent(const Node& list, Payers& out) {
    list.must_be_list();
    for (std::size_t i = 0; i < list.size(); ++i) {
        const auto node = list.at(i);
        Payers::Competent row;
        const auto region = node.maybe("region"), municipalities = node.maybe("municipalities");
        if (region.present() == municipalities.present()) node.problem("a row names either a region or municipalities.");
        if (region.present()) row.region = region.word(region_words());
        for (std::size_t k = 0; k < municipalities.size(); ++k) row.municipalities.push_back(static_cast<int>(municipalities.at(k).whole(10000, 99999)));
        const auto account = node.need("account");
        row.account = account.text();
        check_account(account, row.account, out);
        if (const int at = out.account(row.account); at >= 0 && out.accounts[static_cast<std::size_t>(at)].level != world::Level::federated)
            account.problem(row.account + " is not an account of a federated entity.");
        const auto except = node.maybe("except");
        if (except.present())
            for (const auto& matter : except.keys()) row.except.push_back(read_exception(except.need(matter), matter, out));
        node.maybe("source");
        out.competent.push_back(std::move(row));
    }
    for (const auto& word : region_words()) {
        const int region = static_cast<int>(&word - region_words().data());
        if (list.present() && std::none_of(out.competent.begin(), out.competent.end(), [&](const auto& row) { return row.region == region; }))
            list.problem("no row for region " + word + ": who is competent there?");
    }
}

void read_published(const Node& list, Payers& out) {
    list.must_be_list();
    for (std::size_t i = 0; i < list.size(); ++i) {
        const auto node = list.at(i);
        Payers::Published row;
        row.id = node.need("id").text();
        row.name = node.need("name").local_text();
        const auto account = node.need("account");
        row.account = account.text();
        check_account(account, row.account, out);
        row.rules = node.need("rules").texts();
        row.eur_per_head = node.need("eur_per_head").uncertain(0, 1e6, Law::normal);
        row.tolerance = node.need("tolerance").number(0, 1);
        node.maybe("note").text_or("");
        out.published.push_back(std::move(row));
    }
}

Payers read(Document& document) {
    Payers out;
    out.hash = document.hash();
    if (!document.usable()) return out;
    const auto root = document.root();
    root.maybe("id");
    read_accounts(root.need("accounts"), out);
    read_competent(root.need("competent_federated"), out);
    read_published(root.maybe("published"), out);
    document.finish();
    out.sources = document.sources();
    return out;
}

LocalText words(std::string en, std::string fr, std::string nl, std::string de) {
    LocalText out;
    out[Lang::en] = std::move(en), out[Lang::fr] = std::move(fr), out[Lang::nl] = std::move(nl), out[Lang::de] = std::move(de);
    return out;
}

}  // namespace

int Payers::account(const std::string& id) const {
    for (std::size_t i = 0; i < accounts.size(); ++i)
        if (accounts[i].id == id) return static_cast<int>(i);
    return -1;
}

int Payers::entity_of(int nis, int region) const {
    for (std::size_t i = 0; i < competent.size(); ++i) {
        const auto& row = competent[i];
        if (row.region >= 0 ? row.region == region : std::find(row.municipalities.begin(), row.municipalities.end(), nis) != row.municipalities.end()) return static_cast<int>(i);
    }
    return -1;
}

int Payers::account_of(int entity) const { return account(competent[static_cast<std::size_t>(entity)].account); }

Payers load_payers(const std::string& path, Problems& problems) {
    Document document(path, "payers", problems);
    return read(document);
}

Payers parse_payers(const std::string& text, const std::string& name, Problems& problems) {
    Document document(text, name, "payers", problems);
    return read(document);
}

void add_accounts(const Payers& payers, world::Catalogue& catalogue) {
    catalogue.accounts = payers.accounts;
    catalogue.first_flow = static_cast<int>(payers.accounts.size());
    const auto flow = [&](std::string id, LocalText name) { catalogue.accounts.push_back({std::move(id), world::Level::flow, std::move(name), world::AccountUse::care}); };
    for (const auto& kind : catalogue.kinds)
        flow("income_" + kind.id, words("income: " + kind.name.in(Lang::en), "revenus : " + kind.name.in(Lang::fr), "inkomsten: " + kind.name.in(Lang::nl), "Einkünfte: " + kind.name.in(Lang::de)));
    flow("wages", words("wages of care workers", "salaires des soignants", "lonen van zorgverleners", "Löhne der Pflegenden"));
    flow("inputs", words("goods and buildings", "biens et bâtiments", "goederen en gebouwen", "Sachmittel und Gebäude"));
    flow("owners", words("income of owners and the self-employed", "revenus des propriétaires et indépendants", "inkomen van eigenaars en zelfstandigen", "Einkommen von Eigentümern und Selbständigen"));
    for (const auto& account : payers.accounts)
        if (account.level != world::Level::private_)
            flow("financing_" + account.id, words("financing of " + account.name.in(Lang::en), "financement de : " + account.name.in(Lang::fr), "financiering van: " + account.name.in(Lang::nl),
                                                  "Finanzierung: " + account.name.in(Lang::de)));
    flow("outside", words("outside the area", "hors de la zone", "buiten het gebied", "außerhalb des Gebiets"));
    catalogue.entities.clear();
    for (const auto& row : payers.competent) catalogue.entities.push_back({row.account, payers.account(row.account)});
}

int income_account(const world::Catalogue& catalogue, int kind) { return catalogue.account("income_" + catalogue.kinds[static_cast<std::size_t>(kind)].id); }

int financing_account(const world::Catalogue& catalogue, int account) { return catalogue.account("financing_" + catalogue.accounts[static_cast<std::size_t>(account)].id); }

funding::Competence competence(const Payers& payers) {
    funding::Competence out;
    for (const auto& row : payers.competent)
        for (const auto& exception : row.except)
            if (out.matter(exception.matter) < 0) out.matters.push_back(exception.matter);
    for (std::size_t matter = 0; matter <= out.matters.size(); ++matter) {
        std::vector<std::vector<funding::Competence::Share>> entities;
        for (const auto& row : payers.competent) {
            std::vector<funding::Competence::Share> shares{{payers.account(row.account), 10000}};
            for (const auto& exception : row.except) {
                if (matter == 0 || exception.matter != out.matters[matter - 1]) continue;
                std::vector<std::int64_t> weights;
                for (const auto& [id, share] : exception.accounts) weights.push_back(static_cast<std::int64_t>(share * 1e6 + 0.5));
                const auto parts = split_by_weight(10000, weights);
                shares.clear();
                for (std::size_t i = 0; i < parts.size(); ++i) shares.push_back({payers.account(exception.accounts[i].first), parts[i]});
            }
            entities.push_back(std::move(shares));
        }
        out.shares.push_back(std::move(entities));
    }
    return out;
}

}  // namespace tresse::scenario
