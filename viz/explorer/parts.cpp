#include "parts.hpp"

#include <algorithm>

#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"

namespace tresse::viz::explorer {

using text::tr;

Box card(Scene& scene, const Box& box, double padding) {
    scene.box(box, ink(Role::surface), 8);
    scene.frame(box, ink(Role::rule, 0.8), 1, 8);
    return box.inset(padding);
}

double button(const Context& c, Scene& scene, Point at, const std::string& words, const std::string& command,
              bool chosen) {
    const double width = c.measure.width(words, Type::small) + 24;
    const Box box{at.x, at.y, at.x + width, at.y + 28};
    scene.box(box, chosen ? ink(Role::accent) : ink(Role::raised), 6);
    scene.words({at.x + 12, at.y + 18.5}, words, Type::small, chosen ? ink(Role::on_accent) : ink(Role::text));
    scene.spot(box, command);
    return box.x1;
}

double choices(const Context& c, Scene& scene, Point at, const std::vector<std::pair<std::string, std::string>>& list,
               int chosen) {
    double width = 4;
    for (const auto& [words, command] : list)
        width += c.measure.width(words, Type::small) + 24;
    scene.box({at.x, at.y, at.x + width, at.y + 28}, ink(Role::raised), 6);
    double x = at.x + 2;
    for (std::size_t i = 0; i < list.size(); ++i) {
        const double w = c.measure.width(list[i].first, Type::small) + 24;
        const Box box{x, at.y + 2, x + w, at.y + 26};
        const bool is_chosen = static_cast<int>(i) == chosen;
        if (is_chosen) {
            scene.box(box, ink(Role::surface), 5);
            scene.frame(box, ink(Role::rule), 1, 5);
        }
        scene.words({x + 12, at.y + 18.5}, list[i].first, Type::small, is_chosen ? ink(Role::text) : ink(Role::muted));
        scene.spot(box, list[i].second);
        x += w;
    }
    return x + 2;
}

void empty_state(const Context& c, Scene& scene, const Box& box, const std::string& why, const std::string& command) {
    const Point m = box.middle();
    const double width = std::min(620.0, box.width() - 64);
    const Box sheet{m.x - width / 2, m.y - 90, m.x + width / 2, m.y + 90};
    scene.box(sheet, ink(Role::surface), 10);
    scene.frame(sheet, ink(Role::rule), 1, 10);
    const std::vector<std::string> lines = wrapped(why, width - 64, Type::body, c.measure);
    double y = m.y - 10.0 * static_cast<double>(lines.size()) - (command.empty() ? 0 : 12);
    for (const std::string& line : lines) {
        scene.words({m.x, y + 8}, line, Type::body, ink(Role::text), Anchor::middle);
        y += 21;
    }
    if (command.empty())
        return;
    const double w = c.measure.width(command, Type::label) + 32;
    const Box mono{m.x - w / 2, y + 8, m.x + w / 2, y + 40};
    scene.box(mono, ink(Role::raised), 6);
    scene.words({m.x, y + 29}, command, Type::label, ink(Role::accent), Anchor::middle);
}

void amount_legend(Scene& scene, const Box& box, const std::string& low, const std::string& high) {
    constexpr int steps = 32;
    for (int i = 0; i < steps; ++i)
        scene.box({box.x0 + box.width() * i / steps, box.y0, box.x0 + box.width() * (i + 1) / steps + 0.5, box.y0 + 10},
                  plain(amount_colour((i + 0.5) / steps)));
    scene.words({box.x0, box.y0 + 26}, low, Type::small, ink(Role::muted));
    scene.words({box.x1, box.y0 + 26}, high, Type::small, ink(Role::muted), Anchor::end);
}

void difference_legend(Scene& scene, const Box& box, Theme theme, const std::vector<std::string>& words) {
    constexpr int steps = 33;
    for (int i = 0; i < steps; ++i)
        scene.box({box.x0 + box.width() * i / steps, box.y0, box.x0 + box.width() * (i + 1) / steps + 0.5, box.y0 + 10},
                  plain(difference_colour((i + 0.5) / steps * 2 - 1, theme)));
    scene.words({box.x0, box.y0 + 26}, words.at(0), Type::small, ink(Role::muted));
    scene.words({box.middle().x, box.y0 + 26}, words.at(1), Type::small, ink(Role::muted), Anchor::middle);
    scene.words({box.x1, box.y0 + 26}, words.at(2), Type::small, ink(Role::muted), Anchor::end);
}

void name_picture(const Context& c, Page& page, const std::string& id, const std::string& how_to_read) {
    page.picture.id = id;
    page.picture.title = page.title;
    page.picture.alt = page.answer;
    page.picture.how_to_read = how_to_read;
    page.picture.run = c.brief ? c.brief->run : "";
}

int score_row(const Context& c, measure::ScoreId otherwise) {
    const auto& rows = c.snapshot->compared.rows;
    if (c.state.score >= 0 && c.state.score < static_cast<int>(rows.size()))
        return c.state.score;
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (rows[i].score == otherwise)
            return static_cast<int>(i);
    return 0;
}

double score_list(const Context& c, Scene& scene, const Box& box, int chosen) {
    double y = box.y0;
    int family = -1;
    for (std::size_t i = 0; i < c.snapshot->compared.rows.size(); ++i) {
        const measure::ScoreRow& row = c.snapshot->compared.rows[i];
        if (row.account >= 0)
            continue;
        const measure::Score& score = measure::score(row.score);
        if (static_cast<int>(score.family) != family) {
            family = static_cast<int>(score.family);
            std::string name = c.brief->families[static_cast<std::size_t>(family)];
            name = name.substr(0, name.find(','));
            scene.words_in({box.x0, y + 15}, name, Type::caption, box.width(), c.measure, ink(Role::muted));
            y += 21;
        }
        const std::string label = app::row_name(row, c.snapshot->compared.catalogue());
        const std::vector<std::string> lines = wrapped(label, box.width() - 4, Type::small, c.measure);
        const double height = 7 + 15.0 * static_cast<double>(lines.size());
        const Box line{box.x0 - 8, y, box.x1 + 4, y + height};
        if (static_cast<int>(i) == chosen)
            scene.box(line, ink(Role::raised), 5);
        for (std::size_t k = 0; k < lines.size(); ++k)
            scene.words({box.x0, y + 15 + 15.0 * static_cast<double>(k)}, lines[k], Type::small,
                        static_cast<int>(i) == chosen ? ink(Role::accent) : ink(Role::text));
        scene.spot(line, "score " + std::to_string(i), label + "\n" + tr(score.unit) + "\n" + tr(score.how_to_read));
        y += height;
    }
    return y - box.y0;
}

double scope_chip(const Context& c, Scene& scene, Point at) {
    if (!c.snapshot || c.state.scope.all())
        return at.x;
    const std::string words = scope_name(*c.snapshot, c.state.scope) + "  \u00d7";
    return button(c, scene, at, words, "scope all 0", true) + 8;
}

}  // namespace tresse::viz::explorer
