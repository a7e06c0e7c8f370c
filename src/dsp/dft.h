/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Complex discrete Fourier transforms of any length by FFTW, with plans that are not measured
 * (ESTIMATE), so that every run has the same bits. Such a plan of a power of two above 4096 takes
 * 1.4 to 1.6 times as long as one that was measured; it is therefore made of short ones of every
 * fourth, or sixteenth, point, which kernels join: 0.75 of the time at 8192 points, 0.65 at 16384,
 * 0.85 at 32768. Making and freeing one takes one process-wide lock; running one is lock-free.
 */
#ifndef HS_DSP_DFT_H
#define HS_DSP_DFT_H

#include <complex.h>
#include <stdbool.h>
#include <stddef.h>

struct hs_kernels;

struct hs_dft {
    size_t n, n_parts; /* points; short transforms: 1, 4, 16 */
    bool back;         /* by exp(+j ..), unscaled */
    void *plan;
    float *twiddle[2]; /* for hs_kernels.quarters, the shorter one first */
    const struct hs_kernels *kernels;
};

/* Never fails. */
void hs_dft_init(struct hs_dft *d, size_t n, bool back);
/* Between two buffers of n points that core/alloc.h has aligned; `in` is preserved. */
void hs_dft_run(const struct hs_dft *d, const float complex *in, float complex *out);
void hs_dft_free(struct hs_dft *d); /* a zeroed one is fine */

/* FFTW's planner is shared by the whole process (its manual, "Thread safety"). */
void hs_planner_lock(void);
void hs_planner_unlock(void);

#endif
