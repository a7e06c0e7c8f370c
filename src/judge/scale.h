/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From a value to a severity: where a value stands on the scale of its rule. Severity
 * needs distance in audible steps and in spreads of the distribution, both from the
 * centre; a rule without a distribution has fixed thresholds of its own.
 */
#ifndef HS_JUDGE_SCALE_H
#define HS_JUDGE_SCALE_H

#include "judge/rule.h"

/* What values are compared with. */
struct hs_distribution {
    double centre, spread;
    double n;             /* tracks behind it; NaN for fixed thresholds */
    const char *target;   /* "references (12 tracks) 55 %, built-in popular 45 %" */
    double tail_scale;    /* length of the tail where 2 % lie beyond, relative to a normal
                             distribution; values below 1 are taken as 1 */
    double by_references; /* how far own references moved the centre from the built-in one */
};

/* A rule as it is applied: its own numbers, or those of the job. */
struct hs_scale {
    const struct hs_rule *rule;
    struct hs_distribution d;
    double limit_steps;       /* where `minor` begins; NaN: 2 */
    const double *thresholds; /* of the kind of value that was read; NULL: those of the rule */
};

/* How far from the centre a severity begins: in audible steps and in spreads. */
double hs_severity_steps(enum hs_severity severity);
double hs_severity_z(enum hs_severity severity);

/* In audible steps, positive towards the fault. Two-way rules: distance from the centre. */
double hs_scale_steps(const struct hs_scale *s, double value);
/* In spreads, positive towards the fault; NaN for fixed thresholds. Up to 1.645 they are those of
 * the distribution; from 2.05 on they are longer by `tail_scale`, so that two of them are as rare
 * as they are in a normal one. */
double hs_scale_z(const struct hs_scale *s, double value);
enum hs_severity hs_scale_severity(const struct hs_scale *s, double value);
/* The severity of so many steps towards the fault. */
enum hs_severity hs_scale_severity_of_steps(const struct hs_scale *s, double steps);
/* By fixed thresholds alone, which rise or fall. */
enum hs_severity hs_scale_severity_on(const double thresholds[HS_N_THRESHOLDS], double value);
/* How far from the centre (of fixed thresholds: from the sound value), in steps, a severity
 * begins: both conditions are met from there on. */
double hs_scale_threshold(const struct hs_scale *s, enum hs_severity severity);
/* The value at which `minor` begins, at the upper end (side above 0) or the lower one. */
double hs_scale_minor(const struct hs_scale *s, int side);
/* The expected range: up to where `minor` begins; with fixed thresholds up to where a note begins,
 * and the side that is no fault is open (NaN). */
void hs_scale_expected(const struct hs_scale *s, double expected[2]);
/* From the centre to either end of it; NaN for fixed thresholds. */
double hs_scale_reach(const struct hs_scale *s);

#endif
