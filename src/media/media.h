/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reading audio with FFmpeg: local files only, demuxers and protocol from a white list,
 * native rate, planar float, delay and padding honoured, decoder drained. One reader
 * belongs to one thread. Nothing else includes libav headers but media/.
 */
#ifndef HS_MEDIA_MEDIA_H
#define HS_MEDIA_MEDIA_H

#include "core/arena.h"
#include "core/error.h"
#include "model/audio.h"
#include "model/job.h"

/* Once, at the start of the program, before any thread: libav becomes silent and its
 * largest single allocation bounded. */
void hs_media_init(void);

struct hs_reader;

/* Opens the first audio stream. Two mono files (right_path) must agree in rate and each
 * have one channel; they read as stereo. Errors name the file. */
enum hs_status hs_reader_open(struct hs_reader **out, const struct hs_source *source,
                              struct hs_error *err);
const struct hs_stream *hs_reader_stream(const struct hs_reader *r);
/* At most `most` frames into planar[c] (n_channels pointers to the reader's own
 * buffers, valid until the next call). *n_frames 0 at the end. A damaged end of file
 * gives what could be decoded, then an error. */
enum hs_status hs_reader_read(struct hs_reader *r, size_t most, const float *const **planar,
                              size_t *n_frames, struct hs_error *err);
/* Seeks so that the next read starts exactly at `frame` (decodes and drops what lies
 * before); used for clips and for the windows of the alignment. */
enum hs_status hs_reader_seek(struct hs_reader *r, int64_t frame, struct hs_error *err);
/* Remarks after reading ("length within two frames: ADTS has no padding field"), NULL
 * where there are none. */
const char *hs_reader_remark(const struct hs_reader *r);
void hs_reader_close(struct hs_reader *r);

struct hs_tag {
    const char *key, *value; /* key folded to the Vorbis name: TITLE, ARTIST, ISRC, ... */
};
struct hs_tags {
    struct hs_tag *items;
    size_t n;
};
/* Tags and stream facts, by the headers and at most a few packets. Values are the bytes
 * of the file: they may be no UTF-8, and hold control characters and markup. */
enum hs_status hs_media_probe(const char *path, struct hs_arena *a, struct hs_stream *stream,
                              struct hs_tags *tags, struct hs_error *err);

/* Encodes planar float audio (1 or 2 channels, at most HS_CLIP_MAX_S) to a clip: "opus"
 * (WebM, 48 kHz, about 14 kB a second of stereo) or "aac" (m4a, about 20 kB a second).
 * Resamples as needed; the same input gives the same bytes. Nothing is scaled: peaks
 * above full scale are the caller's to avoid. */
enum { HS_CLIP_MAX_S = 120 };
enum hs_status hs_clip_write(const char *path, const char *codec, const float *const *planar,
                             int n_channels, size_t n_frames, int sample_rate_hz,
                             struct hs_error *err);
/* Library versions, for --version and run.json. */
const char *hs_media_versions(void);

#endif
