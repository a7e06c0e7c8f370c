/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. All paths that the job names are collected and sorted; so is the text of its comments,
 *    because a file that a person has commented out must not come back.
 * 2. A master that the job does not know is added: to the release of its title and version, or
 *    with others as a new release.
 * 3. A track of the job that has no mix gets the one that was found for its master.
 * 4. Every file of the folders that stands nowhere, neither in the job nor in its comments nor in
 *    an addition, becomes a note at the end of the file with the reason.
 */
#include "init/add.h"

#include "core/alloc.h"
#include "init/write.h"
#include "job/slug.h"
#include "job/yaml_text.h"

#include <stdlib.h>
#include <string.h>

struct adding {
    struct hs_archive *in;
    const struct hs_job *job;
    const char **known; /* paths of all files of the job, sorted */
    size_t n_known;
    struct hs_ids ids;
    struct hs_buf comments;
    struct hs_addition *adds;
    size_t n, cap;
};

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* All comments of the file in one text. A "#" within quotes gives too much, which only
 * leaves a file out that the text names anyway. */
static void collect_comments(struct adding *a, const struct hs_buf *text)
{
    const char *p = text->len ? text->data : "";
    while ((p = strchr(p, '#'))) {
        size_t n = strcspn(p, "\n");
        hs_buf_put(&a->comments, p, n);
        hs_buf_putc(&a->comments, '\n');
        p += n;
    }
}

/* Does a comment name this path, as a whole word? */
static bool mentioned(const struct adding *a, const char *path)
{
    size_t n = strlen(path);
    const char *p = a->comments.len ? a->comments.data : "";
    for (; (p = strstr(p, path)); p++) {
        bool begins = p == a->comments.data || strchr(" \t\"'#:[{,", p[-1]);
        if (begins && strchr(" \t\"'\n,]}", p[n]))
            return true;
    }
    return false;
}

/* Adds the paths of a source. */
static void know(struct adding *a, const struct hs_source *s)
{
    if (s->path)
        a->known[a->n_known++] = s->path;
    if (s->right_path)
        a->known[a->n_known++] = s->right_path;
}

/* All paths that the job names, sorted; and the ids that are taken. */
static void collect_known(struct adding *a)
{
    const struct hs_job *job = a->job;
    size_t n = 2 * (job->n_references + job->n_mix_references + 2 * job->n_tracks);
    for (size_t i = 0; i < job->n_tracks; i++)
        n += 2 * (job->tracks[i].n_mixes + job->tracks[i].n_stems);
    a->known = HS_NEW_ARRAY(const char *, n + 1);
    for (size_t i = 0; i < job->n_tracks; i++) {
        const struct hs_track *t = &job->tracks[i];
        int line;
        know(a, &t->master);
        know(a, &t->update);
        for (size_t k = 0; k < t->n_mixes; k++)
            know(a, &t->mixes[k]);
        for (size_t k = 0; k < t->n_stems; k++)
            know(a, &t->stems[k].source);
        hs_ids_keep(&a->ids, t->id, 0, &line);
    }
    for (size_t i = 0; i < job->n_references; i++)
        know(a, &job->references[i]);
    for (size_t i = 0; i < job->n_mix_references; i++)
        know(a, &job->mix_references[i]);
    if (a->n_known)
        qsort(a->known, a->n_known, sizeof *a->known, by_text);
}

/* Does the job name this path? */
static bool is_known(const struct adding *a, const char *path)
{
    return a->n_known && bsearch(&path, a->known, a->n_known, sizeof *a->known, by_text);
}

/* The track of the job with this master; of an album file that a cue sheet cuts, the one with the
 * same section. */
static const struct hs_track *known_track(const struct adding *a, const struct hs_take *m)
{
    for (size_t i = 0; is_known(a, m->path) && i < a->job->n_tracks; i++)
        if (a->job->tracks[i].master.path && !strcmp(a->job->tracks[i].master.path, m->path) &&
            a->job->tracks[i].master.from_75 == m->part_of.from_75 &&
            a->job->tracks[i].master.to_75 == m->part_of.to_75)
            return &a->job->tracks[i];
    return NULL;
}

/* The text in the arena; the buffer is freed. */
static const char *keep(struct adding *a, struct hs_buf *b)
{
    const char *text = hs_arena_strdup(a->in->arena, b->data ? b->data : "");
    hs_buf_free(b);
    return text;
}

/* Room for one more addition. */
static struct hs_addition *add(struct adding *a, enum hs_addition_kind kind, size_t release,
                               size_t track)
{
    a->adds = hs_grow(a->adds, a->n, &a->cap, sizeof *a->adds);
    a->adds[a->n] = (struct hs_addition){.kind = kind, .release = release, .track = track};
    return &a->adds[a->n++];
}

/* What an addition names needs no note. */
static void list(const struct hs_guess *g)
{
    for (size_t i = 0; i < g->n_mixes; i++)
        g->mixes[i]->listed = true;
    for (size_t i = 0; i < g->n_companions; i++)
        g->companions[i].take->listed = true;
}

/* The mix that was found for a track of the job that has none, unless a comment names it. */
static void add_mix(struct adding *a, const struct hs_track *t, struct hs_guess *g)
{
    struct hs_buf block = {0}, flow = {0};
    g->settled = t->n_mixes == 1;
    if (t->n_mixes || !g->n_mixes || mentioned(a, hs_archive_relative(a->in, g->mixes[0]->path)))
        return;
    list(g);
    size_t index = (size_t)(t - a->job->tracks) - a->job->releases[t->release].first_track;
    hs_init_put_mix(a->in, g, 0, &block);
    hs_init_put_flow(a->in, g, true, &flow);
    struct hs_addition *x = add(a, HS_ADD_MIX, t->release, index);
    x->block = keep(a, &block);
    x->flow = keep(a, &flow);
}

