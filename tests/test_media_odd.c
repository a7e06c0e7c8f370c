/* SPDX-License-Identifier: Apache-2.0 */
/* test-cost: 30 */
/* What is odd: DSD, lists of other files in disguise, truncated files, changes in
 * mid-stream, absurd headers, tags; and memory, which must not grow with the length. */
#include "fixture_dir.h"
#include "media_files.h"

#include <fcntl.h>
#include <malloc.h>
#include <unistd.h>

static char dir[] = P_tmpdir "/hs_odd_XXXXXX";
static struct hs_arena arena;

static char *file_in(const char *name)
{
    return hs_path_join(&arena, dir, name);
}

static char *make_source(const char *name, int rate, int n_channels, long n_frames)
{
    struct hs_buf b = {0};
    char *path = file_in(name);
    put_wave(&b, WAVE_16, rate, n_channels, n_frames);
    write_buf(path, &b);
    return path;
}

/* DSD by a second-order modulator: a 1 kHz sine of a quarter of full modulation. */
enum { DSD_HZ = 2822400, DSD_BLOCK = 4096, DSD_BITS = 1000000 };

static void modulate(unsigned char *out, double amplitude, bool low_bit_first)
{
    double s1 = 0, s2 = 0, y = 1;
    memset(out, 0, DSD_BITS / 8);
    for (int i = 0; i < DSD_BITS; i++) {
        double x = amplitude * sin(2 * 3.14159265358979323846 * 1000 * i / DSD_HZ);
        s1 += x - y;
        s2 += s1 - 2 * y;
        y = s2 >= 0 ? 1 : -1;
        if (y > 0)
            out[i / 8] |= (unsigned char)(1 << (low_bit_first ? i % 8 : 7 - i % 8));
    }
}

static void put_dsf(struct hs_buf *b, const unsigned char *bits)
{
    long blocks = (DSD_BITS / 8 + DSD_BLOCK - 1) / DSD_BLOCK, data = 12 + blocks * DSD_BLOCK * 2;
    hs_buf_puts(b, "DSD ");
    put_low(b, 28, 8);
    put_low(b, 80 + data, 8);
    put_low(b, 0, 8);
    hs_buf_puts(b, "fmt ");
    put_low(b, 52, 8);
    put_low(b, 1, 4);
    put_low(b, 0, 4);
    put_low(b, 2, 4); /* stereo */
    put_low(b, 2, 4);
    put_low(b, DSD_HZ, 4);
    put_low(b, 1, 4); /* lowest bit first */
    put_low(b, DSD_BITS, 8);
    put_low(b, DSD_BLOCK, 4);
    put_low(b, 0, 4);
    hs_buf_puts(b, "data");
    put_low(b, data, 8);
    for (long k = 0; k < blocks * 2; k++)
        for (long i = k / 2 * DSD_BLOCK; i < (k / 2 + 1) * DSD_BLOCK; i++)
            hs_buf_putc(b, i < DSD_BITS / 8 ? (char)bits[i] : 0x69);
}

static void put_high(struct hs_buf *b, unsigned long x, int n)
{
    while (n--)
        hs_buf_putc(b, (char)(x >> 8 * n & 255));
}

static void put_dff(struct hs_buf *b, const unsigned char *bits)
{
    long data = DSD_BITS / 8 * 2;
    hs_buf_puts(b, "FRM8");
    put_high(b, (unsigned long)(4 + 16 + 12 + 4 + 16 + 22 + 26 + 12 + data), 8);
    hs_buf_puts(b, "DSD FVER");
    put_high(b, 4, 8);
    put_high(b, 0x01050000, 4);
    hs_buf_puts(b, "PROP");
    put_high(b, 4 + 16 + 22 + 18, 8);
    hs_buf_puts(b, "SND FS  ");
    put_high(b, 4, 8);
    put_high(b, DSD_HZ, 4);
    hs_buf_puts(b, "CHNL");
    put_high(b, 10, 8);
    put_high(b, 2, 2);
    hs_buf_puts(b, "SLFTSRGT");
    hs_buf_puts(b, "CMPR");
    put_high(b, 6, 8);
    hs_buf_puts(b, "DSD ");
    put_high(b, 0, 2);
    hs_buf_puts(b, "DSD ");
    put_high(b, (unsigned long)data, 8);
    for (long i = 0; i < data; i++)
        hs_buf_putc(b, (char)bits[i / 2]);
}

