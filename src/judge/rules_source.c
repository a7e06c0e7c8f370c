/* SPDX-License-Identifier: Apache-2.0 */
/* Source: faults of the file, the transfer or the converter, not of the music. */
#include "judge/correct.h"
#include "judge/reading.h"

#include <math.h>
#include <string.h>

static void correct_dc(const struct hs_rule *rule, const struct hs_case *c,
                       const struct hs_finding *f, struct hs_correction *out)
{
    (void)rule;
    hs_correct_words(c, f, out, "high-pass", "Take the offset away: a high-pass at 5 Hz.");
    out->hz = 5;
    out->q = 0.7;
    out->after = 0;
}

/* A file that never reaches the absolute gate has no integrated loudness at all. */
static void read_silent(const struct hs_rule *rule, const struct hs_case *c,
                        struct hs_reading *out)
{
    (void)rule;
    double lufs;
    const char *why = hs_values_why(c->values, "integrated_lufs");
    if (hs_values_read(c->values, "integrated_lufs", &lufs))
        hs_reading_value(out, lufs);
    else if (strstr(why, "absolute gate")) {
        hs_reading_value(out, -70);
        out->evidence = "Nothing above -70 LUFS.";
    } else
        hs_reading_refuse(out, hs_arena_printf(c->arena, "integrated_lufs: %s", why));
}

static void correct_silent(const struct hs_rule *rule, const struct hs_case *c,
                           const struct hs_finding *f, struct hs_correction *out)
{
    (void)rule;
    hs_correct_words(c, f, out, "another copy",
                     "Find out whether this is the right file; deliver another copy.");
}

#define SOURCE_RULE(identity, name, words)                                                \
    .id = identity, .dimension = "source", .title = name, .heard_as = words,               \
    .tier = HS_MEASURED

static const struct hs_rule rules[] = {
    {SOURCE_RULE("dc_offset", "direct current", "dc offset,offset,dc"), .unit = "",
     .side = +1, .jnd = 0.002, .min_duration_s = 1, .judges_mix = true,
     .repeatability = 0.0001,
     .ladder = (const double[]){0, 0.002, 0.005, 0.01, 0.05}, .fix = {.move = "high-pass"},
     .measured = "Mean of the samples, full scale 1, the worse channel. It clicks at every "
                 "cut and takes headroom from one half wave.",
     .limit_from = "Its own ladder: -54, -46, -40 and -26 dB of full scale.",
     .source = "definition; converters since 1995 stay below 0.001",
     .needs = {"dc_offset"}, .read = hs_read_first_need, .correct = correct_dc},
    {SOURCE_RULE("silent", "silent", "silent,silence,nothing there,empty file"),
     .unit = "LUFS", .side = -1, .jnd = 5, .min_duration_s = 0, .repeatability = 0.1,
     .ladder = (const double[]){-20, -40, -45, -50, -60}, .fix = {.move = "another copy"},
     .measured = "Integrated loudness: a file with nothing in it is a wrong or broken copy.",
     .limit_from = "Its own ladder: -40, -45, -50 and -60 LUFS; the quietest releases of "
                   "music lie above -35.",
     .source = "ITU-R BS.1770-5, absolute gate",
     .needs = {"integrated_lufs"}, .read = read_silent, .correct = correct_silent},
};

const struct hs_rule_table hs_rules_source = {rules, sizeof rules / sizeof *rules};
