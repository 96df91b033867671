#include "library_reader.hpp"

namespace tresse::scenario {

namespace {

constexpr Field service_numbers[] = {
    {"minutes", single, Law::lognormal, 0, 1000, "minutes per unit", "of the role's agenda, record keeping inside", false},
    {"elasticity", single, Law::normal, -2, 0, "elasticity", "of demand to the price that the patient pays", false},
    {"discretionary", single, Law::logit, 0, 1, "share", "of demand that answers to price", false},
    {"season", 12, Law::fixed, 0, 5, "factor", "January to December, brought to mean 1", false},
    {"baseline.women", 10, Law::fixed, 0, 2000, "units per year", "a woman at home, by ten ages", false},
    {"baseline.men", 10, Law::fixed, 0, 2000, "units per year", "a man at home, by ten ages", false},
    {"baseline.residents", single, Law::lognormal, 0, 2000, "units per year", "a resident of a nursing home from 65 on", false},
    {"baseline.level", single, Law::lognormal, 0.05, 20, "factor", "on the whole baseline", false},
    {"baseline.again", single, Law::logit, 0, 0.99, "share", "of visits that have a second one in their month, at home", false},
};

const std::vector<std::string> queue_words{"queue", "emergency", "none"};
const std::vector<std::string> flag_words{"gp_contact", "specialist_contact", "emergency_visit", "test", "planned", "stay"};

void read_flags(const Node& list, world::Service& s) {
    bool* const flags[] = {&s.gp_contact, &s.specialist_contact, &s.emergency_visit, &s.test, &s.planned, &s.stay};
    for (std::size_t i = 0; list.present() && i < list.size(); ++i) {
        const int word = list.at(i).word(flag_words);
        if (word >= 0) *flags[word] = true;
    }
}

/// A baseline is complete or not there.
void read_baseline(const Node& map, ServiceSpec& spec) {
    if (!map.present()) return;
    spec.has_baseline = true;
    for (const char* key : {"women", "men", "residents", "level"}) map.need(key);
}

}  // namespace

std::span<const Field> service_fields() { return service_numbers; }

void read_services(Document& file, Library& library) {
    const Node root = file.root();
    const Node list = root.need("services");
    if (list.must_be_list()) {
        for (std::size_t i = 0; i < list.size(); ++i) {
            const Node n = list.at(i);
            ServiceSpec s;
            s.file = file.name();
            s.line = n.line();
            s.service.id = n.need("id").text();
            s.service.name = n.need("name").local_text();
            s.service.unit = n.need("unit").local_text();
            s.role = n.need("role").text();
            if (n.maybe("queue").present()) {
                const int law = n.maybe("queue").word(queue_words);
                if (law >= 0) s.service.queue = static_cast<world::QueueLaw>(law);
            }
            read_flags(n.maybe("counts_as"), s.service);
            s.series = static_cast<int>(n.maybe("series").whole_or(1, 1, 10000));
            if (n.maybe("overlap").present()) s.overlap = n.maybe("overlap").number(0, 1);
            read_numbers(n, service_numbers, 0, "", s.numbers);
            read_baseline(n.maybe("baseline"), s);
            library.services.push_back(std::move(s));
        }
    }
    const Node care = root.need("dependence");
    if (!care.must_be_list()) return;
    for (std::size_t i = 0; i < care.size(); ++i) {
        const Node n = care.at(i);
        PlannedCare c;
        c.service = n.need("service").text();
        c.per_year = read_list(n.need("per_year"), 0, 20000, Law::lognormal, 3);
        for (Uncertain& u : c.per_year) u.key = "services.dependence." + c.service;
        c.all_received = true;
        library.dependence_care.push_back(std::move(c));
    }
}

}  // namespace tresse::scenario
