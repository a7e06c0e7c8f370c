/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From what the chain does to a mix to what mastering will do to it: of each rule the pairs of
 * other releases teach how much of the chain's move their masters have made (its weight), and
 * what they have in common besides (an offset). Both are drawn towards the chain itself (weight 1,
 * offset 0) by as much as 8 pairs that agree with it would do. Pure.
 */
#ifndef HS_CATALOGUE_PREDICT_H
#define HS_CATALOGUE_PREDICT_H

#include <stdbool.h>
#include <stddef.h>

/* One pair on one rule. */
struct hs_prediction {
    size_t release;
    double mix;            /* the mix's value, on the scale of the master */
    double chain;          /* what it is behind the chain, at the loudness of the master */
    double actual;         /* of the master */
    double limit, side;    /* where it becomes a fault: above (side > 0) or below; 0: none */
    bool fault, in_mix;    /* of the master; of the mix already */
    double predicted;      /* out: from here on */
    double nothing, usual; /* nothing changes; the median move of other releases (NaN: none) */
    double spread[3];      /* of predicted, nothing, usual */
    double chance;         /* of the fault */
};

/* What pairs teach of a rule. */
struct hs_lesson_of_pairs {
    double weight, offset, spread;
};

/* From all points that are not of `release` (SIZE_MAX: from all). `step`: what is audible. */
struct hs_lesson_of_pairs hs_predict_learn(const struct hs_prediction *points, size_t n,
                                           size_t release, double step);
/* The prediction of a value from what the chain makes of it. */
double hs_predict(const struct hs_lesson_of_pairs *l, double mix, double chain);
/* Fills the last half of every point, each by what other releases teach. */
void hs_predict_all(struct hs_prediction *points, size_t n, double step);

#endif
