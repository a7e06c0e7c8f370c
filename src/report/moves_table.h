/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What mastering did, held against what is usual and against where it took the master. Appends to
 * a struct hs_html; nothing is written for a move that is not known.
 */
#ifndef HS_REPORT_MOVES_TABLE_H
#define HS_REPORT_MOVES_TABLE_H

#include "model/audit.h"
#include "report/html.h"
#include "report/moves.h"

/* A move outside of the usual range that is nearer to nothing than what is usual. */
bool hs_moves_is_less(double x, const double usual[2]);
/* " Devices: clipper. More than usual: the treble, away from the middle of what is expected.
 * Brought in or made worse: clipped." */
void hs_html_moves_weighed(struct hs_html *h, const struct hs_track_result *t);
/* One row a move: change, what is usual, and where it took the master. */
void hs_html_moves(struct hs_html *h, const struct hs_track_result *t);

#endif
