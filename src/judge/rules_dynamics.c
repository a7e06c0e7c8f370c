/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Dynamics: clipping and limiting from the waveform, compression, loudness range.
 * 1. `over_limited` reads the lowest tenth of peak over short-term loudness; a note at most where
 *    hardly any peak stands at the ceiling. `over_compressed` reads crest in windows of 3 s. Both
 *    built-in centres move with the year of the record.
 * 2. As moves of mastering both read the gain reduction of the pair (95th percentile): a limiter or
 *    clipper counts for the first, any other device for the second.
 * 3. `clipped` takes the strongest of three: samples in flat runs, tops that are flatter at one
 * level (what a later filter or encoder leaves), and with a mix the distortion that no gain
 * explains. Square waves look clipped and are a note at most.
 * 4. `pumping` is the dip after each low hit. With a pair, the dip of mastering's own gain on top
 * of that of the mix counts where it is larger.
 * 5. `too_dynamic` reads the loudness range (EBU Tech 3342).
 */
#include "judge/clipped.h"
#include "judge/correct.h"
#include "judge/dynamics_of_year.h"
#include "judge/moves.h"
#include "judge/reading.h"
#include "model/device.h"

#include <math.h>

/* How much more crest than now was usual in the year of the record; 0 where it is unknown. */
static double crest_of_year(int year)
{
    return year ? hs_dynamics_of_year(HS_CREST_OF_SONGS, year) : 0;
}

static void read_crest(const struct hs_rule *rule, const struct hs_case *c, struct hs_reading *out)
{
    hs_read_first_need(rule, c, out);
    out->year_shift = crest_of_year(hs_case_year(c));
    if (hs_made_of_square_waves(c))
        out->at_most = HS_NOTE;
}

/* Gain reduction of mastering that is exceeded for 5 % of the time, in dB: a limiter or clipper is
 * read by one rule, any other device by the other. Where the last device is none, or a compressor,
 * nothing was limited: 0, unless the bound hides as much as a minor fault, as behind the noise of
 * an encoder. In front of a limiter a compressor may stand: NaN, as without a pair. */
static double reduction(const struct hs_rule *rule, const struct hs_case *c, bool by_limiter)
{
    const struct hs_values *pair = hs_case_pair(c);
    const struct hs_value *device = hs_values_get(pair, "reducer");
    const struct hs_value *p95 = hs_values_get(pair, "gain_reduction_db.p95");
    bool known = device && device->kind == HS_TEXT;
    enum hs_processor kind = hs_processor_find(known ? device->text : NULL);
    bool limiter = kind == HS_PROCESSOR_LIMITER || kind == HS_PROCESSOR_CLIPPER;
    if (!p95 || p95->kind != HS_NUMBER)
        return NAN;
    if (limiter == by_limiter)
        return p95->number;
    if (!known || !by_limiter || kind == HS_PROCESSOR_MULTIBAND || !isfinite(p95->bound))
        return NAN;
    const double hidden_z = (p95->bound - rule->moves.centre) / rule->moves.spread;
    return hs_moves_severity(rule, hidden_z) < HS_MINOR ? 0 : NAN;
}

static double by_limiter(const struct hs_rule *rule, const struct hs_case *c)
{
    return reduction(rule, c, true);
}

static double by_compressor(const struct hs_rule *rule, const struct hs_case *c)
{
    return reduction(rule, c, false);
}

/* Half decibels from 0.5 to 6 dB, as engineers set them. */
static void correct_compressed(const struct hs_rule *rule, const struct hs_case *c,
                               const struct hs_finding *f, struct hs_correction *out)
{
    (void)rule;
    double db = fmin(fmax(hs_correct_wanted(f), 0.5), 6);
    db = round(2 * db) / 2;
    hs_correct_words(c, f, out, &hs_move_less_compression, NULL);
    out->db = -db;
    out->after = f->value + db;
    out->words =
        hs_arena_printf(c->arena, "In the %s: %.1f dB less gain reduction, or a slower attack.",
                        hs_place_name(out->where), db);
}

