/* SPDX-License-Identifier: Apache-2.0 */
/*
 * File names are bytes, YAML is UTF-8. Old archives have names in Latin-1; so that a
 * job file can hold them, bytes that are not UTF-8 pass the YAML parser as code points
 * of a private plane and come back afterwards.
 */
#ifndef HS_JOB_BYTES_H
#define HS_JOB_BYTES_H

#include "core/buf.h"

#include <stdbool.h>

/* True where `data` (unless it is UTF-16 by its byte order mark) holds ill-formed
 * bytes: then `out` is the escaped copy. */
bool hs_bytes_escape(const void *data, size_t n, struct hs_buf *out);
/* Undoes it in place. */
void hs_bytes_unescape(char *text);

#endif
