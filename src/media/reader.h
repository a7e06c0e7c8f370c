/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reading audio: native rate, planar float, delay and padding honoured, decoder drained. One
 * reader belongs to one thread.
 */
#ifndef HS_MEDIA_READER_H
#define HS_MEDIA_READER_H

#include "core/error.h"
#include "model/audio.h"
#include "model/job.h"

#include <stddef.h>
#include <stdint.h>

struct hs_reader;

/* Opens the audio stream that the source names, or the best one. Two mono files (right_path)
 * must agree in rate and each have one channel; they read as stereo. Of a part of a file
 * (from_75, to_75) frame 0 is the first of the part. What is no audio is bridged, and what was
 * recorded with pre-emphasis is read after de-emphasis. Errors name the file. */
enum hs_status hs_reader_open(struct hs_reader **out, const struct hs_source *source,
                              struct hs_error *err);
const struct hs_stream *hs_reader_stream(const struct hs_reader *r);
/* At most `most` frames into planar[c] (n_channels pointers to the reader's own
 * buffers, valid until the next call). *n_frames 0 at the end. A damaged end of file
 * gives what could be decoded, then an error. */
enum hs_status hs_reader_read(struct hs_reader *r, size_t most, const float *const **planar,
                              size_t *n_frames, struct hs_error *err);
/* The same straight into the caller's channels, each with room for `most` frames. */
enum hs_status hs_reader_read_to(struct hs_reader *r, size_t most, float *const *out,
                                 size_t *n_frames, struct hs_error *err);
/* Whether it is a file that is kept in memory (media/kept.h). */
bool hs_reader_is_kept(const struct hs_reader *r);
/* Seeks so that the next read starts exactly at `frame` (decodes and drops what lies
 * before); used for clips and for the windows of the alignment. */
enum hs_status hs_reader_seek(struct hs_reader *r, int64_t frame, struct hs_error *err);
/* Remarks, one a line ("length within two frames: ADTS has no padding field"), NULL where
 * there are none; whole after reading to the end. */
const char *hs_reader_remarks(const struct hs_reader *r);
/* What reading up to here found wanting. */
struct hs_reader_account {
    int64_t n_invalid; /* samples that are no audio, over all channels */
    double lost_s;     /* of music: damaged and left out, bridged, or missing in one channel */
};
void hs_reader_account(const struct hs_reader *r, struct hs_reader_account *out);
void hs_reader_close(struct hs_reader *r);

#endif
