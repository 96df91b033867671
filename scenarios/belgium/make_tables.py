#!/usr/bin/env python3
"""Make the tables of the region pack "belgium" from the reference figures.

Usage: make_tables.py [REFERENCE_DATA_FOLDER] [OUTPUT_FOLDER]

Standard library only. Same input, same bytes. Every table is checked against what it was made from; a failed check stops
the program with the place and the numbers. S- and A-ids are explained in the sources file of the scenarios; README.md
beside this file says in words what is done here.
"""
import csv
import math
import re
import sys
import unicodedata
from collections import defaultdict
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
REFERENCE = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "reference" / "data"
OUTPUT = Path(sys.argv[2]) if len(sys.argv) > 2 else HERE

REGION = {"Flanders": "flanders", "Wallonia": "wallonia", "Brussels": "brussels", "Belgium": "belgium"}
REGIONS = ["flanders", "wallonia", "brussels"]
SEXES = ["F", "M"]
OPEN_AGE = 120  # written as age_to of the last, open band
BANDS = [(a, a + 4) for a in range(0, 100, 5)] + [(100, OPEN_AGE)]
AGE_COLUMNS = [f"age_{a}_{b}" for a, b in BANDS[:-1]] + ["age_100_plus"]
TOTAL_2025 = {"flanders": 6864766, "brussels": 1255795, "wallonia": 3704990}  # S-402


# ---------------------------------------------------------------- small tools

