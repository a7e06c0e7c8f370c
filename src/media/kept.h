/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A file that has been read once, kept in memory within a bound, so that whoever works on it next
 * in the same task decodes nothing: a source that names it (model/job.h) is read from it, with
 * the same samples. Blocks whose samples are all those of 16 bits take half the room. Samples that
 * are not compressed are not kept: new memory costs more than reading them again. Written by one
 * thread; read by any number of readers once it is whole.
 */
#ifndef HS_MEDIA_KEPT_H
#define HS_MEDIA_KEPT_H

#include "core/arena.h"
#include "model/audio.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct hs_kept_block;
struct hs_kept_slab;

/* Zeroed: nothing is kept. */
struct hs_kept {
    struct hs_stream stream;
    struct hs_kept_block *block;
    size_t n_blocks, cap;
    struct hs_kept_slab *slab; /* what blocks lie in, the last one first */
    int64_t n_frames;
    size_t bytes, most_bytes;
    bool whole;  /* all of the file is there */
    bool needed; /* given: a file that is too long to be kept is not even begun */
    struct hs_arena arena;
};

/* Begins anew with a file of this stream; more than so many bytes are not kept. False: the
 * container says that it is longer, and nothing of it will be kept. */
bool hs_kept_start(struct hs_kept *k, const struct hs_stream *stream, size_t most_bytes);
/* The next frames; beyond the bound nothing of the file is kept. */
void hs_kept_add(struct hs_kept *k, const float *const *planar, size_t n);
/* The file has ended; `sound`: nothing of it was lost or bridged. */
void hs_kept_end(struct hs_kept *k, bool sound);
/* At most `most` frames from `frame` on; 0 at the end. */
size_t hs_kept_read(const struct hs_kept *k, int64_t frame, size_t most, float *const *out);
void hs_kept_free(struct hs_kept *k);

#endif
