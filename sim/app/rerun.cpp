#include <map>

#include "tresse/app/commands.hpp"
#include "tresse/app/simulate.hpp"
#include "tresse/core/csv.hpp"
#include "tresse/core/file.hpp"
#include "tresse/core/hash.hpp"
#include "tresse/core/problems.hpp"
#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"

#include "parts.hpp"

namespace tresse::app {

namespace {

using text::fill;
using text::tr;

/// Keeps hashes only: nothing of a rerun goes to the disk.
class HashSink : public experiment::Sink {
public:
    std::map<std::pair<int, int>, std::uint64_t> hashes;  ///< by (replicate, arm)
    void finished(const measure::RunRecord& record) override { hashes[{record.replicate, record.arm}] = record.hash; }
};

}  // namespace

Options options_of_run(const store::Manifest& m, const Options& given) {
    Options out;
    out.threads = given.threads;
    out.memory_gb = given.memory_gb;
    for (const auto& [name, value] : m.options) {
        long long whole = 0;
        parse_whole(value, whole);
        if (name == "replicates")
            out.replicates = static_cast<int>(whole);
        else if (name == "months")
            out.months = static_cast<int>(whole);
        else if (name == "sample")
            out.sample = static_cast<int>(whole);
        else if (name == "seed")
            out.has_seed = true, out.seed = static_cast<std::uint64_t>(whole);
        else if (name == "repeats")
            out.repeats = static_cast<int>(whole);
        else if (name == "area")
            out.area = value;
        else if (name == "set")
            out.set.emplace_back(value.substr(0, value.find('=')), value.substr(value.find('=') + 1));
    }
    return out;
}

int rerun(const std::string& word, const Options& given, Session& session) {
    const store::Found found = store::find_run(session.around().results, word);
    const store::Manifest& m = found.manifest;
    if (!m.option("study").empty())
        return rerun_study(found, given, session);
    const Options options = options_of_run(m, given);
    const auto s = load(m.scenario_name, options, session);
    std::vector<int> arms;
    for (std::size_t i = 0; i < s->arms.size(); ++i)
        if (s->arms[i].id == m.option("arm"))
            arms.push_back(static_cast<int>(i));

    std::string differs;
    if (hash_of_inputs(*s, arms, options.repeats) != m.inputs) {
        const std::map<std::string, std::uint64_t> now = {{"scenario", hash_text(s->resolved)},
                                                          {"library", s->library->hash},
                                                          {"region", s->region->hash},
                                                          {"all", s->hash}};
        for (const auto& [part, hash] : m.input_hashes)
            if (part != "all" && now.contains(part) && now.at(part) != hash)
                differs += (differs.empty() ? "" : ", ") + part;
        if (differs.empty())
            differs = tr("rules, components or accounts of the library");
        session.write(fill(tr("Not the same inputs: {what} changed since the run {run}. Nothing was run again.\n"),
                           {{"what", differs}, {"run", m.code()}}));
        return says_no;
    }
    const store::RunFolder folder = store::RunFolder::open(found.path);
    HashSink sink;
    const experiment::RunReport made = run_plan(*s, plan_of(*s, arms, options, session), sink, session);
    if (!made.complete()) {
        session.warn(tr("Stopped before the end; nothing was compared to its end."));
        return machine_refused;
    }
    int checked = 0, wrong = 0;
    for (const store::Piece& piece : folder.finished()) {
        std::uint64_t kept = 0;
        folder.has(piece.arm, piece.replicate, kept);
        const auto again = sink.hashes.find({piece.replicate, piece.arm});
        ++checked;
        if (again != sink.hashes.end() && again->second == kept)
            continue;
        if (++wrong <= 5)
            differs += fill(tr("  arm {arm}, replicate {n}: {old}, now {now}\n"),
                            {{"arm", m.arms.at(static_cast<std::size_t>(piece.arm))},
                             {"n", piece.replicate},
                             {"old", hex(kept, 8)},
                             {"now", again == sink.hashes.end() ? tr("missing") : hex(again->second, 8)}});
    }
    if (wrong == 0) {
        session.write(
            fill(tr("identical: {n} pieces, result {hash}\n"), {{"n", checked}, {"hash", hex(made.hash, 8)}}));
        return done;
    }
    session.write(fill(tr("Not identical: {wrong} of {n} pieces differ.\n"), {{"wrong", wrong}, {"n", checked}}) +
                  differs);
    if (m.program != session.around().program)
        session.write(fill(tr("The run was made by version {version} ({commit}); this is another program.\n"),
                           {{"version", m.version}, {"commit", m.commit}}));
    return says_no;
}

}  // namespace tresse::app
