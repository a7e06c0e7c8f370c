/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Blocks stand in the order in which they came, each with the place of its first frame, and are
 * found by halving. A block holds its channels one after the other: as integers of 16 bits where
 * every sample is a multiple of 2^-15 below full scale, which gives the same float back but for
 * the sign of zero (no kernel reads it: they are built without signed zeros), else as floats.
 * Blocks lie in slabs of a megabyte, whose pages come at once.
 */
#include "media/kept.h"

#include "core/alloc.h"
#include "dsp/kernels.h"

#include <string.h>

static const float full_scale = 32768;
enum { SLAB_BYTES = 1 << 20, ALIGNED = 64 };

struct hs_kept_slab {
    struct hs_kept_slab *before;
    size_t used, size;
    unsigned char *data;
};

struct hs_kept_block {
    int64_t first;
    size_t n;
    int16_t *narrow; /* or NULL */
    float *wide;     /* or NULL */
};

/* Bytes that a file of this length takes mostly (24 bits may hold no more than 16); 0 where the
 * container does not say it. */
static double usual_bytes(const struct hs_stream *s)
{
    const bool narrow = s->lossless && s->bits <= 16;
    return s->duration_s * s->sample_rate_hz * s->n_channels *
           (double)(narrow ? sizeof(int16_t) : sizeof(float));
}

/* The names are copied, because the input may close before this. */
bool hs_kept_start(struct hs_kept *k, const struct hs_stream *stream, size_t most_bytes)
{
    hs_kept_free(k);
    k->stream = *stream;
    k->stream.codec = hs_arena_strdup(&k->arena, stream->codec);
    k->stream.container = hs_arena_strdup(&k->arena, stream->container);
    k->stream.tag_genre = hs_arena_strdup(&k->arena, stream->tag_genre);
    k->stream.tag_artist = hs_arena_strdup(&k->arena, stream->tag_artist);
    const bool fits = usual_bytes(stream) <= (double)most_bytes;
    k->most_bytes = fits && !stream->plain ? most_bytes : 0;
    return fits && most_bytes;
}

/* Room behind the last block, or in a new slab. It is taken by use_room. */
static void *room(struct hs_kept *k, size_t bytes)
{
    struct hs_kept_slab *s = k->slab;
    if (s && s->used + bytes <= s->size)
        return s->data + s->used;
    s = HS_NEW(struct hs_kept_slab);
    s->before = k->slab;
    s->size = bytes > SLAB_BYTES ? bytes : SLAB_BYTES;
    s->data = hs_aligned_unset(s->size, 1);
    k->slab = s;
    return s->data;
}

static void use_room(struct hs_kept *k, size_t bytes)
{
    k->slab->used += (bytes + ALIGNED - 1) / ALIGNED * ALIGNED;
}

/* All channels in integers; NULL where they are not, which one of the first samples mostly tells.
 */
static int16_t *narrow_of(struct hs_kept *k, const float *const *planar, size_t n)
{
    const int n_channels = k->stream.n_channels;
    const size_t bytes = (size_t)n_channels * n * sizeof(int16_t);
    enum { FIRST = 64 };
    const struct hs_kernels *kernels = hs_kernels_choose();
    int16_t first[FIRST];
    if (!kernels->narrow_s16(planar[0], n < FIRST ? n : FIRST, first))
        return NULL;
    int16_t *out = room(k, bytes);
    for (int c = 0; c < n_channels; c++)
        if (!kernels->narrow_s16(planar[c], n, out + (size_t)c * n))
            return NULL;
    use_room(k, bytes);
    return out;
}

static float *wide_of(struct hs_kept *k, const float *const *planar, size_t n)
{
    const size_t bytes = (size_t)k->stream.n_channels * n * sizeof(float);
    float *out = room(k, bytes);
    for (int c = 0; c < k->stream.n_channels; c++)
        memcpy(out + (size_t)c * n, planar[c], n * sizeof *out);
    use_room(k, bytes);
    return out;
}

/* The stream stays. */
static void forget_blocks(struct hs_kept *k)
{
    for (struct hs_kept_slab *s = k->slab, *before; s; s = before) {
        before = s->before;
        hs_free(s->data);
        hs_free(s);
    }
    hs_free(k->block);
    k->slab = NULL;
    k->block = NULL;
    k->n_blocks = k->cap = k->bytes = 0;
}

/* More than `most_bytes` and all of it is let go: the file is then read again. */
void hs_kept_add(struct hs_kept *k, const float *const *planar, size_t n)
{
    const size_t samples = (size_t)k->stream.n_channels * n;
    if (!n || !k->most_bytes)
        return;
    struct hs_kept_block b = {.first = k->n_frames, .n = n};
    b.narrow = narrow_of(k, planar, n);
    if (!b.narrow)
        b.wide = wide_of(k, planar, n);
    k->block = hs_grow(k->block, k->n_blocks, &k->cap, sizeof *k->block);
    k->block[k->n_blocks++] = b;
    k->n_frames += (int64_t)n;
    k->bytes += samples * (b.narrow ? sizeof *b.narrow : sizeof *b.wide);
    if (k->bytes > k->most_bytes) {
        forget_blocks(k);
        k->most_bytes = 0;
    }
}

/* Only a file that was read to its end without an error is kept. */
void hs_kept_end(struct hs_kept *k, bool sound)
{
    k->whole = sound && k->most_bytes;
    if (!k->whole)
        forget_blocks(k);
}

/* The block that holds a frame, which is there. */
static const struct hs_kept_block *block_at(const struct hs_kept *k, int64_t frame)
{
    size_t low = 0, high = k->n_blocks;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (k->block[middle].first <= frame)
            low = middle;
        else
            high = middle;
    }
    return &k->block[low];
}

static void widen(const int16_t *x, size_t n, float *out)
{
    for (size_t i = 0; i < n; i++)
        out[i] = (float)x[i] * (1 / full_scale);
}

/* Fewer than `most` only at the end. */
size_t hs_kept_read(const struct hs_kept *k, int64_t frame, size_t most, float *const *out)
{
    size_t done = 0;
    while (done < most && frame < k->n_frames) {
        const struct hs_kept_block *b = block_at(k, frame);
        const size_t from = (size_t)(frame - b->first), left = b->n - from;
        const size_t n = left < most - done ? left : most - done;
        for (int c = 0; c < k->stream.n_channels; c++) {
            const size_t at = (size_t)c * b->n + from;
            if (b->narrow)
                widen(b->narrow + at, n, out[c] + done);
            else
                memcpy(out[c] + done, b->wide + at, n * sizeof *b->wide);
        }
        done += n;
        frame += (int64_t)n;
    }
    return done;
}

void hs_kept_free(struct hs_kept *k)
{
    forget_blocks(k);
    hs_arena_free(&k->arena);
    *k = (struct hs_kept){0};
}
