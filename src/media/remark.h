/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What people should know of how a file was read: remarks, one a line, in a buffer that ends in
 * a NUL.
 */
#ifndef HS_MEDIA_REMARK_H
#define HS_MEDIA_REMARK_H

#include "core/buf.h"
#include "media/input.h"

void hs_remark(struct hs_buf *out, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* On the length, what was left out, size fields, other streams. */
void hs_remarks_of_input(const struct hs_input *in, struct hs_buf *out);

#endif
