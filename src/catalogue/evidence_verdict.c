/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Both questions answered yes, on a fifth of the tracks and twice the base rate, is a mistake that
 * recurs; one of them alone is a leaning; one release alone is named as such, also where faults are
 * on one of several, more than elsewhere as far as that one goes.
 */
#include "catalogue/evidence_verdict.h"

#include "catalogue/census.h"
#include "catalogue/evidence.h"
#include "judge/rule.h"

#include <math.h>

/* At least so many of the tracks, and so often the base rate, weigh as a mistake. */
static const double least_share = HS_WEIGHTY_SHARE, least_times_base = 2;

double hs_evidence_weighty_share(double base_rate)
{
    return fmax(least_share, least_times_base * base_rate);
}

bool hs_evidence_more_than_elsewhere(const struct hs_evidence_row *r)
{
    return r->q_count < HS_FALSE_DISCOVERIES;
}

bool hs_evidence_more_than_artists_differ(const struct hs_evidence_row *r)
{
    return r->q < HS_FALSE_DISCOVERIES;
}

bool hs_evidence_is_weighty(const struct hs_evidence_row *r)
{
    return r->faulty >= HS_FAULTS_NEEDED && r->rate >= hs_evidence_weighty_share(r->base_rate);
}

enum hs_verdict hs_evidence_verdict(const struct hs_evidence_row *r)
{
    bool more = hs_evidence_more_than_elsewhere(r), habit = hs_evidence_more_than_artists_differ(r);
    if (r->judged < HS_TRACKS_NEEDED)
        return HS_TOO_FEW;
    if ((r->releases_judged == 1 && (more || habit)) || (more && r->releases <= 1))
        return HS_ON_ONE_RELEASE;
    if (more && habit && hs_evidence_is_weighty(r))
        return HS_RECURS;
    if (r->releases == 1 && r->q_release < HS_FALSE_DISCOVERIES)
        return HS_ON_ONE_RELEASE;
    return more || habit ? HS_LEANS : HS_NOT_SHOWN;
}

bool hs_evidence_is_stand_in(const char *id, const struct hs_evidence_row *x)
{
    const struct hs_rule *rule = hs_rule_find(id);
    return rule && rule->tier == HS_INDICATION &&
           (x->evidence == HS_BY_SONGS || x->evidence == HS_BY_MIXES);
}
