/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A list of chunks of 16 kB, filled from the front; each piece is aligned to 16 bytes and zeroed.
 * A piece larger than a chunk gets one of its own behind the open chunk, so that the rest of that
 * is still used. Names that are asked for often are kept once, in a hash table (FNV-1a, open
 * addressing, at most half full).
 */
#include "core/arena.h"

#include "core/alloc.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { CHUNK_BYTES = 16 * 1024, ALIGN = 16 };

struct hs_arena_chunk {
    struct hs_arena_chunk *next;
    size_t used, size;
    _Alignas(ALIGN) unsigned char bytes[];
};

static size_t up_to(size_t n, size_t align)
{
    return (n + align - 1) / align * align;
}

/* Zeroed memory at a multiple of `align`. */
static void *take(struct hs_arena *a, size_t size, size_t align)
{
    struct hs_arena_chunk *c = a->chunk;
    if (!c || up_to(c->used, align) > c->size || c->size - up_to(c->used, align) < size) {
        size_t room = size > CHUNK_BYTES / 4 ? size : CHUNK_BYTES;
        struct hs_arena_chunk *fresh = hs_malloc(sizeof *fresh + room);
        fresh->used = 0;
        fresh->size = room;
        if (c && room == size) { /* a large one goes behind, the open chunk stays */
            fresh->next = c->next;
            c->next = fresh;
        } else {
            fresh->next = c;
            a->chunk = fresh;
        }
        c = fresh;
    }
    c->used = up_to(c->used, align);
    void *p = c->bytes + c->used;
    c->used += size;
    return memset(p, 0, size);
}

/* Zeroed memory that lives as long as the arena. */
void *hs_arena_alloc(struct hs_arena *a, size_t size)
{
    return take(a, up_to(size, ALIGN), ALIGN);
}

/* Texts lie side by side. */
static char *take_text(struct hs_arena *a, size_t size)
{
    return take(a, size, 1);
}

void *hs_arena_array(struct hs_arena *a, size_t n, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(n, size, &bytes))
        bytes = SIZE_MAX / 2; /* ends in hs_malloc with the one message */
    return hs_arena_alloc(a, bytes);
}

void *hs_arena_copy(struct hs_arena *a, const void *p, size_t size)
{
    void *copy = hs_arena_alloc(a, size);
    if (size)
        memcpy(copy, p, size);
    return copy;
}

char *hs_arena_strndup(struct hs_arena *a, const char *s, size_t n)
{
    char *copy = take_text(a, n + 1);
    if (n)
        memcpy(copy, s, n);
    return copy;
}

char *hs_arena_strdup(struct hs_arena *a, const char *s)
{
    return s ? hs_arena_strndup(a, s, strlen(s)) : NULL;
}

/* Open addressing; a power of two places, never more than half of them taken. */
struct hs_arena_names {
    const char **place;
    size_t n, room;
};

/* FNV-1a, 64 bits. */
static size_t hash_of(const char *s)
{
    uint64_t h = 0xcbf29ce484222325u;
    for (; *s; s++)
        h = (h ^ (unsigned char)*s) * 0x100000001b3u;
    return (size_t)(h ^ h >> 32);
}

/* The place of a name, or the free one where it belongs. */
static const char **place_of(const struct hs_arena_names *names, const char *s)
{
    size_t i = hash_of(s) & (names->room - 1);
    while (names->place[i] && strcmp(names->place[i], s))
        i = (i + 1) & (names->room - 1);
    return &names->place[i];
}

/* Twice the room; all names are put into it anew. */
static void widen(struct hs_arena_names *names)
{
    struct hs_arena_names wide = {.n = names->n, .room = names->room ? 2 * names->room : 256};
    wide.place = HS_NEW_ARRAY(const char *, wide.room);
    for (size_t i = 0; i < names->room; i++)
        if (names->place[i])
            *place_of(&wide, names->place[i]) = names->place[i];
    hs_free(names->place);
    *names = wide;
}

/* One copy for equal texts, so that pointers may be compared. */
const char *hs_arena_intern(struct hs_arena *a, const char *s)
{
    if (!s)
        return NULL;
    if (!a->names)
        a->names = HS_NEW(struct hs_arena_names);
    if (2 * a->names->n >= a->names->room)
        widen(a->names);
    const char **place = place_of(a->names, s);
    if (!*place) {
        *place = hs_arena_strdup(a, s);
        a->names->n++;
    }
    return *place;
}

char *hs_arena_vprintf(struct hs_arena *a, const char *fmt, va_list ap)
{
    va_list again;
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, fmt, again);
    va_end(again);
    char *s = take_text(a, (size_t)(n < 0 ? 0 : n) + 1);
    vsnprintf(s, (size_t)(n < 0 ? 0 : n) + 1, fmt, ap);
    return s;
}

char *hs_arena_printf(struct hs_arena *a, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    char *s = hs_arena_vprintf(a, fmt, ap);
    va_end(ap);
    return s;
}

/* The old array stays in the arena: memory is traded for speed. */
void *hs_arena_grow(struct hs_arena *a, void *items, size_t n, size_t *cap, size_t item_size)
{
    if (n < *cap)
        return items;
    *cap = *cap ? *cap * 2 : 8;
    void *fresh = hs_arena_array(a, *cap, item_size);
    if (n)
        memcpy(fresh, items, n * item_size);
    return fresh;
}

size_t hs_arena_bytes(const struct hs_arena *a)
{
    size_t bytes = a->names ? sizeof *a->names + a->names->room * sizeof *a->names->place : 0;
    for (const struct hs_arena_chunk *c = a->chunk; c; c = c->next)
        bytes += sizeof *c + c->size;
    return bytes;
}

/* A zeroed one is fine, and it may be used again. */
void hs_arena_free(struct hs_arena *a)
{
    if (!a)
        return;
    for (struct hs_arena_chunk *c = a->chunk, *next; c; c = next) {
        next = c->next;
        hs_free(c);
    }
    a->chunk = NULL;
    if (a->names)
        hs_free(a->names->place);
    hs_free(a->names);
    a->names = NULL;
}
