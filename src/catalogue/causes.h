/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Several rules may find one cause (a limiter leaves a master over-limited, clipped and
 * over-compressed). On a track the one furthest out leads and the others are part of it, so that
 * over a catalogue one cause has as many names as it has leads. Here it is decided which rule has
 * the name of the cause: it counts its findings where they are part of another as well, and the
 * others are not counted there. So one cause counts once.
 */
#ifndef HS_CATALOGUE_CAUSES_H
#define HS_CATALOGUE_CAUSES_H

#include "catalogue/songs.h"

/* Sets `counting` of the findings, by the name that the cause has; not those of another song. */
void hs_causes_mark(struct hs_audit *audit, const struct hs_songs *songs);

#endif
