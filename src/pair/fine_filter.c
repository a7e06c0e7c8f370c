/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Spectra of all windows are added up over groups of some 5 Hz: a filter whose response is shorter
 * than 0.1 s holds still in a group, and chance explains a few parts in a hundred of it. Soft
 * windows count as loud ones do: an edit may lie there. Each group counts by the fourth root of its
 * power, as bins do where lags are sought (dsp/gcc.h).
 */
#include "pair/fine_filter.h"

#include "core/alloc.h"

#include <math.h>

static const double group_hz = 5;

void hs_fine_filter_init(struct hs_fine_filter *s, const struct hs_matcher *m, double rate_hz)
{
    const double bins = group_hz * (double)m->gcc.fft.n / rate_hz;
    s->bins = bins > 1 ? (size_t)bins : 1;
    s->n_groups = (m->gcc.high_bin - m->gcc.low_bin) / s->bins;
    s->group = HS_NEW_ARRAY(struct hs_fine_group, s->n_groups + 1);
}

void hs_fine_filter_free(struct hs_fine_filter *s)
{
    hs_free(s->group);
    *s = (struct hs_fine_filter){0};
}

static double power_of(double complex x)
{
    return creal(x) * creal(x) + cimag(x) * cimag(x);
}

/* 1 over the power of the master in all groups; 0: it is silent. */
static double scale_of(const struct hs_fine_filter *s, const struct hs_matcher *m)
{
    double power = 0;
    for (int j = 0; j < 2; j++)
        for (size_t k = 0; k < s->n_groups * s->bins; k++)
            power += power_of(m->master[j][m->gcc.low_bin + k]);
    return power > 0 ? 1 / power : 0;
}

void hs_fine_filter_add(struct hs_fine_filter *s, const struct hs_matcher *m)
{
    const double scale = scale_of(s, m);
    for (size_t g = 0; g < s->n_groups; g++) {
        struct hs_fine_group *sum = &s->group[g];
        const size_t from = m->gcc.low_bin + g * s->bins;
        for (size_t k = from; k < from + s->bins; k++)
            for (int i = 0; i < 2; i++) {
                const double complex x = m->mix[i][k];
                sum->x[i] += scale * power_of(x);
                sum->y += scale * power_of(m->master[i][k]);
                for (int j = 0; j < 2; j++)
                    sum->cross[i][j] += scale * conj(x) * m->master[j][k];
            }
    }
}

static double share_of(double complex cross, double power)
{
    return power > 0 ? power_of(cross) / power : 0;
}

/* What both channels share, in this order or in the other one: side with either sign. */
static double explained_by_shared(const struct hs_fine_group *g, int cross)
{
    const double complex a = g->cross[0][cross], b = g->cross[1][!cross];
    return share_of(power_of(a + b) > power_of(a - b) ? a + b : a - b, g->x[0] + g->x[1]);
}

static double explained_by_own(const struct hs_fine_group *g, int cross)
{
    return share_of(g->cross[0][cross], g->x[0]) + share_of(g->cross[1][!cross], g->x[1]);
}

static double left(const struct hs_fine_filter *s, int cross,
                   double (*explained)(const struct hs_fine_group *, int))
{
    double sum = 0, all = 0;
    for (size_t k = 0; k < s->n_groups; k++) {
        const struct hs_fine_group *g = &s->group[k];
        const double weight = sqrt(sqrt(g->y));
        if (!(g->y > 0))
            continue;
        sum += weight * fmax(1 - explained(g, cross) / g->y, 0);
        all += weight;
    }
    return all > 0 ? sum / all : 1;
}

double hs_fine_filter_shared(const struct hs_fine_filter *s, int cross)
{
    return left(s, cross, explained_by_shared);
}

double hs_fine_filter_own(const struct hs_fine_filter *s, int cross)
{
    return left(s, cross, explained_by_own);
}
