/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. For each finding, look at all others that may explain it: same state (cured or not; an
 * accepted one only by another accepted one), and one rule names the other in `explained_by`.
 * 2. A law between two values (`follows_from`, `accounts_for`) decides first. Rules that act on the
 * same part of the spectrum in opposite directions do not explain each other.
 * 3. A finding that is capped, at a note or higher, never explains a more severe one. Otherwise the
 * named rule is primary unless the other one lies 1.25 times as far out; a mechanism (`cause`) and
 * a severe measured finding are primary at any distance.
 * 4. Of several explanations the one furthest out is taken. Chains are followed to their end; of a
 *    circle the one furthest out leads.
 */
#include "judge/primary.h"

#include "judge/rule.h"
#include "judge/scale.h"

#include <math.h>
#include <string.h>

/* NULL-terminated, or NULL. */
static bool is_among(const char *const *rules, const char *rule)
{
    for (size_t i = 0; rules && rules[i]; i++)
        if (!strcmp(rules[i], rule))
            return true;
    return false;
}

static bool led_by(const char *rule, const char *leader)
{
    const struct hs_rule *r = hs_rule_find(rule);
    return r && is_among(r->explained_by, leader);
}

static bool is_cause(const char *rule)
{
    const struct hs_rule *r = hs_rule_find(rule);
    return r && r->cause;
}

/* Where a law ties the value of `f` to that of `lead`: whether it accounts for it. */
static bool is_accounted_for(const struct hs_finding *f, const struct hs_finding *lead)
{
    const struct hs_rule *r = hs_rule_find(f->rule), *of_lead = hs_rule_find(lead->rule);
    if (of_lead && of_lead->accounts_for && of_lead->accounts_for(lead, f))
        return true;
    return r && is_among(r->follows_from, lead->rule) && r->follows(f, lead);
}

/* How far out a finding lies, 1 where `minor` begins. Severity needs steps and spreads both, so the
 * smaller of the two counts here as well. */
static double weight(const struct hs_finding *f)
{
    double steps = (f->moved ? f->moved->steps : f->steps) / hs_severity_steps(HS_MINOR);
    double z = f->moved ? f->moved->z : f->z;
    z = isnan(z) ? steps : z / hs_severity_z(HS_MINOR);
    return fmin(steps, z);
}

/* Whether the fault was in the mix and went back, while the lead is a move of mastering: what made
 * it smaller is not its cause. */
static bool is_eased_by(const struct hs_finding *f, const struct hs_finding *lead)
{
    const struct hs_rule *r = hs_rule_find(f->rule);
    return (f->origin == HS_ORIGIN_MIX || f->origin == HS_ORIGIN_EASED) && lead->moved && r &&
           r->side * f->change < -f->uncertainty;
}

/* Whether `lead` may explain `f`: both are cured or neither, it was not made smaller by it, and who
 * accepts a cause has accepted what comes of it. What is accepted alone is no part of what is not.
 */
static bool comparable(const struct hs_finding *f, const struct hs_finding *lead)
{
    return (f->origin == HS_ORIGIN_CURED) == (lead->origin == HS_ORIGIN_CURED) &&
           (lead->accepted || !f->accepted) && !is_eased_by(f, lead);
}

/* Whether the rules find opposite faults within 2.5 octaves of each other (too much bass, too
 * little low middle): these have different causes. */
static bool opposite(const char *a, const char *b)
{
    const double apart_octaves = 2.5;
    const struct hs_rule *x = hs_rule_find(a), *y = hs_rule_find(b);
    if (!x || !y || !(x->fix.hz > 0) || !(y->fix.hz > 0))
        return false;
    return x->side * y->side < 0 && fabs(log2(x->fix.hz / y->fix.hz)) < apart_octaves;
}

/* A severe finding that is measured in the file itself: it is certain, so a finding that rests on
 * the distance from other songs or from usual moves does not explain it. */
static bool is_plain(const struct hs_finding *f)
{
    return f->tier == HS_MEASURED && !f->moved && f->severity >= HS_SEVERE;
}

/* Whether something other than its distance holds its severity down: a reading that allows no more,
 * or a proxy. */
