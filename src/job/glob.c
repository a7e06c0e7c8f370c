/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Matching goes through pattern and name once; after a mismatch it returns to the last star and
 * lets it take one more character. Names are compared by characters, and bytes that are not UTF-8
 * count as one each. A search descends folder by folder; "**" also tries the rest of the pattern
 * without a folder. It ends after 500,000 entries or 32 folders of depth. Files that were found
 * in two ways are named once.
 */
#include "job/glob.h"

#include "core/fs.h"
#include "core/text.h"
#include "job/find.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* A pattern over a whole disk is a slip; the search ends there. */
enum { MOST_ENTRIES = 500000, MOST_DEPTH = 32 };

struct search {
    struct hs_arena *arena;
    struct hs_paths *out;
    size_t entries;
};

static bool expand(struct search *s, const char *dir, const char *pattern, int depth);

bool hs_glob_is_pattern(const char *path)
{
    return strpbrk(path, "*?[") != NULL;
}

/* One character, or one byte where it is not UTF-8. */
static size_t one(const char *s, uint32_t *code)
{
    return hs_utf8_decode(s, strnlen(s, 4), code);
}

/* After "[": does the class hold `c`? *p moves behind "]"; an open class is no class.
 */
static bool in_class(const char **p, uint32_t c, bool *closed)
{
    const char *q = *p;
    bool inverted = *q == '!' || *q == '^', found = false, first = true;
    q += inverted;
    while (*q && (*q != ']' || first)) {
        uint32_t low, high;
        q += one(q, &low);
        high = low;
        if (q[0] == '-' && q[1] && q[1] != ']')
            q += 1 + one(q + 1, &high);
        found |= low <= c && c <= high;
        first = false;
    }
    *closed = *q == ']';
    if (*closed)
        *p = q + 1;
    return found != inverted;
}

/* One pattern element other than a star against one character; bytes taken of the name,
 * 0 without a match. *p moves on. */
static size_t match_one(const char **p, const char *name)
{
    uint32_t c, wanted;
    if (!*name)
        return 0;
    size_t len = one(name, &c);
    if (**p == '?') {
        ++*p;
        return len;
    }
    if (**p == '[') {
        const char *q = *p + 1;
        bool closed, fits = in_class(&q, c, &closed);
        if (closed) {
            *p = q;
            return fits ? len : 0;
        }
    }
    if (**p == '\\' && (*p)[1])
        ++*p;
    if (!**p)
        return 0;
    size_t taken = one(*p, &wanted);
    bool same = taken == len && !memcmp(*p, name, len);
    *p += taken;
    return same ? len : 0;
}

/* A name that begins with a dot is only matched by a pattern that does. */
bool hs_glob_match(const char *pattern, const char *name)
{
    const char *star = NULL, *retry = NULL;
    if (*name == '.' && *pattern != '.')
        return false;
    for (;;) {
        /* The star takes nothing at first; `retry` is where it would take one more character. */
        if (*pattern == '*') {
            star = ++pattern;
            retry = name;
            continue;
        }
        if (!*pattern && !*name)
            return true;
        size_t len = *pattern ? match_one(&pattern, name) : 0;
        if (len) {
            name += len;
            continue;
        }
        /* A mismatch: the last star takes one more character. Earlier stars need no second try. */
        if (!star || !*retry)
            return false;
        uint32_t c;
        retry += one(retry, &c);
        pattern = star;
        name = retry;
    }
}

/* `follow`: a link to a folder counts; "**" does not follow links, or it could go round for ever.
 */
static bool is_folder(const char *path, bool follow)
{
    struct stat st;
    return !(follow ? stat(path, &st) : lstat(path, &st)) && S_ISDIR(st.st_mode);
}

/* Regular files only. */
static void found(struct search *s, const char *path)
{
    struct stat st;
    if (stat(path, &st) || !S_ISREG(st.st_mode))
        return;
    s->out->items =
        hs_arena_grow(s->arena, s->out->items, s->out->n, &s->out->cap, sizeof *s->out->items);
    s->out->items[s->out->n++] = hs_arena_strdup(s->arena, path);
}

/* Every entry of `dir` that fits `part`, and on with what follows. */
static bool expand_part(struct search *s, const char *dir, const char *part, const char *rest,
                        int depth)
{
    bool within = true, deep = !strcmp(part, "**");
    DIR *d = opendir(dir);
    struct hs_arena scratch = {0};
    const char *wanted = hs_find_nfc(&scratch, part);
    for (struct dirent *e; d && within && (e = readdir(d));) {
        const char *name = e->d_name;
        if (!strcmp(name, ".") || !strcmp(name, ".."))
            continue;
        within = ++s->entries <= MOST_ENTRIES;
        if (!hs_glob_match(deep ? "*" : wanted, hs_find_nfc(&scratch, name)))
            continue;
        const char *path = hs_path_join(&scratch, dir, name);
        if (deep && is_folder(path, false))
            within = within && expand(s, path, hs_path_join(&scratch, "**", rest), depth + 1);
        else if (!deep && !*rest)
            found(s, path);
        else if (!deep && is_folder(path, true))
            within = within && expand(s, path, rest, depth + 1);
    }
    if (d)
        closedir(d);
    /* "**" also stands for no folder at all. */
    if (deep && within)
        within = expand(s, dir, *rest ? rest : "*", depth + 1);
    hs_arena_free(&scratch);
    return within;
}

/* Takes the first part of the pattern: a name is looked up, a pattern is matched against the
 * folder. */
static bool expand(struct search *s, const char *dir, const char *pattern, int depth)
{
    if (depth > MOST_DEPTH)
        return false;
    struct hs_arena scratch = {0};
    size_t n = strcspn(pattern, "/");
    const char *part = hs_arena_strndup(&scratch, pattern, n), *rest = pattern + n;
    rest += strspn(rest, "/");
    while (!strcmp(part, "**") && (!strncmp(rest, "**/", 3) || !strcmp(rest, "**")))
        rest += 2 + strspn(rest + 2, "/");
    bool within = true, exists;
    if (hs_glob_is_pattern(part)) {
        within = expand_part(s, dir, part, rest, depth);
    } else {
        const char *path = hs_path_join(&scratch, dir, part);
        path = hs_find_file(&scratch, *part ? path : dir, &exists);
        if (exists && *rest)
            within = expand(s, path, rest, depth + 1);
        else if (exists)
            found(s, path);
    }
    hs_arena_free(&scratch);
    return within;
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* False: the search was ended by its limits, and what was found is not all. */
bool hs_glob_files(struct hs_arena *a, const char *pattern, struct hs_paths *out)
{
    struct search s = {.arena = a, .out = out};
    size_t n = 0;
    *out = (struct hs_paths){0};
    bool within = expand(&s, "/", pattern + strspn(pattern, "/"), 0);
    if (out->n)
        qsort(out->items, out->n, sizeof *out->items, by_bytes);
    for (size_t i = 0; i < out->n; i++) /* two ways through ** to one file */
        if (!n || strcmp(out->items[n - 1], out->items[i]))
            out->items[n++] = out->items[i];
    out->n = n;
    return within;
}
