/* SPDX-License-Identifier: Apache-2.0 */
/* test-labels: once */
/* A passage through the house chain is that passage of the whole file through it. */
#include "core/fs.h"
#include "core/num.h"
#include "media/library.h"
#include "media/reader.h"
#include "preview/excerpt.h"
#include "preview/preview.h"

#include "check.h"
#include "signals.h"
#include "wav_file.h"

#include <stdlib.h>
#include <unistd.h>

enum { RATE = 44100, LENGTH_S = 24, FROM_S = 11, LEN_S = 8 };
static char folder[] = "/tmp/hindsight-excerpt-XXXXXX";

/* Hits on a chord, softer in the first half, louder in the second. */
static void make_mix(const char *path, int n_channels)
{
    struct signal s = signal_new(RATE, n_channels);
    signal_add_noise(&s, signal_extend(&s, LENGTH_S), 0.03, 4);
    for (size_t i = 0; i < s.n; i++)
        for (int c = 0; c < n_channels; c++) {
            double t = (double)i / RATE, hit = exp(-fmod(t, 0.5) * 25) * sin(2 * HS_PI * 60 * t);
            double chord = 0.1 * sin(2 * HS_PI * 220 * t + c) + 0.1 * sin(2 * HS_PI * 1330 * t);
            s.x[c][i] += (float)((t > LENGTH_S / 2. ? 0.5 : 0.25) * (hit + chord));
        }
    put_wav(path, &s);
    signal_free(&s);
}

/* The passage of a file, read from its beginning. */
static size_t read_part(const char *path, float *x[2], size_t from, size_t n)
{
    struct hs_source source = {.path = path, .exists = true};
    struct hs_reader *r = NULL;
    struct hs_error err = {0};
    const float *const *planar;
    size_t got, at = 0, kept = 0;
    CHECK(hs_reader_open(&r, &source, &err) == HS_OK);
    int last = hs_reader_stream(r)->n_channels - 1;
    while (hs_reader_read(r, 4096, &planar, &got, &err) == HS_OK && got)
        for (size_t i = 0; i < got; i++, at++)
            if (at >= from && kept < n) {
                x[0][kept] = planar[0][i];
                x[1][kept++] = planar[last][i];
            }
    hs_reader_close(r);
    return kept;
}

static double difference_db(const struct hs_excerpt_sound *a, float *const b[2], size_t n)
{
    double off = 0, power = 0;
    for (int c = 0; c < 2; c++)
        for (size_t i = 0; i < n; i++) {
            double d = (double)(a->x[c][i] - b[c][i]);
            off += d * d;
            power += (double)b[c][i] * (double)b[c][i];
        }
    return hs_db_from_power(fmax(off, 1e-20) / power);
}

static void same_as_whole(int n_channels)
{
    struct hs_arena a = {0};
    struct hs_error err = {0};
    struct hs_preview p = {0};
    const char *mix = hs_path_join(&a, folder, "mix.wav");
    const struct hs_source source = {.path = mix, .exists = true};
    struct hs_preview_order order = {
        .has_eq = true, .targets_lufs = {-18, -13, -8}, .n_targets = 3};
    struct hs_excerpt_order part = {.has_eq = true, .n = 3};
    struct hs_excerpt_sound made[3] = {{.n_frames = 0}};
    make_mix(mix, n_channels);
    for (size_t b = 0; b < HS_BANDS; b++)
        order.eq_db[b] = part.eq_db[b] = b < 12 ? -1.5 : b > 24 ? 2 : 0;
    for (size_t i = 0; i < 3; i++)
        order.write_paths[i] = hs_arena_printf(&a, "%s/%zu.wav", folder, i);
    CHECK(hs_preview_run(&source, &order, NULL, &a, &p, &err) == HS_OK && p.n_targets == 3);
    CHECK(p.loudest_s >= LENGTH_S / 2. - 0.5 && p.loudest_s <= LENGTH_S - 10 + 0.01);
    part.threshold_db = p.threshold_db;
    part.peak_db = p.peak_db;
    for (size_t i = 0; i < 3; i++) {
        part.gain_db[i] = p.targets[i].gain_db;
        part.clip_db[i] = p.targets[i].clip_db;
    }
    CHECK(hs_excerpt_run(&source, &part, FROM_S, LEN_S, NULL, made, &err) == HS_OK);
    for (size_t i = 0; i < 3; i++) {
        size_t n = (size_t)LEN_S * RATE;
        float *x[2] = {HS_NEW_ARRAY(float, n), HS_NEW_ARRAY(float, n)};
        CHECK(made[i].n_frames == n);
        CHECK(read_part(order.write_paths[i], x, (size_t)FROM_S * RATE, n) == n);
        CHECK(difference_db(&made[i], x, n) < -40);
        for (int c = 0; c < 2; c++) {
            hs_free(x[c]);
            hs_free(made[i].x[c]);
        }
        unlink(order.write_paths[i]);
    }
    unlink(mix);
    hs_arena_free(&a);
}

int main(void)
{
    hs_media_init();
    CHECK(mkdtemp(folder) != NULL);
    same_as_whole(2);
    same_as_whole(1);
    rmdir(folder);
    return check_done();
}
