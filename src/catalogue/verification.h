/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is known of a corrected file: data alone, filled by catalogue/verify.h and owned by the
 * audit's arena. Values are in the unit of each rule; NaN where they cannot be had.
 */
#ifndef HS_CATALOGUE_VERIFICATION_H
#define HS_CATALOGUE_VERIFICATION_H

#include "model/audit.h"

#include <stdbool.h>

enum hs_outcome { HS_CANNOT_TELL, HS_DONE, HS_PARTLY, HS_OVERSHOT, HS_NOT_DONE };

struct hs_verified {
    const char *rule, *unit, *move;
    double before, planned, planned_most, measured, tolerance; /* of the rule's value */
    enum hs_outcome outcome;
    bool past_centre;  /* overshot to the far side of the expected centre */
    const char *why;   /* of "cannot tell", else NULL */
    double fader_db;   /* of a fader that the plan moves: how far it was moved; NaN */
    const char *fader; /* the same in words, or that a filter was not set; NULL */
};

struct hs_side_effect {
    const char *what; /* a rule id, "tone", "level", "start", "speed", "polarity" ... */
    const char *unit;
    double change, step; /* how far it moved, and what is audible */
    const char *words;
    bool remark; /* a fact beside the plan that is no fault: the level of a master */
};

struct hs_fader_moves;

struct hs_verification {
    const struct hs_track_result *track;
    enum hs_update_kind kind;   /* MIX or MASTER: as said, else as it looks */
    struct hs_pair pair;        /* the old file against the new one */
    const struct hs_plan *from; /* the plan as written; NULL: made anew from the old files */
    const char *why;            /* the files could not be compared; NULL */
    const struct hs_fader_moves *faders; /* what was done to them, by the stems */
    const struct hs_planned *plan;       /* what is verified */
    size_t n_plan;
    struct hs_verified *corrections;
    size_t n_corrections;
    struct hs_side_effect *side_effects;
    size_t n_side_effects;
    bool failed; /* something strayed or was not done: exit code 4 */
};

#endif
