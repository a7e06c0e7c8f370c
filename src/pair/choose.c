/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Candidates are ranked by residual, whole ones before edited ones, aligned ones before others. Two
 * are told apart where the difference exceeds what it varies by from second to second.
 * Confidences are the confidence of the best one, shared out by exp(-difference in dB).
 */
#include "pair/choose.h"

#include "core/num.h"
#include "model/measure.h"
#include "pair/residual_course.h"

#include <math.h>

/* Residuals this far apart (dB) make one candidate e times as likely as another: what the
 * same chain leaves of the same mix varies by about this. */
static const double residual_scale_db = 1.0;
/* Candidates whose residuals differ by less are tied, however steady the difference is; and where
 * the seconds are too few to say how steady. */
static const double least_told_db = 0.1, told_of_few_db = 0.3;

static bool aligned(const struct hs_pair *p)
{
    return p->state == HS_PAIR_ALIGNED || p->state == HS_PAIR_EDITED;
}

/* Smaller is better; an edited one only where nothing fits whole. */
static double rank(const struct hs_pair *p)
{
    double residual = hs_values_or_nan(&p->values, "residual_db");
    if (aligned(p) && isfinite(residual))
        return residual + (p->state == HS_PAIR_EDITED ? 30 : 0);
    return 200 +
           (p->state == HS_PAIR_CANNOT_SAY  ? 0
            : p->state == HS_PAIR_DIFFERENT ? 10
                                            : 20) -
           p->confidence;
}

/* By how much the residuals of two must differ to be told apart. */
static double told_apart_db(const struct hs_pair *p, const struct hs_pair *best)
{
    const double bound = hs_residual_course_bound(&p->values, &best->values);
    return isfinite(bound) ? fmax(bound, least_told_db) : told_of_few_db;
}

/* Both are aligned and leave nearly the same unexplained. */
static bool is_tied(const struct hs_pair *p, const struct hs_pair *best)
{
    if (!aligned(p) || !aligned(best))
        return false;
    double more = hs_values_or_nan(&p->values, "residual_db") -
                  hs_values_or_nan(&best->values, "residual_db");
    return more < told_apart_db(p, best);
}

/* In words: how the candidate compares with the best one, and where its tone differs most. */
static const char *differs(const struct hs_pair *p, const struct hs_pair *best, struct hs_arena *a)
{
    if (!aligned(p))
        return p->why ? p->why : "could not be compared";
    double own = hs_values_or_nan(&p->values, "residual_db");
    double theirs = hs_values_or_nan(&best->values, "residual_db");
    const double *x = hs_values_doubles(&p->values, "eq_db", HS_BANDS);
    const double *y = hs_values_doubles(&best->values, "eq_db", HS_BANDS);
    double most = 0;
    size_t where = HS_BAND_1KHZ;
    /* the band where the two mixes differ most */
    for (size_t b = 2; x && y && b < HS_BANDS - 2; b++)
        if (fabs(y[b] - x[b]) > most)
            most = fabs(y[b] - x[b]), where = b;
    const char *edit = p->state == HS_PAIR_EDITED ? "cut differently; " : "";
    const char *tone = "";
    if (most >= 0.5)
        tone = hs_arena_printf(a, "; around %s it is %.1f dB %s", hs_band_words(where), most,
                               y[where] > x[where] ? "louder" : "softer");
    if (is_tied(p, best))
        return hs_arena_printf(
            a, "%scannot be told from the one that was taken (%.1f dB, within %.1f)%s", edit,
            own - theirs, told_apart_db(p, best), tone);
    return hs_arena_printf(a, "%sleaves %.1f dB more unexplained%s", edit, own - theirs, tone);
}

/* The candidate that leaves least unexplained. */
void hs_pair_choose(const struct hs_pair *pairs, const struct hs_file *mixes, size_t n,
                    struct hs_arena *arena, struct hs_pair *out)
{
    struct hs_candidate *c = HS_ARENA_ARRAY(arena, struct hs_candidate, n + 1);
    size_t best = 0;
    double total = 0;
    for (size_t i = 1; i < n; i++)
        if (rank(&pairs[i]) < rank(&pairs[best]))
            best = i;
    for (size_t i = 0; i < n; i++) {
        double weight = exp(-(rank(&pairs[i]) - rank(&pairs[best])) / residual_scale_db);
        c[i] = (struct hs_candidate){
            .source = mixes[i].source,
            .state = pairs[i].state,
            .residual_db =
                aligned(&pairs[i]) ? hs_values_or_nan(&pairs[i].values, "residual_db") : NAN,
            .confidence = aligned(&pairs[i]) ? weight : 0,
            .tied = i != best && is_tied(&pairs[i], &pairs[best]),
            .differs = i == best ? "" : differs(&pairs[i], &pairs[best], arena),
        };
        total += c[i].confidence;
    }
    for (size_t i = 0; i < n && total > 0; i++)
        c[i].confidence *= pairs[best].confidence / total;
    *out = pairs[best];
    out->candidates = c;
    out->n_candidates = n;
    out->chosen = best;
}
