/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A mixing desk with a known truth, for scripts/bench-instruments: songs given by part are mixed
 * with faders, a shared reverb, a compressor on the bus and a limiter; the parts are exported as a
 * DAW does (trimmed, some inverted, begun late); and what the fit finds is held against what was
 * done. Loudness is libebur128's.
 *
 *     stems_console FOLDER SEED COMPRESSION_DB LIMITING_DB REVERB [MOVE_DB]
 *
 * One line for each part and file: song seed in name moved_db truth found bound judged audible.
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
    char path[64];
    struct hs_source source;
    struct hs_file file;
};

struct part {
    char name[80];
    struct signal x; /* as it was played */
    struct signal y; /* as it stands in the mix, then in the master */
    double fader_db, trim_db;
    int polarity;
};

static struct part part[MOST];
static size_t n_parts;
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

/* Linked feed-forward compressor; the threshold is set so that its 95th percentile is the one that
 * is wanted. Its gain, sample by sample. */
static float *compressor(const struct signal *s, double wanted_db, double ratio)
{
    float *gain = HS_NEW_ARRAY(float, s->n);
    double *all = HS_NEW_ARRAY(double, s->n / 441 + 1);
    double threshold = 0, slope = 1 - 1 / ratio;
    for (int round = 0; round < 24; round++) {
        double envelope = 0, held = 0;
        size_t n = 0;
        for (size_t i = 0; i < s->n; i++) {
            double power = ((double)s->x[0][i] * (double)s->x[0][i] +
                            (double)s->x[1][i] * (double)s->x[1][i]) /
                           2;
            envelope += (power - envelope) / (0.005 * RATE);
            double over = 10 * log10(envelope + 1e-12) - threshold;
            double want = over > 0 ? slope * over : 0;
            held += (want - held) / ((want > held ? 0.01 : 0.12) * RATE);
            gain[i] = (float)hs_amplitude_from_db(-held);
            if (i % 441 == 0)
                all[n++] = held;
        }
        hs_sort(all, n);
        double got = hs_quantile_sorted(all, n, .95);
        if (fabs(got - wanted_db) < 0.02)
            break;
        threshold -= (wanted_db - got) / slope;
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
    for (size_t i = 0; i < s->n; i++) {
        float most = fmaxf(fabsf(s->x[0][i]), fabsf(s->x[1][i]));
        need[i] = most > top ? top / most : 1;
    }
    for (size_t i = 0; i < s->n; i++) {
        float least = 1;
        for (size_t k = i; k < i + AHEAD && k < s->n; k++)
            least = fminf(least, need[k]);
        held = least < held ? held + (least - held) * 0.08f : held + (1 - held) * 0.0004f;
        gain[i] = fminf(held, need[i]) / top * 0.95f;
    }
    hs_free(need);
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
    hs_values_series(&v, "short_term_lufs", series, n, 0, 1);
    hs_free(series);
    return v;
}

static void put(struct side *to, const struct signal *s, struct hs_arena *a)
{
    snprintf(to->path, sizeof to->path, "%s/console_XXXXXX",
             getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");
    close(mkstemp(to->path));
    put_wav(to->path, s);
    to->source = (struct hs_source){.path = to->path, .shown = to->path, .exists = true};
    to->file =
        (struct hs_file){.source = &to->source, .state = HS_FILE_OK, .values = measured(s, a)};
}

/* As a DAW exports it: at some level, perhaps inverted, without its first `late` samples. */
static void export_part(struct side *to, const struct part *p, size_t late, struct hs_arena *a)
{
    struct signal s = signal_new(RATE, 2);
    signal_extend(&s, (double)(p->x.n - late) / RATE);
    const float gain = (float)(p->polarity * hs_amplitude_from_db(p->trim_db));
    for (int c = 0; c < 2; c++)
        for (size_t i = 0; i < s.n; i++)
            s.x[c][i] = gain * p->x.x[c][i + late];
    put(to, &s, a);
    signal_free(&s);
}

/* Its parts, beginning `late` samples after the mix. */
static void open_song(const char *folder, size_t late)
{
    struct dirent **names;
    int n = scandir(folder, &names, NULL, alphasort);
    for (int i = 0; i < n; i++) {
        char path[512], *dot = strrchr(names[i]->d_name, '.');
        if (names[i]->d_name[0] != '.' && n_parts < MOST && dot) {
            snprintf(path, sizeof path, "%s/%s", folder, names[i]->d_name);
            snprintf(part[n_parts].name, sizeof part->name, "%.*s", (int)(dot - names[i]->d_name),
                     names[i]->d_name);
            load(path, &part[n_parts++].x);
        }
        free(names[i]);
    }
    free(names);
    size_t most = 0;
    for (size_t p = 0; p < n_parts; p++)
        most = part[p].x.n > most ? part[p].x.n : most;
    for (size_t p = 0; p < n_parts; p++)
        signal_extend(&part[p].x, (double)(most + late - part[p].x.n) / RATE);
    for (size_t p = 0; p < n_parts; p++)
        for (int c = 0; c < 2; c++) {
            memmove(part[p].x.x[c] + late, part[p].x.x[c], most * sizeof(float));
            memset(part[p].x.x[c], 0, late * sizeof(float));
        }
}

int main(int argc, char **argv)
{
    struct hs_arena a = {0};
    struct hs_error err = {0};
    struct signal mix, master, wet = {0};
    static struct side file[2], stem[MOST];
    static struct hs_stem_input input[MOST];
    if (argc < 6)
        return 2;
    hs_media_init();
    rng.state = (uint64_t)atoi(argv[2]) * 7919 + 17;
    const double compression = atof(argv[3]), limiting = atof(argv[4]);
    const bool wanted_wet = atoi(argv[5]);
    const double move = argc > 6 ? atof(argv[6]) : 0;
    const size_t late = (size_t)between(0, 20000);
    open_song(argv[1], late);
    size_t moved = hs_rng_below(&rng, n_parts);
    for (size_t p = 0; p < n_parts; p++) {
        part[p].fader_db = between(-6, 6) + (p == moved ? move : 0);
        part[p].trim_db = between(-20, 6);
        part[p].polarity = hs_rng_uniform(&rng) < 0.3 ? -1 : 1;
        copy(&part[p].y, &part[p].x);
        for (int c = 0; c < 2; c++)
            for (size_t i = 0; i < part[p].y.n; i++)
                part[p].y.x[c][i] *= (float)hs_amplitude_from_db(part[p].fader_db - 12);
    }
    if (wanted_wet) {
        reverb(&wet, -8);
        part[n_parts] = (struct part){.name = "reverb", .trim_db = 0, .polarity = 1};
        copy(&part[n_parts].x, &wet);
        copy(&part[n_parts++].y, &wet);
    }
    mix_down(&mix);
    if (compression > 0) {
        float *gain = compressor(&mix, compression, 3);
        multiply(&mix, gain);
        for (size_t p = 0; p < n_parts; p++)
            multiply(&part[p].y, gain);
        hs_free(gain);
    }
    put(&file[0], &mix, &a);
    double truth[2][MOST], whole = loudness(&mix);
    for (size_t p = 0; p < n_parts; p++)
        truth[0][p] = loudness(&part[p].y) - whole;
    copy(&master, &mix);
    shelf(&master, 3);
    float *gain = limiter(&master, limiting);
    multiply(&master, gain);
    put(&file[1], &master, &a);
    whole = loudness(&master);
    for (size_t p = 0; p < n_parts; p++) {
        shelf(&part[p].y, 3);
        multiply(&part[p].y, gain);
        truth[1][p] = loudness(&part[p].y) - whole;
        export_part(&stem[p], &part[p], late, &a);
        input[p] = (struct hs_stem_input){
            .file = &stem[p].file, .role = hs_stem_role_of(part[p].name), .key = (int)p};
    }
    struct hs_stems_order order = {
        .side = {&file[0].file, &file[1].file}, .stems = input, .n_stems = n_parts};
    struct hs_instruments found;
    clock_t start = clock();
    enum hs_status status = hs_stems_analyse(&order, &a, &found, &err);
    fprintf(stderr, "%.2f s CPU for %zu stems of %.0f s: residual %.1f and %.1f dB; %s\n",
            (double)(clock() - start) / CLOCKS_PER_SEC, n_parts, (double)mix.n / RATE,
            found.fit[0].residual_db, found.fit[1].residual_db,
            status                 ? err.msg
            : found.fit[0].missing ? found.fit[0].missing
                                   : "");
    for (size_t i = 0; i < found.n; i++) {
        const struct hs_instrument *in = &found.items[i];
        if (in->key == HS_NO_STEM_KEY)
            continue;
        const struct part *p = &part[in->key];
        printf("%s %s %s %s %+.0f %.3f %.3f %.3f %d %.3f %d %d %.1f %s\n", basename(argv[1]),
               argv[2], hs_stem_side_name(in->side), p->name, (size_t)in->key == moved ? move : 0.0,
               truth[in->side][in->key], in->number[HS_INSTRUMENT_LEVEL_LU],
               in->number[HS_INSTRUMENT_BOUND_LU], !in->why, in->number[HS_INSTRUMENT_AUDIBLE],
               in->polarity == p->polarity,
               fabs(in->number[HS_INSTRUMENT_DELAY_S] * RATE - (double)late) < 1.5,
               in->number[HS_INSTRUMENT_WIDTH_DB], in->why ? in->why : "");
    }
    for (int i = 0; i < 2; i++)
        unlink(file[i].path);
    for (size_t p = 0; p < n_parts; p++)
        unlink(stem[p].path);
    hs_arena_free(&a);
    return status == HS_OK ? 0 : 1;
}
