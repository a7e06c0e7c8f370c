/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reduction, ratio, static curve, distortion and encoder are given as far as hs_devices names a
 * processor for them. Without one the reduction is 0 within its bound. Bounds are those of
 * docs/pair-method.md.
 */
#include "pair/result_dynamics.h"

#include "core/alloc.h"
#include "core/num.h"
#include "pair/ratio.h"
#include "pair/residual_course.h"
#include "pair/result_gain.h"

#include <math.h>
#include <string.h>

/* What FFmpeg's compressor of known settings was read as (docs/pair-method.md): the threshold is
 * that of an average of moments, the slope 1 - 1/ratio was within this. */
static const double threshold_error_db = 4, slope_error = 0.1;
/* Below this slope or this share of the gain explained no ratio is given; above, none either. */
static const double least_slope = 0.1, least_slope_r2 = 0.5, limiting_slope = 0.9;
static const float most_drawn_db = 12;

/* Threshold and ratio of the static curve. */
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

/* Only a compressor has a ratio. */
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
    hs_values_flag(v, "gain_reduction_lower_bound", named && d->lower_bound);
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

/* A gain device on the middle or on the sides alone. */
static void put_part(const struct hs_found *f, struct hs_values *v)
{
    if (f->devices->gain && f->models->part >= 0)
        hs_values_text(v, "gain_part", f->models->part ? "sides" : "middle");
}

static void put_bands(const struct hs_found *f, struct hs_values *v)
{
    double db[HS_MODEL_BANDS];
    if (!f->devices->multiband) {
        hs_values_absent(v, "reduction_bands_db", "the gain of all bands moves together");
        return;
    }
    for (int b = 0; b < HS_MODEL_BANDS; b++)
        db[b] = f->models->band_coherent[b] ? f->models->band_reduction_db[b] : NAN;
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
    if (f->models->only >= 0 && c == &f->models->alone)
        hs_values_text(v, "curve_channel", f->models->only ? "right" : "left");
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
    if (e->name)
        hs_values_text(v, "encoded.by", e->name);
}

static void put_added(const struct hs_added_tone *a, struct hs_values *v)
{
    if (!a->n)
        return;
    hs_values_array(v, "added_tones_hz", a->hz, HS_ADDED_TONES);
    hs_values_number(v, "added_tones_db", a->db);
}

static void put_other(const struct hs_other_sound *o, struct hs_values *v)
{
    if (!o->found)
        return;
    hs_values_array(v, "other_sound_hz", (double[]){o->from_hz, o->to_hz}, 2);
    hs_values_number(v, "other_sound_in", o->louder_in);
}

/* Figures, curves, devices and what they were found by. */
void hs_result_dynamics(const struct hs_found *f, struct hs_values *v)
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
    put_part(f, v);
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
    hs_result_gain(f, v);
    put_added(f->added, v);
    if (isfinite(f->added_noise_db))
        hs_values_number(v, "added_noise_db", f->added_noise_db);
    put_other(f->other, v);
    hs_values_number(v, "residual_db", f->residual_db);
    hs_residual_course_put(f->pass, v);
}

/* Copies that live in the arena. */
void hs_result_devices(const struct hs_found *f, struct hs_arena *arena, struct hs_pair *out)
{
    const struct hs_devices *d = f->devices;
    struct hs_device_use *chain = HS_ARENA_ARRAY(arena, struct hs_device_use, d->n_chain + 1);
    struct hs_passage *slow = HS_ARENA_ARRAY(arena, struct hs_passage, d->n_fades + d->n_rides + 1);
    memcpy(chain, d->chain, d->n_chain * sizeof *chain);
    memcpy(slow, d->fades, d->n_fades * sizeof *slow);
    size_t n_rides = 0;
    for (size_t i = 0; i < d->n_rides; i++)
        if (!hs_result_is_drop(&out->values, &d->rides[i]))
            slow[d->n_fades + n_rides++] = d->rides[i];
    out->chain = chain, out->n_chain = d->n_chain;
    out->fades = slow, out->n_fades = d->n_fades;
    out->rides = slow + d->n_fades, out->n_rides = n_rides;
}

/* What is smeared makes a residual that looks like devices. */
void hs_result_hide_devices(struct hs_pair *out, const char *why)
{
    static const char *const keys[] = {"gain_reduction_db.median",
                                       "gain_reduction_db.p95",
                                       "gain_reduction_lower_bound",
                                       "gain_reduction_series",
                                       "reducer",
                                       "ratio",
                                       "threshold_db",
                                       "reduction_bands_db",
                                       "curve",
                                       "curve_channel",
                                       "gain_part",
                                       "distortion_db",
                                       "cut_ppm",
                                       "encoded.bandwidth_hz",
                                       "encoded.noise_db",
                                       "level_slope"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        hs_values_absent(&out->values, keys[i], "%s", why);
    /* a delay makes a gain that swings */
    if (hs_values_get(&out->values, "swing_hz")) {
        hs_values_absent(&out->values, "swing_hz", "%s", why);
        hs_values_absent(&out->values, "swing_db", "%s", why);
    }
    out->n_chain = 0;
}
