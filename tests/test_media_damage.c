/* SPDX-License-Identifier: Apache-2.0 */
/* Damaged media: every format cut off, with flipped bits, zeroed stretches and
 * scrambled headers, some hundred variants from one seed. Reading ends, in time and in
 * bounded memory, with audio or with words; never by a crash. Each format is tried in a
 * child, so that the count of what survived is known whatever happens. */
#include "fixture_dir.h"
#include "media_files.h"

#include "core/num.h"

#include <sys/mman.h>
#include <sys/resource.h>

enum { VARIANTS = 24, SECONDS_EACH = 120, FRAMES = 20011 };

static const char *const files[][2] = {
    {"a.wav", "-c:a pcm_s24le"},
    {"b.wav", "-c:a pcm_s16le -rf64 always -write_bext 1 -metadata description=x"},
    {"c.wav", "-c:a adpcm_ms"},
    {"a.w64", "sox"},
    {"a.aiff", "-c:a pcm_s16be"},
    {"a.caf", "-c:a alac"},
    {"a.au", "-c:a pcm_s16be"},
    {"a.flac", "-c:a flac -metadata title=x"},
    {"a.wv", "-c:a wavpack"},
    {"a.tta", "-c:a tta"},
    {"a.m4a", "-c:a alac"},
    {"b.m4a", "-c:a aac -movflags +faststart -metadata title=x"},
    {"c.mp4", "-c:a aac -movflags frag_keyframe+empty_moov"},
    {"a.mp3", "-c:a libmp3lame -metadata title=x"},
    {"b.mp3", "-c:a libmp3lame -write_xing 0"},
    {"a.mp2", "-c:a mp2"},
    {"a.aac", "-c:a aac -f adts"},
    {"a.ac3", "-c:a ac3"},
    {"a.ogg", "-c:a libvorbis"},
    {"a.oga", "-c:a flac"},
    {"a.opus", "-c:a libopus -ar 48000"},
    {"a.webm", "-c:a libopus -ar 48000"},
    {"a.mka", "-c:a flac"},
    {"a.wma", "-c:a wmav2"},
    {"a.thd", "-c:a truehd -strict -2"},
};

static void flip(struct hs_buf *b, struct hs_rng *rng, size_t times, size_t within)
{
    for (size_t i = 0; i < times; i++)
        b->data[hs_rng_below(rng, within)] ^= (char)(1 << hs_rng_below(rng, 8));
}

static void damage(struct hs_buf *b, struct hs_rng *rng, int variant)
{
    size_t head = b->len < 400 ? b->len : 400, at = hs_rng_below(rng, b->len);
    switch (variant % 6) {
    case 0: /* cut off */
        b->len = 1 + at;
        break;
    case 1: /* a few bits, anywhere */
        flip(b, rng, 1 + hs_rng_below(rng, 20), b->len);
        break;
    case 2: /* the header */
        flip(b, rng, 1 + hs_rng_below(rng, 8), head);
        break;
    case 3: /* a stretch that a bad disk gave back as zeros */
        for (size_t i = at; i < b->len && i < at + 4096; i++)
            b->data[i] = 0;
        break;
    case 4: /* numbers of the header as large as they can be */
        at = hs_rng_below(rng, head);
        for (size_t i = at; i < b->len && i < at + 4; i++)
            b->data[i] = (char)(hs_rng_below(rng, 2) ? 0xff : 0x7f);
        break;
    default: /* a piece is missing, the rest moves up */
        hs_buf_consume(b, 0);
        if (at + 777 < b->len) {
            memmove(b->data + at, b->data + at + 777, b->len - at - 777);
            b->len -= 777;
        }
    }
}

/* Tags, all of the audio, and a seek, as an audit would. False: broke a promise. */
static bool survive(const char *path)
{
    struct hs_arena a = {0};
    struct hs_stream stream;
    struct hs_tags tags;
    struct hs_error err = {0};
    struct hs_reader *r = NULL;
    struct hs_source source = {.path = path};
    const float *const *p;
    size_t n, total = 0;
    bool good = true;
    hs_media_probe(path, &a, &stream, &tags, NULL);
    if (hs_reader_open(&r, &source, &err)) {
        good = !r && err.msg[0];
    } else {
        const struct hs_stream *s = hs_reader_stream(r);
        while (total < 400u * FRAMES && !hs_reader_read(r, 4096, &p, &n, &err) && n)
            total += n;
        good = s->n_channels >= 1 && s->n_channels <= HS_MAX_CHANNELS && s->sample_rate_hz > 0 &&
               (!err.status || err.msg[0]) && total < 400u * FRAMES;
        if (!hs_reader_seek(r, (int64_t)total / 3, NULL))
            hs_reader_read(r, 100, &p, &n, NULL);
    }
    hs_reader_close(r);
    hs_arena_free(&a);
    return good;
}

/* In a child: the exit code is the number of variants that did not hold, 0 is right. */
static int try_all(const char *path, const struct hs_buf *whole, size_t seed)
{
    struct hs_rng rng = {seed * 1000 + 7};
    int bad = 0;
    for (int variant = 0; variant < VARIANTS; variant++) {
        struct hs_buf b = {0};
        int fd = memfd_create("media", 0);
        char name[64];
        hs_buf_put(&b, whole->data, whole->len);
        damage(&b, &rng, variant);
        alarm(SECONDS_EACH);
        snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
        if (fd < 0 || write(fd, b.data, b.len) != (ssize_t)b.len || !survive(name)) {
            fprintf(stderr, "%s: variant %d\n", path, variant);
            bad++;
        }
        close(fd);
        hs_buf_free(&b);
    }
    return bad;
}

int main(void)
{
    char dir[] = P_tmpdir "/hs_damage_XXXXXX";
    struct hs_arena a = {0};
    struct hs_buf b = {0};
    long most_kib = 0;
    hs_media_init();
    CHECK(mkdtemp(dir) != NULL);
    char *from = hs_path_join(&a, dir, "from.wav");
    put_wave(&b, WAVE_16, 44100, 2, FRAMES);
    write_buf(from, &b);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char *path = hs_path_join(&a, dir, files[i][0]);
        if (!convert(from, files[i][1], path) ||
            !CHECK(hs_fs_read(path, 1 << 24, &b, NULL) == HS_OK))
            continue;
        fflush(NULL);
        pid_t pid = fork();
        if (pid == 0)
            _exit(try_all(path, &b, i));
        int status = -1;
        struct rusage used = {0};
        CHECK(wait4(pid, &status, 0, &used) == pid);
        if (!CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0))
            fprintf(stderr, "%s: status %#x\n", files[i][0], (unsigned)status);
        most_kib = used.ru_maxrss > most_kib ? used.ru_maxrss : most_kib;
        hs_buf_clear(&b);
    }
    /* The address sanitizer keeps what was freed for a while: its share comes on top.
     */
    CHECK(most_kib > 0 && most_kib < 700 * 1024);
    printf("%zu formats, %d variants each, most memory %ld MiB\n", sizeof files / sizeof *files,
           VARIANTS, most_kib / 1024);
    hs_buf_free(&b);
    CHECK(remove_tree(dir));
    hs_arena_free(&a);
    return check_done();
}
