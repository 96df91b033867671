#include "tresse/lesson/page.hpp"

#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"
#include "tresse/core/text/markup.hpp"

namespace tresse::lesson {

namespace {

using text::escaped;
using text::fill;
using text::tr;

const char* const style =
    "@page{size:A4;margin:12mm 14mm}*{box-sizing:border-box}"
    "body{font:10pt/1.3 'DejaVu Sans',Arial,sans-serif;color:#111;max-width:182mm;margin:0 auto}"
    "h1{font-size:15pt;margin:0 0 2mm}h2{font-size:11pt;margin:3mm 0 1mm;border-top:0.3mm solid #111;padding-top:1.5mm}"
    "p{margin:0 0 1.5mm}ol,ul{margin:0 0 1.5mm;padding-left:6mm}li{margin-bottom:0.7mm}"
    "table{border-collapse:collapse;width:100%;margin-bottom:1.5mm}td,th{border:0.2mm solid #777;padding:0.8mm 1.5mm;text-align:left;font-size:9pt}"
    "td.n{width:32mm}.line{border-bottom:0.2mm solid #777;height:6mm}.small{font-size:8.5pt;color:#333}"
    "code{font:9pt 'DejaVu Sans Mono',monospace}.new{break-before:page}"
    "@media screen{body{padding:8mm}}";

std::string lines(int count) {
    std::string out;
    for (int i = 0; i < count; ++i)
        out += "<div class=\"line\"></div>";
    return out;
}

std::string p(const std::string& words) { return "<p>" + escaped(words) + "</p>\n"; }
std::string h2(const std::string& words) { return "<h2>" + escaped(words) + "</h2>\n"; }
std::string command(const std::string& words) { return "<p><code>" + escaped(words) + "</code></p>\n"; }

}  // namespace

std::string a4(const std::string& title, const std::string& body) {
    return "<!doctype html>\n<html lang=\"" + std::string(lang_code(text::language())) + "\">\n<head><meta charset=\"utf-8\"><title>" +
           escaped(title) + "</title><style>" + style + "</style></head>\n<body>\n" + body + "</body></html>\n";
}

std::string page(const scenario::Lesson& lesson) {
    const std::string title = fill(tr("LESSON {number}  {title}"), {{"number", lesson.number}, {"title", tr(lesson.title)}});
    std::string body = "<h1>" + escaped(title) + "</h1>\n" + p(tr(lesson.story));
    body += h2(fill(tr("Step {step} of 4: {what}"), {{"step", 1}, {"what", tr("predict")}})) + p(tr(lesson.question)) + "<ol type=\"a\">\n";
    for (const scenario::LessonOption& option : lesson.options)
        body += "<li>" + escaped(tr(option.text)) + "</li>\n";
    body += "</ol>\n" + p(tr("My prediction, and why:")) + lines(2);
    body += h2(fill(tr("Step {step} of 4: {what}"), {{"step", 2}, {"what", tr("run")}})) + command("./tresse lesson " + lesson.id) + "<table>\n";
    for (const scenario::LessonFact& fact : lesson.facts)
        body += "<tr><td>" + escaped(tr(fact.label)) + "</td><td class=\"n\"></td><td class=\"n\">" + escaped(tr(fact.unit)) + "</td></tr>\n";
    body += "</table>\n" + h2(fill(tr("Step {step} of 4: {what}"), {{"step", 3}, {"what", tr("compare")}})) +
            p(tr("The run says, and what surprised me:")) + lines(2);
    body += h2(fill(tr("Step {step} of 4: {what}"), {{"step", 4}, {"what", tr("your turn")}})) + p(tr(lesson.exercise.task)) + "<table>\n";
    for (const scenario::LessonNumber& number : lesson.exercise.numbers)
        body += "<tr><td><code>" + escaped(number.id) + "</code></td><td>" + escaped(tr(number.ask)) + "</td><td class=\"n\"></td></tr>\n";
    body += "</table>\n" + command("./tresse lesson check " + lesson.id + " FILE");
    body += h2(tr("A question back")) + p(tr(lesson.question_back)) + lines(2);
    body += "<p class=\"small\">" + escaped(tr("Tresse is no forecast. The people are synthetic, effects are borrowed from trials, and a village is too small to judge a policy by.")) + "</p>\n";
    return a4(title, body);
}

}  // namespace tresse::lesson
