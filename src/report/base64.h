/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Bytes as text (RFC 4648, section 4, with padding), appended to a buffer. Never fails.
 */
#ifndef HS_REPORT_BASE64_H
#define HS_REPORT_BASE64_H

#include "core/buf.h"

void hs_base64_put(struct hs_buf *out, const unsigned char *p, size_t n);

#endif
