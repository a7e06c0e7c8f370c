/* SPDX-License-Identifier: Apache-2.0 */
#include "init/archive.h"

#include "core/text.h"
#include "job/find.h"

#include <string.h>

const char *hs_archive_release(const struct hs_take *t)
{
    return t->album ? t->album : t->name.release ? t->name.release : "Untitled";
}

const char *hs_archive_relative(struct hs_archive *in, const char *path)
{
    struct hs_arena *a = &in->arena;
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

const char *hs_archive_comment(struct hs_archive *in, const char *text)
{
    struct hs_buf b = {0};
    hs_text_put_plain(&b, text);
    const char *out = hs_arena_strdup(&in->arena, b.data ? b.data : "");
    hs_buf_free(&b);
    return out;
}

size_t hs_archive_release_end(const struct hs_archive *in, size_t first)
{
    size_t end = first + 1;
    while (end < in->n_guesses &&
           !strcmp(in->guesses[first].master->release_key, in->guesses[end].master->release_key))
        end++;
    return end;
}

const char *hs_archive_left_out(const struct hs_take *t)
{
    if (t->error)
        return "cannot be read";
    if (t->copy_of)
        return "copy of a master";
    if (t->aside != HS_ASIDE_NONE)
        return hs_aside_name(t->aside);
    return t->part == HS_PART_MIX && !t->used ? "mix without a master" : NULL;
}
