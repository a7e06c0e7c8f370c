/* SPDX-License-Identifier: Apache-2.0 */
/* The frames of a feed as its file has them, and the room that they go to. One thread. */
#ifndef HS_PAIR_FEED_READ_H
#define HS_PAIR_FEED_READ_H

#include "pair/feed.h"

/* Frames that are read at once, at most. */
enum { HS_FEED_CHUNK = 8192 };

/* The next frames at the rate of the file, down-mixed, less the offset; at most so many, n 0 at the
 * end. */
enum hs_status hs_feed_read(struct hs_feed *f, size_t most, float *const out[2], size_t *n,
                            struct hs_error *err);
/* Room for n frames in the buffer; what stands there stays. */
void hs_feed_reserve(struct hs_feed *f, size_t n);

#endif
