/* SPDX-License-Identifier: Apache-2.0 */
/* Which track a stem belongs to, by its folder or the beginning of its name, and what it is, by the
 * rest of the name. Stems stay a proposal: write.c offers them in a comment. */
#include "init/stems.h"

#include "core/fs.h"
#include "core/text.h"
#include "job/slug.h"

#include <string.h>

/* Is the key that of a folder above the stem? */
static bool in_folder_of(struct hs_arena *s, const char *path, const char *key)
{
    char *rest = hs_arena_strdup(s, path), *part;
    while ((part = strsep(&rest, "/")) && rest) {
        struct hs_name name;
        hs_name_read(s, "", part, &name);
        if (!strcmp(name.key, key) || !strcmp(hs_job_normal_title(s, part), key))
            return true;
    }
    return false;
}

/* What is left of the name behind the title: words that say something, joined. */
static const char *role_of(struct hs_arena *a, const struct hs_take *t, const char *key, bool whole)
{
    struct hs_token token[HS_MOST_TOKENS];
    struct hs_arena s = {0};
    struct hs_buf out = {0};
    const char *base = hs_path_base(t->path), *dot = strrchr(base, '.');
    char *name = hs_arena_strndup(&s, base, dot ? (size_t)(dot - base) : strlen(base));
    size_t n = hs_words_split(name, hs_arena_alloc(&s, strlen(name) + 1), token), i = 0;
    bool number = n > 1 && token[0].word == HS_WORD_NUMBER;
    size_t start = number ? token[1].start : 0;
    for (size_t k = number; !whole && k < n; k++) { /* up to where the title ends */
        const char *so_far = hs_arena_strndup(&s, name + start, token[k].end - start);
        if (strcmp(hs_job_normal_title(&s, so_far), key))
            continue;
        i = k + 1;
        break;
    }
    for (i = whole ? number : i; i < n; i++) {
        if (token[i].word != HS_WORD_TITLE && token[i].word != HS_WORD_CHANNEL &&
            token[i].word != HS_WORD_NUMBER)
            continue;
        hs_buf_puts(&out, out.len ? " " : "");
        hs_buf_puts(&out, token[i].text);
    }
    const char *role =
        hs_utf8_valid(out.data ? out.data : "", out.len) && out.len ? out.data : "stem";
    role = hs_arena_strdup(a, role);
    hs_buf_free(&out);
    hs_arena_free(&s);
    return role;
}

/* Roles are keys of a map: each once. */
static const char *unlike(struct hs_archive *in, const struct hs_guess *g, const char *role)
{
    const char *name = role;
    for (int k = 2;; k++) {
        bool taken = false;
        for (size_t i = 0; i < g->n_companions; i++)
            taken |= g->companions[i].role && !strcmp(g->companions[i].role, name);
        if (!taken)
            return name;
        name = hs_arena_printf(in->arena, "%s %d", role, k);
    }
}

/* Gives a stem to the track whose title its folder has, or its name begins with; the longest
 * title wins. */
static void place(struct hs_archive *in, struct hs_take *t)
{
    enum { LEAST_KEY = 2 };
    struct hs_arena s = {0};
    struct hs_guess *best = NULL;
    size_t longest = 0;
    bool whole = false;
    const char *shown = hs_archive_relative(in, t->path), *title = NULL;
    for (size_t i = 0; i < in->n_guesses; i++) {
        struct hs_guess *g = &in->guesses[i];
        const char *keys[] = {g->master->tag_key, g->master->name.key};
        for (size_t k = 0; k < 2; k++) {
            size_t n = keys[k] ? strlen(keys[k]) : 0;
            if (n < LEAST_KEY || n <= longest)
                continue;
            bool folder = in_folder_of(&s, shown, keys[k]);
            bool begins =
                !strncmp(t->name.key, keys[k], n) || !strncmp(t->name.key_full, keys[k], n);
            if (!folder && !begins)
                continue;
            best = g;
            longest = n;
            whole = folder;
            title = keys[k];
        }
    }
    if (best) {
        const char *role = unlike(in, best, role_of(in->arena, t, title, whole));
        hs_archive_add_companion(in, best, t, HS_COMPANION_STEM, role);
    }
    hs_arena_free(&s);
}

void hs_init_stems(struct hs_archive *in)
{
    for (size_t i = 0; i < in->n_takes; i++)
        if (in->takes[i].aside == HS_ASIDE_STEM && !in->takes[i].error)
            place(in, &in->takes[i]);
}
