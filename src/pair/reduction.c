/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Each tick of the pass gives a gain, the level and peak of the equalised mix and the peak
 *    of the master. A tick is active if it is not far below the loud ones.
 * 2. Two level models are fitted to the gain of a minute at most: by power and by peaks
 *    (pair/level_model.h). The better one gives what is reduced at each tick, if it explains a
 *    quarter of the fast variance.
 * 3. The slow gain is the moving mean over 1.5 s of the gain with the modelled reduction put
 *    back.
 * 4. Unity gain is the median gain of the ticks that the model does not reduce. Where there are
 *    few of them, or their quietest fifth still has a higher gain, the reduction is a lower
 *    bound. Reduction is unity gain less the gain; beside a fade, less the slow gain as well.
 * 5. The residual at one gain, at a slow gain and at all of it comes from the sums of the
 *    ticks; so do the seconds that the mix does not explain (pair/missing.h).
 * 6. For the devices: how often deep moments lie at the ceiling (pair/ceiling_hits.h), and what
 *    the gain does where a limiter would have nothing to do.
 */
#include "pair/reduction.h"

#include "core/alloc.h"
#include "core/num.h"
#include "pair/ceiling_hits.h"
#include "pair/missing.h"

#include <math.h>
#include <string.h>

/* A tick is active within this of the loud ones (95th percentile of level), of the master's
 * highest peak, and of the median gain. */
static const double active_db = 40, active_peak_db = 50, active_gain_db = 25;
/* Share of a moment of the master that the mix explains where it sounds in it, however softly. */
static const float least_explained = 0.5f;
/* What a level model must explain of the fast variance to count (steady pairs: up to 0.20). */
static const double least_r2 = 0.25;
/* A tick is at unity gain where the model reduces it by less; with fewer of them the device
 * reduces all the time, and the reduction is a lower bound. */
static const double at_unity_db = 0.15, least_at_unity = 0.04;
/* Quiet moments whose gain is still so much higher are reduced, too. */
static const double still_rising_db = 0.3;
/* A second, slower release (opto) is not back so soon; limiters, which follow peaks, have none. */
static const double long_rest_s = 0.2;
static const double slow_s = 1.5, fast_s = 3;
enum {
    MOST_FITTED = 6000, /* ticks that level models are fitted to: 60 s */
    LEAST_QUIET = 150,
    LEAST_CALM = 100,
};

static void reduction_init(struct hs_reduction *r, size_t n)
{
    *r = (struct hs_reduction){.n = n,
                               .ceiling_hits = -1,
                               .near_hits = -1,
                               .before_hits = -1,
                               .fall_hits = -1,
                               .calm_p90_db = NAN};
    r->quiet_r2 = r->quiet_p95_db = r->quiet_fall_db = NAN;
    r->before_p95_db = r->behind_p95_db = NAN;
    double **const series[] = {&r->gain_db,  &r->level_db, &r->peak_x_db, &r->peak_y_db,
                               &r->model_db, &r->slow_db,  &r->power_db};
    for (size_t i = 0; i < sizeof series / sizeof *series; i++)
        *series[i] = HS_NEW_ARRAY(double, n + 1);
    r->weight = HS_NEW_ARRAY(float, n + 1);
    r->sounds = HS_NEW_ARRAY(float, n + 1);
    r->db = HS_NEW_ARRAY(float, n + 1);
    r->best = &r->power;
}

void hs_reduction_free(struct hs_reduction *r)
{
    hs_free(r->gain_db);
    hs_free(r->level_db);
    hs_free(r->peak_x_db);
    hs_free(r->peak_y_db);
    hs_free(r->model_db);
    hs_free(r->slow_db);
    hs_free(r->power_db);
    hs_free(r->weight);
    hs_free(r->sounds);
    hs_free(r->db);
    *r = (struct hs_reduction){0};
}

/* Ticks in decibels. */
static void fill_series(const struct hs_pass *p, struct hs_reduction *r)
{
    for (size_t i = 0; i < r->n; i++) {
        const struct hs_pass_tick *t = &p->tick[i];
        double gain = (double)t->flat_gxx / fmax((double)t->flat_xx, 1e-15);
        r->gain_db[i] = hs_db_from_amplitude(fmax(gain, 1e-4));
        r->level_db[i] =
            hs_db_from_power(fmax((double)t->xx / fmax(2 * (double)t->frames, 1), 1e-15));
        r->power_db[i] = hs_db_from_power(fmax((double)t->yy, 1e-30) / fmax((double)t->xx, 1e-15));
        r->peak_x_db[i] = hs_db_from_amplitude(fmax((double)t->peak_x, 1e-4));
        r->peak_y_db[i] = hs_db_from_amplitude(fmax((double)t->peak_y, 1e-4));
        r->weight[i] = t->frames > 0 ? 1 : 0;
    }
}

