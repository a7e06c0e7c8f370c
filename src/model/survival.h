/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where music has to hold up, as a job names it: one constant table of words and bits. Pure
 * functions.
 */
#ifndef HS_MODEL_SURVIVAL_H
#define HS_MODEL_SURVIVAL_H

#include <stdbool.h>
#include <stddef.h>

/* A set of destinations: a bit each. */
enum hs_destination {
    HS_TO_PLATFORMS = 1,
    HS_TO_CAR = 2,
    HS_TO_PHONE = 4,
    HS_TO_CLUB = 8,
    HS_TO_VINYL = 16,
    HS_TO_FM = 32,
    HS_TO_CODECS = 64,        /* AAC 256 and Opus 128 */
    HS_TO_ALL_CODECS = 128,   /* the other three */
    HS_TO_WHOLE_CODECS = 256, /* the same two on the whole file, not its loudest parts alone */
    HS_TO_WHOLE_ALL_CODECS = 512,
};
/* The word "all" is all but the whole file; `known` are all that there are. */
enum { HS_TO_ALL = 255, HS_TO_KNOWN = 1023, HS_TO_DEFAULT = HS_TO_PLATFORMS };

/* Of the word `n` bytes long, "all" too; 0: no such destination. */
unsigned hs_destination_find(const char *word, size_t n);
/* "platforms,car" as a set; false where a word is none. */
bool hs_destinations_parse(const char *list, unsigned *out);
/* "platforms, car, ... or all", for messages. */
const char *hs_destinations_known(void);

#endif
