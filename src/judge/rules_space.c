/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Space: how much reverberation and effects there are. No single feature tells it: decay and
 * diffuseness are combined into one figure by the measure; the pair tells a change far
 * better than one file tells an amount.
 */
#include "judge/correct.h"
#include "judge/reading.h"
#include "pair/added_noise.h"

#include <math.h>

static void correct_space(const struct hs_rule *rule, const struct hs_case *c,
                          const struct hs_finding *f, struct hs_correction *out)
{
    double db = round(fmin(fmax(fabs(hs_correct_wanted(f)) * 3, 1), 6));
    bool wet = rule->side > 0;
    hs_correct_words(c, f, out, rule->fix.move, NULL);
    out->db = wet ? -db : db;
    out->words = hs_arena_printf(
        c->arena, "In the %s: %s %s by about %.0f dB.", hs_place_name(out->where),
        out->where == HS_PLACE_MIX ? "effect returns" : "reverberation", wet ? "down" : "up", db);
}

/* A pair tells a change of reverberation by the tails that are in the one and not in the
 * other, far better than two figures of single files do: the master is then read as its mix
 * and that change. Reverberation at -14 LU of the dry sound, just audible side by side, moves
 * tails by 0.35 dB in the middle of 18 pieces (docs/judging.md): a step is a little more. */
static const double tail_db_per_step = 0.4;

/* Noise that was added and lies over the tails hides how wet the master is: what the mix is, it is
 * taken to be. */
static void read_under_noise(const struct hs_rule *rule, const struct hs_case *c,
                             struct hs_reading *out)
{
    double of_mix;
    hs_reading_refuse(out, "noise that was added lies over the tails");
    if (!hs_values_read(&c->result->mix.values, rule->needs[0], &of_mix))
        return;
    hs_reading_value(out, of_mix);
    out->evidence = "Noise that was added lies over the tails; this is how wet the mix is.";
}

/* Where a file has no free decays to be read, the pair still knows what came to them; a master that
 * is full of reverberation has none. A mix that has none either is taken to lie in the middle,
 * which is 0 by the figure's definition. */
static void read_space(const struct hs_rule *rule, const struct hs_case *c, struct hs_reading *out)
{
    double of_mix = 0, tails, noise;
    const struct hs_values *pair = c->role == HS_ROLE_MASTER ? hs_case_pair(c) : NULL;
    hs_read_first_need(rule, c, out);
    if (pair && hs_values_read(pair, "added_noise_db", &noise) &&
        noise > hs_added_noise_over_tails_db && !hs_values_read(pair, "tail_change_db", &tails)) {
        read_under_noise(rule, c, out);
        return;
    }
    if (!pair || !hs_values_read(pair, "tail_change_db", &tails))
        return;
    bool known = hs_values_read(&c->result->mix.values, rule->needs[0], &of_mix);
    const bool of_master = out->judged;
    if (of_master && !known)
        return;
    hs_reading_value(out, of_mix + rule->jnd * tails / tail_db_per_step);
    if (!of_master)
        out->evidence = "How wet it is cannot be told of the file alone; the tails of the mix are "
                        "what it is held against.";
}

/* The figure of a single file is no measure of a change: without tails nothing is said. */
static double change_of_tails(const struct hs_rule *rule, const struct hs_case *c)
{
    double tails;
    if (!hs_values_read(hs_case_pair(c), "tail_change_db", &tails))
        return NAN;
    return rule->jnd * tails / tail_db_per_step;
}

/* Half of the figure is how diffuse left and right are, so width and phase explain it. */
static const char *const by_diffuse[] = {"wide", "out_of_phase", "channel_delay", NULL};
static const char *const by_alike[] = {"narrow", NULL};

#define SPACE(identity, name, words, direction, turn)                                              \
    .id = identity, .dimension = &hs_dimension_space, .title = name, .heard_as = words,            \
    .unit = "", .side = direction, .jnd = 0.5, .tier = HS_INDICATION, .min_duration_s = 30,        \
    .judges_mix = true, .exposable = true, .repeatability = 0.1, .span_s = 8,                      \
    .fix = {.move = &turn}, .needs = {"wetness"},                                                  \
    .limit_from = "Distance from the references blended with the built-in distribution. "          \
                  "Between mixes some 6 dB of reverberation can be told apart blind, and 2 "       \
                  "to 3 dB in a pair.",                                                            \
    .source = "De Man, McNally & Reiss, JAES 65 (2017); Larsen et al., JASA 124 (2008); "          \
              "docs/distributions.md"

/* 0.35 dB of the tails, in the unit of the figure (read_space). */
#define TAIL_SPREAD (0.35 * 0.5 / 0.4)

static const struct hs_rule rules[] = {
    {SPACE("wet", "too wet",
           "wet,much reverb,reverb loud,many effect,much effect,washed out,swimming,"
           "drowned,far away,distant,much delay,reverb long,cavernous",
           +1, hs_move_less_reverb),
     .listen = "tails that run into the next note and blur it.", .base = {3, 164},
     .moves = {.spread = TAIL_SPREAD,
               .title = "given reverberation by mastering",
               .change = change_of_tails,
               .part = HS_PART_DECAYS},
     .measured =
         "Combined figure of slow decays and of diffuse sound between the channels, "
         "each in spreads between tracks of this percussiveness. In a pair the change is read "
         "from the tails that are in the one and not in the other.",
     .read = read_space, .correct = correct_space, .explained_by = by_diffuse},
    {SPACE("dry", "too dry", "dry,no reverb,lack reverb,little reverb,lack space,no depth,flat", -1,
           hs_move_more_reverb),
     .listen = "notes that end at once, with no room behind them.", .base = {5, 164},
     .moves = {.spread = TAIL_SPREAD,
               .title = "dried by mastering",
               .change = change_of_tails,
               .part = HS_PART_DECAYS},
     .measured = "Combined figure of slow decays and of diffuse sound between the channels, "
                 "when too little of both.",
     .read = read_space, .correct = correct_space, .explained_by = by_alike},
};

const struct hs_rule_table hs_rules_space = {rules, sizeof rules / sizeof *rules};
