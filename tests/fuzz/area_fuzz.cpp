#include <cstddef>
#include <cstdint>
#include <string>

#include "tresse/scenario/region.hpp"
#include "tresse/scenario/scenario.hpp"

using namespace tresse::scenario;

namespace {

/// Two places and a zone, enough for every way a word can go.
Region small_region() {
    Region region;
    region.id = "belgium";
    Municipality a, b;
    a.nis = 24107, a.name_nl = "Tienen", a.name_fr = "Tirlemont", a.province = "vlaams-brabant", a.arrondissement = "leuven";
    b.nis = 62063, b.name_nl = "Luik", b.name_fr = "Li\xc3\xa8ge", b.name_de = "L\xc3\xbcttich", b.province = "liege", b.arrondissement = "liege", b.region = 2;
    region.municipalities = {a, b};
    region.zones.push_back({"primary_care_zone", "tienen-zone", "Tienen", {0}, {true}});
    return region;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const Region region = small_region();
    const std::string word(reinterpret_cast<const char*>(data), size < 400 ? size : 400);
    std::string why;
    Area area;
    for (const char* kind : {"", "municipality", "zone", "basin", "province", "region", "country"})
        if (!find_area(region, kind, word, area, &why) && why.empty()) __builtin_trap();   // a refusal always says why
    int k = 0;
    parse_sample(word, k);
    return 0;
}
