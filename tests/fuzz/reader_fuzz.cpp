#include <cstddef>
#include <cstdint>
#include <string>

#include "tresse/core/problems.hpp"
#include "tresse/scenario/reader.hpp"
#include "tresse/scenario/scores.hpp"

using namespace tresse;
using namespace tresse::scenario;

namespace {

/// Asks every place for everything a reader can ask, so that no text may break any of them.
void read_all(const Node& node, int depth) {
    if (depth > 70) return;
    node.text_or("");
    node.number_or(0, -1, 1);
    node.whole_or(0, -1, 1);
    node.flag_or(false);
    node.texts();
    node.uncertain(0, 1, Law::logit);
    node.uncertain_list(0, 10, Law::lognormal);
    node.local_text();
    node.shown();
    node.draw_key();
    for (std::size_t i = 0; i < node.size() && i < 50; ++i)
        if (!node.is_scalar()) read_all(node.at(i), depth + 1);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    Problems problems;
    Document document(text, "fuzz.yaml", "", problems);
    read_all(document.root(), 0);
    const std::string dumped = document.root().dump();
    document.set(text.substr(0, text.find('\n')), "1");
    document.finish();
    document.sources();
    problems.text();
    Problems of_scores;
    parse_scores("format: 1\nkind: scores\nscores:\n" + text, "fuzz.yaml", of_scores);
    return 0;
}
