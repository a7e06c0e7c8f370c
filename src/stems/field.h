/* SPDX-License-Identifier: Apache-2.0 */
/* A file in which stems are looked for (stems/place.h), at a low rate and at that of the clock. */
#ifndef HS_STEMS_FIELD_H
#define HS_STEMS_FIELD_H

#include "core/error.h"
#include "dsp/gcc.h"
#include "model/job.h"
#include "pair/feed.h"

#include <stddef.h>

/* Frames at the full rate in which a stem is found to a sample. */
enum { HS_STEM_PIECE = 1 << 17 };
/* Frames at the low rate that are enough to confirm where a stem lies. */
enum { HS_STEM_GLANCE = 1 << 15 };
/* Frames at the rate of the clock that are read at once. */
enum { HS_STEM_STEP = 1 << 14 };
/* Weight of the right channel: a stem whose channels are inverted still has a sum. */
extern const float hs_stem_right_share;

/* Excerpts that are kept: of those stems that were looked for, and are asked again. */
enum { HS_STEM_EXCERPTS_KEPT = 8 };

/* An excerpt of a stem at the low rate. */
struct hs_stem_excerpt {
    const struct hs_source *source;
    double asked_s, from_s; /* from when on it was wanted, and what it begins with */
    float *x;
};

struct hs_stem_field {
    const struct hs_source *source;
    struct hs_feed feed;       /* at the rate of the clock */
    double rate_hz, coarse_hz; /* of the clock, and of the search */
    size_t factor;             /* of both */
    float *coarse;
    size_t n;
    double length_s;
    struct hs_gcc gcc, glance;      /* of a whole excerpt, and of a few seconds */
    struct hs_gcc fine;             /* of a piece at the full rate */
    float complex **block;          /* spectra of the file, made when they are wanted */
    size_t n_blocks, excerpt, room; /* room: lags that a block shows */
    float complex *stem, *local;    /* spectra */
    float *taken;                   /* room for an excerpt at the low rate */
    struct hs_stem_excerpt kept[HS_STEM_EXCERPTS_KEPT];
    size_t n_kept; /* ever; the oldest makes room */
};

/* Reads the file. A zeroed field, or one that is open on another file: what it has for excerpts of
 * that length is used again. May be closed after a failure. */
enum hs_status hs_stem_field_open(struct hs_stem_field *f, const struct hs_source *source,
                                  double rate_hz, struct hs_error *err);
void hs_stem_field_close(struct hs_stem_field *f);

/* The spectrum of the file from `from` on, as long as `g` (gcc or glance of the field), zeros
 * outside. */
void hs_stem_field_spectrum(const struct hs_stem_field *f, struct hs_gcc *g, int64_t from,
                            float complex *out);
/* n frames at the low rate of a feed at that of the clock, from about `from_s` on: from *origin_s.
 * `out` has room for HS_STEM_STEP more. */
enum hs_status hs_stem_read_coarse(const struct hs_stem_field *f, struct hs_feed *feed,
                                   double from_s, size_t n, float *out, double *origin_s,
                                   struct hs_error *err);

#endif
