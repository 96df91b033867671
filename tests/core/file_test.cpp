#include "tresse/core/file.hpp"

#include <csignal>
#include <filesystem>

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "tresse/core/check.hpp"
#include "tresse/core/problems.hpp"

using namespace tresse;
using Catch::Matchers::Contains;

namespace {

constexpr std::size_t plenty = 1u << 20;

/// A folder of its own for each test, gone afterwards.
class Folder {
public:
    Folder()
        : path(std::filesystem::temp_directory_path().string() + "/tresse-file-test-" + std::to_string(::getpid())) {
        std::filesystem::remove_all(path);
        make_folder(path);
    }
    ~Folder() { std::filesystem::remove_all(path); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    std::string operator/(const std::string& name) const { return path + "/" + name; }
    std::string path;
};

}  // namespace

TEST_CASE("what is written is read back, byte for byte", "[core][file]") {
    const Folder folder;
    std::string bytes;
    for (int i = 0; i < 300000; ++i)
        bytes += static_cast<char>(i * 7 % 256);
    write_file(folder / "all", bytes);
    CHECK(read_file(folder / "all", plenty) == bytes);
    write_file(folder / "all", "short");
    CHECK(read_file(folder / "all", plenty) == "short");
}

TEST_CASE("writing leaves the file and nothing else", "[core][file]") {
    const Folder folder;
    write_file(folder / "b", "1");
    write_file(folder / "a", "2");
    CHECK(names_in(folder.path) == std::vector<std::string>{"a", "b"});
}

TEST_CASE("a write that fails leaves the old file and no rest", "[core][file]") {
    const Folder folder;
    make_folder(folder / "taken");
    CHECK_THROWS_WITH(write_file(folder / "taken", "x"), Contains(folder / "taken") && Contains("a folder"));
    CHECK_THROWS_AS(write_file(folder / "nowhere/x", "x"), MachineRefused);
    CHECK_THROWS_WITH(write_file(folder / "nowhere/x", "x"),
                      Contains("nowhere/x") && Contains("No such file or directory"));
    CHECK(names_in(folder.path) == std::vector<std::string>{"taken"});
}

TEST_CASE("a write that breaks off half-way leaves the old file, no rest, and the system's words", "[core][file]") {
    const Folder folder;
    write_file(folder / "result", "old");
    // The nearest thing to a full disk that a test can ask for: files may not grow beyond a thousand bytes.
    struct rlimit before = {};
    REQUIRE(::getrlimit(RLIMIT_FSIZE, &before) == 0);
    struct rlimit tight = before;
    tight.rlim_cur = 1000;
    const auto handler = std::signal(SIGXFSZ, SIG_IGN);
    ::setrlimit(RLIMIT_FSIZE, &tight);
    std::string words;
    try {
        write_file(folder / "result", std::string(5000, 'x'));
    } catch (const MachineRefused& e) {
        words = e.what();
    }
    ::setrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, handler);
    CHECK_THAT(words, Contains(folder / "result") && Contains("File too large"));
    CHECK(read_file(folder / "result", plenty) == "old");
    CHECK(names_in(folder.path) == std::vector<std::string>{"result"});
}

TEST_CASE("a device is never replaced by a file, not even through a link", "[core][file]") {
    const Folder folder;
    std::filesystem::create_symlink("/dev/null", folder / "link");
    CHECK_THROWS_WITH(write_file(folder / "link", "x"), Contains("a device or pipe"));
    CHECK(exists("/dev/null"));
}

TEST_CASE("a link keeps pointing to the file it names", "[core][file]") {
    const Folder folder;
    write_file(folder / "real", "old");
    std::filesystem::create_symlink("real", folder / "link");
    write_file(folder / "link", "new");
    CHECK(read_file(folder / "real", plenty) == "new");
    CHECK(std::filesystem::is_symlink(folder / "link"));
}

TEST_CASE("a missing file is an input error that names its neighbour", "[core][file]") {
    const Folder folder;
    write_file(folder / "first-look.yaml", "x");
    CHECK_THROWS_AS(read_file(folder / "frist-look.yaml", plenty), BadInput);
    CHECK_THROWS_WITH(read_file(folder / "frist-look.yaml", plenty), Contains("Nearest beside it: first-look.yaml"));
    CHECK_THROWS_WITH(read_file(folder / "other", plenty), Contains("no such file") && !Contains("Nearest"));
    CHECK_THROWS_WITH(read_file(folder / "nowhere/x", plenty), Contains("its folder cannot be read"));
    CHECK_THROWS_AS(read_file(folder / "first-look.yaml/x", plenty), BadInput);
}

