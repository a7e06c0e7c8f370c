/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Level of kick, snare and bass as far as a finished stereo track tells, each with how sure it
 * is that there is one. What is masked is not seen: a kick behind the bass reads as absent, not
 * as low.
 * 1. Onsets of the shared spectra (measure/onsets.h) mark low and broad hits. Sixteen frames
 *    are kept, so that a hit is looked at when its tail is known.
 * 2. Kick: a low hit. Its level is the power that 45 to 112 Hz gain; its tail is that power
 *    some 170 ms later.
 * 3. Snare: a broad hit without a low one near it, in the middle of the stereo picture, with a
 *    good part of the gain above 2 kHz.
 * 4. Bass: median power of 45 to 224 Hz apart from low hits.
 * 5. Presence runs from 0 to 1: how many hits there are per second, how even their levels are,
 *    for the kick how fast they die away, and whether they add to the whole at all: of 85 songs
 * with a kick the middle is 3 dB above the loudness of the whole, spread 2.7; syllables of speech
 * read 12 dB below it; a snare is not surer than the kick. For the bass it is its level against
 * integrated loudness.
 */
#include "core/num.h"
#include "dsp/histogram.h"
#include "measure/analyser.h"
#include "measure/onsets.h"
#include "measure/series.h"

#include <math.h>

enum { PAST = 16, AFTER = 8 }; /* frames; the tail of a hit is looked at 162-186 ms on */
enum { KICK, SNARE, BASS, SOURCES };

#define WIRES 0.12 /* share of 2-9 kHz in what a snare hit adds */

struct moment {
    double low, broad, high, bass, centre; /* powers; centre: share of mid in broad */
};

struct state {
    struct moment past[PAST]; /* of frame n % PAST */
    bool low_hit[PAST], broad_hit[PAST];
    int64_t n, last_low;
    double sounding_s;
    struct hs_floats kick, kick_tail, snare; /* dB */
    struct hs_histogram bass;                /* dB */
};

/* The hit of frame `at`, once its tail is there: a kick, a snare, or neither. */
static void put_hits(struct state *s, int64_t at)
{
    const struct moment *before = &s->past[(at - 2) % PAST],
                        *tail = &s->past[(at + AFTER - 1) % PAST];
    double low = 0, broad = 0, high = 0, centre = 0;
    for (int64_t i = at; i < at + 3; i++) {
        const struct moment *m = &s->past[i % PAST];
        low = fmax(low, m->low);
        centre = m->broad > broad ? m->centre : centre;
        broad = fmax(broad, m->broad);
        high = fmax(high, m->high);
    }
    if (s->low_hit[at % PAST] && low > before->low) {
        hs_floats_push(&s->kick, hs_db_from_power(low - before->low));
        hs_floats_push(&s->kick_tail, hs_db_from_power((tail->low + 1e-4 * low) / low));
        return;
    }
    bool near_low = false;
    for (int64_t i = at - 2; i <= at + 2; i++)
        near_low |= s->low_hit[i % PAST];
    /* Snare wires are noise: a good part of the hit lies above 2 kHz. */
    bool wires =
        high > 2.5 * before->high && high - before->high > WIRES * (broad - before->broad) / 2;
    if (s->broad_hit[at % PAST] && !near_low && centre > 0.7 && broad > before->broad && wires)
        hs_floats_push(&s->snare, hs_db_from_power(broad - before->broad));
}

static enum hs_status start(void *state, const struct hs_stream *stream, struct hs_error *err)
{
    (void)stream, (void)err;
    struct state *s = state;
    s->bass.low = -90;
    s->bass.high = 10;
    return HS_OK;
}

/* An onset is known a frame late, because it is a local maximum. */
static void spectrum(void *state, const struct hs_spectrum *f)
{
    struct state *s = state;
    if (f->resolution != HS_SPECTRUM_FAST)
        return;
    struct hs_onset onset = *f->onset;
    if (!onset.sounding)
        return;
    double mid = 0, side = 0;
    for (size_t b = 9; b <= 26; b++)
        mid += (double)f->bands[b].mid, side += (double)f->bands[b].side;
    s->past[s->n % PAST] = (struct moment){.low = 2 * hs_onset_power(f, 4, 7),
                                           .broad = 2 * (mid + side),
                                           .high = hs_onset_power(f, 20, 26),
                                           .bass = 2 * hs_onset_power(f, 4, 10),
                                           .centre = mid + side > 0 ? mid / (mid + side) : 0};
    s->low_hit[s->n % PAST] = s->broad_hit[s->n % PAST] = false;
    if (s->n > 0) { /* the peak was the frame before */
        s->low_hit[(s->n - 1) % PAST] = onset.low;
        s->broad_hit[(s->n - 1) % PAST] = onset.broad;
        s->last_low = onset.low ? s->n - 1 : s->last_low;
    }
    if (s->n > PAST)
        put_hits(s, s->n - AFTER + 1);
    if (s->n - s->last_low > 5 && s->sounding_s > 0)
        hs_histogram_add(&s->bass, hs_db_from_power(s->past[s->n % PAST].bass + 1e-14));
    s->sounding_s += f->hop_s;
    s->n++;
}

