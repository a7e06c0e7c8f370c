/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Values as bytes, for the store and the worker's pipe: exact, little-endian, versioned.
 * Unpacking takes foreign bytes; HS_E_FORMAT where they are not whole.
 */
#ifndef HS_MODEL_VALUES_PACK_H
#define HS_MODEL_VALUES_PACK_H

#include "core/buf.h"
#include "core/error.h"
#include "model/values.h"

/* Exact binary form, little-endian, versioned; for the store and the worker's pipe. */
void hs_values_pack(const struct hs_values *v, struct hs_buf *out);
enum hs_status hs_values_unpack(struct hs_values *v, const void *data, size_t n,
                                struct hs_error *err);

#endif
