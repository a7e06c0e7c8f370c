/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What speaks for a release and what for a mix where neither folder, name nor tags tell: an earlier
 * edition of an album and the mixes of its new one may lie in folders that look alike. Signs are
 * counted on both sides; where neither side is clearly ahead, a person is asked.
 */
#ifndef HS_INIT_SIGNS_H
#define HS_INIT_SIGNS_H

#include "init/archive.h"

enum hs_told {
    HS_TOLD_NOTHING, /* no sign of either */
    HS_TOLD_RELEASE,
    HS_TOLD_MIX,
    HS_NOT_TOLD, /* signs of a release, and too few or others against them */
};

struct hs_signs {
    int release, mix; /* how much speaks for each */
    const char *why;  /* the signs in words, empty where there are none; in the archive's arena */
};

/* Integrated loudness and peak to loudness ratio of a file; NaN: not known. */
struct hs_sound {
    double lufs, plr_db;
};

struct hs_sign_folders; /* what the folders of an archive hold */
struct hs_sign_folders *hs_signs_look(const struct hs_archive *in);
void hs_signs_free(struct hs_sign_folders *f); /* takes NULL */

/* The signs of a take beside its namesake, of which it may be the mix, or (NULL) without one. */
struct hs_signs hs_signs_of(struct hs_archive *in, const struct hs_sign_folders *f,
                            const struct hs_take *t, const struct hs_take *namesake);
/* Adds what both sound like. */
void hs_signs_hear(struct hs_archive *in, struct hs_signs *s, struct hs_sound mine,
                   struct hs_sound namesake);
enum hs_told hs_signs_tell(const struct hs_signs *s);
/* As loud and as dense: one master in two files, and nothing that mastering came between. `lossy`:
 * one of them is, and may lack the treble. */
bool hs_signs_as_loud(struct hs_sound a, struct hs_sound b, bool lossy);

#endif
