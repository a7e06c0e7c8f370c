/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Robust statistics by sorting (median, scaled MAD, quantiles of type 7). hs_db_fast takes the
 * logarithm by splitting exponent and mantissa and a series in (m - 1) / (m + 1); it gives the
 * same bits with every C library. The quantile of the normal distribution is found by halving its
 * distribution function. Random numbers are splitmix64; hs_rng_below drops the values that would
 * favour small results.
 */
#include "core/num.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

double hs_db_from_power(double power)
{
    return 10 * log10(power);
}

/* power = 2^e m with m within sqrt(1/2) .. sqrt(2); log m = 2 artanh((m - 1) / (m + 1)) by
 * its series, whose argument stays below 0.172. */
double hs_db_fast(double power)
{
    const double db_per_octave = 3.0102999566398120, db_per_neper = 4.3429448190325183;
    uint64_t bits, half = (uint64_t)1 << 51;
    memcpy(&bits, &power, sizeof bits);
    /* rounds the exponent: mantissas from 1.5 on belong to the octave above */
    int64_t e = (int64_t)((bits + half) >> 52) - 1023;
    bits -= (uint64_t)e << 52;
    double m;
    memcpy(&m, &bits, sizeof m);
    double t = (m - 1) / (m + 1), q = t * t;
    double series =
        1 + q * (1.0 / 3 + q * (1.0 / 5 + q * (1.0 / 7 + q * (1.0 / 9 + q * (1.0 / 11 + q / 13)))));
    return (double)e * db_per_octave + 2 * db_per_neper * t * series;
}

double hs_db_from_amplitude(double amp)
{
    return 20 * log10(fabs(amp));
}

double hs_power_from_db(double db)
{
    return pow(10, db / 10);
}

double hs_amplitude_from_db(double db)
{
    return pow(10, db / 20);
}

