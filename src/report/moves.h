/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What mastering did to a mix, by zone: in one sentence and as a table.
 */
#ifndef HS_REPORT_MOVES_H
#define HS_REPORT_MOVES_H

#include "model/audit.h"
#include "report/svg.h"

struct hs_zone {
    const char *name, *hz;
    size_t first, last; /* third octaves by index, see model/measure.h */
};
extern const struct hs_zone hs_zones[];
extern const size_t hs_n_zones;

/* Mean of the known bands of a zone; NaN where none is known. */
double hs_zone_db(const double *eq, const struct hs_zone *zone);
/* "7.9 dB louder, the treble raised by 5.0 dB." */
void hs_html_moves_said(struct hs_html *h, const struct hs_pair *pair);
void hs_html_moves(struct hs_html *h, const struct hs_pair *pair);

#endif
