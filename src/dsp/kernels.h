/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The inner loops that cost time, once in plain C (the oracle) and once in vectors of fixed
 * lane count, compiled for each instruction level. All levels of the vector form give the
 * same bits: the lanes, the order of sums and the absence of contraction are fixed. The
 * choice is a pointer that the caller keeps for as long as a file is measured.
 */
#ifndef HS_DSP_KERNELS_H
#define HS_DSP_KERNELS_H

#include <complex.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* First and second moments and extremes of two channels. */
struct hs_moments {
    double sum[2], square[2]; /* of x and x^2 */
    double mid, side;         /* of ((l + r) / 2)^2 and ((l - r) / 2)^2; l r = mid - side */
    float high[2], low[2];    /* largest and smallest sample */
    float difference;         /* largest |l - r| */
};

/* Of HS_SCAN samples: the largest magnitude, and the largest |x[i-1] - 2 x[i] + x[i+1]|. */
struct hs_survey {
    float peak, bend;
};

/* Sums over HS_SCAN frames of two signals x and y. */
struct hs_knot {
    float xx, xy, yy;
    float peak_x, peak_y;
    float flat_xx, flat_xy;   /* of both, each sample less HS_FLATTEN of the one before */
    float small_xx, small_xy; /* of these, where |y| is below a limit */
};

/* Music falls by some 5 dB per octave, so that a short sum would be that of the bass, of which it
 * holds a tenth of a period. A difference of neighbours evens out the octaves. */
#define HS_FLATTEN 0.95f

/* Coefficients of a K-weighting filter as kernels want them; see dsp/kweight.h. */
struct hs_kweight;
struct hs_kweight_state;

enum {
    HS_SCAN = 64,     /* samples of a block of survey and scan_peaks */
    HS_POLES = 3,     /* low-passes per channel of split */
    HS_FIR_LANES = 8, /* taps come in multiples of this */
    HS_LAPPED = 6,    /* harmonics of a window, even */
    HS_RUNS = 16,     /* runs of cross */
    HS_ROW = 32,      /* values of a row of rows */
    HS_QUARTERS = 4,  /* bins that `quarters` takes at once */
};

/* One-pole low-passes of both channels, and the power between their outputs. */
struct hs_split {
    float pole[HS_POLES];   /* share of the new sample, rising */
    float low[2][HS_POLES]; /* outputs so far */
};

/* A range of bins: how much of the first and of the last one belongs to it. Where n is 1,
 * first_share alone; n 0: empty. */
struct hs_span_bins {
    size_t first, n;
    float first_share, last_share;
};

/* Where the spectrum of a frame goes; powers of left, right, (l + r) / 2, (l - r) / 2, and
 * the imaginary part of l times conj(r). */
struct hs_stereo_power {
    float *left, *right, *mid, *side, *im;
};

/* Bins of a transform over the last samples, planar complex numbers; n is a multiple of n_lanes,
 * and that of eight. With each sample x becomes x * turn + d * in, with one d for each lane. */
struct hs_slide {
    size_t n, n_lanes;
    float *turn[2], *in[2], *x[2];
};

/* Bins of a frame of two inputs x and two outputs y, and what x counts. */
struct hs_transfer_frame {
    const float complex *x[2], *y[2];
    float weight;
};
enum { HS_TRANSFER_FRAMES = 4 }; /* that the sums take at once, at most */

/* Sums per bin over frames: powers, and conj(a) b as real and imaginary parts. */
struct hs_transfer_sums {
    double *xx[2], *yy[2];
    double *x01[2];      /* of the two inputs */
    double *xy[2][2][2]; /* of input i with output j */
};

/* A curve of straight lines between n entries, `steps` of them to a height of the ceiling; it goes
 * on with the steepness. */
struct hs_curve_table {
    const float *table;
    size_t n;
    float per_height, steepness, steps, ceiling;
};

