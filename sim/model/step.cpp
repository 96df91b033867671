#include "tresse/model/step.hpp"

#include <algorithm>
#include <mutex>

#include "tresse/core/check.hpp"
#include "tresse/model/close.hpp"
#include "tresse/model/rehouse.hpp"
#include "tresse/model/tell.hpp"

namespace tresse::model {

/// Working memories, as many as there are workers: a piece borrows one. What is in it when it is lent never reaches a result.
class Desks {
public:
    class Lent {
    public:
        explicit Lent(Desks& desks) : desks_(desks), scratch_(desks.take()) {}
        Lent(const Lent&) = delete;
        Lent& operator=(const Lent&) = delete;
        ~Lent() { desks_.give_back(std::move(scratch_)); }
        Scratch& operator*() { return *scratch_; }

    private:
        Desks& desks_;
        std::unique_ptr<Scratch> scratch_;
    };

private:
    std::unique_ptr<Scratch> take() {
        const std::lock_guard lock(mutex_);
        if (free_.empty()) return std::make_unique<Scratch>();
        std::unique_ptr<Scratch> scratch = std::move(free_.back());
        free_.pop_back();
        return scratch;
    }
    void give_back(std::unique_ptr<Scratch> scratch) {
        const std::lock_guard lock(mutex_);
        free_.push_back(std::move(scratch));
    }

