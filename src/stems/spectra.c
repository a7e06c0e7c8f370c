/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Each track is read from its place on the clock through a feed that resamples by its drift
 * (pair/). A frame is windowed (Hann), transformed, and its bins weighted: K-weighting and the
 * scale of mean squares are in the weights of the bands. A frame whose peak is below -110 dBFS is
 * silent and is not transformed; of equal channels only one is.
 */
#include "stems/spectra.h"

#include "core/alloc.h"
#include "dsp/kernels.h"

#include <math.h>
#include <string.h>

static const float silence = 3e-6f; /* -110 dBFS */

static void give_room(struct hs_stem_track *t, size_t n)
{
    for (int c = 0; c < 2; c++)
        for (int part = 0; part < 2; part++)
            t->own[c][part] = hs_aligned(n + 1, sizeof(float));
}

/* Bands that a source can hold at its own rate. */
static int bands_of(const struct hs_stem_reader *r, double native_hz)
{
    int n = HS_STEM_BANDS;
    while (native_hz < r->rate_hz && n > 1 && hs_stem_edges_hz[n] > native_hz / 2)
        n--;
    return n;
}

enum hs_status hs_stem_reader_open(struct hs_stem_reader *r, struct hs_stem_track *tracks, size_t n,
                                   double rate_hz, struct hs_error *err)
{
    enum hs_status status = HS_OK;
    *r = (struct hs_stem_reader){.rate_hz = rate_hz, .tracks = tracks, .n = n};
    hs_stem_bands_init(&r->bands, rate_hz);
    hs_fft_init(&r->fft, r->bands.n_fft);
    r->window = hs_aligned(r->bands.n_fft, sizeof *r->window);
    hs_window_hann(r->window, r->bands.n_fft);
    for (int c = 0; c < 2; c++)
        r->scratch[c] = hs_aligned(r->bands.n_fft, sizeof(float));
    for (size_t i = 0; i < n && status == HS_OK; i++) {
        struct hs_stem_track *t = &tracks[i];
        give_room(t, r->bands.at[HS_STEM_BANDS]);
        t->next = INT64_MIN;
        status = hs_feed_open(&t->feed, t->source, rate_hz * (1 + t->drift), err);
        t->open = true;
        t->n_bands = bands_of(r, t->feed.native_hz);
    }
    return status;
}

void hs_stem_reader_close(struct hs_stem_reader *r)
{
    for (size_t i = 0; i < r->n; i++) {
        struct hs_stem_track *t = &r->tracks[i];
        if (t->open)
            hs_feed_close(&t->feed);
        t->open = false;
        for (int c = 0; c < 2; c++)
            for (int part = 0; part < 2; part++) {
                hs_free(t->own[c][part]);
                t->own[c][part] = NULL;
            }
    }
    hs_stem_bands_free(&r->bands);
    hs_fft_free(&r->fft);
    hs_free(r->window);
    for (int c = 0; c < 2; c++) {
        hs_free(r->scratch[c]);
        r->scratch[c] = NULL;
    }
    r->n = 0;
}

/* The bands that the source can hold; the others stay 0, for what a converter leaves there is none
 * of it. */
static void transform(struct hs_stem_reader *r, const float *samples, int n_bands,
                      float *const out[2])
{
    const struct hs_stem_bands *b = &r->bands;
    r->fft.kernels->window(samples, r->window, r->fft.time, b->n_fft);
    hs_fft_forward(&r->fft);
    for (int i = 0; i < n_bands; i++)
        r->fft.kernels->weigh(r->fft.freq + b->bin[i], b->weight + b->at[i], b->n_bins[i],
                              out[0] + b->at[i], out[1] + b->at[i]);
}

/* Middle or rest of two channels, in place of them. */
static void take_part(struct hs_stem_reader *r, enum hs_stem_part part, const float *x[2])
{
    for (size_t i = 0; i < r->bands.n_fft; i++) {
        const float right = part == HS_STEM_MIDDLE ? x[1][i] : -x[1][i];
        r->scratch[0][i] = (x[0][i] + right) / 2;
        r->scratch[1][i] = part == HS_STEM_MIDDLE ? r->scratch[0][i] : -r->scratch[0][i];
    }
    for (int c = 0; c < 2; c++)
        x[c] = r->scratch[c];
}

/* The frame of the source that falls on a frame of the clock, n of which are asked for; false: they
 * are not in one piece of it, or lie before what was read. */
static bool place_of(const struct hs_stem_track *t, int64_t from, size_t n, int64_t *at)
{
    *at = from - t->delay;
    for (size_t i = 0; i < t->n_pieces; i++) {
        const struct hs_stem_piece *p = &t->pieces[i];
        *at = from - p->delay;
        if (from >= p->from && from + (int64_t)n <= p->to && *at >= t->next)
            return true;
    }
    return !t->n_pieces;
}

/* Whether no sample of a frame stands out; of music the first few tell. */
static bool is_silent(const struct hs_stem_reader *r, const float *const x[2])
{
    enum { FEW = 256 };
    for (size_t i = 0; i < r->bands.n_fft; i += FEW)
        for (int c = 0; c < 2; c++)
            if (r->fft.kernels->peak(x[c] + i, FEW) >= silence)
                return false;
    return true;
}

/* The spectrum of one track for the frame at `from`: one transform per channel, one where both
 * channels are equal, none where the frame is silent. */
static enum hs_status get_one(struct hs_stem_reader *r, struct hs_stem_track *t, int64_t from,
                              struct hs_error *err)
{
    const size_t n = r->bands.n_fft;
    struct hs_stem_spectrum *s = &t->spectrum;
    const float *x[2];
    int64_t at;
    *s = (struct hs_stem_spectrum){.silent = true};
    if (!place_of(t, from, n, &at) || at + (int64_t)n <= 0)
        return HS_OK;
    t->next = at;
    enum hs_status status = hs_feed_get(&t->feed, at, n, x, err);
    if (status != HS_OK)
        return status;
    /* silence costs no transform */
    if (is_silent(r, x))
        return HS_OK;
    if (t->one_side) { /* the other may hold dither */
        bool left = r->fft.kernels->peak(x[0], n) >= r->fft.kernels->peak(x[1], n);
        x[0] = x[1] = left ? x[0] : x[1];
    }
    if (t->part)
        take_part(r, t->part, x);
    s->silent = false;
    s->mono = !memcmp(x[0], x[1], n * sizeof *x[0]);
    for (int c = 0; c < 2; c++) {
        float *const *to = t->own[s->mono ? 0 : c];
        if (!c || !s->mono)
            transform(r, x[c], t->n_bands, to);
        s->x[c][0] = to[0];
        s->x[c][1] = to[1];
    }
    return HS_OK;
}

enum hs_status hs_stem_reader_get(struct hs_stem_reader *r, int64_t from, struct hs_error *err)
{
    enum hs_status status = HS_OK;
    for (size_t i = 0; i < r->n && status == HS_OK; i++)
        status = get_one(r, &r->tracks[i], from, err);
    return status;
}
