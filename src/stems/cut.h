/* SPDX-License-Identifier: Apache-2.0 */
/* A file that is cut against its stems: a part of it was taken out, or put in. */
#ifndef HS_STEMS_CUT_H
#define HS_STEMS_CUT_H

#include "stems/fitting.h"
#include "stems/places.h"

/* Where the fit leaves nearly all of the first file before or behind some moment, and the stems lie
 * elsewhere there: sets p->jump. *changed: they do. */
enum hs_status hs_stem_places_jump(struct hs_stem_places *p, const struct hs_stems_order *order,
                                   const struct hs_stem_fitting *f, bool *changed,
                                   struct hs_error *err);

#endif
