/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What streaming services make of a loudness: the gain of each, the peak that is left, and what
 * their limits leave quieter than its neighbours. From loudness (LUFS) and true peak (dBTP)
 * alone; pure. Results live in the arena given.
 */
#ifndef HS_SURVIVAL_PLATFORMS_H
#define HS_SURVIVAL_PLATFORMS_H

#include "core/arena.h"
#include "model/audit.h"

#include <stdbool.h>
#include <stddef.h>

/* Which loudness a service turns to its target. */
enum hs_platform_mode {
    HS_EACH_TRACK,
    HS_BY_ALBUM,   /* one gain for the release: that of its loudness as a whole */
    HS_BY_LOUDEST, /* one gain for the release: that of its loudest track */
};

struct hs_platform {
    const char *name;
    double target_lufs;
    bool raises;         /* quiet tracks too, as far as the peak lets it */
    double ceiling_dbtp; /* that raising must not pass */
    enum hs_platform_mode mode;
    const char *delivers; /* what the listener gets */
    const char *follows;  /* whose target in a job counts for it too; NULL: its own alone */
};

/* When the table was last held against what the services say. */
#define HS_PLATFORMS_CHECKED "2026-11"

struct hs_platform_row {
    const struct hs_platform *platform;
    double gain_db;
    double peak_after_dbtp;    /* NaN where the peak is not known */
    double unused_headroom_db; /* below -1 dBTP after turning down; NaN where it is not */
    double never_reaches_db;   /* by how much it stays below the target; NaN: by less than 0.5 */
};

/* The loudness of several tracks in a row by their blocks of 400 ms (BS.1770-5): counts by level
 * as measure/ keeps them. NaN where there is nothing above the gate. */
double hs_album_lufs(const double *const *counts, size_t n);

/* The services of a job: the built-in ones with its own targets; `n` of them, in `a`. */
const struct hs_platform *hs_platforms(const struct hs_job *job, struct hs_arena *a, size_t *n);
/* Of one track; `album` stands for what the mode asks for. */
struct hs_platform_row hs_platform_gain(const struct hs_platform *p, double lufs, double peak_dbtp,
                                        double album_lufs, double loudest_lufs);
/* Fills audit->albums: how loud each release is as one. */
void hs_platforms_read_albums(struct hs_audit *audit);
/* All rows of a master beside its release; 0 where its loudness is not known. */
size_t hs_platform_rows(const struct hs_audit *audit, const struct hs_track_result *t,
                        struct hs_arena *a, const struct hs_platform_row **out);

#endif
