/* SPDX-License-Identifier: Apache-2.0 */
/* Mains hum: lines at 50 or 60 Hz and their multiples that stand still through the quiet
 * passages. A bass note may lie close by, but it comes and goes, and no note of the tempered
 * scale (A at 440 Hz) lies within half a hertz of a multiple of 50 or 60 Hz. */
#include "core/alloc.h"
#include "core/num.h"
#include "measure/analyser.h"
#include "measure/longterm.h"

#include <math.h>

enum { HARMONICS = 6, LINES = 2 * HARMONICS };
static const double base_hz[2] = {50, 60};

/* How much of the file counts as quiet, by what sounds beside the lines: a pause shows a
 * weak hum, a whole quiet movement a steady one. */
static const double quiet_shares[] = {0.02, 0.05, 0.1, 0.2};
#define FEWEST_QUIET 8   /* frames: about three seconds */
#define PROMINENT_DB 9   /* a line over its surroundings */
#define LONE_DB 15       /* where it is the only one */
#define STEADY_SHARE 0.9 /* of the quiet frames that show it */
#define STEADY_DB 5      /* between its 10th and 90th percentile there */
#define MAINS_HZ 0.4     /* mains and playback speed stray by this, more at harmonics */
#define SILENT_POWER 1e-11

/* One frame: everything in dB of full scale power, quantised: level and prominence. */
struct moment {
    float around_db;           /* 40-400 Hz without the lines */
    uint8_t level[LINES];      /* -dB */
    uint8_t prominence[LINES]; /* dB, 0 where the peak is not at the line */
};

struct state {
    struct moment *moments;
    size_t n, cap;
};

static double power_at(const struct hs_spectrum *f, size_t bin)
{
    return (double)f->power_left[bin] + (double)f->power_right[bin];
}

/* Where the peak lies, in bins from `at`: a parabola through the logarithms, which fits a
 * Hann window's main lobe. */
static double peak_offset(const struct hs_spectrum *f, size_t at)
{
    double a = log(power_at(f, at - 1) + 1e-30), b = log(power_at(f, at) + 1e-30);
    double c = log(power_at(f, at + 1) + 1e-30), curve = a - 2 * b + c;
    return curve < 0 ? 0.5 * (a - c) / curve : INFINITY;
}

static uint8_t quantise(double db)
{
    return (uint8_t)fmax(0, fmin(255, db));
}

/* The line's power lies in its main lobe, two bins either side; its surroundings are the
 * five bins beyond three. Returns the line's power. */
static double look(const struct hs_spectrum *f, double hz, int harmonic, uint8_t *level,
                   uint8_t *prominence)
{
    size_t near = (size_t)llround(hz / f->bin_hz), top = near;
    for (size_t k = near - 1; k <= near + 1; k++)
        top = power_at(f, k) > power_at(f, top) ? k : top;
    double line = 0, around = 0;
    for (size_t k = top - 2; k <= top + 2; k++)
        line += power_at(f, k);
    for (size_t d = 4; d <= 8; d++)
        around += power_at(f, near - d) + power_at(f, near + d);
    around /= 2;
    double at_hz = ((double)top + peak_offset(f, top)) * f->bin_hz;
    bool there = fabs(at_hz - hz) < MAINS_HZ + 0.05 * harmonic;
    *level = quantise(-hs_db_from_power(line + 1e-30));
    *prominence = there && around > 0 ? quantise(hs_db_from_power(line / around)) : 0;
    return line;
}

static void spectrum(void *state, const struct hs_spectrum *f)
{
    struct state *s = state;
    if (f->resolution != HS_SPECTRUM_FINE || f->valid_hz < 400)
        return;
    struct moment m = {0};
    double sum = 0, lines = 0;
    for (size_t k = (size_t)(40 / f->bin_hz); (double)k * f->bin_hz < 400; k++)
        sum += power_at(f, k);
    if (sum < SILENT_POWER)
        return;
    for (int i = 0; i < LINES; i++) {
        int harmonic = i % HARMONICS + 1;
        lines +=
            look(f, base_hz[i / HARMONICS] * harmonic, harmonic, &m.level[i], &m.prominence[i]);
    }
    m.around_db = (float)hs_db_from_power(fmax(sum - lines, 1e-14));
    s->moments = hs_grow(s->moments, s->n, &s->cap, sizeof *s->moments);
    s->moments[s->n++] = m;
}

