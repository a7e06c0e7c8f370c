/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A mixing desk with a known truth, for scripts/bench-instruments: songs given by part are mixed
 * with faders, a shared reverb, a compressor on the bus and a limiter; the parts are exported as a
 * DAW does (trimmed, some inverted, begun late); and what the fit finds is held against what was
 * done. Loudness is libebur128's.
 *
 *     stems_console FOLDER SEED [WORD[=VALUE]...]
 *
 * Words: bus=DB and limit=DB at the 95th percentile and at most; reverb=given or missing; move=DB
 * of one fader; mono, rate=HZ and normal (peak-normalised) of what is exported; missing: the
 * loudest part but one is not given; half: the stem of the loudest part ends in the middle of the
 * song; master=KBPS: the master as MP3; foreign=FOLDER: its parts are
 * given, too; take=FOLDER: its parts are given instead. part=NAME to=LU: the fader of a part is set
 * so that it stands there against the sum of all. keep=FOLDER: mix, master and what was exported
 * stay there and nothing is fitted; lines are song seed in name file truth then.
 *
 * One line for each part and file, words parted by tabs: song seed in name moved_db truth found
 * bound judged audible polarity place width why. The truth of what is not in the file is nan.
 */
#include "check.h"
#include "core/alloc.h"
#include "core/num.h"
#include "media/library.h"
#include "media/reader.h"
#include "signals.h"
#include "stems/analyse.h"
#include "wav_file.h"

#include <dirent.h>
#include <ebur128.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { RATE = 44100, MOST = 64 };

struct side {
    char path[256];
    struct hs_source source;
    struct hs_file file;
};

struct part {
    char name[96];
    bool stranger, kept; /* of another song or take; not given */
    bool half;           /* its stem ends in the middle of the song */
    struct signal x;     /* as it was played */
    struct signal y;     /* as it stands in the mix, then in the master */
    double fader_db, trim_db;
    int polarity;
};

static struct part part[MOST];
static size_t n_parts;

enum reverb { DRY, RETURN_GIVEN, RETURN_MISSING };
static struct desk {
    double bus_db, limit_db, move_db, to_lu;
    enum reverb reverb;
    bool mono, normal, missing, half;
    int rate, kbps;
    const char *foreign, *take, *part, *keep;
} desk = {.limit_db = 6, .rate = RATE, .to_lu = NAN};
static struct hs_rng rng;

static double between(double low, double high)
{
    return low + (high - low) * hs_rng_uniform(&rng);
}

static void load(const char *path, struct signal *s)
{
    struct hs_source source = {.path = path, .exists = true};
    struct hs_reader *r = NULL;
    struct hs_error err = {0};
    const float *const *x;
    size_t n;
    *s = signal_new(RATE, 2);
    CHECK(hs_reader_open(&r, &source, &err) == HS_OK);
    const int channels = hs_reader_stream(r)->n_channels;
    CHECK(hs_reader_stream(r)->sample_rate_hz == RATE);
    while (hs_reader_read(r, 65536, &x, &n, &err) == HS_OK && n) {
        if (s->n + n > s->cap)
            s->cap = 2 * s->cap + n;
        for (int c = 0; c < 2; c++) {
            s->x[c] = hs_realloc(s->x[c], s->cap, sizeof(float));
            memcpy(s->x[c] + s->n, x[c < channels ? c : 0], n * sizeof(float));
        }
        s->n += n;
    }
    hs_reader_close(r);
}

static double loudness(const struct signal *s)
{
    ebur128_state *e = ebur128_init(2, RATE, EBUR128_MODE_I);
    float *both = HS_NEW_ARRAY(float, 2 * s->n);
    double lufs = NAN;
    for (size_t i = 0; i < s->n; i++)
        both[2 * i] = s->x[0][i], both[2 * i + 1] = s->x[1][i];
    ebur128_add_frames_float(e, both, s->n);
    ebur128_loudness_global(e, &lufs);
    ebur128_destroy(&e);
    hs_free(both);
    return lufs;
}

static void copy(struct signal *to, const struct signal *from)
{
    *to = signal_new(RATE, 2);
    signal_extend(to, (double)from->n / RATE);
    for (int c = 0; c < 2; c++)
        memcpy(to->x[c], from->x[c], from->n * sizeof(float));
}

