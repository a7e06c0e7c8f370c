/* SPDX-License-Identifier: Apache-2.0 */
/*
 * SHA-256 (FIPS 180-4): what a page must name of a script that stands inside it. `out` has 32
 * bytes. Never fails.
 */
#ifndef HS_REPORT_SHA256_H
#define HS_REPORT_SHA256_H

#include <stddef.h>
#include <stdint.h>

void hs_sha256(const void *data, size_t n, unsigned char out[32]);

#endif
