/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Source: whether the file is the original or was made from a lesser copy. All have fixed
 * thresholds; some count signs (1 note, 2 minor, 3 moderate).
 * 1. `lossy_source`: the grid of an encoder's blocks is proof (3 signs). Else holes in the spectrum
 *    count; fewer of them are needed where the content ends in a cliff.
 * 2. `band_limited`: the frequency of such a cliff, whatever cut there. `upsampled`: the stored
 * rate over the rate whose band limit the content keeps to.
 * 3. `dual_mono`: equal channels are a note, and moderate where the mix is stereo.
 */
#include "judge/correct.h"
#include "judge/reading.h"
#include "judge/wall.h"

#include <math.h>

/* Signs of an encoder, 0 to 3. Its grid is 3. Else the share of holes that it left in the spectrum
 * counts; beside a wall a smaller share is enough. A wall alone is no sign, because broadcast,
 * samplers and converters make walls as well. */
static double encoder_signs(const struct hs_values *v)
{
    double holes, seen;
    if (hs_values_read(v, "encoder_share", &seen) && seen > 0)
        return 3;
    if (!hs_values_read(v, "holes_share", &holes))
        return 0;
    if (!hs_wall_of(v).there)
        return holes >= 0.1 ? 2 : holes >= 0.02 ? 1 : 0;
    return holes >= 0.1 ? 3 : holes >= 0.012 ? 2 : holes >= 0.004 ? 1 : 0;
}

/* The encoder whose grid the mix of a master has; NULL where there is none, or where nobody knows
 * whether it is the mix. */
static const char *encoder_before(const struct hs_case *c)
{
    const struct hs_value *x = c->role == HS_ROLE_MASTER && hs_case_pair(c)
                                   ? hs_values_get(&c->result->mix.values, "encoder")
                                   : NULL;
    return x && x->kind == HS_TEXT ? x->text : NULL;
}

/* Only a losslessly stored file can hide that it went through an encoder. An archived mix may
 * openly be stored by one: that counts where the master has signs as well; where it has none, the
 * master was made from a better copy. */
static void read_lossy(const struct hs_rule *rule, const struct hs_case *c, struct hs_reading *out)
{
    (void)rule;
    double lossless, bandwidth_hz, holes = 0;
    bool of_mix = c->role == HS_ROLE_MIX && c->result;
    if (!hs_need(c, "lossless", &lossless, out) || !hs_need(c, "bandwidth_hz", &bandwidth_hz, out))
        return;
    if (lossless == 0 && !of_mix) {
        hs_reading_refuse(out, "not stored losslessly");
        return;
    }
    double signs = encoder_signs(c->values);
    /* a mix in a lossy file is only judged where its master has the signs too */
    if (lossless == 0) {
        double of_master = encoder_signs(&c->result->master.values);
        if (!(of_master > 0)) {
            hs_reading_refuse(out,
                              "the mix is stored by an encoder, the master has none of its signs");
            return;
        }
        signs = fmax(signs, of_master);
    }
    hs_reading_value(out, signs);
    hs_values_read(c->values, "holes_share", &holes);
    const struct hs_value *encoder = hs_values_get(c->values, "encoder");
    const char *before = encoder_before(c);
    if (encoder && encoder->kind == HS_TEXT && before && strcmp(before, encoder->text) != 0)
        out->evidence = hs_arena_printf(c->arena,
                                        "It went through %s in the mix, and through %s since: the "
                                        "coefficients that the encoders left empty show it.",
                                        before, encoder->text);
    else if (encoder && encoder->kind == HS_TEXT)
        out->evidence = hs_arena_printf(c->arena,
                                        "It went through %s: the coefficients that the encoder "
                                        "left empty are still empty, at its places alone.",
                                        encoder->text);
    else if (signs > 0)
        out->evidence = hs_arena_printf(
            c->arena, "The spectrum %s %.1f kHz; %.1f %% of the cells below are holes.",
            hs_wall_of(c->values).there ? "ends in a wall at" : "reaches",
            hs_wall_of(c->values).bandwidth_hz / 1000, 100 * holes);
}

/* A master that is stored at a lower rate than its mix has lost what the mix holds above half of
 * that rate, and its spectrum need not end in a wall to show it. */