/* Loud ticks that the mix explains; what lies far below the usual gain is a fade. */
static void find_active(const struct hs_pass *p, struct hs_reduction *r, double *work)
{
    double top = hs_ticks_quantile(r->level_db, r->weight, r->n, 0.95, work), peak = -INFINITY;
    for (size_t i = 0; i < r->n; i++)
        peak = fmax(peak, r->peak_y_db[i]);
    r->least_db = top - active_db;
    for (size_t i = 0; i < r->n; i++) {
        const struct hs_pass_tick *t = &p->tick[i];
        const bool loud = r->level_db[i] > r->least_db;
        r->sounds[i] =
            r->weight[i] > 0 && loud && t->xy > 0 && t->xy * t->xy > least_explained * t->xx * t->yy
                ? 1
                : 0;
        if (!loud || !(r->peak_y_db[i] > peak - active_peak_db))
            r->weight[i] = 0;
    }
    double middle = hs_ticks_quantile(r->gain_db, r->weight, r->n, 0.5, work);
    for (size_t i = 0; i < r->n; i++) {
        if (!(r->gain_db[i] > middle - active_gain_db))
            r->weight[i] = 0;
        r->n_active += r->weight[i] > 0;
    }
}

/* Up to a minute of ticks: of longer pieces six runs, evenly spread. */
static size_t pick(const struct hs_reduction *r, const double *x, double *out)
{
    enum { RUNS = 6 };
    if (r->n <= MOST_FITTED) {
        memcpy(out, x, r->n * sizeof *out);
        return r->n;
    }
    const size_t len = MOST_FITTED / RUNS;
    for (size_t k = 0; k < RUNS; k++)
        memcpy(out + k * len, x + (r->n - len) * k / (RUNS - 1), len * sizeof *out);
    return RUNS * len;
}

struct picked {
    double gain[MOST_FITTED], level[MOST_FITTED], weight_d[MOST_FITTED];
    float weight[MOST_FITTED];
    size_t n;
};

/* A model over the ticks that count. */
static void fit_to(const struct hs_reduction *r, const double *level_db, const float *weight,
                   struct picked *k, struct hs_level_model *out)
{
    double *w = HS_NEW_ARRAY(double, r->n + 1);
    for (size_t i = 0; i < r->n; i++)
        w[i] = (double)weight[i];
    pick(r, r->gain_db, k->gain);
    pick(r, level_db, k->level);
    k->n = pick(r, w, k->weight_d);
    for (size_t i = 0; i < k->n; i++)
        k->weight[i] = (float)k->weight_d[i];
    hs_level_model_fit(k->gain, k->level, k->weight, k->n, HS_PASS_HZ, fast_s, out);
    hs_free(w);
}

static void fit_models(struct hs_reduction *r, struct picked *k)
{
    fit_to(r, r->level_db, r->weight, k, &r->power);
    fit_to(r, r->peak_x_db, r->weight, k, &r->peaks);
    r->best = r->power.r2 >= r->peaks.r2 ? &r->power : &r->peaks;
    if (r->best->r2 >= least_r2)
        hs_level_model_run(r->best, r->best == &r->power ? r->level_db : r->peak_x_db, r->n,
                           HS_PASS_HZ, r->model_db);
}

static void find_slow(struct hs_reduction *r, double *work)
{
    double *sum = HS_NEW_ARRAY(double, r->n + 1);
    for (size_t i = 0; i < r->n; i++)
        sum[i] = r->gain_db[i] + r->model_db[i];
    hs_ticks_slow(sum, r->weight, r->n, (size_t)(slow_s * HS_PASS_HZ), r->slow_db);
    hs_free(sum);
    r->slow_range_db = hs_ticks_quantile(r->slow_db, r->weight, r->n, 0.99, work) -
                       hs_ticks_quantile(r->slow_db, r->weight, r->n, 0.01, work);
}

/* Gain of the quietest fifth of the moments that the model calls unreduced, over that of all of
 * them: it is the same where the device does not reduce there; it is higher where even the
 * quietest moments lie above the threshold. */
