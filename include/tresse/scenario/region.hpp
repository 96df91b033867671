#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tresse/core/local_text.hpp"
#include "tresse/core/problems.hpp"
#include "tresse/scenario/constants.hpp"
#include "tresse/scenario/factors.hpp"
#include "tresse/scenario/source.hpp"

/// A region pack as read from its tables: margins, places, supply. Checked, immutable.
namespace tresse::scenario {

enum class RegionId : std::uint8_t { flanders, brussels, wallonia };
inline constexpr int region_count = 3;
/// "flanders", "brussels", "wallonia"; -1 when none.
int region_index(std::string_view word);

struct Municipality {
    int nis = 0;
    std::string name_fr, name_nl, name_de;
    int region = 0;
    std::string province, arrondissement;   ///< kebab-case ids
    int arrondissement_nis = 0;
    double area_km2 = 0, lat = 0, lon = 0;
    double income_index = 100;              ///< Belgium = 100
    double deprivation_score = 0;
    int deprivation_decile = 0;             ///< 1 = most deprived
    double one_person_household_share = 0, bim_share = 0, non_belgian_share = 0;
    std::array<std::array<std::int32_t, 21>, 2> population{};  ///< [0 women, 1 men][five-year age group]
    std::int32_t inhabitants() const;
};

struct Neighbours {
    int a = 0, b = 0;                        ///< indices into municipalities
    double distance_km = 0;
};

struct Zone {
    std::string kind;                        ///< primary_care_zone, basin
    std::string id, label;
    std::vector<int> municipalities;         ///< indices
    std::vector<bool> whole;                 ///< false: the zone has only a part of it
};

struct HospitalSite {
    std::string id, name, type;
    int municipality = 0;
    int beds = 0;
    bool emergency = false;
    double lat = 0, lon = 0;
};

/// A row of a table by region, sex, age band or other keys that only one stage of `build` uses: kept as named numbers.
struct NamedTable {
    std::vector<std::string> columns;
    std::vector<std::vector<std::string>> rows;
};

struct Region {
    std::string id;
    LocalText name;
    std::string folder;
    int counts_year = 2025;                  ///< counts of 1 January
    std::vector<int> start_years;            ///< start years for which the counts stand
    std::vector<Municipality> municipalities;
    std::vector<Neighbours> neighbours;
    std::vector<Zone> zones;
    std::vector<HospitalSite> hospital_sites;
    std::array<std::array<std::array<double, 111>, 2>, 4> death_prob{};   ///< [0 Belgium, 1 + region][sex][age], a year
    /// prevalence by condition id: [sex][five-year age group].
    std::map<std::string, std::array<std::array<double, 21>, 2>> prevalence;
    std::array<std::array<double, 111>, region_count> births_per_woman_year{};
    std::array<std::array<double, 111>, 2> utility{};                      ///< population mean by sex and age
    std::map<std::string, std::map<int, double>> index_to_2025;            ///< index id -> year -> factor
    /// Further tables by name (households, education, employment, bim, lifestyle, migration, projection, supply, spending, validation).
    std::map<std::string, NamedTable> tables;
    Constants constants;                     ///< factors of one without a file constants.yaml in the folder
    std::vector<SourceUse> sources;          ///< every id that region.yaml and its tables name
    Factors factors;                     ///< fitted factors; empty when the pack has no factors.yaml
    std::uint64_t hash = 0;                  ///< of all bytes read

    int municipality(int nis) const;         ///< index or -1
    /// Requires: one of the tables that `load_region` checks to be there.
    const NamedTable& table(const std::string& table_name) const;
};

/// Reads region.yaml and its tables from a folder. Throws: BadInput with all problems of all tables.
Region load_region(const std::string& folder);

/// Municipalities by NIS number or by Dutch, French or German name; a province, arrondissement, region, zone or basin by id; "belgium".
struct Area {
    std::string id;                          ///< for headings and folders
    LocalText name;
    std::string kind;                        ///< municipalities, province, arrondissement, region, zone, country
    std::vector<int> municipalities;         ///< indices, ascending
    std::vector<std::string> remarks;        ///< "Zone X has only a part of Antwerp; it is taken whole."
};
/// Finds one place by number or name in any of the three languages (case, accents and hyphens folded). Missing: -1, and `why` says so with the
/// nearest name; also when two places bear the name.
int find_municipality(const Region& region, const std::string& word, std::string* why = nullptr);
/// Words of `kind`: municipality, province, arrondissement, region, zone, basin, country; empty = any of them, also as "province:liege", and
/// several municipalities with commas. Answers false, with the reason in `why`, when there is none or more than one.
bool find_area(const Region& region, const std::string& kind_or_empty, const std::string& word, Area& out, std::string* why = nullptr);
/// Inhabitants of an area in the pack.
int inhabitants_of(const Region& region, const Area& area);
/// The area of several municipalities, in the order of their numbers. Requires: at least one index.
Area area_of(const Region& region, std::vector<int> municipalities);

}  // namespace tresse::scenario