/* A decimal number and nothing else: no blanks, no hexadecimal, no infinity. */
bool hs_num_parse(const char *text, double *out)
{
    char *end;
    const char *p = text + (*text == '-' || *text == '+');
    if (!isdigit((unsigned char)*p) && !(*p == '.' && isdigit((unsigned char)p[1])))
        return false;
    if (p[0] == '0' && (p[1] == 'x' || p[1] == 'X'))
        return false;
    double x = strtod(text, &end);
    if (*end || !isfinite(x))
        return false;
    *out = x;
    return true;
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

void hs_sort(double *x, size_t n)
{
    if (n > 1)
        qsort(x, n, sizeof *x, ascending);
}

double hs_mean(const double *x, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += x[i];
    return n ? sum / (double)n : NAN;
}

/* Sorts x. */
double hs_median(double *x, size_t n)
{
    if (!n)
        return NAN;
    hs_sort(x, n);
    return n % 2 ? x[n / 2] : (x[n / 2 - 1] + x[n / 2]) / 2;
}

/* The median distance from the centre, times 1.4826, which is the standard deviation where the
 * values are normal. Overwrites x. */
double hs_mad(double *x, size_t n, double centre)
{
    for (size_t i = 0; i < n; i++)
        x[i] = fabs(x[i] - centre);
    return 1.4826 * hs_median(x, n);
}

/* Linear between neighbours. */
double hs_quantile_sorted(const double *x, size_t n, double p)
{
    if (!n)
        return NAN;
    double at = p * (double)(n - 1);
    size_t i = (size_t)at;
    if (i + 1 >= n)
        return x[n - 1];
    return x[i] + (at - (double)i) * (x[i + 1] - x[i]);
}

/* Puts what sorting would put at k there, nothing larger before it, nothing smaller behind. */
static void select_at(double *x, size_t n, size_t k)
{
    size_t from = 0, to = n;
    while (to - from > 1) {
        const double pivot = x[from + (to - from) / 2];
        size_t i = from, j = to;
        while (i < j) {
            while (i < j && x[i] < pivot)
                i++;
            while (i < j && !(x[j - 1] < pivot))
                j--;
            if (i < j) {
                double larger = x[i];
                x[i++] = x[--j];
                x[j] = larger;
            }
        }
        const size_t less = i;
        for (j = i; j < to; j++)
            if (!(x[j] > pivot)) {
                double larger = x[i];
                x[i++] = x[j];
                x[j] = larger;
            }
        if (k >= less && k < i)
            return;
        from = k < less ? from : i;
        to = k < less ? less : to;
    }
}

double hs_quantile(double *x, size_t n, double p)
{
    if (!n)
        return NAN;
    const double at = p * (double)(n - 1);
    const size_t i = (size_t)at;
    select_at(x, n, i);
    if (i + 1 >= n)
        return x[n - 1];
    double next = x[i + 1];
    for (size_t k = i + 2; k < n; k++)
        next = x[k] < next ? x[k] : next;
    return x[i] + (at - (double)i) * (next - x[i]);
}

double hs_normal_cdf(double z)
{
    return 0.5 * erfc(-z / sqrt(2));
}

/* A ratio of polynomials of seventh degree. */
struct ratio {
    double above[8], below[8]; /* the highest power first */
};

static double ratio_at(const struct ratio *r, double x)
{
    double above = 0, below = 0;
    for (int i = 0; i < 8; i++) {
        above = above * x + r->above[i];
        below = below * x + r->below[i];
    }
    return above / below;
}

/* Wichura (1988), algorithm AS 241: to rounding, below p = 1e-11 to 5e-11. */
static const struct ratio middle = {
    {2509.0809287301226727, 33430.575583588128105, 67265.770927008700853, 45921.953931549871457,
     13731.693765509461125, 1971.5909503065514427, 133.14166789178437745, 3.387132872796366608},
    {5226.495278852854561, 28729.085735721942674, 39307.89580009271061, 21213.794301586595867,
     5394.1960214247511077, 687.1870074920579083, 42.313330701600911252, 1}};
static const struct ratio tail = {
    {7.7454501427834140764e-4, .0227238449892691845833, .24178072517745061177,
     1.27045825245236838258, 3.64784832476320460504, 5.7694972214606914055, 4.6303378461565452959,
     1.42343711074968357734},
    {1.05075007164441684324e-9, 5.475938084995344946e-4, .0151986665636164571966,
     .14810397642748007459, .68976733498510000455, 1.6763848301838038494, 2.05319162663775882187,
     1}};
static const struct ratio far_tail = {
    {2.01033439929228813265e-7, 2.71155556874348757815e-5, .0012426609473880784381,
     .026532189526576123093, .29656057182650489123, 1.7848265399172913358, 5.4637849111641143699,
     6.6579046435011037772},
    {2.04426310338993978564e-15, 1.4215117583164458887e-7, 1.8463183175100546818e-5,
     7.868691311456132591e-4, .0148753612908506148525, .13692988092273580531, .59983220655588793769,
     1}};

double hs_normal_quantile(double p)
{
    if (!(p > 0) || !(p < 1))
        return p <= 0 ? -INFINITY : p >= 1 ? INFINITY : NAN;
    double from_middle = p - .5;
    if (fabs(from_middle) <= .425)
        return from_middle * ratio_at(&middle, .180625 - from_middle * from_middle);
    double r = sqrt(-log(p < .5 ? p : 1 - p));
    double z = r <= 5 ? ratio_at(&tail, r - 1.6) : ratio_at(&far_tail, r - 5);
    return p < .5 ? -z : z;
}

uint64_t hs_rng_next(struct hs_rng *r)
{
    uint64_t z = r->state += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

double hs_rng_uniform(struct hs_rng *r)
{
    return (double)(hs_rng_next(r) >> 11) * 0x1p-53;
}

/* Without favouring small results. */
size_t hs_rng_below(struct hs_rng *r, size_t n)
{
    uint64_t limit = UINT64_MAX - UINT64_MAX % n, x;
    do
        x = hs_rng_next(r);
    while (x >= limit);
    return (size_t)(x % n);
}

void hs_rng_shuffle(struct hs_rng *r, size_t *x, size_t n)
{
    for (size_t i = n; i > 1; i--) {
        size_t j = hs_rng_below(r, i), t = x[i - 1];
        x[i - 1] = x[j];
        x[j] = t;
    }
}
