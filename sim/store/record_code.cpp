#include "tresse/store/record_code.hpp"

#include <array>
#include <bit>

#include "tresse/core/check.hpp"

namespace tresse::store {

namespace {

using measure::ActionYear;
using measure::KindYear;
using measure::RunRecord;
using measure::YearRecord;

constexpr std::int64_t version = 2;

/// All members of a struct of 64-bit integers, in order: none can be forgotten.
template <class Struct> using Members = std::array<std::int64_t, sizeof(Struct) / sizeof(std::int64_t)>;
static_assert(sizeof(Members<KindYear>) == sizeof(KindYear) && sizeof(Members<ActionYear>) == sizeof(ActionYear));

class Writer {
public:
    std::string bytes;
    void put(std::int64_t value) {
        auto rest = (static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63);
        while (rest >= 0x80) {
            bytes += static_cast<char>(rest | 0x80);
            rest >>= 7;
        }
        bytes += static_cast<char>(rest);
    }
    void put(std::size_t value) { put(static_cast<std::int64_t>(value)); }
    template <class List> void put_all(const List& list) {
        put(list.size());
        for (const auto value : list)
            put(static_cast<std::int64_t>(value));
    }
    template <class Struct> void put_structs(const std::vector<Struct>& list) {
        put(list.size());
        for (const Struct& one : list)
            for (const std::int64_t member : std::bit_cast<Members<Struct>>(one))
                put(member);
    }
};

class Reader {
public:
    explicit Reader(std::string_view bytes) : bytes_(bytes) {}
    std::int64_t take() {
        std::uint64_t value = 0;
        for (int shift = 0;; shift += 7) {
            TRESSE_CHECK(at_ < bytes_.size() && shift < 70, "a kept record is read as it was written");
            const auto byte = static_cast<unsigned char>(bytes_[at_++]);
            value |= static_cast<std::uint64_t>(byte & 0x7fu) << shift;
            if (byte < 0x80)
                break;
        }
        return static_cast<std::int64_t>(value >> 1) ^ -static_cast<std::int64_t>(value & 1u);
    }
    int whole() { return static_cast<int>(take()); }
    std::size_t length() {
        const std::int64_t size = take();
        TRESSE_CHECK(size >= 0 && static_cast<std::uint64_t>(size) <= bytes_.size(),
                     "every entry takes a byte or more");
        return static_cast<std::size_t>(size);
    }
    void numbers(std::vector<std::int64_t>& list) {
        list.resize(length());
        for (std::int64_t& value : list)
            value = take();
    }
    template <class Struct> void structs(std::vector<Struct>& list) {
        list.resize(length());
        for (Struct& one : list) {
            Members<Struct> all{};
            for (std::int64_t& member : all)
                member = take();
            one = std::bit_cast<Struct>(all);
        }
    }
    bool done() const { return at_ == bytes_.size(); }

private:
    std::string_view bytes_;
    std::size_t at_ = 0;
};

void write_year(Writer& out, const YearRecord& year) {
    out.put(static_cast<std::int64_t>(year.year));
    out.put(static_cast<std::int64_t>(year.months));
    out.put(static_cast<std::int64_t>(year.has_census));
    out.put(year.persons_end);
    const world::BookShape& shape = year.book.shape();
    for (const int size : {shape.services, shape.conditions, shape.causes, shape.mechanisms, shape.price_rows})
        out.put(static_cast<std::int64_t>(size));
    out.put_all(year.book.values());
    out.put(year.postings.size());
    for (const world::Posting& p : year.postings)
        for (const std::int64_t value : {std::int64_t{p.rule}, std::int64_t{p.from}, std::int64_t{p.to}, p.cents})
            out.put(value);
    out.put_structs(year.kinds);
    out.put_structs(year.actions);
    out.put_structs(std::vector<world::GuaranteeYear>{year.guarantee});
    out.put(year.places.size());
    for (const world::PlaceYear& place : year.places)
        out.put_all(place.counts);
    out.put_all(year.place_months_under_75);
    out.put_structs(year.place_kinds);
    out.put(static_cast<std::int64_t>(year.persons.conditions));
    out.put_all(year.persons.values);
}

YearRecord read_year(Reader& in) {
    YearRecord year;
    year.year = in.whole();
    year.months = in.whole();
    year.has_census = in.take() != 0;
    year.persons_end = in.take();
    std::array<int, 5> sizes{};
    for (int& size : sizes)
        size = in.whole();
    const std::size_t values = in.length();
    if (values > 0) {
        for (const int size : sizes)
            TRESSE_CHECK(size >= 0 && static_cast<std::size_t>(size) <= values, "a book is at least as long as each of its lists");
        year.book = world::Book(world::BookShape::of(sizes[0], sizes[1], sizes[2], sizes[3], sizes[4]));
        TRESSE_CHECK(year.book.values().size() == values, "a book is as long as its shape says");
        for (std::int64_t& value : year.book.values())
            value = in.take();
    }
    year.postings.resize(in.length());
    for (world::Posting& p : year.postings) {
        p.rule = in.whole();
        p.from = in.whole();
        p.to = in.whole();
        p.cents = in.take();
    }
    in.structs(year.kinds);
    in.structs(year.actions);
    std::vector<world::GuaranteeYear> guarantee;
    in.structs(guarantee);
    TRESSE_CHECK(guarantee.size() == 1, "a year has one account of the guarantee");
    year.guarantee = guarantee.front();
    year.places.resize(in.length());
    for (world::PlaceYear& place : year.places)
        in.numbers(place.counts);
    in.numbers(year.place_months_under_75);
    in.structs(year.place_kinds);
    year.persons.conditions = in.whole();
    in.numbers(year.persons.values);
    TRESSE_CHECK(year.persons.empty() ||
                     year.persons.values.size() == measure::PersonYear::size_of(year.persons.conditions),
                 "the year of the persons is as long as its conditions say");
    return year;
}

}  // namespace

std::string encode(const RunRecord& run) {
    Writer out;
    out.put(version);
    for (const int value : {run.arm, run.replicate, run.draw, run.sample})
        out.put(static_cast<std::int64_t>(value));
    out.put(static_cast<std::int64_t>(run.hash));
    out.put_all(run.start.by_group);
    out.put_all(run.start.by_place);
    out.put(run.years.size());
    for (const YearRecord& year : run.years)
        write_year(out, year);
    return std::move(out.bytes);
}

RunRecord decode(std::string_view bytes) {
    Reader in(bytes);
    TRESSE_CHECK(in.take() == version, "this version reads records of its own kind");
    RunRecord run;
    run.arm = in.whole();
    run.replicate = in.whole();
    run.draw = in.whole();
    run.sample = in.whole();
    run.hash = static_cast<std::uint64_t>(in.take());
    in.numbers(run.start.by_group);
    in.numbers(run.start.by_place);
    run.years.resize(in.length());
    for (YearRecord& year : run.years)
        year = read_year(in);
    TRESSE_CHECK(in.done(), "a kept record has nothing behind its end");
    return run;
}

}  // namespace tresse::store
