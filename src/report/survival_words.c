/* SPDX-License-Identifier: Apache-2.0 */
/* One sentence by destination, made from the measures that stand behind its number. */
#include "report/survival_words.h"

#include "survival/codec_row.h"
#include "survival/lost.h"
#include "survival/platforms.h"

#include <math.h>
#include <string.h>

/* Pre-echo over the attack from which on it is said to smear. */
#define SMEARS_DB (-25.0)

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
    const char *wide = side > -12 ? "the bass is not in the centre; " : "";
    const char *tops = clipped > 10 ? "clipped tops; " : "";
    const char *flat = crest < 10 ? "little left between peak and mean; " : "";
    const char *all = hs_arena_printf(a, "%s%s%s", wide, tops, flat);
    if (!*all)
        return "Nothing that a lathe would not like.";
    return hs_arena_printf(a, "A cutting engineer would ask about: %.*s.", (int)strlen(all) - 2,
                           all);
}

const char *hs_survival_words(const struct hs_audit *audit, const struct hs_track_result *t,
                              enum hs_survival_place place, struct hs_arena *a, const char **why)
{
    const struct hs_values *v = &t->master.values;
    double x = hs_survival_value(place, &t->master);
    *why = hs_survival_why(place, &t->master);
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
