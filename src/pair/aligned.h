/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Both files of a pair in lockstep: the master's frames and, beside each, the mix as it stands
 * there along the time line. The one reader of all stages behind the alignment. Reads forwards
 * within a segment; seeks where it is told to. Borrows the feeds; one thread.
 */
#ifndef HS_PAIR_ALIGNED_H
#define HS_PAIR_ALIGNED_H

#include "dsp/sinc.h"
#include "pair/basis.h"
#include "pair/feed.h"
#include "pair/fine.h"
#include "pair/timeline.h"

struct hs_aligned {
    struct hs_feed *mix, *master;
    const struct hs_timeline *line;
    const struct hs_basis *basis;
    bool middle; /* of the master both channels are its middle: the mix has nothing else */
    const struct hs_sinc *sinc;
};

/* Borrows all of it; of the fine alignment basis and kernels. */
void hs_aligned_init(struct hs_aligned *a, struct hs_feed *mix, struct hs_feed *master,
                     const struct hs_timeline *line, const struct hs_fine *fine);
/* Before the first read of a segment, and before a leap. */
enum hs_status hs_aligned_seek(struct hs_aligned *a, size_t segment, double master_s,
                               struct hs_error *err);
/* Frame of the master, as hs_aligned_read counts them, at a moment, and back. They hold until
 * the next seek. */
int64_t hs_aligned_frame(const struct hs_aligned *a, double master_s);
double hs_aligned_time(const struct hs_aligned *a, int64_t frame);
/* n frames from `frame` on: mid and side of the mix by the basis, left and right of the
 * master. Zeros before and behind either file. */
enum hs_status hs_aligned_read(struct hs_aligned *a, size_t segment, int64_t frame, size_t n,
                               float *const mix[2], float *const master[2], struct hs_error *err);

#endif
