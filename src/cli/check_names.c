/* SPDX-License-Identifier: Apache-2.0 */
/* What `check` says of names: which artists a job has, and ISRCs that stand on different songs.
 * Tracks are sorted by the key, so that equal ones are neighbours; titles and artists are compared
 * in their normal form (case, accents and punctuation do not count). */
#include "cli/check_names.h"

#include "core/alloc.h"
#include "job/slug.h"

#include <stdlib.h>
#include <string.h>

/* A track under the text it is sorted by; NULL comes last. */
struct sorted {
    const char *key;
    const struct hs_track *track;
};

/* By key, then by place in the job, so that the order is the same on any machine. */
static int by_key(const void *x, const void *y)
{
    const struct sorted *a = x, *b = y;
    int order = !a->key || !b->key ? !a->key - !b->key : strcmp(a->key, b->key);
    return order ? order : (a->track > b->track) - (a->track < b->track);
}

static bool same_key(const char *a, const char *b)
{
    return a == b || (a && b && !strcmp(a, b));
}

/* Artists with most tracks first, then by name. */
static int by_size(const void *x, const void *y)
{
    const struct hs_job_artist *a = x, *b = y;
    if (a->n_tracks != b->n_tracks)
        return a->n_tracks > b->n_tracks ? -1 : 1;
    return !a->name || !b->name ? !a->name - !b->name : strcmp(a->name, b->name);
}

/* The artists of a job with their numbers of tracks; tracks without an artist are one group without
 * a name. */
const struct hs_job_artist *hs_check_artists(const struct hs_job *job, struct hs_arena *a,
                                             size_t *n)
{
    struct sorted *rows = HS_NEW_ARRAY(struct sorted, job->n_tracks + 1);
    struct hs_job_artist *out = HS_ARENA_ARRAY(a, struct hs_job_artist, job->n_tracks + 1);
    *n = 0;
    for (size_t i = 0; i < job->n_tracks; i++) {
        const char *name = hs_track_artist(job, &job->tracks[i]);
        rows[i] = (struct sorted){name ? hs_job_normal_title(a, name) : NULL, &job->tracks[i]};
    }
    if (job->n_tracks)
        qsort(rows, job->n_tracks, sizeof *rows, by_key);
    for (size_t i = 0; i < job->n_tracks; i++) {
        if (!i || !same_key(rows[i].key, rows[i - 1].key))
            out[(*n)++].name = hs_track_artist(job, rows[i].track);
        out[*n - 1].n_tracks++;
    }
    if (*n)
        qsort(out, *n, sizeof *out, by_size);
    hs_free(rows);
    return out;
}

/* The titles among tracks [0, n) of one code, each by its first track. */
static size_t pick_titles(struct hs_arena *a, const struct sorted *rows, size_t n,
                          const struct hs_track **out)
{
    const char **keys = HS_ARENA_ARRAY(a, const char *, n);
    size_t k = 0;
    for (size_t i = 0; i < n; i++) {
        const char *key = hs_job_normal_title(a, rows[i].track->title);
        bool had = false;
        for (size_t j = 0; j < k; j++)
            had |= !strcmp(keys[j], key);
        if (had)
            continue;
        keys[k] = key;
        out[k++] = rows[i].track;
    }
    return k;
}

/* Codes that stand on tracks of more than one title. One recording on several releases is no fault,
 * so equal titles count once. */
const struct hs_shared_isrc *hs_check_isrcs(const struct hs_job *job, struct hs_arena *a, size_t *n)
{
    struct sorted *rows = HS_NEW_ARRAY(struct sorted, job->n_tracks + 1);
    struct hs_shared_isrc *out = HS_ARENA_ARRAY(a, struct hs_shared_isrc, job->n_tracks + 1);
    *n = 0;
    for (size_t i = 0; i < job->n_tracks; i++)
        rows[i] = (struct sorted){job->tracks[i].isrc, &job->tracks[i]};
    if (job->n_tracks)
        qsort(rows, job->n_tracks, sizeof *rows, by_key);
    for (size_t i = 0, end; i < job->n_tracks && rows[i].key; i = end) {
        for (end = i + 1; end < job->n_tracks && same_key(rows[i].key, rows[end].key);)
            end++;
        struct hs_shared_isrc *s = &out[*n];
        s->isrc = rows[i].key;
        s->tracks = HS_ARENA_ARRAY(a, const struct hs_track *, end - i);
        s->n_tracks = pick_titles(a, rows + i, end - i, s->tracks);
        *n += s->n_tracks > 1;
    }
    hs_free(rows);
    return out;
}
