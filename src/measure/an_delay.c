/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Is one channel late? Generalised cross-correlation with phase transform (Knapp and Carter
 * 1976) of left and right.
 * 1. Every 4 s a passage of 8192 frames is taken. Passages in which one channel is silent are
 *    left out.
 * 2. The cross-spectrum of 100 Hz to 8 kHz is divided by its magnitude and added to the sum
 *    over all passages: one delay that the whole file shares makes a peak, the many delays of a
 *    stereo image do not.
 * 3. The sum goes back to time once. The highest magnitude within 5 ms is the delay, refined by
 *    a parabola; its sign tells the polarity, its height the agreement, and the highest value
 *    more than 0.5 ms beside it the prominence.
 */
#include "core/alloc.h"
#include "core/num.h"
#include "dsp/fft.h"
#include "measure/analyser.h"

#include <complex.h>
#include <math.h>
#include <string.h>

enum { LENGTH = 8192, EVERY_S = 4 };
static const double reach_s = 0.005, low_hz = 100, high_hz = 8000;

struct state {
    int rate;
    struct hs_fft fft;
    float *window, *left, *right;
    float complex *first; /* spectrum of the left channel */
    double *re, *im;      /* sum of whitened cross-spectra */
    int64_t passage_at;
    size_t fill;
    int n_passages;
};

static enum hs_status start(void *state, const struct hs_stream *stream, struct hs_error *err)
{
    (void)err;
    struct state *s = state;
    s->rate = stream->sample_rate_hz;
    hs_fft_init(&s->fft, LENGTH);
    s->window = HS_NEW_ARRAY(float, LENGTH);
    s->left = HS_NEW_ARRAY(float, LENGTH);
    s->right = HS_NEW_ARRAY(float, LENGTH);
    s->first = HS_NEW_ARRAY(float complex, LENGTH / 2 + 1);
    s->re = HS_NEW_ARRAY(double, LENGTH / 2 + 1);
    s->im = HS_NEW_ARRAY(double, LENGTH / 2 + 1);
    hs_window_hann(s->window, LENGTH);
    return HS_OK;
}

/* Values are far from the limits that cabs guards against. */
static double magnitude(float complex z)
{
    double re = (double)crealf(z), im = (double)cimagf(z);
    return sqrt(re * re + im * im);
}

/* Whitened: each frequency counts alike, so that loud bass does not decide. */
static void add_passage(struct state *s)
{
    s->fill = 0;
    s->passage_at += (int64_t)EVERY_S * s->rate;
    for (size_t i = 0; i < LENGTH; i++)
        s->fft.time[i] = s->left[i] * s->window[i];
    hs_fft_forward(&s->fft);
    memcpy(s->first, s->fft.freq, (LENGTH / 2 + 1) * sizeof *s->first);
    for (size_t i = 0; i < LENGTH; i++)
        s->fft.time[i] = s->right[i] * s->window[i];
    hs_fft_forward(&s->fft);
    double bin_hz = (double)s->rate / LENGTH;
    size_t low = (size_t)ceil(low_hz / bin_hz), high = (size_t)(high_hz / bin_hz);
    high = high < LENGTH / 2 ? high : LENGTH / 2;
    double power = 0;
    for (size_t k = low; k < high; k++)
        power += magnitude(s->first[k]) * magnitude(s->fft.freq[k]);
    if (power < 1e-6 * (double)LENGTH)
        return; /* nothing to hear in one of the channels */
    for (size_t k = low; k < high; k++) {
        double complex cross = (double complex)s->first[k] * conj((double complex)s->fft.freq[k]);
        double size = magnitude(s->first[k]) * magnitude(s->fft.freq[k]);
        if (size > 1e-9 * power) {
            s->re[k] += creal(cross) / size;
            s->im[k] += cimag(cross) / size;
        }
    }
    s->n_passages++;
}

/* Passages every four seconds; of mono files there is nothing to do. */
static void block(void *state, const struct hs_block *b)
{
    struct state *s = state;
    if (b->left == b->right)
        return;
    int64_t end = b->first + (int64_t)b->n_frames;
    for (int64_t at = b->first; at < end;) {
        int64_t next = s->passage_at + (int64_t)s->fill;
        if (at < next)
            at = next < end ? next : end;
        if (at >= end)
            return;
        size_t from = (size_t)(at - b->first), n = (size_t)(end - at);
        n = n < LENGTH - s->fill ? n : LENGTH - s->fill;
        memcpy(s->left + s->fill, b->left + from, n * sizeof(float));
        memcpy(s->right + s->fill, b->right + from, n * sizeof(float));
        s->fill += n;
        at += (int64_t)n;
        if (s->fill == LENGTH)
            add_passage(s);
    }
}

