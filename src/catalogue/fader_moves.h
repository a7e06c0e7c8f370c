/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What was done to each fader from the old file to the new one, by the stems as they were found in
 * both, and what of the change of the whole follows from that. Pure; gains in dB, NaN where nothing
 * is known. Lives in the arena.
 */
#ifndef HS_CATALOGUE_FADER_MOVES_H
#define HS_CATALOGUE_FADER_MOVES_H

#include "catalogue/verification.h"
#include "model/measure.h"

struct hs_fader_moved {
    const char *name; /* of the stem, as the job has it */
    enum hs_stem_role role;
    double db;              /* against the faders that nobody was to move */
    double by_tone_db;      /* of its gain: what the bus did to all stems alike; not in db */
    double bound_db;        /* how far that may be off */
    bool gone;              /* heard before, and not any more */
    double share[HS_BANDS]; /* of the old file's power, by third octave */
    double left, middle;    /* of its power: the share on the left, and of the middle */
};

struct hs_fader_moves {
    struct hs_fader_moved *items; /* those that were told on both sides */
    size_t n;
    double reference_db; /* of the faders that nobody was to move, from the old file to the new */
};

/* The step of the plan that moves the fader of a role; NULL: none. */
const struct hs_planned *hs_fader_planned(const struct hs_verification *v, enum hs_stem_role role);
/* `v->plan` says which were to be moved. None without stems in both files. */
void hs_fader_moves_find(const struct hs_verification *v, struct hs_arena *arena,
                         struct hs_fader_moves *out);
/* The move of all stems of a role together; NaN. *gone: nothing of it is heard any more. */
double hs_fader_moves_of_role(const struct hs_verification *v, const struct hs_fader_moves *m,
                              enum hs_stem_role role, bool *gone);
/* The largest move of one; 0 without any, infinite where one is gone. */
double hs_fader_moves_most(const struct hs_fader_moves *m);
/* What these moves do to the third octaves of the old file, in dB, centred as eq_db is; 0 where
 * they do nothing. */
void hs_fader_moves_eq(const struct hs_fader_moves *m, double eq_db[HS_BANDS]);

#endif
