/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A table names each destination: what is shown, unit, which direction is bad, the audible step
 * and the rules that judge it. A second table says which measure tells of it; its reason for
 * being absent is that of the row. Values are changed where people read another one: distance to
 * -14 LUFS, per cent of the bass heard, the side over the middle in dB from the correlation of
 * two equally strong channels. Sentences follow by destination.
 */
#include "report/survival.h"

#include "core/num.h"
#include "model/survival.h"
#include "report/pieces.h"
#include "report/player.h"
#include "report/words.h"
#include "survival/codec_row.h"
#include "survival/lost.h"
#include "survival/platforms.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* Pre-echo over the attack from which on it is said to smear. */
#define SMEARS_DB (-25.0)

const struct hs_survival_kind hs_survival_kinds[HS_N_SURVIVAL_PLACES] = {
    {"streaming",
     "distance to \xe2\x88\x92"
     "14\xe2\x80\xafLUFS",
     "dB",
     HS_TO_PLATFORMS,
     HS_MEASURED,
     -1,
     1,
     NAN,
     {NULL}},
    {"AAC 256", "overshoot", "dB", HS_TO_CODECS, HS_MEASURED, 1, 0.5, NAN, {"codec_overs"}},
    {"Opus 128", "overshoot", "dB", HS_TO_CODECS, HS_MEASURED, 1, 0.5, NAN, {"codec_overs"}},
    {"AAC 128", "overshoot", "dB", HS_TO_ALL_CODECS, HS_MEASURED, 1, 0.5, NAN, {NULL}},
    {"MP3 128", "overshoot", "dB", HS_TO_ALL_CODECS, HS_MEASURED, 1, 0.5, NAN, {NULL}},
    {"Vorbis 160", "overshoot", "dB", HS_TO_ALL_CODECS, HS_MEASURED, 1, 0.5, NAN, {NULL}},
    {"FM radio",
     "peaks taken back",
     "dB",
     HS_TO_FM,
     HS_INFERRED,
     1,
     1,
     NAN,
     {"fm_regrowth", "fm_drive"}},
    {"car, 50 km/h", "bass still heard", "%", HS_TO_CAR, HS_INFERRED, -1, 10, NAN, {NULL}},
    {"car, 100 km/h",
     "bass still heard",
     "%",
     HS_TO_CAR,
     HS_INFERRED,
     -1,
     10,
     NAN,
     {"car_bass_lost", "car_passages_lost"}},
    {"phone", "loudness left", "LU", HS_TO_PHONE, HS_INFERRED, -1, 1, NAN, {"phone_bass_lost"}},
    {"laptop", "loudness left", "LU", HS_TO_PHONE, HS_INFERRED, -1, 1, NAN, {NULL}},
    {"small speaker", "loudness left", "LU", HS_TO_PHONE, HS_INFERRED, -1, 1, NAN, {NULL}},
    {"club", "lost in one channel below 120 Hz", "dB", HS_TO_CLUB, HS_MEASURED, 1, 0.5, 1, {NULL}},
    {"vinyl", "side over middle below 120 Hz", "dB", HS_TO_VINYL, HS_MEASURED, 1, 1, -12, {NULL}},
};

/* What to say of several songs; NULL: the rule is not one of destinations. */
const char *hs_survival_of_many(const char *rule)
{
    static const struct {
        const char *rule, *words;
    } many[] = {
        {"codec_overs", "overshoot more than usual in the codecs of services"},
        {"fm_regrowth", "get their peaks back on FM radio, whatever limiting took away"},
        {"fm_drive", "are too bright for FM radio"},
        {"car_bass_lost", "lose their bass in a car at 100 km/h"},
        {"car_passages_lost", "have passages that disappear in a car at 100 km/h"},
        {"phone_bass_lost", "lose their bass line on a phone"},
    };
    for (size_t i = 0; i < sizeof many / sizeof *many; i++)
        if (!strcmp(many[i].rule, rule))
            return many[i].words;
    return NULL;
}

/* The most severe finding that counts of the rules of a destination; NULL: none. */
const struct hs_finding *hs_survival_finding(enum hs_survival_place place,
                                             const struct hs_track_result *t)
{
    const char *const *rules = hs_survival_kinds[place].rules;
    const struct hs_finding *worst = NULL;
    for (size_t i = 0; i < t->n_findings; i++)
        for (int k = 0; k < 2 && rules[k]; k++)
            if (!strcmp(t->findings[i].rule, rules[k]) && !t->findings[i].accepted &&
                t->findings[i].severity >= HS_MINOR && t->findings[i].origin != HS_ORIGIN_CURED &&
                (!worst || t->findings[i].severity > worst->severity))
                worst = &t->findings[i];
    return worst;
}

