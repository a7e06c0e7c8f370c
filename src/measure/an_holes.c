/* SPDX-License-Identifier: Apache-2.0 */
/* Holes that an encoder leaves: narrow bands of the treble that are empty for a moment while
 * their neighbours below sound on. */
#include "core/num.h"
#include "dsp/spectral.h"
#include "measure/analyser.h"

#include <string.h>

/* 345 Hz wide bands over 12-20 kHz and the four neighbours that the lowest of them is compared
 * with. Only those below the measured bandwidth count: above it all is empty, whatever cut it. */
#define BAND_HZ 345.0
#define FROM_HZ 12000.0
#define TO_HZ 20000.0
#define LEAST_HZ 15500.0 /* rates that reach this far can be judged */
#define MARGIN_HZ 400.0  /* below the bandwidth, where its slope begins */
enum { NEIGHBOURS = 4, MOST_BANDS = 24 };
/* A hole is this far below the median of its neighbours ... */
#define HOLE 1e-2f
/* ... where these are within 60 dB of the frame's power, which is above -90 dB. */
#define HEARD 1e-6f
#define LOUD 1e-9f

struct state {
    struct hs_span_bins span[MOST_BANDS + NEIGHBOURS];
    size_t n;
    double high_hz[MOST_BANDS + NEIGHBOURS]; /* upper edges */
    double n_holes[MOST_BANDS + NEIGHBOURS], n_cells[MOST_BANDS + NEIGHBOURS];
    bool ready, usable;
};

/* The bands, with four more below as neighbours of the first. */
static void prepare(struct state *s, const struct hs_spectrum *f)
{
    s->ready = true;
    double nyquist = f->bin_hz * (double)(f->n_bins - 1);
    double to = nyquist < TO_HZ + BAND_HZ ? nyquist - BAND_HZ : TO_HZ;
    s->usable = nyquist >= LEAST_HZ + BAND_HZ;
    for (double hz = FROM_HZ - NEIGHBOURS * BAND_HZ; hz + BAND_HZ <= to && s->usable;
         hz += BAND_HZ) {
        s->high_hz[s->n] = hz + BAND_HZ;
        s->span[s->n++] = hs_span_bins(hz, hz + BAND_HZ, f->bin_hz, f->n_bins);
    }
}

/* The mean of the middle two. */
static float median_of_four(const float *x)
{
    float low = x[0], high = x[0], sum = 0;
    for (int i = 0; i < NEIGHBOURS; i++) {
        sum += x[i];
        low = x[i] < low ? x[i] : low;
        high = x[i] > high ? x[i] : high;
    }
    return (sum - low - high) / 2;
}

/* In each frame that is loud enough: bands that sound by their four neighbours below, and how many
 * of them are empty (20 dB below). */
static void spectrum(void *state, const struct hs_spectrum *f)
{
    struct state *s = state;
    if (f->resolution != HS_SPECTRUM_FAST)
        return;
    if (!s->ready)
        prepare(s, f);
    if (!s->usable)
        return;
    float total = 0, band[MOST_BANDS + NEIGHBOURS];
    for (size_t b = 0; b < HS_BANDS; b++)
        total += f->bands[b].left + f->bands[b].right;
    if (total < LOUD)
        return;
    for (size_t i = 0; i < s->n; i++) {
        band[i] =
            hs_span_sum(&s->span[i], f->power_left) + hs_span_sum(&s->span[i], f->power_right);
        if (i < NEIGHBOURS)
            continue;
        float around = median_of_four(band + i - NEIGHBOURS);
        if (around < total * HEARD)
            continue;
        s->n_cells[i]++;
        s->n_holes[i] += band[i] < around * HOLE;
    }
}

static void finish(void *state, const struct hs_stream *stream, int64_t n_frames,
                   struct hs_values *v)
{
    (void)n_frames;
    struct state *s = state;
    double holes = 0, cells = 0, bandwidth;
    if (!hs_values_read(v, "bandwidth_hz", &bandwidth))
        bandwidth = stream->sample_rate_hz / 2.0;
    for (size_t i = NEIGHBOURS; i < s->n && s->high_hz[i] <= bandwidth - MARGIN_HZ; i++)
        holes += s->n_holes[i], cells += s->n_cells[i];
    if (s->ready && !s->usable)
        hs_values_absent(v, "holes_share", "sample rate too low");
    else if (cells < 500)
        hs_values_absent(v, "holes_share", "too little treble");
    else
        hs_values_number(v, "holes_share", holes / cells);
}

static const struct hs_measure measures[] = {
    {"holes_share", "", HS_NUMBER, 0, 4, HS_IN_JSON, "holes in the treble",
     "Share of the cells (345 Hz by a frame of 46 ms, from 12 to 20 kHz, but only below the "
     "bandwidth) that are 20 dB below the median of their four lower neighbours. Music stays "
     "near 0; encoders leave 0.005 and more.",
     "compare D'Alessandro & Shi, ACM MM&Sec 2009 (MP3 bit rate)"},
};

static const char *const read_from[] = {"bandwidth", NULL};

const struct hs_analyser hs_analyser_holes = {
    .name = "holes",
    .version = 2,
    .stage = 1,
    .reads = read_from,
    .measures = measures,
    .n_measures = sizeof measures / sizeof *measures,
    .state_size = sizeof(struct state),
    .spectrum = spectrum,
    .finish = finish,
};
