/* SPDX-License-Identifier: Apache-2.0 */
/* Ogg files that libavformat does not open as they are: headers that come twice, which players
 * pass over, and what can be proven of damage. */
#include "media/ogg.h"
#include "media_files.h"

static char dir[] = P_tmpdir "/hs_ogg_XXXXXX";
static struct hs_arena arena;

static const char *file_in(const char *name)
{
    return hs_path_join(&arena, dir, name);
}

static size_t page_at(const struct hs_buf *b, size_t at)
{
    const unsigned char *p = (const unsigned char *)b->data + at;
    size_t n = 27u + p[26];
    for (int i = 0; i < p[26]; i++)
        n += p[27 + i];
    return n;
}

/* Numbers the pages anew and renews their checksums (RFC 3533: polynomial 0x04c11db7). */
static void seal(struct hs_buf *b)
{
    uint32_t number = 0;
    for (size_t at = 0; at < b->len; at += page_at(b, at)) {
        unsigned char *p = (unsigned char *)b->data + at;
        uint32_t sum = 0;
        for (int i = 0; i < 4; i++) {
            p[18 + i] = (unsigned char)(number >> 8 * i);
            p[22 + i] = 0;
        }
        number++;
        for (size_t i = 0; i < page_at(b, at); i++) {
            sum ^= (uint32_t)p[i] << 24;
            for (int k = 0; k < 8; k++)
                sum = sum << 1 ^ (sum >> 31 ? 0x04c11db7u : 0);
        }
        for (int i = 0; i < 4; i++)
            p[22 + i] = (unsigned char)(sum >> 8 * i);
    }
}

/* A file with its first pages, `from` to `to` of them, once more before the audio. */
static void make_twice(const char *name, int from, int to)
{
    struct hs_buf once = {0}, b = {0};
    size_t at = 0, again[2] = {0, 0};
    CHECK(!hs_fs_read(file_in("once.ogg"), 1 << 24, &once, NULL));
    for (int page = 0; page < to; page++) {
        again[0] = page == from ? at : again[0];
        at += page_at(&once, at);
        again[1] = at;
    }
    hs_buf_put(&b, once.data, at);
    size_t second = b.len;
    hs_buf_put(&b, once.data + again[0], again[1] - again[0]);
    b.data[second + 5] = 0; /* the stream does not begin again */
    hs_buf_put(&b, once.data + at, once.len - at);
    seal(&b);
    write_buf(file_in(name), &b);
    hs_buf_free(&once);
}

static void test_headers_twice(void)
{
    struct sound once, twice;
    make_twice("twice.ogg", 0, 2);
    CHECK(!hs_ogg_second_headers(file_in("once.ogg")));
    CHECK(hs_ogg_second_headers(file_in("twice.ogg")) > 58);
    CHECK(hs_ogg_is_whole(file_in("twice.ogg"), NULL));
    CHECK(read_sound(&once, file_in("once.ogg"), 4096) && !once.err.status);
    CHECK(read_sound(&twice, file_in("twice.ogg"), 4096) && !twice.err.status);
    CHECK(once.n_frames == 3 * 44100 && twice.n_frames == once.n_frames);
    for (int c = 0; c < 2; c++)
        CHECK(!memcmp(once.channel[c], twice.channel[c], once.n_frames * sizeof(float)));
    CHECK(!*twice.remark);
    free_sound(&once);
    free_sound(&twice);
}

/* Comments and codebooks twice without an identification: libavformat 5 gives up, and the bytes are
 * right. The same with one of them changed is damaged. */
static void test_not_understood(void)
{
    struct hs_buf b = {0};
    struct sound s;
    make_twice("odd.ogg", 1, 2);
    if (!read_sound(&s, file_in("odd.ogg"), 4096)) /* newer ones read it */
        CHECK(s.err.status == HS_E_UNSUPPORTED && strstr(s.err.msg, "nothing of an Ogg file"));
    free_sound(&s);
    CHECK(!hs_fs_read(file_in("odd.ogg"), 1 << 24, &b, NULL));
    b.data[b.len - 9] = (char)(b.data[b.len - 9] ^ 1);
    write_buf(file_in("bad.ogg"), &b);
    CHECK(read_sound(&s, file_in("bad.ogg"), 4096) || s.err.status == HS_E_FORMAT);
    free_sound(&s);
}

static void test_whole(void)
{
    struct hs_buf b = {0}, gone = {0};
    CHECK(hs_ogg_is_whole(file_in("once.ogg"), NULL));
    CHECK(!hs_fs_read(file_in("once.ogg"), 1 << 24, &b, NULL));
    size_t first = page_at(&b, 0), second = page_at(&b, first);
    size_t third = page_at(&b, first + second), before = first + second + third;
    hs_buf_put(&gone, b.data, first + second);
    hs_buf_put(&gone, b.data + before, b.len - before);
    write_buf(file_in("gone.ogg"), &gone);
    CHECK(!hs_ogg_is_whole(file_in("gone.ogg"), NULL)); /* a page of audio is missing */
    hs_buf_put(&gone, b.data, first + second);
    write_buf(file_in("head.ogg"), &gone);
    CHECK(!hs_ogg_is_whole(file_in("head.ogg"), NULL)); /* no audio */
    hs_buf_put(&gone, b.data, b.len - 100);
    write_buf(file_in("cut.ogg"), &gone);
    CHECK(!hs_ogg_is_whole(file_in("cut.ogg"), NULL));
    b.data[before + 200] = (char)(b.data[before + 200] ^ 16);
    write_buf(file_in("flip.ogg"), &b);
    CHECK(!hs_ogg_is_whole(file_in("flip.ogg"), NULL));
    CHECK(!hs_ogg_is_whole(file_in("nowhere.ogg"), NULL));
}

int main(void)
{
    hs_media_init();
    CHECK(mkdtemp(dir) != NULL);
    struct hs_buf b = {0};
    put_wave(&b, WAVE_16, 44100, 2, 3L * 44100);
    write_buf(file_in("a.wav"), &b);
    convert(file_in("a.wav"), "-c:a libvorbis", file_in("once.ogg"));
    test_headers_twice();
    test_not_understood();
    test_whole();
    CHECK(run_program((const char *const[]){"rm", "-r", dir, NULL}) == 0);
    hs_arena_free(&arena);
    return check_done();
}
