/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One object a destination that was asked for. A value that is absent is null with its reason
 * beside it. A track also shows the models of its mix, so that a reader sees whether it was so
 * before mastering. A file by itself has no release, so only services that treat single tracks
 * are told.
 */
#include "report/json_survival.h"

#include "model/survival.h"
#include "report/survival.h"
#include "survival/codec_row.h"
#include "survival/lost.h"
#include "survival/platforms.h"

#include <math.h>

/* What each service does with the loudness: gain, true peak after it, headroom that it leaves
 * unused, and by how much a quiet master stays below its target;
 * `why`: NULL, or why none of it can be told. */
static void put_platforms(struct hs_json *j, const struct hs_platform_row *rows, size_t n,
                          const char *why)
{
    hs_json_array(j, "platforms");
    for (size_t i = 0; i < n; i++) {
        hs_json_object(j, NULL);
        hs_json_text(j, "name", rows[i].platform->name);
        hs_json_number(j, "target_lufs", rows[i].platform->target_lufs);
        hs_json_number(j, "gain_db", rows[i].gain_db);
        hs_json_number(j, "peak_after_dbtp", rows[i].peak_after_dbtp);
        hs_json_number(j, "unused_headroom_db", rows[i].unused_headroom_db);
        hs_json_number(j, "never_reaches_db", rows[i].never_reaches_db);
        if (why)
            hs_json_text(j, "why", why);
        hs_json_object_end(j);
    }
    hs_json_array_end(j);
}

/* The services in a row without figures, because the loudness of `v` is not known. */
static void put_no_platforms(struct hs_json *j, const struct hs_values *v, const struct hs_job *job)
{
    struct hs_arena a = {0};
    size_t n;
    const struct hs_platform *p = hs_platforms(job, &a, &n);
    struct hs_platform_row *rows = HS_ARENA_ARRAY(&a, struct hs_platform_row, n + 1);
    size_t shown = 0;
    for (size_t i = 0; i < n; i++) /* a file by itself has no release */
        if (job || p[i].mode == HS_EACH_TRACK)
            rows[shown++] = (struct hs_platform_row){&p[i], NAN, NAN, NAN, NAN};
    put_platforms(j, rows, shown, hs_values_why(v, "integrated_lufs"));
    hs_arena_free(&a);
}

/* A number, or null with its reason beside it. */
static void put_value(struct hs_json *j, const struct hs_values *v, const char *key,
                      const char *name)
{
    double x;
    bool known = hs_values_read(v, key, &x);
    hs_json_number(j, name, known ? x : NAN);
    if (!known)
        hs_json_text(j, "why", hs_values_why(v, key));
}

/* At one speed: the share of the bass that stays above the noise in four bands, passages that
 * disappear, and how far the bass booms. */
static void put_car(struct hs_json *j, const struct hs_values *v, const char *name, int kmh,
                    const char *const keys[3])
{
    struct hs_lost_passage lost[HS_LOST_PASSAGES];
    size_t n = hs_lost_passages(v, kmh, lost);
    const double *heard = hs_values_doubles(v, keys[0], 4);
    hs_json_object(j, name);
    if (heard)
        hs_json_numbers(j, "audible", heard, 4);
    else
        hs_json_null(j, "audible");
    hs_json_number(j, "lost_s", hs_values_or_nan(v, keys[1]));
    hs_json_array(j, "lost_at");
    for (size_t i = 0; i < n; i++)
        hs_json_numbers(j, NULL, (const double[]){lost[i].from_s, lost[i].to_s}, 2);
    hs_json_array_end(j);
    hs_json_number(j, "boom_db", hs_values_or_nan(v, keys[2]));
    if (!heard)
        hs_json_text(j, "why", hs_values_why(v, keys[0]));
    hs_json_object_end(j);
}

/* One codec: the encoder, then every column of the table in survival/; distortion is an array over
 * the stereo bands. */
