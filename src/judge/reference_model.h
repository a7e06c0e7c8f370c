/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The reference models of an audit, one per rule: what the references, the built-in
 * distribution and the catalogue itself say about a value, and what mastering usually
 * does to it here. Values are kept as residuals: what the music itself explains is taken
 * off.
 */
#ifndef HS_JUDGE_REFERENCE_MODEL_H
#define HS_JUDGE_REFERENCE_MODEL_H

#include "judge/leave_one_out.h"
#include "judge/reference_subset.h"
#include "judge/rule.h"
#include "judge/scale.h"
#include "model/audit.h"

struct hs_reference_model {
    const struct hs_rule *rule;
    const struct hs_judged_rule *judged; /* the rule as judgements name it */
    const char *profile;                 /* name of the built-in distribution */
    bool off;
    double limit_steps;                  /* of the job, NaN: none */
    double *references, *mix_references; /* residuals by index, NaN: not judged */
    double *separated;                   /* of references, by the separator of the job */
    size_t n_references, n_mix_references;
    const struct hs_reference_subset *subset; /* of the references */
    struct hs_kind_of_music kind;             /* of the track that was looked at last */
    struct hs_reading master, mix;            /* of the track that was looked at last; mix: not
                                                 judged without a usable pair */
    /* Of what mix and master share, where that is not the whole master; else as `master`. What
     * changed is told by it. */
    struct hs_reading shared_master;
    bool mix_is_mono; /* and its reading what is known of such a mix, not a measure */
    struct hs_leave_one_out catalogue; /* residuals of all masters that could be judged */
    struct hs_leave_one_out by_stems; /* of those judged by their stems, which are not among them */
    double usual_move; /* of mastering on sound masters here; 0 below HS_ENOUGH_PAIRS */
    double move_spread;
    size_t n_moves;
};

enum { HS_ENOUGH_PAIRS = 8 };

/* The part of a rule that judgements point to. */
struct hs_judged_rule *hs_reference_model_judged(const struct hs_reference_model *model,
                                                 struct hs_arena *arena);

/* For a master whose reading is `r`. `leave_out`: index of the reference that is judged
 * itself, or SIZE_MAX. */
struct hs_scale hs_reference_model_scale(const struct hs_reference_model *model,
                                         const struct hs_reading *r, size_t leave_out,
                                         struct hs_arena *arena);
/* What a mix reads on the scale of masters: its value moved as mastering usually does,
 * or as references of both kinds differ. *spread gets what is unknown about that. */
double hs_reference_model_mix_on_master_scale(const struct hs_reference_model *model,
                                              const struct hs_reading *mix, double *spread);
/* Leave-one-out position of the track looked at within its own catalogue; NaN with too
 * few. */
double hs_reference_model_catalogue_z(const struct hs_reference_model *model);

#endif
