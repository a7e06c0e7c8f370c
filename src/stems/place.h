/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where a stem lies in a file: found by generalised cross-correlation of excerpts of the
 * stem with the whole file at a low rate, then to a sample at the full one. Stems of one export lie
 * at one delay mostly, so it is looked for where others lie first. Reads seconds of a stem, not all
 * of it.
 */
#ifndef HS_STEMS_PLACE_H
#define HS_STEMS_PLACE_H

#include "core/error.h"
#include "dsp/gcc.h"
#include "model/job.h"
#include "model/values.h"
#include "pair/feed.h"

#include <stdbool.h>
#include <stddef.h>

/* A file in which stems are looked for. */
struct hs_stem_field {
    const struct hs_source *source;
    struct hs_feed feed;       /* at the rate of the clock */
    double rate_hz, coarse_hz; /* of the clock, and of the search */
    float *coarse;
    size_t n;
    double length_s;
    struct hs_gcc gcc, fine;        /* of a whole excerpt, and of a piece at the full rate */
    float complex **block;          /* spectra of the file, made when they are wanted */
    size_t n_blocks, excerpt, room; /* room: lags that a block shows */
    float complex *stem, *local;    /* spectra */
};

struct hs_stem_place {
    bool found;
    bool borrowed;  /* too quiet to say: where the others lie */
    double delay_s; /* of its first frame in the file */
    double drift;   /* how much longer it lasts there, as a share */
    double z;       /* height of the correlation's peak over its rms */
};

/* `coarse_hz` divides the rate. May be closed after a failure. */
enum hs_status hs_stem_field_open(struct hs_stem_field *f, const struct hs_source *source,
                                  double rate_hz, struct hs_error *err);
void hs_stem_field_close(struct hs_stem_field *f);

/* Looks for the stem; `measures` are those of its file, for where it is loud. `known` are delays at
 * which others were found. Not found is no error. */
enum hs_status hs_stem_find(struct hs_stem_field *f, const struct hs_source *stem,
                            const struct hs_values *measures, const double *known, size_t n_known,
                            struct hs_stem_place *out, struct hs_error *err);

#endif
