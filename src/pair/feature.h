/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How the level of each band of a fingerprint rises, moment by moment (50 a second): what two
 * files are compared by, whatever their gain and tone. Pure.
 */
#ifndef HS_PAIR_FEATURE_H
#define HS_PAIR_FEATURE_H

#include "measure/fingerprint.h"

struct hs_feature {
    size_t n;
    float *x[HS_FINGERPRINT_BANDS]; /* unit variance */
    double rise_db;                 /* rms of the rises and falls in all bands */
};

/* `speed` > 1: frames lie closer, as if the file were played slower. The caller frees f. */
void hs_feature_make(struct hs_feature *f, const char *fingerprint, double speed);
void hs_feature_free(struct hs_feature *f);

#endif
