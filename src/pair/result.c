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
 * 5. Dynamics: reduction, ratio, static curve, distortion, encoder, as far as hs_devices names
 *    a processor for them. Without one the reduction is 0 within its bound.
 * 6. Differences between the measures of both files.
 * A value that cannot be had is absent with a reason. Bounds are those of docs/pairs.md.
 */
#include "pair/result.h"

#include "core/alloc.h"
#include "core/num.h"
#include "dsp/gating.h"
#include "measure/fingerprint.h"
#include "pair/ratio.h"
#include "pair/silenced.h"
#include "pair/tails.h"
#include "pair/values.h"

#include <math.h>
#include <string.h>

/* Bands of 200 Hz ... 2 kHz, by which spectra are levelled; of 315 Hz ... 8 kHz. */
enum { BAND_200 = 10, BAND_2K = 20, BAND_315 = 12, BAND_4K = 23, BAND_8K = 26 };

/* What FFmpeg's compressor of known settings was read as (docs/pairs.md): the threshold is
 * that of an average of moments, the slope 1 - 1/ratio was within this. */
static const double threshold_error_db = 4, slope_error = 0.1;
/* Below this slope or this share of the gain explained no ratio is told; above, none either. */
static const double least_slope = 0.1, least_slope_r2 = 0.5, limiting_slope = 0.9;
static const float most_drawn_db = 12;

/* An equaliser's own delay: those of docs/pairs.md moved the music by 0.3 frames. */
static const double phase_frames = 0.5;
/* A delay that is followed with an error loses coherence g2 = exp(-p^2) and gain
 * exp(-p^2 / 2), p the error in radians: 4.34 dB for each 1 - g2. */
static const double unsteady_error_db = 4.34;
/* Of two loudnesses by the same meter: what a block at the gate can move. */
static const double loudness_error_db = 0.02;
/* By windows of 3 s, whose ends reach beyond what is shared. */
static const double skimmed_error_db = 0.2;

/* Furthest that a tape strays from its line; *robust: its robust deviation. */
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

static void put_time(const struct hs_found *f, struct hs_values *v)
{
    const struct hs_fine *a = f->fine;
    double start = a->from_s, end = a->to_s;
    double tick = 0.05 / a->rate_hz;
    double slope = fmax(2 * a->fit.slope_error, tick / fmax(end - start, 1));
    double offset = fmax(2 * a->fit.offset_error, phase_frames / a->rate_hz);
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
    hs_values_number(v, "mix_to_s", hs_time_map_at(a->line, end) + hs_wow_at(&f->line->wow, end));
    double mix_s = hs_values_or_nan(&f->mix->values, "duration_s");
    double master_s = hs_values_or_nan(&f->master->values, "duration_s");
    hs_values_number(v, "trim_start_s", a->line.delay_s);
    hs_values_number(v, "trim_end_s", mix_s - hs_time_map_at(a->line, master_s));
}

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

