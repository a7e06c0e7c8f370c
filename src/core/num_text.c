/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Numbers as text: a report has millions. Digits come from one product with a power of ten
 * in extended precision (64 bits of mantissa or more), whose error is known; where it could
 * matter, and where long double is no longer than double, the C library decides. Both give
 * the same text.
 */
#include "core/num_text.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { EXTENDED = LDBL_MANT_DIG >= 64, MOST_FIXED = 9 };

/* All exact in 64 bits: 5^27 is below 2^63. */
static const long double tens[] = {1e0L,  1e1L,  1e2L,  1e3L,  1e4L,  1e5L,  1e6L,
                                   1e7L,  1e8L,  1e9L,  1e10L, 1e11L, 1e12L, 1e13L,
                                   1e14L, 1e15L, 1e16L, 1e17L, 1e18L, 1e19L, 1e20L};

/* x 10^power as a whole number, as decimal rounding has it; false where the product, below
 * 10^17, is so near to half way that its own error (2^-8 at most) could tip it. */
static bool scaled(double x, int power, uint64_t *out)
{
    long double product = (long double)x * tens[power];
    uint64_t whole = (uint64_t)product;
    long double rest = product - (long double)whole;
    if (rest > 0.5L - 0x1p-7L && rest < 0.5L + 0x1p-7L)
        return false;
    *out = whole + (rest > 0.5L);
    return true;
}

/* Whether whole / 10^power reads back as x: 1 yes, 0 no, -1 where rounding twice, to 64
 * bits and then half way between two doubles, could differ from rounding once. */
static int reads_back(uint64_t whole, int power, double x)
{
    long double exact = (long double)whole / tens[power];
    double back = (double)exact;
    long double off = exact - (long double)back;
    double beside = nextafter(back, off > 0 ? INFINITY : 0);
    if (off != 0 && 2 * fabsl(off) == fabsl((long double)beside - (long double)back))
        return -1;
    return back == x;
}

/* The digits of `whole`, at least `least` of them; returns how many. */
static int put_digits(char *out, uint64_t whole, int least)
{
    char reversed[24];
    int n = 0;
    for (; whole || n < least; whole /= 10)
        reversed[n++] = (char)('0' + whole % 10);
    for (int i = 0; i < n; i++)
        out[i] = reversed[n - 1 - i];
    out[n] = '\0';
    return n;
}

/* whole / 10^power without trailing zeros. */
static void put_decimal(char *out, uint64_t whole, int power)
{
    for (; power > 0 && whole % 10 == 0; power--)
        whole /= 10;
    int n = put_digits(out, whole, power + 1);
    if (power > 0) {
        memmove(out + n - power + 1, out + n - power, (size_t)power + 1);
        out[n - power] = '.';
    }
}

/* Of a number within 10^-4 .. 10^15, where no exponent is written. */
static bool shortest(char *out, double x)
{
    int e = 0;
    uint64_t whole;
    while (e < 14 && (long double)x >= tens[e + 1])
        e++;
    for (double y = x; y < 1; y *= 10)
        e--;
    for (int digits = 15; digits <= 17; digits++) {
        int power = digits - 1 - e;
        if (!scaled(x, power, &whole) || (long double)whole >= tens[digits] ||
            (long double)whole < tens[digits - 1])
            return false;
        int back = digits == 17 ? 1 : reads_back(whole, power, x);
        if (back < 0)
            return false;
        if (back) {
            put_decimal(out, whole, power);
            return true;
        }
    }
    return false;
}

/* The shortest decimal that reads back as the same number; "null" where it is none. */
const char *hs_num_text(char out[HS_NUM_TEXT], double x)
{
    double size = fabs(x);
    if (!isfinite(x))
        return strcpy(out, "null");
    if (x == 0)
        return strcpy(out, "0");
    out[0] = '-';
    if (EXTENDED && size >= 1e-4 && size < 1e15 && shortest(out + (x < 0), size))
        return out;
    /* 15 digits hold any shorter decimal too (%g drops its zeros); 17 always suffice. */
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(out, HS_NUM_TEXT, "%.*g", digits, x);
        if (strtod(out, NULL) == x)
            break;
    }
    return out;
}

/* Below 10^6 with up to nine digits the product stays below 10^15. */
static bool fixed(char *out, double x, int digits)
{
    uint64_t whole;
    if (!EXTENDED || digits < 0 || digits > MOST_FIXED || !(fabs(x) < 1e6) ||
        !scaled(fabs(x), digits, &whole))
        return false;
    char *p = out;
    if (x < 0 && whole)
        *p++ = '-';
    int n = put_digits(p, whole, digits + 1);
    if (digits) {
        memmove(p + n - digits + 1, p + n - digits, (size_t)digits + 1);
        p[n - digits] = '.';
    }
    return true;
}

const char *hs_num_fixed(char out[HS_NUM_TEXT], double x, int digits)
{
    if (!isfinite(x))
        return strcpy(out, "null");
    if (fabs(x) > 1e15)
        return hs_num_text(out, x);
    if (fixed(out, x, digits))
        return out;
    snprintf(out, HS_NUM_TEXT, "%.*f", digits, x);
    if (out[0] == '-' && strspn(out + 1, "0.") == strlen(out + 1))
        memmove(out, out + 1, strlen(out));
    return out;
}

const char *hs_num_readable(double *x, int *digits, const char *unit)
{
    if (!unit || strcmp(unit, "ppm") || !(fabs(*x) >= 1000))
        return unit;
    *x *= 1e-4;
    *digits = fabs(*x) < 10;
    return "%";
}
