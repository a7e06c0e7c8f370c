/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Masters without tags get album and artist from their neighbours (init/adopt.h).
 * 2. Each mix is compared with each master by recording code, then by titles in normal form from
 *    tags and names: equal, one at the beginning or end of the other, one or two letters apart
 *    (six letters and more). Each kind of likeness has a probability.
 * 3. Length speaks for it (2 s or 1 %) or against it (15 s or 10 %); another release or disc
 *    speaks against it.
 * 4. The best title wins. Within it the best revision does: fitting length, not called old, higher
 *    number, without limiter, more bits, then the path. Older revisions stand in comments.
 * 5. A pair is ambiguous below 0.7, where another title comes within 0.05, or where the better of
 *    two revisions cannot be told by name.
 */
#include "init/match.h"

#include "core/alloc.h"
#include "core/num.h"
#include "core/num_text.h"
#include "core/text.h"
#include "init/adopt.h"
#include "job/slug.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What a kind of likeness is worth, as a probability by experience with archives; the
 * length then speaks for or against it. */
static const double SAME_CODE = 0.97, SAME_NAME = 0.9, NAME_PART = 0.75, ONE_LETTER = 0.7,
                    TWO_LETTERS = 0.65, SAME_LENGTH = 0.08, OTHER_LENGTH = -0.25,
                    OTHER_RELEASE = -0.06, OTHER_DISC = -0.3;
/* Below this a pair is listed as ambiguous; so are rivals closer than this to the best.
 */
static const double SURE = 0.7, RIVAL = 0.05;

struct likeness {
    double score;
    const char *why;
};

struct rival {
    struct hs_take *mix;
    struct likeness like;
    bool fits; /* in length */
};

/* Both are known and equal. */
static bool same(const char *a, const char *b)
{
    return a && b && *a && !strcmp(a, b);
}

/* At the beginning or the end, at least four letters and half of the longer title. */
static bool part_of(const char *shorter, const char *longer)
{
    size_t n = strlen(shorter), m = strlen(longer);
    return n >= 4 && n < m && 2 * n >= m &&
           (!strncmp(shorter, longer, n) || !strcmp(longer + m - n, shorter));
}

/* How alike two titles in normal form are; short ones must be equal or part of each other. */
static struct likeness like_keys(const char *a, const char *b)
{
    size_t n = a && b ? strlen(a) : 0, m = n ? strlen(b) : 0;
    if (!n || !m)
        return (struct likeness){0};
    if (!strcmp(a, b))
        return (struct likeness){SAME_NAME, "same name"};
    if (part_of(a, b) || part_of(b, a))
        return (struct likeness){NAME_PART, "one name holds the other"};
    if (n < 6 || m < 6 || n > m + 2 || m > n + 2)
        return (struct likeness){0};
    unsigned d = hs_text_distance(a, b, 3);
    if (d == 1)
        return (struct likeness){ONE_LETTER, "one letter differs"};
    return d == 2 ? (struct likeness){TWO_LETTERS, "two letters differ"} : (struct likeness){0};
}

/* Of equal ones the first, which is the plainer reason. */
static struct likeness better(struct likeness a, struct likeness b)
{
    return b.score > a.score ? b : a;
}

/* The best likeness of the two names and tags; a number in front may belong to the title. */
static struct likeness like_names(const struct hs_take *m, const struct hs_take *x)
{
    struct likeness l = {0};
    const char *key = m->name.aside ? m->name.key_aside : m->name.key;
    const char *other = m->name.aside ? x->name.key_aside : x->name.key;
    if (same(m->isrc, x->isrc))
        return (struct likeness){SAME_CODE, "same ISRC"};
    l = better(l, like_keys(key, other));
    l = better(l, like_keys(m->tag_key, other));
    l = better(l, like_keys(key, x->tag_key));
    if (m->name.track && same(m->name.key_full, x->name.key_full)) /* "99 Problems" */
        l = better(l, (struct likeness){SAME_NAME, "same name"});
    if (same(m->name.key_full, x->name.key) || same(m->name.key, x->name.key_full))
        l = better(l, (struct likeness){SAME_NAME, "same name"});
    return l;
}

/* A master is cut and faded; 2 s or 1 % are nothing. */
static bool fits(double a, double b)
{
    return a > 0 && b > 0 && fabs(a - b) <= fmax(2, 0.01 * fmin(a, b));
}

