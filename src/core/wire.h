/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Bytes for the store and the worker's pipe: little-endian integers, doubles as their
 * bits, texts and blobs with their length in front. Reading never goes past the end: a
 * cursor that ran short is `bad`, and gives zeros and empty texts from then on.
 */
#ifndef HS_CORE_WIRE_H
#define HS_CORE_WIRE_H

#include "core/arena.h"
#include "core/buf.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Each appends to `b` and never fails (core/alloc.h). */
void hs_wire_put_u32(struct hs_buf *b, uint32_t x);
void hs_wire_put_u64(struct hs_buf *b, uint64_t x);
void hs_wire_put_double(struct hs_buf *b, double x);
void hs_wire_put_text(struct hs_buf *b, const char *s); /* NULL is kept apart from "" */
void hs_wire_put_blob(struct hs_buf *b, const void *p, size_t n);

/* Where reading stands. The bytes belong to the caller, and outlive the cursor. */
struct hs_cursor {
    const unsigned char *p;
    size_t left;
    bool bad;
};

struct hs_cursor hs_cursor(const void *data, size_t n);
const void *hs_wire_take(struct hs_cursor *c, size_t n); /* NULL when it ran short */
uint32_t hs_wire_take_u32(struct hs_cursor *c);
uint64_t hs_wire_take_u64(struct hs_cursor *c);
double hs_wire_take_double(struct hs_cursor *c);
/* A copy in the arena; NULL where NULL was put, "" when it ran short. */
char *hs_wire_take_text(struct hs_cursor *c, struct hs_arena *a);
/* Points into the bytes read; NULL and 0 when it ran short. */
const void *hs_wire_take_blob(struct hs_cursor *c, size_t *n);

#endif
