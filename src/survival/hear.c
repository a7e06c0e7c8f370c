/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Phone: both channels as one behind a Butterworth high-pass of fourth order at 350 Hz. Station:
 * the FM chain at the loud station and its receiver. Codec: resampled, through Opus 128 and back.
 * Loss: the same minus the music. Car: the bass shelf of car audio and noise by third octave of a
 * cabin at 100 km/h, at the distance in level at which people listen; the noise is seeded, so
 * that the same music sounds the same.
 */
#include "survival/hear.h"

#include "core/alloc.h"
#include "core/num.h"
#include "dsp/biquad.h"
#include "dsp/resample.h"
#include "media/lossy.h"
#include "model/measure.h"
#include "model/survival.h"
#include "survival/cabin.h"
#include "survival/fm_chain.h"

#include <math.h>
#include <string.h>

#define SPEED 100.0
#define PHONE_HZ 350.0

static const struct {
    const char *label;
    unsigned destination;
    const char *key; /* there where it can be made */
    bool matched;
} hearings[HS_N_HEARINGS] = {
    [HS_HEAR_PHONE] = {"on a phone", HS_TO_PHONE, "phone.loss_lu", true},
    [HS_HEAR_STATION] = {"on FM radio, a loud station", HS_TO_FM, "fm.regrowth_db", true},
    [HS_HEAR_CODEC] = {"behind Opus 128", HS_TO_CODECS, "codecs.opus_128.overshoot_db", true},
    [HS_HEAR_CAR] = {"in a car at 100 km/h, with its noise", HS_TO_CAR, "car_100.lost_s", false},
    [HS_HEAR_LOSS] = {"what Opus 128 changes", HS_TO_CODECS, "codecs.opus_128.overshoot_db", false},
};

/* Those whose destination was asked for, and whose measure is there. */
size_t hs_hearings_of(const struct hs_values *v, unsigned destinations,
                      enum hs_hearing out[HS_N_HEARINGS])
{
    size_t n = 0;
    double x;
    for (int h = 0; h < HS_N_HEARINGS; h++)
        if ((hearings[h].destination & destinations) && hs_values_read(v, hearings[h].key, &x))
            out[n++] = (enum hs_hearing)h;
    return n;
}

bool hs_hearing_asked(unsigned destinations)
{
    unsigned any = 0;
    for (int h = 0; h < HS_N_HEARINGS; h++)
        any |= hearings[h].destination & destinations;
    return any != 0;
}

const char *hs_hearing_label(enum hs_hearing h)
{
    return hearings[h].label;
}

bool hs_hearing_is_matched(enum hs_hearing h)
{
    return hearings[h].matched;
}

/* One channel behind a Butterworth high-pass of fourth order. */
static void phone(double rate_hz, const float *const in[2], size_t n, float *const out[2])
{
    static const double q[2] = {0.54119610, 1.30656296};
    for (size_t i = 0; i < n; i++)
        out[0][i] = 0.5f * (in[0][i] + in[1][i]);
    for (int k = 0; k < 2; k++) {
        struct hs_biquad f = hs_biquad_high_pass(PHONE_HZ, q[k], rate_hz);
        struct hs_biquad_state state = {{0, 0}};
        hs_biquad_run(&f, &state, out[0], n);
    }
    memcpy(out[1], out[0], n * sizeof(float));
}

/* The loud one (-10 LUFS). */
static void station(int rate_hz, const float *const in[2], size_t n, float *const out[2])
{
    struct hs_fm_chain *f = hs_fm_chain_new(rate_hz, n);
    hs_fm_chain_receive(f, in[0], in[1], n, hs_fm_station_lufs[0], out);
    hs_fm_chain_free(f);
}

/* To another sample rate. */
static enum hs_status convert(double from_hz, double to_hz, const float *const in[2], size_t n,
                              float *const out[2], size_t cap, size_t *made, struct hs_error *err)
{
    struct hs_resample *r = NULL;
    enum hs_status status = hs_resample_new(&r, from_hz, to_hz, err);
    *made = status == HS_OK ? hs_resample_whole(r, in, n, out, cap) : 0;
    hs_resample_free(r);
    return status;
}

