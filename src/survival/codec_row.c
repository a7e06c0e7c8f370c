/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. A part of the file is resampled to the rate at which the codec delivers.
 * 2. It goes through encoder and decoder and is compared with what was sent; the sums of all
 *    parts make one row.
 * 3. A row is absent as a whole, with its reason, where the encoder is missing, the file has no
 *    sound, or what came back does not lie on what was sent.
 */
#include "survival/codec_row.h"

#include "core/alloc.h"
#include "dsp/resample.h"
#include "model/survival.h"
#include "survival/codec_compare.h"
#include "survival/loudest.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

const char *const hs_codec_column_names[HS_CODEC_COLUMNS] = {
    "encoder", "true_peak_dbtp", "overshoot_db", "overs_per_min",
    "sdr_db",  "side_loss_db",   "bandwidth_hz", "tail_db"};

static const struct {
    const char *key;
    unsigned asked[2]; /* loudest parts, whole file */
} lossy[HS_N_LOSSY] = {
    [HS_AAC_256] = {"aac_256", {HS_TO_CODECS, HS_TO_WHOLE_CODECS}},
    [HS_OPUS_128] = {"opus_128", {HS_TO_CODECS, HS_TO_WHOLE_CODECS}},
    [HS_AAC_128] = {"aac_128", {HS_TO_ALL_CODECS, HS_TO_WHOLE_ALL_CODECS}},
    [HS_MP3_128] = {"mp3_128", {HS_TO_ALL_CODECS, HS_TO_WHOLE_ALL_CODECS}},
    [HS_VORBIS_160] = {"vorbis_160", {HS_TO_ALL_CODECS, HS_TO_WHOLE_ALL_CODECS}}};

unsigned hs_codec_asked(enum hs_codec_reach reach, enum hs_lossy codec)
{
    return lossy[codec].asked[reach];
}

const char *hs_codec_key(enum hs_codec_reach reach, enum hs_lossy codec,
                         enum hs_codec_column column, char *out)
{
    static const char *const of[] = {
        [HS_CODEC_LOUDEST] = "codecs", [HS_CODEC_WHOLE] = "codecs_whole"};
    snprintf(out, HS_CODEC_KEY, "%s.%s.%s", of[reach], lossy[codec].key,
             hs_codec_column_names[column]);
    return out;
}

/* One line for each codec; a part of the version of what is stored. */
void hs_codec_encoders(const enum hs_lossy *codecs, size_t n, char *out, size_t size)
{
    size_t at = 0;
    *out = 0;
    for (size_t i = 0; i < n && at < size; i++) {
        hs_lossy_encoder(codecs[i], out + at, size - at);
        at += strlen(out + at);
        at += (size_t)snprintf(out + at, size - at, "\n");
    }
}

/* A part at the rate at which the codec delivers: before and behind. */
struct piece {
    float *x[2], *y[2];
    size_t n, cap;
};

static void piece_make(struct piece *p, size_t cap)
{
    *p = (struct piece){.cap = cap};
    for (int c = 0; c < 2; c++) {
        p->x[c] = HS_NEW_ARRAY(float, cap + 1);
        p->y[c] = HS_NEW_ARRAY(float, cap + 1);
    }
}

static void piece_free(struct piece *p)
{
    for (int c = 0; c < 2; c++) {
        hs_free(p->x[c]);
        hs_free(p->y[c]);
    }
}

struct hs_codec_row {
    enum hs_lossy codec;
    int rate_hz, to_hz;
    char encoder[256];
    bool missing; /* `encoder` says so */
    struct hs_codec_compare *compare;
    struct hs_error err;
    size_t parts, strayed; /* that do not lie on themselves */
};

struct hs_codec_row *hs_codec_row_new(enum hs_lossy codec, int rate_hz)
{
    struct hs_codec_row *r = HS_NEW(struct hs_codec_row);
    r->codec = codec;
    r->rate_hz = rate_hz;
    r->to_hz = hs_lossy_rate_hz(codec, rate_hz);
    r->missing = !hs_lossy_encoder(codec, r->encoder, sizeof r->encoder);
    r->compare = hs_codec_compare_new(r->to_hz);
    return r;
}

void hs_codec_row_free(struct hs_codec_row *r)
{
    if (!r)
        return;
    hs_codec_compare_free(r->compare);
    hs_free(r);
}

