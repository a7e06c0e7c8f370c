/* SPDX-License-Identifier: Apache-2.0 */
/* One loop per sample format, made by a macro; the two integer formats of most files go through
 * vector kernels, both channels at once. */
#include "media/convert.h"

#include <string.h>

/* Integers are scaled by a power of two: 16 and 24 bits stay exact, 32 are rounded
 * once. */
#define CONVERT(name, type, expression)                                                            \
    static void name(const void *data, int stride, int n, float *out)                              \
    {                                                                                              \
        const type *x = data;                                                                      \
        for (int i = 0; i < n; i++, x += stride)                                                   \
            out[i] = (float)(expression);                                                          \
    }
CONVERT(from_u8, uint8_t, (*x - 128) * 0x1p-7f)
CONVERT(from_s16, int16_t, *x * 0x1p-15f)
CONVERT(from_s32, int32_t, (float)*x * 0x1p-31f)
CONVERT(from_s64, int64_t, (float)*x * 0x1p-63f)
CONVERT(from_float, float, *x)
CONVERT(from_double, double, *x)

static const struct {
    enum AVSampleFormat packed;
    int size;
    void (*convert)(const void *data, int stride, int n, float *out);
} formats[] = {
    {AV_SAMPLE_FMT_U8, 1, from_u8},     {AV_SAMPLE_FMT_S16, 2, from_s16},
    {AV_SAMPLE_FMT_S32, 4, from_s32},   {AV_SAMPLE_FMT_S64, 8, from_s64},
    {AV_SAMPLE_FMT_FLT, 4, from_float}, {AV_SAMPLE_FMT_DBL, 8, from_double},
};

/* Both channels at once, for the two commonest formats; false for others. */
bool hs_convert_pair(const struct hs_kernels *k, const AVFrame *frame, int from, int n, float *left,
                     float *right)
{
    const void *data = frame->extended_data[0];
    if (frame->ch_layout.nb_channels != 2)
        return false;
    if (frame->format == AV_SAMPLE_FMT_S16)
        k->deinterleave_s16((const int16_t *)data + 2 * from, (size_t)n, left, right);
    else if (frame->format == AV_SAMPLE_FMT_S32)
        k->deinterleave_s32((const int32_t *)data + 2 * from, (size_t)n, left, right);
    else
        return false;
    return true;
}

/* n samples of one channel from frame `from` on; false for a format that is not known. */
bool hs_convert(const AVFrame *frame, int channel, int from, int n, float *out)
{
    enum AVSampleFormat packed = av_get_packed_sample_fmt(frame->format);
    bool planar = av_sample_fmt_is_planar(frame->format);
    int n_channels = frame->ch_layout.nb_channels;
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        if (formats[i].packed != packed)
            continue;
        size_t size = (size_t)formats[i].size;
        const uint8_t *data = frame->extended_data[planar ? channel : 0];
        size_t at = planar ? (size_t)from : (size_t)from * (size_t)n_channels + (size_t)channel;
        if (packed == AV_SAMPLE_FMT_FLT && planar)
            memcpy(out, data + at * size, (size_t)n * size);
        else
            formats[i].convert(data + at * size, planar ? 1 : n_channels, n, out);
        return true;
    }
    return false;
}
