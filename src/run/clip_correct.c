/* SPDX-License-Identifier: Apache-2.0 */
/* Where the correction is for mid or side alone, the channels are mid and side meanwhile. */
#include "run/clip_correct.h"

#include "dsp/biquad.h"

#include <math.h>

/* The biquad of a correction. Frequencies end at 0.45 of the sample rate, where filters still have
 * their shape; Q is 0.7 where the rule gives none. */
static struct hs_biquad filter_of(const struct hs_clip_correction *fix, double rate_hz)
{
    double hz = fmin(fix->hz, 0.45 * rate_hz), q = fix->q > 0 ? fix->q : 0.7;
    if (fix->shape == HS_SHAPE_LOW_SHELF)
        return hs_biquad_low_shelf(hz, fix->db, q, rate_hz);
    if (fix->shape == HS_SHAPE_HIGH_SHELF)
        return hs_biquad_high_shelf(hz, fix->db, q, rate_hz);
    if (fix->shape == HS_SHAPE_HIGH_PASS)
        return hs_biquad_high_pass(hz, q, rate_hz);
    return hs_biquad_bell(hz, fix->db, q, rate_hz);
}

/* Mid and side in place of left and right, both at half the sum and difference. */
static void to_mid_side(struct hs_clip_sound *s)
{
    for (size_t i = 0; i < s->n; i++) {
        float l = s->channel[0][i], r = s->channel[1][i];
        s->channel[0][i] = 0.5f * (l + r);
        s->channel[1][i] = 0.5f * (l - r);
    }
}

static void from_mid_side(struct hs_clip_sound *s)
{
    for (size_t i = 0; i < s->n; i++) {
        float m = s->channel[0][i], d = s->channel[1][i];
        s->channel[0][i] = m + d;
        s->channel[1][i] = m - d;
    }
}

static void scale(float *x, size_t n, double gain)
{
    for (size_t i = 0; i < n; i++)
        x[i] = (float)((double)x[i] * gain);
}

void hs_clip_correct(const struct hs_clip_correction *fix, struct hs_clip_sound *s)
{
    enum hs_move_channel channel = fix->channel;
    bool width = fix->shape == HS_SHAPE_WIDTH;
    bool mid_side = width || channel == HS_CHANNEL_MID || channel == HS_CHANNEL_SIDE;
    bool first = channel != HS_CHANNEL_SIDE && channel != HS_CHANNEL_RIGHT && !width;
    bool second = width || (channel != HS_CHANNEL_MID && channel != HS_CHANNEL_LEFT);
    if (mid_side)
        to_mid_side(s);
    for (int c = 0; c < 2; c++) {
        if (!(c ? second : first))
            continue;
        if (width || fix->shape == HS_SHAPE_GAIN) {
            scale(s->channel[c], s->n, pow(10, fix->db / 20));
        } else if (fix->shape == HS_SHAPE_POLARITY) {
            if (c == 1)
                scale(s->channel[c], s->n, -1);
        } else {
            struct hs_biquad f = filter_of(fix, s->rate_hz);
            struct hs_biquad_state state = {{0, 0}};
            hs_biquad_run(&f, &state, s->channel[c], s->n);
        }
    }
    if (mid_side)
        from_mid_side(s);
}
