/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A mix mastered in house, at several loudness targets: what the chain did, what was measured of
 * the results, and what the rules say of them. preview/ fills in chain and values, judge/ the
 * rest, catalogue/ how far such predictions came true.
 */
#ifndef HS_MODEL_PREVIEW_H
#define HS_MODEL_PREVIEW_H

#include "model/measure.h"
#include "model/values.h"

#include <stdbool.h>
#include <stddef.h>

/* Bands whose peaks may hold the gain. */
enum { HS_PREVIEW_BANDS = 5, HS_PREVIEW_MOST_TARGETS = 12 };
extern const double hs_preview_edges_hz[HS_PREVIEW_BANDS + 1];
const char *hs_preview_band_name(size_t band); /* "40-120" */

/* Why a target was not reached. */
enum hs_preview_reach {
    HS_PREVIEW_REACHED,
    HS_PREVIEW_SATURATED, /* 3 dB of gain gave less than 0.3 LU */
    HS_PREVIEW_NOT_CONVERGED,
};
const char *hs_preview_reach_name(enum hs_preview_reach reach);

struct hs_finding;

/* Standing: where a previewed mix lies on the scale of a rule: 0 at the centre, 1 where `minor`
 * begins, by its value or by the move from the mix, whichever is further. */
struct hs_standing {
    const char *rule, *unit;        /* rule NULL: not judged */
    double value, mix_value, limit; /* limit: the value where it becomes a fault; NaN: none */
    double to_limit, mix_to_limit;  /* mix: by its value alone; NaN: not judged */
    bool fault;                     /* a finding that counts */
};

struct hs_preview_target {
    double target_lufs, reached_lufs;
    enum hs_preview_reach reach;
    bool of_master; /* the loudness of the released master */
    double gain_db, clip_db;
    double gr_p50_db, gr_p95_db, gr_max_db; /* of the limiter */
    double plr_db;
    double holds[HS_PREVIEW_BANDS]; /* shares of the gain reduction; NaN: there is none */
    struct hs_values values;
    struct hs_finding *findings;
    size_t n_findings;
    struct hs_standing *standings; /* one a rule, in their order */
    size_t n_standings;
};

/* From which loudness on a rule finds a fault. */
struct hs_first_fault {
    const char *rule;
    double from_lufs, range[2];
    bool in_mix;       /* and at the quietest target already */
    double until_lufs; /* of in_mix: from there on it is gone; NaN: it stays */
    const char *why;   /* what takes it there */
};

/* One sentence, and the rule that it is about; NULL: none. */
struct hs_mix_step {
    const char *rule, *words;
};

struct hs_preview {
    bool there; /* false: it could not be made, `why` says why */
    const char *why;
    bool has_eq; /* else the equaliser was left out */
    double eq_db[HS_BANDS];
    double threshold_db, compressor_p95_db; /* NaN where nothing is active */
    double mix_lufs;
    double peak_db;                    /* behind the compressor, before the gain */
    double loudest_s;                  /* where the loudest ten seconds begin */
    struct hs_preview_target *targets; /* quietest first */
    size_t n_targets;
    struct hs_standing *actual; /* of the released master, where there is one; one a rule */
    struct hs_first_fault *first;
    size_t n_first;
    double carries_lufs; /* the loudness up to which neither a fault nor audible limiting appears;
                            NaN: louder than was tried */
    const char *carries_why;
    const char *const *warnings; /* said first: it is clipped or crushed already */
    size_t n_warnings;
    const struct hs_mix_step *plan; /* what is to be done in the mix before it goes out */
    size_t n_plan;
    const struct hs_mix_step *asks; /* what a mastering engineer will ask for */
    size_t n_asks;
};

/* How well the previews of one rule foresaw the masters of this job. */
struct hs_backtest_row {
    const char *rule, *unit;
    int pairs, releases;
    double error;          /* mean magnitude of predicted minus actual */
    double error_of_chain; /* the same of what the chain makes, taken as it is */
    double baseline[2];    /* the same of "nothing changes", and of "the usual move" here */
    double skill[2];       /* 1 - error / baseline; NaN: cannot be had */
    double skill_low[2];   /* lower ends of their intervals (95 %) */
    double weight, bias;   /* predicted = mix + bias + weight * what the chain changes */
    double spread;         /* of actual minus predicted, shrunk */
    double crps[3];        /* of the prediction, and of both baselines */
    bool proven;           /* from 10 pairs on, and both lower ends above 0 */
};

/* Predicted probabilities between two fifths against how often it came true. */
struct hs_calibration_bin {
    int n;
    double predicted, observed, interval[2];
};
enum { HS_CALIBRATION_BINS = 5 };

struct hs_backtest {
    int pairs, hardly_mastered; /* the latter are no part of the former */
    struct hs_backtest_row *rows;
    size_t n_rows;
    double skill; /* median over the rows of the smaller one; NaN */
    /* Faults that the master has and the mix has not, over all rules. */
    int faults, foreseen, sound, false_alarms;
    double foreseen_interval[2], alarm_interval[2];
    int foreseen_by_usual; /* by the usual move alone, without a preview */
    int alarms_unmastered; /* in pairs that were hardly mastered: should be none */
    bool calibrated;       /* there are 30 pairs */
    double brier, brier_skill;
    struct hs_calibration_bin bins[HS_CALIBRATION_BINS];
};

#endif
