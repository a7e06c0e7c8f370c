/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What init found, for other programs: files, pairs with confidence and reason, and what was left
 * out. Appended to `out`; never fails.
 */
#ifndef HS_INIT_WRITE_JSON_H
#define HS_INIT_WRITE_JSON_H

#include "core/buf.h"
#include "init/archive.h"

void hs_init_put_json(struct hs_archive *in, struct hs_buf *out);

#endif
