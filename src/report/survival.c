/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A table names each destination: what is shown, unit, which direction is bad, the audible step
 * and the rules that judge it. A second table says which measure tells of it; its reason for
 * being absent is that of the row. Values are changed where people read another one: distance to
 * -14 LUFS, per cent of the bass heard, the side over the middle in dB from the correlation of
 * two equally strong channels.
 */
#include "report/survival.h"

#include "core/num.h"
#include "model/survival.h"

#include <math.h>
#include <string.h>

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

const char *hs_survival_why(enum hs_survival_place place, const struct hs_file *file)
{
    return file->state == HS_FILE_OK ? hs_values_why(&file->values, told_by[place])
                                     : "the master could not be read";
}

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
