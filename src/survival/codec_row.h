/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The row of one codec: the loudest parts of a file through it and back, held against themselves
 * at the rate at which it delivers. Every analyser of codecs asks for some of the rows. A row
 * that cannot be made is absent as a whole, with its reason. On the calling thread.
 */
#ifndef HS_SURVIVAL_CODEC_ROW_H
#define HS_SURVIVAL_CODEC_ROW_H

#include "media/lossy.h"
#include "model/measure.h"
#include "model/values.h"

/* Columns of a row; a key is "codecs.aac_256.true_peak_dbtp". */
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
unsigned hs_codec_asked(enum hs_lossy codec);
/* The key of a column, in `out` of HS_CODEC_KEY bytes; returns it. */
enum { HS_CODEC_KEY = 64 };
const char *hs_codec_key(enum hs_lossy codec, enum hs_codec_column column, char *out);

/* Measures the rows of some codecs on the parts that an_loudest.c left in `v`. */
void hs_codec_rows(struct hs_values *v, int rate_hz, const enum hs_lossy *codecs, size_t n);
/* The encoders and their versions, a line each: what the values of a row depend on beside the
 * music. In `out`. */
void hs_codec_encoders(const enum hs_lossy *codecs, size_t n, char *out, size_t size);

/* The rows of the table of measures for one codec: key "aac_256", words "AAC 256". */
#define HS_CODEC_SOURCE "docs/survival.md"
#define HS_CODEC_ON " On the three loudest 20 s, without their first and last tenth of a second."
#define HS_CODEC_MEASURES(key, words)                                                              \
    {"codecs." key ".encoder",                                                                     \
     "",                                                                                           \
     HS_TEXT,                                                                                      \
     0,                                                                                            \
     0,                                                                                            \
     HS_IN_STORE,                                                                                  \
     "encoder of " words,                                                                          \
     "The encoder, its version and that of libavcodec: other versions give other values.",         \
     HS_CODEC_SOURCE},                                                                             \
        {"codecs." key ".true_peak_dbtp",                                                          \
         "dBTP",                                                                                   \
         HS_NUMBER,                                                                                \
         0,                                                                                        \
         1,                                                                                        \
         HS_IN_STORE,                                                                              \
         "true peak behind " words,                                                                \
         "True peak of what comes back from " words ", not clipped." HS_CODEC_ON,                  \
         HS_CODEC_SOURCE},                                                                         \
        {"codecs." key ".overshoot_db",                                                            \
         "dB",                                                                                     \
         HS_NUMBER,                                                                                \
         0,                                                                                        \
         1,                                                                                        \
         HS_IN_STORE,                                                                              \
         "overshoot of " words,                                                                    \
         "True peak behind " words ", minus that before." HS_CODEC_ON,                             \
         HS_CODEC_SOURCE},                                                                         \
        {"codecs." key ".overs_per_min",                                                           \
         "/min",                                                                                   \
         HS_NUMBER,                                                                                \
         0,                                                                                        \
         0,                                                                                        \
         HS_IN_STORE,                                                                              \
         "overs of " words,                                                                        \
         "Samples beyond full scale behind " words ", both channels, a minute." HS_CODEC_ON,       \
         HS_CODEC_SOURCE},                                                                         \
        {"codecs." key ".sdr_db",                                                                  \
         "dB",                                                                                     \
         HS_ARRAY,                                                                                 \
         HS_STEREO_BANDS,                                                                          \
         0,                                                                                        \
         HS_IN_STORE,                                                                              \
         "music over what " words " adds",                                                         \
         "Music over the difference at the best gain of each band: 20 to 120, 120 to 500, 500 to " \
         "2k, 2k to 8k, 8k to 16k Hz." HS_CODEC_ON,                                                \
         HS_CODEC_SOURCE},                                                                         \
        {"codecs." key ".side_loss_db",                                                            \
         "dB",                                                                                     \
         HS_NUMBER,                                                                                \
         0,                                                                                        \
         1,                                                                                        \
         HS_IN_STORE,                                                                              \
         "side lost by " words,                                                                    \
         "Change of the energy of the side minus that of the middle, 2 to 16 kHz; negative where " \
         "the sides become quieter." HS_CODEC_ON,                                                  \
         HS_CODEC_SOURCE},                                                                         \
        {"codecs." key ".bandwidth_hz",                                                            \
         "Hz",                                                                                     \
         HS_NUMBER,                                                                                \
         0,                                                                                        \
         0,                                                                                        \
         HS_IN_STORE,                                                                              \
         "bandwidth of " words,                                                                    \
         "Upper edge of the highest 250 Hz of which more than a tenth of the power comes "         \
         "back." HS_CODEC_ON,                                                                      \
         HS_CODEC_SOURCE},                                                                         \
    {                                                                                              \
        "codecs." key ".tail_db", "dB", HS_NUMBER, 0, 1, HS_IN_STORE, "pre-echo of " words,        \
            "What is added 20 to 2 ms before the twenty strongest attacks, over the 20 ms that "   \
            "follow, the median." HS_CODEC_ON,                                                     \
            HS_CODEC_SOURCE                                                                        \
    }

#endif
