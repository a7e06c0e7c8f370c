/* SPDX-License-Identifier: Apache-2.0 */
#include "dsp/places.h"

#include "core/alloc.h"

#include <math.h>
#include <stdbool.h>

#define PI 3.14159265358979323846

enum { PHASES = 512, HALF_TAPS = 32 };

/* Modified Bessel function of the first kind, order 0, by its series. */
static double bessel0(double x)
{
    double sum = 1, term = 1;
    for (int k = 1; k < 60; k++) {
        term *= (x / (2 * k)) * (x / (2 * k));
        sum += term;
    }
    return sum;
}

/* Kaiser with beta 9: stop band about 90 dB down (Kaiser 1974). */
static double kernel(double t, double half, double cutoff)
{
    double share = t / half;
    if (fabs(share) >= 1)
        return 0;
    double window = bessel0(9 * sqrt(1 - share * share)) / bessel0(9);
    double x = PI * cutoff * t;
    return cutoff * window * (fabs(x) < 1e-12 ? 1 : sin(x) / x);
}

void hs_places_init(struct hs_places *s, double step)
{
    double cutoff = step > 1 ? 0.95 / step : 1;
    s->step = step;
    s->half = (size_t)ceil(HALF_TAPS * fmax(step, 1));
    s->table = hs_calloc((PHASES + 1) * 2 * s->half, sizeof *s->table);
    for (size_t p = 0; p <= PHASES; p++) {
        float *row = s->table + p * 2 * s->half;
        for (size_t k = 0; k < 2 * s->half; k++) {
            double t = (double)k - (double)s->half + 1 - (double)p / PHASES;
            row[k] = (float)kernel(t, (double)s->half, cutoff);
        }
    }
}

static double at(const struct hs_places *s, const float *in, size_t n_in, double place)
{
    double whole = floor(place), phase = (place - whole) * PHASES;
    size_t p = (size_t)phase;
    double share = phase - (double)p, sum = 0;
    const float *low = s->table + p * 2 * s->half, *high = low + 2 * s->half;
    double begin = whole - (double)s->half + 1;
    size_t k = begin < 0 ? (size_t)-begin : 0;
    for (; k < 2 * s->half && begin + (double)k < (double)n_in; k++)
        sum += (double)in[(size_t)(begin + (double)k)] *
               ((double)low[k] + share * (double)(high[k] - low[k]));
    return sum;
}

void hs_places_run(const struct hs_places *s, const float *in, size_t n_in, double first,
                   float *out, size_t n_out)
{
    for (size_t i = 0; i < n_out; i++) {
        double place = first + (double)i * s->step;
        bool outside = place < -(double)s->half || place > (double)(n_in + s->half);
        out[i] = outside ? 0 : (float)at(s, in, n_in, place);
    }
}

void hs_places_free(struct hs_places *s)
{
    hs_free(s->table);
    *s = (struct hs_places){0};
}
