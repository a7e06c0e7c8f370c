/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The transfer of mid and side in third octaves less the median of the mid from 200 Hz to 2 kHz;
 * width and balance from the same transfer. Where one channel comes later, each channel by itself.
 */
#include "pair/result_tone.h"

#include "core/num.h"
#include "pair/late_parts.h"
#include "pair/transfer_channels.h"

#include <math.h>

/* Bands of 200 Hz ... 2 kHz, by which spectra are levelled; of 315 Hz ... 8 kHz. */
enum { BAND_200 = 10, BAND_2K = 20, BAND_315 = 12, BAND_8K = 26 };

/* A delay that is followed with an error loses coherence g2 = exp(-p^2) and gain
 * exp(-p^2 / 2), p the error in radians: 4.34 dB for each 1 - g2. */
static const double unsteady_error_db = 4.34;

static double middle_db(const struct hs_bands *mid)
{
    double x[BAND_2K - BAND_200 + 1];
    size_t n = 0;
    for (size_t b = BAND_200; b <= BAND_2K; b++)
        if (isfinite(mid->db[b]))
            x[n++] = mid->db[b];
    return hs_median(x, n);
}

/* The same with what an encoder put in place of sound. */
static double replaced_centre_db(const struct hs_bands *mid)
{
    double x[BAND_2K - BAND_200 + 1];
    size_t n = 0;
    for (size_t b = BAND_200; b <= BAND_2K; b++)
        if (isfinite(mid->db[b]) && mid->coherence[b] > 0)
            x[n++] = mid->db[b] - hs_db_from_power(mid->coherence[b]);
    return n ? hs_median(x, n) : 0;
}

/* The side's equalisation over the middle's, weighted by its power. */
static void put_width(const struct hs_bands *mid, const struct hs_bands *side, struct hs_values *v)
{
    double sum = 0, weight = 0, error = 0;
    for (size_t b = BAND_315; b <= BAND_8K; b++)
        if (isfinite(mid->db[b]) && isfinite(side->db[b])) {
            sum += side->power[b] * (side->db[b] - mid->db[b]);
            error += side->power[b] * (side->error_db[b] + mid->error_db[b]);
            weight += side->power[b];
        }
    if (weight > 0)
        hs_values_number_bound(v, "width_change_db", sum / weight, error / weight);
    else
        hs_values_absent(v, "width_change_db", "no side signal that both files share");
}

/* An encoder replaces sound by other sound of the same power: what it does not keep is no tone,
 * and above its end there is none. Where hardly anything was it adds noise of its own: of the gain
 * without and with what the mix does not explain the one that is the lesser move stands. */
static void add_replaced(struct hs_bands *x, double bandwidth_hz, double centre)
{
    for (size_t b = 0; b < HS_BANDS; b++)
        if (hs_band_high_hz(b) > bandwidth_hz) {
            x->db[b] = NAN;
        } else if (x->coherence[b] > 0) {
            const double with = x->db[b] - hs_db_from_power(x->coherence[b]);
            x->db[b] = fmin(fmax(centre, x->db[b]), with);
        }
}

/* Tone of each channel by itself: where one comes later the middle is a comb. A band of which a
 * tape moved too much, or in which another sound is as loud, has no tone. */
static void read_by_channel(const struct hs_found *f, struct hs_bands *mid)
{
    const double least_coherence = 0.5;
    double own[HS_BANDS];
    hs_transfer_channels(&f->pass->transfer, own);
    for (size_t b = 0; b < HS_BANDS; b++) {
        /* what was followed as if it were a tape keeps its power */
        const double lost_db = f->line->wow.n ? hs_db_from_power(mid->coherence[b]) : 0;
        mid->db[b] = mid->coherence[b] >= least_coherence ? own[b] - lost_db : NAN;
    }
}

/* Sides that were made of the middle are told by what they are, not by what is left in them of the
 * mix's; so is the width, by all of both. */
