/* SPDX-License-Identifier: Apache-2.0 */
/* One fit of all stems that have a place, in both files at once. */
#ifndef HS_STEMS_ONE_FIT_H
#define HS_STEMS_ONE_FIT_H

#include "stems/work.h"

/* Reads stems and files side by side, and solves. `t` has room for all of them; the reader and the
 * fit of `w` are closed and freed by the caller even after a failure. */
enum hs_status hs_stem_fit_once(struct hs_stem_work *w, struct hs_stem_reader *reader,
                                struct hs_stem_track *t, struct hs_error *err);

#endif
