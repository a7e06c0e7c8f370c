/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What orders of clips have in common: clips of findings and of updates. Texts live in the arena
 * given. No function fails; a file that is not there has no entry.
 */
#ifndef HS_RUN_CLIP_ORDER_H
#define HS_RUN_CLIP_ORDER_H

#include "run/clip_render.h"
#include "run/gather.h"

/* Polarity and channels of the mix as they are in the master. */
void hs_clip_order_pair(struct hs_clip_order *o, const struct hs_pair *pair);
void hs_clip_order_correction(struct hs_clip_order *o, const struct hs_correction *fix);
/* What is to be cut for a clip, into `dir`. */
struct hs_clip_order hs_clip_order_of(const struct hs_audit *audit, const struct hs_clip *c,
                                      const char *dir, const struct hs_clip_format *format,
                                      struct hs_arena *arena);
/* What a clip is made of, as a line of text: the order but for its place, and the bytes of both
 * files. */
const char *hs_clip_key(const struct hs_audit *audit, const struct hs_clip *c,
                        const struct hs_clip_order *order, struct hs_arena *arena);
/* The files of a clip: its key, its script, its sides. */
enum { HS_CLIP_KEY, HS_CLIP_SCRIPT, HS_CLIP_A, HS_CLIP_FILES = HS_CLIP_A + HS_CLIP_SIDES };
void hs_clip_files(const char *name, const struct hs_clip_format *format, const char *dir,
                   struct hs_arena *arena, const char *out[HS_CLIP_FILES]);
bool hs_clip_has_key(const char *path, const char *key);
/* The file as it was looked at; NULL where there is none. */
const struct hs_entry *hs_clip_entry(const struct hs_gather *g, const struct hs_source *s);

#endif
