/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Gains of the song: the sums of all windows, weighted by the level of the bus in each and by
 * how little the round before left of the cell there (what plays in a part of the song alone and
 * was not given must not be taken for what sounds like it), are solved per cell. The level of a
 * window is the least-squares gain of the fitted song against the file. Three rounds; windows in
 * which the stems do not lie (low level and low coherence against the median window) do not count.
 * 2. Variance of those gains: the inverse of the normal equations times the mean power that is
 *    left per independent bin. The inflation of a stem is its variance times its power,
 *    averaged by power: 1 if no other stem is like it.
 * 3. Gains of a window: the gains of the song times the level, and a change that is solved from
 *    what they leave. The ridge of the change is the noise of the cell over the square of the
 *    usual ride (0.25 of the gain).
 * 4. The residual is the share of the file's power that the windows' gains leave.
 */
#include "stems/whole.h"

#include "core/alloc.h"
#include "core/num.h"
#include "stems/solve.h"

#include <math.h>
#include <string.h>

enum { CELLS = HS_STEM_CELLS, BANDS = HS_STEM_BANDS, ROUNDS = 3 };
/* How far the gain of a window deviates from that of the song: rides of some 2 dB. */
static const double ride = 0.25;
static const double ridge_share = 1e-5;
/* Half overlapping frames with a Hann window tell less than twice as much as if they stood alone.
 */
static const double independent = 0.7;
/* What a good fit leaves of a cell, as a share: -20 dB. A window that leaves more holds music that
 * no stem explains, and says less of the gains of the song. */
static const double usual_share = 0.01;
/* Against the windows in the middle: a window whose level and whose coherence are both less than
 * these shares is one in which the stems do not lie (a fade keeps its coherence). */
static const double lost_level = 0.3, lost_coherence = 0.1;

static double product_of(const struct hs_stem_sums *s, size_t cell, size_t k, double complex x,
                         double complex y, size_t i, size_t j)
{
    return creal(conj(x) * y * hs_stem_product(s, k, cell, i, j));
}

double hs_stem_power_of(const struct hs_stem_sums *sums, size_t cell, size_t n_stems,
                        const double complex *gains, const size_t *members, size_t n)
{
    double power = 0;
    for (size_t p = 0; p < n; p++)
        for (size_t q = 0; q < n; q++) {
            size_t i = members[p], j = members[q];
            power += product_of(sums, cell, n_stems, gains[i], gains[j], i, j);
        }
    return fmax(power, 0);
}

struct explained {
    double with, own; /* of the file and the fit, and of the fit */
};

static struct explained explain(const struct hs_stem_sums *s, size_t cell, size_t k,
                                const double complex *gains)
{
    struct explained e = {0};
    for (size_t i = 0; i < k; i++) {
        e.with += creal(conj(gains[i]) * s->r[cell * k + i]);
        for (size_t j = 0; j < k; j++)
            e.own += product_of(s, cell, k, gains[i], gains[j], i, j);
    }
    return e;
}

static double left_over(const struct hs_stem_sums *s, size_t cell, struct explained e, double by)
{
    return fmax(s->power[cell] - 2 * by * e.with + by * by * e.own, s->power[cell] * 1e-9);
}

/* How much a cell of a window counts for the gains of the song. */
static double trust(const struct hs_stem_side_fit *s, size_t w, size_t cell)
{
    const double power = s->sums[w].power[cell], left = s->left[w * CELLS + cell];
    return power > 0 ? usual_share / (usual_share + left / power) : 1;
}

/* The sums of a window at its level, each cell as far as it is trusted. */
static void add_window(const struct hs_stem_side_fit *s, size_t w, size_t k,
                       struct hs_stem_sums *all)
{
    const struct hs_stem_sums *sums = &s->sums[w];
    float by[CELLS];
    for (size_t c = 0; c < CELLS; c++) {
        const double counts = trust(s, w, c);
        by[c] = (float)(counts * s->level[w] * s->level[w]);
        for (size_t i = 0; i < k; i++)
            all->r[c * k + i] += counts * s->level[w] * sums->r[c * k + i];
    }
    for (size_t channel = 0; channel < 2; channel++) {
        const size_t from = hs_stem_at(k, channel * BANDS, 0, 0);
        for (size_t at = 0; at < 2 * hs_stem_pairs(k) * BANDS; at += BANDS)
            for (size_t b = 0; b < BANDS; b++)
                all->a[from + at + b] += by[channel * BANDS + b] * sums->a[from + at + b];
    }
}

