/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Proper scores of predictions (T. Gneiting, A. Raftery, "Strictly Proper Scoring Rules,
 * Prediction, and Estimation", JASA 102, 2007). Smaller is better; pure.
 */
#ifndef HS_CATALOGUE_SCORES_H
#define HS_CATALOGUE_SCORES_H

#include "model/preview.h"

#include <stdbool.h>
#include <stddef.h>

/* Continuous ranked probability score of a normal prediction where x came; in the unit of x. */
double hs_crps_normal(double x, double mean, double spread);
/* Mean square of chance minus outcome (Brier 1950); NaN for none. */
double hs_brier(const double *chance, const bool *came, size_t n);
/* Each fifth of the chances: how many, their mean, and how often it came true (Wilson). */
void hs_calibrate(const double *chance, const bool *came, size_t n,
                  struct hs_calibration_bin bins[HS_CALIBRATION_BINS]);

#endif
