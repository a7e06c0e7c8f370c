/* SPDX-License-Identifier: Apache-2.0 */
#include "job/ids.h"

#include "core/alloc.h"
#include "job/slug.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct taken {
    const char *id;
    size_t repeats; /* of an id that was made */
    int line;
};

struct table {
    struct taken *slots;
    size_t mask;
};

static struct taken *slot_of(struct table *t, const char *id)
{
    size_t h = 1469598103u;
    for (const char *p = id; *p; p++)
        h = (h ^ (size_t)tolower((unsigned char)*p)) * 16777619u;
    for (size_t i = h;; i++) {
        struct taken *s = &t->slots[i & t->mask];
        if (!s->id || !strcasecmp(s->id, id))
            return s;
    }
}

static void keep_said(struct hs_load *l, struct table *t)
{
    for (size_t i = 0; i < l->job->n_tracks; i++) {
        const struct hs_track *track = &l->tracks[i];
        if (!track->id)
            continue;
        struct taken *s = slot_of(t, track->id);
        if (s->id)
            hs_problem_add(l->problems, track->line, track->column,
                           "found the id \"%s\" again (first in the track of line %d), "
                           "expected one of its own",
                           track->id, s->line);
        *s = (struct taken){track->id, 1, track->line};
    }
}

static const char *free_id(struct hs_load *l, struct table *t, const char *made)
{
    struct taken *first = slot_of(t, made);
    const char *id = made;
    size_t k = first->id ? first->repeats + 1 : 1;
    while (first->id && slot_of(t, id = hs_arena_printf(l->arena, "%s-%zu", made, k))->id)
        k++;
    if (first->id)
        first->repeats = k;
    *slot_of(t, id) = (struct taken){id, 1, 0};
    return id;
}

void hs_ids_settle(struct hs_load *l)
{
    struct table t = {.mask = 15};
    while (t.mask < 2 * l->job->n_tracks)
        t.mask = 2 * t.mask + 1;
    t.slots = HS_NEW_ARRAY(struct taken, t.mask + 1);
    keep_said(l, &t);
    for (size_t i = 0; i < l->job->n_tracks; i++) {
        struct hs_track *track = &l->tracks[i];
        if (!track->id)
            track->id = free_id(l, &t,
                                hs_job_track_id(l->arena, l->releases[track->release].title,
                                                track->disc, track->title));
    }
    hs_free(t.slots);
}
