#include "exports.hpp"

#include "tresse/core/file.hpp"
#include "tresse/viz/explorer/lever.hpp"

namespace tresse::viz::explorer {

std::vector<std::string> write_picture(const Picture& picture, const std::string& folder, const std::string& kind) {
    std::vector<std::string> out;
    make_folder(folder);
    const auto write = [&](const std::string& ending, const std::string& bytes) {
        out.push_back(join_path(folder, picture.id + (picture.run.empty() ? "" : "-" + picture.run) + "." + ending));
        write_file(out.back(), bytes);
    };
    if (kind == "svg" || kind == "all")
        write("svg", svg(picture));
    if (kind == "pdf" || kind == "all")
        write("pdf", pdf(picture));
    if (kind == "png" || kind == "all")
        write("png", png(picture));
    if (kind == "csv" || kind == "all")
        write("csv", csv(picture));
    return out;
}

std::vector<std::pair<std::string, std::string>> settings_of_state(const State& state) {
    return settings_of(state);
}

std::vector<std::pair<std::string, std::string>> entries_of_state(const State& state) {
    std::vector<std::pair<std::string, std::string>> out = state.entries;
    if (!state.guess.empty())
        out.emplace_back("prediction", state.guess);
    return out;
}

}  // namespace tresse::viz::explorer