/* Does the mix lie in a folder that names another release than tags and folder of the master? */
static bool other_release(struct hs_arena *s, const struct hs_take *m, const struct hs_take *x)
{
    if (!x->name.release)
        return false;
    const char *mine = hs_job_normal_title(s, hs_archive_release(m));
    const char *theirs = hs_job_normal_title(s, x->name.release);
    const char *folder = m->name.release ? hs_job_normal_title(s, m->name.release) : mine;
    return strcmp(mine, theirs) && strcmp(folder, theirs);
}

/* The likeness of the names, corrected by length, release and disc. */
static struct rival rate(struct hs_arena *s, const struct hs_take *m, struct hs_take *x,
                         struct likeness like)
{
    double a = m->stream.duration_s, b = x->stream.duration_s;
    struct rival r = {x, like, fits(a, b)};
    if (r.fits)
        r.like.score += SAME_LENGTH;
    else if (a > 0 && b > 0 && fabs(a - b) > fmax(15, 0.1 * fmax(a, b)))
        r.like.score += OTHER_LENGTH;
    if (other_release(s, m, x))
        r.like.score += OTHER_RELEASE;
    if (m->disc && x->disc && m->disc != x->disc)
        r.like.score += OTHER_DISC;
    r.like.score = fmin(fmax(r.like.score, 0), 0.99);
    return r;
}

/* Revisions of one mix: same title, release folder and disc. */
static bool same_title(const struct hs_take *a, const struct hs_take *b)
{
    return !strcmp(a->name.key, b->name.key) &&
           same(a->name.release, b->name.release) == (a->name.release && b->name.release) &&
           a->disc == b->disc;
}

/* Better revisions first: the right length, not called old, the higher number, without limiter,
 * more bits; then the path, so that the order never depends on chance. */
static int by_revision(const struct rival *a, const struct rival *b)
{
    if (a->fits != b->fits)
        return a->fits ? -1 : 1;
    if (a->mix->name.older != b->mix->name.older)
        return a->mix->name.older ? 1 : -1;
    if (a->mix->name.revision != b->mix->name.revision)
        return a->mix->name.revision > b->mix->name.revision ? -1 : 1;
    if (a->mix->name.flat != b->mix->name.flat)
        return a->mix->name.flat ? -1 : 1;
    if (a->mix->stream.bits != b->mix->stream.bits)
        return a->mix->stream.bits > b->mix->stream.bits ? -1 : 1;
    return hs_archive_order(a->mix, b->mix);
}

/* The most likely first; of equals the better revision. */
static int by_score(const void *x, const void *y)
{
    const struct rival *a = x, *b = y;
    if (a->like.score != b->like.score)
        return a->like.score > b->like.score ? -1 : 1;
    return by_revision(a, b);
}

/* Can the better of two revisions be told by name? "final" against a number cannot, nor
 * two of one number that are not the same bounce. A mix that is called old has been replaced,
 * unless the length of the other speaks against that. */
static bool undecided(const struct rival *best, const struct rival *other)
{
    const struct hs_name *a = &best->mix->name, *b = &other->mix->name;
    if (a->older != b->older)
        return a->older;
    bool word =
        (a->final && !a->revision && b->revision) || (b->final && !b->revision && a->revision);
    bool twins = a->revision == b->revision && a->flat == b->flat && a->final == b->final &&
                 fabs(best->mix->stream.duration_s - other->mix->stream.duration_s) > 0.05;
    bool shorter = best->fits && !other->fits && b->revision > a->revision;
    return word || twins || shorter;
}

/* Both lengths in words, for the reason beside a pair. */
static const char *lengths(struct hs_archive *in, const struct hs_take *m, const struct hs_take *x)
{
    char a[HS_NUM_TEXT], b[HS_NUM_TEXT];
    if (m->stream.duration_s <= 0 || x->stream.duration_s <= 0)
        return "length unknown";
    return hs_arena_printf(in->arena, "%s s, the mix %s s",
                           hs_num_fixed(a, m->stream.duration_s, 1),
                           hs_num_fixed(b, x->stream.duration_s, 1));
}

