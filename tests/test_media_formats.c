/* SPDX-License-Identifier: Apache-2.0 */
/* Every format that is read: lossless ones give the stored samples bit for bit, lossy
 * ones the right length and no delay; and seeking gives what reading straight gives.
 * test-labels: once */
#include "fixture_dir.h"
#include "media_files.h"

enum { FRAMES = 99991 }; /* prime: no whole number of any codec's frames */

enum promise {
    BITS,   /* every sample as stored */
    LENGTH, /* as many frames, at the right place */
    NEARLY, /* within two frames of the codec, and a remark */
};

struct format {
    const char *file, *arguments;
    enum promise promise;
    enum wave wave;
    const char *channels; /* counts to try: "126" */
    int rate_hz;          /* 0: 44100 */
    int frame;            /* of the codec, for NEARLY */
};

static const struct format formats[] = {
    {"a.wav", "-c:a pcm_s16le", BITS, WAVE_16, "126", 0, 0},
    {"b.wav", "-c:a pcm_s24le", BITS, WAVE_24, "126", 0, 0},
    {"c.wav", "-c:a pcm_f32le", BITS, WAVE_FLOAT, "126", 0, 0},
    {"d.wav", "-c:a pcm_f64le", BITS, WAVE_FLOAT, "2", 0, 0},
    {"e.wav", "-c:a pcm_s32le", BITS, WAVE_24, "2", 0, 0},
    {"bwf.wav", "-c:a pcm_s24le -write_bext 1 -metadata description=x", BITS, WAVE_24, "2", 0, 0},
    {"rf64.wav", "-c:a pcm_s24le -rf64 always", BITS, WAVE_24, "126", 0, 0},
    {"a.w64", "sox", BITS, WAVE_16, "12", 0, 0},
    {"b.w64", "sox", BITS, WAVE_24, "26", 0, 0},
    {"a.aiff", "-c:a pcm_s16be", BITS, WAVE_16, "12", 0, 0},
    {"b.aiff", "-c:a pcm_s24be", BITS, WAVE_24, "12", 0, 0},
    {"c.aiff", "-c:a pcm_s16le", BITS, WAVE_16, "2", 0, 0}, /* AIFF-C "sowt" */
    {"a.caf", "-c:a pcm_s16be", BITS, WAVE_16, "12", 0, 0},
    {"b.caf", "-c:a pcm_f32le", BITS, WAVE_FLOAT, "26", 0, 0},
    {"c.caf", "-c:a alac", BITS, WAVE_24, "2", 0, 0},
    {"a.flac", "-c:a flac", BITS, WAVE_16, "126", 0, 0},
    {"b.flac", "-c:a flac -sample_fmt s32", BITS, WAVE_24, "126", 96000, 0},
    {"a.m4a", "-c:a alac", BITS, WAVE_16, "12", 0, 0},
    {"b.m4a", "-c:a alac -sample_fmt s32p", BITS, WAVE_24, "2", 0, 0},
    {"a.wv", "-c:a wavpack", BITS, WAVE_16, "126", 0, 0},
    {"b.wv", "-c:a wavpack -sample_fmt fltp", BITS, WAVE_FLOAT, "2", 0, 0},
    {"a.tta", "-c:a tta", BITS, WAVE_16, "12", 0, 0},
    {"b.tta", "-c:a tta -sample_fmt s32", BITS, WAVE_24, "2", 0, 0},
    {"a.au", "-c:a pcm_s16be", BITS, WAVE_16, "2", 0, 0},
    {"a.mov", "-c:a pcm_s24le", BITS, WAVE_24, "2", 0, 0},
    {"a.mp4", "-c:a flac -strict -2", BITS, WAVE_16, "2", 0, 0},
    {"a.mkv", "-c:a flac", BITS, WAVE_16, "26", 0, 0},
    {"b.mkv", "-c:a pcm_s24le", BITS, WAVE_24, "2", 0, 0},
    {"a.oga", "-c:a flac", BITS, WAVE_16, "2", 0, 0},
    {"a.mp3", "-c:a libmp3lame -b:a 192k", LENGTH, WAVE_16, "12", 0, 0},
    {"vbr.mp3", "-c:a libmp3lame -q:a 2", LENGTH, WAVE_24, "2", 48000, 0},
    {"aac.m4a", "-c:a aac -b:a 192k", LENGTH, WAVE_16, "126", 0, 0},
    {"aac.mp4", "-c:a aac -movflags +faststart", LENGTH, WAVE_16, "2", 48000, 0},
    {"mp3.mp4", "-c:a libmp3lame", LENGTH, WAVE_16, "2", 0, 0},
    {"opus.mp4", "-c:a libopus", LENGTH, WAVE_16, "2", 48000, 0},
    {"a.ogg", "-c:a libvorbis -q:a 5", LENGTH, WAVE_16, "126", 0, 0},
    {"a.opus", "-c:a libopus", LENGTH, WAVE_16, "126", 48000, 0},
    {"opus.webm", "-c:a libopus", LENGTH, WAVE_16, "2", 48000, 0},
    {"opus.mka", "-c:a libopus", LENGTH, WAVE_16, "1", 48000, 0},
    {"a.aac", "-c:a aac -f adts", NEARLY, WAVE_16, "12", 0, 1024},
    {"noxing.mp3", "-c:a libmp3lame -write_xing 0", NEARLY, WAVE_16, "2", 0, 1152},
    {"a.mp2", "-c:a mp2", NEARLY, WAVE_16, "2", 0, 1152},
    {"a.wma", "-c:a wmav2", NEARLY, WAVE_16, "12", 0, 2048},
    {"b.wma", "-c:a wmav1", NEARLY, WAVE_16, "2", 0, 2048},
    {"aac.mkv", "-c:a aac", NEARLY, WAVE_16, "2", 0, 1024},
    {"mp3.mkv", "-c:a libmp3lame", NEARLY, WAVE_16, "2", 0, 1152},
    {"vorbis.mkv", "-c:a libvorbis", NEARLY, WAVE_16, "2", 0, 1024},
    {"frag.mp4", "-c:a aac -movflags frag_keyframe+empty_moov", NEARLY, WAVE_16, "2", 0, 1024},
};

