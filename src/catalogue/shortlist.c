/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which tracks are worth doing again. Priority is the product of four factors that are
 * all shown; the order is tried with each of them weighted at half and at double, and
 * the range of ranks says how much it hangs on the weights.
 */
#include "catalogue/shortlist.h"

#include "catalogue/budget.h"
#include "catalogue/plan.h"
#include "catalogue/releases.h"
#include "catalogue/remedy.h"
#include "catalogue/trust.h"
#include "core/alloc.h"
#include "core/num.h"
#include "judge/rule.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { N_FACTORS = 4, N_ACTIONS = 4 };

/* All that bears on the decision about one track. */
struct appraisal {
    double points[N_ACTIONS];                                  /* by the action that would help */
    double weight[N_ACTIONS], fix[N_ACTIONS], sure[N_ACTIONS]; /* sums over findings */
    double worst, sum;                                         /* severities of the lead findings */
    const struct hs_finding *lead[N_ACTIONS];
    int n_leads, n_indicated, n_lost;
};

static void appraise_finding(const struct hs_track_result *t, const struct hs_finding *found,
                             struct appraisal *a)
{
    struct hs_finding weighed = *found; /* as heavy as the ear lets it be */
    const struct hs_finding *f = &weighed;
    weighed.severity = hs_trust_severity(found);
    double severity = (double)f->severity, points = hs_remedy_points(f);
    struct hs_remedy r = hs_remedy_of(t, f);
    a->n_leads++;
    a->sum += severity;
    a->worst = fmax(a->worst, severity);
    a->n_indicated += hs_remedy_only_indicated(f) && f->severity >= HS_MINOR;
    a->n_lost += points > 0 && r.action == HS_LEAVE;
    a->points[r.action] += points;
    if (!(points > 0))
        return;
    a->weight[r.action] += severity;
    a->fix[r.action] += severity * r.fixability;
    a->sure[r.action] += severity * hs_remedy_confidence(t, f);
    if (!a->lead[r.action])
        a->lead[r.action] = found;
}

static struct appraisal appraise(const struct hs_track_result *t)
{
    struct appraisal a = {0};
    for (size_t i = 0; i < t->n_findings; i++)
        if (hs_finding_counts(&t->findings[i]))
            appraise_finding(t, &t->findings[i], &a);
    return a;
}

/* The heaviest step that enough speaks for; it carries what the lighter ones would. */
static enum hs_action action_of(const struct appraisal *a)
{
    if (a->points[HS_RE_MIX] >= hs_remedy_needed(HS_RE_MIX))
        return HS_RE_MIX;
    if (a->points[HS_RE_MASTER] >= hs_remedy_needed(HS_RE_MASTER))
        return HS_RE_MASTER;
    if (a->points[HS_RE_UPLOAD] >= hs_remedy_needed(HS_RE_UPLOAD))
        return HS_RE_UPLOAD;
    return HS_LEAVE;
}

static const char *why_listed(struct hs_arena *a, const struct hs_finding *f, int others)
{
    static const char *const from[HS_N_ORIGINS] = {"",
                                                   ", in the mix",
                                                   ", in the mix and made worse",
                                                   ", in the mix, eased since",
                                                   ", brought in by mastering",
                                                   ", exposed by mastering",
                                                   ""};
    const char *value = "", *more = "";
    if (f->unit && (!strcmp(f->unit, "dB") || !strcmp(f->unit, "LU")))
        value = hs_arena_printf(a, ", %.1f %s", f->value, f->unit);
    if (others > 0)
        more = hs_arena_printf(a, "; %d more finding%s", others, others == 1 ? "" : "s");
    const struct hs_rule *rule = hs_rule_find(f->rule);
    return hs_arena_printf(a, "%s: %s%s%s%s%s", rule ? rule->title : f->rule,
                           hs_severity_name(f->severity), value, from[f->origin],
                           f->heard ? ", heard" : "", more);
}

