/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Seconds of the master in which something sounds that the mix does not have there, or something
 * is away, by the fingerprints of both: they are to be looked at. Pure.
 */
#ifndef HS_PAIR_SUSPECTS_H
#define HS_PAIR_SUSPECTS_H

#include "pair/timeline.h"

#include <stdbool.h>

/* Sets wanted[i] of suspected seconds first + i, i < n, of segment 0; leaves the others. mix,
 * master: fingerprints. */
void hs_suspects_mark(const struct hs_timeline *t, const char *mix, const char *master,
                      size_t first, size_t n, bool *wanted);

#endif
