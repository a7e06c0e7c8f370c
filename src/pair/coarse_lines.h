/* SPDX-License-Identifier: Apache-2.0 */
/* Lines through the places at which pieces were found (pair/coarse.h). Pure functions. */
#ifndef HS_PAIR_COARSE_LINES_H
#define HS_PAIR_COARSE_LINES_H

#include "pair/coarse.h"

/* The best lines through all pairs of peaks within `step` of the speed, and through each single
 * peak. */
void hs_coarse_lay_lines(struct hs_coarse *c, double speed, double step);
/* Each line is laid anew through all peaks that lie on it. */
void hs_coarse_polish(struct hs_coarse *c);

#endif
