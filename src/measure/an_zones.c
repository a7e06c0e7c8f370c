/* SPDX-License-Identifier: Apache-2.0 */
/* The series of the spectrum: level of seven zones and width of the middle, per second, from
 * which rules take the times where a fault is worst. */
#include "core/num.h"
#include "dsp/spectral.h"
#include "measure/analyser.h"
#include "measure/series.h"

#include <math.h>

enum { ZONES = 7, FINE_ZONES = 3, SIDES = ZONES, COURSES = ZONES + 2 };

/* Groups of third octaves: first and last band. */
static const struct zone {
    const char *key;
    size_t first, last;
} zones[COURSES] = {
    {"zones_db.sub", 1, 4},        {"zones_db.bass", 5, 8},
    {"zones_db.low_mid", 9, 13},   {"zones_db.mid", 14, 19},
    {"zones_db.presence", 20, 24}, {"zones_db.air", 25, 28},
    {"zones_db.top", 29, 30},      {"_sides", 12, 23},
    {"_centre", 12, 23},
};

struct state {
    double sum[COURSES], n[2]; /* of the second that runs, n per resolution */
    int64_t second[2];
    struct hs_floats series[COURSES];
    struct hs_span_bins span[FINE_ZONES];
    bool ready;
};

/* Fine frames give the lowest three zones, fast ones the rest. */
static void put_second(struct state *s, enum hs_resolution r)
{
    int from = r == HS_SPECTRUM_FINE ? 0 : FINE_ZONES;
    int to = r == HS_SPECTRUM_FINE ? FINE_ZONES : COURSES;
    for (int z = from; z < to; z++) {
        hs_floats_push(&s->series[z], s->n[r] > 0 ? s->sum[z] / s->n[r] : 0);
        s->sum[z] = 0;
    }
    s->n[r] = 0;
    s->second[r]++;
}

static void add_fast(struct state *s, const struct hs_spectrum *f)
{
    for (int z = FINE_ZONES; z < ZONES; z++)
        for (size_t b = zones[z].first; b <= zones[z].last; b++)
            s->sum[z] += (double)(f->bands[b].left + f->bands[b].right) / 2;
    for (size_t b = zones[SIDES].first; b <= zones[SIDES].last; b++) {
        s->sum[SIDES] += (double)f->bands[b].side;
        s->sum[SIDES + 1] += (double)f->bands[b].mid;
    }
}

static void add_fine(struct state *s, const struct hs_spectrum *f)
{
    for (int z = 0; z < FINE_ZONES; z++) {
        if (!s->ready)
            s->span[z] = hs_span_bins(hs_band_low_hz(zones[z].first),
                                      hs_band_high_hz(zones[z].last), f->bin_hz, f->n_bins);
        s->sum[z] += (double)hs_span_sum(&s->span[z], f->power_left) +
                     (double)hs_span_sum(&s->span[z], f->power_right);
    }
    s->ready = true;
}

static void spectrum(void *state, const struct hs_spectrum *f)
{
    struct state *s = state;
    enum hs_resolution r = f->resolution;
    while (f->centre_s >= (double)(s->second[r] + 1))
        put_second(s, r);
    s->n[r]++;
    if (r == HS_SPECTRUM_FAST)
        add_fast(s, f);
    else
        add_fine(s, f);
}

/* Powers become dB, and sides and centre their ratio; -140 dB stands for silence. */
static void finish(void *state, const struct hs_stream *stream, int64_t n_frames,
                   struct hs_values *v)
{
    (void)stream;
    struct state *s = state;
    if (!n_frames) {
        for (int z = 0; z < ZONES; z++)
            hs_values_absent(v, zones[z].key, "no audio");
        hs_values_absent(v, "sides_mid_course_db", "no audio");
        return;
    }
    for (int r = 0; r < 2; r++)
        if (s->n[r] > 0)
            put_second(s, (enum hs_resolution)r);
    for (int z = 0; z < ZONES; z++) {
        for (size_t i = 0; i < s->series[z].n; i++)
            s->series[z].x[i] = (float)hs_db_from_power(fmax((double)s->series[z].x[i], 1e-14));
        hs_values_series(v, zones[z].key, s->series[z].x, s->series[z].n, 0, 1);
    }
    struct hs_floats *side = &s->series[SIDES], *mid = &s->series[SIDES + 1];
    for (size_t i = 0; i < side->n; i++)
        side->x[i] = side->x[i] > 0 && mid->x[i] > 0
                         ? (float)hs_db_from_power((double)side->x[i] / (double)mid->x[i])
                         : NAN;
    hs_values_series(v, "sides_mid_course_db", side->x, side->n, 0, 1);
}

static void stop(void *state)
{
    for (int z = 0; z < COURSES; z++)
        hs_floats_free(&((struct state *)state)->series[z]);
}

#define ZONE(name, words)                                                                          \
    {                                                                                              \
        "zones_db." name, "dB", HS_SERIES, 0, 1, HS_IN_STORE, "series of the " words,              \
            "Power of (|L|^2 + |R|^2) / 2 in the " words " per second, full scale power 1, not "   \
            "below -140 dB.",                                                                      \
            ""                                                                                     \
    }

static const struct hs_measure measures[] = {
    ZONE("sub", "sub bass (25-50 Hz bands)"),
    ZONE("bass", "bass (63-125 Hz bands)"),
    ZONE("low_mid", "low middle (160-400 Hz bands)"),
    ZONE("mid", "middle (500 Hz-1.6 kHz bands)"),
    ZONE("presence", "presence (2-5 kHz bands)"),
    ZONE("air", "treble (6.3-12.5 kHz bands)"),
    ZONE("top", "top (16 and 20 kHz bands)"),
    {"sides_mid_course_db", "dB", HS_SERIES, 0, 1, HS_IN_STORE, "series of the width",
     "Power of (L - R) / 2 over that of (L + R) / 2 in the 315 Hz-4 kHz bands per second.", ""},
};

const struct hs_analyser hs_analyser_zones = {
    .name = "zones",
    .version = 1,
    .measures = measures,
    .n_measures = sizeof measures / sizeof *measures,
    .state_size = sizeof(struct state),
    .spectrum = spectrum,
    .finish = finish,
    .stop = stop,
};
