/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The named values of a pair from what the other modules found:
 * 1. Time: delay and drift of the map with two standard errors, wow, what is shared, what was
 *    trimmed.
 * 2. Channels: from which part of the mix mid and side came, and with which sign, follow
 *    swapped channels and the polarity of left and right.
 * 3. Gain: the difference of the integrated loudness (BS.1770-5) of what is shared, by the
 *    pass, or by both files where all of both is shared.
 * 4. Equaliser: the transfer of mid and side in third octaves less the median of the mid from
 *    200 Hz to 2 kHz; width and balance from the same transfer.
 * 5. Dynamics: see pair/result_dynamics.c.
 * 6. Differences between the measures of both files.
 * A value that cannot be had is absent with a reason. Bounds are those of docs/pairs.md.
 */
#include "pair/result.h"

#include "core/alloc.h"
#include "core/num.h"
#include "dsp/gating.h"
#include "measure/fingerprint.h"
#include "pair/channel_lag.h"
#include "pair/result_dynamics.h"
#include "pair/result_faults.h"
#include "pair/tails.h"
#include "pair/values.h"

#include <math.h>
#include <string.h>

/* Bands of 200 Hz ... 2 kHz, by which spectra are levelled; of 315 Hz ... 8 kHz. */
enum { BAND_200 = 10, BAND_2K = 20, BAND_315 = 12, BAND_4K = 23, BAND_8K = 26 };

/* An equaliser's own delay: those of docs/pairs.md moved the music by 0.3 frames. */
static const double phase_frames = 0.5;
/* A delay that is followed with an error loses coherence g2 = exp(-p^2) and gain
 * exp(-p^2 / 2), p the error in radians: 4.34 dB for each 1 - g2. */
static const double unsteady_error_db = 4.34;
/* Of two loudnesses by the same meter: what a block at the gate can move. */
static const double loudness_error_db = 0.02;
/* By windows of 3 s, whose ends reach beyond what is shared; by files of which a tenth is not. */
static const double skimmed_error_db = 0.2;

/* Furthest that a tape deviates from its line; *robust: its robust deviation. */
static double wow_spread(const struct hs_wow *w, struct hs_arena *arena, double *robust)
{
    double *x = HS_ARENA_ARRAY(arena, double, w->n), most = 0;
    for (size_t i = 0; i < w->n; i++) {
        x[i] = w->late_s[i];
        most = fmax(most, fabs(x[i]));
    }
    *robust = hs_mad(x, w->n, 0);
    return most;
}

/* Bounds are two standard errors, and no less than phase allows. */
static void put_time(const struct hs_found *f, struct hs_values *v)
{
    const struct hs_fine *a = f->fine;
    double start = a->from_s, end = a->to_s;
    double tick = 0.05 / a->rate_hz;
    double slope = fmax(2 * a->fit.slope_error, tick / fmax(end - start, 1));
    double offset = fmax(2 * a->fit.offset_error, phase_frames / a->rate_hz);
    /* Of an edited master the first and the last piece say it. */
    const struct hs_timeline *t = f->line;
    const struct hs_time_map first = t->edited ? t->segment[0].line : a->line;
    const struct hs_time_map last = t->edited ? t->segment[t->n_segments - 1].line : a->line;
    double wow_s = a->wow_s;
    if (f->line->wow.n) {
        double most = wow_spread(&f->line->wow, v->arena, &wow_s);
        offset = fmax(offset, most);
        slope = fmax(slope, 2 * most / fmax(end - start, 1));
    }
    hs_values_number_bound(v, "delay_s", a->line.delay_s, offset);
    hs_values_number_bound(v, "drift_ppm", (a->line.ratio - 1) * 1e6, slope * 1e6);
    hs_values_number(v, "wow_ms", wow_s * 1e3);
    hs_values_number(v, "shared_from_s", start);
    hs_values_number(v, "shared_to_s", end);
    hs_values_number(v, "mix_from_s",
                     hs_time_map_at(a->line, start) + hs_wow_at(&f->line->wow, start));
    hs_values_number(v, "mix_to_s",
                     hs_time_map_at(t->skipped ? last : a->line, end) +
                         hs_wow_at(&f->line->wow, end));
    double mix_s = hs_values_or_nan(&f->mix->values, "duration_s");
    double master_s = hs_values_or_nan(&f->master->values, "duration_s");
    hs_values_number(v, "trim_start_s", first.delay_s);
    hs_values_number(v, "trim_end_s", mix_s - hs_time_map_at(last, master_s));
}

