/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The filter of R0 is inverted (bins 20 dB below its median are not raised further) and applied
 * to the master. Gain and curve are then fitted to the mix as it is.
 */
#include "pair/model_behind.h"

#include "core/alloc.h"
#include "core/num.h"
#include "pair/model_gain.h"

#include <math.h>
#include <string.h>

/* The filter of `first` taken off the master: by its phase, and its size where that is not
 * almost nothing. */
static void take_filter_off(struct hs_filter *f, const struct hs_transfer *first)
{
    const size_t bins = f->n / 2 + 1;
    double *size = HS_NEW_ARRAY(double, bins), *sorted = HS_NEW_ARRAY(double, bins);
    for (size_t k = 0; k < bins; k++) {
        double complex h[2][2];
        hs_transfer_solve(first, k, h);
        double complex both = (h[0][0] + h[1][1]) / 2;
        sorted[k] = size[k] = cabs(both);
        double complex back = conj(both) / fmax(size[k], 1e-9);
        f->h[0][0][k] = f->h[1][1][k] = (float complex)back;
        f->h[0][1][k] = f->h[1][0][k] = 0;
    }
    const double least = 0.1 * hs_median(sorted, bins) + 1e-12;
    for (size_t k = 0; k < bins; k++) {
        f->h[0][0][k] /= (float)fmax(size[k], least);
        f->h[1][1][k] = f->h[0][0][k];
    }
    hs_filter_limit(f, 0);
    hs_free(size);
    hs_free(sorted);
}

/* The master through w->filter into `out`, left and right; x1 becomes the mix as it is. */
static void run_backwards(struct hs_work *w, float *const out[2])
{
    const struct hs_stretches *s = w->s;
    float *frame[2] = {hs_aligned(s->filter_n, sizeof(float)),
                       hs_aligned(s->filter_n, sizeof(float))};
    float complex *spectrum[2] = {hs_aligned(s->stride, sizeof(float complex)),
                                  hs_aligned(s->stride, sizeof(float complex))};
    for (size_t i = 0; i < s->n_items; i++)
        for (size_t k = 0; k < s->item[i].n_frames; k++) {
            const size_t at = s->item[i].at + k * s->hop, frame_no = s->item[i].frame + k;
            for (int c = 0; c < 2; c++)
                hs_stretches_frame(s, &s->item[i], k, c, s->master[c], frame[c]);
            for (int c = 0; c < 2; c++) {
                hs_filter_spectrum(w->filter, frame[c], spectrum[c]);
                hs_filter_samples(w->filter, hs_stretches_mix(s, c, frame_no), w->x1[c] + at);
            }
            hs_filter_run(w->filter, (const float complex *const[]){spectrum[0], spectrum[1]},
                          (float *const[]){out[0] + at, out[1] + at});
            hs_to_left_right(w->x1[0] + at, w->x1[1] + at, s->hop);
        }
    for (int c = 0; c < 2; c++) {
        hs_free(frame[c]);
        hs_free(spectrum[c]);
    }
}

/* Gain and curve of the mix as it is, then the filter: Rz1, Rz3. */
void hs_model_look_behind(struct hs_work *w, struct hs_models *out)
{
    float *z[2] = {hs_aligned_unset(w->n, sizeof(float)), hs_aligned_unset(w->n, sizeof(float))};
    struct hs_filter *kept = w->filter, back;
    struct hs_static_curve *curve = &out->behind;
    const double small = w->small;
    hs_filter_init(&back, w->s->filter_n);
    take_filter_off(&back, &w->first);
    w->filter = &back;
    /* the master without its equalisation: what stood before it */
    run_backwards(w, z);
    const struct hs_powers p = hs_work_powers_of(HS_CONST2(z), HS_CONST2(z), w->n);
    const double zz = p.all[0] + p.all[1];
    curve->ceiling = hs_work_height_of(HS_CONST2(z), w->n, HS_OVER_CEILING);
    w->small = HS_SMALL_SHARE * curve->ceiling;
    hs_work_count_knots(w, HS_CONST2(w->x1), HS_CONST2(z));
    hs_work_find_gain(w, HS_SAMPLES_SMALL);
    out->residual_db[HS_MODEL_BEHIND_GAIN] =
        hs_work_share_db(hs_work_apply_gain(w, HS_CONST2(w->x1), HS_CONST2(z)), zz);
    /* the curve there, and what it leaves */
    hs_curve_find(HS_CONST2(w->u), HS_CONST2(z), w->n, -1, curve->ceiling, curve);
    hs_curve_find_distortion(curve, HS_CONST2(w->u), HS_CONST2(z), w->n);
    struct hs_left left = hs_work_apply_curve(w, HS_CONST2(z), -1, curve);
    out->residual_db[HS_MODEL_BEHIND_CURVE] = hs_work_share_db(left.curve, zz);
    w->small = small;
    w->filter = kept;
    hs_filter_free(&back);
    hs_free(z[0]);
    hs_free(z[1]);
}
