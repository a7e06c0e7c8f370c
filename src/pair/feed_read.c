/* SPDX-License-Identifier: Apache-2.0 */
#include "pair/feed_read.h"

#include "core/alloc.h"

void hs_feed_reserve(struct hs_feed *f, size_t n)
{
    if (n <= f->cap)
        return;
    f->cap = n + n / 2;
    for (int c = 0; c < 2; c++)
        f->buffer[c] = hs_realloc(f->buffer[c], f->cap, sizeof(float));
}

/* The next frames as they are stored, down-mixed, at most so many; n 0 at the end. */
static enum hs_status read_stereo(struct hs_feed *f, size_t most, float *const out[2], size_t *n,
                                  struct hs_error *err)
{
    const float *const *planar;
    if (f->straight)
        return hs_reader_read_to(f->reader, most, out, n, err);
    enum hs_status status = hs_reader_read(f->reader, most, &planar, n, err);
    if (!status)
        hs_downmix_run(&f->downmix, planar, *n, out);
    return status;
}

enum hs_status hs_feed_read(struct hs_feed *f, size_t most, float *const out[2], size_t *n,
                            struct hs_error *err)
{
    enum hs_status status = read_stereo(f, most, out, n, err);
    for (int side = 0; side < 2 && !status; side++) {
        const float offset = f->offset[side];
        float *x = out[side];
        for (size_t i = 0; offset != 0 && i < *n; i++)
            x[i] -= offset;
    }
    return status;
}
