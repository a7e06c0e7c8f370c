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
#include "core/num_text.h"
#include "judge/correct.h"
#include "judge/dynamics_of_year.h"
#include "judge/reading.h"
#include "judge/scale.h"
#include "model/device.h"

#include <math.h>

/* How much more crest than now was usual in the year of the record; 0 where it is unknown. */
static double crest_of_year(int year)
{
    return year ? hs_dynamics_of_year(HS_CREST_OF_SONGS, year) : 0;
}

/* Flat at many levels, as sums of square waves and held samples are, or flat all the time with
 * nothing between, as one square wave is. A clipper has one ceiling and music below it. */
static bool is_flat_at_many_levels(const struct hs_case *c)
{
    const double one_ceiling = 0.8, nothing_between = 0.95;
    double at_one, of_sound;
    return (hs_values_read(c->values, "clipped_at_one_level", &at_one) && at_one < one_ceiling) ||
           (hs_values_read(c->values, "clipped_of_sound", &of_sound) && of_sound > nothing_between);
}

/* And this holds for the file, not for a few samples of it: one in a hundred at least, and most of
 * what the tops show to be flat. */
static bool is_made_of_square_waves(const struct hs_case *c)
{
    const double few_ppm = 10000;
    double ppm, cut = 0;
    hs_values_read(c->values, "ceiling_ppm", &cut);
    return is_flat_at_many_levels(c) && hs_values_read(c->values, "clipped_ppm", &ppm) &&
           ppm >= few_ppm && ppm >= cut / 2;
}

static void read_crest(const struct hs_rule *rule, const struct hs_case *c, struct hs_reading *out)
{
    hs_read_first_need(rule, c, out);
    out->year_shift = crest_of_year(hs_case_year(c));
    if (is_made_of_square_waves(c))
        out->at_most = HS_NOTE;
}

/* Gain reduction of mastering that is exceeded for 5 % of the time, in dB: a limiter or clipper is
 * read by one rule, any other device by the other. NaN for the other kind, and without a pair. */
static double reduction(const struct hs_case *c, bool by_limiter)
{
    double p95;
    const struct hs_values *pair = hs_case_pair(c);
    const struct hs_value *device = hs_values_get(pair, "reducer");
    enum hs_processor kind =
        hs_processor_find(device && device->kind == HS_TEXT ? device->text : NULL);
    bool limiter = kind == HS_PROCESSOR_LIMITER || kind == HS_PROCESSOR_CLIPPER;
    if (limiter != by_limiter || !hs_values_read(pair, "gain_reduction_db.p95", &p95))
        return NAN;
    return p95;
}

static double by_limiter(const struct hs_rule *rule, const struct hs_case *c)
{
    (void)rule;
    return reduction(c, true);
}

