#include "tresse/measure/flow.hpp"

#include <set>
#include <string>

#include <catch2/catch.hpp>

using namespace tresse;
using namespace tresse::measure;
using world::GroupCount;

TEST_CASE("every flow has a name and a count of its own", "[measure][flow]") {
    std::set<std::string> names;
    std::set<GroupCount> counts;
    for (const Flow& flow : flows()) {
        INFO(flow.name);
        CHECK(names.insert(flow.name).second);
        CHECK(counts.insert(flow.count).second);
    }
    CHECK(names.size() == 14);  // columns of months.csv after persons and posts
}

TEST_CASE("money and hours flow but are no events", "[measure][flow]") {
    std::set<GroupCount> others;
    for (const Flow& flow : flows())
        if (!flow.event)
            others.insert(flow.count);
    // of the counts that have a name, those that world/book.hpp counts in cents and in hours
    CHECK(others == std::set<GroupCount>{GroupCount::cents_public, GroupCount::cents_share, GroupCount::unpaid_hours});
}
