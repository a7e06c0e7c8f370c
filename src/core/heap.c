/* SPDX-License-Identifier: Apache-2.0 */
#include "core/heap.h"

#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

void *hs_heap_alloc(void *p, size_t size, size_t align)
{
    if (!align)
        return realloc(p, size);
    return aligned_alloc(align, (size + align - 1) / align * align);
}

/* Memory that was used before is there already; asking for it again would walk its pages for
 * nothing. */
void hs_heap_make_present(void *p, size_t size)
{
#ifdef MADV_POPULATE_WRITE
    const uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE), at = (uintptr_t)p;
    const uintptr_t first = (at + page - 1) / page * page, end = (at + size) / page * page;
    unsigned char there = 0;
    if (first >= end || mincore((char *)p + (end - page - at), page, &there) || there & 1)
        return;
    (void)madvise((char *)p + (first - at), end - first, MADV_POPULATE_WRITE);
#else
    (void)p;
    (void)size;
#endif
}
