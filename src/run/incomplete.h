/* SPDX-License-Identifier: Apache-2.0 */
/* What an audit could not find out, logged as warnings. */
#ifndef HS_RUN_INCOMPLETE_H
#define HS_RUN_INCOMPLETE_H

#include "run/gather.h"

/* Work without an answer, each with what becomes of it. */
void hs_incomplete_say_unfinished(const struct hs_gather *g);
/* That, missing and unreadable files, and pairs that may not belong together. Returns the exit
 * code: 3 where there is any of them, else 0. A pair that is proven not to belong together is
 * logged as well, and is a result: it leaves the code alone. */
int hs_incomplete_say(const struct hs_gather *g, const struct hs_audit *audit);

#endif
