/* SPDX-License-Identifier: Apache-2.0 */
/* Third octaves by IEC 61260-1 with base ten, from 20 Hz to 20 kHz, and the five bands of stereo
 * measures. */
#include "model/measure.h"

#include "core/num.h"

#include <math.h>
#include <stdio.h>

double hs_band_hz(size_t band)
{
    return 1000 * pow(10, ((double)band - HS_BAND_1KHZ) / 10);
}

double hs_band_low_hz(size_t band)
{
    return hs_band_hz(band) * pow(10, -0.05);
}

double hs_band_high_hz(size_t band)
{
    return hs_band_hz(band) * pow(10, 0.05);
}

const char *hs_band_name(size_t band)
{
    static const char *const names[HS_BANDS] = {
        "20",    "25",  "31.5", "40",   "50",  "63",  "80",    "100",   "125",  "160", "200",
        "250",   "315", "400",  "500",  "630", "800", "1k",    "1.25k", "1.6k", "2k",  "2.5k",
        "3.15k", "4k",  "5k",   "6.3k", "8k",  "10k", "12.5k", "16k",   "20k"};
    return band < HS_BANDS ? names[band] : "";
}

const char *hs_band_words(size_t band)
{
    static const char *const words[HS_BANDS] = {
        "20 Hz",  "25 Hz",   "31.5 Hz",  "40 Hz",   "50 Hz",    "63 Hz",   "80 Hz",    "100 Hz",
        "125 Hz", "160 Hz",  "200 Hz",   "250 Hz",  "315 Hz",   "400 Hz",  "500 Hz",   "630 Hz",
        "800 Hz", "1 kHz",   "1.25 kHz", "1.6 kHz", "2 kHz",    "2.5 kHz", "3.15 kHz", "4 kHz",
        "5 kHz",  "6.3 kHz", "8 kHz",    "10 kHz",  "12.5 kHz", "16 kHz",  "20 kHz"};
    return band < HS_BANDS ? words[band] : "";
}

/* The third octave around a frequency, by its name. */
static const char *words_at(double hz)
{
    const double band = HS_BAND_1KHZ + 10 * log10(hz / 1000);
    return hs_band_words((size_t)fmax(0, lround(band)));
}

const char *hs_span_words(double from_hz, double to_hz, char out[HS_SPAN_WORDS])
{
    if (!(from_hz > 0) && !(to_hz > 0))
        snprintf(out, HS_SPAN_WORDS, "throughout");
    else if (!(to_hz > 0))
        snprintf(out, HS_SPAN_WORDS, "from %s on", words_at(from_hz));
    else if (!(from_hz > 0))
        snprintf(out, HS_SPAN_WORDS, "up to %s", words_at(to_hz));
    else
        snprintf(out, HS_SPAN_WORDS, "from %s to %s", words_at(from_hz), words_at(to_hz));
    return out;
}

const double *hs_stereo_band_edges_hz(void)
{
    static const double edges[HS_STEREO_BANDS + 1] = {20, 120, 500, 2000, 8000, 16000};
    return edges;
}

/* Takes off the median of 200 Hz to 2 kHz, so that spectra of any level can be compared. */
void hs_bands_centre(double x[HS_BANDS])
{
    double mid[HS_BANDS];
    size_t n = 0;
    for (size_t b = HS_BAND_1KHZ - 7; b <= HS_BAND_1KHZ + 3; b++)
        if (isfinite(x[b]))
            mid[n++] = x[b];
    double median = hs_median(mid, n);
    for (size_t b = 0; n && b < HS_BANDS; b++)
        x[b] -= median;
}
