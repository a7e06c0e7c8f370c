/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The noise floor: what is left in the quietest moments. Music is not steady there: tones have
 * peaks, cymbals decay, fades have no level.
 * 1. In moments of 0.37 s, the power of 4 to 8 kHz and its spread over frames are taken, and
 *    how peaky the spectrum is. A moment is noise if it is steady and without lines.
 * 2. Of the quietest 20, 8, 4 and 2 % of the moments, the first share is taken of which three
 *    quarters are noise, of one level within 1.5 dB, near which most moments of noise of the
 *    whole file lie.
 * 3. The median of these is the floor, relative to the mean power of the programme. Above -30
 *    dB the noise is part of the music.
 */
#include "core/alloc.h"
#include "core/num.h"
#include "dsp/kernels.h"
#include "dsp/spectral.h"
#include "measure/analyser.h"
#include "measure/longterm.h"
#include "measure/series.h"

#include <math.h>

#define LOW_HZ 4000.0
#define HIGH_HZ 8000.0
#define MOMENT_S 0.37 /* 16 frames of 44.1 kHz */
/* Shares of the moments that are not silent: a pause shows a floor that is covered most of
 * the time ... */
static const double quiet_shares[] = {0.2, 0.08, 0.04, 0.02};
enum { FEWEST = 4 };     /* ... but at least this many */
#define NOISE_SHARE 0.75 /* of these that must be noise */
#define FLOOR_DB 1.5     /* spread of their levels (10th to 90th percentile) */
/* A floor is a wall: of all moments of noise so many lie this near to it. Surf and noise that is
 * played come from above and go below. */
#define WALL_SHARE 0.6
#define WALL_DB 1.5
#define PART_OF_MUSIC_DB -30 /* of the programme: from here on noise is meant */
#define SILENT_POWER 1e-12
/* n sum p^2 / (sum p)^2 over the bins: 2 for noise in one channel, 1.5 for two independent
 * ones, more for a sloping spectrum, much more with lines. */
#define PEAKY 2.7
/* Standard deviation over mean of the frames' powers: 4 kHz of noise in 46 ms give 0.09. */
#define UNSTEADY 0.18

struct state {
    const struct hs_kernels *kernels;
    struct hs_span_bins span;
    double sum, sum_sq, peaky, n; /* of the moment that runs */
    double ends_s;
    struct hs_floats level, noise; /* per moment: power, 1 where it is noise */
};

/* Closes a moment: is it steady, and without lines? */
static void put_moment(struct state *s)
{
    if (s->n >= 4 && s->sum > 0) {
        double mean = s->sum / s->n;
        double variance = fmax(0, s->sum_sq / s->n - mean * mean);
        hs_floats_push(&s->level, mean);
        hs_floats_push(&s->noise,
                       s->peaky / s->n < PEAKY && sqrt(variance) < UNSTEADY * mean ? 1 : 0);
    }
    s->sum = s->sum_sq = s->peaky = s->n = 0;
}

static void spectrum(void *state, const struct hs_spectrum *f)
{
    struct state *s = state;
    if (f->resolution != HS_SPECTRUM_FAST || f->valid_hz < HIGH_HZ)
        return;
    if (!s->span.n) {
        s->span = hs_span_bins(LOW_HZ, HIGH_HZ, f->bin_hz, f->n_bins);
        s->kernels = hs_kernels_choose();
    }
    while (f->centre_s >= s->ends_s) {
        put_moment(s);
        s->ends_s += MOMENT_S;
    }
    double of[2]; /* the bins and their squares */
    s->kernels->sum_squares(f->power_left + s->span.first, f->power_right + s->span.first,
                            s->span.n, of);
    if (of[0] < SILENT_POWER)
        return;
    s->sum += of[0], s->sum_sq += of[0] * of[0], s->n++;
    s->peaky += of[1] * (double)s->span.n / (of[0] * of[0]);
}

