/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How wet it sounds, from the master alone: how fast sounds die away, how deep the gaps between
 * them are, how diffuse left and right are. Every band is taken relative to its own recent
 * maximum, so equalisation changes none of it. Long notes and wide guitars spread further
 * between songs than reverberation does: a single song tells little without its mix
 * (docs/measures.md).
 * 1. In the third octaves from 500 Hz to 8 kHz, each frame that is no pause gives a level per
 *    band, with a floor 40 dB below the recent maximum.
 * 2. Decay: runs of falling level of 140 ms and 6 dB within 30 dB of the maximum give a slope
 *    each (after Ratnam et al. 2003).
 * 3. Falls: the change of level from frame to frame.
 * 4. Modulation: power of 2 to 16 Hz in the spectrum of 256 band powers, over the square of
 *    their mean.
 * 5. Diffuseness: the share of power over four frames that is not one panned source (Faller
 *    2006; Merimaa, Goodwin & Jot 2007).
 * 6. Each of these goes into a histogram per band. The result is the median over bands of a
 *    quantile; five bands must have enough.
 */
#include "core/num.h"
#include "dsp/fft.h"
#include "dsp/histogram.h"
#include "dsp/kernels.h"
#include "measure/analyser.h"

#include <math.h>
#include <string.h>

/* The third octaves 500 Hz-8 kHz. */
enum { FIRST = 14, BANDS = 13 };
enum { SMOOTH = 4 };       /* frames (93 ms) over which left and right are compared */
enum { MODULATION = 256 }; /* frames (5.9 s) of one modulation spectrum */
#define SHORTEST_S 20.0
/* A pause: 70 dB below the recent maximum, or no sound at all. */
#define PAUSE 1e-7
#define SILENT_POWER 1e-13
#define FORGET_DB_PER_S 6.0 /* of the recent maximum of a band */
#define FLOOR 1e-4          /* below the recent maximum */
#define HEARD 1e-2          /* a band counts within 20 dB of its recent maximum */
/* A free decay: falling without a stop for 140 ms and 6 dB (after Ratnam et al. 2003). */
#define DECAY_S 0.139
#define DECAY_DB 6.0
#define DECAY_WITHIN_DB 30.0 /* of the recent maximum; below, the floor bends it */

struct band {
    double ceiling, past_db[3], smooth_db[2]; /* newest first */
    double decay_from_db, decay_s;
    double left[SMOOTH], right[SMOOTH], re[SMOOTH], im[SMOOTH];
    float series[MODULATION];
    struct hs_histogram change, decay, diffuse, modulation;
};

struct state {
    const struct hs_kernels *kernels;
    struct band band[BANDS];
    struct hs_fft fft;
    int64_t n; /* frames that sounded */
    double hop_s, ceiling, forget;
    size_t fill;
    float window[MODULATION];
};

static enum hs_status start(void *state, const struct hs_stream *stream, struct hs_error *err)
{
    (void)stream, (void)err;
    struct state *s = state;
    s->kernels = hs_kernels_choose();
    hs_fft_init(&s->fft, MODULATION);
    for (int i = 0; i < MODULATION; i++)
        s->window[i] = (float)(1 - cos(2 * HS_PI * i / MODULATION));
    for (int b = 0; b < BANDS; b++) {
        struct band *d = &s->band[b];
        d->change.low = -20, d->change.high = 20;
        d->decay.low = log(4), d->decay.high = log(1000); /* dB per second */
        d->diffuse.low = 0, d->diffuse.high = 1;
        d->modulation.low = -40, d->modulation.high = 10;
    }
    return HS_OK;
}

/* The newest first. */
static void push(double *x, size_t n, double value)
{
    memmove(x + 1, x, (n - 1) * sizeof *x);
    x[0] = value;
}

