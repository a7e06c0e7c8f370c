/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Clips that other machines cut. The "desk" is the folder `clips` beside a store (merge makes it).
 * An audit without clips writes there the orders of the clips that its report would have. Other
 * processes cut them into that folder, each its share, and an audit with clips takes over those
 * that are there. A clip is known by its key, which is written last: it is there whole or not at
 * all, and two processes that cut the same clip at once do no harm.
 */
#ifndef HS_RUN_CLIP_DESK_H
#define HS_RUN_CLIP_DESK_H

#include "report/clips.h"
#include "run/clip_format.h"
#include "run/clip_render.h"
#include "run/gather.h"
#include "run/state.h"

enum hs_status hs_clip_desk_make(const struct hs_state *s, bool shared, struct hs_error *err);
/* Its path; NULL where the store has none, or one that others may write. */
const char *hs_clip_desk_of(const struct hs_state *s, bool shared, struct hs_arena *a);

/* Leaves orders for all of `clips`, and removes what is there of others. The files are those that
 * were gathered. */
enum hs_status hs_clip_desk_order(const char *desk, const struct hs_gather *g,
                                  const struct hs_audit *audit, const struct hs_clips *clips,
                                  const struct hs_clip_format *format, struct hs_error *err);

struct hs_clip_share {
    const char *desk, *scratch; /* scratch: a folder on local disk */
    size_t number, of;          /* every `of`-th order, from `number` on */
    size_t n, n_cut, n_unfit;   /* out: orders of this share, cut now, and not fit for a clip (one
                                   side is silent) */
};

/* Cuts what is not there yet. `g` has no entries yet, and needs no store; what could not be cut
 * this time is unfinished there. HS_E_USAGE: nobody has left orders. */
enum hs_status hs_clip_desk_cut(struct hs_gather *g, struct hs_clip_share *share,
                                struct hs_error *err);

/* The orders of a desk from its bytes, which anybody may have written; false where they are
 * damaged. */
struct hs_clip_wanted {
    const char *name, *key;
    uint64_t seen; /* what the files looked like (hs_entry_seen) */
    struct hs_clip_order order;
};
bool hs_clip_orders_take(const void *data, size_t n, struct hs_arena *a,
                         struct hs_clip_wanted **out, size_t *n_out);

#endif
