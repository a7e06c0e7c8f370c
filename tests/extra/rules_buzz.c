/* SPDX-License-Identifier: Apache-2.0 */
/* The worked example of a rule (docs/manual/developer.md): it reads what an_crossings.c measured.
 */
#include "judge/reading.h"

static const struct hs_dimension colour = {
    .name = "colour", .order = 5, .mended_from_mix = .7, .mended_from_master = .5};

/* Where it is in order, then where note, minor, moderate and severe begin. */
static const double thresholds[HS_N_THRESHOLDS] = {3000, 5000, 8000, 12000, 16000};

static const struct hs_rule rules[] = {
    {.id = "buzz",
     .dimension = &colour,
     .title = "buzzing",
     .heard_as = "wasps, rattle",
     .listen = "a buzz over the left side.",
     .unit = "1/s",
     .min_duration_s = 1,
     .needs = {"crossings_per_s"},
     .read = hs_read_first_need,
     .repeatability = 50,
     .judges_mix = true,
     .side = +1,
     .jnd = 1000,
     .tier = HS_INFERRED,
     .thresholds = thresholds,
     .base = {1, 100},
     .measured = "Zero crossings of the left channel.",
     .limit_from = "Made up for the example.",
     .source = "none"},
};

const struct hs_rule_table hs_rules_buzz = {rules, sizeof rules / sizeof *rules};
