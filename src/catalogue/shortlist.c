/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Per track, the heaviest action whose findings give enough points is taken (appraisal.h).
 * 2. Priority is the product of four factors that are all shown: severity (the worst finding plus
 * .3 of the others; beyond severe half a severity for each doubling), the share that can be mended,
 * reach (plays against the median, 10 times the plays count double, .25 to 4), and how sure the
 * findings are.
 * 3. Rows are sorted by tier of the leading finding, then by priority. One file on several releases
 *    is one row.
 * 4. The order is tried with each factor to the power of .5, 1 and 2 (81 weightings). The range of
 *    ranks says how much a rank depends on the weights.
 * 5. Then come the plan of corrections, the choice within the budget, and the rows of releases.
 * A verified update, a file that cannot be read, and work that has begun have rows of their own
 * kind.
 */
#include "catalogue/shortlist.h"

#include "catalogue/another_song.h"
#include "catalogue/appraisal.h"
#include "catalogue/budget.h"
#include "catalogue/plan.h"
#include "catalogue/releases.h"
#include "catalogue/remedy.h"
#include "catalogue/same_file.h"
#include "catalogue/shortlist_words.h"
#include "catalogue/special_row.h"
#include "core/alloc.h"
#include "core/num.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { N_FACTORS = 4 };

/* Why a track is not on the list, and whether an ear could put it there. */
static void fill_why_left(const struct hs_track_result *t, const struct hs_appraisal *a,
                          struct hs_shortlist_row *row)
{
    bool small = a->worst < HS_MODERATE;
    if (t->master.state == HS_FILE_NOT_READ) {
        row->why = "nothing shows that the master is damaged, but it is not read here: convert it";
        return;
    }
    if (t->master.state != HS_FILE_OK) {
        row->why = "the master could not be judged";
        return;
    }
    if (a->n_leads == 0) {
        row->why = "nothing stands out";
        return;
    }
    if (a->by[HS_LEAVE].points > 0 && a->by[HS_RE_MIX].points == 0) {
        row->why = "nothing in the archive would help: look for the mix or the session";
        return;
    }
    row->listen_first = !small || a->n_indicated > 0;
    row->why = small && !a->n_indicated ? "only small findings"
               : small                  ? "small findings and indications: listen first"
               : a->n_indicated && !a->n_inferred
                   ? "listen first: indications alone do not call for work"
               : a->n_inferred == 1 && a->n_leads - a->n_indicated == 1
                   ? "listen first: a single inferred finding is not enough"
                   : "listen first: what was found does not call for the work it would take";
}

/* Ten times the plays of the middle track count double. */
static double reach_of(double plays, double median)
{
    if (!(plays >= 0) || !(median > 0))
        return 1;
    return fmin(4, fmax(.25, pow(plays / median, log10(2))));
}

static double median_plays(const struct hs_job *job)
{
    double *plays = HS_NEW_ARRAY(double, job->n_tracks + 1);
    size_t n = 0;
    for (size_t i = 0; i < job->n_tracks; i++)
        if (job->tracks[i].plays > 0)
            plays[n++] = job->tracks[i].plays;
    double median = hs_median(plays, n);
    hs_free(plays);
    return median;
}

/* The factors as the action sees them; where nothing weighs enough, as all findings do. */
static void factors_fill(const struct hs_appraisal *a, enum hs_action action,
                         struct hs_shortlist_row *row)
{
    const struct hs_help *h = &a->by[action];
    /* of the two means each finding has the share that it has of the severity: one more fault, of
     * which less is sure, makes no track less urgent */
    const double others = .3, sum = others * h->weight + (1 - others) * h->worst;
    row->severity = a->worst + others * (a->sum - a->worst);
    row->fixability =
        sum > 0 ? (others * h->fix + (1 - others) * h->worst * h->worst_fix) / sum : 0;
    row->confidence =
        sum > 0 ? (others * h->sure + (1 - others) * h->worst * h->worst_sure) / sum : 0;
    row->lead = action == HS_LEAVE ? NULL : h->lead;
    row->tier = h->lead ? h->lead->tier : HS_INDICATION;
}

/* Work on a track has begun: it stays on the list until that is verified. */
static enum hs_action begun(const struct hs_track_result *t)
{
    for (size_t i = 0; i < t->first_plan->n_steps; i++)
        if (t->first_plan->steps[i].where == HS_PLACE_MIX)
            return HS_RE_MIX;
    return HS_RE_MASTER;
}