static void multiply(struct signal *s, const float *gain)
{
    for (int c = 0; c < 2; c++)
        for (size_t i = 0; i < s->n; i++)
            s->x[c][i] *= gain[i];
}

static void mix_down(struct signal *mix)
{
    copy(mix, &part[0].y);
    for (size_t p = 1; p < n_parts; p++)
        for (int c = 0; c < 2; c++)
            for (size_t i = 0; i < mix->n; i++)
                mix->x[c][i] += part[p].y.x[c][i];
}

/* Four combs and an allpass for each side, of all parts but bass and kick. */
static void reverb(struct signal *out, double db)
{
    static const int combs[2][4] = {{1557, 1617, 1491, 1422}, {1580, 1640, 1514, 1445}};
    copy(out, &part[0].y);
    for (int c = 0; c < 2; c++) {
        float *in = HS_NEW_ARRAY(float, out->n);
        memset(out->x[c], 0, out->n * sizeof(float));
        for (size_t p = 0; p < n_parts; p++) {
            enum hs_stem_role role = hs_stem_role_of(part[p].name);
            bool sent = role != HS_STEM_KICK && role != HS_STEM_BASS;
            for (size_t i = 0; sent && i < out->n; i++)
                in[i] += part[p].y.x[c][i];
        }
        for (int k = 0; k < 4; k++) {
            const size_t lag = (size_t)combs[c][k];
            float *y = HS_NEW_ARRAY(float, out->n);
            for (size_t i = 0; i < out->n; i++) {
                y[i] = (i >= lag ? in[i - lag] + 0.84f * y[i - lag] : 0);
                out->x[c][i] += y[i] * (float)hs_amplitude_from_db(db) / 4;
            }
            hs_free(y);
        }
        hs_free(in);
    }
}

static double follow(double held, double want)
{
    return held + (want - held) / ((want > held ? 0.01 : 0.12) * RATE);
}

/* Linked feed-forward compressor; the threshold is set so that its 95th percentile is the one that
 * is wanted. Its gain, sample by sample. */
static float *compressor(const struct signal *s, double wanted_db, double ratio)
{
    float *gain = HS_NEW_ARRAY(float, s->n);
    double *all = HS_NEW_ARRAY(double, s->n / 441 + 1);
    double threshold = 0, slope = 1 - 1 / ratio, envelope = 0;
    for (size_t i = 0; i < s->n; i++) {
        double power =
            ((double)s->x[0][i] * (double)s->x[0][i] + (double)s->x[1][i] * (double)s->x[1][i]) / 2;
        envelope += (power - envelope) / (0.005 * RATE);
        gain[i] = (float)(10 * log10(envelope + 1e-12));
    }
    for (int round = 0; round < 24; round++) {
        double held = 0;
        size_t n = 0;
        for (size_t i = 0; i < s->n; i++) {
            held = follow(held, slope * fmax((double)gain[i] - threshold, 0));
            if (i % 441 == 0)
                all[n++] = held;
        }
        hs_sort(all, n);
        double got = hs_quantile_sorted(all, n, .95);
        if (fabs(got - wanted_db) < 0.02)
            break;
        threshold -= (wanted_db - got) / slope;
    }
    double held = 0;
    for (size_t i = 0; i < s->n; i++) {
        held = follow(held, slope * fmax((double)gain[i] - threshold, 0));
        gain[i] = (float)hs_amplitude_from_db(-held);
    }
    hs_free(all);
    return gain;
}

