/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Numbers: decibels, text form, robust statistics, seeded random numbers. Pure functions, no
 * locale. Amplitudes are at full scale 1; dB of nothing is -INFINITY.
 */
#ifndef HS_CORE_NUM_H
#define HS_CORE_NUM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define HS_PI 3.14159265358979323846

double hs_db_from_power(double power);   /* 10 log10; -INFINITY for 0 */
double hs_db_from_amplitude(double amp); /* 20 log10 |amp| */
/* The same to 1e-7 dB by arithmetic alone, for loops that take millions of logarithms: a
 * fifth of the time, and the same bits with every C library. Positive, normal powers. */
double hs_db_fast(double power);
double hs_power_from_db(double db);
double hs_amplitude_from_db(double db);

/* Whole text must be one finite number in C syntax; independent of the locale. */
bool hs_num_parse(const char *text, double *out);

/* fmax of the library is a call; these are one instruction. NaN-free. */
static inline float hs_larger(float a, float b)
{
    return a > b ? a : b;
}
static inline double hs_larger_double(double a, double b)
{
    return a > b ? a : b;
}

/* All of these take NaN-free input. n == 0 gives NaN. The sorting ones reorder `x`. */
void hs_sort(double *x, size_t n);
double hs_mean(const double *x, size_t n);
double hs_median(double *x, size_t n);             /* reorders */
double hs_mad(double *x, size_t n, double centre); /* 1.4826 x median |x - centre|; overwrites x */
/* Linear interpolation between order statistics (type 7), 0 <= p <= 1, no NaN. */
double hs_quantile(double *x, size_t n, double p); /* reorders x */
/* The same, x sorted. */
double hs_quantile_sorted(const double *x, size_t n, double p);
double hs_normal_cdf(double z);
double hs_normal_quantile(double p);

/* splitmix64: a seeded generator for bootstraps and permutations. */
struct hs_rng {
    uint64_t state;
};
uint64_t hs_rng_next(struct hs_rng *r);
double hs_rng_uniform(struct hs_rng *r);         /* [0, 1) */
size_t hs_rng_below(struct hs_rng *r, size_t n); /* 0 .. n-1, n > 0, unbiased */
void hs_rng_shuffle(struct hs_rng *r, size_t *x, size_t n);

#endif
