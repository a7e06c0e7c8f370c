/* SPDX-License-Identifier: Apache-2.0 */
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
    const char **known; /* paths of the job's masters, sorted */
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

static const struct hs_track *known_track(const struct adding *a, const struct hs_take *m)
{
    if (!a->job->n_tracks ||
        !bsearch(&m->path, a->known, a->job->n_tracks, sizeof *a->known, by_text))
        return NULL;
    for (size_t i = 0; i < a->job->n_tracks; i++)
        if (a->job->tracks[i].master.path && !strcmp(a->job->tracks[i].master.path, m->path))
            return &a->job->tracks[i];
    return NULL;
}

static const char *keep(struct adding *a, struct hs_buf *b)
{
    const char *text = hs_arena_strdup(&a->in->arena, b->data ? b->data : "");
    hs_buf_free(b);
    return text;
}

static struct hs_addition *add(struct adding *a, enum hs_addition_kind kind, size_t release,
                               size_t track)
{
    a->adds = hs_grow(a->adds, a->n, &a->cap, sizeof *a->adds);
    a->adds[a->n] = (struct hs_addition){.kind = kind, .release = release, .track = track};
    return &a->adds[a->n++];
}

static void add_mix(struct adding *a, const struct hs_track *t, const struct hs_guess *g)
{
    struct hs_buf block = {0}, flow = {0};
    if (t->n_mixes || !g->n_mixes || mentioned(a, hs_archive_relative(a->in, g->mixes[0]->path)))
        return;
    size_t index = (size_t)(t - a->job->tracks) - a->job->releases[t->release].first_track;
    hs_init_put_mix(a->in, g, 0, &block);
    hs_init_put_flow(a->in, g, true, &flow);
    struct hs_addition *x = add(a, HS_ADD_MIX, t->release, index);
    x->block = keep(a, &block);
    x->flow = keep(a, &flow);
}

static size_t find_release(const struct adding *a, const char *title)
{
    struct hs_arena s = {0};
    const char *key = hs_job_normal_title(&s, title);
    size_t i = 0;
    while (i < a->job->n_releases &&
           strcmp(key, hs_job_normal_title(&s, a->job->releases[i].title)))
        i++;
    hs_arena_free(&s);
    return i;
}

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
    size_t release = find_release(a, hs_archive_release(g->master));
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

struct hs_addition *hs_init_additions(struct hs_archive *in, const struct hs_job *job,
                                      const struct hs_buf *text, size_t *n)
{
    struct adding a = {.in = in, .job = job};
    struct hs_guess *fresh = HS_NEW_ARRAY(struct hs_guess, in->n_guesses + 1);
    a.known = HS_NEW_ARRAY(const char *, job->n_tracks + 1);
    for (size_t i = 0; i < job->n_tracks; i++)
        a.known[i] = job->tracks[i].master.path;
    if (job->n_tracks)
        qsort(a.known, job->n_tracks, sizeof *a.known, by_text);
    collect_comments(&a, text);
    for (size_t i = 0, end; i < in->n_guesses; i = end) {
        size_t n_fresh = 0;
        end = hs_archive_release_end(in, i);
        for (size_t k = i; k < end; k++) {
            const struct hs_guess *g = &in->guesses[k];
            const struct hs_track *t = known_track(&a, g->master);
            if (t)
                add_mix(&a, t, g);
            else if (!mentioned(&a, hs_archive_relative(in, g->master->path)))
                fresh[n_fresh++] = *g;
        }
        if (n_fresh)
            add_tracks(&a, fresh, n_fresh);
    }
    hs_buf_free(&a.comments);
    hs_free(a.known);
    hs_free(fresh);
    *n = a.n;
    return a.adds;
}
