/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Shelves and bells of one plan meet in the same spectrum: a cut of the low middle lifts
 * the treble's share. The values that a plan promises are read from the old spectrum with
 * all its curves on it, not from each curve alone.
 */
#include "catalogue/combined_eq.h"

#include "catalogue/verify.h"
#include "judge/rule.h"
#include "model/measure.h"

#include <math.h>
#include <string.h>

/* A change of the mix arrives in the master as well, but not the other way about. */
static bool reaches(const struct hs_plan_step *move, const struct hs_plan_step *file)
{
    return move->where == HS_PLACE_MIX || file->where == HS_PLACE_MASTER;
}

/* Adds the curves of all steps that reach this file to its spectrum; `most`: at their largest dB.
 */
static void put_curves(const struct hs_track_result *t, const struct hs_plan_step *steps, size_t n,
                       const struct hs_plan_step *file, bool most, double bands[HS_BANDS])
{
    for (size_t i = 0; i < n; i++) {
        const struct hs_correction *c = &t->findings[steps[i].finding].correction;
        if (!reaches(&steps[i], file) || c->channel != HS_CHANNEL_BOTH)
            continue;
        for (size_t b = 0; b < HS_BANDS; b++) {
            double db = hs_move_eq_db(c->move->shape, c->hz, most ? c->db_most : c->db, c->q,
                                      hs_band_hz(b));
            bands[b] += isfinite(db) ? db : 0;
        }
    }
    hs_bands_centre(bands);
}

/* Corrections of a plan act together: what each rule will read then. */
void hs_combined_eq(const struct hs_track_result *t, struct hs_plan_step *steps, size_t n)
{
    struct hs_arena scratch = {0};
    for (size_t i = 0; i < n; i++) {
        const struct hs_rule *rule = hs_rule_find(t->findings[steps[i].finding].rule);
        const struct hs_file *file = steps[i].where == HS_PLACE_MIX ? &t->mix : &t->master;
        const double *old = hs_values_doubles(&file->values, "bands_db", HS_BANDS);
        if (!rule || !hs_rule_reads_bands(rule) || !old || !isfinite(steps[i].planned))
            continue;
        for (int most = 0; most < 2; most++) {
            double bands[HS_BANDS];
            memcpy(bands, old, sizeof bands);
            put_curves(t, steps, n, &steps[i], most, bands);
            double move =
                hs_rule_read_bands(rule, bands, &scratch) - hs_rule_read_bands(rule, old, &scratch);
            if (isfinite(move))
                *(most ? &steps[i].planned_most : &steps[i].planned) = steps[i].now + move;
        }
        /* the most is no less than enough, whatever the others do to both */
        double enough = steps[i].planned - steps[i].now, all = steps[i].planned_most - steps[i].now;
        if (!(all / enough >= 1))
            steps[i].planned_most = steps[i].planned;
    }
    hs_arena_free(&scratch);
}
