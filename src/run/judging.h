/* SPDX-License-Identifier: Apache-2.0 */
/* From the rows of the store to all that a report says. No file is measured here. */
#ifndef HS_RUN_JUDGING_H
#define HS_RUN_JUDGING_H

#include "core/log.h"
#include "run/gather.h"
#include "run/results.h"

struct hs_judging {
    struct hs_job *job; /* anonymous: its stems lose their names */
    struct hs_gather *gather;
    struct hs_store *store;
    const char *out; /* the report's folder, with the plans of the last one */
    bool anonymous;
    const struct hs_log *log;
};

/* Fills results and audit; both are the caller's to free, whatever comes out. */
enum hs_status hs_judging_do(const struct hs_judging *j, struct hs_results *results,
                             struct hs_audit *audit, struct hs_error *err);

#endif
