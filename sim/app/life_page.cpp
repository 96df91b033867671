#include <algorithm>
#include <map>

#include "tresse/app/life_words.hpp"
#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"
#include "tresse/core/text/layout.hpp"
#include "tresse/model/hazards.hpp"

namespace tresse::app {

namespace {

namespace st = world::status;
using measure::Life;
using measure::LifeEnd;
using measure::LifeMonth;
using measure::Lives;
using text::fill;
using text::pad_left;
using text::pad_right;
using text::tr;
using world::Catalogue;

constexpr std::size_t page_width = 100, label_width = 24;
constexpr int months_in_a_band = 72;

std::string letter(std::size_t arm) { return std::string(1, static_cast<char>('A' + static_cast<int>(arm))); }

/// One line of the strip: a character a month.
struct Track {
    const char* label;
    int MonthCare::*count;
};
constexpr Track tracks[] = {
    {"GP", &MonthCare::gp},
    {"specialist", &MonthCare::specialist},
    {"emergency department", &MonthCare::emergency},
    {"hospital, days", &MonthCare::hospital_days},
    {"home nurse", &MonthCare::nursing},
    {"home help, hours", &MonthCare::home_help},
    {"programme", &MonthCare::programme},
    {"waits for care", &MonthCare::waiting},
    {"does not get care", &MonthCare::given_up},
};

char symbol(int n) { return n <= 0 ? '.' : n <= 9 ? static_cast<char>('0' + n) : '+'; }

class LifePage {
public:
    LifePage(const Lives& lives, const scenario::Scenario& scenario) : lives_(lives), scenario_(scenario), c_(*scenario.catalogue) {
        care_.resize(lives.arms.size());
        for (std::size_t a = 0; a < lives.arms.size(); ++a)
            for (const LifeMonth& m : lives.arms[a].months)
                care_[a].push_back(month_care(m, c_));
    }

    std::string text() {
        header();
        if (lives_.alike_known)
            out_ += "\n" + tr("IS THIS LIFE TYPICAL?") + "\n" + text::hanging("  ", 2, alike_words(lives_, scenario_), page_width);
        strips();
        money();
        story();
        differences();
        out_ += "\n" + text::hanging("", 0, tr("Same luck in all: the same draws decide in every policy. One life proves nothing; it could as well have gone the other way for a neighbour."), page_width);
        return out_;
    }

private:
    std::string name(std::size_t arm) const { return tr(scenario_.arms[static_cast<std::size_t>(lives_.arms[arm].arm)].label); }

    void line(const std::string& text) { out_ += text::hanging("", 2, text, page_width); }

    const Life& first_lived() const {
        for (const Life& life : lives_.arms)
            if (life.lived())
                return life;
        return lives_.arms.front();
    }

    void header() {
        const LifeMonth& m = first_lived().months.front();
        line(who_words(m, c_));
        line(fill(tr("{month}: {conditions}."), {{"month", text::month_name(m.month)}, {"conditions", condition_words(m.row.conditions, c_)}}));
        line(fill(tr("Care team: {list}."), {{"list", team_words(m, scenario_)}}));
        if (m.standing)
            line(fill(tr("At home each month: {visits} days with a nurse, {hours} hours of home help; {carer} hours of unpaid help a week."),
                      {{"visits", static_cast<int>(m.nursing_days)}, {"hours", static_cast<int>(m.help_hours)}, {"carer", static_cast<int>(m.carer_hours)}}));
    }

    const LifeMonth* at(std::size_t arm, Month month) const {
        const Life& life = lives_.arms[arm];
        if (!life.lived() || month < life.months.front().month || month > life.months.back().month)
            return nullptr;
        return &life.months[static_cast<std::size_t>(month - life.months.front().month)];
    }
    const MonthCare* care_at(std::size_t arm, Month month) const {
        const LifeMonth* m = at(arm, month);
        return m == nullptr ? nullptr : &care_[arm][static_cast<std::size_t>(m - lives_.arms[arm].months.data())];
    }

    void strips() {
        int months = lives_.months;
        const int band = months <= months_in_a_band ? months : 60;
        for (int from = 0; from < months; from += band) {
            const int n = std::min(band, months - from);
            out_ += "\n" + years(from, n);
            for (std::size_t a = 0; a < lives_.arms.size(); ++a)
                strip(a, from, n);
        }
        out_ += text::hanging("  ", 2, tr("Each sign is a month: how often; . never; + ten times or more; x died; > left the area; ^ first month that differs from A."), page_width);
    }

    std::string years(int from, int n) const {
        std::string row = std::string(label_width, ' ');
        for (int i = 0; i < n; ++i) {
            const Month month = lives_.policy_start + (from + i);
            const std::size_t wanted = label_width + static_cast<std::size_t>(i);
            if ((i == 0 || month.is_january()) && row.size() <= wanted)
                row += std::string(wanted - row.size(), ' ') + std::to_string(month.year());
        }
        return row + "\n";
    }

