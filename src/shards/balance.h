/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is measured where: units of work, which must stay together, over shards of even weight.
 * The same units give the same shards on every machine. Pure; weights are in any unit, finite and
 * not negative.
 */
#ifndef HS_SHARDS_BALANCE_H
#define HS_SHARDS_BALANCE_H

#include <stddef.h>

/* Sets of things that belong together: each begins alone. */
struct hs_units {
    size_t *parent;
    size_t n;
};

void hs_units_init(struct hs_units *u, size_t n);
void hs_units_join(struct hs_units *u, size_t a, size_t b);
/* The thing that stands for the unit of `i`: the first one in it. */
size_t hs_units_of(const struct hs_units *u, size_t i);
void hs_units_free(struct hs_units *u);

/* Heaviest first, each to the shard that has the least: shard[i] of every item. Ties go by
 * number. An item of no weight counts as none, and goes with the rest. */
void hs_balance(const double *weight, size_t n, size_t n_shards, size_t *shard);

#endif
