/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where names fail the audio decides: a coarse look-up of fingerprints finds which of
 * the mixes left over could hold a master, the alignment of the pair says whether it
 * does.
 */
#ifndef HS_RUN_LISTEN_H
#define HS_RUN_LISTEN_H

#include "init/archive.h"
#include "init/parts.h"

/* Measures takes through the pool. */
hs_loudness_of hs_listen_loudness;
/* Compares masters that could be one in two formats. */
hs_same_audio hs_listen_copies;
/* Listens where names left it open: undecided guesses, and masters without a mix. */
enum hs_status hs_listen_pairs(struct hs_archive *in, struct hs_error *err);

#endif