def read(name):
    with open(REFERENCE / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(name, header, rows):
    def cell(value):
        if isinstance(value, float):
            raise TypeError(f"{name}: a float was not formatted")
        return str(value)
    width = len(header)
    for row in rows:
        assert len(row) == width, (name, row)
        assert not any(c in str(v) for v in row for c in ',"\n'), (name, row)  # so that no cell needs quotes
    with open(OUTPUT / name, "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(header)
        out.writerows([cell(v) for v in row] for row in rows)
    print(f"{name:22} {len(rows):6} rows")


def num(value, digits):
    """A number with at most `digits` decimals, without trailing zeros."""
    text = f"{value:.{digits}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def kebab(text):
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def logit(p):
    return math.log(p / (1 - p))


def expit(x):
    return 1 / (1 + math.exp(-x))


def solve(function, low, high):
    """The root of a rising or falling function by bisection."""
    rising = function(high) > function(low)
    assert (function(low) < 0) != (function(high) < 0), "no root between the bounds"
    for _ in range(200):
        middle = (low + high) / 2
        if (function(middle) > 0) == rising:
            high = middle
        else:
            low = middle
    return (low + high) / 2


def largest_remainder(values, total):
    """Whole numbers that add up to `total`, each the floor of its value or one more; ties go to the first."""
    floors = [math.floor(v) for v in values]
    missing = total - sum(floors)
    assert 0 <= missing <= len(values), (missing, len(values))
    order = sorted(range(len(values)), key=lambda i: (floors[i] - values[i], i))
    for i in order[:missing]:
        floors[i] += 1
    return floors


def shares_to_one(values, digits):
    """Shares rounded to `digits` decimals that add up to exactly one, as text."""
    scale = 10 ** digits
    total = sum(values)
    return [num(v / scale, digits) for v in largest_remainder([v / total * scale for v in values], scale)]


def find(rows, **wanted):
    """The one row of a long table that has these values."""
    hits = [r for r in rows if all(r[k] == v for k, v in wanted.items())]
    assert len(hits) == 1, (len(hits), wanted)
    return hits[0]


def value(rows, **wanted):
    return float(find(rows, **wanted)["value"])


# ---------------------------------------------------------------- 1 places

PROVINCE = {"Antwerpen": "antwerpen", "Vlaams-Brabant": "vlaams-brabant", "West-Vlaanderen": "west-vlaanderen",
            "Oost-Vlaanderen": "oost-vlaanderen", "Limburg": "limburg", "Brabant wallon": "brabant-wallon",
            "Hainaut": "hainaut", "Liège": "liege", "Luxembourg": "luxembourg", "Namur": "namur",
            "Brussels-Capital": "brussels"}
# In the language of the region, because the pack keeps official names; the reference file has French names only.
ARRONDISSEMENT = {
    "11000": "antwerpen", "12000": "mechelen", "13000": "turnhout", "21000": "brussels-capital",
    "23000": "halle-vilvoorde", "24000": "leuven", "25000": "nivelles", "31000": "brugge", "32000": "diksmuide",
    "33000": "ieper", "34000": "kortrijk", "35000": "oostende", "36000": "roeselare", "37000": "tielt",
    "38000": "veurne", "41000": "aalst", "42000": "dendermonde", "43000": "eeklo", "44000": "gent",
    "45000": "oudenaarde", "46000": "sint-niklaas", "51000": "ath", "52000": "charleroi", "53000": "mons",
    "55000": "soignies", "56000": "thuin", "57000": "tournai-mouscron", "58000": "la-louviere", "61000": "huy",
    "62000": "liege", "63000": "verviers", "64000": "waremme", "71000": "hasselt", "72000": "maaseik",
    "73000": "tongeren", "81000": "arlon", "82000": "bastogne", "83000": "marche-en-famenne", "84000": "neufchateau",
    "85000": "virton", "91000": "dinant", "92000": "namur", "93000": "philippeville"}
GERMAN_SPEAKING = {"63001": "Amel", "63012": "Büllingen", "63013": "Bütgenbach", "63023": "Eupen", "63040": "Kelmis",
                   "63048": "Lontzen", "63061": "Raeren", "63067": "Sankt Vith", "63087": "Burg-Reuland"}
GERMAN_EXONYM = {"12025": "Mecheln", "21004": "Brüssel", "24062": "Löwen", "31005": "Brügge", "33011": "Ypern",
                 "35013": "Ostende", "62063": "Lüttich", "63046": "Limburg", "63080": "Weismes", "63084": "Welkenrath",
                 "81001": "Arel", "81013": "Martelingen", "82039": "Bastnach"}
DUTCH_NAME = {"55004": "’s-Gravenbrakel"}  # hyphen missing in the reference file


def make_places():
    source = read("A_municipalities_2025.csv")
    bim = {r["nis_2025"]: r for r in read("A_municipality_bim_share_modelled.csv")}
    assert len(source) == len({r["nis_2025"] for r in source}) == 565
    assert set(bim) == {r["nis_2025"] for r in source}
    places = {}
    rows = []
    for r in sorted(source, key=lambda r: r["nis_2025"]):
        nis, region = r["nis_2025"], REGION[r["region"]]
        assert bim[nis]["region"] == r["region"]
        dutch = DUTCH_NAME.get(nis, r["name_nl"])
        official = dutch if region == "flanders" else r["name_fr"]
        german = GERMAN_SPEAKING.get(nis) or GERMAN_EXONYM.get(nis) or official
        place = {"nis": nis, "region": region, "name_nl": dutch, "arrondissement": r["arrondissement_nis"],
                 "estimate": int(r["population_2025_est"]), "bim": float(bim[nis]["bim_share_modelled_2025"])}
        places[nis] = place
        numbers = {k: float(r[k]) for k in ("area_km2", "lat", "lon", "income_index_2013", "bimd2011_score",
                                            "one_person_household_share_census", "share_non_belgian_2021")}
        assert 49.4 < numbers["lat"] < 51.6 and 2.5 < numbers["lon"] < 6.5 and numbers["area_km2"] > 0
        assert 1 <= int(r["bimd2011_decile_565"]) <= 10
        rows.append([nis, r["name_fr"], dutch, german, region, PROVINCE[r["province"]], r["arrondissement_nis"],
                     ARRONDISSEMENT[r["arrondissement_nis"]], num(numbers["area_km2"], 2), num(numbers["lat"], 5),
                     num(numbers["lon"], 5), num(numbers["income_index_2013"], 1), num(numbers["bimd2011_score"], 2),
                     r["bimd2011_decile_565"], num(numbers["one_person_household_share_census"], 4),
                     num(place["bim"], 3), num(numbers["share_non_belgian_2021"], 4)])
    assert set(GERMAN_SPEAKING) | set(GERMAN_EXONYM) | set(DUTCH_NAME) <= set(places)
    assert {p["arrondissement"] for p in places.values()} == set(ARRONDISSEMENT)
    assert len(set(ARRONDISSEMENT.values())) == len(ARRONDISSEMENT)
    write("places.csv", ["nis", "name_fr", "name_nl", "name_de", "region", "province", "arrondissement_nis",
                         "arrondissement", "area_km2", "lat", "lon", "income_index", "deprivation_score",
                         "deprivation_decile", "one_person_household_share", "bim_share", "non_belgian_share"], rows)
    return places


# ---------------------------------------------------------------- 2 zones

def make_zones(places):
    merged = {r["nis_2024"]: r["nis_2025"] for r in read("A_municipality_mergers_2025.csv")}
    zones_of = defaultdict(dict)  # nis 2025 -> zone label -> inhabitants of 2021 of the parts
    for r in read("A_eerstelijnszones_municipalities.csv"):
        assert merged.get(r["nis_2024"], r["nis_2024"]) == r["nis_2025"], r
        zones = zones_of[r["nis_2025"]]
        zones[r["eerstelijnszone_2022"]] = zones.get(r["eerstelijnszone_2022"], 0) + int(r["population_2021"])
    assert set(zones_of) == {n for n, p in places.items() if p["region"] == "flanders"}
    rows = []
    for nis, zones in zones_of.items():
        for label in zones:
            rows.append(["primary_care_zone", kebab(label), label, nis, "whole" if len(zones) == 1 else "part"])
    brussels = sorted(n for n, p in places.items() if p["region"] == "brussels")
    rows += [["primary_care_zone", "bruzel", "BruZEL", nis, "whole"] for nis in brussels]
    basins = read("A_brussels_bassins.csv")
    for r in basins:
        rows.append(["basin", kebab(r["bassin"]), r["bassin"], r["nis"], "part" if r["part"].startswith("part") else "whole"])
    rows.sort(key=lambda r: (r[0] != "primary_care_zone", r[1], r[3]))
    assert {r[3] for r in rows if r[0] == "basin"} == set(brussels)
    assert all((r[4] == "part") == (r[3] == "21004") for r in rows if r[0] == "basin")
    keys = [(r[0], r[1], r[3]) for r in rows]
    assert len(keys) == len(set(keys))
    ids = {(r[1], r[2]) for r in rows}
    assert len(ids) == len({i for i, _ in ids}) == 56 + 1 + 5
    hageland = {r[3] for r in rows if r[1] == "zuidoost-hageland"}
    assert {places[n]["name_nl"] for n in hageland} == {"Boutersem", "Geetbets", "Glabbeek", "Hoegaarden", "Kortenaken",
                                                        "Landen", "Linter", "Tienen", "Zoutleeuw"}
    assert 105000 < sum(places[n]["estimate"] for n in hageland) < 105600
    write("zones.csv", ["kind", "zone_id", "label", "nis", "part"], rows)


# ---------------------------------------------------------------- 3 population

def make_population(places):
    """Whole persons whose sums by municipality and by region, sex and age are all exact (A-400).

    Municipal totals: the estimate is rounded; the few persons by which the regional sum misses the published one are
    given to or taken from the municipalities whose unrounded sum leans most that way. Cells: floor of the estimate, then
    the largest fractions of each municipality are raised; then a raised and an unraised cell of one municipality are
    swapped, cheapest first, until every sex and age of the region has its own sum too.
    """
    estimate = defaultdict(dict)
    for r in read("A_municipality_population_age_sex_2025_estimated.csv"):
        estimate[r["nis_2025"]][r["sex"]] = [float(r[c]) for c in AGE_COLUMNS]
    assert set(estimate) == set(places) and all(set(v) == set(SEXES) for v in estimate.values())
    regional = {}
    for r in read("B_population_age_sex_region.csv"):
        if r["year"] == "2025" and r["region"] != "Belgium":
            regional[REGION[r["region"]], r["sex"], r["age_group"]] = int(r["population"])
    labels = [f"{a}-{b}" for a, b in BANDS[:-1]] + ["100+"]

    population = {}
    moved_totals = 0
    for region in REGIONS:
        nis_list = sorted(n for n in places if places[n]["region"] == region)
        cells = {n: estimate[n]["F"] + estimate[n]["M"] for n in nis_list}
        # municipal totals
        total = {n: places[n]["estimate"] for n in nis_list}
        gap = TOTAL_2025[region] - sum(total.values())
        step = 1 if gap > 0 else -1
        lean = sorted(nis_list, key=lambda n: (-step * (sum(cells[n]) - total[n]), n))
        for n in lean[:abs(gap)]:
            total[n] += step
            moved_totals += 1
        # sums by sex and age
        columns = [regional[region, s, label] for s in SEXES for label in labels]
        gap = TOTAL_2025[region] - sum(columns)
        assert abs(gap) <= 1
        columns[max(range(len(columns)), key=lambda j: columns[j])] += gap
        # cells
        whole = {}
        for n in nis_list:
            raw = cells[n]
            scale = total[n] / sum(raw)
            scaled = [v * scale for v in raw]
            cells[n] = scaled
            whole[n] = largest_remainder(scaled, total[n])
        surplus = [sum(whole[n][j] for n in nis_list) - columns[j] for j in range(len(columns))]
        assert sum(surplus) == 0
        while any(surplus):
            best = None
            for n in nis_list:
                down = up = None
                for j, s in enumerate(surplus):
                    lower = math.floor(cells[n][j])
                    if s > 0 and whole[n][j] > max(lower, 0):
                        cost = cells[n][j] - lower
                        if down is None or cost < down[0]:
                            down = (cost, j)
                    if s < 0 and whole[n][j] == lower and cells[n][j] > 0:
                        cost = 1 - (cells[n][j] - lower)
                        if up is None or cost < up[0]:
                            up = (cost, j)
                if down and up and (best is None or down[0] + up[0] < best[0]):
                    best = (down[0] + up[0], n, down[1], up[1])
            assert best, "no swap left"
            _, n, j_down, j_up = best
            whole[n][j_down] -= 1
            whole[n][j_up] += 1
            surplus[j_down] -= 1
            surplus[j_up] += 1
        for n in nis_list:
            assert sum(whole[n]) == total[n] and abs(total[n] - places[n]["estimate"]) <= 1
            assert all(abs(w - c) < 1 for w, c in zip(whole[n], cells[n]))
            population[n, "F"], population[n, "M"] = whole[n][:21], whole[n][21:]
        assert sum(total.values()) == TOTAL_2025[region]
        for j, c in enumerate(columns):
            assert sum(whole[n][j] for n in nis_list) == c
    assert sum(map(sum, population.values())) == 11825551
    print(f"   municipalities whose total is one off the rounded estimate: {moved_totals}")
    write("population.csv", ["nis", "sex"] + AGE_COLUMNS,
          [[n, s] + population[n, s] for n in sorted(places) for s in SEXES])
    count = {(g, s): [0] * 21 for g in REGIONS + ["belgium"] for s in SEXES}
    for (n, s), row in population.items():
        for g in (places[n]["region"], "belgium"):
            count[g, s] = [a + b for a, b in zip(count[g, s], row)]
    # the modelled increased-reimbursement shares of places.csv must give the regional targets back
    for region, target in (("flanders", 0.173), ("wallonia", 0.233), ("brussels", 0.343)):
        members = [n for n in places if places[n]["region"] == region]
        persons = {n: sum(population[n, "F"]) + sum(population[n, "M"]) for n in members}
        mean = sum(places[n]["bim"] * persons[n] for n in members) / sum(persons.values())
        assert abs(mean - target) < 0.002, (region, mean)
    return population, count


def persons(count, region, sex, low, high):
    """Inhabitants of 2025 in an age range; persons of a five-year band are spread evenly over its years."""
    total = 0.0
    for (a, b), n in zip(BANDS, count[region, sex]):
        if b == OPEN_AGE:
            total += n if high >= a else 0
            continue
        years = min(b, high) - max(a, low) + 1
        if years > 0:
            total += n * years / 5
    return total


# ---------------------------------------------------------------- 4 neighbours

def make_neighbours(places):
    rows, ties, seen = [], defaultdict(set), set()
    for r in read("I_municipality_neighbours.csv"):
        a, b = sorted((r["nis_a"], r["nis_b"]))
        assert a in places and b in places and a != b and (a, b) not in seen
        seen.add((a, b))
        ties[a].add(b)
        ties[b].add(a)
        rows.append([a, b, num(float(r["centroid_distance_km"]), 2)])
    reached, front = {"21004"}, ["21004"]
    while front:
        for n in ties[front.pop()] - reached:
            reached.add(n)
            front.append(n)
    assert reached == set(places), set(places) - reached
    write("neighbours.csv", ["nis_a", "nis_b", "distance_km"], sorted(rows))


# ---------------------------------------------------------------- 5 life table

def make_life_table(count):
    table = {}
    for r in read("C_life_table.csv"):
        assert r["year"] == "2023" and 0 < float(r["qx"]) <= 1
        table[REGION[r["area"]], r["sex"], int(r["age"])] = float(r["qx"])
    order = ["belgium"] + REGIONS
    assert set(table) == {(g, s, a) for g in order for s in SEXES for a in range(111)}
    write("life_table.csv", ["region", "sex", "age", "qx"],
          [[g, s, a, num(table[g, s, a], 6)] for g in order for s in SEXES for a in range(111)])
    expectancy = {}
    for g in order:
        for s in SEXES:
            alive, years = 1.0, 0.0
            for a in range(111):
                years += alive * (1 - table[g, s, a] / 2)
                alive *= 1 - table[g, s, a]
            expectancy[g, s] = years
    assert abs(expectancy["belgium", "M"] - 80.2) < 0.15 and abs(expectancy["belgium", "F"] - 84.3) < 0.15, expectancy
    deaths = {g: sum(persons(count, g, s, a, a) * table[g, s, a] for s in SEXES for a in range(100)) for g in order}
    for g in order:  # the open band counts once, at the risk of age 102
        deaths[g] += sum(count[g, s][20] * table[g, s, 102] for s in SEXES)
    print("   deaths on the 2025 population:", {g: round(d) for g, d in deaths.items()})
    assert abs(deaths["belgium"] / 111255 - 1) < 0.03
    return table, deaths


# ---------------------------------------------------------------- 6 prevalence

D_NAME = {"diabetes (diagnosed)": "type2_diabetes", "COPD": "copd", "asthma": "asthma",
          "chronic kidney disease": "chronic_kidney_disease", "depression": "depression", "dementia": "dementia",
          "ischaemic heart disease": "coronary", "stroke (survivors)": "stroke",
          "osteoarthritis hip or knee": "osteoarthritis_back", "cancer (living with)": "cancer",
          "heart failure": "heart_failure", "hypertension": "hypertension"}
CONDITIONS = ["type2_diabetes", "hypertension", "coronary", "heart_failure", "stroke", "copd", "asthma",
              "chronic_kidney_disease", "depression", "dementia", "cancer", "osteoarthritis_back", "obesity"]
P_BANDS = [(a, a + 4) for a in range(0, 95, 5)] + [(95, OPEN_AGE)]
NOTE = {"type2_diabetes": "diagnosed; S-412 S-413 A-406",
        "hypertension": "true state; age shape assumed; S-414 A-414",
        "coronary": "unscaled foreign profile; S-412 A-415",
        "heart_failure": "half of the table and steps smoothed; S-415 A-407",
        "stroke": "survivors; unscaled foreign profile; S-412 A-415",
        "copd": "true state; foreign level; flat from 80; S-416 A-408",
        "asthma": "unscaled foreign profile; flat from 80; S-412 A-409 A-415",
        "chronic_kidney_disease": "true state; foreign level; S-412 S-417 A-437",
        "depression": "current disorder; lower under 15; S-412 S-418 A-410",
        "dementia": "true state; tilted to 0.38 at 90+; S-412 S-419 S-422 A-411",
        "cancer": "living with cancer; age shape assumed; S-412 S-420 A-438",
        "osteoarthritis_back": "hip or knee or limiting back pain; S-412 A-412",
        "obesity": "BMI 30+; measured level; age shape assumed; S-421 A-413"}
# Obesity by single age before scaling: adults, relative; children, relative.
OBESITY_ADULT = [(18, 6), (25, 11), (35, 15), (45, 19), (55, 22), (65, 23), (75, 21), (85, 14), (100, 10)]
OBESITY_CHILD = [(2, 4.5), (8, 6), (17, 6.5)]
# Back pain that limits activity, relative to its own level, by five-year band.
BACK_PAIN = [0, 0, 0, 1, 3, 5, 6.5, 8, 9.5, 10.5, 11.5] + [12] * 9


def line(points, x):
    if x <= points[0][0]:
        return points[0][1]
    for (x0, y0), (x1, y1) in zip(points, points[1:]):
        if x <= x1:
            return y0 + (y1 - y0) * (x - x0) / (x1 - x0)
    return points[-1][1]


def p_count(count, sex, i, region="belgium"):
    row = count[region, sex]
    return row[i] if i < 19 else row[19] + row[20]


def make_prevalence(count):
    table = defaultdict(list)
    for r in read("D_prevalence_age_sex_derived.csv"):
        table[D_NAME[r["condition"]], r["sex"]].append((r["age_group"], float(r["prevalence"])))
    labels = [f"{a}-{b}" for a, b in P_BANDS[:-1]] + ["95+"]
    p = {}
    for key, cells in table.items():
        assert [g for g, _ in cells] == labels
        p[key] = [v for _, v in cells]
    weight = {s: [p_count(count, s, i) for i in range(20)] for s in SEXES}

    def cases(values):  # values: sex -> 20 numbers
        return sum(weight[s][i] * values[s][i] for s in SEXES for i in range(20))

    def mean(values, low, high):
        top = sum(persons(count, "belgium", s, a, a) * values[s][min(a // 5, 19)] for s in SEXES for a in range(low, min(high, 99) + 1))
        all_ = sum(persons(count, "belgium", s, a, a) for s in SEXES for a in range(low, min(high, 99) + 1))
        return top / all_

    def get(condition):
        return {s: list(p[condition, s]) for s in SEXES}

    result = {c: get(c) for c in CONDITIONS if c != "obesity"}

    # hypertension: logistic in age, slope 0.075 a year, midpoint solved: 43.3 % of ages 40-79 (S-414)
    def hypertension(midpoint):
        return {s: [0.0] * 4 + [expit(0.075 * (5 * i + 2.5 - midpoint)) for i in range(4, 20)] for s in SEXES}
    midpoint = solve(lambda m: mean(hypertension(m), 40, 79) - 0.433, 40, 90)
    assert abs(midpoint - 62.7) < 1
    result["hypertension"] = hypertension(midpoint)
    assert abs(mean(result["hypertension"], 40, 79) - 0.433) < 1e-9

    # heart failure: half the cases of the table; its ten-year steps become a curve through their middles
    target = 0.5 * cases(result["heart_failure"])
    for s in SEXES:
        steps = p["heart_failure", s]
        knots = [(20, logit(steps[0])), (47.5, logit(steps[8])), (60, logit(steps[11])), (70, logit(steps[13])),
                 (80, logit(steps[15])), (90, logit(steps[17]))]
        result["heart_failure"][s] = [expit(line(knots, 5 * i + 2.5)) for i in range(20)]
    ratio = target / cases(result["heart_failure"])
    result["heart_failure"] = {s: [v * ratio for v in result["heart_failure"][s]] for s in SEXES}
    assert 110000 < cases(result["heart_failure"]) < 120000

    for s in SEXES:
        # COPD: flat from 80-84 on, never above 0.30; asthma: flat from 80-84 on
        for c in ("copd", "asthma"):
            result[c][s][17:] = [result[c][s][16]] * 3
        assert max(result["copd"][s]) <= 0.30
        # depression: the Belgian level (2.53 times the profile) is of ages 15+; none below 5
        result["depression"][s][0] = 0.0
        for i in (1, 2):
            result["depression"][s][i] /= 2.53
    assert abs(mean(result["depression"], 15, OPEN_AGE) - 0.095) < 0.002

    # dementia: a tilt of the odds with age above 75 and a shift: 217,800 persons (S-419), 38 % at 90+ (S-422)
    base = result["dementia"]

    def tilted(shift, tilt):
        return {s: [expit(logit(v) + shift + tilt * max(0.0, 5 * i + 2.5 - 75)) if v > 0 else 0.0
                    for i, v in enumerate(base[s])] for s in SEXES}

    def shift_for(tilt):
        return solve(lambda x: cases(tilted(x, tilt)) - 217800, -3, 3)

    def at_90(values):
        n = sum(weight[s][i] for s in SEXES for i in (18, 19))
        return sum(weight[s][i] * values[s][i] for s in SEXES for i in (18, 19)) / n
    tilt = solve(lambda t: at_90(tilted(shift_for(t), t)) - 0.38, -0.05, 0.2)
    result["dementia"] = tilted(shift_for(tilt), tilt)
    assert abs(cases(result["dementia"]) - 217800) < 1 and abs(at_90(result["dementia"]) - 0.38) < 1e-6

    # osteoarthritis of hip or knee, flat from 80 on, joined with back pain that limits activity: 9 % of adults, of whom
    # 30 % also have osteoarthritis; the overlap follows the osteoarthritis of the cell
    joint = result["osteoarthritis_back"]
    for s in SEXES:
        joint[s][17:] = [joint[s][16]] * 3
    adults = sum(persons(count, "belgium", s, 18, OPEN_AGE) for s in SEXES)
    back = {s: [v * (1.15 if s == "F" else 0.85) for v in BACK_PAIN] for s in SEXES}

    def adult_cases(values):
        return sum(weight[s][i] * values[s][i] for s in SEXES for i in range(20))  # none under 15, few at 15-17
    factor = 0.09 * adults / adult_cases(back)
    back = {s: [v * factor for v in back[s]] for s in SEXES}

    def both(k):
        return {s: [b * min(0.9, k * o) for b, o in zip(back[s], joint[s])] for s in SEXES}
    k = solve(lambda x: adult_cases(both(x)) - 0.30 * adult_cases(back), 0, 20)
    overlap = both(k)
    result["osteoarthritis_back"] = {s: [o + b - x for o, b, x in zip(joint[s], back[s], overlap[s])] for s in SEXES}
    print(f"   hip or knee {cases(joint):.0f}, back {cases(back):.0f}, both {cases(overlap):.0f},"
          f" together {cases(result['osteoarthritis_back']):.0f}")

    # obesity: adults 21 % measured, men to women 16.7 to 15.0 as reported; ages 2-17 5.8 %
    def ages_mean(function, low, high, sexes):
        top = sum(persons(count, "belgium", s, a, a) * function(a) for s in sexes for a in range(low, min(high, 99) + 1))
        return top / sum(persons(count, "belgium", s, a, a) for s in sexes for a in range(low, min(high, 99) + 1))
    men, women = persons(count, "belgium", "M", 18, OPEN_AGE), persons(count, "belgium", "F", 18, OPEN_AGE)
    level_f = 0.21 * (men + women) / (men * 16.7 / 15.0 + women)
    level = {"F": level_f, "M": level_f * 16.7 / 15.0}
    child = 0.058 / ages_mean(lambda a: line(OBESITY_CHILD, a), 2, 17, SEXES)
    obesity_by_year = {}
    for s in SEXES:
        adult = level[s] / ages_mean(lambda a: line(OBESITY_ADULT, a), 18, OPEN_AGE, [s])
        for a in range(105):
            obesity_by_year[s, a] = 0.0 if a < 2 else child * line(OBESITY_CHILD, a) if a < 18 else adult * line(OBESITY_ADULT, a)
    result["obesity"] = {s: [sum(obesity_by_year[s, a] for a in range(5 * i, 5 * i + 5)) / 5 for i in range(20)] for s in SEXES}
    assert abs(ages_mean(lambda a: line(OBESITY_CHILD, a) * child, 2, 17, SEXES) - 0.058) < 1e-9

    # levels
    everyone = sum(sum(count["belgium", s]) for s in SEXES)
    assert abs(cases(result["type2_diabetes"]) / everyone - 0.071) < 0.0005
    assert abs(cases(result["cancer"]) / 465000 - 1) < 0.01
    assert set(result) == set(CONDITIONS) == set(NOTE)
    rows = []
    for c in CONDITIONS:
        total = cases(result[c])
        print(f"   {c:24} {total:9.0f} persons, {100 * total / everyone:5.2f} % of all,"
              f" {100 * mean(result[c], 18, OPEN_AGE):5.2f} % of adults")
        for s in SEXES:
            for (a, b), v in zip(P_BANDS, result[c][s]):
                assert 0 <= v < 1
                rows.append([c, s, a, b, num(v, 5), NOTE[c]])
    write("prevalence.csv", ["condition", "sex", "age_from", "age_to", "prevalence", "note"], rows)
    return result


# ---------------------------------------------------------------- 7 hospital sites

SITE_TYPE = {"general": "general", "general with university character": "general_university_character",
             "university": "university", "secondary site": "secondary_site", "psychiatric": "psychiatric"}


def make_hospital_sites(places):
    rows, left_out, beds = [], [], 0
    for r in read("F_hospital_sites.csv"):
        name = r["hospital_name"] + (f" ({r['site_name']})" if r["site_name"] else "")
        name = re.sub(r"\s+", " ", name.replace('"', "").replace(",", " -"))
        assert r["nis_2025"] in places and places[r["nis_2025"]]["region"] == REGION[r["region"]]
        n = int(float(r["beds"])) if r["beds"] else 0
        if n <= 0:
            assert r["emergency_department"] == "no"
            left_out.append((r["site_id"], name, r["nis_2025"]))
            continue
        beds += n
        rows.append([r["site_id"], name, r["nis_2025"], SITE_TYPE[r["type"]], n, r["emergency_department"],
                     num(float(r["lat"]), 5), num(float(r["lon"]), 5)])
    rows.sort(key=lambda r: r[0])
    assert beds == 65821 and len(rows) + len(left_out) == 272 and len({r[0] for r in rows}) == len(rows)
    assert sum(r[4] for r in rows if r[3] != "psychiatric") == 52206
    for site in left_out:
        print("   left out, no beds:", *site)
    write("hospital_sites.csv", ["site_id", "name", "nis", "type", "beds", "emergency", "lat", "lon"], rows)


# ---------------------------------------------------------------- 8 supply

def make_supply():
    supply, work, homes = read("F_supply.csv"), read("I_workforce.csv"), read("I_residential_care.csv")
    rows = []

    def add(region, item, number, digits, unit, year, source):
        rows.append([region, item, num(number, digits), unit, year, source])

    for area in ("Belgium", "Flanders", "Wallonia", "Brussels"):
        g = REGION[area]
        add(g, "gp_fte", value(supply, topic="gp", indicator="full-time equivalents", area=area, year="2023"), 0, "fte", 2023, "S-424")
        add(g, "gp_fte_per_10000_insured", value(supply, topic="gp", indicator="FTE density", area=area), 2, "fte_per_10000_insured", 2023, "S-424")
        add(g, "gp_group_practice_share", value(supply, indicator="working in a group practice", area=area) / 100, 2, "share_of_gps", 2023, "S-424")
        add(g, "gp_registered", value(supply, indicator="registered at 31 December", area=area), 0, "persons", 2022, "S-424")
        add(g, "medical_house_share", value(supply, topic="medical house", indicator="share of population registered", area=area, year="2019") / 100, 3, "share_of_insured", 2019, "S-425")
        add(g, "nurse_practising_per_1000", value(supply, indicator="practising density", topic="nurse", area=area), 1, "persons_per_1000", 2016, "S-426")
        add(g, "physiotherapist", value(work, topic="physiotherapist", indicator="counted for the agreement (with activity)", area=area), 0, "persons", 2018, "S-430")
        add(g, "hospital_beds_per_1000", value(work, topic="hospital beds", area=area), 2, "beds_per_1000", 2020, "S-423")
    add("belgium", "medical_house_share", value(supply, topic="medical house", indicator="share of population registered", area="Belgium", year="2021") / 100, 3, "share_of_insured", 2021, "S-425")
    add("belgium", "gp_active", value(supply, indicator="active (attested practice)", area="Belgium"), 0, "persons", 2023, "S-424")
    add("belgium", "physician_active", value(work, topic="physician", indicator="active (at least two attested acts)"), 0, "persons", 2024, "S-433")
    add("belgium", "specialist_active", value(work, topic="physician", indicator="active specialists and others, about"), 0, "persons", 2024, "S-433 S-424")
    add("belgium", "physiotherapist", value(work, topic="physiotherapist", indicator="active, about"), 0, "persons", 2024, "A-434")
    add("belgium", "pharmacist", value(supply, topic="pharmacist", indicator="practising"), 0, "persons", 2016, "S-431")
    add("belgium", "psychologist_first_line", value(work, topic="psychologist"), 0, "persons", 2022, "S-432")
    add("belgium", "hospital_care_staff", value(work, topic="hospital staff"), 0, "fte", 2019, "S-434")
    for area in ("Belgium", "Flanders", "Wallonia", "Brussels"):
        hits = [r for r in work if r["topic"] == "home nurse" and r["area"] == area]
        assert len(hits) == 1
        add(REGION[area], "home_nurse", float(hits[0]["value"]), 0, "persons", 2016, "A-417")
    for sector, item in (("hospital", "nurse_share_hospital"), ("home care", "nurse_share_home_care"), ("residential care", "nurse_share_care_home")):
        add("belgium", item, value(supply, indicator="sector of practice: " + sector) / 100, 2, "share_of_practising_nurses", "", "S-426")
    add("wallonia", "nurse_active_per_1000", value(supply, topic="nurse", indicator="active density"), 1, "persons_per_1000", 2023, "S-427")

    # care homes: places in use, residents and occupancy; Flanders by an assumed occupancy
    places_ = {"flanders": value(homes, indicator="residential care places (woonzorgcentra)", area="Flanders"),
               "wallonia": value(homes, indicator="residential care places in use (approved and open)", area="Wallonia"),
               "brussels": value(homes, indicator="residential care places approved", area="Brussels")}
    residents = {"flanders": round(0.93 * places_["flanders"]),
                 "wallonia": value(homes, indicator="occupied beds", area="Wallonia"),
                 "brussels": value(homes, indicator="occupied beds", area="Brussels")}
    nation = value(homes, indicator="residential care places, three regions", area="Belgium")
    assert sum(places_.values()) == nation
    assert abs(sum(residents.values()) - value(homes, indicator="residents, about", area="Belgium")) < 200
    source = {"flanders": "S-428", "wallonia": "S-429", "brussels": "S-429"}
    year = {"flanders": 2022, "wallonia": 2022, "brussels": 2021}
    for g in REGIONS:
        add(g, "care_home_places", places_[g], 0, "places", year[g], source[g])
        add(g, "care_home_residents", residents[g], 0, "persons", year[g], "A-416" if g == "flanders" else source[g])
        add(g, "care_home_occupancy", residents[g] / places_[g], 3, "share_of_places", year[g], "A-416" if g == "flanders" else source[g])
    add("belgium", "care_home_places", nation, 0, "places", 2022, "S-428 S-429")
    add("belgium", "care_home_residents", 134000, 0, "persons", 2022, "S-428 S-429 A-416")
    add("belgium", "care_home_occupancy", 134000 / nation, 3, "share_of_places", 2022, "A-416")
    add("belgium", "care_home_share_65_plus", value(homes, indicator="share of 65+ in residential care") / 100, 3, "share_of_persons_65_plus", 2025, "A-416")
    for area in ("Flanders", "Wallonia", "Brussels"):
        add(REGION[area], "care_home_places_per_1000_65_plus", value(homes, indicator="places per 1,000 inhabitants aged 65+", area=area), 1, "places_per_1000", year[REGION[area]], source[REGION[area]])
    add("flanders", "short_stay_places", value(homes, indicator="short-stay places", area="Flanders"), 0, "places", 2021, "S-428")
    add("wallonia", "short_stay_places", 1891, 0, "places", 2022, "S-429")
    add("flanders", "assisted_living_units", value(homes, indicator="assisted-living units", area="Flanders"), 0, "units", 2021, "S-428")
    order = {g: i for i, g in enumerate(["belgium"] + REGIONS)}
    rows.sort(key=lambda r: (r[1], order[r[0]], str(r[4])))
    keys = [(r[0], r[1], r[4]) for r in rows]
    assert len(keys) == len(set(keys))
    write("supply.csv", ["region", "item", "value", "unit", "year", "source"], rows)


# ---------------------------------------------------------------- 9 fertility, 10 migration and projection

def make_fertility(count):
    flows = read("I_demography_flows.csv")
    rows, births = [], {}
    for area, region in (("Flanders", "flanders"), ("Wallonia", "wallonia"), ("Brussels", "brussels")):
        rates = []
        for a in range(15, 50, 5):
            rate = value(flows, indicator="births per 1,000 women of the age group", area=area, age_from=str(a))
            rates.append(rate)
            rows.append([region, a, a + 4, num(rate, 1)])
        total = value(flows, indicator="total fertility rate", area=area, year="2024")
        assert abs(5 * sum(rates) / 1000 - total) < 0.005, (region, sum(rates))
        births[region] = sum(r / 1000 * count[region, "F"][3 + i] for i, r in enumerate(rates))
    print("   births on the 2025 population:", {g: round(b) for g, b in births.items()}, round(sum(births.values())))
    assert abs(sum(births.values()) / 108056 - 1) < 0.002
    write("fertility.csv", ["region", "age_from", "age_to", "births_per_1000_women_per_year"], rows)
    return births


def make_migration(births, deaths):
    flows = read("I_demography_flows.csv")
    rows = []

    def flow(indicator, area, year):
        return value(flows, indicator=indicator, area=area, year=str(year))

    for item in ("immigration", "emigration", "net international migration"):
        rows.append(["belgium", kebab(item).replace("-", "_"), num(flow(item, "Belgium", 2024), 0), 2024, "S-437"])
    assert flow("immigration", "Belgium", 2024) - flow("emigration", "Belgium", 2024) == flow("net international migration", "Belgium", 2024)
    internal = {REGION[a]: flow("net internal migration", a, 2023) for a in ("Flanders", "Wallonia", "Brussels")}
    assert sum(internal.values()) == 0
    source = {"flanders": "S-438 S-439", "wallonia": "S-439", "brussels": "S-438"}
    for g in REGIONS:
        rows.append([g, "net_internal_migration", num(internal[g], 0), 2023, source[g]])
    rows.append(["brussels", "arrivals_from_other_regions", num(flow("arrive from the two other regions", "Brussels", 2023), 0), 2023, "S-438"])
    rows.append(["brussels", "departures_to_other_regions", num(flow("leave for the two other regions", "Brussels", 2023), 0), 2023, "S-438"])
    # net international by region: growth of 2023 less natural balance less net internal, scaled to the 2024 total
    national_births, national_deaths = flow("births", "Belgium", 2023), flow("deaths", "Belgium", 2023)
    flemish = flow("births", "Flanders", 2023)
    rest = national_births - flemish
    b = {"flanders": flemish,
         "wallonia": rest * births["wallonia"] / (births["wallonia"] + births["brussels"]),
         "brussels": rest * births["brussels"] / (births["wallonia"] + births["brussels"])}
    d = {g: national_deaths * deaths[g] / sum(deaths[r] for r in REGIONS) for g in REGIONS}
    growth = {REGION[a]: flow("population growth", a, 2023) for a in ("Flanders", "Wallonia", "Brussels")}
    net = {g: growth[g] - (b[g] - d[g]) - internal[g] for g in REGIONS}
    known = flow("net international migration", "Belgium", 2023)
    assert abs(sum(net.values()) / known - 1) < 0.03, (net, known)
    total = int(flow("net international migration", "Belgium", 2024))
    whole = largest_remainder([net[g] * total / sum(net.values()) for g in REGIONS], total)
    for g, n in zip(REGIONS, whole):
        rows.append([g, "net_international_migration", n, 2024, "A-419"])
    write("migration.csv", ["region", "item", "persons_per_year", "year", "source"], rows)


def make_projection(count):
    cells, check = {}, defaultdict(int)
    labels = [f"{a}-{b}" for a, b in BANDS[:-1]] + ["100+"]
    for r in read("B_population_age_sex_region.csv"):
        if r["year"] in ("2025", "2030", "2035", "2040", "2050"):
            key = (REGION[r["region"]], r["sex"], labels.index(r["age_group"]), int(r["year"]))
            assert key not in cells
            cells[key] = int(r["population"])
    years = (2025, 2030, 2035, 2040, 2050)
    rows = []
    for g in ["belgium"] + REGIONS:
        for y in years:
            for s in SEXES:
                for i, (a, b) in enumerate(BANDS):
                    n = sum(cells[r, s, i, y] for r in REGIONS) if g == "belgium" else cells[g, s, i, y]
                    if y == 2025:  # the pack's own counts, so that the two tables agree
                        assert abs(n - count[g, s][i]) <= 3
                        n = count[g, s][i]
                    elif g == "belgium":
                        assert abs(n - cells["belgium", s, i, y]) <= 3
                    check[g, y] += n
                    rows.append([g, s, a, b, y, n])
    assert check["belgium", 2025] == 11825551 and check["belgium", 2050] == sum(check[g, 2050] for g in REGIONS)
    assert abs(check["belgium", 2030] / 12.030e6 - 1) < 1e-3 and abs(check["belgium", 2040] / 12.397e6 - 1) < 1e-3
    write("projection.csv", ["region", "sex", "age_from", "age_to", "year", "population"], rows)


# ---------------------------------------------------------------- 11 households, education, employment, increased reimbursement

TYPES = ["one_person", "married_no_child", "married_child", "cohabiting_no_child", "cohabiting_child", "single_parent", "other"]
TYPE_LABEL = ["one person", "married couple without children", "married couple with children",
              "unmarried couple without children", "unmarried couple with children", "lone parent", "other"]


def make_households():
    source = read("I_households_education_work.csv")
    nation = 5163139
    assert value(source, indicator="private households", area="Belgium") == nation
    share = [value(source, indicator="share of private households, " + t, area="Belgium") / 100 for t in TYPE_LABEL]
    share = [s / sum(share) for s in share]  # the published ones add up to 99.9 %
    size = {"belgium": value(source, indicator="mean household size", area="Belgium")}
    inhabitants = {}
    flows = read("I_demography_flows.csv")
    for area in ("Flanders", "Wallonia", "Brussels"):
        size[REGION[area]] = value(source, indicator="mean household size", area=area)
        inhabitants[REGION[area]] = value(flows, indicator="population on 1 January", area=area, year="2024")
    # households by region: inhabitants over mean size, scaled to the national number (people in care homes and other
    # collective households are not in private ones)
    raw = {g: inhabitants[g] / size[g] for g in REGIONS}
    number = dict(zip(REGIONS, largest_remainder([raw[g] * nation / sum(raw.values()) for g in REGIONS], nation)))
    # types by region: a seed from regional one-person (2023) and lone-parent (2019) shares, then proportional fitting
    one = {"flanders": 0.331, "wallonia": 0.372, "brussels": 0.471}
    lone = {REGION[a]: value(source, indicator="share of private households, lone parent", area=a) / 100 for a in ("Flanders", "Wallonia", "Brussels")}
    alone = (1.0, 2.0, None, 2.0, None, 2.6, 3.2)  # mean sizes assumed: couples with children take what is left
    known = (0, 1, 3, 5, 6)
    family = (size["belgium"] - sum(share[i] * alone[i] for i in known)) / (share[2] + share[4])
    seed = {}
    for g in REGIONS:
        row = list(share)
        row[0], row[5] = one[g], lone[g]
        couples = 1 - row[0] - row[5] - row[6]
        # couples with children: as many as the mean size of the region asks for at the national family size
        child = (size[g] - row[0] - 2.6 * row[5] - 3.2 * row[6] - 2.0 * couples) / (family - 2.0)
        assert 0.15 < child < couples - 0.05, (g, child)
        for i, j in ((2, 4), (1, 3)):
            both = child if i == 2 else couples - child
            row[i], row[j] = (both * share[k] / (share[i] + share[j]) for k in (i, j))
        seed[g] = [v * number[g] for v in row]
    for _ in range(500):
        for i in range(7):
            factor = share[i] * nation / sum(seed[g][i] for g in REGIONS)
            for g in REGIONS:
                seed[g][i] *= factor
        for g in REGIONS:
            factor = number[g] / sum(seed[g])
            seed[g] = [v * factor for v in seed[g]]
    rows = []
    for g in ["belgium"] + REGIONS:
        s = share if g == "belgium" else [v / number[g] for v in seed[g]]
        if g != "belgium":
            assert abs(s[0] - one[g]) < 0.005, (g, s[0], one[g])
        # mean sizes: two adults without children 2, lone parents 2.6, other 3.2; couples with children take the rest
        sizes = list(alone)
        couples = s[2] + s[4]
        left = size[g] - sum(s[i] * sizes[i] for i in known)
        sizes[2] = sizes[4] = left / couples
        assert 3.5 < sizes[2] < 4.5, (g, sizes)
        total = nation if g == "belgium" else number[g]
        text = shares_to_one(s, 4)
        households = largest_remainder([v * total for v in s], total)
        for i, t in enumerate(TYPES):
            origin = "S-440" if g == "belgium" and i not in (2, 4, 5, 6) else "S-440 A-420" if g == "belgium" else "S-440 S-441 S-442 A-420"
            rows.append([g, t, text[i], num(sizes[i], 2), households[i], origin])
    write("households.csv", ["region", "type", "share", "mean_size", "households", "source"], rows)


E_BANDS = [(15, 24), (25, 34), (35, 44), (45, 54), (55, 64), (65, 74), (75, OPEN_AGE)]
# First guesses of national shares by age; ages 25-64 are then fitted to the census.
HIGH_GUESS = {"F": [0.08, 0.51, 0.48, 0.41, 0.31, 0.24, 0.155], "M": [0.06, 0.38, 0.36, 0.31, 0.27, 0.27, 0.225]}
LOW_GUESS = {"F": [0.50, 0.16, 0.20, 0.25, 0.36, 0.46, 0.64], "M": [0.56, 0.20, 0.25, 0.30, 0.37, 0.41, 0.545]}


def make_education(count):
    source = read("I_households_education_work.csv")
    high_region = {REGION[a]: value(source, indicator="highest diploma, higher", area=a, age_from="25", age_to="64") / 100 for a in ("Flanders", "Wallonia", "Brussels")}
    low_region = {REGION[a]: 1 - value(source, indicator="at least upper secondary", area=a, age_from="25") / 100 for a in ("Flanders", "Wallonia", "Brussels")}
    high_sex = {s: value(source, indicator="highest diploma, higher", area="Belgium", sex=s) / 100 for s in SEXES}
    region_shift = {g: [0.0, 0.0] for g in REGIONS}
    sex_shift = {s: 0.0 for s in SEXES}
    weight = {(g, s, i): persons(count, g, s, *E_BANDS[i]) for g in REGIONS for s in SEXES for i in range(7)}

    def cell(g, s, i):
        within = 1.0 if 1 <= i <= 4 else 0.5 if i == 0 else 0.7  # regional gaps are smaller in the other ages
        high = expit(logit(HIGH_GUESS[s][i]) + within * region_shift[g][0] + (sex_shift[s] if 1 <= i <= 4 else 0))
        low = expit(logit(LOW_GUESS[s][i]) + within * region_shift[g][1] - (sex_shift[s] / 2 if 1 <= i <= 4 else 0))
        return low, high

    def mean(which, groups, sexes, bands):
        keys = [(g, s, i) for g in groups for s in sexes for i in bands]
        return sum(weight[k] * cell(*k)[which] for k in keys) / sum(weight[k] for k in keys)

    for _ in range(60):
        for g in REGIONS:
            for which, target in ((0, low_region[g]), (1, high_region[g])):
                slot = 1 - which

                def miss(x, g=g, slot=slot, which=which, target=target):
                    region_shift[g][slot] = x
                    return mean(which, [g], SEXES, range(1, 5)) - target
                miss(solve(miss, -3, 3))
        gap = high_sex["F"] - high_sex["M"]

        def miss_sex(x):
            sex_shift["F"], sex_shift["M"] = x, -x
            return mean(1, REGIONS, ["F"], range(1, 5)) - mean(1, REGIONS, ["M"], range(1, 5)) - gap
        miss_sex(solve(miss_sex, -2, 2))
    for g in REGIONS:
        assert abs(mean(1, [g], SEXES, range(1, 5)) - high_region[g]) < 1e-3
        assert abs(mean(0, [g], SEXES, range(1, 5)) - low_region[g]) < 1e-3
    for s in SEXES:
        assert abs(mean(1, REGIONS, [s], range(1, 5)) - high_sex[s]) < 0.01
    print("   higher diploma 25-64", round(mean(1, REGIONS, SEXES, range(1, 5)), 3), "25-34", round(mean(1, REGIONS, SEXES, [1]), 3),
          "65-74", round(mean(1, REGIONS, SEXES, [5]), 3), "75+ low/high", round(mean(0, REGIONS, SEXES, [6]), 3), round(mean(1, REGIONS, SEXES, [6]), 3))
    rows, national = [], {}
    for g in REGIONS:
        for s in SEXES:
            for i, (a, b) in enumerate(E_BANDS):
                low, high = cell(g, s, i)
                assert low + high < 1
                rows.append([g, s, a, b] + shares_to_one([low, 1 - low - high, high], 4))
    for s in SEXES:
        for i in range(7):
            low, high = mean(0, REGIONS, [s], [i]), mean(1, REGIONS, [s], [i])
            national[s, i] = (low, 1 - low - high, high)
    write("education.csv", ["region", "sex", "age_from", "age_to", "low", "middle", "high"], rows)
    return national


W_BANDS = [(15, 19), (20, 24), (25, 34), (35, 44), (45, 54), (55, 59), (60, 64), (65, 69), (70, 74), (75, OPEN_AGE)]
# Age patterns assumed; levels are fitted to published figures.
WORK_GUESS = {"M": [0.08, 0.49, 0.83, 0.87, 0.86, 0.79, 0.46, 0.10, 0.05, 0.01],
              "F": [0.08, 0.47, 0.79, 0.81, 0.79, 0.71, 0.38, 0.05, 0.02, 0.003]}
JOBLESS_RATIO = [3.0, 2.6, 1.25, 0.9, 0.75, 0.75, 0.75, 0, 0, 0]
DISABLED_RATIO = [0, 0.5, 2.5, 5.5, 9.5, 14.0, 16.5, 0, 0, 0]
DISABLED_REGION = {"flanders": 0.90, "wallonia": 1.25, "brussels": 0.85}
STUDENT_OF_REST = [0.97, 0.80, 0.25, 0, 0, 0, 0, 0, 0, 0]
RETIRED_OF_REST = {"M": [0, 0, 0, 0, 0, 0.25, 0.72, 0.94, 0.98, 0.99], "F": [0, 0, 0, 0, 0, 0.12, 0.55, 0.85, 0.90, 0.93]}


def make_employment(count):
    source = read("I_households_education_work.csv")

    def rate(area, **more):
        return value(source, indicator="employment rate", area=area, **more) / 100
    region_target = {REGION[a]: rate(a, sex="both", age_from="20", age_to="64") for a in ("Flanders", "Wallonia", "Brussels")}
    sex_target = {s: rate("Belgium", sex=s, age_from="20", age_to="64") for s in SEXES}
    older = rate("Belgium", sex="both", age_from="55", age_to="64")
    all_target = rate("Belgium", sex="both", age_from="20", age_to="64")
    jobless_target = {"flanders": 0.034, "wallonia": 0.068, "brussels": 0.123}  # S-447
    disabled_total = 526507 * 1.048  # end of 2023 (S-448), one more year of growth
    disabled_women = 0.5964
    weight = {(g, s, i): persons(count, g, s, *W_BANDS[i]) for g in REGIONS for s in SEXES for i in range(10)}
    shift = {"older": 0.0, "F": 0.0, "M": 0.0, "flanders": 0.0, "wallonia": 0.0, "brussels": 0.0}

    def employed(g, s, i):
        x = logit(WORK_GUESS[s][i]) + shift[g] + shift[s] + (shift["older"] if 5 <= i <= 6 else 0)
        return expit(x)

    def mean(groups, sexes, bands):
        keys = [(g, s, i) for g in groups for s in sexes for i in bands]
        return sum(weight[k] * employed(*k) for k in keys) / sum(weight[k] for k in keys)

    def fit(name, miss):
        def at(x):
            shift[name] = x
            return miss()
        at(solve(at, -3, 3))
    for _ in range(60):
        for g in REGIONS:
            fit(g, lambda g=g: mean([g], SEXES, range(1, 7)) - region_target[g])
        gap = sex_target["M"] - sex_target["F"]

        def miss_sex():
            shift["F"] = -shift["M"]
            return mean(REGIONS, ["M"], range(1, 7)) - mean(REGIONS, ["F"], range(1, 7)) - gap
        fit("M", miss_sex)
        fit("older", lambda: mean(REGIONS, SEXES, [5, 6]) - older)
    for g in REGIONS:
        assert abs(mean([g], SEXES, range(1, 7)) - region_target[g]) < 1e-3
    for s in SEXES:
        assert abs(mean(REGIONS, [s], range(1, 7)) - sex_target[s]) < 0.005
    assert abs(mean(REGIONS, SEXES, range(1, 7)) - all_target) < 0.003
    assert abs(mean(REGIONS, SEXES, [5, 6]) - older) < 0.002
    print("   employed 20-64", round(mean(REGIONS, SEXES, range(1, 7)), 4), "20-54", round(mean(REGIONS, SEXES, range(1, 5)), 4))

    jobless_level = {}
    for g in REGIONS:
        def miss(level, g=g):
            jobs = work = 0.0
            for s in SEXES:
                for i in range(7):
                    u = level * JOBLESS_RATIO[i]
                    e = employed(g, s, i) * weight[g, s, i]
                    work += e
                    jobs += e * u / (1 - u)
            return jobs / (jobs + work) - jobless_target[g]
        jobless_level[g] = solve(miss, 0, 0.3)
    disabled_level = {}
    for s, part in (("F", disabled_women), ("M", 1 - disabled_women)):
        base = sum(weight[g, s, i] * DISABLED_RATIO[i] * DISABLED_REGION[g] for g in REGIONS for i in range(10))
        disabled_level[s] = disabled_total * part / base

    rows, disabled_count = [], 0.0
    for g in REGIONS:
        for s in SEXES:
            for i, (a, b) in enumerate(W_BANDS):
                e = employed(g, s, i)
                u = jobless_level[g] * JOBLESS_RATIO[i]
                unemployed = e * u / (1 - u)
                disabled = disabled_level[s] * DISABLED_RATIO[i] * DISABLED_REGION[g]
                rest = 1 - e - unemployed - disabled
                assert rest > 0.01, (g, s, a, e, unemployed, disabled)
                student, retired = rest * STUDENT_OF_REST[i], rest * RETIRED_OF_REST[s][i]
                disabled_count += disabled * weight[g, s, i]
                rows.append([g, s, a, b] + shares_to_one([e, unemployed, disabled, student, retired, rest - student - retired], 4))
    assert abs(disabled_count / disabled_total - 1) < 1e-9
    write("employment.csv", ["region", "sex", "age_from", "age_to", "employed", "unemployed", "disabled", "student",
                             "retired", "inactive"], rows)


BIM_BANDS = [(0, 19), (20, 34), (35, 49), (50, 64), (65, 74), (75, OPEN_AGE)]
BIM_SHAPE = [0.22, 0.16, 0.17, 0.18, 0.24, 0.33]


def make_bim(count):
    source = read("I_bim.csv")
    rows, cells = [], {}
    for area in ("Flanders", "Wallonia", "Brussels"):
        g = REGION[area]
        target = value(source, indicator="share with increased reimbursement, regional target", area=area) / 100
        before = value(source, indicator="share with increased reimbursement", area=area, population="insured", year="2021") / 100
        working = value(source, indicator="share with increased reimbursement", area=area, population="age 20-64", year="2021") / 100
        working = expit(logit(working) + logit(target) - logit(before))  # its odds grow like those of everybody
        weight = [sum(persons(count, g, s, *b) for s in SEXES) for b in BIM_BANDS]

        def mean(shift, bands):
            return sum(weight[i] * expit(logit(BIM_SHAPE[i]) + shift) for i in bands) / sum(weight[i] for i in bands)
        middle = solve(lambda x: mean(x, [1, 2, 3]) - working, -3, 3)
        n, m = sum(weight), sum(weight[1:4])
        rest = solve(lambda x: mean(x, [0, 4, 5]) - (target * n - working * m) / (n - m), -3, 3)
        for i, (a, b) in enumerate(BIM_BANDS):
            share = expit(logit(BIM_SHAPE[i]) + (middle if 1 <= i <= 3 else rest))
            cells[g, i] = (share, weight[i])
            rows.append([g, a, b, num(share, 4)])
        got = sum(s * w for (r, _), (s, w) in cells.items() if r == g) / n
        assert abs(got - target) < 5e-4
    nation = sum(s * w for s, w in cells.values()) / sum(w for _, w in cells.values())
    assert abs(nation - 0.21) < 0.001, nation
    oldest = [cells[g, 5] for g in REGIONS]
    print("   increased reimbursement: Belgium", round(nation, 4), "75+", round(sum(s * w for s, w in oldest) / sum(w for _, w in oldest), 3),
          "Brussels 0-19", round(cells["brussels", 0][0], 3))
    write("bim.csv", ["region", "age_from", "age_to", "share"], rows)


# ---------------------------------------------------------------- 12 lifestyle

L_BANDS = [(0, 4), (5, 9), (10, 14)] + E_BANDS
SMOKE_SHAPE = {"M": [12, 21, 22, 22, 21, 13, 7], "F": [9, 11, 13, 15.5, 17, 11, 5]}
EX_SHAPE = {"M": [4, 13, 20, 25, 32, 42, 48], "F": [4, 13, 18, 20, 24, 24, 18]}
INACTIVE_SHAPE = {"M": [17, 21, 24, 27, 29, 32, 50], "F": [24, 26, 28, 30, 32, 37, 60]}


def make_lifestyle(count, national, prevalence):
    source = read("I_lifestyle.csv")
    weight = {(s, i): persons(count, "belgium", s, *E_BANDS[i]) for s in SEXES for i in range(7)}
    adult = {(s, i): persons(count, "belgium", s, max(18, E_BANDS[i][0]), E_BANDS[i][1]) for s in SEXES for i in range(7)}
    everyone = sum(weight.values())

    # daily smoking: 12.8 % of 15+ (2023-2024), men to women 18 to 12 (2018)
    target = 12.8 / 100
    assert find(source, topic="smoking", indicator="daily smokers", year="2023-2024")["value"] == "12.8"
    men, women = sum(weight["M", i] for i in range(7)), sum(weight["F", i] for i in range(7))
    level = {"F": target * everyone / (men * 1.5 + women)}
    level["M"] = 1.5 * level["F"]
    smoke, quit_, still = {}, {}, {}
    for s in SEXES:
        n = sum(weight[s, i] for i in range(7))
        factor = level[s] / (sum(weight[s, i] * SMOKE_SHAPE[s][i] for i in range(7)) / n)
        for i in range(7):
            smoke[s, i] = factor * SMOKE_SHAPE[s][i]
            quit_[s, i] = EX_SHAPE[s][i] / 100
    assert abs(sum(weight[k] * smoke[k] for k in weight) / everyone - target) < 1e-9
    # no physical activity in leisure: 30 % of adults
    factor = 0.30 * sum(adult.values()) / sum(adult[s, i] * INACTIVE_SHAPE[s][i] for s in SEXES for i in range(7))
    for s in SEXES:
        for i in range(7):
            still[s, i] = factor * INACTIVE_SHAPE[s][i]

    # overweight, measured: 40-64 66 % / 56 %, 65+ 80 % / 64 % (2022-2023); 18-39 so that adults have 55 % (2018)
    top = {s: value(source, indicator="overweight incl. obesity, measured", sex=s, age_from="65") / 100 for s in SEXES}
    mid = {s: value(source, indicator="overweight incl. obesity, measured", sex=s, age_from="40") / 100 for s in SEXES}

    def single(s, a, start):
        if a < 2:
            return 0.0
        if a < 18:
            return child * line(OVERWEIGHT_CHILD, a)
        at_40 = 2 * mid[s] - top[s]  # a straight line from 40 to 65 whose mean is the published one
        return line([(18, start), (40, at_40), (64, top[s])], a)
    OVERWEIGHT_CHILD = [(2, 14), (17, 23)]
    kids = sum(persons(count, "belgium", s, a, a) for s in SEXES for a in range(2, 18))
    child = 0.19 * kids / sum(persons(count, "belgium", s, a, a) * line(OVERWEIGHT_CHILD, a) for s in SEXES for a in range(2, 18))
    ages = [(s, a) for s in SEXES for a in range(18, 100)]

    def adults_mean(start):
        return sum(persons(count, "belgium", s, a, a) * single(s, a, start) for s, a in ages) / sum(persons(count, "belgium", s, a, a) for s, a in ages)
    start = solve(lambda x: adults_mean(x) - 0.55, 0.0, 0.5)
    print("   overweight at 18:", round(start, 3), " at 40:", {s: round(2 * mid[s] - top[s], 2) for s in SEXES})

    def band_mean(function, s, a, b):
        years = range(a, min(b, 99) + 1)
        return sum(persons(count, "belgium", s, y, y) * function(y) for y in years) / sum(persons(count, "belgium", s, y, y) for y in years)

    # education: within each sex and age the mean stays, the ratio low : high is the same everywhere and gives the
    # published national ratio where there is one (2.4 for smoking), else an assumed one
    def by_education(mean, s, i, ratio):
        odds = [ratio, math.sqrt(ratio), 1.0]
        base = mean / sum(n * r for n, r in zip(national[s, i], odds))
        return [base * r for r in odds]

    def national_by_education(table, ratio):
        total, people = [0.0] * 3, [0.0] * 3
        for (s, i), n in weight.items():
            for e, v in enumerate(by_education(table[s, i], s, i, ratio)):
                total[e] += n * national[s, i][e] * v
                people[e] += n * national[s, i][e]
        return [t / p for t, p in zip(total, people)]
    smoke_ratio = solve(lambda r: national_by_education(smoke, r)[0] / national_by_education(smoke, r)[2] - 2.4, 1, 8)
    print("   smoking by education", [round(v, 3) for v in national_by_education(smoke, smoke_ratio)], "ratio in a cell", round(smoke_ratio, 2))
    rows = []
    for s in SEXES:
        for j, (a, b) in enumerate(L_BANDS):
            overweight = band_mean(lambda y: single(s, y, start), s, a, b)
            obese = band_mean(lambda y: prevalence["obesity"][s][min(y // 5, 19)], s, a, b)
            assert obese < overweight
            if j < 3:
                rows.append([s, a, b, "all", "0", "0", "0", num(overweight, 4), num(obese, 4)])
                continue
            i = j - 3
            columns = [(smoke[s, i], smoke_ratio), (quit_[s, i], 1.1), (still[s, i], 1.8), (overweight, 1.25), (obese, 1.8)]
            split = [by_education(m, s, i, r) for m, r in columns]
            for e, name in enumerate(["low", "middle", "high"]):
                values = [c[e] for c in split]
                assert values[4] < values[3] < 1 and values[0] + values[1] < 1, (s, a, name, values)
                rows.append([s, a, b, name] + [num(v, 4) for v in values])
            rows.append([s, a, b, "all"] + [num(m, 4) for m, _ in columns])
    write("lifestyle.csv", ["sex", "age_from", "age_to", "education", "daily_smoker", "ex_smoker", "inactive",
                            "overweight", "obese"], rows)


# ---------------------------------------------------------------- 13 utility

def make_utility(count, life_table):
    source = read("I_hrqol_eq5d.csv")
    norm, rows = {}, []
    for s in SEXES:
        rows.append([s, 0, 14, "0.95"])
        for a in range(15, 90, 5):
            to = str(a + 4) if a < 85 else ""
            v = value(source, topic="utility", indicator="EQ-5D-5L index, mean", area="Belgium", sex=s, age_from=str(a), age_to=to,
                      population=f"age {a}-{a + 4}" if a < 85 else "age 85+")
            norm[s, a] = v
            rows.append([s, a, a + 4 if a < 85 else OPEN_AGE, num(v, 4)])
    for s, published in (("M", 55.8), ("F", 56.3)):
        alive, years = 1.0, 0.0
        for a in range(15, 111):
            q = life_table["belgium", s, a]
            years += alive * (1 - q / 2) * norm[s, min(a // 5 * 5, 85)]
            alive *= 1 - q
        print(f"   quality-adjusted life expectancy at 15, {s}: {years:.2f} (published {published})")
        assert abs(years - published) < 1.0
    top = sum(persons(count, "belgium", s, a, min(a + 4, OPEN_AGE) if a < 85 else OPEN_AGE) * v for (s, a), v in norm.items())
    mean = top / sum(persons(count, "belgium", s, 15, OPEN_AGE) for s in SEXES)
    print(f"   mean index 15+: {mean:.4f} (published 0.843)")
    assert abs(mean - 0.843) < 0.015
    write("utility.csv", ["sex", "age_from", "age_to", "mean_utility"], rows)


# ---------------------------------------------------------------- 14 indices

HEALTH_INDEX = {2007: 1.5, 2012: 1.36, 2016: 1.299, 2018: 1.252, 2019: 1.234, 2020: 1.222, 2021: 1.198, 2022: 1.096,
                2023: 1.051, 2024: 1.019, 2025: 1.0}  # S-456
NEXT_YEAR = 0.02  # A-431, both indices


def make_indices():
    index = dict(HEALTH_INDEX)
    index[2017] = index[2018] * 1.0184
    for first, last in ((2007, 2012), (2012, 2016)):  # even growth between known years
        for y in range(first + 1, last):
            index[y] = index[first] * (index[last] / index[first]) ** ((y - first) / (last - first))
    fee = {}
    for r in read("I_fees.csv"):
        if r["topic"] == "gp" and r["indicator"] == "consultation, accredited GP":
            assert r["year"] not in fee
            fee[int(r["year"])] = float(r["value"])
    assert set(fee) == set(range(2016, 2026)) and fee[2025] == 32.84
    fees = {y: fee[2025] / v for y, v in fee.items()}
    index[2026] = fees[2026] = 1 / (1 + NEXT_YEAR)
    rows = []
    for name, table in (("health_index", index), ("nihdi_fees", fees), ("none", {y: 1.0 for y in index})):
        years = sorted(table)
        assert years == list(range(years[0], 2027)) and table[2025] == 1.0
        assert all(table[a] >= table[b] for a, b in zip(years, years[1:]))
        rows += [[name, y, num(table[y], 4)] for y in years]
    write("indices.csv", ["index", "year", "factor_to_2025"], rows)


# ---------------------------------------------------------------- 15 spending

SECTOR = {"physicians' fees": "physician_fees", "hospitals (day price)": "hospital_budget", "hospitals": "hospital_budget",
          "pharmaceutical services": "medicines", "nursing (home)": "home_nursing", "dentists": "dental",
          "physiotherapy": "physiotherapy", "all other": "all_other", "total": "total"}
# Main sectors of 2025 in million EUR with the range in which the split was judged; total S-460.
SPENDING_2025 = [("physician_fees", 11300, 10900, 11700), ("hospital_budget", 9100, 8700, 9600), ("medicines", 8300, 7800, 8700),
                 ("home_nursing", 2250, 2150, 2400), ("dental", 1750, 1600, 1900), ("physiotherapy", 1250, 1200, 1320),
                 ("implants_devices", 1150, 1000, 1250), ("dialysis", 550, 480, 620),
                 ("day_and_other_hospital_lump_sums", 550, 450, 700), ("rehabilitation_conventions", 650, 550, 750),
                 ("bandage_orthopaedic_optic_hearing", 750, 650, 850), ("medical_houses", 420, 350, 480),
                 ("speech_therapy", 250, 200, 300), ("psychologists", 250, 210, 280), ("maximum_billing", 500, 420, 560),
                 ("chronic_and_palliative_lump_sums", 150, 120, 180), ("other", 642, 300, 1000)]
BESIDE_2025 = [("nursing_homes", "regions", 5000, 4500, 5500), ("home_help", "regions", 1050, 900, 1250),
               ("nursing_homes", "households", 3600, 3300, 3900), ("statutory_copayments", "households", 1950, 1800, 2100),
               ("hospital_supplements", "households", 1300, 1220, 1400), ("current_health_spending", "total", 63000, 60000, 66000)]
TOLERANCE_2023 = {"physician_fees": 4, "hospital_budget": 4, "medicines": 4, "home_nursing": 4, "dental": 5, "physiotherapy": 5, "all_other": 10, "total": 2}


def make_spending():
    source = read("I_spending_by_sector.csv")
    rows, sums = [], defaultdict(float)
    for r in source:
        if not r["indicator"].startswith("insurance spending, ") or r["topic"] != "spending by sector":
            continue
        sector = SECTOR[r["indicator"][len("insurance spending, "):].removesuffix(", about")]
        year, amount = int(r["year"]), float(r["value"])
        if year < 2020:
            rows.append([sector, "federal", year, num(amount, 1), 1, "S-458"])
        else:
            origin = {"home_nursing": "S-459 S-465", "physiotherapy": "S-459 S-466", "all_other": "S-459 S-465 S-466"}.get(sector, "S-459")
            rows.append([sector, "federal", year, num(amount, 1), TOLERANCE_2023[sector], origin])
        sums[year] += amount if sector != "total" else -amount
    assert set(sums) == {2016, 2017, 2018, 2023} and all(abs(v) < 3 for v in sums.values()), dict(sums)
    assert sum(v for _, v, _, _ in SPENDING_2025) == 39812 == value(source, indicator="budget target for care, proposal")

    def width(v, low, high):
        return num(100 * max(v - low, high - v) / v, 1)
    for sector, v, low, high in SPENDING_2025:
        rows.append([sector, "federal", 2025, v, width(v, low, high), "A-433"])
    rows.append(["total", "federal", 2025, 39812, 1, "S-460"])
    for sector, scope, v, low, high in BESIDE_2025:
        rows.append([sector, scope, 2025, v, width(v, low, high), "A-433"])
    # memo rows, not parts of a sum
    rows.append(["insurance_target", "federal", 2023, num(value(source, indicator="budget target for care", year="2023"), 1), 1, "S-460"])
    rows.append(["insurance_target", "federal", 2024, num(value(source, indicator="budget target for care", year="2024"), 1), 1, "S-460"])
    rows.append(["gp_consultations_and_visits", "federal", 2019, num(value(source, indicator="GP consultations and visits, insurance spending"), 1), 5, "S-461"])
    rows.append(["global_medical_record", "federal", 2017, num(value(source, indicator="insurance spending, global medical record", year="2017"), 1), 2, "S-478"])
    rows.append(["palliative_home_nursing", "federal", 2024, num(value(source, indicator="palliative home nursing: spending"), 1), 2, "S-479"])
    rows.append(["hospital_financial_means_ceiling", "federal", 2025, num(value(source, indicator="budget of financial means (BMF/BFM) of hospitals, at most"), 1), 2, "S-464"])
    rows.append(["general_hospital_turnover", "total", 2023, num(value(source, indicator="turnover of general hospitals"), 1), 5, "S-464"])
    rows.append(["statutory_copayments", "households", 2022, 1800, 6, "S-462"])
    rows.append(["hospital_supplements", "households", 2024, 1220, 3, "S-463"])
    rows.append(["hospital_bills_of_patients", "households", 2024, 1600, 3, "S-463"])
    scopes = {"federal": 0, "regions": 1, "households": 2, "total": 3}
    rows.sort(key=lambda r: (scopes[r[1]], r[2], r[0] == "total", r[0]))
    assert len({tuple(r[:3]) for r in rows}) == len(rows)
    write("spending.csv", ["sector", "scope", "year", "million_eur", "tolerance_percent", "source"], rows)


# ---------------------------------------------------------------- 16 validation

VALIDATION = {  # indicator of the reference table -> (id, source)
    "population on 1 January": ("population", "S-402"), "share aged 65+": ("share_65_plus", "S-402 S-401"),
    "births": ("births", "S-435 S-436 A-418"), "deaths": ("deaths", "S-467"), "net international migration": ("net_international_migration", "S-437"),
    "life expectancy at birth": ("life_expectancy", "S-411"), "people with diagnosed diabetes": ("diagnosed_diabetes", "S-413"),
    "people with dementia": ("dementia", "S-419"), "people living with cancer": ("cancer", "S-420"), "new cancers": ("new_cancers", "S-420"),
    "acute myocardial infarctions": ("myocardial_infarctions", "S-468"), "acute strokes, hospital": ("strokes_in_hospital", "S-469"),
    "new heart failure": ("new_heart_failure", "S-415"), "mean EQ-5D-5L index 15+": ("mean_eq5d_15_plus", "S-455"),
    "quality-adjusted life expectancy at 15": ("quality_adjusted_life_expectancy_15", "S-455"),
    "GP consultations and visits": ("gp_contacts", "S-461"), "people with a GP contact in the year": ("any_gp_contact", "S-471"),
    "people with a specialist consultation in the year": ("any_specialist_contact", "S-472"),
    "specialist consultations": ("specialist_contacts", "S-473"), "classic hospital stays": ("classic_stays", "S-474"),
    "share of classic stays of people 65+": ("classic_stays_65_plus", "S-475"), "mean length of a classic stay": ("length_of_stay", "S-477"),
    "emergency visits": ("emergency_visits", "S-476"), "deaths in hospital": ("deaths_in_hospital", "S-475"),
    "residents of care homes": ("care_home_residents", "S-428 S-429 A-416"), "federal insurance, total": ("federal_insurance", "S-459"),
    "physicians' fees": ("physician_fees", "S-459"), "hospitals (day price)": ("hospital_budget", "S-459"),
    "pharmaceutical services": ("medicines", "S-459"), "home nursing": ("home_nursing", "S-459 S-465"), "dentists": ("dental", "S-459"),
    "physiotherapy": ("physiotherapy", "S-459 S-466"), "all other": ("all_other", "S-459"),
    "federal insurance target": ("federal_insurance_target", "S-460"),
    "GP consultations and visits, insurance part": ("gp_contacts_spending", "S-461"), "co-payments": ("statutory_copayments", "S-462"),
    "turnover of general hospitals": ("general_hospital_turnover", "S-464"),
    "share with increased reimbursement": ("increased_reimbursement", "S-449"), "GP FTE": ("gp_fte", "S-424"),
    "active physicians": ("active_physicians", "S-433"), "hospital beds, all sites": ("hospital_beds", "S-423"),
    "hospital beds, sites not of the psychiatric type": ("hospital_beds_not_psychiatric", "S-423"),
    "places in care homes": ("care_home_places", "S-428 S-429")}
UNIT = {"persons": "persons", "percent": "percent", "births per year": "births_per_year", "deaths per year": "deaths_per_year",
        "persons per year": "persons_per_year", "years": "years", "cases per year": "cases_per_year", "utility": "utility",
        "QALY": "qaly", "million per year": "million_per_year", "days": "days", "percent of deaths": "percent_of_deaths",
        "million EUR": "million_eur", "FTE": "fte", "beds": "beds"}


def make_validation():
    newer = {REGION[r["area"]]: r for r in read("I_bim.csv") if r["indicator"].endswith("regional target")}
    rows = []
    for r in read("I_validation_totals.csv"):
        name, source = VALIDATION[r["indicator"]]
        area, sex = REGION[r["area"]], {"both": "all"}.get(r["sex"], r["sex"])
        number, year = float(r["value"]), r["year"]
        width = re.match(r"tolerance ([0-9.]+)( %| points?)?", r["note"])
        assert width, r["note"]
        tolerance = float(width.group(1))
        if width.group(2) != " %":  # absolute, made relative
            tolerance = 100 * tolerance / abs(number)
        if name == "increased_reimbursement":
            source = "S-450" if area == "belgium" else "S-449 S-450 A-402"
            if area != "belgium":  # the pack carries 2025 shares, so they are checked against 2025
                number, year = float(newer[area]["value"]), newer[area]["year"]
                tolerance = 100 * 0.5 / number
        ident = name + ("" if area == "belgium" else "_" + area) + {"all": "", "M": "_men", "F": "_women"}[sex]
        rows.append([ident, area, sex, r["age_from"] or 0, r["age_to"] or OPEN_AGE, num(number, 4), UNIT[r["unit"]], year, num(tolerance, 2), source])
    assert len(rows) == 54 == len({r[0] for r in rows})
    write("validation.csv", ["id", "area", "sex", "age_from", "age_to", "value", "unit", "year", "tolerance_percent", "source"], rows)


def main():
    OUTPUT.mkdir(parents=True, exist_ok=True)
    places = make_places()
    make_zones(places)
    _, count = make_population(places)
    make_neighbours(places)
    life_table, deaths = make_life_table(count)
    prevalence = make_prevalence(count)
    make_hospital_sites(places)
    make_supply()
    births = make_fertility(count)
    make_migration(births, deaths)
    make_projection(count)
    make_households()
    national = make_education(count)
    make_employment(count)
    make_bim(count)
    make_lifestyle(count, national, prevalence)
    make_utility(count, life_table)
    make_indices()
    make_spending()
    make_validation()


if __name__ == "__main__":
    main()
