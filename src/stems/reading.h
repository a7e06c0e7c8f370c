/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From a fit to what is told of an instrument: level (stems/levels.h), width, place, tone,
 * and how far it may be off. Pure; results live in the arena given.
 */
#ifndef HS_STEMS_READING_H
#define HS_STEMS_READING_H

#include "stems/follow.h"

/* The stems that one instrument is made of. */
struct hs_stem_set {
    size_t stem[HS_STEMS_MOST];
    size_t n;
};

/* Fills polarity, the numbers that follow from the fit, tone and course_lu. Lives in the arena. */
void hs_stem_read(const struct hs_stem_fitting *f, const struct hs_stem_bands *bands, size_t file,
                  const struct hs_stem_set *set, const struct hs_stem_following *following,
                  struct hs_arena *arena, struct hs_instrument *out);

/* The stem that is most like this one, where the two cannot be told apart (its variance is 50 times
 * as large as without the other); SIZE_MAX: there is none. */
size_t hs_stem_twin(const struct hs_stem_fitting *f, size_t file, size_t stem);

#endif
