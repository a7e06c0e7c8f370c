/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A voice or an instrument that does not stand alike in both files: an instrumental version,
 * another balance of the mix. Pure.
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

/* residual_db: what the best model leaves. Nothing where devices, or anything else that is known,
 * explain what is left. */
void hs_other_sound_find(const struct hs_pass *p, const struct hs_reduction *r, double residual_db,
                         struct hs_other_sound *out);

#endif