static bool is_cut_by_rate(const struct hs_case *c, struct hs_wall *w)
{
    const double high_enough_hz = 20700;
    double rate, of_mix;
    if (c->role != HS_ROLE_MASTER || !hs_other_of_pair(c) ||
        !hs_values_read(c->values, "sample_rate_hz", &rate) || rate / 2 >= high_enough_hz ||
        !hs_values_read(hs_other_of_pair(c), "bandwidth_hz", &of_mix) ||
        of_mix <= HS_ENDS_ELSEWHERE * rate / 2)
        return false;
    *w = (struct hs_wall){.there = true, .bandwidth_hz = rate / 2};
    return true;
}

/* A wall shows that something cut the spectrum here, not what it was. */
static void read_band_limited(const struct hs_rule *rule, const struct hs_case *c,
                              struct hs_reading *out)
{
    double hz;
    if (!hs_need(c, "bandwidth_hz", &hz, out))
        return;
    struct hs_wall w = hs_wall_of(c->values), other = {.there = false};
    const bool by_rate = is_cut_by_rate(c, &w);
    if (hs_other_of_pair(c))
        other = hs_wall_of(hs_other_of_pair(c));
    if (!by_rate && (w.there ? hs_wall_is_none(c, hz)
                             : other.there && hs_wall_is_shared(c, hz, other.bandwidth_hz)))
        w = other;
    hs_reading_value(out, w.there ? w.bandwidth_hz / 1000 : rule->thresholds[0]);
    if (by_rate)
        out->evidence = hs_arena_printf(
            c->arena, "Stored at %g kHz, which ends at %.1f kHz; the mix reaches %.1f kHz.",
            w.bandwidth_hz / 500, w.bandwidth_hz / 1000,
            hs_values_or_nan(hs_other_of_pair(c), "bandwidth_hz") / 1000);
    else if (w.there)
        out->evidence =
            hs_arena_printf(c->arena, "Band-limited at %.1f kHz.", w.bandwidth_hz / 1000);
}

/* The rate at which a file was made, and where its content ends. */
struct made_at {
    double rate_hz, ends_hz; /* rate_hz NAN: at its own */
    bool by_mix;
};

/* By the pair: a master that ends where its mix ends, and is stored at a higher rate than that, was
 * made at the rate of the mix, whatever lower rate the end would fit: the mix has it as well. */
static bool is_made_at_rate_of_mix(const struct hs_case *c, double rate, double bandwidth,
                                   struct made_at *out)
{
    const double higher = 0.95;
    double of_mix, mix_ends;
    if (c->role != HS_ROLE_MASTER || !hs_other_of_pair(c) ||
        !hs_values_read(hs_other_of_pair(c), "sample_rate_hz", &of_mix) ||
        !hs_values_read(hs_other_of_pair(c), "bandwidth_hz", &mix_ends) ||
        of_mix >= higher * rate || out->rate_hz >= of_mix ||
        bandwidth > HS_ENDS_ELSEWHERE * mix_ends || mix_ends > HS_ENDS_ELSEWHERE * bandwidth)
        return false;
    *out = (struct made_at){of_mix, fmax(bandwidth, mix_ends), true};
    return true;
}

static struct made_at made_at(const struct hs_case *c, double rate, double bandwidth)
{
    double from, of_other, others_rate = rate;
    struct made_at m = {NAN, bandwidth, false};
    bool others = false;
    if (hs_values_read(c->values, "upsampled_from_hz", &from) && from > 0)
        m = (struct made_at){from, fmin(bandwidth, from / 2), false};
    if (hs_other_of_pair(c)) {
        hs_values_read(hs_other_of_pair(c), "sample_rate_hz", &others_rate);
        others = hs_values_read(hs_other_of_pair(c), "upsampled_from_hz", &of_other) &&
                 of_other > 0 && (c->role != HS_ROLE_MIX || others_rate <= rate);
    }
    if (isfinite(m.rate_hz) && !others && is_made_at_rate_of_mix(c, rate, bandwidth, &m))
        return m;
    if (isfinite(m.rate_hz) && !others && hs_wall_is_none(c, bandwidth))
        m.rate_hz = NAN;
    else if (!isfinite(m.rate_hz) && others && of_other < rate &&
             hs_wall_is_shared(c, bandwidth, of_other / 2))
        m = (struct made_at){of_other, fmin(bandwidth, of_other / 2), false};
    return m;
}

/* How many times the rate at which it was made. A mix is only looked at where its master is
 * upsampled as well: stored at the lower rate again, it has lost nothing. */
