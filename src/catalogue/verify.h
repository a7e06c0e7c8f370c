/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A corrected file against its plan: what was planned and what was measured, correction
 * by correction, and what else moved by more than an audible step. Reads the measures
 * of the old and the new file and their comparison; pure. Results live in the arena
 * given.
 */
#ifndef HS_CATALOGUE_VERIFY_H
#define HS_CATALOGUE_VERIFY_H

#include "model/audit.h"
#include "model/measure.h"

#include <stdbool.h>

enum hs_outcome { HS_CANNOT_TELL, HS_DONE, HS_PARTLY, HS_OVERSHOT, HS_NOT_DONE };
const char *hs_outcome_name(enum hs_outcome outcome); /* "cannot_tell" "done" ... */

struct hs_verified {
    const char *rule, *unit, *move;
    double before, planned, measured, tolerance; /* of the rule's value */
    enum hs_outcome outcome;
    bool past_centre; /* overshot to the far side of the expected centre */
    const char *why;  /* of "cannot tell", else NULL */
};

struct hs_side_effect {
    const char *what; /* a rule id, "tone", "level", "start", "speed", "polarity" ... */
    const char *unit;
    double change, step; /* how far it moved, and what is audible */
    const char *words;
    bool remark; /* a fact beside the plan that is no fault: the level of a master */
};

struct hs_verification {
    const struct hs_track_result *track;
    enum hs_update_kind kind;      /* MIX or MASTER: as said, else as it looks */
    struct hs_pair pair;           /* the old file against the new one */
    const struct hs_plan *from;    /* the plan as written; NULL: made anew from the old files */
    const char *why;               /* the files could not be compared; NULL */
    const struct hs_planned *plan; /* what is verified */
    size_t n_plan;
    struct hs_verified *corrections;
    size_t n_corrections;
    struct hs_side_effect *strays;
    size_t n_strays;
    bool failed; /* something strayed or was not done: exit code 4 */
};

/* Which old file the update replaces: as the job says, else by loudness and crest. */
enum hs_update_kind hs_verify_kind(const struct hs_track_result *t);
const struct hs_file *hs_verify_old(const struct hs_track_result *t, enum hs_update_kind kind);

/* `out->track`, `kind`, `pair` and `from` are set by the caller; fills the rest. */
void hs_verify_update(const struct hs_audit *audit, struct hs_arena *arena,
                      struct hs_verification *out);

/* The parts of it, for tests. */
enum hs_outcome hs_verify_outcome(double before, double planned, double measured, double tolerance);
/* Third octaves in dB relative to their median from 200 Hz to 2 kHz, the convention of
 * "bands_db" and "eq_db"; NaN stays. In place. */
void hs_verify_centre(double bands[HS_BANDS]);

#endif
