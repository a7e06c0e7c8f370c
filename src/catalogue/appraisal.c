/* SPDX-License-Identifier: Apache-2.0 */
#include "catalogue/appraisal.h"

#include "catalogue/remedy.h"
#include "catalogue/trust.h"
#include "judge/rule.h"
#include "judge/scale.h"

#include <math.h>

/* As heavy as the ear lets it be. What is severe may lie far beyond where that begins, at five
 * steps: of fixed thresholds and of moves each doubling of the steps counts half a severity more,
 * up to two. Distances from other songs change with the references and count as they are. */
static double weight_of(const struct hs_finding *f)
{
    const double of_a_doubling = 0.5, most = 2;
    enum hs_severity severity = hs_trust_severity(f);
    double steps = fmax(f->moved ? (double)f->moved->steps : 0,
                        isnan(f->z) && isfinite(f->steps) ? f->steps : 0);
    double beyond = log2(steps / hs_severity_steps(HS_SEVERE));
    if (severity < HS_SEVERE || !(beyond > 0))
        return (double)severity;
    return (double)severity + fmin(of_a_doubling * beyond, most);
}

/* A cause is at least as bad as what it explains. */
static double severity_of(const struct hs_track_result *t, const struct hs_finding *f)
{
    double worst = weight_of(f);
    for (size_t i = 0; i < t->n_findings; i++) {
        const struct hs_finding *part = &t->findings[i];
        if (part->explained_by && hs_same_rule(part->explained_by, f->rule) && !part->accepted &&
            part->origin != HS_ORIGIN_CURED)
            worst = fmax(worst, weight_of(part));
    }
    return worst;
}

static double points_of(const struct hs_finding *f)
{
    struct hs_finding weighed = *f;
    weighed.severity = hs_trust_severity(f);
    return hs_remedy_points(&weighed);
}

static void speak_for(struct hs_help *h, const struct hs_track_result *t,
                      const struct hs_finding *f, struct hs_remedy r)
{
    double severity = severity_of(t, f);
    h->points += points_of(f);
    h->weight += severity;
    h->fix += severity * r.fixability;
    h->sure += severity * hs_remedy_confidence(t, f);
    if (severity > h->worst) {
        h->worst = severity;
        h->worst_fix = r.fixability;
        h->worst_sure = hs_remedy_confidence(t, f);
    }
    if (!h->lead || f->tier < h->lead->tier) /* what is known best leads */
        h->lead = f;
}

/* Adds a finding to every action that helps it: the one that mends it and heavier ones with its
 * full share, the cheaper one without a session with its smaller share (mastering can ease a fault
 * of the mix). Under HS_LEAVE all findings are summed. */
static void appraise_finding(const struct hs_track_result *t, const struct hs_finding *f,
                             struct hs_appraisal *a)
{
    double severity = severity_of(t, f);
    struct hs_remedy r = hs_remedy_of(t, f), cheaper = hs_remedy_without_session(t, f);
    a->n_leads++;
    a->sum += severity;
    a->worst = fmax(a->worst, severity);
    a->n_indicated += hs_remedy_only_indicated(f);
    a->n_inferred += f->tier == HS_INFERRED && points_of(f) > 0;
    if (!(points_of(f) > 0))
        return;
    for (int action = HS_LEAVE; action < HS_N_ACTIONS; action++) {
        if (action >= (int)r.action && action != HS_LEAVE && r.action != HS_LEAVE)
            speak_for(&a->by[action], t, f, r);
        else if (action >= (int)cheaper.action && action != HS_LEAVE && cheaper.action != HS_LEAVE)
            speak_for(&a->by[action], t, f, cheaper);
    }
    speak_for(&a->by[HS_LEAVE], t, f, r);
}

struct hs_appraisal hs_appraise(const struct hs_track_result *t)
{
    struct hs_appraisal a = {0};
    for (size_t i = 0; i < t->n_findings; i++)
        if (hs_finding_counts(&t->findings[i]))
            appraise_finding(t, &t->findings[i], &a);
    return a;
}

enum hs_action hs_appraisal_action(const struct hs_track_result *t, const struct hs_appraisal *a)
{
    double of_mix = 0;
    for (size_t i = 0; i < t->n_findings; i++)
        if (hs_finding_counts(&t->findings[i]) &&
            hs_remedy_of(t, &t->findings[i]).action == HS_RE_MIX)
            of_mix += points_of(&t->findings[i]);
    if (of_mix >= hs_remedy_needed(HS_RE_MIX))
        return HS_RE_MIX;
    double of_master = a->by[HS_RE_MASTER].points - a->by[HS_RE_UPLOAD].points;
    if (of_master >= hs_remedy_needed(HS_RE_MASTER))
        return HS_RE_MASTER;
    if (a->by[HS_RE_UPLOAD].points >= hs_remedy_needed(HS_RE_UPLOAD))
        return HS_RE_UPLOAD;
    return HS_LEAVE;
}
