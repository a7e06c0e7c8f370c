/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. A FAST frame is a power of two of samples, at most 64 ms long. A FINE frame has bins of
 *    1.5 Hz or finer, of the signal decimated to the lowest rate of at least 2.7 kHz.
 * 2. Frames overlap by half under a Hann window. The first one is centred on the first sample;
 *    behind the end silence follows until the last sample is the centre of a frame or before
 *    it.
 * 3. Per bin the powers of left, right, mid and side and the imaginary part of the cross
 *    spectrum are made. The droop of the decimator is undone on the FINE spectra.
 * 4. FAST frames also give power by third octave, with the bins at the edges taken in part, and
 *    onsets.
 * 5. Input is cut where a FAST frame ends, so the order of frames of both kinds does not depend
 *    on the blocks.
 */
#include "measure/spectra.h"

#include "core/alloc.h"
#include "dsp/decimate.h"
#include "dsp/fft.h"
#include "dsp/kernels.h"
#include "dsp/spectral.h"
#include "measure/onsets.h"

#include <math.h>
#include <string.h>

/* Frames of one resolution: the signal still needed, the transform, and what it gives. */
struct transform {
    struct hs_fft fft[2];
    float *window; /* with the scale that makes |X|^2 a power */
    float *gain;   /* per bin, undoes the decimator's droop; NULL: none */
    float *signal[2];
    float *power[2], *mid, *side, *im;
    size_t n, fill;
    int64_t n_frames, n_seen; /* frames sent, samples taken */
    struct hs_spectrum frame; /* what does not change from frame to frame */
};

struct hs_spectra {
    const struct hs_kernels *kernels;
    bool mono;
    struct transform fast, fine;
    struct hs_decimator decimator[2];
    struct hs_span_bins span[HS_BANDS];
    struct hs_band_power bands[HS_BANDS];
    struct hs_onsets onsets;
    struct hs_onset onset;
    int64_t n_frames; /* of the file */
};

/* Lengths in time stay alike over sample rates: 46 ms at 44.1 and 88.2 kHz. */
static size_t fast_length(double rate_hz)
{
    size_t n = 64;
    while ((double)(2 * n) <= 0.064 * rate_hz)
        n *= 2;
    return n;
}

/* Bins of 1.5 Hz or finer. */
static size_t fine_length(double rate_hz)
{
    size_t n = 64;
    while (rate_hz / (double)n > 1.5)
        n *= 2;
    return n;
}

/* The lowest rate of 2.7 kHz or more: the flat part reaches over the 800 Hz band. */
static size_t fine_factor(double rate_hz)
{
    size_t factor = 1;
    while (rate_hz / (double)(2 * factor) >= 2700 && factor < 1024)
        factor *= 2;
    return factor;
}

static void transform_init(struct transform *t, double rate_hz, size_t n, bool mono)
{
    size_t n_bins = n / 2 + 1;
    t->n = n;
    t->fill = n / 2; /* the first frame is centred on the first sample */
    t->window = hs_aligned(n, sizeof *t->window);
    hs_window_hann(t->window, n);
    float scale = (float)(1 / sqrt((double)n * (double)n * 3 / 8));
    for (size_t i = 0; i < n; i++)
        t->window[i] *= scale;
    for (int c = 0; c < (mono ? 1 : 2); c++) {
        hs_fft_init(&t->fft[c], n);
        t->signal[c] = hs_aligned(n, sizeof *t->signal[c]);
        t->power[c] = hs_aligned(n_bins, sizeof *t->power[c]);
    }
    t->im = hs_aligned(n_bins, sizeof *t->im);
    t->mid = mono ? NULL : hs_aligned(n_bins, sizeof *t->mid);
    t->side = mono ? NULL : hs_aligned(n_bins, sizeof *t->side);
    int right = mono ? 0 : 1;
    t->frame = (struct hs_spectrum){
        .hop_s = (double)(n / 2) / rate_hz,
        .bin_hz = rate_hz / (double)n,
        .n_bins = n_bins,
        .valid_hz = rate_hz / 2,
        .mono = mono,
        .left = t->fft[0].freq,
        .right = t->fft[right].freq,
        .power_left = t->power[0],
        .power_right = t->power[right],
        .power_mid = mono ? t->power[0] : t->mid,
        .power_side = mono ? t->im : t->side,
        .cross_im = t->im, /* all 0 of a mono file */
    };
}

