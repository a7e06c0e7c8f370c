/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A voice that is missing from the mix comes and goes. The master is louder there than the filter
 * makes the mix; softer where the mix has the voice.
 */
#include "pair/missing.h"

#include "core/num.h"

#include <math.h>

/* Sums for a correlation. */
struct pairs {
    double n, x, y, xx, xy, yy;
};

static void add_pair(struct pairs *s, double x, double y)
{
    s->n++, s->x += x, s->y += y;
    s->xx += x * x, s->xy += x * y, s->yy += y * y;
}

static double correlation(const struct pairs *s)
{
    const double xx = s->n * s->xx - s->x * s->x, yy = s->n * s->yy - s->y * s->y;
    return xx > 0 && yy > 0 ? (s->n * s->xy - s->x * s->y) / sqrt(xx * yy) : 0;
}

void hs_missing_find(const struct hs_pass *p, struct hs_reduction *r, double *work)
{
    size_t k = 0;
    struct pairs sums = {0};
    for (size_t i = 0; i + HS_PASS_HZ <= r->n; i += HS_PASS_HZ) {
        double xx = 0, yy = 0, rr = 0;
        size_t active = 0;
        for (size_t j = i; j < i + HS_PASS_HZ; j++) {
            xx += (double)p->tick[j].xx;
            yy += (double)p->tick[j].yy;
            rr += (double)p->tick[j].rr;
            active += r->weight[j] > 0;
        }
        /* The end of a fade is mostly dither. */
        if (!(yy > 0) || 2 * active < HS_PASS_HZ)
            continue;
        work[k++] = fmax(hs_db_from_power(rr / yy), -90);
        if (xx > 0)
            add_pair(&sums, work[k - 1], hs_db_from_power(yy / xx));
    }
    r->missing_r = correlation(&sums);
    hs_sort(work, k);
    r->missing_p90_db = hs_quantile_sorted(work, k, 0.9);
    r->missing_p20_db = hs_quantile_sorted(work, k, 0.2);
}
