/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Source: faults of the file, the transfer or the converter, not of the music. All have fixed
 * thresholds; some count signs (1 note, 2 minor, 3 moderate).
 * 1. `dc_offset`, `silent`, `noisy`, `damaged`: one measure against its thresholds.
 * 2. `lossy_source`: the grid of an encoder's blocks is proof (3 signs). Else holes in the spectrum
 *    count; fewer of them are needed where the content ends in a cliff.
 * 3. `band_limited`: the frequency of such a cliff, whatever cut there. `upsampled`: the stored
 * rate over the rate whose band limit the content keeps to.
 * 4. `dual_mono`: equal channels are a note, and moderate where the mix is stereo.
 * 5. `hum`: lines of the mains; a line that may be one of the lowest musical notes is a note at
 * most.
 * 6. `truncated`: an abrupt end with more music in the mix; without a mix only a wave that is cut
 *    through at the end and does not run on into the file's start or the next track.
 */
#include "judge/correct.h"
#include "judge/reading.h"

#include <math.h>

/* An offset scales with the level: that of a mix is multiplied by the gain of mastering, so that
 * both files are compared at one level. */
static void read_dc(const struct hs_rule *rule, const struct hs_case *c, struct hs_reading *out)
{
    double gain_db;
    hs_read_first_need(rule, c, out);
    if (out->judged && c->role == HS_ROLE_MIX && c->result &&
        hs_values_read(&c->result->pair.values, "gain_db", &gain_db))
        out->value *= pow(10, gain_db / 20);
    if (out->judged && fabs(out->value) >= rule->thresholds[1])
        out->evidence = hs_arena_printf(c->arena,
                                        "The wave stands %.1f %% of full scale off its middle; up "
                                        "to %.1f %% is expected.",
                                        100 * fabs(out->value), 100 * rule->thresholds[1]);
}

static void correct_dc(const struct hs_rule *rule, const struct hs_case *c,
                       const struct hs_finding *f, struct hs_correction *out)
{
    (void)rule;
    hs_correct_words(c, f, out, &hs_move_high_pass, "Take the offset away: a high-pass at 5 Hz.");
    out->hz = 5;
    out->q = 0.7;
    out->after = 0;
}

/* A file that never reaches the absolute gate has no integrated loudness at all. */
static void read_silent(const struct hs_rule *rule, const struct hs_case *c, struct hs_reading *out)
{
    (void)rule;
    double lufs;
    if (hs_values_read(c->values, "integrated_lufs", &lufs))
        hs_reading_value(out, lufs);
    else if (hs_values_absence(c->values, "integrated_lufs") == HS_NOTHING_THERE) {
        hs_reading_value(out, -70);
        out->evidence = "Nothing above -70 LUFS.";
    } else
        hs_need(c, "integrated_lufs", &lufs, out);
}

/* A wall: the content ends in a cliff, well below what the rate could hold. */
struct wall {
    bool there;
    double bandwidth_hz;
};

/* A cliff that neither the sample rate nor a lower one explains. */
static struct wall wall_of(const struct hs_values *v)
{
    const double high_enough_hz = 20700, a_cliff_db = 20;
    double rate, from, cliff = 0;
    struct wall w = {.there = false};
    if (!hs_values_read(v, "bandwidth_hz", &w.bandwidth_hz) ||
        !hs_values_read(v, "sample_rate_hz", &rate) || !hs_values_read(v, "cliff_db", &cliff))
        return w;
    if (hs_values_read(v, "upsampled_from_hz", &from))
        rate = from;
    w.there =
        cliff >= a_cliff_db && w.bandwidth_hz < high_enough_hz && w.bandwidth_hz < 0.96 * rate / 2;
    return w;
}

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
    if (!wall_of(v).there)
        return holes >= 0.1 ? 2 : holes >= 0.02 ? 1 : 0;
    return holes >= 0.1 ? 3 : holes >= 0.012 ? 2 : holes >= 0.004 ? 1 : 0;
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
    if (encoder && encoder->kind == HS_TEXT)
        out->evidence = hs_arena_printf(c->arena,
                                        "It went through %s: the coefficients that the encoder "
                                        "left empty are still empty, at its places alone.",
                                        encoder->text);
    else if (signs > 0)
        out->evidence = hs_arena_printf(
            c->arena, "The spectrum %s %.1f kHz; %.1f %% of the cells below are holes.",
            wall_of(c->values).there ? "ends in a wall at" : "reaches",
            wall_of(c->values).bandwidth_hz / 1000, 100 * holes);
}

