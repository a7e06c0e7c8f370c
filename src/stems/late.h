/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Stems of which one side comes late in the file: a channel that was widened by delaying its left
 * or its right (Haas, Acustica 1, 1951).
 */
#ifndef HS_STEMS_LATE_H
#define HS_STEMS_LATE_H

#include "stems/work.h"

/* Looks for them by what the fit of the first file is like, and sets late_s of each; *any: whether
 * there is one. */
enum hs_status hs_stem_find_late(struct hs_stem_work *w, bool *any, struct hs_error *err);

#endif