/* Runs of falling level: their slope counts once they are long and deep enough. */
static void follow_decay(struct band *d, double hop_s)
{
    double level = (d->past_db[0] + 2 * d->past_db[1] + d->past_db[2]) / 4;
    push(d->smooth_db, 2, level);
    bool falls = level < d->smooth_db[1] - 0.05;
    if (falls && level > hs_db_fast(d->ceiling + 1e-20) - DECAY_WITHIN_DB) {
        if (d->decay_s <= 0)
            d->decay_from_db = d->smooth_db[1];
        d->decay_s += hop_s;
        return;
    }
    double fall = d->decay_from_db - d->smooth_db[1];
    if (d->decay_s > DECAY_S - hop_s / 2 && fall > DECAY_DB)
        hs_histogram_add(&d->decay, log(fall / d->decay_s));
    d->decay_s = 0;
}

static double sum(const double *x)
{
    double s = 0;
    for (int i = 0; i < SMOOTH; i++)
        s += x[i];
    return s;
}

/* The share of power that is alike in level but not in phase, left and right: what remains
 * beside one panned source (Faller 2006; Merimaa, Goodwin & Jot 2007). */
static double diffuse_share(const struct band *d)
{
    double l = sum(d->left), r = sum(d->right), re = sum(d->re), im = sum(d->im);
    double direct = sqrt((l - r) * (l - r) + 4 * (re * re + im * im));
    return l + r > 0 ? hs_larger_double(0, 1 - direct / (l + r)) : 0;
}

/* Power of the modulations of 2-16 Hz over the square of the mean. */
static void modulation(struct state *s, struct band *d)
{
    double mean = 0, moving = 0, step = 1 / (MODULATION * s->hop_s);
    for (int i = 0; i < MODULATION; i++)
        mean += (double)d->series[i] / MODULATION;
    for (int i = 0; i < MODULATION; i++)
        s->fft.time[i] = (float)(((double)d->series[i] / mean - 1) * (double)s->window[i]);
    hs_fft_forward(&s->fft);
    for (int k = 1; k < MODULATION / 2; k++)
        if (k * step >= 2 && k * step < 16)
            moving += (double)(crealf(s->fft.freq[k]) * crealf(s->fft.freq[k]) +
                               cimagf(s->fft.freq[k]) * cimagf(s->fft.freq[k]));
    if (mean > 0)
        hs_histogram_add(&d->modulation,
                         hs_db_from_power(2 * moving / MODULATION / MODULATION / 1.5 + 1e-9));
}

/* One band of one frame: change of level, decay, diffuseness. */
static void band_frame(struct state *s, struct band *d, const struct hs_band_power *p,
                       double level_db)
{
    double power = (double)p->mid + (double)p->side;
    push(d->past_db, 3, level_db);
    push(d->left, SMOOTH, (double)p->left);
    push(d->right, SMOOTH, (double)p->right);
    push(d->re, SMOOTH, (double)p->mid - (double)p->side);
    push(d->im, SMOOTH, (double)p->cross_im);
    d->series[s->fill] = (float)power;
    if (s->n < SMOOTH)
        return;
    hs_histogram_add(&d->change, d->past_db[0] - d->past_db[1]);
    follow_decay(d, s->hop_s);
    if (power > d->ceiling * HEARD)
        hs_histogram_add(&d->diffuse, diffuse_share(d));
}

static void spectrum(void *state, const struct hs_spectrum *f)
{
    struct state *s = state;
    double power = 0;
    if (f->resolution != HS_SPECTRUM_FAST)
        return;
    for (int b = 0; b < BANDS; b++)
        power += (double)f->bands[FIRST + b].mid + (double)f->bands[FIRST + b].side;
    if (s->hop_s <= 0) {
        s->hop_s = f->hop_s;
        s->forget = hs_power_from_db(-FORGET_DB_PER_S * f->hop_s);
    }
    /* Pauses: more than PAUSE below the recent maximum. */
    s->ceiling = fmax(power, s->ceiling * s->forget);
    if (power < SILENT_POWER || power < s->ceiling * PAUSE)
        return;
    /* Each band over the floor that its own recent maximum sets. */
    double level[BANDS];
    for (int b = 0; b < BANDS; b++) {
        const struct hs_band_power *p = &f->bands[FIRST + b];
        struct band *d = &s->band[b];
        double own = (double)p->mid + (double)p->side;
        d->ceiling = hs_larger_double(own, d->ceiling * s->forget);
        level[b] = own + d->ceiling * FLOOR + 1e-20;
    }
    s->kernels->decibels(level, BANDS);
    for (int b = 0; b < BANDS; b++)
        band_frame(s, &s->band[b], &f->bands[FIRST + b], level[b]);
    s->n++;
    /* Every 256 frames the modulation of what has come together. */
    if (++s->fill < MODULATION)
        return;
    s->fill = 0;
    for (int b = 0; b < BANDS; b++)
        modulation(s, &s->band[b]);
}

