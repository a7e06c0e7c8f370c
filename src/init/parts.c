/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Folders and names decide first (job/name.h); versions that are set aside by them, and mixes
 *    of more than two channels, leave the pairs.
 * 2. What is open then is a master where it is stored as released music is: lossily coded, or
 *    with album or recording code in its tags.
 * 3. Company, signs and loudness decide what is open still (init/open_parts.h).
 * 4. Copies of masters are found (init/copies.h).
 * 5. An instrumental or edit beside the song is set aside; alone it is a track.
 */
#include "init/parts.h"

#include "init/open_parts.h"

#include <string.h>

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
        if (hs_part_is_open(t) && (!t->stream.lossless || t->album || t->isrc))
            hs_part_decide(t, HS_PART_MASTER,
                           t->stream.lossless ? "tagged as released"
                                              : "lossily coded, as released");
    }
}

/* "Song (Instrumental)" beside "Song" is set aside; alone it is a track of its own. */
static void set_versions_aside(struct hs_archive *in)
{
    for (size_t i = 0; i < in->n_takes; i++) {
        struct hs_take *t = &in->takes[i];
        if (!hs_copies_is_master(t) || !t->name.aside)
            continue;
        for (size_t k = 0; k < in->n_takes && !t->aside; k++)
            if (k != i && hs_copies_is_master(&in->takes[k]) && !in->takes[k].name.aside &&
                !strcmp(t->name.key, in->takes[k].name.key))
                t->aside = t->name.aside;
    }
}

/* What is as loud as its namesake and turns out to be no copy of it may be its mix all the same: a
 * gentle equaliser changes no loudness. */
static void ask_of_no_copies(struct hs_archive *in)
{
    for (size_t i = 0; i < in->n_takes; i++) {
        struct hs_take *t = &in->takes[i];
        bool kept = false;
        for (size_t k = 0; t->as_loud && k < in->n_takes; k++)
            kept |= in->takes[k].copy_of == t->path;
        if (!t->as_loud || t->copy_of || kept)
            continue;
        t->part = HS_PART_UNKNOWN;
        t->untold = "as loud as its namesake, and another sound";
    }
}

/* `loudness` and `same_audio` listen; they are only called where names and tags leave a doubt. */
enum hs_status hs_init_parts(struct hs_archive *in, hs_loudness_of *loudness,
                             hs_same_audio *same_audio, struct hs_error *err)
{
    by_names(in);
    enum hs_status status = hs_open_parts_settle(in, loudness, err);
    if (status == HS_OK)
        status = hs_copies_find(in, same_audio, err);
    ask_of_no_copies(in);
    set_versions_aside(in);
    return status;
}
