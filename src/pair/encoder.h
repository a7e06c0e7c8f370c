/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An encoder between mix and master: noise that follows the music, rises with frequency, and is
 * explained by no model. Any other noise that does the same looks the same. Pure functions.
 */
#ifndef HS_PAIR_ENCODER_H
#define HS_PAIR_ENCODER_H

#include "pair/devices.h"

/* What the files say by themselves. */
struct hs_encoder_facts {
    const char *name; /* of an encoder that the master went through and the mix did not; or NULL */
    bool certain;     /* it did: it is stored in a lossy codec, and the mix in none */
    bool stored;   /* it is stored in a lossy codec that is not the mix's: no noise need prove it */
    bool off_time; /* wow, one channel later, another phase: treble is incoherent by itself */
};

struct hs_encoder {
    bool found;          /* by its noise */
    const char *name;    /* NULL: not known; also where it is not found, but stored */
    double bandwidth_hz; /* up to which the master is coherent with the mix */
    double noise_db;     /* relative to the master */
    double rise_db;      /* of noise to signal from 500 Hz to 10 kHz; NaN where not to be had */
};

/* The name is that of the file's codec, or of the grid that its encoder left (measure key
 * `encoder`). */
struct hs_encoder_facts hs_encoder_facts_of(const struct hs_values *mix,
                                            const struct hs_values *master, bool wow);
/* residual_db: what the best model leaves. */
void hs_encoder_find(const struct hs_pass *p, const struct hs_reduction *r,
                     const struct hs_devices *d, double residual_db,
                     const struct hs_encoder_facts *facts, struct hs_encoder *out);

#endif
