/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A song on several releases is one decision of its mix engineer, so its tracks are found: the same
 * bytes of the master, the same ISRC, the same bytes of the mix, or the same normalised title
 * unless the audio is another recording (same_recording.h). Tracks are joined by one of these keys
 * after the other (union-find); the root of a song is its first track. Of the masters of a song
 * with the same bytes, or the same mastering (same_mastering.h), one stands for the others: the
 * first of those whose mix was lined up, else the first.
 */
#include "catalogue/songs.h"

#include "catalogue/same_mastering.h"
#include "catalogue/same_recording.h"
#include "job/slug.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* One way in which tracks may be alike: equal keys of one kind. */
struct key {
    const char *text; /* NULL: no key */
    size_t track;
};

static int by_text(const void *a, const void *b)
{
    const struct key *x = a, *y = b;
    if (!x->text || !y->text)
        return !x->text - !y->text;
    int order = strcmp(x->text, y->text);
    return order ? order : (x->track > y->track) - (x->track < y->track);
}

/* Without hyphens and blanks, in capitals; NULL unless 12 characters are left. */
static const char *plain_isrc(struct hs_arena *a, const char *isrc)
{
    if (!isrc)
        return NULL;
    char *out = hs_arena_alloc(a, strlen(isrc) + 1);
    size_t n = 0;
    for (const char *p = isrc; *p; p++)
        if (isalnum((unsigned char)*p))
            out[n++] = (char)toupper((unsigned char)*p);
    return n == 12 ? out : NULL;
}

static const char *hash_text(struct hs_arena *a, const struct hs_file *f)
{
    if (f->state != HS_FILE_OK || !(f->hash[0] | f->hash[1]))
        return NULL;
    return hs_arena_printf(a, "%016llx%016llx", (unsigned long long)f->hash[0],
                           (unsigned long long)f->hash[1]);
}

static const char *title_key(struct hs_arena *a, const struct hs_track *t)
{
    char *title = hs_job_normal_title(a, t->title);
    if (!title || !*title)
        return NULL;
    if (!t->version_title)
        return title;
    return hs_arena_printf(a, "%s/%s", title, hs_job_normal_title(a, t->version_title));
}

enum likeness { BY_MASTER, BY_ISRC, BY_MIX, BY_TITLE, N_LIKENESSES };

/* What makes two tracks one song, by kind of likeness. */
static const char *key_of(const struct hs_audit *audit, size_t i, enum likeness kind,
                          struct hs_arena *a)
{
    const struct hs_track_result *t = &audit->tracks[i];
    switch (kind) {
    case BY_MASTER:
        return hash_text(a, &t->master);
    case BY_ISRC:
        return plain_isrc(a, t->track->isrc);
    case BY_MIX:
        return hash_text(a, &t->mix);
    default:
        return title_key(a, t->track);
    }
}

static size_t root(size_t *parent, size_t i)
{
    while (parent[i] != i)
        i = parent[i] = parent[parent[i]];
    return i;
}

static void join(size_t *parent, size_t a, size_t b)
{
    size_t x = root(parent, a), y = root(parent, b);
    if (x < y)
        parent[y] = x;
    else
        parent[x] = y;
}

/* Joins tracks [from, to) of equal keys; a title must be confirmed, pair by pair, by
 * the first track that it sounds like. */
static void join_alike(const struct hs_audit *audit, const struct key *keys, size_t from, size_t to,
                       enum likeness kind, size_t *parent)
{
    for (size_t j = from + 1; j < to; j++)
        for (size_t i = from; i < j; i++) {
            const struct hs_track_result *a = &audit->tracks[keys[i].track];
            const struct hs_track_result *b = &audit->tracks[keys[j].track];
            if (kind == BY_TITLE && !hs_same_recording(&a->master, &b->master))
                continue;
            join(parent, keys[i].track, keys[j].track);
            break;
        }
}

