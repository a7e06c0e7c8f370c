/* SPDX-License-Identifier: Apache-2.0 */
/* The standard error is that of the jackknife: each second is left out once. */
#include "pair/residual_course.h"

#include "core/alloc.h"
#include "core/num.h"

#include <math.h>

static const char key[] = "residual_series";
enum { FEWEST_S = 8 };
/* Floors of a second's residual, of the master's mean power: nothing below counts (-100 dB). */
static const double least_share = 1e-10;

/* What is left unexplained by the second, over the mean power. */
void hs_residual_course_put(const struct hs_pass *p, struct hs_values *v)
{
    const double start_s = floor(p->start_s);
    const size_t n = p->n_ticks / HS_PASS_HZ + 2;
    double *left = HS_NEW_ARRAY(double, n), *ticks = HS_NEW_ARRAY(double, n), yy = 0, all = 0;
    float *out = HS_NEW_ARRAY(float, n);
    for (size_t i = 0; i < p->n_ticks; i++) {
        const double at_s = p->start_s - start_s + ((double)i + 0.5) / HS_PASS_HZ;
        const size_t k = (size_t)at_s < n ? (size_t)at_s : n - 1;
        if (!(p->tick[i].frames > 0))
            continue;
        left[k] += (double)p->tick[i].rr;
        ticks[k]++;
        yy += (double)p->tick[i].yy;
        all++;
    }
    for (size_t k = 0; k < n; k++)
        out[k] = 2 * ticks[k] >= HS_PASS_HZ && yy > 0
                     ? (float)hs_db_from_power(fmax(left[k] / ticks[k] / (yy / all), least_share))
                     : NAN;
    hs_values_series(v, key, out, n, start_s, 1);
    hs_free(left);
    hs_free(ticks);
    hs_free(out);
}

double hs_residual_moves_db(const struct hs_pass *p, double low, size_t fewest)
{
    const double whole = 0.9; /* of a second's frames */
    double *x = HS_NEW_ARRAY(double, p->n_ticks / HS_PASS_HZ + 1);
    size_t n = 0;
    for (size_t i = 0; i + HS_PASS_HZ <= p->n_ticks; i += HS_PASS_HZ) {
        double left = 0, frames = 0;
        for (size_t k = i; k < i + HS_PASS_HZ; k++)
            left += (double)p->tick[k].rr, frames += (double)p->tick[k].frames;
        if (frames > whole * p->rate_hz)
            x[n++] = hs_db_from_power(left / frames + 1e-20);
    }
    hs_sort(x, n);
    const double moved = n && n >= fewest
                             ? hs_quantile_sorted(x, n, 1 - low) - hs_quantile_sorted(x, n, low)
                             : (double)INFINITY;
    hs_free(x);
    return moved;
}

/* A series of packed values holds only until another is read. */
struct course {
    double *power;
    size_t n;
    double start_s;
};

static struct course course_of(const struct hs_values *v)
{
    const struct hs_value *x = hs_values_get(v, key);
    struct course c = {0};
    if (!x || x->kind != HS_SERIES)
        return c;
    c = (struct course){HS_NEW_ARRAY(double, x->n + 1), x->n, x->start_s};
    for (size_t i = 0; i < x->n; i++)
        c.power[i] = hs_power_from_db((double)x->series[i]);
    return c;
}

/* The powers of both at the seconds that both have; how many. */
static size_t meet(const struct course *a, const struct course *b, double *x, double *y)
{
    size_t n = 0;
    for (size_t i = 0; i < a->n; i++) {
        const double k = a->start_s + (double)i - b->start_s;
        if (!(k >= 0) || !(k < (double)b->n))
            continue;
        x[n] = a->power[i], y[n] = b->power[(size_t)k];
        n += isfinite(x[n]) && isfinite(y[n]);
    }
    return n;
}

/* How far two candidates must differ to be told apart. */
double hs_residual_course_bound(const struct hs_values *a, const struct hs_values *b)
{
    struct course first = course_of(a), second = course_of(b);
    double *x = HS_NEW_ARRAY(double, first.n + 1), *y = HS_NEW_ARRAY(double, first.n + 1);
    const size_t n = meet(&first, &second, x, y);
    double sum_x = 0, sum_y = 0, mean = 0, square = 0;
    for (size_t i = 0; i < n; i++)
        sum_x += x[i], sum_y += y[i];
    const double all = n ? hs_db_from_power(sum_x / sum_y) : 0;
    for (size_t i = 0; i < n && n >= FEWEST_S; i++) {
        const double moved = hs_db_from_power((sum_x - x[i]) / (sum_y - y[i])) - all;
        mean += moved / (double)n;
        square += moved * moved / (double)n;
    }
    hs_free(first.power);
    hs_free(second.power);
    hs_free(x);
    hs_free(y);
    return n < FEWEST_S ? NAN : 2 * sqrt(fmax(square - mean * mean, 0) * (double)(n - 1));
}