/* Action, reason, hours, and the four factors whose product is the priority. */
static void row_fill(struct hs_audit *audit, size_t i, double plays, struct hs_shortlist_row *row)
{
    const struct hs_track_result *t = &audit->tracks[i];
    struct hs_appraisal a = hs_appraise(t);
    *row = (struct hs_shortlist_row){.track = i, .action = hs_appraisal_action(t, &a)};
    if (row->action == HS_LEAVE && t->first_plan && t->first_plan->n_steps)
        row->action = begun(t);
    factors_fill(&a, row->action, row);
    row->reach = reach_of(t->track->plays, plays);
    bool damaged = t->master.state == HS_FILE_UNREADABLE;
    if (damaged && !t->update_verified)
        hs_special_row_of_damage(audit, t, row);
    else if (t->update_verified)
        hs_special_row_of_update(t, row);
    else if (row->action == HS_LEAVE)
        fill_why_left(t, &a, row);
    else if (!a.by[row->action].lead)
        row->why = "an update is in work: its plan stays until it is verified";
    else
        row->why = hs_shortlist_why(&audit->arena, a.by[row->action].lead, a.n_leads - 1, row);
    if (!damaged && !t->update_verified && hs_another_song_is(t))
        hs_special_row_of_wrong_file(audit, t, row);
    row->hours = hs_remedy_hours(row->action, t->track);
    if (row->action == HS_LEAVE)
        return;
    /* a product, so that no factor makes up for another */
    row->priority = row->severity * row->fixability * row->reach * row->confidence;
    row->in_budget = true;
}

/* Listed ones first, measured before inferred, then by priority. */
static int by_priority(const void *a, const void *b)
{
    const struct hs_shortlist_row *x = a, *y = b;
    bool listed_x = x->action != HS_LEAVE, listed_y = y->action != HS_LEAVE;
    if (listed_x != listed_y)
        return listed_x ? -1 : 1;
    if (listed_x && x->tier != y->tier)
        return x->tier < y->tier ? -1 : 1;
    if (listed_x && x->priority != y->priority)
        return x->priority > y->priority ? -1 : 1;
    return (x->track > y->track) - (x->track < y->track);
}

struct tried { /* a row under other weights */
    enum hs_tier tier;
    double priority;
    size_t row;
};

static int by_tried(const void *a, const void *b)
{
    const struct tried *x = a, *y = b;
    if (x->tier != y->tier)
        return x->tier < y->tier ? -1 : 1;
    if (x->priority != y->priority)
        return x->priority > y->priority ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

/* One weighting: each factor to the power of .5, 1 or 2, by the digits of `code`. */
static void try_weights(int code, struct hs_shortlist_row *rows, size_t n, struct tried *t)
{
    static const double powers[] = {.5, 1, 2};
    double power[N_FACTORS];
    for (int f = 0; f < N_FACTORS; f++, code /= 3)
        power[f] = powers[code % 3];
    for (size_t i = 0; i < n; i++)
        t[i] = (struct tried){rows[i].tier,
                              pow(rows[i].severity, power[0]) * pow(rows[i].fixability, power[1]) *
                                  pow(rows[i].reach, power[2]) * pow(rows[i].confidence, power[3]),
                              i};
    qsort(t, n, sizeof *t, by_tried);
    for (size_t k = 0; k < n; k++) {
        struct hs_shortlist_row *row = &rows[t[k].row];
        int rank = (int)k + 1;
        row->rank_low = rank < row->rank_low ? rank : row->rank_low;
        row->rank_high = rank > row->rank_high ? rank : row->rank_high;
    }
}

static void rank(struct hs_shortlist_row *rows, size_t n)
{
    struct tried *t = HS_NEW_ARRAY(struct tried, n + 1);
    for (size_t i = 0; i < n; i++)
        rows[i].rank = rows[i].rank_low = rows[i].rank_high = (int)i + 1;
    for (int code = 0; n && code < 81; code++)
        try_weights(code, rows, n, t);
    hs_free(t);
}

/* Rows for all tracks; what is not listed says why. */
void hs_shortlist_make(struct hs_audit *audit)
{
    size_t n = audit->job->n_tracks, listed = 0;
    struct hs_shortlist_row *rows = HS_ARENA_ARRAY(&audit->arena, struct hs_shortlist_row, n + 1);
    double plays = median_plays(audit->job);
    for (size_t i = 0; i < n; i++)
        row_fill(audit, i, plays, &rows[i]);
    if (n)
        qsort(rows, n, sizeof *rows, by_priority);
    hs_same_file_merge(audit, rows, n);
    if (n) /* what is done elsewhere goes to what is left alone */
        qsort(rows, n, sizeof *rows, by_priority);
    while (listed < n && rows[listed].action != HS_LEAVE)
        listed++;
    rank(rows, listed);
    audit->shortlist = rows;
    audit->n_shortlist = n;
    for (size_t i = 0; i < n; i++)
        hs_corrections_plan(audit, &rows[i]);
    hs_budget_choose(rows, listed, audit->job->budget_hours);
    hs_releases_make(audit);
}
