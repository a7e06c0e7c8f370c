/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the limiter leaves above its ceiling, for scripts/bench-limiter: files named on standard
 * input are driven into it, and what comes out is read by the meters of the tests.
 *
 *     limiter_ceiling DRIVE_DB SECONDS <FILES
 *
 * One line for each file, of its first SECONDS: over_4x over_8x (dB over the ceiling) rate channels
 * name
 */
#include "core/alloc.h"
#include "core/num.h"
#include "dsp/limiter.h"
#include "limiter_meters.h"
#include "media/library.h"
#include "media/reader.h"
#include "signals.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double ceiling = -1;
static const float near = 0.4f; /* below, nothing between samples comes to the ceiling */

static bool load(const char *path, double seconds, struct signal *s)
{
    struct hs_source source = {.path = path, .exists = true};
    struct hs_reader *r = NULL;
    struct hs_error err = {0};
    const float *const *x;
    size_t n;
    if (hs_reader_open(&r, &source, &err) != HS_OK)
        return false;
    const struct hs_stream *stream = hs_reader_stream(r);
    *s = signal_new(stream->sample_rate_hz, stream->n_channels);
    while (hs_reader_read(r, 4096, &x, &n, &err) == HS_OK && n &&
           (double)s->n < seconds * s->rate) {
        size_t from = s->n;
        s->n += n;
        for (int c = 0; c < s->n_channels; c++) {
            s->x[c] = hs_realloc(s->x[c], s->n, sizeof(float));
            for (size_t i = 0; i < n; i++)
                s->x[c][from + i] = isfinite(x[c][i]) ? x[c][i] : 0;
        }
    }
    hs_reader_close(r);
    return s->n > 0;
}

/* Peak of the file to 0 dBFS, then up by the drive. */
static bool drive(struct signal *s, double drive_db)
{
    float most = 0;
    for (int c = 0; c < s->n_channels; c++)
        for (size_t i = 0; i < s->n; i++)
            most = fmaxf(most, fabsf(s->x[c][i]));
    if (!(most > 1e-6f))
        return false;
    float gain = (float)hs_amplitude_from_db(drive_db) / most;
    for (int c = 0; c < s->n_channels; c++)
        for (size_t i = 0; i < s->n; i++)
            s->x[c][i] *= gain;
    return true;
}

static void limit(struct signal *s)
{
    struct hs_limiter *l = hs_limiter_new(s->rate, s->n_channels, ceiling);
    const float *const *out, *gain_db, *in[HS_MAX_CHANNELS];
    size_t n, done = 0;
    for (size_t at = 0; at < s->n; at += HS_LIMITER_MOST) {
        for (int c = 0; c < s->n_channels; c++)
            in[c] = s->x[c] + at;
        n = hs_limiter_push(l, in, s->n - at < HS_LIMITER_MOST ? s->n - at : HS_LIMITER_MOST, &out,
                            &gain_db);
        for (int c = 0; c < s->n_channels && n; c++)
            memcpy(s->x[c] + done, out[c], n * sizeof(float));
        done += n;
    }
    while ((n = hs_limiter_drain(l, &out, &gain_db))) {
        for (int c = 0; c < s->n_channels; c++)
            memcpy(s->x[c] + done, out[c], n * sizeof(float));
        done += n;
    }
    hs_limiter_free(l);
}

int main(int argc, char **argv)
{
    char path[4096];
    if (argc != 3)
        return 2;
    double drive_db = strtod(argv[1], NULL), seconds = strtod(argv[2], NULL);
    hs_media_init();
    while (fgets(path, sizeof path, stdin)) {
        struct signal s = {0};
        path[strcspn(path, "\n")] = 0;
        if (!load(path, seconds, &s) || !drive(&s, drive_db)) {
            signal_free(&s);
            continue;
        }
        double four = -INFINITY, eight = -INFINITY;
        limit(&s);
        for (int c = 0; c < s.n_channels; c++) {
            four = fmax(four, meter_4x(s.x[c], s.n));
            eight = fmax(eight, meter_8x_near(s.x[c], s.n, near));
        }
        printf("%.3f %.3f %d %d %s\n", four - ceiling, eight - ceiling, s.rate, s.n_channels, path);
        fflush(stdout);
        signal_free(&s);
    }
    return 0;
}
