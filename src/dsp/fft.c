/* SPDX-License-Identifier: Apache-2.0 */
#include "dsp/fft.h"

#include "core/alloc.h"
#include "core/num.h"

#include <fftw3.h>
#include <math.h>
#include <pthread.h>
#include <stdint.h>

/* FFTW's planner is shared by the whole process (its manual, "Thread safety"). */
static pthread_mutex_t planner = PTHREAD_MUTEX_INITIALIZER;

void hs_fft_init(struct hs_fft *f, size_t n)
{
    *f = (struct hs_fft){.n = n};
    f->time = hs_aligned(n, sizeof *f->time);
    f->freq = hs_aligned(n / 2 + 1, sizeof *f->freq);
    pthread_mutex_lock(&planner);
    f->forward = fftwf_plan_dft_r2c_1d((int)n, f->time, (fftwf_complex *)f->freq,
                                       FFTW_ESTIMATE | FFTW_PRESERVE_INPUT);
    pthread_mutex_unlock(&planner);
}

void hs_fft_forward(struct hs_fft *f)
{
    fftwf_execute((fftwf_plan)f->forward);
}

void hs_fft_forward_of(struct hs_fft *f, const float *time, float complex *freq)
{
    /* The plan preserves its input; FFTW's interface does not say so. */
    fftwf_execute_dft_r2c((fftwf_plan)f->forward, (float *)(uintptr_t)time,
                          (fftwf_complex *)freq);
}

/* Most objects never go back; planning takes longer than many transforms. */
void hs_fft_inverse(struct hs_fft *f)
{
    if (!f->inverse) {
        pthread_mutex_lock(&planner);
        f->inverse = fftwf_plan_dft_c2r_1d((int)f->n, (fftwf_complex *)f->freq, f->time,
                                           FFTW_ESTIMATE);
        pthread_mutex_unlock(&planner);
    }
    fftwf_execute((fftwf_plan)f->inverse);
}

void hs_fft_free(struct hs_fft *f)
{
    if (!f || !f->n)
        return;
    pthread_mutex_lock(&planner);
    fftwf_destroy_plan((fftwf_plan)f->forward);
    if (f->inverse)
        fftwf_destroy_plan((fftwf_plan)f->inverse);
    pthread_mutex_unlock(&planner);
    hs_free(f->time);
    hs_free(f->freq);
    *f = (struct hs_fft){0};
}

void hs_window_hann(float *w, size_t n)
{
    for (size_t i = 0; i < n; i++)
        w[i] = (float)(0.5 - 0.5 * cos(2 * HS_PI * (double)i / (double)n));
}
