/* SPDX-License-Identifier: Apache-2.0 */
/* soxr behind a small interface: one thread, very high quality, or high for hs_resample_new_single.
 * It takes out its own delay. */
#include "dsp/resample.h"

#include "core/alloc.h"

#include <soxr.h>

struct hs_resample {
    soxr_t soxr;
};

/* Two channels of floats. */
static enum hs_status make(struct hs_resample **out, double in_hz, double out_hz,
                           unsigned long recipe, struct hs_error *err)
{
    soxr_error_t why = NULL;
    soxr_io_spec_t io = soxr_io_spec(SOXR_FLOAT32_S, SOXR_FLOAT32_S);
    soxr_quality_spec_t quality = soxr_quality_spec(recipe, 0);
    soxr_runtime_spec_t runtime = soxr_runtime_spec(1);
    *out = NULL;
    soxr_t soxr = soxr_create(in_hz, out_hz, 2, &why, &io, &quality, &runtime);
    if (!soxr)
        return hs_fail(err, HS_E_FAILED, "cannot convert %g Hz to %g Hz: %s", in_hz, out_hz,
                       why ? why : "no reason given");
    *out = HS_NEW(struct hs_resample);
    (*out)->soxr = soxr;
    return HS_OK;
}

enum hs_status hs_resample_new(struct hs_resample **out, double in_hz, double out_hz,
                               struct hs_error *err)
{
    return make(out, in_hz, out_hz, SOXR_VHQ, err);
}

enum hs_status hs_resample_new_single(struct hs_resample **out, double in_hz, double out_hz,
                                      struct hs_error *err)
{
    return make(out, in_hz, out_hz, SOXR_HQ, err);
}

/* NULL for `in` drains. */
void hs_resample_run(struct hs_resample *r, const float *const in[2], size_t n_in, size_t *taken,
                     float *const out[2], size_t n_out, size_t *made)
{
    *taken = *made = 0;
    soxr_process(r->soxr, in, in ? n_in : 0, taken, (soxr_out_t)out, n_out, made);
}

/* At most `cap` frames; returns how many there are. */
size_t hs_resample_whole(struct hs_resample *r, const float *const in[2], size_t n_in,
                         float *const out[2], size_t cap)
{
    size_t n = 0, taken = 0, made = 1;
    for (size_t done = 0; (done < n_in || made) && n < cap; done += taken, n += made) {
        const float *const rest[2] = {in[0] + done, in[1] + done};
        float *const to[2] = {out[0] + n, out[1] + n};
        hs_resample_run(r, done < n_in ? rest : NULL, n_in - done, &taken, to, cap - n, &made);
    }
    return n;
}

void hs_resample_free(struct hs_resample *r)
{
    if (!r)
        return;
    soxr_delete(r->soxr);
    hs_free(r);
}
