/* SPDX-License-Identifier: Apache-2.0 */
/* Mains hum: steady lines at multiples of 50 or 60 Hz, or of what a tape at another speed makes of
 * them. The levels of the low bins are kept, half a decibel to the byte: 3 MB per hour. */
#include "core/alloc.h"
#include "core/num.h"
#include "measure/analyser.h"
#include "measure/hum_lines.h"
#include "measure/hum_passage.h"
#include "measure/longterm.h"
#include "measure/series.h"

#include <math.h>

/* Steady lines that are louder than this are a drone, not a hum. */
static const double drone_db = -22;
static const double lowest_db = -127.5;

struct state {
    struct hs_low_course course;
    uint8_t *level;
    size_t cap;
    struct hs_floats energy;
    double last_s, hop_s; /* centre of the last frame; from one to the next */
};

/* Mean of both channels. */
static double power_at(const struct hs_spectrum *f, size_t bin)
{
    return ((double)f->power_left[bin] + (double)f->power_right[bin]) / 2;
}

static void spectrum(void *state, const struct hs_spectrum *f)
{
    struct state *s = state;
    struct hs_low_course *c = &s->course;
    if (f->resolution != HS_SPECTRUM_FINE || hs_low_course_last(f->bin_hz) >= f->n_bins)
        return;
    if (f->centre_s < f->hop_s * (1 - 1e-9))
        return; /* half of it lies before the file: its lines are lower */
    s->last_s = f->centre_s;
    s->hop_s = f->hop_s;
    if (!c->n)
        *c = (struct hs_low_course){.bin_hz = f->bin_hz,
                                    .first = hs_low_course_first(f->bin_hz),
                                    .n_bins = hs_low_course_last(f->bin_hz) + 1 -
                                              hs_low_course_first(f->bin_hz)};
    while (s->cap < (c->n + 1) * c->n_bins) {
        s->cap = s->cap ? 2 * s->cap : 1024 * c->n_bins;
        s->level = hs_realloc(s->level, s->cap, sizeof *s->level);
    }
    double energy = 0;
    for (size_t k = 0; k < c->n_bins; k++) {
        double power = 2 * power_at(f, c->first + k); /* both halves of the spectrum */
        double db = fmin(fmax(hs_db_from_power(power + 1e-30), lowest_db), 0);
        s->level[c->n * c->n_bins + k] = (uint8_t)lrint(-2 * db);
        energy += power;
    }
    hs_floats_push(&s->energy, energy);
    c->n++;
}

/* Through the whole file, else in a passage. False: too few frames sound. `too_loud`: there are
 * lines all through that are louder. */
static bool find(const struct state *s, double loudest, struct hs_hum_passage *out, bool *too_loud)
{
    *out = (struct hs_hum_passage){.from = 0};
    if (!hs_hum_find(&s->course, loudest, &out->hum))
        return false;
    *too_loud = !out->hum.n_lines && out->hum.power > loudest;
    if (!out->hum.n_lines)
        hs_hum_find_passage(&s->course, loudest, out);
    return true;
}

/* A frame reaches from one hop before its centre to one behind it. */
static void put_passage(const struct state *s, const struct hs_hum_passage *p, struct hs_values *v)
{
    if (!p->to) {
        hs_values_nothing(v, "hum_from_s", "it is there all through the file");
        hs_values_nothing(v, "hum_to_s", "it is there all through the file");
        return;
    }
    double first_s = s->last_s - (double)s->course.n * s->hop_s;
    hs_values_number(v, "hum_from_s", first_s + (double)p->from * s->hop_s);
    hs_values_number(v, "hum_to_s", first_s + (double)(p->to + 1) * s->hop_s);
}

static void finish(void *state, const struct hs_stream *stream, int64_t n_frames,
                   struct hs_values *v)
{
    static const char *const keys[] = {"hum_db",     "hum_hz",  "hum_lines", "hum_prominence_db",
                                       "hum_from_s", "hum_to_s"};
    struct state *s = state;
    double end_s = (double)n_frames / stream->sample_rate_hz;
    for (; s->course.n && s->last_s + s->hop_s > end_s; s->last_s -= s->hop_s)
        s->course.n--; /* nor those that reach beyond its end */
    struct hs_longterm lt;
    const char *why;
    bool too_loud = false;
    struct hs_hum_passage p = {0};
    const struct hs_hum *h = &p.hum;
    if (hs_longterm_read(v, &lt, &why)) {
        s->course.level = s->level;
        s->course.energy = s->energy.x;
        bool told = find(s, lt.power * hs_power_from_db(drone_db), &p, &too_loud);
        why = told ? NULL : "too few moments that sound";
    }
    if (h->n_lines) {
        hs_values_number(v, "hum_db", hs_db_from_power(h->power / lt.power));
        hs_values_number(v, "hum_hz", h->hz);
        hs_values_number(v, "hum_lines", h->n_lines);
        hs_values_number(v, "hum_prominence_db", h->prominence_db);
        put_passage(s, &p, v);
        return;
    }
    if (!why && too_loud)
        why = "steady lines at 50 or 60 Hz that are louder than 22 dB below the programme: a hum "
              "cannot be told from music";
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (why)
            hs_values_absent(v, keys[i], "%s", why);
        else
            hs_values_nothing(v, keys[i], "no line at 50 or 60 Hz that is never away");
}

static void stop(void *state)
{
    struct state *s = state;
    hs_free(s->level);
    hs_floats_free(&s->energy);
}

static const struct hs_measure measures[] = {
    {"hum_db", "dB", HS_NUMBER, 0, 1, HS_IN_JSON, "hum",
     "Power of lines at multiples of 50 or 60 Hz that are never away and never lower, relative to "
     "the mean power of the programme. Off speed by up to 3 % where three lines show. Louder "
     "than -22 dB it is a drone. A drone that is as steady, and far below the music, reads as hum.",
     "compare Brandt & Bitzer, AES 136 (2014), automatic detection of hum"},
    {"hum_hz", "Hz", HS_NUMBER, 0, 1, HS_IN_JSON, "hum: frequency",
     "Of the fundamental as it plays.", ""},
    {"hum_lines", "", HS_NUMBER, 0, 0, HS_IN_JSON, "hum: lines", "Multiples that were found.", ""},
    {"hum_prominence_db", "dB", HS_NUMBER, 0, 1, HS_IN_STORE, "hum over its surroundings",
     "The clearest line over what sounds around it, in the middle.", ""},
    {"hum_from_s", "s", HS_NUMBER, 0, 1, HS_IN_JSON, "hum: from",
     "Where a hum of three lines and more at 50 or 60 Hz stands, that is not there, or not to be "
     "seen, all through the file: in the intro alone, until a channel is muted, before a fade.",
     ""},
    {"hum_to_s", "s", HS_NUMBER, 0, 1, HS_IN_JSON, "hum: to", "The end of that.", ""},
};

static const char *const sources[] = {"longterm", NULL};

const struct hs_analyser hs_analyser_hum = {
    .name = "hum",
    .version = 7,
    .stage = 1,
    .works_on = sources,
    .measures = measures,
    .n_measures = sizeof measures / sizeof *measures,
    .state_size = sizeof(struct state),
    .spectrum = spectrum,
    .finish = finish,
    .stop = stop,
};