static void check_dsd(const char *path)
{
    struct sound s;
    if (!CHECK(read_sound(&s, path, 8192)))
        return;
    CHECK_TEXT(s.err.msg, "");
    CHECK(s.stream.sample_rate_hz == DSD_HZ / 8 && s.stream.n_channels == 2);
    CHECK(s.n_frames == DSD_BITS / 8 && s.stream.lossless);
    CHECK(strstr(s.remark, "DSD") != NULL);
    double re = 0, im = 0;
    long period = 3528, from = 10 * period / 10, n = 300 * period / 10; /* whole periods */
    for (long i = from; i < from + n && i < (long)s.n_frames; i++) {
        double phase = 2 * 3.14159265358979323846 * 1000 * (double)i / (DSD_HZ / 8);
        re += (double)s.channel[1][i] * cos(phase);
        im += (double)s.channel[1][i] * sin(phase);
    }
    CHECK_NEAR(2 * hypot(re, im) / (double)n, 0.25, 0.004);
    free_sound(&s);
}

static void test_dsd(void)
{
    unsigned char *bits = hs_malloc(DSD_BITS / 8);
    struct hs_buf b = {0};
    modulate(bits, 0.25, true);
    put_dsf(&b, bits);
    write_buf(file_in("a.dsf"), &b);
    check_dsd(file_in("a.dsf"));
    modulate(bits, 0.25, false);
    put_dff(&b, bits);
    write_buf(file_in("a.dff"), &b);
    check_dsd(file_in("a.dff"));
    hs_free(bits);
}

/* A file that names other files must not make us read them, whatever it is called. */
static void test_lists(void)
{
    static const struct {
        const char *name, *before, *after;
    } lists[] = {
        {"list.wav", "ffconcat version 1.0\nfile ", "\n"},
        {"list2.wav", "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:2\n#EXTINF:2.0,\n",
         "\n#EXT-X-ENDLIST\n"},
        {"list.flac", "#EXTM3U\n", "\n"},
        {"list3.wav", "[playlist]\nFile1=", "\nNumberOfEntries=1\nVersion=2\n"},
        {"list.mp3",
         "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\n"
         "m=audio 5004 RTP/AVP 0\na=",
         "\n"},
        {"list.m4a",
         "<?xml version=\"1.0\"?><MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\" "
         "type=\"static\"><BaseURL>",
         "</BaseURL></MPD>"},
    };
    char *target = make_source("target.wav", 44100, 2, 44100);
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        struct hs_buf b = {0};
        struct sound s;
        hs_buf_printf(&b, "%s%s%s", lists[i].before, target, lists[i].after);
        write_buf(file_in(lists[i].name), &b);
        CHECK(!read_sound(&s, file_in(lists[i].name), 1000));
        if (!CHECK(s.err.status == HS_E_FORMAT && strstr(s.err.msg, lists[i].name)))
            fprintf(stderr, "%d: %s\n", s.err.status, s.err.msg);
        free_sound(&s);
    }
    struct sound s; /* names that look like protocols are names */
    CHECK(!read_sound(&s, "concat:target.wav|target.wav", 1000) && s.err.status == HS_E_MISSING);
    CHECK(!read_sound(&s, "http://127.0.0.1/a.wav", 1000) && s.err.status == HS_E_MISSING);
}

/* The first part of the file: what it holds comes out as it was, then an error or a
 * remark; `said` false where the format has no way to tell that something is missing.
 */
