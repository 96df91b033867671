#include <algorithm>
#include <bit>

#include "tresse/core/check.hpp"
#include "tresse/core/math.hpp"
#include "tresse/model/contacts.hpp"
#include "tresse/model/effects.hpp"
#include "tresse/model/stages.hpp"

namespace tresse::model {

namespace st = world::status;
namespace st2 = world::status2;

namespace {

/// What is the same for all candidates of a person this month.
struct Asker {
    int slot = 0;
    int rows = 0;
    bool free_care = false;              ///< the household is above its ceiling
    bool beyond = false;                 ///< reads the stream of free care
    const std::uint32_t* accept = nullptr;  ///< thresholds by service for this income and price
    std::uint32_t money = 0;             ///< share of requests given up for money, x 2^32
    float total = 0;
    std::uint8_t row[2 + limit::conditions];
    float width[2 + limit::conditions];
};

/// (a x b) / 2^32.
constexpr std::uint32_t part(std::uint32_t a, std::uint32_t b) { return static_cast<std::uint32_t>((static_cast<std::uint64_t>(a) * b) >> 32); }

/// A share as a threshold of 32 bits.
std::uint32_t threshold(float share) { return share >= 1.0f ? 0xffffffffu : static_cast<std::uint32_t>(static_cast<double>(share) * 0x1p32); }

void read_asker(const Here& here, int slot, Asker& a) {
    const world::Persons& p = here.cell.persons;
    const std::uint32_t status = p.status[slot];
    const std::uint32_t quintile = st::Quintile::get(status);
    a.slot = slot;
    a.row[0] = p.profile[slot];
    a.rows = 1;
    a.beyond = false;
    if (!(world::Conditions{p.conditions[slot]}.none() && st::Dependence::get(status) == 0)) {
        a.rows = mix_rows(here.tables, p, slot, a.row);
        a.total = 0;
        for (int i = 0; i < a.rows; ++i) a.total += a.width[i] = here.tables.need.mix[a.row[i]].total_month;
    }
    const world::Household& h = here.cell.households[p.household[slot]];
    a.free_care = h.paid > here.scratch.ceilings[h.ceiling_class];
    a.accept = here.scratch.accept[0][quintile].data();
    a.money = a.free_care ? 0 : here.scratch.money[st::Bim::get(status)][quintile];
}

/// Planned contacts of several conditions: max + overlap (sum - max), as a share of their sum.
float overlap_share(const Here& here, const Asker& a, std::size_t service) {
    float sum = 0, largest = 0;
    for (int i = 1; i < a.rows; ++i) {
        if (a.row[i] < here.tables.need.mix_dependence + 3) continue;
        const float r = here.tables.need.mix[a.row[i]].rate_month[service];
        sum += r;
        largest = r > largest ? r : largest;
    }
    return sum > 0 ? (largest + here.tables.need.service_overlap[service] * (sum - largest)) / sum : 1.0f;
}

/// Some tests repeat what was done elsewhere; where both sides read the shared record a part of these is not asked again.
/// Random: `u` is uniform in [0, 1024), the part of the mark that nothing else uses.
bool repeat_avoided(Here& here, const Asker& a, std::size_t service, std::uint32_t u) {
    const CoordinationTables& k = here.tables.coordination;
    const float repeated = k.repeated_test_share * 1024.0f;
    if (static_cast<float>(u) >= repeated) return false;
    const ProviderIndex gp = provider_of(here, a.slot, here.prepared.role_of[static_cast<std::size_t>(here.prepared.s_gp)]);
    const ProviderIndex by = provider_of(here, a.slot, here.prepared.role_of[service]);
    const bool read = gp != no_provider && by != no_provider && here.board.row[gp].shares_record && here.board.row[by].shares_record;
    float falls = read ? k.repeated_fall_when_shared : 0.0f;
    const Effect lever = effect_on(here, a.slot, LeverKind::repeated_tests, -1);
    if (lever.any) falls = 1.0f - (1.0f - falls) * exp_f(lever.log_ratio);
    if (static_cast<float>(u) < repeated * falls) {
        here.did(Did::record_read);
        return true;
    }
    here.book.group(GroupCount::repeated_tests, here.cell.persons.group[a.slot]) += 1;
    here.did(Did::repeated_test);
    return false;
}

[[gnu::noinline]] void give_up(Here& here, int slot, GroupCount reason, Did what) {
    here.book.group(reason, here.cell.persons.group[slot]) += 1;
    std::uint32_t& status2 = here.cell.persons.status2[slot];
    status2 = reason == GroupCount::forgone_money ? st2::ForgoneMoney::set(status2, 1) : st2::ForgoneDistance::set(status2, 1);
    here.did(what);
}

/// Nobody takes this person on a list: a part goes to the out-of-hours post, the others go without because all are full.
[[gnu::noinline]] void no_list(Here& here, const Asker& a, std::uint16_t count, std::uint8_t source, std::uint32_t u) {
    const auto s = static_cast<std::size_t>(here.prepared.s_ooh);
    const int rank = provider_rank(here, a.slot, here.prepared.role_of[s]);
    if (rank == 0 || static_cast<float>(u) >= 1024.0f * here.tables.behaviour.no_list_to_night_post) {
        here.book.group(GroupCount::forgone_waiting, here.cell.persons.group[a.slot]) += 1;
        std::uint32_t& status2 = here.cell.persons.status2[a.slot];
        status2 = st2::ForgoneWaiting::set(status2, 1);
        return here.did(Did::forgone_waiting);
    }
    here.did(Did::moved_out_of_hours);
    here.cell.requests.push_back({static_cast<Slot>(a.slot), static_cast<std::uint8_t>(s), 0, static_cast<std::uint8_t>(rank & 15), count, source, here.prepared.line_flags[s]});
}

/// The usual GP is not seen every time; another of the neighbourhood for this once, the next open one of the list, by person.
int another_rank(const Here& here, int slot, std::size_t role, int usual) {
    const int first = 1 + static_cast<int>(here.cell.persons.id[slot] % 7);
    for (int k = 0; k < limit::ranks - 1; ++k) {
        const int rank = 1 + (first + k) % (limit::ranks - 1);
        const ProviderIndex provider = here.place.provider[role][static_cast<std::size_t>(rank)];
        if (rank != usual && provider != no_provider && here.board.row[provider].accepts) return rank;
    }
    return usual;
}

/// The one path by which a wish becomes a request: price, distance, own provider. Care was needed: `take` is uniform below `accepted`.
/// `u` is uniform in [0, 1024).
void wish(Here& here, const Asker& a, std::size_t s, std::uint16_t count, std::uint8_t source, std::uint32_t take, std::uint32_t accepted, std::uint32_t u) {
    const Prepared& prepared = here.prepared;
    Scratch& scratch = here.scratch;
    const std::uint8_t bits = prepared.bits[s];
    if ((bits & service_bit::test) && prepared.s_gp >= 0 && repeat_avoided(here, a, s, u)) return;
    const std::size_t role = prepared.role_of[s];
    scratch.asked[s] += 1;
    int rank = world::team_rank(here.cell.persons.team[a.slot], prepared.team_slot_of[role]);
    if (rank == 0 || here.place.provider[role][static_cast<std::size_t>(rank)] == no_provider) [[unlikely]]
        rank = choose_provider(here, a.slot, static_cast<int>(role));
    const std::uint32_t money = scratch.answers[s] ? part(accepted, a.money) : 0;
    if (take < money) [[unlikely]] return give_up(here, a.slot, GroupCount::forgone_money, Did::forgone_money);
    if (rank == 0 && (bits & service_bit::gp) && prepared.s_ooh >= 0 && s != static_cast<std::size_t>(prepared.s_ooh)) return no_list(here, a, count, source, u);
    const std::uint32_t distance = part(accepted - money, rank == 0 ? 0xffffffffu : prepared.forgone_distance[role][here.place.minutes_away[role][static_cast<std::size_t>(rank)]]);
    if (take - money < distance) {
        // most of those who live far ask less and miss nothing; a part feels it as care gone without
        if (take - money < (rank == 0 ? distance : part(distance, scratch.felt))) give_up(here, a.slot, GroupCount::forgone_distance, Did::forgone_distance);
        return;
    }
    if ((bits & service_bit::gp) && u >= scratch.usual_gp) rank = another_rank(here, a.slot, role, rank);
    here.cell.requests.push_back({static_cast<Slot>(a.slot), static_cast<std::uint8_t>(s), 0, static_cast<std::uint8_t>(rank & 15), count, source, prepared.line_flags[s]});
}

/// Whether the own GP is paid per person: then there are fewer visits (a published association of capitation).
bool capitated(const Here& here, const Asker& a, std::size_t s) {
    const std::size_t role = here.prepared.role_of[s];
    const int rank = world::team_rank(here.cell.persons.team[a.slot], here.prepared.gp_slot);
    const ProviderIndex gp = here.place.provider[role][static_cast<std::size_t>(rank)];
    return rank != 0 && gp != no_provider && here.prepared.capitated[here.board.row[gp].contract];
}

void contact(Here& here, const Asker& a, std::uint32_t mark, std::uint32_t take) {
    const NeedTables& need = here.tables.need;
    Scratch& scratch = here.scratch;
    std::uint8_t row = a.row[0];
    std::uint32_t inside = mark;  // uniform inside the row's share
    if (a.rows > 1) {
        float x = static_cast<float>(static_cast<double>(mark) * (0x1p-32 * static_cast<double>(a.total)));
        int i = 0;
        while (i + 1 < a.rows && x >= a.width[i]) x -= a.width[i++];
        row = a.row[i];
        if (!(a.width[i] > 0)) return;
        inside = threshold(x / a.width[i]);
    }
    const Mix& mix = need.mix[row];
    std::size_t s = inside >> 26;
    if (((inside >> 10) & 0xffffu) >= mix.threshold[s]) s = mix.alias[s];
    std::uint32_t accepted = a.accept[s];
    const bool planned = row >= need.mix_dependence + 3;
    if (planned) {
        accepted = part(accepted, scratch.received[here.prepared.condition_of_mix[row]]);
        if (a.rows > 2 && take < accepted) accepted = part(accepted, threshold(overlap_share(here, a, s)));
    }
    if ((here.prepared.bits[s] & service_bit::gp) && scratch.near_capitation && capitated(here, a, s)) {
        accepted = part(accepted, scratch.capitation);
        here.did(Did::capitation_visits);
    }
    if (take >= accepted) return;
    scratch.wishes[planned ? 1 : 0] += 1;
    scratch.wishes[2] += a.beyond;
    wish(here, a, s, mix.count[s], row, take, accepted, mark & 1023u);
}

/// What people ask beyond the usual once care is free to them. Random: keyed like the usual contacts, the same in every arm; read only when it is free.
[[gnu::noinline]] void free_care(Here& here, Asker& a) {
    const float rate = here.cell.persons.contact_rate[a.slot] * here.prepared.free_stream;
    const std::uint64_t id = here.cell.persons.id[a.slot];
    const auto month = static_cast<std::uint32_t>(here.month.index);
    const Block number = draw(here.rules.seed, id, month, Purpose::free_care);
    const std::uint32_t gate = gate_of(rate);
    if (number.word[0] >= gate) return;
    const int n = candidates(number.word[0], gate, rate);
    a.accept = here.scratch.accept[1][st::Quintile::get(here.cell.persons.status[a.slot])].data();
    a.beyond = true;
    for (int k = 0; k < n; ++k) {
        const Block luck = draw(here.rules.seed, id, month, sub(Purpose::free_care, 1u + static_cast<std::uint32_t>(k / 2)));
        contact(here, a, luck.word[k % 2 * 2], luck.word[k % 2 * 2 + 1]);
    }
}

void standing_care(Here& here) {
    const world::Persons& p = here.cell.persons;
    const auto push = [&](const world::HomeCare& row, int service, int count, std::uint8_t flags) {
        if (service < 0 || service == 255 || count == 0) return;
        const int rank = provider_rank(here, row.slot, here.prepared.role_of[static_cast<std::size_t>(service)]);
        if (rank == 0) return;
        here.scratch.asked[static_cast<std::size_t>(service)] += 1;
        here.cell.requests.push_back({row.slot, static_cast<std::uint8_t>(service), 0, static_cast<std::uint8_t>(rank & 15), static_cast<std::uint16_t>(count), 255, flags});
        here.did(Did::need_standing);
    };
    for (world::HomeCare& row : here.cell.home_care) {
        if (st::NursingHome::get(p.status[row.slot]) != 0) {
            push(row, here.prepared.s_home_day, 30, world::line_flag::emergency);
            continue;
        }
        push(row, row.nursing_service, row.nursing_days, 0);
        push(row, here.prepared.s_home_help, row.help_hours, 0);
        here.book.group(GroupCount::unpaid_hours, p.group[row.slot]) += row.carer_hours * 4 + row.carer_hours / 3;
        if (row.waits_for_home == 0 || here.prepared.s_home_day < 0) continue;
        const std::size_t before = here.cell.requests.size();
        push(row, here.prepared.s_home_day, 30, 0);
        if (here.cell.requests.size() > before) here.cell.requests.back().waited = static_cast<std::uint8_t>(std::min<int>(15, row.waits_for_home) & 15);
    }
}

void book_wishes(Here& here) {
    Scratch& s = here.scratch;
    for (std::size_t k = 0; k < here.catalogue.services.size(); ++k) here.book.service(ServiceCount::asked, static_cast<int>(k)) += s.asked[k];
    const Did what[3] = {Did::need_baseline, Did::need_planned, Did::price_response};
    for (std::size_t k = 0; k < 3; ++k) {
        here.book.mechanism(MechanismCount::persons, static_cast<int>(what[k])) += s.wishes[k];
        here.book.mechanism(MechanismCount::events, static_cast<int>(what[k])) += s.wishes[k];
    }
}

/// Numbers of candidates, and the luck of all but the first, drawn together.
std::size_t draw_candidates(Here& here) {
    const world::Persons& p = here.cell.persons;
    Scratch& s = here.scratch;
    std::size_t n = 0;
    for (int slot = 0; slot < here.cell.slots; ++slot) {
        s.chosen[n] = static_cast<Slot>(slot);
        n += s.luck[1][static_cast<std::size_t>(slot)] < p.contact_gate[slot];
    }
    s.ids.clear(), s.purposes.clear();
    s.numbers.resize(n);
    for (std::size_t i = 0; i < n; ++i) {
        const Slot slot = s.chosen[i];
        const int k = candidates(s.luck[1][slot], p.contact_gate[slot], p.contact_rate[slot]);
        s.numbers[i] = static_cast<std::uint16_t>(k);
        for (int block = 0; block < k / 2; ++block) {
            s.ids.push_back(p.id[slot]);
            s.purposes.push_back(sub(Purpose::contact, static_cast<std::uint32_t>(block)));
        }
    }
    s.blocks.resize(s.ids.size());
    draw_list(here.rules.seed, s.ids.data(), s.purposes.data(), s.ids.size(), static_cast<std::uint32_t>(here.month.index), s.blocks.data());
    return n;
}

}  // namespace

void need(Here& here) {
    Scratch& s = here.scratch;
    const std::size_t n = draw_candidates(here);
    s.asked.fill(0), s.wishes.fill(0);
    s.near_capitation = false;
    if (here.prepared.has_capitation && here.prepared.s_gp >= 0)
        for (const ProviderIndex provider : here.place.provider[here.prepared.role_of[static_cast<std::size_t>(here.prepared.s_gp)]])
            s.near_capitation |= provider != no_provider && here.prepared.capitated[here.board.row[provider].contract];
    s.usual_gp = static_cast<std::uint32_t>(1024.0f * here.tables.start.usual_provider[static_cast<std::size_t>(here.region)] + 0.5f);
    here.cell.requests.reserve(static_cast<std::size_t>(here.cell.slots) * 9 / 4);
    std::size_t block = 0;
    Asker a;
    for (std::size_t i = 0; i < n; ++i) {
        const Slot slot = s.chosen[i];
        read_asker(here, slot, a);
        contact(here, a, s.luck[2][slot], s.luck[3][slot]);
        for (int k = 1; k < s.numbers[i]; ++k) {
            const Block& luck = s.blocks[block + static_cast<std::size_t>((k - 1) / 2)];
            const int at = (k - 1) % 2 * 2;
            contact(here, a, luck.word[at], luck.word[at + 1]);
        }
        block += static_cast<std::size_t>(s.numbers[i] / 2);
        if (a.free_care) [[unlikely]] free_care(here, a);
    }
    standing_care(here);
    book_wishes(here);
}

/// Thresholds of the month that all cells of a piece share.
void prepare_need(Scratch& s, const Prepared& prepared, Month month) {
    const Tables& t = *prepared.rules->tables;
    const world::Catalogue& c = *prepared.rules->catalogue;
    for (std::size_t k = 0; k < c.services.size(); ++k) {
        const float season = t.need.season[k][static_cast<std::size_t>(month.of_year())];
        for (std::size_t q = 0; q < quintiles; ++q) {
            // below the ceiling: the usual stream; above it also the stream of free care, which holds what goes beyond
            const float usual = season / t.need.service_headroom[k];
            const float beyond = prepared.price_factor[1][k][q] - prepared.price_factor[0][k][q];
            TRESSE_CHECK(usual <= 1.0f && beyond <= prepared.free_stream + 1e-4f, "no effect may lift a contact above its declared headroom: raise `need.headroom` in behaviour.yaml");
            s.accept[0][q][k] = threshold(usual * prepared.price_factor[0][k][q]);
            s.accept[1][q][k] = prepared.free_stream > 0 ? threshold(usual * beyond / prepared.free_stream) : 0;
        }
        s.answers[k] = t.behaviour.discretionary[k] > 0;
    }
    for (std::size_t bim = 0; bim < 2; ++bim)
        for (std::size_t q = 0; q < quintiles; ++q) s.money[bim][q] = threshold(t.behaviour.forgone_money[bim][q]);
    for (int k = 0; k < t.disease.conditions; ++k) s.received[static_cast<std::size_t>(k)] = threshold(t.disease.condition[static_cast<std::size_t>(k)].received_share);
    s.felt = threshold(t.behaviour.distance_felt);
    s.capitation = threshold(t.provider.capitation_contact_ratio);
    const funding::Ceiling& ceiling = prepared.rules->tariff(month).ceiling;
    for (std::size_t k = 0; k < s.ceilings.size(); ++k) s.ceilings[k] = static_cast<std::uint32_t>(std::min<Cents>(ceiling_of_class(ceiling, static_cast<std::uint8_t>(k)), 0xffffffff));
}

}  // namespace tresse::model
