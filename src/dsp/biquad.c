/* SPDX-License-Identifier: Apache-2.0 */
/* The coefficients of the note, divided by a0, and the filter in the transposed direct form II in
 * double precision. For corrections in clips, destinations, de-emphasis and the preview. */
#include "dsp/biquad.h"

#include "core/num.h"

#include <math.h>

/* Intermediate names as in the note: w0, alpha, A. */
struct prototype {
    double cos_w, alpha, a;
};

static struct prototype prototype(double hz, double db, double q, double rate_hz)
{
    double w = 2 * HS_PI * hz / rate_hz;
    return (struct prototype){cos(w), sin(w) / (2 * q), pow(10, db / 40)};
}

/* Divided by a0. */
static struct hs_biquad normalised(double b0, double b1, double b2, double a0, double a1, double a2)
{
    return (struct hs_biquad){{b0 / a0, b1 / a0, b2 / a0}, {a1 / a0, a2 / a0}};
}

/* The gain at hz is db; q is that of the note. */
struct hs_biquad hs_biquad_bell(double hz, double db, double q, double rate_hz)
{
    struct prototype p = prototype(hz, db, q, rate_hz);
    return normalised(1 + p.alpha * p.a, -2 * p.cos_w, 1 - p.alpha * p.a, 1 + p.alpha / p.a,
                      -2 * p.cos_w, 1 - p.alpha / p.a);
}

/* The high shelf is the low one mirrored: cos(w0) changes its sign, and so do the odd
 * coefficients. */
static struct hs_biquad shelf(double hz, double db, double q, double rate_hz, double mirror)
{
    struct prototype p = prototype(hz, db, q, rate_hz);
    double c = mirror * p.cos_w, up = p.a + 1, down = p.a - 1;
    double edge = 2 * sqrt(p.a) * p.alpha;
    return normalised(p.a * (up - down * c + edge), mirror * 2 * p.a * (down - up * c),
                      p.a * (up - down * c - edge), up + down * c + edge,
                      mirror * -2 * (down + up * c), up + down * c - edge);
}

struct hs_biquad hs_biquad_low_shelf(double hz, double db, double q, double rate_hz)
{
    return shelf(hz, db, q, rate_hz, 1);
}

struct hs_biquad hs_biquad_high_shelf(double hz, double db, double q, double rate_hz)
{
    return shelf(hz, db, q, rate_hz, -1);
}

struct hs_biquad hs_biquad_high_pass(double hz, double q, double rate_hz)
{
    struct prototype p = prototype(hz, 0, q, rate_hz);
    double edge = 1 + p.cos_w;
    return normalised(edge / 2, -edge, edge / 2, 1 + p.alpha, -2 * p.cos_w, 1 - p.alpha);
}

struct hs_biquad hs_biquad_low_pass(double hz, double q, double rate_hz)
{
    struct prototype p = prototype(hz, 0, q, rate_hz);
    double edge = 1 - p.cos_w;
    return normalised(edge / 2, edge, edge / 2, 1 + p.alpha, -2 * p.cos_w, 1 - p.alpha);
}

/* In place; the state goes on from call to call. */
void hs_biquad_run(const struct hs_biquad *f, struct hs_biquad_state *s, float *x, size_t n)
{
    double b0 = f->b[0], b1 = f->b[1], b2 = f->b[2], a1 = f->a[0], a2 = f->a[1];
    double z1 = s->z[0], z2 = s->z[1];
    for (size_t i = 0; i < n; i++) {
        double in = (double)x[i], out = b0 * in + z1;
        z1 = b1 * in - a1 * out + z2;
        z2 = b2 * in - a2 * out;
        x[i] = (float)out;
    }
    s->z[0] = z1;
    s->z[1] = z2;
}