struct hs_kernels {
    const char *name; /* "scalar" "baseline" "v3" */
    /* Of n frames; n 0 gives zeros. */
    void (*moments)(const float *left, const float *right, size_t n, struct hs_moments *out);
    float (*peak)(const float *x, size_t n);  /* largest |x|, 0 for none */
    bool (*finite)(const float *x, size_t n); /* no NaN, no Inf */
    /* Interleaved integers of two channels to planar floats, 2^15 or 2^31 becomes 1. */
    void (*deinterleave_s16)(const int16_t *x, size_t n, float *left, float *right);
    void (*deinterleave_s32)(const int32_t *x, size_t n, float *left, float *right);
    /* The way back: x[i] * 2^15 as integers of 16 bits; false where one of them is none. */
    bool (*narrow_s16)(const float *x, size_t n, int16_t *out);
    /* Of n_blocks of HS_SCAN samples; reads one sample before and one behind. */
    void (*survey)(const float *x, size_t n_blocks, struct hs_survey *out);
    /* Adds the sums of HS_SCAN frames; the flattened ones, which read one sample before, where
     * `flat` is set. */
    void (*knot)(const float *x, const float *y, bool flat, float small, struct hs_knot *sum);
    /* BS.1770-5 annex 2: top[i] is the largest magnitude of the four interpolated values
     * between x[i] and x[i+1], i < HS_SCAN; reads x[-5 .. HS_SCAN+5]. Returns the largest
     * of them. */
    float (*scan_peaks)(const float *x, float top[HS_SCAN]);
    /* Filters two channels by K-weighting and adds the sums of squares to energy[2]. */
    void (*kweight)(const struct hs_kweight *k, struct hs_kweight_state *s, const float *left,
                    const float *right, size_t n, double energy[2]);
    /* Adds to power[0 .. HS_POLES] the sums of squares of: the lowest low-pass, the
     * differences between neighbours, and what is above the highest; both channels. n is
     * at most a few thousand (sums are single). */
    void (*split)(struct hs_split *s, const float *left, const float *right, size_t n,
                  float power[HS_POLES + 1]);
    /* out[i] = x[i] * w[i] */
    void (*window)(const float *x, const float *w, float *out, size_t n);
    /* The transforms of m points, a multiple of HS_QUARTERS, of every fourth point from 0, 1, 2 and
     * 3 on, one behind the other, become, in place, that of all. `twiddle` is of hs_dft; turn: -1,
     * or 1 for the way back. */
    void (*quarters)(float complex *x, const float *twiddle, size_t m, float turn);
    /* Turns the transform of `half` pairs of samples, taken as complex numbers, into that of
     * the 2 half samples: x[0 .. half], in place. `twiddle` is of hs_fft. */
    void (*rfft_unpack)(float complex *x, const float *twiddle, size_t half);
    /* The way back: bins 0 .. half of a real signal become, in place, half bins of pairs of
     * samples, doubled. */
    void (*rfft_pack)(float complex *x, const float *twiddle, size_t half);
    /* out[k] = h[0][k] x[0][k] + h[1][k] x[1][k]; n a multiple of eight. */
    void (*filter)(const float complex *const h[2], const float complex *const x[2], size_t n,
                   float complex *out);
    /* Adds the products of bins from .. to - 1, whole eights, of each frame in turn: x under a Hann
     * window (half of each bin less a quarter of its neighbours, which are there) times the weight,
     * y as it is. */
    void (*transfer)(const struct hs_transfer_frame *frame, size_t n_frames, size_t from, size_t to,
                     const struct hs_transfer_sums *s);
    /* added[i] = what the curve adds to u[i], with its sign; n a multiple of eight. */
    void (*curve)(const struct hs_curve_table *c, const float *u, size_t n, float *added);
    /* power[i] = |x[i]|^2 */
    void (*power)(const float complex *x, float *power, size_t n);
    void (*stereo)(const float complex *l, const float complex *r, size_t n,
                   const struct hs_stereo_power *out);
    /* x[i] = hs_db_fast(x[i]), with the same bits in all vector forms as alone. */
    void (*decibels)(double *x, size_t n);
    /* sum[s] = the bins of span s added up. */
    void (*spans)(const float *x, const struct hs_span_bins *span, size_t n_spans, float *sum);
    /* Of a[i] + b[i]: the sum and the sum of squares, in doubles. */
    void (*sum_squares)(const float *a, const float *b, size_t n, double sum[2]);
    /* sum[i] += x[i] */
    void (*add)(float *sum, const float *x, size_t n);
    /* sum[i] += by * x[i] */
    void (*add_scaled)(float *sum, const float *x, float by, size_t n);
    /* sum[k] = the sum over n rows i of a[i][k] b[i][k]. */
    void (*rows)(const float *a, const float *b, size_t n, float sum[HS_ROW]);
    /* re[i] = w[i] times the real part of x[i], im[i] the same of the imaginary part. */
    void (*weigh)(const float complex *x, const float *w, size_t n, float *re, float *im);
    /* For each of HS_RUNS runs i the sum of conj(a[k]) b[k] over k from at[i] to at[i + 1]; planar
     * complex numbers. Runs are multiples of eight long, may be empty, and follow each other. */
    void (*cross)(const float *const a[2], const float *const b[2], const size_t at[HS_RUNS + 1],
                  float re[HS_RUNS], float im[HS_RUNS]);
    /* The same of a with b and with c, with the same bits: re and im of both, one behind the
     * other. */
    void (*cross_two)(const float *const a[2], const float *const b[2], const float *const c[2],
                      const size_t at[HS_RUNS + 1], float out[4 * HS_RUNS]);
    /* out[j] = sum over k of taps[k] * x[j * step + k]; n_taps a multiple of the lanes. */
    void (*fir)(const float *x, size_t step, const float *taps, size_t n_taps, float *out,
                size_t n_out);
    /* Lapped transforms at one place after the other, see dsp/lapped.h and dsp/hybrid.h; n, n_bands
     * and n_lanes are multiples of eight. */
    void (*slide)(const struct hs_slide *s, const float *d);
    /* out[i] = taps[0] re[i] + the sum over odd p of taps[p] (im[i - p] - im[i + p]) and over even
     * p of taps[p] (re[i - p] + re[i + p]). */
    void (*lapped)(const float *re, const float *im, const float taps[HS_LAPPED + 1], size_t n,
                   float *out);
    /* out[i] = scale (im[i] - re[i + step]) */
    void (*lapped_sine)(const float *re, const float *im, size_t step, float scale, size_t n,
                        float *out);
    /* The filter bank of MPEG audio for the 512 samples x: the window in the order of x, rows 47
     * down to 16 of the matrix with n_bands columns. */
    void (*polyphase)(const float *x, const float window[512], const float *matrix, size_t n_bands,
                      float *out);
    /* Of 18 rows, row 17 - i of each lane with row i of the next, i < 8, by c_s[i] and
     * sign c_a[i]; one more float behind the last row must be there. */
    void (*butterflies)(const float *c_s, const float *c_a, float sign, size_t n_lanes,
                        float *rows);
    /* How many x have a power of less than `empty` of the mean of their run of 16, or of their lane
     * of n_rows, where that is at least `heard`. */
    int (*empty_runs)(const float *x, size_t n, float heard, float empty);
    int (*empty_bands)(const float *rows, size_t n_rows, size_t n_lanes, float heard, float empty);
};

/* The fastest level that the processor has, or the one named by the environment variable
 * HINDSIGHT_CPU (scalar, baseline, v3; one that is unknown or cannot run is ignored). */
const struct hs_kernels *hs_kernels_choose(void);

#endif