static double quiet_rise(const struct hs_reduction *r, const double *flat, const float *unity,
                         double unity_db, double *work)
{
    double *level = HS_NEW_ARRAY(double, r->n + 1);
    hs_ticks_slow(r->level_db, r->weight, r->n, (size_t)(0.1 * HS_PASS_HZ), level);
    const double most = hs_ticks_quantile(level, unity, r->n, 0.2, work);
    size_t k = 0;
    for (size_t i = 0; i < r->n; i++)
        if (unity[i] > 0 && level[i] <= most)
            work[k++] = flat[i];
    hs_free(level);
    return k ? hs_median(work, k) - unity_db : 0;
}

/* Four fifths of the unreduced moments lie no longer behind a reduction, in seconds. */
static double rest_s(const struct hs_reduction *r, const float *unity, double *work)
{
    double *behind = HS_NEW_ARRAY(double, r->n + 1), ticks = 0;
    for (size_t i = 0; i < r->n; i++) {
        ticks = unity[i] > 0 ? ticks + 1 : r->weight[i] > 0 ? 0 : ticks;
        behind[i] = ticks;
    }
    const double most = hs_ticks_quantile(behind, unity, r->n, 0.8, work);
    hs_free(behind);
    return most / HS_PASS_HZ;
}

/* Reduction of each active tick against unity gain. */
static void find_reduction(struct hs_reduction *r, double *work)
{
    const bool fading = r->slow_range_db > HS_FADING_DB;
    double *flat = HS_NEW_ARRAY(double, r->n + 1), *with_model = HS_NEW_ARRAY(double, r->n + 1);
    float *unity = HS_NEW_ARRAY(float, r->n + 1);
    size_t n_unity = 0;
    for (size_t i = 0; i < r->n; i++) {
        flat[i] = r->gain_db[i] - (fading ? r->slow_db[i] : 0);
        with_model[i] = flat[i] + r->model_db[i];
        unity[i] = r->weight[i] > 0 && r->model_db[i] < at_unity_db ? 1 : 0;
        n_unity += unity[i] > 0;
    }
    r->lower_bound = (double)n_unity < least_at_unity * (double)r->n_active;
    r->unity_gain_db = r->lower_bound ? hs_ticks_quantile(with_model, r->weight, r->n, 0.5, work)
                                      : hs_ticks_quantile(flat, unity, r->n, 0.5, work);
    /* where the gain still rises towards quiet, unity lies higher */
    if (!r->lower_bound && r->best->r2 >= least_r2) {
        double rise = quiet_rise(r, flat, unity, r->unity_gain_db, work);
        const bool rests = r->best == &r->peaks || rest_s(r, unity, work) >= long_rest_s;
        r->lower_bound = rise > still_rising_db || !rests;
        r->unity_gain_db += rise > still_rising_db ? rise : 0;
    }
    size_t k = 0;
    for (size_t i = 0; i < r->n; i++) {
        double away = r->unity_gain_db - flat[i];
        r->db[i] = r->weight[i] > 0 ? (float)away : NAN;
        if (r->weight[i] > 0)
            work[k++] = away;
    }
    hs_sort(work, k);
    r->median_db = hs_quantile_sorted(work, k, 0.5);
    r->p95_db = hs_quantile_sorted(work, k, 0.95);
    r->p99_db = hs_quantile_sorted(work, k, 0.99);
    hs_free(flat);
    hs_free(with_model);
    hs_free(unity);
}

/* Of two devices in a row: what the second takes of the moments in which the mix would pass its
 * ceiling is what the model of the first does not; all else is the first one's. over: peaks of the
 * mix at unity gain above the ceiling, dB; rest: room for a tick each. */
static void share_out(struct hs_reduction *r, const double *first, const double *over, double *rest,
                      double *work)
{
    for (size_t i = 0; i < r->n; i++) {
        const bool passes = hs_ticks_highest(over, r->n, i, 20, 3) >= -0.5;
        rest[i] = passes ? fmax((double)r->db[i] - first[i], 0) : 0;
    }
    r->behind_p95_db = hs_ticks_quantile(rest, r->weight, r->n, 0.95, work);
    for (size_t i = 0; i < r->n; i++)
        rest[i] = (double)r->db[i] - rest[i];
    r->before_p95_db = hs_ticks_quantile(rest, r->weight, r->n, 0.95, work);
}

/* A compressor before a limiter shows where the limiter has nothing to do: away from the
 * ceiling, and where the mix would not pass it. */
