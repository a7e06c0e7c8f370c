/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which mixes of a job are mastered in house, and how: those that are to be released at all
 * targets, those of released masters at the loudness of their master, so that it can be told how
 * far such previews come true. Read from the rows of files and pairs.
 */
#ifndef HS_RUN_PREVIEWS_H
#define HS_RUN_PREVIEWS_H

#include "model/audit.h"
#include "preview/preview.h"
#include "run/entries.h"
#include "store/store.h"

struct hs_previewing {
    size_t track;                   /* index into hs_job.tracks */
    const struct hs_source *source; /* the mix */
    bool to_be_released;            /* else its master is there already */
    bool at_master[HS_PREVIEW_MOST_TARGETS];
    struct hs_preview_order order;
    uint64_t key[4]; /* in the store: the bytes of the mix, and the order */
};

/* At how many loudness targets the files of a track may be mastered in house, all together. */
size_t hs_previews_targets(const struct hs_job *job, const struct hs_track *t);
/* In the order of the tracks; NULL and 0 where the job asks for none. */
struct hs_previewing *hs_previews_plan(struct hs_store *store, const struct hs_entries *e,
                                       const struct hs_job *job, struct hs_arena *arena, size_t *n);
/* What stands beside the key: the chain and the measures. */
uint64_t hs_previews_version(void);
/* From the rows into the tracks of the audit. */
void hs_previews_read(struct hs_store *store, const struct hs_entries *e, struct hs_audit *audit);

#endif
