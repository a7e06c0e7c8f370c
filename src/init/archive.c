/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Titles, artists and releases are told by tags first, then by the names of folders and files.
 * Paths are written relative to the longest folder that holds everything that was given. When all
 * is decided, each take stands in exactly one place: in a track, in the comments of a track, or
 * in the list of what was left out, with a reason.
 */
#include "init/archive.h"

#include "core/text.h"
#include "job/cue.h"
#include "job/find.h"
#include "job/slug.h"

#include <string.h>

const char *hs_archive_release(const struct hs_take *t)
{
    return t->album ? t->album : t->name.release ? t->name.release : "Untitled";
}

const char *hs_archive_version(const struct hs_take *t)
{
    if (t->edition)
        return t->edition;
    return t->album ? NULL : t->name.release_version; /* a tag has it in the title */
}

/* An album artist that is nobody. */
static bool is_various(const char *artist)
{
    static const char *const words[] = {"variousartists", "various", "va", "unknownartist"};
    struct hs_arena s = {0};
    const char *key = hs_job_normal_title(&s, artist);
    bool found = false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        found |= !strcmp(key, words[i]);
    hs_arena_free(&s);
    return found;
}

/* The album's artist, unless that says "various"; else the track's. */
const char *hs_archive_artist(const struct hs_take *t)
{
    return t->album_artist && !is_various(t->album_artist) ? t->album_artist : t->artist;
}

/* NULL where the tracks are by several, or any has no artist. */
const char *hs_archive_shared_artist(const struct hs_guess *g, size_t n)
{
    const char *first = n ? hs_archive_artist(g[0].master) : NULL;
    for (size_t i = 1; i < n && first; i++) {
        const char *other = hs_archive_artist(g[i].master);
        first = other && !strcmp(first, other) ? first : NULL;
    }
    return first;
}

const char *hs_archive_title(const struct hs_take *t)
{
    return t->title ? t->title : t->name.aside ? t->name.title_aside : t->name.title;
}

/* Below the common folder, as the job file writes it. */
const char *hs_archive_relative(struct hs_archive *in, const char *path)
{
    struct hs_arena *a = in->arena;
    size_t n = strlen(in->base);
    if (!strncmp(path, in->base, n) && (path[n] == '/' || n == 1))
        path += n + (n > 1);
    struct hs_buf b = {0};
    for (const char *p = path; *p;) { /* old names in Latin-1, part by part */
        size_t len = strcspn(p, "/");
        const char *part = hs_arena_strndup(a, p, len);
        hs_buf_puts(&b, hs_utf8_valid(part, len) ? part : hs_find_nfc(a, part));
        p += len;
        if (*p)
            hs_buf_putc(&b, *p++);
    }
    path = hs_arena_strdup(a, b.data ? b.data : "");
    hs_buf_free(&b);
    return path;
}

const char *hs_archive_name(struct hs_archive *in, const struct hs_take *t)
{
    const char *path = hs_archive_relative(in, t->path);
    return t->part_of.cue ? hs_cue_shown(in->arena, path, t->part_of.number) : path;
}

/* Safe for a comment: line ends and control characters are escaped. */
const char *hs_archive_comment(struct hs_archive *in, const char *text)
{
    struct hs_buf b = {0};
    hs_text_put_plain(&b, text);
    const char *out = hs_arena_strdup(in->arena, b.data ? b.data : "");
    hs_buf_free(&b);
    return out;
}

/* Guesses are sorted by release: the first that is of another one. */
size_t hs_archive_release_end(const struct hs_archive *in, size_t first)
{
    size_t end = first + 1;
    while (end < in->n_guesses &&
           !strcmp(in->guesses[first].master->release_key, in->guesses[end].master->release_key))
        end++;
    return end;
}

void hs_archive_add_companion(struct hs_archive *in, struct hs_guess *g, struct hs_take *t,
                              enum hs_companion_kind kind, const char *role)
{
    g->companions = hs_arena_grow(in->arena, g->companions, g->n_companions, &g->cap_companions,
                                  sizeof *g->companions);
    g->companions[g->n_companions++] = (struct hs_companion){t, kind, role};
}

/* From release with its version, disc and title, so that editions of an album get ids of their own.
 */
void hs_archive_make_id(struct hs_archive *in, struct hs_ids *ids, struct hs_guess *g)
{
    const struct hs_take *m = g->master;
    const char *release = hs_archive_release(m), *version = hs_archive_version(m);
    if (version)
        release = hs_arena_printf(in->arena, "%s %s", release, version);
    g->id = hs_ids_make(ids, in->arena,
                        hs_job_track_id(in->arena, release, m->disc, hs_archive_title(m)));
}

/* A take that stands as master or mix is taken out of the comments of other tracks. */
void hs_archive_settle(struct hs_archive *in)
{
    for (size_t i = 0; i < in->n_takes; i++)
        in->takes[i].listed = false;
    for (size_t i = 0; i < in->n_guesses; i++) {
        struct hs_guess *g = &in->guesses[i];
        g->master->listed = true;
        for (size_t k = 0; k < g->n_mixes; k++)
            g->mixes[k]->listed = true;
    }
    for (size_t i = 0; i < in->n_guesses; i++) {
        struct hs_guess *g = &in->guesses[i];
        size_t n = 0;
        for (size_t k = 0; k < g->n_companions; k++) {
            if (!g->companions[k].take->listed)
                g->companions[n++] = g->companions[k];
            g->companions[k].take->listed = true;
        }
        g->n_companions = n;
    }
}

int hs_archive_order(const struct hs_take *a, const struct hs_take *b)
{
    int order = strcmp(a->path, b->path);
    return order ? order
                 : (a->part_of.from_75 > b->part_of.from_75) -
                       (a->part_of.from_75 < b->part_of.from_75);
}

/* NULL: it stands somewhere. */
const char *hs_archive_left_out(const struct hs_take *t)
{
    if (t->listed)
        return NULL;
    if (t->error)
        return "cannot be read";
    if (t->copy_of)
        return "copy of a master";
    if (t->aside != HS_ASIDE_NONE)
        return hs_aside_name(t->aside);
    if (t->untold)
        return "mix or release, not told";
    return t->part == HS_PART_MIX ? "mix without a master" : "of no track";
}