static void put_codec(struct hs_json *j, const struct hs_values *v, enum hs_codec_reach reach,
                      enum hs_lossy codec)
{
    char key[HS_CODEC_KEY];
    const char *encoder;
    size_t n;
    hs_json_object(j, NULL);
    hs_json_text(j, "name", hs_lossy_title(codec));
    encoder = hs_values_line(v, hs_codec_key(reach, codec, HS_CODEC_ENCODER, key), 0, &n);
    if (!encoder)
        hs_json_text(j, "why", hs_values_why(v, key));
    hs_json_text(j, "encoder", encoder);
    for (int c = HS_CODEC_TRUE_PEAK; c < HS_CODEC_COLUMNS; c++) {
        hs_codec_key(reach, codec, (enum hs_codec_column)c, key);
        const double *sdr = c == HS_CODEC_SDR ? hs_values_doubles(v, key, HS_STEREO_BANDS) : NULL;
        if (sdr)
            hs_json_numbers(j, hs_codec_column_names[c], sdr, HS_STEREO_BANDS);
        else
            hs_json_number(j, hs_codec_column_names[c], hs_values_or_nan(v, key));
    }
    hs_json_object_end(j);
}

static void put_codecs(struct hs_json *j, const struct hs_values *v, enum hs_codec_reach reach,
                       unsigned asked)
{
    hs_json_array(j, reach == HS_CODEC_WHOLE ? "codecs_whole" : "codecs");
    for (int c = 0; c < HS_N_LOSSY; c++)
        if (asked & hs_codec_asked(reach, (enum hs_lossy)c))
            put_codec(j, v, reach, (enum hs_lossy)c);
    hs_json_array_end(j);
}

/* Bass in one channel, as clubs play it. */
static void put_club(struct hs_json *j, const struct hs_file *file)
{
    const struct hs_values *v = &file->values;
    const double *correlation = hs_values_doubles(v, "band_correlation", HS_STEREO_BANDS);
    double loss_db = hs_survival_value(HS_AT_CLUB, file);
    hs_json_object(j, "club");
    hs_json_number(j, "mono_loss_db", loss_db);
    if (isnan(loss_db))
        hs_json_text(j, "why", hs_values_why(v, "mono_loss_bands_db"));
    hs_json_number(j, "correlation", correlation ? correlation[0] : NAN);
    hs_json_object_end(j);
}

/* What makes a cut difficult: bass in the side, peaks, clipping. */
static void put_vinyl(struct hs_json *j, const struct hs_file *file)
{
    const struct hs_values *v = &file->values;
    double side_db = hs_survival_value(HS_AT_VINYL, file);
    hs_json_object(j, "vinyl");
    hs_json_number(j, "bass_side_mid_db", side_db);
    if (isnan(side_db))
        hs_json_text(j, "why", hs_values_why(v, "band_correlation"));
    hs_json_number(j, "crest_db", hs_values_or_nan(v, "crest_db"));
    hs_json_number(j, "clipped_ppm", hs_values_or_nan(v, "clipped_ppm"));
    hs_json_object_end(j);
}

