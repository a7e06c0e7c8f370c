/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Gains: half of the difference of both spectra, smoothed 1-2-1 over bands, limited to 2 dB.
 * 2. Filter: the gains, interpolated over the logarithm of frequency, as a real spectrum; its
 *    inverse transform centred, cut to the taps under a Hann window, transformed again.
 * 3. Convolution by overlap-save; half the taps, the delay of the filter, are dropped at the
 *    start, and silence is pushed at the end.
 */
#include "dsp/match_eq.h"

#include "core/alloc.h"
#include "core/num.h"
#include "dsp/fft.h"

#include <math.h>
#include <string.h>

static const double most_db = 2, share = 0.5;
enum { LOWEST = 3, HIGHEST = 28 }; /* bands of 40 Hz and 12.5 kHz */

/* Bands beside the range get half of the gain at its end, so that it does not stop at once. */
void hs_match_gains(const double wanted[HS_BANDS], const double have[HS_BANDS],
                    double gain_db[HS_BANDS])
{
    double d[HS_BANDS];
    for (size_t b = 0; b < HS_BANDS; b++) {
        d[b] = wanted[b] - have[b];
        d[b] = isfinite(d[b]) ? d[b] : 0;
        gain_db[b] = 0;
    }
    for (size_t b = LOWEST; b <= HIGHEST; b++) {
        double smooth = (d[b - 1] + 2 * d[b] + d[b + 1]) / 4;
        gain_db[b] = fmin(fmax(share * smooth, -most_db), most_db);
    }
    gain_db[LOWEST - 1] = gain_db[LOWEST] / 2;
    gain_db[HIGHEST + 1] = gain_db[HIGHEST] / 2;
}

/* Overlap-save: a transform yields `hop` frames from `taps` old ones and `hop` new ones. */
struct hs_match_eq {
    int n_channels;
    size_t taps, size, hop;
    struct hs_fft fft;
    float complex *filter;
    float *in[HS_MAX_CHANNELS]; /* size each: old ones, then what is new */
    float *out[HS_MAX_CHANNELS];
    size_t filled; /* new frames that wait */
    size_t skip;   /* frames of delay that are still to be dropped */
    int64_t n_in, n_out;
};

/* dB at a frequency: between the centres of bands over the logarithm, level beyond the ends. */
static double gain_at(const double gain_db[HS_BANDS], double hz)
{
    double place = hz > 0 ? HS_BAND_1KHZ + 10 * log10(hz / 1000) : 0;
    if (place <= 0)
        return gain_db[0];
    if (place >= HS_BANDS - 1)
        return gain_db[HS_BANDS - 1];
    size_t below = (size_t)place;
    double part = place - (double)below;
    return gain_db[below] * (1 - part) + gain_db[below + 1] * part;
}

/* The zero-phase response of all bins, brought to the middle of the taps and windowed. */
static void design(struct hs_match_eq *e, int rate, const double gain_db[HS_BANDS])
{
    struct hs_fft *f = &e->fft;
    size_t half = e->taps / 2;
    float *window = HS_NEW_ARRAY(float, e->taps), *response = HS_NEW_ARRAY(float, e->size);
    for (size_t k = 0; k <= e->size / 2; k++) {
        double hz = (double)k * rate / (double)e->size;
        f->freq[k] = (float)(hs_amplitude_from_db(gain_at(gain_db, hz)) / (double)e->size);
    }
    hs_fft_inverse(f);
    hs_window_hann(window, e->taps);
    for (size_t i = 0; i < e->taps; i++)
        response[i] = f->time[(i + e->size - half) % e->size] * window[i];
    memcpy(f->time, response, e->size * sizeof(float));
    hs_fft_forward(f);
    for (size_t k = 0; k <= e->size / 2; k++)
        e->filter[k] = f->freq[k] / (float)e->size;
    hs_free(window);
    hs_free(response);
}