static size_t wrong_samples(const struct sound *s, int rate, enum wave wave)
{
    size_t wrong = 0;
    for (int c = 0; c < s->stream.n_channels; c++)
        for (size_t i = 0; i < s->n_frames; i++)
            wrong += s->channel[c][i] != stored_at((long)i, rate, c, wave);
    return wrong;
}

/* Where between -40 and 40 frames the decoded channel is most like the signal; a
 * channel at another place than its own would not be like it at all. */
static int lag_of(const struct sound *s, int rate, int channel, double *likeness)
{
    double best = -1;
    int at = 9999;
    for (int lag = -40; lag <= 40; lag++) {
        double xy = 0, xx = 1e-9, yy = 1e-9;
        for (long i = 500; i + 500 < (long)s->n_frames; i += 3) {
            double x = (double)s->channel[channel][i], y = signal_at(i - lag, rate, channel);
            xy += x * y;
            xx += x * x;
            yy += y * y;
        }
        if (xy / sqrt(xx * yy) > best) {
            best = xy / sqrt(xx * yy);
            at = lag;
        }
    }
    *likeness = best;
    return at;
}

static void check_seeking(const struct sound *s, const char *path)
{
    static const double places[] = {0.5, 0.1, 0.93, 0.0, 0.11, 0.999, 0.3, 1.0, 0.31};
    struct hs_source source = {.path = path};
    struct hs_reader *r;
    struct hs_error err = {0};
    if (!CHECK(hs_reader_open(&r, &source, &err) == HS_OK))
        return;
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        const float *const *p;
        size_t n = 0, at = (size_t)(places[i] * (double)s->n_frames);
        size_t left = s->n_frames - at < 6000 ? s->n_frames - at : 6000;
        CHECK(hs_reader_seek(r, (int64_t)at, &err) == HS_OK);
        CHECK(hs_reader_read(r, 6000, &p, &n, &err) == HS_OK && n == left);
        for (int c = 0; n == left && c < s->stream.n_channels; c++)
            if (!CHECK(!memcmp(p[c], s->channel[c] + at, n * sizeof(float))))
                fprintf(stderr, "%s: seek to %zu\n", path, at);
    }
    hs_reader_close(r);
}

static void check_length(const struct format *f, const struct sound *s, int rate)
{
    double likeness = 0;
    if (f->promise == NEARLY) {
        CHECK_NEAR((double)s->n_frames, FRAMES, 2.0 * f->frame);
        CHECK(strstr(s->remark, "within two frames") != NULL);
        return;
    }
    CHECK(s->n_frames == FRAMES);
    CHECK_TEXT(s->remark, "");
    CHECK_NEAR(s->stream.duration_s, (double)FRAMES / rate, 0.1);
    for (int c = 0; c < s->stream.n_channels && s->n_frames == FRAMES; c++) {
        if (c == 3 && f->promise == LENGTH)
            continue; /* the LFE of lossy codecs holds low frequencies only */
        if (f->promise == BITS)
            continue;
        CHECK_NEAR(lag_of(s, rate, c, &likeness), 0, 1);
        CHECK(likeness > 0.9);
    }
}

