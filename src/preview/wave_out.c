/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The file is written beside its place and renamed at the end: it is never half there. The header
 * is written twice, the second time with the length. Format 3 of WAVE (IEEE float) has a fact
 * chunk; more than 4 GiB do not fit and are refused.
 */
#include "preview/wave_out.h"

#include "core/alloc.h"
#include "core/buf.h"
#include "core/wire.h"

#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { HEADER = 58 }; /* RIFF, fmt of 18 bytes, fact, data */

struct hs_wave_out {
    FILE *file;
    char *path, *part; /* it is written beside its place and renamed: never half there */
    int rate, n_channels;
    uint64_t n_frames;
    bool failed;
};

/* Little-endian, as all numbers of WAVE. */
static void put_u16(struct hs_buf *b, unsigned x)
{
    unsigned char bytes[] = {x & 255, x >> 8 & 255};
    hs_buf_put(b, (const char *)bytes, 2);
}

/* Microsoft, "Multiple Channel Audio Data and WAVE Files": format 3 is IEEE float. */
static enum hs_status put_header(struct hs_wave_out *w, struct hs_error *err)
{
    struct hs_buf b = {0};
    uint64_t bytes = w->n_frames * 4 * (uint64_t)w->n_channels;
    enum hs_status status = HS_OK;
    if (bytes + HEADER > UINT32_MAX)
        status =
            hs_fail(err, HS_E_LIMIT, "%s: more than 4 GiB do not fit into a WAV file", w->path);
    hs_buf_put(&b, "RIFF", 4);
    hs_wire_put_u32(&b, (uint32_t)(bytes + HEADER - 8));
    hs_buf_put(&b, "WAVEfmt ", 8);
    hs_wire_put_u32(&b, 18);
    put_u16(&b, 3);
    put_u16(&b, (unsigned)w->n_channels);
    hs_wire_put_u32(&b, (uint32_t)w->rate);
    hs_wire_put_u32(&b, (uint32_t)(w->rate * 4 * w->n_channels));
    put_u16(&b, (unsigned)(4 * w->n_channels));
    put_u16(&b, 32);
    put_u16(&b, 0);
    hs_buf_put(&b, "fact", 4);
    hs_wire_put_u32(&b, 4);
    hs_wire_put_u32(&b, (uint32_t)w->n_frames);
    hs_buf_put(&b, "data", 4);
    hs_wire_put_u32(&b, (uint32_t)bytes);
    if (status == HS_OK &&
        (fseek(w->file, 0, SEEK_SET) || fwrite(b.data, 1, b.len, w->file) != b.len))
        status = hs_fail_errno(err, HS_E_IO, "%s", w->path);
    hs_buf_free(&b);
    return status;
}

/* A fresh file; `out` is set even where the header cannot be written, so that closing removes it.
 */
enum hs_status hs_wave_out_open(struct hs_wave_out **out, const char *path,
                                const struct hs_stream *stream, struct hs_error *err)
{
    struct hs_buf part = {0};
    hs_buf_printf(&part, "%s.part", path);
    unlink(part.data); /* of a killed run; or a link, which is not followed */
    int fd = open(part.data, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
    FILE *file = fd < 0 ? NULL : fdopen(fd, "wb");
    *out = NULL;
    if (!file) {
        hs_fail_errno(err, HS_E_IO, "%s", path);
        hs_buf_free(&part);
        return HS_E_IO;
    }
    struct hs_wave_out *w = HS_NEW(struct hs_wave_out);
    w->file = file;
    w->path = hs_strdup(path);
    w->part = hs_strdup(part.data);
    hs_buf_free(&part);
    w->rate = stream->sample_rate_hz;
    w->n_channels = stream->n_channels;
    *out = w;
    return put_header(w, err);
}

/* Interleaved floats. The first failure is kept in `err`; later calls only count. */
void hs_wave_out_put(struct hs_wave_out *w, const float *const *x, size_t n_frames,
                     struct hs_error *err)
{
    struct hs_buf b = {0};
    for (size_t i = 0; i < n_frames; i++)
        for (int c = 0; c < w->n_channels; c++) {
            uint32_t bits;
            memcpy(&bits, &x[c][i], sizeof bits);
            hs_wire_put_u32(&b, bits);
        }
    if (!w->failed && fwrite(b.data, 1, b.len, w->file) != b.len) {
        w->failed = true;
        hs_fail_errno(err, HS_E_IO, "%s", w->path);
    }
    w->n_frames += n_frames;
    hs_buf_free(&b);
}

/* Renames where everything succeeded, else removes. */
void hs_wave_out_close(struct hs_wave_out *w, struct hs_error *err)
{
    if (!w)
        return;
    bool sound = !w->failed && !(err && err->status); /* what was rendered in part is nothing */
    bool good = sound && put_header(w, err) == HS_OK;
    if (fclose(w->file) || (good && rename(w->part, w->path))) {
        hs_fail_errno(err, HS_E_IO, "%s", w->path);
        good = false;
    }
    if (!good)
        unlink(w->part);
    hs_free(w->path);
    hs_free(w->part);
    hs_free(w);
}
