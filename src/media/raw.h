/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Numbers and places in the headers of files, little and big endian. Pure but for reading; a
 * place beyond the end is false, not an error.
 */
#ifndef HS_MEDIA_RAW_H
#define HS_MEDIA_RAW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* n bytes, at most eight. */
uint64_t hs_raw_little(const uint8_t *p, int n);
uint64_t hs_raw_big(const uint8_t *p, int n);
bool hs_raw_at(FILE *f, int64_t at, void *out, size_t n);
int64_t hs_raw_size(FILE *f);

#endif
