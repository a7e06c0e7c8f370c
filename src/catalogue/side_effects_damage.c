/* SPDX-License-Identifier: Apache-2.0 */
#include "catalogue/side_effects_damage.h"

#include "catalogue/verify_files.h"
#include "judge/pair_faults.h"
#include "judge/reading.h"

#include <math.h>

static bool old_pair_has(const struct hs_verification *v, const char *key)
{
    const struct hs_value *x = hs_values_get(&v->track->pair.values, key);
    return x && x->kind == HS_ARRAY && x->n;
}

void hs_side_effects_damage(const struct hs_audit *audit, struct hs_arena *arena, size_t most,
                            struct hs_verification *v)
{
    const enum hs_pair_state old = v->track->pair.state;
    const bool known = old == HS_PAIR_ALIGNED || old == HS_PAIR_EDITED;
    if (!known || hs_verify_is_remixed(v) || !hs_verify_is_planned(v, "damaged"))
        return;
    const bool skipped = old_pair_has(v, "skips") || old_pair_has(v, "lost");
    const bool broken = skipped || old_pair_has(v, "breaks") || old_pair_has(v, "clicks") ||
                        old_pair_has(v, "drops") || old_pair_has(v, "foreign") ||
                        hs_values_or_nan(&v->track->pair.values, "silenced_s") > 0;
    const struct hs_track_result both = hs_verify_both(v);
    const struct hs_case c = hs_verify_case(&both, audit, arena);
    struct hs_pair_fault fault[HS_PAIR_FAULTS_MOST];
    const size_t n = hs_pair_faults(&c, fault);
    for (size_t i = 0; i < n; i++)
        if (v->n_side_effects < most && hs_pair_fault_severity(&fault[i]) >= HS_MINOR &&
            ((fault[i].kind == HS_DAMAGE_SKIP && !skipped) ||
             (fault[i].kind == HS_DAMAGE_BREAKS && !broken)))
            v->side_effects[v->n_side_effects++] = (struct hs_side_effect){
                .what = "damaged", .unit = "", .change = NAN, .step = NAN, .words = fault[i].words};
}
