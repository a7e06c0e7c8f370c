/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where exactly one stretch of an edited master ends and the next begins, by waveform. Reads both
 * feeds; one thread. Fails only where reading does.
 */
#ifndef HS_PAIR_EDIT_POINTS_H
#define HS_PAIR_EDIT_POINTS_H

#include "pair/edits.h"
#include "pair/feed.h"
#include "pair/fine.h"

/* Moves the edges of the n cuts to where the master stops following one line and starts
 * following the next (or nothing), to 10 ms. Looks up to 2 s around each edge. */
enum hs_status hs_edit_points_refine(struct hs_feed *mix, struct hs_feed *master,
                                     const struct hs_basis *basis, struct hs_edit *edit, size_t n,
                                     double mix_s, double master_s, struct hs_error *err);

/* The moment in [from_s, to_s] at which the master leaves one line for the other. Walks by 4 s. */
enum hs_status hs_edit_points_between(struct hs_feed *mix, struct hs_feed *master,
                                      const struct hs_basis *basis, struct hs_time_map before,
                                      struct hs_time_map after, double from_s, double to_s,
                                      double *edge_s, struct hs_error *err);

#endif
