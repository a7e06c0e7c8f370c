/* SPDX-License-Identifier: Apache-2.0 */
/* The two files of a track: stems are found in the first, and the second by the best of them. */
#ifndef HS_STEMS_SIDES_H
#define HS_STEMS_SIDES_H

#include "stems/places.h"

/* `rate_hz` is set; `out->fit` says which files were tried, and why none was found there. */
enum hs_status hs_stem_sides_find(struct hs_stem_places *p, const struct hs_stems_order *order,
                                  struct hs_instruments *out, struct hs_error *err);
/* Where the fit leaves much of the second file: whether that is cut differently from the first, as
 * mix and master are laid on each other; then its pieces are set. */
enum hs_status hs_stem_sides_cut(struct hs_stem_places *p, const struct hs_stems_order *order,
                                 bool *changed, struct hs_error *err);

#endif
