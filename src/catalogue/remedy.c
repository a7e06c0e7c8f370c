/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The numbers below are decisions, not measurements, as are those of the dimensions: they say what
 * a studio can do with a session, with stems, with a stereo mix, or with nothing but the released
 * master.
 */
#include "catalogue/remedy.h"

#include "judge/rule.h"

#include <math.h>

#define ANOTHER_COPY 0.5 /* somebody may have one that is not spoilt */
#define WORTH_TRYING 0.2 /* below this the archive holds nothing that would help */

static double reach_of(const char *rule, bool from_mix)
{
    const struct hs_rule *r = hs_rule_find(rule);
    if (!r)
        return 0;
    return from_mix ? r->dimension->mended_from_mix : r->dimension->mended_from_master;
}

static enum hs_mending mending_of(const struct hs_finding *f)
{
    const struct hs_rule *rule = hs_rule_find(f->rule);
    return rule ? rule->mending : HS_BY_WORK;
}

/* Defects of the file, not of the sound: a better copy or a repair of the same master.
 */
static bool is_technical(const struct hs_finding *f)
{
    return mending_of(f) != HS_BY_WORK || (f->correction.move && f->correction.move->of_the_file);
}

/* Mastering anew where at least a fifth of the fault can be mended that way, else nothing. A severe
 * measured fault is always listed and counts as half mendable: somebody may have a better copy, and
 * a de-clipper helps a little. */
static struct hs_remedy if_worth(const struct hs_finding *f, double fixability)
{
    bool plain = f->tier == HS_MEASURED && f->severity >= HS_SEVERE;
    if (fixability < WORTH_TRYING && !plain)
        return (struct hs_remedy){HS_LEAVE, fixability};
    return (struct hs_remedy){HS_RE_MASTER, plain ? fmax(fixability, ANOTHER_COPY) : fixability};
}

/* With the mix, faults of mastering; without it, what the master lets itself be mended. */
struct hs_remedy hs_remedy_without_session(const struct hs_track_result *t,
                                           const struct hs_finding *f)
{
    bool mix = t->mix.state == HS_FILE_OK;
    bool by_mastering = f->origin == HS_ORIGIN_MASTERING || f->origin == HS_ORIGIN_EXPOSED ||
                        (f->origin == HS_ORIGIN_WORSENED && !hs_finding_is_of_mix(f));
    if (is_technical(f))
        return (struct hs_remedy){HS_RE_UPLOAD, 1};
    if (by_mastering && mix)
        return (struct hs_remedy){HS_RE_MASTER, .9};
    return if_worth(f, reach_of(f->rule, mix));
}

struct hs_remedy hs_remedy_of(const struct hs_track_result *t, const struct hs_finding *f)
{
    if (!is_technical(f) && hs_finding_is_of_mix(f) && t->track->recall == HS_RECALL_SESSION)
        return (struct hs_remedy){HS_RE_MIX, 1};
    if (!is_technical(f) && hs_finding_is_of_mix(f) && t->track->recall == HS_RECALL_STEMS)
        return (struct hs_remedy){HS_RE_MIX, .8};
    return hs_remedy_without_session(t, f);
}

/* Whether only a better copy helps. Without a pair that shows the change, nobody knows whether such
 * a copy exists, so the finding counts half (hs_remedy_points). */
static bool needs_copy(const struct hs_finding *f)
{
    enum hs_mending by = mending_of(f);
    return by == HS_BY_COPY || by == HS_BY_FIRST_COPY;
}

bool hs_remedy_only_indicated(const struct hs_finding *f)
{
    return f->tier == HS_INDICATION && !f->heard;
}

double hs_remedy_points(const struct hs_finding *f)
{
    if (!hs_finding_counts(f) || hs_remedy_only_indicated(f))
        return 0;
    if (f->severity < HS_MODERATE)
        return f->heard && f->severity == HS_MINOR ? 1 : 0;
    bool seen_change = f->origin == HS_ORIGIN_MASTERING || f->origin == HS_ORIGIN_WORSENED;
    double points = (f->severity == HS_SEVERE ? 2 : 1) + (f->heard ? 1 : 0) +
                    (f->tier == HS_MEASURED || seen_change ? .5 : 0);
    return needs_copy(f) && !seen_change ? points / 2 : points;
}

/* The highest over the evidence at hand: a pair that is not sure takes nothing away from what
 * was known without it. */
double hs_remedy_confidence(const struct hs_track_result *t, const struct hs_finding *f)
{
    static const double by_tier[] = {.95, .8, .5};
    double c = by_tier[f->tier], of_origin = is_technical(f) ? 1 : .7;
    if (f->origin != HS_ORIGIN_CANNOT_SAY && isfinite(t->pair.confidence))
        of_origin = fmax(of_origin, .5 + .5 * t->pair.confidence);
    c *= of_origin;
    return f->heard ? 1 - .3 * (1 - c) : c;
}

double hs_remedy_needed(enum hs_action action)
{
    static const double points[] = {0, 1, 1.5, 2};
    return points[action];
}

double hs_remedy_hours(enum hs_action action, const struct hs_track *t)
{
    static const double hours[] = {0, .5, 2, 8};
    if (action == HS_RE_MIX && t->recall == HS_RECALL_STEMS)
        return 5;
    return hours[action];
}
