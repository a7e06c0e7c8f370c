/* SPDX-License-Identifier: Apache-2.0 */
#include "catalogue/another_song.h"

static const char told_by[] = "damaged";

const struct hs_finding *hs_another_song_finding(const struct hs_track_result *t)
{
    for (size_t i = 0; t->pair.state == HS_PAIR_DIFFERENT && i < t->n_findings; i++)
        if (hs_same_rule(t->findings[i].rule, told_by) && hs_finding_counts(&t->findings[i]))
            return &t->findings[i];
    return NULL;
}

bool hs_another_song_is(const struct hs_track_result *t)
{
    return hs_another_song_finding(t) != NULL;
}

bool hs_another_song_counts(const char *rule)
{
    return hs_same_rule(rule, told_by);
}

void hs_another_song_mark(struct hs_audit *audit)
{
    for (size_t i = 0; i < audit->job->n_tracks; i++) {
        struct hs_track_result *t = &audit->tracks[i];
        bool another = hs_another_song_is(t);
        for (size_t k = 0; another && k < t->n_findings; k++)
            if (!hs_another_song_counts(t->findings[k].rule))
                t->findings[k].counting = HS_OF_ANOTHER_SONG;
    }
}