/* One round: the gains of the song from all windows at their levels, then the levels anew. */
static void fit_song(struct hs_stem_fitting *f, struct hs_stem_side_fit *s,
                     struct hs_solver *solver, struct hs_stem_sums *all)
{
    const size_t k = f->n_stems;
    double ridge[HS_STEMS_MOST], floor[HS_STEMS_MOST];
    double complex *cell = HS_NEW_ARRAY(double complex, hs_stem_pairs(k) + 1);
    memset(all->a, 0, hs_stem_room(k) * sizeof *all->a);
    memset(all->r, 0, CELLS * k * sizeof *all->r);
    for (size_t w = 0; w < f->n_windows; w++)
        add_window(s, w, k, all);
    /* one gain for each stem and cell, over the whole song */
    hs_stem_floors(all, k, floor);
    for (size_t c = 0; c < CELLS; c++) {
        hs_stem_products_of(all, k, c, cell);
        for (size_t i = 0; i < k; i++)
            ridge[i] = ridge_share * creal(cell[hs_stem_pairs(i) + i]);
        hs_solver_run(solver, cell, all->r + c * k, ridge, floor, k, s->whole + c * k,
                      s->variance + c * k);
    }
    hs_free(cell);
}

static double middle_of(const double *x, size_t n)
{
    double *sorted = HS_NEW_ARRAY(double, n + 1);
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (x[i] > 0)
            sorted[kept++] = x[i];
    double middle = kept ? hs_median(sorted, kept) : 0;
    hs_free(sorted);
    return middle;
}

/* The level of the bus in each window, and what the gains of the song leave. */
static void level_windows(struct hs_stem_fitting *f, struct hs_stem_side_fit *s)
{
    const size_t k = f->n_stems;
    double *coherence = HS_NEW_ARRAY(double, f->n_windows);
    for (size_t w = 0; w < f->n_windows; w++) {
        struct explained sum = {0}, cell[CELLS];
        double power = 0;
        for (size_t c = 0; c < CELLS; c++) {
            cell[c] = explain(&s->sums[w], c, k, s->whole + c * k);
            sum.with += cell[c].with;
            sum.own += cell[c].own;
            power += s->sums[w].power[c];
        }
        bool any = sum.own > 0 && power > 0;
        coherence[w] = any ? sum.with * fabs(sum.with) / (sum.own * power) : 0;
        s->level[w] = any ? fmin(fmax(sum.with / sum.own, 1e-3), 20) : 1;
        for (size_t c = 0; c < CELLS; c++)
            s->left[w * CELLS + c] = left_over(&s->sums[w], c, cell[c], s->level[w]);
    }
    /* windows in which the stems are not what is heard */
    const double level = middle_of(s->level, f->n_windows);
    const double usual = middle_of(coherence, f->n_windows);
    for (size_t w = 0; w < f->n_windows; w++)
        s->lost[w] = s->level[w] < lost_level * level && coherence[w] < lost_coherence * usual;
    hs_free(coherence);
}

/* Windows that are lost do not count for the gains of the song. */
static void mute_lost(struct hs_stem_fitting *f, struct hs_stem_side_fit *s)
{
    for (size_t w = 0; w < f->n_windows; w++)
        if (s->lost[w])
            s->level[w] = 0;
}