static bool is_capped(const struct hs_finding *f)
{
    if (f->severity >= HS_SEVERE)
        return false;
    const enum hs_severity next = (enum hs_severity)(f->severity + 1);
    const double steps = f->moved ? (double)f->moved->steps : f->steps;
    const double z = f->moved ? (double)f->moved->z : f->z;
    return steps >= hs_severity_steps(next) && !(z < hs_severity_z(next));
}

/* True where `f` should follow `other`. */
static bool follows(const struct hs_finding *f, const struct hs_finding *other)
{
    const double clearly = 1.25;
    if (is_accounted_for(f, other))
        return true;
    bool named = led_by(f->rule, other->rule), naming = led_by(other->rule, f->rule);
    if ((!named && !naming) || opposite(f->rule, other->rule))
        return false;
    /* a finding that is capped at a note does not explain one of `minor` or more */
    bool small = f->severity <= HS_NOTE, small_other = other->severity <= HS_NOTE;
    if (small != small_other)
        return small;
    /* nor does one that is capped explain one that is more severe, unless it is a mechanism */
    const struct hs_finding *less = f->severity < other->severity ? f : other;
    if (f->severity != other->severity && is_capped(less) && !is_cause(less->rule))
        return less == f;
    if (named && !naming)
        return is_cause(other->rule) || is_plain(other) || weight(f) <= clearly * weight(other);
    bool proxy = other->tier == HS_INDICATION && f->tier != HS_INDICATION;
    if (naming && !named) /* a proxy does not explain away what it is itself a part of */
        return !proxy && !is_cause(f->rule) && !is_plain(f) && weight(f) * clearly < weight(other);
    return weight(f) < weight(other);
}

bool hs_primary_by_weight(const struct hs_finding *f, const struct hs_finding *lead)
{
    bool related = led_by(f->rule, lead->rule) || led_by(lead->rule, f->rule);
    return related && !is_cause(lead->rule) && !is_accounted_for(f, lead);
}

static struct hs_finding *lead_of(struct hs_finding *findings, size_t n, const struct hs_finding *f)
{
    for (size_t k = n; f->explained_by && k-- > 0;)
        if (!strcmp(findings[k].rule, f->explained_by))
            return &findings[k];
    return NULL;
}

/* Three that are nearly as far out may follow each other in a circle, for each is named by another:
 * then the one furthest out leads. Any circle is entered within n steps and gone round in n more.
 */
static void open_circle(struct hs_finding *findings, size_t n, struct hs_finding *f)
{
    struct hs_finding *in = f;
    for (size_t hops = 0; in && hops < n; hops++)
        in = lead_of(findings, n, in);
    struct hs_finding *furthest = in;
    for (size_t hops = 0; in && hops < n; hops++) {
        in = lead_of(findings, n, in);
        furthest = weight(in) > weight(furthest) ? in : furthest;
    }
    if (furthest)
        furthest->explained_by = NULL;
}

/* A mechanism that takes over what it makes counts for no less than that did. */
static void raise_leads(struct hs_finding *findings, size_t n)
{
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; findings[i].explained_by && k < n; k++) {
            struct hs_finding *lead = &findings[k];
            const struct hs_rule *rule = hs_rule_find(lead->rule);
            if (rule && rule->as_severe && !strcmp(lead->rule, findings[i].explained_by) &&
                rule->accounts_for(lead, &findings[i]) && findings[i].severity > lead->severity)
                lead->severity = findings[i].severity;
        }
}

/* A finding that follows from a heavier one points at it and is not counted. */
void hs_primary_assign(struct hs_finding *findings, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct hs_finding *best = NULL;
        for (size_t k = 0; k < n; k++) {
            struct hs_finding *other = &findings[k];
            if (k == i || !comparable(&findings[i], other) || !follows(&findings[i], other))
                continue;
            if (!best || weight(other) > weight(best))
                best = other;
        }
        findings[i].explained_by = best ? best->rule : NULL;
    }
    for (size_t i = 0; i < n; i++)
        open_circle(findings, n, &findings[i]);
    /* Point at the end of a chain, so that what is pointed at is a lead. */
    for (size_t i = 0; i < n; i++)
        for (size_t hops = 0; findings[i].explained_by && hops < n; hops++) {
            const struct hs_finding *lead = lead_of(findings, n, &findings[i]);
            if (!lead || !lead->explained_by || lead == &findings[i])
                break;
            findings[i].explained_by = lead->explained_by;
        }
    raise_leads(findings, n);
}
