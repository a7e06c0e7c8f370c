/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The instruments of a track as their stems stand in its mix and its master: levels against the
 * whole file (LU), charts over the song, and what no stem explains. Nothing is written where
 * there are no stems.
 */
#ifndef HS_REPORT_INSTRUMENTS_H
#define HS_REPORT_INSTRUMENTS_H

#include "model/audit.h"
#include "report/html.h"
#include "report/sister_levels.h"

bool hs_track_has_instruments(const struct hs_track_result *t);
/* What mastering did to one instrument, against the whole. */
struct hs_instrument_change {
    const char *name;
    const struct hs_instrument *mix, *master; /* NULL: there is none */
    double lu;                                /* NaN where one of them is not judged */
};
/* The i-th of those that have a name, told of master and mix together; false: no more. */
bool hs_instruments_change(const struct hs_track_result *t, size_t i,
                           struct hs_instrument_change *out);

/* `levels`: those of the other tracks, beside which a level may stand out. */
void hs_html_instruments(struct hs_html *h, const struct hs_track_result *t,
                         const struct hs_sister_levels *levels);

#endif
