#include "tresse/core/text/catalogue.hpp"
#include "tresse/core/text/format.hpp"

#include "parts.hpp"

/// Views whose data other commands make: they say so, and how to get it.
namespace tresse::viz::explorer {

using text::tr;

std::string person_answer(const Context&) {
    return tr("A life is not kept in the run folder: it is lived again, in every arm, from the same luck.");
}

void draw_person(const Context& c, const Box& box, Scene& scene, Page& page) {
    page.is_empty = true;
    empty_state(c, scene, box,
                tr("One life proves nothing, and nobody in it is real. It shows how a month follows from another. The "
                   "command below lives a person's life again in every arm."),
                "./tresse person " + (c.brief ? c.brief->run : std::string("RUN")) + " ID");
}

}  // namespace tresse::viz::explorer
