/* SPDX-License-Identifier: Apache-2.0 */
#include "core/heap.h"

#include <stdlib.h>

void *hs_heap_alloc(void *p, size_t size, size_t align)
{
    if (!align)
        return realloc(p, size);
    return aligned_alloc(align, (size + align - 1) / align * align);
}
