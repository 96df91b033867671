#include "tresse/build/households.hpp"

#include <algorithm>
#include <utility>

#include "tresse/core/check.hpp"
#include "tresse/core/math.hpp"

namespace tresse::build {

namespace {

constexpr int first_adult_band = 3;             // 15-19: those of 18 and 19 who have left home
constexpr int adult_bands = bands - first_adult_band;
constexpr std::uint32_t nobody = 0xffffffffu;

// Draws of Purpose::population / Purpose::household, by person.
constexpr std::uint32_t luck_person = 1;        // population: month of birth, order in the band
constexpr std::uint32_t luck_match = 1;         // household: matching age, family's spread

/// Everything that the steps below pass on.
struct Work {
    const PlaceInput& place;
    const LivingNorms& norms;
    const BuildParameters& parameters;
    PlaceLuck luck;
    std::vector<Inhabitant> people;
    std::vector<std::uint32_t> order_word;      // keyed order inside a band
    std::array<std::array<std::pair<std::uint32_t, std::uint32_t>, bands>, 2> range{};  // [first, last) of a sex and band
    std::vector<std::uint32_t> children;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> couples;   // woman, man
    std::vector<std::uint32_t> alone, lone, other, residents;
    std::vector<bool> couple_has_children;
    std::vector<std::uint32_t> parent_of_child;                     // family row of each child in `children`
    int misfits = 0;
};

int months_old(const Inhabitant& p) { return p.age * 12 + p.months; }

void make_people(Work& w) {
    std::uint32_t key = 0;
    const auto r = static_cast<std::size_t>(w.place.region);
    w.people.reserve(static_cast<std::size_t>(w.place.inhabitants()));
    w.order_word.reserve(w.people.capacity());
    for (std::size_t s = 0; s < 2; ++s)
        for (std::size_t b = 0; b < bands; ++b) {
            const auto n = static_cast<std::uint32_t>(w.place.count[s][b]);
            const auto& weight = w.norms.age_weight[r][s][b];
            const double start = w.luck.start(Purpose::population, 100u + static_cast<std::uint32_t>(s * bands + b));
            w.range[s][b] = {key, key + n};
            int j = 0;
            double until = weight[0];
            for (std::uint32_t k = 0; k < n; ++k, ++key) {
                const double at = (k + start) / n;
                while (at >= until && j < (b == 20 ? 10 : 4))
                    until += weight[static_cast<std::size_t>(++j)];
                const auto block = w.luck.of(key, Purpose::population, luck_person);
                Inhabitant p;
                p.key = key;
                p.sex = static_cast<std::uint8_t>(s);
                p.region = static_cast<std::uint8_t>(w.place.region);
                p.age = static_cast<std::uint8_t>(static_cast<int>(b) * 5 + j);
                p.months = static_cast<std::uint8_t>(below(block.word[0], 12));
                w.people.push_back(p);
                w.order_word.push_back(block.word[1]);
            }
        }
}

/// Nursing homes and children at home; the rest of each sex and band are adults who need a place.
void set_apart(Work& w, std::array<std::vector<std::uint32_t>, 2 * adult_bands>& adults) {
    const auto r = static_cast<std::size_t>(w.place.region);
    Systematic homes(w.luck.start(Purpose::household, 200)), at_home(w.luck.start(Purpose::household, 201));
    for (std::size_t s = 0; s < 2; ++s)
        for (std::size_t b = 0; b < bands; ++b)
            for (auto i = w.range[s][b].first; i < w.range[s][b].second; ++i) {
                auto& p = w.people[i];
                if (b >= 13 && homes.take(w.norms.resident[r][s][b])) {
                    p.position = Position::resident;
                    w.residents.push_back(i);
                } else if (b < 10 && at_home.take(w.norms.at_home[r][s][p.age])) {
                    p.position = Position::child;
                    w.children.push_back(i);
                } else {
                    // Nobody under 15 comes here: the share at home is 1.
                    adults[s * adult_bands + b - first_adult_band].push_back(i);
                }
            }
    for (auto& list : adults)
        std::sort(list.begin(), list.end(), [&](std::uint32_t a, std::uint32_t b) {
            return w.order_word[a] != w.order_word[b] ? w.order_word[a] < w.order_word[b] : a < b;
        });
}

/// Chance that the mother of a child was `d` years older, for d = 0..60; adds to 1.
std::array<double, 61> mother_older(const BuildParameters& parameters) {
    std::array<double, 61> chance{};
    double sum = 0;
    for (int d = 15; d <= 50; ++d) {
        const double x = (d - parameters.mother_age_at_first_years - 1.6) / parameters.mother_age_spread_years;
        sum += chance[static_cast<std::size_t>(d)] = exp_d(-0.5 * x * x);
    }
    for (auto& c : chance)
        c /= sum;
    return chance;
}

/// Expected number of children at home by the five-year age of their mothers.
std::array<double, bands> children_by_mother(const Work& w) {
    const auto chance = mother_older(w.parameters);
    std::array<double, 111> kids{};
    for (const auto i : w.children)
        kids[w.people[i].age] += 1;
    std::array<double, bands> out{};
    for (int a = 0; a < 60; ++a)
        if (kids[static_cast<std::size_t>(a)] > 0)
            for (int d = 15; d <= 50; ++d)
                out[static_cast<std::size_t>(band_of(a + d))] += kids[static_cast<std::size_t>(a)] * chance[static_cast<std::size_t>(d)];
    return out;
}

enum Column : int { column_alone, column_women, column_men, column_lone, column_other, columns };

/// First guess of who lives how, fitted to the plan's totals.
std::vector<double> fitted_positions(const Work& w, const std::array<std::vector<std::uint32_t>, 2 * adult_bands>& adults, const HouseholdPlan& plan) {
    const auto mothers = children_by_mother(w);
    double all_children = 1e-9;
    for (const double m : mothers)
        all_children += m;
    std::vector<double> table(static_cast<std::size_t>(2 * adult_bands * columns), 0.0), rows;
    for (std::size_t s = 0; s < 2; ++s)
        for (std::size_t i = 0; i < adult_bands; ++i) {
            const auto n = static_cast<double>(adults[s * adult_bands + i].size());
            double* cell = &table[(s * adult_bands + i) * columns];
            const auto& p = w.parameters;
            cell[column_alone] = n * (s == 0 ? p.women_alone[i] : p.men_alone[i]);
            cell[s == 0 ? column_women : column_men] = n * (s == 0 ? p.women_couple[i] : p.men_couple[i]);
            // Lone parents are as old as mothers are; lone fathers a few years older.
            const std::size_t b = i + first_adult_band;
            const double share = (s == 0 ? mothers[b] : 0.5 * (mothers[b] + mothers[b - 1])) / all_children;
            cell[column_lone] = plan.lone_parent * share / (1 + p.lone_father_odds) * (s == 0 ? 1.0 : p.lone_father_odds);
            cell[column_other] = n * p.other_member[i];
            if (n == 0)
                cell[column_lone] = 0;
            rows.push_back(n);
        }
    const double pairs = plan.couple + plan.couple_children;
    double filled = plan.alone + 2 * pairs + plan.lone_parent, people = 0;
    for (const double n : rows)
        people += n;
    const std::array<double, columns> sums{plan.alone, pairs, pairs, plan.lone_parent, std::max(0.0, people - filled)};
    rake(table, rows, sums, 60);
    return table;
}

/// Whole numbers by carried remainders; couples have as many women as men.
void give_positions(Work& w, std::array<std::vector<std::uint32_t>, 2 * adult_bands>& adults, const HouseholdPlan& plan) {
    const auto table = fitted_positions(w, adults, plan);
    std::array<double, columns> carried;
    carried.fill(0.5);
    std::array<std::vector<std::uint32_t>, 2> partners;
    for (std::size_t row = 0; row < adults.size(); ++row) {
        const auto& list = adults[row];
        std::size_t at = 0;
        const auto take = [&](Column c, std::vector<std::uint32_t>& into, Position position) {
            carried[c] += table[row * columns + static_cast<std::size_t>(c)];
            auto n = static_cast<std::size_t>(carried[c]);
            carried[c] -= static_cast<double>(n);
            for (; n > 0 && at < list.size(); --n, ++at) {
                w.people[list[at]].position = position;
                into.push_back(list[at]);
            }
        };
        const std::size_t sex = row / adult_bands;
        take(sex == 0 ? column_women : column_men, partners[sex], Position::partner);
        take(column_alone, w.alone, Position::alone);
        take(column_lone, w.lone, Position::lone_parent);
        for (; at < list.size(); ++at) {
            w.people[list[at]].position = Position::other;
            w.other.push_back(list[at]);
        }
    }
    // A woman or man too many lives in a household of other kind.
    while (partners[0].size() != partners[1].size()) {
        auto& longer = partners[0].size() > partners[1].size() ? partners[0] : partners[1];
        const std::size_t middle = longer.size() / 2;
        w.people[longer[middle]].position = Position::other;
        w.other.push_back(longer[middle]);
        longer.erase(longer.begin() + static_cast<std::ptrdiff_t>(middle));
    }
    std::array<std::vector<std::uint64_t>, 2> by_age;
    for (std::size_t s = 0; s < 2; ++s) {
        for (const auto i : partners[s]) {
            const double noise = rough_normal(w.luck.of(w.people[i].key, Purpose::household, luck_match).word[0]) * w.parameters.couple_age_noise_years * 12;
            by_age[s].push_back(static_cast<std::uint64_t>(1000 + months_old(w.people[i]) + static_cast<int>(noise)) << 32 | i);
        }
        std::sort(by_age[s].begin(), by_age[s].end());
    }
    for (std::size_t k = 0; k < by_age[0].size(); ++k)
        w.couples.emplace_back(static_cast<std::uint32_t>(by_age[0][k]), static_cast<std::uint32_t>(by_age[1][k]));
}

/// Which couples have children at home: those whose woman has the age of the children's mothers.
void choose_parents(Work& w, std::size_t wanted, double children_per_family) {
    w.couple_has_children.assign(w.couples.size(), false);
    wanted = std::min(wanted, w.couples.size());
    if (wanted == 0)
        return;
    const auto mothers = children_by_mother(w);
    std::array<double, bands> women{}, lone{}, chance{};
    for (const auto& [woman, man] : w.couples)
        women[static_cast<std::size_t>(band_of(w.people[woman].age))] += 1;
    for (const auto i : w.lone)
        lone[static_cast<std::size_t>(band_of(w.people[i].age))] += 1;
    for (std::size_t b = 0; b < bands; ++b)
        chance[b] = women[b] == 0 ? 0 : std::max(b < 14 ? 0.01 : 0.001, (mothers[b] / children_per_family - lone[b]) / women[b]);
    double scale = 1;
    for (int step = 0; step < 30; ++step) {
        double sum = 0;
        for (std::size_t b = 0; b < bands; ++b)
            sum += women[b] * std::min(1.0, scale * chance[b]);
        scale *= std::clamp(static_cast<double>(wanted) / sum, 0.1, 10.0);
    }
    Systematic pick(0.5);
    std::size_t taken = 0;
    for (std::size_t c = 0; c < w.couples.size(); ++c) {
        w.couple_has_children[c] = pick.take(std::min(1.0, scale * chance[static_cast<std::size_t>(band_of(w.people[w.couples[c].first].age))]));
        taken += w.couple_has_children[c] ? 1u : 0u;
    }
    for (std::size_t c = 0; c < w.couples.size() && taken < wanted; ++c)
        if (!w.couple_has_children[c] && w.people[w.couples[c].first].age < 50)
            w.couple_has_children[c] = true, ++taken;
    for (std::size_t c = 0; c < w.couples.size() && taken > wanted; ++c)
        if (w.couple_has_children[c])
            w.couple_has_children[c] = false, --taken;
}

struct Family {
    std::uint32_t parent = 0;      // the mother, or the lone father
    int parent_months = 0;         // mother's age, or what it would be
    int children = 1;
};

/// Numbers of children beyond the first, with the wanted mean: a usual spread, tilted.
std::array<double, 6> extra_children(double mean) {
    constexpr std::array<double, 6> usual{0.45, 0.37, 0.125, 0.035, 0.013, 0.007};
    std::array<double, 6> share{};
    double low = 1e-4, high = 50;
    for (int step = 0; step < 50; ++step) {
        const double tilt = (low + high) / 2;
        double sum = 0, first = 0, power = 1;
        for (std::size_t e = 0; e < 6; ++e, power *= tilt) {
            share[e] = usual[e] * power;
            sum += share[e];
            first += share[e] * static_cast<double>(e);
        }
        for (auto& s : share)
            s /= sum;
        (first / sum < mean ? low : high) = tilt;
    }
    return share;
}

void spread_children(Work& w, std::vector<Family>& families, double mean_extra, std::size_t first, std::size_t last) {
    if (first == last)
        return;
    const auto share = extra_children(std::clamp(mean_extra, 0.0, 4.0));
    const auto n = static_cast<std::uint32_t>(last - first);
    Walk walk(n, w.luck.of(0xfffffff0u, Purpose::household, 202u + static_cast<std::uint32_t>(first > 0)));
    for (std::uint32_t k = 0; k < n; ++k) {
        double at = (k + 0.5) / n;
        int extra = 0;
        while (extra < 5 && at >= share[static_cast<std::size_t>(extra)])
            at -= share[static_cast<std::size_t>(extra++)];
        families[first + walk.next()].children = 1 + extra;
    }
}

/// Families with their numbers of children, which add to the children of the place.
std::vector<Family> make_families(Work& w) {
    std::vector<Family> families;
    for (std::size_t c = 0; c < w.couples.size(); ++c)
        if (w.couple_has_children[c])
            families.push_back({w.couples[c].first, months_old(w.people[w.couples[c].first]), 1});
    const std::size_t pairs = families.size();
    for (const auto i : w.lone) {
        const int later = w.people[i].sex == 1 ? static_cast<int>(w.parameters.father_older_years * 12) : 0;
        families.push_back({i, months_old(w.people[i]) - later, 1});
    }
    const auto r = static_cast<std::size_t>(w.place.region);
    const double of_pair = w.norms.children_per_couple[r] - 1, of_lone = w.norms.children_per_lone[r] - 1;
    const double extras = static_cast<double>(w.children.size()) - static_cast<double>(families.size());
    const double expected = static_cast<double>(pairs) * of_pair + static_cast<double>(families.size() - pairs) * of_lone;
    const double scale = expected > 0 ? std::max(0.0, extras) / expected : 0;
    spread_children(w, families, of_pair * scale, 0, pairs);
    spread_children(w, families, of_lone * scale, pairs, families.size());
    long long missing = static_cast<long long>(w.children.size());
    for (const auto& f : families)
        missing -= f.children;
    TRESSE_CHECK(families.empty() || families.size() <= w.children.size(), "every family has a child at home");
    for (std::size_t i = 0; missing != 0 && !families.empty(); i = (i + 1) % families.size()) {
        const int step = missing > 0 ? 1 : families[i].children > 1 ? -1 : 0;
        families[i].children += step;
        missing -= step;
    }
    return families;
}

bool plausible(int mother_months, int child_months) { return mother_months - child_months >= 15 * 12 && mother_months - child_months <= 50 * 12; }

/// Children to families: places for children by the age that is due there, children by age, matched by rank; then near swaps for misfits.
void match_children(Work& w, const std::vector<Family>& families) {
    std::vector<std::uint64_t> due, young;
    for (std::uint32_t f = 0; f < families.size(); ++f) {
        const auto block = w.luck.of(w.people[families[f].parent].key, Purpose::household, luck_match);
        const double family_noise = rough_normal(block.word[1]) * w.parameters.mother_age_spread_years * 12;
        for (int j = 0; j < families[f].children; ++j) {
            const double own_noise = rough_normal(mix64(block.word[2], static_cast<std::uint64_t>(j)) & 0xffffffffu) * 8;
            const double age = families[f].parent_months - 12 * (w.parameters.mother_age_at_first_years + j * w.parameters.birth_interval_years) + family_noise + own_noise;
            due.push_back(static_cast<std::uint64_t>(2400 + static_cast<int>(age)) << 32 | f);
        }
    }
    for (std::uint32_t c = 0; c < w.children.size(); ++c)
        young.push_back(static_cast<std::uint64_t>(months_old(w.people[w.children[c]])) << 32 | c);
    std::sort(due.begin(), due.end());
    std::sort(young.begin(), young.end());
    TRESSE_CHECK(due.size() == young.size(), "families have a place for every child");
    const auto mother = [&](std::size_t i) { return families[static_cast<std::uint32_t>(due[i])].parent_months; };
    const auto child = [&](std::size_t i) { return static_cast<int>(young[i] >> 32); };
    const std::size_t n = due.size();
    for (std::size_t i = 0; i < n; ++i) {
        if (plausible(mother(i), child(i)))
            continue;
        bool solved = false;
        for (std::size_t d = 1; d < 4000 && !solved; ++d)
            for (const std::size_t j : {i + d, i - d})
                if (j < n && plausible(mother(i), child(j)) && plausible(mother(j), child(i))) {
                    std::swap(young[i], young[j]);
                    solved = true;
                    break;
                }
        w.misfits += solved ? 0 : 1;
    }
    w.parent_of_child.assign(w.children.size(), nobody);
    for (std::size_t i = 0; i < n; ++i)
        w.parent_of_child[static_cast<std::uint32_t>(young[i])] = families[static_cast<std::uint32_t>(due[i])].parent;
}

/// Households as lists of members in the order in which they were formed.
struct Lists {
    std::vector<HouseholdDraft> households;
    std::vector<std::uint32_t> founder;
    std::vector<std::uint32_t> of_person;
    std::uint32_t add(HouseholdType type, std::uint32_t person) {
        HouseholdDraft h;
        h.type = type;
        households.push_back(h);
        founder.push_back(person);
        join(person, static_cast<std::uint32_t>(households.size() - 1));
        return static_cast<std::uint32_t>(households.size() - 1);
    }
    void join(std::uint32_t person, std::uint32_t household) {
        of_person[person] = household;
        ++households[household].members;
    }
};

void form_others(Work& w, Lists& lists) {
    // Keyed order mixes ages: a shared flat, an old parent with a grown-up child, brothers and sisters.
    std::sort(w.other.begin(), w.other.end(), [&](std::uint32_t a, std::uint32_t b) { return w.order_word[a] != w.order_word[b] ? w.order_word[a] < w.order_word[b] : a < b; });
    const auto r = static_cast<std::size_t>(w.place.region);
    Systematic size(0.5);
    for (std::size_t i = 0; i < w.other.size();) {
        auto members = static_cast<std::size_t>(std::max(2, size.take_count(w.norms.other_size[r])));
        if (w.other.size() - i < members + 2)
            members = w.other.size() - i;
        const bool single = members == 1;
        const auto h = lists.add(single ? HouseholdType::alone : HouseholdType::other, w.other[i]);
        if (single)
            w.people[w.other[i]].position = Position::alone;
        for (std::size_t k = 1; k < members; ++k)
            lists.join(w.other[i + k], h);
        i += members;
    }
}

Settlement collect(Work& w, Lists& lists) {
    const auto n = static_cast<std::uint32_t>(lists.households.size());
    std::vector<std::pair<std::uint64_t, std::uint32_t>> order(n);
    for (std::uint32_t h = 0; h < n; ++h)
        order[h] = {mix64(w.luck.seed, w.place.key << 32 | w.people[lists.founder[h]].key, 5), h};
    std::sort(order.begin(), order.end());
    Settlement out;
    out.misfits = w.misfits;
    out.households.reserve(n);
    std::vector<std::uint32_t> row(n), next(n);
    std::uint32_t first = 0;
    for (const auto& [hash, h] : order) {
        row[h] = static_cast<std::uint32_t>(out.households.size());
        next[h] = lists.households[h].first = first;
        first += lists.households[h].members;
        out.households.push_back(lists.households[h]);
    }
    out.people.resize(w.people.size());
    for (const bool grown_up : {true, false})
        for (std::uint32_t i = 0; i < w.people.size(); ++i) {
            auto& p = w.people[i];
            if ((p.position != Position::child) != grown_up)
                continue;
            const auto h = lists.of_person[i];
            TRESSE_CHECK(h != nobody, "every inhabitant lives in a household");
            p.household = row[h];
            out.people[next[h]++] = p;
        }
    return out;
}

Settlement form_households(Work& w) {
    Lists lists;
    lists.of_person.assign(w.people.size(), nobody);
    for (std::size_t c = 0; c < w.couples.size(); ++c)
        lists.join(w.couples[c].second, lists.add(w.couple_has_children[c] ? HouseholdType::couple_children : HouseholdType::couple, w.couples[c].first));
    for (const auto i : w.lone)
        lists.add(HouseholdType::lone_parent, i);
    for (const auto i : w.alone)
        lists.add(HouseholdType::alone, i);
    for (const auto i : w.residents)
        lists.add(HouseholdType::resident, i);
    form_others(w, lists);
    for (std::size_t c = 0; c < w.children.size(); ++c) {
        const auto parent = w.parent_of_child[c];
        if (parent == nobody) {
            lists.add(HouseholdType::other, w.children[c]);  // a place without any adult
            continue;
        }
        lists.join(w.children[c], lists.of_person[parent]);
        auto& mother = w.people[parent];
        mother.children = static_cast<std::uint8_t>(std::min(15, mother.children + 1));
    }
    return collect(w, lists);
}

}  // namespace

HouseholdPlan plan_households(const PlaceInput& place, const LivingNorms& norms, double persons, double children) {
    const auto r = static_cast<std::size_t>(place.region);
    const double adults = std::max(0.0, persons - children);
    const double per_family = (1 - norms.lone_share[r]) * norms.children_per_couple[r] + norms.lone_share[r] * norms.children_per_lone[r];
    const double families = std::min(children / std::max(1.0, per_family), adults / (2 - norms.lone_share[r]));
    const double q = logistic(logit(std::clamp(place.one_person_share, 0.01, 0.95)) + norms.one_person_shift[r]);
    HouseholdPlan plan;
    plan.lone_parent = families * norms.lone_share[r];
    plan.couple_children = families - plan.lone_parent;
    const double size = std::max(2.0, norms.other_size[r]);
    const double free = adults - plan.lone_parent - 2 * plan.couple_children;
    plan.other = std::clamp(norms.other_per_person[r] * persons, 0.0, 0.5 * free / size);
    plan.alone = std::clamp(q * (adults + plan.lone_parent - (size - 2) * plan.other) / (2 - q), 0.0, free - size * plan.other);
    plan.couple = (free - size * plan.other - plan.alone) / 2;
    return plan;
}

Settlement settle(const PlaceInput& place, const LivingNorms& norms, const BuildParameters& parameters, std::uint64_t seed) {
    Work w{place, norms, parameters, {seed, place.key}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, 0};
    make_people(w);
    std::array<std::vector<std::uint32_t>, 2 * adult_bands> adults;
    set_apart(w, adults);
    const auto plan = plan_households(place, norms, static_cast<double>(w.people.size() - w.residents.size()), static_cast<double>(w.children.size()));
    give_positions(w, adults, plan);
    // A place with fewer children than lone parents: those who are left live alone.
    while (w.lone.size() > w.children.size()) {
        w.people[w.lone.back()].position = Position::alone;
        w.alone.push_back(w.lone.back());
        w.lone.pop_back();
    }
    const double families = plan.couple_children + plan.lone_parent;
    const double wanted = std::min(families, static_cast<double>(w.children.size())) - static_cast<double>(w.lone.size());
    std::size_t pairs = static_cast<std::size_t>(std::max(0.0, wanted + 0.5));
    if (!w.children.empty() && pairs == 0 && w.lone.empty())
        pairs = 1;
    choose_parents(w, pairs, families > 0 ? static_cast<double>(w.children.size()) / families : 1.0);
    const auto parents = make_families(w);
    if (!parents.empty())
        match_children(w, parents);
    else
        w.parent_of_child.assign(w.children.size(), nobody);
    return form_households(w);
}

}  // namespace tresse::build
