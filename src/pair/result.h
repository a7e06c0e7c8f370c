/* SPDX-License-Identifier: Apache-2.0 */
/* From what was found to named values with their bounds. Internal to pair/. */
#ifndef HS_PAIR_RESULT_H
#define HS_PAIR_RESULT_H

#include "model/audit.h"
#include "pair/fine.h"
#include "pair/pass.h"
#include "pair/reduction.h"

struct hs_found {
    const struct hs_file *mix, *master;
    const struct hs_fine *fine;
    const struct hs_pass *pass;
    const struct hs_reduction *dynamics;
};

void hs_result_values(const struct hs_found *f, struct hs_values *v);
/* Median coherence of the mid over 200 Hz-4 kHz, NaN where there is none. */
double hs_result_coherence(const struct hs_values *v);

#endif
