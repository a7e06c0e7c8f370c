/* SPDX-License-Identifier: Apache-2.0 */
#include "pair/confidence.h"

#include <math.h>

/* Verdicts of the first half of the songs, with evidence below a value. */
struct count {
    double below;
    int right, of;
};

/* 75 unrelated pairs, 24 masters that hold little of the mix (other songs laid over them
 * at -15 to 3 dB, low-pass at 700 Hz, a telephone), 51 ordinary masters. */
static const struct count aligned[] = {{0.8, 2, 2}, {0.95, 4, 4}, {INFINITY, 58, 58}};
static const struct count different[] = {{0.1, 62, 62}, {0.2, 11, 11}, {INFINITY, 0, 0}};

/* Mean of the posterior under Jeffreys' prior: a few pairs that were all right do not
 * make a verdict certain. */
static double rate(const struct count *table, double x)
{
    while (x >= table->below)
        table++;
    return (table->right + 0.5) / (table->of + 1.0);
}

double hs_confidence_aligned(double evidence)
{
    return rate(aligned, fmin(evidence, 1));
}

double hs_confidence_different(double likeness)
{
    return rate(different, fmin(likeness, 1));
}
