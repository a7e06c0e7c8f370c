/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A file for people: each release says once what all its tracks share, each track what is its
 * own. Above each mix stands a comment with kind (pairing, AMBIGUOUS, no mix), confidence and
 * reason; older revisions and candidates that the sound spoke against follow. Stems are only
 * offered in a comment, since they are a guess. What is in no track is listed at the end with its
 * reason.
 */
#include "init/write.h"

#include "core/num.h"
#include "core/num_text.h"
#include "job/yaml_text.h"

#include <stddef.h>
#include <string.h>

/* The value that all tracks [0, n) of a release share, or NULL. */
#define SHARED(guesses, n, field) shared((guesses), (n), offsetof(struct hs_take, field))

static const char *shared(const struct hs_guess *g, size_t n, size_t offset)
{
    const char *first = NULL;
    for (size_t i = 0; i < n; i++) {
        const char *x = *(const char *const *)((const char *)g[i].master + offset);
        if (!x || (i && strcmp(x, first)))
            return NULL;
        first = x;
    }
    return first;
}

/* The year that all tracks share; 0: none. */
static int shared_year(const struct hs_guess *g, size_t n)
{
    int year = g[0].master->year ? g[0].master->year : g[0].master->name.year;
    for (size_t i = 1; i < n; i++)
        if ((g[i].master->year ? g[i].master->year : g[i].master->name.year) != year)
            return 0;
    return year;
}

/* A key with its text; nothing where there is none. */
static void put_pair(struct hs_buf *out, int indent, const char *key, const char *value)
{
    if (!value || !*value)
        return;
    hs_buf_printf(out, "%*s%s: ", indent, "", key);
    hs_yaml_put_text(out, value, false);
    hs_buf_putc(out, '\n');
}

/* A key with its number; nothing for 0. */
static void put_number(struct hs_buf *out, int indent, const char *key, int value)
{
    if (value)
        hs_buf_printf(out, "%*s%s: %d\n", indent, "", key, value);
}

/* {file: FILE, cue: FILE, number: N}. */
static void put_part(struct hs_archive *in, const struct hs_take *t, struct hs_buf *out)
{
    hs_buf_puts(out, "{file: ");
    hs_yaml_put_text(out, hs_archive_relative(in, t->path), true);
    hs_buf_puts(out, ", cue: ");
    hs_yaml_put_text(out, hs_archive_relative(in, t->part_of.cue), true);
    hs_buf_printf(out, ", number: %d}", t->part_of.number);
}

/* FILE, or {left: FILE, right: FILE}, or a part. */
static void put_source(struct hs_archive *in, const struct hs_take *t, bool flow,
                       struct hs_buf *out)
{
    if (t->part_of.cue) {
        put_part(in, t, out);
        return;
    }
    if (t->right)
        hs_buf_puts(out, "{left: ");
    hs_yaml_put_text(out, hs_archive_relative(in, t->path), flow || t->right);
    if (t->right) {
        hs_buf_puts(out, ", right: ");
        hs_yaml_put_text(out, hs_archive_relative(in, t->right), true);
        hs_buf_putc(out, '}');
    }
}

/* One mix, or a list of candidates. */
static void put_mixes(struct hs_archive *in, const struct hs_guess *g, bool flow,
                      struct hs_buf *out)
{
    hs_buf_puts(out, g->n_mixes > 1 ? "[" : "");
    for (size_t i = 0; i < g->n_mixes; i++) {
        hs_buf_puts(out, i ? ", " : "");
        put_source(in, g->mixes[i], flow || g->n_mixes > 1, out);
    }
    hs_buf_puts(out, g->n_mixes > 1 ? "]" : "");
}

/* "# older: one.wav, two.wav", where there are any. */
static void put_companions(struct hs_archive *in, const struct hs_guess *g,
                           enum hs_companion_kind kind, const char *what, int indent,
                           struct hs_buf *out)
{
    size_t n = 0;
    for (size_t i = 0; i < g->n_companions; i++) {
        if (g->companions[i].kind != kind)
            continue;
        hs_buf_printf(out, n++ ? ", " : "%*s# %s: ", indent, "", what);
        hs_buf_puts(out, hs_archive_comment(in, hs_archive_name(in, g->companions[i].take)));
    }
    hs_buf_puts(out, n ? "\n" : "");
}