static void check_layout(const struct hs_stream *s)
{
    static const enum hs_channel surround[] = {HS_CH_LEFT,          HS_CH_RIGHT,
                                               HS_CH_CENTRE,        HS_CH_LFE,
                                               HS_CH_LEFT_SURROUND, HS_CH_RIGHT_SURROUND};
    if (s->n_channels == 2)
        CHECK(s->layout[0] == HS_CH_LEFT && s->layout[1] == HS_CH_RIGHT);
    if (s->n_channels == 6)
        CHECK(!memcmp(s->layout, surround, sizeof surround));
}

static void check_format(const struct format *f, const char *dir, int n_channels)
{
    struct hs_arena a = {0};
    struct hs_buf b = {0};
    struct sound s, t;
    int failed = check_n_failed, rate = f->rate_hz ? f->rate_hz : 44100;
    char *from = hs_path_join(&a, dir, "source.wav"), *path = hs_path_join(&a, dir, f->file);
    put_wave(&b, f->wave, rate, n_channels, FRAMES);
    write_buf(from, &b);
    if (convert(from, f->arguments, path) && CHECK(read_sound(&s, path, 16384))) {
        CHECK(s.err.status == HS_OK && s.stream.n_channels == n_channels);
        CHECK(s.stream.sample_rate_hz == rate && s.stream.lossless == (f->promise == BITS));
        check_layout(&s.stream);
        check_length(f, &s, rate);
        if (f->promise == BITS)
            CHECK(wrong_samples(&s, rate, f->wave) == 0);
        CHECK(read_sound(&t, path, 1001) && t.n_frames == s.n_frames);
        for (int c = 0; c < n_channels; c++)
            CHECK(!memcmp(s.channel[c], t.channel[c], s.n_frames * sizeof(float)));
        free_sound(&t);
        check_seeking(&s, path);
        if (check_n_failed > failed)
            fprintf(stderr, "%s, %d channels, \"%s\": %zu frames, remark \"%s\", error \"%s\"\n",
                    f->file, n_channels, f->arguments, s.n_frames, s.remark, s.err.msg);
        free_sound(&s);
    }
    unlink(path);
    hs_arena_free(&a);
}

/* A sample that is no number in the last block of a file of floats, behind which the decoder has
 * ended, is bridged and told like any other. */
static void test_no_number_at_the_end(const char *dir)
{
    struct hs_arena a = {0};
    struct hs_buf b = {0};
    struct sound s;
    char *path = hs_path_join(&a, dir, "nan.wav");
    const float nothing = NAN;
    put_wave(&b, WAVE_FLOAT, 44100, 2, FRAMES);
    memcpy(b.data + b.len - 50 * 2 * sizeof nothing, &nothing, sizeof nothing);
    write_buf(path, &b);
    if (CHECK(read_sound(&s, path, 16384) && s.n_frames == FRAMES)) {
        CHECK(isfinite(s.channel[0][FRAMES - 50]));
        CHECK(strstr(s.remark, "1 sample is no audio") != NULL);
        free_sound(&s);
    }
    unlink(path);
    hs_arena_free(&a);
}

/* Bytes that this process has read so far. */
static long long bytes_read(void)
{
    long long n = -1;
    FILE *f = fopen("/proc/self/io", "re");
    if (f && fscanf(f, "rchar: %lld", &n) != 1)
        n = -1;
    if (f)
        fclose(f);
    return n;
}

/* A WAV of 8 MB is opened for some of it. */
static void test_opening_reads_little(const char *dir)
{
    struct hs_arena a = {0};
    struct hs_buf b = {0};
    struct hs_reader *r = NULL;
    char *path = hs_path_join(&a, dir, "long.wav");
    put_wave(&b, WAVE_24, 44100, 2, 30L * 44100);
    write_buf(path, &b);
    const struct hs_source source = {.path = path};
    const long long before = bytes_read();
    CHECK(hs_reader_open(&r, &source, NULL) == HS_OK);
    const long long after = bytes_read();
    CHECK(before >= 0 && after - before < 512 << 10);
    hs_reader_close(r);
    unlink(path);
    hs_arena_free(&a);
}

int main(void)
{
    char dir[] = P_tmpdir "/hs_formats_XXXXXX";
    hs_media_init();
    CHECK(mkdtemp(dir) != NULL);
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        for (const char *c = formats[i].channels; *c; c++)
            check_format(&formats[i], dir, *c - '0');
    test_no_number_at_the_end(dir);
    test_opening_reads_little(dir);
    CHECK(remove_tree(dir));
    return check_done();
}
