/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Pairs masters with mixes by their audio where file names do not tell (for init). A coarse search
 * of fingerprints finds which of the mixes left over may belong to a master; aligning the pair
 * decides.
 */
#ifndef HS_RUN_LISTEN_H
#define HS_RUN_LISTEN_H

#include "init/archive.h"
#include "init/parts.h"

/* Measures takes through the pool. */
hs_loudness_of hs_listen_loudness;
/* Compares masters that could be one in two formats. */
hs_same_audio hs_listen_copies;
/* Decides by the audio what names left open: ambiguous guesses, and masters without a mix. */
enum hs_status hs_listen_pairs(struct hs_archive *in, struct hs_error *err);

#endif
