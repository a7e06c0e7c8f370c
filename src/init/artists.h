/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whose music an archive holds: a label's folder is a job for each artist. Everything lives in
 * the arena of the archive; nothing fails.
 */
#ifndef HS_INIT_ARTISTS_H
#define HS_INIT_ARTISTS_H

#include "init/archive.h"

/* The releases of one artist; those of several are one group without a name. */
struct hs_artist_group {
    const char *artist; /* NULL: several on one release, or nobody named */
    size_t n_tracks, n_releases;
};

/* Groups in the arena, the one with most tracks first. */
struct hs_artist_group *hs_init_artists(struct hs_archive *in, size_t *n);
/* What belongs to one of them, as an archive of its own that shares the arena of `in`: its
 * tracks, and of what is left out the files that carry its name or lie nearest to its
 * masters. */
struct hs_archive hs_init_artist_part(struct hs_archive *in, const struct hs_artist_group *groups,
                                      size_t n, size_t which);

#endif
