/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Each rule of the album is read on the old master and on the update, held against the built-in
 * distribution, or the spread of the release where that is wider, as in an audit. A side effect is
 * a fault of `minor` or more that lies a step further out than before. Rules that are switched off,
 * planned or have thresholds are left out.
 */
#include "catalogue/side_effects_album.h"

#include "catalogue/verify_files.h"
#include "judge/rule.h"
#include "judge/scale.h"

#include <math.h>
#include <string.h>

static bool is_off(const struct hs_job *job, const char *rule)
{
    for (size_t i = 0; i < job->n_rules; i++)
        if (!strcmp(job->rules[i].rule, rule))
            return job->rules[i].off;
    return false;
}

static struct hs_scale scale_of(const struct hs_rule *rule)
{
    const struct hs_builtin *b = hs_rule_builtin(rule);
    return (struct hs_scale){
        .rule = rule,
        .limit_steps = NAN,
        .d = {.centre = b->centre, .spread = b->spread, .n = b->n, .tail_scale = b->tail_scale}};
}

/* Whether the update stands out of its release, by one step more than the old file did. */
static bool by_rule(const struct hs_rule *rule, const struct hs_audit *audit,
                    struct hs_arena *arena, const struct hs_verification *v,
                    struct hs_side_effect *out)
{
    const struct hs_track_result *t = v->track;
    struct hs_scale s = scale_of(rule);
    struct hs_reading before = hs_verify_read(rule, audit, t, &t->master, v->kind, arena);
    struct hs_reading after = hs_verify_read(rule, audit, t, &t->update, v->kind, arena);
    s.d.spread = fmax(s.d.spread, after.spread);
    if (!after.judged || hs_scale_severity(&s, after.value) < HS_MINOR)
        return false;
    double was = before.judged ? hs_scale_steps(&s, before.value) : 0;
    if (hs_rule_reads_bands(rule) && t->mix.state == HS_FILE_OK) { /* back to the mix's own tone */
        struct hs_reading mix = hs_verify_read(rule, audit, t, &t->mix, v->kind, arena);
        was = mix.judged && mix.value * after.value > 0 ? fmax(was, hs_scale_steps(&s, mix.value))
                                                        : was;
    }
    if (hs_scale_steps(&s, after.value) < was + 1)
        return false;
    *out = (struct hs_side_effect){
        .what = rule->id,
        .unit = rule->unit,
        .change = after.value - (before.judged ? before.value : 0),
        .step = rule->jnd,
        .words = hs_arena_printf(arena, "%s than its release by %.1f %s (the old one by %.1f)",
                                 after.direction, fabs(after.value), rule->unit,
                                 before.judged ? fabs(before.value) : 0)};
    return true;
}

/* Rules that compare with the release, read on the old file and on the new one. */
void hs_side_effects_album(const struct hs_audit *audit, struct hs_arena *arena, size_t most,
                           struct hs_verification *out)
{
    if (out->kind != HS_UPDATE_MASTER)
        return;
    for (size_t i = 0; i < hs_rule_count() && out->n_side_effects < most; i++) {
        const struct hs_rule *rule = hs_rule_at(i);
        if (!rule->built_in_only || rule->thresholds || !hs_rule_builtin(rule) ||
            !rule->dimension->beside_others || is_off(audit->job, rule->id) ||
            hs_verify_is_planned(out, rule->id))
            continue;
        out->n_side_effects +=
            by_rule(rule, audit, arena, out, &out->side_effects[out->n_side_effects]);
    }
}
