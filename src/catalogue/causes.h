/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Several rules may find one cause (a limiter leaves a master over-limited, clipped and
 * over-compressed). On a track the one furthest out leads and the others are part of it, so that
 * over a catalogue one cause has as many names as it has leads. Here it is decided which rule
 * counts those of its findings, too, that are part of another.
 */
#ifndef HS_CATALOGUE_CAUSES_H
#define HS_CATALOGUE_CAUSES_H

#include "catalogue/songs.h"

/* Sets counts_as_part of the findings that do. */
void hs_causes_mark(struct hs_audit *audit, const struct hs_songs *songs);

#endif