/* Side over middle of two equally strong channels that are so alike. */
static double side_db(double correlation)
{
    if (isnan(correlation))
        return NAN;
    double side = fmax(1 - correlation, 1e-6), middle = fmax(1 + correlation, 1e-6);
    return hs_db_from_power(side / middle);
}

/* The lowest band of a measure with several. */
static double first_of(const struct hs_values *v, const char *key, size_t n)
{
    const double *x = hs_values_doubles(v, key, n);
    return x ? x[0] : NAN;
}

/* The measure that stands for a destination; where it is absent, its reason is shown there. */
static const char *const told_by[HS_N_SURVIVAL_PLACES] = {
    [HS_AT_STREAMING] = "integrated_lufs",
    [HS_AT_AAC_256] = "codecs.aac_256.overshoot_db",
    [HS_AT_OPUS_128] = "codecs.opus_128.overshoot_db",
    [HS_AT_AAC_128] = "codecs.aac_128.overshoot_db",
    [HS_AT_MP3_128] = "codecs.mp3_128.overshoot_db",
    [HS_AT_VORBIS_160] = "codecs.vorbis_160.overshoot_db",
    [HS_AT_FM] = "fm.regrowth_db",
    [HS_AT_CAR_50] = "car_50.audible",
    [HS_AT_CAR_100] = "car_100.audible",
    [HS_AT_PHONE] = "phone.loss_lu",
    [HS_AT_LAPTOP] = "laptop.loss_lu",
    [HS_AT_SMALL_SPEAKER] = "small_speaker.loss_lu",
    [HS_AT_CLUB] = "mono_loss_bands_db",
    [HS_AT_VINYL] = "band_correlation"};

/* The one number that stands for a destination. */
double hs_survival_value(enum hs_survival_place place, const struct hs_file *file)
{
    const struct hs_values *v = &file->values;
    if (file->state != HS_FILE_OK)
        return NAN;
    switch (place) {
    /* how far a service at -14 LUFS turns it up (or, below 0, down) */
    case HS_AT_STREAMING:
        return -14 - hs_values_or_nan(v, told_by[place]);
    case HS_AT_CAR_50:
    case HS_AT_CAR_100:
        return 100 * first_of(v, told_by[place], 4);
    case HS_AT_CLUB:
        return first_of(v, told_by[place], HS_STEREO_BANDS);
    case HS_AT_VINYL:
        return side_db(first_of(v, told_by[place], HS_STEREO_BANDS));
    default:
        return hs_values_or_nan(v, told_by[place]);
    }
}

/* By the first service of the table: turned down, held below its neighbours by its peaks, turned
 * up, or left as it is. Changes below 0.05 dB are not mentioned. */
static const char *streaming_words(const struct hs_audit *audit, const struct hs_track_result *t,
                                   struct hs_arena *a)
{
    const struct hs_platform_row *rows;
    size_t n = hs_platform_rows(audit, t, a, &rows);
    if (!n)
        return NULL;
    double gain = rows[0].gain_db, missing = rows[0].never_reaches_db;
    const char *first = rows[0].platform->name;
    if (gain < -0.05)
        return hs_arena_printf(a,
                               "%s plays it %.1f dB quieter than it was mastered; the extra "
                               "loudness is turned down there.",
                               first, -gain);
    if (isfinite(missing))
        return hs_arena_printf(a,
                               "It stays %.1f dB below its neighbours on %s, because its peaks "
                               "hold it down.",
                               missing, first);
    if (gain > 0.05)
        return hs_arena_printf(a, "%s turns it up by %.1f dB.", first, gain);
    return hs_arena_printf(a, "%s plays it as it is.", first);
}

/* "23 s of the song disappear, most of them from 1:10 to 1:32" */
static const char *lost_words(const struct hs_values *v, enum hs_survival_place place,
                              struct hs_arena *a)
{
    bool slow = place == HS_AT_CAR_50;
    double lost_s = hs_values_or_nan(v, slow ? "car_50.lost_s" : "car_100.lost_s");
    struct hs_lost_passage lost[HS_LOST_PASSAGES];
    size_t n = hs_lost_passages(v, slow ? 50 : 100, lost);
    if (!(lost_s >= 3) || !n)
        return "no passage disappears";
    int from = (int)fmin(lost[0].from_s, 1e6), to = (int)fmin(ceil(lost[0].to_s), 1e6);
    return hs_arena_printf(
        a, "%.0f s of the song disappear, the longest passage from %d:%02d to %d:%02d", lost_s,
        from / 60, from % 60, to / 60, to % 60);
}

