/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Models of the master, each with one thing more than the last: a linear filter of the mix, a
 * gain that moves, a memoryless curve. A device is proven by the residual that it removes. The
 * noise of an encoder is lowered by no model, so an encoder is not taken for a device. Fitted to
 * the stretches that are kept in memory; some 10 FFTs per frame where devices are told, 4 where one
 * filter explains the master. One thread.
 */
#ifndef HS_PAIR_MODELS_H
#define HS_PAIR_MODELS_H

#include "pair/static_curve.h"
#include "pair/stretches.h"

enum hs_model {
    HS_MODEL_FILTER,       /* R0: one filter */
    HS_MODEL_GAIN,         /* R1: filter, gain of all samples */
    HS_MODEL_CURVE,        /* R2: filter, curve */
    HS_MODEL_GAIN_CURVE,   /* R3: filter, gain of small samples, curve */
    HS_MODEL_BEHIND_GAIN,  /* Rz1: gain, then the filter */
    HS_MODEL_BEHIND_CURVE, /* Rz3: gain and curve, then the filter */
    HS_N_MODELS,
};

enum { HS_MODEL_BANDS = 5 };

struct hs_models {
    /* Relative to the master, dB, not below -60: under that all models are exact. NaN where it
     * was not looked at. */
    double residual_db[HS_N_MODELS];
    double channel_left[2]; /* share of each channel of the master that the filter leaves */
    bool settled;           /* one filter explains it: nothing else was fitted */
    long pulse_frames;      /* where the filter's pulse stands: the mix is so much later */
    int pulse_sign;         /* its polarity, 1 or -1 */
    double straight;        /* how far the phase below 2 kHz is that of the pulse, 1 to -1 */
    double ceiling;         /* of the master's samples: 1 in 2000 is higher */
    double peak_top;        /* of its knots: 1 in 1000 has a higher peak */
    double drop_top_db;    /* what the curve removes of the residual where peaks pass the ceiling */
    double beyond_gain_db; /* by how much it is more than a gain of its own for every 1.5 ms does */
    double drop_alone_db;  /* the same of the curve at a constant gain */
    int part;              /* that a gain moves: 0 the middle alone, 1 the sides alone; -1: both */
    int only;              /* the channel that `alone` is the curve of, 0 or 1; -1: both */
    struct hs_static_curve alone, with_gain, behind;
    /* What real gains by time and frequency remove of what is left, less what chance does, as a
     * share of it, and in which range; NaN where not looked at (pair/part_gains.h). */
    double part_share, part_hz[2];
    /* What moving left against right removes of what is left, as a share of it, and by how much it
     * moves them; NaN where not looked at (pair/pan_gains.h). */
    double pan_share, pan_db;
    double range_share; /* what gains of octaves, of middle and sides, had removed of it before */
    /* A gain per band instead of one for all: what it removes, dB; NaN where not looked at. */
    double band_drop_db;
    double fine_residual_db; /* with a gain per twelfth of the spectrum, relative to the master */
    /* Its bands: whether the gain of each follows its own level, and by how much that is beyond
     * the one gain for all. */
    bool band_coherent[HS_MODEL_BANDS];
    double apart_r2[HS_MODEL_BANDS], apart_slope[HS_MODEL_BANDS], apart_p95_db[HS_MODEL_BANDS];
    double band_r2[HS_MODEL_BANDS], band_slope[HS_MODEL_BANDS], band_p95_db[HS_MODEL_BANDS];
    /* What each band is turned down by at least, against the moments in which it is not; 95 %. */
    double band_reduction_db[HS_MODEL_BANDS];
};

/* `transfer` and `filter` come in ready for frames of s->filter_n and leave as those of the
 * best model that stands before gain and curve. */
void hs_models_find(const struct hs_stretches *s, struct hs_transfer *transfer,
                    struct hs_filter *filter, struct hs_models *out);
/* Whether one filter explains one channel of the master much better than the other, as where one
 * comes late from some moment on. Encoders and devices leave both alike. `middle`: both are the
 * middle of the master, of which much is then left. */
bool hs_models_one_channel_apart(const struct hs_models *m, bool middle);

#endif
