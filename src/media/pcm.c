/* SPDX-License-Identifier: Apache-2.0 */
/* PCM whose samples take more bytes than their bits need, or whose bytes are turned: libavformat's
 * choice of codec is corrected here. */
#include "media/pcm.h"

/* Integers and floats by the bytes of a sample; 0: there is none. */
enum { MOST_BYTES = 8 };
struct family {
    enum AVCodecID id[MOST_BYTES + 1];
};
static const struct family families[] = {
    {{0, AV_CODEC_ID_PCM_U8, AV_CODEC_ID_PCM_S16LE, AV_CODEC_ID_PCM_S24LE, AV_CODEC_ID_PCM_S32LE, 0,
      0, 0, AV_CODEC_ID_PCM_S64LE}},
    {{0, AV_CODEC_ID_PCM_S8, AV_CODEC_ID_PCM_S16BE, AV_CODEC_ID_PCM_S24BE, AV_CODEC_ID_PCM_S32BE, 0,
      0, 0, AV_CODEC_ID_PCM_S64BE}},
    {{0, 0, 0, 0, AV_CODEC_ID_PCM_F32LE, 0, 0, 0, AV_CODEC_ID_PCM_F64LE}},
    {{0, 0, 0, 0, AV_CODEC_ID_PCM_F32BE, 0, 0, 0, AV_CODEC_ID_PCM_F64BE}},
};

/* Integers or floats in one order of bytes; NULL: no PCM. */
static const struct family *family_of(enum AVCodecID id)
{
    for (size_t i = 0; i < sizeof families / sizeof *families; i++)
        for (int b = 1; b <= MOST_BYTES; b++)
            if (families[i].id[b] == id)
                return &families[i];
    return NULL;
}

/* Bytes of one sample's container by the block align, 0 where that contradicts the bits. */
static int container_bytes(const struct hs_input *in)
{
    const AVCodecParameters *par = in->track->codecpar;
    int n = par->ch_layout.nb_channels, bits = par->bits_per_coded_sample;
    int bytes = par->block_align % n ? 0 : par->block_align / n;
    bool said = in->wave.extensible && in->wave.container_bits == 8 * bytes;
    return bytes > MOST_BYTES || (8 * bytes < bits && !said) ? 0 : bytes;
}

/* libavformat reads the header of RIFX by its own order of bytes, and the samples by the other. */
static void turn(AVCodecParameters *par)
{
    for (size_t i = 0; i + 1 < sizeof families / sizeof *families; i += 2)
        for (int b = 2; b <= MOST_BYTES; b++)
            if (families[i].id[b] && families[i].id[b] == par->codec_id) {
                par->codec_id = families[i + 1].id[b];
                return;
            }
}

/* Nothing to do where a frame has the bytes that its codec wants. */
enum hs_status hs_pcm_fit(struct hs_input *in, struct hs_error *err)
{
    AVCodecParameters *par = in->track->codecpar;
    int n = par->ch_layout.nb_channels, bits = par->bits_per_coded_sample;
    /* libavformat takes 24 bits in 32 for a kind of float that an old editor wrote. */
    if (par->codec_id == AV_CODEC_ID_PCM_F24LE && in->wave.extensible)
        par->codec_id = AV_CODEC_ID_PCM_S24LE;
    if (in->wave.big_endian)
        turn(par);
    const struct family *family = family_of(par->codec_id);
    int size = av_get_exact_bits_per_sample(par->codec_id) / 8;
    if (!family || n < 1 || par->block_align <= 0 || par->block_align == n * size)
        return HS_OK;
    int bytes = container_bytes(in);
    enum AVCodecID id = family->id[bytes];
    if (!id)
        return hs_fail(err, HS_E_FORMAT, "%s: %d channels of %d bits do not fit frames of %d bytes",
                       in->path, n, bits, par->block_align);
    par->codec_id = id;
    par->bits_per_coded_sample = 8 * bytes;
    in->valid_bits = bits < 8 * bytes ? bits : 8 * bytes;
    return HS_OK;
}
