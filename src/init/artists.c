/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. A release belongs to the artist that its tracks share, compared as titles are; those of
 *    several artists are one group, which comes last.
 * 2. What is in no track goes with the artist of its tags, and else with the group whose masters
 *    lie nearest: that share the most folders with it. So every file of the archive stands in
 *    exactly one job.
 */
#include "init/artists.h"

#include "job/slug.h"

#include <stdlib.h>
#include <string.h>

/* Names that are equal in normal form; two unknown ones are the same. */
static bool same_artist(const char *a, const char *b)
{
    struct hs_arena s = {0};
    bool same =
        a == b || (a && b && !strcmp(hs_job_normal_title(&s, a), hs_job_normal_title(&s, b)));
    hs_arena_free(&s);
    return same;
}

/* The group of an artist; n: there is none yet. */
static size_t find_group(const struct hs_artist_group *groups, size_t n, const char *artist)
{
    size_t i = 0;
    while (i < n && !same_artist(groups[i].artist, artist))
        i++;
    return i;
}

static int by_size(const void *x, const void *y)
{
    const struct hs_artist_group *a = x, *b = y;
    if (!a->artist != !b->artist) /* those of several come last */
        return a->artist ? -1 : 1;
    if (a->n_tracks != b->n_tracks)
        return a->n_tracks > b->n_tracks ? -1 : 1;
    return a->artist ? strcmp(a->artist, b->artist) : 0;
}

/* The artists of the archive, the one with most tracks first. */
struct hs_artist_group *hs_init_artists(struct hs_archive *in, size_t *n)
{
    struct hs_artist_group *groups = NULL;
    size_t cap = 0;
    *n = 0;
    for (size_t i = 0, end; i < in->n_guesses; i = end) {
        end = hs_archive_release_end(in, i);
        const char *artist = hs_archive_shared_artist(in->guesses + i, end - i);
        size_t at = find_group(groups, *n, artist);
        if (at == *n) {
            groups = hs_arena_grow(in->arena, groups, *n, &cap, sizeof *groups);
            groups[(*n)++] = (struct hs_artist_group){.artist = artist};
        }
        groups[at].n_tracks += end - i;
        groups[at].n_releases++;
    }
    if (*n)
        qsort(groups, *n, sizeof *groups, by_size);
    return groups;
}

/* How many folders two paths share. */
static size_t shared_folders(const char *a, const char *b)
{
    size_t n = 0;
    for (; *a && *a == *b; a++, b++)
        n += *a == '/';
    return n;
}

/* The group whose masters lie nearest to a path. */
static size_t nearest(const struct hs_archive *in, const size_t *group_of, const char *path)
{
    size_t best = 0, most = 0;
    for (size_t i = 0; i < in->n_guesses; i++) {
        size_t n = shared_folders(in->guesses[i].master->path, path);
        if (n > most) {
            most = n;
            best = group_of[i];
        }
    }
    return best;
}

/* The group of each guess, release by release. */
static size_t *groups_of(struct hs_archive *in, const struct hs_artist_group *groups, size_t n)
{
    size_t *of = HS_ARENA_ARRAY(in->arena, size_t, in->n_guesses + 1);
    for (size_t i = 0, end; i < in->n_guesses; i = end) {
        end = hs_archive_release_end(in, i);
        size_t at = find_group(groups, n, hs_archive_shared_artist(in->guesses + i, end - i));
        for (size_t k = i; k < end; k++)
            of[k] = at;
    }
    return of;
}

/* A view of the archive with what belongs to one group. Hidden files are counted once, in the
 * first. */
struct hs_archive hs_init_artist_part(struct hs_archive *in, const struct hs_artist_group *groups,
                                      size_t n, size_t which)
{
    struct hs_archive part = *in;
    const size_t *of = groups_of(in, groups, n);
    part.artist = groups[which].artist;
    part.guesses = HS_ARENA_ARRAY(in->arena, struct hs_guess, in->n_guesses + 1);
    part.takes = HS_ARENA_ARRAY(in->arena, struct hs_take, in->n_takes + 1);
    part.strangers = HS_ARENA_ARRAY(in->arena, const char *, in->n_strangers + 1);
    part.n_guesses = part.n_takes = part.n_strangers = 0;
    part.n_hidden = which ? 0 : in->n_hidden;
    for (size_t i = 0; i < in->n_guesses; i++)
        if (of[i] == which)
            part.guesses[part.n_guesses++] = in->guesses[i];
    for (size_t i = 0; i < in->n_takes; i++) {
        const struct hs_take *t = &in->takes[i];
        const char *artist = hs_archive_artist(t);
        size_t at = artist ? find_group(groups, n, artist) : n;
        if (!t->listed && (at < n ? at : nearest(in, of, t->path)) == which)
            part.takes[part.n_takes++] = *t;
    }
    for (size_t i = 0; i < in->n_strangers; i++)
        if (nearest(in, of, in->strangers[i]) == which)
            part.strangers[part.n_strangers++] = in->strangers[i];
    return part;
}
