/* SPDX-License-Identifier: Apache-2.0 */
/* Damage that no file tells by itself, and a comparison does. Pure. */
#ifndef HS_CATALOGUE_VERIFY_DAMAGE_H
#define HS_CATALOGUE_VERIFY_DAMAGE_H

#include "catalogue/verification.h"
#include "judge/rule.h"

/* What a new master has left of sides that mastering swapped, or of a wrong speed, as a share of
 * it: 1 nothing was done, 0 all; below 0 it went past it. By the pairs of mix and old, and of old
 * and new. NaN where the damage is of another kind, or a pair does not tell. */
double hs_damage_share_left(const struct hs_audit *audit, const struct hs_rule *damaged,
                            const struct hs_verification *v);

#endif
