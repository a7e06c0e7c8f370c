/* SPDX-License-Identifier: Apache-2.0 */
/* WAVE files and their kin as programs really write them: without a mask of speakers, with
 * containers wider than the samples, with sizes that are wrong. Loudness is held against
 * libebur128, lengths and samples against what was written. */
#include "fixture_dir.h"
#include "media_files.h"

#include "measure/measure.h"
#include "measured_file.h"
#include "model/values.h"

#include <ebur128.h>

static char dir[] = P_tmpdir "/hs_wave_XXXXXX";
static struct hs_arena arena;

static char *file_in(const char *name)
{
    return hs_path_join(&arena, dir, name);
}

/* libebur128 takes unnamed channels in WAVE order: L R C, quad, 5.0, 5.1. */
static double ebur128_lufs(const struct sound *s)
{
    double lufs = 0;
    ebur128_state *e = ebur128_init((unsigned)s->stream.n_channels,
                                    (unsigned long)s->stream.sample_rate_hz, EBUR128_MODE_I);
    for (size_t i = 0; i < s->n_frames; i++) {
        float frame[HS_MAX_CHANNELS];
        for (int c = 0; c < s->stream.n_channels; c++)
            frame[c] = s->channel[c][i];
        ebur128_add_frames_float(e, frame, 1);
    }
    ebur128_loudness_global(e, &lufs);
    ebur128_destroy(&e);
    return lufs;
}

/* sox -M leaves a WAVE, AIFF or CAF file without a mask. */
static void test_layouts(void)
{
    static const char *const kinds[] = {"wav", "aiff", "caf"};
    struct hs_buf b = {0};
    put_wave(&b, WAVE_16, 48000, 1, 30000);
    write_buf(file_in("one.wav"), &b);
    for (int n = 3; n <= 6; n++)
        for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
            struct sound s;
            char *out = hs_arena_printf(&arena, "%s/m%d.%s", dir, n, kinds[k]);
            char gain[4][12] = {"0.2", "0.9", "0.5", "0.7"};
            const char *argv[32] = {"sox", "-M"};
            int at = 2;
            for (int c = 0; c < n; c++) {
                argv[at++] = "-v";
                argv[at++] = gain[c % 4];
                argv[at++] = file_in("one.wav");
            }
            argv[at++] = "-b";
            argv[at++] = "16";
            argv[at] = out;
            if (!CHECK(run_program(argv) == 0) || !CHECK(read_sound(&s, out, 4096)))
                continue;
            struct hs_values v = measured_file(&arena, out);
            if (!CHECK_NEAR(hs_values_or_nan(&v, "integrated_lufs"), ebur128_lufs(&s), 0.01))
                fprintf(stderr, "%s\n", out);
            free_sound(&s);
        }
}

/* A RIFF file of samples of `valid` bits at the top of containers of `bits`; `said`: what the
 * size field says, -1 the truth; `tag`: of the format, 1 or 0xfffe. */
struct recipe {
    int tag, n_channels, valid, bits, block_align;
    long n_frames, said;
};

static long whole_at(long i, int c, int valid)
{
    return lrint(signal_at(i, 48000, c) * (double)(1L << (valid - 1)));
}

static void put_recipe(struct hs_buf *b, const struct recipe *r)
{
    static const unsigned char guid[] = {0, 0, 0,    0, 0x10, 0,    0x80,
                                         0, 0, 0xaa, 0, 0x38, 0x9b, 0x71};
    bool wide = r->tag != 1;
    long bytes = r->n_frames * r->n_channels * r->bits / 8;
    hs_buf_puts(b, "RIFF");
    put_low(b, (wide ? 60 : 36) + bytes, 4);
    hs_buf_puts(b, "WAVEfmt ");
    put_low(b, wide ? 40 : 16, 4);
    put_low(b, r->tag, 2);
    put_low(b, r->n_channels, 2);
    put_low(b, 48000, 4);
    put_low(b, 48000L * r->block_align, 4);
    put_low(b, r->block_align, 2);
    put_low(b, wide ? r->bits : r->valid, 2);
    if (wide) {
        put_low(b, 22, 2);
        put_low(b, r->valid, 2);
        put_low(b, r->n_channels == 1 ? 4 : r->n_channels == 2 ? 3 : 0x3f, 4);
        put_low(b, 1, 2);
        hs_buf_put(b, guid, sizeof guid);
    }
    hs_buf_puts(b, "data");
    put_low(b, r->said >= 0 ? r->said : bytes, 4);
    for (long i = 0; i < r->n_frames; i++)
        for (int c = 0; c < r->n_channels; c++)
            put_low(b, whole_at(i, c, r->valid) * (1L << (r->bits - r->valid)), r->bits / 8);
}

