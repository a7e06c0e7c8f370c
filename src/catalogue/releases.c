/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Per release: how many of its tracks are listed, the hours, and the heaviest action, because
 * labels re-issue releases, not tracks. A listed track is compared with those of its release that
 * stay as they are: where a planned value would end two audible steps or more from their median,
 * and further than now, that is said.
 */
#include "catalogue/releases.h"

#include "catalogue/census.h"
#include "core/alloc.h"
#include "core/num.h"

#include <math.h>
#include <string.h>

#define APART_STEPS                                                                                \
    2.0 /* from the median of the neighbours, as for a minor finding                               \
         */
enum { NEIGHBOURS_NEEDED = 2 };

/* Medians of a release by rule, as far as they were asked for. */
struct medians {
    struct {
        const char *rule;
        double median;
    } * of;
    size_t n, cap;
};

/* The median of a rule's value over the tracks of the release that stay as they are; NaN where
 * there are too few. */
static double neighbours(const struct hs_audit *audit, const struct hs_release *release,
                         const bool *planned, const char *rule)
{
    double *x = HS_NEW_ARRAY(double, release->n_tracks + 1);
    size_t n = 0;
    for (size_t i = release->first_track; i < release->first_track + release->n_tracks; i++) {
        const struct hs_judgement *j = hs_judgement_of(&audit->tracks[i], rule);
        if (!planned[i] && j && isfinite(j->value))
            x[n++] = j->value;
    }
    double median = n >= NEIGHBOURS_NEEDED ? hs_median(x, n) : NAN;
    hs_free(x);
    return median;
}

/* The same, looked for once: a release may have very many tracks that are planned. */
static double known_neighbours(const struct hs_audit *audit, const struct hs_release *release,
                               const bool *planned, const char *rule, struct medians *known)
{
    for (size_t i = 0; i < known->n; i++)
        if (hs_same_rule(known->of[i].rule, rule))
            return known->of[i].median;
    known->of = hs_grow(known->of, known->n, &known->cap, sizeof *known->of);
    known->of[known->n].rule = rule;
    return known->of[known->n++].median = neighbours(audit, release, planned, rule);
}

/* Says so where a step would set the track apart from neighbours it now agrees with. */
static const char *misfit(struct hs_audit *audit, const struct hs_shortlist_row *row,
                          const bool *planned, struct medians *known)
{
    const struct hs_track_result *t = &audit->tracks[row->track];
    const struct hs_release *release = &audit->job->releases[t->track->release];
    for (size_t i = 0; i < row->n_plan; i++) {
        const struct hs_finding *f = &t->findings[row->plan[i].finding];
        double middle = known_neighbours(audit, release, planned, f->rule, known);
        double after = f->value + (row->plan[i].planned - row->plan[i].now);
        double apart = fabs(after - middle) / f->jnd;
        if (apart >= APART_STEPS && apart > fabs(f->value - middle) / f->jnd)
            return hs_arena_printf(&audit->arena,
                                   "%s: once corrected, %.1f audible steps "
                                   "from its neighbours in %s; do them together",
                                   t->track->title, apart, f->rule);
    }
    return NULL;
}

/* Hours and actions by release, and whether a corrected song still fits its neighbours. */
void hs_releases_make(struct hs_audit *audit)
{
    const struct hs_job *job = audit->job;
    bool *planned = HS_NEW_ARRAY(bool, job->n_tracks + 1);
    struct medians *known = HS_NEW_ARRAY(struct medians, job->n_releases + 1);
    struct hs_release_row *rows =
        HS_ARENA_ARRAY(&audit->arena, struct hs_release_row, job->n_releases + 1);
    for (size_t r = 0; r < job->n_releases; r++)
        rows[r].release = r;
    for (size_t i = 0; i < audit->n_shortlist; i++)
        planned[audit->shortlist[i].track] = audit->shortlist[i].rank > 0;
    for (size_t i = 0; i < audit->n_shortlist && audit->shortlist[i].rank > 0; i++) {
        const struct hs_shortlist_row *row = &audit->shortlist[i];
        struct hs_release_row *r = &rows[audit->tracks[row->track].track->release];
        r->n_listed++;
        r->hours += row->hours;
        r->action = row->action > r->action ? row->action : r->action;
        if (!r->fit)
            r->fit = misfit(audit, row, planned, &known[r->release]);
    }
    for (size_t r = 0; r < job->n_releases; r++)
        if (rows[r].n_listed && !rows[r].fit)
            rows[r].fit = "corrected tracks stay within two audible steps of their neighbours";
    audit->release_rows = rows;
    audit->n_release_rows = job->n_releases;
    for (size_t r = 0; r < job->n_releases; r++)
        hs_free(known[r].of);
    hs_free(known);
    hs_free(planned);
}