static void put_gain(const struct hs_found *f, struct hs_values *v)
{
    const struct hs_pass *p = f->pass;
    if (isfinite(f->skimmed_gain_db)) {
        hs_values_number_bound(v, "gain_db", f->skimmed_gain_db, skimmed_error_db);
        return;
    }
    if (!p->measures_loudness) { /* all of both files is shared */
        hs_values_number_bound(v, "gain_db",
                               hs_values_or_nan(&f->master->values, "integrated_lufs") -
                                   hs_values_or_nan(&f->mix->values, "integrated_lufs"),
                               loudness_error_db);
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

static void put_equaliser(const struct hs_found *f, struct hs_values *v)
{
    struct hs_bands mid, side;
    hs_transfer_bands(&f->pass->transfer, 0, &mid);
    hs_transfer_bands(&f->pass->transfer, 1, &side);
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

static void put_balance(const struct hs_found *f, struct hs_values *v)
{
    const struct hs_transfer *t = &f->pass->transfer;
    double bin_hz = t->rate_hz / (double)t->n, left = 0, right = 0;
    for (size_t k = (size_t)(200 / bin_hz); k < (size_t)(4000 / bin_hz) && k < t->bins; k++) {
        double complex h[2][2];
        hs_transfer_solve(t, k, h);
        bool side = t->xx[1][k] > 1e-5 * t->xx[0][k];
        double complex l = h[0][0] + h[0][1], r = h[0][0] - h[0][1];
        if (side) {
            l = (l + h[1][0] + h[1][1]) / 2;
            r = (r - h[1][0] + h[1][1]) / 2;
        }
        double w = t->xx[0][k] + t->xx[1][k];
        left += w * (pow(creal(l), 2) + pow(cimag(l), 2));
        right += w * (pow(creal(r), 2) + pow(cimag(r), 2));
    }
    if (left > 0 && right > 0)
        hs_values_number(v, "balance_change_db", hs_db_from_power(left / right));
    else
        hs_values_absent(v, "balance_change_db", "one channel is silent");
}

static void put_compressor(const struct hs_found *f, struct hs_values *v)
{
    struct hs_ratio found;
    hs_ratio_find(f->pass, f->reduction, &found);
    const double r2 = f->reduction->power.r2;
    if (isfinite(found.threshold_db))
        hs_values_number_bound(v, "threshold_db", found.threshold_db, threshold_error_db);
    else
        hs_values_absent(v, "threshold_db", "the gain falls at no level");
    if (found.slope > limiting_slope)
        hs_values_absent(v, "ratio", "limiting: what goes in hardly shows in what comes out");
    else if (!(found.slope >= least_slope) || r2 < least_slope_r2)
        hs_values_absent(v, "ratio", "the gain does not follow level closely");
    else {
        double ratio = 1 / (1 - found.slope), steeper = fmin(found.slope + slope_error, 0.99);
        hs_values_number_bound(v, "ratio", ratio, 1 / (1 - steeper) - ratio);
    }
}

static void put_static_curve(const struct hs_found *f, struct hs_values *v)
{
    static const char *const why[] = {
        [HS_PROCESSOR_NONE] = "nothing is reduced by level",
        [HS_PROCESSOR_LIMITER] = "limiters and clippers follow peaks, not the level",
        [HS_PROCESSOR_CLIPPER] = "limiters and clippers follow peaks, not the level",
        [HS_PROCESSOR_MULTIBAND] = "each band has its own",
    };
    const enum hs_processor last = f->devices->last;
    if (last == HS_PROCESSOR_COMPRESSOR) {
        put_compressor(f, v);
        return;
    }
    hs_values_absent(v, "ratio", "%s", why[last]);
    if (last == HS_PROCESSOR_LIMITER || last == HS_PROCESSOR_CLIPPER)
        hs_values_number(v, "threshold_db", hs_db_from_amplitude(f->models->peak_top));
    else
        hs_values_absent(v, "threshold_db", "%s", why[last]);
}

static bool has_gain_device(const struct hs_devices *d)
{
    return d->gain || d->multiband;
}

/* Where no device is proven there is no reduction: what the gain does is inside the bound. */
static void put_figures(const struct hs_found *f, struct hs_values *v)
{
    const struct hs_reduction *r = f->reduction;
    const struct hs_devices *d = f->devices;
    const bool named = has_gain_device(d);
    static const char *const keys[] = {"gain_reduction_db.median", "gain_reduction_db.p95"};
    const double found[] = {r->median_db, r->p95_db};
    for (int i = 0; i < 2; i++)
        if (d->pure)
            hs_values_absent(v, keys[i], "clipped, not turned down: see curve");
        else
            hs_values_number_bound(v, keys[i], named ? found[i] : 0, d->bound_db);
    hs_values_flag(v, "gain_reduction_lower_bound", named && r->lower_bound);
}

static float clamp(float x, float most)
{
    return x < 0 ? 0 : x > most ? most : x;
}

/* For the eye: medians of 50 ms of active moments, 0 to 12 dB. */
static void put_series(const struct hs_found *f, struct hs_values *v)
{
    enum { AROUND = 2 };
    const struct hs_reduction *r = f->reduction;
    float *out = hs_malloc((r->n + 1) * sizeof *out);
    for (size_t i = 0; i < r->n; i++) {
        double x[2 * AROUND + 1];
        size_t n = 0;
        for (size_t k = i > AROUND ? i - AROUND : 0; k <= i + AROUND && k < r->n; k++)
            if (isfinite(r->db[k]))
                x[n++] = (double)r->db[k];
        out[i] = isfinite(r->db[i]) ? clamp((float)hs_median(x, n), most_drawn_db) : NAN;
    }
    hs_values_series(v, "gain_reduction_series", out, r->n, f->pass->start_s, 1.0 / HS_PASS_HZ);
    hs_free(out);
}

static void put_bands(const struct hs_found *f, struct hs_values *v)
{
    double db[HS_MODEL_BANDS];
    if (!f->devices->multiband) {
        hs_values_absent(v, "reduction_bands_db", "the gain of all bands moves together");
        return;
    }
    for (int b = 0; b < HS_MODEL_BANDS; b++)
        db[b] = f->models->band_coherent[b] ? f->models->band_p95_db[b] : NAN;
    hs_values_array(v, "reduction_bands_db", db, HS_MODEL_BANDS);
}

/* Pairs of heights going in and coming out, full scale = 1. */
static void put_curve(const struct hs_found *f, struct hs_values *v)
{
    const struct hs_static_curve *c = f->devices->shape;
    double out[2 * HS_CURVE_BINS];
    if (!c) {
        hs_values_absent(v, "curve", "no curve is proven");
        return;
    }
    for (size_t k = 0; k < c->n; k++) {
        out[2 * k] = c->in[k] * c->ceiling;
        out[2 * k + 1] = (c->in[k] + c->added[k]) * c->ceiling;
    }
    hs_values_array(v, "curve", out, 2 * c->n);
}

/* Below these figures a filter or an encoder alone reads as much. */
static void put_distortion(const struct hs_found *f, struct hs_values *v)
{
    const double least_db = f->encoder->found ? -38 : -45;
    const struct hs_static_curve *c = f->devices->shape;
    const char *why = !c ? "no curve is proven"
                      : c->distortion.db < least_db
                          ? "less than can be told from an encoder's noise"
                          : NULL;
    if (why) {
        hs_values_absent(v, "distortion_db", "%s", why);
        hs_values_absent(v, "cut_ppm", "%s", why);
        return;
    }
    hs_values_number(v, "distortion_db", c->distortion.db);
    hs_values_number(v, "cut_ppm", 1e6 * c->distortion.cut_share);
}

static void put_encoder(const struct hs_found *f, struct hs_values *v)
{
    const struct hs_encoder *e = f->encoder;
    if (e->found) {
        hs_values_number(v, "encoded.bandwidth_hz", e->bandwidth_hz);
        hs_values_number(v, "encoded.noise_db", e->noise_db);
    } else {
        hs_values_absent(v, "encoded.bandwidth_hz", "no noise that follows the music");
        hs_values_absent(v, "encoded.noise_db", "no noise that follows the music");
    }
}

static void put_dynamics(const struct hs_found *f, struct hs_values *v)
{
    const struct hs_devices *d = f->devices;
    const struct hs_reduction *r = f->reduction;
    if (r->n_active < HS_PASS_HZ) {
        hs_values_absent(v, "gain_reduction_db.median", "less than 1 s of sound");
        hs_values_absent(v, "gain_reduction_db.p95", "less than 1 s of sound");
        hs_values_absent(v, "reducer", "less than 1 s of sound");
    } else {
        put_figures(f, v);
        hs_values_text(v, "reducer", hs_processor_name(d->last));
        if (has_gain_device(d))
            put_series(f, v);
    }
    put_static_curve(f, v);
    put_bands(f, v);
    put_curve(f, v);
    put_distortion(f, v);
    put_encoder(f, v);
    hs_values_flag(v, "hidden_compressor", d->hidden_compressor);
    const struct {
        const char *key;
        double value;
    } rows[] = {{"ceiling_hits", r->ceiling_hits},
                {"level_r2", r->best->r2},
                {"knee_db", d->knee_db},
                {"curve_drop_db", f->models->drop_top_db},
                {"band_drop_db", f->models->band_drop_db},
                {"calm_p90_db", r->calm_p90_db}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (isfinite(rows[i].value) && !f->models->settled)
            hs_values_number(v, rows[i].key, rows[i].value);
        else
            hs_values_absent(v, rows[i].key, "nothing to be looked at");
    hs_values_array(v, "model_residuals_db", f->models->residual_db, HS_N_MODELS);
    const double fades[2] = {d->fade_in_s, d->fade_out_s};
    for (int i = 0; i < 2; i++) {
        const char *key = i ? "fade_out_s" : "fade_in_s";
        if (isfinite(fades[i]))
            hs_values_number(v, key, fades[i]);
        else
            hs_values_absent(v, key, "less than 2 s of sound");
    }
    hs_values_number(v, "slow_range_db", r->slow_range_db);
    hs_values_number(v, "silenced_s", hs_silenced_seconds(r));
    hs_values_number(v, "residual_db", f->residual_db);
}

void hs_result_devices(const struct hs_found *f, struct hs_arena *arena, struct hs_pair *out)
{
    const struct hs_devices *d = f->devices;
    struct hs_device_use *chain = HS_ARENA_ARRAY(arena, struct hs_device_use, d->n_chain + 1);
    struct hs_passage *slow = HS_ARENA_ARRAY(arena, struct hs_passage, d->n_fades + d->n_rides + 1);
    memcpy(chain, d->chain, d->n_chain * sizeof *chain);
    memcpy(slow, d->fades, d->n_fades * sizeof *slow);
    memcpy(slow + d->n_fades, d->rides, d->n_rides * sizeof *slow);
    out->chain = chain, out->n_chain = d->n_chain;
    out->fades = slow, out->n_fades = d->n_fades;
    out->rides = slow + d->n_fades, out->n_rides = d->n_rides;
}

static void put_tails(const struct hs_found *f, struct hs_values *v)
{
    double error, change = hs_tails_change(f->pass, f->reduction, &error);
    if (isfinite(change))
        hs_values_number_bound(v, "tail_change_db", change, error);
    else
        hs_values_absent(v, "tail_change_db", "sounds do not die away often enough");
    const struct hs_value *text = hs_values_get(&f->mix->values, HS_FINGERPRINT_KEY);
    double dip = text && text->kind == HS_TEXT
                     ? hs_ducking(f->pass, f->reduction, text->text, f->fine->line)
                     : NAN;
    if (isfinite(dip))
        hs_values_number(v, "ducking_db", dip);
    else
        hs_values_absent(v, "ducking_db", "too few low hits");
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
                                          {"hum_change_db", "hum_db"},
                                          {"channel_delay_change_ms", "channel_delay_ms"}};
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

void hs_result_values(const struct hs_found *f, struct hs_values *v)
{
    put_time(f, v);
    put_channels(f, v);
    put_gain(f, v);
    put_equaliser(f, v);
    put_balance(f, v);
    put_dynamics(f, v);
    put_tails(f, v);
    put_changes(f, v);
    for (size_t i = 0; i < hs_n_pair_measures; i++)
        if (!hs_values_get(v, hs_pair_measures[i].key))
            hs_values_absent(v, hs_pair_measures[i].key, "not measured");
}
