/* SPDX-License-Identifier: Apache-2.0 */
/* Layouts of many channels: what counts how much, held against libebur128, which is told the
 * places as BS.2051 names them; to which side each is mixed down; and what is refused. */
#include "fixture_dir.h"
#include "media_files.h"

#include "measured_file.h"
#include "media/layout.h"
#include "model/values.h"

#include <ebur128.h>

static char dir[] = P_tmpdir "/hs_layout_XXXXXX";
static struct hs_arena arena;

enum { N = 36000, MASK_AT = 40 };
#define NO_PLACE EBUR128_UNUSED

/* Channels in the order of the mask: the place for libebur128, and the side (-1 left, 1 right,
 * 0 both, 2 none). */
struct spot {
    int place, side;
};
struct layout {
    const char *name;
    uint32_t mask;
    int n;
    struct spot spots[18];
};

static const struct layout layouts[] = {
    {"5.1 with a rear pair",
     0x3f,
     6,
     {{EBUR128_Mp030, -1},
      {EBUR128_Mm030, 1},
      {EBUR128_Mp000, 0},
      {NO_PLACE, 2},
      {EBUR128_Mp110, -1},
      {EBUR128_Mm110, 1}}},
    {"7.1",
     0x63f,
     8,
     {{EBUR128_Mp030, -1},
      {EBUR128_Mm030, 1},
      {EBUR128_Mp000, 0},
      {NO_PLACE, 2},
      {EBUR128_Mp135, -1},
      {EBUR128_Mm135, 1},
      {EBUR128_Mp090, -1},
      {EBUR128_Mm090, 1}}},
    {"5.1.4",
     0x2d60f,
     10,
     {{EBUR128_Mp030, -1},
      {EBUR128_Mm030, 1},
      {EBUR128_Mp000, 0},
      {NO_PLACE, 2},
      {EBUR128_Mp110, -1},
      {EBUR128_Mm110, 1},
      {EBUR128_Up045, -1},
      {EBUR128_Um045, 1},
      {EBUR128_Up135, -1},
      {EBUR128_Um135, 1}}},
    {"7.1.4",
     0x2d63f,
     12,
     {{EBUR128_Mp030, -1},
      {EBUR128_Mm030, 1},
      {EBUR128_Mp000, 0},
      {NO_PLACE, 2},
      {EBUR128_Mp135, -1},
      {EBUR128_Mm135, 1},
      {EBUR128_Mp090, -1},
      {EBUR128_Mm090, 1},
      {EBUR128_Up045, -1},
      {EBUR128_Um045, 1},
      {EBUR128_Up135, -1},
      {EBUR128_Um135, 1}}},
    {"every place that a mask has",
     0x3ffff,
     18,
     {{EBUR128_Mp030, -1},
      {EBUR128_Mm030, 1},
      {EBUR128_Mp000, 0},
      {NO_PLACE, 2},
      {EBUR128_Mp135, -1},
      {EBUR128_Mm135, 1},
      {EBUR128_MpSC, -1},
      {EBUR128_MmSC, 1},
      {EBUR128_Mp180, 0},
      {EBUR128_Mp090, -1},
      {EBUR128_Mm090, 1},
      {EBUR128_Tp000, 0},
      {EBUR128_Up045, -1},
      {EBUR128_Up000, 0},
      {EBUR128_Um045, 1},
      {EBUR128_Up135, -1},
      {EBUR128_Up180, 0},
      {EBUR128_Um135, 1}}},
};

/* A file in which only the channels [from, to) sound. */
static const char *file_of(const struct layout *l, int from, int to)
{
    struct hs_buf b = {0};
    char *path = hs_path_join(&arena, dir, "layout.wav");
    put_wave(&b, WAVE_16, 48000, l->n, N);
    for (int i = 0; i < 4; i++)
        b.data[MASK_AT + i] = (char)(l->mask >> 8 * i & 255);
    size_t head = b.len - (size_t)N * (size_t)l->n * 2;
    for (size_t i = head; i < b.len; i++) {
        int c = (int)((i - head) / 2 % (size_t)l->n);
        if (c < from || c >= to)
            b.data[i] = 0;
    }
    write_buf(path, &b);
    return path;
}

static double ebur128_lufs(const struct sound *s, const struct layout *l)
{
    double lufs = 0;
    ebur128_state *e = ebur128_init((unsigned)l->n, 48000, EBUR128_MODE_I);
    for (int c = 0; c < l->n; c++)
        ebur128_set_channel(e, (unsigned)c, l->spots[c].place);
    for (size_t i = 0; i < s->n_frames; i++) {
        float frame[HS_MAX_CHANNELS];
        for (int c = 0; c < l->n; c++)
            frame[c] = s->channel[c][i];
        ebur128_add_frames_float(e, frame, 1);
    }
    ebur128_loudness_global(e, &lufs);
    ebur128_destroy(&e);
    return lufs;
}

/* The whole, and each channel alone. */
static void check_layout(const struct layout *l)
{
    for (int c = -1; c < l->n; c++) {
        struct sound s;
        int failed = check_n_failed;
        const char *path = c < 0 ? file_of(l, 0, l->n) : file_of(l, c, c + 1);
        struct hs_values v = measured_file(&arena, path);
        if (CHECK(read_sound(&s, path, 4096)) && CHECK(s.stream.n_channels == l->n)) {
            double lufs = hs_values_or_nan(&v, "integrated_lufs");
            if (c >= 0 && l->spots[c].side == 2)
                CHECK(isnan(lufs));
            else
                CHECK_NEAR(lufs, ebur128_lufs(&s, l), 0.01);
        }
        double balance = hs_values_or_nan(&v, "balance_db");
        if (c >= 0 && l->spots[c].side == 0)
            CHECK_NEAR(balance, 0, 0.001);
        if (c >= 0 && abs(l->spots[c].side) == 1) /* one side is silent */
            CHECK(!(l->spots[c].side * balance >= 0));
        if (check_n_failed > failed)
            fprintf(stderr, "%s, channel %d\n", l->name, c);
        free_sound(&s);
    }
}