/* Polarity and swap, from what became of middle and side. */
static void put_channels(const struct hs_found *f, struct hs_values *v)
{
    const struct hs_basis *b = &f->fine->basis;
    /* mid' = s0 part, side' = s1 part: left' = mid' + side', right' = mid' - side'. Of
     * left and right of the mix: straight parts give (s0 +- s1) / 2 each way. */
    bool cross = b->from[0] == 1;
    if (!b->side_known && !cross) {
        hs_values_number(v, "polarity", b->sign[0] > 0 ? 1 : -1);
        hs_values_absent(v, "swapped", "left and right are nearly the same");
        return;
    }
    double s0 = (double)b->sign[0], s1 = (double)b->sign[1];
    bool swapped = cross ? s0 * s1 < 0 : s0 != s1;
    double left, right; /* sign of what became the master's left and right */
    if (cross) {
        /* mid' = s0 side, side' = s1 mid: left' = s1 mid + s0 side. */
        left = s1;
        right = -s1;
    } else {
        left = right = s0;
    }
    if (b->side_known)
        hs_values_flag(v, "swapped", swapped);
    else
        hs_values_absent(v, "swapped", "left and right are nearly the same");
    if (left == right)
        hs_values_number(v, "polarity", left);
    else
        hs_values_array(v, "polarity", (double[]){left, right}, 2);
}

static double gated_lufs(const float *power, size_t n, float *blocks)
{
    size_t k = 0;
    for (size_t i = 0; i + 4 <= n; i++)
        blocks[k++] = (power[i] + power[i + 1] + power[i + 2] + power[i + 3]) / 4;
    double gate = hs_gate(blocks, k, -10);
    return gate > 0 ? hs_lufs(hs_gated_mean(blocks, k, gate)) : NAN;
}

/* Difference of loudness over what both share. */
static void put_gain(const struct hs_found *f, struct hs_values *v)
{
    const struct hs_pass *p = f->pass;
    if (isfinite(f->skimmed_gain_db)) {
        hs_values_number_bound(v, "gain_db", f->skimmed_gain_db, skimmed_error_db);
        return;
    }
    /* All of both files is shared, or both were measured again without fades; or the pass has seen
     * the middle of the master alone. */
    bool again = f->shared_mix != &f->mix->values && f->shared_master != &f->master->values;
    if (!p->measures_loudness || again || f->middle) {
        const bool all = !p->measures_loudness || again;
        hs_values_number_bound(v, "gain_db",
                               hs_values_or_nan(f->shared_master, "integrated_lufs") -
                                   hs_values_or_nan(f->shared_mix, "integrated_lufs"),
                               all ? loudness_error_db : skimmed_error_db);
        return;
    }
    float *blocks = hs_arena_array(v->arena, p->n_loud + 1, sizeof *blocks);
    double mix = gated_lufs(p->loud_mix, p->n_loud, blocks);
    double master = gated_lufs(p->loud_master, p->n_loud, blocks);
    if (isfinite(mix) && isfinite(master))
        hs_values_number_bound(v, "gain_db", master - mix, 0.1);
    else
        hs_values_absent(v, "gain_db", "shorter than 400 ms or below -70 LUFS");
}

