#pragma once

#include "tresse/model/stages.hpp"

/// Care at home: the standing row of a person (daily nursing, home help, hours of carers) and the carers themselves.
/// Law: while nothing but chance is at work, the share with a carer stays that of the person's class of dependence (`population.start.has_carer`), because who
/// becomes more dependent finds a carer as often as that class has more of them, and who lost one finds another at the pace that outweighs the mean loss.
namespace tresse::model {

inline constexpr int carers_from_age = 65;   ///< independent people have carers from this age on, as in the survey the shares come from

/// After a change of class: a carer may be found, and the row is laid anew. `before`: the class until now, 0-3.
void dependence_changed(Here& here, int slot, int before);
void carer_found(Here& here, int slot);
void carer_lost(Here& here, int slot);
/// At the birthday from which independent people can have a carer.
void carer_of_old_age(Here& here, int slot, int age);

}  // namespace tresse::model
