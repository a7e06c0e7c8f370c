/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is said of a rule over the whole catalogue (recurs, leans and so on) in words. Pure.
 */
#ifndef HS_CLI_EXPLAIN_VERDICT_H
#define HS_CLI_EXPLAIN_VERDICT_H

#include "core/buf.h"
#include "report/json.h"

#include <stdbool.h>

struct hs_verdict_meaning {
    const char *key;   /* as in JSON: "on_one_release" */
    const char *when;  /* what was shown */
    const char *means; /* and what follows */
};

/* Of "recurs" or "on one release"; NULL: no verdict. */
const struct hs_verdict_meaning *hs_verdict_meaning(const char *given);
void hs_verdict_meaning_json(struct hs_json *j, const struct hs_verdict_meaning *v);

#endif
