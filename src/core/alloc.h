/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The one seam to the heap. None of these returns NULL: when memory is out they write one
 * line to standard error and end the process with exit code 1. What is published is renamed into
 * place and what is stored is in a transaction, so nothing is lost; the worker process contains it
 * for hostile files. Tests fail each allocation in turn by wrapping hs_heap_alloc at link time.
 */
#ifndef HS_CORE_ALLOC_H
#define HS_CORE_ALLOC_H

#include <stddef.h>

#define HS_NEW(type) ((type *)hs_calloc(1, sizeof(type)))
#define HS_NEW_ARRAY(type, n) ((type *)hs_calloc((n), sizeof(type)))

void *hs_malloc(size_t size);
void *hs_calloc(size_t n, size_t size);           /* zeroed; overflow of n*size ends too */
void *hs_realloc(void *p, size_t n, size_t size); /* n*size bytes, overflow checked */
char *hs_strdup(const char *s);
void *hs_aligned(size_t n, size_t size);       /* 64-byte aligned, zeroed; hs_free frees it */
void *hs_aligned_unset(size_t n, size_t size); /* the same, not zeroed */
void hs_free(void *p);                         /* NULL is fine */

/* Grows *items so that it holds n+1; doubles. Returns the (moved) array. */
void *hs_grow(void *items, size_t n, size_t *cap, size_t item_size);

#endif