static const char *why_left(const struct hs_track_result *t, const struct appraisal *a)
{
    if (t->master.state != HS_FILE_OK)
        return "the master could not be judged";
    if (a->n_leads == 0)
        return "nothing stands out";
    if (a->n_lost)
        return "nothing in the archive would help: look for the mix or the session";
    if (a->worst < HS_MODERATE)
        return a->n_indicated ? "small findings and indications: listen first"
                              : "only small findings";
    if (a->n_indicated)
        return "listen first: indications alone do not call for work";
    return "listen first: a single inferred finding is not enough";
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

/* Confidence and fixability where nothing weighs enough: of the step nearest to it. */
static void factors_fill(const struct appraisal *a, enum hs_action action,
                         struct hs_shortlist_row *row)
{
    double weight = 0, fix = 0, sure = 0;
    for (int i = 0; i < N_ACTIONS; i++) {
        bool carried = action == HS_LEAVE || (i > HS_LEAVE && i <= (int)action);
        weight += carried ? a->weight[i] : 0;
        fix += carried ? a->fix[i] : 0;
        sure += carried ? a->sure[i] : 0;
    }
    row->severity = a->worst + .3 * (a->sum - a->worst);
    row->fixability = weight > 0 ? fix / weight : 0;
    row->confidence = weight > 0 ? sure / weight : 0;
}

/* A verified update asks for nothing but its release: a new mix has to be mastered. */
static void take_update(const struct hs_track_result *t, struct hs_shortlist_row *row)
{
    bool mix = t->update_kind == HS_UPDATE_MIX;
    row->action = mix ? HS_RE_MASTER : HS_RE_UPLOAD;
    row->fixability = row->confidence = 1;
    row->why = mix ? "the new mix is verified against its plan: have it mastered"
                   : "the new master is verified against its plan: upload it";
}

static void row_fill(struct hs_audit *audit, size_t i, double plays, struct hs_shortlist_row *row)
{
    const struct hs_track_result *t = &audit->tracks[i];
    struct appraisal a = appraise(t);
    *row = (struct hs_shortlist_row){.track = i, .action = action_of(&a)};
    factors_fill(&a, row->action, row);
    row->reach = reach_of(t->track->plays, plays);
    if (t->update_verified)
        take_update(t, row);
    else if (row->action == HS_LEAVE)
        row->why = why_left(t, &a);
    else
        row->why = why_listed(&audit->arena, a.lead[row->action], a.n_leads - 1);
    row->hours = hs_remedy_hours(row->action, t->track);
    if (row->action == HS_LEAVE)
        return;
    row->priority = row->severity * row->fixability * row->reach * row->confidence;
    row->in_budget = true;
}

static int by_priority(const void *a, const void *b)
{
    const struct hs_shortlist_row *x = a, *y = b;
    bool listed_x = x->action != HS_LEAVE, listed_y = y->action != HS_LEAVE;
    if (listed_x != listed_y)
        return listed_x ? -1 : 1;
    if (listed_x && x->priority != y->priority)
        return x->priority > y->priority ? -1 : 1;
    return (x->track > y->track) - (x->track < y->track);
}

struct tried { /* a row under other weights */
    double priority;
    size_t row;
};

static int by_tried(const void *a, const void *b)
{
    const struct tried *x = a, *y = b;
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
        t[i] = (struct tried){pow(rows[i].severity, power[0]) * pow(rows[i].fixability, power[1]) *
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

void hs_shortlist_make(struct hs_audit *audit)
{
    size_t n = audit->job->n_tracks, listed = 0;
    struct hs_shortlist_row *rows = HS_ARENA_ARRAY(&audit->arena, struct hs_shortlist_row, n + 1);
    double plays = median_plays(audit->job);
    for (size_t i = 0; i < n; i++)
        row_fill(audit, i, plays, &rows[i]);
    if (n)
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
