/* SPDX-License-Identifier: Apache-2.0 */
/* Hiss of consonants and colour of a voice. Both are measures of a voice's own stem: in a
 * finished track none of the methods that were tried tells a voice from other instruments in the
 * middle (docs/measures.md), so neither its presence nor its level is measured there. */
#include "core/num.h"
#include "measure/analyser.h"
#include "measure/onsets.h"
#include "measure/series.h"

#include <math.h>

/* 5-10 kHz and 1-4 kHz bands: where sibilants and where vowels are. */
enum { HISS_FIRST = 24, HISS_LAST = 27, VOWEL_FIRST = 17, VOWEL_LAST = 23 };
enum { BODY_FIRST = 10, BODY_LAST = 20, EDGE_FIRST = 20, EDGE_LAST = 25 };
enum { FEWEST = 8 };
#define BURST_FROM_S 0.03
#define BURST_TO_S 0.25
#define BURST_DB 6.0     /* hiss over vowel, in a burst */
#define HEARD_DB (-30.0) /* of the recent maximum */
#define FORGET_DB_PER_S 3.0

struct state {
    double vowel, body, edge, sounding_s; /* sums over the frames that sound */
    double ceiling, burst_s, burst_peak;
    bool struck; /* a low hit during the burst: a drum, no consonant */
    int64_t n;
    struct hs_floats bursts; /* power of the peak */
};

/* Power of the middle of the image over bands. */
static double mid(const struct hs_spectrum *f, size_t first, size_t last)
{
    double sum = 0;
    for (size_t b = first; b <= last; b++)
        sum += (double)f->bands[b].mid;
    return sum;
}

/* A consonant lasts 30 to 250 ms and comes without a low hit. */
static void end_burst(struct state *s)
{
    if (s->burst_s >= BURST_FROM_S && s->burst_s <= BURST_TO_S && !s->struck)
        hs_floats_push(&s->bursts, s->burst_peak);
    s->burst_s = s->burst_peak = 0;
    s->struck = false;
}

/* Vowels, body and edge of what sounds, and bursts of hiss: frames in which 5 to 10 kHz stand 6 dB
 * over 1 to 4 kHz. */
static void spectrum(void *state, const struct hs_spectrum *f)
{
    struct state *s = state;
    if (f->resolution != HS_SPECTRUM_FAST || !f->onset->sounding)
        return;
    double hiss = mid(f, HISS_FIRST, HISS_LAST), vowel = mid(f, VOWEL_FIRST, VOWEL_LAST);
    double all = hiss + mid(f, BODY_FIRST, VOWEL_LAST);
    s->ceiling = fmax(all, s->ceiling * hs_power_from_db(-FORGET_DB_PER_S * f->hop_s));
    if (all > s->ceiling * hs_power_from_db(HEARD_DB)) {
        s->vowel += vowel, s->n++;
        s->body += mid(f, BODY_FIRST, BODY_LAST);
        s->edge += mid(f, EDGE_FIRST, EDGE_LAST);
        s->sounding_s += f->hop_s;
    }
    bool burst =
        hiss > vowel * hs_power_from_db(BURST_DB) && hiss > s->ceiling * hs_power_from_db(HEARD_DB);
    if (!burst) {
        end_burst(s);
        return;
    }
    s->burst_s += f->hop_s;
    s->burst_peak = fmax(s->burst_peak, hiss);
    s->struck |= f->onset->low;
}

/* Sibilance is the 75th percentile of the bursts' peaks over the mean power of the vowels. */
static void finish(void *state, const struct hs_stream *stream, int64_t n_frames,
                   struct hs_values *v)
{
    (void)stream, (void)n_frames;
    struct state *s = state;
    const char *unknown = "a voice cannot be told from other instruments without its stem";
    hs_values_absent(v, "vocal_presence", "%s", unknown);
    hs_values_absent(v, "vocal_level_db", "%s", unknown);
    end_burst(s);
    if (s->edge > 0 && s->body > 0 && s->sounding_s >= 5)
        hs_values_number(v, "vocal_tone_db", hs_db_from_power(s->edge / s->body));
    else
        hs_values_absent(v, "vocal_tone_db", "shorter than 5 s");
    if (s->bursts.n < FEWEST || !(s->vowel > 0)) {
        hs_values_absent(v, "sibilance_db", "fewer than %d bursts", FEWEST);
        return;
    }
    double *x = HS_NEW_ARRAY(double, s->bursts.n);
    for (size_t i = 0; i < s->bursts.n; i++)
        x[i] = (double)s->bursts.x[i];
    hs_sort(x, s->bursts.n);
    hs_values_number(
        v, "sibilance_db",
        hs_db_from_power(hs_quantile_sorted(x, s->bursts.n, 0.75) / (s->vowel / (double)s->n)));
    hs_free(x);
}

static void stop(void *state)
{
    hs_floats_free(&((struct state *)state)->bursts);
}

static const struct hs_measure measures[] = {
    {"vocal_presence", "", HS_NUMBER, 0, 2, HS_IN_STORE, "presence of a voice",
     "Always absent: no measure of a stereo track was found that tells it.", "docs/measures.md"},
    {"vocal_level_db", "dB", HS_NUMBER, 0, 1, HS_IN_JSON, "level of the voice",
     "Absent without the voice's stem; with one the loudness of the stem counts.",
     "docs/measures.md"},
    {"vocal_tone_db", "dB", HS_NUMBER, 0, 1, HS_IN_STORE, "colour of a voice's stem",
     "Power of the 2-6.3 kHz third octaves over that of 200 Hz-2 kHz, mid signal, while it "
     "sounds. Says something of a voice in its stem only.",
     ""},
    {"sibilance_db", "dB", HS_NUMBER, 0, 1, HS_IN_STORE, "sibilance of a voice's stem",
     "Upper quartile, over bursts of 30-250 ms in which 5-10 kHz exceed 1-4 kHz by 6 dB and "
     "nothing hits below 112 Hz, of the power of 5-10 kHz, over the mean power of 1-4 kHz; mid "
     "signal. Says something of a voice in its stem only.",
     ""},
};

const struct hs_analyser hs_analyser_voice = {
    .name = "voice",
    .version = 1,
    .measures = measures,
    .n_measures = sizeof measures / sizeof *measures,
    .state_size = sizeof(struct state),
    .spectrum = spectrum,
    .finish = finish,
    .stop = stop,
};
