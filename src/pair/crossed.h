/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whether left of the master was made of left of the mix or of right: by what either leaves. Of a
 * song that is nearly mono, phases that a crossover turns look like a swap. Pure.
 */
#ifndef HS_PAIR_CROSSED_H
#define HS_PAIR_CROSSED_H

#include "pair/transfer.h"

/* 1: each channel is made of the other; -1: of its own; 0: neither explains clearly more. Of the
 * mix as the transfer has it. */
int hs_crossed(const struct hs_transfer *t);

#endif
