/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which of several mixes the master was made from: the one that leaves least unexplained.
 * Candidates that cannot be told apart share the confidence. Pure.
 */
#ifndef HS_PAIR_CHOOSE_H
#define HS_PAIR_CHOOSE_H

#include "model/audit.h"

/* Chooses among candidates that were each analysed: fills out->candidates, chosen and
 * copies the chosen pair's fields. pairs[i] belongs to mixes[i]. */
void hs_pair_choose(const struct hs_pair *pairs, const struct hs_file *mixes, size_t n,
                    struct hs_arena *arena, struct hs_pair *out);

#endif