/* The line's level and prominence in the quiet frames; false where it is not steady. */
static bool steady_line(const struct state *s, double quiet_db, int line, double *level_db,
                        double *prominence_db)
{
    double *level = HS_NEW_ARRAY(double, s->n + 1), *over = HS_NEW_ARRAY(double, s->n + 1);
    size_t n = 0, n_quiet = 0;
    for (size_t i = 0; i < s->n; i++) {
        const struct moment *m = &s->moments[i];
        if ((double)m->around_db > quiet_db)
            continue;
        n_quiet++;
        if (m->prominence[line] < PROMINENT_DB)
            continue;
        level[n] = -(double)m->level[line];
        over[n++] = m->prominence[line];
    }
    bool steady = n_quiet >= FEWEST_QUIET && (double)n >= STEADY_SHARE * (double)n_quiet;
    if (steady) {
        *prominence_db = hs_median(over, n);
        hs_sort(level, n);
        *level_db = hs_quantile_sorted(level, n, 0.5);
        steady = hs_quantile_sorted(level, n, 0.9) - hs_quantile_sorted(level, n, 0.1) <= STEADY_DB;
    }
    hs_free(level);
    hs_free(over);
    return steady;
}

static double quiet_limit_db(const struct state *s, double share)
{
    double *around = HS_NEW_ARRAY(double, s->n);
    for (size_t i = 0; i < s->n; i++)
        around[i] = (double)s->moments[i].around_db;
    hs_sort(around, s->n);
    double least = (double)FEWEST_QUIET / (double)s->n;
    double db = hs_quantile_sorted(around, s->n, fmin(1, fmax(share, least)));
    hs_free(around);
    return db;
}

struct hum {
    double hz, power, prominence_db;
    int n_lines;
};

static struct hum find(const struct state *s, double share)
{
    struct hum best = {0};
    double quiet_db = quiet_limit_db(s, share);
    for (int b = 0; b < 2; b++) {
        struct hum h = {.hz = base_hz[b]};
        for (int i = 0; i < HARMONICS; i++) {
            double level_db, over_db;
            if (!steady_line(s, quiet_db, b * HARMONICS + i, &level_db, &over_db))
                continue;
            h.power += hs_power_from_db(level_db);
            h.prominence_db = fmax(h.prominence_db, over_db);
            h.n_lines++;
        }
        /* 300 Hz belongs to both: alone it says nothing of either. */
        if ((h.n_lines > 1 || h.prominence_db > LONE_DB) && h.power > best.power)
            best = h;
    }
    return best;
}

static void finish(void *state, const struct hs_stream *stream, int64_t n_frames,
                   struct hs_values *v)
{
    (void)stream, (void)n_frames;
    static const char *const keys[] = {"hum_db", "hum_hz", "hum_prominence_db"};
    struct state *s = state;
    struct hs_longterm lt;
    const char *why;
    struct hum h = {0};
    if (hs_longterm_read(v, &lt, &why)) {
        why = s->n < FEWEST_QUIET ? "shorter than 3 s" : NULL;
        for (size_t i = 0; s->n >= FEWEST_QUIET && i < sizeof quiet_shares / sizeof *quiet_shares;
             i++) {
            struct hum found = find(s, quiet_shares[i]);
            if (found.n_lines > h.n_lines)
                h = found;
        }
    }
    if (h.n_lines) {
        hs_values_number(v, "hum_db", hs_db_from_power(h.power / lt.power));
        hs_values_number(v, "hum_hz", h.hz);
        hs_values_number(v, "hum_prominence_db", h.prominence_db);
        return;
    }
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (why)
            hs_values_absent(v, keys[i], "%s", why);
        else
            hs_values_nothing(v, keys[i], "no steady line at 50 or 60 Hz");
}

static void stop(void *state)
{
    hs_free(((struct state *)state)->moments);
}

static const struct hs_measure measures[] = {
    {"hum_db", "dB", HS_NUMBER, 0, 1, HS_IN_JSON, "hum",
     "Power of the steady lines at 50 or 60 Hz and their first multiples in the quietest "
     "moments (2 to 20 % of the file), relative to the mean power of the programme.",
     "compare Brandt & Bitzer, AES 136 (2014), automatic detection of hum"},
    {"hum_hz", "Hz", HS_NUMBER, 0, 0, HS_IN_JSON, "hum: mains frequency", "50 or 60.", ""},
    {"hum_prominence_db", "dB", HS_NUMBER, 0, 1, HS_IN_STORE, "hum over its surroundings",
     "The clearest line over what sounds around it in the quietest moments.", ""},
};

static const char *const sources[] = {"longterm", NULL};

const struct hs_analyser hs_analyser_hum = {
    .name = "hum",
    .version = 2,
    .stage = 1,
    .works_on = sources,
    .measures = measures,
    .n_measures = sizeof measures / sizeof *measures,
    .state_size = sizeof(struct state),
    .spectrum = spectrum,
    .finish = finish,
    .stop = stop,
};
