/* SPDX-License-Identifier: Apache-2.0 */
/* The k largest values of a course, as they come: a heap with the least of them on top. A value
 * that is not among them costs one comparison. Pure; an object belongs to one thread. */
#ifndef HS_DSP_LARGEST_H
#define HS_DSP_LARGEST_H

#include <stddef.h>

struct hs_largest {
    float *heap; /* n values; [0] is the least of them */
    size_t n, most;
};

/* Room for `room` values. */
void hs_largest_init(struct hs_largest *l, size_t room);
void hs_largest_free(struct hs_largest *l);
/* Forgets all values; from now on the `most` largest are kept, at most as many as there is room
 * for and at least 1. */
void hs_largest_begin(struct hs_largest *l, size_t most);
void hs_largest_add(struct hs_largest *l, float x);
/* The least of those that are kept: the k-th largest where k or more came; 0 where none came. */
float hs_largest_least(const struct hs_largest *l);

#endif
