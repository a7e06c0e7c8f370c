/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The sounds of a clip, to be switched between at equal loudness without a gap. Writes nothing
 * for a clip that was not made; where scripts are off each side has a player of its own.
 */
#ifndef HS_REPORT_PLAYER_H
#define HS_REPORT_PLAYER_H

#include "report/clips.h"
#include "report/pages.h"

/* Both sounds of a clip, switchable. */
void hs_html_player(struct hs_pages *p, struct hs_html *h, const struct hs_clip *clip);

#endif
