/* SPDX-License-Identifier: Apache-2.0 */
/* Words come from the saying of mastering or mixing; figures from usual.h. */
#include "catalogue/habit_words.h"

#include "catalogue/usual.h"
#include "model/measure.h"

#include <math.h>

enum { NAMED = 3 }; /* of each kind, in a sentence */

bool hs_habit_engineers_differ(const struct hs_habit_of_engineer *engineers, size_t n, size_t zone)
{
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < n; k++) {
            const struct hs_usual *x = &engineers[i].zone[zone], *y = &engineers[k].zone[zone];
            if (x->interval.high < y->interval.low && y->median - x->median >= hs_usual_told_db)
                return true;
        }
    return false;
}

/* The whole interval lies on one side of no change. */
static bool is_surely_one_way(const struct hs_usual *u)
{
    return u->interval.low > 0 || u->interval.high < 0;
}

static bool leaves(const struct hs_usual *u)
{
    return fabs(u->median) < hs_usual_told_db;
}

const char *hs_habit_say_engineers(struct hs_arena *a, const struct hs_habit_saying *s,
                                   const struct hs_habit_of_engineer *engineers, size_t n,
                                   size_t zone)
{
    const char *words = "", *left = NULL;
    size_t told = 0, n_left = 0;
    for (size_t i = 0; i < n; i++) {
        const struct hs_usual *u = &engineers[i].zone[zone];
        if (!isfinite(u->median) || !(leaves(u) || is_surely_one_way(u)))
            continue;
        if (leaves(u) && n_left++ < NAMED)
            left = left ? hs_arena_printf(a, "%s, %s", left, engineers[i].engineer)
                        : engineers[i].engineer;
        else if (!leaves(u) && told++ < NAMED)
            words = hs_arena_printf(a, "%s%s%s %s the %s in %d of %d %s, by %.1f dB", words,
                                    *words ? "; " : "", engineers[i].engineer,
                                    u->median > 0 ? s->more : s->less, hs_zones[zone].name, u->same,
                                    u->n, s->of, fabs(u->median));
    }
    if (n_left)
        words =
            hs_arena_printf(a, "%s%s%s%s %s", words, *words ? "; " : "", left,
                            n_left > NAMED ? " and others" : "", n_left > 1 ? s->leave : s->leaves);
    return words;
}

static const char *by_whom(struct hs_arena *a, const struct hs_habits *h, const char *what)
{
    const char *of = h->engineer ? hs_arena_printf(a, "%s by %s", what, h->engineer) : what;
    return h->year ? hs_arena_printf(a, "%s in %d", of, h->year) : of;
}

void hs_habit_say_zones(struct hs_arena *a, const struct hs_habit_saying *s, struct hs_habits *h)
{
    const char *words[HS_ZONES];
    for (size_t z = 0; z < HS_ZONES; z++) {
        const struct hs_usual *u = &h->zone[z];
        if (u->differs)
            words[h->n_words++] = hs_arena_printf(a, "%s: %s%s%s", by_whom(a, h, s->what),
                                                  h->by_whom[z], s->against, s->called);
        else if (hs_usual_is_told(u))
            words[h->n_words++] = hs_arena_printf(
                a, "%s %s the %s in %d of %d %s, median %+.1f dB (%+.1f to %+.1f)%s%s",
                by_whom(a, h, s->what), u->median > 0 ? s->more : s->less, hs_zones[z].name,
                u->same, u->n, s->of, u->median, u->interval.low, u->interval.high, s->against,
                s->called);
        else if (hs_usual_is_told_here(u))
            words[h->n_words++] = hs_arena_printf(
                a,
                "%s %s the %s in %d of %d %s of one release, median %+.1f dB%s: other releases "
                "would tell whether it is a habit",
                by_whom(a, h, s->what), u->median > 0 ? s->more : s->less, hs_zones[z].name,
                u->same, u->n, s->of, u->median, s->against);
    }
    h->words = hs_arena_copy(a, words, h->n_words * sizeof *words);
}
