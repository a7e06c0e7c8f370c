/* SPDX-License-Identifier: Apache-2.0 */
#include "preview/wave_out.h"

#include "core/alloc.h"
#include "core/buf.h"
#include "core/wire.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { HEADER = 58 }; /* RIFF, fmt of 18 bytes, fact, data */

struct hs_wave_out {
    FILE *file;
    char *path;
    int rate, n_channels;
    uint64_t n_frames;
    bool failed;
};

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

enum hs_status hs_wave_out_open(struct hs_wave_out **out, const char *path,
                                const struct hs_stream *stream, struct hs_error *err)
{
    FILE *file = fopen(path, "wb");
    *out = NULL;
    if (!file)
        return hs_fail_errno(err, HS_E_IO, "%s", path);
    struct hs_wave_out *w = HS_NEW(struct hs_wave_out);
    w->file = file;
    w->path = hs_strdup(path);
    w->rate = stream->sample_rate_hz;
    w->n_channels = stream->n_channels;
    *out = w;
    return put_header(w, err);
}

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

void hs_wave_out_close(struct hs_wave_out *w, struct hs_error *err)
{
    if (!w)
        return;
    if (!w->failed)
        put_header(w, err);
    if (fclose(w->file))
        hs_fail_errno(err, HS_E_IO, "%s", w->path);
    hs_free(w->path);
    hs_free(w);
}
