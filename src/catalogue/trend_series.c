/* SPDX-License-Identifier: Apache-2.0 */
#include "catalogue/trend_series.h"

#include "catalogue/kinds.h"
#include "core/alloc.h"
#include "core/num.h"

#include <math.h>
#include <stdlib.h>

static int by_release(const void *a, const void *b)
{
    const struct hs_dated *x = a, *y = b;
    if (x->release != y->release)
        return x->release < y->release ? -1 : 1;
    return (x->track > y->track) - (x->track < y->track);
}

/* Date, median value and rate of each release. */
static void fill_releases(struct hs_series *s, struct hs_arena *scratch)
{
    double *years = HS_ARENA_ARRAY(scratch, double, s->n + 1);
    double *values = HS_ARENA_ARRAY(scratch, double, s->n + 1);
    for (size_t r = 0; r < s->n_releases; r++) {
        size_t k = 0, m = s->start[r + 1] - s->start[r];
        for (size_t i = 0; i < m; i++) {
            const struct hs_dated *d = &s->units[s->start[r] + i];
            years[i] = d->year;
            if (isfinite(d->value))
                values[k++] = d->value;
            s->faulty[r] += d->level >= HS_MINOR;
        }
        s->judged[r] = (int)m;
        s->date[r] = hs_median(years, m);
        s->median[r] = hs_median(values, k);
    }
}

void hs_series_make(const struct hs_audit *audit, const struct hs_census *c,
                    const struct hs_evidence_counts *row, enum hs_habit habit,
                    struct hs_arena *scratch, struct hs_series *s)
{
    size_t most = c->n_masters + 1;
    struct hs_counted_of *units = hs_malloc(most * sizeof *units);
    size_t n = hs_evidence_units(audit, c, row, units);
    *s = (struct hs_series){.units = HS_ARENA_ARRAY(scratch, struct hs_dated, n + 1),
                            .start = HS_ARENA_ARRAY(scratch, size_t, n + 2),
                            .date = HS_ARENA_ARRAY(scratch, double, n + 1),
                            .median = HS_ARENA_ARRAY(scratch, double, n + 1),
                            .faulty = HS_ARENA_ARRAY(scratch, int, n + 1),
                            .judged = HS_ARENA_ARRAY(scratch, int, n + 1)};
    for (size_t i = 0; i < n; i++) {
        const struct hs_unit *u = units[i].unit;
        int year = hs_unit_year(audit, u, habit);
        if (year > 0)
            s->units[s->n++] = (struct hs_dated){u->release, u->track, units[i].counted.level, year,
                                                 units[i].value};
    }
    hs_free(units);
    if (s->n)
        qsort(s->units, s->n, sizeof *s->units, by_release);
    for (size_t i = 0; i < s->n; i++)
        if (!i || s->units[i].release != s->units[i - 1].release)
            s->start[s->n_releases++] = i;
    s->start[s->n_releases] = s->n;
    fill_releases(s, scratch);
}

bool hs_series_of_one_date(const struct hs_series *s)
{
    for (size_t r = 1; r < s->n_releases; r++)
        if (s->date[r] != s->date[0])
            return false;
    return true;
}