/* The middle band's quantile, of the bands that have enough to say; NaN below five. */
static double middle(const struct state *s, size_t offset, double p, uint32_t least)
{
    double x[BANDS];
    size_t n = 0;
    for (int b = 0; b < BANDS; b++) {
        const struct hs_histogram *h =
            (const struct hs_histogram *)((const char *)&s->band[b] + offset);
        if (h->n >= least)
            x[n++] = hs_histogram_quantile(h, p);
    }
    return n >= 5 ? hs_median(x, n) : NAN;
}

static void put(struct hs_values *v, const char *key, double x, const char *why)
{
    if (isfinite(x))
        hs_values_number(v, key, x);
    else
        hs_values_absent(v, key, "%s", why);
}

static void finish(void *state, const struct hs_stream *stream, int64_t n_frames,
                   struct hs_values *v)
{
    (void)n_frames;
    static const char *const keys[] = {"decay_s", "fall_db_per_s", "modulation_db", "diffuseness"};
    struct state *s = state;
    if ((double)s->n * s->hop_s < SHORTEST_S) {
        for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
            hs_values_absent(v, keys[i], s->n ? "shorter than 20 s" : "silent");
        return;
    }
    double slope = middle(s, offsetof(struct band, decay), 0.5, 8);
    put(v, keys[0], 60 / exp(slope), "no free decays");
    put(v, keys[1], -middle(s, offsetof(struct band, change), 0.05, 100) / s->hop_s,
        "too little sound");
    put(v, keys[2], middle(s, offsetof(struct band, modulation), 0.5, 2), "too little sound");
    if (stream->n_channels == 1)
        hs_values_absent(v, keys[3], "mono");
    else
        put(v, keys[3], middle(s, offsetof(struct band, diffuse), 0.5, 100), "too little sound");
}

static void stop(void *state)
{
    hs_fft_free(&((struct state *)state)->fft);
}

#define BANDS_WORDS "in the third octaves 500 Hz-8 kHz"

static const struct hs_measure measures[] = {
    {"decay_s", "s", HS_NUMBER, 0, 2, HS_IN_JSON, "decay time",
     "60 dB over the median slope of free decays (140 ms and 6 dB of falling level without a "
     "stop) " BANDS_WORDS "; the middle band counts. Notes that ring and reverberation both "
     "lengthen it.",
     "after Ratnam et al., JASA 114 (2003)"},
    {"fall_db_per_s", "dB/s", HS_NUMBER, 0, 0, HS_IN_STORE, "steepest falls",
     "Fall of the level that 5 % of the frames exceed, " BANDS_WORDS "; reverberation makes "
     "it smaller.",
     ""},
    {"modulation_db", "dB", HS_NUMBER, 0, 1, HS_IN_STORE, "modulation",
     "Power of the fluctuations of 2-16 Hz of the band powers over the square of their "
     "mean, " BANDS_WORDS "; reverberation lowers it.",
     "Houtgast & Steeneken, JASA 77 (1985) (modulation transfer function)"},
    {"diffuseness", "", HS_NUMBER, 0, 2, HS_IN_JSON, "diffuseness",
     "Share of the power that is not one panned source, from the powers and the cross spectrum "
     "of left and right over 93 ms, " BANDS_WORDS "; the middle band's median.",
     "Faller, JAES 54 (2006); Merimaa, Goodwin & Jot, AES 123 (2007)"},
};

const struct hs_analyser hs_analyser_space = {
    .name = "space",
    .version = 1,
    .measures = measures,
    .n_measures = sizeof measures / sizeof *measures,
    .state_size = sizeof(struct state),
    .start = start,
    .spectrum = spectrum,
    .finish = finish,
    .stop = stop,
};