/* Brick wall with 1.5 ms of look-ahead, `db` over the peak. */
static float *limiter(const struct signal *s, double db)
{
    float *gain = HS_NEW_ARRAY(float, s->n), *need = HS_NEW_ARRAY(float, s->n);
    float peak = 0;
    enum { AHEAD = 66 };
    for (size_t i = 0; i < s->n; i++)
        peak = fmaxf(peak, fmaxf(fabsf(s->x[0][i]), fabsf(s->x[1][i])));
    float top = peak * (float)hs_amplitude_from_db(-db), held = 1;
    float *soon = HS_NEW_ARRAY(float, s->n); /* the least of what comes within the look-ahead */
    for (size_t i = 0; i < s->n; i++)
        soon[i] = 1;
    for (size_t i = 0; i < s->n; i++) {
        float most = fmaxf(fabsf(s->x[0][i]), fabsf(s->x[1][i]));
        need[i] = most > top ? top / most : 1;
        for (size_t k = i >= AHEAD ? i - AHEAD + 1 : 0; need[i] < 1 && k <= i; k++)
            soon[k] = fminf(soon[k], need[i]);
    }
    for (size_t i = 0; i < s->n; i++) {
        const float least = soon[i];
        held = least < held ? held + (least - held) * 0.08f : held + (1 - held) * 0.0004f;
        gain[i] = fminf(held, need[i]) / top * 0.95f;
    }
    hs_free(need);
    hs_free(soon);
    return gain;
}

/* A high shelf as masters get one: one pole above 5 kHz. */
static void shelf(struct signal *s, double db)
{
    const float more = (float)hs_amplitude_from_db(db) - 1, pole = 0.5f;
    for (int c = 0; c < 2; c++) {
        float low = 0;
        for (size_t i = 0; i < s->n; i++) {
            low += pole * (s->x[c][i] - low);
            s->x[c][i] += more * (s->x[c][i] - low);
        }
    }
}

/* What the fit wants to know of a file. */
static struct hs_values measured(const struct signal *s, struct hs_arena *a)
{
    struct hs_values v;
    const size_t step = RATE / 10 * 10, n = s->n / step;
    float *series = HS_NEW_ARRAY(float, n + 1);
    for (size_t k = 0; k < n; k++) {
        double sum = 0;
        for (size_t i = k * step; i < (k + 1) * step; i++)
            sum += pow((double)s->x[0][i], 2) + pow((double)s->x[1][i], 2);
        series[k] = (float)(10 * log10(sum / (double)step + 1e-12));
    }
    hs_values_init(&v, a);
    hs_values_number(&v, "duration_s", (double)s->n / RATE);
    hs_values_number(&v, "sample_rate_hz", RATE);
    hs_values_number(&v, "integrated_lufs", loudness(s));
    hs_values_series(&v, "short_term_lufs", series, n, 0, 1);
    hs_free(series);
    return v;
}

static void put(struct side *to, const struct signal *s, struct hs_arena *a)
{
    const char *folder = getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp";
    snprintf(to->path, sizeof to->path, "%s/console_XXXXXX.wav", desk.keep ? desk.keep : folder);
    close(mkstemps(to->path, 4));
    put_wav(to->path, s);
    to->source = (struct hs_source){.path = to->path, .shown = to->path, .exists = true};
    to->file =
        (struct hs_file){.source = &to->source, .state = HS_FILE_OK, .values = measured(s, a)};
}

static float peak_of(const struct signal *s)
{
    float peak = 1e-9f;
    for (int c = 0; c < 2; c++)
        for (size_t i = 0; i < s->n; i++)
            peak = fmaxf(peak, fabsf(s->x[c][i]));
    return peak;
}

/* Writes the file anew, as ffmpeg makes it with these words. */
static void convert(struct side *of, const char *words, const char *ending)
{
    char command[1024], path[256];
    snprintf(path, sizeof path, "%.240s%s", of->path, ending);
    snprintf(command, sizeof command, "ffmpeg -nostdin -v error -y -i %s %s %s", of->path, words,
             path);
    CHECK(system(command) == 0);
    unlink(of->path);
    snprintf(of->path, sizeof of->path, "%s", path);
}

/* As a DAW exports it: at some level, perhaps inverted, without its first `late` samples. */
static void export_part(struct side *to, const struct part *p, size_t late, struct hs_arena *a)
{
    struct signal s = signal_new(RATE, 2);
    signal_extend(&s, (double)((p->half ? p->x.n / 2 : p->x.n) - late) / RATE);
    float gain = (float)(p->polarity * hs_amplitude_from_db(p->trim_db));
    if (desk.normal)
        gain = (float)p->polarity * 0.99f / peak_of(&p->x);
    for (int c = 0; c < 2; c++)
        for (size_t i = 0; i < s.n; i++) {
            const float *const *x = (const float *const *)p->x.x;
            s.x[c][i] = gain * (desk.mono ? (x[0][i + late] + x[1][i + late]) / 2 : x[c][i + late]);
        }
    put(to, &s, a);
    if (desk.rate != RATE) {
        char words[64];
        snprintf(words, sizeof words, "-c:a pcm_s24le -ar %d", desk.rate);
        convert(to, words, ".wav");
    }
    signal_free(&s);
}

