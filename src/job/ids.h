/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Ids of tracks: said by the job, else made of release, disc and title. Unique without regard to
 * case, because they become file names. A zeroed struct hs_ids is ready for use.
 */
#ifndef HS_JOB_IDS_H
#define HS_JOB_IDS_H

#include "job/schema.h"

/* Ids that are taken. */
struct hs_ids {
    struct hs_taken_id *slots;
    size_t mask, n;
};
void hs_ids_free(struct hs_ids *ids);
/* Keeps an id that was said. False where it is taken: *line is then that of the first. */
bool hs_ids_keep(struct hs_ids *ids, const char *id, int line, int *first_line);
/* `made`, or with "-2" and so on where that is taken; kept. */
const char *hs_ids_make(struct hs_ids *ids, struct hs_arena *a, const char *made);

/* Gives every track its id; one that is said twice becomes a problem. */
void hs_ids_settle(struct hs_load *l);

#endif