static void read_upsampled(const struct hs_rule *rule, const struct hs_case *c,
                           struct hs_reading *out)
{
    (void)rule;
    double rate, bandwidth, from;
    if (c->role == HS_ROLE_MIX && c->result &&
        !hs_values_read(&c->result->master.values, "upsampled_from_hz", &from)) {
        hs_reading_refuse(out, "the master is stored at the rate at which it was made");
        return;
    }
    if (!hs_need(c, "sample_rate_hz", &rate, out) || !hs_need(c, "bandwidth_hz", &bandwidth, out))
        return;
    const struct made_at made = made_at(c, rate, bandwidth);
    const bool found = isfinite(made.rate_hz);
    hs_reading_value(out, found ? rate / made.rate_hz : 1);
    if (found)
        out->evidence = hs_arena_printf(
            c->arena, "Stored at %g kHz, but nothing above %.1f kHz: %s %g kHz.", rate / 1000,
            made.ends_hz / 1000, made.by_mix ? "as made at the rate of the mix," : "as made at",
            made.rate_hz / 1000);
}

/* Two equal channels are a note: mono may be meant. Where the mix has a side signal, mastering or
 * delivery has lost it: moderate. */
static void read_dual_mono(const struct hs_rule *rule, const struct hs_case *c,
                           struct hs_reading *out)
{
    (void)rule;
    const double a_side_db = -40;
    double equal, side, of_mix;
    bool noise_alone = hs_values_read(c->values, "side_mid_db", &side); /* else there is no side */
    if (!noise_alone && !hs_values_read(c->values, "channels_equal", &equal) &&
        !hs_need(c, "side_mid_db", &side, out))
        return;
    const struct hs_values *pair = c->role == HS_ROLE_MASTER ? hs_case_pair(c) : NULL;
    const struct hs_value *copied = pair ? hs_values_get(pair, "copied_channel") : NULL;
    if (copied && copied->kind == HS_TEXT) {
        hs_reading_value(out, 3);
        out->evidence = hs_arena_printf(
            c->arena, "The %s channel was replaced by the other one, and the mix is stereo.",
            copied->text);
        return;
    }
    bool mono = hs_values_mono(c->values);
    bool mix_is_stereo =
        c->role == HS_ROLE_MASTER && c->result && c->result->mix.state == HS_FILE_OK &&
        hs_values_read(&c->result->mix.values, "side_mid_db", &of_mix) && of_mix > a_side_db;
    hs_reading_value(out, !mono ? 0 : mix_is_stereo ? 3 : 1);
    if (mono)
        out->evidence = hs_arena_printf(
            c->arena, "%s%s",
            noise_alone ? hs_arena_printf(c->arena,
                                          "Both channels are equal but for a side %.0f dB below "
                                          "the mid: noise or dither",
                                          -side)
                        : "Both channels are equal",
            mix_is_stereo ? ", but the mix is stereo." : ".");
}

/* A stereo mix that was folded to mono loses what is not in its middle, so that the rest stands
 * out: a fault of tone that came in without a move of the equaliser is that. */
static bool folding_accounts_for(const struct hs_finding *lead, const struct hs_finding *f)
{
    const struct hs_rule *rule = hs_rule_find(f->rule);
    bool came_in = f->origin == HS_ORIGIN_MASTERING || f->origin == HS_ORIGIN_EXPOSED;
    return lead->origin == HS_ORIGIN_MASTERING && lead->severity >= HS_MODERATE && came_in &&
           !f->moved && rule && hs_rule_reads_bands(rule);
}

static const char *const walls_come_from[] = {"lossy_source", "upsampled", NULL};
static const double signs_thresholds[] = {0, 1, 2, 3, 5};

#define COPY_RULE(identity, name, words, note)                                                     \
    .id = identity, .dimension = &hs_dimension_source, .title = name, .heard_as = words,           \
    .fix = {.move = &hs_move_another_copy}, .about_note = note, .mending = HS_BY_FIRST_COPY,       \
    .correct = hs_correct_another_copy

