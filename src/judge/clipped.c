/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The strongest of three: samples in flat runs, tops that are flatter at one level, and with a mix
 * the distortion that no gain explains.
 */
#include "judge/clipped.h"

#include "core/num_text.h"
#include "dsp/ceiling_verdict.h"
#include "judge/reading.h"
#include "judge/scale.h"

#include <math.h>

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
bool hs_made_of_square_waves(const struct hs_case *c)
{
    const double few_ppm = 10000;
    double ppm, cut = 0;
    hs_values_read(c->values, "ceiling_ppm", &cut);
    return is_flat_at_many_levels(c) && hs_values_read(c->values, "clipped_ppm", &ppm) &&
           ppm >= few_ppm && ppm >= cut / 2;
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

/* Below the music, dB, what is left of the master where gain alone made it of its mix: clipping
 * left no more than that. NaN where the pair does not tell: no device of gain, a curve beside it,
 * or a mix that was clipped itself. */
static double left_by_gain_db(const struct hs_case *c)
{
    const struct hs_values *pair = c->role == HS_ROLE_MASTER ? hs_case_pair(c) : NULL;
    if (!pair || !c->result->pair.n_chain)
        return NAN;
    for (size_t i = 0; i < c->result->pair.n_chain; i++)
        if (c->result->pair.chain[i].kind == HS_DEVICE_CLIPPER ||
            c->result->pair.chain[i].kind == HS_DEVICE_SATURATION)
            return NAN;
    double runs = 0, cut = 0, residual_db = NAN;
    hs_values_read(&c->result->mix.values, "clipped_ppm", &runs);
    hs_values_read(&c->result->mix.values, "ceiling_ppm", &cut);
    hs_values_read(pair, "residual_db", &residual_db);
    return runs < by_runs[1] && cut < by_share[1] ? residual_db : NAN;
}

/* What clipping through a codec or an equaliser leaves: tops that are flatter at one level. What
 * barely stands out is minor at most: limiting makes tops of whole songs flatter by 0.055, behind
 * an encoder by 0.067 with a z of up to 16. Of square waves nothing can be told. What a pair shows
 * to be the work of a gain was not cut. */
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
    if (square != 0 || hs_made_of_square_waves(c))
        *at_most = HS_NOTE;
    else if (is_held_by_limiter(c, flatter))
        *at_most = HS_NOTE;
    else if ((z < clear && flatter < 0.1) || flatter < of_limiters)
        *at_most = HS_MINOR;
    const double left_db = left_by_gain_db(c);
    const enum hs_severity by_pair =
        isfinite(left_db) ? hs_scale_severity_on(by_distortion, left_db) : HS_SEVERE;
    *at_most = by_pair < *at_most ? by_pair : *at_most;
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
 * grows by 9.2 dB when ten times as many samples are cut. Where the waveform is as severe, the
 * words name both counts if they differ: the master alone shows what it surely lost. */
static void read_curve(const struct hs_case *c, struct hs_reading *out)
{
    const double db_per_decade = 9.2, clearly_more = 1.25;
    double db, ppm;
    const struct hs_values *pair = c->role == HS_ROLE_MASTER ? hs_case_pair(c) : NULL;
    if (!pair || !hs_values_read(pair, "distortion_db", &db) ||
        !hs_values_read(pair, "cut_ppm", &ppm))
        return;
    enum hs_severity alone = hs_scale_severity_on(out->thresholds, out->value);
    alone = alone < out->at_most ? alone : out->at_most;
    if (hs_scale_severity_on(by_distortion, db) <= alone || !(ppm > 0)) {
        if (out->evidence && alone > HS_NO_FAULT && ppm > clearly_more * out->value)
            out->evidence = hs_arena_printf(c->arena, "%s Held against the mix it is %s.",
                                            out->evidence, share_of(c, ppm));
        return;
    }
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
    const double left_db = left_by_gain_db(c);
    if (by_ceiling && left_db < by_distortion[HS_SEVERE] &&
        out->at_most == hs_scale_severity_on(by_distortion, left_db))
        out->evidence = hs_arena_printf(
            c->arena,
            "The tops are flatter at %.1f dBFS, but gain alone made them of the mix: all that "
            "it does not explain is %.0f dB below the music.",
            hs_values_or_nan(c->values, "clip_level_dbfs"), -left_db);
    else if (out->at_most == HS_NO_FAULT)
        out->evidence = "Flat at many levels: the steps of a few bits, not a clipper.";
    else if (by_ceiling && is_held_by_limiter(c, hs_values_or_nan(c->values, "ceiling_flatness")))
        out->evidence = hs_arena_printf(
            c->arena,
            "Held at its highest sample, hardly flatter there and %s: a limiter, more likely than "
            "a clipper.",
            ppm < by_runs[1] ? "without flat runs"
                             : hs_arena_printf(c->arena, "with %s in flat runs", share_of(c, ppm)));
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

/* Without a mix, tops that are flatter although no clipper is proven: why nobody knows, or NULL.
 * Where they stand out as those of a clipper do (dsp/ceiling_verdict.h) hardly one was flat by
 * itself: a limiter, or a clipper that is soft or was filtered since. Behind an encoder all that is
 * flatter than clean music (errors of up to 7) is in doubt. */
static const char *why_unknown(const struct hs_case *c)
{
    const double of_clean = 7;
    double lossless, z, cut = 0, flatter = 0, square = 0;
    hs_values_read(c->values, "ceiling_ppm", &cut);
    hs_values_read(c->values, "ceiling_flatness", &flatter);
    hs_values_read(c->values, "ceiling_square", &square);
    if (c->role != HS_ROLE_MASTER || hs_case_pair(c) || cut > 0 ||
        !hs_values_read(c->values, "lossless", &lossless) ||
        !hs_values_read(c->values, "ceiling_z", &z))
        return NULL;
    double level = hs_values_or_nan(c->values, "clip_level_dbfs");
    if (square == 0 && hs_ceiling_stands_out(z, flatter))
        return hs_arena_printf(c->arena,
                               "the tops are flatter at %.1f dBFS, but hardly one is flat by "
                               "itself: a limiter, or less likely a clipper that was soft or was "
                               "filtered since; the mix would tell",
                               level);
    if (lossless != 0 || z < of_clean)
        return NULL;
    return hs_arena_printf(c->arena,
                           "the tops are a little flatter at %.1f dBFS, as far as the noise of the "
                           "encoder lets it be seen: clipped, limited or neither",
                           level);
}

/* The more severe of flat runs (nothing followed the clipper) and flatter tops; then read_curve. */
void hs_read_clipped(const struct hs_rule *rule, const struct hs_case *c, struct hs_reading *out)
{
    (void)rule;
    double ppm, cut = 0;
    enum hs_severity most_runs, most_ceiling;
    if (!hs_need(c, "clipped_ppm", &ppm, out))
        return;
    enum hs_severity runs = read_runs(c, ppm, &most_runs);
    enum hs_severity ceiling = read_ceiling(c, &cut, &most_ceiling);
    /* flat runs or the ceiling, whichever says more */
    const char *unknown = runs == HS_NO_FAULT ? why_unknown(c) : NULL;
    if (unknown) {
        hs_reading_refuse(out, unknown);
        return;
    }
    bool by_ceiling = ceiling > runs || (ceiling == runs && cut > ppm && ceiling > HS_NO_FAULT);
    hs_reading_value(out, by_ceiling ? cut : ppm);
    out->thresholds = by_ceiling ? by_share : by_runs;
    out->at_most = by_ceiling ? most_ceiling : most_runs;
    say_clipped(c, by_ceiling, ppm, cut, out);
    read_curve(c, out);
}
