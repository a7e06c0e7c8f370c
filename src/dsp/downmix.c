/* SPDX-License-Identifier: Apache-2.0 */
/* The down-mix to stereo by ITU-R BS.775-3: measures of two channels are taken from it. Samples
 * that are no numbers count as silence. */
#include "dsp/downmix.h"

#include "dsp/screen.h"

#include <math.h>
#include <string.h>

/* Annex 4 table 2: centre and surround at -3 dB, the low-frequency channel left out. Speakers
 * that it does not have are taken like those, on their side or on both. */
static const float gain_of_role[][2] = {
    [HS_CH_LEFT] = {1, 0},
    [HS_CH_RIGHT] = {0, 1},
    [HS_CH_CENTRE] = {0.70710678f, 0.70710678f},
    [HS_CH_LFE] = {0, 0},
    [HS_CH_LEFT_SURROUND] = {0.70710678f, 0},
    [HS_CH_RIGHT_SURROUND] = {0, 0.70710678f},
    [HS_CH_LEFT_OTHER] = {0.70710678f, 0},
    [HS_CH_RIGHT_OTHER] = {0, 0.70710678f},
    [HS_CH_OTHER] = {0.70710678f, 0.70710678f},
};

void hs_downmix_init(struct hs_downmix *d, const struct hs_stream *stream)
{
    *d = (struct hs_downmix){.n_channels = stream->n_channels};
    for (int c = 0; c < stream->n_channels; c++)
        for (int side = 0; side < 2; side++)
            d->gain[side][c] = gain_of_role[stream->layout[c]][side];
}

void hs_downmix_run(const struct hs_downmix *d, const float *const *channel, size_t n,
                    float *const out[2])
{
    for (int side = 0; side < 2; side++) {
        if (d->n_channels <= 2) {
            hs_screen_copy(out[side], channel[d->n_channels == 2 ? side : 0], n);
            continue;
        }
        memset(out[side], 0, n * sizeof **out);
        for (int c = 0; c < d->n_channels; c++)
            for (size_t i = 0; d->gain[side][c] > 0 && i < n; i++)
                out[side][i] += isfinite(channel[c][i]) ? d->gain[side][c] * channel[c][i] : 0;
    }
}
