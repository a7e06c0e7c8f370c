/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From a coarse line to the exact one: up to 16 pieces of the waveform of both files are
 * kept in memory, set against each other (phase transform), and a line is laid through
 * their lags. Also which of mid and side of the mix became mid and side of the master,
 * and with which sign: inverted and swapped channels.
 */
#ifndef HS_PAIR_FINE_H
#define HS_PAIR_FINE_H

#include "dsp/sinc.h"
#include "pair/basis.h"
#include "pair/feed.h"
#include "pair/time_map.h"
#include "pair/wow.h"

enum { HS_FINE_WINDOWS = 16 };

struct hs_window {
    double master_s; /* of its first frame */
    size_t n;
    float *mid, *side;   /* of the master */
    float *left, *right; /* of the mix, with a margin around it */
    size_t n_mix;
    double mix_s;        /* of left[0] */
    bool good;           /* the lag stands out and lies on the line */
    double lag_s, value; /* how far the master is late against the line; its correlation */
};

struct hs_fine {
    struct hs_window window[HS_FINE_WINDOWS];
    size_t n_windows, n_good;
    double rate_hz, mix_hz;   /* of the master's frames; of the mix's as read here */
    double from_s, to_s;      /* shared part, in master time */
    struct hs_time_map start; /* the line that it began with, by which windows are loaded */
    struct hs_time_map line;
    struct hs_fit fit; /* of the last step: slope is what remained */
    struct hs_basis basis;
    double strength; /* median correlation of the good windows */
    double spread_s; /* robust deviation of the lags from the line */
    double wow_s;    /* the same, 0 where noise explains it */
    bool by_filter;  /* lags differ, and yet one filter explains all windows at this line */
    double left;     /* share of the good windows that one filter leaves (pair/fine_filter.h) */
    struct hs_sinc sinc;
    const struct hs_wow *wow; /* off the line; NULL: none; borrowed */
};

/* `mix` has been opened at a rate of about the master's rate over line.ratio. [from_s, to_s): the
 * shared part in master time. Below two windows, or where none match, n_good is too low to accept
 * the result. An error only where a file cannot be read; `out` is freed by the caller even then. */
enum hs_status hs_fine_align(struct hs_feed *mix, struct hs_feed *master, struct hs_time_map line,
                             const struct hs_wow *wow, double from_s, double to_s,
                             struct hs_fine *out, struct hs_error *err);
/* How well the windows agree, 0-1: share of them on the line times their correlation. */
double hs_fine_merit(const struct hs_fine *f);
/* Whether enough windows agree that it is a line. */
bool hs_fine_is_accepted(const struct hs_fine *f);
/* Whether all windows agree and lie on the line, so that nothing is left to ask. */
bool hs_fine_is_clear(const struct hs_fine *f);
/* Lets go of the samples of the windows: nothing is aligned by them any more. */
void hs_fine_forget_samples(struct hs_fine *f);
void hs_fine_free(struct hs_fine *f);

#endif