/* The parts of a folder, `before` their names. */
static void load_parts(const char *folder, const char *before, bool stranger)
{
    struct dirent **names;
    int n = scandir(folder, &names, NULL, alphasort);
    for (int i = 0; i < n; i++) {
        char path[512], *dot = strrchr(names[i]->d_name, '.');
        if (names[i]->d_name[0] != '.' && n_parts < MOST && dot) {
            struct part *p = &part[n_parts++];
            snprintf(path, sizeof path, "%s/%s", folder, names[i]->d_name);
            snprintf(p->name, sizeof p->name, "%s%.*s", before, (int)(dot - names[i]->d_name),
                     names[i]->d_name);
            p->stranger = stranger;
            load(path, &p->x);
        }
        free(names[i]);
    }
    free(names);
}

/* All parts as long as the longest, beginning `late` samples after the mix. */
static void lay_out(size_t late)
{
    size_t most = 0;
    for (size_t p = 0; p < n_parts; p++)
        most = part[p].x.n > most ? part[p].x.n : most;
    for (size_t p = 0; p < n_parts; p++) {
        struct signal *x = &part[p].x;
        signal_extend(x, (double)(most + late - x->n) / RATE);
        for (int c = 0; c < 2; c++) {
            memmove(x->x[c] + late, x->x[c], most * sizeof(float));
            memset(x->x[c], 0, late * sizeof(float));
        }
    }
}

static void set_faders(size_t moved)
{
    for (size_t i = 0; i < n_parts; i++) {
        struct part *p = &part[i];
        p->fader_db = between(-6, 6) + (i == moved ? desk.move_db : 0);
        p->trim_db = between(-20, 6);
        p->polarity = hs_rng_uniform(&rng) < 0.3 ? -1 : 1;
        copy(&p->y, &p->x);
        const float gain = p->stranger ? 0 : (float)hs_amplitude_from_db(p->fader_db - 12);
        for (int c = 0; c < 2; c++)
            for (size_t k = 0; k < p->y.n; k++)
                p->y.x[c][k] *= gain;
    }
}

static void move_fader(struct part *p, double db)
{
    const float gain = (float)hs_amplitude_from_db(db);
    p->fader_db += db;
    for (int c = 0; c < 2; c++)
        for (size_t k = 0; k < p->y.n; k++)
            p->y.x[c][k] *= gain;
}

/* The part to the level against the sum of all that is wanted, by halves; as near as it comes. */
static void set_level(struct part *p)
{
    double step = 32;
    for (int round = 0; round < 12; round++, step /= 2) {
        struct signal mix;
        mix_down(&mix);
        const double level = loudness(&p->y) - loudness(&mix);
        move_fader(p, level < desk.to_lu ? step : -step);
        signal_free(&mix);
    }
}

/* Of what is given of it, while it plays. */
static void take_truth(double *truth, double whole)
{
    for (size_t p = 0; p < n_parts; p++) {
        struct signal given = part[p].y;
        given.n = part[p].half ? given.n / 2 : given.n;
        truth[p] = part[p].stranger ? (double)NAN : loudness(&given) - whole;
    }
}

/* The loudest part that was played. */
static void halve(void)
{
    size_t most = 0;
    for (size_t p = 1; p < n_parts; p++)
        if (!part[p].stranger && loudness(&part[p].y) > loudness(&part[most].y))
            most = p;
    part[most].half = true;
}