static void check_cut(const char *name, const char *arguments, int rate, double part,
                      enum hs_status expected)
{
    char *from = make_source("whole.wav", rate, 2, 4L * rate), *path = file_in(name);
    struct sound whole, cut;
    struct hs_buf b = {0};
    if (!convert(from, arguments, path) || !CHECK(read_sound(&whole, path, 16384)))
        return;
    CHECK(hs_fs_read(path, 1 << 24, &b, NULL) == HS_OK);
    b.len = (size_t)(part * (double)b.len);
    write_buf(path, &b);
    CHECK(read_sound(&cut, path, 16384));
    if (!CHECK(cut.err.status == expected))
        fprintf(stderr, "%s: %zu frames, \"%s\", \"%s\"\n", name, cut.n_frames, cut.err.msg,
                cut.remark);
    CHECK(cut.err.status || cut.remark[0]);
    CHECK(cut.n_frames > (size_t)((part - 0.2) * (double)whole.n_frames));
    CHECK(cut.n_frames < whole.n_frames);
    size_t same = 0;
    for (size_t i = 0; i < cut.n_frames && i < whole.n_frames; i++)
        same += cut.channel[1][i] == whole.channel[1][i];
    CHECK(same + 5000 > cut.n_frames);
    free_sound(&whole);
    free_sound(&cut);
}

static void test_truncated(void)
{
    check_cut("cut.wav", "-c:a pcm_s24le", 44100, 0.6, HS_E_FORMAT);
    check_cut("cut64.wav", "-c:a pcm_s16le -rf64 always", 44100, 0.6, HS_E_FORMAT);
    check_cut("cut.w64", "sox", 44100, 0.6, HS_E_FORMAT);
    check_cut("cut.aiff", "-c:a pcm_s16be", 44100, 0.6, HS_E_FORMAT);
    check_cut("cut.caf", "-c:a pcm_s16be", 44100, 0.6, HS_E_FORMAT);
    check_cut("cut.flac", "-c:a flac", 44100, 0.6, HS_E_FORMAT);
    check_cut("cut.wv", "-c:a wavpack", 44100, 0.6, HS_E_FORMAT);
    check_cut("cut.tta", "-c:a tta", 44100, 0.6, HS_E_FORMAT);
    check_cut("cut.m4a", "-c:a alac -movflags +faststart", 44100, 0.6, HS_E_FORMAT);
    check_cut("cutaac.m4a", "-c:a aac -movflags +faststart", 44100, 0.6, HS_E_FORMAT);
    check_cut("cut.mp3", "-c:a libmp3lame", 44100, 0.6, HS_E_FORMAT);
    check_cut("cut.ogg", "-c:a libvorbis", 44100, 0.6, HS_E_FORMAT);
    check_cut("cut.opus", "-c:a libopus", 48000, 0.6, HS_E_FORMAT);
    check_cut("cut.mka", "-c:a flac", 44100, 0.6, HS_E_FORMAT);
    check_cut("cut.wma", "-c:a wmav2", 44100, 0.6, HS_E_FORMAT);
    check_cut("cut.aac", "-c:a aac -f adts", 44100, 0.6, HS_OK); /* no length anywhere */
}

/* One flipped bit in the middle of the audio of a lossless file is found. */
static void test_flipped(void)
{
    static const char *const files[][2] = {
        {"flip.flac", "-c:a flac"}, {"flip.wv", "-c:a wavpack"}, {"flip.tta", "-c:a tta"}};
    char *from = make_source("whole.wav", 44100, 2, 4 * 44100);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct hs_buf b = {0};
        struct sound s;
        char *path = file_in(files[i][0]);
        if (!convert(from, files[i][1], path) ||
            !CHECK(hs_fs_read(path, 1 << 24, &b, NULL) == HS_OK))
            continue;
        b.data[b.len / 2] ^= 4;
        write_buf(path, &b);
        CHECK(read_sound(&s, path, 5000) && s.err.status == HS_E_FORMAT);
        CHECK(s.n_frames > 44100 && s.n_frames < 3 * 44100);
        free_sound(&s);
    }
}

