#include "tresse/store/study_store.hpp"

#include <bit>
#include <mutex>

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include "guarded.hpp"
#include "tresse/core/check.hpp"
#include "tresse/core/file.hpp"
#include "tresse/core/hash.hpp"

namespace tresse::store {

namespace {

constexpr const char* file_name = "study.sqlite";

void put(std::string& out, std::uint64_t value) {
    for (int i = 0; i < 8; ++i)
        out += static_cast<char>(value >> (8 * i) & 0xff);
}

std::uint64_t take(const std::string& bytes, std::size_t& at) {
    TRESSE_CHECK(at + 8 <= bytes.size(), "pieces are whole");
    std::uint64_t value = 0;
    for (int i = 0; i < 8; ++i)
        value |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[at + static_cast<std::size_t>(i)])) << (8 * i);
    at += 8;
    return value;
}

std::string bytes_of(const std::vector<double>& numbers) {
    std::string out;
    out.reserve(numbers.size() * 8);
    for (const double x : numbers)
        put(out, std::bit_cast<std::uint64_t>(x));
    return out;
}

}  // namespace

struct StudyStore::Inside {
    std::string path;
    std::unique_ptr<SQLite::Database> db;
    mutable std::mutex one_user;

    template <class Body> auto guarded(Body&& body) const {
        const std::lock_guard lock(one_user);
        return store::guarded(path, body);
    }
};

StudyStore::StudyStore(const std::string& folder) : inside_(std::make_unique<Inside>()) {
    inside_->path = join_path(folder, file_name);
    inside_->guarded([&] {
        inside_->db = std::make_unique<SQLite::Database>(inside_->path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, 10000);
        // A killed program or a lost current loses no finished piece.
        inside_->db->exec("PRAGMA synchronous = FULL");
        inside_->db->exec("CREATE TABLE IF NOT EXISTS stages (position INTEGER PRIMARY KEY, stage TEXT UNIQUE, design BLOB)");
        inside_->db->exec("CREATE TABLE IF NOT EXISTS columns (stage TEXT, position INTEGER, name TEXT)");
        inside_->db->exec("CREATE TABLE IF NOT EXISTS pieces (stage TEXT, arm INTEGER, replicate INTEGER, draw INTEGER, "
                          "hash TEXT, numbers BLOB, PRIMARY KEY (stage, arm, replicate))");
    });
}

StudyStore::~StudyStore() = default;
StudyStore::StudyStore(StudyStore&&) noexcept = default;
StudyStore& StudyStore::operator=(StudyStore&&) noexcept = default;

bool StudyStore::is_in(const std::string& folder) {
    return exists(join_path(folder, file_name));
}

void StudyStore::open_stage(const std::string& stage, const std::string& design, const std::vector<std::string>& columns) {
    const std::string before = this->design(stage);
    if (!before.empty()) {
        TRESSE_CHECK(before == design && this->columns(stage) == columns, "a stage that is begun stays what it is");
        return;
    }
    inside_->guarded([&] {
        SQLite::Transaction all(*inside_->db);
        SQLite::Statement insert(*inside_->db, "INSERT INTO stages (stage, design) VALUES (?, ?)");
        insert.bind(1, stage);
        insert.bind(2, design.data(), static_cast<int>(design.size()));
        insert.exec();
        SQLite::Statement column(*inside_->db, "INSERT INTO columns VALUES (?, ?, ?)");
        for (std::size_t i = 0; i < columns.size(); ++i) {
            column.bind(1, stage);
            column.bind(2, static_cast<std::int64_t>(i));
            column.bind(3, columns[i]);
            column.exec();
            column.reset();
        }
        all.commit();
    });
}

std::vector<std::string> StudyStore::stages() const {
    return inside_->guarded([&] {
        std::vector<std::string> out;
        SQLite::Statement query(*inside_->db, "SELECT stage FROM stages ORDER BY position");
        while (query.executeStep())
            out.push_back(query.getColumn(0).getString());
        return out;
    });
}

