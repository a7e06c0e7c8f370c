/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where words say to which side a finding goes ("leaning to one side (right)", "quieter"), its
 * numbers are positive that way: a sign would say the same twice. audit.json and the CSV files
 * keep the signs.
 */
#ifndef HS_REPORT_TURNED_H
#define HS_REPORT_TURNED_H

#include "model/audit.h"

struct hs_turned { /* room for what is turned */
    struct hs_finding finding;
    struct hs_moved moved;
};

/* -1 where numbers of the finding are turned, else 1. */
double hs_finding_way(const struct hs_finding *f);
/* The finding as it is told: `f` itself, or its turned copy in `room`. */
const struct hs_finding *hs_finding_turned(const struct hs_finding *f, struct hs_turned *room);

#endif