/* A wall shows that something cut the spectrum here, not what it was. */
static void read_band_limited(const struct hs_rule *rule, const struct hs_case *c,
                              struct hs_reading *out)
{
    const double bandwidth_khz = hs_values_or_nan(c->values, "bandwidth_hz") / 1000;
    double hz;
    if (!hs_need(c, "bandwidth_hz", &hz, out))
        return;
    bool wall = wall_of(c->values).there;
    hs_reading_value(out, wall ? bandwidth_khz : rule->thresholds[0]);
    if (wall)
        out->evidence = hs_arena_printf(c->arena, "Band-limited at %.1f kHz.", bandwidth_khz);
}

/* Seconds that the reader had to leave out or fill with silence; with a pair also what is silent in
 * the master where the mix plays. */
static void read_damaged(const struct hs_rule *rule, const struct hs_case *c,
                         struct hs_reading *out)
{
    size_t n;
    double silenced = 0;
    hs_read_first_need(rule, c, out);
    const struct hs_values *pair = c->role == HS_ROLE_MASTER ? hs_case_pair(c) : NULL;
    if (pair && hs_values_read(pair, "silenced_s", &silenced) && silenced > 0) {
        hs_reading_value(out, silenced + (out->judged ? out->value : 0));
        out->evidence = hs_arena_printf(
            c->arena, "Silent for %.2f s in the midst of what sounds in the mix.", silenced);
        return;
    }
    const char *line = hs_values_line(c->values, "remarks", 0, &n);
    if (out->judged && out->value > 0 && line)
        out->evidence = hs_arena_printf(c->arena, "%.2f s of music are missing: %.*s.", out->value,
                                        (int)n, line);
}

/* How many times the rate at which it was made. */
static void read_upsampled(const struct hs_rule *rule, const struct hs_case *c,
                           struct hs_reading *out)
{
    (void)rule;
    double rate, bandwidth, from;
    if (!hs_need(c, "sample_rate_hz", &rate, out) || !hs_need(c, "bandwidth_hz", &bandwidth, out))
        return;
    bool found = hs_values_read(c->values, "upsampled_from_hz", &from) && from > 0;
    hs_reading_value(out, found ? rate / from : 1);
    if (found)
        out->evidence = hs_arena_printf(c->arena,
                                        "Stored at %g kHz, but nothing above %.1f kHz: as made "
                                        "at %g kHz.",
                                        rate / 1000, fmin(bandwidth, from / 2) / 1000, from / 1000);
}

/* Two equal channels are a note: mono may be meant. Where the mix has a side signal, mastering or
 * delivery has lost it: moderate. */
static void read_dual_mono(const struct hs_rule *rule, const struct hs_case *c,
                           struct hs_reading *out)
{
    (void)rule;
    const double a_side_db = -40;
    double equal, side = NAN, of_mix;
    bool known = hs_values_read(c->values, "channels_equal", &equal);
    if (!known && !hs_need(c, "side_mid_db", &side, out))
        return;
    bool mono = known && equal != 0;
    if (hs_values_read(c->values, "side_mid_db", &side))
        mono = mono || side < -60;
    bool mix_is_stereo =
        c->role == HS_ROLE_MASTER && c->result && c->result->mix.state == HS_FILE_OK &&
        hs_values_read(&c->result->mix.values, "side_mid_db", &of_mix) && of_mix > a_side_db;
    hs_reading_value(out, !mono ? 0 : mix_is_stereo ? 3 : 1);
    if (mono)
        out->evidence = mix_is_stereo ? "Both channels are equal, but the mix is stereo."
                                      : "Both channels are equal.";
}

/* A line that is off 50 or 60 Hz may be mains from a tape at another speed, or one of the lowest
 * notes (within 0.4 %): then no notch is proposed, because it would take out a bass line. */
static bool may_be_a_note(double hz)
{
    static const double notes_hz[] = {49.00, 51.91, 58.27, 61.74}; /* G1 G#1 A#1 B1 */
    const double near = 0.004;
    for (size_t i = 0; i < sizeof notes_hz / sizeof *notes_hz; i++)
        if (fabs(hz / notes_hz[i] - 1) <= near)
            return true;
    return false;
}

