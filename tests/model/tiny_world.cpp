#include "model/tiny_world.hpp"

#include "tresse/core/math.hpp"

namespace tresse::tiny {
namespace {

using world::QueueLaw;

std::unique_ptr<world::Catalogue> catalogue_of() {
    auto c = std::make_unique<world::Catalogue>();
    const auto text = [](const char* t) { return LocalText(t); };
    for (const char* id : {"sugar", "chest"}) c->conditions.push_back({id, text(id), {{"one", text("one")}, {"two", text("two")}}});
    struct R {
        const char* id;
        int slot;
        bool days;
    };
    for (const R& r : {R{"gp", 0, false}, R{"emergency", 4, false}, R{"hospital_beds", 4, true}, R{"pharmacy", 2, false}, R{"nursing_home", 6, true}, R{"imaging_lab", 4, false}, R{"case_manager", 12, false}})
        c->roles.push_back({r.id, text(r.id), r.slot, r.days});
    const auto service = [&](const char* id, const char* role, QueueLaw law) {
        world::Service s;
        s.id = id, s.name = text(id), s.unit = text("visit"), s.role = c->role(role), s.queue = law;
        s.gp_contact = s.id == "gp_consultation", s.emergency_visit = s.id == "emergency_visit", s.test = s.id == "lab_set", s.stay = s.id == "hospital_day";
        c->services.push_back(s);
    };
    service("gp_consultation", "gp", QueueLaw::queue);
    service("emergency_visit", "emergency", QueueLaw::emergency);
    service("hospital_day", "hospital_beds", QueueLaw::queue);
    service("medicines", "pharmacy", QueueLaw::none);
    service("stay_fees", "hospital_beds", QueueLaw::none);
    service("nursing_home_day", "nursing_home", QueueLaw::queue);
    service("lab_set", "imaging_lab", QueueLaw::queue);
    service("case_manager_month", "case_manager", QueueLaw::queue);
    for (const auto& r : c->roles) c->kinds.push_back({r.id + "_kind", text("kind"), c->role(r.id), 0, false, true});
    c->contracts = {"fee_for_service"};
    const auto account = [&](const std::string& id, world::Level level) { c->accounts.push_back({id, level, LocalText(id), world::AccountUse::care}); };
    account("insurance", world::Level::federal), account("household", world::Level::private_), account("organisation", world::Level::organisation);
    c->first_flow = 3;
    for (const auto& k : c->kinds) account("income_" + k.id, world::Level::flow);
    for (const char* id : {"wages", "inputs", "owners", "outside", "financing_insurance"}) account(id, world::Level::flow);
    c->causes = {{"other_unplanned", text("other"), -1, false, false}, {"other_planned", text("planned"), -1, false, true}, {"chest", text("chest"), 1, true, false}};
    world::Place place;
    place.nis = 1, place.name_nl = "Dorp", place.name_fr = "Village";
    c->places = {place};
    c->entities = {{"region", 0}};
    c->rules = {"fees", "ceiling", "provider-income", "programme-costs", "grant"};
    c->mechanisms = model::standard_mechanisms();
    return c;
}

void fill_alias(model::Mix& mix, std::initializer_list<std::pair<int, double>> rates, double headroom = 1.5) {
    // one service per column where possible: columns in proportion, filled by repeating (exact enough for tests with few services)
    double total = 0;
    for (const auto& [service, rate] : rates) total += rate;
    mix.total_month = static_cast<float>(total / 12.0 * headroom);
    int column = 0;
    double sum = 0;
    for (const auto& [service, rate] : rates) {
        mix.rate_month[static_cast<std::size_t>(service)] = static_cast<float>(rate / 12.0);
        mix.count[static_cast<std::size_t>(service)] = 1;
        sum += rate;
        const int until = total > 0 ? static_cast<int>(sum / total * world::limit::services + 0.5) : 0;
        for (; column < until; ++column) mix.threshold[static_cast<std::size_t>(column)] = 0, mix.alias[static_cast<std::size_t>(column)] = static_cast<std::uint8_t>(service);
    }
}

std::unique_ptr<model::Tables> tables_of(const world::Catalogue& c, const Options& o) {
    auto t = std::make_unique<model::Tables>();
    auto& d = t->disease;
    d.conditions = 2;
    for (std::size_t k = 0; k < 2; ++k) {
        auto& condition = d.condition[k];
        condition.stages = 2;
        condition.start_share = {0, 1, 0};
        condition.stage_share = {0, 0.7f, 0.3f};
        condition.progression[1] = 0.1f;
        condition.remission[1] = 0.05f;
        condition.log_mortality = {0, 0.3f, 0.7f};
        condition.utility_keep = {1, 0.95f, 0.85f, 1, 1, 1, 1, 1};
        condition.exacerbation[1] = 0.2f, condition.exacerbation[2] = 0.5f;
        condition.cause = k == 1 ? 2 : -1;
        condition.admission[1] = k == 1 ? 0.05f : 0, condition.admission[2] = k == 1 ? 0.2f : 0;
        for (auto& sex : condition.onset) sex.fill(static_cast<float>(o.onset_per_year));
        condition.mix[1] = static_cast<std::uint8_t>(43 + 2 * k), condition.mix[2] = static_cast<std::uint8_t>(44 + 2 * k);
        condition.diagnosed_at_onset = 0.8f, condition.found_per_year = 0.5f;
    }
    for (auto& region : t->mortality.base_month)
        for (auto& sex : region) sex.fill(static_cast<float>(o.death_per_year / 12.0));
    t->mortality.season.fill(1);
    t->mortality.improvement_young = t->mortality.improvement_85 = 0;
    for (auto& region : t->demography.births_per_woman_year)
        for (std::size_t a = 20; a < 40; ++a) region[a] = 0.1f;
    for (auto& region : t->demography.leaves_area) region.fill(0.01f);
    t->demography.moves_inside.fill(0.05f), t->demography.leaves_parents.fill(0.1f), t->demography.union_per_year.fill(0.1f);
    t->demography.arrivals_per_100000 = {2000, 2000, 2000};
    for (std::size_t q = 0; q < 256; ++q) {
        t->frailty.permanent[q] = t->frailty.now[q] = 0.5f + static_cast<float>(q) / 255.0f;
        for (auto& p : t->frailty.power) p[q] = 0.75f + 0.5f * static_cast<float>(q) / 255.0f;
        for (auto& p : t->frailty.power_now) p[q] = 1;
    }
    auto& need = t->need;
    need.mix.resize(47);
    need.mix_dependence = 40;
    const int gp = c.service("gp_consultation"), drugs = c.service("medicines"), lab = c.service("lab_set"), emergency = c.service("emergency_visit");
    for (int r = 0; r < 40; ++r) fill_alias(need.mix[static_cast<std::size_t>(r)], {{gp, o.contacts_per_year}, {drugs, 4.0}, {lab, 2.0}, {emergency, 0.4}});
    for (int r = 40; r < 43; ++r) fill_alias(need.mix[static_cast<std::size_t>(r)], {{gp, 2.0}});
    for (int r = 43; r < 47; ++r) fill_alias(need.mix[static_cast<std::size_t>(r)], {{gp, 4.0}, {drugs, 8.0}, {lab, 1.0}});
    need.service_headroom.fill(1.5f);
    need.service_overlap.fill(0.5f);
    need.exacerbation_service = gp, need.emergency_service = emergency;
    for (auto& s : need.season) s.fill(1);
    t->behaviour.elasticity.fill(-0.1f), t->behaviour.discretionary.fill(0.5f), t->behaviour.income_ratio.fill(1);
    t->behaviour.forgone_money = {{{0.02f, 0.01f, 0.005f, 0.002f, 0.001f}, {0.01f, 0.005f, 0.002f, 0.001f, 0.001f}}};
    t->behaviour.decay_per_minute.fill(0.01f);
    t->start.usual_provider.fill(0.8f);
    t->behaviour.fate = {0.6f, 0.15f, 0.08f, 0.07f, 0.1f};
    for (auto& sex : t->hospital.baseline) sex.fill(0.1f);
    t->hospital.days = {6, 4, 8}, t->hospital.weight = {1, 0.8f, 1.2f};
    t->hospital.season_respiratory.fill(1);
    t->hospital.days_by_age.fill(5);
    for (std::size_t a = 65; a < model::ages; ++a) t->dependence.worsening[a] = 0.1f, t->dependence.home_entry[a] = 0.02f;
    t->dependence.nursing_service.fill(255), t->dependence.help_hours_week = {0, 2, 3, 4}, t->dependence.help_prob = {0, 0.5f, 0.5f, 0.5f};
    t->dependence.carer_hours_week = {0, 9, 20, 30}, t->dependence.carer_dropout = {0.05f, 0.09f, 0.18f};
    for (auto& sex : t->utility.without) sex.fill(0.9f);
    t->work.sick_start.fill(0.05f), t->work.still_off = {1, 0.7f, 0.6f, 0.5f, 0.45f, 0.4f, 0.3f, 0.28f, 0.26f, 0.24f, 0.22f, 0.2f, 0.18f};
    t->provider.kind.resize(c.kinds.size());
    for (std::size_t k = 0; k < c.kinds.size(); ++k) {
        auto& kind = t->provider.kind[k];
        kind.minutes_per_post_month = static_cast<float>(o.gp_minutes_month);
        kind.exit_per_year = {0.02f, 0.05f, 0.15f, 0.25f};
    }
    t->provider.deci_minutes.fill(0);
    t->provider.deci_minutes[static_cast<std::size_t>(gp)] = 190;
    t->provider.deci_minutes[static_cast<std::size_t>(emergency)] = 550;
    t->provider.deci_minutes[static_cast<std::size_t>(c.service("hospital_day"))] = 10;
    t->provider.deci_minutes[static_cast<std::size_t>(c.service("nursing_home_day"))] = 10;
    t->provider.deci_minutes[static_cast<std::size_t>(lab)] = 50;
    t->provider.deci_minutes[static_cast<std::size_t>(c.service("case_manager_month"))] = 1500;
    return t;
}

funding::Tariffs tariffs_of(const world::Catalogue& c) {
    funding::Tariffs t;
    t.services = static_cast<int>(c.services.size());
    t.classes = 2, t.contracts = 1;
    t.rows.push_back({});
    for (int s = 0; s < t.services; ++s) t.lists.push_back({static_cast<std::uint32_t>(2 * s), 0xffffffffu});
    t.index.assign(2 * t.lists.size(), 0);
    const std::uint32_t total[] = {3000, 19000, 60000, 1000, 2200, 16000, 2800, 0};
    const std::uint32_t share[] = {400, 2400, 1981, 140, 0, 0, 200, 0};
    for (int s = 0; s < t.services; ++s)
        for (int k = 0; k < 2; ++k) {
            funding::PriceRow row;
            row.total = total[s], row.share = k == 1 ? share[s] / 4 : share[s], row.service = static_cast<std::uint8_t>(s);
            row.extra = s == 5 ? 7000 : 0;
            t.index[static_cast<std::size_t>(s * 2 + k)] = static_cast<std::uint16_t>(t.rows.size());
            t.rows.push_back(row);
        }
    t.splits.push_back({{0}, {10000}, -1});
    t.resolved = t.splits;
    t.entities = 1;
    t.ceiling.given = true, t.ceiling.by_class = {25000, 60000}, t.ceiling.income_from = {0, 1000000}, t.ceiling.rule = 1;
    t.used_facts = funding::fact::increased_reimbursement;
    t.class_of = {0, 1};
    return t;
}

}  // namespace

model::Rules Setup::rules(std::uint64_t seed) const {
    model::Rules r;
    r.catalogue = catalogue.get();
    r.tables = tables.get();
    r.tariffs = tariffs;
    r.tariff_year0 = 2026;
    r.seed = seed;
    return r;
}

Setup make(const Options& o) {
    Setup setup;
    setup.catalogue = catalogue_of();
    setup.tables = tables_of(*setup.catalogue, o);
    setup.tariffs.push_back(tariffs_of(*setup.catalogue));
    world::World& w = setup.world;
    w.seed = 7;
    w.policy_start = Month::of(2026, 1);
    w.start_of_time = w.policy_start - o.settling;
    w.now = w.start_of_time;
    w.first_newcomer = static_cast<std::uint32_t>(o.persons);
    w.cell_capacity = o.capacity;
    const world::Catalogue& c = *setup.catalogue;
    for (std::size_t k = 0; k + 1 < c.kinds.size() + 1; ++k) {
        world::Provider p;
        p.kind = static_cast<std::uint8_t>(k), p.role = static_cast<std::uint8_t>(c.kinds[k].role);
        p.posts_milli = p.filled_milli = 1000 * (1 + o.persons / 500);
        p.by_age_milli = {p.filled_milli, 0, 0, 0};
        p.load_permille = 900;
        p.shares_record = k % 2 == 0;
        w.providers.push_back(p);
    }
    w.board.resize(w.providers.size());
    w.neighbourhoods.resize(2);
    for (auto& n : w.neighbourhoods) {
        for (auto& role : n.provider) role.fill(no_provider);
        for (auto& slot : n.by_slot) slot.fill(no_provider);
        for (auto& role : n.minutes_away) role.fill(12);
        for (std::size_t i = 0; i < w.providers.size(); ++i) {
            n.provider[w.providers[i].role][1] = static_cast<ProviderIndex>(i);
            auto& by_slot = n.by_slot[static_cast<std::size_t>(c.roles[w.providers[i].role].team_slot)][1];
            if (by_slot == no_provider) by_slot = static_cast<ProviderIndex>(i);
        }
    }
    w.ties.first = {0};
    for (std::uint32_t i = 0; i < w.providers.size(); ++i) {
        for (std::uint32_t j = 0; j < w.providers.size(); ++j)
            if (i != j) w.ties.tie.push_back({j, 20000, 20000});
        w.ties.first.push_back(static_cast<std::uint32_t>(w.ties.tie.size()));
    }
    std::vector<model::CellWriter> writers;
    std::vector<world::Cell> cells[2];
    std::vector<model::Traveller> people;
    people.reserve(static_cast<std::size_t>(o.persons));
    for (std::uint32_t n = 0; n < 2; ++n) writers.emplace_back(o.capacity, n, 0, cells[n]);
    for (int i = 0; i < o.persons; ++i) {
        const auto id = static_cast<std::uint64_t>(i);
        const Block b = draw(1, id, 0, Purpose::population);
        model::Traveller& t = people.emplace_back();
        t.row.id = id;
        const int age = static_cast<int>(below(b.word[0], 90));
        t.row.birthday = static_cast<std::uint8_t>(i % 12);
        t.row.birth_month = static_cast<std::int16_t>(w.policy_start.index - world::birth_month_zero - age * 12 - (12 - i % 12) % 12);
        std::uint32_t status = 0;
        status = world::status::Sex::set(status, static_cast<std::uint32_t>(i % 2));
        status = world::status::Quintile::set(status, static_cast<std::uint32_t>(i / 2 % 5));
        status = world::status::Bim::set(status, i / 2 % 5 == 0);
        status = world::status::Work::set(status, static_cast<std::uint32_t>(age < 15 ? world::WorkState::child : age < 20 ? world::WorkState::student : age < 65 ? world::WorkState::employed : world::WorkState::retired));
        status = world::status::Activity::set(status, 1);
        status = world::status::Carer::set(status, age > 70);
        t.row.status = status;
        world::Conditions conditions;
        if (b.word[1] % 4 == 0) conditions.set_stage(0, 1 + static_cast<int>(b.word[1] / 4 % 2)), conditions.set_diagnosed(0, true);
        if (b.word[1] % 5 == 0) conditions.set_stage(1, 1), conditions.set_diagnosed(1, b.word[1] % 2 == 0);
        t.row.conditions = conditions.word;
        t.row.frailty_permanent = static_cast<std::uint8_t>(b.word[2]), t.row.frailty_now = static_cast<std::uint8_t>(b.word[2] >> 8);
        t.row.team = world::with_team_rank(world::with_team_rank(0, 0, 1), 4, 1);
        world::Household row;
        row.ceiling_class = static_cast<std::uint8_t>(i / 2 % 2);
        writers[static_cast<std::size_t>(i / 2 % 2)].add(static_cast<HouseholdId>(i / 2), row, t);
    }
    for (std::uint32_t n = 0; n < 2; ++n) {
        writers[n].write();
        for (auto& cell : cells[n]) w.cells.push_back(std::move(cell));
    }
    w.ledger = world::Ledger(static_cast<int>(c.accounts.size()));
    w.pool_cut.assign(world::limit::roles, 0);
    const auto shape = world::BookShape::of(static_cast<int>(c.services.size()), 2, 3, static_cast<int>(c.mechanisms.size()), static_cast<int>(setup.tariffs[0].rows.size()));
    w.month_book = world::Book(shape), w.year_book = world::Book(shape);
    w.place_year.resize(1);
    w.place_year[0].counts.assign(static_cast<std::size_t>(world::GroupCount::count), 0);
    w.base_persons = {o.persons};
    model::set_pieces(w);
    model::recount_stocks(w);
    model::keep_donors(w, 20);
    return setup;
}

}  // namespace tresse::tiny
