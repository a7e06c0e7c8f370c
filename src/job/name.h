/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the path of an audio file says: master or mix, title, release, revision,
 * channel, and whether it is set aside. Folders decide before names, because "master"
 * in a name often means the approved mix. Pure; results live in the arena.
 */
#ifndef HS_JOB_NAME_H
#define HS_JOB_NAME_H

#include "core/arena.h"
#include "job/folders.h"

#include <stdbool.h>

struct hs_name {
    enum hs_part part;
    bool part_by_folder;
    const char *part_why; /* "folder masters", "MSTR in the name"; NULL: nothing said */
    enum hs_aside aside;  /* HS_ASIDE_NONE: not set aside */
    bool aside_by_folder;
    int revision;                 /* v7, MI07, (7); 0: none */
    bool flat;                    /* says that it has no limiter */
    bool final;                   /* says final or approved */
    bool older;                   /* says that a newer mix took its place */
    bool bounced;                 /* says bounce, print, export */
    bool session;                 /* its folder says no more than session, bounces, prints */
    bool medium;                  /* the release's folder says LP, vinyl, reissue, Bandcamp */
    char channel;                 /* 'L', 'R', 0 */
    int disc, track;              /* 0: not said */
    const char *title;            /* for people, never empty */
    const char *title_aside;      /* with the words that set it aside: "Song (Radio Edit)" */
    const char *key;              /* normal form of the title */
    const char *key_full;         /* with the leading number, which may belong to the title */
    const char *key_aside;        /* with the words that set it aside */
    const char *release;          /* of the folder, NULL where no folder names one */
    const char *release_version;  /* "2015 Remaster", in brackets of the folder, or NULL */
    const char *catalogue_number; /* in brackets of the folder, or NULL */
    const char *version;          /* of the song, in brackets of its name, or NULL */
    const char *artist;           /* of the folder that holds the release, or NULL */
    int year;                     /* of the folder, 0 */
};

/* `path` is relative to the folder that was given, `root` names that folder (its last
 * parts), which may say masters or mixes too. */
void hs_name_read(struct hs_arena *a, const char *root, const char *path, struct hs_name *out);
/* Does the name end like audio that can be read? */
bool hs_name_is_audio(const char *path);

#endif
