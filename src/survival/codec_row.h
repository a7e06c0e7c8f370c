/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The row of one codec: parts of a file through it and back, held against themselves at the rate
 * at which it delivers. Every analyser of codecs asks for some of the rows, of the loudest parts
 * or of all of the file. A row that cannot be made is absent as a whole, with its reason. On the
 * calling thread; an object belongs to one.
 */
#ifndef HS_SURVIVAL_CODEC_ROW_H
#define HS_SURVIVAL_CODEC_ROW_H

#include "media/lossy.h"
#include "model/measure.h"
#include "model/values.h"

/* What of a file goes through: a key is "codecs.aac_256.true_peak_dbtp" or
 * "codecs_whole.aac_256.true_peak_dbtp". */
enum hs_codec_reach { HS_CODEC_LOUDEST, HS_CODEC_WHOLE };

/* Columns of a row. */
enum hs_codec_column {
    HS_CODEC_ENCODER, /* text */
    HS_CODEC_TRUE_PEAK,
    HS_CODEC_OVERSHOOT,
    HS_CODEC_OVERS,
    HS_CODEC_SDR, /* HS_STEREO_BANDS numbers */
    HS_CODEC_SIDE_LOSS,
    HS_CODEC_BANDWIDTH,
    HS_CODEC_TAIL,
    HS_CODEC_COLUMNS,
};
extern const char *const hs_codec_column_names[HS_CODEC_COLUMNS]; /* "true_peak_dbtp" */

/* The destinations (model/survival.h) that ask for it: one of them suffices. */
unsigned hs_codec_asked(enum hs_codec_reach reach, enum hs_lossy codec);
/* The key of a column, in `out` of HS_CODEC_KEY bytes; returns it. */
enum { HS_CODEC_KEY = 64 };
const char *hs_codec_key(enum hs_codec_reach reach, enum hs_lossy codec,
                         enum hs_codec_column column, char *out);

/* A row on its way. */
struct hs_codec_row;
struct hs_codec_row *hs_codec_row_new(enum hs_lossy codec, int rate_hz);
/* Another part goes there and back. What cannot be sent is the reason of the row, and parts behind
 * it are passed over. */
void hs_codec_row_add(struct hs_codec_row *r, const float *left, const float *right, size_t n);
/* Writes the row; `why`: NULL, or why there is none. Of the loudest parts each must lie on itself;
 * of a whole file, where some have little to go by, most of them. */
void hs_codec_row_put(struct hs_codec_row *r, enum hs_codec_reach reach, const char *why,
                      struct hs_values *v);
void hs_codec_row_free(struct hs_codec_row *r);

/* Measures the rows of some codecs on the parts that an_loudest.c left in `v`. */
void hs_codec_rows(struct hs_values *v, int rate_hz, const enum hs_lossy *codecs, size_t n);
/* The encoders and their versions, a line each: what the values of a row depend on beside the
 * music. In `out`. */
void hs_codec_encoders(const enum hs_lossy *codecs, size_t n, char *out, size_t size);

/* The rows of the table of measures for one codec: key "codecs.aac_256", words "AAC 256", and on
 * what. */
#define HS_CODEC_SOURCE "docs/survival.md"
#define HS_CODEC_ON " On the three loudest 20 s, without their first and last tenth of a second."
#define HS_CODEC_WHOLE_ON " On the whole file."
#define HS_CODEC_MEASURES(key, words) HS_CODEC_MEASURES_OF("codecs." key, words, "", HS_CODEC_ON)
#define HS_CODEC_WHOLE_MEASURES(key, words)                                                        \
    HS_CODEC_MEASURES_OF("codecs_whole." key, words, ", whole file", HS_CODEC_WHOLE_ON)
#define HS_CODEC_MEASURES_OF(key, words, of, on)                                                   \
    {key ".encoder",                                                                               \
     "",                                                                                           \
     HS_TEXT,                                                                                      \
     0,                                                                                            \
     0,                                                                                            \
     HS_IN_STORE,                                                                                  \
     "encoder of " words of,                                                                       \
     "The encoder, its version and that of libavcodec: other versions give other values.",         \
     HS_CODEC_SOURCE},                                                                             \
        {key ".true_peak_dbtp",                                                                    \
         "dBTP",                                                                                   \
         HS_NUMBER,                                                                                \
         0,                                                                                        \
         1,                                                                                        \
         HS_IN_STORE,                                                                              \
         "true peak behind " words of,                                                             \
         "True peak of what comes back from " words ", not clipped." on,                           \
         HS_CODEC_SOURCE},                                                                         \
        {key ".overshoot_db",                                                                      \
         "dB",                                                                                     \
         HS_NUMBER,                                                                                \
         0,                                                                                        \
         1,                                                                                        \
         HS_IN_STORE,                                                                              \
         "overshoot of " words of,                                                                 \
         "True peak behind " words ", minus that before." on,                                      \
         HS_CODEC_SOURCE},                                                                         \
        {key ".overs_per_min",                                                                     \
         "/min",                                                                                   \
         HS_NUMBER,                                                                                \
         0,                                                                                        \
         0,                                                                                        \
         HS_IN_STORE,                                                                              \
         "overs of " words of,                                                                     \
         "Samples beyond full scale behind " words ", both channels, a minute." on,                \
         HS_CODEC_SOURCE},                                                                         \
        {key ".sdr_db",                                                                            \
         "dB",                                                                                     \
         HS_ARRAY,                                                                                 \
         HS_STEREO_BANDS,                                                                          \
         0,                                                                                        \
         HS_IN_STORE,                                                                              \
         "music over what " words " adds" of,                                                      \
         "Music over the difference at the best gain of each band: 20 to 120, 120 to 500, 500 to " \
         "2k, 2k to 8k, 8k to 16k Hz." on,                                                         \
         HS_CODEC_SOURCE},                                                                         \
        {key ".side_loss_db",                                                                      \
         "dB",                                                                                     \
         HS_NUMBER,                                                                                \
         0,                                                                                        \
         1,                                                                                        \
         HS_IN_STORE,                                                                              \
         "side lost by " words of,                                                                 \
         "Change of the energy of the side minus that of the middle, 2 to 16 kHz; negative where " \
         "the sides become quieter." on,                                                           \
         HS_CODEC_SOURCE},                                                                         \
        {key ".bandwidth_hz",                                                                      \
         "Hz",                                                                                     \
         HS_NUMBER,                                                                                \
         0,                                                                                        \
         0,                                                                                        \
         HS_IN_STORE,                                                                              \
         "bandwidth of " words of,                                                                 \
         "Upper edge of the highest 250 Hz of which more than a tenth of the power comes "         \
         "back." on,                                                                               \
         HS_CODEC_SOURCE},                                                                         \
    {                                                                                              \
        key ".tail_db", "dB", HS_NUMBER, 0, 1, HS_IN_STORE, "pre-echo of " words of,               \
            "What is added 20 to 2 ms before the twenty strongest attacks, over the 20 ms that "   \
            "follow, the median." on,                                                              \
            HS_CODEC_SOURCE                                                                        \
    }

#endif