static double middle_db(const struct hs_bands *mid)
{
    double x[BAND_2K - BAND_200 + 1];
    size_t n = 0;
    for (size_t b = BAND_200; b <= BAND_2K; b++)
        if (isfinite(mid->db[b]))
            x[n++] = mid->db[b];
    return hs_median(x, n);
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
 * and above its end there is none. */
static void add_replaced(struct hs_bands *x, double bandwidth_hz)
{
    for (size_t b = 0; b < HS_BANDS; b++)
        if (hs_band_high_hz(b) > bandwidth_hz)
            x->db[b] = NAN;
        else if (x->coherence[b] > 0)
            x->db[b] -= hs_db_from_power(x->coherence[b]);
}

static bool is_late(const struct hs_values *v)
{
    const double late_ms = 0.05;
    return fabs(hs_values_or_nan(v, "channel_delay_change_ms")) >= late_ms;
}

/* Where one channel comes later the middle is a comb and the sides are its other half: neither is
 * tone or width. */
static void read_by_channel(const struct hs_found *f, struct hs_bands *mid, struct hs_bands *side)
{
    double own[HS_BANDS];
    hs_transfer_channels(&f->pass->transfer, own);
    for (size_t b = 0; b < HS_BANDS; b++) {
        /* what was followed as if it were a tape keeps its power */
        const double lost_db = f->line->wow.n ? hs_db_from_power(mid->coherence[b]) : 0;
        mid->db[b] = isfinite(mid->coherence[b]) ? own[b] - lost_db : NAN;
        side->db[b] = NAN;
    }
}

/* Relative to the median of 200 Hz to 2 kHz; overall gain stands elsewhere. */
static void put_equaliser(const struct hs_found *f, struct hs_values *v)
{
    struct hs_bands mid, side;
    hs_transfer_bands(&f->pass->transfer, 0, &mid);
    hs_transfer_bands(&f->pass->transfer, 1, &side);
    if (f->encoder->found) {
        add_replaced(&mid, f->encoder->bandwidth_hz);
        add_replaced(&side, f->encoder->bandwidth_hz);
    }
    if (is_late(v))
        read_by_channel(f, &mid, &side);
    double centre = middle_db(&mid), level[HS_BANDS];
    size_t n_side = 0;
    put_width(&mid, &side, v);
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
    else if (!(own[0] > 0) || !(own[1] > 0))
        hs_values_absent(v, "balance_change_db", "one channel is silent");
    else if (crossed[0] > most_crossed * own[0] || crossed[1] > most_crossed * own[1])
        put_copied(crossed[0] > most_crossed * own[0], crossed[1] > most_crossed * own[1], sounded,
                   v);
    else
        hs_values_number(v, "balance_change_db", hs_db_from_power(own[0] / own[1]));
}

static void put_ducking(const struct hs_found *f, struct hs_values *v)
{
    const struct hs_value *text = hs_values_get(&f->mix->values, HS_FINGERPRINT_KEY);
    double dip = text && text->kind == HS_TEXT
                     ? hs_ducking(f->pass, f->reduction, text->text, f->fine->line)
                     : NAN;
    if (isfinite(dip))
        hs_values_number(v, "ducking_db", dip);
    else
        hs_values_absent(v, "ducking_db", "too few low hits");
}

/* Decays and ducking, from the gain over time. */
static void put_tails(const struct hs_found *f, struct hs_values *v)
{
    /* rides and fades are no tails; an expander's gain is theirs */
    double slope;
    const double loud_db = -20;
    if (f->added->n && f->added->db > loud_db) {
        hs_values_absent(v, "tail_change_db", "a steady tone lies over them");
        put_ducking(f, v);
        return;
    }
    const bool ridden =
        f->devices->n_fades + f->devices->n_rides > 0 && !hs_values_read(v, "level_slope", &slope);
    double error,
        change = hs_tails_change(f->pass, f->reduction, ridden ? f->reduction->slow_db : NULL,
                                 f->added->n > 0, &error);
    if (isfinite(change))
        hs_values_number_bound(v, "tail_change_db", change, error);
    else
        hs_values_absent(v, "tail_change_db", "sounds do not die away often enough");
    put_ducking(f, v);
}

/* Differences of what was measured of both files alone. */
static void put_changes(const struct hs_found *f, struct hs_values *v)
{
    static const char *const rows[][2] = {{"plr_change_db", "plr_db"},
                                          {"psr_change_db", "psr_p10_db"},
                                          {"lra_change_lu", "loudness_range_lu"},
                                          {"clipped_change_ppm", "clipped_ppm"},
                                          {"dc_change", "dc_offset"},
                                          {"noise_change_db", "noise_floor_db"},
                                          {"hum_change_db", "hum_db"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        double mix, master;
        if (!hs_values_read(f->shared_mix, rows[i][1], &mix))
            hs_values_absent(v, rows[i][0], "mix: %s", hs_values_why(f->shared_mix, rows[i][1]));
        else if (!hs_values_read(f->shared_master, rows[i][1], &master))
            hs_values_absent(v, rows[i][0], "master: %s",
                             hs_values_why(f->shared_master, rows[i][1]));
        else
            hs_values_number(v, rows[i][0], master - mix);
    }
}

double hs_result_coherence(const struct hs_values *v)
{
    const double *c = hs_values_doubles(v, "coherence", HS_BANDS);
    double x[HS_BANDS];
    size_t n = 0;
    for (size_t b = BAND_200; c && b <= BAND_4K; b++)
        if (isfinite(c[b]))
            x[n++] = c[b];
    return n ? hs_median(x, n) : NAN;
}

/* Every measure of a pair; one that is missing is absent with a reason. */
void hs_result_values(const struct hs_found *f, struct hs_values *v)
{
    put_time(f, v);
    put_channels(f, v);
    put_gain(f, v);
    if (!f->middle)
        hs_channel_lag_put(&f->pass->transfer, v);
    put_equaliser(f, v);
    put_balance(f, v);
    hs_result_dynamics(f, v);
    hs_result_faults(f, v);
    put_tails(f, v);
    put_changes(f, v);
    for (size_t i = 0; i < hs_n_pair_measures; i++)
        if (!hs_values_get(v, hs_pair_measures[i].key))
            hs_values_absent(v, hs_pair_measures[i].key, "not measured");
}