/* Peak over short-term loudness shows limiting only where peaks were in fact held down:
 * a pad or an organ has little crest by nature, and square waves have none. */
static void read_limited(const struct hs_rule *rule, const struct hs_case *c,
                         struct hs_reading *out)
{
    (void)rule;
    double psr, share;
    if (!hs_need(c, "psr_p10_db", &psr, out) || !hs_need(c, "limited_share", &share, out))
        return;
    hs_reading_value(out, psr);
    out->year_shift = crest_of_year(hs_case_year(c));
    if (share < 0.02 || hs_made_of_square_waves(c))
        out->at_most = HS_NOTE;
}

/* The same into the limiter. */
static void correct_limited(const struct hs_rule *rule, const struct hs_case *c,
                            const struct hs_finding *f, struct hs_correction *out)
{
    (void)rule;
    double db = fmin(fmax(hs_correct_wanted(f), 0.5), 6);
    db = round(2 * db) / 2;
    hs_correct_words(c, f, out, &hs_move_less_limiting, NULL);
    out->db = -db;
    out->after = f->value + db;
    out->words = hs_arena_printf(c->arena, "In the %s: %.1f dB less drive into the limiter.",
                                 hs_place_name(out->where), db);
}

/* What the moving gain of mastering does at each low hit, on top of the mix; NaN without a
 * pair. */
static double ducking_of(const struct hs_case *c)
{
    double mix = 0, dip;
    const struct hs_values *pair = hs_case_pair(c);
    if (!pair || !hs_values_read(pair, "ducking_db", &dip))
        return NAN;
    hs_values_read(&c->result->mix.values, "pumping_db", &mix);
    return mix + dip;
}

/* A dip counts as pumping when most hits make it. With a pair the gain itself is known, also
 * where the music covers what it does. */
static void read_ducking(const struct hs_rule *rule, const struct hs_case *c,
                         struct hs_reading *out)
{
    const double most = 0.6;
    double share, by_gain = ducking_of(c);
    hs_read_first_need(rule, c, out);
    if (isfinite(by_gain) && c->role == HS_ROLE_MIX && !out->judged)
        hs_reading_value(out, 0);
    else if (isfinite(by_gain) && c->role == HS_ROLE_MASTER &&
             (!out->judged || by_gain > out->value))
        hs_reading_value(out, by_gain);
    else if (out->judged && (!hs_values_read(c->values, "pumping_share", &share) || share < most))
        out->at_most = HS_NOTE;
}

/* A gain of mastering that swings at one rate: as far as it does on top of what the mix dips by. */
static bool swing_of(const struct hs_case *c, double *hz, double *db)
{
    const struct hs_values *pair = hs_case_pair(c);
    return pair && hs_values_read(pair, "swing_hz", hz) && hs_values_read(pair, "swing_db", db);
}

static void read_pumping(const struct hs_rule *rule, const struct hs_case *c,
                         struct hs_reading *out)
{
    double hz, db, of_mix = 0;
    read_ducking(rule, c, out);
    if (!swing_of(c, &hz, &db))
        return;
    if (c->role == HS_ROLE_MIX) {
        if (!out->judged)
            hs_reading_value(out, 0);
        return;
    }
    hs_values_read(&c->result->mix.values, "pumping_db", &of_mix);
    if (out->judged && out->value > of_mix + db && out->at_most == HS_SEVERE)
        return;
    hs_reading_value(out, fmax(of_mix, 0) + db);
    out->at_most = HS_SEVERE;
    out->proven = true;
    out->evidence = hs_arena_printf(c->arena,
                                    "The level swings by %.1f dB, %.1f times a second, by "
                                    "mastering: the gain itself goes to and fro.",
                                    db, hz);
}

static void correct_clipped(const struct hs_rule *rule, const struct hs_case *c,
                            const struct hs_finding *f, struct hs_correction *out)
{
    (void)rule;
    hs_correct_words(c, f, out, &hs_move_less_clipping,
                     "Print again from before the clipped stage at a lower level; what is cut "
                     "off cannot be put back, only drawn in by a de-clipper.");
}