/* Converted, through Opus 128 and back, and converted again. */
static enum hs_status codec(int rate_hz, const float *const in[2], size_t n, float *const out[2],
                            struct hs_error *err)
{
    int to_hz = hs_lossy_rate_hz(HS_OPUS_128, rate_hz);
    size_t cap = (size_t)((double)n * to_hz / rate_hz) + 4096, made = 0, back = 0;
    float *x[2] = {HS_NEW_ARRAY(float, cap), HS_NEW_ARRAY(float, cap)};
    float *y[2] = {HS_NEW_ARRAY(float, cap), HS_NEW_ARRAY(float, cap)};
    const float *const sent[2] = {x[0], x[1]}, *const came[2] = {y[0], y[1]};
    enum hs_status status = convert(rate_hz, to_hz, in, n, x, cap, &made, err);
    if (status == HS_OK)
        status = hs_lossy_round_trip(HS_OPUS_128, to_hz, sent, made, y, &made, err);
    if (status == HS_OK)
        status = convert(to_hz, rate_hz, came, made, out, n, &back, err);
    for (int c = 0; c < 2; c++) {
        hs_free(x[c]);
        hs_free(y[c]);
    }
    return status;
}

/* Noise of one third octave: white behind filters, at its power. */
static void add_noise(struct hs_rng *rng, size_t band, double power, double rate_hz,
                      float *const out[2], size_t n)
{
    struct hs_biquad f[2] = {
        hs_biquad_high_pass(hs_band_low_hz(band), 0.9, rate_hz),
        hs_biquad_low_pass(fmin(hs_band_high_hz(band), 0.45 * rate_hz), 0.9, rate_hz)};
    float *x = HS_NEW_ARRAY(float, n);
    for (int c = 0; c < 2; c++) {
        double sum = 0;
        for (size_t i = 0; i < n; i++)
            x[i] = (float)(hs_rng_uniform(rng) - 0.5);
        for (int k = 0; k < 4; k++) { /* fourth order at either edge */
            struct hs_biquad_state state = {{0, 0}};
            hs_biquad_run(&f[k % 2], &state, x, n);
        }
        for (size_t i = 0; i < n; i++)
            sum += (double)x[i] * (double)x[i];
        double gain = sqrt(power / 2 / fmax(sum / (double)n, 1e-30));
        for (size_t i = 0; i < n; i++)
            out[c][i] += (float)(gain * (double)x[i]);
    }
    hs_free(x);
}

/* The music with the bass that car audio adds, and the noise, at the distance at which people set
 * them: the loudness of the song stands for its A-weighted level. */
static void car(double rate_hz, const float *const in[2], size_t n, double song_lufs,
                float *const out[2])
{
    double full_db = hs_cabin_listening_db(SPEED) - song_lufs; /* dB SPL of full scale */
    struct hs_biquad shelf = hs_biquad_low_shelf(100, HS_CABIN_SHELF_DB, 0.7, rate_hz);
    struct hs_rng rng = {1};
    for (int c = 0; c < 2; c++) {
        struct hs_biquad_state state = {{0, 0}};
        memcpy(out[c], in[c], n * sizeof(float));
        hs_biquad_run(&shelf, &state, out[c], n);
    }
    for (size_t b = 0; b < HS_BANDS && hs_band_hz(b) < 0.4 * rate_hz; b++)
        add_noise(&rng, b, hs_power_from_db(hs_cabin_noise_db(b, SPEED) - full_db), rate_hz, out,
                  n);
}

/* Makes n frames. The song's loudness is for the car alone. */
enum hs_status hs_hear(enum hs_hearing h, int rate_hz, const float *const in[2], size_t n,
                       double song_lufs, float *const out[2], struct hs_error *err)
{
    enum hs_status status = HS_OK;
    switch (h) {
    case HS_HEAR_PHONE:
        phone(rate_hz, in, n, out);
        break;
    case HS_HEAR_STATION:
        station(rate_hz, in, n, out);
        break;
    case HS_HEAR_CAR:
        car(rate_hz, in, n, song_lufs, out);
        break;
    case HS_HEAR_CODEC:
    case HS_HEAR_LOSS:
        status = codec(rate_hz, in, n, out, err);
        for (int c = 0; c < 2 && h == HS_HEAR_LOSS; c++)
            for (size_t i = 0; i < n; i++)
                out[c][i] -= in[c][i];
        break;
    case HS_N_HEARINGS:
        break;
    }
    return status;
}