/* How much of the bass is above the noise of the car, and what disappears in it. */
static const char *car_words(const struct hs_values *v, enum hs_survival_place place, double heard,
                             struct hs_arena *a)
{
    return hs_arena_printf(a, "%.0f %% of the bass stays above the noise; %s.", heard,
                           lost_words(v, place, a));
}

static const enum hs_lossy codec_at[] = {[HS_AT_AAC_256] = HS_AAC_256,
                                         [HS_AT_OPUS_128] = HS_OPUS_128,
                                         [HS_AT_AAC_128] = HS_AAC_128,
                                         [HS_AT_MP3_128] = HS_MP3_128,
                                         [HS_AT_VORBIS_160] = HS_VORBIS_160};

/* "0.9 dB over full scale, 12 samples a minute" */
static const char *over_words(const struct hs_values *v, enum hs_codec_reach reach,
                              enum hs_lossy codec, struct hs_arena *a)
{
    char key[HS_CODEC_KEY];
    double peak = hs_values_or_nan(v, hs_codec_key(reach, codec, HS_CODEC_TRUE_PEAK, key));
    double overs = hs_values_or_nan(v, hs_codec_key(reach, codec, HS_CODEC_OVERS, key));
    if (isnan(peak))
        return NULL;
    return peak > 0
               ? hs_arena_printf(a, "%.1f dB over full scale, %.0f samples a minute", peak, overs)
               : hs_arena_printf(a, "%.1f dB below full scale", fabs(peak));
}

/* Peak after decoding, loss of the sides beyond 0.5 dB, pre-echo, and the same peak for the whole
 * file where it was asked for. */
static const char *codec_words(const struct hs_values *v, enum hs_lossy codec, unsigned asked,
                               struct hs_arena *a)
{
    char key[HS_CODEC_KEY];
    double tail = hs_values_or_nan(v, hs_codec_key(HS_CODEC_LOUDEST, codec, HS_CODEC_TAIL, key));
    double side =
        hs_values_or_nan(v, hs_codec_key(HS_CODEC_LOUDEST, codec, HS_CODEC_SIDE_LOSS, key));
    const char *smears = tail > SMEARS_DB ? " It smears attacks." : "";
    const char *narrows = side < -0.5 ? hs_arena_printf(a, " The sides lose %.1f dB.", -side) : "";
    const char *over = over_words(v, HS_CODEC_LOUDEST, codec, a);
    const char *whole = asked & hs_codec_asked(HS_CODEC_WHOLE, codec)
                            ? over_words(v, HS_CODEC_WHOLE, codec, a)
                            : NULL;
    return hs_arena_printf(a, "Comes out %s.%s%s%s", over ? over : "silent", narrows, smears,
                           whole ? hs_arena_printf(a, " The whole file: %s.", whole) : "");
}

/* How far the processing of a station raises the peaks over the loudness, how much of it comes from
 * treble and pre-emphasis, whether a loud station's clipper is heard (distortion less than 30 dB
 * below the treble), and what mono costs where that is 1 dB or more. */
static const char *fm_words(const struct hs_values *v, double regrowth, struct hs_arena *a)
{
    double drive = hs_values_or_nan(v, "fm.hf_drive_db");
    double loud = hs_values_or_nan(v, "fm.hf_sdr_db");
    double mono = hs_values_or_nan(v, "mono_loss_db");
    const char *higher = regrowth < 0.05 ? "no" : hs_arena_printf(a, "%.1f dB", regrowth);
    const char *why = drive < 2 ? ""
                      : drive <= regrowth
                          ? hs_arena_printf(a, ", %.1f dB of it because it is bright", drive)
                          : hs_arena_printf(a, "; its treble alone raises them by %.1f dB", drive);
    const char *spoilt =
        loud < 30 ? hs_arena_printf(a,
                                    " A loud station spoils its treble: what its clipper adds "
                                    "lies %.0f dB below.",
                                    loud)
                  : "";
    const char *blended = mono >= 1 ? hs_arena_printf(a,
                                                      " Where reception is weak, receivers blend "
                                                      "to mono, which costs it %.1f dB.",
                                                      mono)
                                    : "";
    return hs_arena_printf(a,
                           "On air its peaks stand %s higher over its loudness (without a "
                           "station's compressor)%s.%s%s",
                           higher, why, spoilt, blended);
}