static size_t wrong(const struct sound *s, const struct recipe *r)
{
    size_t n = 0;
    for (int c = 0; c < s->stream.n_channels; c++)
        for (size_t i = 0; i < s->n_frames; i++)
            n += s->channel[c][i] !=
                 (float)((double)whole_at((long)i, c, r->valid) / (double)(1L << (r->valid - 1)));
    return n;
}

static void check_recipe(const struct recipe *r, const char *behind, size_t n_behind, long expected,
                         const char *remark)
{
    struct hs_buf b = {0};
    struct sound s;
    char *path = file_in("recipe.wav");
    put_recipe(&b, r);
    hs_buf_put(&b, behind, n_behind);
    write_buf(path, &b);
    int failed = check_n_failed;
    if (CHECK(read_sound(&s, path, 5000))) {
        CHECK_TEXT(s.err.msg, "");
        CHECK((long)s.n_frames == expected && s.stream.n_channels == r->n_channels);
        CHECK(s.stream.bits == r->valid);
        CHECK(wrong(&s, r) == 0);
        CHECK(remark ? strstr(s.remark, remark) != NULL : !s.remark[0]);
    }
    if (check_n_failed > failed)
        fprintf(stderr, "%d of %d bits, %d channels: %zu frames, %d bits, \"%s\" \"%s\"\n",
                r->valid, r->bits, r->n_channels, s.n_frames, s.stream.bits, s.remark, s.err.msg);
    free_sound(&s);
}

static void test_valid_bits(void)
{
    static const int bits[][2] = {{16, 16}, {24, 24}, {16, 24}, {16, 32}, {20, 32}, {24, 32}};
    for (size_t i = 0; i < sizeof bits / sizeof *bits; i++)
        for (int n = 1; n <= 6; n += n == 2 ? 4 : 1) {
            struct recipe r = {0xfffe, n, bits[i][0], bits[i][1], n * bits[i][1] / 8, 20000, -1};
            check_recipe(&r, "", 0, 20000, NULL);
        }
    /* What contradicts itself is refused in words. */
    static const struct recipe bad[] = {{1, 2, 16, 16, 2, 20000, -1}, {1, 2, 24, 24, 5, 20000, -1}};
    for (size_t i = 0; i < 2; i++) {
        struct hs_buf b = {0};
        struct sound s;
        put_recipe(&b, &bad[i]);
        write_buf(file_in("bad.wav"), &b);
        CHECK(!read_sound(&s, file_in("bad.wav"), 1000) && strstr(s.err.msg, "do not fit"));
    }
}

/* Sizes: 0, all ones, a fifth, wrapped; and what may lie behind an honest one. */
static void test_sizes(void)
{
    static const char list[] = "LIST\x0e\0\0\0INFOINAM\x02\0\0\0x";
    const long n = 96000, bytes = n * 4;
    struct recipe r = {1, 2, 16, 16, 4, n, 0};
    char *junk = hs_calloc(1 << 20, 1);
    for (int i = 0; i < 500; i++)
        junk[i] = (char)(i * 7 + 1);
    check_recipe(&r, "", 0, n, NULL);
    r.said = 0xffffffff;
    check_recipe(&r, "", 0, n, NULL);
    for (int k = 0; k < 3; k++) { /* chunks behind audio of no said size are not music */
        static const long sizes[] = {0, 0xffffffff, 0x7ffff000};
        r.said = sizes[k];
        check_recipe(&r, list, sizeof list, n, NULL);
        check_recipe(&r, "bext\4\0\0\0abcdiXML\3\0\0\0xyz\0", 24, n, NULL);
    }
    r.said = bytes / 5;
    check_recipe(&r, "", 0, n, "says 0.40 s, but 2.00 s are there");
    check_recipe(&r, list, sizeof list, n, "says 0.40 s, but 2.00 s are there");
    r.said = bytes - 4 * 48000; /* as (size mod 4 GiB) of a longer file does */
    check_recipe(&r, "", 0, n, "all of it is read");
    check_recipe(&r, list, sizeof list, n, "all of it is read");
    r.said = -1;
    check_recipe(&r, list, sizeof list, n, NULL);
    check_recipe(&r, junk, 500, n, "500 bytes behind the audio");
    check_recipe(&r, junk + 4096, 1 << 19, n, "bytes of zeros");
    r.said = 0x7ffff000; /* SoX into a pipe */
    check_recipe(&r, "", 0, n, NULL);
    r.said = -1;
    check_recipe(&r, "data\x10\0\0\0abcdefghijklmnop", 24, n, "a second data chunk");
    struct recipe odd = {1, 1, 24, 24, 3, 20001, -1}; /* no pad byte where one is due */
    check_recipe(&odd, list, sizeof list, 20001, NULL);
    struct hs_buf second = {0};
    put_recipe(&second, &r);
    check_recipe(&r, second.data, second.len, n, "another WAVE file");
    hs_buf_free(&second);
    hs_free(junk);
}

