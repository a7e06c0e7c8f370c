/* SPDX-License-Identifier: Apache-2.0 */
/* Pairs that may be copies are few: one name, length and release. Code and number decide some of
 * them, the others are listened to, all at once. */
#include "init/copies.h"

#include "core/alloc.h"
#include "job/slug.h"

#include <math.h>
#include <string.h>

/* By album tags, else by folders; another edition is another release. */
static bool same_release(const struct hs_take *a, const struct hs_take *b)
{
    struct hs_arena s = {0};
    bool same = !a->album || !b->album ||
                !strcmp(hs_job_normal_title(&s, a->album), hs_job_normal_title(&s, b->album));
    if (same && !a->album && !b->album && a->name.release && b->name.release)
        same = !strcmp(a->name.release, b->name.release);
    const char *x = a->name.release_version, *y = b->name.release_version;
    same = same && !x == !y && (!x || !strcmp(x, y));
    hs_arena_free(&s);
    return same;
}

/* Lossless over lossy, then bits and sample rate. */
static double quality(const struct hs_take *t)
{
    return (t->stream.lossless ? 1e9 : 0) + (double)t->stream.sample_rate_hz +
           1000.0 * t->stream.bits;
}

/* The same master in several formats: the best one stays and learns the others' tags.
 */
static void drop_copy(struct hs_take *best, struct hs_take *copy)
{
    copy->copy_of = best->path;
    best->title = best->title ? best->title : copy->title;
    best->tag_key = best->tag_key ? best->tag_key : copy->tag_key;
    best->album = best->album ? best->album : copy->album;
    best->album_artist = best->album_artist ? best->album_artist : copy->album_artist;
    best->artist = best->artist ? best->artist : copy->artist;
    best->isrc = best->isrc ? best->isrc : copy->isrc;
    best->label = best->label ? best->label : copy->label;
    best->genre = best->genre ? best->genre : copy->genre;
    best->year = best->year ? best->year : copy->year;
    best->track = best->track ? best->track : copy->track;
}

bool hs_copies_is_master(const struct hs_take *t)
{
    return t->part == HS_PART_MASTER && !t->aside && !t->error && !t->copy_of;
}

/* Both known and at most s seconds apart. */
static bool near(double a, double b, double s)
{
    return a > 0 && b > 0 && fabs(a - b) <= s;
}

/* Both known and not equal. */
static bool differ(const char *a, const char *b)
{
    return a && b && strcmp(a, b);
}

/* Name, length and album fit three movements called "Allegro" too. */
static bool may_be_copies(const struct hs_take *a, const struct hs_take *b)
{
    bool places = (a->disc && b->disc && a->disc != b->disc) ||
                  (a->track && b->track && a->track != b->track);
    return hs_copies_is_master(b) && !strcmp(a->name.key_aside, b->name.key_aside) && !places &&
           !differ(a->tag_key, b->tag_key) && !differ(a->isrc, b->isrc) &&
           near(a->stream.duration_s, b->stream.duration_s, 1.5) && same_release(a, b);
}

/* Without listening: the code agrees, or the number under one release's folder. */
static bool surely_copies(const struct hs_take *a, const struct hs_take *b)
{
    int year = a->name.year ? a->name.year : a->year, other = b->name.year ? b->name.year : b->year;
    bool folder = !differ(a->name.release, b->name.release) && !a->name.release == !b->name.release;
    if (a->as_loud || b->as_loud || (year && other && year != other))
        return false; /* an album and its re-issue have the numbers in common */
    return (a->isrc && b->isrc) || (folder && a->track && a->track == b->track);
}

bool hs_copies_same_tone(const double a[HS_BANDS], const double b[HS_BANDS], bool lossy)
{
    enum { B50 = 4, B10000 = 27 };
    const double most_db = lossy ? 1 : 0.3, heard_db = -50;
    for (int i = B50; a && b && i <= B10000; i++)
        if (a[i] > heard_db && b[i] > heard_db && fabs(a[i] - b[i]) > most_db)
            return false;
    return a && b;
}

enum hs_status hs_copies_find(struct hs_archive *in, hs_same_audio *same_audio,
                              struct hs_error *err)
{
    struct hs_maybe_copy *pairs = NULL, *open = NULL;
    size_t n = 0, cap = 0, n_open = 0, cap_open = 0;
    enum hs_status status = HS_OK;
    for (size_t i = 0; i < in->n_takes; i++)
        for (size_t k = i + 1; k < in->n_takes && hs_copies_is_master(&in->takes[i]); k++) {
            struct hs_take *a = &in->takes[i], *b = &in->takes[k];
            if (!may_be_copies(a, b))
                continue;
            bool sure = surely_copies(a, b);
            pairs = hs_grow(pairs, n, &cap, sizeof *pairs);
            pairs[n++] = (struct hs_maybe_copy){a, b, sure};
            if (sure)
                continue;
            open = hs_grow(open, n_open, &cap_open, sizeof *open);
            open[n_open++] = (struct hs_maybe_copy){a, b, false};
        }
    /* Names and tags decide the sure ones; for the others the audio is compared. */
    if (n_open)
        status = same_audio(in, open, n_open, err);
    for (size_t i = 0, k = 0; i < n && status == HS_OK; i++) {
        struct hs_take *a = pairs[i].a, *b = pairs[i].b;
        /* The better of two copies stays. One that was dropped is no partner any more. */
        bool same = pairs[i].same || open[k++].same;
        if (!same || !hs_copies_is_master(a) || !hs_copies_is_master(b))
            continue;
        if (quality(b) > quality(a))
            drop_copy(b, a);
        else
            drop_copy(a, b);
    }
    hs_free(pairs);
    hs_free(open);
    return status;
}
