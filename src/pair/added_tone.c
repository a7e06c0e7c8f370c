/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Power per bin of the transfer that the mix does not explain. A line stands 20 dB above the
 *    median around it, and is a twentieth and more of all the power there.
 * 2. The lines together are half of all that is unexplained and more, and what is unexplained keeps
 *    its level from second to second within 4 dB: what is left of music comes and goes.
 * 3. Beneath bass that is louder a hum is told by its frequencies: two lines and more at multiples
 *    of 50 or 60 Hz, which keep their level within 3 dB in 96 of 100 seconds. Bass notes that
 *    are distorted leave lines as well, but not on the mains, and not in the rests.
 */
#include "pair/added_tone.h"

#include "core/alloc.h"
#include "core/num.h"
#include "pair/residual_course.h"

#include <math.h>

enum { WIDTH = 4, AWAY = 12, AROUND = 60, LINES_MOST = 16 };
static const double low_hz = 20, high_hz = 18000;
static const double least_over = 100, least_db = -50, least_share = 0.5, most_moving_db = 4;
/* A steady note whose phase wanders leaves less. */
static const double least_beside = 0.05;
static const double mains_hz[] = {50, 60}, most_moving_hum_db = 3;
/* How far a line may lie off a multiple; G1 lies 1 Hz below 50 Hz, B1 1.7 above 60. */
static const double off_hz = 0.2, off_share = 0.002;
enum { ORDERS = 8, MAINS_LEAST = 2, SECONDS = 3 };

struct line {
    double hz, power;
};

/* Power around a bin that is unexplained; 0 where it is no line, or less than this share of all
 * that is there. */
static double line_at(const double *left, const double *all, size_t bins, size_t k, double share)
{
    double near[2 * AROUND + 2], own = 0, sum = 0;
    size_t n = 0;
    for (size_t i = k > AROUND ? k - AROUND : 1; i <= k + AROUND && i < bins; i++)
        if (i + AWAY < k || i > k + AWAY)
            near[n++] = left[i];
    for (size_t i = k - WIDTH; i <= k + WIDTH; i++)
        own += left[i], sum += all[i];
    return left[k] > least_over * hs_median(near, n) && own > share * sum ? own : 0;
}

/* Between the bins, by the middle of the power. */
static double hz_at(const struct hs_transfer *t, const double *left, size_t k)
{
    const double sum = left[k - 1] + left[k] + left[k + 1];
    return t->rate_hz / (double)t->n * ((double)k + (left[k + 1] - left[k - 1]) / sum);
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
        struct line found = {hz_at(t, left, k), line_at(left, all, t->bins, k, least_beside)};
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

/* Lines at multiples of the mains, whatever sounds beside them; 0: fewer than two. */
static size_t hum_of(const struct hs_transfer *t, const double *left, const double *all,
                     double least, double mains, struct line line[LINES_MOST])
{
    size_t n = 0;
    for (int order = 1; order <= ORDERS; order++) {
        const double hz = order * mains;
        size_t k = (size_t)lround(hz * (double)t->n / t->rate_hz);
        if (k <= WIDTH + 1 || k + WIDTH + 1 >= t->bins)
            continue;
        k += left[k + 1] > left[k];
        k -= left[k - 1] > left[k];
        const double power = left[k] >= least ? line_at(left, all, t->bins, k, 0) : 0;
        if (power > 0 && fabs(hz_at(t, left, k) - hz) <= off_hz + off_share * hz)
            line[n++] = (struct line){hz_at(t, left, k), power};
    }
    return n >= MAINS_LEAST ? n : 0;
}

static double power_of(const struct line *line, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += line[i].power;
    return sum;
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
    double unexplained = 1e-30, master = 1e-30, sum;
    struct line line[LINES_MOST] = {{0}};
    *out = (struct hs_added_tone){.db = NAN};
    for (size_t k = 1; k < t->bins; k++) {
        left[k] = fmax(hs_transfer_left(t, k, &all[k]), 0);
        unexplained += left[k];
        master += all[k];
    }
    const double least = hs_power_from_db(least_db) * master;
    size_t n = lines_of(t, left, all, least, line);
    sum = power_of(line, n);
    out->share = fmin(sum / unexplained, 1);
    if (n && out->share >= least_share && hs_residual_moves_db(p, 0.1, SECONDS) <= most_moving_db) {
        take_lines(line, n, out);
        out->db = hs_db_from_power(sum / master);
    }
    for (size_t m = 0; !out->n && m < sizeof mains_hz / sizeof *mains_hz; m++) {
        n = hum_of(t, left, all, least, mains_hz[m], line);
        sum = power_of(line, n);
        if (!n || sum < least_share * unexplained ||
            hs_residual_moves_db(p, 0.02, SECONDS) > most_moving_hum_db)
            continue;
        out->share = fmin(sum / unexplained, 1);
        take_lines(line, n, out);
        out->db = hs_db_from_power(sum / master);
    }
    hs_free(left);
    hs_free(all);
}
