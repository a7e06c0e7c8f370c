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
#include "pair/late_parts.h"

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

/* Of the mix by the places that were looked at, else by its own measures. */
static double late_in_mix_ms(const struct hs_late *late, double ms, const struct hs_values *mix)
{
    double of_file_ms = 0;
    if (late->n)
        return 1000 * late->step[0].mix_left_s;
    if (mix && fabs(ms) >= hs_late_told_ms)
        hs_late_of_file(mix, &of_file_ms);
    return of_file_ms;
}

void hs_channel_lag_put(double lag_s, const struct hs_late *late, const struct hs_values *mix,
                        struct hs_values *v)
{
    /* what was taken back is known, whether a lag stands out in what is left or not */
    const bool taken = late->n > 0;
    const double left_ms = isfinite(lag_s) ? 1000 * lag_s : 0;
    const double ms = left_ms + (taken ? 1000 * hs_late_left_s(late->step) : 0);
    if (!isfinite(lag_s) && !taken) {
        hs_values_absent(v, "channel_delay_change_ms", "no one lag of the channels stands out");
        return;
    }
    hs_values_number(v, "channel_delay_change_ms", ms);
    if (taken) {
        double moved[2] = {1000 * late->step[0].late_s[0], 1000 * late->step[0].late_s[1]};
        if (fabs(moved[0]) > fabs(moved[1]))
            moved[0] += left_ms;
        else
            moved[1] -= left_ms;
        hs_values_array(v, "channels_moved_ms", moved, 2);
    }
    const double mix_ms = late_in_mix_ms(late, ms, mix);
    if (fabs(mix_ms) >= hs_late_told_ms)
        hs_values_array(v, "mix_channel_delay_ms", &mix_ms, 1);
}

bool hs_channel_lag_put_parts(const struct hs_late *late, double end_s, struct hs_values *v)
{
    double row[3 * HS_LATE_STEPS], moved[2 * HS_LATE_STEPS], mix[HS_LATE_STEPS];
    size_t n = 0;
    bool mix_late = false;
    if (late->n < 2)
        return false;
    for (size_t i = 0; i < late->n; i++) {
        const struct hs_late_step *step = &late->step[i];
        const double left_s = hs_late_left_s(step);
        if (fabs(left_s) < hs_late_least_s)
            continue;
        row[3 * n] = i ? step->from_s : 0;
        row[3 * n + 1] = i + 1 < late->n ? late->step[i + 1].from_s : end_s;
        row[3 * n + 2] = 1000 * left_s;
        for (size_t c = 0; c < 2; c++)
            moved[2 * n + c] = 1000 * step->late_s[c];
        mix[n++] = 1000 * step->mix_left_s;
        mix_late = mix_late || fabs(step->mix_left_s) >= hs_late_least_s;
    }
    hs_values_array(v, "late_channel", row, 3 * n);
    hs_values_array(v, "channels_moved_ms", moved, 2 * n);
    if (mix_late)
        hs_values_array(v, "mix_channel_delay_ms", mix, n);
    hs_values_absent(v, "channel_delay_change_ms", "a channel is late in a part of the song alone");
    return true;
}
