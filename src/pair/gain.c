/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The gain of a knot is the least-squares gain of the master against the mix, both differenced
 * first (HS_FLATTEN) so that no octave dominates. Half of each neighbour knot counts
 * with it, and the mean of 65 knots with a weight of a twentieth.
 */
#include "pair/gain.h"

#include "core/alloc.h"

#include <math.h>

/* Weight of the mean power of the neighbourhood against the knot's. */
static const double lean = 0.05;
/* A gain stays within these factors of its neighbourhood's. */
static const double furthest_down = 30, furthest_up = 4;

void hs_gain_knots(const float *const x[2], const float *const y[2], size_t n, bool fresh,
                   float small, struct hs_knot *out)
{
    const struct hs_kernels *kernels = hs_kernels_choose();
    for (size_t b = 0; b < n / HS_GAIN_KNOT; b++) {
        const size_t at = b * HS_GAIN_KNOT;
        out[b] = (struct hs_knot){0};
        for (int c = 0; c < 2; c++)
            kernels->knot(x[c] + at, y[c] + at, b || !fresh, small, &out[b]);
    }
}

struct sums {
    double xx, xy;
};

static struct sums knot_sums(const struct hs_knot *k, enum hs_samples which)
{
    if (which == HS_SAMPLES_SMALL)
        return (struct sums){(double)k->small_xx, (double)k->small_xy};
    return (struct sums){(double)k->flat_xx, (double)k->flat_xy};
}

/* A knot with half of its neighbours: a gain has no edges of a millisecond. */
static struct sums soft_sums(const struct hs_knot *knot, size_t n, size_t i, enum hs_samples which)
{
    struct sums s = knot_sums(&knot[i], which);
    for (int side = 0; side < 2; side++) {
        if (side ? i + 1 >= n : i == 0)
            continue;
        struct sums t = knot_sums(&knot[side ? i + 1 : i - 1], which);
        s.xx += t.xx / 2, s.xy += t.xy / 2;
    }
    return s;
}

/* The gain of each knot, drawn a little towards that of its neighbourhood. */
void hs_gain_series(const struct hs_knot *knot, size_t n_knots, size_t from, size_t to,
                    enum hs_samples which, float *out)
{
    const size_t first = from > HS_GAIN_NEAR ? from - HS_GAIN_NEAR : 0;
    const size_t last = to + HS_GAIN_NEAR < n_knots ? to + HS_GAIN_NEAR : n_knots;
    /* Running sums: what is near is a difference of two. */
    struct sums *run = hs_malloc((last - first + 1) * sizeof *run);
    run[0] = (struct sums){0};
    for (size_t i = first; i < last; i++) {
        struct sums s = soft_sums(knot, n_knots, i, which);
        run[i - first + 1] = (struct sums){run[i - first].xx + s.xx, run[i - first].xy + s.xy};
    }
    const double share = lean / (2 * HS_GAIN_NEAR + 1);
    for (size_t i = from; i < to; i++) {
        size_t lo = (i > HS_GAIN_NEAR ? i - HS_GAIN_NEAR : 0) - first;
        size_t hi = (i + HS_GAIN_NEAR + 1 < last ? i + HS_GAIN_NEAR + 1 : last) - first;
        struct sums s = soft_sums(knot, n_knots, i, which);
        double xx = fmax(run[hi].xx - run[lo].xx, 0), xy = run[hi].xy - run[lo].xy;
        double near = fmin(fmax(fmax(xy, 1e-9) / (xx + 1e-9), 1e-3), 30);
        double gain = (s.xy + share * near * xx) / (s.xx + share * xx + 1e-12);
        out[i - from] = (float)fmin(fmax(gain, near / furthest_down), near * furthest_up);
    }
    hs_free(run);
}

void hs_gain_slow(const struct hs_knot *knot, size_t n, size_t around, float *out)
{
    struct sums now = {0};
    for (size_t i = 0, in = 0, gone = 0; i < n; i++) {
        for (; in < n && in <= i + around; in++)
            now.xx += (double)knot[in].xx, now.xy += (double)knot[in].xy;
        for (; gone + around < i; gone++)
            now.xx -= (double)knot[gone].xx, now.xy -= (double)knot[gone].xy;
        out[i] = (float)(fmax(now.xy, 1e-9) / (fmax(now.xx, 0) + 1e-9));
    }
}

void hs_gain_spread(const float *gain, size_t n_knots, float before, float after, float *frame)
{
    for (size_t k = 0; k <= n_knots; k++) {
        float a = k ? gain[k - 1] : before, b = k < n_knots ? gain[k] : after;
        float slope = (b - a) / HS_GAIN_KNOT;
        int from = k ? 0 : HS_GAIN_KNOT / 2, to = k < n_knots ? HS_GAIN_KNOT : HS_GAIN_KNOT / 2;
        float *out = frame + k * HS_GAIN_KNOT - HS_GAIN_KNOT / 2;
        for (int i = from; i < to; i++)
            out[i] = a + slope * ((float)i + 0.5f);
    }
}

double hs_gain_coherence(const struct hs_knot *knot, size_t n)
{
    double xx = 0, xy = 0, yy = 0;
    for (size_t k = 0; k < n; k++) {
        xx += (double)knot[k].xx;
        xy += (double)knot[k].xy;
        yy += (double)knot[k].yy;
    }
    return xx > 0 && yy > 0 && xy > 0 ? xy * xy / (xx * yy) : 0;
}
