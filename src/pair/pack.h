/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The stored form of one analysed pair, without its candidates: no value is rounded, and
 * the bytes are the same on every machine. Unpacking
 * reads bytes that may be damaged: HS_E_FORMAT, never beyond their end.
 */
#ifndef HS_PAIR_PACK_H
#define HS_PAIR_PACK_H

#include "core/buf.h"
#include "model/audit.h"

void hs_pair_pack(const struct hs_pair *pair, struct hs_buf *out);
/* The fields are owned by `arena`. */
enum hs_status hs_pair_unpack(struct hs_pair *pair, struct hs_arena *arena, const void *data,
                              size_t n, struct hs_error *err);
/* The analysers whose values of either file are read; NULL-terminated. */
extern const char *const hs_pair_reads[];
unsigned long long hs_pair_version(void); /* part of the store's key */

#endif
