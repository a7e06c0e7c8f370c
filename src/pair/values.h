/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The table of what is known of a pair: key, unit, kind, title and definition of each value.
 * Constant data; JSON, pages, `explain` and the table of `compare` follow from it.
 */
#ifndef HS_PAIR_VALUES_H
#define HS_PAIR_VALUES_H

#include "model/measure.h"

#include <stddef.h>

extern const struct hs_measure hs_pair_measures[];
extern const size_t hs_n_pair_measures;

#endif