static void take_made_sides(const struct hs_bands *mid, struct hs_bands *side, struct hs_values *v)
{
    double in[2] = {0}, out[2] = {0};
    for (size_t b = 0; b < HS_BANDS; b++) {
        if (!isfinite(side->db[b]) || !isfinite(mid->db[b]))
            continue;
        side->db[b] = hs_db_from_power(side->explained[b] / side->power[b]);
        if (b < BAND_315 || b > BAND_8K)
            continue;
        in[0] += mid->power[b], out[0] += mid->explained[b];
        in[1] += side->power[b], out[1] += side->explained[b];
    }
    if (in[0] > 0 && in[1] > 0)
        hs_values_number(v, "width_change_db", hs_db_from_power(out[1] / in[1] / out[0] * in[0]));
}

/* Beside a lag of the channels the sides are the other half of the comb, which is no width: at 0.02
 * ms the middle of 12 kHz loses 2.7 dB. What was taken back, by whole frames, leaves up to half a
 * frame, which the middle loses 1.5 dB by at 16 kHz and a width of 8 kHz and less 0.3 dB. */
static void put_width_and_tone(const struct hs_found *f, double lag_s, struct hs_bands *mid,
                               struct hs_bands *side, struct hs_values *v)
{
    const double combed_ms = 0.015;
    const bool combed = 1000 * fabs(lag_s) >= combed_ms;
    const bool no_width = 1000 * fabs(lag_s) >= hs_late_told_ms;
    if (!no_width)
        put_width(mid, side, v);
    for (size_t b = 0; combed && b < HS_BANDS; b++)
        side->db[b] = NAN;
    if (no_width)
        hs_values_absent(v, "width_change_db", "one channel comes later: the middle is a comb");
    if (combed || f->late->n == 1)
        read_by_channel(f, mid);
}

/* Relative to the median of 200 Hz to 2 kHz; overall gain stands elsewhere. */
static void put_equaliser(const struct hs_found *f, double lag_s, struct hs_values *v)
{
    struct hs_bands mid, side;
    hs_transfer_bands(&f->pass->transfer, 0, &mid);
    hs_transfer_bands(&f->pass->transfer, 1, &side);
    if (f->encoder->found) {
        const double centre = replaced_centre_db(&mid);
        add_replaced(&mid, f->encoder->bandwidth_hz, centre);
        add_replaced(&side, f->encoder->bandwidth_hz, centre);
    }
    put_width_and_tone(f, lag_s, &mid, &side, v);
    if (hs_transfer_makes_sides(&f->pass->transfer))
        take_made_sides(&mid, &side, v);
    double centre = middle_db(&mid), level[HS_BANDS];
    size_t n_side = 0;
    const bool followed = f->line->wow.n > 0;
    for (size_t b = 0; b < HS_BANDS; b++) {
        if (followed) {
            mid.error_db[b] += unsteady_error_db * (1 - mid.coherence[b]);
            side.error_db[b] += unsteady_error_db * (1 - side.coherence[b]);
        }
        mid.db[b] -= centre;
        side.db[b] -= centre;
        n_side += isfinite(side.db[b]) != 0;
        level[b] = mid.power[b] > 0 ? hs_db_from_power(mid.power[b]) : NAN;
    }
    if (isfinite(centre)) {
        hs_values_array(v, "eq_db", mid.db, HS_BANDS);
        hs_values_array(v, "eq_bound_db", mid.error_db, HS_BANDS);
    } else {
        hs_values_absent(v, "eq_db", "too little coherence from 200 Hz to 2 kHz");
        hs_values_absent(v, "eq_bound_db", "too little coherence from 200 Hz to 2 kHz");
    }
    if (n_side && isfinite(centre)) {
        hs_values_array(v, "side_eq_db", side.db, HS_BANDS);
        hs_values_array(v, "side_eq_bound_db", side.error_db, HS_BANDS);
    } else {
        hs_values_absent(v, "side_eq_db", "no side signal that both files share");
        hs_values_absent(v, "side_eq_bound_db", "no side signal that both files share");
    }
    hs_values_array(v, "coherence", mid.coherence, HS_BANDS);
    hs_values_array(v, "mix_bands", level, HS_BANDS);
    double left = 0, all = 0;
    for (size_t b = BAND_8K + 1; b < HS_BANDS; b++)
        if (isfinite(mid.coherence[b]) && mid.coherence[b] < 1) {
            left += mid.residual[b];
            all += mid.residual[b] / (1 - mid.coherence[b]);
        }
    if (all > 0)
        hs_values_number(v, "residual_high_db", fmax(hs_db_from_power(left / all), -120));
    else
        hs_values_absent(v, "residual_high_db", "nothing above 8 kHz");
}