/* Levels of the moments of noise among those at or below a limit, sorted. */
static size_t noise_below(const struct state *s, double limit_db, double *out, size_t *n_quiet)
{
    size_t n = 0;
    *n_quiet = 0;
    for (size_t i = 0; i < s->level.n; i++) {
        double db = hs_db_from_power((double)s->level.x[i]);
        *n_quiet += db <= limit_db;
        if (db <= limit_db && s->noise.x[i] > 0)
            out[n++] = db;
    }
    hs_sort(out, n);
    return n;
}

/* Do most moments of noise of the whole file stand at this level? */
static bool is_wall(const struct state *s, double floor_db)
{
    size_t n = 0, near = 0;
    for (size_t i = 0; i < s->level.n; i++)
        if (s->noise.x[i] > 0) {
            n++;
            near += fabs(hs_db_from_power((double)s->level.x[i]) - floor_db) < WALL_DB;
        }
    return (double)near >= WALL_SHARE * (double)n;
}

/* Level of the quietest moments in dB, or NaN with *why. */
static double quiet_level(const struct state *s, double share, const char **why)
{
    size_t n = s->level.n, n_quiet;
    double *x = HS_NEW_ARRAY(double, n), floor_db = NAN;
    for (size_t i = 0; i < n; i++)
        x[i] = hs_db_from_power((double)s->level.x[i]);
    hs_sort(x, n);
    double least = (double)(FEWEST - 1) / (double)n;
    double limit = hs_quantile_sorted(x, n, fmin(1, fmax(share, least)));
    size_t n_noise = noise_below(s, limit, x, &n_quiet);
    *why = "the quietest moments are music";
    if (n_noise && (double)n_noise >= NOISE_SHARE * (double)n_quiet) {
        double spread = hs_quantile_sorted(x, n_noise, 0.9) - hs_quantile_sorted(x, n_noise, 0.1);
        floor_db = hs_quantile_sorted(x, n_noise, 0.5);
        *why = spread > FLOOR_DB       ? "the quietest moments have no common level"
               : !is_wall(s, floor_db) ? "noise that swells is no floor"
                                       : NULL;
    }
    hs_free(x);
    return *why ? NAN : floor_db;
}

/* The floor of the first share of moments that has one; louder than -30 dB under the programme it
 * is taken as part of the music. */
static void finish(void *state, const struct hs_stream *stream, int64_t n_frames,
                   struct hs_values *v)
{
    (void)stream, (void)n_frames;
    struct state *s = state;
    struct hs_longterm lt;
    const char *why;
    double floor_db = NAN;
    put_moment(s);
    if (hs_longterm_read(v, &lt, &why)) {
        why = lt.rate_hz < 2 * HIGH_HZ ? "sample rate too low" : "too short";
        for (size_t i = 0; i < sizeof quiet_shares / sizeof *quiet_shares; i++)
            if (s->level.n >= FEWEST && !isfinite(floor_db))
                floor_db = quiet_level(s, quiet_shares[i], &why);
        floor_db -= hs_db_from_power(lt.power);
        if (floor_db > PART_OF_MUSIC_DB) {
            why = "the noise is part of the music";
            floor_db = NAN;
        }
    }
    if (isfinite(floor_db))
        hs_values_number(v, "noise_floor_db", floor_db);
    else
        hs_values_absent(v, "noise_floor_db", "%s", why);
}

static void stop(void *state)
{
    hs_floats_free(&((struct state *)state)->level);
    hs_floats_free(&((struct state *)state)->noise);
}

static const struct hs_measure measures[] = {
    {"noise_floor_db", "dB", HS_NUMBER, 0, 1, HS_IN_JSON, "noise floor",
     "Power of 4-8 kHz in the quietest 2 to 20 % of the file, relative to the mean power of the "
     "programme; absent unless these moments are steady, without lines and of one level, most "
     "noise of the file stands there, and it is at most -30 dB. Steady rain reads as much. "
     "White noise reads 7.4 dB below its own power at 44.1 kHz.",
     ""},
};

static const char *const sources[] = {"longterm", NULL};

const struct hs_analyser hs_analyser_noise = {
    .name = "noise",
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