/* What the window's own music changes of the gains of the song. */
static void fit_window(struct hs_stem_fitting *f, struct hs_stem_side_fit *s, size_t w,
                       struct hs_solver *solver)
{
    const size_t k = f->n_stems;
    double ridge[HS_STEMS_MOST], floor[HS_STEMS_MOST];
    double complex r[HS_STEMS_MOST], change[HS_STEMS_MOST];
    double complex *cell = HS_NEW_ARRAY(double complex, hs_stem_pairs(k) + 1);
    hs_stem_floors(&s->sums[w], k, floor);
    for (size_t c = 0; c < CELLS; c++) {
        const struct hs_stem_sums *sums = &s->sums[w];
        const double complex *whole = s->whole + c * k;
        double complex *gains = s->gains + (w * CELLS + c) * k;
        const double n = independent * (double)(f->bins[c % BANDS] * f->window_frames);
        const double noise = s->left[w * CELLS + c] / fmax(n, 1), level = s->level[w];
        /* away from the song's gain only as far as the window can tell */
        for (size_t i = 0; i < k; i++) {
            double stray = pow(ride * level * cabs(whole[i]), 2);
            ridge[i] = noise / fmax(stray, 1e-9);
            r[i] = sums->r[c * k + i];
            for (size_t j = 0; j < k; j++)
                r[i] -= level * hs_stem_product(sums, k, c, i, j) * whole[j];
        }
        hs_stem_products_of(sums, k, c, cell);
        hs_solver_run(solver, cell, r, ridge, floor, k, change, NULL);
        for (size_t i = 0; i < k; i++)
            gains[i] = level * whole[i] + change[i];
        s->left[w * CELLS + c] = left_over(sums, c, explain(sums, c, k, gains), 1);
    }
    hs_free(cell);
}

/* By what factor similar stems widen the variance of a stem's gains: 1 without any, averaged by
 * power. Needs the variance before scale_variance. */
static void find_inflation(struct hs_stem_fitting *f, struct hs_stem_side_fit *s,
                           const struct hs_stem_sums *all)
{
    const size_t k = f->n_stems;
    for (size_t i = 0; i < k; i++) {
        double sum = 0, weight = 0;
        for (size_t c = 0; c < CELLS; c++) {
            double power = (double)all->a[hs_stem_at(k, c, i, i)];
            double share = power * pow(cabs(s->whole[c * k + i]), 2);
            sum += share * power * s->variance[c * k + i];
            weight += share;
        }
        s->inflation[i] = weight > 0 ? sum / weight : 1;
    }
}

/* Turns the diagonal of the inverse into a variance: times the mean power that is left per
 * independent bin. */
static void scale_variance(struct hs_stem_fitting *f, struct hs_stem_side_fit *s)
{
    const size_t k = f->n_stems;
    for (size_t c = 0; c < CELLS; c++) {
        double left = 0, n = 0;
        for (size_t w = 0; w < f->n_windows; w++) {
            if (s->lost[w])
                continue;
            left += trust(s, w, c) * s->left[w * CELLS + c];
            n += independent * (double)(f->bins[c % BANDS] * f->window_frames);
        }
        for (size_t i = 0; i < k; i++)
            s->variance[c * k + i] *= left / fmax(n, 1);
    }
}

/* Gains of the song and levels of its windows in turns, then gains of each window. */
void hs_stem_whole_fit(struct hs_stem_fitting *f, size_t file)
{
    struct hs_stem_side_fit *s = &f->side[file];
    struct hs_solver solver;
    struct hs_stem_sums all;
    double power = 0, left = 0;
    hs_solver_init(&solver);
    hs_stem_sums_init(&all, f->n_stems);
    for (size_t w = 0; w < f->n_windows; w++)
        s->level[w] = 1;
    for (int round = 0; round < ROUNDS; round++) {
        fit_song(f, s, &solver, &all);
        level_windows(f, s);
        if (round + 1 < ROUNDS)
            mute_lost(f, s);
    }
    find_inflation(f, s, &all);
    scale_variance(f, s);
    for (size_t w = 0; w < f->n_windows; w++) {
        fit_window(f, s, w, &solver);
        for (size_t c = 0; c < CELLS; c++) {
            power += s->sums[w].power[c];
            left += s->left[w * CELLS + c];
        }
    }
    s->residual = power > 0 ? left / power : 1;
    hs_stem_sums_free(&all);
    hs_solver_free(&solver);
}
