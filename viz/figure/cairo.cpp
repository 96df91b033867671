#include <cairo-pdf.h>
#include <cairo.h>
#include <pango/pangocairo.h>

#include <memory>

#include "tresse/core/check.hpp"
#include "tresse/viz/figure/draw.hpp"

#include "canvas.hpp"

namespace tresse::viz {

namespace {

struct Close {
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
    void operator()(cairo_t* context) const { cairo_destroy(context); }
    void operator()(PangoLayout* layout) const { g_object_unref(layout); }
};
using Surface = std::unique_ptr<cairo_surface_t, Close>;
using Context = std::unique_ptr<cairo_t, Close>;
using Layout = std::unique_ptr<PangoLayout, Close>;

void check(cairo_status_t status) {
    if (status != CAIRO_STATUS_SUCCESS)
        throw MachineRefused(std::string("A figure could not be drawn: ") + cairo_status_to_string(status) + ".");
}

cairo_status_t append(void* closure, const unsigned char* data, unsigned int length) {
    static_cast<std::string*>(closure)->append(reinterpret_cast<const char*>(data), length);
    return CAIRO_STATUS_SUCCESS;
}

class CairoCanvas : public Canvas {
public:
    explicit CairoCanvas(cairo_surface_t* surface) : context_(cairo_create(surface)) {
        cairo_set_line_join(context_.get(), CAIRO_LINE_JOIN_ROUND);
    }
    cairo_t* context() { return context_.get(); }

    void line(const std::vector<Point>& points, const Stroke& stroke) override {
        trace(points);
        ink(stroke.colour, 1);
        cairo_set_line_width(context_.get(), stroke.width);
        const double dashes[] = {6, 3};
        cairo_set_dash(context_.get(), dashes, stroke.dashed ? 2 : 0, 0);
        cairo_stroke(context_.get());
    }
    void area(const std::vector<Point>& points, std::uint32_t colour, double opacity) override {
        trace(points);
        cairo_close_path(context_.get());
        ink(colour, opacity);
        cairo_fill(context_.get());
    }
    void circle(Point centre, double radius, std::uint32_t colour, bool filled) override {
        cairo_new_path(context_.get());
        cairo_arc(context_.get(), centre.x, centre.y, radius, 0, 6.283185307179586);
        ink(filled ? colour : 0xffffff, 1);
        cairo_fill_preserve(context_.get());
        ink(colour, 1);
        cairo_set_dash(context_.get(), nullptr, 0, 0);
        cairo_set_line_width(context_.get(), filled ? 0.1 : 1.5);
        cairo_stroke(context_.get());
    }
    void words(Point at, std::string_view text, const Letters& letters) override {
        if (text.empty())
            return;
        const Layout layout(pango_cairo_create_layout(context_.get()));
        PangoFontDescription* font = pango_font_description_from_string("DejaVu Sans, sans-serif");
        pango_font_description_set_absolute_size(font, letters.size * PANGO_SCALE);
        if (letters.bold)
            pango_font_description_set_weight(font, PANGO_WEIGHT_BOLD);
        pango_layout_set_font_description(layout.get(), font);
        pango_font_description_free(font);
        pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
        int width = 0;
        pango_layout_get_size(layout.get(), &width, nullptr);
        const double shift = letters.anchor == Anchor::start ? 0 : letters.anchor == Anchor::middle ? 0.5 : 1;
        const double baseline = static_cast<double>(pango_layout_get_baseline(layout.get())) / PANGO_SCALE;
        cairo_move_to(context_.get(), at.x - shift * width / PANGO_SCALE, at.y - baseline);
        ink(letters.colour, 1);
        pango_cairo_show_layout(context_.get(), layout.get());
    }

private:
    void trace(const std::vector<Point>& points) {
        cairo_new_path(context_.get());
        for (const Point& p : points)
            cairo_line_to(context_.get(), p.x, p.y);
    }
    void ink(std::uint32_t colour, double opacity) {
        cairo_set_source_rgba(context_.get(), ((colour >> 16) & 255u) / 255.0, ((colour >> 8) & 255u) / 255.0,
                              (colour & 255u) / 255.0, opacity);
    }
    Context context_;
};

/// The drawing with the white around it.
Size paper_of(const Size& size) {
    return {size.width + 2 * margin, size.height + 2 * margin};
}

template <class Drawing> std::string png_of(const Drawing& drawing, const Size& size, double scale) {
    const Surface surface(cairo_image_surface_create(CAIRO_FORMAT_RGB24, static_cast<int>(size.width * scale),
                                                     static_cast<int>(size.height * scale)));
    check(cairo_surface_status(surface.get()));
    CairoCanvas canvas(surface.get());
    cairo_set_source_rgb(canvas.context(), 1, 1, 1);
    cairo_paint(canvas.context());
    cairo_scale(canvas.context(), scale, scale);
    cairo_translate(canvas.context(), margin, margin);
    draw(drawing, canvas);
    check(cairo_status(canvas.context()));
    std::string bytes;
    check(cairo_surface_write_to_png_stream(surface.get(), append, &bytes));
    return bytes;
}

template <class Drawing> std::string pdf_of(const Drawing& drawing, const Size& size, const std::string& title) {
    constexpr double points_per_pixel = 0.75;
    std::string bytes;
    {
        const Surface surface(cairo_pdf_surface_create_for_stream(append, &bytes, size.width * points_per_pixel,
                                                                  size.height * points_per_pixel));
        check(cairo_surface_status(surface.get()));
        cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATE_DATE, "2000-01-01T00:00:00Z");
        cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_TITLE, title.c_str());
        CairoCanvas canvas(surface.get());
        cairo_scale(canvas.context(), points_per_pixel, points_per_pixel);
        cairo_translate(canvas.context(), margin, margin);
        draw(drawing, canvas);
        cairo_show_page(canvas.context());
        check(cairo_status(canvas.context()));
        cairo_surface_finish(surface.get());
        check(cairo_surface_status(surface.get()));
    }
    return bytes;
}

}  // namespace

std::string png(const Figure& figure, double scale) {
    return png_of(figure, paper_of(size_of(figure)), scale);
}

std::string pdf(const Figure& figure) {
    return pdf_of(figure, paper_of(size_of(figure)), figure.title);
}

std::string png(const Picture& picture, double scale) {
    const Scene sheet = sheet_of(picture);
    return png_of(sheet, paper_of({sheet.width, sheet.height}), scale);
}

std::string pdf(const Picture& picture) {
    const Scene sheet = sheet_of(picture);
    return pdf_of(sheet, paper_of({sheet.width, sheet.height}), picture.title);
}

}  // namespace tresse::viz
