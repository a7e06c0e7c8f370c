/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The destinations of `survival` in words, by their keys in JSON: what is said of each, how it is
 * come by, and how sure it is. Pure.
 */
#ifndef HS_CLI_EXPLAIN_DESTINATION_H
#define HS_CLI_EXPLAIN_DESTINATION_H

#include "model/audit.h"

struct hs_destination_words {
    const char *key; /* "car_50" */
    const char *title;
    enum hs_tier tier;
    const char *values; /* its keys, with units */
    const char *measured;
    const char *rules; /* NULL: none judges it */
};

/* Of "car_50", or of a key below it ("platforms.gain_db"); NULL: no such destination. */
const struct hs_destination_words *hs_destination_words(const char *key);

#endif
