#include "tresse/build/fit.hpp"

#include <algorithm>
#include <cmath>

#include "tresse/build/health.hpp"
#include "tresse/core/csv.hpp"
#include "tresse/core/math.hpp"
#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"
#include "tresse/core/text/layout.hpp"
#include "tresse/model/hazards.hpp"

namespace tresse::build {

namespace {

constexpr std::array<const char*, 3> region_names{"flanders", "brussels", "wallonia"};
constexpr std::array<const char*, household_types> type_names{"alone", "couple", "couple with children", "lone parent", "other"};
constexpr std::array<const char*, work_kinds> work_names{"employed", "unemployed", "disabled", "student", "retired", "at home"};

/// Tolerance of a share in a sample: twice its standard error and `own` of itself.
double share_tolerance(double share, double n, double own) { return 2 * std::sqrt(std::max(1e-9, share * (1 - share)) / std::max(1.0, n)) + own * share; }

std::string years(int band) { return band == 20 ? "100+" : std::to_string(band * 5) + "-" + std::to_string(band * 5 + 4); }

/// Collects rows of one subject: a sum of what is wanted, a count of what was built.
struct Tally {
    double wanted = 0, built = 0, n = 0;
};

void add_share(FitReport& out, const std::string& subject, std::string where, const Tally& t, double own) {
    if (t.n > 0)
        out.rows.push_back({subject, std::move(where), t.wanted / t.n, t.built / t.n, share_tolerance(t.wanted / t.n, t.n, own)});
}

void fit_households(FitReport& out, const Reference& reference) {
    for (std::size_t r = 0; r < regions; ++r) {
        std::array<double, household_types> n{}, people{};
        double all = 0;
        for (std::size_t s = 0; s < reference.sample.size(); ++s)
            if (static_cast<std::size_t>(reference.strata[s].region) == r)
                for (const auto& h : reference.sample[s].households)
                    if (h.type != HouseholdType::resident) {
                        n[static_cast<std::size_t>(h.type)] += 1;
                        people[static_cast<std::size_t>(h.type)] += h.members;
                        all += 1;
                    }
        double shares = 0;
        for (const double s : reference.margins.household_share[r])
            shares += s;
        for (std::size_t t = 0; t < household_types && all > 0; ++t) {
            out.rows.push_back({text::tr("households, share"), std::string(region_names[r]) + ", " + type_names[t], reference.margins.household_share[r][t] / shares, n[t] / all, 0.01});
            out.rows.push_back({text::tr("households, persons"), std::string(region_names[r]) + ", " + type_names[t], reference.margins.household_size[r][t], people[t] / std::max(1.0, n[t]), 0.05});
        }
    }
}

void fit_social(FitReport& out, const Reference& reference) {
    std::array<Tally, 5> fifth{};
    std::array<std::array<Tally, 3>, regions> diploma{};
    std::array<std::array<Tally, work_kinds>, regions> work{};
    std::array<std::array<Tally, 4>, regions> bim{};
    Tally smokers, inactive;
    for (const auto& settlement : reference.sample)
        for (const auto& p : settlement.people) {
            const auto b = static_cast<std::size_t>(band_of(p.age));
            for (std::size_t q = 0; q < 5; ++q)
                fifth[q].n += 1, fifth[q].wanted += 0.2, fifth[q].built += p.quintile == q;
            auto& by_age = bim[p.region][p.age < 20 ? 0 : p.age < 65 ? 1 : p.age < 75 ? 2 : 3];
            by_age.n += 1, by_age.wanted += reference.margins.bim[p.region][b], by_age.built += p.bim;
            if (p.age < 15)
                continue;
            for (std::size_t d = 0; d < 3; ++d)
                diploma[p.region][d].n += 1, diploma[p.region][d].wanted += reference.margins.education[p.region][p.sex][b][d], diploma[p.region][d].built += p.education == d;
            using W = world::WorkState;
            const std::array<bool, work_kinds> is{p.work == W::employed || p.work == W::sick_leave, p.work == W::unemployed, p.work == W::disabled, p.work == W::student, p.work == W::retired, p.work == W::at_home};
            for (std::size_t w = 0; w < work_kinds; ++w)
                work[p.region][w].n += 1, work[p.region][w].wanted += reference.margins.work[p.region][p.sex][b][w], work[p.region][w].built += is[w];
            smokers.n += 1, smokers.wanted += reference.margins.daily_smoker[p.education][p.sex][b], smokers.built += p.smoking == 2;
            inactive.n += 1, inactive.wanted += reference.margins.inactive[p.education][p.sex][b], inactive.built += p.activity == 0;
        }
    for (std::size_t q = 0; q < 5; ++q)
        add_share(out, text::tr("income fifth"), "fifth " + std::to_string(q + 1), fifth[q], 0.01);
    constexpr std::array<const char*, 3> diplomas{"low", "middle", "high"};
    constexpr std::array<const char*, 4> ages{"0-19", "20-64", "65-74", "75+"};
    for (std::size_t r = 0; r < regions; ++r) {
        for (std::size_t d = 0; d < 3; ++d)
            add_share(out, text::tr("diploma, 15+"), std::string(region_names[r]) + ", " + diplomas[d], diploma[r][d], 0.01);
        for (std::size_t w = 0; w < work_kinds; ++w)
            add_share(out, text::tr("work, 15+"), std::string(region_names[r]) + ", " + work_names[w], work[r][w], 0.02);
        for (std::size_t a = 0; a < 4; ++a)
            add_share(out, text::tr("increased reimbursement"), std::string(region_names[r]) + ", " + ages[a], bim[r][a], 0.03);
    }
    add_share(out, text::tr("daily smokers, 15+"), "pack", smokers, 0.02);
    add_share(out, text::tr("inactive, 15+"), "pack", inactive, 0.02);
}

void fit_health(FitReport& out, const Reference& reference, const world::Catalogue& catalogue, const model::Tables& tables) {
    for (std::size_t c = 0; c < catalogue.conditions.size(); ++c) {
        BySexBand<Tally> tally{};
        Tally all;
        for (const auto& settlement : reference.sample)
            for (const auto& p : settlement.people) {
                const auto wanted = static_cast<double>(tables.disease.condition[c].prevalence[p.sex][p.age]);
                auto& t = tally[p.sex][static_cast<std::size_t>(band_of(p.age))];
                const bool has = p.conditions.has(static_cast<int>(c));
                t.n += 1, t.wanted += wanted, t.built += has;
                all.n += 1, all.wanted += wanted, all.built += has;
            }
        add_share(out, text::tr("chronic condition"), catalogue.conditions[c].id, all, 0.005);
        for (std::size_t s = 0; s < 2; ++s)
            for (std::size_t b = 0; b < bands; ++b)
                if (tally[s][b].wanted >= 20)
                    add_share(out, text::tr("condition by sex and age"), catalogue.conditions[c].id + ", " + text::tr(s == 0 ? "women" : "men") + " " + years(static_cast<int>(b)), tally[s][b], 0.03);
    }
    std::array<Tally, 4> katz{};
    Tally residents;
    for (const auto& settlement : reference.sample)
        for (const auto& p : settlement.people) {
            if (p.age < 65)
                continue;
            residents.n += 1, residents.built += p.resident(), residents.wanted += reference.norms.living.resident[p.region][p.sex][static_cast<std::size_t>(band_of(p.age))];
            if (!p.resident())
                for (std::size_t k = 0; k < 4; ++k)
                    katz[k].n += 1, katz[k].wanted += static_cast<double>(tables.dependence.share_home[k]), katz[k].built += p.dependence == k;
        }
    add_share(out, text::tr("nursing home, 65+"), "pack", residents, 0.01);
    for (std::size_t k = 0; k < 4; ++k)
        add_share(out, text::tr("dependence at home, 65+"), "class " + std::to_string(k), katz[k], 0.03);
}

}  // namespace

std::size_t FitReport::misfits() const {
    return static_cast<std::size_t>(std::count_if(rows.begin(), rows.end(), [](const FitRow& r) { return !r.fits(); }));
}

std::string FitReport::text(std::size_t most) const {
    std::vector<const FitRow*> order;
    for (const auto& r : rows)
        order.push_back(&r);
    std::stable_sort(order.begin(), order.end(), [](const FitRow* a, const FitRow* b) { return a->fits() < b->fits(); });
    const auto pad = [](const std::string& s, std::size_t n) { return text::pad_right(s, n); };
    const auto number = [](double x) { return number_text(round_digits(x, 5)); };
    using text::tr;
    std::string out = pad(tr("subject"), 31) + pad(tr("where"), 40) + pad(tr("pack"), 12) + pad(tr("built"), 12) + tr("fits") + "\n";
    for (std::size_t i = 0; i < std::min(most, order.size()); ++i)
        out += pad(order[i]->subject, 31) + pad(order[i]->where, 40) + pad(number(order[i]->wanted), 12) + pad(number(order[i]->built), 12) + (order[i]->fits() ? tr("yes") : tr("no")) + "\n";
    if (order.size() > most)
        out += text::fill(tr("and {n} more"), {{"n", static_cast<long long>(order.size() - most)}}) + "\n";
    return out;
}

FitReport fit_of(const Reference& reference, const Completion& completion, const world::Catalogue& catalogue, const model::Tables& tables) {
    FitReport out;
    fit_households(out, reference);
    fit_social(out, reference);
    fit_health(out, reference, catalogue, tables);
    out.repairs = completion.repairs;
    out.roles = completion.roles;
    return out;
}

namespace {

struct PlaceCount {
    BySexBand<std::int64_t> people{};
    double bim = 0, residents = 0, without_gp = 0, all = 0;
};

std::vector<PlaceCount> count_places(const world::World& world, std::size_t places) {
    namespace st = world::status;
    std::vector<PlaceCount> count(places);
    for (const auto& cell : world.cells) {
        auto& c = count[cell.municipality];
        for (int s = 0; s < cell.slots; ++s) {
            if (cell.persons.empty(s))
                continue;
            const auto status = cell.persons.status[s];
            const int age = model::age_at(cell.persons.birth_month[s], world.policy_start.index);
            c.people[st::Sex::get(status)][static_cast<std::size_t>(band_of(age))] += 1;
            c.bim += st::Bim::get(status);
            c.residents += st::NursingHome::get(status);
            c.without_gp += world::team_rank(cell.persons.team[s], 0) == 0;
            c.all += 1;
        }
    }
    return count;
}

}  // namespace

FitReport fit_of(const world::World& world, const scenario::Region& region, const std::vector<int>& area, const Reference& reference, const world::Catalogue& catalogue,
                 const model::Tables& tables) {
    FitReport out;
    const auto count = count_places(world, area.size());
    const int gp_role = catalogue.role("gp");
    double people = 0, wanted_posts = 0, posts = 0, without = 0;
    for (std::size_t i = 0; i < area.size(); ++i) {
        const auto& town = region.municipalities[static_cast<std::size_t>(area[i])];
        double wanted_residents = 0;
        for (std::size_t s = 0; s < 2; ++s)
            for (std::size_t b = 0; b < bands; ++b) {
                const double wanted = static_cast<double>(town.population[s][b]) / world.sample;
                wanted_residents += wanted * reference.norms.living.resident[static_cast<std::size_t>(town.region)][s][b];
                out.rows.push_back({text::tr("inhabitants"), std::to_string(town.nis) + " " + text::tr(s == 0 ? "women" : "men") + " " + years(static_cast<int>(b)), wanted, static_cast<double>(count[i].people[s][b]),
                                    world.sample == 1 ? 0.0 : 3 * std::sqrt(wanted) + 3});
            }
        const double bim = logistic(logit(std::clamp(town.bim_share, 0.002, 0.9)) + reference.norms.social.bim_shift[static_cast<std::size_t>(town.region)]);
        out.rows.push_back({text::tr("increased reimbursement"), std::to_string(town.nis), bim, count[i].bim / std::max(1.0, count[i].all),
                            // Households are drawn, persons are counted.
                            0.002 + 2 * std::sqrt(2.3 * bim * (1 - bim) / std::max(1.0, count[i].all))});
        out.rows.push_back({text::tr("nursing home residents"), std::to_string(town.nis), wanted_residents, count[i].residents, 2 + 0.02 * wanted_residents + (world.sample == 1 ? 0 : 4 * std::sqrt(wanted_residents))});
        people += count[i].all * world.sample;
        without += count[i].without_gp;
        for (std::size_t k = 0; k < catalogue.kinds.size(); ++k)
            if (catalogue.kinds[k].role == gp_role)
                wanted_posts += town.inhabitants() / 10000.0 * static_cast<double>(tables.provider.kind[k].posts_per_10000[static_cast<std::size_t>(town.region)]);
    }
    for (const auto& p : world.providers)
        if (p.role == gp_role && !p.outside)
            posts += p.posts_milli / 1000.0 * world.sample;
    if (people > 0) {
        out.rows.push_back({text::tr("GP posts per 10,000"), "area", wanted_posts / people * 10000, posts / people * 10000, 0.15 * wanted_posts / people * 10000});
        out.rows.push_back({text::tr("without a GP"), "area", 0.1, without * world.sample / people, 0.05});
    }
    return out;
}

}  // namespace tresse::build
