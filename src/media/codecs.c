/* SPDX-License-Identifier: Apache-2.0 */
/* FFmpeg opens nothing but what is named here: a container or decoder that is not in the lists is
 * refused, which keeps files from outside away from code that music does not need. */
#include "media/codecs.h"

#include "media/library.h"

#include <errno.h>
#include <libavutil/mem.h>

/* Containers of recorded music. Left out on purpose: everything that names other files
 * or addresses (playlists, HLS, DASH, concat, SDP, image sequences, imf, avisynth ...),
 * that draws instead of reading (lavfi), and streams for broadcast. In the listed ones
 * external references are off (QuickTime's, by libavformat's default) or not known. */
const char hs_demuxers[] = "aac,ac3,aiff,ape,asf,asf_o,au,caf,dsf,dts,eac3,flac,"
                           "iff,loas,matroska,mov,mp3,mpc,mpc8,"
                           "ogg,shn,tak,truehd,tta,voc,w64,wav,wsd,wv,xwma";

const struct hs_codec hs_codecs[] = {
    {"pcm_s16le", true, true},
    {"pcm_s24le", true, true},
    {"pcm_s32le", true, true},
    {"pcm_f32le", true, true},
    {"pcm_f64le", true, true},
    {"pcm_u8", true, true},
    {"pcm_s8", true, true},
    {"pcm_s16be", true, true},
    {"pcm_s24be", true, true},
    {"pcm_s32be", true, true},
    {"pcm_f32be", true, true},
    {"pcm_f64be", true, true},
    {"pcm_s64le", true, true},
    {"pcm_s64be", true, true},
    {"pcm_u16le", true, true},
    {"pcm_u16be", true, true},
    {"pcm_u24le", true, true},
    {"pcm_u24be", true, true},
    {"pcm_u32le", true, true},
    {"pcm_u32be", true, true},
    {"pcm_s16le_planar", true, true},
    {"pcm_s24le_planar", true, true},
    {"pcm_s32le_planar", true, true},
    {"pcm_s16be_planar", true, true},
    {"pcm_s8_planar", true, true},
    {"pcm_alaw", false, true},
    {"pcm_mulaw", false, true},
    {"flac", true, true},
    {"alac", true, true},
    {"wavpack", true, true},
    {"tta", true, true},
    {"ape", true, false},
    {"tak", true, false},
    {"shorten", true, false},
    {"wmalossless", true, false},
    {"mlp", true, false},
    {"truehd", true, false},
    {"als", true, false},
    {"dsd_lsbf", true, false},
    {"dsd_msbf", true, false},
    {"dsd_lsbf_planar", true, false},
    {"dsd_msbf_planar", true, false},
    {"dst", true, false},
    {"mp3float", false, false},
    {"mp2float", false, false},
    {"mp1float", false, false},
    {"aac", false, false},
    {"aac_latm", false, false},
    {"vorbis", false, false},
    {"opus", false, false},
    {"ac3", false, false},
    {"eac3", false, false},
    {"dca", false, false},
    {"mpc7", false, false},
    {"mpc8", false, false},
    {"wmav1", false, false},
    {"wmav2", false, false},
    {"wmapro", false, false},
    {"adpcm_ms", false, false},
    {"adpcm_ima_wav", false, false},
    {"adpcm_ima_qt", false, false},
};
const size_t hs_n_codecs = sizeof hs_codecs / sizeof *hs_codecs;

/* The system refused, for reasons that are not in the file. */
static bool is_of_system(int code)
{
    static const int codes[] = {EIO,    EACCES, EPERM, ENOENT, ESTALE, EMFILE,   ENFILE,
                                ENODEV, ENXIO,  EINTR, EAGAIN, EBUSY,  ELOOP,    ENAMETOOLONG,
                                EBADF,  ENOSPC, EFBIG, EDQUOT, EROFS,  ETIMEDOUT};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (code == AVERROR(codes[i]))
            return true;
    return false;
}

/* Whether the machine itself is short of memory, or only more was asked for than is given. */
static bool is_short_of_memory(void)
{
    void *all = av_malloc(HS_MEDIA_MOST_BYTES / 2);
    av_free(all);
    return !all;
}

/* The error of libav in words, as a failure of the system or of the file. */
enum hs_status hs_av_fail(struct hs_error *err, const char *path, const char *doing, int code)
{
    char text[AV_ERROR_MAX_STRING_SIZE];
    av_strerror(code, text, sizeof text);
    enum hs_status status = is_of_system(code) ? HS_E_IO : HS_E_FORMAT;
    if (code == AVERROR(ENOMEM) && is_short_of_memory())
        return hs_fail(err, HS_E_IO, "%s: %s: out of memory", path, doing);
    if (code == AVERROR(ENOMEM))
        return hs_fail(err, HS_E_LIMIT, "%s: %s: asks for too much memory", path, doing);
    return hs_fail(err, status, "%s: %s: %s", path, doing, text);
}

/* NULL for a codec that is not on the list. */
const struct hs_codec *hs_codec_find(enum AVCodecID id, const AVCodec **decoder)
{
    for (size_t i = 0; i < hs_n_codecs; i++) {
        const AVCodec *c = avcodec_find_decoder_by_name(hs_codecs[i].name);
        if (!c || c->id != id)
            continue;
        *decoder = c;
        return &hs_codecs[i];
    }
    return NULL;
}

/* ISO 14496-3 1.6.2.1: five bits of the configuration are the audio object type, 31 means that
 * six more follow; 42 is USAC. */
bool hs_codec_is_usac(const AVCodecParameters *par)
{
    const int escape = 31, usac = 42;
    if (par->codec_id != AV_CODEC_ID_AAC || par->extradata_size < 2)
        return false;
    const uint8_t *p = par->extradata;
    return p[0] >> 3 == escape && 32 + ((p[0] & 7) << 3 | p[1] >> 5) == usac;
}

/* Its long name, for messages. */
const char *hs_codec_words(const AVCodecParameters *par)
{
    const AVCodecDescriptor *d = avcodec_descriptor_get(par->codec_id);
    if (hs_codec_is_usac(par))
        return "xHE-AAC (MPEG-D USAC)";
    return d && d->long_name ? d->long_name : avcodec_get_name(par->codec_id);
}