static double power_of(double complex h)
{
    return creal(h) * creal(h) + cimag(h) * cimag(h);
}

/* Both where the channels are swapped, and then the pair says so by itself. `sounded`: the channels
 * of the mix: a song that played on one side alone was put on both, which replaces nothing. */
static void put_copied(bool left, bool right, const bool sounded[2], struct hs_values *v)
{
    hs_values_absent(v, "balance_change_db", "one channel was made of the other");
    if (left != right && sounded[left ? 0 : 1])
        hs_values_text(v, "copied_channel", left ? "left" : "right");
}

/* Left over right between 200 Hz and 4 kHz, through the transfer function, as long as each channel
 * is made of itself: of one that was filled with the other there is no gain. */
static void put_balance(const struct hs_found *f, struct hs_values *v)
{
    const double most_crossed = 4, silent = 1e-3;
    const struct hs_transfer *t = &f->pass->transfer;
    double bin_hz = t->rate_hz / (double)t->n, own[2] = {0}, crossed[2] = {0};
    double in[2] = {0}; /* power of left and right of the mix */
    for (size_t k = (size_t)(200 / bin_hz); k < (size_t)(4000 / bin_hz) && k < t->bins; k++) {
        double complex h[2][2];
        hs_transfer_gains(t, k, h);
        double complex left = h[0][0] + h[0][1], right = h[0][0] - h[0][1];
        double w = (t->at.xx[0][k] + t->at.xx[1][k]) * hs_transfer_apart(t, k);
        if (t->at.xx[1][k] > 1e-5 * t->at.xx[0][k]) {
            double complex side_left = h[1][0] + h[1][1], side_right = h[1][0] - h[1][1];
            crossed[0] += w * power_of((left - side_left) / 2);
            crossed[1] += w * power_of((right + side_right) / 2);
            left = (left + side_left) / 2;
            right = (right - side_right) / 2;
        }
        in[0] += t->at.xx[0][k] + t->at.xx[1][k] + 2 * t->at.x01[0][k];
        in[1] += t->at.xx[0][k] + t->at.xx[1][k] - 2 * t->at.x01[0][k];
        own[0] += w * power_of(left);
        own[1] += w * power_of(right);
    }
    const bool sounded[2] = {in[0] > silent * in[1], in[1] > silent * in[0]};
    if (f->middle)
        hs_values_absent(v, "balance_change_db", "the mix is mono: the middles were compared");
    else if (hs_transfer_makes_sides(t))
        hs_values_absent(v, "balance_change_db", "the sides were made of the middle by a delay");
    else if (!(own[0] > 0) || !(own[1] > 0))
        hs_values_absent(v, "balance_change_db", "one channel is silent");
    else if (crossed[0] > most_crossed * own[0] || crossed[1] > most_crossed * own[1])
        put_copied(crossed[0] > most_crossed * own[0], crossed[1] > most_crossed * own[1], sounded,
                   v);
    else
        hs_values_number(v, "balance_change_db", hs_db_from_power(own[0] / own[1]));
}

/* Only of channels that are made of themselves. */
static void put_channel_tone(const struct hs_found *f, struct hs_values *v)
{
    const struct hs_channel_tone *tone = f->channel_tone;
    double balance_db;
    if (!tone || !hs_values_read(v, "balance_change_db", &balance_db))
        return;
    hs_values_number(v, "channel_tone_db", tone->db);
    hs_values_array(v, "channel_tone_hz", (double[]){tone->from_hz, tone->to_hz}, 2);
    if (!isfinite(tone->gain_db)) {
        hs_values_absent(v, "channel_gain_db", "no half of the spectrum agrees on a gain");
        return;
    }
    hs_values_number(v, "channel_gain_db", tone->gain_db);
    hs_values_array(v, "channel_tone_each_db", tone->each_db, 2);
}

void hs_result_tone(const struct hs_found *f, double lag_s, struct hs_values *v)
{
    put_equaliser(f, lag_s, v);
    put_balance(f, v);
    put_channel_tone(f, v);
}