/* Stems are a guess: offered as a comment, to be let in by taking the "# " away. */
static void put_stems(struct hs_archive *in, const struct hs_guess *g, int indent,
                      struct hs_buf *out)
{
    size_t n = 0;
    for (size_t i = 0; i < g->n_companions; i++) {
        if (g->companions[i].kind != HS_COMPANION_STEM)
            continue;
        if (!n++)
            hs_buf_printf(out, "%*s# stems:\n", indent, "");
        hs_buf_printf(out, "%*s#   ", indent, "");
        hs_yaml_put_text(out, g->companions[i].role, false);
        hs_buf_puts(out, ": ");
        put_source(in, g->companions[i].take, false, out);
        hs_buf_putc(out, '\n');
    }
}

/* What may be its mix or a release: asked for, with what to write. */
static void put_untold(struct hs_archive *in, const struct hs_guess *g, int indent,
                       struct hs_buf *out)
{
    for (size_t i = 0; i < g->n_companions; i++) {
        const struct hs_take *t = g->companions[i].take;
        if (g->companions[i].kind != HS_COMPANION_UNTOLD)
            continue;
        hs_buf_printf(out, "%*s# AMBIGUOUS: its mix, or a release of its own? %s (%s)\n", indent,
                      "", hs_archive_comment(in, hs_archive_name(in, t)), t->untold);
        hs_buf_printf(out,
                      "%*s#   write it here as \"mix:\", or as \"master:\" of a track of its own\n",
                      indent, "");
    }
}

/* Comment with kind, confidence and reason, then what was not taken, the mix, and stems. */
void hs_init_put_mix(struct hs_archive *in, const struct hs_guess *g, int indent,
                     struct hs_buf *out)
{
    char text[HS_NUM_TEXT];
    const char *kind = !g->n_mixes ? "no mix" : g->ambiguous ? "AMBIGUOUS" : "pairing";
    hs_buf_printf(out, "%*s# %s", indent, "", kind);
    if (g->n_mixes)
        hs_buf_printf(out, " %s", hs_num_fixed(text, g->confidence, 2));
    hs_buf_printf(out, ": %s\n", hs_archive_comment(in, g->why));
    put_companions(in, g, HS_COMPANION_OLDER, "older", indent, out);
    put_companions(in, g, HS_COMPANION_UNLIKE, "not by the audio", indent, out);
    if (g->n_mixes) {
        hs_buf_printf(out, "%*smix: ", indent, "");
        put_mixes(in, g, false, out);
        hs_buf_putc(out, '\n');
    }
    put_untold(in, g, indent, out);
    put_stems(in, g, indent, out);
}

/* `alone`: year and genre are said by the track, not by its release. */
void hs_init_put_track(struct hs_archive *in, const struct hs_guess *g, bool alone, int indent,
                       struct hs_buf *out)
{
    const struct hs_take *m = g->master;
    hs_buf_printf(out, "%*s- title: ", indent, "");
    hs_yaml_put_text(out, hs_archive_title(m), false);
    hs_buf_putc(out, '\n');
    indent += 2;
    put_pair(out, indent, "id", g->id);
    put_pair(out, indent, "version_title", m->version ? m->version : m->name.version);
    put_pair(out, indent, "isrc", m->isrc);
    put_number(out, indent, "disc", m->disc);
    put_number(out, indent, "track", m->track);
    const char *artist = hs_archive_artist(m);
    if (artist && (!in->artist || strcmp(artist, in->artist)))
        put_pair(out, indent, "artist", artist);
    if (alone) {
        put_pair(out, indent, "genre", m->genre);
        put_number(out, indent, "year", m->year ? m->year : m->name.year);
    }
    hs_buf_printf(out, "%*smaster: ", indent, "");
    put_source(in, m, false, out);
    hs_buf_putc(out, '\n');
    hs_init_put_mix(in, g, indent, out);
}

/* The same in one line, for lists that are written in brackets. */
void hs_init_put_flow(struct hs_archive *in, const struct hs_guess *g, bool mix_alone,
                      struct hs_buf *out)
{
    if (!mix_alone) {
        hs_buf_puts(out, "{title: ");
        hs_yaml_put_text(out, hs_archive_title(g->master), true);
        hs_buf_puts(out, ", id: ");
        hs_yaml_put_text(out, g->id, true);
        hs_buf_puts(out, ", master: ");
        put_source(in, g->master, true, out);
        hs_buf_puts(out, g->n_mixes ? ", " : "");
    }
    if (g->n_mixes) {
        hs_buf_puts(out, "mix: ");
        put_mixes(in, g, true, out);
    }
    hs_buf_puts(out, mix_alone ? "" : "}");
}

