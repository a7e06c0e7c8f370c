/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Steps of 64 frames at 48 kHz (twice as many at twice the rate), so one to two milliseconds.
 * 2. Of each step: true peak with the frames around it (BS.1770), K-weighted mean square of both
 *    channels, the level of the detector (K-weighted above 100 Hz, the louder channel, mean of 10
 *    ms).
 * 3. Of each four steps: the peak of five bands in the middle of the image.
 * 4. Loudness for any course of gain follows from the powers by windows of 400 ms every 100 ms
 *    with the gates of BS.1770, without reading the file again.
 */
#include "preview/envelope.h"

#include "core/alloc.h"
#include "core/num.h"
#include "dsp/biquad.h"
#include "dsp/gating.h"
#include "dsp/kernels.h"
#include "dsp/kweight.h"

#include <math.h>
#include <string.h>

/* The side chain of the detector, and its time. */
static const double side_chain_hz = 100, detector_s = 10e-3;
static const double floor_power = 1e-12;

enum { CONTEXT = 6, TRAIL = 16 };

struct hs_enveloping {
    struct hs_envelope e;
    const struct hs_kernels *kernels;
    int n_channels;
    float *x[2];   /* CONTEXT frames that were, a step, CONTEXT frames to come */
    size_t filled; /* behind the first CONTEXT */
    struct hs_kweight k;
    struct hs_kweight_state loud, detector;
    struct hs_biquad side_chain, low[HS_PREVIEW_BANDS], high[HS_PREVIEW_BANDS];
    struct hs_biquad_state side_state[2], low_state[HS_PREVIEW_BANDS], high_state[HS_PREVIEW_BANDS];
    double trail[TRAIL]; /* detector's power of the last steps */
    size_t n_trail;
    float *work, *middle;
    float group[HS_PREVIEW_BANDS];
};

/* 64 frames up to 48 kHz, twice as many up to 96 kHz, and so on. */
static size_t step_of(int rate)
{
    size_t step = HS_SCAN;
    while ((double)step * 48000 * 1.01 < (double)HS_SCAN * rate)
        step *= 2;
    return step;
}

struct hs_enveloping *hs_enveloping_new(const struct hs_stream *stream)
{
    struct hs_enveloping *e = HS_NEW(struct hs_enveloping);
    const double q = sqrt(0.5), rate = stream->sample_rate_hz;
    e->e.rate = stream->sample_rate_hz;
    e->e.step = step_of(stream->sample_rate_hz);
    e->e.step_s = (double)e->e.step / rate;
    e->kernels = hs_kernels_choose();
    e->n_channels = stream->n_channels;
    for (int c = 0; c < e->n_channels; c++)
        e->x[c] = HS_NEW_ARRAY(float, e->e.step + 2 * CONTEXT);
    e->work = HS_NEW_ARRAY(float, 2 * e->e.step);
    e->middle = HS_NEW_ARRAY(float, e->e.step);
    e->n_trail = (size_t)llround(detector_s / e->e.step_s);
    e->n_trail = e->n_trail < 1 ? 1 : e->n_trail > TRAIL ? TRAIL : e->n_trail;
    hs_kweight_init(&e->k, stream->sample_rate_hz);
    e->side_chain = hs_biquad_high_pass(side_chain_hz, q, rate);
    for (size_t b = 0; b < HS_PREVIEW_BANDS; b++) {
        double top = hs_preview_edges_hz[b + 1], bottom = hs_preview_edges_hz[b];
        e->high[b] = hs_biquad_high_pass(fmin(bottom, 0.4 * rate), q, rate);
        e->low[b] = hs_biquad_low_pass(fmin(top, 0.45 * rate), q, rate);
    }
    return e;
}

/* Room for one more step, and for one more group. */
static void grow(struct hs_envelope *e)
{
    float **const lists[] = {&e->peak, &e->power, &e->level_db};
    size_t cap = e->cap;
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        e->cap = cap;
        *lists[i] = hs_grow(*lists[i], e->n, &e->cap, sizeof(float));
    }
    cap = e->groups_cap;
    for (size_t b = 0; b < HS_PREVIEW_BANDS; b++) {
        e->groups_cap = cap;
        e->band[b] = hs_grow(e->band[b], e->n_groups, &e->groups_cap, sizeof(float));
    }
}

/* The larger of sample peak and true peak, over both channels. */
static float peak_of(const struct hs_enveloping *e)
{
    float top[HS_SCAN], most = 0;
    for (int c = 0; c < e->n_channels; c++) {
        most = hs_larger(most, e->kernels->peak(e->x[c] + CONTEXT, e->e.step));
        for (size_t i = 0; i < e->e.step; i += HS_SCAN)
            most = hs_larger(most, e->kernels->scan_peaks(e->x[c] + CONTEXT + i, top));
    }
    return most;
}

/* The level of the detector: K-weighted above 100 Hz, the louder channel, mean of 10 ms. */
static float level_of(struct hs_enveloping *e)
{
    double energy[2] = {0}, sum = 0;
    float *side[2] = {e->work, e->work + e->e.step};
    for (int c = 0; c < e->n_channels; c++) {
        memcpy(side[c], e->x[c] + CONTEXT, e->e.step * sizeof(float));
        hs_biquad_run(&e->side_chain, &e->side_state[c], side[c], e->e.step);
    }
    e->kernels->kweight(&e->k, &e->detector, side[0], side[e->n_channels - 1], e->e.step, energy);
    e->trail[e->e.n % e->n_trail] = fmax(energy[0], energy[1]) / (double)e->e.step;
    for (size_t i = 0; i < e->n_trail; i++)
        sum += e->trail[i];
    return (float)hs_db_fast(sum / (double)e->n_trail + floor_power);
}

