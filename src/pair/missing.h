/* SPDX-License-Identifier: Apache-2.0 */
/* Seconds of the master that the mix does not explain. Pure functions of the ticks; `work` has room
 * for all of them. */
#ifndef HS_PAIR_MISSING_H
#define HS_PAIR_MISSING_H

#include "pair/reduction.h"

/* Sets missing_p90_db, missing_p20_db and missing_r; the rest of r is found. */
void hs_missing_find(const struct hs_pass *p, struct hs_reduction *r, double *work);

#endif
