/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Publishing a report whole or not at all, also where its folder is a mount point: each
 * report is built in OUT/.hindsight/reports/N, and the names in OUT are symbolic links
 * through OUT/.hindsight/current, which is the one thing that is swapped (by rename). All
 * that can fail is done before that: open, begin, (write), seal, (record), switch.
 * Folders are held by descriptors, and no link is followed to what is written or deleted.
 */
#ifndef HS_RUN_PUBLISH_H
#define HS_RUN_PUBLISH_H

#include "core/arena.h"
#include "core/error.h"
#include "run/manifest.h"

#include <stdbool.h>

struct hs_publish {
    struct hs_arena arena;
    const char *out;      /* the report folder */
    const char *state;    /* OUT/.hindsight */
    const char *standing; /* the folder of the report that stands; NULL: none */
    const char *build;    /* the folder to write the new report into */
    int out_fd, state_fd, reports_fd, build_fd, links_fd;
    long number;                 /* of the report that stands, 0 without one */
    struct hs_manifest manifest; /* of the report that stands; n 0: none that is whole */
    struct hs_manifest sealed;   /* of the report that was built */
    bool shared;
};

/* Makes OUT and its state folder. A folder with anything in it that is no report is refused
 * (HS_E_USAGE), and so is state that somebody else could have put there (HS_E_FOREIGN).
 * The structure can be freed whatever comes of it. */
enum hs_status hs_publish_open(struct hs_publish *p, const char *out, bool shared,
                               struct hs_error *err);
/* Which report stands? For who holds the lock, as all that follows. */
enum hs_status hs_publish_look(struct hs_publish *p, struct hs_error *err);
/* Is there a report, all of it, as it was published? */
bool hs_publish_stands(const struct hs_publish *p);
/* An empty folder p->build for the next report; remains of killed runs are removed. */
enum hs_status hs_publish_begin(struct hs_publish *p, struct hs_error *err);
/* What was built is complete: its manifest, its way to the disk, and all that the switch
 * needs. A folder of the user's own where a name of the report belongs is refused here. */
enum hs_status hs_publish_seal(struct hs_publish *p, struct hs_error *err);
/* Makes what was sealed the report. A file that a person's program saved in the place of a
 * link is kept beside it as NAME.orig, but for the short list, whose notes were read. */
enum hs_status hs_publish_switch(struct hs_publish *p, struct hs_error *err);
void hs_publish_free(struct hs_publish *p);

#endif
