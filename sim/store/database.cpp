#include "database.hpp"

#include <array>
#include <bit>
#include <span>

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include "guarded.hpp"
#include "tresse/core/check.hpp"
#include "tresse/core/csv.hpp"
#include "tresse/core/hash.hpp"
#include "tresse/store/record_code.hpp"

namespace tresse::store {

namespace {

using measure::RunRecord;
using measure::YearRecord;
using Words = std::vector<std::string>;

constexpr auto group_words = std::to_array<const char*>({"person_months",
                                                         "quality",
                                                         "cohort_months",
                                                         "cohort_quality",
                                                         "deaths",
                                                         "deaths_before_75",
                                                         "births",
                                                         "gp_contacts",
                                                         "specialist_contacts",
                                                         "emergency_visits",
                                                         "nursing_visits",
                                                         "admissions",
                                                         "avoidable",
                                                         "discharges",
                                                         "readmissions",
                                                         "hospital_days",
                                                         "deaths_in_hospital",
                                                         "forgone_money",
                                                         "forgone_distance",
                                                         "forgone_waiting",
                                                         "cents_public",
                                                         "cents_share",
                                                         "cents_extra",
                                                         "cents_refund",
                                                         "cohort_cents",
                                                         "unpaid_hours",
                                                         "tests",
                                                         "repeated_tests",
                                                         "sick_months",
                                                         "disabled_months",
                                                         "nursing_home_months",
                                                         "census_persons",
                                                         "census_without_care",
                                                         "census_without_money",
                                                         "census_without_distance",
                                                         "census_without_waiting",
                                                         "census_complex",
                                                         "census_complex_plan",
                                                         "census_gp_user",
                                                         "census_specialist_user",
                                                         "census_emergency_user",
                                                         "census_upc_own",
                                                         "census_upc_all",
                                                         "census_good_health",
                                                         "census_two_conditions",
                                                         "census_one_condition",
                                                         "census_over_ceiling",
                                                         "census_adult",
                                                         "last_month_months",
                                                         "last_month_home",
                                                         "census_gp_squares",
                                                         "census_gp_loyal"});
constexpr auto kind_words =
    std::to_array<const char*>({"posts", "filled", "burnt_out", "over_time", "exits", "hired", "demand", "served",
                                "capacity", "admin", "sharing_record", "using_guideline", "providers", "income"});
constexpr auto action_words =
    std::to_array<const char*>({"posts_wanted", "posts_filled", "meant", "invited", "refused", "reached", "left",
                                "enrolled_months", "deci_minutes", "spent"});
constexpr auto service_words =
    std::to_array<const char*>({"asked", "served", "pooled", "waiting", "moved_later", "moved_emergency",
                                "moved_out_of_hours", "lost", "deci_minutes", "units", "cents", "days_waited"});
constexpr auto condition_words = std::to_array<const char*>(
    {"onsets", "months", "diagnosed_months", "remissions", "progressions", "exacerbations", "deaths", "diagnoses"});
constexpr auto cause_words = std::to_array<const char*>({"stays", "days", "unplanned", "readmissions", "deaths"});
constexpr auto mechanism_words = std::to_array<const char*>({"persons", "events", "deci_minutes", "cents"});
static_assert(group_words.size() == static_cast<std::size_t>(world::GroupCount::count));
static_assert(service_words.size() == static_cast<std::size_t>(world::ServiceCount::count));
static_assert(condition_words.size() == static_cast<std::size_t>(world::ConditionCount::count));
static_assert(cause_words.size() == static_cast<std::size_t>(world::CauseCount::count));
static_assert(mechanism_words.size() == static_cast<std::size_t>(world::MechanismCount::count));
static_assert(kind_words.size() * sizeof(std::int64_t) == sizeof(measure::KindYear));
static_assert(action_words.size() * sizeof(std::int64_t) == sizeof(measure::ActionYear));

/// A table of integers by arm, replicate, year and one thing.
struct Wide {
    const char* table;
    const char* thing;
    std::span<const char* const> columns;
};
const std::array<Wide, 8> wides = {{{"groups_raw", "people", group_words},
                                    {"kinds", "kind", kind_words},
                                    {"actions", "action", action_words},
                                    {"places", "place", group_words},
                                    {"services", "service", service_words},
                                    {"conditions", "condition", condition_words},
                                    {"causes", "cause", cause_words},
                                    {"mechanisms", "mechanism", mechanism_words}}};
enum WideIndex { groups_raw, kinds, actions, places, services, conditions, causes, mechanisms };

/// Lists of names by the word under which they stand in the table `names`.
const std::array<std::pair<const char*, Words Names::*>, 9> lists = {{{"arms", &Names::arms},
                                                                      {"kinds", &Names::kinds},
                                                                      {"rules", &Names::rules},
                                                                      {"accounts", &Names::accounts},
                                                                      {"mechanisms", &Names::mechanisms},
                                                                      {"places", &Names::places},
                                                                      {"conditions", &Names::conditions},
                                                                      {"services", &Names::services},
                                                                      {"causes", &Names::causes}}};

std::string quoted(const std::string& name) {
    std::string out = "\"";
    for (const char c : name)
        out += c == '"' ? std::string("\"\"") : std::string(1, c);
    return out + "\"";
}

std::string create_wide(const Wide& wide) {
    std::string sql = std::string("CREATE TABLE ") + wide.table + " (arm TEXT, replicate INTEGER, year INTEGER, " +
                      wide.thing + " TEXT";
    for (const char* column : wide.columns)
        sql += std::string(", ") + column + " INTEGER";
    return sql + ")";
}

std::string insert_wide(const Wide& wide) {
    std::string sql = std::string("INSERT INTO ") + wide.table + " VALUES (?, ?, ?, ?";
    for (std::size_t i = 0; i < wide.columns.size(); ++i)
        sql += ", ?";
    return sql + ")";
}

const std::string& name_at(const Words& names, std::size_t i) {
    static const std::string none;
    return i < names.size() ? names[i] : none;
}

std::string people_name(int group) {
    const auto parts = world::group_parts(group);
    constexpr const char* bands[] = {"0-4",   "5-14",  "15-24", "25-44", "45-54",
                                     "55-64", "65-74", "75-84", "85-94", "95+"};
    return "fifth " + std::to_string(parts.quintile + 1) + (parts.sex == 0 ? ", women " : ", men ") +
           bands[parts.band] + (parts.bim ? ", increased reimbursement" : "");
}

}  // namespace

struct Database::Inside {
    std::string path;
    std::unique_ptr<SQLite::Database> db;