static void transform_free(struct transform *t)
{
    for (int c = 0; c < 2; c++) {
        hs_fft_free(&t->fft[c]);
        hs_free(t->signal[c]);
        hs_free(t->power[c]);
    }
    hs_free(t->window);
    hs_free(t->gain);
    hs_free(t->mid);
    hs_free(t->side);
    hs_free(t->im);
}

/* Decimation, length and correction of the fine frames. */
static void fine_init(struct hs_spectra *s, double rate_hz)
{
    size_t factor = fine_factor(rate_hz);
    double low_hz = rate_hz / (double)factor;
    transform_init(&s->fine, low_hz, fine_length(low_hz), s->mono);
    struct hs_spectrum *f = &s->fine.frame;
    f->resolution = HS_SPECTRUM_FINE;
    f->low_rate_hz = low_hz;
    f->n_low = s->fine.n / 2;
    f->low_left = s->fine.signal[0];
    f->low_right = s->fine.signal[s->mono ? 0 : 1];
    for (int c = 0; c < (s->mono ? 1 : 2); c++)
        hs_decimator_init(&s->decimator[c], factor);
    if (factor == 1)
        return;
    f->valid_hz = HS_DECIMATE_PASS * low_hz;
    s->fine.gain = hs_aligned(f->n_bins, sizeof *s->fine.gain);
    for (size_t i = 0; i < f->n_bins; i++)
        s->fine.gain[i] =
            (float)(1 / hs_decimator_droop(&s->decimator[0], (double)i * f->bin_hz / rate_hz));
}

struct hs_spectra *hs_spectra_new(const struct hs_stream *stream)
{
    struct hs_spectra *s = HS_NEW(struct hs_spectra);
    double rate_hz = stream->sample_rate_hz;
    s->kernels = hs_kernels_choose();
    s->mono = stream->n_channels == 1;
    transform_init(&s->fast, rate_hz, fast_length(rate_hz), s->mono);
    s->fast.frame.resolution = HS_SPECTRUM_FAST;
    s->fast.frame.bands = s->bands;
    s->fast.frame.onset = &s->onset;
    for (size_t b = 0; b < HS_BANDS; b++)
        s->span[b] = hs_span_bins(hs_band_low_hz(b), hs_band_high_hz(b), s->fast.frame.bin_hz,
                                  s->fast.frame.n_bins);
    fine_init(s, rate_hz);
    return s;
}

/* Third octaves of a frame; twice, for both halves of the spectrum. */
static void sum_bands(struct hs_spectra *s)
{
    const struct hs_spectrum *f = &s->fast.frame;
    enum { PARTS = 5 };
    const float *part[PARTS] = {f->power_left, f->power_right, f->power_mid, f->power_side,
                                f->cross_im};
    float sum[PARTS][HS_BANDS] = {{0}};
    for (int p = 0; p < (f->mono ? 1 : PARTS); p++)
        s->kernels->spans(part[p], s->span, HS_BANDS, sum[p]);
    for (size_t b = 0; b < HS_BANDS; b++) {
        float left = 2 * sum[0][b];
        s->bands[b] = f->mono ? (struct hs_band_power){.left = left, .right = left, .mid = left}
                              : (struct hs_band_power){.left = left,
                                                       .right = 2 * sum[1][b],
                                                       .mid = 2 * sum[2][b],
                                                       .side = 2 * sum[3][b],
                                                       .cross_im = 2 * sum[4][b]};
    }
}

