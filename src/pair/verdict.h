/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a pair is: aligned, edited, different, or one of which nothing can be said, with the reason
 * and how sure that is. The values of the pair are set before; where it is not aligned they are
 * absent.
 */
#ifndef HS_PAIR_VERDICT_H
#define HS_PAIR_VERDICT_H

#include "pair/added_tone.h"
#include "pair/align.h"
#include "pair/devices.h"
#include "pair/foreign.h"
#include "pair/reduction.h"

/* How far the mix explains the master. */
struct hs_explained {
    const struct hs_reduction *reduction;
    const struct hs_devices *devices;
    const struct hs_added_tone *added;
    const struct hs_foreign *foreign;
    double residual_db; /* of the best model */
    bool turned;        /* phases are, by more than the models hold */
    double moves_db;    /* what is left, from second to second */
};

/* By how much what is left moves from second to second, dB, softest and loudest tenths left out;
 * infinite where fewer than three seconds tell. */
double hs_verdict_moves_db(const struct hs_pass *p);

/* Of a pair that was lined up and compared: state, pieces, reason and confidence. Reads the files
 * again where it would refuse; fails only then. Texts live in the arena. */
enum hs_status hs_verdict_found(struct hs_alignment *place, const struct hs_explained *what,
                                struct hs_arena *arena, struct hs_pair *out, struct hs_error *err);
/* Of a pair that could not be lined up: all its values become absent. */
void hs_verdict_not_found(const struct hs_alignment *place, struct hs_arena *arena,
                          struct hs_pair *out);
/* Of files too short to say anything. */
void hs_verdict_too_short(struct hs_pair *out);

#endif
