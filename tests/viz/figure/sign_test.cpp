#include "tresse/viz/figure/sign.hpp"

#include <set>

#include <catch2/catch.hpp>

#include "tresse/core/text/catalogue.hpp"

using namespace tresse;
using decide::Verdict;
using viz::Sign;

TEST_CASE("every verdict has a mark, a word and a letter of its own, and none has no word", "[figure]") {
    std::set<std::string> words, letters;
    for (const Verdict verdict : {Verdict::better, Verdict::worse, Verdict::same, Verdict::cannot_tell}) {
        const Sign sign = viz::sign_of(verdict);
        CHECK(sign != Sign::none);
        CHECK(words.insert(viz::sign_word(sign)).second);
        CHECK(letters.insert(viz::sign_letter(sign)).second);
    }
    CHECK(viz::sign_of(Verdict::none) == Sign::none);
    CHECK(viz::sign_word(Sign::none).empty());
    CHECK(viz::sign_letter(Sign::none) == " ");  // a column keeps its width
    const text::LanguageScope scope(Lang::de);
    CHECK(viz::sign_word(Sign::cannot_tell) == "nicht zu sagen");
}
