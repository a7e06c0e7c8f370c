/* SPDX-License-Identifier: Apache-2.0 */
/* The part of pair/result.h that is about faults which the mix does not have. */
#ifndef HS_PAIR_RESULT_FAULTS_H
#define HS_PAIR_RESULT_FAULTS_H

#include "pair/result.h"

/* Writes `clicks` with its figures, `foreign` and `skips` into v where there are any. */
void hs_result_faults(const struct hs_found *f, struct hs_values *v);

#endif
