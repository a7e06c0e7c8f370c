/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Files of which neither folders, names nor tags say whether they are masters or mixes: their
 * company, signs (init/signs.h) and loudness do. What is not told stays open, with its signs.
 */
#ifndef HS_INIT_OPEN_PARTS_H
#define HS_INIT_OPEN_PARTS_H

#include "core/error.h"
#include "init/archive.h"

/* Measures takes: loudness and PLR, NaN where it cannot be had. */
typedef enum hs_status hs_loudness_of(struct hs_archive *in, struct hs_take *const *takes, size_t n,
                                      double *lufs, double *plr_db, struct hs_error *err);

/* Neither master nor mix yet, and not left out for another reason. */
bool hs_part_is_open(const struct hs_take *t);
/* The part with its reason, which is written beside the track. */
void hs_part_decide(struct hs_take *t, enum hs_part part, const char *why);
/* Decides all that are open; what cannot be told has `untold`. Fails only where `loudness` does. */
enum hs_status hs_open_parts_settle(struct hs_archive *in, hs_loudness_of *loudness,
                                    struct hs_error *err);

#endif