/* Kin of RIFF, against the same sound in a file of the usual kind: SoX writes RIFX (-B), FFmpeg
 * RF64 whose size is then taken away, as a recorder that died leaves it. */
static void test_kin(void)
{
    struct recipe r = {1, 2, 16, 16, 4, 48000, -1};
    struct hs_buf b = {0};
    struct sound s;
    put_recipe(&b, &r);
    write_buf(file_in("plain.wav"), &b);
    const char *rifx[] = {"sox", "-D", file_in("plain.wav"), "-B", file_in("rifx.wav"), NULL};
    const char *wide[] = {"sox", "-D", file_in("plain.wav"), "-B",
                          "-b",  "24", file_in("wide.wav"),  NULL};
    const char *rf64[] = {"ffmpeg", "-nostdin",           "-v",    "error",  "-y",
                          "-i",     file_in("plain.wav"), "-rf64", "always", file_in("rf64.wav"),
                          NULL};
    CHECK(run_program(rifx) == 0 && run_program(wide) == 0 && run_program(rf64) == 0);
    CHECK(!hs_fs_read(file_in("rf64.wav"), 1 << 24, &b, NULL));
    memset(b.data + 20, 0, 24); /* the sizes in its ds64 chunk */
    write_buf(file_in("died.wav"), &b);
    static const char *const files[] = {"plain.wav", "rifx.wav", "rf64.wav", "died.wav"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        if (CHECK(read_sound(&s, file_in(files[i]), 4096)))
            CHECK(s.n_frames == 48000 && s.stream.bits == 16 && wrong(&s, &r) == 0);
        if (s.n_frames != 48000 || s.stream.bits != 16 || wrong(&s, &r))
            fprintf(stderr, "%s: %zu frames of %d bits, %s\n", files[i], s.n_frames, s.stream.bits,
                    s.err.msg);
        free_sound(&s);
    }
    CHECK(!read_sound(&s, file_in("wide.wav"), 4096) && strstr(s.err.msg, "only plain PCM"));
    free_sound(&s);
    /* A chunk of odd size without its pad byte: what follows cannot be found. */
    hs_buf_clear(&b);
    hs_buf_put(&b, "RIFF\x20\0\0\0WAVEjunk\3\0\0\0abcfmt ", 27);
    write_buf(file_in("odd.wav"), &b);
    CHECK(!read_sound(&s, file_in("odd.wav"), 4096) && strstr(s.err.msg, "do not lead to audio"));
    free_sound(&s);
}

/* DTS in a WAVE file that says PCM is decoded, also behind seconds of silence; a song that begins
 * with silence is PCM. */
static void test_dts(void)
{
    static const long silence[] = {0, 20000, 300000};
    struct hs_buf plain = {0}, dts = {0}, b = {0};
    put_wave(&plain, WAVE_16, 44100, 2, 44100);
    write_buf(file_in("source.wav"), &plain);
    convert(file_in("source.wav"), "-c:a dca -strict -2 -b:a 1411200 -f dts",
            file_in("source.dts"));
    CHECK(!hs_fs_read(file_in("source.dts"), 1 << 24, &dts, NULL));
    CHECK(!hs_fs_read(file_in("source.wav"), 1 << 24, &plain, NULL));
    for (size_t i = 0; i < sizeof silence / sizeof *silence; i++)
        for (int is_dts = 0; is_dts < 2; is_dts++) {
            long n_frames = silence[i] + (is_dts ? (long)dts.len / 4 : 44100);
            hs_buf_clear(&b);
            put_wave_header(&b, WAVE_16, 44100, 2, n_frames);
            for (long k = 0; k < 4 * silence[i]; k++)
                hs_buf_putc(&b, 0);
            const struct hs_buf *from = is_dts ? &dts : &plain;
            hs_buf_put(&b, from->data + (is_dts ? 0 : plain.len - 4 * 44100L),
                       is_dts ? dts.len : 4 * 44100L);
            write_buf(file_in("disc.wav"), &b);
            struct hs_reader *r;
            if (CHECK(!hs_reader_open(&r, &(struct hs_source){.path = file_in("disc.wav")}, NULL)))
                CHECK_TEXT(hs_reader_stream(r)->codec, is_dts ? "dts" : "pcm_s16le");
            hs_reader_close(r);
        }
    hs_buf_free(&plain);
    hs_buf_free(&dts);
    hs_buf_free(&b);
}

/* Hundreds of megabytes of zeros behind the audio are not read through, whether its size is
 * said, not said, or wrapped; a few seconds of silence at its end are music. */
