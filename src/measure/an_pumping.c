/* SPDX-License-Identifier: Apache-2.0 */
/* Pumping: what sounds between 1 and 5 kHz is pushed down when the low end hits, in all bands
 * at once, and comes back before the next hit. Notes that merely change there do not come
 * back, and drums that sound together go up. */
#include "core/num.h"
#include "measure/analyser.h"
#include "measure/onsets.h"
#include "measure/series.h"

#include <math.h>
#include <string.h>

enum { FIRST = 17, BANDS = 8 }; /* 1-5 kHz */
/* Frames around a hit: before 116-70 ms, dip 23-70 ms after, return 186-256 ms after. */
enum {
    PAST = 32,
    BEFORE_FROM = -5,
    BEFORE_TO = -3,
    DIP_FROM = 1,
    DIP_TO = 3,
    BACK_FROM = 8,
    BACK_TO = 11,
    WAITING = 16
};
enum { FEWEST = 16 };
#define DIP_DB 1.0
#define FLOOR 1e-4
#define FORGET_DB_PER_S 6.0

struct state {
    const struct hs_kernels *kernels;
    double ceiling[BANDS], forget;
    double level_db[PAST][BANDS]; /* of frame n % PAST */
    int64_t n, hit[WAITING];      /* hits that wait for their return */
    size_t n_hits;
    struct hs_floats dip, back;
};

/* The median over bands, so that one instrument alone does not count. */
static double middle_change(const struct state *s, int64_t hit, int from, int to)
{
    double change[BANDS];
    for (int b = 0; b < BANDS; b++) {
        double before = 0, after = 0;
        for (int64_t i = BEFORE_FROM; i <= BEFORE_TO; i++)
            before += s->level_db[(hit + i) % PAST][b] / (BEFORE_TO - BEFORE_FROM + 1);
        for (int64_t i = from; i <= to; i++)
            after += s->level_db[(hit + i) % PAST][b] / (to - from + 1);
        change[b] = after - before;
    }
    return hs_median(change, BANDS);
}

/* Hits wait until their return can be seen. */
static void spectrum(void *state, const struct hs_spectrum *f)
{
    struct state *s = state;
    if (f->resolution != HS_SPECTRUM_FAST)
        return;
    struct hs_onset onset = *f->onset;
    if (!onset.sounding)
        return;
    if (!s->n) {
        s->forget = hs_power_from_db(-FORGET_DB_PER_S * f->hop_s);
        s->kernels = hs_kernels_choose();
    }
    double *level = s->level_db[s->n % PAST];
    for (int b = 0; b < BANDS; b++) {
        double power = hs_onset_power(f, FIRST + (size_t)b, FIRST + (size_t)b);
        s->ceiling[b] = hs_larger_double(power, s->ceiling[b] * s->forget);
        level[b] = s->ceiling[b] > 0 ? power / s->ceiling[b] + FLOOR : 1;
    }
    s->kernels->decibels(level, BANDS);
    if (onset.low && s->n - 1 + BEFORE_FROM >= 0 && s->n_hits < WAITING)
        s->hit[s->n_hits++] = s->n - 1;
    if (s->n_hits && s->n == s->hit[0] + BACK_TO) {
        double dip = -middle_change(s, s->hit[0], DIP_FROM, DIP_TO);
        hs_floats_push(&s->dip, dip);
        hs_floats_push(&s->back, middle_change(s, s->hit[0], BACK_FROM, BACK_TO) + dip);
        memmove(s->hit, s->hit + 1, --s->n_hits * sizeof *s->hit);
    }
    s->n++;
}

static double median_of(const struct hs_floats *x)
{
    double *copy = HS_NEW_ARRAY(double, x->n);
    for (size_t i = 0; i < x->n; i++)
        copy[i] = (double)x->x[i];
    double m = hs_median(copy, x->n);
    hs_free(copy);
    return m;
}

/* How far the middle is pushed down and comes back, whichever is less: notes that change do not
 * come back. The share counts hits with a dip of more than 1 dB. */
static void finish(void *state, const struct hs_stream *stream, int64_t n_frames,
                   struct hs_values *v)
{
    (void)stream, (void)n_frames;
    struct state *s = state;
    if (s->dip.n < FEWEST) {
        hs_values_absent(v, "pumping_db", "too few low hits");
        hs_values_absent(v, "pumping_share", "too few low hits");
        return;
    }
    size_t n_dips = 0;
    for (size_t i = 0; i < s->dip.n; i++)
        n_dips += (double)s->dip.x[i] > DIP_DB;
    hs_values_number(v, "pumping_db", fmax(0, fmin(median_of(&s->dip), median_of(&s->back))));
    hs_values_number(v, "pumping_share", (double)n_dips / (double)s->dip.n);
}

static void stop(void *state)
{
    struct state *s = state;
    hs_floats_free(&s->dip);
    hs_floats_free(&s->back);
}

static const struct hs_measure measures[] = {
    {"pumping_db", "dB", HS_NUMBER, 0, 1, HS_IN_JSON, "pumping",
     "Median dip of 1-5 kHz (middle of eight third octaves) 23-70 ms after a hit of 45-112 Hz "
     "against 70-116 ms before it, or the median return by 186-256 ms after it where that is "
     "smaller; absent below 16 hits.",
     "own method; no standard exists"},
    {"pumping_share", "", HS_NUMBER, 0, 2, HS_IN_JSON, "hits that pump",
     "Share of the low hits with a dip of more than 1 dB.", "own method"},
};

const struct hs_analyser hs_analyser_pumping = {
    .name = "pumping",
    .version = 1,
    .measures = measures,
    .n_measures = sizeof measures / sizeof *measures,
    .state_size = sizeof(struct state),
    .spectrum = spectrum,
    .finish = finish,
    .stop = stop,
};
