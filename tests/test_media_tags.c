/* SPDX-License-Identifier: Apache-2.0 */
/* The same tags under one name from every system of tags; stream facts without
 * decoding. */
#include "fixture_dir.h"
#include "media_files.h"

static const char *tag(const struct hs_tags *tags, const char *key)
{
    for (size_t i = 0; i < tags->n; i++)
        if (!strcmp(tags->items[i].key, key))
            return tags->items[i].value;
    return "(none)";
}

static const char common[] = "-metadata title=A%Title -metadata artist=Ärger -metadata "
                             "album=Album -metadata track=3/12 "
                             "-metadata disc=2 -metadata date=1999 -metadata "
                             "genre=Rock -metadata album_artist=Band ";

/* Which keys each container can carry besides the common ones. */
static const struct {
    const char *file, *arguments, *codec;
    bool isrc, disc, album_artist;
} files[] = {
    {"a.mp3", "-c:a libmp3lame -metadata TSRC=AUXX10400001 -metadata publisher=Red", "mp3", true,
     true, true},
    {"a.flac", "-c:a flac -metadata ISRC=AUXX10400001 -metadata organization=Red", "flac", true,
     true, true},
    {"a.ogg", "-c:a libvorbis -metadata ISRC=AUXX10400001 -metadata label=Red", "vorbis", true,
     true, true},
    {"a.opus", "-c:a libopus -metadata isrc=AUXX10400001 -metadata LABEL=Red", "opus", true, true,
     true},
    {"a.m4a", "-c:a aac", "aac", false, true, true},
    {"a.wma", "-c:a wmav2 -metadata WM/ISRC=AUXX10400001 -metadata WM/Publisher=Red", "wmav2", true,
     true, true},
    {"a.wv", "-c:a wavpack -metadata ISRC=AUXX10400001 -metadata Label=Red", "wavpack", true, true,
     true},
    {"a.mka", "-c:a flac -metadata ISRC=AUXX10400001 -metadata PUBLISHER=Red", "flac", true, true,
     true},
    {"a.wav", "-c:a pcm_s16le", "pcm_s16le", false, false, false},
};

static void check_common(const struct hs_tags *tags, size_t i)
{
    CHECK_TEXT(tag(tags, "TITLE"), "A%Title");
    CHECK_TEXT(tag(tags, "ARTIST"), "Ärger");
    CHECK_TEXT(tag(tags, "ALBUM"), "Album");
    CHECK_TEXT(tag(tags, "DATE"), "1999");
    CHECK_TEXT(tag(tags, "GENRE"), "Rock");
    CHECK(!strncmp(tag(tags, "TRACKNUMBER"), "3", 1));
    if (files[i].isrc) {
        CHECK_TEXT(tag(tags, "ISRC"), "AUXX10400001");
        CHECK_TEXT(tag(tags, "LABEL"), "Red");
    }
    if (files[i].disc)
        CHECK_TEXT(tag(tags, "DISCNUMBER"), "2");
    if (files[i].album_artist)
        CHECK_TEXT(tag(tags, "ALBUMARTIST"), "Band");
}

static void test_files(const char *dir)
{
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct hs_arena a = {0};
        struct hs_buf b = {0};
        struct hs_stream stream;
        struct hs_tags tags;
        struct hs_error err = {0};
        char arguments[400], *path = hs_path_join(&a, dir, files[i].file);
        char *from = hs_path_join(&a, dir, "from.wav");
        int failed = check_n_failed;
        put_wave(&b, WAVE_16, 48000, 2, 96000);
        write_buf(from, &b);
        snprintf(arguments, sizeof arguments, "%s%s", common, files[i].arguments);
        convert(from, arguments, path);
        if (!CHECK(hs_media_probe(path, &a, &stream, &tags, &err) == HS_OK))
            fprintf(stderr, "%s\n", err.msg);
        check_common(&tags, i);
        CHECK_TEXT(stream.codec, files[i].codec);
        CHECK(stream.sample_rate_hz == 48000 && stream.n_channels == 2);
        CHECK_NEAR(stream.duration_s, 2, 0.06);
        CHECK(stream.tag_year == 1999);
        CHECK_TEXT(stream.tag_genre, "Rock");
        CHECK_TEXT(stream.tag_artist, "Ärger");
        for (size_t k = 0; check_n_failed > failed && k < tags.n; k++)
            fprintf(stderr, "%s: %s=%s\n", files[i].file, tags.items[k].key, tags.items[k].value);
        hs_arena_free(&a);
    }
}

static void put_text(struct hs_buf *b, const char *s, size_t room)
{
    size_t n = strlen(s);
    hs_buf_put(b, s, n);
    while (n++ < room)
        hs_buf_putc(b, 0);
}

/* A broadcast wave chunk (EBU Tech 3285) behind the samples, with bytes that are no
 * UTF-8. */
static void test_bext(const char *dir)
{
    struct hs_arena a = {0};
    struct hs_buf b = {0};
    struct hs_stream stream;
    struct hs_tags tags;
    char *path = hs_path_join(&a, dir, "bwf.wav");
    put_wave(&b, WAVE_24, 44100, 2, 5000);
    hs_buf_puts(&b, "bext");
    put_low(&b, 602, 4);
    put_text(&b, "Song mix v7 \xe9", 256);
    put_text(&b, "Red Room", 32);
    put_text(&b, "AUXXX0400001", 32);
    put_text(&b, "2004-05-06", 10);
    put_text(&b, "07:08:09", 8);
    put_low(&b, 158760000, 8);
    put_low(&b, 1, 2);
    put_text(&b, "", 64 + 190);
    write_buf(path, &b);
    CHECK(hs_media_probe(path, &a, &stream, &tags, NULL) == HS_OK);
    CHECK_TEXT(tag(&tags, "DESCRIPTION"), "Song mix v7 \xe9");
    CHECK_TEXT(tag(&tags, "ORIGINATOR"), "Red Room");
    CHECK_TEXT(tag(&tags, "ORIGINATORREFERENCE"), "AUXXX0400001");
    CHECK_TEXT(tag(&tags, "ORIGINATIONDATE"), "2004-05-06");
    CHECK_TEXT(tag(&tags, "TIMEREFERENCE"), "158760000");
    CHECK(stream.bits == 24 && stream.lossless);
    CHECK_NEAR(stream.duration_s, 5000 / 44100.0, 1e-6);
    hs_arena_free(&a);
}

int main(void)
{
    char dir[] = P_tmpdir "/hs_tags_XXXXXX";
    hs_media_init();
    CHECK(mkdtemp(dir) != NULL);
    test_files(dir);
    test_bext(dir);
    CHECK(remove_tree(dir));
    return check_done();
}