std::string StudyStore::design(const std::string& stage) const {
    return inside_->guarded([&] {
        SQLite::Statement query(*inside_->db, "SELECT design FROM stages WHERE stage = ?");
        query.bind(1, stage);
        return query.executeStep() ? query.getColumn(0).getString() : std::string();
    });
}

std::vector<std::string> StudyStore::columns(const std::string& stage) const {
    return inside_->guarded([&] {
        std::vector<std::string> out;
        SQLite::Statement query(*inside_->db, "SELECT name FROM columns WHERE stage = ? ORDER BY position");
        query.bind(1, stage);
        while (query.executeStep())
            out.push_back(query.getColumn(0).getString());
        return out;
    });
}

void StudyStore::keep(const std::string& stage, const std::vector<StudyPiece>& pieces) {
    inside_->guarded([&] {
        SQLite::Transaction all(*inside_->db);
        SQLite::Statement insert(*inside_->db, "INSERT OR REPLACE INTO pieces VALUES (?, ?, ?, ?, ?, ?)");
        for (const StudyPiece& p : pieces) {
            const std::string bytes = bytes_of(p.numbers);
            insert.bind(1, stage);
            insert.bind(2, p.arm);
            insert.bind(3, p.replicate);
            insert.bind(4, p.draw);
            insert.bind(5, hex(p.hash));
            insert.bind(6, bytes.data(), static_cast<int>(bytes.size()));
            insert.exec();
            insert.reset();
        }
        all.commit();
    });
}

bool StudyStore::has(const std::string& stage, int arm, int replicate, std::uint64_t& hash) const {
    return inside_->guarded([&] {
        SQLite::Statement query(*inside_->db, "SELECT hash FROM pieces WHERE stage = ? AND arm = ? AND replicate = ?");
        query.bind(1, stage);
        query.bind(2, arm);
        query.bind(3, replicate);
        if (!query.executeStep())
            return false;
        hash = std::stoull(query.getColumn(0).getString(), nullptr, 16);
        return true;
    });
}

std::vector<StudyPiece> StudyStore::pieces(const std::string& stage) const {
    return inside_->guarded([&] {
        std::vector<StudyPiece> out;
        SQLite::Statement query(*inside_->db, "SELECT arm, replicate, draw, hash, numbers FROM pieces WHERE stage = ? "
                                              "ORDER BY replicate, arm");
        query.bind(1, stage);
        while (query.executeStep()) {
            StudyPiece p;
            p.arm = query.getColumn(0).getInt();
            p.replicate = query.getColumn(1).getInt();
            p.draw = query.getColumn(2).getInt();
            p.hash = std::stoull(query.getColumn(3).getString(), nullptr, 16);
            const std::string bytes = query.getColumn(4).getString();
            for (std::size_t at = 0; at < bytes.size();)
                p.numbers.push_back(std::bit_cast<double>(take(bytes, at)));
            out.push_back(std::move(p));
        }
        return out;
    });
}

std::string encode(const std::vector<StudyPiece>& pieces) {
    std::string out;
    put(out, pieces.size());
    for (const StudyPiece& p : pieces) {
        for (const int i : {p.arm, p.replicate, p.draw})
            put(out, static_cast<std::uint64_t>(i));
        put(out, p.hash);
        put(out, p.numbers.size());
        out += bytes_of(p.numbers);
    }
    return out;
}

std::vector<StudyPiece> decode_pieces(const std::string& bytes) {
    std::size_t at = 0;
    std::vector<StudyPiece> out(take(bytes, at));
    for (StudyPiece& p : out) {
        p.arm = static_cast<int>(take(bytes, at));
        p.replicate = static_cast<int>(take(bytes, at));
        p.draw = static_cast<int>(take(bytes, at));
        p.hash = take(bytes, at);
        p.numbers.resize(take(bytes, at));
        for (double& x : p.numbers)
            x = std::bit_cast<double>(take(bytes, at));
    }
    TRESSE_CHECK(at == bytes.size(), "nothing stands behind the last piece");
    return out;
}

}  // namespace tresse::store