/* A hum on a pitch that music uses is a note at most. A file that was measured and has no lines
 * reads -120 dB. */
static void read_hum(const struct hs_rule *rule, const struct hs_case *c, struct hs_reading *out)
{
    (void)rule;
    double db, hz;
    if (hs_values_get(c->values, "bands_db") && hs_values_read(c->values, "duration_s", &db) &&
        hs_values_absence(c->values, "hum_db") == HS_NOTHING_THERE) {
        hs_reading_value(out, -120);
        return;
    }
    if (!hs_need(c, "hum_db", &db, out))
        return;
    hs_reading_value(out, db);
    if (!hs_values_read(c->values, "hum_hz", &hz))
        return;
    bool note = may_be_a_note(hz);
    out->at_most = note ? HS_NOTE : HS_SEVERE;
    out->evidence =
        hs_arena_printf(c->arena,
                        "Steady lines at multiples of %.1f Hz, %.0f dB below the "
                        "programme.%s",
                        hz, -db, note ? " They may be a note: nothing is to be taken out." : "");
}

/* Not where the frequency may be a note that is played. */
static void correct_hum(const struct hs_rule *rule, const struct hs_case *c,
                        const struct hs_finding *f, struct hs_correction *out)
{
    (void)rule;
    double hz;
    if (hs_values_read(c->values, "hum_hz", &hz) && may_be_a_note(hz))
        return;
    hs_correct_words(c, f, out, &hs_move_notches, "Notch the mains frequency and its multiples.");
    if (hs_values_read(c->values, "hum_hz", &hz))
        out->hz = hz;
    out->q = 30;
}

/* At most 10 dB. */
static void correct_noise(const struct hs_rule *rule, const struct hs_case *c,
                          const struct hs_finding *f, struct hs_correction *out)
{
    (void)rule;
    double db = round(fmin(fabs(hs_correct_wanted(f)), 10));
    hs_correct_words(c, f, out, &hs_move_noise_reduction, NULL);
    out->db = -db;
    out->after = f->value - db;
    out->words = hs_arena_printf(c->arena,
                                 "In the %s: broadband noise reduction of at most %.0f dB, and "
                                 "clean cuts where nobody plays.",
                                 hs_place_name(out->where), db);
}

static void correct_copy(const struct hs_rule *rule, const struct hs_case *c,
                         const struct hs_finding *f, struct hs_correction *out)
{
    (void)rule;
    hs_correct_words(c, f, out, &hs_move_another_copy,
                     "Go back to the original and deliver a first-generation copy.");
    out->where = HS_PLACE_MASTER;
}

/* How a file begins or ends: at full level and without a fade. Music that is meant to run
 * on (loops, segues) does that too, so without the mix it is a note at most. */
struct end {
    const char *level, *rise, *fade;
    const char *direction;
};
static const struct end ends[] = {
    {"start_level_db", "start_rise_db", "fade_in_s", "start"},
    {"end_level_db", "end_drop_db", "fade_out_s", "end"},
};

/* Seconds of music the mix has beyond this end of the master; NaN without a pair. */
static double missing_s(const struct hs_case *c, bool at_end)
{
    const struct hs_track_result *t = c->result;
    if (!t || c->role != HS_ROLE_MASTER || t->pair.state != HS_PAIR_ALIGNED)
        return NAN;
    double delay = hs_values_or_nan(&t->pair.values, "delay_s");
    double drift = hs_values_or_nan(&t->pair.values, "drift_ppm");
    double length = hs_values_or_nan(c->values, "duration_s");
    double mix = hs_values_or_nan(&t->mix.values, "duration_s");
    double before = hs_values_or_nan(&t->mix.values, "leading_silence_s");
    double after = hs_values_or_nan(&t->mix.values, "trailing_silence_s");
    if (!at_end)
        return delay - before;
    return mix - after - (delay + length * (1 + 1e-6 * drift));
}

static bool abrupt(const struct hs_case *c, const struct end *e)
{
    const double loud_db = -12, no_slope_db = 4, no_fade_s = 0.25;
    double level, rise, fade;
    if (!hs_values_read(c->values, e->level, &level) || !hs_values_read(c->values, e->rise, &rise))
        return false;
    bool faded = hs_values_read(c->values, e->fade, &fade) && fade > no_fade_s;
    return level > loud_db && rise < no_slope_db && !faded;
}

