/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Trends of rules with enough faults, or with a house sound, are one family of tests (Benjamini
 *    and Hochberg).
 * 2. The direction is the one that is shown, else that of a change from one release on, else
 *    steadiness; else there is none, and why says how far it could have gone.
 */
#include "catalogue/trend_verdict.h"

#include "catalogue/census.h"
#include "catalogue/stats_counts.h"
#include "core/alloc.h"

#include <math.h>

/* "not shown either way (-0.4 to +1.9 dB over 12 years)" */
static const char *not_shown_either_way(struct hs_arena *a, const struct hs_recurrence *r)
{
    const struct hs_trend *t = &r->trend;
    struct hs_interval i = t->span_interval;
    if (isnan(i.low))
        return "not shown either way";
    if (!t->span_by_value)
        return hs_arena_printf(
            a, "not shown either way (%+.0f to %+.0f %% of the tracks over %.0f years)",
            100 * i.low, 100 * i.high, t->span_years);
    return hs_arena_printf(a, "not shown either way (%+.1f to %+.1f %s over %.0f years)", i.low,
                           i.high, r->unit ? r->unit : "", t->span_years);
}

/* A direction that is shown; else that of a fault that came or went at one release, with p and q of
 * that change; else steadiness that is shown. */
static void decide_trend(struct hs_arena *a, struct hs_recurrence *r)
{
    struct hs_trend *t = &r->trend;
    if (t->q < HS_FALSE_DISCOVERIES && t->direction)
        return;
    t->direction = HS_DIRECTION_NONE;
    if (hs_since_shown(&r->since)) {
        t->direction = r->since.began ? HS_WORSE : HS_BETTER;
        t->basis = HS_BASIS_CHANGE;
        t->p = r->since.p;
        t->q = r->since.q;
    } else if (t->steady)
        t->direction = HS_STEADY, t->basis = t->span_by_value ? HS_BASIS_VALUE : HS_BASIS_RATE;
    else if (!t->why)
        t->why = isnan(t->q) ? "fewer than 3 tracks have it" : not_shown_either_way(a, r);
    if (t->direction)
        t->why = NULL;
}

/* Trends are read only of rules with enough faults, or with a house sound. Permuting the dates does
 * not change these, so choosing by them does not bias the test. */
void hs_trends_decide(struct hs_audit *audit)
{
    size_t n = audit->n_recurring;
    double *p = HS_NEW_ARRAY(double, n + 1), *q = HS_NEW_ARRAY(double, n + 1);
    for (size_t i = 0; i < n; i++) {
        const struct hs_recurrence *r = &audit->recurring[i];
        bool looked = r->faulty >= HS_FAULTS_NEEDED || r->reading == HS_PATTERN_HOUSE_SOUND;
        p[i] = looked ? r->trend.p : NAN;
    }
    hs_benjamini_hochberg(p, n, q);
    for (size_t i = 0; i < n; i++) {
        audit->recurring[i].trend.q = q[i];
        decide_trend(&audit->arena, &audit->recurring[i]);
    }
    hs_free(p);
    hs_free(q);
}