/* A part at the rate at which the codec delivers. */
static enum hs_status load(struct hs_codec_row *r, struct piece *p, const float *const in[2],
                           size_t n)
{
    struct hs_resample *resample = NULL;
    p->n = n;
    if (r->rate_hz == r->to_hz) {
        for (int c = 0; c < 2; c++)
            memcpy(p->x[c], in[c], n * sizeof(float));
        return HS_OK;
    }
    enum hs_status status = hs_resample_new(&resample, r->rate_hz, r->to_hz, &r->err);
    if (status == HS_OK)
        p->n = hs_resample_whole(resample, in, n, p->x, p->cap);
    hs_resample_free(resample);
    return status;
}

/* A part through the codec and back. After the first error nothing more is tried. */
void hs_codec_row_add(struct hs_codec_row *r, const float *left, const float *right, size_t n)
{
    const float *const in[2] = {left, right};
    struct piece p;
    size_t made = 0;
    if (r->missing || *r->err.msg)
        return;
    piece_make(&p, (size_t)((double)n * r->to_hz / r->rate_hz) + 4096);
    const float *const x[2] = {p.x[0], p.x[1]}, *const y[2] = {p.y[0], p.y[1]};
    if (load(r, &p, in, n) == HS_OK &&
        hs_lossy_round_trip(r->codec, r->to_hz, x, p.n, p.y, &made, &r->err) == HS_OK) {
        r->parts++;
        r->strayed += !hs_codec_compare_add(r->compare, x, y, made);
    }
    piece_free(&p);
}

static void put_number(struct hs_values *v, const char *key, double x, const char *nothing)
{
    if (isfinite(x))
        hs_values_number(v, key, x);
    else
        hs_values_nothing(v, key, "%s", nothing);
}

/* All columns of one codec. */
static void put_row(struct hs_values *v, enum hs_codec_reach reach, const struct hs_codec_row *row,
                    const struct hs_codec_result *r)
{
    const struct {
        enum hs_codec_column column;
        double value;
        const char *nothing;
    } numbers[] = {{HS_CODEC_TRUE_PEAK, r->true_peak_dbtp, "silent"},
                   {HS_CODEC_OVERSHOOT, r->overshoot_db, "silent"},
                   {HS_CODEC_OVERS, r->overs_per_min, "silent"},
                   {HS_CODEC_SIDE_LOSS, r->side_loss_db, "no side"},
                   {HS_CODEC_BANDWIDTH, r->bandwidth_hz, "silent"},
                   {HS_CODEC_TAIL, r->tail_db, "too few clear attacks"}};
    char key[HS_CODEC_KEY];
    hs_values_text(v, hs_codec_key(reach, row->codec, HS_CODEC_ENCODER, key), row->encoder);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        put_number(v, hs_codec_key(reach, row->codec, numbers[i].column, key), numbers[i].value,
                   numbers[i].nothing);
    hs_values_array(v, hs_codec_key(reach, row->codec, HS_CODEC_SDR, key), r->sdr_db,
                    HS_STEREO_BANDS);
}

/* Of the loudest parts each must lie on its copy, of a whole file at least half of them. */
void hs_codec_row_put(struct hs_codec_row *r, enum hs_codec_reach reach, const char *why,
                      struct hs_values *v)
{
    char key[HS_CODEC_KEY];
    size_t may_stray = reach == HS_CODEC_WHOLE ? r->parts / 2 : 0;
    const char *not = r->missing               ? r->encoder
                      : why                    ? why
                      : *r->err.msg            ? r->err.msg
                      : r->strayed > may_stray ? "what came back is not aligned with what was sent"
                                               : NULL;
    struct hs_codec_result result;
    if (not ) {
        for (int c = 0; c < HS_CODEC_COLUMNS; c++)
            hs_values_absent(v, hs_codec_key(reach, r->codec, (enum hs_codec_column)c, key), "%s",
                             not );
        return;
    }
    hs_codec_compare_result(r->compare, &result);
    put_row(v, reach, r, &result);
}

/* One row for each codec, of the three loudest parts. */
void hs_codec_rows(struct hs_values *v, int rate_hz, const enum hs_lossy *codecs, size_t n)
{
    struct hs_loudest parts;
    const char *why = NULL;
    bool sounds = hs_loudest_read(v, &parts, &why);
    for (size_t i = 0; i < n; i++) {
        struct hs_codec_row *r = hs_codec_row_new(codecs[i], rate_hz);
        for (size_t k = 0; sounds && k < parts.n_parts; k++)
            hs_codec_row_add(r, parts.left[k], parts.right[k], parts.n_frames[k]);
        hs_codec_row_put(r, HS_CODEC_LOUDEST, sounds ? NULL : why, v);
        hs_codec_row_free(r);
    }
}