/* Signs without a mix: a wave cut through at an end that does not run on from the other
 * one, nor into the next track of the release. */
static double alone(const struct hs_case *c, bool at_end)
{
    const double cut_through_db = -10;
    double step;
    if (!at_end || abrupt(c, &ends[0]))
        return 0;
    if (!hs_values_read(c->values, "end_step_db", &step) || step < cut_through_db)
        return 0;
    const struct hs_release *release = c->release;
    size_t own = c->result && c->audit ? (size_t)(c->result - c->audit->tracks) : 0;
    if (release && own + 1 < release->first_track + release->n_tracks) {
        struct hs_case next = *c;
        next.values = &c->audit->tracks[own + 1].master.values;
        if (next.values->n && abrupt(&next, &ends[0]))
            return 0;
    }
    return 1;
}

/* Looks at both ends: cut in the middle of the sound, and by how much compared with the mix. */
static void read_truncated(const struct hs_rule *rule, const struct hs_case *c,
                           struct hs_reading *out)
{
    (void)rule;
    const double worth_missing_s[] = {1, 0.5}; /* heads are trimmed, endings are not */
    double level, worst = 0;
    if (!hs_need(c, "end_level_db", &level, out) || !hs_need(c, "start_level_db", &level, out))
        return;
    for (int end = 0; end < 2; end++) {
        double missing = missing_s(c, end), signs = 0;
        if (abrupt(c, &ends[end]))
            signs = missing > worth_missing_s[end] ? 3 : isnan(missing) ? alone(c, end) : 0;
        if (signs <= worst)
            continue;
        worst = signs;
        out->direction = ends[end].direction;
        out->evidence =
            missing > worth_missing_s[end]
                ? hs_arena_printf(c->arena, "The %s is cut off: the mix has %.1f s more.",
                                  ends[end].direction, missing)
                : hs_arena_printf(c->arena, "The %s comes at full level, without a fade.",
                                  ends[end].direction);
    }
    hs_reading_value(out, worst);
}

static void correct_silent(const struct hs_rule *rule, const struct hs_case *c,
                           const struct hs_finding *f, struct hs_correction *out)
{
    (void)rule;
    hs_correct_words(c, f, out, &hs_move_another_copy,
                     "Find out whether this is the right file; deliver another copy.");
}

static const char *const walls_come_from[] = {"lossy_source", "upsampled", NULL};
static const double signs_thresholds[] = {0, 1, 2, 3, 5};

#define SOURCE_RULE(identity, name, words)                                                         \
    .id = identity, .dimension = &hs_dimension_source, .title = name, .heard_as = words

