/* SPDX-License-Identifier: Apache-2.0 */
/* What a named value is: one row of the table from which JSON, `explain` and docs follow. */
#ifndef HS_MODEL_MEASURE_H
#define HS_MODEL_MEASURE_H

#include "model/values.h"

enum hs_measure_where {
    HS_IN_JSON,  /* printed by measure --json and in audit.json */
    HS_IN_STORE, /* kept for charts, times and pairing; not printed */
};

struct hs_measure {
    const char *key;
    const char *unit; /* "" for a ratio or a count, "LUFS", "dB", ... */
    enum hs_kind kind;
    size_t n;   /* elements of an array, 0 elsewhere */
    int digits; /* behind the point when shown to people */
    enum hs_measure_where where;
    const char *title;      /* "integrated loudness" */
    const char *definition; /* one or two sentences */
    const char *source;     /* standard or paper with its clause */
};

/* The 31 nominal third octaves 20 Hz ... 20 kHz: IEC 61260-1, base 10; exact mid-band
 * frequency 1000 * 10^((i - 17) / 10), edges a factor 10^(1/20) either side. */
enum { HS_BANDS = 31, HS_BAND_1KHZ = 17, HS_STEREO_BANDS = 5 };
double hs_band_hz(size_t band);
double hs_band_low_hz(size_t band);
double hs_band_high_hz(size_t band);
const char *hs_band_name(size_t band);  /* "31.5", "1k", "12.5k" */
const char *hs_band_words(size_t band); /* "3.15 kHz" */
/* "from 5 kHz on", "up to 200 Hz", "from 200 Hz to 2 kHz"; 0: an open end. */
enum { HS_SPAN_WORDS = 48 };
const char *hs_span_words(double from_hz, double to_hz, char out[HS_SPAN_WORDS]);
/* Third octaves in dB relative to their median from 200 Hz to 2 kHz, the convention of
 * "bands_db" and "eq_db"; NaN stays. In place. */
void hs_bands_centre(double bands[HS_BANDS]);
/* 20-120, 120-500, 500-2k, 2k-8k, 8k-16k; edges[0..5]. */
const double *hs_stereo_band_edges_hz(void);

#endif
