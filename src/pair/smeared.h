/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whether what the models' filter leaves of a master is phase alone: all-passes in a row ring
 * longer than that filter, and what they smear looks like reverberation. One long filter explains
 * such a master, and its gain is smooth over frequency; that of reverberation and of echoes is a
 * comb.
 */
#ifndef HS_PAIR_SMEARED_H
#define HS_PAIR_SMEARED_H

#include "pair/aligned.h"
#include "pair/transfer.h"

struct hs_smeared {
    bool found, smooth;          /* smooth: the gain over frequency is */
    struct hs_transfer transfer; /* of the long frames, where it was found */
    double left_db;              /* what that filter leaves, relative to the master */
    double late_ms, late_hz;     /* a third octave comes so much later than the earliest one */
};

/* Of up to 30 s in the midst of the longest segment. An error only where a file cannot be read. */
enum hs_status hs_smeared_find(struct hs_aligned *both, struct hs_smeared *out,
                               struct hs_error *err);
void hs_smeared_free(struct hs_smeared *t);

#endif
