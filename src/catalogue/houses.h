/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is done again and again: the usual move of mastering, and the house curve of the mixing
 * room, over all pairs and by engineer and year. Pairs are tight, so a habit is certain long before
 * a single track is; a house curve is no fault.
 */
#ifndef HS_CATALOGUE_HOUSES_H
#define HS_CATALOGUE_HOUSES_H

#include "catalogue/songs.h"
#include "model/audit.h"

/* Fills mastering and mixing of the audit; from three pairs (mixes) of one kind on. */
void hs_houses_make(struct hs_audit *audit, const struct hs_songs *songs);

#endif
