/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What has come onto the short list and what has left it since the last report. Ids live in the
 * arena; a list that cannot be read adds nothing.
 */
#ifndef HS_RUN_DIGEST_LIST_H
#define HS_RUN_DIGEST_LIST_H

#include "run/digest.h"

/* `csv` is the shortlist.csv of the last report; where it is none, nothing is said. */
void hs_digest_list(struct hs_digest *d, const struct hs_audit *audit, const struct hs_buf *csv,
                    struct hs_arena *a);

#endif