/* What all tracks share is said once; copies of the masters without it are written below. */
void hs_init_put_release(struct hs_archive *in, const struct hs_guess *g, size_t n, int indent,
                         struct hs_buf *out)
{
    const char *genre = SHARED(g, n, genre), *number = SHARED(g, n, catalogue_number);
    const char *artist = hs_archive_shared_artist(g, n);
    int year = shared_year(g, n);
    hs_buf_printf(out, "%*s- title: ", indent, "");
    hs_yaml_put_text(out, hs_archive_release(g[0].master), false);
    hs_buf_putc(out, '\n');
    if (artist && (!in->artist || strcmp(artist, in->artist)))
        put_pair(out, indent + 2, "artist", artist);
    put_pair(out, indent + 2, "version_title", hs_archive_version(g[0].master));
    put_number(out, indent + 2, "year", year);
    put_pair(out, indent + 2, "catalogue_number",
             number ? number : g[0].master->name.catalogue_number);
    put_pair(out, indent + 2, "label", SHARED(g, n, label));
    put_pair(out, indent + 2, "barcode", SHARED(g, n, barcode));
    put_pair(out, indent + 2, "genre", genre);
    hs_buf_printf(out, "%*stracks:\n", indent + 2, "");
    for (size_t i = 0; i < n; i++) {
        struct hs_buf track = {0};
        struct hs_guess copy = g[i];
        struct hs_take master = *copy.master;
        master.year = year ? 0 : master.year; /* said once, by the release */
        master.name.year = year ? 0 : master.name.year;
        master.genre = genre ? NULL : master.genre;
        master.artist = artist ? NULL : master.artist;
        master.album_artist = artist ? NULL : master.album_artist;
        copy.master = &master;
        hs_init_put_track(in, &copy, true, indent + 4, &track);
        hs_buf_put(out, track.data, track.len);
        hs_buf_free(&track);
    }
}

/* What is in no track, each with its reason, as comments at the end. */
static void put_left_out(struct hs_archive *in, struct hs_buf *out)
{
    size_t n = 0;
    for (size_t i = 0; i < in->n_takes; i++) {
        const char *why = hs_archive_left_out(&in->takes[i]);
        if (!why)
            continue;
        hs_buf_puts(out, n++ ? "" : "\n# Left out:\n");
        hs_init_put_note(in, why, hs_archive_name(in, &in->takes[i]), out);
    }
    for (size_t i = 0; i < in->n_strangers; i++)
        hs_init_put_note(in, HS_NO_AUDIO, hs_archive_relative(in, in->strangers[i]), out);
    if (in->n_hidden)
        hs_buf_printf(out, "# Hidden and not looked at: %zu\n", in->n_hidden);
}

/* One line of the list at the end. */
void hs_init_put_note(struct hs_archive *in, const char *why, const char *name, struct hs_buf *out)
{
    hs_buf_printf(out, "#   %s: %s\n", why, hs_archive_comment(in, name));
}

/* The whole file. Ids are made first, in the order of the tracks. */
void hs_init_put_yaml(struct hs_archive *in, const char *audio, struct hs_buf *out)
{
    struct hs_ids ids = {0};
    for (size_t i = 0; i < in->n_guesses; i++)
        hs_archive_make_id(in, &ids, &in->guesses[i]);
    hs_ids_free(&ids);
    hs_buf_puts(out, "# Made by hindsight init. Edit it freely: what stands here is kept "
                     "when init runs\n# again, and a file whose path stands in a comment is "
                     "not added again. An id keeps its\n# track's notes together: change titles, "
                     "not ids.\nhindsight: 1\n");
    put_pair(out, 0, "artist", in->artist);
    put_pair(out, 0, "audio", audio);
    hs_buf_puts(out, "releases:\n");
    for (size_t i = 0, end; i < in->n_guesses; i = end) {
        end = hs_archive_release_end(in, i);
        hs_init_put_release(in, in->guesses + i, end - i, 2, out);
    }
    put_left_out(in, out);
}