struct hs_match_eq *hs_match_eq_new(int sample_rate_hz, int n_channels,
                                    const double gain_db[HS_BANDS])
{
    struct hs_match_eq *e = HS_NEW(struct hs_match_eq);
    e->n_channels = n_channels;
    e->taps = sample_rate_hz >= 88200 ? 8192 : 4096;
    e->size = 4 * e->taps;
    e->hop = e->size - e->taps;
    e->skip = e->taps / 2;
    hs_fft_init(&e->fft, e->size);
    e->filter = hs_aligned(e->size / 2 + 1, sizeof *e->filter);
    for (int c = 0; c < n_channels; c++) {
        e->in[c] = HS_NEW_ARRAY(float, e->size);
        e->out[c] = HS_NEW_ARRAY(float, e->hop);
    }
    design(e, sample_rate_hz, gain_db);
    return e;
}

/* One channel, one hop. */
static void convolve(struct hs_match_eq *e, int c)
{
    struct hs_fft *f = &e->fft;
    memcpy(f->time, e->in[c], e->size * sizeof(float));
    hs_fft_forward(f);
    for (size_t k = 0; k <= e->size / 2; k++) {
        float re =
            crealf(f->freq[k]) * crealf(e->filter[k]) - cimagf(f->freq[k]) * cimagf(e->filter[k]);
        float im =
            crealf(f->freq[k]) * cimagf(e->filter[k]) + cimagf(f->freq[k]) * crealf(e->filter[k]);
        f->freq[k] = re + im * I; /* CMPLXF is not in every compiler */
    }
    hs_fft_inverse(f);
    memcpy(e->out[c], f->time + e->taps, e->hop * sizeof(float));
    memmove(e->in[c], e->in[c] + e->hop, e->taps * sizeof(float));
}

/* A full hop is turned over: the frames that are ready, without the delay and what lies behind
 * the end. */
static size_t turn(struct hs_match_eq *e, const float *const **out)
{
    size_t from = e->skip < e->hop ? e->skip : e->hop, n = e->hop - from;
    for (int c = 0; c < e->n_channels; c++)
        convolve(e, c);
    e->skip -= from;
    e->filled = 0;
    if ((int64_t)n > e->n_in - e->n_out)
        n = (size_t)(e->n_in - e->n_out);
    for (int c = 0; c < e->n_channels && from; c++)
        memmove(e->out[c], e->out[c] + from, n * sizeof(float));
    e->n_out += (int64_t)n;
    *out = (const float *const *)e->out;
    return n;
}

/* A hop is a multiple of what is pushed at most, so that none is filled twice by one push; what
 * does not fit any more begins the next one. */
size_t hs_match_eq_push(struct hs_match_eq *e, const float *const *in, size_t n,
                        const float *const **out)
{
    size_t room = e->hop - e->filled, now = n < room ? n : room, ready = 0;
    for (int c = 0; c < e->n_channels; c++)
        memcpy(e->in[c] + e->taps + e->filled, in[c], now * sizeof(float));
    e->filled += now;
    e->n_in += (int64_t)n;
    if (e->filled < e->hop)
        return 0;
    ready = turn(e, out);
    for (int c = 0; c < e->n_channels; c++)
        memcpy(e->in[c] + e->taps, in[c] + now, (n - now) * sizeof(float));
    e->filled = n - now;
    return ready;
}

size_t hs_match_eq_drain(struct hs_match_eq *e, const float *const **out)
{
    if (e->n_out >= e->n_in)
        return 0;
    for (int c = 0; c < e->n_channels; c++)
        memset(e->in[c] + e->taps + e->filled, 0, (e->hop - e->filled) * sizeof(float));
    return turn(e, out);
}

void hs_match_eq_free(struct hs_match_eq *e)
{
    if (!e)
        return;
    for (int c = 0; c < e->n_channels; c++) {
        hs_free(e->in[c]);
        hs_free(e->out[c]);
    }
    hs_fft_free(&e->fft);
    hs_free(e->filter);
    hs_free(e);
}
