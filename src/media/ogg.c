/* SPDX-License-Identifier: Apache-2.0 */
/* A page: "OggS", 22 bytes of header with the granule at 6, the serial number of its stream at 14,
 * its own number at 18 and the checksum at 22, the number of segments, their lengths, and so many
 * bytes. */
#include "media/ogg.h"

#include "core/alloc.h"
#include "media/raw.h"

#include <libavutil/crc.h>
#include <string.h>

enum {
    HEAD = 27,
    MOST_SEGMENTS = 255,
    MOST_PAGE = HEAD + MOST_SEGMENTS + MOST_SEGMENTS * 255,
    FIRST_OF_STREAM = 2,
    STREAMS = 16, /* side by side */
};

struct page {
    uint8_t bytes[MOST_PAGE];
    size_t n;
    uint32_t serial, number;
    bool first;      /* of its stream */
    int64_t granule; /* of the last packet that ends here; negative: none does */
};

/* False where there is no whole page. */
static bool page_read(FILE *f, int64_t at, struct page *p)
{
    uint8_t *b = p->bytes;
    p->n = HEAD;
    if (!hs_raw_at(f, at, b, HEAD) || memcmp(b, "OggS", 4) || fread(b + HEAD, 1, b[26], f) != b[26])
        return false;
    size_t content = 0;
    for (int i = 0; i < b[26]; i++)
        content += b[HEAD + i];
    p->n = HEAD + (size_t)b[26];
    if (fread(b + p->n, 1, content, f) != content)
        return false;
    p->n += content;
    p->serial = (uint32_t)hs_raw_little(b + 14, 4);
    p->number = (uint32_t)hs_raw_little(b + 18, 4);
    p->first = b[5] & FIRST_OF_STREAM;
    p->granule = (int64_t)hs_raw_little(b + 6, 8);
    return true;
}

/* The checksum is taken with its own four bytes at 0; libavutil holds it the other way round. */
static bool checksum_is_right(struct page *p)
{
    uint32_t said = (uint32_t)hs_raw_big(p->bytes + 22, 4);
    memset(p->bytes + 22, 0, 4);
    return av_crc(av_crc_get_table(AV_CRC_32_IEEE), 0, p->bytes, p->n) == said;
}

static bool begins_vorbis(const struct page *p)
{
    static const char id[] = "\x01vorbis";
    size_t at = HEAD + (size_t)p->bytes[26];
    return p->n >= at + strlen(id) && !memcmp(p->bytes + at, id, strlen(id));
}

int64_t hs_ogg_second_headers(const char *path)
{
    const int64_t far = 1 << 20; /* headers are smaller, with a cover in them mostly */
    int64_t found = 0;
    FILE *f = fopen(path, "rbe");
    struct page *p = HS_NEW(struct page);
    bool vorbis = f && page_read(f, 0, p) && p->first && begins_vorbis(p);
    uint32_t serial = p->serial;
    for (int64_t at = (int64_t)p->n; vorbis && !found && at < far && page_read(f, at, p);
         at += (int64_t)p->n) {
        bool again = p->serial == serial && !p->first && begins_vorbis(p);
        if (again)
            found = at;
        vorbis = again || p->granule <= 0; /* audio has not begun */
    }
    hs_free(p);
    if (f)
        fclose(f);
    return found;
}

struct streams { /* the last ones that began */
    uint32_t serial[STREAMS], next[STREAMS];
    size_t n, begun;
};

/* Whether no page of this one's stream is missing before it. */
static bool follows(struct streams *s, const struct page *p)
{
    size_t i = 0;
    while (i < s->n && s->serial[i] != p->serial)
        i++;
    if (i == s->n && !p->first)
        return false;
    bool right = p->first || p->number == s->next[i];
    if (i == s->n) {
        i = s->begun++ % STREAMS;
        s->n += s->n < STREAMS;
    }
    s->serial[i] = p->serial;
    s->next[i] = p->number + 1;
    return right;
}

bool hs_ogg_is_whole(const char *path, const struct hs_alive *alive)
{
    struct streams streams = {.n = 0};
    int64_t at = 0, size;
    bool right = true, audio = false;
    FILE *f = fopen(path, "rbe");
    if (!f)
        return false;
    struct page *p = HS_NEW(struct page);
    for (size = hs_raw_size(f); right && at < size; at += (int64_t)p->n) {
        right = page_read(f, at, p) && follows(&streams, p) && checksum_is_right(p);
        audio = audio || p->granule > 0;
        hs_alive_tell(alive, (double)p->n, 0);
    }
    hs_free(p);
    fclose(f);
    return right && audio;
}
