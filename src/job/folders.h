/* SPDX-License-Identifier: Apache-2.0 */
/* What the folders above an audio file say of it. Pure; results live in the arena. */
#ifndef HS_JOB_FOLDERS_H
#define HS_JOB_FOLDERS_H

#include "core/arena.h"
#include "job/words.h"

enum hs_part { HS_PART_UNKNOWN, HS_PART_MASTER, HS_PART_MIX };

struct hs_folders {
    enum hs_part part;
    const char *part_why; /* "folder masters"; NULL: nothing said */
    enum hs_aside aside;  /* HS_ASIDE_NONE: not set aside */
    bool session;         /* the nearest folder says no more than session, bounces, prints */
    bool medium;          /* the folder that names the release says LP, vinyl, reissue, Bandcamp */
    int disc, year;       /* 0: not said */
    const char *release;  /* NULL where no folder names one */
    const char *release_version;  /* "2015 Remaster", in brackets, or NULL */
    const char *catalogue_number; /* in brackets, or NULL */
    const char *artist;           /* of the folder that holds the release, or NULL */
};

/* `dir`: the folders, divided by '/'. */
void hs_folders_read(struct hs_arena *a, const char *dir, struct hs_folders *out);

#endif
