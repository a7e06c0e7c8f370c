/* SPDX-License-Identifier: Apache-2.0 */
/* Real transforms by one complex transform of half the length, which FFTW does; a kernel of ours
 * unpacks the result. Plans are not measured (ESTIMATE), so that every run has the same bits. */
#include "dsp/fft.h"

#include "core/alloc.h"
#include "core/num.h"
#include "dsp/kernels.h"

#include <fftw3.h>
#include <math.h>
#include <pthread.h>
#include <stdint.h>

/* FFTW's planner is shared by the whole process (its manual, "Thread safety"). */
static pthread_mutex_t planner = PTHREAD_MUTEX_INITIALIZER;

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
    pthread_mutex_lock(&planner);
    f->forward = fftwf_plan_dft_1d((int)(n / 2), (fftwf_complex *)f->time, (fftwf_complex *)f->freq,
                                   FFTW_FORWARD, FFTW_ESTIMATE | FFTW_PRESERVE_INPUT);
    pthread_mutex_unlock(&planner);
}

void hs_fft_forward(struct hs_fft *f)
{
    hs_fft_forward_of(f, f->time, f->freq);
}

void hs_fft_forward_of(struct hs_fft *f, const float *time, float complex *freq)
{
    /* The plan preserves its input; FFTW's interface does not say so. */
    fftwf_execute_dft((fftwf_plan)f->forward, (fftwf_complex *)(uintptr_t)time,
                      (fftwf_complex *)freq);
    f->kernels->rfft_unpack(freq, f->twiddle, f->n / 2);
}

/* Complex in and out, half as many as n. */
void hs_fft_forward_pairs(struct hs_fft *f, const float complex *in, float complex *out)
{
    fftwf_execute_dft((fftwf_plan)f->forward, (fftwf_complex *)(uintptr_t)in, (fftwf_complex *)out);
}

/* Most objects never go back; planning takes longer than many transforms. */
void hs_fft_inverse(struct hs_fft *f)
{
    if (!f->inverse) {
        pthread_mutex_lock(&planner);
        f->inverse =
            fftwf_plan_dft_c2r_1d((int)f->n, (fftwf_complex *)f->freq, f->time, FFTW_ESTIMATE);
        pthread_mutex_unlock(&planner);
    }
    fftwf_execute((fftwf_plan)f->inverse);
}

void hs_fft_inverse_by_pairs(struct hs_fft *f)
{
    if (!f->back) {
        pthread_mutex_lock(&planner);
        f->back = fftwf_plan_dft_1d((int)(f->n / 2), (fftwf_complex *)f->freq,
                                    (fftwf_complex *)f->time, FFTW_BACKWARD, FFTW_ESTIMATE);
        pthread_mutex_unlock(&planner);
    }
    f->kernels->rfft_pack(f->freq, f->twiddle, f->n / 2);
    fftwf_execute((fftwf_plan)f->back);
}

void hs_fft_free(struct hs_fft *f)
{
    if (!f || !f->n)
        return;
    pthread_mutex_lock(&planner);
    fftwf_destroy_plan((fftwf_plan)f->forward);
    if (f->inverse)
        fftwf_destroy_plan((fftwf_plan)f->inverse);
    if (f->back)
        fftwf_destroy_plan((fftwf_plan)f->back);
    pthread_mutex_unlock(&planner);
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
