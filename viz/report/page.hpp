#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tresse/viz/figure/figure.hpp"

/// Pieces of a page.
namespace tresse::viz {

/// The document with its style: readable on a screen, two columns of white around on paper.
std::string html_page(const std::string& title, const std::string& body);
std::string heading(int level, std::string_view text);
std::string paragraph(std::string_view text, std::string_view style = "");
/// Every cell is text; cells of `numbers_from` and later columns stand to the right.
std::string html_table(const DataTable& table, std::string_view caption, std::size_t numbers_from = 1);
/// The drawing, what to see in it, and its numbers behind a fold.
std::string html_figure(const Figure& figure, int number);

}  // namespace tresse::viz
