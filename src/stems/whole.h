/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From the sums of all windows to the gains of each: first those of the whole song, then in every
 * window a correction, which is smaller where more of the window is unexplained. A fader ride moves
 * a gain by some decibels; a stem that is hardly heard in a dense window keeps the gain of the
 * song. Pure.
 */
#ifndef HS_STEMS_WHOLE_H
#define HS_STEMS_WHOLE_H

#include "stems/fitting.h"

/* Fills whole, variance, level, gains, left, lost and residual of a file from its sums. */
void hs_stem_whole_fit(struct hs_stem_fitting *f, size_t file);

/* Power of the sum of the stems `members` (n of them) in one cell of one window, with these
 * gains [stem]. */
double hs_stem_power_of(const struct hs_stem_sums *sums, size_t cell, size_t n_stems,
                        const double complex *gains, const size_t *members, size_t n);

#endif
