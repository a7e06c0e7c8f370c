/* SPDX-License-Identifier: Apache-2.0 */
/* What a new file is beside the old one, whatever was planned: its end, its channels, its rate. */
#ifndef HS_CATALOGUE_SIDE_EFFECTS_FILE_H
#define HS_CATALOGUE_SIDE_EFFECTS_FILE_H

#include "catalogue/verification.h"
#include "core/arena.h"

/* Appends to out->side_effects, `most` at most. */
void hs_side_effects_file(struct hs_arena *arena, size_t most, struct hs_verification *out);

#endif
