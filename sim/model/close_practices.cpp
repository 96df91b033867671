#include "poster.hpp"

namespace tresse::model {

namespace {

/// Records that a practice manages: its panel, as many of it as people of the area have a global medical record.
double records_of(const world::World& world, const world::Provider& practice) {
    std::int64_t persons = 0, with_record = 0;
    for (const world::Stocks& s : world.stocks)
        persons += s[static_cast<std::size_t>(world::Stock::persons)], with_record += s[static_cast<std::size_t>(world::Stock::with_record)];
    return persons > 0 ? static_cast<double>(practice.panel) * static_cast<double>(with_record) / static_cast<double>(persons) : 0.0;
}

void premiums(world::World& world, const Prepared& prepared, Poster& poster) {
    const world::Catalogue& c = *prepared.rules->catalogue;
    for (const funding::PracticePayment& p : poster.tariffs().practice_payments)
        for (world::Provider& practice : world.providers) {
            if (practice.outside || practice.role != p.role || (p.contract != funding::any_contract && practice.contract != p.contract)) continue;
            const double records = records_of(world, practice);
            // a practice without people is paid nothing; the sum of a year at the contract of December
            const Cents cents = funding::practice_payment(p, records, records / 1000 * p.nurse_hours_per_1000_records);
            if (cents == 0) continue;
            poster.to_role(p.rule, p.split, c.places[practice.municipality].entity, p.role, p.kind, cents);
            practice.income_month += cents;
            world.month_book.touch(static_cast<int>(Did::practice_premium), 0, cents);
        }
}

void limits(world::World& world, const Poster& poster) {
    for (const funding::ShareLimit& limit : poster.tariffs().limits)
        for (const world::Provider& practice : world.providers) {
            if (practice.outside || practice.role != limit.role || (limit.contract != funding::any_contract && practice.contract != limit.contract)) continue;
            if (static_cast<double>(practice.pool_year) > limit.share_max * static_cast<double>(practice.served_year))
                world.month_book.touch(static_cast<int>(Did::limit_exceeded));
        }
}

}  // namespace

void close_practices(world::World& world, const Prepared& prepared, Poster& poster, Month month) {
    for (world::Provider& p : world.providers) {
        if (month.is_january()) p.served_year = p.pool_year = 0;
        p.served_year += p.served + p.pool_served;
        p.pool_year += p.pool_served;
    }
    if (!month.is_december()) return;
    premiums(world, prepared, poster);
    limits(world, poster);
}

}  // namespace tresse::model
