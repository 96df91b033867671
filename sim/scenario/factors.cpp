#include "tresse/scenario/factors.hpp"

#include <algorithm>

#include "tresse/core/csv.hpp"
#include "tresse/scenario/reader.hpp"

namespace tresse::scenario {

namespace {

constexpr std::string_view head = R"(# Factors that bring the base year to national counts. `tresse validate --fit` finds them on the arm `today` alone and writes this
# file; every arm and every draw reads it. A factor multiplies: deaths = the hazard of death; contacts = what is asked of a service, whatever asks
# for it; stays = stays that no condition causes, from this age on; frailty = a variance of
# it; price = an amount. Bounds are set before the fit.
)";

Factors read_from(Document& document) {
    Factors out;
    out.hash = document.hash();
    if (!document.usable()) return out;
    const Node root = document.root();
    root.maybe("id").text_or("");
    out.report = root.maybe("report").text_or("");
    const Node list = root.need("factors");
    list.must_be_list();
    for (std::size_t i = 0; list.is_list() && i < list.size(); ++i) {
        const Node node = list.at(i);
        Factor c;
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

const Factor* Factors::find(std::string_view id) const {
    const auto found = std::find_if(rows.begin(), rows.end(), [&](const Factor& c) { return c.id == id; });
    return found == rows.end() ? nullptr : &*found;
}

double Factors::factor(std::string_view id) const {
    const Factor* c = find(id);
    return c == nullptr ? 1.0 : c->value;
}

Factors load_factors(const std::string& path, Problems& problems) {
    Document document(path, "factors", problems);
    return read_from(document);
}

Factors parse_factors(const std::string& text, const std::string& name, Problems& problems) {
    Document document(text, name, "factors", problems);
    return read_from(document);
}

std::string factors_text(const Factors& constants) {
    std::string out(head);
    out += "format: 1\nkind: factors\nid: base-year\n";
    std::string report = constants.report;
    std::replace(report.begin(), report.end(), '"', '\'');
    out += "report: \"" + report + "\"\nfactors:\n";
    for (const Factor& c : constants.rows)
        out += "  - {id: " + c.id + ", value: " + number_text(c.value) + ", low: " + number_text(c.low) + ", high: " + number_text(c.high) + ", target: " + c.target + ", elasticity: " + number_text(c.elasticity) + ", source: " + c.source + "}\n";
    return out;
}

std::vector<std::string> factor_ids(const std::vector<std::string>& services) {
    std::vector<std::string> out = {"frailty.permanent_variance", "frailty.slow_variance", "again.gp_contact", "again.specialist_contact", "contacts.daily_nursing", "price.federal_baseline", "survey.long_illness", "survey.other_illness", "deaths.women.85", "deaths.men.85", "stays.0", "stays.65", "stays.75", "stays.85"};
    for (const char* region : {"flanders", "brussels", "wallonia"})
        for (const char* sex : {"women", "men"}) out.push_back(std::string("deaths.") + region + "." + sex);
    for (const std::string& service : services) out.push_back("contacts." + service);
    return out;
}

}  // namespace tresse::scenario
