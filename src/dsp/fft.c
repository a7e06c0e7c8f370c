/* SPDX-License-Identifier: Apache-2.0 */
/* Real transforms by one complex transform of half the length, which FFTW does; a kernel of ours
 * unpacks the result. Plans are not measured (ESTIMATE), so that every run has the same bits. */
#include "dsp/fft.h"

#include "core/alloc.h"
#include "core/num.h"
#include "dsp/kernels.h"

#include <fftw3.h>
#include <math.h>

/* -j w / 2 with w = exp(-j pi k / half), in the order that the kernel wants. */
static float *make_twiddle(size_t half)
{
    float *twiddle = hs_aligned((half / 2 / 4 + 1) * 16, sizeof *twiddle);
    for (size_t k = 0; 2 * k < half; k++) {
        float *t = twiddle + 16 * (k / 4) + 2 * (k % 4);
        double angle = HS_PI * (double)k / (double)half;
        t[0] = t[1] = (float)(-0.5 * sin(angle));
        t[9] = (float)(-0.5 * cos(angle));
        t[8] = -t[9];
    }
    return twiddle;
}

void hs_fft_init(struct hs_fft *f, size_t n)
{
    *f = (struct hs_fft){.n = n, .kernels = hs_kernels_choose()};
    f->time = hs_aligned(n, sizeof *f->time);
    f->freq = hs_aligned(n / 2 + 1, sizeof *f->freq);
    f->twiddle = make_twiddle(n / 2);
    hs_dft_init(&f->forward, n / 2, false);
}

void hs_fft_forward(struct hs_fft *f)
{
    hs_fft_forward_of(f, f->time, f->freq);
}

void hs_fft_forward_of(struct hs_fft *f, const float *time, float complex *freq)
{
    hs_dft_run(&f->forward, (const float complex *)time, freq);
    f->kernels->rfft_unpack(freq, f->twiddle, f->n / 2);
}

/* Complex in and out, half as many as n. */
void hs_fft_forward_pairs(struct hs_fft *f, const float complex *in, float complex *out)
{
    hs_dft_run(&f->forward, in, out);
}

/* Most objects never go back; planning takes longer than many transforms. */
void hs_fft_inverse(struct hs_fft *f)
{
    if (!f->inverse) {
        hs_planner_lock();
        f->inverse =
            fftwf_plan_dft_c2r_1d((int)f->n, (fftwf_complex *)f->freq, f->time, FFTW_ESTIMATE);
        hs_planner_unlock();
    }
    fftwf_execute((fftwf_plan)f->inverse);
}

void hs_fft_inverse_by_pairs(struct hs_fft *f)
{
    if (!f->back.n)
        hs_dft_init(&f->back, f->n / 2, true);
    f->kernels->rfft_pack(f->freq, f->twiddle, f->n / 2);
    hs_dft_run(&f->back, f->freq, (float complex *)f->time);
}

void hs_fft_free(struct hs_fft *f)
{
    if (!f || !f->n)
        return;
    hs_dft_free(&f->forward);
    hs_dft_free(&f->back);
    hs_planner_lock();
    if (f->inverse)
        fftwf_destroy_plan((fftwf_plan)f->inverse);
    hs_planner_unlock();
    hs_free(f->time);
    hs_free(f->freq);
    hs_free(f->twiddle);
    *f = (struct hs_fft){0};
}

/* Periodic: halves that overlap add up to 1. */
void hs_window_hann(float *w, size_t n)
{
    for (size_t i = 0; i < n; i++)
        w[i] = (float)(0.5 - 0.5 * cos(2 * HS_PI * (double)i / (double)n));
}
