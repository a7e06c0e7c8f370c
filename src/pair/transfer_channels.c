/* SPDX-License-Identifier: Apache-2.0 */
/*
 * At a bin both channels of the mix are sums of its middle and sides, and what left became in the
 * left channel of the master is its own gain. In a third octave the gain of a channel is the power
 * mean over its bins, weighted by the power of the channel in the mix.
 */
#include "pair/transfer_channels.h"

#include "core/num.h"

#include <math.h>

/* Left and right of the mix, and what each became in its own channel of the master: by the transfer
 * of middle and side, and where each channel is itself at one gain (`alone`). Powers, times two.
 * What middle and side, and left and right, leave where each is itself at one gain. */
struct channels {
    double in[2], out[2], alone[2];
    double left_by_middle, left_by_channel;
};

static double square(double complex x)
{
    return creal(x) * creal(x) + cimag(x) * cimag(x);
}

static double share_of(double complex cross, double power)
{
    return power > 0 ? square(cross) / power : 0;
}

static double complex cross_of(const struct hs_transfer *t, size_t k, int from, int to)
{
    return t->at.xy[from][to][0][k] + t->at.xy[from][to][1][k] * I;
}

/* Each channel by itself, of which the transfer keeps the sum of both. */
static void add_alone(const struct hs_transfer *t, size_t k, struct channels *sum)
{
    const double mid = t->at.xx[0][k], side = t->at.xx[1][k];
    const double complex straight = cross_of(t, k, 0, 0) + cross_of(t, k, 1, 1);
    const double complex across = cross_of(t, k, 0, 1) + cross_of(t, k, 1, 0);
    const double all = 2 * (t->at.yy[0][k] + t->at.yy[1][k]);
    sum->left_by_channel += all;
    for (int c = 0; c < 2; c++) {
        const double sign = c ? -1 : 1;
        const double power = fmax(mid + side + sign * 2 * t->at.x01[0][k], 0);
        const double out = share_of(straight + sign * across, power);
        sum->alone[c] += out;
        sum->left_by_channel -= out;
    }
    sum->left_by_middle +=
        all - 2 * share_of(cross_of(t, k, 0, 0), mid) - 2 * share_of(cross_of(t, k, 1, 1), side);
}

static void add_channels(const struct hs_transfer *t, size_t k, struct channels *sum)
{
    const double no_side = 1e-5; /* then a channel of the mix is its middle */
    const double mid = t->at.xx[0][k], side = t->at.xx[1][k];
    double complex h[2][2];
    hs_transfer_gains(t, k, h);
    add_alone(t, k, sum);
    for (int c = 0; c < 2; c++) {
        const double sign = c ? -1 : 1;
        const double power = fmax(mid + side + sign * 2 * t->at.x01[0][k], 0);
        double complex own = h[0][0] + sign * h[0][1];
        if (side > no_side * mid)
            own = (own + h[1][1] + sign * h[1][0]) / 2;
        sum->out[c] += power * square(own);
        sum->in[c] += power;
    }
}

/* Of a third octave; *coherence: the share of the master that the mix explains. Where middle and
 * side of the mix are one sound (a cymbal on one side) nothing tells what each became; a channel
 * is told by itself, as long as both by themselves explain clearly more of what a filter explains.
 * What is left of an encoder or a limiter is no part of either. */
static struct channels channels_of(const struct hs_transfer *t, size_t b, double *coherence)
{
    const double clearly = 0.25, least_share = 1e-3;
    const double bin_hz = t->rate_hz / (double)t->n;
    const size_t from = (size_t)ceil(hs_band_low_hz(b) / bin_hz);
    size_t to = (size_t)ceil(hs_band_high_hz(b) / bin_hz);
    struct channels sum = {0};
    double left = 0, all = 0;
    to = to == from ? to + 1 : to;
    for (size_t k = from; k < to && k < t->bins; k++) {
        double of_bin;
        add_channels(t, k, &sum);
        left += hs_transfer_left(t, k, &of_bin);
        all += of_bin;
    }
    /* beyond what no filter explains */
    const double by_channel = sum.left_by_channel - 2 * left;
    const double by_middle = sum.left_by_middle - 2 * left;
    if (by_middle > least_share * 2 * all && by_channel < clearly * by_middle)
        for (int c = 0; c < 2; c++)
            sum.out[c] = sum.alone[c];
    *coherence = all > 0 ? 1 - left / all : 0;
    return sum;
}

void hs_transfer_channels(const struct hs_transfer *t, double db[HS_BANDS])
{
    for (size_t b = 0; b < HS_BANDS; b++) {
        double coherence;
        const struct channels x = channels_of(t, b, &coherence);
        const double out = x.out[0] + x.out[1], in = x.in[0] + x.in[1];
        db[b] = out > 0 && in > 0 ? hs_db_from_power(out / in) : NAN;
    }
}

void hs_transfer_each_channel(const struct hs_transfer *t, double least_coherence,
                              struct hs_channel_gains *out)
{
    /* of the louder channel: what the softer one has is leakage; of what it was: all is gone */
    const double sounds = 1e-3, gone = 1e-6;
    for (size_t b = 0; b < HS_BANDS; b++) {
        double gain[2];
        const struct channels x = channels_of(t, b, &out->coherence[b]);
        const bool both = fmin(x.in[0], x.in[1]) > sounds * fmax(x.in[0], x.in[1]);
        for (int c = 0; c < 2; c++)
            gain[c] = both ? x.out[c] / x.in[c] : 0;
        const double floor = gone * fmax(gain[0], gain[1]);
        const bool known = both && out->coherence[b] >= least_coherence && floor > 0;
        for (int c = 0; c < 2; c++)
            out->db[c][b] = known ? hs_db_from_power(fmax(gain[c], floor)) : NAN;
        out->over_db[b] = out->db[0][b] - out->db[1][b];
        out->power[b] = x.out[0] + x.out[1];
    }
}

/* How like itself, `step_hz` higher, what the sides of the master have of the middle is: 1 of a
 * lean or an equaliser on one channel, whose phase hardly turns, the cosine of its turn of what
 * comes later. *share: of the power of the sides. */
static double likeness(const struct hs_transfer *t, double step_hz, double *share)
{
    const double low_hz = 500, high_hz = 8000, bin_hz = t->rate_hz / (double)t->n;
    const size_t step = (size_t)lround(step_hz / bin_hz);
    double like = 0, power = 0, all = 1e-300;
    for (size_t k = (size_t)(low_hz / bin_hz); k < (size_t)(high_hz / bin_hz); k++) {
        double complex here[2][2], there[2][2];
        if (k + step >= t->bins)
            break;
        hs_transfer_gains(t, k, here);
        hs_transfer_gains(t, k + step, there);
        like += t->at.xx[0][k] * creal(conj(here[0][1]) * there[0][1]);
        power += t->at.xx[0][k] * square(here[0][1]);
        all += t->at.yy[1][k];
    }
    *share = power / all;
    return power > 0 ? like / power : 1;
}

bool hs_transfer_makes_sides(const struct hs_transfer *t)
{
    /* two steps: of one alone a delay of its period, and of twice that, is none */
    const double step_hz[2] = {100, 37}, most = 0.7, least_share = 0.25;
    const size_t least_frames = 16; /* of fewer, chance has a share of the sides */
    double share = 0;
    for (int i = 0; i < 2 && t->n_frames >= least_frames; i++)
        if (likeness(t, step_hz[i], &share) < most && share >= least_share)
            return true;
    return false;
}