/* The same file as other programs write it. */
static void check_other_containers(const struct layout *l)
{
    static const char *const kinds[] = {"w64", "wv", "rf64.wav"};
    const char *path = file_of(l, 0, l->n);
    double lufs =
        hs_values_or_nan((struct hs_values[]){measured_file(&arena, path)}, "integrated_lufs");
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        char *out = hs_arena_printf(&arena, "%s/other.%s", dir, kinds[k]);
        const char *argv[] = {"ffmpeg", "-nostdin", "-v",     "error", "-y", "-i",
                              path,     "-rf64",    "always", out,     NULL};
        const char *plain[] = {"ffmpeg", "-nostdin", "-v", "error", "-y", "-i", path, out, NULL};
        if (!CHECK(run_program(k == 2 ? argv : plain) == 0))
            continue;
        struct hs_values v = measured_file(&arena, out);
        if (!CHECK_NEAR(hs_values_or_nan(&v, "integrated_lufs"), lufs, 1e-9))
            fprintf(stderr, "%s as %s\n", l->name, kinds[k]);
    }
}

/* 22.2 by BS.2051 system H: three rings of loudspeakers. No file of it can be written here (a
 * mask of WAVE has no room for it), so the roles are looked at. */
static void test_22_2(void)
{
    static const AVChannelLayout given = AV_CHANNEL_LAYOUT_22POINT2;
    static const struct {
        enum AVChannel channel;
        enum hs_channel role;
    } known[] = {
        {AV_CHAN_FRONT_LEFT, HS_CH_LEFT_SURROUND},   /* M+060 */
        {AV_CHAN_FRONT_RIGHT, HS_CH_RIGHT_SURROUND}, /* M-060 */
        {AV_CHAN_FRONT_LEFT_OF_CENTER, HS_CH_LEFT},  /* M+030 */
        {AV_CHAN_FRONT_RIGHT_OF_CENTER, HS_CH_RIGHT},
        {AV_CHAN_SIDE_LEFT, HS_CH_LEFT_SURROUND}, /* M+090 */
        {AV_CHAN_BACK_LEFT, HS_CH_LEFT_OTHER},    /* M+135 */
        {AV_CHAN_BACK_CENTER, HS_CH_OTHER},
        {AV_CHAN_TOP_SIDE_RIGHT, HS_CH_RIGHT_OTHER}, /* U-090 */
        {AV_CHAN_BOTTOM_FRONT_LEFT, HS_CH_LEFT_OTHER},
        {AV_CHAN_LOW_FREQUENCY_2, HS_CH_LFE},
    };
    enum hs_channel roles[HS_MAX_CHANNELS];
    CHECK(hs_layout_roles(&given, roles) == HS_LAYOUT_SPEAKERS);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        int at = av_channel_layout_index_from_channel(&given, known[i].channel);
        if (!CHECK(at >= 0 && roles[at] == known[i].role))
            fprintf(stderr, "channel %d of 22.2: role %d\n", at, (int)roles[at]);
    }
    int n_heavy = 0; /* 60, 90 degrees on either side */
    for (int c = 0; c < 24; c++)
        n_heavy += roles[c] == HS_CH_LEFT_SURROUND || roles[c] == HS_CH_RIGHT_SURROUND;
    CHECK(n_heavy == 4);
    static const AVChannelLayout sixteen = AV_CHANNEL_LAYOUT_HEXADECAGONAL;
    CHECK(hs_layout_roles(&sixteen, roles) == HS_LAYOUT_SPEAKERS);
    int wide = av_channel_layout_index_from_channel(&sixteen, AV_CHAN_WIDE_RIGHT);
    CHECK(wide >= 0 && roles[wide] == HS_CH_RIGHT_SURROUND);
}

static void check_refused(const char *path, const char *words)
{
    struct sound s;
    if (!CHECK(!read_sound(&s, path, 4096) && strstr(s.err.msg, words)))
        fprintf(stderr, "%s: %s\n", path, s.err.msg);
    free_sound(&s);
}

static void test_refused(void)
{
    static const struct layout unnamed = {"12 unnamed", 0, 12, {{0}}},
                               other_mask = {"a mask of 2 of 9", 3, 9, {{0}}},
                               eight = {"8 unnamed", 0, 8, {{0}}};
    check_refused(file_of(&unnamed, 0, 12), "12 channels, and the file does not say where");
    check_refused(file_of(&other_mask, 0, 9), "9 channels, and the file does not say where");
    measured_file(&arena, file_of(&eight, 0, 8));
    char *field = hs_path_join(&arena, dir, "field.opus");
    const char *argv[] = {"ffmpeg",
                          "-nostdin",
                          "-v",
                          "error",
                          "-y",
                          "-f",
                          "s16le",
                          "-ar",
                          "48000",
                          "-channel_layout",
                          "ambisonic 1",
                          "-i",
                          file_of(&eight, 0, 8),
                          "-c:a",
                          "libopus",
                          "-mapping_family",
                          "2",
                          field,
                          NULL};
    if (CHECK(run_program(argv) == 0))
        check_refused(field, "a sound field (Ambisonics)");
}

int main(void)
{
    hs_media_init();
    CHECK(mkdtemp(dir) != NULL);
    for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++)
        check_layout(&layouts[i]);
    check_other_containers(&layouts[3]);
    test_22_2();
    test_refused();
    CHECK(remove_tree(dir));
    hs_arena_free(&arena);
    return check_done();
}