static void find_calm(struct hs_reduction *r, struct picked *k, double *work)
{
    float *quiet = HS_NEW_ARRAY(float, r->n + 1);
    double *over = HS_NEW_ARRAY(double, r->n + 1), *x = HS_NEW_ARRAY(double, r->n + 1),
           *rest = HS_NEW_ARRAY(double, r->n + 1);
    const double usual_db = hs_ticks_quantile(r->slow_db, r->weight, r->n, 0.5, work);
    size_t n_quiet = 0, n_calm = 0;
    for (size_t i = 0; i < r->n; i++) {
        bool away = hs_ticks_highest(r->peak_y_db, r->n, i, 10, 10) < r->ceiling_db - 1.5;
        quiet[i] = r->weight[i] > 0 && away && hs_hits_at_usual_gain(r, i, usual_db) ? 1 : 0;
        n_quiet += quiet[i] > 0;
        over[i] = r->peak_x_db[i] + r->unity_gain_db - r->ceiling_db +
                  (r->slow_range_db > HS_FADING_DB ? r->slow_db[i] : 0);
    }
    /* what follows level where no peak reaches the ceiling */
    if (n_quiet > LEAST_QUIET) {
        struct hs_level_model m;
        fit_to(r, r->level_db, quiet, k, &m);
        hs_level_model_run(&m, r->level_db, r->n, HS_PASS_HZ, x);
        r->quiet_r2 = m.r2;
        r->quiet_p95_db = hs_ticks_quantile(x, quiet, r->n, 0.95, work);
        share_out(r, x, over, rest, work);
        hs_hits_falls(r, x);
        r->quiet_fall_db = hs_ticks_quantile(x, quiet, r->n, 0.95, work);
    }
    for (size_t i = 0; i < r->n; i++)
        if (r->weight[i] > 0 && hs_ticks_highest(over, r->n, i, 20, 3) < -0.5 && over[i] > -8 &&
            hs_hits_at_usual_gain(r, i, usual_db))
            work[n_calm++] = (double)r->db[i];
    hs_sort(work, n_calm);
    if (n_calm >= LEAST_CALM)
        r->calm_p90_db = hs_quantile_sorted(work, n_calm, 0.9);
    hs_free(quiet);
    hs_free(over);
    hs_free(x);
    hs_free(rest);
}

/* What one gain leaves of all ticks, and what the slow gain leaves; a tick's sums say it. */
static void find_residuals(const struct hs_pass *p, struct hs_reduction *r)
{
    double *slow = HS_NEW_ARRAY(double, r->n + 1);
    double sum[2][2] = {{0}}, yy = 1e-20, rr = 0;
    hs_ticks_slow(r->gain_db, r->weight, r->n, (size_t)(slow_s * HS_PASS_HZ), slow);
    for (size_t i = 0; i < r->n; i++) {
        const struct hs_pass_tick *t = &p->tick[i];
        double s = hs_amplitude_from_db(slow[i]);
        sum[0][0] += (double)t->xx, sum[0][1] += (double)t->xy;
        sum[1][0] += s * s * (double)t->xx, sum[1][1] += s * (double)t->xy;
        yy += (double)t->yy, rr += (double)t->rr;
    }
    double left[2];
    for (int k = 0; k < 2; k++)
        left[k] = yy - (sum[k][0] > 0 ? sum[k][1] * sum[k][1] / sum[k][0] : 0);
    r->steady_residual_db = fmax(hs_db_from_power(fmax(left[0], 0) / yy), -60);
    r->slow_residual_db = fmax(hs_db_from_power(fmax(left[1], 0) / yy), -60);
    r->residual_db = fmax(hs_db_from_power(rr / yy), -120);
    hs_free(slow);
}

/* Gain against unity, then how it follows level and peaks. */
void hs_reduction_find(const struct hs_pass *p, const struct hs_models *models,
                       struct hs_reduction *out)
{
    struct picked *k = HS_NEW(struct picked);
    double *work = HS_NEW_ARRAY(double, p->n_ticks + 1);
    reduction_init(out, p->n_ticks);
    fill_series(p, out);
    find_active(p, out, work);
    out->ceiling_db = hs_db_from_amplitude(fmax(models->peak_top, 1e-4));
    if (!models->settled)
        fit_models(out, k);
    find_slow(out, work);
    find_reduction(out, work);
    find_residuals(p, out);
    if (!models->settled) {
        hs_hits_find(p, out, work);
        find_calm(out, k, work);
    }
    hs_missing_find(p, out, work);
    hs_free(work);
    hs_free(k);
}
