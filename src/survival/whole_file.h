/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A whole file through some codecs: for the analysers that do so instead of trying the loudest
 * parts alone. A state is zeroed memory; what `start` allocates `stop` frees, also after a failure.
 */
#ifndef HS_SURVIVAL_WHOLE_FILE_H
#define HS_SURVIVAL_WHOLE_FILE_H

#include "model/audio.h"
#include "survival/codec_row.h"

struct hs_whole_file {
    struct hs_codec_row *rows[HS_N_LOSSY];
    size_t n_rows;
    float *x[2];             /* what has not been sent yet */
    size_t n, part, overlap; /* frames; `part` 0: the rate is not looked at */
    bool sounds;
};

void hs_whole_file_start(struct hs_whole_file *w, const struct hs_stream *stream,
                         const enum hs_lossy *codecs, size_t n);
/* The other entries of such an analyser (measure/analyser.h); the state is a hs_whole_file.
 * Finishing sends the rest and writes the rows. */
void hs_whole_file_block(void *state, const struct hs_block *b);
void hs_whole_file_finish(void *state, const struct hs_stream *stream, int64_t n_frames,
                          struct hs_values *v);
void hs_whole_file_stop(void *state);

#endif
