#pragma once

#include <array>
#include <string>
#include <vector>

#include "tresse/viz/figure/scene.hpp"

struct ImDrawList;
struct ImFont;

namespace tresse::viz::explorer {

/// The letters of the window: one family in the sizes of `Type`, made for a scale. An ImGui context must be there.
class ScreenLetters : public Measure {
public:
    /// Throws: MachineRefused when no family is on this machine.
    explicit ScreenLetters(double scale);
    double width(std::string_view text, Type type) const override;
    ImFont* font(Type type) const { return fonts_[static_cast<std::size_t>(type)]; }
    double scale() const { return scale_; }

private:
    double scale_;
    std::array<ImFont*, types> fonts_{};
};

/// Draws a scene into a draw list, `letters.scale()` times its size.
void paint(const Scene& scene, Theme theme, const ScreenLetters& letters, ImDrawList& list);

}  // namespace tresse::viz::explorer