static double at_lag(const struct state *s, int lag)
{
    return (double)s->fft.time[lag < 0 ? LENGTH + lag : lag];
}

/* The peak within the reach, its place between the samples, and how far it stands above
 * all else there. */
static void put_delay(struct state *s, struct hs_values *v, size_t n_bins)
{
    int reach = (int)(reach_s * s->rate), peak = 0, beside = s->rate / 2000;
    for (int lag = -reach; lag <= reach; lag++)
        if (fabs(at_lag(s, lag)) > fabs(at_lag(s, peak)))
            peak = lag;
    double other = 0;
    for (int lag = -reach; lag <= reach; lag++)
        if (lag < peak - beside || lag > peak + beside)
            other = fmax(other, fabs(at_lag(s, lag)));
    double a = fabs(at_lag(s, peak - 1)), b = fabs(at_lag(s, peak)), c = fabs(at_lag(s, peak + 1)),
           bend = a - 2 * b + c;
    double shift = bend < 0 ? 0.5 * (a - c) / bend : 0;
    double height = b / (2 * (double)n_bins * s->n_passages);
    /* Left arrives later: the correlation peaks at a positive lag of the left channel. */
    hs_values_number(v, "channel_delay_ms", 1000 * (peak + shift) / s->rate);
    hs_values_number(v, "channel_delay_peak", fmin(height, 1));
    hs_values_number(v, "channel_delay_ratio", other > 0 ? fmin(b / other, 100) : 100);
    hs_values_flag(v, "channel_inverted", at_lag(s, peak) < 0);
}

static void finish(void *state, const struct hs_stream *stream, int64_t n_frames,
                   struct hs_values *values)
{
    (void)n_frames;
    static const char *const keys[] = {"channel_delay_ms", "channel_delay_peak",
                                       "channel_delay_ratio", "channel_inverted"};
    struct state *s = state;
    size_t n_bins = 0;
    for (size_t k = 0; k <= LENGTH / 2; k++) {
        s->fft.freq[k] = (float)s->re[k] + (float)s->im[k] * I;
        n_bins += s->re[k] != 0 || s->im[k] != 0;
    }
    if (!s->n_passages || !n_bins) {
        for (size_t i = 0; i < 4; i++)
            hs_values_absent(values, keys[i], "%s",
                             stream->n_channels == 1 ? "one channel"
                             : n_frames < LENGTH     ? "too short"
                                                     : "one channel is silent");
        return;
    }
    hs_fft_inverse(&s->fft);
    put_delay(s, values, n_bins);
}

static void stop(void *state)
{
    struct state *s = state;
    hs_fft_free(&s->fft);
    hs_free(s->window);
    hs_free(s->left);
    hs_free(s->right);
    hs_free(s->first);
    hs_free(s->re);
    hs_free(s->im);
}

#define SOURCE "Knapp and Carter, IEEE ASSP 24 (1976)"
static const struct hs_measure measures[] = {
    {"channel_delay_ms", "ms", HS_NUMBER, 0, 2, HS_IN_JSON, "delay between the channels",
     "Where the whitened cross-correlation of left and right (100 Hz-8 kHz, passages every "
     "4 s) peaks within 5 ms; positive when the left channel is late.",
     SOURCE},
    {"channel_delay_peak", "", HS_NUMBER, 0, 2, HS_IN_JSON, "agreement on that delay",
     "Height of that peak: 1 when every frequency of every passage has this delay.", SOURCE},
    {"channel_delay_ratio", "", HS_NUMBER, 0, 1, HS_IN_JSON, "prominence of that delay",
     "That peak over the highest one more than 0.5 ms beside it; 100 at most.", SOURCE},
    {"channel_inverted", "", HS_FLAG, 0, 0, HS_IN_JSON, "channels of opposite polarity",
     "Whether that peak is negative.", SOURCE},
};

const struct hs_analyser hs_analyser_delay = {
    .name = "delay",
    .version = 1,
    .measures = measures,
    .n_measures = sizeof measures / sizeof *measures,
    .state_size = sizeof(struct state),
    .start = start,
    .block = block,
    .finish = finish,
    .stop = stop,
};
