/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Frames that are not silent are live. Of each bin, the level that one live frame in ten
 *    stays below is taken; local maxima of 6 dB over the bins around are candidates.
 * 2. A candidate is followed through all live frames: its level over five bins, its prominence
 *    over the surroundings. It is clear where the prominence is above 9 dB.
 * 3. It is a line if its level is steady in 70 % of the clear frames, is lower in at most 3 %
 *    of all, has no tail towards low levels, and stays at one frequency. The lower the
 *    prominence, the more it may vary.
 * 4. For 50 and 60 Hz, each line over each order up to 6 proposes a fundamental within 3.2 %.
 *    Lines near its multiples up to 8 are its set.
 * 5. Two lines make a hum within half a per cent of 50 or 60 Hz, three elsewhere; one alone if
 *    it is very clear and steady. Exact sets win over others, then those of more lines, then
 *    those of more power.
 */
#include "measure/hum_lines.h"

#include "core/alloc.h"
#include "core/num.h"

#include <math.h>

enum {
    LINES_MOST = 64,
    FEWEST_FRAMES = 12,
    FEWEST_CLEAR = 8, /* frames in which nothing sounds beside a line */
    LEVELS = 256,
    REACH = 8, /* bins on either side that are its surroundings, from the fourth on */
    ORDERS = HS_HUM_ORDERS,
    FUNDAMENTALS = 6, /* a line may be this multiple of the one that is not seen */
};
static const double lowest_hz = 44, highest_hz = 420;
static const double silent_power = 1e-11, far_below = 1e-6;
static const double quantile_over_db = 6, clear_db = 9;
/* What neighbours may add to a constant line or take from it. */
static const double allowed_db = 0.7, allowed_by_neighbours_db = 13;
static const double steady_share = 0.7, under_db = 3, under_share = 0.03, tail_db = 1.6;
static const double drift_hz = 0.35, drift_share = 0.003;
static const double mains_hz[] = {50, 60}, mains_share = 0.032, exact_share = 0.005;
static const double member_hz = 0.12, member_share = 0.0012;
/* A line by itself: clearer, steadier, and a low multiple. */
static const double lone_prominence_db = 15, lone_span_db = 1.5, lone_steady = 0.9;
enum { LONE_ORDER = 3, LINES_EXACT = 2, LINES_OFF = 3 };

struct line {
    double hz, db, steady, prominence_db, span_db;
    size_t n_clear;
};

struct look { /* at the live frames of a course */
    const struct hs_low_course *c;
    size_t *live, n;
    double power[LEVELS];
    double *level, *prominence, *clear, *hz, *over; /* of the line that is looked at */
};

size_t hs_low_course_first(double bin_hz)
{
    return (size_t)(lowest_hz / bin_hz) - REACH;
}

size_t hs_low_course_last(double bin_hz)
{
    return (size_t)(highest_hz / bin_hz) + REACH + 4;
}

static const uint8_t *frame_at(const struct look *l, size_t i)
{
    return l->c->level + l->live[i] * l->c->n_bins;
}

/* Frames that sound: near silence a line says nothing. */
static void find_live(struct look *l)
{
    double *energy = HS_NEW_ARRAY(double, l->c->n + 1);
    for (size_t i = 0; i < l->c->n; i++)
        energy[i] = (double)l->c->energy[i];
    double least = fmax(silent_power, far_below * hs_median(energy, l->c->n));
    hs_free(energy);
    for (size_t i = 0; i < l->c->n; i++)
        if ((double)l->c->energy[i] > least)
            l->live[l->n++] = i;
}

/* The level in dB that one live frame in ten stays below. */
static double low_db(const struct look *l, size_t bin)
{
    size_t count[LEVELS] = {0}, left = (l->n - 1) / 10 + 1;
    for (size_t i = 0; i < l->n; i++)
        count[frame_at(l, i)[bin]]++;
    int at = LEVELS - 1; /* the lowest level */
    while (at > 0 && count[at] < left)
        left -= count[at--];
    return -0.5 * at;
}

/* Power of the bins of a frame. */
static double sum(const double *power_of, const uint8_t *frame, size_t from, size_t to)
{
    double power = 0;
    for (size_t k = from; k <= to; k++)
        power += power_of[frame[k]];
    return power;
}

