/* SPDX-License-Identifier: Apache-2.0 */
/* Albums by folder, artists by the folders above the releases. */
#include "init/adopt.h"

#include "job/slug.h"

#include <string.h>

/* Do both paths lie in one folder? */
static bool same_folder(const char *a, const char *b)
{
    const char *x = strrchr(a, '/'), *y = strrchr(b, '/');
    return x && y && x - a == y - b && !memcmp(a, b, (size_t)(x - a));
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
    for (size_t i = 0; i < in->n_guesses; i++) {
        struct hs_take *t = in->guesses[i].master;
        const char *version = hs_archive_version(t);
        t->release_key =
            hs_job_normal_title(in->arena, version ? hs_arena_printf(in->arena, "%s (%s)",
                                                                     hs_archive_release(t), version)
                                                   : hs_archive_release(t));
    }
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
