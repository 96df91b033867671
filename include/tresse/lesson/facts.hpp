#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "tresse/measure/record.hpp"
#include "tresse/scenario/lesson.hpp"
#include "tresse/world/catalogue.hpp"

/// Numbers of a finished run that a lesson shows, compares with a prediction or asks for. Pure.
namespace tresse::lesson {

/// The dearest twentieth of the first policy year in one future of one arm, and the same persons a year later.
/// Units: cents billed for them, the fixed budget of hospitals left out; those who live through both years.
struct Dearest {
    std::string arm;
    int replicate = 0;
    std::int64_t persons = 0, first_cents = 0, next_cents = 0;
};

/// Everybody who is there when an arm or its base ends, in one future: whose spending since the policy date is the same to the euro.
struct Lives {
    std::string arm;
    int replicate = 0;
    std::int64_t persons = 0, same = 0, dearer = 0, cheaper = 0;
    std::int64_t one_arm = 0;  ///< there in one of the two only
};

/// One arm of the run with its futures, by replicate.
struct ArmFutures {
    std::string id;
    std::vector<const measure::RunRecord*> futures;
};

/// What facts are read from. Requires: the records outlive it.
struct Material {
    const world::Catalogue* catalogue = nullptr;
    std::string base;
    std::vector<ArmFutures> arms;
    std::vector<Dearest> dearest;
    std::vector<Lives> lives;
};

/// A fact with its number. Missing: no value, when the run does not have it.
struct FactValue {
    std::string id;
    bool there = false;
    double value = 0;
    double largest = 0;  ///< of a difference: the largest of it and the ends of its range, by which tables choose their decimals; else 0
};

/// Names of what a fact may count: rows of the score table for `score`, and so on for each kind.
/// Shape: sorted as tables show them.
std::vector<std::string> fact_names(const std::string& of, const world::Catalogue& catalogue);

/// Every fact of the list, in its order.
/// Formula: `value` is the mean over the futures of the arm; `difference`, `low` and `high` are the expected paired difference from the base and its
/// range over chance and uncertain numbers; `lowest` and `highest` are the extreme futures; `margin` is how far the range reaches below the lowest; `detectable` is the smallest difference that an
/// evaluation of this one area could see.
std::vector<FactValue> facts(std::span<const scenario::LessonFact> wanted, const Material& material);

/// Arms, names and kinds that the facts speak of are there. Adds problems.
void check_facts(std::span<const scenario::LessonFact> wanted, const std::string& file, const std::vector<std::string>& arms,
                 const world::Catalogue& catalogue, Problems& problems);

/// nullptr when the list has no such fact or the run no such number.
const FactValue* find(std::span<const FactValue> values, const std::string& id);
/// Whether a number lies strictly between the limits. Missing: no.
bool holds(const scenario::LessonLimit& limit, std::span<const FactValue> values);

}  // namespace tresse::lesson