/* Where the peak lies, by a parabola through three levels. */
static double peak_hz(const struct hs_low_course *c, const uint8_t *f, size_t bin)
{
    double left = -0.5 * f[bin - 1], here = -0.5 * f[bin], right = -0.5 * f[bin + 1];
    double curve = fmin(left - 2 * here + right, -1e-9);
    double offset = fmin(fmax(0.5 * (left - right) / curve, -0.7), 0.7);
    return ((double)(c->first + bin) + offset) * c->bin_hz;
}

/* How much a steady line may vary beside sounds of this distance. */
double hs_hum_allowed_db(double prominence_db)
{
    return allowed_db + allowed_by_neighbours_db * hs_amplitude_from_db(-prominence_db);
}

double hs_hum_allowed_hz(double hz)
{
    return drift_hz + drift_share * hz;
}

void hs_hum_powers(double power[LEVELS])
{
    for (int i = 0; i < LEVELS; i++)
        power[i] = hs_power_from_db(-0.5 * i);
}

/* At least REACH bins on either side of the bin are there. */
struct hs_hum_sight hs_hum_look(const struct hs_low_course *c, const double power[LEVELS],
                                size_t frame, size_t bin)
{
    const uint8_t *f = c->level + frame * c->n_bins;
    double around =
        (sum(power, f, bin - REACH, bin - 4) + sum(power, f, bin + 4, bin + REACH)) / 2 + 1e-15;
    struct hs_hum_sight s = {.db = hs_db_from_power(sum(power, f, bin - 2, bin + 2) + 1e-15)};
    s.prominence_db = s.db - hs_db_from_power(around);
    s.clear = s.prominence_db > clear_db;
    s.hz = s.clear ? peak_hz(c, f, bin) : 0;
    return s;
}

/* Level and prominence in every live frame, and where the line is clear. */
static size_t follow(const struct look *l, size_t bin)
{
    size_t clear = 0;
    for (size_t i = 0; i < l->n; i++) {
        struct hs_hum_sight s = hs_hum_look(l->c, l->power, l->live[i], bin);
        l->level[i] = s.db;
        l->prominence[i] = s.prominence_db;
        if (s.clear) {
            l->clear[clear] = s.db;
            l->hz[clear] = s.hz;
            l->over[clear++] = s.prominence_db;
        }
    }
    return clear;
}

/* How many frames stand by the level, and how many fall below it: a hum is never lower. */
static void stand(const struct look *l, double db, size_t n_clear, double *steady, double *under)
{
    size_t n_steady = 0, n_under = 0;
    for (size_t i = 0; i < l->n; i++) {
        double away = l->level[i] - db, most = hs_hum_allowed_db(l->prominence[i]);
        n_steady += l->prominence[i] > clear_db && fabs(away) <= most;
        n_under += away < -fmax(under_db, most);
    }
    *steady = (double)n_steady / (double)n_clear;
    *under = (double)n_under / (double)l->n;
}

/* Is the line at this bin steady, never lower, and at one frequency? */
static bool is_line(const struct look *l, size_t bin, struct line *out)
{
    size_t n = follow(l, bin);
    double under;
    if (n < FEWEST_CLEAR)
        return false;
    hs_sort(l->clear, n);
    hs_sort(l->hz, n);
    *out = (struct line){.hz = hs_quantile_sorted(l->hz, n, 0.5),
                         .db = hs_quantile_sorted(l->clear, n, 0.25),
                         .prominence_db = hs_median(l->over, n),
                         .span_db = hs_quantile_sorted(l->clear, n, 0.9) -
                                    hs_quantile_sorted(l->clear, n, 0.1),
                         .n_clear = n};
    stand(l, out->db, n, &out->steady, &under);
    double tail = hs_quantile_sorted(l->clear, n, 0.4) - hs_quantile_sorted(l->clear, n, 0.05);
    double drift = hs_quantile_sorted(l->hz, n, 0.9) - hs_quantile_sorted(l->hz, n, 0.1);
    return out->steady >= steady_share && under <= under_share && tail <= tail_db &&
           drift <= hs_hum_allowed_hz(out->hz);
}

/* Bins that stand out of their surroundings even in the tenth of the frames where they are lowest.
 */
