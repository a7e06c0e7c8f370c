/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What pair/fine.h keeps of both files: pieces of the master, spread over what is shared, each with
 * the piece of the mix beside it. Loads them, and reads the mix of one along the time map.
 */
#ifndef HS_PAIR_FINE_WINDOWS_H
#define HS_PAIR_FINE_WINDOWS_H

#include "pair/fine.h"

/* How a piece of the mix is read. HS_FINE_READ_WHOLE: between its frames, or at whole frames where
 * the speed makes no difference over the piece. HS_FINE_READ_NEAREST: always at the nearest frames,
 * which is off by up to half a frame and costs little. */
enum hs_fine_reading { HS_FINE_READ_WHOLE, HS_FINE_READ_NEAREST };

/* How many windows there may be, 16 at most, and the frames of one. */
size_t hs_fine_windows_most(const struct hs_fine *f, size_t *frames);
/* Loads windows [first, first + n) of `most` of them, each of `frames`: the first eight of sixteen
 * are spread over all that is shared, both ends among them, the others lie between. */
enum hs_status hs_fine_windows_load(struct hs_fine *f, struct hs_feed *mix, struct hs_feed *master,
                                    size_t frames, size_t first, size_t n, size_t most,
                                    struct hs_error *err);
/* n frames of the mix along the line, lead_s early, beside the window's frame `from`; returned is
 * how many seconds too late in the mix. */
double hs_fine_windows_read(const struct hs_fine *f, const struct hs_window *w, double lead_s,
                            size_t from, size_t n, enum hs_fine_reading how, float *left,
                            float *right);

#endif