static const struct hs_rule rules[] = {
    {SOURCE_RULE("dc_offset", "direct current", "dc offset,offset,dc"),
     .listen = "Nothing to hear here: the file shows it. At most it clicks where the song is cut.",
     .hearable = HS_NEVER_HEARD,
     .unit = "",
     .side = 0,
     .jnd = 0.01,
     .tier = HS_MEASURED,
     .min_duration_s = 1,
     .judges_mix = true,
     .repeatability = 0.0001,
     .thresholds = (const double[]){0, 0.01, 0.02, 0.12, 0.3},
     .fix = {.move = &hs_move_high_pass},
     .base = {17, 164},
     .mending = HS_BY_REPAIR,
     .measured = "Mean of the samples, full scale 1, the worse channel. It clicks at every "
                 "cut and takes headroom from one half wave.",
     .limit_from = "Fixed thresholds: -40, -34, -18 and -10 dB of full scale. At -40 dB it takes "
                   "0.09 dB of headroom and clicks at a cut in a quiet place; below that it is "
                   "to be measured, not heard.",
     .source = "definition; converters since 1995 stay below 0.001",
     .needs = {"dc_offset"},
     .read = read_dc,
     .correct = correct_dc},
    {SOURCE_RULE("silent", "silent", "silent,silence,nothing there,empty file"),
     .listen = "nothing where there should be music.", .unit = "LUFS", .side = -1, .jnd = 5,
     .tier = HS_MEASURED, .min_duration_s = 0, .repeatability = 0.1,
     .thresholds = (const double[]){-20, -40, -45, -50, -60},
     .fix = {.move = &hs_move_another_copy}, .base = {0, 164}, .mending = HS_BY_COPY,
     .measured = "Integrated loudness: a file with nothing in it is a wrong or broken copy.",
     .limit_from = "Fixed thresholds: -40, -45, -50 and -60 LUFS; the quietest releases of "
                   "music lie above -35.",
     .source = "ITU-R BS.1770-5, absolute gate", .needs = {"integrated_lufs"}, .read = read_silent,
     .correct = correct_silent},
    {SOURCE_RULE("lossy_source", "lossy source", "lossy,mp3,from mp3,swirly,underwater"),
     .listen = "a swirl in cymbals and applause. At high rates nobody hears it: the file shows it.",
     .hearable = HS_SELDOM_HEARD,
     .unit = "signs",
     .side = +1,
     .jnd = 1,
     .tier = HS_INFERRED,
     .min_duration_s = 20,
     .judges_mix = true,
     .lasting = true,
     .repeatability = 0.1,
     .thresholds = signs_thresholds,
     .fix = {.move = &hs_move_another_copy},
     .mending = HS_BY_FIRST_COPY,
     .cause = true,
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
     .read = read_lossy,
     .correct = correct_copy},
    {SOURCE_RULE("band_limited", "band-limited", "band-limited,no air,no top end,fm"),
     .listen = "air above cymbals and voice that is cut off, as on FM radio.",
     .unit = "kHz",
     .side = -1,
     .jnd = 1,
     .tier = HS_MEASURED,
     .min_duration_s = 20,
     .judges_mix = true,
     .lasting = true,
     .repeatability = 0.1,
     .thresholds = (const double[]){22, 19, 14, 10, 6.5},
     .fix = {.move = &hs_move_another_copy},
     .mending = HS_BY_FIRST_COPY,
     .explained_by = walls_come_from,
     .measured = "Where the spectrum ends in a wall, whatever cut it: an encoder, FM, an old "
                 "sampler, a lower sample rate. 22 where there is none below 20.7 kHz.",
     .limit_from = "Fixed thresholds: 19 kHz (nothing that grown-ups hear), 14 (below FM), 10 and "
                   "6.5 kHz.",
     .source = "definition; compare ISO 226 (limits of hearing)",
     .needs = {"bandwidth_hz", "sample_rate_hz", "cliff_db", "upsampled_from_hz"},
     .read = read_band_limited,
     .correct = correct_copy},
    {SOURCE_RULE("damaged", "damaged", "damaged,dropouts,glitches,broken file,one side missing"),
     .listen = "gaps, clicks, or one side that drops out.", .unit = "s", .side = +1, .jnd = 0.01,
     .tier = HS_MEASURED, .repeatability = 0, .thresholds = (const double[]){0, 0.01, 0.1, 1, 5},
     .fix = {.move = &hs_move_another_copy}, .mending = HS_BY_COPY,
     .measured = "Music that is missing in the file: damaged packets that were left out, samples "
                 "that are no audio, what one of two mono files has beyond the end of the "
                 "other, and with the mix what is silent in the midst of it.",
     .limit_from = "Fixed thresholds: a hundredth, a tenth, one and five seconds.",
     .source = "definition", .needs = {"lost_s", "remarks"}, .read = read_damaged,
     .correct = correct_copy},
    {SOURCE_RULE("upsampled", "upsampled", "upsampled,fake high resolution,not real hi-res"),
     .listen = "Nothing to hear here: the file shows it.",
     .hearable = HS_NEVER_HEARD,
     .unit = "x",
     .side = +1,
     .jnd = 0.1,
     .tier = HS_INFERRED,
     .min_duration_s = 20,
     .cause = true,
     .repeatability = 0.01,
     .thresholds = (const double[]){1, 1.05, 1.9, 3.9, 8},
     .fix = {.move = &hs_move_another_copy},
     .base = {1, 164},
     .mending = HS_BY_FIRST_COPY,
     .measured = "Stored sample rate over the lower one whose band limit the content keeps "
                 "to: 1 where the file is what it says.",
     .limit_from = "Fixed thresholds: from 1.05 a note, from twice the rate minor, from four "
                   "times moderate.",
     .source = "band limits of the usual sample rates; docs/distributions.md",
     .needs = {"sample_rate_hz", "bandwidth_hz", "upsampled_from_hz"},
     .read = read_upsampled,
     .correct = correct_copy},
    {SOURCE_RULE("dual_mono", "dual mono", "dual mono,both channel same,only mono"),
     .listen = "everything in the middle: left and right are the same.", .unit = "signs",
     .side = +1, .jnd = 1, .tier = HS_MEASURED, .min_duration_s = 1, .repeatability = 0.1,
     .thresholds = signs_thresholds, .fix = {.move = &hs_move_another_copy}, .base = {0, 164},
     .mending = HS_BY_FIRST_COPY,
     .measured = "Whether left and right are the same (a side 60 dB down counts as none). A "
                 "note, for mono may be meant; moderate where the mix is stereo.",
     .limit_from = "Fixed thresholds: 1 for equal channels, 3 where the mix has a side.",
     .source = "compare Essentia, FalseStereoDetector", .needs = {"channels_equal", "side_mid_db"},
     .read = read_dual_mono, .correct = correct_copy},
    {SOURCE_RULE("hum", "hum", "hum,mains,earth loop,ground loop,50 hz,60 hz"),
     .listen = "a steady low tone in the pauses, the same through the whole song.", .unit = "dB",
     .side = +1, .jnd = 3, .tier = HS_MEASURED, .min_duration_s = 20, .judges_mix = true,
     .exposable = true, .repeatability = 1, .thresholds = (const double[]){-75, -60, -52, -45, -36},
     .fix = {.move = &hs_move_notches}, .base = {0, 164},
     .measured = "Lines at multiples of 50 or 60 Hz that are never away and never lower, relative "
                 "to the programme; off speed by up to 3 % where three lines show, at most a note "
                 "where that is a note of the scale. A kick, a bass line or a drone that swells is "
                 "none. A drone of exactly 50 or 60 Hz that never stops, 25 dB and more below the "
                 "music, equals a hum and cannot be told from it: answer it with accept.",
     .limit_from = "Fixed thresholds, from where hum is heard in pauses at home levels: -60, "
                   "-52, -45 and -36 dB.",
     .source = "compare Brandt & Bitzer, AES 136 (2014)", .needs = {"hum_db", "hum_hz"},
     .read = read_hum, .correct = correct_hum},
    {SOURCE_RULE("noisy", "noisy", "noisy,tape noise,background noise"),
     .listen = "a hiss in soft passages, and where the song begins and ends.", .unit = "dB",
     .side = +1, .jnd = 3, .tier = HS_MEASURED, .min_duration_s = 20, .judges_mix = true,
     .exposable = true, .repeatability = 1, .thresholds = (const double[]){-75, -55, -49, -43, -34},
     .fix = {.move = &hs_move_noise_reduction}, .base = {0, 14},
     .measured = "Power of 4 to 8 kHz in the quietest moments, where these are steady and "
                 "without lines, and most noise of the file stands there, relative to the "
                 "programme; above -30 dB noise is part of the music. Surf and noise that swells "
                 "are none. Steady rain far below the music equals hiss and cannot be told from "
                 "it: answer it with accept.",
     .limit_from = "Fixed thresholds: -55 (a good cassette), -49, -43 and -34 dB.",
     .source = "docs/distributions.md", .needs = {"noise_floor_db"}, .read = hs_read_first_need,
     .correct = correct_noise},
    {SOURCE_RULE("truncated", "cut off",
                 "truncated,cut off,cut short,ending missing,start "
                 "missing,abrupt end"),
     .listen = "a start or an end that is cut off in the middle of a sound.", .unit = "signs",
     .side = +1, .jnd = 1, .tier = HS_INFERRED, .min_duration_s = 5, .repeatability = 0.1,
     .thresholds = signs_thresholds, .fix = {.move = &hs_move_another_copy}, .base = {0, 164},
     .mending = HS_BY_COPY,
     .measured = "Whether the file begins or ends at full level without a fade, and the mix "
                 "has more music there (3 signs). Without a mix it is a note where the "
                 "last wave is cut through, and nothing where the beginning comes at full "
                 "level too (a loop) or the next track does (a segue).",
     .limit_from = "Fixed thresholds: 1 abrupt, 3 with the missing music shown by the mix.",
     .source = "definition",
     .needs = {"start_level_db", "end_level_db", "start_rise_db", "end_drop_db", "fade_in_s",
               "fade_out_s", "end_step_db", "trailing_silence_s"},
     .read = read_truncated, .correct = correct_copy},
};

const struct hs_rule_table hs_rules_source = {rules, sizeof rules / sizeof *rules};
