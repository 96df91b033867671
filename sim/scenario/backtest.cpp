#include "tresse/scenario/backtest.hpp"

#include <algorithm>

#include "tresse/scenario/reader.hpp"
#include "tresse/scenario/scores.hpp"

namespace tresse::scenario {

namespace {

Backtest row_of(const Node& node) {
    Backtest b;
    b.id = node.need("id").text();
    b.scenario = node.need("scenario").text();
    b.arm = node.need("arm").text();
    b.against = node.need("against").text();
    const Node scores = node.need("scores");
    const std::vector<std::string> known = score_ids();
    for (const std::string& id : scores.texts()) {
        if (std::find(known.begin(), known.end(), id) == known.end()) scores.problem("\"" + id + "\" is no row of the score table.");
        b.scores.push_back(id);
    }
    b.expect = static_cast<Backtest::Expect>(std::max(0, node.need("expect").word({"same", "better", "worse", "up", "down"})));
    const Node seen = node.maybe("seen");
    b.says_seen = seen.present();
    b.seen = seen.flag_or(false);
    b.source = node.need("source").text();
    return b;
}

}  // namespace

Backtests read_backtests(const std::string& path, Problems& problems) {
    Backtests out;
    Document document(path, "backtests", problems);
    if (!document.usable()) return out;
    const Node root = document.root();
    out.months = static_cast<int>(root.need("months").whole(1, 600));
    out.replicates = static_cast<int>(root.need("replicates").whole(2, 10000));
    const Node list = root.need("backtests");
    if (list.must_be_list())
        for (std::size_t i = 0; i < list.size(); ++i)
            if (list.at(i).must_be_map()) out.rows.push_back(row_of(list.at(i)));
    out.sources = document.sources();
    document.finish();
    return out;
}

}  // namespace tresse::scenario
