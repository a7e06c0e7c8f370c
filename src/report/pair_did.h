/* SPDX-License-Identifier: Apache-2.0 */
/* What mastering did, in plain sentences, one per line: level, tone by zone, peaks, range, width,
 * balance and decays, each from an audible step on; devices; fades, rides, cuts and ends; defects;
 * what is left unexplained. Plain text; nothing fails. */
#ifndef HS_REPORT_PAIR_DID_H
#define HS_REPORT_PAIR_DID_H

#include "core/buf.h"
#include "model/audit.h"

#include <stdbool.h>

/* Level, tone, peaks, range, width, balance, decays. False: nothing beyond an audible step, and
 * nothing is written. */
bool hs_pair_moves_words(const struct hs_track_result *t, struct hs_buf *out);
/* The devices alone: "compressor 2.1 dB, then limiter 3.2 dB"; nothing where none is proven. */
void hs_pair_chain_words(const struct hs_pair *p, struct hs_buf *out);
/* The devices with their gain reduction, or that none is proven; whether the sound was encoded in
 * between. False where there is neither. */
bool hs_pair_devices_words(const struct hs_pair *p, struct hs_buf *out);
/* Fades, rides, what was cut out or put in, ends, defects, and the share that nothing explains.
 * False: none of these. */
bool hs_pair_passages_words(const struct hs_track_result *t, struct hs_buf *out);

#endif