/* The release of the job with that title, and that version where it has one. */
static size_t find_release(const struct adding *a, const struct hs_take *m)
{
    struct hs_arena s = {0};
    const char *key = hs_job_normal_title(&s, hs_archive_release(m));
    const char *version = hs_archive_version(m);
    size_t i = 0;
    for (; i < a->job->n_releases; i++) {
        const struct hs_release *r = &a->job->releases[i];
        const char *theirs = r->n_tracks ? a->job->tracks[r->first_track].version_title : NULL;
        bool fits = !version || (theirs && !strcmp(theirs, version));
        if (fits && !strcmp(key, hs_job_normal_title(&s, r->title)))
            break;
    }
    hs_arena_free(&s);
    return i;
}

/* A whole new release, as lines and in one piece. */
static void add_release(struct adding *a, const struct hs_guess *g, size_t n)
{
    struct hs_buf block = {0}, flow = {0};
    hs_init_put_release(a->in, g, n, 0, &block);
    hs_buf_puts(&flow, "{title: ");
    hs_yaml_put_text(&flow, hs_archive_release(g->master), true);
    hs_buf_puts(&flow, ", tracks: [");
    for (size_t i = 0; i < n; i++) {
        hs_buf_puts(&flow, i ? ", " : "");
        hs_init_put_flow(a->in, &g[i], false, &flow);
    }
    hs_buf_puts(&flow, "]}");
    struct hs_addition *x = add(a, HS_ADD_RELEASE, 0, 0);
    x->block = keep(a, &block);
    x->flow = keep(a, &flow);
}

/* New tracks of one release: to the release of that title, or as a new one. */
static void add_tracks(struct adding *a, const struct hs_guess *g, size_t n)
{
    size_t release = find_release(a, g->master);
    if (release == a->job->n_releases) {
        add_release(a, g, n);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        struct hs_buf block = {0}, flow = {0};
        hs_init_put_track(a->in, &g[i], false, 0, &block);
        hs_init_put_flow(a->in, &g[i], false, &flow);
        struct hs_addition *x = add(a, HS_ADD_TRACK, release, 0);
        x->block = keep(a, &block);
        x->flow = keep(a, &flow);
    }
}

/* A file that is left out, unless the job or a comment names it. */
static void note(struct adding *a, struct hs_buf *out, const char *why, const char *path,
                 const char *name)
{
    if (is_known(a, path) ||
        mentioned(a, hs_archive_comment(a->in, hs_archive_relative(a->in, path))))
        return;
    hs_buf_puts(out, out->len ? "" : "# Left out:\n");
    hs_init_put_note(a->in, why, name, out);
}

/* No file of the folders is missing from the job file: what stands nowhere becomes a note. */
static void add_notes(struct adding *a)
{
    struct hs_archive *in = a->in;
    struct hs_buf text = {0};
    for (size_t i = 0; i < in->n_takes; i++) {
        const struct hs_take *t = &in->takes[i];
        const char *why = t->used ? "another mix" : hs_archive_left_out(t);
        if (!t->listed)
            note(a, &text, why, t->path, hs_archive_name(in, t));
    }
    for (size_t i = 0; i < in->n_strangers; i++)
        note(a, &text, HS_NO_AUDIO, in->strangers[i], hs_archive_relative(in, in->strangers[i]));
    if (text.len)
        add(a, HS_ADD_NOTE, 0, 0)->block = keep(a, &text);
}

/* The guesses [i, end) of one release that are new. */
static void add_new(struct adding *a, size_t i, size_t end, struct hs_guess *fresh)
{
    size_t n = 0;
    for (; i < end; i++) {
        struct hs_guess *g = &a->in->guesses[i];
        const struct hs_track *t = known_track(a, g->master);
        if (t) {
            add_mix(a, t, g);
        } else if (!is_known(a, g->master->path) &&
                   !mentioned(a, hs_archive_relative(a->in, g->master->path))) {
            hs_archive_make_id(a->in, &a->ids, g);
            g->master->listed = true;
            list(g);
            fresh[n++] = *g;
        }
    }
    if (n)
        add_tracks(a, fresh, n);
}

/* The caller frees the array; texts live in the archive's arena. */
struct hs_addition *hs_init_additions(struct hs_archive *in, const struct hs_job *job,
                                      const struct hs_buf *text, size_t *n)
{
    struct adding a = {.in = in, .job = job};
    struct hs_guess *fresh = HS_NEW_ARRAY(struct hs_guess, in->n_guesses + 1);
    collect_known(&a);
    collect_comments(&a, text);
    for (size_t i = 0; i < in->n_takes; i++) {
        in->takes[i].listed = false;
        if (is_known(&a, in->takes[i].path))
            in->takes[i].untold = NULL; /* a person has told */
    }
    for (size_t i = 0, end; i < in->n_guesses; i = end) {
        end = hs_archive_release_end(in, i);
        add_new(&a, i, end, fresh);
    }
    add_notes(&a);
    hs_buf_free(&a.comments);
    hs_ids_free(&a.ids);
    hs_free(a.known);
    hs_free(fresh);
    *n = a.n;
    return a.adds;
}
