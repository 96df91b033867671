#include <algorithm>
#include <cmath>

#include "jury_parts.hpp"
#include "tresse/core/csv.hpp"
#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"
#include "tresse/viz/report/brief.hpp"

#include "page.hpp"

namespace tresse::viz {

using jury::Phrase;
using jury::PhraseArg;
using jury::Room;
using text::fill;
using text::number;
using text::tr;

namespace {

std::string day_words(const std::string& day) {
    long long y = 0, m = 0, d = 0;
    if (day.size() != 10 || !parse_whole(day.substr(0, 4), y) || !parse_whole(day.substr(5, 2), m) || !parse_whole(day.substr(8, 2), d) || m < 1 || m > 12)
        return day;
    return text::date(static_cast<int>(y), static_cast<int>(m), static_cast<int>(d));
}

}  // namespace

std::string in_words(const Phrase& phrase) {
    std::vector<text::Arg> args;
    for (const PhraseArg& a : phrase.args) {
        switch (a.kind) {
        case PhraseArg::Kind::text:
            args.emplace_back(a.name, a.text);
            break;
        case PhraseArg::Kind::local:
            args.emplace_back(a.name, tr(a.local));
            break;
        case PhraseArg::Kind::number:
            args.emplace_back(a.name, number(a.number, a.digits));
            break;
        case PhraseArg::Kind::percent:
            args.emplace_back(a.name, std::isnan(a.number) ? number(a.number, 0) : text::percent(a.number, a.digits));
            break;
        case PhraseArg::Kind::message:
            args.emplace_back(a.name, tr(a.text));
            break;
        case PhraseArg::Kind::list: {
            std::vector<std::string> words;
            for (const std::string& m : a.messages)
                words.push_back(tr(m));
            args.emplace_back(a.name, text::list(words));
            break;
        }
        case PhraseArg::Kind::date:
            args.emplace_back(a.name, day_words(a.text));
            break;
        }
    }
    return fill(tr(phrase.message), args);
}

std::string state_word(jury::State state) {
    switch (state) {
    case jury::State::met:
        return tr("met");
    case jury::State::advise:
        return tr("met, with advice");
    case jury::State::ask:
        return tr("for the jury to judge");
    case jury::State::refuse:
        return tr("not met: can refuse");
    case jury::State::not_checked:
        break;
    }
    return tr("not checked");
}

std::string state_sign(jury::State state) {
    switch (state) {
    case jury::State::met:
        return "\u2714";
    case jury::State::advise:
        return "\u2714+";
    case jury::State::ask:
        return "?";
    case jury::State::refuse:
        return "\u2716";
    case jury::State::not_checked:
        break;
    }
    return "\u2013";
}

std::string advice_word(const std::string& advice) {
    if (advice == "favourable")
        return tr("favourable");
    if (advice == "favourable_with_conditions")
        return tr("favourable with conditions");
    if (advice == "unfavourable")
        return tr("unfavourable");
    return advice;
}

std::string chance_words(double share, std::size_t places) {
    return fill(tr("in {n} of 100 ways of weighing it is among the first {places}"),
                {{"n", number(share * 100, 0)}, {"places", static_cast<long long>(places)}});
}

jury::SheetWords sheet_words() {
    jury::SheetWords w;
    w.lang = text::language();
    w.separator = w.lang == Lang::en ? ',' : ';';
    w.decimal_comma = w.lang != Lang::en;
    w.columns = {tr("dossier"),          tr("title"),           tr("line (do not change)"), tr("what it means"),
                 tr("before interview"), tr("after interview"), tr("why"),                  tr("page")};
    w.sign_before = tr("signature and date before the interview");
    w.sign_after = tr("after the interview");
    for (const char* advice : {"favourable", "favourable_with_conditions", "unfavourable"})
        w.advices.emplace_back(advice, advice_word(advice));
    w.advice = fill(tr("my advice after the interview; write one of: {words}"), {{"words", w.advices[0].second + " / " + w.advices[1].second + " / " + w.advices[2].second}});
    w.conditions = tr("conditions");
    w.conflict = tr("I have a tie with this dossier (x): I do not score it");
    return w;
}

std::string title_of(const Room& room, std::size_t proposal) {
    return tr((*room.proposals)[proposal].title);
}

std::string verdict_letter(decide::Verdict verdict) {
    return verdict == decide::Verdict::none ? "" : sign_letter(sign_of(verdict));
}

std::string impact_words(const jury::ImpactRow& row, const jury::ImpactCell& cell) {
    const Range& d = cell.difference;
    if (std::isnan(d.middle))
        return number(d.middle, 0);
    std::string out = text::signed_number(d.middle, row.digits);
    if (std::isfinite(d.low) && std::isfinite(d.high))
        out += " " + fill(tr("({low} to {high})"), {{"low", text::signed_number(d.low, row.digits)},
                                                     {"high", text::signed_number(d.high, row.digits)}});
    return out + " " + verdict_letter(cell.verdict);
}

std::string impact_label(const jury::ImpactRow& row) {
    if (row.direction == measure::Direction::closer_to_zero)
        return fill(tr("gap lowest to highest income fifth: {score}"), {{"score", tr(row.name)}});
    return row.id == "cost_per_head_eur" ? tr(row.name) + ", " + tr("EUR per inhabitant and year") : tr(row.name);
}

std::string asked_words(const std::string& where) {
    static const std::vector<std::pair<std::string, std::string_view>> words = {
        {"2016_call", jury::tr("call of 2016")},
        {"2016_refusals", jury::tr("reasons for refusal in 2016")},
        {"2017_filing", jury::tr("filing of 2017")},
        {"2017_template", jury::tr("form of 2017")},
        {"2017_page", jury::tr("page of the call of 2017")},
        {"integreo_faq", jury::tr("later questions and answers")},
        {"integreo_evaluation", jury::tr("later page on evaluation")},
        {"decree_art_16", jury::tr("decree of 2017, article 16")},
        {"circular_2018", jury::tr("circular of 2018")},
        {"ours", jury::tr("added by Tresse")},
    };
    for (const auto& [id, message] : words)
        if (id == where)
            return tr(message);
    return where;
}

std::string apart_words(const Room& room) {
    std::size_t simulated = 0;
    for (const auto& group : room.not_told_apart)
        simulated += group.size();
    if (simulated < 2)
        return tr("Too few dossiers were simulated to tell them apart.");
    const std::size_t most = room.not_told_apart.front().size();
    if (most < 2)
        return fill(tr("All {n} simulated dossiers are told apart by their results."),
                    {{"n", static_cast<long long>(simulated)}});
    return fill(tr("Of {n} simulated dossiers, {most} cannot be told apart by their simulated results."),
                {{"n", static_cast<long long>(simulated)}, {"most", static_cast<long long>(most)}});
}

std::string sketch_words(const Room& room) {
    int sample = 1;
    for (const jury::Impact& i : room.impacts)
        if (i.simulated)
            sample = std::max(sample, i.sample);
    if (sample < 2)
        return "";
    return fill(tr("Simulated figures rest on one household in {n}: a sketch that may not be quoted."), {{"n", sample}});
}

std::string bench_gap(const Room& room, std::size_t bench, std::size_t proposal) {
    const auto members = room.scores->members(bench);
    if (members.empty())
        return tr("no juror");
    if (room.scores->bench_missing(bench, proposal))
        return tr("missing: every member has a tie");
    for (const std::size_t j : members)
        for (std::size_t c = 0; c < room.scores->criteria().size(); ++c)
            if (!std::isnan(room.scores->score(j, proposal, c, true)))
                return "";
    return tr("no signed score");
}

std::string unread_words(const Room& room, std::size_t proposal) {
    std::vector<std::string> out;
    if (!(*room.proposals)[proposal].readable)
        return tr("every condition");
    for (const jury::Finding& f : room.findings[proposal])
        if (f.unread)
            out.push_back(f.line > 0 ? fill(tr("{condition} (file line {n})"), {{"condition", tr(f.rule->name)}, {"n", f.line}}) : tr(f.rule->name));
    return out.empty() ? "" : text::list(out);
}

std::vector<std::string> pairs_words(const Room& room) {
    const auto& r = *room.ranking;
    std::vector<std::string> out;
    if (r.ranked.size() > 1) {
        const jury::PairCount pairs = jury::pairs_told_apart(r.between_benches, r.groups, room.call->separate_prob);
        out.push_back(fill(tr("By scores and weights, {told} of {all} pairs of dossiers are told apart."), {{"told", static_cast<long long>(pairs.told)}, {"all", static_cast<long long>(pairs.all)}}));
        std::size_t most = 0;
        for (const auto& g : r.groups)
            most = std::max(most, g.size());
        if (most > 1)
            out.push_back(fill(tr("The longest chain of pairs that are not told apart links {most} of {n} dossiers; inside the chains {inside} pairs are told apart all the same, so a chain is no group of equals."), {{"most", static_cast<long long>(most)}, {"n", static_cast<long long>(r.ranked.size())}, {"inside", static_cast<long long>(pairs.inside_told)}}));
    }
    if (const jury::Phrase few = jury::few_voices(room); !few.empty())
        out.push_back(in_words(few));
    return out;
}

std::string people_words(const Room& room, std::size_t proposal) {
    const auto& d = (*room.proposals)[proposal];
    return number(d.area_readable ? jury::inhabitants(*room.call, d, *room.region) : jury::unknown, 0);
}

std::string jury_foot(const Room& room) {
    const std::string sketch = sketch_words(room);
    std::string out = sketch.empty() ? "" : paragraph(sketch, "warn");
    out += paragraph(tr("The jury advises; the Insurance Committee decides. Tresse makes no recommendation."), "small");
    out += paragraph(tr("Simulated ranges borrow their effects from trials elsewhere; they show what is plausible, not "
                        "what will happen."),
                     "small");
    return out + paragraph(fill(tr("{call} \u00b7 round {code} \u00b7 {date} \u00b7 files, scores and who entered "
                                   "them when: audit.csv"),
                                {{"call", room.call->id}, {"code", room.code}, {"date", room.date}}),
                           "small");
}

std::string names_of_group(const Room& room, const std::vector<std::size_t>& group) {
    std::vector<std::string> names;
    names.reserve(group.size());
    for (const std::size_t p : group)
        names.push_back(title_of(room, p));
    return text::list(names);
}

std::string score_words(double score) {
    return number(score, 1);
}

std::string sheet_file(const Room& room, std::size_t proposal) {
    return "sheet-" + (*room.proposals)[proposal].id + ".html";
}

}  // namespace tresse::viz
