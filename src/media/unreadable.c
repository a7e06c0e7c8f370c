/* SPDX-License-Identifier: Apache-2.0 */
/* The first bytes tell of what kind the file was before it was damaged. */
#include "media/unreadable.h"

#include "media/input.h"
#include "media/ogg.h"
#include "media/raw.h"

#include <string.h>

enum { HEAD_BYTES = 12 };

static const struct {
    int at;
    const char *bytes, *kind;
} heads[] = {
    {0, "OggS", "an Ogg file"},
    {0, "fLaC", "a FLAC file"},
    {8, "WAVE", "a WAVE file"},
    {8, "AIF", "an AIFF file"},
    {4, "ftyp", "an MP4 file"},
    {0, "ID3", "an MP3 or AAC file"},
    {0, "wvpk", "a WavPack file"},
    {0, "TTA1", "a TTA file"},
    {0, "MAC ", "a Monkey's Audio file"},
    {0, "tBaK", "a TAK file"},
    {0, "caff", "a CAF file"},
    {0, "DSD ", "a DSF file"},
    {0, "FRM8", "a DSDIFF file"},
    {0, "\x1a\x45\xdf\xa3", "a Matroska file"},
    {0, "\x30\x26\xb2\x75", "a WMA file"},
};

static const char *kind_of(FILE *f)
{
    char head[HEAD_BYTES];
    if (!hs_raw_at(f, 0, head, sizeof head))
        return NULL;
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        if (!memcmp(head + heads[i].at, heads[i].bytes, strlen(heads[i].bytes)))
            return heads[i].kind;
    return NULL;
}

/* All of it: a bad sector may lie anywhere, and the reason is kept for good. */
bool hs_disk_reads(const char *path, const struct hs_alive *alive)
{
    char bytes[1 << 14];
    size_t n;
    FILE *f = fopen(path, "rb");
    if (!f)
        return false;
    while ((n = fread(bytes, 1, sizeof bytes, f)) > 0)
        hs_alive_tell(alive, (double)n, 0);
    bool well = !ferror(f);
    fclose(f);
    return well;
}

enum hs_status hs_unreadable(const char *path, int code, const struct hs_alive *alive,
                             struct hs_error *err)
{
    bool by_bytes = code == AVERROR_INVALIDDATA || code == AVERROR(EINVAL) || code == AVERROR_EOF;
    if (!by_bytes)
        return hs_av_fail(err, path, "cannot be opened", code);
    FILE *f = fopen(path, "rb");
    const char *kind = f ? kind_of(f) : NULL;
    if (f)
        fclose(f);
    if (kind && hs_ogg_is_whole(path, alive))
        return hs_fail(err, HS_E_UNSUPPORTED,
                       "%s: nothing of %s is damaged, but FFmpeg does not understand its header; "
                       "convert it with a player that does",
                       path, kind);
    if (!kind)
        return hs_fail(err, HS_E_FORMAT,
                       "%s: not audio of a kind that is read, or damaged at its beginning", path);
    return hs_fail(err, HS_E_FORMAT,
                   "%s: damaged: it begins as %s, but its header cannot be read; look for a whole "
                   "copy",
                   path, kind);
}