static void test_zeros(void)
{
    static const struct {
        long said, size, n_frames;
        const char *remark;
    } cases[] = {
        {-1, 700L << 20, 48000, "bytes of zeros behind the audio are not read"},
        {0, 700L << 20, 48000, "bytes of zeros at the end are not read"},
        {0xffffffff, 700L << 20, 48000, "bytes of zeros at the end are not read"},
        {4L * 9600, 700L << 20, 48000, "bytes of zeros at the end are not read"},
        {4L * 9600, 44 + 4 * (48000 + 10 * 44100), 48000 + 10 * 44100, "all of it is read"},
        {0, 44 + 4 * (48000 + 10 * 44100), 48000 + 10 * 44100, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct recipe r = {1, 2, 16, 16, 4, 48000, cases[i].said};
        struct hs_buf b = {0};
        struct sound s;
        put_recipe(&b, &r);
        write_buf(file_in("zeros.wav"), &b);
        CHECK(!truncate(file_in("zeros.wav"), cases[i].size));
        alarm(60);
        CHECK(read_sound(&s, file_in("zeros.wav"), 5000));
        CHECK((long)s.n_frames == cases[i].n_frames);
        CHECK(cases[i].remark ? strstr(s.remark, cases[i].remark) != NULL : !s.remark[0]);
        alarm(0);
        free_sound(&s);
    }
}

/* More than 4 GiB under a size field that wrapped: what lies behind is found; only the end is
 * read here, in a file that is mostly a hole. */
static void test_beyond_4gib(void)
{
    const int64_t frames = (1LL << 30) + 500000; /* of four bytes */
    struct recipe r = {1, 2, 16, 16, 4, 48000, 4 * 500000};
    struct hs_buf b = {0};
    char *path = file_in("large.wav"), block[4096];
    put_recipe(&b, &r);
    size_t head = b.len - 4 * 48000;
    write_buf(path, &b);
    CHECK(!truncate(path, (off_t)head + 4 * frames));
    memset(block, 3, sizeof block);
    FILE *f = fopen(path, "r+b");
    if (f && !fseeko(f, (off_t)head + r.said, SEEK_SET)) /* no chunk's name */
        CHECK(fwrite("\xff\xff\xff\xff\xff\xff\xff\xff", 1, 8, f) == 8);
    CHECK(f && !fseeko(f, -(off_t)sizeof block, SEEK_END) &&
          fwrite(block, 1, sizeof block, f) == sizeof block);
    if (f)
        fclose(f);
    struct hs_source source = {.path = path};
    struct hs_reader *reader;
    const float *const *p;
    size_t n = 0;
    if (!CHECK(hs_reader_open(&reader, &source, NULL) == HS_OK))
        return;
    CHECK_NEAR(hs_reader_stream(reader)->duration_s, (double)frames / 48000, 1e-6);
    CHECK(hs_reader_seek(reader, frames - 1000, NULL) == HS_OK);
    CHECK(hs_reader_read(reader, 4000, &p, &n, NULL) == HS_OK && n == 1000);
    CHECK(n && p[1][n - 1] == 0x0303 / 32768.0f);
    hs_reader_close(reader);
    CHECK(!unlink(path));
}

/* sox and ffmpeg write whole blocks of ADPCM; sox says in the fact chunk how much is meant. */
static void test_adpcm(void)
{
    static const struct {
        const char *name, *arguments;
        bool exact;
    } files[] = {{"ms.wav", "sox -e ms-adpcm", true},
                 {"ima.wav", "sox -e ima-adpcm", true},
                 {"ffms.wav", "-c:a adpcm_ms", false},
                 {"ffima.wav", "-c:a adpcm_ima_wav", false}};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        for (int n_channels = 1; n_channels <= 2; n_channels++) {
            struct hs_buf b = {0};
            struct sound s;
            put_wave(&b, WAVE_16, 44100, n_channels, 99991);
            write_buf(file_in("pcm.wav"), &b);
            if (!convert(file_in("pcm.wav"), files[i].arguments, file_in(files[i].name)) ||
                !CHECK(read_sound(&s, file_in(files[i].name), 4096)))
                continue;
            CHECK_TEXT(s.err.msg, "");
            CHECK(files[i].exact ? s.n_frames == 99991 : s.n_frames >= 99991);
            free_sound(&s);
            CHECK(!hs_fs_read(file_in(files[i].name), 1 << 24, &b, NULL));
            b.len -= b.len / 3; /* and one that was cut is */
            write_buf(file_in("cut.wav"), &b);
            CHECK(read_sound(&s, file_in("cut.wav"), 4096) && strstr(s.err.msg, "truncated"));
            free_sound(&s);
        }
}

int main(void)
{
    hs_media_init();
    CHECK(mkdtemp(dir) != NULL);
    test_layouts();
    test_valid_bits();
    test_sizes();
    test_kin();
    test_dts();
    test_zeros();
    test_beyond_4gib();
    test_adpcm();
    CHECK(remove_tree(dir));
    hs_arena_free(&arena);
    return check_done();
}
