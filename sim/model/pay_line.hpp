#pragma once

#include "tresse/model/stages.hpp"

/// Paying one delivered line: the only place where a contact becomes money of a person, a household, a group and a provider.
namespace tresse::model {

/// The columns and books that a paid line touches, as pointers of their own: stores to bytes would else make the compiler read the way to each of
/// them anew for every line (measured: a third of the instructions of delivery). A local of the loop, never kept. Units: cents, whole.
struct Till {
    explicit Till(Here& here)
        : lists(here.rules.tariff(here.month).lists.data()), index(here.rules.tariff(here.month).index.data()), prices(here.rules.tariff(here.month).rows.data()),
          services(static_cast<std::size_t>(here.rules.tariff(here.month).services)),
          priced(here.book.priced_rows()), groups(here.book.group_row(0)), node_cents(here.scratch.node_cents.data()), households(here.cell.households.data()),
          id(here.cell.persons.id), group(here.cell.persons.group), tariff_class(here.cell.persons.tariff_class), household(here.cell.persons.household),
          share_year(here.cell.persons.share_year), spend_year(here.cell.persons.spend_year), first_newcomer(here.first_newcomer), federal(here.prepared.s_federal) {}

    std::int64_t* group_row(std::size_t slot) const { return groups + static_cast<std::size_t>(group[slot]) * static_cast<std::size_t>(GroupCount::count); }

    /// Asks for what `pay` will read, so that it is there in time. No result depends on it.
    [[gnu::always_inline]] void fetch(std::size_t slot, std::size_t service, std::size_t contract) const {
        const funding::PriceList list = lists[contract * services + service];
        __builtin_prefetch(&index[list.first + (tariff_class[slot] & list.class_mask)]);
        __builtin_prefetch(group_row(slot) + static_cast<int>(GroupCount::cents_public), 1);
    }

    /// Law: public part + share + extra = total, to the cent, in the group, the person and the household alike.
    [[gnu::always_inline]] void pay(std::size_t slot, std::size_t service, std::uint32_t n, std::size_t at, std::size_t contract) const {
        const funding::PriceList list = lists[contract * services + service];
        const std::uint16_t row = index[list.first + (tariff_class[slot] & list.class_mask)];
        const funding::PriceRow& price = prices[row];
        const Cents total = static_cast<Cents>(price.total) * n, share = static_cast<Cents>(price.share) * n, extra = static_cast<Cents>(price.extra) * n;
        const Cents open = total - share - extra;
        priced[row] += n;
        std::int64_t* g = group_row(slot);
        g[static_cast<int>(GroupCount::cents_public)] += open;
        g[static_cast<int>(GroupCount::cents_share)] += share;
        g[static_cast<int>(GroupCount::cents_extra)] += extra;
        g[static_cast<int>(GroupCount::cohort_cents)] += id[slot] < first_newcomer ? total : 0;
        households[household[slot]].paid += static_cast<std::uint32_t>(share);
        share_year[slot] += static_cast<std::uint32_t>(share);
        spend_year[slot] += static_cast<std::uint32_t>(open);
        node_cents[at] += static_cast<int>(service) == federal ? 0 : total;
    }

    const funding::PriceList* lists;
    const std::uint16_t* index;
    const funding::PriceRow* prices;
    std::size_t services;
    std::int64_t *priced, *groups, *node_cents;
    world::Household* households;
    const std::uint64_t* id;
    const std::uint16_t *group, *tariff_class, *household;
    std::uint32_t *share_year, *spend_year;
    std::uint32_t first_newcomer;
    int federal;
};

}  // namespace tresse::model