static const struct hs_rule rules[] = {
    {COPY_RULE("lossy_source", "lossy source", "lossy,mp3,from mp3,swirly,underwater", NULL),
     .listen = "a swirl in cymbals and applause. At high rates nobody hears it: the file shows it.",
     .hearable = HS_SELDOM_HEARD, .unit = "signs", .side = +1, .jnd = 1, .tier = HS_INFERRED,
     .min_duration_s = 20, .judges_mix = true, .lasting = true, .repeatability = 0.1,
     .thresholds = signs_thresholds, .cause = true,
     .measured = "Signs of an encoder in a losslessly stored file. Its grid, where its blocks lay, "
                 "is 3 signs, with its name. Else holes above 12 kHz, below the "
                 "bandwidth, where it saved bits. Beside a wall in the spectrum 0.4 % of them are "
                 "1 sign, 1.2 % 2, 10 % 3; without one 2 % are 1 and 10 % 2. A wall alone is no "
                 "sign: broadcast, samplers and converters make walls too. Encoders at high "
                 "rates, and music without treble, leave no signs. A mix that is stored by an "
                 "encoder is looked at where the master has its signs.",
     .limit_from = "Fixed thresholds: signs are counted.",
     .source = "compare D'Alessandro & Shi, ACM MM&Sec 2009; Alonso-Jimenez et al., AES 146 "
               "(2019)",
     .needs = {"lossless", "bandwidth_hz", "sample_rate_hz", "cliff_db", "holes_share",
               "upsampled_from_hz", "encoder_share", "encoder"},
     .read = read_lossy, .shows_encoder = true},
    {COPY_RULE("band_limited", "band-limited", "band-limited,no air,no top end,fm", NULL),
     .listen = "air above cymbals and voice that is cut off, as on FM radio.", .unit = "kHz",
     .side = -1, .jnd = 1, .tier = HS_MEASURED, .min_duration_s = 20, .judges_mix = true,
     .lasting = true, .repeatability = 0.1, .thresholds = (const double[]){22, 19, 14, 10, 6.5},
     .explained_by = walls_come_from,
     .measured = "Where the spectrum ends in a wall, whatever cut it: an encoder, FM, an old "
                 "sampler, a lower sample rate; half the rate of a master whose mix reaches "
                 "higher. 22 where there is none below 20.7 kHz.",
     .limit_from = "Fixed thresholds: 19 kHz (nothing that grown-ups hear), 14 (below FM), 10 and "
                   "6.5 kHz.",
     .source = "definition; compare ISO 226 (limits of hearing)",
     .needs = {"bandwidth_hz", "sample_rate_hz", "cliff_db", "upsampled_from_hz"},
     .read = read_band_limited},
    {COPY_RULE("upsampled", "upsampled", "upsampled,fake high resolution,not real hi-res", NULL),
     .listen = "Nothing to hear here: the file shows it.", .hearable = HS_NEVER_HEARD, .unit = "x",
     .side = +1, .jnd = 0.1, .tier = HS_INFERRED, .min_duration_s = 20, .cause = true,
     .judges_mix = true, .repeatability = 0.01,
     .thresholds = (const double[]){1, 1.05, 1.9, 3.9, 8}, .base = {1, 164},
     .measured = "Stored sample rate over the lower one whose band limit the content keeps "
                 "to, or over that of a mix that ends alike: 1 where the file is what it says.",
     .limit_from = "Fixed thresholds: from 1.05 a note, from twice the rate minor, from four "
                   "times moderate.",
     .source = "band limits of the usual sample rates; docs/distributions.md",
     .needs = {"sample_rate_hz", "bandwidth_hz", "upsampled_from_hz"}, .read = read_upsampled},
    {COPY_RULE("dual_mono", "dual mono", "dual mono,both channel same,only mono",
               "Nothing, if mono is meant; else deliver a copy that is stereo."),
     .listen = "everything in the middle: left and right are the same.", .unit = "signs",
     .side = +1, .jnd = 1, .tier = HS_MEASURED, .min_duration_s = 1, .judges_mix = true,
     .repeatability = 0.1, .thresholds = signs_thresholds, .base = {0, 164},
     .measured = "Whether left and right are the same (a side 60 dB down counts as none). A "
                 "note, for mono may be meant; moderate where the mix is stereo.",
     .limit_from = "Fixed thresholds: 1 for equal channels, 3 where the mix has a side.",
     .source = "compare Essentia, FalseStereoDetector", .needs = {"channels_equal", "side_mid_db"},
     .read = read_dual_mono, .accounts_for = folding_accounts_for},
};

const struct hs_rule_table hs_rules_source_copies = {rules, sizeof rules / sizeof *rules};
