/* SPDX-License-Identifier: Apache-2.0 */
/* The heap itself, in a file of its own so that a test can stand in for it. */
#include "core/alloc.h"

#include <stdlib.h>

void *hs_heap_alloc(void *p, size_t size, size_t align)
{
    if (!align)
        return realloc(p, size);
    return aligned_alloc(align, (size + align - 1) / align * align);
}