/* Loudness lost, and whether overtones above what a phone plays carry the bass line: at least -30
 * dB of it and three partials. */
static const char *phone_words(const struct hs_values *v, double loss, struct hs_arena *a)
{
    double carried = hs_values_or_nan(v, "phone.carried_db");
    double partials = hs_values_or_nan(v, "phone.harmonics");
    const char *bass =
        isnan(carried) ? "no clear bass line to follow"
        : carried <= -30 || partials < 3
            ? "the bass line has hardly any overtones and may disappear (an indication)"
            : "the bass line is carried by its overtones";
    return hs_arena_printf(a, "%.1f LU quieter than in full; %s.", -loss, bass);
}

/* What a cutting engineer would ask about: side in the bass above -12 dB of the middle, more than
 * 10 ppm clipped samples, crest below 10 dB. */
static const char *vinyl_words(const struct hs_values *v, double side, struct hs_arena *a)
{
    double crest = hs_values_or_nan(v, "crest_db"), clipped = hs_values_or_nan(v, "clipped_ppm");
    const char *wide = side > -12 ? "the bass is not in the middle; " : "";
    const char *tops = clipped > 10 ? "clipped tops; " : "";
    const char *flat = crest < 10 ? "little left between peak and mean; " : "";
    const char *all = hs_arena_printf(a, "%s%s%s", wide, tops, flat);
    if (!*all)
        return "Nothing that a lathe would not like.";
    return hs_arena_printf(a, "A cutting engineer would ask about: %.*s.", (int)strlen(all) - 2,
                           all);
}

/* The sentence for one destination; NULL with the reason in `why` where it cannot be said. */
const char *hs_survival_words(const struct hs_audit *audit, const struct hs_track_result *t,
                              enum hs_survival_place place, struct hs_arena *a, const char **why)
{
    const struct hs_values *v = &t->master.values;
    double x = hs_survival_value(place, &t->master);
    *why = t->master.state == HS_FILE_OK ? hs_values_why(v, told_by[place])
                                         : "the master could not be read";
    if (isnan(x))
        return NULL;
    switch (place) {
    case HS_AT_STREAMING:
        return streaming_words(audit, t, a);
    case HS_AT_AAC_256:
    case HS_AT_OPUS_128:
    case HS_AT_AAC_128:
    case HS_AT_MP3_128:
    case HS_AT_VORBIS_160:
        return codec_words(v, codec_at[place], audit->survival, a);
    case HS_AT_FM:
        return fm_words(v, x, a);
    case HS_AT_CAR_50:
    case HS_AT_CAR_100:
        return car_words(v, place, x, a);
    case HS_AT_PHONE:
        return phone_words(v, x, a);
    case HS_AT_LAPTOP:
    case HS_AT_SMALL_SPEAKER:
        return hs_arena_printf(a, "%.1f LU quieter than in full.", -x);
    case HS_AT_CLUB:
        return hs_arena_printf(a, "In one channel it loses %.1f dB below 120 Hz%s.", x,
                               x > 1 ? ", and a club plays its bass in one" : "");
    case HS_AT_VINYL:
        return vinyl_words(v, x, a);
    case HS_N_SURVIVAL_PLACES:
        break;
    }
    return NULL;
}

static int digits_of(enum hs_survival_place place)
{
    return *hs_survival_kinds[place].unit == '%' ? 0 : 1;
}

void hs_html_survival_value(struct hs_html *h, enum hs_survival_place place, double x)
{
    const char *unit = hs_survival_kinds[place].unit;
    if (place != HS_AT_STREAMING) {
        hs_html_quantity(h, x, digits_of(place), unit);
        return;
    }
    hs_html_signed(h, x, digits_of(place)); /* up or down */
    hs_html_literal(h, "\xe2\x80\xaf");
    hs_html_text(h, unit);
}

/* Equal as they are shown: both round to the same number. */
bool hs_survival_alike(enum hs_survival_place place, double a, double b)
{
    double scale = pow(10, digits_of(place));
    return (isnan(a) && isnan(b)) || fabs(round(a * scale) - round(b * scale)) < 0.5;
}

static const struct hs_column columns[] = {{"where", NULL}, {"result", "n"}, {"in words", "text"}};

