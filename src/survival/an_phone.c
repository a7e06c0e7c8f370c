/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Phone, laptop and a small wireless speaker: how much loudness is left behind their high-passes
 * (and in one channel), and whether the bass line is carried by its overtones where a phone plays
 * no bass. Models; from the shared spectra.
 */
#include "core/alloc.h"
#include "core/num.h"
#include "dsp/gating.h"
#include "dsp/kweight.h"
#include "measure/analyser.h"
#include "measure/series.h"
#include "model/survival.h"

#include <complex.h>
#include <math.h>

enum { DEVICES = 3, COURSES = DEVICES + 1, HIGHEST_PARTIAL = 24, LEAST_FRAMES = 8 };
static const struct {
    const char *key;
    double hz; /* of a Butterworth high-pass of fourth order */
    bool mono;
} devices[DEVICES] = {{"phone.loss_lu", 350, true},
                      {"laptop.loss_lu", 180, false},
                      {"small_speaker.loss_lu", 80, true}};

/* A bass note is a peak of 40 to 120 Hz that stands so far over what lies around it. */
#define NOTE_FROM_HZ 40.0
#define NOTE_TO_HZ 120.0
#define NOTE_DB 12.0
#define HEARD_FROM_HZ 350.0 /* what a phone plays ... */
#define HEARD_TO_HZ 900.0   /* ... as far as the fine spectrum reaches */
#define BASS_TO_HZ 250.0
#define PARTIAL_DB 20.0 /* below the strongest, a partial counts */

struct state {
    double *weight[COURSES]; /* per bin of FAST frames; the last one is the music as it is */
    size_t n_bins;
    struct hs_floats power[COURSES]; /* per frame */
    double hop_s;
    struct hs_floats carried, partials; /* per FINE frame with a bass note */
};

/* Weights of the bins: the high-pass of each device times K-weighting. */
static void weigh(struct state *s, const struct hs_spectrum *f)
{
    struct hs_kweight k;
    double rate_hz = 2 * f->bin_hz * (double)(f->n_bins - 1);
    hs_kweight_init(&k, (int)lround(rate_hz));
    s->n_bins = f->n_bins;
    s->hop_s = f->hop_s;
    for (int d = 0; d < COURSES; d++) {
        s->weight[d] = HS_NEW_ARRAY(double, f->n_bins);
        for (size_t i = 0; i < f->n_bins; i++) {
            double hz = (double)i * f->bin_hz;
            double pass = d == DEVICES ? 1 : 1 / (1 + pow(devices[d].hz / fmax(hz, 1), 8));
            s->weight[d][i] = pass * hs_kweight_power(&k, hz, rate_hz);
        }
    }
}

/* The weighted power of a frame for each device; some play both channels as one. */
static void add_fast(struct state *s, const struct hs_spectrum *f)
{
    if (!s->n_bins)
        weigh(s, f);
    for (int d = 0; d < COURSES; d++) {
        bool mono = d < DEVICES && devices[d].mono;
        double sum = 0;
        for (size_t i = 0; i < s->n_bins; i++)
            sum += s->weight[d][i] * (mono ? 2 * (double)f->power_mid[i]
                                           : (double)f->power_left[i] + (double)f->power_right[i]);
        hs_floats_push(&s->power[d], 2 * sum);
    }
}

/* The power of the strongest line within a hundredth of a frequency. */
static double near_peak(const struct hs_spectrum *f, double hz, size_t *at)
{
    size_t middle = (size_t)lround(hz / f->bin_hz), best = middle;
    size_t reach = 1 + (size_t)(0.01 * (double)middle);
    for (size_t i = middle - reach; i <= middle + reach && i < f->n_bins; i++)
        if (f->power_mid[i] > f->power_mid[best])
            best = i;
    *at = best;
    double sum = 0;
    for (size_t i = best - 1; i <= best + 1 && i < f->n_bins; i++)
        sum += (double)f->power_mid[i];
    return sum;
}

