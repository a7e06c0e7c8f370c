/* SPDX-License-Identifier: Apache-2.0 */
/* Readers of `separate:`. */
#ifndef HS_JOB_READ_SEPARATE_H
#define HS_JOB_READ_SEPARATE_H

#include "job/schema.h"

HS_READER(hs_read_separate);
HS_READER(hs_read_words);   /* a list of texts */
HS_READER(hs_read_outputs); /* a map of names and patterns */
HS_READER(hs_read_span);    /* seconds, or 30m, 2h */
HS_READER(hs_read_size);    /* bytes, or 500M, 8G */
HS_READER(hs_read_one);     /* a number that must be 1 */
HS_READER(hs_read_keep);

#endif