    /// Whether everything that the strip shows is as in the base.
    bool shows_the_same(std::size_t arm, int from, int n) const {
        for (int i = from; i < from + n; ++i) {
            const Month month = lives_.policy_start + i;
            const MonthCare *x = care_at(0, month), *y = care_at(arm, month);
            if ((x == nullptr) != (y == nullptr))
                return false;
            if (x == nullptr)
                continue;
            for (const Track& t : tracks)
                if (x->*t.count != y->*t.count)
                    return false;
        }
        return true;
    }

    void strip(std::size_t arm, int from, int n) {
        const std::string title = letter(arm) + "  " + name(arm);
        if (arm > 0 && shows_the_same(arm, from, n)) {
            out_ += fill(tr("{arm}: the same in every sign as A"), {{"arm", title}}) + "\n";
            return;
        }
        out_ += title + "\n";
        for (const Track& t : tracks) {
            bool any = false;
            std::string row = "  " + pad_right(text::shorten(tr(t.label), label_width - 3), label_width - 2);
            for (int i = from; i < from + n; ++i) {
                const MonthCare* care = care_at(arm, lives_.policy_start + i);
                any = any || (care != nullptr && care->*t.count > 0);
                row += care == nullptr ? ' ' : symbol(care->*t.count);
            }
            if (any)
                out_ += row + "\n";
        }
        marks(arm, from, n);
    }

    void marks(std::size_t arm, int from, int n) {
        std::string row(label_width + static_cast<std::size_t>(n), ' ');
        bool any = false;
        const auto put = [&](Month month, char sign) {
            const int i = month - lives_.policy_start - from;
            if (i >= 0 && i < n)
                row[label_width + static_cast<std::size_t>(i)] = sign, any = true;
        };
        const Life& life = lives_.arms[arm];
        if (life.lived() && life.end != LifeEnd::here)
            put(life.months.back().month, life.end == LifeEnd::died ? 'x' : '>');
        if (arm > 0 && lives_.partings[arm].differs)
            put(lives_.partings[arm].first, '^');
        if (any)
            out_ += row.substr(0, row.find_last_not_of(' ') + 1) + "\n";
    }

    /// Sums of a calendar year.
    struct Year {
        bool lived = false;
        Cents own = 0, spent = 0;
        int carer = 0, coordination = 0;  ///< of the last month
    };
    std::map<int, Year> years_of(std::size_t arm) const {
        std::map<int, Year> out;
        for (const LifeMonth& m : lives_.arms[arm].months) {
            Year& y = out[m.month.year()];
            y.lived = true, y.own += m.own_cents, y.spent += m.public_cents;
            y.carer = m.carer_hours, y.coordination = m.row.coordination * 100 / 255;
        }
        return out;
    }

    template <class Value> void year_row(std::size_t arm, const std::string& label, const std::map<int, Year>& of, Value&& value) {
        std::string row = "  " + pad_right(text::shorten(letter(arm) + "  " + label, 28), 28);
        for (int y = lives_.policy_start.year(); y <= last_year(); ++y) {
            const auto it = of.find(y);
            row += pad_left(it == of.end() ? std::string() : text::whole(value(it->second)), column());
        }
        out_ += row.substr(0, row.find_last_not_of(' ') + 1) + "\n";
    }
    int last_year() const { return (lives_.policy_start + std::max(0, lives_.months - 1)).year(); }
    std::size_t column() const { return static_cast<std::size_t>(std::clamp(70 / std::max(1, last_year() - lives_.policy_start.year() + 1), 6, 9)); }

    void money() {
        out_ += "\n" + pad_right(tr("MONEY AND HELP"), 30);
        for (int y = lives_.policy_start.year(); y <= last_year(); ++y)
            out_ += pad_left(std::to_string(y), column());
        out_ += "\n";
        std::vector<std::map<int, Year>> all;
        for (std::size_t a = 0; a < lives_.arms.size(); ++a)
            all.push_back(years_of(a));
        const auto rows = [&](const std::string& label, auto&& value) {
            bool any = false;
            for (const auto& of : all)
                for (const auto& [year, y] : of)
                    any = any || value(y) != 0;
            for (std::size_t a = 0; any && a < all.size(); ++a)
                if (a == 0 || !std::equal(all[a].begin(), all[a].end(), all[0].begin(), all[0].end(), [&](const auto& x, const auto& y) { return x.first == y.first && value(x.second) == value(y.second); }))
                    year_row(a, a == 0 ? label : "", all[a], value);
        };
        rows(tr("own payments, EUR"), [](const Year& y) { return (y.own + 50) / 100; });
        rows(tr("paid by all payers, EUR"), [](const Year& y) { return (y.spent + 50) / 100; });
        rows(tr("unpaid help, hours a week"), [](const Year& y) { return y.carer; });
        rows(tr("what the team knows, 0-100"), [](const Year& y) { return y.coordination; });
        out_ += text::hanging("  ", 2, tr("Own payments before the refund above the household's ceiling. An arm without a row of its own has the numbers of A."), page_width);
    }

