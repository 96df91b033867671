#include "tresse/scenario/round.hpp"

#include <algorithm>
#include <numeric>

#include "tresse/core/csv.hpp"

namespace tresse::scenario {

namespace {

std::string near_words(const std::string& word, const std::vector<std::string>& known) {
    const std::string near = nearest(word, known);
    return near.empty() ? "" : " Nearest: " + near + ".";
}

class RoundReader {
public:
    RoundReader(Document& document, const Call& call) : root_(document.root()), call_(call) {
        for (const CallBench& b : call.benches)
            benches_.push_back(b.id);
        for (const CallCriterion& c : call.criteria)
            criteria_.push_back(c.id);
    }

    Round read() {
        round_.id = root_.need("id").text();
        round_.title = root_.need("title").local_text();
        round_.invented = root_.maybe("invented").flag_or(false);
        root_.maybe("call").text_or("");
        const Node jurors = root_.need("jurors");
        jurors.must_be_list();
        for (std::size_t i = 0; i < jurors.size(); ++i)
            juror(jurors.at(i));
        const Node weights = root_.maybe("weights");
        for (std::size_t i = 0; i < weights.size(); ++i)
            bench_weights(weights.at(i));
        return std::move(round_);
    }

private:
    std::string bench(const Node& node) {
        const std::string id = node.text();
        if (!id.empty() && std::find(benches_.begin(), benches_.end(), id) == benches_.end())
            node.problem("the call has no bench \"" + id + "\"." + near_words(id, benches_));
        return id;
    }

    void juror(const Node& node) {
        Juror j;
        j.line = node.line();
        j.id = node.need("id").text();
        j.name = node.need("name").text();
        j.bench = bench(node.need("bench"));
        j.organisation = node.maybe("organisation").text_or("");
        if (const Node lang = node.maybe("language"); lang.present())
            if (const int w = lang.word({"en", "fr", "nl", "de"}); w >= 0)
                j.language = lang.text();
        const Node conflicts = node.maybe("conflicts");
        for (std::size_t i = 0; i < conflicts.size(); ++i) {
            const Node one = conflicts.at(i);
            j.conflicts.push_back({one.need("proposal").text(), one.need("why").text(), one.line()});
        }
        for (const Juror& other : round_.jurors) {
            if (other.id == j.id)
                node.problem_at("id", "the juror \"" + j.id + "\" stands twice, first on line " + std::to_string(other.line) + ". Give each an id of its own.");
            if (other.name == j.name)
                node.problem_at("name", "two jurors have the name \"" + j.name + "\" (first on line " + std::to_string(other.line) + "). Write the first name or the organisation with it, so that a signature belongs to one person.");
        }
        round_.jurors.push_back(std::move(j));
    }

    void bench_weights(const Node& node) {
        BenchWeights w;
        w.line = node.line();
        w.bench = bench(node.need("bench"));
        if (round_.weights_of(w.bench))
            node.problem("the bench \"" + w.bench + "\" weighs twice. Keep one of them.");
        std::vector<std::string> named;
        if (const Node swing = node.maybe("swing"); swing.present() && swing.must_be_map()) {
            w.swing.assign(criteria_.size(), 0);
            named = swing.keys();
            for (const std::string& id : swing.keys()) {
                const Node value = swing.need(id);
                const int c = call_.criterion(id);
                if (c < 0)
                    value.problem("the call has no criterion \"" + id + "\"." + near_words(id, criteria_));
                else
                    w.swing[static_cast<std::size_t>(c)] = value.number(0, 100);
            }
            if (std::accumulate(w.swing.begin(), w.swing.end(), 0.0) <= 0)
                swing.problem("all weights are zero, so nothing would count. Give the criterion whose swing from worst to best matters most 100 points, and the others their share of it.");
        }
        order(node.maybe("order"), w);
        for (const int c : w.order)
            named.push_back(criteria_[static_cast<std::size_t>(c)]);
        if (w.swing.empty() == w.order.empty())
            node.problem("write either swing: {criterion: points} or order: [most important, ...].");
        for (int c = 0; c < static_cast<int>(criteria_.size()); ++c)
            if (const std::string& id = criteria_[static_cast<std::size_t>(c)]; std::find(named.begin(), named.end(), id) == named.end())
                w.left_out.push_back(c);
        value(node.maybe("value"), w);
        round_.weights.push_back(std::move(w));
    }

    void order(const Node& list, BenchWeights& w) {
        for (const std::string& id : list.texts()) {
            const int c = call_.criterion(id);
            if (c < 0)
                list.problem("the call has no criterion \"" + id + "\"." + near_words(id, criteria_));
            else if (std::find(w.order.begin(), w.order.end(), c) != w.order.end())
                list.problem("the criterion \"" + id + "\" stands twice.");
            else
                w.order.push_back(c);
        }
    }

    void value(const Node& map, BenchWeights& w) {
        if (!map.present() || !map.must_be_map())
            return;
        for (const std::string& key : map.keys()) {
            double at = 0;
            const Node point = map.need(key);
            if (!parse_number(key, at) || at < call_.scale_from || at > call_.scale_to)
                point.problem("found the score " + key + ", wanted one of the scale, " + number_text(call_.scale_from) + " to " + number_text(call_.scale_to) + ".");
            else
                w.value.emplace_back(at, point.number(0, 1));
        }
        std::sort(w.value.begin(), w.value.end());
        for (std::size_t i = 1; i < w.value.size(); ++i)
            if (w.value[i].second < w.value[i - 1].second)
                map.problem("a higher score is worth less than a lower one. Write values that never fall.");
        if (w.value.size() == 1)
            map.problem("one point makes no line. Write at least two: {0: 0, 5: 1}.");
    }

    Node root_;
    const Call& call_;
    Round round_;
    std::vector<std::string> benches_, criteria_;
};

Round read(Document& document, const std::string& file, const Call& call) {
    Round round;
    if (document.usable()) {
        round = RoundReader(document, call).read();
        document.finish();
    }
    round.file = file;
    round.hash = document.hash();
    return round;
}

}  // namespace

int Round::juror(std::string_view wanted) const {
    for (std::size_t i = 0; i < jurors.size(); ++i)
        if (jurors[i].id == wanted)
            return static_cast<int>(i);
    return -1;
}

const BenchWeights* Round::weights_of(std::string_view bench) const {
    for (const BenchWeights& w : weights)
        if (w.bench == bench)
            return &w;
    return nullptr;
}

Round read_round(const std::string& path, const Call& call, Problems& problems) {
    Document document(path, "round", problems);
    return read(document, path, call);
}

Round read_round_text(const std::string& text, const std::string& name, const Call& call, Problems& problems) {
    Document document(text, name, "round", problems);
    return read(document, name, call);
}

}  // namespace tresse::scenario
