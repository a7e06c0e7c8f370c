/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Publishing a report whole or not at all, also where its folder is a mount point: each
 * report is built in OUT/.hindsight/reports/N, and the names in OUT are symbolic links
 * through OUT/.hindsight/current, which is the one thing that is swapped (by rename).
 */
#ifndef HS_RUN_PUBLISH_H
#define HS_RUN_PUBLISH_H

#include "core/arena.h"
#include "core/error.h"

#include <stdbool.h>

struct hs_publish {
    struct hs_arena arena;
    const char *out;   /* the report folder */
    const char *state; /* OUT/.hindsight */
    const char *build; /* the folder to write the new report into */
};

/* Makes OUT and its state folder. A non-empty folder that is no report is refused. */
enum hs_status hs_publish_prepare(struct hs_publish *p, const char *out, struct hs_error *err);
/* An empty folder p->build for the next report; remains of killed runs are removed. */
enum hs_status hs_publish_begin(struct hs_publish *p, struct hs_error *err);
/* Makes what was built the report. */
enum hs_status hs_publish_commit(struct hs_publish *p, struct hs_error *err);
bool hs_publish_exists(const struct hs_publish *p); /* a report stands */
void hs_publish_free(struct hs_publish *p);

#endif
