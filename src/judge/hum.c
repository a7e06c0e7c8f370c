/* SPDX-License-Identifier: Apache-2.0 */
#include "judge/hum.h"

#include "judge/correct.h"
#include "judge/pair_side.h"
#include "judge/reading.h"
#include "judge/scale.h"

#include <math.h>

/* A line that is off 50 or 60 Hz may be mains from a tape at another speed, or one of the lowest
 * notes (within 0.4 %): then no notch is proposed, because it would take out a bass line. */
static bool may_be_a_note(double hz)
{
    static const double notes_hz[] = {49.00, 51.91, 58.27, 61.74}; /* G1 G#1 A#1 B1 */
    const double near = 0.004;
    for (size_t i = 0; i < sizeof notes_hz / sizeof *notes_hz; i++)
        if (fabs(hz / notes_hz[i] - 1) <= near)
            return true;
    return false;
}

/* Mains from a tape at another speed: tones at multiples of one of 45.5 to 65 Hz, where no note of
 * equal temperament (A4 at 440 Hz) is near. NaN: none of this. */
static double shifted_mains(const struct hs_value *hz)
{
    const double low_hz = 45.5, high_hz = 65, near_share = 0.004, near_note = 0.01;
    const double first = hz->array[0], steps = 12 * log2(first / 440);
    if (!(first >= low_hz && first <= high_hz))
        return NAN;
    for (size_t n = 1; n < hz->n && isfinite(hz->array[n]); n++)
        if (fabs(hz->array[n] / (round(hz->array[n] / first) * first) - 1) > near_share)
            return NAN;
    const double off = fabs(exp2((steps - round(steps)) / 12) - 1);
    return off > near_note ? first : NAN;
}

/* A hum that came in since the mix: steady tones that the mix does not have, all of them at
 * multiples of 50 or 60 Hz up to the eighth, the lowest of them up to the third, or of mains at
 * another speed. NaN: none. */
static double added_hum(const struct hs_case *c, double *mains)
{
    static const double mains_hz[] = {50, 60};
    const double near_share = 0.004;
    const struct hs_values *pair = c->role == HS_ROLE_MASTER ? hs_case_pair(c) : NULL;
    const struct hs_value *hz = pair ? hs_values_get(pair, "added_tones_hz") : NULL;
    double db;
    if (!hz || hz->kind != HS_ARRAY || !hz->n || !hs_values_read(pair, "added_tones_db", &db))
        return NAN;
    for (size_t m = 0; m < sizeof mains_hz / sizeof *mains_hz; m++) {
        size_t fits = 0, n = 0;
        for (; n < hz->n && isfinite(hz->array[n]); n++) {
            const double order = round(hz->array[n] / mains_hz[m]);
            fits += order >= 1 && order <= (n ? 8 : 3) &&
                    fabs(hz->array[n] / (order * mains_hz[m]) - 1) <= near_share;
        }
        *mains = mains_hz[m];
        if (n && fits == n)
            return db;
    }
    *mains = shifted_mains(hz);
    return isfinite(*mains) ? db : NAN;
}

/* What the pair shows to have come in is no drone of the song, however loud it is. Of it and of
 * the hum of the file the graver counts. */
static void read_added_hum(const struct hs_rule *rule, const struct hs_case *c,
                           struct hs_reading *out)
{
    double mains, db = added_hum(c, &mains);
    if (!isfinite(db) || (out->judged && out->at_most >= HS_SEVERE && out->value > db))
        return;
    if (out->judged && hs_severity_least(hs_scale_severity_on(rule->thresholds, out->value),
                                         out->at_most) > hs_scale_severity_on(rule->thresholds, db))
        return;
    hs_reading_value(out, db);
    out->at_most = HS_SEVERE;
    out->proven = true;
    out->evidence = hs_arena_printf(c->arena,
                                    "Steady tones at multiples of %.*f Hz, %.0f dB below the "
                                    "master, that are not in %s.",
                                    round(mains) != mains, mains, -db, hs_case_other(c));
}

/* A hum on a pitch that music uses is a note at most. A file that was measured and has no lines
 * reads -120 dB. */
static void read_hum_of_file(const struct hs_case *c, struct hs_reading *out)
{
    double db, hz;
    if (hs_values_get(c->values, "bands_db") && hs_values_read(c->values, "duration_s", &db) &&
        hs_values_absence(c->values, "hum_db") == HS_NOTHING_THERE) {
        hs_reading_value(out, -120);
        return;
    }
    if (!hs_need(c, "hum_db", &db, out))
        return;
    hs_reading_value(out, db);
    if (!hs_values_read(c->values, "hum_hz", &hz))
        return;
    double from_s, to_s;
    bool note = may_be_a_note(hz), passage = hs_values_read(c->values, "hum_from_s", &from_s) &&
                                             hs_values_read(c->values, "hum_to_s", &to_s);
    out->at_most = note ? HS_NOTE : passage ? HS_MINOR : HS_SEVERE;
    out->evidence = hs_arena_printf(
        c->arena, "Steady lines at multiples of %.1f Hz, %.0f dB below the programme%s.%s", hz, -db,
        passage ? hs_arena_printf(c->arena, ", from %d:%02d to %d:%02d", (int)from_s / 60,
                                  (int)from_s % 60, (int)to_s / 60, (int)to_s % 60)
                : "",
        note ? " They may be a note: nothing is to be taken out." : "");
}

void hs_read_hum(const struct hs_rule *rule, const struct hs_case *c, struct hs_reading *out)
{
    read_hum_of_file(c, out);
    read_added_hum(rule, c, out);
}

void hs_correct_hum(const struct hs_rule *rule, const struct hs_case *c, const struct hs_finding *f,
                    struct hs_correction *out)
{
    (void)rule;
    double hz, mains;
    const bool added = isfinite(added_hum(c, &mains));
    if (!added && hs_values_read(c->values, "hum_hz", &hz) && may_be_a_note(hz))
        return;
    hs_correct_words(c, f, out, &hs_move_notches,
                     added ? "Master again from the mix, which does not have it; else notch the "
                             "mains frequency and its multiples."
                           : "Notch the mains frequency and its multiples.");
    if (hs_values_read(c->values, "hum_hz", &hz))
        out->hz = hz;
    else if (added)
        out->hz = mains;
    out->q = 30;
}
