/* SPDX-License-Identifier: Apache-2.0 */
/*
 * By APPNOTE.TXT 6.3.10, entries stored as they are, since most of the bytes are compressed
 * sound.
 * 1. Files in the order of their names, folder by folder, each as local header and data. The date
 *    is always the first of January 1980, so that equal reports make equal archives.
 * 2. The central directory and its end follow.
 * 3. Sizes and places have 32 bits: what does not fit, or has more than 65,534 entries, is
 *    refused.
 */
#include "report/zip.h"

#include "core/alloc.h"
#include "core/fs.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LOCAL = 0x04034b50, CENTRAL = 0x02014b50, END = 0x06054b50, UTF8 = 1 << 11, DATE = 0x21 };
enum { MOST_ENTRIES = 65534, MOST_FILE = 1 << 30 };

struct entry {
    const char *name;
    uint32_t crc, size, at;
};

struct zip {
    FILE *out;
    struct hs_arena arena;
    struct entry *entries;
    size_t n, cap;
    uint64_t at;
};

/* CRC-32 as APPNOTE 4.4.7 defines it, bit by bit: the disk is slower. */
static uint32_t crc_of(const unsigned char *p, size_t n)
{
    uint32_t crc = ~0u;
    for (size_t i = 0; i < n; i++) {
        crc ^= p[i];
        for (int k = 0; k < 8; k++)
            crc = crc >> 1 ^ (0xedb88320u & (0u - (crc & 1)));
    }
    return ~crc;
}

static void put_le(struct hs_buf *b, uint32_t x, int bytes)
{
    for (int i = 0; i < bytes; i++)
        hs_buf_putc(b, (char)(x >> 8 * i & 255));
}

/* The fields that local and central headers share. */
static void put_common(struct hs_buf *b, const struct entry *e)
{
    put_le(b, 20, 2);
    put_le(b, UTF8, 2);
    put_le(b, 0, 2); /* stored */
    put_le(b, 0, 2);
    put_le(b, DATE, 2); /* the first of January 1980: the same bytes on any night */
    put_le(b, e->crc, 4);
    put_le(b, e->size, 4);
    put_le(b, e->size, 4);
    put_le(b, (uint32_t)strlen(e->name), 2);
    put_le(b, 0, 2);
}

/* Writes the buffer and moves the offset on. */
static enum hs_status flush(struct zip *z, const struct hs_buf *b, struct hs_error *err)
{
    z->at += b->len;
    if (b->len && fwrite(b->data, 1, b->len, z->out) != b->len)
        return hs_fail_errno(err, HS_E_IO, "the archive");
    return HS_OK;
}

/* A local header and the bytes; the entry is kept for the directory. */
static enum hs_status add_file(struct zip *z, const char *path, const char *name,
                               struct hs_error *err)
{
    struct hs_buf data = {0}, head = {0};
    enum hs_status s = hs_fs_read(path, MOST_FILE, &data, err);
    struct entry e = {.name = hs_arena_strdup(&z->arena, name), .at = (uint32_t)z->at};
    if (!s && (z->at + data.len > UINT32_MAX || z->n >= MOST_ENTRIES))
        s = hs_fail(err, HS_E_LIMIT, "the report is too large for one archive");
    if (!s) {
        e.crc = crc_of((const unsigned char *)data.data, data.len);
        e.size = (uint32_t)data.len;
        put_le(&head, LOCAL, 4);
        put_common(&head, &e);
        hs_buf_puts(&head, name);
        s = flush(z, &head, err);
        s = s ? s : flush(z, &data, err);
        z->entries = hs_arena_grow(&z->arena, z->entries, z->n, &z->cap, sizeof *z->entries);
        z->entries[z->n++] = e;
    }
    hs_buf_free(&data);
    hs_buf_free(&head);
    return s;
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static int is_visible(const struct dirent *e)
{
    return *e->d_name != '.';
}

/* Folders in the order of their names, so that equal reports make equal archives. */
static enum hs_status add_folder(struct zip *z, const char *dir, const char *name,
                                 const char *leave_out, struct hs_error *err)
{
    struct dirent **list = NULL;
    int n = scandir(dir, &list, is_visible, by_name);
    enum hs_status s = n < 0 ? hs_fail_errno(err, HS_E_IO, "%s", dir) : HS_OK;
    for (int i = 0; i < n; i++) {
        struct hs_arena a = {0};
        const char *path = hs_path_join(&a, dir, list[i]->d_name);
        const char *inside = hs_arena_printf(&a, "%s%s", name, list[i]->d_name);
        if (s || !strcmp(list[i]->d_name, leave_out))
            ;
        else if (hs_fs_is_dir(path))
            s = add_folder(z, path, hs_arena_printf(&a, "%s/", inside), leave_out, err);
        else
            s = add_file(z, path, inside, err);
        hs_arena_free(&a);
        free(list[i]);
    }
    free(list);
    return s;
}

/* Central directory (APPNOTE 4.3.12) and its end record (4.3.16). */
static enum hs_status put_directory(struct zip *z, struct hs_error *err)
{
    struct hs_buf b = {0};
    uint32_t first = (uint32_t)z->at;
    for (size_t i = 0; i < z->n; i++) {
        put_le(&b, CENTRAL, 4);
        put_le(&b, 20, 2);
        put_common(&b, &z->entries[i]);
        put_le(&b, 0, 2); /* comment, disk, attributes */
        put_le(&b, 0, 2);
        put_le(&b, 0, 2);
        put_le(&b, 0, 4);
        put_le(&b, z->entries[i].at, 4);
        hs_buf_puts(&b, z->entries[i].name);
    }
    uint32_t size = (uint32_t)b.len;
    put_le(&b, END, 4);
    put_le(&b, 0, 4);
    put_le(&b, (uint32_t)z->n, 2);
    put_le(&b, (uint32_t)z->n, 2);
    put_le(&b, size, 4);
    put_le(&b, first, 4);
    put_le(&b, 0, 2);
    enum hs_status s = flush(z, &b, err);
    hs_buf_free(&b);
    return s;
}

/* All files of the folder but the archive itself. */
enum hs_status hs_zip_folder(const char *dir, const char *name, struct hs_error *err)
{
    struct zip z = {0};
    struct hs_arena a = {0};
    const char *path = hs_path_join(&a, dir, name);
    enum hs_status s = HS_OK;
    z.out = fopen(path, "wbe");
    if (!z.out) {
        s = hs_fail_errno(err, HS_E_IO, "%s", path);
    } else {
        s = add_folder(&z, dir, "", name, err);
        s = s ? s : put_directory(&z, err);
        if (fclose(z.out) && !s)
            s = hs_fail_errno(err, HS_E_IO, "%s", path);
    }
    hs_arena_free(&z.arena);
    hs_arena_free(&a);
    return s;
}
