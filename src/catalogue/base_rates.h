/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How often a rule fires on music that nobody complains about: the rate that a habit
 * has to exceed. Counted leave-one-out on the user's references, and on the clean
 * catalogues of the benchmark (built in, see docs/recurrence-method.md).
 */
#ifndef HS_CATALOGUE_BASE_RATES_H
#define HS_CATALOGUE_BASE_RATES_H

#include "catalogue/fault_count.h"

struct hs_base_rate {
    const char *rule;
    struct hs_base_levels builtin, references;
};

/* The built-in count of a rule; none where none was made. */
struct hs_base_rate hs_base_rate_builtin(const char *rule);
/* A count of tracks at fault (of minor or worse), of so many artists: shared out over the levels as
 * usual. */
struct hs_base_levels hs_base_levels_of(int fired, int judged, double artists);

#endif
