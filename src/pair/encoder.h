/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An encoder between mix and master: noise that follows the music, rises with frequency, and is
 * explained by no model. Any other noise that does the same looks the same. Pure functions.
 */
#ifndef HS_PAIR_ENCODER_H
#define HS_PAIR_ENCODER_H

#include "pair/devices.h"

struct hs_encoder {
    bool found;
    double bandwidth_hz; /* up to which the master is coherent with the mix */
    double noise_db;     /* relative to the master */
    double rise_db;      /* of noise to signal from 500 Hz to 10 kHz; NaN where not to be had */
};

/* residual_db: what the best model leaves. */
void hs_encoder_find(const struct hs_pass *p, const struct hs_reduction *r,
                     const struct hs_devices *d, double residual_db, struct hs_encoder *out);

#endif
