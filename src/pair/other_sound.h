/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A voice or an instrument that does not stand alike in both files: an instrumental version,
 * another balance of the mix, or a part that mastering changed by itself. Pure.
 */
#ifndef HS_PAIR_OTHER_SOUND_H
#define HS_PAIR_OTHER_SOUND_H

#include "pair/devices.h"
#include "pair/pass.h"
#include "pair/reduction.h"

struct hs_other_sound {
    bool found;
    double from_hz, to_hz; /* where it stands out */
    int louder_in;         /* -1 the mix, 1 the master, 0 not known */
};

/* What is known of a pair beside the pass. */
struct hs_other_facts {
    const struct hs_models *models;
    const struct hs_devices *devices;
    double residual_db; /* what the best model leaves */
    bool encoded;       /* its noise is known */
    bool else_known;    /* another time, tones, other music in places: explains what is left */
};

void hs_other_sound_find(const struct hs_pass *p, const struct hs_reduction *r,
                         const struct hs_other_facts *facts, struct hs_other_sound *out);

#endif
