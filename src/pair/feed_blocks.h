/* SPDX-License-Identifier: Apache-2.0 */
/* A short file that is cheap to be sought in, converted to another rate by blocks, as they are
 * asked for. All blocks have their place in the buffer from the start on. One thread. */
#ifndef HS_PAIR_FEED_BLOCKS_H
#define HS_PAIR_FEED_BLOCKS_H

#include "pair/feed.h"

/* Asked once, of a feed that keeps what it reads, whose converter has blocks. */
void hs_feed_blocks_lay(struct hs_feed *f);
/* What is not there yet of the blocks that hold the frames [from, from + n). */
enum hs_status hs_feed_blocks_fill(struct hs_feed *f, int64_t from, size_t n, struct hs_error *err);

#endif
