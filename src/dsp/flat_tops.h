/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the tops of a waveform look like, one channel: flat runs, the shape of the highest
 * half-waves, and how often each magnitude occurs. Everything is kept by level, because
 * the highest level is known only at the end; levels are steps of 1/128 octave (about
 * 0.05 dB). Only samples above hs_flat_tops_share of the peak so far are looked at. One channel of
 * one file and thread; nothing fails.
 */
#ifndef HS_DSP_FLAT_TOPS_H
#define HS_DSP_FLAT_TOPS_H

#include <stddef.h>
#include <stdint.h>

enum {
    HS_FLAT_TOPS_STEPS = 128,  /* levels per octave */
    HS_FLAT_TOPS_OCTAVES = 20, /* from 2^-16 to 2^4 */
    HS_FLAT_TOPS_LEVELS = HS_FLAT_TOPS_STEPS * HS_FLAT_TOPS_OCTAVES,
    HS_FLAT_TOPS_CONTEXT = 256, /* samples needed on either side of a block */
};

static const float hs_flat_tops_share = 0.55f;

struct hs_flat_tops_level {
    uint32_t n;            /* samples of this magnitude */
    uint32_t runs;         /* flat runs */
    uint32_t run_samples;  /* ... and their samples */
    uint32_t long_samples; /* ... and those of runs of 0.17 ms and more */
    uint32_t tops;         /* half-waves that culminate here and are wide enough to judge */
    float squareness;      /* their sum; defined in flat_tops.c */
    uint32_t flat;         /* ... and how many are flat: have more than 0.72 */
    uint32_t held;         /* samples of held levels further in, beside a flat run of this level */
};

struct hs_flat_tops {
    uint64_t n;                        /* samples seen */
    uint64_t sounding;                 /* ... in blocks that reach -60 dB of the peak so far */
    float peak;                        /* so far */
    int beside;                        /* blocks in which held levels are still looked for */
    size_t beside_level;               /* the level of the flat run that they are beside */
    size_t long_run;                   /* samples of 0.17 ms, eight at the least */
    float tolerance;                   /* absolute; 2.5 steps of the stored resolution */
    struct hs_flat_tops_level *levels; /* HS_FLAT_TOPS_LEVELS, owned */
};

/* `bits` of a stored sample, 0 where unknown or not in fixed point. */
void hs_flat_tops_init(struct hs_flat_tops *t, int bits, int rate_hz);
/* Samples x[0..n), n small; HS_FLAT_TOPS_CONTEXT samples before and behind must be readable.
 * `peak` is the largest |x| among them. Returns how many flat runs and flat tops begin. */
size_t hs_flat_tops_scan(struct hs_flat_tops *t, const float *x, size_t n, float peak);
void hs_flat_tops_free(struct hs_flat_tops *t);

struct hs_flat_tops_summary {
    uint64_t runs, run_samples;        /* at or above 0.65 of the peak; without those at the peak
                                          that a limiter clamps */
    uint64_t run_samples_at_one_level; /* within 0.3 dB of the level that has most */
    uint64_t held_samples;             /* of levels held below 0.55 of the peak, beside those runs:
                                          sums of square waves and held samples have them, a clipped
                                          wave has none */
    uint64_t sounding;                 /* samples that are not silent */
    uint64_t tops, flat_tops;          /* within 2 dB of the peak; how many of them are flat */
    double squareness;                 /* their mean; NaN: too few */
    double spike_db;    /* how much more often the most crowded 0.5 dB of the top 3 dB occurs
                          than the levels below it foretell; NaN: too few samples */
    double spike_at_db; /* upper edge of that, relative to the peak */
};
void hs_flat_tops_summary(const struct hs_flat_tops *t, struct hs_flat_tops_summary *out);

#endif