/* Streams so short that one page, one packet or one frame holds all. */
static void test_short(void)
{
    static const char *const files[][2] = {
        {"short.ogg", "-c:a libvorbis"}, {"short.oga", "-c:a flac"},
        {"short.opus", "-c:a libopus"},  {"short.mp3", "-c:a libmp3lame"},
        {"short.m4a", "-c:a aac"},       {"short.flac", "-c:a flac"},
        {"short.webm", "-c:a libopus"},  {"short.wv", "-c:a wavpack"}};
    static const long lengths[] = {2000, 10000, 20000, 30000, 47000};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        for (size_t k = 0; k < sizeof lengths / sizeof *lengths; k++) {
            char *from = make_source("short.wav", 48000, 2, lengths[k]);
            char *path = file_in(files[i][0]);
            struct sound s;
            if (!convert(from, files[i][1], path) || !CHECK(read_sound(&s, path, 700)))
                continue;
            if (!CHECK((long)s.n_frames == lengths[k] && !s.err.status))
                fprintf(stderr, "%s: %zu, not %ld\n", path, s.n_frames, lengths[k]);
            free_sound(&s);
        }
}

/* Old tags and padding behind the audio of an intact file are no damage to it. */
static void test_tails(void)
{
    static const char *const files[][2] = {
        {"tail.flac", "-c:a flac"},      {"tail.wv", "-c:a wavpack"},     {"tail.tta", "-c:a tta"},
        {"tail.wav", "-c:a pcm_s16le"},  {"tail.aiff", "-c:a pcm_s16be"}, {"tail.m4a", "-c:a alac"},
        {"tail.mp3", "-c:a libmp3lame"}, {"tail.ogg", "-c:a libvorbis"}};
    char *from = make_source("whole.wav", 44100, 2, 44100);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct hs_buf b = {0};
        struct sound s;
        char *path = file_in(files[i][0]);
        if (!convert(from, files[i][1], path) ||
            !CHECK(hs_fs_read(path, 1 << 24, &b, NULL) == HS_OK))
            continue;
        hs_buf_puts(&b, "TAG"); /* ID3v1: 128 bytes */
        for (int k = 0; k < 125; k++)
            hs_buf_putc(&b, k < 30 ? 'x' : 0);
        write_buf(path, &b);
        CHECK(read_sound(&s, path, 5000));
        CHECK_TEXT(s.err.msg, "");
        CHECK_TEXT(s.remark, "");
        if (!CHECK(s.n_frames == 44100))
            fprintf(stderr, "%s: %zu\n", files[i][0], s.n_frames);
        free_sound(&s);
    }
}

/* Two Ogg files one behind the other play on, unless the rate or the channels change.
 */
static void test_chained(void)
{
    static const struct {
        int rate, n_channels;
        enum hs_status end;
    } second[] = {{44100, 2, HS_OK}, {48000, 2, HS_E_FORMAT}, {44100, 1, HS_E_FORMAT}};
    for (size_t i = 0; i < 3; i++) {
        struct hs_buf b = {0};
        struct sound s;
        convert(make_source("one.wav", 44100, 2, 44100), "-c:a libvorbis", file_in("one.ogg"));
        convert(make_source("two.wav", second[i].rate, second[i].n_channels, 44100),
                "-c:a libvorbis", file_in("two.ogg"));
        CHECK(!hs_fs_read(file_in("one.ogg"), 1 << 24, &b, NULL));
        struct hs_buf more = {0};
        CHECK(!hs_fs_read(file_in("two.ogg"), 1 << 24, &more, NULL));
        hs_buf_put(&b, more.data, more.len);
        hs_buf_free(&more);
        write_buf(file_in("chain.ogg"), &b);
        CHECK(read_sound(&s, file_in("chain.ogg"), 4096) && s.err.status == second[i].end);
        if (second[i].end)
            CHECK(strstr(s.err.msg, "changes at 1.0") && s.n_frames <= 44100);
        else
            CHECK_NEAR((double)s.n_frames, 2 * 44100, 200);
        free_sound(&s);
    }
}

