/* SPDX-License-Identifier: Apache-2.0 */
/* What init found, as JSON: tracks with their mixes and reasons, artists, and what was left out. */
#include "init/write_json.h"

#include "init/artists.h"
#include "report/json.h"

static void put_take(struct hs_json *j, struct hs_archive *in, const char *key,
                     const struct hs_take *t)
{
    hs_json_text(j, key, hs_archive_name(in, t));
}

/* The files in the comments of a track, by kind. */
static void put_companions(struct hs_json *j, struct hs_archive *in, const struct hs_guess *g)
{
    static const char *const names[] = {[HS_COMPANION_OLDER] = "older",
                                        [HS_COMPANION_UNLIKE] = "not_by_the_audio",
                                        [HS_COMPANION_STEM] = "stems",
                                        [HS_COMPANION_UNTOLD] = "mix_or_release"};
    for (size_t kind = 0; kind < sizeof names / sizeof *names; kind++) {
        hs_json_array(j, names[kind]);
        for (size_t i = 0; i < g->n_companions; i++)
            if (g->companions[i].kind == kind)
                put_take(j, in, NULL, g->companions[i].take);
        hs_json_array_end(j);
    }
}

/* Whose music it is, the one with most tracks first. */
static void put_artists(struct hs_json *j, struct hs_archive *in)
{
    size_t n;
    const struct hs_artist_group *groups = hs_init_artists(in, &n);
    hs_json_array(j, "artists");
    for (size_t i = 0; i < n; i++) {
        hs_json_object(j, NULL);
        hs_json_text(j, "artist", groups[i].artist);
        hs_json_number(j, "releases", (double)groups[i].n_releases);
        hs_json_number(j, "tracks", (double)groups[i].n_tracks);
        hs_json_object_end(j);
    }
    hs_json_array_end(j);
}

/* Read by scripts that check a pairing before an audit. */
void hs_init_put_json(struct hs_archive *in, struct hs_buf *out)
{
    struct hs_json j = {.out = out};
    hs_json_object(&j, NULL);
    hs_json_text(&j, "audio", in->base);
    hs_json_array(&j, "tracks");
    for (size_t i = 0; i < in->n_guesses; i++) {
        const struct hs_guess *g = &in->guesses[i];
        hs_json_object(&j, NULL);
        hs_json_text(&j, "release", hs_archive_release(g->master));
        hs_json_text(&j, "title", hs_archive_title(g->master));
        hs_json_text(&j, "id", g->id);
        hs_json_text(&j, "artist", hs_archive_artist(g->master));
        put_take(&j, in, "master", g->master);
        hs_json_text(&j, "master_why", g->master->name.part_why);
        hs_json_array(&j, "mixes");
        for (size_t k = 0; k < g->n_mixes; k++)
            put_take(&j, in, NULL, g->mixes[k]);
        hs_json_array_end(&j);
        hs_json_number(&j, "confidence", g->confidence);
        hs_json_text(&j, "why", g->why);
        hs_json_bool(&j, "ambiguous", g->ambiguous);
        put_companions(&j, in, g);
        hs_json_object_end(&j);
    }
    hs_json_array_end(&j);
    put_artists(&j, in);
    hs_json_array(&j, "left_out");
    for (size_t i = 0; i < in->n_takes; i++) {
        if (!hs_archive_left_out(&in->takes[i]))
            continue;
        hs_json_object(&j, NULL);
        put_take(&j, in, "path", &in->takes[i]);
        hs_json_text(&j, "why", hs_archive_left_out(&in->takes[i]));
        hs_json_object_end(&j);
    }
    hs_json_array_end(&j);
    hs_json_array(&j, "no_audio");
    for (size_t i = 0; i < in->n_strangers; i++)
        hs_json_text(&j, NULL, hs_archive_relative(in, in->strangers[i]));
    hs_json_array_end(&j);
    hs_json_number(&j, "hidden", (double)in->n_hidden);
    hs_json_object_end(&j);
    hs_buf_putc(out, '\n');
}
