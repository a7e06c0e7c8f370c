/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The fit of stems in up to two files at once. In each window of some seconds every stem has a
 * complex gain for each cell (a band of a channel); those of all stems are solved together. The
 * more of a window the stems leave unexplained, the closer its gains are held to those of the whole
 * song. One pass over the music; memory grows with windows, not with frames, times stems squared.
 * The bus is what all stems share: its gain per frame is the part of a compressor that moves them
 * alike.
 */
#ifndef HS_STEMS_FITTING_H
#define HS_STEMS_FITTING_H

#include "core/alive.h"
#include "stems/window.h"

/* Units that are softer than this share of the file's mean power are weighted as if they had it. */
extern const double hs_stem_soft_share;

struct hs_stem_side_fit {      /* of one file */
    struct hs_stem_sums *sums; /* [window] */
    double complex *gains;     /* [window][cell][stem] */
    double complex *whole;     /* [cell][stem]: of the whole song */
    double *variance;          /* [cell][stem]: of those */
    double *level;             /* [window]: of the bus against the whole song */
    double *left;              /* [window][cell]: power that is not explained */
    bool *lost;                /* [window]: the stems do not lie there */
    double *inflation;         /* [stem]: how much others that are like it widen its variance */
    float *unit;               /* [unit][cell][stem]: power of the stem as given, with the bus */
    float *unit_power;         /* [unit]: of the file */
    float *unit_move;          /* [unit]: by how many decibels the bus moves from frame to frame */
    float *unit_zone;          /* [unit][zone]: of the file */
    float *unit_left;          /* [unit][zone]: what no stem explains of that */
    float *unit_dry_left;      /* [unit][zone]: the same, returns not counted as stems */
    bool *is_return;           /* [stem] */
    double *heard, *sounded;   /* [stem]: power above what the rest masks, and all of it */
    double residual;           /* share of the file's power that is not explained */
};

struct hs_stem_fitting {
    size_t n_stems, n_files, n_windows, n_units;
    size_t window_frames, unit_frames; /* frames of each; a window holds whole units */
    double frame_s;
    size_t bins[HS_STEM_BANDS];
    float *given; /* [unit][stem]: power of the stem as it was given, whatever the bus does */
    int *n_bands; /* [stem]: those that its own sample rate holds */
    bool *wide;   /* [file, then stem]: its channels differ somewhere */
    struct hs_stem_side_fit side[HS_STEM_SIDES];
};

struct hs_stem_ear {
    double mask_db; /* how far under the rest it is still heard */
    bool is_return; /* of a reverb or a delay */
};

/* Reads the music of `reader`, whose first n_files tracks are the files, from the start of the
 * clock for `length` frames of it. `ear`: one for each stem. An error only where a file cannot be
 * read; `f` is freed by the caller even then. `alive` is told once a window. */
enum hs_status hs_stem_fitting_run(struct hs_stem_fitting *f, struct hs_stem_reader *reader,
                                   size_t n_files, int64_t length, const struct hs_stem_ear *ear,
                                   const struct hs_alive *alive, struct hs_error *err);
void hs_stem_fitting_free(struct hs_stem_fitting *f);

/* Powers of the stems in a unit and zone as they stand in the file: n_stems of them. */
void hs_stem_zone_powers(const struct hs_stem_fitting *f, const struct hs_stem_side_fit *s,
                         size_t unit, int zone, double *out);

#endif
