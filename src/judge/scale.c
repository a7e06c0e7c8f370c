/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. A rule with a distribution: steps are the distance from the centre over the audible step, z is
 *    that distance over the spread. A severity begins where both conditions of its row are met.
 * 2. Long tails: up to z 1.645 spreads count as they are; from 2.05 on they are divided by
 *    `tail_scale`; between the two it is a straight line. Then equal z are equally rare. Where it
 *    was measured how many spreads are as rare as a z of 3, the line goes there.
 * 3. A rule with fixed thresholds: its value is mapped to steps by straight lines between the
 *    thresholds (0, 1, 2, 3, 5 steps); there is no z.
 * 4. A limit of the job replaces the steps at which `minor` begins.
 */
#include "judge/scale.h"

#include <math.h>

#define Z_OF_5_PERCENT 1.645

/* Steps and spreads from the centre at which each severity begins. */
static const double severity_steps[] = {0, 1, 2, 3, 5};
static const double severity_z[] = {0, 1.28, Z_OF_5_PERCENT, 2, 3};

/* Where the tail begins and where it counts in full: 5 % and 2 % of a normal distribution. */
static const double tail_from_z = Z_OF_5_PERCENT, tail_full_z = 2.05;

double hs_severity_steps(enum hs_severity severity)
{
    return severity_steps[severity];
}

double hs_severity_z(enum hs_severity severity)
{
    return severity_z[severity];
}

static const double *thresholds_of(const struct hs_scale *s)
{
    return s->thresholds ? s->thresholds : s->rule->thresholds;
}

/* z of a normal distribution, and the spreads of this one that are as rare: three points, joined by
 * straight lines. */
struct tail {
    double z[3], spreads[3];
};

static struct tail tail_of(const struct hs_scale *s)
{
    double scale = fmax(1, s->d.tail_scale), severe_z = severity_z[HS_SEVERE];
    double severe = s->rule->severe_spreads;
    return (struct tail){{tail_from_z, tail_full_z, severe_z},
                         {tail_from_z, tail_full_z * scale, severe ? severe : severe_z * scale}};
}

/* On the lines through three points that both rise; up to the first as it is. */
static double along(const double from[3], const double to[3], double x)
{
    size_t i = x > from[1];
    if (x <= from[0])
        return x;
    return to[i] + (x - from[i]) / (from[i + 1] - from[i]) * (to[i + 1] - to[i]);
}

/* The z that is as rare as this many spreads, and the reverse. */
static double rare_as(const struct hs_scale *s, double spreads)
{
    struct tail t = tail_of(s);
    return along(t.spreads, t.z, spreads);
}

static double spreads_of(const struct hs_scale *s, double z)
{
    struct tail t = tail_of(s);
    return along(t.z, t.spreads, z);
}

/* Piecewise linear through (thresholds[i], severity_steps[i]); the last slope goes on. */
static double steps_on_thresholds(const double *thresholds, double value)
{
    double direction = thresholds[1] > thresholds[0] ? 1 : -1;
    for (int i = 1; i < HS_N_THRESHOLDS; i++)
        if (direction * (value - thresholds[i]) < 0 || i == HS_N_THRESHOLDS - 1) {
            double share = (value - thresholds[i - 1]) / (thresholds[i] - thresholds[i - 1]);
            return severity_steps[i - 1] + share * (severity_steps[i] - severity_steps[i - 1]);
        }
    return 0;
}

static double value_on_thresholds(const double *thresholds, double steps)
{
    int i = 1;
    while (i < HS_N_THRESHOLDS - 1 && steps > severity_steps[i])
        i++;
    double share = (steps - severity_steps[i - 1]) / (severity_steps[i] - severity_steps[i - 1]);
    return thresholds[i - 1] + share * (thresholds[i] - thresholds[i - 1]);
}

static double towards_fault(const struct hs_scale *s, double value)
{
    double away = value - s->d.centre;
    return s->rule->side ? s->rule->side * away : fabs(away);
}

double hs_scale_steps(const struct hs_scale *s, double value)
{
    if (thresholds_of(s))
        return steps_on_thresholds(thresholds_of(s), s->rule->side ? value : fabs(value));
    return towards_fault(s, value) / s->rule->jnd;
}

double hs_scale_z(const struct hs_scale *s, double value)
{
    return thresholds_of(s) ? NAN : rare_as(s, towards_fault(s, value) / s->d.spread);
}

/* Steps from the centre at which a severity begins: enough to be heard and enough to be unusual. */
double hs_scale_threshold(const struct hs_scale *s, enum hs_severity severity)
{
    double steps = severity_steps[severity];
    if (!isnan(s->limit_steps)) {
        /* `minor` begins at the job's limit. Where that is above 2 steps, a note begins there too:
         * the job does not want to hear of less. */
        if (severity == HS_MINOR)
            steps = s->limit_steps;
        else if (severity == HS_NOTE)
            steps = s->limit_steps > severity_steps[HS_MINOR] ? s->limit_steps
                                                              : fmin(steps, s->limit_steps);
        else
            steps = fmax(steps, s->limit_steps);
    }
    if (thresholds_of(s))
        return steps;
    return fmax(steps, spreads_of(s, severity_z[severity]) * s->d.spread / s->rule->jnd);
}

enum hs_severity hs_scale_severity_of_steps(const struct hs_scale *s, double steps)
{
    const double slack = 1e-9;
    enum hs_severity found = HS_NO_FAULT;
    for (int level = HS_NOTE; level <= HS_SEVERE; level++)
        if (steps + slack >= hs_scale_threshold(s, (enum hs_severity)level))
            found = (enum hs_severity)level;
    return found;
}

enum hs_severity hs_scale_severity_on(const double thresholds[HS_N_THRESHOLDS], double value)
{
    double up = thresholds[HS_N_THRESHOLDS - 1] >= thresholds[1] ? 1 : -1;
    int level = HS_NO_FAULT;
    while (level < HS_SEVERE && up * value >= up * thresholds[level + 1])
        level++;
    return (enum hs_severity)level;
}

enum hs_severity hs_scale_severity(const struct hs_scale *s, double value)
{
    return hs_scale_severity_of_steps(s, hs_scale_steps(s, value));
}

double hs_scale_reach(const struct hs_scale *s)
{
    return thresholds_of(s) ? NAN : hs_scale_threshold(s, HS_MINOR) * s->rule->jnd;
}

double hs_scale_minor(const struct hs_scale *s, int side)
{
    const double *thresholds = thresholds_of(s), at = hs_scale_threshold(s, HS_MINOR);
    if (!thresholds)
        return s->d.centre + side * at * s->rule->jnd;
    double edge = value_on_thresholds(thresholds, at);
    return s->rule->side ? edge : side * edge; /* of both sides: as far below as above */
}

/* The range without a note. One-sided rules with thresholds have one end. */
void hs_scale_expected(const struct hs_scale *s, double expected[2])
{
    if (thresholds_of(s)) {
        double edge = value_on_thresholds(thresholds_of(s), hs_scale_threshold(s, HS_NOTE));
        expected[0] = s->rule->side < 0 ? edge : s->rule->side ? NAN : -edge;
        expected[1] = s->rule->side < 0 ? NAN : edge;
        return;
    }
    double reach = hs_scale_reach(s);
    expected[0] = s->d.centre - reach;
    expected[1] = s->d.centre + reach;
}
