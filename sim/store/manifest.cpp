#include "tresse/store/manifest.hpp"

#include <algorithm>
#include <charconv>

#include <nlohmann/json.hpp>

#include "tresse/core/hash.hpp"
#include "tresse/core/problems.hpp"

namespace tresse::store {

namespace {

using Json = nlohmann::ordered_json;

constexpr const char* state_words[] = {"running", "complete", "incomplete"};

std::uint64_t from_hex(const std::string& text) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, 16);
    if (error != std::errc() || end != text.data() + text.size())
        throw std::invalid_argument("\"" + text + "\" is no hash");
    return value;
}

State state_of(const std::string& word) {
    for (int i = 0; i < 3; ++i)
        if (word == state_words[i])
            return static_cast<State>(i);
    throw std::invalid_argument("\"" + word + "\" is no state of a run");
}

/// Options as "name=value": a name may stand more than once.
Json option_list(const std::vector<std::pair<std::string, std::string>>& list) {
    Json out = Json::array();
    for (const auto& [name, value] : list)
        out.push_back(name + "=" + value);
    return out;
}

Manifest read(const Json& json) {
    Manifest m;
    if (json.at("format") != 1)
        throw std::invalid_argument("this version reads format 1");
    m.scenario = json.at("scenario");
    m.title = json.at("title");
    m.command = json.at("command");
    m.version = json.at("program").at("version");
    m.commit = json.at("program").at("commit");
    m.compiler = json.at("program").at("compiler");
    m.flags = json.at("program").at("flags");
    m.program = from_hex(json.at("program").at("hash"));
    m.inputs = from_hex(json.at("inputs").at("hash"));
    for (const auto& [part, hash] : json.at("inputs").at("parts").items())
        m.input_hashes.emplace_back(part, from_hex(hash));
    m.scenario_name = json.at("repeat").at("scenario");
    for (const std::string option : json.at("repeat").at("options")) {
        const std::size_t equals = std::min(option.find('='), option.size() - 1);
        m.options.emplace_back(option.substr(0, equals), option.substr(equals + 1));
    }
    m.seed = json.at("seed");
    m.threads = json.at("threads");
    m.replicates = json.at("replicates");
    m.finished = json.at("finished_replicates");
    m.months = json.at("months");
    m.sample = json.at("sample");
    m.arms = json.at("arms").get<std::vector<std::string>>();
    m.started = json.at("started");
    m.seconds = json.at("seconds");
    m.megabytes = json.at("megabytes");
    m.state = state_of(json.at("state"));
    m.result = json.at("result_hash").is_null() ? 0 : from_hex(json.at("result_hash"));
    return m;
}

}  // namespace

std::string Manifest::code() const {
    return hex(inputs, 6);
}

std::string Manifest::option(const std::string& name) const {
    for (const auto& [key, value] : options)
        if (key == name)
            return value;
    return "";
}

std::string to_json(const Manifest& m) {
    Json parts = Json::object();
    for (const auto& [name, value] : m.input_hashes)
        parts[name] = hex(value);
    const Json json = {
        {"format", 1},
        {"kind", "run"},
        {"code", m.code()},
        {"scenario", m.scenario},
        {"title", m.title},
        {"state", state_words[static_cast<int>(m.state)]},
        {"result_hash", m.result == 0 ? Json() : Json(hex(m.result))},
        {"started", m.started},
        {"seconds", m.seconds},
        {"megabytes", m.megabytes},
        {"command", m.command},
        {"program",
         {{"version", m.version},
          {"commit", m.commit},
          {"compiler", m.compiler},
          {"flags", m.flags},
          {"hash", hex(m.program)}}},
        {"inputs", {{"hash", hex(m.inputs)}, {"parts", parts}}},
        {"repeat", {{"scenario", m.scenario_name}, {"options", option_list(m.options)}}},
        {"seed", m.seed},
        {"threads", m.threads},
        {"arms", m.arms},
        {"replicates", m.replicates},
        {"finished_replicates", m.finished},
        {"months", m.months},
        {"sample", m.sample},
    };
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Manifest manifest_from_json(const std::string& text, const std::string& name) {
    try {
        return read(Json::parse(text));
    } catch (const std::exception& error) {
        Problems problems;
        problems.add(name, 0, "", std::string("is no manifest of a run: ") + error.what() + ".");
        throw BadInput(std::move(problems));
    }
}

}  // namespace tresse::store
