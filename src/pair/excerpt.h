/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which stretches of a pair are kept in memory: all of up to 30 s, else six stretches of 4.1 s:
 * two of the loudest, two of middle level, two where the level of the master moves most against
 * the mix, by the short-term loudness of both files. Pure.
 */
#ifndef HS_PAIR_EXCERPT_H
#define HS_PAIR_EXCERPT_H

#include "model/audit.h"
#include "pair/stretches.h"

/* In the order of the master; returns how many. */
size_t hs_excerpt_choose(const struct hs_timeline *t, const struct hs_file *mix,
                         const struct hs_file *master, struct hs_excerpt out[HS_STRETCHES_MOST]);

#endif