/* The loudest part but one is not given; nor is what plays instead of a stranger. */
static void keep_back(const double *truth)
{
    size_t first = 0, second = 0;
    for (size_t p = 0; p < n_parts; p++)
        if (truth[p] > truth[first])
            first = p;
    second = first ? 0 : 1;
    for (size_t p = 0; p < n_parts; p++)
        if (p != first && truth[p] > truth[second])
            second = p;
    part[second].kept = part[second].kept || desk.missing;
    for (size_t p = 0; p < n_parts; p++) {
        bool is_return = !strcmp(part[p].name, "reverb");
        part[p].kept |= is_return ? desk.reverb == RETURN_MISSING : desk.take && !part[p].stranger;
    }
}

/* The mix, then the master, and how loud each part stands in them. */
static void work_desk(struct side file[2], double truth[2][MOST], struct hs_arena *a)
{
    struct signal mix, master;
    mix_down(&mix);
    if (desk.bus_db > 0) {
        float *gain = compressor(&mix, desk.bus_db, 3);
        multiply(&mix, gain);
        for (size_t p = 0; p < n_parts; p++)
            multiply(&part[p].y, gain);
        hs_free(gain);
    }
    put(&file[0], &mix, a);
    take_truth(truth[0], loudness(&mix));
    copy(&master, &mix);
    shelf(&master, 3);
    float *gain = limiter(&master, desk.limit_db);
    multiply(&master, gain);
    put(&file[1], &master, a);
    for (size_t p = 0; p < n_parts; p++) {
        shelf(&part[p].y, 3);
        multiply(&part[p].y, gain);
    }
    take_truth(truth[1], loudness(&master));
    if (desk.kbps) {
        char words[64];
        snprintf(words, sizeof words, "-c:a libmp3lame -b:a %dk", desk.kbps);
        convert(&file[1], words, ".mp3");
        signal_free(&master); /* encoders turn down */
        load(file[1].path, &master);
        file[1].file.values = measured(&master, a);
    }
    hs_free(gain);
    signal_free(&mix);
    signal_free(&master);
}

static bool set(const char *word)
{
    static const struct {
        const char *name;
        double *number;
        int *whole;
        bool *flag;
        const char **text;
    } rows[] = {
        {"bus", &desk.bus_db, NULL, NULL, NULL},      {"limit", &desk.limit_db, NULL, NULL, NULL},
        {"move", &desk.move_db, NULL, NULL, NULL},    {"rate", NULL, &desk.rate, NULL, NULL},
        {"master", NULL, &desk.kbps, NULL, NULL},     {"mono", NULL, NULL, &desk.mono, NULL},
        {"normal", NULL, NULL, &desk.normal, NULL},   {"missing", NULL, NULL, &desk.missing, NULL},
        {"foreign", NULL, NULL, NULL, &desk.foreign}, {"take", NULL, NULL, NULL, &desk.take},
        {"part", NULL, NULL, NULL, &desk.part},       {"keep", NULL, NULL, NULL, &desk.keep},
        {"to", &desk.to_lu, NULL, NULL, NULL},        {"half", NULL, NULL, &desk.half, NULL}};
    const size_t n = strcspn(word, "=");
    const char *value = word[n] ? word + n + 1 : "";
    if (!strcmp(word, "reverb=given") || !strcmp(word, "reverb=missing"))
        return desk.reverb = strcmp(value, "given") ? RETURN_MISSING : RETURN_GIVEN, true;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (strlen(rows[i].name) != n || strncmp(rows[i].name, word, n) != 0)
            continue;
        if (rows[i].number)
            *rows[i].number = atof(value);
        if (rows[i].whole)
            *rows[i].whole = atoi(value);
        if (rows[i].flag)
            *rows[i].flag = true;
        if (rows[i].text)
            *rows[i].text = value;
        return true;
    }
    return false;
}

static void tell(const char *song, const char *seed, size_t moved, size_t late,
                 const struct hs_instruments *found, double truth[2][MOST])
{
    for (size_t i = 0; i < found->n; i++) {
        const struct hs_instrument *in = &found->items[i];
        if (in->key == HS_NO_STEM_KEY)
            continue;
        const struct part *p = &part[in->key];
        printf("%s\t%s\t%s\t%s\t%+.0f\t%.3f\t%.3f\t%.3f\t%d\t%.3f\t%d\t%d\t%.1f\t%s\n", song, seed,
               hs_stem_side_name(in->side), p->name, (size_t)in->key == moved ? desk.move_db : 0.0,
               truth[in->side][in->key], in->number[HS_INSTRUMENT_LEVEL_LU],
               in->number[HS_INSTRUMENT_BOUND_LU], !in->why, in->number[HS_INSTRUMENT_AUDIBLE],
               in->polarity == p->polarity,
               fabs(in->number[HS_INSTRUMENT_DELAY_S] * RATE - (double)late) < 1.5,
               in->number[HS_INSTRUMENT_WIDTH_DB], in->why ? in->why : "");
    }
}

