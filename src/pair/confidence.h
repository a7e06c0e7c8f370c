/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How often a verdict with this evidence was right, counted on pairs of known truth
 * (scripts/bench-pairs; docs/pairs.md). Results are shares, 0-1. Pure.
 */
#ifndef HS_PAIR_CONFIDENCE_H
#define HS_PAIR_CONFIDENCE_H

/* Aligned or edited; evidence: share of the windows on the line times coherence, 0-1. */
double hs_confidence_aligned(double evidence);
/* Different; likeness: the best mean correlation of the fingerprints, 0-1. */
double hs_confidence_different(double likeness);

#endif
