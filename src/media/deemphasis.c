/* SPDX-License-Identifier: Apache-2.0 */
/* De-emphasis of CDs that were recorded with pre-emphasis (50/15 us): a digital shelf near the
 * analog curve. */
#include "media/deemphasis.h"

#include <string.h>

/* A shelf per rate, fitted to the analog curve from 50 Hz to 20 kHz (93 % of half the rate at
 * 32 kHz): within 0.06, 0.04 and 0.03 dB. */
static const struct {
    int rate_hz;
    double hz, db, q;
} shelves[] = {
    {32000, 4895.51, -8.79713, 0.467208},
    {44100, 5244.60, -9.45394, 0.471123},
    {48000, 5293.31, -9.55496, 0.474527},
};

/* At other rates nothing is done. */
void hs_deemphasis_init(struct hs_deemphasis *d, int sample_rate_hz)
{
    *d = (struct hs_deemphasis){0};
    for (size_t i = 0; i < sizeof shelves / sizeof *shelves; i++)
        if (shelves[i].rate_hz == sample_rate_hz) {
            d->runs = true;
            d->filter =
                hs_biquad_high_shelf(shelves[i].hz, shelves[i].db, shelves[i].q, sample_rate_hz);
        }
}

/* Before reading elsewhere. */
void hs_deemphasis_forget(struct hs_deemphasis *d)
{
    memset(d->state, 0, sizeof d->state);
}

void hs_deemphasis_run(struct hs_deemphasis *d, float *const *channel, int n_channels, size_t n)
{
    for (int c = 0; d->runs && c < n_channels; c++)
        hs_biquad_run(&d->filter, &d->state[c], channel[c], n);
}