/* Between two partials, as three bins. */
static double floor_at(const struct hs_spectrum *f, double hz)
{
    size_t i = (size_t)lround(hz / f->bin_hz);
    if (i < 1 || i + 1 >= f->n_bins)
        return 0;
    return (double)f->power_mid[i - 1] + (double)f->power_mid[i] + (double)f->power_mid[i + 1];
}

/* Where between the bins a peak stands: a parabola through its logarithms. */
static double between(const struct hs_spectrum *f, size_t best)
{
    double low = log((double)f->power_mid[best - 1] + 1e-30);
    double top = log((double)f->power_mid[best] + 1e-30);
    double high = log((double)f->power_mid[best + 1] + 1e-30);
    double bend = low - 2 * top + high;
    return bend < 0 ? 0.5 * (low - high) / bend : 0;
}

/* The strongest low note that is clear, in Hz; 0: none. */
static double bass_note(const struct hs_spectrum *f)
{
    size_t from = (size_t)ceil(NOTE_FROM_HZ / f->bin_hz), to = (size_t)(NOTE_TO_HZ / f->bin_hz);
    size_t best = from;
    double mean = 0;
    for (size_t i = from; i <= to && i < f->n_bins; i++) {
        mean += (double)f->power_mid[i] / (double)(to - from + 1);
        if (f->power_mid[i] > f->power_mid[best])
            best = i;
    }
    double peak = (double)f->power_mid[best];
    bool clear = peak > 0 && hs_db_from_power(peak) - hs_db_from_power(mean) > NOTE_DB &&
                 best > from && best < to;
    return clear ? ((double)best + between(f, best)) * f->bin_hz : 0;
}

/* Of a clear bass note: what its overtones that a phone plays have over its lowest partials. */
static void add_fine(struct state *s, const struct hs_spectrum *f)
{
    double hz = f->valid_hz >= HEARD_TO_HZ ? bass_note(f) : 0;
    const double edge =
        0.995; /* a partial on the border is one, whatever the last hundredth says */
    double power[HIGHEST_PARTIAL + 1] = {0}, bass = 0, heard = 0, most = 0;
    if (!(hz > 0))
        return;
    for (int k = 1; k <= HIGHEST_PARTIAL && k * hz < edge * HEARD_TO_HZ; k++) {
        size_t at;
        double sum = near_peak(f, k * hz, &at);
        power[k] = fmax(0, sum - floor_at(f, (k + 0.5) * hz));
        bass += k * hz < edge * BASS_TO_HZ ? power[k] : 0;
        heard += k * hz >= edge * HEARD_FROM_HZ ? power[k] : 0;
        most = fmax(most, power[k]);
    }
    double n = 0;
    for (int k = 1; k <= HIGHEST_PARTIAL; k++)
        n += k * hz >= edge * HEARD_FROM_HZ && power[k] > most * hs_power_from_db(-PARTIAL_DB);
    if (!(bass > 0))
        return;
    hs_floats_push(&s->carried,
                   fmax(-60, hs_db_from_power(heard + 1e-30) - hs_db_from_power(bass)));
    hs_floats_push(&s->partials, n);
}

static void spectrum(void *state, const struct hs_spectrum *f)
{
    if (f->resolution == HS_SPECTRUM_FAST)
        add_fast(state, f);
    else
        add_fine(state, f);
}

/* Gated loudness of a course of frames: means of 400 ms, every frame. */
static double loudness(const struct hs_floats *p, double hop_s)
{
    size_t n = (size_t)fmax(1, lround(0.4 / hop_s));
    struct hs_floats blocks = {0};
    double sum = 0;
    for (size_t i = 0; i < p->n; i++) {
        sum += (double)p->x[i];
        if (i >= n)
            sum -= (double)p->x[i - n];
        if (i + 1 >= n)
            hs_floats_push(&blocks, fmax(0, sum) / (double)n);
    }
    double gate = hs_gate(blocks.x, blocks.n, -10);
    double lufs = gate > 0 ? hs_lufs(hs_gated_mean(blocks.x, blocks.n, gate)) : NAN;
    hs_floats_free(&blocks);
    return lufs;
}