static void test_absurd(void)
{
    static const struct {
        int rate, n_channels;
        const char *word;
    } headers[] = {{2000000000, 2, "Hz"}, {44100, 64, "channels"}, {10, 1, "Hz"}};
    for (size_t i = 0; i < 3; i++) {
        struct hs_buf b = {0};
        struct sound s;
        put_wave_header(&b, WAVE_16, headers[i].rate, headers[i].n_channels, 20000);
        for (int k = 0; k < 20000 * headers[i].n_channels; k++)
            put_low(&b, k % 9973, 2);
        write_buf(file_in("absurd.wav"), &b);
        CHECK(!read_sound(&s, file_in("absurd.wav"), 1000));
        if (!CHECK(s.err.status == HS_E_LIMIT && strstr(s.err.msg, headers[i].word)))
            fprintf(stderr, "%s\n", s.err.msg);
    }
}

/* A chunk of 1.9 GB (a hole in the file) would be read into memory: refused, and said why. One that
 * only claims to have that much leads nowhere. */
static void test_greedy(void)
{
    enum { CLAIMED = 0x70000000 };
    struct hs_buf b = {0}, greedy = {0};
    struct sound s;
    put_wave(&b, WAVE_16, 44100, 2, 1000);
    hs_buf_put(&greedy, b.data, 12);
    hs_buf_puts(&greedy, "bext");
    put_low(&greedy, CLAIMED, 4);
    const char *path = file_in("greedy.wav");
    hs_buf_put(&greedy, b.data + 12, b.len - 12);
    write_buf(path, &greedy);
    CHECK(!read_sound(&s, path, 1000));
    CHECK(s.err.status != HS_OK && strstr(s.err.msg, "do not lead to audio"));
    int fd = open(path, O_WRONLY);
    CHECK(fd >= 0 && ftruncate(fd, 20) == 0);
    CHECK(pwrite(fd, b.data + 12, b.len - 12, 20 + (off_t)CLAIMED) == (ssize_t)b.len - 12);
    CHECK(close(fd) == 0);
    CHECK(!read_sound(&s, path, 1000));
    CHECK(s.err.status == HS_E_LIMIT && strstr(s.err.msg, "memory"));
    CHECK(unlink(path) == 0);
    hs_buf_free(&b);
}

/* What malloc has handed out and not got back, with the file open at its end. */
static double heap_after_reading(const char *path)
{
    struct hs_source source = {.path = path};
    struct hs_reader *r;
    const float *const *p;
    size_t n;
    double heap = 0;
    if (!CHECK(hs_reader_open(&r, &source, NULL) == HS_OK))
        return 0;
    while (!hs_reader_read(r, 16384, &p, &n, NULL) && n)
        heap = fmax(heap, (double)mallinfo2().uordblks + (double)mallinfo2().hblkhd);
    hs_reader_close(r);
    return heap;
}

static void test_memory(void)
{
    static const long seconds[] = {600, 3600};
    double heap[2];
    for (int i = 0; i < 2; i++) { /* silence that takes no place on the disk */
        struct hs_buf b = {0};
        char *path = file_in("long.wav");
        put_wave_header(&b, WAVE_16, 44100, 2, seconds[i] * 44100);
        write_buf(path, &b);
        CHECK(truncate(path, 68 + seconds[i] * 44100 * 4) == 0);
        heap[i] = heap_after_reading(path);
        if (i == 0)
            convert(path, "-c:a flac -compression_level 0", file_in("600.flac"));
    }
    CHECK_NEAR(heap[1], heap[0], 100e3);
    convert(file_in("600.flac"), "-t 60 -c:a flac", file_in("60.flac"));
    heap[0] = heap_after_reading(file_in("60.flac"));
    CHECK_NEAR(heap_after_reading(file_in("600.flac")), heap[0], 100e3);
}

int main(void)
{
    hs_media_init();
    CHECK(mkdtemp(dir) != NULL);
    test_dsd();
    test_lists();
    test_truncated();
    test_flipped();
    test_short();
    test_tails();
    test_chained();
    test_absurd();
    test_greedy();
    test_memory();
    CHECK(remove_tree(dir));
    hs_arena_free(&arena);
    return check_done();
}
