/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. FFTW transforms every n_parts-th point from each of the first n_parts on; the parts lie one
 *    behind the other, those that are joined first side by side.
 * 2. Four parts are joined to one by a kernel, in place, until all are one.
 */
#include "dsp/dft.h"

#include "core/alloc.h"
#include "core/num.h"
#include "dsp/kernels.h"

#include <fftw3.h>
#include <math.h>
#include <pthread.h>
#include <stdint.h>

static pthread_mutex_t planner = PTHREAD_MUTEX_INITIALIZER;

/* Up to here FFTW's unmeasured plans are as good as measured ones, within a third; so are those of
 * lengths that are no powers of two. */
enum { LONGEST = 4096, MOST_PARTS = 16 };

void hs_planner_lock(void)
{
    pthread_mutex_lock(&planner);
}

void hs_planner_unlock(void)
{
    pthread_mutex_unlock(&planner);
}

/* w, w^2, w^3 with w = exp(-+2 pi j k / 4m) of four k, then of the next four. */
static float *make_twiddle(size_t m, bool back)
{
    float *twiddle = hs_aligned(6 * m, sizeof *twiddle), *t = twiddle;
    for (size_t k = 0; k < m; k += HS_QUARTERS)
        for (size_t power = 1; power < 4; power++)
            for (size_t i = k; i < k + HS_QUARTERS; i++) {
                const double angle = HS_PI * (double)(power * i) / (double)(2 * m);
                *t++ = (float)cos(angle);
                *t++ = (float)(back ? sin(angle) : -sin(angle));
            }
    return twiddle;
}

static size_t parts_of(size_t n)
{
    size_t parts = 1;
    while (n / parts > LONGEST && parts < MOST_PARTS && !(n & (n - 1)))
        parts *= 4;
    return parts;
}

void hs_dft_init(struct hs_dft *d, size_t n, bool back)
{
    *d = (struct hs_dft){
        .n = n, .n_parts = parts_of(n), .back = back, .kernels = hs_kernels_choose()};
    const int parts = (int)d->n_parts, m = (int)(n / d->n_parts);
    const fftwf_iodim part = {m, parts, 1};
    const fftwf_iodim one[1] = {{4, 1, m}}, two[2] = {{4, 1, 4 * m}, {4, 4, m}};
    float complex *in = hs_aligned_unset(n, sizeof *in), *out = hs_aligned_unset(n, sizeof *out);
    hs_planner_lock();
    d->plan = fftwf_plan_guru_dft(1, &part, parts == 16 ? 2 : parts == 4, parts == 16 ? two : one,
                                  (fftwf_complex *)in, (fftwf_complex *)out,
                                  back ? FFTW_BACKWARD : FFTW_FORWARD,
                                  FFTW_ESTIMATE | FFTW_PRESERVE_INPUT);
    hs_planner_unlock();
    hs_free(in);
    hs_free(out);
    for (size_t i = 0, joined = n / d->n_parts; joined < n; joined *= 4)
        d->twiddle[i++] = make_twiddle(joined, back);
}

void hs_dft_run(const struct hs_dft *d, const float complex *in, float complex *out)
{
    const float turn = d->back ? 1 : -1;
    /* The plan preserves its input; FFTW's interface does not say so. */
    fftwf_execute_dft((fftwf_plan)d->plan, (fftwf_complex *)(uintptr_t)in, (fftwf_complex *)out);
    size_t m = d->n / d->n_parts;
    for (size_t i = 0; m < d->n; i++, m *= 4)
        for (size_t at = 0; at < d->n; at += 4 * m)
            d->kernels->quarters(out + at, d->twiddle[i], m, turn);
}

void hs_dft_free(struct hs_dft *d)
{
    if (!d || !d->n)
        return;
    hs_planner_lock();
    fftwf_destroy_plan((fftwf_plan)d->plan);
    hs_planner_unlock();
    hs_free(d->twiddle[0]);
    hs_free(d->twiddle[1]);
    *d = (struct hs_dft){0};
}
