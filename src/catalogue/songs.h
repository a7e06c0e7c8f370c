/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which tracks are the same song, and which hold a master or a mastering again. Arrays have one
 * element a track and live in the scratch arena.
 */
#ifndef HS_CATALOGUE_SONGS_H
#define HS_CATALOGUE_SONGS_H

#include "model/audit.h"

#include <stdbool.h>
#include <stddef.h>

struct hs_songs {
    size_t *song; /* by track: a number from 0, in the order of first appearance */
    size_t n;
    size_t *repeat_of; /* by track: the one that stands for it, with the same bytes; itself: none */
    size_t *copy_of;   /* by track: the same of those with the same mastering */
    size_t *order;     /* all tracks, song by song */
};
void hs_songs_find(const struct hs_audit *audit, struct hs_arena *scratch, struct hs_songs *out);

#endif
