/* SPDX-License-Identifier: Apache-2.0 */
/* Look-ups in the results of one track that pages share. */
#include "report/track.h"

#include "catalogue/another_song.h"

/* Of the findings of one rule the one that counts, else the first. */
const struct hs_finding *hs_track_finding(const struct hs_track_result *t, const char *rule)
{
    const struct hs_finding *found = NULL;
    for (size_t i = 0; i < t->n_findings; i++)
        if (hs_same_rule(t->findings[i].rule, rule) &&
            (!found || (hs_finding_counts(&t->findings[i]) && !hs_finding_counts(found))))
            found = &t->findings[i];
    return found;
}

const struct hs_judgement *hs_track_judgement(const struct hs_track_result *t, const char *rule)
{
    for (size_t i = 0; i < t->n_judgements; i++)
        if (hs_same_rule(t->judgements[i].of->rule, rule))
            return &t->judgements[i];
    return NULL;
}

bool hs_track_counts_for_rule(const struct hs_track_result *t, const char *rule)
{
    return !hs_another_song_is(t) || hs_another_song_counts(rule);
}

/* The most severe finding that counts; of equals the first, as judge/ sorts them. */
const struct hs_finding *hs_track_worst(const struct hs_track_result *t)
{
    const struct hs_finding *worst = NULL;
    for (size_t i = 0; i < t->n_findings; i++)
        if (hs_finding_counts(&t->findings[i]) &&
            (!worst || t->findings[i].severity > worst->severity))
            worst = &t->findings[i];
    return worst;
}

/* The step of the plan that corrects this finding; NULL: none. */
const struct hs_plan_step *hs_track_step(const struct hs_track_result *t,
                                         const struct hs_shortlist_row *row,
                                         const struct hs_finding *f)
{
    for (size_t i = 0; row && i < row->n_plan; i++)
        if (&t->findings[row->plan[i].finding] == f)
            return &row->plan[i];
    return NULL;
}

size_t hs_track_counted(const struct hs_track_result *t)
{
    size_t n = 0;
    for (size_t i = 0; i < t->n_findings; i++)
        n += hs_finding_counts(&t->findings[i]);
    return n;
}
