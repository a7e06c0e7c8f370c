/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Folders and names decide first (job/name.h); versions that are set aside by them, and mixes
 *    of more than two channels, leave the pairs.
 * 2. What is open then is a master where it is stored as released music is: lossily coded, or
 *    with album or recording code in its tags.
 * 3. Company: a file whose namesakes are mixes is a master, and the other way round.
 * 4. Files of one name that are still open are measured: the loudest is the master, the others
 *    are its mixes. A file alone is a master.
 * 5. Masters of one title, length and release are copies where the recording code or the number
 *    on one release says so, else where their sound is the same. The best format stays and takes
 *    over tags that it lacks.
 * 6. An instrumental or edit beside the song is set aside; alone it is a track.
 */
#include "init/parts.h"

#include "core/alloc.h"
#include "job/slug.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Neither master nor mix yet, and not left out for another reason. */
static bool open_question(const struct hs_take *t)
{
    return !t->aside && !t->error && !t->copy_of && t->part == HS_PART_UNKNOWN;
}

/* The part with its reason, which is written beside the track. */
static void decide(struct hs_take *t, enum hs_part part, const char *why)
{
    t->part = part;
    t->name.part_why = why;
}

/* Equal titles, by name or by tag. */
static bool same_key(const struct hs_take *a, const struct hs_take *b)
{
    return !strcmp(a->name.key, b->name.key) || (a->tag_key && !strcmp(a->tag_key, b->name.key)) ||
           (b->tag_key && !strcmp(b->tag_key, a->name.key));
}

/* Is there a namesake of this part? */
static bool any_like(const struct hs_archive *in, const struct hs_take *t, enum hs_part part)
{
    for (size_t i = 0; i < in->n_takes; i++)
        if (&in->takes[i] != t && in->takes[i].part == part && !in->takes[i].aside &&
            same_key(t, &in->takes[i]))
            return true;
    return false;
}

/* What names and folders say, and then how a file is stored: released music is tagged or lossy. */
static void by_names(struct hs_archive *in)
{
    for (size_t i = 0; i < in->n_takes; i++) {
        struct hs_take *t = &in->takes[i];
        t->part = t->name.part;
        if (t->error)
            continue;
        if (t->name.aside && (t->name.aside_by_folder || t->part != HS_PART_MASTER))
            t->aside = t->name.aside;
        else if (t->stream.n_channels > 2 && t->part == HS_PART_MIX)
            t->aside = HS_ASIDE_SURROUND;
    }
    for (size_t i = 0; i < in->n_takes; i++) {
        struct hs_take *t = &in->takes[i];
        if (open_question(t) && (!t->stream.lossless || t->album || t->isrc))
            decide(t, HS_PART_MASTER,
                   t->stream.lossless ? "tagged as released" : "lossily coded, as released");
    }
}

/* A file whose namesakes are of one part is of the other; one without any is what the archive
 * lacks. Decided from what was known before, so that the order does not matter. */
static void by_company(struct hs_archive *in)
{
    bool masters = false, mixes = false;
    for (size_t i = 0; i < in->n_takes; i++) {
        masters |= in->takes[i].part == HS_PART_MASTER && !in->takes[i].aside;
        mixes |= in->takes[i].part == HS_PART_MIX && !in->takes[i].aside;
    }
    if (!masters && !mixes)
        return;
    enum hs_part *found = HS_NEW_ARRAY(enum hs_part, in->n_takes + 1);
    for (size_t i = 0; i < in->n_takes; i++) {
        struct hs_take *t = &in->takes[i];
        if (!open_question(t))
            continue;
        bool like_master = any_like(in, t, HS_PART_MASTER);
        bool like_mix = any_like(in, t, HS_PART_MIX);
        if (like_mix && !like_master)
            found[i] = HS_PART_MASTER;
        else if (like_master && !like_mix)
            found[i] = HS_PART_MIX;
        else if (!like_master)
            found[i] = masters ? HS_PART_MIX : HS_PART_MASTER;
    }
    for (size_t i = 0; i < in->n_takes; i++)
        if (found[i] != HS_PART_UNKNOWN)
            decide(&in->takes[i], found[i],
                   found[i] == HS_PART_MASTER ? "its namesakes are mixes"
                                              : "the masters stand elsewhere");
    hs_free(found);
}

/* Files of one name and unknown part: the loudest, if it is also the densest, is the
 * master of the others. A file alone is a master. */
static void rank(struct hs_take **group, const double *lufs, const double *plr, size_t n)
{
    size_t loudest = 0;
    for (size_t i = 1; i < n; i++)
        if (!(lufs[i] <= lufs[loudest]))
            loudest = i;
    for (size_t i = 0; i < n; i++) {
        bool denser = !(plr[loudest] > plr[i] + 0.5);
        if (i == loudest)
            decide(group[i], HS_PART_MASTER, n > 1 ? "the loudest of its name" : "alone");
        else
            decide(group[i], HS_PART_MIX,
                   denser ? "quieter than its namesake" : "quieter, but denser too");
    }
}

