#include <algorithm>
#include <bit>

#include "alike.hpp"
#include "tresse/core/check.hpp"
#include "tresse/core/math.hpp"
#include "tresse/model/contacts.hpp"
#include "tresse/model/effects.hpp"
#include "tresse/model/stages.hpp"

namespace tresse::model {

namespace st = world::status;
namespace st2 = world::status2;

namespace {

using MixRow = std::array<Prepared::MixColumn, limit::services>;

/// Rows of the mix of a person who has more than the baseline row; `below[i]` is the sum of the weights of the rows up to i.
struct Rows {
    int rows = 0;
    std::uint32_t total = 0;
    std::uint8_t row[2 + limit::conditions];
    std::uint32_t below[2 + limit::conditions];
};

/// (a x b) / 2^32.
constexpr std::uint32_t part(std::uint32_t a, std::uint32_t b) { return static_cast<std::uint32_t>((static_cast<std::uint64_t>(a) * b) >> 32); }

/// A share as a threshold of 32 bits.
std::uint32_t threshold(float share) { return share >= 1.0f ? 0xffffffffu : static_cast<std::uint32_t>(static_cast<double>(share) * 0x1p32); }

/// Filled in place: a copy right after single stores waits for each of them.
void rows_of(const Here& here, int slot, Rows& a) {
    a.total = 0;
    for (std::size_t k = 0; k < 4; ++k) a.below[k] = 0xffffffffu;
    const MixRows& mix = here.prepared.mix_rows;
    a.rows = rows_of_mix(mix, here.cell.persons, slot, a.row);
    const float frailty = contact_frailty(here.tables, here.cell.persons, slot);
    for (int i = 0; i < a.rows; ++i) a.below[i] = a.total += weight_of_row(mix, a.row, i, frailty);
}

/// Planned contacts of several conditions add to max + overlap (sum - max): those of the row that asks most are all received, of the others a part.
bool asks_most(const Prepared& prepared, const Rows& a, std::size_t row, std::size_t service) {
    const std::uint8_t* rank = prepared.ask_rank[service].data();
    const std::uint8_t own = rank[row];
    bool most = true;
    for (int j = 1; j < a.rows; ++j) most &= rank[a.row[j]] <= own;
    return most;
}

/// Some tests repeat what was done elsewhere; where both sides read the shared record a part of these is not asked again.
/// Random: `u` is uniform in [0, 1024), the part of the mark that nothing else uses.
[[gnu::noinline]] bool repeat_avoided(Here& here, int slot, std::size_t service, std::uint32_t u) {
    const CoordinationTables& k = here.tables.coordination;
    const float repeated = k.repeated_test_share * 1024.0f;
    if (static_cast<float>(u) >= repeated) return false;
    const ProviderIndex gp = provider_of(here, slot, here.prepared.role_of[static_cast<std::size_t>(here.prepared.s_gp)]);
    const ProviderIndex by = provider_of(here, slot, here.prepared.role_of[service]);
    const bool read = gp != no_provider && by != no_provider && here.board.row[gp].shares_record && here.board.row[by].shares_record;
    float falls = read ? k.repeated_fall_when_shared : 0.0f;
    const Effect lever = effect_on(here, slot, LeverKind::repeated_tests, -1);
    if (lever.any) falls = 1.0f - (1.0f - falls) * exp_f(lever.log_ratio);
    if (static_cast<float>(u) < repeated * falls) {
        here.did(Did::record_read);
        return true;
    }
    here.book.group(GroupCount::repeated_tests, here.cell.persons.group[slot]) += 1;
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
[[gnu::noinline]] void no_list(Here& here, int slot, std::uint16_t count, std::uint8_t source, std::uint32_t u) {
    const auto s = static_cast<std::size_t>(here.prepared.s_ooh);
    const int rank = provider_rank(here, slot, here.prepared.role_of[s]);
    if (rank == 0 || static_cast<float>(u) >= 1024.0f * here.tables.behaviour.no_list_to_night_post) {
        here.book.group(GroupCount::forgone_waiting, here.cell.persons.group[slot]) += 1;
        std::uint32_t& status2 = here.cell.persons.status2[slot];
        status2 = st2::ForgoneWaiting::set(status2, 1);
        return here.did(Did::forgone_waiting);
    }
    here.did(Did::moved_out_of_hours);
    here.cell.requests.push_back({static_cast<Slot>(slot), static_cast<std::uint8_t>(s), 0, static_cast<std::uint8_t>(rank & 15), count, source, here.prepared.line_flags[s]});
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
/// Pointers of its own, since stores to bytes would make the compiler read the way to each of them anew. Order: as asked.
class Wishes {
public:
    explicit Wishes(Here& here)
        : here_(here), scratch_(here.scratch), services_(here.scratch.wished_service.data()), mix_(here.prepared.mix_columns.data()), providers_(here.place.provider[0].data()),
          minutes_(here.place.minutes_away[0].data()), team_(here.cell.persons.team), distance_(here.prepared.forgone_distance[0].data()) {}

    [[gnu::always_inline]] void one(const Ask& q) {
        const std::size_t s = q.service;
        const WishedService& service = services_[s];
        const std::uint32_t u = q.u;
        if (u < service.repeat_below) [[unlikely]]
            if (repeat_avoided(here_, q.slot, s, u)) return;
        scratch_.asked[s] += 1;
        const std::size_t role = service.role;
        int rank = world::team_rank(team_[q.slot], service.slot);
        if (rank == 0 || providers_[node(static_cast<int>(role), rank)] == no_provider) [[unlikely]]
            rank = choose_provider(here_, q.slot, static_cast<int>(role));
        const std::uint32_t money = part(q.accepted, scratch_.money_of[q.who]) & service.answers;
        if (q.take < money && !helped(q, money)) [[unlikely]] return give_up(here_, q.slot, GroupCount::forgone_money, Did::forgone_money);
        const Prepared::MixColumn& mix = mix_[q.row][s];
        const auto count = static_cast<std::uint16_t>(mix.count + (q.again < mix.again));
        if (rank == 0) [[unlikely]] return nobody_near(q, money, count);
        const std::uint32_t distance = part(q.accepted - money, distance_[role * 256 + minutes_[static_cast<std::size_t>(node(static_cast<int>(role), rank))]]);
        if (q.take - money < distance) [[unlikely]] {
            // most of those who live far ask less and miss nothing; a part feels it as care gone without
            if (q.take - money < part(distance, scratch_.felt)) give_up(here_, q.slot, GroupCount::forgone_distance, Did::forgone_distance);
            return;
        }
        if (u >= service.usual_below) rank = another_rank(here_, q.slot, role, rank);
        push(q, service, rank, count);
    }

    world::Line* out = nullptr;

private:
    void push(const Ask& q, const WishedService& service, int rank, std::uint16_t count) {
        const std::size_t at = static_cast<std::size_t>(node(service.role, rank));
        scratch_.demand[at] += service.deci * count;
        scratch_.emergency[at] += service.deci_emergency * count;
        *out++ = {q.slot, q.service, 0, static_cast<std::uint8_t>(rank & 15), count, q.row, service.line_flags};
    }

    /// No provider of the role takes this person: for a GP the night post may; other care is given up for distance.
    /// Whether a programme makes somebody ask all the same: of those who would drop a request for money it keeps the share of its lever.
    [[gnu::noinline]] bool helped(const Ask& q, std::uint32_t money) {
        const Effect help = effect_on(here_, q.slot, LeverKind::access, -1);
        return help.any && static_cast<double>(q.take) >= static_cast<double>(money) * exp_d(static_cast<double>(help.log_ratio));
    }

    [[gnu::noinline]] void nobody_near(const Ask& q, std::uint32_t money, std::uint16_t count) {
        const Prepared& prepared = here_.prepared;
        if ((prepared.bits[q.service] & service_bit::gp) && prepared.s_ooh >= 0 && q.service != prepared.s_ooh) return no_list(here_, q.slot, count, q.row, q.u);
        const std::uint32_t distance = part(q.accepted - money, 0xffffffffu);
        if (q.take - money < distance) return give_up(here_, q.slot, GroupCount::forgone_distance, Did::forgone_distance);
        *out++ = {q.slot, q.service, 0, 0, count, q.row, services_[q.service].line_flags};
    }

    Here& here_;
    Scratch& scratch_;
    const WishedService* services_;
    const MixRow* mix_;
    const ProviderIndex* providers_;
    const std::uint8_t* minutes_;
    const std::uint64_t* team_;
    const std::uint32_t* distance_;
};

/// Whether the own GP is paid per person: then there are fewer visits (a published association of capitation).
bool capitated(const Here& here, int slot, std::size_t s) {
    const std::size_t role = here.prepared.role_of[s];
    const int rank = world::team_rank(here.cell.persons.team[slot], here.prepared.gp_slot);
    const ProviderIndex gp = here.place.provider[role][static_cast<std::size_t>(rank)];
    return rank != 0 && gp != no_provider && here.prepared.capitated[here.board.row[gp].contract];
}

/// Candidates become asks when they are accepted: a service by the envelope's shares, then season, price, received share. Kept without a branch: a
/// quarter of the candidates are not accepted, and which cannot be guessed.
class Asking {
public:
    explicit Asking(Here& here) : here_(here), mix_(here.prepared.mix_columns.data()), received_(here.scratch.received.data()), planned_from_(here.tables.need.mix_dependence + 3), near_capitation_(here.scratch.near_capitation) {}

    /// Room for `more` asks.
    void fit(std::size_t more) {
        auto& asks = here_.scratch.asks;
        if (kept_ + more > asks.size()) asks.resize((kept_ + more) * 3 / 2 + 64);
        asks_ = asks.data();
    }

    void person(std::size_t slot, std::uint8_t who, const std::uint32_t* accept) { slot_ = static_cast<Slot>(slot), who_ = who, accept_ = accept; }

    /// A person who has the baseline row alone.
    [[gnu::always_inline]] void simple(std::uint8_t row, std::uint32_t mark, std::uint32_t take) {
        const std::size_t s = service_of(mix_[row], mark);
        std::uint32_t accepted = accept_[s];
        if (near_capitation_) [[unlikely]] accepted = after_capitation(s, accepted);
        keep(s, row, mark, take, accepted);
    }

    /// The mark chooses the row by the weights, and the rest of the product, uniform again, the service inside it.
    void of_several(const Rows& a, std::uint32_t mark, std::uint32_t take) {
        const std::uint64_t wide = (static_cast<std::uint64_t>(mark) << 8) | (take & 255u);
        const std::uint64_t product = wide * a.total;
        const auto x = static_cast<std::uint32_t>(product >> 40);
        // x < total: rows that are not there count nothing; few have more than five, so no loop that ends where nobody can guess
        int i = (x >= a.below[0]) + (x >= a.below[1]) + (x >= a.below[2]) + (x >= a.below[3]);
        for (int k = 4; k + 1 < a.rows; ++k) i += x >= a.below[k];
        const std::uint8_t row = a.row[i];
        const auto inside = static_cast<std::uint32_t>(product >> 8);
        const std::size_t s = service_of(mix_[row], inside);
        // by row without a branch: whether care is planned cannot be guessed
        auto accepted = static_cast<std::uint32_t>((accept_[s] * received_[row]) >> 32);
        if (a.rows > 2) {
            const bool all = (row < planned_from_) | asks_most(here_.prepared, a, row, s);
            accepted = static_cast<std::uint32_t>((accepted * here_.scratch.overlap[s][all]) >> 32);
        }
        if (near_capitation_) [[unlikely]] accepted = after_capitation(s, accepted);
        keep(s, row, inside, take, accepted);
    }

    std::size_t kept() const { return kept_; }

private:
    [[gnu::always_inline]] static std::size_t service_of(const MixRow& mix, std::uint32_t inside) {
        const std::size_t s = inside >> 26;
        // arithmetic, not a branch: which of the two it is cannot be guessed
        const std::size_t other = std::size_t{0} - static_cast<std::size_t>(((inside >> 10) & 0xffffu) >= mix[s].threshold);
        return s ^ ((s ^ mix[s].alias) & other);
    }
    /// The low bits of the mark chose neither row nor service.
    [[gnu::always_inline]] void keep(std::size_t s, std::uint8_t row, std::uint32_t mark, std::uint32_t take, std::uint32_t accepted) {
        asks_[kept_] = {take, accepted, slot_, static_cast<std::uint16_t>((take >> 8) & 1023u), static_cast<std::uint8_t>(s), row, static_cast<std::uint8_t>(mark & 255u), who_};
        kept_ += take < accepted;
    }
    [[gnu::noinline]] std::uint32_t after_capitation(std::size_t s, std::uint32_t accepted) {
        if (!(here_.prepared.bits[s] & service_bit::gp) || !capitated(here_, slot_, s)) return accepted;
        here_.did(Did::capitation_visits);
        return part(accepted, here_.scratch.capitation);
    }

    Here& here_;
    const MixRow* mix_;
    const std::uint64_t* received_;
    int planned_from_;
    bool near_capitation_;
    Slot slot_ = 0;
    std::uint8_t who_ = 0;
    const std::uint32_t* accept_ = nullptr;
    Ask* asks_ = nullptr;
    std::size_t kept_ = 0;
};

/// What people ask beyond the usual once care is free to them. Random: keyed like the usual contacts, the same in every arm; read only when it is free.
[[gnu::noinline]] void free_care(Here& here, Asking& asking, std::size_t slot, const Rows& rows) {
    const world::Persons& p = here.cell.persons;
    const float rate = p.contact_rate[slot] * here.prepared.free_stream;
    const std::uint64_t id = p.id[slot];
    const auto month = static_cast<std::uint32_t>(here.month.index);
    const Block number = draw(here.rules.seed, id, month, Purpose::free_care);
    if (static_cast<double>(number.word[0]) > static_cast<double>(rate) * 0x1.001p32) return;  // no gate is as high as its rate: most need no exponential
    const std::uint32_t gate = gate_of(rate);
    if (number.word[0] >= gate) return;
    const int n = candidates(number.word[0], gate, rate);
    asking.fit(static_cast<std::size_t>(n));
    asking.person(slot, above_ceiling | beyond_usual, here.scratch.accept[1][st::Quintile::get(p.status[slot])].data());
    for (int k = 0; k < n; ++k) {
        const Block luck = draw(here.rules.seed, id, month, sub(Purpose::free_care, 1u + static_cast<std::uint32_t>(k / 2)));
        const std::uint32_t mark = luck.word[k % 2 * 2], take = luck.word[k % 2 * 2 + 1];
        if (rows.rows > 1) asking.of_several(rows, mark, take);
        else asking.simple(p.profile[slot], mark, take);
    }
}

constexpr std::size_t most_rows = 10, most_candidates = 9;

/// Persons with as many rows and candidates as each other are alike. Range: below most_rows x most_candidates.
std::size_t kind_of(const world::Persons& p, std::size_t slot, std::size_t candidates) {
    const std::uint64_t conditions = p.conditions[slot];
    const bool dependent = st::Dependence::get(p.status[slot]) != 0;
    // what nobody has found asks nothing, but counts for how the luck is read
    const std::size_t rows = ((conditions != 0) | dependent) + static_cast<std::size_t>(std::popcount(conditions >> 48)) + dependent;
    return std::min(rows, most_rows - 1) * most_candidates + std::min(candidates, most_candidates - 1);
}

/// Candidates of all who have any. Shape: `n` persons in Scratch::chosen. Returns how many are accepted.
std::size_t ask_all(Here& here, std::size_t n) {
    const world::Persons& p = here.cell.persons;
    Scratch& s = here.scratch;
    Asking asking(here);
    alike_together<most_rows * most_candidates>(s, n, [&](std::size_t i) { return kind_of(p, s.chosen[i], s.numbers[i]); });
    Rows rows;
    for (const std::uint16_t i : s.order) {
        const std::uint32_t* words = s.blocks.data()[s.first_block[i]].word;
        const std::size_t slot = s.chosen[i];
        const std::uint32_t status = p.status[slot];
        const std::uint32_t quintile = st::Quintile::get(status);
        const world::Household& h = here.cell.households[p.household[slot]];
        const bool free = h.paid > s.ceilings[h.ceiling_class];
        const int more = s.numbers[i] - 1;
        asking.fit(static_cast<std::size_t>(more) + 1);
        asking.person(slot, static_cast<std::uint8_t>(free ? above_ceiling : st::Bim::get(status) * quintiles + quintile), s.accept[0][quintile].data());
        if (world::Conditions{p.conditions[slot]}.none() && st::Dependence::get(status) == 0) {
            rows.rows = 0;
            const std::uint8_t row = p.profile[slot];
            asking.simple(row, s.luck[2][slot], s.luck[3][slot]);
            for (int k = 0; k < more; ++k) asking.simple(row, words[2 * k], words[2 * k + 1]);
        } else {
            rows_of(here, static_cast<int>(slot), rows);
            asking.of_several(rows, s.luck[2][slot], s.luck[3][slot]);
            for (int k = 0; k < more; ++k) asking.of_several(rows, words[2 * k], words[2 * k + 1]);
        }
        if (free) [[unlikely]] free_care(here, asking, slot, rows);
    }
    return asking.kept();
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
    s.numbers.resize(n + 3), s.first_block.resize(n);
    for (std::size_t i = 0; i < n; i += 4) {
        std::uint32_t word[4], gate[4];
        float rate[4];
        for (std::size_t k = 0; k < 4; ++k) {
            const Slot slot = s.chosen[std::min(i + k, n - 1)];
            word[k] = s.luck[1][slot], gate[k] = p.contact_gate[slot], rate[k] = p.contact_rate[slot];
        }
        candidates_4(word, gate, rate, s.numbers.data() + i);
    }
    // a block holds two further candidates. The first blocks are written whether there are any or not, as how many cannot be guessed
    constexpr std::uint32_t sure = 3;
    std::size_t blocks = 0;
    for (std::size_t i = 0; i < n; ++i) blocks += s.numbers[i] / 2u;
    s.ids.resize(blocks + sure), s.purposes.resize(blocks + sure);
    std::uint32_t at = 0;
    for (std::size_t i = 0; i < n; ++i) {
        const std::uint64_t id = p.id[s.chosen[i]];
        const std::uint32_t of_person = s.numbers[i] / 2u;
        s.first_block[i] = at;
        for (std::uint32_t block = 0; block < sure; ++block) s.ids[at + block] = id, s.purposes[at + block] = sub(Purpose::contact, block);
        for (std::uint32_t block = sure; block < of_person; ++block) s.ids[at + block] = id, s.purposes[at + block] = sub(Purpose::contact, block);
        at += of_person;
    }
    s.blocks.resize(blocks + 1);  // one more, at which nobody without further candidates may look
    draw_list(here.rules.seed, s.ids.data(), s.purposes.data(), blocks, static_cast<std::uint32_t>(here.month.index), s.blocks.data());
    return n;
}

}  // namespace

void need(Here& here) {
    Scratch& s = here.scratch;
    const std::size_t n = draw_candidates(here);
    s.asked.fill(0), s.wishes.fill(0), s.demand.fill(0), s.emergency.fill(0);
    s.near_capitation = false;
    if (here.prepared.has_capitation && here.prepared.s_gp >= 0)
        for (const ProviderIndex provider : here.place.provider[here.prepared.role_of[static_cast<std::size_t>(here.prepared.s_gp)]])
            s.near_capitation |= provider != no_provider && here.prepared.capitated[here.board.row[provider].contract];
    const auto usual = static_cast<std::uint16_t>(1024.0f * here.tables.start.usual_provider[static_cast<std::size_t>(here.region)] + 0.5f);
    for (std::size_t k = 0; k < here.catalogue.services.size(); ++k) s.wished_service[k].usual_below = here.prepared.bits[k] & service_bit::gp ? usual : 1024;
    const std::size_t kept = ask_all(here, n);
    auto& requests = here.cell.requests;
    s.wished.resize(kept);
    Wishes wishes(here);
    wishes.out = s.wished.data();
    const int planned_from = here.tables.need.mix_dependence + 3;
    for (std::size_t i = 0; i < kept; ++i) {
        const Ask& q = s.asks[i];
        s.wishes[q.row >= planned_from] += 1;
        s.wishes[2] += (q.who & beyond_usual) != 0;
        wishes.one(q);
    }
    // room for what follows too, so that the list does not double for a few lines
    const std::size_t before = requests.size();  // the night post's patients are among them and not yet summed
    requests.reserve(before + kept + here.cell.home_care.size() * 2 + here.cell.waiting.size() + here.cell.enrolments.size() + kept / 32 + 16);
    requests.insert(requests.end(), s.wished.data(), wishes.out);
    s.summed_from = before, s.summed_to = requests.size();
    standing_care(here);
    book_wishes(here);
}

/// Thresholds of the month that all cells of a piece share.
void prepare_need(Scratch& s, const Prepared& prepared, Month month) {
    s.prepared_month = month.index;
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
        s.overlap[k] = {threshold(t.need.service_overlap[k]), std::uint64_t{1} << 32};
        WishedService& service = s.wished_service[k];
        service.answers = t.behaviour.discretionary[k] > 0 ? 0xffffffffu : 0u;
        service.role = prepared.role_of[k], service.slot = prepared.slot_of[k], service.line_flags = prepared.line_flags[k];
        service.deci = service.line_flags & world::line_flag::no_queue ? 0u : t.provider.deci_minutes[k];
        service.deci_emergency = service.line_flags & world::line_flag::emergency ? service.deci : 0u;
        // u in [0, 1024) repeats a test when u < share x 1024
        const float repeated = t.coordination.repeated_test_share * 1024.0f;
        service.repeat_below = prepared.bits[k] & service_bit::test && prepared.s_gp >= 0 ? static_cast<std::uint16_t>(static_cast<int>(repeated) + (static_cast<float>(static_cast<int>(repeated)) < repeated)) : std::uint16_t{0};
    }
    for (std::size_t bim = 0; bim < 2; ++bim)
        for (std::size_t q = 0; q < quintiles; ++q) s.money_of[bim * quintiles + q] = threshold(t.behaviour.forgone_money[bim][q]);
    s.received.fill(std::uint64_t{1} << 32);
    for (std::size_t row = static_cast<std::size_t>(t.need.mix_dependence) + 3; row < t.need.mix.size(); ++row)
        s.received[row] = threshold(t.disease.condition[prepared.condition_of_mix[row]].received_share);
    s.felt = threshold(t.behaviour.distance_felt);
    s.capitation = threshold(t.provider.capitation_contact_ratio);
    const funding::Ceiling& ceiling = prepared.rules->tariff(month).ceiling;
    for (std::size_t k = 0; k < s.ceilings.size(); ++k) s.ceilings[k] = static_cast<std::uint32_t>(std::min<Cents>(ceiling_of_class(ceiling, static_cast<std::uint8_t>(k)), 0xffffffff));
}

}  // namespace tresse::model