    void story() {
        out_ += "\n" + tr("MONTH BY MONTH") + "\n";
        const std::size_t arms = lives_.arms.size();
        bool nothing = true;
        for (int i = 0; i < lives_.months; ++i) {
            const Month month = lives_.policy_start + i;
            std::vector<std::pair<std::string, std::string>> said;  // what, in which arms
            std::string alive;
            for (std::size_t a = 0; a < arms; ++a) {
                const LifeMonth* m = at(a, month);
                if (m == nullptr)
                    continue;
                alive += letter(a);
                for (std::string& what : happenings(*m, at(a, month - 1), c_)) {
                    const auto it = std::find_if(said.begin(), said.end(), [&](const auto& s) { return s.first == what; });
                    if (it == said.end())
                        said.emplace_back(std::move(what), letter(a));
                    else if (it->second.find(letter(a)) == std::string::npos)
                        it->second += letter(a);
                }
            }
            tell(month, alive, said);
            nothing = nothing && said.empty();
        }
        if (nothing)
            out_ += "  " + tr("Nothing but ordinary care.") + "\n";
    }

    void tell(Month month, const std::string& alive, const std::vector<std::pair<std::string, std::string>>& said) {
        std::vector<std::string> groups;
        for (const auto& [what, in] : said)
            if (std::find(groups.begin(), groups.end(), in) == groups.end())
                groups.push_back(in);
        std::string when = text::month_name(month);
        for (const std::string& in : groups) {
            std::string words;
            for (const auto& [what, where] : said)
                if (where == in)
                    words += (words.empty() ? "" : "; ") + what;
            const std::string arms = lives_.arms.size() == 1 || in == alive ? "" : in;
            out_ += text::hanging("  " + pad_right(when, 16) + pad_right(arms, lives_.arms.size() + 1), 18 + lives_.arms.size() + 1, words, page_width);
            when.clear();
        }
    }

    void differences() {
        if (lives_.arms.size() < 2)
            return;
        out_ += "\n" + tr("WHAT MADE THE DIFFERENCE") + "\n";
        for (std::size_t a = 1; a < lives_.arms.size(); ++a) {
            const measure::LifeParting& p = lives_.partings[a];
            const std::string head = "  " + letter(a) + "  ";
            if (!p.differs) {
                out_ += text::hanging(head, 5, fill(tr("Under {arm} every month is the same as under {base}, in every fact."), {{"arm", name(a)}, {"base", name(0)}}), page_width);
                continue;
            }
            std::string words = fill(tr("{month}: the first month that differs ({facts})."), {{"month", text::month_name(p.first)}, {"facts", fact_words(p.facts)}}) + " " +
                                cause_words(p.cause, p.facts, name(0), name(a), c_);
            out_ += text::hanging(head, 5, words, page_width);
            if (p.events_differ && p.first_event != p.first)
                out_ += text::hanging("     ", 5, fill(tr("{month}: the first event that differs."), {{"month", text::month_name(p.first_event)}}) + " " + cause_words(p.event_cause, 0, name(0), name(a), c_), page_width);
            else if (!p.events_differ)
                out_ += "     " + tr("No illness, stay or death differs.") + "\n";
        }
    }

    const Lives& lives_;
    const scenario::Scenario& scenario_;
    const Catalogue& c_;
    std::vector<std::vector<MonthCare>> care_;
    std::string out_;
};

}  // namespace

std::string life_page(const Lives& lives, const scenario::Scenario& scenario) { return LifePage(lives, scenario).text(); }

std::string alike_words(const Lives& lives, const scenario::Scenario& scenario) {
    const LifeMonth* first = nullptr;
    for (const Life& life : lives.arms)
        if (first == nullptr && life.lived())
            first = &life.months.front();
    if (first == nullptr || !lives.alike_known)
        return {};
    const int age = model::age_at(first->row.birth_month, lives.policy_start.index) / 10 * 10;
    std::string out = fill(st::Sex::get(first->row.status) ? tr("{n} people are like this one: men and boys of {from} to {to} with the same conditions in {month}.")
                                                           : tr("{n} people are like this one: women and girls of {from} to {to} with the same conditions in {month}."),
                           {{"n", text::whole(lives.alike.front().persons)}, {"from", age}, {"to", age + 9}, {"month", text::month_name(lives.policy_start)}});
    for (std::size_t a = 1; a < lives.arms.size(); ++a) {
        const measure::Alike& k = lives.alike[a];
        out += "\n" + fill(tr("{arm}: {same} live the same, {better} better, {worse} worse."),
                           {{"arm", letter(a) + " " + tr(scenario.arms[static_cast<std::size_t>(lives.arms[a].arm)].label)}, {"same", text::whole(k.same)}, {"better", text::whole(k.better)}, {"worse", text::whole(k.worse)}});
        if (k.apart > 0)
            out += " " + fill(tr("{n} left the area in one of the two and are not compared."), {{"n", text::whole(k.apart)}});
    }
    if (lives.arms.size() > 1)
        out += "\n" + tr("Better and worse: at least a week in full health more or less, over all these years.");
    return out;
}

}  // namespace tresse::app