/* The peak of each band in the middle of the image, kept over the steps of a group. */
static void look_at_bands(struct hs_enveloping *e)
{
    const float *l = e->x[0] + CONTEXT, *r = e->x[e->n_channels - 1] + CONTEXT;
    for (size_t i = 0; i < e->e.step; i++)
        e->middle[i] = 0.5f * (l[i] + r[i]);
    for (size_t b = 0; b < HS_PREVIEW_BANDS; b++) {
        memcpy(e->work, e->middle, e->e.step * sizeof(float));
        hs_biquad_run(&e->high[b], &e->high_state[b], e->work, e->e.step);
        hs_biquad_run(&e->low[b], &e->low_state[b], e->work, e->e.step);
        e->group[b] = hs_larger(e->group[b], e->kernels->peak(e->work, e->e.step));
    }
}

/* The bands of the steps since the last group. */
static void end_group(struct hs_enveloping *e)
{
    for (size_t b = 0; b < HS_PREVIEW_BANDS; b++)
        e->e.band[b][e->e.n_groups] = e->group[b];
    e->e.n_groups++;
    memset(e->group, 0, sizeof e->group);
}

/* Closes a step: peak, power, level, bands. */
static void end_step(struct hs_enveloping *e)
{
    const float *l = e->x[0] + CONTEXT, *r = e->x[e->n_channels - 1] + CONTEXT;
    double energy[2] = {0};
    grow(&e->e);
    e->e.peak[e->e.n] = peak_of(e);
    e->kernels->kweight(&e->k, &e->loud, l, r, e->e.step, energy);
    e->e.power[e->e.n] = (float)((energy[0] + energy[1]) / (double)e->e.step);
    e->e.level_db[e->e.n] = level_of(e);
    look_at_bands(e);
    if (++e->e.n % HS_ENVELOPE_GROUP == 0)
        end_group(e);
    for (int c = 0; c < e->n_channels; c++)
        memmove(e->x[c], e->x[c] + e->e.step, 2 * CONTEXT * sizeof(float));
    e->filled -= e->e.step;
}

/* A step ends once the frames behind it, which its true peak reads, are there. */
void hs_enveloping_push(struct hs_enveloping *e, const float *const *x, size_t n_frames)
{
    e->e.n_frames += (int64_t)n_frames;
    for (size_t done = 0; done < n_frames;) {
        size_t room = e->e.step + CONTEXT - e->filled;
        size_t n = n_frames - done < room ? n_frames - done : room;
        for (int c = 0; c < e->n_channels; c++)
            memcpy(e->x[c] + CONTEXT + e->filled, x[c] + done, n * sizeof(float));
        e->filled += n;
        done += n;
        if (e->filled == e->e.step + CONTEXT)
            end_step(e);
    }
}

/* Silence fills the last step and the frames behind it. The envelope is moved out. */
void hs_enveloping_finish(struct hs_enveloping *e, struct hs_envelope *out)
{
    static const float silence[HS_SCAN];
    const float *const none[2] = {silence, silence};
    int64_t n_frames = e->e.n_frames;
    while ((int64_t)(e->e.n * e->e.step) < n_frames)
        hs_enveloping_push(e, none, HS_SCAN);
    if (e->e.n % HS_ENVELOPE_GROUP) {
        grow(&e->e);
        end_group(e);
    }
    e->e.n_frames = n_frames;
    *out = e->e;
    e->e = (struct hs_envelope){0};
}

void hs_enveloping_free(struct hs_enveloping *e)
{
    if (!e)
        return;
    for (int c = 0; c < 2; c++)
        hs_free(e->x[c]);
    hs_free(e->work);
    hs_free(e->middle);
    hs_envelope_free(&e->e);
    hs_free(e);
}

void hs_envelope_free(struct hs_envelope *e)
{
    hs_free(e->peak);
    hs_free(e->power);
    hs_free(e->level_db);
    for (size_t b = 0; b < HS_PREVIEW_BANDS; b++)
        hs_free(e->band[b]);
    *e = (struct hs_envelope){0};
}

/* Windows of 400 ms every 100 ms, from sums over 100 ms. */
double hs_envelope_loudness(const struct hs_envelope *e, const float *gain_db)
{
    enum { WINDOW = 4 };
    size_t n = (size_t)((double)e->n_frames / (0.1 * e->rate));
    if (n < WINDOW)
        return -INFINITY;
    double *tenth = HS_NEW_ARRAY(double, n + 1), gain = 1;
    float *power = HS_NEW_ARRAY(float, n);
    for (size_t i = 0; i < e->n; i++) {
        size_t at = (size_t)(((double)i + 0.5) * e->step_s / 0.1);
        if (gain_db && (!i || gain_db[i] < gain_db[i - 1] || gain_db[i] > gain_db[i - 1]))
            gain = hs_power_from_db((double)gain_db[i]);
        tenth[at < n ? at : n] += (double)e->power[i] * gain * e->step_s / 0.1;
    }
    size_t n_windows = n - WINDOW + 1;
    for (size_t i = 0; i < n_windows; i++)
        power[i] = (float)((tenth[i] + tenth[i + 1] + tenth[i + 2] + tenth[i + 3]) / WINDOW);
    double gate = hs_gate(power, n_windows, -10);
    double lufs = gate > 0 ? hs_lufs(hs_gated_mean(power, n_windows, gate)) : -INFINITY;
    hs_free(tenth);
    hs_free(power);
    return lufs;
}