TEST_CASE("a folder, an empty file and a large file are input errors", "[core][file]") {
    const Folder folder;
    CHECK_THROWS_WITH(read_file(folder.path, plenty), Contains("this is a folder"));
    write_file(folder / "empty", "");
    CHECK_THROWS_WITH(read_file(folder / "empty", plenty), Contains("the file is empty"));
    write_file(folder / "ten", "0123456789");
    CHECK(read_file(folder / "ten", 10) == "0123456789");
    CHECK_THROWS_WITH(read_file(folder / "ten", 9), Contains("larger than 9 bytes"));
    CHECK_THROWS_AS(read_file(folder / "ten", 9), BadInput);
}

TEST_CASE("a file without a stated size is read to its end, or to the limit", "[core][file]") {
    if (!exists("/proc/self/status"))
        return;
    CHECK_THAT(read_file("/proc/self/status", plenty), Contains("Name:"));
    if (exists("/dev/zero"))
        CHECK_THROWS_WITH(read_file("/dev/zero", 300000), Contains("larger than"));
}

TEST_CASE("a file that may not be read is an input error, one that breaks while read is the machine's",
          "[core][file]") {
    const Folder folder;
    write_file(folder / "secret", "x");
    ::chmod((folder / "secret").c_str(), 0);
    if (::geteuid() != 0)
        CHECK_THROWS_WITH(read_file(folder / "secret", plenty),
                          Contains("cannot be read") && Contains("Permission denied"));
    if (exists("/proc/self/mem"))
        CHECK_THROWS_AS(read_file("/proc/self/mem", plenty), MachineRefused);  // page 0 is never there
}

TEST_CASE("folders are made with their parents, twice without harm, never over a file", "[core][file]") {
    const Folder folder;
    make_folder(folder / "a/b/c");
    make_folder(folder / "a/b/c");
    CHECK(is_folder(folder / "a/b/c"));
    write_file(folder / "file", "x");
    CHECK_FALSE(is_folder(folder / "file"));
    CHECK_THROWS_AS(make_folder(folder / "file"), MachineRefused);
    CHECK_THROWS_AS(make_folder(folder / "file/below"), MachineRefused);
}

TEST_CASE("names come sorted by their bytes, and a folder that is not there is refused", "[core][file]") {
    const Folder folder;
    for (const char* name : {"b", "B", "a10", "a9", "é"})
        write_file(folder / name, "x");
    CHECK(names_in(folder.path) == std::vector<std::string>{"B", "a10", "a9", "b", "é"});
    CHECK_THROWS_WITH(names_in(folder / "none"), Contains("none") && Contains("No such file or directory"));
    CHECK_THROWS_AS(names_in(folder / "b"), MachineRefused);
}

TEST_CASE("paths are joined and taken apart", "[core][file]") {
    CHECK(join_path("a", "b") == "a/b");
    CHECK(join_path("a/", "b") == "a/b");
    CHECK(join_path("", "b") == "b");
    CHECK(join_path("a", "/b") == "/b");
    CHECK(folder_of("a/b/c.txt") == "a/b");
    CHECK(folder_of("c.txt") == ".");
    CHECK(folder_of("/c.txt") == "/");
    CHECK(folder_of("a/b/") == "a");
    CHECK(folder_of("a//b") == "a");
    CHECK(name_of("a/b/c.txt") == "c.txt");
    CHECK(name_of("c.txt") == "c.txt");
    CHECK(name_of("a/b/") == "b");
}

TEST_CASE("what is there is there", "[core][file]") {
    const Folder folder;
    CHECK(exists(folder.path));
    CHECK_FALSE(exists(folder / "x"));
    write_file(folder / "x", "x");
    CHECK(exists(folder / "x"));
    CHECK_FALSE(exists(""));
}

TEST_CASE("free space is known for a path that is not there yet", "[core][file]") {
    const Folder folder;
    CHECK(free_bytes(folder.path) > 0);
    CHECK(free_bytes(folder / "not/yet/there") > 0);
    CHECK(free_bytes("not-yet-there") > 0);
}
