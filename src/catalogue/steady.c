/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A weighted line over the means of releases; the weight of a release falls with the variance of
 * its mean, whose tracks correlate by .1. The variance about the line is the residual with a prior
 * of four releases at the variance expected from tracks within releases; Student's t with releases
 * + 2 degrees of freedom.
 */
#include "catalogue/steady.h"

#include "catalogue/clustered.h"

#include <math.h>

/* Tracks of a release correlate by .1; the prior is worth four releases. */
static const double usual_icc = .1, prior_releases = 4;
enum { LEAST_RELEASES = 4 };

/* Variance of the mean of n tracks of a release. */
static double variance_of_mean(double within, double n)
{
    return within / n * (1 + usual_icc * n / (1 - usual_icc));
}

struct hs_drift hs_drift_of(const struct hs_course *c)
{
    double weights = 0, tracks = 0, x = 0, y = 0, xx = 0, xy = 0, residuals = 0;
    double first = INFINITY, last = -INFINITY, releases = (double)c->n;
    struct hs_drift none = {NAN, NAN, NAN, NAN};
    if (c->n < LEAST_RELEASES || !(c->within >= 0))
        return none;
    for (size_t j = 0; j < c->n; j++) {
        double w = 1 / variance_of_mean(1, c->tracks[j]);
        weights += w;
        tracks += c->tracks[j];
        x += w * c->date[j];
        y += w * c->mean[j];
        first = fmin(first, c->date[j]);
        last = fmax(last, c->date[j]);
    }
    x /= weights;
    y /= weights;
    for (size_t j = 0; j < c->n; j++) { /* weights with a mean of 1 */
        double w = releases / weights / variance_of_mean(1, c->tracks[j]);
        xx += w * (c->date[j] - x) * (c->date[j] - x);
        xy += w * (c->date[j] - x) * (c->mean[j] - y);
    }
    if (!(xx > 0))
        return none;
    /* the change over the whole span, with a prior on the spread */
    double slope = xy / xx, span = last - first;
    for (size_t j = 0; j < c->n; j++) {
        double w = releases / weights / variance_of_mean(1, c->tracks[j]);
        double r = c->mean[j] - y - slope * (c->date[j] - x);
        residuals += w * r * r;
    }
    double prior = prior_releases * variance_of_mean(c->within, tracks / releases);
    double variance = (residuals + prior) / (releases - 2 + prior_releases);
    return (struct hs_drift){slope * span, span * sqrt(variance / xx), releases + 2, span};
}

struct hs_interval hs_drift_interval(const struct hs_drift *d)
{
    double half = hs_student_quantile(.975, d->df) * d->se;
    return isnan(d->se) ? (struct hs_interval){NAN, NAN}
                        : (struct hs_interval){d->change - half, d->change + half};
}

bool hs_drift_is_steady(const struct hs_drift *d, double margin)
{
    struct hs_interval i = hs_drift_interval(d);
    if (isnan(d->se) || i.low > 0 || i.high < 0)
        return false;
    return fabs(d->change) + hs_student_quantile(.95, d->df) * d->se < margin;
}
