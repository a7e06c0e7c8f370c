/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the moving gain of the pass was: what follows level (reduction, against unity gain), and
 * what is slow and does not (fades, rides). Series per tick, owned. Pure functions of the
 * ticks and the models.
 */
#ifndef HS_PAIR_REDUCTION_H
#define HS_PAIR_REDUCTION_H

#include "pair/level_model.h"
#include "pair/models.h"
#include "pair/pass.h"

#include <stdbool.h>

/* Beyond this range of slow gain reduction is told against it: a fade. */
#define HS_FADING_DB 3.0

struct hs_reduction {
    size_t n; /* ticks */
    /* Per tick, dB: gain; level and peak of the equalised mix; peak of the master; what the
     * level model reduces; what is slow; power of the master over that of the mix. NaN where the
     * pass has nothing. */
    double *gain_db, *level_db, *peak_x_db, *peak_y_db, *model_db, *slow_db, *power_db;
    float *weight; /* 1: active */
    float *sounds; /* 1: the mix is loud enough to be active and explains the master */
    float *db;     /* reduction, NaN where not active */
    size_t n_active;
    double least_db;                    /* level from which a moment is active */
    struct hs_level_model power, peaks; /* the gain by level, and by peaks */
    const struct hs_level_model *best;
    double unity_gain_db; /* of what is not reduced, master over equalised mix */
    double median_db, p95_db, p99_db;
    bool lower_bound;     /* hardly a moment is at unity gain: there may be more reduction */
    double ceiling_db;    /* of the master's peaks: one knot in 1000 is higher */
    double ceiling_hits;  /* share of the deep moments at the ceiling; -1: too few of them */
    double near_hits;     /* the same with room for the noise that is left */
    double before_hits;   /* of the mix at the gain, at a ceiling before the filter */
    double fall_hits;     /* near the ceiling, of the moments in which the gain falls */
    double slow_range_db; /* p1 to p99 of active ticks */
    double steady_residual_db, slow_residual_db, residual_db; /* at one gain, slow, all of it */
    double missing_p90_db, missing_p20_db;                    /* residual of single seconds */
    double missing_r; /* its correlation with the power of master over mix: which of them has it */
    double calm_p90_db; /* reduction where the mix stays below the ceiling; NaN: too few */
    double quiet_r2, quiet_p95_db; /* level model of moments away from the ceiling; NaN */
    double quiet_fall_db;          /* by how much the gain falls there within two ticks; p95 */
    double before_p95_db, behind_p95_db; /* reduction of a first device and of a limiter; NaN */
};

/* `models` tells nothing of devices where it is settled: the level models are then not fitted. The
 * caller frees `out`; `best` points into it. */
void hs_reduction_find(const struct hs_pass *p, const struct hs_models *models,
                       struct hs_reduction *out);
void hs_reduction_free(struct hs_reduction *r);

#endif
