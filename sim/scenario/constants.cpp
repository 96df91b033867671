#include "tresse/scenario/constants.hpp"

#include <algorithm>

#include "tresse/core/csv.hpp"
#include "tresse/scenario/reader.hpp"

namespace tresse::scenario {

namespace {

constexpr std::string_view head = R"(# Constants of the base year: the only numbers of Tresse that are fitted. `tresse validate --fit` finds them on the arm `today` alone and writes this
# file; every arm and every draw reads it. A factor multiplies: deaths = the hazard of death; contacts = what is asked of a service, whatever asks
# for it; stays = stays that no condition causes, from this age on; frailty = a variance; price = an amount. Bounds are set before the fit.
)";

Constants read_from(Document& document) {
    Constants out;
    out.hash = document.hash();
    if (!document.usable()) return out;
    const Node root = document.root();
    root.maybe("id").text_or("");
    out.report = root.maybe("report").text_or("");
    const Node list = root.need("constants");
    list.must_be_list();
    for (std::size_t i = 0; list.is_list() && i < list.size(); ++i) {
        const Node node = list.at(i);
        Constant c;
        c.line = node.line();
        c.id = node.need("id").text();
        c.low = node.need("low").number(0.01, 10);
        c.high = node.need("high").number(c.low, 100);
        c.value = node.need("value").number(c.low, c.high);
        c.target = node.need("target").text();
        c.elasticity = node.maybe("elasticity").number_or(1, -10, 10);
        c.source = node.need("source").text();
        if (out.find(c.id)) node.problem_at("id", "\"" + c.id + "\" stands twice.");
        out.rows.push_back(std::move(c));
    }
    out.sources = document.sources();
    document.finish();
    return out;
}

}  // namespace

const Constant* Constants::find(std::string_view id) const {
    const auto found = std::find_if(rows.begin(), rows.end(), [&](const Constant& c) { return c.id == id; });
    return found == rows.end() ? nullptr : &*found;
}

double Constants::factor(std::string_view id) const {
    const Constant* c = find(id);
    return c == nullptr ? 1.0 : c->value;
}

Constants load_constants(const std::string& path, Problems& problems) {
    Document document(path, "constants", problems);
    return read_from(document);
}

Constants parse_constants(const std::string& text, const std::string& name, Problems& problems) {
    Document document(text, name, "constants", problems);
    return read_from(document);
}

std::string constants_text(const Constants& constants) {
    std::string out(head);
    out += "format: 1\nkind: constants\nid: base-year\n";
    std::string report = constants.report;
    std::replace(report.begin(), report.end(), '"', '\'');
    out += "report: \"" + report + "\"\nconstants:\n";
    for (const Constant& c : constants.rows)
        out += "  - {id: " + c.id + ", value: " + number_text(c.value) + ", low: " + number_text(c.low) + ", high: " + number_text(c.high) + ", target: " + c.target + ", elasticity: " + number_text(c.elasticity) + ", source: " + c.source + "}\n";
    return out;
}

std::vector<std::string> constant_ids(const std::vector<std::string>& services) {
    std::vector<std::string> out = {"frailty.permanent_variance", "contacts.daily_nursing", "price.federal_baseline", "deaths.women.85", "deaths.men.85", "stays.0", "stays.65", "stays.75", "stays.85"};
    for (const char* region : {"flanders", "brussels", "wallonia"})
        for (const char* sex : {"women", "men"}) out.push_back(std::string("deaths.") + region + "." + sex);
    for (const std::string& service : services) out.push_back("contacts." + service);
    return out;
}

}  // namespace tresse::scenario