/* One destination: value, sentence, evidence. */
static void put_row(struct hs_html *h, const struct hs_audit *audit,
                    const struct hs_track_result *t, enum hs_survival_place place)
{
    const struct hs_survival_kind *k = &hs_survival_kinds[place];
    struct hs_arena a = {0};
    const char *why, *words = hs_survival_words(audit, t, place, &a, &why);
    double x = hs_survival_value(place, &t->master);
    char name[96];
    hs_html_literal(h, "<tr><th scope=\"row\">");
    hs_html_text(h, hs_capital(k->name, name, sizeof name));
    hs_html_literal(h, "<span class=\"sub\">");
    hs_html_text(h, k->what);
    hs_html_literal(h, "</span></th>");
    hs_html_td(h, &columns[1], x);
    if (words)
        hs_html_survival_value(h, place, x);
    hs_html_literal(h, "</td>");
    hs_html_td(h, &columns[2], NAN);
    hs_html_text(h, words ? words : "Cannot say: ");
    hs_html_text(h, words ? NULL : why ? why : "not measured");
    hs_html_literal(h, " ");
    if (words)
        hs_html_tier(h, k->tier);
    hs_html_literal(h, "</td></tr>\n");
    hs_arena_free(&a);
}

/* Every service of the table with its target, its gain, and the true peak after it. */
static void put_services(struct hs_html *h, const struct hs_audit *audit,
                         const struct hs_track_result *t)
{
    static const struct hs_column services[] = {{"service", NULL},
                                                {"target", "n"},
                                                {"gain", "n"},
                                                {"peak then", "n"},
                                                {"delivered as", "text"}};
    const struct hs_platform_row *rows;
    struct hs_arena a = {0};
    size_t n = hs_platform_rows(audit, t, &a, &rows);
    if (n) {
        hs_html_fold(h, "Every service", n);
        hs_html_table_begin(h, NULL, "fold compact",
                            "Targets as of " HS_PLATFORMS_CHECKED
                            "; they change, and the job file can set them.");
        hs_html_columns(h, services, sizeof services / sizeof *services);
    }
    /* each with what it does to this track */
    for (size_t i = 0; i < n; i++) {
        hs_html_literal(h, "<tr><th scope=\"row\">");
        hs_html_text(h, rows[i].platform->name);
        hs_html_literal(h, "</th>");
        hs_html_td(h, &services[1], rows[i].platform->target_lufs);
        hs_html_quantity(h, rows[i].platform->target_lufs, 0, "LUFS");
        hs_html_literal(h, "</td>");
        hs_html_td(h, &services[2], rows[i].gain_db);
        hs_html_signed(h, rows[i].gain_db, 1);
        hs_html_literal(h, "\xe2\x80\xaf"
                           "dB</td>");
        hs_html_td(h, &services[3], rows[i].peak_after_dbtp);
        hs_html_quantity(h, rows[i].peak_after_dbtp, 1, "dBTP");
        hs_html_literal(h, "</td>");
        hs_html_td(h, &services[4], NAN);
        hs_html_text(h, rows[i].platform->delivers);
        hs_html_literal(h, "</td></tr>\n");
    }
    if (n) {
        hs_html_table_end(h);
        hs_html_literal(h, "</details>");
    }
    hs_arena_free(&a);
}

/* One row for each destination that was asked about. */
void hs_html_survival(struct hs_pages *p, struct hs_html *h, const struct hs_track_result *t)
{
    const struct hs_audit *audit = p->audit;
    size_t track = (size_t)(t - audit->tracks);
    const struct hs_clip *clip = hs_clips_of_survival(p->options->clips, track);
    const struct hs_clip *lost = hs_clips_of_lost(p->options->clips, track);
    if (!audit->survival)
        return;
    hs_html_section(h, "survives", "spoils", "Does it hold up?");
    hs_html_table_begin(h, NULL, "fold compact", "Streaming first, then what people listen on.");
    hs_html_columns(h, columns, sizeof columns / sizeof *columns);
    for (int i = 0; i < HS_N_SURVIVAL_PLACES; i++)
        if (hs_survival_kinds[i].destination & audit->survival)
            put_row(h, audit, t, (enum hs_survival_place)i);
    hs_html_table_end(h);
    if (clip)
        hs_html_player(p, h, clip);
    if (lost) {
        hs_html_literal(h, "<p class=\"small\">The passage that disappears in the car:</p>");
        hs_html_player(p, h, lost);
    }
    if (audit->survival & HS_TO_PLATFORMS)
        put_services(h, audit, t);
    hs_html_literal(h, "<p class=\"small\">");
    hs_html_link(h, "", "survival", ".html", "All songs, all destinations");
    hs_html_literal(h, "</p></section>\n");
}
