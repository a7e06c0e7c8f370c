/* SPDX-License-Identifier: Apache-2.0 */
#include "judge/artists.h"

#include <string.h>

const struct hs_artists *hs_artists_find(const char *rule)
{
    for (size_t i = 0; i < hs_n_artists_rules; i++)
        if (!strcmp(hs_artists_rules[i].rule, rule))
            return &hs_artists_rules[i];
    return NULL;
}
