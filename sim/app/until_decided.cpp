#include <algorithm>

#include "parts.hpp"
#include "tresse/app/answer.hpp"
#include "tresse/app/commands.hpp"
#include "tresse/app/simulate.hpp"
#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"
#include "tresse/decide/stop_rule.hpp"

/// compare --until-decided: looks at the table, and runs more futures while they could still change a word of it.
namespace tresse::app {

namespace {

using text::fill;
using text::tr;

constexpr int first_draws = 12, most_futures = 384;

std::string arm_letter(int arm) {
    return std::string(1, static_cast<char>('A' + arm));
}

/// What is still open, and what it would take.
std::string open_words(const Compared& c, const decide::Look& look, int repeats) {
    std::string out;
    for (const decide::Question& q : look.questions) {
        if (q.outlook.standing == decide::Standing::settled)
            continue;
        const std::string what = arm_letter(q.arm) + " - " + arm_letter(q.against) + ", " + row_name(c.rows[q.row], c.catalogue()) + ": ";
        if (q.outlook.standing == decide::Standing::undecidable)
            out += "  " + what + tr("no number of futures decides: the uncertain numbers do") + "\n";
        else if (q.outlook.draws_needed >= decide::too_many)
            out += "  " + what + tr("beyond counting") + "\n";
        else
            out += "  " + what + fill(tr("about {n} futures in all"), {{"n", text::whole(static_cast<long long>(q.outlook.draws_needed) * repeats)}}) + "\n";
    }
    return out;
}

}  // namespace

int compare_until_decided(const std::string& name, const Options& given, Session& session) {
    Options options = given;
    options.repeats = std::max(2, given.repeats);
    const int most = given.replicates > 0 ? given.replicates : most_futures;
    options.replicates = std::min(most, first_draws * options.repeats);
    for (;;) {
        Simulated run = simulate(name, load(name, options, session), {}, options, session);
        if (run.stopped || run.records.empty())
            return machine_refused;
        const std::string text = finish(run, options, session);
        const Compared c = compared(arms_of(*run.scenario, run.records), scores_of(session));
        const decide::Look look = decide::look(c.pieces, c.rulers, 0, most / options.repeats);
        const int now = options.replicates;
        if (look.done || now >= most) {
            const std::string open = options.format == Format::text ? open_words(c, look, options.repeats) : "";
            session.write(text + (open.empty() ? "" : "\n" + fill(tr("After {n} futures, what more of them could not settle or would settle:"), {{"n", now}}) + "\n" + open));
            return done;
        }
        options.replicates = std::min(most, look.draws_wanted * options.repeats);
        session.remark(fill(tr("{now} futures: some words could still change; going on to {next}."), {{"now", now}, {"next", options.replicates}}));
    }
}

}  // namespace tresse::app