/* Measures open files that have a namesake, and ranks each group; what is alone is a master. */
static enum hs_status by_loudness(struct hs_archive *in, hs_loudness_of *loudness,
                                  struct hs_error *err)
{
    struct hs_take **open = HS_NEW_ARRAY(struct hs_take *, in->n_takes + 1);
    struct hs_take **group = HS_NEW_ARRAY(struct hs_take *, in->n_takes + 1);
    double *lufs = HS_NEW_ARRAY(double, in->n_takes + 1);
    double *plr = HS_NEW_ARRAY(double, in->n_takes + 1);
    double *group_lufs = HS_NEW_ARRAY(double, in->n_takes + 1);
    double *group_plr = HS_NEW_ARRAY(double, in->n_takes + 1);
    enum hs_status status = HS_OK;
    size_t n = 0;
    for (size_t i = 0; i < in->n_takes; i++) {
        /* Only a file that shares its title with another open one need be measured. */
        bool twin = false;
        for (size_t k = 0; open_question(&in->takes[i]) && k < in->n_takes && !twin; k++)
            twin = k != i && open_question(&in->takes[k]) && same_key(&in->takes[i], &in->takes[k]);
        if (twin)
            open[n++] = &in->takes[i];
    }
    if (n)
        status = loudness(in, open, n, lufs, plr, err);
    /* Within each title the files are ranked. */
    for (size_t i = 0; status == HS_OK && i < n; i++) {
        size_t size = 0;
        for (size_t k = i; open_question(open[i]) && k < n; k++)
            if (open_question(open[k]) && same_key(open[i], open[k])) {
                group_lufs[size] = lufs[k];
                group_plr[size] = plr[k];
                group[size++] = open[k];
            }
        if (size)
            rank(group, group_lufs, group_plr, size);
    }
    for (size_t i = 0; i < in->n_takes; i++)
        if (open_question(&in->takes[i]))
            decide(&in->takes[i], HS_PART_MASTER, "alone of its name");
    hs_free(open);
    hs_free(group);
    hs_free(lufs);
    hs_free(plr);
    hs_free(group_lufs);
    hs_free(group_plr);
    return status;
}

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

/* A master that is not left out. */
static bool is_master(const struct hs_take *t)
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
    return is_master(b) && !strcmp(a->name.key_aside, b->name.key_aside) && !places &&
           !differ(a->tag_key, b->tag_key) && !differ(a->isrc, b->isrc) &&
           near(a->stream.duration_s, b->stream.duration_s, 1.5) && same_release(a, b);
}

/* Without listening: the code agrees, or the number under one release's folder. */
static bool surely_copies(const struct hs_take *a, const struct hs_take *b)
{
    bool folder = !differ(a->name.release, b->name.release) && !a->name.release == !b->name.release;
    return (a->isrc && b->isrc) || (folder && a->track && a->track == b->track);
}

/* Pairs of masters that may be one in two formats; those that are not sure are listened to, all
 * at once. */
static enum hs_status find_copies(struct hs_archive *in, hs_same_audio *same_audio,
                                  struct hs_error *err)
{
    struct hs_maybe_copy *pairs = NULL, *open = NULL;
    size_t n = 0, cap = 0, n_open = 0, cap_open = 0;
    enum hs_status status = HS_OK;
    for (size_t i = 0; i < in->n_takes; i++)
        for (size_t k = i + 1; k < in->n_takes && is_master(&in->takes[i]); k++) {
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
        if (!same || !is_master(a) || !is_master(b))
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

/* "Song (Instrumental)" beside "Song" is set aside; alone it is a track of its own. */
static void set_versions_aside(struct hs_archive *in)
{
    for (size_t i = 0; i < in->n_takes; i++) {
        struct hs_take *t = &in->takes[i];
        if (!is_master(t) || !t->name.aside)
            continue;
        for (size_t k = 0; k < in->n_takes && !t->aside; k++)
            if (k != i && is_master(&in->takes[k]) && !in->takes[k].name.aside &&
                !strcmp(t->name.key, in->takes[k].name.key))
                t->aside = t->name.aside;
    }
}

/* `loudness` and `same_audio` listen; they are only called where names and tags leave a doubt. */
enum hs_status hs_init_parts(struct hs_archive *in, hs_loudness_of *loudness,
                             hs_same_audio *same_audio, struct hs_error *err)
{
    by_names(in);
    by_company(in);
    enum hs_status status = by_loudness(in, loudness, err);
    if (status == HS_OK)
        status = find_copies(in, same_audio, err);
    set_versions_aside(in);
    return status;
}