    std::mutex mutex_;
    std::vector<std::unique_ptr<Scratch>> free_;
};

struct Engine::Memory {
    explicit Memory(const Rules& r) : rules(r), prepared(r) {}
    const Rules& rules;
    Prepared prepared;
    Flow flow;
    Handover handover;
    Desks desks;
    std::vector<PieceSums> sums;
};

Engine::Engine(const Rules& rules) : memory_(std::make_unique<Memory>(rules)) {}
Engine::~Engine() = default;
Engine::Engine(Engine&&) noexcept = default;
const Rules& Engine::rules() const { return memory_->rules; }

namespace {

Board board_of(const world::World& world) { return {world.board, world.pool_cut, world.actions, world.coordination_reference, world.guarantee.on ? world.guarantee.cut : -1}; }

Here here_of(world::World& world, const Prepared& prepared, const Board& board, Month month, std::size_t cell_index, Scratch& scratch, PieceSums& sums) {
    const Rules& rules = *prepared.rules;
    Cell& cell = world.cells[cell_index];
    const world::Place& place = rules.catalogue->places[cell.municipality];
    const int pools = static_cast<int>(world.pool_cut.size()) / limit::roles;
    const bool before = month < world.policy_start;
    return Here{cell, world.piece_books[cell.piece], world.stocks[cell.piece], world.neighbourhoods[cell.neighbourhood], prepared, rules, *rules.tables, *rules.catalogue, board,
                month, place.region, place.zone < 0 ? pools - 1 : place.zone, before ? world.policy_start.index : month.index, world.since(month), world.since(world.policy_start),
                world.first_newcomer, scratch, sums};
}

/// Runs `stage` over every cell, pieces in parallel; a working memory goes from cell to cell.
template <class Stage>
void each_cell(world::World& world, const Prepared& prepared, Month month, Workers& workers, Desks& desks, std::vector<PieceSums>& sums, Stage&& stage) {
    const Board board = board_of(world);
    workers.each_piece(world.pieces.size(), [&](std::size_t piece) {
        Desks::Lent scratch(desks);
        if ((*scratch).prepared_month != month.index) prepare_need(*scratch, prepared, month);
        const world::Piece& p = world.pieces[piece];
        for (std::uint32_t c = p.first_cell; c < p.first_cell + p.cells; ++c) {
            Here here = here_of(world, prepared, board, month, c, *scratch, sums[piece]);
            stage(here, static_cast<std::size_t>(c), piece);
        }
    });
}

void draw_luck(Here& here) {
    Scratch& s = here.scratch;
    s.fit(here.cell.persons.capacity());
    draw_many(here.rules.seed, here.cell.persons.id, static_cast<std::size_t>(here.cell.slots), static_cast<std::uint32_t>(here.month.index), static_cast<std::uint32_t>(Purpose::month),
              {{s.luck[0].data(), s.luck[1].data(), s.luck[2].data(), s.luck[3].data()}});
}

std::int64_t counted(const world::World& world, Did what) { return world.month_book.mechanism(MechanismCount::persons, static_cast<int>(what)); }

}  // namespace

void Engine::step(world::World& world, Workers& workers) {
    Memory& m = *memory_;
    const Month month = world.now;
    const Prepared& prepared = m.prepared;
    const std::int64_t persons_before = world.persons();
    world.month_book.clear();
    if (month.is_january() && !m.rules.settling && month > world.policy_start) rehouse(world, prepared, month, workers);
    const Book january = world.month_book;
    for (Book& b : world.piece_books) b.clear();
    publish(world, prepared, month);                                     // the board: all that persons may know of providers
    m.flow.fit(world.cells.size(), world.pieces.size());
    m.sums.resize(world.pieces.size());
    const funding::Tariffs& tariffs = m.rules.tariff(month);
    const std::size_t payments = tariffs.person_payments.size(), actions = m.rules.policy.actions.size();
    for (PieceSums& sums : m.sums) sums.open_month(payments, tariffs.state_payments.size(), actions);
    m.handover.fit(world.cells.size(), world.pieces.size(), payments, actions);

    each_cell(world, prepared, month, workers, m.desks, m.sums, [&](Here& here, std::size_t c, std::size_t) {
        demography(here);                                                // 1  birthdays, births; last month's deaths leave
        draw_luck(here);
        risk_factors(here);                                              // 2  on birthdays
        refresh(here);
        if (m.rules.witness != nullptr) m.rules.witness->before_events(here);
        disease(here);                                                   // 3  onset, course, stays, death: candidates -> accepted
        refresh(here);
        need(here);                                                      // 4  planned, baseline and standing care
        seek(here);                                                      // 5  waiting lines, programmes
        answer_to_money(here);                                           //    changed fees and shares
        sum_nodes(here, &m.flow.demand[c * nodes], &m.flow.emergency[c * nodes]);
    });
    ration_own(world, prepared, month, workers, m.flow);                 // B6 demand -> cut per provider
    each_cell(world, prepared, month, workers, m.desks, m.sums, [&](Here& here, std::size_t c, std::size_t) { redirect(here, m.flow.tight[c], &m.flow.late[c * nodes]); });
    ration_pool(world, prepared, month, workers, m.flow);
    ration_places(world, m.rules.policy, month);

    each_cell(world, prepared, month, workers, m.desks, m.sums, [&](Here& here, std::size_t c, std::size_t) {
        Scratch& s = here.scratch;
        s.node_cents.assign(nodes, 0);
        s.node_admin.assign(nodes, 0);
        deliver(here);                                                   // 6  key < cut: served
        coordinate(here);                                                // 7
        hospital(here);                                                  // 8  stays, discharge
        pay_persons(here);                                               // 9  sums per person that ask for state or gates
        settle(here);                                                    //    price rows, shares, household refund
        m.handover.node_cents[c] = s.node_cents;
        m.handover.node_admin[c] = s.node_admin;
    });
    for (std::size_t i = 0; i < world.pieces.size(); ++i) {
        m.handover.payment_cents[i] = m.sums[i].payment_cents;
        m.handover.state_cents[i] = m.sums[i].state_cents;
        m.handover.action_cents[i] = m.sums[i].action_cents;
        m.handover.action_counts[i] = m.sums[i].action_counts;
    }
    std::vector<const RiskSums*> left;
    for (const PieceSums& sums : m.sums) left.push_back(&sums.left);
    count_left(world, left);
    close_month(world, prepared, month, m.handover);                     // D9 books summed; ledger
    world.month_book.add(january);
    respond(world, prepared, month, m.handover);                         // 10 providers
    count_teams(world, prepared, m.handover);
    programme(world, prepared, month, m.handover);                       // 11 organisations
    world.ledger.check();
    world.year_book.add(world.month_book);
    TRESSE_CHECK(world.persons() == persons_before + counted(world, Did::birth) + counted(world, Did::arrival) - counted(world, Did::row_closed),
                 "persons before + births + arrivals - those who left = persons after");
    world.now = month + 1;
}

void Engine::refresh_all(world::World& world, Workers& workers) {
    Memory& m = *memory_;
    m.sums.resize(world.pieces.size());
    publish(world, m.prepared, world.now);
    each_cell(world, m.prepared, world.now, workers, m.desks, m.sums, [&](Here& here, std::size_t, std::size_t) {
        for (int s = 0; s < here.cell.slots; ++s)
            if (!here.cell.persons.empty(s)) here.cell.refresh.push_back(static_cast<Slot>(s));
        refresh(here);
    });
}

std::vector<Seen> Engine::seen() const {
    std::vector<Seen> all;
    for (const PieceSums& s : memory_->sums) all.insert(all.end(), s.seen.begin(), s.seen.end());
    std::sort(all.begin(), all.end());
    return all;
}

void Engine::recount(const world::World& world) const {
    TRESSE_CHECK(counted_stocks(world) == world.stocks, "stocks kept by difference equal a recount from the columns");
}

}  // namespace tresse::model
