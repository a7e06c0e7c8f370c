/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What an artist has with one engineer alone, who does it with others as well, is the engineer's;
 * what an engineer has with one artist alone, who has it with others as well, is the artist's.
 */
#ifndef HS_CATALOGUE_GROUP_CAUSES_H
#define HS_CATALOGUE_GROUP_CAUSES_H

#include "model/audit.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The groups that a unit belongs to: the number of each + 1; 0 none. */
struct hs_in_groups {
    uint32_t group[HS_N_GROUPINGS];
    bool faulty;
};

/* Names in `explained_by` what would explain each of n groups of one rule and one evidence. */
void hs_group_causes_find(struct hs_group *group, size_t n, const struct hs_in_groups *unit,
                          size_t n_units);
/* With their verdicts, group by evidence: what is explained leans, and keeps the name; of others it
 * is dropped. */
void hs_group_causes_apply(struct hs_group *group, size_t n);

#endif
