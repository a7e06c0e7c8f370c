/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A rule: one row of a table in one file of this folder. The build collects every
 * src/judge/rules_NAME.c, which must define `const struct hs_rule_table
 * hs_rules_NAME`; adding a rule touches one file. Severity comes from the distance from
 * a distribution, in audible steps and in spreads, or from the rule's own ladder.
 */
#ifndef HS_JUDGE_RULE_H
#define HS_JUDGE_RULE_H

#include "model/audit.h"

#include <stdbool.h>
#include <stddef.h>

enum hs_role { HS_ROLE_MASTER, HS_ROLE_MIX };

/* What a rule may look at. All values are at equal loudness: measures that depend on
 * level are only read by rules that judge the waveform. */
struct hs_case {
    enum hs_role role;
    const struct hs_values *values; /* of the file judged */
    const struct hs_file *file;
    const struct hs_track_result *result; /* pair, stems; NULL for a reference */
    const struct hs_audit *audit;
    const struct hs_release *release; /* NULL for a reference */
    struct hs_arena *arena;
};

/* What a rule found in a case, before severity. */
struct hs_reading {
    bool judged;
    const char *why;          /* of judged == false */
    double value;
    double expected_shift;    /* added to the distribution's centre: what is explained
                                 away (percussiveness, length), 0 usually */
    double repeatability;     /* of the value, in its unit */
    enum hs_severity ladder;  /* of a rule without a distribution */
    enum hs_severity at_most; /* HS_SEVERE unless the evidence is weaker */
    double expected[2];       /* of a ladder rule */
    const char *direction, *evidence;
    const struct hs_span *times;
    size_t n_times;
};

struct hs_rule {
    const char *id;
    const char *dimension; /* tone level stereo dynamics space album source */
    const char *title;     /* "too bright" */
    const char *heard_as;  /* plain words, comma separated: for `heard:` notes */
    const char *unit;
    int side;              /* +1: high values are the fault, -1: low ones, 0: a ladder */
    double jnd;            /* one audible step in `unit` */
    enum hs_tier tier;
    double min_duration_s;
    bool judges_mix;       /* false: level, headroom and true peak of a mix are not judged */
    bool level_exempt;     /* loudness, PLR, crest, LRA: no finding from the change alone */
    double centre, spread; /* built-in distribution of the value ... */
    int n;                 /* ... and the tracks it was measured on */
    const char *measured, *limit_from, *source; /* for `explain` */
    /* Reads the case; fills *out. */
    void (*read)(const struct hs_rule *rule, const struct hs_case *c,
                 struct hs_reading *out);
    /* Fills the move for a finding; NULL: no correction but listening. */
    void (*correct)(const struct hs_rule *rule, const struct hs_case *c,
                    const struct hs_finding *f, struct hs_correction *out);
    /* Leads this one is part of when they fire too, by id; NULL-terminated or NULL. */
    const char *const *led_by;
};

struct hs_rule_table {
    const struct hs_rule *rules;
    size_t n;
};

extern const struct hs_rule_table *const hs_rule_tables[]; /* made by the build */
extern const size_t hs_n_rules;

const struct hs_rule *hs_rule_find(const char *id);
size_t hs_rule_count(void);
const struct hs_rule *hs_rule_at(size_t i); /* in the order of the spec's dimensions */

#endif
