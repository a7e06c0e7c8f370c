/* SPDX-License-Identifier: Apache-2.0 */
/* Slow gain that is no device: fades at both ends, and rides between them. Pure functions. */
#ifndef HS_PAIR_FADES_H
#define HS_PAIR_FADES_H

#include "pair/devices.h"

/* Fills fades, rides and the lengths of the fades; the chain is found already. */
void hs_fades_find(const struct hs_reduction *r, double start_s, struct hs_devices *d);
/* Where the master is at its full gain: of from_s to to_s, from the end of a fade in to the start
 * of a fade out. What lies beyond a fade is what it faded to. Master time. */
struct hs_passage hs_fades_between(const struct hs_devices *d, double from_s, double to_s);

#endif
