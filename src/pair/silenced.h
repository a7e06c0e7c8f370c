/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where the master is silent while the mix sounds: dropouts, muted places. In seconds of the
 * master. Pure.
 */
#ifndef HS_PAIR_SILENCED_H
#define HS_PAIR_SILENCED_H

#include "pair/reduction.h"

/* Seconds of such places between moments in which both sound, from tick `from` up to tick `to`:
 * between the fades at both ends, which fall silent as well. */
double hs_silenced_seconds(const struct hs_reduction *r, size_t from, size_t to);

#endif
