/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. The end, for masters: the new file's, on the clock of the old one. Music that is missing from
 *    one second on (cut off, or silenced at the same length), or a file that is longer by two,
 *    strayed; silence that was taken away is a remark. A file that is cut differently has no such
 *    end.
 * 2. Channels that were not the same and now are.
 * 3. Another sample rate is a remark: a delivery may ask for it.
 */
#include "catalogue/side_effects_file.h"

#include "catalogue/verify_files.h"
#include "judge/reading.h"

#include <math.h>

static const double missing_step_s = 1, length_step_s = 2;
static const double stereo_db = -40;

static void add(struct hs_verification *v, size_t most, struct hs_side_effect s)
{
    if (v->n_side_effects < most)
        v->side_effects[v->n_side_effects++] = s;
}

/* Where a place of the new file lies in the old one. */
static double in_old_s(const struct hs_verification *v, double at_s)
{
    const struct hs_values *pair = &v->pair.values;
    return hs_values_or_nan(pair, "delay_s") +
           at_s * (1 + 1e-6 * hs_values_or_nan(pair, "drift_ppm"));
}

/* Silence at the end that was not measured is taken for none. */
static double trailing_s(const struct hs_values *v)
{
    double s = 0;
    hs_values_read(v, "trailing_silence_s", &s);
    return s;
}

/* Whether the old file has music from a place on: more than 40 LU below the whole is the noise that
 * is left when it has ended. Without the course of loudness nobody knows. */
static bool plays_from(const struct hs_values *old, double from_s, double to_s)
{
    const double far_below_lu = 40;
    const struct hs_value *course = hs_values_get(old, "short_term_lufs");
    double whole;
    if (!course || course->kind != HS_SERIES || !(course->step_s > 0) ||
        !hs_values_read(old, "integrated_lufs", &whole))
        return false;
    for (size_t i = 0; i < course->n; i++) {
        double at_s = course->start_s + (double)i * course->step_s;
        if (at_s >= from_s && at_s <= to_s && course->series[i] >= whole - far_below_lu)
            return true;
    }
    return false;
}

static void look_at_end(const struct hs_values *old, const struct hs_values *now,
                        struct hs_arena *arena, size_t most, struct hs_verification *v)
{
    double old_s = hs_values_or_nan(old, "duration_s"), now_s = hs_values_or_nan(now, "duration_s");
    double longer_s = in_old_s(v, now_s) - old_s;
    double missing_s = old_s - trailing_s(old) - in_old_s(v, now_s - trailing_s(now));
    struct hs_side_effect s = {.what = "end", .unit = "s", .change = longer_s};
    if (v->kind != HS_UPDATE_MASTER || v->pair.state != HS_PAIR_ALIGNED)
        return;
    double end_s = old_s - trailing_s(old);
    bool muted = missing_s >= missing_step_s && plays_from(old, end_s - missing_s, end_s);
    if (missing_s >= missing_step_s && (muted || -longer_s >= missing_step_s)) {
        s.change = -missing_s;
        s.step = missing_step_s;
        s.words = hs_arena_printf(arena, "the last %.1f s of the music are missing", missing_s);
    } else if (fabs(longer_s) >= length_step_s) {
        s.step = length_step_s;
        s.remark = longer_s < 0;
        s.words = hs_arena_printf(arena, "ends %.1f s %s than the old file", fabs(longer_s),
                                  longer_s > 0 ? "later" : "earlier");
    } else
        return;
    add(v, most, s);
}

void hs_side_effects_file(struct hs_arena *arena, size_t most, struct hs_verification *out)
{
    const struct hs_values *old = &hs_verify_old(out->track, out->kind)->values;
    const struct hs_values *now = &out->track->update.values;
    double side_db, rate = hs_values_or_nan(now, "sample_rate_hz");
    look_at_end(old, now, arena, most, out);
    if (hs_values_read(old, "side_mid_db", &side_db) && side_db > stereo_db && hs_values_mono(now))
        add(out, most,
            (struct hs_side_effect){.what = "mono",
                                    .unit = "",
                                    .change = NAN,
                                    .step = NAN,
                                    .words = "both channels are the same; the old file is stereo"});
    double before = hs_values_or_nan(old, "sample_rate_hz");
    if (fabs(rate - before) > 0)
        add(out, most,
            (struct hs_side_effect){.what = "sample rate",
                                    .unit = "Hz",
                                    .change = rate - before,
                                    .step = NAN,
                                    .remark = true,
                                    .words = hs_arena_printf(arena, "%g kHz before, %g kHz now",
                                                             before / 1000, rate / 1000)});
}
