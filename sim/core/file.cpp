#include "tresse/core/file.hpp"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

#include "tresse/core/check.hpp"
#include "tresse/core/problems.hpp"

namespace tresse {

namespace {

namespace fs = std::filesystem;

std::string system_words(int error) {
    return std::generic_category().message(error);
}

[[noreturn]] void machine_refuses(std::string_view deed, const std::string& path, int error) {
    if (error == ENOSPC || error == EDQUOT)
        throw MachineRefused(fmt::format("The disk is full: {} (\"{}\").", path, system_words(error)));
    throw MachineRefused(fmt::format("{} {} (\"{}\").", deed, path, system_words(error)));
}

[[noreturn]] void bad_file(const std::string& path, std::string message) {
    Problems problems;
    problems.add(path, 0, "", std::move(message));
    throw BadInput(std::move(problems));
}

/// An open file that closes itself.
class Handle {
public:
    explicit Handle(int number) : number_(number) {}
    ~Handle() {
        if (number_ >= 0)
            ::close(number_);
    }
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
    int number() const { return number_; }
    /// Closing can be the moment in which a full disk shows. Answers 0 or the error.
    int close() { return ::close(std::exchange(number_, -1)) == 0 ? 0 : errno; }

private:
    int number_;
};

std::string missing_sentence(const std::string& path) {
    std::vector<std::string> beside;
    std::error_code error;
    for (auto it = fs::directory_iterator(folder_of(path), error); !error && it != fs::directory_iterator();
         it.increment(error))
        beside.push_back(it->path().filename().string());
    if (error)
        return "there is no such file, and its folder cannot be read.";
    std::sort(beside.begin(), beside.end());
    const std::string near = nearest(name_of(path), beside);
    return near.empty() ? "there is no such file." : fmt::format("there is no such file. Nearest beside it: {}", near);
}

/// The author named a wrong file, or the machine fails: two kinds of error with two exit codes.
[[noreturn]] void cannot_read(const std::string& path, int error) {
    switch (error) {
    case ENOENT:
    case ENOTDIR:
        bad_file(path, missing_sentence(path));
    case EACCES:
    case EPERM:
    case ELOOP:
    case ENAMETOOLONG:
        bad_file(path, fmt::format("cannot be read (\"{}\").", system_words(error)));
    default:
        machine_refuses("Cannot read", path, error);
    }
}

/// The file itself behind a link, so that a rename replaces the file and not the link.
std::string target_of(const std::string& path) {
    std::error_code error;
    if (!fs::is_symlink(path, error))
        return path;
    const fs::path target = fs::weakly_canonical(path, error);
    return error ? path : target.string();
}

int create_beside(const std::string& path, std::string& temporary) {
    static std::atomic<unsigned> counter = 0;
    while (true) {
        temporary = fmt::format("{}.part-{}-{}", path, static_cast<long>(::getpid()), counter++);
        const int number = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (number >= 0 || errno != EEXIST)
            return number;
    }
}

/// Answers 0 or the error.
int write_all(Handle& file, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(file.number(), bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return errno;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    // A rename may reach the disk before the bytes do; after a power cut the file would be there and empty. Some file
    // systems know no fsync.
    if (::fsync(file.number()) != 0 && errno != EINVAL && errno != ENOTSUP)
        return errno;
    return file.close();
}

}  // namespace

std::string read_file(const std::string& path, std::size_t most_bytes) {
    Handle file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.number() < 0)
        cannot_read(path, errno);
    struct stat facts = {};
    if (::fstat(file.number(), &facts) != 0)
        cannot_read(path, errno);
    if (S_ISDIR(facts.st_mode))
        bad_file(path, "this is a folder; wanted a file.");

    // Read to the end whatever the stated size: a pipe has none. One byte too many is enough to refuse.
    std::string bytes;
    std::size_t size = 0;
    const std::size_t step = std::size_t{1} << 16;
    bytes.resize(std::min(most_bytes, static_cast<std::size_t>(facts.st_size)) + 1);
    while (true) {
        const ssize_t got = ::read(file.number(), bytes.data() + size, bytes.size() - size);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            cannot_read(path, errno);
        if (got == 0)
            break;
        size += static_cast<std::size_t>(got);
        if (size > most_bytes)
            bad_file(path, fmt::format("the file is larger than {} bytes, the most that is read here.", most_bytes));
        if (size == bytes.size())
            bytes.resize(std::min(most_bytes, size + std::max(size, step)) + 1);
    }
    bytes.resize(size);
    if (bytes.empty())
        bad_file(path, "the file is empty.");
    return bytes;
}

void write_file(const std::string& path, std::string_view bytes) {
    const std::string target = target_of(path);
    struct stat facts = {};
    if (::stat(target.c_str(), &facts) == 0 && !S_ISREG(facts.st_mode)) {
        // A rename over a device would replace it for the whole machine.
        throw MachineRefused(fmt::format("Cannot write {}: it is {}, not an ordinary file.", path,
                                         S_ISDIR(facts.st_mode) ? "a folder" : "a device or pipe"));
    }
    std::string temporary;
    Handle file(create_beside(target, temporary));
    if (file.number() < 0)
        machine_refuses("Cannot write", path, errno);
    int error = write_all(file, bytes);
    if (error == 0 && ::rename(temporary.c_str(), target.c_str()) != 0)
        error = errno;
    if (error != 0) {
        ::unlink(temporary.c_str());
        machine_refuses("Cannot write", path, error);
    }
}

void make_folder(const std::string& path) {
    std::error_code error;
    fs::create_directories(path, error);
    if (!error && !fs::is_directory(path, error))
        error = std::make_error_code(std::errc::not_a_directory);
    if (error)
        machine_refuses("Cannot make the folder", path, error.value());
}

bool exists(const std::string& path) {
    std::error_code error;
    return fs::exists(path, error);
}

bool is_folder(const std::string& path) {
    std::error_code error;
    return fs::is_directory(path, error);
}

std::vector<std::string> names_in(const std::string& folder) {
    std::vector<std::string> names;
    std::error_code error;
    for (auto it = fs::directory_iterator(folder, error); !error && it != fs::directory_iterator(); it.increment(error))
        names.push_back(it->path().filename().string());
    if (error)
        machine_refuses("Cannot list the folder", folder, error.value());
    std::sort(names.begin(), names.end());
    return names;
}

std::string join_path(std::string_view folder, std::string_view name) {
    return (fs::path(folder) / fs::path(name)).string();
}

std::string folder_of(std::string_view path) {
    while (path.size() > 1 && path.back() == '/')
        path.remove_suffix(1);
    const std::size_t slash = path.rfind('/');
    if (slash == std::string_view::npos)
        return ".";
    path = path.substr(0, slash);
    while (path.size() > 1 && path.back() == '/')
        path.remove_suffix(1);
    return path.empty() ? "/" : std::string(path);
}

std::string name_of(std::string_view path) {
    while (path.size() > 1 && path.back() == '/')
        path.remove_suffix(1);
    return std::string(path.substr(path.rfind('/') + 1));
}

std::uint64_t free_bytes(const std::string& path) {
    std::error_code error;
    fs::path at = fs::absolute(path, error);
    while (!error && !fs::exists(at, error) && at.has_parent_path() && at.parent_path() != at)
        at = at.parent_path();
    const fs::space_info space = fs::space(at, error);
    return error ? 0 : static_cast<std::uint64_t>(space.available);
}

}  // namespace tresse
