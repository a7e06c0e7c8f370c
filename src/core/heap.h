/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The heap itself, in a file of its own so that a test can stand in for it. The one place where
 * allocation may fail; core/alloc.h ends the program then.
 */
#ifndef HS_CORE_HEAP_H
#define HS_CORE_HEAP_H

#include <stddef.h>

/* May return NULL; p NULL allocates, size 0 is not used, align 0 is that of malloc. */
void *hs_heap_alloc(void *p, size_t size, size_t align);

/* Asks for all pages of a piece at once, which is about to be written from end to end: one call
 * instead of a fault for each. Nothing where the system cannot, or where its last page is there. */
void hs_heap_make_present(void *p, size_t size);

#endif
