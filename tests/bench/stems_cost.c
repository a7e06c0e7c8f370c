/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What fitting stems costs, beside decoding the same files once with the same reader.
 *
 *     stems_cost MIX MASTER STEM...
 *
 * Prints seconds of CPU for decoding, for fitting, and their ratio.
 */
#include "check.h"
#include "core/alloc.h"
#include "media/library.h"
#include "media/reader.h"
#include "stems/analyse.h"

#include <malloc.h>
#include <math.h>
#include <stdio.h>
#include <time.h>

enum { MOST = HS_STEMS_MOST + HS_STEM_SIDES };

static double cpu_s(void)
{
    return (double)clock() / CLOCKS_PER_SEC;
}

/* Decodes all of a file; `series`: the level of each second, in dB, of what was read. */
static size_t decode(const struct hs_source *source, float *series, size_t most, int *rate_hz)
{
    struct hs_reader *r = NULL;
    const float *const *x;
    size_t n, at = 0;
    CHECK(hs_reader_open(&r, source, NULL) == HS_OK);
    *rate_hz = hs_reader_stream(r)->sample_rate_hz;
    while (hs_reader_read(r, 4096, &x, &n, NULL) == HS_OK && n) {
        for (size_t i = 0; series && i < n; i++) {
            size_t k = (at + i) / (size_t)*rate_hz;
            series[k < most ? k : most - 1] += x[0][i] * x[0][i] / (float)*rate_hz;
        }
        at += n;
    }
    hs_reader_close(r);
    return at;
}

/* What the fit wants to know of a file: its length, and where it is loud. */
static void measure(struct hs_file *f, struct hs_arena *a)
{
    enum { SECONDS = 7200 };
    int rate_hz;
    double sum = 0;
    float *series = HS_ARENA_ARRAY(a, float, SECONDS);
    const size_t frames = decode(f->source, series, SECONDS, &rate_hz);
    const size_t n = frames / (size_t)rate_hz;
    for (size_t k = 0; k < n; k++) {
        sum += (double)series[k] / (double)n;
        series[k] = 10 * log10f(series[k] + 1e-12f);
    }
    f->state = HS_FILE_OK;
    hs_values_init(&f->values, a);
    hs_values_number(&f->values, "duration_s", (double)frames / rate_hz);
    hs_values_number(&f->values, "sample_rate_hz", rate_hz);
    hs_values_number(&f->values, "integrated_lufs", 10 * log10(sum + 1e-12));
    hs_values_series(&f->values, "short_term_lufs", series, n, 0, 1);
}

int main(int argc, char **argv)
{
    static struct hs_source source[MOST];
    static struct hs_file file[MOST];
    static struct hs_stem_input stem[MOST];
    struct hs_arena a = {0};
    struct hs_error err = {0};
    struct hs_instruments found;
    const size_t n = (size_t)argc - 1;
    if (argc < 4 || n > MOST)
        return 2;
    /* as the worker does (pool/worker.c) */
    mallopt(M_MXFAST, 0);
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
    mallopt(M_TRIM_THRESHOLD, 128 << 20);
    mallopt(M_TOP_PAD, 1 << 20);
    hs_media_init();
    for (size_t i = 0; i < n; i++) {
        source[i] = (struct hs_source){.path = argv[i + 1], .shown = argv[i + 1], .exists = true};
        file[i].source = &source[i];
        measure(&file[i], &a);
        if (i >= HS_STEM_SIDES)
            stem[i - HS_STEM_SIDES] =
                (struct hs_stem_input){.file = &file[i], .role = HS_STEM_OTHER, .key = (int)i};
    }
    double start = cpu_s();
    int rate_hz;
    for (size_t i = 0; i < n; i++)
        decode(&source[i], NULL, 0, &rate_hz);
    const double decoding = cpu_s() - start;
    const struct hs_stems_order order = {.side = {&file[0], &file[1]},
                                         .stems = stem,
                                         .n_stems = n - HS_STEM_SIDES,
                                         .keep_bytes = 96000000};
    start = cpu_s();
    if (hs_stems_analyse(&order, &a, &found, &err) != HS_OK) {
        fprintf(stderr, "%s\n", err.msg);
        return 1;
    }
    const double fitting = cpu_s() - start;
    printf("%zu stems: decoding %.2f s, fitting %.2f s, %.2f times; residual %.1f and %.1f dB\n",
           n - HS_STEM_SIDES, decoding, fitting, fitting / decoding, found.fit[0].residual_db,
           found.fit[1].residual_db);
    hs_arena_free(&a);
    return 0;
}