static void read_range(const struct hs_rule *rule, const struct hs_case *c, struct hs_reading *out)
{
    (void)rule;
    double range;
    if (hs_need(c, "loudness_range_lu", &range, out))
        hs_reading_value(out, range);
}

/* By hand: a compressor would bring other faults. */
static void correct_range(const struct hs_rule *rule, const struct hs_case *c,
                          const struct hs_finding *f, struct hs_correction *out)
{
    (void)rule;
    double lu = round(2 * fmin(fabs(hs_correct_wanted(f)), 6)) / 2;
    hs_correct_words(c, f, out, &hs_move_level_automation, NULL);
    out->db = lu;
    out->after = f->value - lu;
    out->words = hs_arena_printf(c->arena,
                                 "In the %s: raise the quiet passages by hand by up to %.1f "
                                 "dB; no compressor is needed for that.",
                                 hs_place_name(out->where), lu);
}

static const char *const by_limited[] = {"over_limited", "clipped", NULL};
static const char *const by_reduced[] = {"over_limited", "over_compressed", "clipped", NULL};
static const char *const by_clipped[] = {"clipped", NULL};

#define DYNAMICS(identity, name, words)                                                            \
    .id = identity, .dimension = &hs_dimension_dynamics, .title = name, .heard_as = words,         \
    .judges_mix = true