/* The files that were made, with what is true of them: the sides themselves as parts. */
static void tell_kept(char **argv, const struct side file[2], const struct side *stem,
                      double truth[2][MOST])
{
    for (int side = 0; side < 2; side++) {
        const char *name = hs_stem_side_name((enum hs_stem_side)side), *song = basename(argv[1]);
        printf("%s\t%s\t%s\t\t%s\n", song, argv[2], name, file[side].path);
        for (size_t p = 0; p < n_parts; p++)
            if (!part[p].kept)
                printf("%s\t%s\t%s\t%s\t%s\t%.3f\n", song, argv[2], name, part[p].name,
                       stem[p].path, truth[side][p]);
    }
}

static void add_return(void)
{
    struct signal wet = {0};
    reverb(&wet, -8);
    struct part *p = &part[n_parts];
    *p = (struct part){.name = "reverb", .polarity = 1};
    copy(&p->x, &wet);
    copy(&p->y, &wet);
    n_parts++;
    signal_free(&wet);
}

int main(int argc, char **argv)
{
    struct hs_arena a = {0};
    struct hs_error err = {0};
    static struct side file[2], stem[MOST];
    static struct hs_stem_input input[MOST];
    static double truth[2][MOST];
    size_t n = 0;
    if (argc < 3)
        return 2;
    for (int i = 3; i < argc; i++)
        if (!set(argv[i]))
            return 2;
    hs_media_init();
    rng.state = (uint64_t)atoi(argv[2]) * 7919 + 17;
    const size_t late = (size_t)between(0, 20000);
    load_parts(argv[1], "", false);
    const size_t moved = hs_rng_below(&rng, n_parts);
    if (desk.foreign)
        load_parts(desk.foreign, "foreign ", true);
    if (desk.take)
        load_parts(desk.take, "take ", true);
    lay_out(late);
    set_faders(moved);
    if (desk.half)
        halve();
    if (desk.reverb != DRY)
        add_return();
    for (size_t p = 0; desk.part && p < n_parts; p++)
        if (!strcmp(part[p].name, desk.part) && !part[p].stranger)
            set_level(&part[p]);
    work_desk(file, truth, &a);
    keep_back(truth[0]);
    for (size_t p = 0; p < n_parts; p++) {
        if (part[p].kept)
            continue;
        export_part(&stem[p], &part[p], late, &a);
        input[n++] = (struct hs_stem_input){
            .file = &stem[p].file, .role = hs_stem_role_of(part[p].name), .key = (int)p};
    }
    if (desk.keep) {
        tell_kept(argv, file, stem, truth);
        return 0;
    }
    struct hs_stems_order order = {
        .side = {&file[0].file, &file[1].file}, .stems = input, .n_stems = n};
    struct hs_instruments found;
    clock_t start = clock();
    enum hs_status status = hs_stems_analyse(&order, &a, &found, &err);
    fprintf(stderr, "%.2f s CPU for %zu stems of %.0f s: residual %.1f and %.1f dB; %s\n",
            (double)(clock() - start) / CLOCKS_PER_SEC, n, (double)part[0].x.n / RATE,
            found.fit[0].residual_db, found.fit[1].residual_db,
            status                 ? err.msg
            : found.fit[0].missing ? found.fit[0].missing
                                   : "");
    tell(basename(argv[1]), argv[2], moved, late, &found, truth);
    for (int i = 0; i < 2; i++)
        unlink(file[i].path);
    for (size_t p = 0; p < n_parts; p++)
        unlink(stem[p].path);
    hs_arena_free(&a);
    return status == HS_OK ? 0 : 1;
}
