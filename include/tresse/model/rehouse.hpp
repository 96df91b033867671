#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "tresse/model/stages.hpp"

/// Rows on the move: a person with everything that names the slot, and the writer of new cells.
namespace tresse::model {

/// A person lifted out of a cell with the rows of the side tables.
struct Traveller {
    /// Rows of the side tables; most have none, and in January all travellers of a country are on the road at once.
    struct Sides {
        std::vector<world::Line> waiting;
        std::vector<world::Enrolment> enrolments;
        std::vector<world::HomeCare> home_care;
    };
    world::PersonRow row;
    std::unique_ptr<Sides> sides;
    bool recent = false, dying = false, mother = false;
};

/// People who move together.
struct Bundle {
    std::uint32_t neighbourhood = 0;
    HouseholdId household = 0;
    std::uint8_t ceiling_class = 0;
    std::vector<Traveller> persons;
};

/// Lifts a person out of a cell and leaves a hole. In another neighbourhood the team is found again by provider; lines that wait end when `moved`.
Traveller take_person(Cell& cell, int slot, const world::Neighbourhood& from, const world::Neighbourhood& to, bool moved);
/// A newcomer: the facts of a donor, an id of its own, nothing of the donor's year.
Traveller newcomer(const world::Persons& donors, int slot, PersonId id, std::uint16_t now, int months_later);

/// Writes the households of a neighbourhood into cells in the order (household id, person id), leaving about 3 % of the slots free.
class CellWriter {
public:
    CellWriter(int capacity, std::uint32_t neighbourhood, std::uint32_t municipality, std::vector<Cell>& cells)
        : capacity_(capacity), neighbourhood_(neighbourhood), municipality_(municipality), cells_(cells) {}
    /// Somebody who comes from elsewhere. Requires: the traveller lives until `write`.
    void add(HouseholdId household, const world::Household& row, const Traveller& person);
    /// Somebody who stays in the neighbourhood. Requires: the cell lives until `write`.
    void add(HouseholdId household, const world::Household& row, const Cell& from, Slot slot);
    void write();

private:
    struct Member {
        HouseholdId household = 0;
        PersonId person = 0;
        world::Household row;
        const Cell* from = nullptr;
        const Traveller* traveller = nullptr;
        Slot slot = 0;
    };
    struct Target {
        const Cell* from;
        Slot slot;
        Slot to;
        std::uint32_t cell;
    };
    static bool before(const Member& a, const Member& b) { return a.household != b.household ? a.household < b.household : a.person < b.person; }
    Cell& open();
    void side_tables();
    int capacity_;
    std::uint32_t neighbourhood_, municipality_;
    std::vector<Cell>& cells_;
    std::vector<Member> members_, late_;      ///< those added in order, and the others
    std::vector<const Cell*> sources_;
    std::vector<Target> targets_;
};

/// Groups the cells into pieces: runs of at most 32 cells of one municipality; sizes the piece books, if the world has a book shape.
void set_pieces(world::World& world);
/// Stocks of every piece from the columns.
std::vector<world::Stocks> counted_stocks(const world::World& world);
void recount_stocks(world::World& world);
/// Keeps a keyed choice of households of the base population as donors of arrivals.
void keep_donors(world::World& world, std::size_t households);

}  // namespace tresse::model
