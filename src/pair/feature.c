/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The level of the 40 ms after a moment less that of the 40 ms before, per band, limited to 12
 * dB either way and scaled to unit variance.
 */
#include "pair/feature.h"

#include "core/alloc.h"

#include <math.h>

static const double contrast_db = 12; /* larger rises count as this */
static const double lowest_db = -84;  /* lower levels are dither and count as this */

static double level(const char *text, size_t frames, double at, size_t band)
{
    double whole = floor(at), share = at - whole;
    size_t i = whole < 0 ? 0 : (size_t)whole;
    if (i + 1 >= frames)
        return hs_fingerprint_db(text, frames - 1, band);
    return (1 - share) * hs_fingerprint_db(text, i, band) +
           share * hs_fingerprint_db(text, i + 1, band);
}

/* Returns the power that was there. */
static double normalise(float *x, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += (double)(x[i] * x[i]);
    double scale = sum > 0 ? 1 / sqrt(sum / (double)n) : 0;
    for (size_t i = 0; i < n; i++)
        x[i] *= (float)scale;
    return n ? sum / (double)n : 0;
}

/* The 40 ms after each moment against the 40 ms before. */
void hs_feature_make(struct hs_feature *f, const char *fingerprint, double speed)
{
    size_t frames = hs_fingerprint_frames(fingerprint);
    double power = 0;
    f->n = (size_t)((double)frames * speed);
    double *l = HS_NEW_ARRAY(double, f->n + 4);
    for (size_t b = 0; b < HS_FINGERPRINT_BANDS; b++) {
        f->x[b] = HS_NEW_ARRAY(float, f->n + 1);
        for (size_t i = 0; i < f->n; i++)
            l[i] = fmax(level(fingerprint, frames, (double)i / speed, b), lowest_db);
        for (size_t i = 2; i + 2 < f->n; i++) {
            double rise = (l[i] + l[i + 1] - l[i - 2] - l[i - 1]) / 2;
            f->x[b][i] = (float)fmin(fmax(rise, -contrast_db), contrast_db);
        }
        power += normalise(f->x[b], f->n);
    }
    f->rise_db = sqrt(power / HS_FINGERPRINT_BANDS);
    hs_free(l);
}

void hs_feature_free(struct hs_feature *f)
{
    for (size_t b = 0; b < HS_FINGERPRINT_BANDS; b++)
        hs_free(f->x[b]);
    *f = (struct hs_feature){0};
}
