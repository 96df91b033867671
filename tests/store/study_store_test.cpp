#include "tresse/store/study_store.hpp"

#include <cmath>
#include <limits>

#include <catch2/catch.hpp>

#include "../temporary_folder.hpp"
#include "tresse/core/check.hpp"

using namespace tresse;
using namespace tresse::store;

namespace {

struct Scratch : TemporaryFolder {
    Scratch() : TemporaryFolder("study") {}
};

StudyPiece piece(int arm, int replicate) {
    return {arm, replicate, replicate / 2 + 1, 0xfedcba9876543210u + static_cast<unsigned>(arm), {1.5, std::nan(""), -0.0, 1e300}};
}

}  // namespace

TEST_CASE("pieces of a study come back bit for bit, in order, from a file that was closed", "[store][study]") {
    const Scratch scratch;
    CHECK_FALSE(StudyStore::is_in(scratch.path.string()));
    {
        StudyStore s(scratch.path.string());
        s.open_stage("futures", std::string("de\0sign", 7), {"a", "b", "c", "d"});
        s.keep("futures", {piece(1, 4), piece(0, 4)});
        s.keep("futures", {piece(0, 1)});
    }
    const StudyStore s(scratch.path.string());
    CHECK(StudyStore::is_in(scratch.path.string()));
    CHECK(s.stages() == std::vector<std::string>{"futures"});
    CHECK(s.design("futures") == std::string("de\0sign", 7));
    CHECK(s.columns("futures").size() == 4);
    const auto all = s.pieces("futures");
    REQUIRE(all.size() == 3);
    CHECK(all[0].replicate == 1);
    CHECK(all[1].arm == 0);
    CHECK(all[2].arm == 1);
    CHECK(all[2].hash == piece(1, 4).hash);
    CHECK(all[2].draw == 3);
    CHECK(all[2].numbers[0] == 1.5);
    CHECK(std::isnan(all[2].numbers[1]));
    CHECK(std::signbit(all[2].numbers[2]));
    CHECK(all[2].numbers[3] == 1e300);
    std::uint64_t hash = 0;
    CHECK(s.has("futures", 1, 4, hash));
    CHECK(hash == piece(1, 4).hash);
    CHECK_FALSE(s.has("futures", 2, 4, hash));
    CHECK_FALSE(s.has("why", 1, 4, hash));
}

TEST_CASE("a stage that is begun stays what it is", "[store][study]") {
    const Scratch scratch;
    StudyStore s(scratch.path.string());
    s.open_stage("why", "one", {"a"});
    CHECK_NOTHROW(s.open_stage("why", "one", {"a"}));
    CHECK_THROWS_AS(s.open_stage("why", "two", {"a"}), BrokenRule);
    CHECK_THROWS_AS(s.open_stage("why", "one", {"b"}), BrokenRule);
}

TEST_CASE("pieces travel as bytes and arrive whole, or not at all", "[store][study]") {
    const std::vector<StudyPiece> sent = {piece(0, 3), piece(2, 3)};
    const std::string bytes = encode(sent);
    const auto got = decode_pieces(bytes);
    REQUIRE(got.size() == 2);
    CHECK(got[1].arm == 2);
    CHECK(got[1].hash == sent[1].hash);
    CHECK(got[0].numbers[3] == 1e300);
    CHECK_THROWS_AS(decode_pieces(bytes.substr(0, bytes.size() - 1)), BrokenRule);
    CHECK_THROWS_AS(decode_pieces(bytes + "x"), BrokenRule);
    CHECK(decode_pieces(encode({})).empty());
}
