/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is kept of a pair in memory so that models can be fitted to it again and again: the places
 * that pair/excerpt.h chooses, 30 s at most. The mix as spectra of overlapping frames, the master
 * as samples: some 0.8 MB per second at 44.1 kHz. Owned by one thread.
 */
#ifndef HS_PAIR_STRETCHES_H
#define HS_PAIR_STRETCHES_H

#include "pair/aligned.h"
#include "pair/filter.h"

#include <stdbool.h>
#include <stddef.h>

enum { HS_STRETCHES_MOST = 24 };

/* A place in the master that is to be kept. */
struct hs_excerpt {
    size_t segment; /* of the time line */
    double from_s, to_s;
};

struct hs_stretch {
    double from_s;          /* of the first frame that has a counterpart, in master time */
    size_t at, n;           /* its first frame among all kept, and how many: n_frames * hop */
    size_t frame, n_frames; /* its spectra */
};

struct hs_stretches {
    double rate_hz;
    size_t filter_n, hop, lead; /* frames of a spectrum; between two; on either side */
    size_t stride;              /* bins from one spectrum to the next: keeps them aligned */
    struct hs_stretch item[HS_STRETCHES_MOST];
    size_t n_items;
    size_t n, n_frames;    /* in all */
    float complex *mix[2]; /* spectra of mid and side, n_frames of `stride` bins */
    float *master[2];      /* left and right */
    float *edge[2];        /* of each stretch `lead` frames before it and as many behind it */
};

/* Reads the places given, in the order of the time line; those that are too short for a frame
 * are left out, others are cut to whole hops. `s` is freed by the caller, also after a failure. */
enum hs_status hs_stretches_read(struct hs_stretches *s, struct hs_aligned *a, size_t filter_n,
                                 const struct hs_excerpt *place, size_t n_places,
                                 struct hs_error *err);
void hs_stretches_free(struct hs_stretches *s);
/* The samples of frame k of a stretch, filter_n of them, of one channel of `x`, which is laid out
 * as the master is; what lies beyond the stretch is the master's. */
void hs_stretches_frame(const struct hs_stretches *s, const struct hs_stretch *item, size_t k,
                        int channel, const float *x, float *out);

static inline const float complex *hs_stretches_mix(const struct hs_stretches *s, int part,
                                                    size_t frame)
{
    return s->mix[part] + frame * s->stride;
}

#endif
