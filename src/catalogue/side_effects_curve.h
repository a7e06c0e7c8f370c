/* SPDX-License-Identifier: Apache-2.0 */
/* What of a rule's change from the old file to the new one follows from the equalisation between
 * them: that is told by the tone, planned or not. */
#ifndef HS_CATALOGUE_SIDE_EFFECTS_CURVE_H
#define HS_CATALOGUE_SIDE_EFFECTS_CURVE_H

#include "catalogue/fader_moves.h"
#include "judge/rule.h"

/* In the unit of the rule. `old`: the measures of the old file; `pair`: of the new file against it.
 * 0 where the rule does not hang on the tone, and where that is not known. */
double hs_side_effects_of_curve(const struct hs_rule *rule, const struct hs_values *old,
                                const struct hs_values *pair, const struct hs_fader_moves *faders);

#endif
