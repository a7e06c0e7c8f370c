/* SPDX-License-Identifier: Apache-2.0 */
/* A block is converted behind the one before it where that was the last; else the converter is set
 * anew, and what its filter reaches back to is read first. */
#include "pair/feed_blocks.h"

#include "core/alloc.h"
#include "pair/feed_read.h"

#include <string.h>

enum { CHUNK = HS_FEED_CHUNK };

/* The blocks are those of the converter. */
void hs_feed_blocks_lay(struct hs_feed *f)
{
    f->block = f->rational.block;
    f->n_blocks = (size_t)(f->last + 1) / f->block + 1;
    f->n = f->n_blocks * f->block;
    hs_feed_reserve(f, f->n);
    f->ready = HS_NEW_ARRAY(bool, f->n_blocks);
    f->drained = true;
}

/* Through the converter, up to `want` frames; less only at the end of the file. */
static enum hs_status convert_on(struct hs_feed *f, size_t want, float *const out[2], size_t *made,
                                 struct hs_error *err)
{
    struct hs_rational *r = &f->rational;
    for (*made = 0; *made < want;) {
        size_t n = 0, most = (want - *made) * r->down / r->up + r->to.n;
        enum hs_status status = HS_OK;
        if (!f->ended)
            status = hs_feed_read(f, most < CHUNK ? most : CHUNK, f->mixed, &n, err);
        if (status)
            return status;
        f->ended = !n;
        float *const to[2] = {out[0] + *made, out[1] + *made};
        const float *const in[2] = {f->mixed[0], f->mixed[1]};
        const size_t more = hs_rational_run(r, n ? in : NULL, n, to, want - *made);
        if (!more && f->ended)
            break;
        *made += more;
    }
    return HS_OK;
}

/* The converter is set before a block: what its filter reaches back to is read first. */
static enum hs_status stand_before(struct hs_feed *f, size_t block, struct hs_error *err)
{
    const struct hs_rational *r = &f->rational;
    const size_t periods = block * f->block / r->up, lead = block ? r->lead : 0;
    hs_rational_reset(&f->rational, block > 0);
    f->ended = false;
    return hs_reader_seek(f->reader, (int64_t)((periods - lead) * r->down), err);
}

/* Blocks from .. to - 1; behind those that were converted last it goes on. */
static enum hs_status convert_blocks(struct hs_feed *f, size_t from, size_t to,
                                     struct hs_error *err)
{
    float *const out[2] = {f->buffer[0] + ((int64_t)(from * f->block) - f->first),
                           f->buffer[1] + ((int64_t)(from * f->block) - f->first)};
    const size_t want = (to - from) * f->block;
    size_t made = 0;
    enum hs_status status = HS_OK;
    if (!from || from != f->next_block)
        status = stand_before(f, from, err);
    f->next_block = 0;
    if (!status)
        status = convert_on(f, want, out, &made, err);
    if (status)
        return status;
    for (int c = 0; c < 2; c++)
        memset(out[c] + made, 0, (want - made) * sizeof(float));
    for (size_t i = from; i < to; i++)
        f->ready[i] = true;
    f->next_block = to;
    return HS_OK;
}

/* What is not there yet of the blocks that hold [from, from + n). */
enum hs_status hs_feed_blocks_fill(struct hs_feed *f, int64_t from, size_t n, struct hs_error *err)
{
    const int64_t end = from + (int64_t)n, block = (int64_t)f->block;
    enum hs_status status = HS_OK;
    size_t i = from > 0 ? (size_t)(from / block) : 0;
    for (; i < f->n_blocks && (int64_t)i * block < end && !status; i++) {
        size_t to = i;
        while (to < f->n_blocks && !f->ready[to] && (int64_t)to * block < end)
            to++;
        if (to > i)
            status = convert_blocks(f, i, to, err);
    }
    return status;
}
