/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The transfers from left to left and from right to right: a lag between them is a phase that grows
 * with frequency. Their cross spectrum, each bin with the weight of its coherence alone, is taken
 * to time (the phase transform of Knapp & Carter, IEEE TASSP 24, 1976): its peak is the lag, and
 * its height the share of the weights that agree on it. A quarter of the bins must be known. Where
 * the mix has hardly any side, both transfers are those of the middle.
 */
#include "pair/channel_lag.h"

#include "dsp/fft.h"

#include <math.h>

static const double low_hz = 100, high_hz = 8000;
static const double least_coherent = 0.5, least_known = 0.25, agreed = 0.4;
static const double no_side = 1e-4; /* of the middle's power */

/* The phase of left over right at a bin, as long as its coherence; 0 where nothing is known. */
static float complex phase_at(const struct hs_transfer *t, size_t k)
{
    double complex h[2][2];
    double all, left = hs_transfer_left(t, k, &all);
    double weight = all > 0 ? 1 - left / all : 0;
    if (!(weight >= least_coherent))
        return 0;
    hs_transfer_solve(t, k, h);
    bool middle = t->at.xx[1][k] < no_side * t->at.xx[0][k];
    double complex l = h[0][0] + h[0][1], r = h[0][0] - h[0][1];
    if (!middle) {
        l += h[1][0] + h[1][1];
        r += h[1][1] - h[1][0];
    }
    double complex cross = l * conj(r);
    return cabs(cross) > 0 ? (float complex)(weight * cross / cabs(cross)) : 0;
}

double hs_channel_lag_s(const struct hs_transfer *t)
{
    struct hs_fft fft;
    const double bin_hz = t->rate_hz / (double)t->n;
    const size_t first = (size_t)(low_hz / bin_hz) + 1, reach = t->n / 8;
    double weights = 0, n_bins = 0;
    hs_fft_init(&fft, t->n);
    for (size_t k = 0; k <= t->n / 2; k++) {
        bool used = k >= first && (double)k * bin_hz <= high_hz;
        fft.freq[k] = used ? phase_at(t, k) : 0;
        weights += (double)cabsf(fft.freq[k]);
        n_bins += used;
    }
    hs_fft_inverse(&fft);
    const size_t n = t->n;
    size_t at = 0;
    for (size_t i = 1; i <= reach; i++) {
        at = fft.time[i] > fft.time[at] ? i : at;
        at = fft.time[n - i] > fft.time[at] ? n - i : at;
    }
    /* between the samples, by a parabola */
    double a = (double)fft.time[(at + n - 1) % n], b = (double)fft.time[at],
           c = (double)fft.time[(at + 1) % n], bend = a - 2 * b + c;
    double shift = bend < 0 ? 0.5 * (a - c) / bend : 0;
    hs_fft_free(&fft);
    const double frames = (double)at - (at > n / 2 ? (double)n : 0) + shift;
    /* every bin but the ends counts twice */
    return weights >= least_known * n_bins && b >= 2 * agreed * weights ? frames / t->rate_hz
                                                                        : (double)NAN;
}

void hs_channel_lag_put(const struct hs_transfer *t, const struct hs_late *late,
                        struct hs_values *v)
{
    /* what was taken back is known, whether a lag stands out in what is left or not */
    const double lag_s = hs_channel_lag_s(t), taken_s = late->n ? hs_late_left_s(late->step) : 0;
    if (isfinite(lag_s) || late->n)
        hs_values_number(v, "channel_delay_change_ms",
                         1000 * (taken_s + (isfinite(lag_s) ? lag_s : 0)));
    else
        hs_values_absent(v, "channel_delay_change_ms", "no one lag of the channels stands out");
}

bool hs_channel_lag_put_parts(const struct hs_late *late, double end_s, struct hs_values *v)
{
    double row[3 * HS_LATE_STEPS];
    size_t n = 0;
    if (late->n < 2)
        return false;
    for (size_t i = 0; i < late->n; i++) {
        const double left_s = hs_late_left_s(&late->step[i]);
        if (fabs(left_s) < hs_late_least_s)
            continue;
        row[3 * n] = i ? late->step[i].from_s : 0;
        row[3 * n + 1] = i + 1 < late->n ? late->step[i + 1].from_s : end_s;
        row[3 * n++ + 2] = 1000 * left_s;
    }
    hs_values_array(v, "late_channel", row, 3 * n);
    hs_values_absent(v, "channel_delay_change_ms", "a channel is late in a part of the song alone");
    return true;
}