static const struct hs_rule rules[] = {
    {DYNAMICS("over_limited", "over-limited",
              "over limited,limited,smashed,brickwall,loud,too loud,loudness war,flat"),
     .listen = "drums that no longer hit, and loud passages that are no larger than soft ones.",
     .unit = "dB",
     .side = -1,
     .jnd = 1,
     .tier = HS_MEASURED,
     .min_duration_s = 10,
     .level_exempt = true,
     .years = HS_YEARS_TASTE,
     .repeatability = 0.1,
     .fix = {.move = &hs_move_less_limiting},
     .series = "psr_course",
     .series_side = -1,
     .span_s = 8,
     .base = {0, 164},
     .moves = {3, 2, "limited hard by mastering", by_limiter, .change_is_harm = true,
               .part = HS_PART_PEAKS},
     .measured = "True peak over short-term loudness (PSR), the lowest tenth of the file. At "
                 "most a note where hardly any peak stands at the ceiling: such music has "
                 "little crest by nature.",
     .limit_from = "Distance from the references blended with the built-in distribution, "
                   "which moves with the year: records were limited most around 2007.",
     .source = "Shepherd et al., AES e-Brief 373 (2017); Deruty & Pachet, ISMIR 2015",
     .needs = {"psr_p10_db", "limited_share"},
     .read = read_limited,
     .correct = correct_limited,
     .explained_by = by_clipped},
    {DYNAMICS("over_compressed", "over-compressed",
              "over compressed,much compressed,very compressed,compressed,no dynamic,lack "
              "dynamic,no punch,lack punch,dynamic gone"),
     .listen = "soft and loud parts that are equally near; nothing breathes.",
     .unit = "dB",
     .side = -1,
     .jnd = 1,
     .tier = HS_INFERRED,
     .min_duration_s = 10,
     .level_exempt = true,
     .years = HS_YEARS_TASTE,
     .repeatability = 0.1,
     .fix = {.move = &hs_move_less_compression},
     .series = "psr_course",
     .series_side = -1,
     .span_s = 8,
     .base = {2, 164},
     .moves = {3, 2, "compressed hard by mastering", by_compressor, .change_is_harm = true},
     .measured = "Crest factor of windows of 3 s: peak over rms, the median of the file.",
     .limit_from = "Distance from the references blended with the built-in distribution, "
                   "which moves with the year.",
     .source = "Ronan et al., JAES 65 (2017); docs/distributions.md",
     .needs = {"crest_3s_db"},
     .read = read_crest,
     .correct = correct_compressed,
     .explained_by = by_limited},
    {DYNAMICS("clipped", "clipped", "clipped,distortion,crackle,crunchy,overload"),
     .listen = "a crackle or a rough edge on drum hits and loud notes.",
     .unit = "ppm",
     .side = +1,
     .jnd = 10,
     .tier = HS_MEASURED,
     .min_duration_s = 1,
     .repeatability = 1,
     .thresholds = (const double[]){0, 10, 25, 300, 3000},
     .lasting = true,
     .fix = {.move = &hs_move_less_clipping},
     .series = "clip_course",
     .series_side = +1,
     .span_s = 4,
     .base = {16, 164},
     .measured =
         "Samples in flat runs of four or more with a corner at both ends, at any "
         "level: what clipping leaves behind, also after a change of gain. Where a codec or an "
         "equaliser has rounded them: the share of samples above a ceiling at which the "
         "tops of the waveform are flatter than below it. With the mix: the distortion of the "
         "curve that the pair has found. Not judged without the mix where tops are flatter, but "
         "hardly one is flat by itself: a limiter leaves that, and so does a soft clipper.",
     .limit_from = "Fixed thresholds: 10, 25, 300 and 3000 samples of a million in flat runs; of "
                   "those above a ceiling 500, 3000 and 9000 for minor to severe; distortion "
                   "of -33, -25 and -19 dB. The largest of them. Real "
                   "catalogues without clipping stay below 8 (docs/distributions.md).",
     .source = "McKay, jProductionCritic, ISMIR 2013; Wilson & Fazenda, DAFx 2014",
     .needs = {"clipped_ppm", "clipped_at_one_level", "clipped_of_sound", "ceiling_ppm",
               "ceiling_z", "ceiling_flatness", "ceiling_square", "clip_level_dbfs",
               "ceiling_filtered", "effective_bits", "lossless", "sample_peak_dbfs"},
     .read = hs_read_clipped,
     .correct = correct_clipped},
    {DYNAMICS("pumping", "pumping", "pumping,ducking,duck,side chain,sidechain,level dip"),
     .listen = "the whole sound that dips with each kick and comes back.", .unit = "dB", .side = +1,
     .jnd = 1.5, .tier = HS_INFERRED, .min_duration_s = 20, .repeatability = 0.3, .exposable = true,
     .fix = {.move = &hs_move_less_compression}, .span_s = 8, .base = {0, 162},
     .measured = "How far the sustained middle dips after each onset of the low drum and comes "
                 "back, the middle one of all onsets; with a pair also the dip of the gain of "
                 "mastering itself, or how far that gain swings at one rate (0.5 to 20 Hz), added "
                 "to that of the mix.",
     .limit_from = "Distance from the references blended with the built-in distribution: "
                   "some music ducks on purpose.",
     .source = "no standard measure exists; docs/distributions.md",
     .needs = {"pumping_db", "pumping_share"}, .read = read_pumping, .correct = correct_compressed,
     .explained_by = by_reduced},
    {DYNAMICS("too_dynamic", "too dynamic",
              "too dynamic,much dynamic,quiet passage,uneven level,level jump around"),
     .listen = "soft passages that you turn up and loud ones that you turn down.",
     .unit = "LU",
     .side = +1,
     .jnd = 2,
     .tier = HS_INFERRED,
     .min_duration_s = 60,
     .level_exempt = true,
     .years = HS_YEARS_INDUSTRY,
     .repeatability = 0.2,
     .fix = {.move = &hs_move_level_automation},
     .series = "short_term_lufs",
     .series_side = -1,
     .span_s = 8,
     .base = {5, 154},
     .measured = "Loudness range: spread of the short-term loudness between its 10th and "
                 "95th percentile.",
     .limit_from = "Distance from the references blended with the built-in distribution.",
     .source = "EBU Tech 3342 (2023); docs/distributions.md",
     .needs = {"loudness_range_lu"},
     .read = read_range,
     .correct = correct_range},
};

const struct hs_rule_table hs_rules_dynamics = {rules, sizeof rules / sizeof *rules};
