/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The moves of mastering as they are shown, one a row: loudness, equalisation by zone of the
 * spectrum from low to high, then the others. No function fails.
 */
#ifndef HS_REPORT_MOVES_ROWS_H
#define HS_REPORT_MOVES_ROWS_H

#include "report/moves.h"

/* One move as it is shown. */
struct hs_move_row {
    const char *name, *sub, *words;
    const char *said;                     /* "the width"; NULL: "the" and the name */
    double x;                             /* NaN: not known */
    bool heard;                           /* beyond an audible step */
    double usual[2];                      /* of mastering; NaN: no figure */
    const struct hs_finding *finding;     /* that the move made; NULL: none */
    const struct hs_judgement *judgement; /* of the master by the rule that asks; NULL: none */
};

/* Rules of one side ask about moves in their direction only. */
enum { HS_MOVE_ROWS = HS_N_MOVES + HS_ZONES };

/* Those that are known, of a track that was compared; how many. */
size_t hs_move_rows(const struct hs_track_result *t, struct hs_move_row rows[HS_MOVE_ROWS]);
bool hs_move_is_unusual(const struct hs_move_row *r);
/* "towards the middle"; NULL where that is not known. */
const char *hs_move_way(const struct hs_move_row *r);
/* How far mastering usually moves a zone, dB; NaN: no figure. */
void hs_moves_usual_of_zone(const struct hs_track_result *t, const struct hs_zone *zone,
                            double usual[2]);

#endif
