/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The loudest parts of a file, as an_loudest.c hands them on within one run of the analysers:
 * what FM radio and codecs are tried on. What is read points into the values and holds as long as
 * they do.
 */
#ifndef HS_SURVIVAL_LOUDEST_H
#define HS_SURVIVAL_LOUDEST_H

#include "model/values.h"

#include <stdbool.h>
#include <stddef.h>

enum {
    HS_LOUDEST_PARTS = 3,
    HS_LOUDEST_S = 20,           /* of a part; one of a short file may be shorter */
    HS_LOUDEST_LEAST_HZ = 32000, /* sample rates that are looked at */
    HS_LOUDEST_MOST_HZ = 96000,
};

struct hs_loudest {
    size_t n_parts;
    size_t n_frames[HS_LOUDEST_PARTS];
    const float *left[HS_LOUDEST_PARTS], *right[HS_LOUDEST_PARTS];
};

/* False where there are none; *why says for what reason. */
bool hs_loudest_read(const struct hs_values *v, struct hs_loudest *out, const char **why);

/* The names of the working series, for an_loudest.c. */
extern const char hs_loudest_left[], hs_loudest_right[], hs_loudest_frames[], hs_loudest_from[];

#endif
