/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. The loudest parts of the file are resampled to the rate at which the codec delivers.
 * 2. Each goes through encoder and decoder and is compared with what was sent; the sums of all
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

unsigned hs_codec_asked(enum hs_lossy codec)
{
    return codec == HS_AAC_256 || codec == HS_OPUS_128 ? HS_TO_CODECS : HS_TO_ALL_CODECS;
}

static const char *prefix_of(enum hs_lossy codec)
{
    static const char *const prefixes[HS_N_LOSSY] = {[HS_AAC_256] = "codecs.aac_256.",
                                                     [HS_OPUS_128] = "codecs.opus_128.",
                                                     [HS_AAC_128] = "codecs.aac_128.",
                                                     [HS_MP3_128] = "codecs.mp3_128.",
                                                     [HS_VORBIS_160] = "codecs.vorbis_160."};
    return prefixes[codec];
}

const char *hs_codec_key(enum hs_lossy codec, enum hs_codec_column column, char *out)
{
    snprintf(out, HS_CODEC_KEY, "%s%s", prefix_of(codec), hs_codec_column_names[column]);
    return out;
}

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

/* A part at the rate at which the codec delivers. */
static enum hs_status load(struct piece *p, const struct hs_loudest *l, size_t part, int from_hz,
                           int to_hz, struct hs_error *err)
{
    const float *in[2] = {l->left[part], l->right[part]};
    struct hs_resample *r = NULL;
    size_t n = l->n_frames[part];
    p->n = n;
    if (from_hz == to_hz) {
        for (int c = 0; c < 2; c++)
            memcpy(p->x[c], in[c], n * sizeof(float));
        return HS_OK;
    }
    enum hs_status status = hs_resample_new(&r, from_hz, to_hz, err);
    if (status == HS_OK)
        p->n = hs_resample_whole(r, in, n, p->x, p->cap);
    hs_resample_free(r);
    return status;
}

static void put_number(struct hs_values *v, const char *key, double x, const char *nothing)
{
    if (isfinite(x))
        hs_values_number(v, key, x);
    else
        hs_values_nothing(v, key, "%s", nothing);
}

static void put_row(struct hs_values *v, enum hs_lossy codec, const char *encoder,
                    const struct hs_codec_result *r)
{
    char key[HS_CODEC_KEY];
    hs_values_text(v, hs_codec_key(codec, HS_CODEC_ENCODER, key), encoder);
    put_number(v, hs_codec_key(codec, HS_CODEC_TRUE_PEAK, key), r->true_peak_dbtp, "silent");
    put_number(v, hs_codec_key(codec, HS_CODEC_OVERSHOOT, key), r->overshoot_db, "silent");
    put_number(v, hs_codec_key(codec, HS_CODEC_OVERS, key), r->overs_per_min, "silent");
    hs_values_array(v, hs_codec_key(codec, HS_CODEC_SDR, key), r->sdr_db, HS_STEREO_BANDS);
    put_number(v, hs_codec_key(codec, HS_CODEC_SIDE_LOSS, key), r->side_loss_db, "no side");
    put_number(v, hs_codec_key(codec, HS_CODEC_BANDWIDTH, key), r->bandwidth_hz, "silent");
    put_number(v, hs_codec_key(codec, HS_CODEC_TAIL, key), r->tail_db, "too few clear attacks");
}

static void refuse(struct hs_values *v, enum hs_lossy codec, const char *why)
{
    char key[HS_CODEC_KEY];
    for (int c = 0; c < HS_CODEC_COLUMNS; c++)
        hs_values_absent(v, hs_codec_key(codec, (enum hs_codec_column)c, key), "%s", why);
}

/* All parts through one codec. NULL, or why there is no row. */
static const char *run_parts(enum hs_lossy codec, const struct hs_loudest *parts, int rate_hz,
                             struct hs_codec_result *out, struct hs_error *err)
{
    int to_hz = hs_lossy_rate_hz(codec, rate_hz);
    double ratio = (double)to_hz / rate_hz;
    struct hs_codec_compare *compare = hs_codec_compare_new(to_hz);
    struct piece p;
    const char *why = NULL;
    piece_make(&p, (size_t)(ratio * HS_LOUDEST_S * rate_hz) + 4096);
    for (size_t i = 0; i < parts->n_parts && !why; i++) {
        const float *const x[2] = {p.x[0], p.x[1]}, *const y[2] = {p.y[0], p.y[1]};
        size_t made = 0;
        if (load(&p, parts, i, rate_hz, to_hz, err) != HS_OK ||
            hs_lossy_round_trip(codec, to_hz, x, p.n, p.y, &made, err) != HS_OK)
            why = err->msg;
        else if (!hs_codec_compare_add(compare, x, y, made))
            why = "what came back is not aligned with what was sent";
    }
    if (!why)
        hs_codec_compare_result(compare, out);
    piece_free(&p);
    hs_codec_compare_free(compare);
    return why;
}

void hs_codec_rows(struct hs_values *v, int rate_hz, const enum hs_lossy *codecs, size_t n)
{
    struct hs_loudest parts;
    const char *why = NULL;
    bool sounds = hs_loudest_read(v, &parts, &why);
    for (size_t i = 0; i < n; i++) {
        char encoder[256];
        struct hs_error err = {0};
        struct hs_codec_result result;
        bool built_in = hs_lossy_encoder(codecs[i], encoder, sizeof encoder);
        const char *not = !built_in ? encoder
                          : !sounds ? why
                                    : run_parts(codecs[i], &parts, rate_hz, &result, &err);
        if (not )
            refuse(v, codecs[i], not );
        else
            put_row(v, codecs[i], encoder, &result);
    }
}