/* What is measured of one file. */
static void put_of_file(struct hs_json *j, const struct hs_file *file, unsigned asked)
{
    static const char *const cars[2][3] = {
        {"car_50.audible", "car_50.lost_s", "car_50.boom_db"},
        {"car_100.audible", "car_100.lost_s", "car_100.boom_db"}};
    const struct hs_values *v = &file->values;
    if (asked & HS_TO_CODECS)
        put_codecs(j, v, HS_CODEC_LOUDEST, asked);
    if (asked & HS_TO_WHOLE_CODECS)
        put_codecs(j, v, HS_CODEC_WHOLE, asked);
    if (asked & HS_TO_FM) {
        hs_json_object(j, "fm");
        put_value(j, v, "fm.regrowth_db", "regrowth_db");
        hs_json_number(j, "hf_drive_db", hs_values_or_nan(v, "fm.hf_drive_db"));
        hs_json_number(j, "regrowth_75us_db", hs_values_or_nan(v, "fm.regrowth_75us_db"));
        hs_json_number(j, "hf_drive_75us_db", hs_values_or_nan(v, "fm.hf_drive_75us_db"));
        hs_json_number(j, "sdr_db", hs_values_or_nan(v, "fm.sdr_db"));
        hs_json_number(j, "hf_sdr_db", hs_values_or_nan(v, "fm.hf_sdr_db"));
        hs_json_number(j, "sdr_bs412_db", hs_values_or_nan(v, "fm.sdr_bs412_db"));
        hs_json_number(j, "hf_sdr_bs412_db", hs_values_or_nan(v, "fm.hf_sdr_bs412_db"));
        hs_json_number(j, "mono_loss_db", hs_values_or_nan(v, "mono_loss_db"));
        hs_json_number(j, "side_noise_db", hs_values_or_nan(v, "fm.side_noise_db"));
        hs_json_object_end(j);
    }
    if (asked & HS_TO_CAR) {
        put_car(j, v, "car_50", 50, cars[0]);
        put_car(j, v, "car_100", 100, cars[1]);
    }
    if (asked & HS_TO_PHONE) {
        hs_json_object(j, "phone");
        put_value(j, v, "phone.loss_lu", "loss_lu");
        hs_json_number(j, "carried_db", hs_values_or_nan(v, "phone.carried_db"));
        hs_json_number(j, "harmonics", hs_values_or_nan(v, "phone.harmonics"));
        hs_json_object_end(j);
        hs_json_object(j, "laptop");
        put_value(j, v, "laptop.loss_lu", "loss_lu");
        hs_json_object_end(j);
        hs_json_object(j, "small_speaker");
        put_value(j, v, "small_speaker.loss_lu", "loss_lu");
        hs_json_object_end(j);
    }
    if (asked & HS_TO_CLUB)
        put_club(j, file);
    if (asked & HS_TO_VINYL)
        put_vinyl(j, file);
}

/* Of the master, and of the mix where models ran on it. */
void hs_json_put_survival(struct hs_json *j, const struct hs_audit *audit,
                          const struct hs_track_result *t)
{
    const struct hs_platform_row *rows = NULL;
    struct hs_arena a = {0};
    /* the models that are also run on the mix; services, club and vinyl are read from measures of
     * the file */
    unsigned models =
        audit->survival & (HS_TO_KNOWN & ~(HS_TO_PLATFORMS | HS_TO_CLUB | HS_TO_VINYL));
    hs_json_object(j, "survival");
    if (audit->survival & HS_TO_PLATFORMS) {
        size_t n = hs_platform_rows(audit, t, &a, &rows);
        if (!n && t->master.state == HS_FILE_OK)
            put_no_platforms(j, &t->master.values, audit->job);
        else
            put_platforms(j, rows, n, NULL);
    }
    if (t->master.state == HS_FILE_OK)
        put_of_file(j, &t->master, audit->survival);
    if (models && t->mix.state == HS_FILE_OK) { /* was it so before mastering? */
        hs_json_object(j, "mix");
        put_of_file(j, &t->mix, models);
        hs_json_object_end(j);
    }
    hs_json_object_end(j);
    hs_arena_free(&a);
}

/* For `measure`, which knows one file and no release. */
void hs_json_put_survival_of(struct hs_json *j, const struct hs_file *file, unsigned destinations)
{
    struct hs_arena a = {0};
    double lufs = hs_values_or_nan(&file->values, "integrated_lufs");
    hs_json_object(j, "survival");
    if ((destinations & HS_TO_PLATFORMS) && !isfinite(lufs)) {
        put_no_platforms(j, &file->values, NULL);
    } else if (destinations & HS_TO_PLATFORMS) {
        size_t n, shown = 0;
        const struct hs_platform *p = hs_platforms(NULL, &a, &n);
        struct hs_platform_row *rows = HS_ARENA_ARRAY(&a, struct hs_platform_row, n + 1);
        for (size_t i = 0; i < n; i++) /* a file by itself has no release */
            if (p[i].mode == HS_EACH_TRACK)
                rows[shown++] = hs_platform_gain(
                    &p[i], lufs, hs_values_or_nan(&file->values, "true_peak_dbtp"), lufs, lufs);
        put_platforms(j, rows, shown, NULL);
    }
    put_of_file(j, file, destinations);
    hs_json_object_end(j);
    hs_arena_free(&a);
}