    /// Runs `body`; what the database refuses becomes an error with path and the system's words.
    template <class Body> auto guarded(Body&& body) const {
        return store::guarded(path, body);
    }
    void keep_year(const RunRecord& run, const YearRecord& year, const Names& names);
    template <class Values>
    void row(SQLite::Statement& insert, const RunRecord& run, int year, const std::string& thing, const Values& values,
             const Names& names);
};

Database::Database(const std::string& path, bool create) : inside_(std::make_unique<Inside>()) {
    inside_->path = path;
    inside_->guarded([&] {
        const int flags = SQLite::OPEN_READWRITE | (create ? SQLite::OPEN_CREATE : 0);
        inside_->db = std::make_unique<SQLite::Database>(path, flags, 10000);
        // A killed program or a lost current loses no finished transaction.
        inside_->db->exec("PRAGMA synchronous = FULL");
        if (!create)
            return;
        SQLite::Transaction all(*inside_->db);
        inside_->db->exec("CREATE TABLE names (list TEXT, position INTEGER, name TEXT)");
        inside_->db->exec(
            "CREATE TABLE pieces (arm_index INTEGER, replicate INTEGER, arm TEXT, draw INTEGER, hash TEXT, "
            "record BLOB, PRIMARY KEY (arm_index, replicate))");
        inside_->db->exec("CREATE TABLE years (arm TEXT, replicate INTEGER, year INTEGER, months INTEGER, "
                          "persons_end INTEGER)");
        inside_->db->exec(
            "CREATE TABLE ledger_raw (arm TEXT, replicate INTEGER, year INTEGER, rule TEXT, payer TEXT, payee "
            "TEXT, cents INTEGER)");
        for (const Wide& wide : wides)
            inside_->db->exec(create_wide(wide));
        all.commit();
    });
}

Database::~Database() = default;

void Database::write_names(const Names& names) {
    inside_->guarded([&] {
        SQLite::Transaction all(*inside_->db);
        inside_->db->exec("DELETE FROM names");
        SQLite::Statement insert(*inside_->db, "INSERT INTO names VALUES (?, ?, ?)");
        const auto write = [&](const std::string& list, const Words& words) {
            for (std::size_t i = 0; i < words.size(); ++i) {
                insert.bind(1, list);
                insert.bind(2, static_cast<std::int64_t>(i));
                insert.bind(3, words[i]);
                insert.exec();
                insert.reset();
            }
        };
        for (const auto& [list, words] : lists)
            write(list, names.*words);
        for (std::size_t arm = 0; arm < names.actions.size(); ++arm)
            write("actions of " + names.arms.at(arm), names.actions[arm]);
        all.commit();
    });
}

Names Database::names() const {
    return inside_->guarded([&] {
        Names out;
        const auto read = [&](const std::string& list, Words& words) {
            SQLite::Statement query(*inside_->db, "SELECT name FROM names WHERE list = ? ORDER BY position");
            query.bind(1, list);
            while (query.executeStep())
                words.push_back(query.getColumn(0).getString());
        };
        for (const auto& [list, words] : lists)
            read(list, out.*words);
        for (const std::string& arm : out.arms)
            read("actions of " + arm, out.actions.emplace_back());
        return out;
    });
}

template <class Values>
void Database::Inside::row(SQLite::Statement& insert, const RunRecord& run, int year, const std::string& thing,
                           const Values& values, const Names& names) {
    bool any = false;
    for (const std::int64_t value : values)
        any = any || value != 0;
    if (!any)
        return;
    insert.bind(1, name_at(names.arms, static_cast<std::size_t>(run.arm)));
    insert.bind(2, run.replicate);
    insert.bind(3, year);
    insert.bind(4, thing);
    int column = 5;
    for (const std::int64_t value : values)
        insert.bind(column++, value);
    insert.exec();
    insert.reset();
    insert.clearBindings();
}

void Database::Inside::keep_year(const RunRecord& run, const YearRecord& year, const Names& names) {
    SQLite::Statement raw(*db, "INSERT INTO years VALUES (?, ?, ?, ?, ?)");
    raw.bind(1, name_at(names.arms, static_cast<std::size_t>(run.arm)));
    raw.bind(2, run.replicate);
    raw.bind(3, year.year);
    raw.bind(4, year.months);
    raw.bind(5, year.persons_end);
    raw.exec();

    SQLite::Statement post(*db, "INSERT INTO ledger_raw VALUES (?, ?, ?, ?, ?, ?, ?)");
    for (const world::Posting& p : year.postings) {
        post.bind(1, name_at(names.arms, static_cast<std::size_t>(run.arm)));
        post.bind(2, run.replicate);
        post.bind(3, year.year);
        post.bind(4, name_at(names.rules, static_cast<std::size_t>(p.rule)));
        post.bind(5, name_at(names.accounts, static_cast<std::size_t>(p.from)));
        post.bind(6, name_at(names.accounts, static_cast<std::size_t>(p.to)));
        post.bind(7, p.cents);
        post.exec();
        post.reset();
    }
    const auto inserter = [&](WideIndex i) { return SQLite::Statement(*db, insert_wide(wides[i])); };
    const auto structs = [&](WideIndex index, const auto& list, const Words& things) {
        SQLite::Statement insert = inserter(index);
        using Struct = std::decay_t<decltype(list[0])>;
        for (std::size_t i = 0; i < list.size(); ++i)
            row(insert, run, year.year, name_at(things, i),
                std::bit_cast<std::array<std::int64_t, sizeof(Struct) / sizeof(std::int64_t)>>(list[i]), names);
    };
    structs(kinds, year.kinds, names.kinds);
    static const Words unnamed;
    const auto arm = static_cast<std::size_t>(run.arm);
    structs(actions, year.actions, arm < names.actions.size() ? names.actions[arm] : unnamed);
    SQLite::Statement place_row = inserter(places);
    for (std::size_t i = 0; i < year.places.size(); ++i)
        if (year.places[i].counts.size() == group_words.size())
            row(place_row, run, year.year, name_at(names.places, i), year.places[i].counts, names);

    const world::Book& book = year.book;
    if (book.values().empty())
        return;
    const auto counts = [&](WideIndex index, int things, const auto& word, const auto& count) {
        SQLite::Statement insert = inserter(index);
        std::vector<std::int64_t> values(wides[index].columns.size());
        for (int thing = 0; thing < things; ++thing) {
            for (std::size_t i = 0; i < values.size(); ++i)
                values[i] = count(i, thing);
            row(insert, run, year.year, word(thing), values, names);
        }
    };
    const auto named = [](const Words& words) {
        return [&words](int i) { return name_at(words, static_cast<std::size_t>(i)); };
    };
    counts(groups_raw, world::groups, people_name,
           [&](std::size_t i, int g) { return book.group(static_cast<world::GroupCount>(i), g); });
    counts(services, book.shape().services, named(names.services),
           [&](std::size_t i, int s) { return book.service(static_cast<world::ServiceCount>(i), s); });
    counts(conditions, book.shape().conditions, named(names.conditions),
           [&](std::size_t i, int c) { return book.condition(static_cast<world::ConditionCount>(i), c); });
    counts(causes, book.shape().causes, named(names.causes),
           [&](std::size_t i, int c) { return book.cause(static_cast<world::CauseCount>(i), c); });
    counts(mechanisms, book.shape().mechanisms, named(names.mechanisms),
           [&](std::size_t i, int m) { return book.mechanism(static_cast<world::MechanismCount>(i), m); });
}

void Database::keep(const std::vector<RunRecord>& pieces, const Names& names) {
    inside_->guarded([&] {
        SQLite::Transaction all(*inside_->db);
        for (const RunRecord& run : pieces) {
            SQLite::Statement insert(*inside_->db, "INSERT INTO pieces VALUES (?, ?, ?, ?, ?, ?)");
            const std::string bytes = encode(run);
            insert.bind(1, run.arm);
            insert.bind(2, run.replicate);
            insert.bind(3, name_at(names.arms, static_cast<std::size_t>(run.arm)));
            insert.bind(4, run.draw);
            insert.bind(5, hex(run.hash));
            insert.bind(6, bytes.data(), static_cast<int>(bytes.size()));
            insert.exec();
            for (const YearRecord& year : run.years)
                inside_->keep_year(run, year, names);
        }
        all.commit();
    });
}

std::vector<Piece> Database::finished() const {
    return inside_->guarded([&] {
        std::vector<Piece> out;
        SQLite::Statement query(*inside_->db, "SELECT arm_index, replicate FROM pieces ORDER BY replicate, arm_index");
        while (query.executeStep())
            out.push_back({query.getColumn(0).getInt(), query.getColumn(1).getInt()});
        return out;
    });
}

bool Database::has(int arm, int replicate, std::uint64_t& hash) const {
    return inside_->guarded([&] {
        SQLite::Statement piece(*inside_->db, "SELECT hash FROM pieces WHERE arm_index = ? AND replicate = ?");
        piece.bind(1, arm);
        piece.bind(2, replicate);
        if (!piece.executeStep())
            return false;
        hash = std::stoull(piece.getColumn(0).getString(), nullptr, 16);
        return true;
    });
}

RunRecord Database::record(int arm, int replicate) const {
    return inside_->guarded([&] {
        SQLite::Statement piece(*inside_->db, "SELECT record FROM pieces WHERE arm_index = ? AND replicate = ?");
        piece.bind(1, arm);
        piece.bind(2, replicate);
        TRESSE_CHECK(piece.executeStep(), "only pieces that are listed are asked for");
        const SQLite::Column blob = piece.getColumn(0);
        return decode({static_cast<const char*>(blob.getBlob()), static_cast<std::size_t>(blob.getBytes())});
    });
}

void Database::write_table(const Table& table) {
    inside_->guarded([&] {
        SQLite::Transaction all(*inside_->db);
        const std::string name = quoted(table.name);
        inside_->db->exec("DROP TABLE IF EXISTS " + name);
        std::string columns, places;
        for (const Column& column : table.columns) {
            constexpr const char* types[] = {" TEXT", " INTEGER", " REAL"};
            columns += (columns.empty() ? "" : ", ") + quoted(column.name) + types[static_cast<int>(column.type)];
            places += places.empty() ? "?" : ", ?";
        }
        inside_->db->exec("CREATE TABLE " + name + " (" + columns + ")");
        SQLite::Statement insert(*inside_->db, "INSERT INTO " + name + " VALUES (" + places + ")");
        for (const auto& row : table.rows) {
            TRESSE_CHECK(row.size() == table.columns.size(), "a row has a cell for every column");
            for (std::size_t i = 0; i < row.size(); ++i) {
                long long whole_value = 0;
                double real_value = 0;
                const int at = static_cast<int>(i) + 1;
                if (row[i].empty())
                    insert.bind(at);
                else if (table.columns[i].type == Type::whole && parse_whole(row[i], whole_value))
                    insert.bind(at, static_cast<std::int64_t>(whole_value));
                else if (table.columns[i].type == Type::real && parse_number(row[i], real_value))
                    insert.bind(at, real_value);
                else
                    insert.bind(at, row[i]);
            }
            insert.exec();
            insert.reset();
        }
        all.commit();
    });
}

Table Database::read_table(const std::string& name) const {
    return inside_->guarded([&] {
        Table out;
        out.name = name;
        if (!inside_->db->tableExists(name))
            return out;
        SQLite::Statement query(*inside_->db, "SELECT * FROM " + quoted(name) + " ORDER BY rowid");
        for (int i = 0; i < query.getColumnCount(); ++i) {
            const std::string type = query.getColumnDeclaredType(i);
            out.columns.push_back({query.getColumnName(i), type == "REAL"      ? Type::real
                                                           : type == "INTEGER" ? Type::whole
                                                                               : Type::text});
        }
        while (query.executeStep()) {
            std::vector<std::string> row;
            for (int i = 0; i < query.getColumnCount(); ++i) {
                const SQLite::Column value = query.getColumn(i);
                row.push_back(value.isNull() ? ""
                              : out.columns[static_cast<std::size_t>(i)].type == Type::real && value.isFloat()
                                  ? cell(value.getDouble())
                                  : value.getString());
            }
            out.rows.push_back(std::move(row));
        }
        return out;
    });
}

}  // namespace tresse::store
