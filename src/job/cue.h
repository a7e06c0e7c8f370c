/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Cue sheets: which part of which file is which track of an album. Pure, but for the reading of
 * the file; texts are well-formed UTF-8 (a sheet that is none is taken as Latin-1) and live in
 * the arena.
 */
#ifndef HS_JOB_CUE_H
#define HS_JOB_CUE_H

#include "core/arena.h"
#include "core/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One track, from its INDEX 01 to that of the next one in the same file, as a player has it: the
 * gap before a track (INDEX 00) belongs to the one before. */
struct hs_cue_track {
    int number;                           /* as the sheet has it, 1 to 99 */
    const char *file;                     /* as the sheet names it */
    const char *title, *performer, *isrc; /* NULL where the sheet does not say */
    int64_t from_75, to_75; /* in frames of 1/75 s; to_75 0: up to the end of the file */
    bool emphasised;        /* FLAGS PRE: recorded with pre-emphasis */
};

struct hs_cue {
    const char *title, *performer, *barcode, *genre; /* of the album; NULL */
    int year;                                        /* 0: not said */
    struct hs_cue_track *tracks;                     /* audio only, in the order of the sheet */
    size_t n_tracks;
};

/* HS_E_MISSING or HS_E_IO where it cannot be read, HS_E_FORMAT where it has no audio track that
 * begins somewhere. Lines that are not known are passed over. */
enum hs_status hs_cue_load(const char *path, struct hs_arena *a, struct hs_cue *out,
                           struct hs_error *err);
enum hs_status hs_cue_parse(const char *text, size_t n, struct hs_arena *a, struct hs_cue *out,
                            struct hs_error *err);
/* The track of that number, or NULL. */
const struct hs_cue_track *hs_cue_find(const struct hs_cue *cue, int number);
/* Is `path` the file that the sheet names, by its name, or by its name with another ending (the
 * sheet says album.wav, the archive has album.flac)? Folders and capitals do not count. */
bool hs_cue_names(const struct hs_cue_track *t, const char *path);
/* A name to show: "album.flac, track 3". */
const char *hs_cue_shown(struct hs_arena *a, const char *file, int number);

#endif
