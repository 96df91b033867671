#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "tresse/core/check.hpp"
#include "tresse/core/csv.hpp"
#include "tresse/scenario/region.hpp"

namespace tresse::scenario {

namespace {

/// Small letters without accents; hyphens, apostrophes and spaces are one space. For names of places in Dutch, French and German.
std::string folded(std::string_view text) {
    static constexpr std::string_view plain = "aaaaaaaceeeeiiiidnooooo ouuuuy  ";   // U+00C0.. and, 32 further, the small ones
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (c == 0xc3 && i + 1 < text.size()) {
            const auto next = static_cast<unsigned char>(text[++i]);
            if (next == 0x9f) out += "ss";
            else out += plain[(next - 0x80u) % 32];
        } else if (c == 0xe2 && i + 2 < text.size()) {
            i += 2;   // a typographic apostrophe or dash
            out += ' ';
        } else if (c >= 'A' && c <= 'Z') {
            out += static_cast<char>(c + 32);
        } else {
            out += c == '-' || c == '\'' ? ' ' : static_cast<char>(c);
        }
    }
    out.erase(std::unique(out.begin(), out.end(), [](char a, char b) { return a == ' ' && b == ' '; }), out.end());
    while (!out.empty() && out.back() == ' ') out.pop_back();
    return !out.empty() && out.front() == ' ' ? out.substr(1) : out;
}

std::string kebab(std::string_view text) {
    std::string out = folded(text);
    out.erase(std::remove_if(out.begin(), out.end(), [](char c) { return !(c == ' ' || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')); }), out.end());
    std::replace(out.begin(), out.end(), ' ', '-');
    return out;
}

LocalText names_of(const Municipality& m) {
    LocalText out;
    const std::string& own = m.region == 0 ? m.name_nl : m.name_fr;
    out[Lang::fr] = m.name_fr, out[Lang::nl] = m.name_nl, out[Lang::de] = m.name_de;
    out[Lang::en] = own.empty() ? m.name_nl : own;
    return out;
}

/// "Tienen (24107, FR Tirlemont)".
std::string described(const Municipality& m) {
    const LocalText names = names_of(m);
    const std::string own = names.in(Lang::en);
    std::string out = own + " (" + std::to_string(m.nis);
    if (!m.name_nl.empty() && m.name_nl != own) out += ", NL " + m.name_nl;
    if (!m.name_fr.empty() && m.name_fr != own) out += ", FR " + m.name_fr;
    if (!m.name_de.empty() && m.name_de != own && m.name_de != m.name_nl && m.name_de != m.name_fr) out += ", DE " + m.name_de;
    return out + ")";
}

struct Named {
    const char* id;
    LocalText name;
};

LocalText four(const char* en, const char* fr, const char* nl, const char* de) {
    LocalText out(en);
    out[Lang::fr] = fr, out[Lang::nl] = nl, out[Lang::de] = de;
    return out;
}

/// Names of provinces and regions; other ids are shown as they are written.
LocalText name_of_division(const std::string& kind, const std::string& id) {
    static const std::map<std::string, LocalText> known = {
        {"region/flanders", four("Flanders", "Flandre", "Vlaanderen", "Flandern")},
        {"region/brussels", four("Brussels", "Bruxelles", "Brussel", "Brüssel")},
        {"region/wallonia", four("Wallonia", "Wallonie", "Wallonië", "Wallonien")},
        {"province/antwerpen", four("Province of Antwerp", "Province d'Anvers", "Provincie Antwerpen", "Provinz Antwerpen")},
        {"province/brabant-wallon", four("Walloon Brabant", "Brabant wallon", "Waals-Brabant", "Wallonisch-Brabant")},
        {"province/brussels", four("Brussels", "Bruxelles", "Brussel", "Brüssel")},
        {"province/hainaut", four("Hainaut", "Hainaut", "Henegouwen", "Hennegau")},
        {"province/liege", four("Province of Liège", "Province de Liège", "Provincie Luik", "Provinz Lüttich")},
        {"province/limburg", four("Limburg", "Limbourg", "Limburg", "Limburg")},
        {"province/luxembourg", four("Province of Luxembourg", "Province de Luxembourg", "Provincie Luxemburg", "Provinz Luxemburg")},
        {"province/namur", four("Province of Namur", "Province de Namur", "Provincie Namen", "Provinz Namur")},
        {"province/oost-vlaanderen", four("East Flanders", "Flandre orientale", "Oost-Vlaanderen", "Ostflandern")},
        {"province/vlaams-brabant", four("Flemish Brabant", "Brabant flamand", "Vlaams-Brabant", "Flämisch-Brabant")},
        {"province/west-vlaanderen", four("West Flanders", "Flandre occidentale", "West-Vlaanderen", "Westflandern")},
    };
    if (const auto found = known.find(kind + "/" + id); found != known.end()) return found->second;
    std::string words = id;
    for (std::size_t i = 0; i < words.size(); ++i)
        if (i == 0 || words[i - 1] == '-') words[i] = words[i] >= 'a' && words[i] <= 'z' ? static_cast<char>(words[i] - 32) : words[i];
    return kind == "arrondissement" ? four(("Arrondissement of " + words).c_str(), ("Arrondissement de " + words).c_str(), ("Arrondissement " + words).c_str(), ("Bezirk " + words).c_str()) : LocalText(words);
}

/// Everything of one kind that bears the id; false when nothing does.
bool area_of_division(const Region& region, const std::string& kind, const std::string& id, Area& out) {
    Area area;
    area.id = id, area.kind = kind;
    for (std::size_t i = 0; i < region.municipalities.size(); ++i) {
        const Municipality& m = region.municipalities[i];
        const bool in = kind == "country" || (kind == "province" && m.province == id) || (kind == "arrondissement" && m.arrondissement == id) || (kind == "region" && m.region == region_index(id));
        if (in) area.municipalities.push_back(static_cast<int>(i));
    }
    if (area.municipalities.empty() || (kind == "country" && id != region.id)) return false;
    area.name = kind == "country" ? region.name : name_of_division(kind, id);
    out = std::move(area);
    return true;
}

bool area_of_zone(const Region& region, const std::string& kind, const std::string& id, Area& out) {
    for (const Zone& zone : region.zones) {
        if (zone.id != id || (kind == "zone") != (zone.kind == "primary_care_zone")) continue;
        out = {};
        out.id = zone.id, out.kind = kind, out.name = LocalText(zone.label);
        out.municipalities = zone.municipalities;
        for (std::size_t i = 0; i < zone.municipalities.size(); ++i)
            if (!zone.whole[i]) out.remarks.push_back(zone.label + " has only a part of " + described(region.municipalities[static_cast<std::size_t>(zone.municipalities[i])]) + "; it is taken whole.");
        std::sort(out.municipalities.begin(), out.municipalities.end());
        return true;
    }
    return false;
}

const std::array<const char*, 7>& kinds() {
    static const std::array<const char*, 7> words = {"municipality", "zone", "basin", "arrondissement", "province", "region", "country"};
    return words;
}

std::vector<std::string> ids_of(const Region& region, const std::string& kind) {
    std::set<std::string> ids;
    for (const Municipality& m : region.municipalities) {
        if (kind == "province") ids.insert(m.province);
        if (kind == "arrondissement") ids.insert(m.arrondissement);
    }
    for (const Zone& z : region.zones)
        if (kind == (z.kind == "primary_care_zone" ? "zone" : "basin")) ids.insert(z.id);
    if (kind == "region") ids = {"flanders", "brussels", "wallonia"};
    if (kind == "country") ids = {region.id};
    return {ids.begin(), ids.end()};
}

bool find_of_kind(const Region& region, const std::string& kind, const std::string& word, Area& out) {
    if (kind == "municipality") {
        const int m = find_municipality(region, word);
        if (m >= 0) out = area_of(region, {m});
        return m >= 0;
    }
    if (kind == "zone" || kind == "basin") return area_of_zone(region, kind, word, out);
    return area_of_division(region, kind, word, out);
}

bool refuse(std::string* why, std::string message) {
    if (why) *why = std::move(message);
    return false;
}

/// Municipalities with commas between.
bool find_several(const Region& region, std::string_view words, Area& out, std::string* why) {
    std::vector<int> found;
    while (!words.empty()) {
        const std::size_t end = std::min(words.find(','), words.size());
        const int m = find_municipality(region, std::string(words.substr(0, end)), why);
        if (m < 0) return false;
        found.push_back(m);
        words.remove_prefix(std::min(end + 1, words.size()));
    }
    if (found.empty()) return refuse(why, "an area without a municipality.");
    out = area_of(region, found);
    return true;
}

}  // namespace

int find_municipality(const Region& region, const std::string& word, std::string* why) {
    const std::string year = std::to_string(region.counts_year);
    long long nis = 0;
    if (parse_whole(word, nis)) {
        const int m = nis > 0 && nis < 100000 ? region.municipality(static_cast<int>(nis)) : -1;
        if (m < 0) refuse(why, word + " is no number of a municipality of " + year + ". Mergers change numbers; the Dutch, French or German name works too.");
        return m;
    }
    const std::string wanted = folded(word);
    std::vector<int> found;
    std::vector<std::string> names;
    std::vector<int> owners;
    for (std::size_t i = 0; i < region.municipalities.size(); ++i) {
        const Municipality& m = region.municipalities[i];
        bool is_it = false;
        for (const std::string* name : {&m.name_nl, &m.name_fr, &m.name_de}) {
            if (name->empty()) continue;
            is_it = is_it || (!wanted.empty() && folded(*name) == wanted);
            names.push_back(*name), owners.push_back(static_cast<int>(i));
        }
        if (is_it) found.push_back(static_cast<int>(i));
    }
    if (found.size() == 1) return found[0];
    if (found.size() > 1) {
        std::string both;
        for (const int m : found) both += (both.empty() ? "" : " and ") + described(region.municipalities[static_cast<std::size_t>(m)]);
        refuse(why, "\"" + word + "\" names more than one municipality: " + both + ". Write the number.");
        return -1;
    }
    const std::string near = nearest(word, names);
    std::string message = "\"" + word + "\" is no municipality of " + year + ".\n";
    if (!near.empty()) message += "Nearest: " + described(region.municipalities[static_cast<std::size_t>(owners[static_cast<std::size_t>(std::find(names.begin(), names.end(), near) - names.begin())])]) + ". ";
    refuse(why, message + "Write the number or the Dutch, French or German name.");
    return -1;
}

int inhabitants_of(const Region& region, const Area& area) {
    int people = 0;
    for (const int m : area.municipalities) people += region.municipalities[static_cast<std::size_t>(m)].inhabitants();
    return people;
}

Area area_of(const Region& region, std::vector<int> municipalities) {
    TRESSE_CHECK(!municipalities.empty(), "an area has at least one municipality");
    std::sort(municipalities.begin(), municipalities.end());
    municipalities.erase(std::unique(municipalities.begin(), municipalities.end()), municipalities.end());
    Area area;
    area.kind = municipalities.size() == 1 ? "municipality" : "municipalities";
    const Municipality& first = region.municipalities[static_cast<std::size_t>(municipalities[0])];
    area.name = names_of(first);
    area.id = kebab(area.name.in(Lang::en));
    if (const std::size_t more = municipalities.size() - 1; more > 0) {
        const std::string n = std::to_string(more);
        area.id += "-and-" + n + "-more";
        area.name[Lang::en] += " and " + n + " more", area.name[Lang::fr] += " et " + n + " autres", area.name[Lang::nl] += " en " + n + " andere", area.name[Lang::de] += " und " + n + " weitere";
    }
    area.municipalities = std::move(municipalities);
    return area;
}

bool find_area(const Region& region, const std::string& kind_or_empty, const std::string& word, Area& out, std::string* why) {
    if (const std::size_t colon = word.find(':'); kind_or_empty.empty() && colon != std::string::npos) return find_area(region, word.substr(0, colon), word.substr(colon + 1), out, why);
    if (kind_or_empty.empty() && word.find(',') != std::string::npos) return find_several(region, word, out, why);
    if (kind_or_empty == "municipality" || kind_or_empty == "municipalities") return find_several(region, word, out, why);
    if (!kind_or_empty.empty()) {
        if (std::find(kinds().begin(), kinds().end(), kind_or_empty) == kinds().end())
            return refuse(why, "\"" + kind_or_empty + "\" is no kind of area; wanted municipality, zone, basin, arrondissement, province, region or country.");
        if (find_of_kind(region, kind_or_empty, word, out)) return true;
        const std::string near = nearest(word, ids_of(region, kind_or_empty));
        return refuse(why, "\"" + word + "\" is no " + kind_or_empty + " of this region pack." + (near.empty() ? "" : " Nearest: " + near));
    }
    std::vector<std::string> hits, all;
    for (const char* kind : kinds()) {
        Area area;
        for (std::string& id : ids_of(region, kind)) all.push_back(std::move(id));
        if (!find_of_kind(region, kind, word, area)) continue;
        if (hits.empty()) out = area;
        else if (area.municipalities == out.municipalities) continue;   // a region and a province of the same places
        hits.push_back(std::string(kind) + ":" + word);
    }
    if (hits.size() == 1) return true;
    if (hits.size() > 1) {
        std::string list;
        for (const std::string& h : hits) list += (list.empty() ? "" : ", ") + h;
        return refuse(why, "\"" + word + "\" can mean several areas. Write one of: " + list);
    }
    const std::string near = nearest(word, all);
    if (!near.empty()) return refuse(why, "\"" + word + "\" is no area of this region pack. Nearest: " + near);
    find_municipality(region, word, why);
    return false;
}

}  // namespace tresse::scenario