/* Quantiles 0.25, 0.5, 0.75 of a series. */
static void quartiles(const struct hs_floats *x, double q[3])
{
    double *copy = HS_NEW_ARRAY(double, x->n + 1);
    for (size_t i = 0; i < x->n; i++)
        copy[i] = (double)x->x[i];
    hs_sort(copy, x->n);
    for (int i = 0; i < 3; i++)
        q[i] = hs_quantile_sorted(copy, x->n, 0.25 * (i + 1));
    hs_free(copy);
}

/* 0 at `none`, 1 at `sure`, straight in between. */
static double ramp(double x, double none, double sure)
{
    return fmax(0, fmin(1, (x - none) / (sure - none)));
}

/* Often and even: hits per second, and between the quartiles of their level. */
static double regular(const struct hs_floats *hits, double sounding_s, double q[3])
{
    if (hits->n < 16)
        return 0;
    quartiles(hits, q);
    return fmin(ramp((double)hits->n / sounding_s, 0.2, 0.6), ramp(q[2] - q[0], 9, 4));
}

/* The level relative to integrated loudness; absent without presence. */
static void put(struct hs_values *v, const char *level_key, const char *presence_key,
                double level_db, double presence, double lufs, const char *what)
{
    hs_values_number(v, presence_key, presence);
    if (presence > 0 && isfinite(level_db) && isfinite(lufs))
        hs_values_number(v, level_key, level_db - lufs);
    else
        hs_values_absent(v, level_key, "%s", what);
}

static void finish(void *state, const struct hs_stream *stream, int64_t n_frames,
                   struct hs_values *v)
{
    (void)stream, (void)n_frames;
    static const char *const keys[SOURCES][2] = {{"kick_level_db", "kick_presence"},
                                                 {"snare_level_db", "snare_presence"},
                                                 {"bass_level_db", "bass_presence"}};
    struct state *s = state;
    if (s->sounding_s < 20) {
        for (int i = 0; i < SOURCES; i++)
            for (int k = 0; k < 2; k++)
                hs_values_absent(v, keys[i][k], s->n ? "shorter than 20 s" : "silent");
        return;
    }
    double lufs = hs_values_or_nan(v, "integrated_lufs"), q[3] = {NAN, NAN, NAN}, tail[3];
    double kick = regular(&s->kick, s->sounding_s, q);
    if (kick > 0) {
        quartiles(&s->kick_tail, tail);
        kick = fmin(kick, ramp(tail[1], -3, -7));
        kick = fmin(kick, ramp(q[2] - lufs, -10, -6)); /* NaN without a loudness: as it is */
    }
    put(v, keys[KICK][0], keys[KICK][1], q[2], kick, lufs, "no kick drum was found");
    q[2] = NAN;
    double snare = regular(&s->snare, s->sounding_s, q);
    snare = fmin(snare, kick); /* brass and piano hit like this too: a kit is asked for */
    put(v, keys[SNARE][0], keys[SNARE][1], q[2], snare, lufs, "no snare drum was found");
    double bass_db = hs_histogram_quantile(&s->bass, 0.5);
    double bass = s->bass.n > 100 && isfinite(lufs) ? ramp(bass_db - lufs, -22, -14) : 0;
    put(v, keys[BASS][0], keys[BASS][1], bass_db, bass, lufs, "no bass line was found");
}

static void stop(void *state)
{
    struct state *s = state;
    hs_floats_free(&s->kick);
    hs_floats_free(&s->kick_tail);
    hs_floats_free(&s->snare);
}

#define ONE "0: none, 1: sure; judged from 0.5 on."

static const struct hs_measure measures[] = {
    {"kick_level_db", "dB", HS_NUMBER, 0, 1, HS_IN_JSON, "kick level",
     "Upper quartile, over the low hits, of the power that 45-112 Hz gain within 70 ms, "
     "relative to integrated loudness.",
     "docs/measures.md"},
    {"kick_presence", "", HS_NUMBER, 0, 2, HS_IN_JSON, "kick presence",
     "Whether low hits come often, evenly, die away fast, and add to the whole (not 10 dB below "
     "its "
     "loudness, surely from 6 below on). " ONE,
     ""},
    {"snare_level_db", "dB", HS_NUMBER, 0, 1, HS_IN_JSON, "snare level",
     "Upper quartile, over the broad hits in the middle of the picture that have no low end, "
     "of the power that 141 Hz-9 kHz gain within 70 ms, relative to integrated loudness.",
     "docs/measures.md"},
    {"snare_presence", "", HS_NUMBER, 0, 2, HS_IN_JSON, "snare presence",
     "Whether such hits come often and evenly, and beside a kick drum. " ONE, ""},
    {"bass_level_db", "dB", HS_NUMBER, 0, 1, HS_IN_JSON, "bass level",
     "Median power of 45-224 Hz apart from the low hits, relative to integrated loudness.",
     "docs/measures.md"},
    {"bass_presence", "", HS_NUMBER, 0, 2, HS_IN_JSON, "bass presence",
     "Whether there is a bass at all: 0 at 22 dB below integrated loudness, 1 at 14. " ONE, ""},
};

static const char *const sources[] = {"loudness", NULL};

const struct hs_analyser hs_analyser_drums = {
    .name = "drums",
    .version = 2,
    .stage = 1,
    .reads = sources,
    .measures = measures,
    .n_measures = sizeof measures / sizeof *measures,
    .state_size = sizeof(struct state),
    .start = start,
    .spectrum = spectrum,
    .finish = finish,
    .stop = stop,
};
