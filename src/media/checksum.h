/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The checksum of FLAC frames (RFC 9639, 9.3: CRC-16 with the polynomial 0x8005, from 0,
 * first bit first; over a whole frame with its own checksum it gives 0). libavcodec looks
 * at four bytes at a time, here it is sixteen; on music of 24 bits that was a tenth of the
 * cost of decoding. libavcodec stays the judge: what does not give 0 here, it checks again.
 */
#ifndef HS_MEDIA_CHECKSUM_H
#define HS_MEDIA_CHECKSUM_H

#include "core/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct hs_checksum;
const struct hs_checksum *hs_checksum_new(struct hs_arena *a);
/* Whether the checksum of a packet that is one frame holds. */
bool hs_checksum_holds(const struct hs_checksum *c, const uint8_t *p, size_t n);

#endif
