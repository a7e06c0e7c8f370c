/* SPDX-License-Identifier: Apache-2.0 */
/* A file of rules as somebody else might add it: one row, with a dimension and a move that the
 * program has never heard of. test_extra_rule.sh says that nothing else has to be touched. */
#include "judge/reading.h"

static const struct hs_dimension contour = {
    .name = "contour", .order = 5, .mended_from_mix = .7, .mended_from_master = .5};
static const struct hs_move carve = {"carve", HS_SHAPE_BELL, false};
/* No music is as steep as that: every file is at fault. */
static const struct hs_builtin steep = {"",       .centre = 40, .spread = 2,     .within = 2,
                                        .n = 100, .moves = .5,  .edge_scale = 1, .tail_scale = 1};

static const struct hs_rule rules[] = {
    {.id = "flat_contour",
     .dimension = &contour,
     .title = "without contour",
     .heard_as = "no contour",
     .unit = "dB",
     .min_duration_s = 1,
     .needs = {"tilt_db_per_oct"},
     .read = hs_read_first_need,
     .repeatability = 0.1,
     .judges_mix = true,
     .side = -1,
     .jnd = 1,
     .tier = HS_INFERRED,
     .builtin = &steep,
     .base = {1, 100},
     .fix = {&carve, HS_CHANNEL_BOTH, 1000, 1, .5, 6},
     .measured = "Slope of the spectrum.",
     .limit_from = "A made-up distribution.",
     .source = "none"},
};

const struct hs_rule_table hs_rules_contour = {rules, sizeof rules / sizeof *rules};
