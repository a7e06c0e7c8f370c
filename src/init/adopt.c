/* SPDX-License-Identifier: Apache-2.0 */
/* Albums by folder, artists by the folders above the releases. */
#include "init/adopt.h"

#include "core/fs.h"
#include "job/slug.h"

#include <string.h>

/* Do both paths lie in one folder? */
static bool same_folder(const char *a, const char *b)
{
    const char *x = strrchr(a, '/'), *y = strrchr(b, '/');
    return x && y && x - a == y - b && !memcmp(a, b, (size_t)(x - a));
}

/* The normal form of title and version, by which releases are told apart. */
static void make_keys(struct hs_archive *in)
{
    for (size_t i = 0; i < in->n_guesses; i++) {
        struct hs_take *t = in->guesses[i].master;
        const char *version = hs_archive_version(t);
        t->release_key =
            hs_job_normal_title(in->arena, version ? hs_arena_printf(in->arena, "%s (%s)",
                                                                     hs_archive_release(t), version)
                                                   : hs_archive_release(t));
    }
}

/* One song of one release and disc in two folders, by one artist as far as is said. */
static bool twice(const struct hs_take *t, const struct hs_take *u)
{
    const char *a = t->name.artist, *b = u->name.artist;
    return t != u && !strcmp(t->release_key, u->release_key) && t->disc == u->disc &&
           !strcmp(t->name.key_aside, u->name.key_aside) && !same_folder(t->path, u->path) &&
           (!a || !b || !strcmp(a, b));
}

/* What tells an edition whose folder has no word for it: its year, or the name of its folder. */
static const char *edition_of(struct hs_archive *in, const struct hs_take *t,
                              const struct hs_take *other)
{
    int mine = t->name.year ? t->name.year : t->year;
    int theirs = other->name.year ? other->name.year : other->year;
    if (mine && mine != theirs)
        return hs_arena_printf(in->arena, "%d", mine);
    const char *folder = hs_path_base(hs_path_dir(in->arena, t->path));
    return t->album || (t->name.release && !strcmp(folder, t->name.release)) ? NULL : folder;
}

/* An album that lies in two folders, its songs in both: two editions, each a release of its own.
 * All of a folder gets the year or the name of the folder as its version. */
static bool part_editions(struct hs_archive *in)
{
    bool any = false;
    for (size_t i = 0; i < in->n_guesses; i++) {
        struct hs_take *t = in->guesses[i].master;
        const char *edition = NULL;
        for (size_t k = 0; !t->edition && !edition && k < in->n_guesses; k++)
            if (twice(t, in->guesses[k].master))
                edition = edition_of(in, t, in->guesses[k].master);
        for (size_t k = 0; edition && k < in->n_guesses; k++) {
            struct hs_take *u = in->guesses[k].master;
            if (same_folder(t->path, u->path) && !strcmp(t->release_key, u->release_key))
                u->edition = edition;
        }
        any |= edition != NULL;
    }
    return any;
}

void hs_init_adopt_albums(struct hs_archive *in)
{
    for (size_t i = 0; i < in->n_guesses; i++) {
        struct hs_take *t = in->guesses[i].master;
        const char *album = NULL;
        bool one = true;
        for (size_t k = 0; !t->album && k < in->n_guesses; k++) {
            const struct hs_take *u = in->guesses[k].master;
            if (!u->album || !same_folder(t->path, u->path))
                continue;
            one = one && (!album || !strcmp(album, u->album));
            album = u->album;
        }
        if (album && one)
            t->album = album;
    }
    make_keys(in);
    if (part_editions(in))
        make_keys(in);
}

/* In a label's archive the folder above a release is named after who plays. Believed where
 * the tags there are agree with it more often than not, or, without any, where all releases
 * lie in such folders and there are several. */
static bool folders_name_artists(struct hs_arena *s, const struct hs_archive *in)
{
    size_t agree = 0, tagged = 0, inside = 0, kinds = 0;
    const char *last = NULL;
    for (size_t i = 0; i < in->n_guesses; i++) {
        const struct hs_take *m = in->guesses[i].master;
        const char *folder = m->name.artist ? hs_job_normal_title(s, m->name.artist) : NULL;
        const char *artist = hs_archive_artist(m);
        inside += folder != NULL;
        kinds += folder && (!last || strcmp(last, folder));
        last = folder ? folder : last;
        if (!folder || !artist)
            continue;
        tagged++;
        agree += !strcmp(folder, hs_job_normal_title(s, artist));
    }
    return tagged ? 2 * agree > tagged : inside == in->n_guesses && kinds > 1;
}

void hs_init_adopt_artists(struct hs_archive *in)
{
    struct hs_arena s = {0};
    bool believed = folders_name_artists(&s, in);
    for (size_t i = 0; believed && i < in->n_guesses; i++)
        if (!hs_archive_artist(in->guesses[i].master))
            in->guesses[i].master->artist = in->guesses[i].master->name.artist;
    hs_arena_free(&s);
}