/* Joins tracks with equal keys of one kind. */
static void join_by(const struct hs_audit *audit, enum likeness kind, struct hs_arena *a,
                    size_t *parent)
{
    size_t n = audit->job->n_tracks;
    struct key *keys = HS_ARENA_ARRAY(a, struct key, n);
    for (size_t i = 0; i < n; i++)
        keys[i] = (struct key){key_of(audit, i, kind, a), i};
    qsort(keys, n, sizeof *keys, by_text);
    for (size_t i = 0, j; i < n && keys[i].text; i = j) {
        for (j = i + 1; j < n && keys[j].text && !strcmp(keys[j].text, keys[i].text); j++)
            ;
        join_alike(audit, keys, i, j, kind, parent);
    }
}

static bool same_bytes(const struct hs_file *a, const struct hs_file *b)
{
    return (a->hash[0] | a->hash[1]) && a->hash[0] == b->hash[0] && a->hash[1] == b->hash[1];
}

static bool same_mastering(const struct hs_file *a, const struct hs_file *b)
{
    return same_bytes(a, b) || hs_same_mastering(a, b);
}

/* Finds those tracks of one song whose master another one of them stands for. */
static void mark_alike(const struct hs_audit *audit, const size_t *track, size_t n,
                       bool (*alike)(const struct hs_file *a, const struct hs_file *b), size_t *of)
{
    for (size_t i = 1; i < n; i++)
        for (size_t j = 0; j < i; j++) {
            const struct hs_track_result *a = &audit->tracks[track[j]];
            const struct hs_track_result *b = &audit->tracks[track[i]];
            if (of[track[j]] != track[j] || !alike(&a->master, &b->master))
                continue;
            /* more is known of one that was lined up with its mix */
            bool later = b->pair.state == HS_PAIR_ALIGNED && a->pair.state != HS_PAIR_ALIGNED;
            of[track[later ? j : i]] = track[later ? i : j];
            break;
        }
    for (size_t i = 0; i < n; i++)
        while (of[of[track[i]]] != of[track[i]])
            of[track[i]] = of[of[track[i]]];
}

/* Tracks of equal master, ISRC, mix or title are joined. */
void hs_songs_find(const struct hs_audit *audit, struct hs_arena *scratch, struct hs_songs *out)
{
    size_t n = audit->job->n_tracks;
    size_t *parent = HS_ARENA_ARRAY(scratch, size_t, n + 1);
    size_t *start = HS_ARENA_ARRAY(scratch, size_t, n + 2);
    *out = (struct hs_songs){.song = HS_ARENA_ARRAY(scratch, size_t, n + 1),
                             .repeat_of = HS_ARENA_ARRAY(scratch, size_t, n + 1),
                             .copy_of = HS_ARENA_ARRAY(scratch, size_t, n + 1),
                             .order = HS_ARENA_ARRAY(scratch, size_t, n + 1)};
    for (size_t i = 0; i < n; i++)
        parent[i] = out->repeat_of[i] = out->copy_of[i] = i;
    for (int kind = 0; n && kind < N_LIKENESSES; kind++)
        join_by(audit, (enum likeness)kind, scratch, parent);
    for (size_t i = 0; i < n; i++) { /* a root is the first track of its song */
        size_t r = root(parent, i);
        out->song[i] = r == i ? out->n++ : out->song[r];
        start[out->song[i] + 1]++;
    }
    for (size_t s = 0; s < out->n; s++)
        start[s + 1] += start[s];
    for (size_t i = 0; i < n; i++)
        out->order[start[out->song[i]]++] = i;
    /* each start is now the end of its song */
    for (size_t k = 0, from = 0; k < out->n; from = start[k++]) {
        mark_alike(audit, out->order + from, start[k] - from, same_bytes, out->repeat_of);
        mark_alike(audit, out->order + from, start[k] - from, same_mastering, out->copy_of);
    }
}
