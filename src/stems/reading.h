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

/* How far the gains of all bands of a window have one phase, 0 to 1, by the power of the stems in
 * each: near 1 for what was used in the file, whatever its channel did to it, and less for another
 * take, which is like the file by chance. */
double hs_stem_agreement(const struct hs_stem_fitting *f, size_t file,
                         const struct hs_stem_set *set);

/* The stem that is most like this one, where it cannot be told apart from others (its variance is
 * 50 times as large as without them); SIZE_MAX: there is none. *alike: whether that one is all but
 * the same by itself; else it takes several others together. */
size_t hs_stem_twin(const struct hs_stem_fitting *f, size_t file, size_t stem, bool *alike);

/* The stem that holds the whole: a fit of it alone leaves little of the file, and the others
 * together are all but the same. SIZE_MAX: there is none. */
size_t hs_stem_mixdown(const struct hs_stem_fitting *f, size_t file);

#endif
