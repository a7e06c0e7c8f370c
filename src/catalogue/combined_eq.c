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

/* The rules that read nothing else of a file. */
static bool reads_bands_alone(const struct hs_rule *rule)
{
    return rule && rule->needs[0] && !strcmp(rule->needs[0], "bands_db") && !rule->needs[1];
}

/* A change of the mix arrives in the master as well, but not the other way about. */
static bool reaches(const struct hs_plan_step *move, const struct hs_plan_step *file)
{
    return move->where == HS_PLACE_MIX || file->where == HS_PLACE_MASTER;
}

static void put_curves(const struct hs_track_result *t, const struct hs_plan_step *steps, size_t n,
                       const struct hs_plan_step *file, double bands[HS_BANDS])
{
    for (size_t i = 0; i < n; i++) {
        const struct hs_correction *c = &t->findings[steps[i].finding].correction;
        if (!reaches(&steps[i], file) || c->channel != HS_CHANNEL_BOTH)
            continue;
        for (size_t b = 0; b < HS_BANDS; b++) {
            double db = hs_move_eq_db(c->move->shape, c->hz, c->db, c->q, hs_band_hz(b));
            bands[b] += isfinite(db) ? db : 0;
        }
    }
    hs_bands_centre(bands);
}

static double read_bands(const struct hs_rule *rule, const double bands[HS_BANDS],
                         struct hs_arena *arena)
{
    struct hs_values v;
    hs_values_init(&v, arena);
    hs_values_array(&v, "bands_db", bands, HS_BANDS);
    struct hs_case c = {.role = HS_ROLE_MASTER, .values = &v, .arena = arena};
    struct hs_reading r = {.judged = false};
    rule->read(rule, &c, &r);
    return r.judged ? r.value : NAN;
}

void hs_combined_eq(const struct hs_track_result *t, struct hs_plan_step *steps, size_t n)
{
    struct hs_arena scratch = {0};
    for (size_t i = 0; i < n; i++) {
        const struct hs_rule *rule = hs_rule_find(t->findings[steps[i].finding].rule);
        const struct hs_file *file = steps[i].where == HS_PLACE_MIX ? &t->mix : &t->master;
        const double *old = hs_values_doubles(&file->values, "bands_db", HS_BANDS);
        if (!reads_bands_alone(rule) || !old || !isfinite(steps[i].planned))
            continue;
        double bands[HS_BANDS];
        memcpy(bands, old, sizeof bands);
        put_curves(t, steps, n, &steps[i], bands);
        double move = read_bands(rule, bands, &scratch) - read_bands(rule, old, &scratch);
        if (isfinite(move))
            steps[i].planned = steps[i].now + move;
    }
    hs_arena_free(&scratch);
}
