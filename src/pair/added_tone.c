/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Power per bin of the transfer that the mix does not explain. A line stands 20 dB above the
 *    median around it, and is a twentieth and more of all the power there.
 * 2. The lines together are half of all that is unexplained and more, and what is unexplained keeps
 *    its level from second to second within 4 dB: what is left of music comes and goes.
 */
#include "pair/added_tone.h"

#include "core/alloc.h"
#include "core/num.h"

#include <math.h>

enum { WIDTH = 4, AWAY = 12, AROUND = 60, LINES_MOST = 16 };
static const double low_hz = 20, high_hz = 18000;
static const double least_over = 100, least_db = -50, least_share = 0.5, most_moving_db = 4;
/* A steady note whose phase wanders leaves less. */
static const double least_beside = 0.05;

struct line {
    double hz, power;
};

/* Between the 10th and the 90th of a hundred seconds, dB. */
static double moves_db(const struct hs_pass *p)
{
    double *x = HS_NEW_ARRAY(double, p->n_ticks / HS_PASS_HZ + 1);
    size_t n = 0;
    for (size_t i = 0; i + HS_PASS_HZ <= p->n_ticks; i += HS_PASS_HZ) {
        double left = 0, frames = 0;
        for (size_t k = i; k < i + HS_PASS_HZ; k++)
            left += (double)p->tick[k].rr, frames += (double)p->tick[k].frames;
        if (frames > 0.9 * p->rate_hz)
            x[n++] = hs_db_from_power(left / frames + 1e-20);
    }
    hs_sort(x, n);
    const double moved =
        n ? hs_quantile_sorted(x, n, 0.9) - hs_quantile_sorted(x, n, 0.1) : (double)INFINITY;
    hs_free(x);
    return moved;
}

/* Power around a bin that is unexplained; 0 where it is no line. */
static double line_at(const double *left, const double *all, size_t bins, size_t k)
{
    double near[2 * AROUND + 2], own = 0, sum = 0;
    size_t n = 0;
    for (size_t i = k > AROUND ? k - AROUND : 1; i <= k + AROUND && i < bins; i++)
        if (i + AWAY < k || i > k + AWAY)
            near[n++] = left[i];
    for (size_t i = k - WIDTH; i <= k + WIDTH; i++)
        own += left[i], sum += all[i];
    return left[k] > least_over * hs_median(near, n) && own > least_beside * sum ? own : 0;
}

/* Lines by falling power; how many. */
static size_t lines_of(const struct hs_transfer *t, const double *left, const double *all,
                       double least, struct line line[LINES_MOST])
{
    const double bin_hz = t->rate_hz / (double)t->n;
    size_t n = 0;
    const size_t lowest = (size_t)(low_hz / bin_hz);
    for (size_t k = lowest > WIDTH ? lowest : WIDTH + 1;
         k < (size_t)(high_hz / bin_hz) && k + WIDTH < t->bins; k++) {
        if (left[k] < least || left[k] < left[k - 1] || left[k] < left[k + 1])
            continue;
        struct line found = {(double)k * bin_hz, line_at(left, all, t->bins, k)};
        /* between the bins, by the middle of the power */
        double sum = left[k - 1] + left[k] + left[k + 1];
        found.hz += bin_hz * (left[k + 1] - left[k - 1]) / sum;
        size_t at = n < LINES_MOST ? n++ : LINES_MOST - 1;
        if (at == LINES_MOST - 1 && line[at].power > found.power)
            continue;
        for (; at > 0 && line[at - 1].power < found.power; at--)
            line[at] = line[at - 1];
        line[at] = found;
    }
    while (n && !(line[n - 1].power > 0))
        n--;
    return n;
}

static void take_lines(const struct line *line, size_t n, struct hs_added_tone *out)
{
    out->n = n < HS_ADDED_TONES ? n : HS_ADDED_TONES;
    for (size_t i = 0; i < HS_ADDED_TONES; i++)
        out->hz[i] = i < out->n ? line[i].hz : NAN;
    hs_sort(out->hz, out->n);
}

/* Lines in what is not coherent with the mix. */
void hs_added_tone_find(const struct hs_pass *p, struct hs_added_tone *out)
{
    const struct hs_transfer *t = &p->transfer;
    double *left = HS_NEW_ARRAY(double, t->bins + 1), *all = HS_NEW_ARRAY(double, t->bins + 1);
    double unexplained = 1e-30, master = 1e-30, sum = 0;
    struct line line[LINES_MOST] = {{0}};
    *out = (struct hs_added_tone){.db = NAN};
    for (size_t k = 1; k < t->bins; k++) {
        left[k] = fmax(hs_transfer_left(t, k, &all[k]), 0);
        unexplained += left[k];
        master += all[k];
    }
    size_t n = lines_of(t, left, all, hs_power_from_db(least_db) * master, line);
    for (size_t i = 0; i < n; i++)
        sum += line[i].power;
    out->share = fmin(sum / unexplained, 1);
    if (n && out->share >= least_share && moves_db(p) <= most_moving_db) {
        take_lines(line, n, out);
        out->db = hs_db_from_power(sum / master);
    }
    hs_free(left);
    hs_free(all);
}
