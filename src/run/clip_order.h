/* SPDX-License-Identifier: Apache-2.0 */
/* What orders of clips have in common: clips of findings and of updates. */
#ifndef HS_RUN_CLIP_ORDER_H
#define HS_RUN_CLIP_ORDER_H

#include "run/clip_render.h"
#include "run/gather.h"

/* Polarity and channels of the mix as they are in the master. */
void hs_clip_order_pair(struct hs_clip_order *o, const struct hs_pair *pair);
void hs_clip_order_correction(struct hs_clip_order *o, const struct hs_correction *fix);
/* The file as it was looked at; NULL where there is none. */
const struct hs_entry *hs_clip_entry(const struct hs_gather *g, const struct hs_source *s);

#endif
