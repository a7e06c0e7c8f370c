/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Memory that is freed in one go. A zeroed arena is ready for use; not thread-safe: one
 * arena per thread or per result. Allocation never fails (see core/alloc.h).
 */
#ifndef HS_CORE_ARENA_H
#define HS_CORE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct hs_arena_chunk;
struct hs_arena_names;
struct hs_arena {
    struct hs_arena_chunk *chunk;
    struct hs_arena_names *names; /* of hs_arena_intern */
};

#define HS_ARENA_NEW(a, type) ((type *)hs_arena_alloc((a), sizeof(type)))
#define HS_ARENA_ARRAY(a, type, n) ((type *)hs_arena_array((a), (n), sizeof(type)))

void *hs_arena_alloc(struct hs_arena *a, size_t size); /* zeroed, 16-byte aligned */
void *hs_arena_array(struct hs_arena *a, size_t n, size_t size);
void *hs_arena_copy(struct hs_arena *a, const void *p, size_t size);
char *hs_arena_strdup(struct hs_arena *a, const char *s); /* NULL stays NULL */
char *hs_arena_strndup(struct hs_arena *a, const char *s, size_t n);
/* The same text, stored once however often it is asked for; NULL stays NULL. */
const char *hs_arena_intern(struct hs_arena *a, const char *s);
char *hs_arena_printf(struct hs_arena *a, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
char *hs_arena_vprintf(struct hs_arena *a, const char *fmt, va_list ap);
/* Grows an array that lives in the arena (the old copy stays until the arena goes). */
void *hs_arena_grow(struct hs_arena *a, void *items, size_t n, size_t *cap, size_t item_size);
size_t hs_arena_bytes(const struct hs_arena *a); /* taken from the heap */
void hs_arena_free(struct hs_arena *a);

#endif
