/* SPDX-License-Identifier: Apache-2.0 */
/* How much of the music is struck, and how often. Bass and treble of a song grow with its
 * percussion (Elowsson & Friberg 2017), which is no fault. So equalisation must not
 * change this measure: it is made from rises between 200 Hz and 2 kHz, each band relative to
 * itself. */
#include "core/num.h"
#include "measure/analyser.h"
#include "measure/onsets.h"

/* Half-way: the median over 181 pieces of game music (rock, electronic, orchestral). */
#define MIDDLE_DB_PER_S 16.0
#define SHORTEST_S 5.0

struct state {
    double rise_db, sounding_s;
    int64_t n_broad, n_low;
};

static void spectrum(void *state, const struct hs_spectrum *f)
{
    struct state *s = state;
    if (f->resolution != HS_SPECTRUM_FAST)
        return;
    struct hs_onset onset = *f->onset;
    if (!onset.sounding)
        return;
    s->rise_db += onset.rise_db / 2; /* a rise is seen over two hops: counted once */
    s->sounding_s += f->hop_s;
    s->n_broad += onset.broad;
    s->n_low += onset.low;
}

/* Percussiveness is 0 without rises, 0.5 at the median rate of 181 pieces, and nears 1. */
static void finish(void *state, const struct hs_stream *stream, int64_t n_frames,
                   struct hs_values *v)
{
    (void)stream, (void)n_frames;
    static const char *const keys[] = {"percussiveness", "onset_rate_hz", "low_onset_rate_hz"};
    struct state *s = state;
    if (s->sounding_s < SHORTEST_S) {
        for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
            hs_values_absent(v, keys[i], s->sounding_s > 0 ? "shorter than 5 s" : "silent");
        return;
    }
    double rate = s->rise_db / s->sounding_s;
    hs_values_number(v, "percussiveness", rate / (rate + MIDDLE_DB_PER_S));
    hs_values_number(v, "onset_rate_hz", (double)s->n_broad / s->sounding_s);
    hs_values_number(v, "low_onset_rate_hz", (double)s->n_low / s->sounding_s);
}

#define WHITENING "Stowell & Plumbley, ICMC 2007 (adaptive whitening)"

static const struct hs_measure measures[] = {
    {"percussiveness", "", HS_NUMBER, 0, 2, HS_IN_JSON, "percussiveness",
     "r / (r + 16 dB/s), where r is how fast the eleven third octaves 200 Hz-2 kHz rise "
     "together: the middle rise of the bands, each relative to its own recent maximum, per "
     "second of sound. 0: sustained, 1: struck; equalisation does not move it.",
     WHITENING},
    {"onset_rate_hz", "1/s", HS_NUMBER, 0, 2, HS_IN_JSON, "onsets per second",
     "Moments at which the middle one of these bands rises by 4 dB or more, per second of "
     "sound.",
     WHITENING},
    {"low_onset_rate_hz", "1/s", HS_NUMBER, 0, 2, HS_IN_STORE, "low onsets per second",
     "Rises of 45-112 Hz by 6 dB or more to within 12 dB of the recent maximum, per second "
     "of sound.",
     WHITENING},
};

const struct hs_analyser hs_analyser_rhythm = {
    .name = "rhythm",
    .version = 1,
    .measures = measures,
    .n_measures = sizeof measures / sizeof *measures,
    .state_size = sizeof(struct state),
    .spectrum = spectrum,
    .finish = finish,
};