/* Of a copy, because it is sorted. */
static double median(const struct hs_floats *s)
{
    double *x = HS_NEW_ARRAY(double, s->n + 1);
    for (size_t i = 0; i < s->n; i++)
        x[i] = (double)s->x[i];
    double middle = hs_median(x, s->n);
    hs_free(x);
    return middle;
}

/* Absent with fewer than eight frames with a clear bass note. */
static void put_carried(struct state *s, struct hs_values *v, const char *why)
{
    if (!why && s->carried.n < LEAST_FRAMES)
        why = "no clear bass notes";
    if (why) {
        hs_values_absent(v, "phone.carried_db", "%s", why);
        hs_values_absent(v, "phone.harmonics", "%s", why);
        return;
    }
    hs_values_number(v, "phone.carried_db", median(&s->carried));
    hs_values_number(v, "phone.harmonics", median(&s->partials));
}

/* Loudness behind each device less that of the whole. */
static void finish(void *state, const struct hs_stream *stream, int64_t n_frames,
                   struct hs_values *v)
{
    struct state *s = state;
    const char *why = (double)n_frames / stream->sample_rate_hz < 10 ? "shorter than 10 s" : NULL;
    double whole = why ? NAN : loudness(&s->power[DEVICES], s->hop_s);
    if (!why && !isfinite(whole))
        why = "silent";
    for (int d = 0; d < DEVICES; d++) {
        double lufs = why ? NAN : loudness(&s->power[d], s->hop_s);
        if (why)
            hs_values_absent(v, devices[d].key, "%s", why);
        else if (!isfinite(lufs))
            hs_values_absent(v, devices[d].key, "nothing is left above the gate");
        else
            hs_values_number(v, devices[d].key, lufs - whole);
    }
    put_carried(s, v, why);
}

static void stop(void *state)
{
    struct state *s = state;
    for (int d = 0; d < COURSES; d++) {
        hs_free(s->weight[d]);
        hs_floats_free(&s->power[d]);
    }
    hs_floats_free(&s->carried);
    hs_floats_free(&s->partials);
}

#define MODEL " A model."
static const struct hs_measure measures[] = {
    {"phone.loss_lu", "LU", HS_NUMBER, 0, 1, HS_IN_STORE, "loudness left on a phone",
     "Loudness in one channel behind a high-pass of fourth order at 350 Hz, minus that of the "
     "music." MODEL,
     "docs/survival.md"},
    {"laptop.loss_lu", "LU", HS_NUMBER, 0, 1, HS_IN_STORE, "loudness left on a laptop",
     "Loudness behind a high-pass of fourth order at 180 Hz, minus that of the music." MODEL,
     "docs/survival.md"},
    {"small_speaker.loss_lu", "LU", HS_NUMBER, 0, 1, HS_IN_STORE,
     "loudness left on a small speaker",
     "Loudness in one channel behind a high-pass of fourth order at 80 Hz, minus that of the "
     "music." MODEL,
     "docs/survival.md"},
    {"phone.carried_db", "dB", HS_NUMBER, 0, 1, HS_IN_STORE, "bass line carried by its overtones",
     "Over the frames with a clear bass note (40 to 120 Hz): power of its overtones of 350 to "
     "900 Hz over that of its partials below 250 Hz, the median. Below -30 dB a phone has nothing "
     "to play of it. An indication: other instruments count where they share its overtones.",
     "docs/survival.md"},
    {"phone.harmonics", "", HS_NUMBER, 0, 0, HS_IN_STORE, "overtones of the bass line",
     "How many of these overtones are within 20 dB of the strongest partial, the median; three are "
     "needed for the ear to add the note.",
     "docs/survival.md"},
};

const struct hs_analyser hs_analyser_phone = {
    .name = "phone",
    .version = 1,
    .on_request = HS_TO_PHONE,
    .measures = measures,
    .n_measures = sizeof measures / sizeof *measures,
    .state_size = sizeof(struct state),
    .spectrum = spectrum,
    .finish = finish,
    .stop = stop,
};
