/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The mean of values of few releases, where nobody knows how far releases differ: the ratio of the
 * spread between releases to that within them is itself uncertain, and different for every value.
 * From five releases on their means tell (clustered.h). Pure: same input, same bits.
 */
#ifndef HS_CATALOGUE_BETWEEN_H
#define HS_CATALOGUE_BETWEEN_H

#include "catalogue/clustered.h"

enum { HS_RATIOS = 18, HS_BETWEEN_MOST = 4 };

/* What is known of the ratio beforehand: half of its prior lies below `usual`, and other values of
 * the same tracks say log likelihoods, summed over `n` of them, which count as `worth` that are
 * independent. */
struct hs_between {
    double usual, worth;
    double log_likelihood[HS_RATIOS];
    size_t n;
};
/* Nothing but the usual ratio of what mastering and mixing do, of the values of songs, or of either
 * about a change. */
extern const struct hs_between hs_between_habits, hs_between_songs, hs_between_changes;

/* The ratios that are averaged over, from small to large. */
double hs_between_ratio(size_t i);
/* What each of them weighs, together 1, where a value has these log likelihoods of its own. */
void hs_between_weigh(const struct hs_between *b, const double own[HS_RATIOS],
                      double weight[HS_RATIOS]);

/* Adds one value; left out with a single release, where releases have one track each, or where all
 * are equal. */
void hs_between_add(struct hs_between *b, const struct hs_clusters *c);

/* The error of a mean: a mixture of Student distributions, one for each ratio, around nought. */
struct hs_between_error {
    double weight[HS_RATIOS], variance[HS_RATIOS];
    double df;
};

/* Of the mean of the values, with `more` variance besides. Needs two to four releases and two
 * values more than releases; false otherwise. */
bool hs_between_error(const struct hs_between *b, const struct hs_clusters *c, double more,
                      struct hs_between_error *out);
/* The chance of being further off than `distance`, and the distance beyond which it is `p`. */
double hs_between_beyond(const struct hs_between_error *e, double distance);
double hs_between_reach(const struct hs_between_error *e, double p);

#endif