/* Rivals are sorted by score: the best title first, its revisions within it. */
static void choose(struct hs_archive *in, struct hs_guess *g, struct rival *r, size_t n)
{
    struct rival best = r[0];
    for (size_t i = 1; i < n; i++)
        if (same_title(r[i].mix, best.mix) && by_revision(&r[i], &best) < 0)
            best = r[i];
    g->mixes[g->n_mixes++] = best.mix;
    g->confidence = best.like.score;
    /* Other mixes stay in question where their score or revision decides nothing; older revisions
     * of the chosen mix become its companions. */
    for (size_t i = 0; i < n; i++) {
        bool revision = same_title(r[i].mix, best.mix);
        if (r[i].mix == best.mix)
            continue;
        bool rival = revision ? undecided(&best, &r[i]) : r[i].like.score > best.like.score - RIVAL;
        if (rival && g->n_mixes < HS_MOST_GUESSES) {
            g->mixes[g->n_mixes++] = r[i].mix;
        } else if (revision) {
            hs_archive_add_companion(in, g, r[i].mix, HS_COMPANION_OLDER, NULL);
            r[i].mix->used = true;
        }
    }
    for (size_t i = 0; i < g->n_mixes; i++)
        g->mixes[i]->used = true;
    /* Certainty and reason, which the user gets to see. */
    g->ambiguous = g->n_mixes > 1 || g->confidence < SURE;
    g->why = hs_arena_printf(in->arena, "%s; %s", best.like.why, lengths(in, g->master, best.mix));
    if (best.mix->name.revision && g->n_companions)
        g->why = hs_arena_printf(in->arena, "%s; revision %d is the highest", g->why,
                                 best.mix->name.revision);
}

/* A mix that was not set aside; for an instrumental or other version that was released, only a mix
 * of that version. */
static bool may_pair(const struct hs_take *master, const struct hs_take *t)
{
    if (t->part != HS_PART_MIX || t->error)
        return false;
    if (master->name.aside) /* an instrumental that was released has such a mix */
        return !t->name.aside_by_folder && t->name.aside == master->name.aside;
    return !t->aside;
}

/* Files of its title that may be its mix or a release of their own. */
static void add_untold(struct hs_archive *in, struct hs_guess *g)
{
    for (size_t i = 0; i < in->n_takes; i++) {
        struct hs_take *t = &in->takes[i];
        if (t->untold && like_names(g->master, t).score >= SAME_NAME)
            hs_archive_add_companion(in, g, t, HS_COMPANION_UNTOLD, NULL);
    }
}

/* Rates every mix that could belong to a master, and chooses. */
static void match(struct hs_archive *in, struct hs_guess *g, struct rival *rivals)
{
    struct hs_arena s = {0};
    double best = 0;
    size_t n = 0;
    for (size_t i = 0; i < in->n_takes; i++) {
        if (!may_pair(g->master, &in->takes[i]))
            continue;
        struct likeness like = like_names(g->master, &in->takes[i]);
        if (like.score <= 0)
            continue;
        rivals[n] = rate(&s, g->master, &in->takes[i], like);
        best = fmax(best, rivals[n++].like.score);
    }
    if (n) {
        qsort(rivals, n, sizeof *rivals, by_score);
        choose(in, g, rivals, n);
    } else {
        g->why = "no mix of such a name";
    }
    add_untold(in, g);
    hs_arena_free(&s);
}

/* By release, disc, track number, path. */
static int in_order(const void *a, const void *b)
{
    const struct hs_take *x = ((const struct hs_guess *)a)->master;
    const struct hs_take *y = ((const struct hs_guess *)b)->master;
    int order = strcmp(x->release_key, y->release_key);
    if (order)
        return order;
    if (x->disc != y->disc)
        return x->disc < y->disc ? -1 : 1;
    if (x->track != y->track)
        return x->track < y->track ? -1 : 1;
    return hs_archive_order(x, y);
}

/* One guess for each master, sorted by release, disc and number. */
void hs_init_match(struct hs_archive *in)
{
    struct rival *rivals = HS_NEW_ARRAY(struct rival, in->n_takes + 1);
    in->guesses = HS_ARENA_ARRAY(in->arena, struct hs_guess, in->n_takes);
    for (size_t i = 0; i < in->n_takes; i++) {
        struct hs_take *t = &in->takes[i];
        if (t->part == HS_PART_MASTER && !t->aside && !t->error && !t->copy_of)
            in->guesses[in->n_guesses++].master = t;
    }
    hs_init_adopt_albums(in);
    hs_init_adopt_artists(in);
    if (in->n_guesses)
        qsort(in->guesses, in->n_guesses, sizeof *in->guesses, in_order);
    for (size_t i = 0; i < in->n_guesses; i++)
        match(in, &in->guesses[i], rivals);
    hs_free(rivals);
}
