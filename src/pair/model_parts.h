/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whether a gain moves the middle or the sides alone.
 */
#ifndef HS_PAIR_MODEL_PARTS_H
#define HS_PAIR_MODEL_PARTS_H

#include "pair/model_work.h"

/* 0: the middle alone, 1: the sides alone, -1: both, or not known. x1 is the mix through the first
 * filter; nothing is changed. */
int hs_model_moved_part(const struct hs_work *w);

#endif
