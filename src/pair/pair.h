/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Mix against master: alignment, what mastering did, what is left unexplained. Reads both
 * files itself (media/), guided by the measures of both (the fingerprint series). One
 * call on one thread; memory does not grow with the length but for 100 Hz series.
 */
#ifndef HS_PAIR_PAIR_H
#define HS_PAIR_PAIR_H

#include "model/audit.h"
#include "model/measure.h"

/* The table of pair values: delay_s drift_ppm gain_db polarity swapped eq_db[31]
 * side_eq_db[31] coherence[31] width_change_db gain_reduction_db.median/.p95
 * residual_db ... */
extern const struct hs_measure hs_pair_measures[];
extern const size_t hs_n_pair_measures;

/* `mix` and `master` must be HS_FILE_OK. Fills state, confidence, why, values, segments;
 * all owned by `arena`. An error is returned only when a file cannot be read. */
enum hs_status hs_pair_analyse(const struct hs_file *mix, const struct hs_file *master,
                               struct hs_arena *arena, struct hs_pair *out, struct hs_error *err);
/* Chooses among candidates that were each analysed: fills out->candidates, chosen and
 * copies the chosen pair's fields. pairs[i] belongs to mixes[i]. */
void hs_pair_choose(const struct hs_pair *pairs, const struct hs_file *mixes, size_t n,
                    struct hs_arena *arena, struct hs_pair *out);

/* Exact binary form of one analysed pair (without candidates). */
void hs_pair_pack(const struct hs_pair *pair, struct hs_buf *out);
enum hs_status hs_pair_unpack(struct hs_pair *pair, struct hs_arena *arena, const void *data,
                              size_t n, struct hs_error *err);
/* The analysers whose values of either file are read; NULL-terminated. */
extern const char *const hs_pair_reads[];
unsigned long long hs_pair_version(void); /* part of the store's key */

#endif
