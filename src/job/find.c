/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Names on disk may be composed (NFC), decomposed (NFD), or Latin-1.
 *
 * 1. The path as it is written, without "." and empty parts.
 * 2. Where it is not there, part by part: as written, composed (NFC), decomposed (NFD), and then
 *    the folder is searched for an entry that is the same when both are composed, and read as
 *    Latin-1 where they are no UTF-8. Of several the first by bytes is taken, whatever the order
 *    of the folder.
 */
#include "job/find.h"

#include "core/buf.h"
#include "core/fs.h"
#include "core/text.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

/* NFC or NFD; what is not UTF-8 stays as it is. */
static char *normalised(struct hs_arena *a, const char *s, bool compose)
{
    utf8proc_uint8_t *made = compose ? utf8proc_NFC((const utf8proc_uint8_t *)s)
                                     : utf8proc_NFD((const utf8proc_uint8_t *)s);
    char *copy = hs_arena_strdup(a, made ? (const char *)made : s);
    free(made);
    return copy;
}

/* Each byte is one character of Latin-1, which are the first 256 of Unicode. */
static char *from_latin1(struct hs_arena *a, const char *s)
{
    size_t n = strlen(s);
    char *out = hs_arena_alloc(a, 2 * n + 1), *to = out;
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)s[i];
        if (c >= 0x80)
            *to++ = (char)(0xc0 | c >> 6);
        *to++ = (char)(c < 0x80 ? c : 0x80 | (c & 0x3f));
    }
    return out;
}

/* A name as it is compared: composed, and read as Latin-1 where it is no UTF-8. */
char *hs_find_nfc(struct hs_arena *a, const char *name)
{
    if (!hs_utf8_valid(name, strlen(name)))
        name = from_latin1(a, name);
    return normalised(a, name, true);
}

static bool is_ascii(const char *s)
{
    while (*s && (unsigned char)*s < 0x80)
        s++;
    return !*s;
}

/* The entry of `dir` that spells `name` in another way; the first by bytes of several.
 */
static const char *search_folder(struct hs_arena *a, const char *dir, const char *name)
{
    struct hs_arena scratch = {0};
    const char *wanted = hs_find_nfc(&scratch, name), *found = NULL;
    DIR *d = opendir(dir);
    for (struct dirent *e; d && (e = readdir(d));) {
        if (is_ascii(e->d_name) || strcmp(hs_find_nfc(&scratch, e->d_name), wanted))
            continue;
        if (!found || strcmp(e->d_name, found) < 0)
            found = hs_arena_strdup(a, e->d_name);
    }
    if (d)
        closedir(d);
    hs_arena_free(&scratch);
    return found;
}

/* dir + part as it stands on disk, NULL where nothing spells it. */
static const char *find_part(struct hs_arena *a, const char *dir, const char *part)
{
    const char *path = hs_path_join(a, dir, part);
    if (hs_fs_exists(path))
        return path;
    if (is_ascii(part))
        return NULL;
    if (hs_utf8_valid(part, strlen(part)))
        for (int compose = 1; compose >= 0; compose--) {
            path = hs_path_join(a, dir, normalised(a, part, compose));
            if (hs_fs_exists(path))
                return path;
        }
    const char *name = search_folder(a, *dir ? dir : ".", part);
    return name ? hs_path_join(a, dir, name) : NULL;
}

/* Without "." and empty parts; ".." stays, links may stand before it. */
static const char *tidied(struct hs_arena *a, const char *path)
{
    char *out = hs_arena_alloc(a, strlen(path) + 1), *to = out;
    for (const char *p = path; *p;) {
        size_t n = strcspn(p, "/");
        bool nothing = (n == 0 && p != path) || (n == 1 && *p == '.' && p[1] == '/');
        if (!nothing) {
            memcpy(to, p, n + (p[n] == '/'));
            to += n + (p[n] == '/');
        }
        p += n + (p[n] == '/');
    }
    if (to - out > 2 && to[-1] == '.' && to[-2] == '/')
        to[-2] = '\0';
    return out;
}

/* The path as it stands on disk; where it is not there, the path as written and `exists` false. */
const char *hs_find_file(struct hs_arena *a, const char *path, bool *exists)
{
    path = tidied(a, path);
    *exists = *path && hs_fs_exists(path);
    if (*exists || is_ascii(path))
        return path;
    struct hs_arena scratch = {0};
    char *rest = hs_arena_strdup(&scratch, path), *part;
    const char *at = path[0] == '/' ? "/" : "";
    while (at && (part = strsep(&rest, "/")))
        if (*part)
            at = find_part(&scratch, at, part);
    *exists = at != NULL;
    const char *found = at ? hs_arena_strdup(a, at) : path;
    hs_arena_free(&scratch);
    return found;
}
