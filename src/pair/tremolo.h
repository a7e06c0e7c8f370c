/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A gain that swings to and fro at one rate: a tremolo, or ducking in time with the music. Pure.
 */
#ifndef HS_PAIR_TREMOLO_H
#define HS_PAIR_TREMOLO_H

#include "pair/reduction.h"

/* Whether the gain swings; *hz: swings in a second (0.5 to 20), *db: from 5 to 95 % of its gain. */
bool hs_tremolo_find(const struct hs_reduction *r, double *hz, double *db);

#endif
