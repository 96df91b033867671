#include <string>
#include <string_view>
#include <vector>

#include "library_reader.hpp"
#include "tresse/core/csv.hpp"

namespace tresse::scenario {

namespace {

/// A key that holds no estimate: names, words, references.
struct Row {
    const char* kind;
    const char* path;
    const char* unit;
    const char* range;
    const char* standard;
    const char* meaning;
};

constexpr const char* texts = "text in en, fr, nl, de";
constexpr const char* word = "word";

constexpr Row rows[] = {
    {"conditions", "conditions[].id", word, "small letters, digits, _", "must", "name; at most 16 conditions in all"},
    {"conditions", "conditions[].name", texts, "", "must", "heading"},
    {"conditions", "conditions[].stages[].id", word, "", "must", "name of a stage, from light to severe; 1 to 7"},
    {"conditions", "conditions[].stages[].name", texts, "", "must", "heading"},
    {"conditions", "conditions[].prevalence_counts", word, "everybody, diagnosed", "everybody",
     "whom the table of prevalence counts"},
    {"conditions", "conditions[].diagnosed.always_from_stage", "number", "1 to the number of stages", "never",
     "stages from here on are always known"},
    {"conditions", "conditions[].remission_ages.from", "years", "0 to 110", "0", "youngest age of remission"},
    {"conditions", "conditions[].remission_ages.to", "years", "0 to 110", "110", "oldest age of remission"},
    {"conditions", "conditions[].engine", "engine", "see below", "none",
     "published equation that shapes who gets it: score2_low, score2_moderate, score2_high, score2_very_high, "
     "ukpds_heart_failure, ukpds_renal_failure, ukpds_blindness, ukpds_infarction"},
    {"conditions", "conditions[].progression_engine", "list of engines", "by stage", "none",
     "the same for the step to the next stage"},
    {"conditions", "conditions[].cause.id", word, "", "must", "cause of stays in hospital; none when it is left out"},
    {"conditions", "conditions[].cause.name", texts, "", "must", "heading"},
    {"conditions", "conditions[].cause.avoidable", "flag", "true, false", "false",
     "is on the OECD list of avoidable causes"},
    {"conditions", "conditions[].raises.<condition>", "estimate: ratio", "0.05 to 100", "none",
     "on the onset of another condition"},
    {"conditions", "conditions[].raised_by.<condition or risk factor>", "estimate: ratio", "0.05 to 100", "none",
     "on its own onset; daily_smoker, former_smoker, inactive, overweight"},
    {"conditions", "conditions[].planned[].service", "service", "services.yaml", "must",
     "planned contacts of diagnosed patients"},
    {"conditions", "conditions[].planned[].per_year", "estimate: units a year", "0 to 20000, by stage", "must",
     "by the schedule"},
    {"conditions", "conditions[].planned[].received", "number", "1", "none",
     "the numbers are real use: received_share is not applied"},
    {"conditions", "conditions[].planned[].lines_per_year", "number", "0.1 to 60", "the series of the service",
     "the units of a year are spread over so many requests"},
    {"services", "services[].id", word, "", "must", "name; at most 64 services in all"},
    {"services", "services[].name", texts, "", "must", "heading"},
    {"services", "services[].unit", texts, "", "must", "what is counted: a visit, a session, a day"},
    {"services", "services[].role", "role", "providers.yaml", "must", "whose time it takes"},
    {"services", "services[].queue", word, "queue, emergency, none", "queue",
     "waits its turn; is always given; takes nobody's time"},
    {"services", "services[].counts_as", "list of words",
     "gp_contact, specialist_contact, emergency_visit, test, planned, stay", "none", "in the scores"},
    {"services", "services[].series", "number", "1 to 10000", "1", "units of one request"},
    {"services", "services[].overlap", "share", "0 to 1", "need.overlap of behaviour.yaml",
     "of the planned contacts of further conditions that are added to the largest"},
    {"services", "dependence[].service", "service", "", "must", "care that dependence asks for"},
    {"services", "dependence[].per_year", "estimate: units a year", "at Katz A, B, C", "must", "for a person at home"},
    {"providers", "contracts", "list of words", "at most 8", "must", "contract classes"},
    {"providers", "roles[].id", word, "", "must", "a desk with an agenda of its own; at most 32"},
    {"providers", "roles[].name", texts, "", "must", "heading"},
    {"providers", "roles[].team_slot", "number", "0 to 15", "must",
     "place in a person's team; departments share that of their hospital"},
    {"providers", "roles[].in_days", "flag", "true, false", "false", "capacity in bed-days, not minutes"},
    {"providers", "kinds[].id", word, "", "must", "kind of provider"},
    {"providers", "kinds[].name", texts, "", "must", "heading"},
    {"providers", "kinds[].role", "role", "", "must", "the desk that it staffs"},
    {"providers", "kinds[].contract", "contract", "", "must", "contract class at the start"},
    {"providers", "kinds[].department", "flag", "true, false", "false", "stands inside a hospital of the region pack"},
    {"providers", "kinds[].medical", "flag", "true, false", "true", "false: welfare and support"},
    {"providers", "kinds[].workers", "flag", "true, false", "true", "counted in the scores of care workers"},
    {"behaviour", "exacerbation_service", "service", "", "must", "asked for in a moderate exacerbation"},
    {"behaviour", "emergency_service", "service", "", "must", "asked for in an emergency"},
    {"behaviour", "out_of_hours_service", "service", "", "must", "asked for when the own practice is full or closed"},
    {"behaviour", "travel.decay_per_minute.<role>", "estimate: per minute", "0 to 1", "0",
     "fall of use per extra minute beyond ten"},
    {"hospital", "other_causes[].id", word, "", "must", "causes that are no condition: one unplanned, one planned"},
    {"hospital", "other_causes[].name", texts, "", "must", "heading"},
    {"hospital", "other_causes[].planned", "flag", "true, false", "false", "elective"},
    {"dependence", "nursing_services", "list of services", "independent, Katz A, B, C", "must",
     "daily nursing at home"},
};

std::string shape_text(int shape) {
    return shape == by_stage ? "a list, one per stage"
           : shape == single ? "one estimate"
                             : "a list of " + std::to_string(shape);
}

void add_words(std::string_view kind, std::vector<KeyDoc>& out) {
    out.push_back({std::string(kind), "format", "number", "1", "must", "version of the file format"});
    out.push_back({std::string(kind), "kind", word, std::string(kind), "must", "what the file is"});
    for (const Row& r : rows)
        if (kind == r.kind)
            out.push_back({r.kind, r.path, r.unit, r.range, r.standard, r.meaning});
}

void add_numbers(std::string_view kind, const std::string& prefix, std::span<const Field> fields,
                 std::vector<KeyDoc>& out) {
    for (const Field& f : fields) {
        const std::string meaning = *f.meaning == 0 ? "" : std::string(f.meaning) + "; ";
        out.push_back({std::string(kind), prefix + f.key, std::string("estimate: ") + f.unit,
                       number_text(f.low) + " to " + number_text(f.high), f.needed ? "must" : "may be left out",
                       meaning + shape_text(f.shape)});
    }
}

}  // namespace

std::vector<KeyDoc> library_keys() {
    std::vector<KeyDoc> out;
    add_words("conditions", out);
    add_numbers("conditions", "conditions[].", condition_fields(), out);
    add_numbers("conditions", "conditions[].by_stage.", condition_stage_fields(), out);
    add_numbers("conditions", "conditions[].cause.", cause_fields(), out);
    add_words("services", out);
    add_numbers("services", "services[].", service_fields(), out);
    add_words("providers", out);
    add_numbers("providers", "kinds[].", kind_fields(), out);
    add_numbers("providers", "workers.", worker_fields(), out);
    for (const std::string& kind : parameter_kinds()) {
        add_words(kind, out);
        add_numbers(kind, "", parameter_fields(kind), out);
    }
    return out;
}

}  // namespace tresse::scenario