static double by_compressor(const struct hs_rule *rule, const struct hs_case *c)
{
    (void)rule;
    return reduction(c, false);
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
    if (share < 0.02 || is_made_of_square_waves(c))
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
static void read_pumping(const struct hs_rule *rule, const struct hs_case *c,
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

/* Where note, minor, moderate and severe begin: of samples in flat runs, and of samples above
 * the ceiling. The second count is of all that was cut, so it is longer. */
static const double by_runs[] = {0, 10, 25, 300, 3000};
static const double by_share[] = {0, 10, 500, 3000, 9000};

/* "22 %", "0.4 %", "918 ppm": as people read it. */
static const char *share_of(const struct hs_case *c, double ppm)
{
    char text[HS_NUM_TEXT];
    int digits = 0;
    const char *unit = hs_num_readable(&ppm, &digits, "ppm");
    return hs_arena_printf(c->arena, "%s %s", hs_num_fixed(text, ppm, digits), unit);
}

/* With the mix: what no gain explains, relative to the master, in dB. */
static const double by_distortion[] = {-60, -45, -33, -25, -19};

/* Nothing came after what held the tops down: the ceiling is the highest sample of a lossless file.
 * A clipper leaves flat runs there, or tops that are much flatter (0.16 and more by 12 dB); those
 * of a limiter are hardly flatter (up to 0.1 by 14 dB into a fast one). */
static bool is_held_by_limiter(const struct hs_case *c, double flatter)
{
    const double flat = 0.1, same_db = 0.05;
    double lossless = 0, filtered = 0, level, peak;
    hs_values_read(c->values, "lossless", &lossless);
    hs_values_read(c->values, "ceiling_filtered", &filtered);
    return lossless != 0 && filtered == 0 && flatter < flat &&
           hs_values_read(c->values, "clip_level_dbfs", &level) &&
           hs_values_read(c->values, "sample_peak_dbfs", &peak) && level > peak - same_db;
}

/* What clipping through a codec or an equaliser leaves: tops that are flatter at one level. What
 * barely stands out is minor at most: limiting makes tops of whole songs flatter by 0.055, behind
 * an encoder by 0.067 with a z of up to 16. Of square waves nothing can be told. */
static enum hs_severity read_ceiling(const struct hs_case *c, double *ppm,
                                     enum hs_severity *at_most)
{
    const double of_limiters = 0.06, clear = 20;
    double z, flatter, square = 0;
    *at_most = HS_SEVERE;
    if (!hs_values_read(c->values, "ceiling_ppm", ppm) || !(*ppm > 0) ||
        !hs_values_read(c->values, "ceiling_z", &z) ||
        !hs_values_read(c->values, "ceiling_flatness", &flatter))
        return HS_NO_FAULT;
    hs_values_read(c->values, "ceiling_square", &square);
    if (square != 0 || is_made_of_square_waves(c))
        *at_most = HS_NOTE;
    else if (is_held_by_limiter(c, flatter))
        *at_most = HS_NOTE;
    else if ((z < clear && flatter < 0.1) || flatter < of_limiters)
        *at_most = HS_MINOR;
    enum hs_severity found = hs_scale_severity_on(by_share, *ppm);
    return found < *at_most ? found : *at_most;
}

/* Flat runs at many levels are square waves, or the steps of a few bits, which are no clipping at
 * all; clipping has one level. */
static enum hs_severity read_runs(const struct hs_case *c, double ppm, enum hs_severity *at_most)
{
    const double coarse_bits = 12;
    double bits, square = 0;
    bool many = is_flat_at_many_levels(c);
    hs_values_read(c->values, "ceiling_square", &square);
    *at_most = many || square != 0 ? HS_NOTE : HS_SEVERE;
    if (many && hs_values_read(c->values, "effective_bits", &bits) && bits <= coarse_bits)
        *at_most = HS_NO_FAULT;
    enum hs_severity found = hs_scale_severity_on(by_runs, ppm);
    return found < *at_most ? found : *at_most;
}

/* A clipper or saturation of mastering, whatever followed it: takes over where the distortion that
 * the pair shows is more severe than the waveform of the master alone. The value stays a share of
 * samples (ppm), so the thresholds of distortion are converted to it for this file: distortion
 * grows by 9.2 dB when ten times as many samples are cut. */
static void read_curve(const struct hs_case *c, struct hs_reading *out)
{
    const double db_per_decade = 9.2;
    double db, ppm;
    const struct hs_values *pair = c->role == HS_ROLE_MASTER ? hs_case_pair(c) : NULL;
    if (!pair || !hs_values_read(pair, "distortion_db", &db) ||
        !hs_values_read(pair, "cut_ppm", &ppm))
        return;
    enum hs_severity alone = hs_scale_severity_on(out->thresholds, out->value);
    alone = alone < out->at_most ? alone : out->at_most;
    if (hs_scale_severity_on(by_distortion, db) <= alone || !(ppm > 0))
        return;
    /* thresholds move so that this many samples read as severe as the distortion is */
    double *thresholds = HS_ARENA_ARRAY(c->arena, double, HS_N_THRESHOLDS);
    thresholds[0] = 0;
    for (int i = 1; i < HS_N_THRESHOLDS; i++)
        thresholds[i] = ppm * pow(10, (by_distortion[i] - db) / db_per_decade);
    if (ppm >= by_share[1] && thresholds[2] > by_share[1])
        thresholds[1] = by_share[1]; /* what is expected has one meaning */
    hs_reading_value(out, ppm);
    out->thresholds = thresholds;
    out->at_most = HS_SEVERE;
    out->evidence = hs_arena_printf(c->arena,
                                    "Mastering cut or bent %s of the samples; the distortion is "
                                    "%.0f dB below the music, whatever came after.",
                                    share_of(c, ppm), -db);
}

/* Runs are what is surely cut: tops of fewer than four samples, and all that something rounded
 * after the clipper, come on top. */
static void say_clipped(const struct hs_case *c, bool by_ceiling, double ppm, double cut,
                        struct hs_reading *out)
{
    double filtered = 0;
    hs_values_read(c->values, "ceiling_filtered", &filtered);
    if (out->at_most == HS_NO_FAULT)
        out->evidence = "Flat at many levels: the steps of a few bits, not a clipper.";
    else if (by_ceiling && is_held_by_limiter(c, hs_values_or_nan(c->values, "ceiling_flatness")))
        out->evidence = "Held at its highest sample, hardly flatter there and without flat runs: a "
                        "limiter, more likely than a clipper.";
    else if (out->at_most == HS_NOTE && (by_ceiling || ppm >= by_runs[1]))
        out->evidence = "Flat at many levels, or all the time: square waves, not a clipper.";
    else if (by_ceiling && filtered != 0)
        out->evidence = hs_arena_printf(c->arena,
                                        "With the lowest bass given back, which a high-pass took, "
                                        "the tops are flatter at one level and hardly anything "
                                        "goes above it: %s of the samples were cut.",
                                        share_of(c, cut));
    else if (by_ceiling && out->at_most == HS_MINOR)
        out->evidence =
            hs_arena_printf(c->arena,
                            "The tops are a little flatter at %.1f dBFS: %s of the samples were "
                            "cut, or held by a limiter, so minor at most.",
                            hs_values_or_nan(c->values, "clip_level_dbfs"), share_of(c, cut));
    else if (by_ceiling)
        out->evidence =
            hs_arena_printf(c->arena,
                            "The tops are flatter at %.1f dBFS and hardly anything "
                            "goes above it: %s of the samples were cut, whatever "
                            "came after.",
                            hs_values_or_nan(c->values, "clip_level_dbfs"), share_of(c, cut));
    else if (ppm >= by_runs[1])
        out->evidence = hs_arena_printf(c->arena,
                                        "At least %s of the samples were cut: they lie in flat "
                                        "runs. At most %.0f ppm are expected.",
                                        share_of(c, ppm), by_runs[1]);
}

/* The more severe of flat runs (nothing followed the clipper) and flatter tops; then read_curve. */
static void read_clipped(const struct hs_rule *rule, const struct hs_case *c,
                         struct hs_reading *out)
{
    (void)rule;
    double ppm, cut = 0;
    enum hs_severity most_runs, most_ceiling;
    if (!hs_need(c, "clipped_ppm", &ppm, out))
        return;
    enum hs_severity runs = read_runs(c, ppm, &most_runs);
    enum hs_severity ceiling = read_ceiling(c, &cut, &most_ceiling);
    /* flat runs or the ceiling, whichever says more */
    bool by_ceiling = ceiling > runs || (ceiling == runs && cut > ppm && ceiling > HS_NO_FAULT);
    hs_reading_value(out, by_ceiling ? cut : ppm);
    out->thresholds = by_ceiling ? by_share : by_runs;
    out->at_most = by_ceiling ? most_ceiling : most_runs;
    say_clipped(c, by_ceiling, ppm, cut, out);
    read_curve(c, out);
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
              "over limited,limited,smashed,brickwall,too loud,loudness war,flat"),
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
              "dynamic,no punch,lack punch"),
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
         "curve that the pair has found.",
     .limit_from = "Fixed thresholds: 10, 25, 300 and 3000 samples of a million in flat runs; of "
                   "those above a ceiling 500, 3000 and 9000 for minor to severe; distortion "
                   "of -33, -25 and -19 dB. The largest of them. Real "
                   "catalogues without clipping stay below 8 (docs/distributions.md).",
     .source = "McKay, jProductionCritic, ISMIR 2013; Wilson & Fazenda, DAFx 2014",
     .needs = {"clipped_ppm", "clipped_at_one_level", "clipped_of_sound", "ceiling_ppm",
               "ceiling_z", "ceiling_flatness", "ceiling_square", "clip_level_dbfs",
               "ceiling_filtered", "effective_bits", "lossless", "sample_peak_dbfs"},
     .read = read_clipped,
     .correct = correct_clipped},
    {DYNAMICS("pumping", "pumping", "pumping,ducking,duck,side chain,sidechain,level dip"),
     .listen = "the whole sound that dips with each kick and comes back.", .unit = "dB", .side = +1,
     .jnd = 1.5, .tier = HS_INFERRED, .min_duration_s = 20, .repeatability = 0.3, .exposable = true,
     .fix = {.move = &hs_move_less_compression}, .span_s = 8, .base = {0, 162},
     .measured = "How far the sustained middle dips after each onset of the low drum and comes "
                 "back, the middle one of all onsets; with a pair also the dip of the gain of "
                 "mastering itself, added to that of the mix.",
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
