/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The named values of a pair from what the other modules found:
 * 1. Time: delay and drift of the map with two standard errors, wow, what is shared, what was
 *    trimmed.
 * 2. Channels: from which part of the mix mid and side came, and with which sign, follow
 *    swapped channels and the polarity of left and right.
 * 3. Gain: the difference of the integrated loudness (BS.1770-5) of what is shared, by the
 *    pass, or by both files where all of both is shared.
 * 4. Tone, width and balance: see pair/result_tone.c.
 * 5. Dynamics: see pair/result_dynamics.c.
 * 6. Differences between the measures of both files.
 * A value that cannot be had is absent with a reason. Bounds are those of docs/pair-method.md.
 */
#include "pair/result.h"

#include "core/alloc.h"
#include "core/num.h"
#include "dsp/gating.h"
#include "measure/fingerprint.h"
#include "pair/added_noise.h"
#include "pair/channel_lag.h"
#include "pair/result_channels.h"
#include "pair/result_dynamics.h"
#include "pair/result_faults.h"
#include "pair/result_tone.h"
#include "pair/tails.h"
#include "pair/values.h"

#include <math.h>
#include <string.h>

/* Bands of 200 Hz ... 4 kHz. */
enum { BAND_200 = 10, BAND_4K = 23 };

/* An equaliser's own delay: those of docs/pair-method.md moved the music by 0.3 frames. */
static const double phase_frames = 0.5;
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
    const char *over = f->turned->found ? "phases are turned far, which smears them"
                       : f->added_noise_db > hs_added_noise_over_tails_db
                           ? "steady noise lies over them"
                       : f->added->n && f->added->db > loud_db ? "a steady tone lies over them"
                                                               : NULL;
    const bool steady = f->added->n > 0 || isfinite(f->added_noise_db),
               ridden = f->devices->n_fades + f->devices->n_rides > 0 &&
                        !hs_values_read(v, "level_slope", &slope);
    double error = 0, change = NAN;
    if (!over)
        change = hs_tails_change(f->pass, f->reduction, ridden ? f->reduction->slow_db : NULL,
                                 steady, &error);
    if (isfinite(change))
        hs_values_number_bound(v, "tail_change_db", change, error);
    else
        hs_values_absent(v, "tail_change_db", "%s",
                         over ? over : "sounds do not die away often enough");
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

static void put_turned(const struct hs_smeared *t, struct hs_values *v)
{
    if (!t->found)
        return;
    hs_values_number(v, "turned_ms", t->late_ms);
    hs_values_number(v, "turned_hz", t->late_hz);
}

/* Every measure of a pair; one that is missing is absent with a reason. */
void hs_result_values(const struct hs_found *f, struct hs_values *v)
{
    put_time(f, v);
    hs_result_channels(f, v);
    put_gain(f, v);
    const double lag_s = f->middle ? (double)NAN : hs_channel_lag_s(&f->pass->transfer);
    if (!hs_channel_lag_put_parts(f->late, hs_values_or_nan(&f->master->values, "duration_s"), v) &&
        (!f->middle || f->late->n))
        hs_channel_lag_put(lag_s, f->late, &f->mix->values, v);
    hs_result_tone(f, lag_s, v);
    hs_result_dynamics(f, v);
    hs_result_faults(f, v);
    put_tails(f, v);
    put_turned(f->turned, v);
    put_changes(f, v);
    for (size_t i = 0; i < hs_n_pair_measures; i++)
        if (!hs_values_get(v, hs_pair_measures[i].key))
            hs_values_absent(v, hs_pair_measures[i].key, "not measured");
}
