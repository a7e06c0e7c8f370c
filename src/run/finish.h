/* SPDX-License-Identifier: Apache-2.0 */
/* The end of an audit: digest, clips, pages, publishing, the record of the run. */
#ifndef HS_RUN_FINISH_H
#define HS_RUN_FINISH_H

#include "run/audit.h"
#include "run/gather.h"
#include "run/publish.h"
#include "store/store.h"

struct hs_finish {
    const struct hs_audit_request *request;
    struct hs_audit *audit;
    struct hs_publish *publish;
    struct hs_store *store;
    struct hs_gather *gather;
    uint64_t program, yardstick, fingerprint[2];
    int exit_code; /* in: 0 or 3; out: with the gates applied */
    double seconds;
};

enum hs_status hs_finish(struct hs_finish *f, struct hs_error *err);

#endif
