/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Trials are blind answers yes or no to a finding of the audit; of several by one listener the last
 * counts. Faults that the file shows and ears seldom hear have none. They are counted by rule and
 * listener, with a Wilson interval of the share confirmed. A rule without any confirmation in
 * HS_TRUST_TRIALS trials of the listener who decides is doubted: its inferred findings are marked.
 */
#include "catalogue/trust.h"

#include "catalogue/stats_counts.h"
#include "judge/rule.h"

#include <stdlib.h>
#include <string.h>

static const struct hs_finding *finding_of(const struct hs_track_result *t, const char *rule)
{
    for (size_t i = 0; i < t->n_findings; i++)
        if (hs_same_rule(t->findings[i].rule, rule))
            return &t->findings[i];
    return NULL;
}

static bool same_name(const char *a, const char *b)
{
    return a == b || (a && b && !strcmp(a, b));
}

/* Not to hear what is seldom heard says nothing of it. */
static bool can_be_tried(const char *id)
{
    const struct hs_rule *rule = hs_rule_find(id);
    return !rule || rule->hearable == HS_HEARD_BY_EAR;
}

static bool is_trial(const struct hs_said *s)
{
    return s->blind && s->rule && can_be_tried(s->rule) &&
           (s->reply == HS_REPLY_YES || s->reply == HS_REPLY_NO);
}

/* Whether the same listener has said something else to the same finding later. */
static bool is_last(const struct hs_job *job, size_t i)
{
    const struct hs_said *s = &job->said[i];
    for (size_t k = i + 1; k < job->n_said; k++) {
        const struct hs_said *later = &job->said[k];
        if (is_trial(later) && later->track == s->track && hs_same_rule(later->rule, s->rule) &&
            same_name(later->listener, s->listener))
            return false;
    }
    return true;
}

static struct hs_trust *row_of(struct hs_audit *audit, const struct hs_said *s)
{
    for (size_t i = 0; i < audit->n_trust; i++)
        if (hs_same_rule(audit->trust[i].rule, s->rule) &&
            same_name(audit->trust[i].listener, s->listener))
            return &audit->trust[i];
    struct hs_trust *row = &audit->trust[audit->n_trust++];
    *row = (struct hs_trust){.listener = s->listener, .rule = s->rule};
    return row;
}

static int by_rule(const void *a, const void *b)
{
    const struct hs_trust *x = a, *y = b;
    int order = strcmp(x->rule, y->rule);
    return order ? order : strcmp(x->listener ? x->listener : "", y->listener ? y->listener : "");
}

/* The last answer of a listener on a finding counts. */
static void count(struct hs_audit *audit)
{
    const struct hs_job *job = audit->job;
    audit->trust = HS_ARENA_ARRAY(&audit->arena, struct hs_trust, job->n_said + 1);
    for (size_t i = 0; i < job->n_said; i++) {
        const struct hs_said *s = &job->said[i];
        if (!is_trial(s) || !finding_of(&audit->tracks[s->track], s->rule) || !is_last(job, i))
            continue;
        struct hs_trust *row = row_of(audit, s);
        row->trials++;
        row->confirmed += s->reply == HS_REPLY_YES;
        row->decides |= s->decides;
    }
}

static void doubt(struct hs_audit *audit, const char *rule)
{
    for (size_t t = 0; t < audit->job->n_tracks; t++)
        for (size_t i = 0; i < audit->tracks[t].n_findings; i++) {
            struct hs_finding *f = &audit->tracks[t].findings[i];
            f->doubted |= f->tier == HS_INFERRED && !f->heard && hs_same_rule(f->rule, rule);
        }
}

/* A rule that a deciding listener never hears is doubted. */
void hs_trust_make(struct hs_audit *audit)
{
    audit->n_trust = 0;
    if (!audit->job->n_said)
        return;
    count(audit);
    qsort(audit->trust, audit->n_trust, sizeof *audit->trust, by_rule);
    for (size_t i = 0; i < audit->n_trust; i++) {
        struct hs_trust *row = &audit->trust[i];
        row->interval = hs_wilson(row->confirmed, row->trials, 0.95);
        row->doubted = row->decides && row->trials >= HS_TRUST_TRIALS && !row->confirmed;
        if (row->doubted)
            doubt(audit, row->rule);
    }
}

enum hs_severity hs_trust_severity(const struct hs_finding *f)
{
    return f->doubted && f->severity > HS_NOTE ? (enum hs_severity)(f->severity - 1) : f->severity;
}
