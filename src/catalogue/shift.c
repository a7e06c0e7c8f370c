/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The shift is the Hodges-Lehmann estimate of value less expected centre, its p that of the
 * Wilcoxon test. Tracks of a release are correlated, so that the interval is widened to at least
 * that of the mean of clusters, the clusters being releases: of two to four by how far those of
 * this very rule may differ (between.h).
 */
#include "catalogue/shift.h"

#include "catalogue/between.h"
#include "catalogue/stats_ranks.h"
#include "core/alloc.h"

#include <math.h>
#include <stdlib.h>

/* Correlation of tracks within a release that the interval assumes with one release alone
 * (docs/recurrence-method.md); z beyond 3 spreads count as 3. */
static const double usual_correlation = .4, wildest_z = 3;

struct shift {
    double *value, *z; /* release by release */
    size_t *start, n, n_releases;
};

static int by_release(const void *a, const void *b)
{
    const struct hs_unit *x = *(const struct hs_unit *const *)a;
    const struct hs_unit *y = *(const struct hs_unit *const *)b;
    if (x->release != y->release)
        return x->release < y->release ? -1 : 1;
    return (x->track > y->track) - (x->track < y->track);
}

/* Values less what is expected, in the order of the releases, with the place where each release
 * begins. */
static void shift_take(const struct hs_census *c, struct shift *s)
{
    const struct hs_unit **units = hs_malloc((c->n + 1) * sizeof(const struct hs_unit *));
    for (size_t i = 0; i < c->n; i++) {
        const struct hs_judgement *j = c->units[i].judgement;
        if (j && isfinite(j->value - (double)j->centre))
            units[s->n++] = &c->units[i];
    }
    qsort(units, s->n, sizeof *units, by_release);
    for (size_t i = 0; i < s->n; i++) {
        const struct hs_judgement *j = units[i]->judgement;
        s->value[i] = j->value - (double)j->centre;
        s->z[i] = isfinite(j->z) ? fmin(fmax((double)j->z, -wildest_z), wildest_z) : 0;
        if (!i || units[i]->release != units[i - 1]->release)
            s->start[s->n_releases++] = i;
    }
    s->start[s->n_releases] = s->n;
    hs_free(units);
}

/* Half the 95 % interval of the mean of releases. */
static double half_of_mean(const struct hs_clusters *c)
{
    struct hs_between_error e;
    if (hs_between_error(&hs_between_songs, c, 0, &e))
        return hs_between_reach(&e, 1 - HS_CONFIDENCE);
    struct hs_interval i = hs_clusters_mean(c, usual_correlation);
    return (i.high - i.low) / 2;
}

/* The shift of an artist's values against the expected centre. */
void hs_shift_fill(const struct hs_census *c, struct hs_recurrence *out, struct hs_correlation *z)
{
    struct shift s = {.value = HS_NEW_ARRAY(double, c->n + 1),
                      .z = HS_NEW_ARRAY(double, c->n + 1),
                      .start = HS_NEW_ARRAY(size_t, c->n + 2)};
    shift_take(c, &s);
    struct hs_estimate e = hs_hodges_lehmann(s.value, s.n, HS_CONFIDENCE);
    double half = half_of_mean(&(struct hs_clusters){s.value, s.start, s.n_releases});
    *z = hs_clusters_correlation(&(struct hs_clusters){s.z, s.start, s.n_releases});
    out->shift = e.value;
    out->shift_interval = e.interval;
    out->shift_p = hs_wilcoxon_p(s.value, s.n);
    if (!isnan(half) && !isnan(e.interval.low)) { /* as far either side as releases vary */
        out->shift_interval.low = fmin(e.interval.low, e.value - half);
        out->shift_interval.high = fmax(e.interval.high, e.value + half);
    }
    hs_free(s.value);
    hs_free(s.z);
    hs_free(s.start);
}

bool hs_shift_leans(const struct hs_audit *audit, const struct hs_recurrence *r)
{
    const struct hs_judgement *j = NULL;
    for (size_t i = 0; i < audit->job->n_tracks && !j; i++)
        j = hs_judgement_of(&audit->tracks[i], r->rule);
    if (!j || !j->of->side || r->releases_judged < 2 || isnan(r->shift_interval.low))
        return false; /* a single release does not show what the catalogue does */
    int side = j->of->side;
    double nearest = side > 0 ? r->shift_interval.low : -r->shift_interval.high;
    return side * r->shift >= j->of->jnd && nearest > 0;
}