static size_t find_lines(const struct look *l, struct line out[LINES_MOST])
{
    const struct hs_low_course *c = l->c;
    double *low = HS_NEW_ARRAY(double, c->n_bins);
    size_t n = 0, end = (size_t)(highest_hz / c->bin_hz) - 2 - c->first;
    for (size_t k = 0; k < c->n_bins; k++)
        low[k] = low_db(l, k);
    for (size_t k = REACH; k < end && n < LINES_MOST; k++) {
        double around = 0;
        for (size_t d = 4; d <= REACH; d++)
            around += (low[k - d] + low[k + d]) / 10;
        bool top = low[k] > low[k - 1] && low[k] >= low[k + 1];
        if (top && low[k] - around >= quantile_over_db)
            n += is_line(l, k, &out[n]);
    }
    hs_free(low);
    return n;
}

/* The lines that are multiples of f0, the strongest of each order. */
static struct hs_hum set_of(const struct line *line, size_t n, double f0, double mains)
{
    const struct line *of[ORDERS + 1] = {NULL}, *one = NULL;
    struct hs_hum h = {.hz = f0, .exact = fabs(f0 / mains - 1) <= exact_share};
    int order_of_one = 0;
    for (size_t i = 0; i < n; i++) {
        long order = lround(line[i].hz / f0);
        if (order < 1 || order > ORDERS ||
            fabs(line[i].hz - (double)order * f0) > member_hz + member_share * line[i].hz)
            continue;
        if (!of[order] || line[i].db > of[order]->db)
            of[order] = &line[i];
    }
    for (int k = 1; k <= ORDERS; k++) {
        if (!of[k])
            continue;
        h.n_lines++;
        h.line[k].hz = of[k]->hz;
        h.line[k].db = of[k]->db;
        h.power += hs_power_from_db(of[k]->db);
        h.prominence_db = fmax(h.prominence_db, of[k]->prominence_db);
        one = one ? one : of[k];
        order_of_one = order_of_one ? order_of_one : k;
    }
    bool lone = h.exact && h.n_lines == 1 && order_of_one <= LONE_ORDER &&
                one->prominence_db >= lone_prominence_db && one->span_db <= lone_span_db &&
                one->steady >= lone_steady && one->n_clear >= FEWEST_FRAMES;
    if (h.n_lines < (h.exact ? LINES_EXACT : LINES_OFF) && !lone)
        h.n_lines = 0;
    return h;
}

/* Exact sets first, then more lines, then more power. */
static bool is_better(const struct hs_hum *a, const struct hs_hum *b)
{
    if (!a->n_lines || !b->n_lines)
        return a->n_lines > b->n_lines;
    if (a->exact != b->exact)
        return a->exact;
    return a->n_lines != b->n_lines ? a->n_lines > b->n_lines : a->power > b->power;
}

/* Each line at each order proposes a fundamental. */
static void best_set(const struct line *line, size_t n, struct hs_hum *out)
{
    for (size_t m = 0; m < sizeof mains_hz / sizeof *mains_hz; m++)
        for (size_t i = 0; i < n; i++)
            for (int order = 1; order <= FUNDAMENTALS; order++) {
                double f0 = line[i].hz / order;
                if (fabs(f0 / mains_hz[m] - 1) > mains_share)
                    continue;
                struct hs_hum h = set_of(line, n, f0, mains_hz[m]);
                if (is_better(&h, out))
                    *out = h;
            }
}

/* False: too few frames sound. More power than `loudest` is a drone. */
bool hs_hum_find(const struct hs_low_course *course, double loudest, struct hs_hum *out)
{
    struct look l = {.c = course, .live = HS_NEW_ARRAY(size_t, course->n + 1)};
    struct line line[LINES_MOST];
    *out = (struct hs_hum){.n_lines = 0};
    find_live(&l);
    bool enough = l.n >= FEWEST_FRAMES;
    if (enough) {
        double *room = HS_NEW_ARRAY(double, 5 * l.n);
        l.level = room, l.prominence = room + l.n, l.clear = room + 2 * l.n;
        l.hz = room + 3 * l.n, l.over = room + 4 * l.n;
        hs_hum_powers(l.power);
        best_set(line, find_lines(&l, line), out);
        hs_free(room);
    }
    if (out->power > loudest)
        out->n_lines = 0;
    hs_free(l.live);
    return enough;
}
