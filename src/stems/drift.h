/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Stems that run on another clock than the file (two machines that were not locked, a tape): 100
 * millionths are 6 ms within a minute, and a long excerpt of such a stem fits nowhere. It is looked
 * for in short pieces around where it is thought to lie.
 */
#ifndef HS_STEMS_DRIFT_H
#define HS_STEMS_DRIFT_H

#include "stems/places.h"

/* Finds the drift of stems in the first file and sets their places anew; *changed: of any. Asked
 * where a fit leaves much. */
enum hs_status hs_stem_places_drift(struct hs_stem_places *p, const struct hs_stems_order *order,
                                    bool *changed, struct hs_error *err);

#endif
