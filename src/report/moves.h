/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What mastering did to a mix, by zone of the spectrum (dB, overall gain taken out) and by the
 * other moves of a pair, in one sentence and as a table of moves. Tables are constant; no
 * function fails.
 */
#ifndef HS_REPORT_MOVES_H
#define HS_REPORT_MOVES_H

#include "model/audit.h"
#include "report/html.h"

/* A change of tone below this is not heard, dB. */
#define HS_TONE_HEARD_DB 0.7

/* A move beside those of the zones: a value of the pair. */
struct hs_told_move {
    const char *name, *sub, *said, *key, *unit;
    double step, sign; /* sign: of what is shown against what is stored */
    const char *more, *less;
    enum hs_moved_part part; /* what the rules that judge it are about */
};
enum { HS_N_MOVES = 7 };
extern const struct hs_told_move hs_moves[HS_N_MOVES];

/* Mean of the known bands of a zone; NaN where none is known. */
double hs_zone_db(const double *eq, const struct hs_zone *zone);
void hs_html_lower(struct hs_html *h, const char *name); /* "the Treble" as "the treble" */
/* "7.9 dB louder, the treble raised by 5.0 dB." */
void hs_html_moves_said(struct hs_html *h, const struct hs_pair *pair);
#endif
