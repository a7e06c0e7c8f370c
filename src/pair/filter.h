/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A transfer of mid and side as a filter, run over frames by fast convolution. One object per
 * thread.
 */
#ifndef HS_PAIR_FILTER_H
#define HS_PAIR_FILTER_H

#include "pair/transfer.h"

/* The transfer as a filter whose response in time is limited to n / HS_FILTER_SHARE frames
 * either way. */
enum { HS_FILTER_SHARE = 8 };
struct hs_filter {
    size_t n; /* frames taken at once */
    struct hs_fft fft;
    float complex *h[2][2];
};
/* Frames that come out for n that go in: those that the response reaches from within. */
static inline size_t hs_filter_hop(size_t n)
{
    return n - 2 * (n / HS_FILTER_SHARE);
}
void hs_filter_init(struct hs_filter *f, size_t n);
void hs_filter_free(struct hs_filter *f);
/* The transfer; its response is full to `reach_s` either way and gone at twice that. 0: as long
 * as the filter can hold. */
void hs_filter_set(struct hs_filter *f, const struct hs_transfer *t, double reach_s);
/* The same of a response that stands in f->h; reach in shares of n. */
void hs_filter_limit(struct hs_filter *f, double reach);
/* Spectrum of n frames of one part; out has n/2 + 1 bins. */
void hs_filter_spectrum(struct hs_filter *f, const float *in, float complex *out);
/* x: spectra of n frames of mid and side; out: the hop that begins n / HS_FILTER_SHARE in. */
void hs_filter_run(struct hs_filter *f, const float complex *const x[2], float *const out[2]);
/* The samples themselves of that hop, of one part. */
void hs_filter_samples(struct hs_filter *f, const float complex *x, float *out);

#endif
