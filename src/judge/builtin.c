/* SPDX-License-Identifier: Apache-2.0 */
#include "judge/builtin.h"

#include <string.h>

const struct hs_builtin *hs_builtin_find(const char *rule)
{
    for (size_t i = 0; i < hs_n_builtin_rules; i++)
        if (!strcmp(hs_builtin_rules[i].rule, rule))
            return &hs_builtin_rules[i];
    return NULL;
}