/* One full frame: window, transform, powers; then the second half moves to the front. */
static void send(struct hs_spectra *s, struct transform *t, hs_spectra_sink *sink, void *context)
{
    size_t n_bins = t->frame.n_bins;
    for (int c = 0; c < (s->mono ? 1 : 2); c++) {
        s->kernels->window(t->signal[c], t->window, t->fft[c].time, t->n);
        hs_fft_forward(&t->fft[c]);
        if (t->gain)
            hs_spectral_scale(t->fft[c].freq, t->gain, n_bins);
    }
    if (s->mono)
        s->kernels->power(t->fft[0].freq, t->power[0], n_bins);
    else
        s->kernels->stereo(
            t->fft[0].freq, t->fft[1].freq, n_bins,
            &(struct hs_stereo_power){t->power[0], t->power[1], t->mid, t->side, t->im});
    if (t == &s->fast) {
        sum_bands(s);
        s->onset = hs_onsets_frame(&s->onsets, &t->frame);
    }
    t->frame.index = t->n_frames;
    t->frame.centre_s = (double)t->n_frames * t->frame.hop_s;
    sink(context, &t->frame);
    t->n_frames++;
    for (int c = 0; c < (s->mono ? 1 : 2); c++)
        memcpy(t->signal[c], t->signal[c] + t->n / 2, t->n / 2 * sizeof(float));
    t->fill = t->n / 2;
}

/* Frames are sent as they fill. */
static void feed(struct hs_spectra *s, struct transform *t, const float *left, const float *right,
                 size_t n, hs_spectra_sink *sink, void *context)
{
    t->n_seen += (int64_t)n;
    while (n) {
        size_t room = t->n - t->fill, take = n < room ? n : room;
        memcpy(t->signal[0] + t->fill, left, take * sizeof *left);
        if (!s->mono)
            memcpy(t->signal[1] + t->fill, right, take * sizeof *right);
        t->fill += take, left += take, right += take, n -= take;
        if (t->fill == t->n)
            send(s, t, sink, context);
    }
}

/* Decimates and feeds the FINE frames; never more than belongs to the file. */
static void feed_fine(struct hs_spectra *s, const float *left, const float *right, size_t n,
                      int64_t most, hs_spectra_sink *sink, void *context)
{
    enum { PART = 4096 };
    float low[2][PART + 2];
    while (n) {
        size_t take = n < PART ? n : PART;
        size_t m = hs_decimator_run(&s->decimator[0], left, take, low[0]);
        if (!s->mono)
            hs_decimator_run(&s->decimator[1], right, take, low[1]);
        if (most >= 0 && s->fine.n_seen + (int64_t)m > most)
            m = (size_t)(most - s->fine.n_seen);
        feed(s, &s->fine, low[0], low[s->mono ? 0 : 1], m, sink, context);
        left += take, right += take, n -= take;
    }
}

/* In steps that end where a FAST frame does: the order of frames of both resolutions does
 * not depend on the division into blocks either. */
void hs_spectra_block(struct hs_spectra *s, const struct hs_block *block, hs_spectra_sink *sink,
                      void *context)
{
    const float *left = block->left, *right = block->right;
    for (size_t n = block->n_frames; n;) {
        size_t room = s->fast.n - s->fast.fill, take = n < room ? n : room;
        feed_fine(s, left, right, take, -1, sink, context);
        feed(s, &s->fast, left, right, take, sink, context);
        left += take, right += take, n -= take;
    }
    s->n_frames += (int64_t)block->n_frames;
}

/* Silence behind the end, until the frame centred at or behind the last sample is out. */
static void drain(struct hs_spectra *s, struct transform *t, hs_spectra_sink *sink, void *context)
{
    int64_t hop = (int64_t)t->n / 2, wanted = (t->n_seen + hop - 1) / hop + 1;
    while (t->n_frames < wanted) {
        for (int c = 0; c < (s->mono ? 1 : 2); c++)
            memset(t->signal[c] + t->fill, 0, (t->n - t->fill) * sizeof(float));
        send(s, t, sink, context);
    }
}

/* Silence pushes the last samples out of the decimator. */
void hs_spectra_finish(struct hs_spectra *s, hs_spectra_sink *sink, void *context)
{
    if (!s->n_frames)
        return;
    static const float silence[1024];
    int64_t factor = (int64_t)s->decimator[0].factor;
    int64_t n_low = (s->n_frames + factor - 1) / factor;
    while (s->fine.n_seen < n_low)
        feed_fine(s, silence, silence, 1024, n_low, sink, context);
    drain(s, &s->fast, sink, context);
    drain(s, &s->fine, sink, context);
}

void hs_spectra_free(struct hs_spectra *s)
{
    if (!s)
        return;
    transform_free(&s->fast);
    transform_free(&s->fine);
    hs_decimator_free(&s->decimator[0]);
    hs_decimator_free(&s->decimator[1]);
    hs_free(s);
}
