#pragma once

namespace tresse::world {

/// Sizes that the packed records fix. Load names the limit that a file would break.
namespace limit {
inline constexpr int conditions = 16;      ///< 3 bits of stage and 1 bit "diagnosed" each
inline constexpr int stages = 7;           ///< stage 0 is "absent"
inline constexpr int team_slots = 16;      ///< one nibble each
inline constexpr int ranks = 16;           ///< rank 0 is "none", 1..15 the nearby or usual providers
inline constexpr int roles = 32;           ///< several roles may follow one team slot (departments of a hospital)
inline constexpr int services = 64;
inline constexpr int mixes = 256;          ///< rows of service mixes: baseline rows and one per condition and stage
inline constexpr int price_rows = 65535;
inline constexpr int tariff_classes = 65000;
inline constexpr int actions = 32;         ///< actions of components in one scenario, all arms together
inline constexpr int cell_slots = 2048;
inline constexpr int cell_households = 2048;
inline constexpr int contracts = 8;        ///< contract classes of providers
}  // namespace limit

inline constexpr int oldest_age = 110;
inline constexpr int age_bands = 10;       ///< 0-4, 5-14, 15-24, 25-44, 45-54, 55-64, 65-74, 75-84, 85-94, 95+
inline constexpr int quintiles = 5;
/// Groups over which equity is measured: quintile x sex x age band x increased reimbursement.
inline constexpr int groups = quintiles * 2 * age_bands * 2;

constexpr int age_band(int age) {
    return age < 5 ? 0 : age < 15 ? 1 : age < 25 ? 2 : age < 45 ? 3 : age < 55 ? 4 : age < 65 ? 5 : age < 75 ? 6 : age < 85 ? 7 : age < 95 ? 8 : 9;
}
constexpr int group_index(int quintile, int sex, int band, int bim) { return ((quintile * 2 + sex) * age_bands + band) * 2 + bim; }
struct GroupParts {
    int quintile, sex, band, bim;
};
constexpr GroupParts group_parts(int group) { return {group / (4 * age_bands), group / (2 * age_bands) % 2, group / 2 % age_bands, group % 2}; }

}  // namespace tresse::world
