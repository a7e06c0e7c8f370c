/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A hash table with open addressing, without regard to case, since ids become file names on disks
 * that have none.
 *
 * 1. Ids that the job gives are kept first, all of them, wherever they stand; two that are one
 *    are an error with both lines.
 * 2. The others are made of their titles, in the order of the job, and get "-2", "-3" ... where
 *    one is taken. The count is kept with the first of them, so that a thousand tracks of one
 *    title do not take a million steps.
 */
#include "job/ids.h"

#include "core/alloc.h"
#include "job/slug.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct hs_taken_id {
    const char *id;
    size_t repeats; /* of an id that was made */
    int line;
};

/* The slot of an id, or the free one where it belongs. */
static struct hs_taken_id *slot_of(const struct hs_ids *t, const char *id)
{
    size_t h = 1469598103u;
    for (const char *p = id; *p; p++)
        h = (h ^ (size_t)tolower((unsigned char)*p)) * 16777619u;
    for (size_t i = h;; i++) {
        struct hs_taken_id *s = &t->slots[i & t->mask];
        if (!s->id || !strcasecmp(s->id, id))
            return s;
    }
}

/* Twice as many slots as ids, so that a search is short. */
static void make_room(struct hs_ids *t)
{
    enum { LEAST = 16 };
    if (t->slots && 2 * (t->n + 1) <= t->mask)
        return;
    struct hs_ids more = {.mask = t->slots ? 2 * t->mask + 1 : LEAST - 1, .n = t->n};
    more.slots = HS_NEW_ARRAY(struct hs_taken_id, more.mask + 1);
    for (size_t i = 0; t->slots && i <= t->mask; i++)
        if (t->slots[i].id)
            *slot_of(&more, t->slots[i].id) = t->slots[i];
    hs_free(t->slots);
    *t = more;
}

void hs_ids_free(struct hs_ids *ids)
{
    hs_free(ids->slots);
    *ids = (struct hs_ids){0};
}

/* False where the id is taken, with the line of the track that has it. */
bool hs_ids_keep(struct hs_ids *ids, const char *id, int line, int *first_line)
{
    make_room(ids);
    struct hs_taken_id *s = slot_of(ids, id);
    bool taken = s->id != NULL;
    if (taken) {
        *first_line = s->line;
        return false;
    }
    ids->n++;
    *s = (struct hs_taken_id){id, 1, line};
    return true;
}

/* The id itself, or with the first number behind it that is free. */
const char *hs_ids_make(struct hs_ids *ids, struct hs_arena *a, const char *made)
{
    make_room(ids);
    struct hs_taken_id *first = slot_of(ids, made);
    const char *id = made;
    size_t k = first->id ? first->repeats + 1 : 1;
    while (first->id && slot_of(ids, id = hs_arena_printf(a, "%s-%zu", made, k))->id)
        k++;
    if (first->id)
        first->repeats = k;
    *slot_of(ids, id) = (struct hs_taken_id){id, 1, 0};
    ids->n++;
    return id;
}

/* Given ids before made ones, so that a made id never takes the place of one that somebody wrote.
 */
void hs_ids_settle(struct hs_load *l)
{
    struct hs_ids ids = {0};
    int first;
    for (size_t i = 0; i < l->job->n_tracks; i++) {
        const struct hs_track *t = &l->tracks[i];
        if (t->id && !hs_ids_keep(&ids, t->id, t->line, &first))
            hs_problem_add(l->problems, t->line, t->column,
                           "found the id \"%s\" again (first in the track of line %d), "
                           "expected one of its own",
                           t->id, first);
    }
    for (size_t i = 0; i < l->job->n_tracks; i++) {
        struct hs_track *t = &l->tracks[i];
        if (!t->id)
            t->id = hs_ids_make(
                &ids, l->arena,
                hs_job_track_id(l->arena, l->releases[t->release].title, t->disc, t->title));
    }
    hs_ids_free(&ids);
}
