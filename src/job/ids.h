/* SPDX-License-Identifier: Apache-2.0 */
/* Ids of tracks: said by the job, else made of release, disc and title. Unique without
 * regard to case, because they become file names. */
#ifndef HS_JOB_IDS_H
#define HS_JOB_IDS_H

#include "job/schema.h"

/* Gives every track its id; one that is said twice becomes a problem. */
void hs_ids_settle(struct hs_load *l);

#endif
