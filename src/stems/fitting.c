/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. The music is divided into windows of 5 s or more (96 at most), windows into units: runs of
 *    frames whose powers are kept as one, so that the memory is bounded.
 * 2. Each window is read frame by frame and fitted by itself (stems/window.h). Its sums are
 *    kept. Powers of the stems and of the file, the move of the bus, and what the fit leaves
 *    (with and without returns) are added up by unit.
 * 3. In each frame and cell a stem is heard if its power is above that of the rest of the file
 *    less its mask. Heard power and all of its power are added up.
 * 4. After the last window the gains of song and windows are found from the sums
 *    (stems/whole.h).
 */
#include "stems/fitting.h"

#include "core/alloc.h"
#include "core/num.h"
#include "stems/whole.h"

#include <math.h>
#include <string.h>

const double hs_stem_soft_share = 0.1;

enum { CELLS = HS_STEM_CELLS, BANDS = HS_STEM_BANDS, ZONES = HS_STEM_ZONES };
static const double window_s = 5;
enum { WINDOWS_MOST = 96 };
/* Powers by unit are kept in so much memory at most, for each file. */
static const double unit_bytes = 64e6;

/* Windows of equal length, each of whole units, and room for what is kept of each. */
static void lay_out(struct hs_stem_fitting *f, const struct hs_stem_reader *r, size_t n_files,
                    int64_t length)
{
    const size_t k = r->n - n_files, hop = r->bands.hop;
    const size_t n_frames = (size_t)length / hop + 1;
    *f = (struct hs_stem_fitting){.n_stems = k, .n_files = n_files};
    f->frame_s = (double)hop / r->rate_hz;
    double a_unit = (double)(CELLS * (k + 1) * sizeof(float));
    f->unit_frames = (size_t)fmax(1, ceil((double)n_frames * a_unit / unit_bytes));
    size_t window = (size_t)fmax(window_s / f->frame_s, ceil((double)n_frames / WINDOWS_MOST));
    f->window_frames = (window + f->unit_frames - 1) / f->unit_frames * f->unit_frames;
    f->n_windows = (n_frames + f->window_frames - 1) / f->window_frames;
    f->n_units = f->n_windows * (f->window_frames / f->unit_frames);
    /* then room for what each file gives */
    for (int b = 0; b < BANDS; b++)
        f->bins[b] = r->bands.n_bins[b];
    f->given = HS_NEW_ARRAY(float, f->n_units *k + 1);
    f->wide = HS_NEW_ARRAY(bool, n_files + k);
    f->n_bands = HS_NEW_ARRAY(int, k + 1);
    for (size_t i = 0; i < k; i++)
        f->n_bands[i] = r->tracks[n_files + i].n_bands;
    for (size_t i = 0; i < n_files; i++) {
        struct hs_stem_side_fit *s = &f->side[i];
        s->sums = HS_NEW_ARRAY(struct hs_stem_sums, f->n_windows);
        for (size_t w = 0; w < f->n_windows; w++)
            hs_stem_sums_init(&s->sums[w], k);
        s->gains = HS_NEW_ARRAY(double complex, f->n_windows *CELLS *k + 1);
        s->whole = HS_NEW_ARRAY(double complex, CELLS *k + 1);
        s->variance = HS_NEW_ARRAY(double, CELLS *k + 1);
        s->level = HS_NEW_ARRAY(double, f->n_windows);
        s->left = HS_NEW_ARRAY(double, f->n_windows *CELLS);
        s->inflation = HS_NEW_ARRAY(double, k + 1);
        s->lost = HS_NEW_ARRAY(bool, f->n_windows);
        s->unit = HS_NEW_ARRAY(float, f->n_units *CELLS *k + 1);
        s->unit_power = HS_NEW_ARRAY(float, f->n_units);
        s->unit_move = HS_NEW_ARRAY(float, f->n_units);
        s->unit_zone = HS_NEW_ARRAY(float, f->n_units *ZONES);
        s->unit_left = HS_NEW_ARRAY(float, f->n_units *ZONES);
        s->unit_dry_left = HS_NEW_ARRAY(float, f->n_units *ZONES);
        s->is_return = HS_NEW_ARRAY(bool, k + 1);
        s->heard = HS_NEW_ARRAY(double, k + 1);
        s->sounded = HS_NEW_ARRAY(double, k + 1);
    }
}

void hs_stem_fitting_free(struct hs_stem_fitting *f)
{
    for (size_t i = 0; i < HS_STEM_SIDES; i++) {
        struct hs_stem_side_fit *s = &f->side[i];
        for (size_t w = 0; s->sums && w < f->n_windows; w++)
            hs_stem_sums_free(&s->sums[w]);
        hs_free(s->sums);
        hs_free(s->gains);
        hs_free(s->whole);
        hs_free(s->variance);
        hs_free(s->level);
        hs_free(s->left);
        hs_free(s->inflation);
        hs_free(s->lost);
        hs_free(s->unit);
        hs_free(s->unit_power);
        hs_free(s->unit_move);
        hs_free(s->unit_zone);
        hs_free(s->unit_left);
        hs_free(s->unit_dry_left);
        hs_free(s->is_return);
        hs_free(s->heard);
        hs_free(s->sounded);
    }
    hs_free(f->given);
    hs_free(f->wide);
    hs_free(f->n_bands);
    *f = (struct hs_stem_fitting){0};
}

static int zone_of(size_t cell)
{
    int zone = 0;
    while (zone + 1 < ZONES && (int)(cell % BANDS) >= hs_stem_zone_bands[zone + 1])
        zone++;
    return zone;
}

/* The larger of the steps of the bus gain to the frames beside it, in dB (twice what
 * hs_db_from_power says of an amplitude), at most 6: in a frame it moves by as much. */
static double bus_move(const double *bus, size_t n, size_t t)
{
    const double most_db = 6;
    double step = 0;
    if (t > 0 && bus[t - 1] > 0 && bus[t] > 0)
        step = fabs(hs_db_from_power(bus[t] / bus[t - 1]));
    if (t + 1 < n && bus[t + 1] > 0 && bus[t] > 0)
        step = fmax(step, fabs(hs_db_from_power(bus[t + 1] / bus[t])));
    return fmin(2 * step, most_db);
}

/* The powers of the stems as they were given, unit by unit. */
static void keep_given(struct hs_stem_fitting *f, const struct hs_stem_window *w, size_t window)
{
    const size_t k = f->n_stems, per_window = f->window_frames / f->unit_frames;
    const float each = 1 / (float)f->unit_frames;
    for (size_t t = 0; t < w->n; t++)
        for (size_t c = 0; c < CELLS; c++)
            for (size_t i = 0; i < k; i++)
                f->given[(window * per_window + t / f->unit_frames) * k + i] +=
                    each * w->a[t * hs_stem_room(k) + hs_stem_at(k, c, i, i)];
}

/* The powers of the stems as they were given, with the gain of the bus, unit by unit. */
static void keep_units(struct hs_stem_fitting *f, const struct hs_stem_window *w, size_t file,
                       size_t window)
{
    const size_t k = f->n_stems, per_window = f->window_frames / f->unit_frames;
    struct hs_stem_side_fit *s = &f->side[file];
    const double each = 1 / (double)f->unit_frames;
    for (size_t t = 0; t < w->n; t++) {
        const size_t unit = window * per_window + t / f->unit_frames;
        const double g = w->bus[file][t];
        const float *a = w->a + t * hs_stem_room(k);
        s->unit_move[unit] += (float)(each * bus_move(w->bus[file], w->n, t));
        const float *power = w->power + (t * f->n_files + file) * CELLS;
        for (size_t c = 0; c < CELLS; c++) {
            s->unit_power[unit] += (float)(each * (double)power[c]);
            s->unit_zone[unit * ZONES + (size_t)zone_of(c)] += (float)(each * (double)power[c]);
            for (size_t i = 0; i < k; i++)
                s->unit[(unit * CELLS + c) * k + i] +=
                    (float)(each * g * g * (double)a[hs_stem_at(k, c, i, i)]);
        }
    }
}

/* What these gains leave, summed by unit and zone. */
static void keep_left(struct hs_stem_fitting *f, struct hs_stem_window *w, size_t file,
                      size_t window, const double complex *gains, float *left)
{
    const size_t per_window = f->window_frames / f->unit_frames;
    double cell[CELLS];
    hs_stem_window_products(w, gains);
    for (size_t t = 0; t < w->n; t++) {
        const size_t unit = window * per_window + t / f->unit_frames;
        hs_stem_window_left(w, file, t, gains, cell);
        for (size_t c = 0; c < CELLS; c++)
            left[unit * ZONES + (size_t)zone_of(c)] += (float)(cell[c] / (double)f->unit_frames);
    }
}

/* What is left without the returns is kept too: reverberation is found in it. */
static void keep_all_left(struct hs_stem_fitting *f, struct hs_stem_window *w, size_t file,
                          size_t window, const double complex *gains)
{
    const size_t k = f->n_stems, per_window = f->window_frames / f->unit_frames * ZONES;
    struct hs_stem_side_fit *s = &f->side[file];
    double complex *dry = HS_NEW_ARRAY(double complex, CELLS *k + 1);
    bool any_return = false;
    for (size_t i = 0; i < CELLS * k; i++) {
        dry[i] = s->is_return[i % k] ? 0 : gains[i];
        any_return |= s->is_return[i % k];
    }
    keep_left(f, w, file, window, gains, s->unit_left);
    if (any_return)
        keep_left(f, w, file, window, dry, s->unit_dry_left);
    else
        memcpy(s->unit_dry_left + window * per_window, s->unit_left + window * per_window,
               per_window * sizeof *s->unit_left);
    hs_free(dry);
}

/* How much of each stem stands above what masks it: the rest of the file, less the mask. */
static void listen(struct hs_stem_fitting *f, const struct hs_stem_window *w, size_t file,
                   const double complex *gains, const struct hs_stem_ear *ear)
{
    const size_t k = f->n_stems;
    struct hs_stem_side_fit *s = &f->side[file];
    double mask[HS_STEMS_MOST];
    for (size_t i = 0; i < k; i++)
        mask[i] = hs_power_from_db(ear[i].mask_db);
    for (size_t t = 0; t < w->n; t++)
        for (size_t c = 0; c < CELLS; c++) {
            const float *a = w->a + t * hs_stem_room(k);
            const float *r = w->r + ((t * w->n_files + file) * CELLS + c) * 2 * k;
            const double all = (double)w->power[(t * w->n_files + file) * CELLS + c];
            for (size_t i = 0; i < k; i++) {
                /* the stem against all else of the cell */
                const double complex g = w->bus[file][t] * gains[c * k + i];
                const double power = creal(g) * creal(g) + cimag(g) * cimag(g);
                const double own = power * (double)a[hs_stem_at(k, c, i, i)];
                const double with = creal(g) * (double)r[2 * i] + cimag(g) * (double)r[2 * i + 1];
                const double rest = fmax(all - 2 * with + own, 0);
                s->sounded[i] += own;
                s->heard[i] += own > rest * mask[i] ? own : 0;
            }
        }
}

/* Windows one after the other, so that memory does not grow with the song; then the song as a
 * whole. */
enum hs_status hs_stem_fitting_run(struct hs_stem_fitting *f, struct hs_stem_reader *reader,
                                   size_t n_files, int64_t length, const struct hs_stem_ear *ear,
                                   const struct hs_alive *alive, struct hs_error *err)
{
    struct hs_stem_window w;
    enum hs_status status = HS_OK;
    const int64_t hop = (int64_t)reader->bands.hop;
    lay_out(f, reader, n_files, length);
    for (size_t i = 0; i < n_files * f->n_stems; i++)
        f->side[i / f->n_stems].is_return[i % f->n_stems] = ear[i % f->n_stems].is_return;
    hs_stem_window_init(&w, f->n_stems, n_files, f->window_frames);
    for (size_t window = 0; window < f->n_windows && status == HS_OK; window++) {
        w.n = 0;
        for (size_t t = 0; t < f->window_frames && status == HS_OK; t++) {
            int64_t from = (int64_t)(window * f->window_frames + t) * hop;
            if (from && from + (int64_t)reader->bands.n_fft > length)
                break; /* a stem may go on where the file has ended */
            status = hs_stem_reader_get(reader, from, err);
            if (status == HS_OK)
                hs_stem_window_add(&w, reader);
            for (size_t i = 0; i < reader->n && status == HS_OK; i++) {
                const struct hs_stem_track *x = &reader->tracks[i];
                f->wide[i] |=
                    x->part || x->one_of_two || (!x->spectrum.silent && !x->spectrum.mono);
            }
        }
        keep_given(f, &w, window);
        for (size_t i = 0; i < n_files && status == HS_OK; i++) {
            double complex *gains = f->side[i].gains + window * CELLS * f->n_stems;
            hs_stem_window_fit(&w, i, &f->side[i].sums[window], gains);
            keep_units(f, &w, i, window);
            keep_all_left(f, &w, i, window, gains);
            listen(f, &w, i, gains, ear);
        }
        hs_alive_tell(alive, 1, 0);
    }
    for (size_t i = 0; i < n_files && status == HS_OK; i++)
        hs_stem_whole_fit(f, i);
    hs_stem_window_free(&w);
    return status;
}

void hs_stem_zone_powers(const struct hs_stem_fitting *f, const struct hs_stem_side_fit *s,
                         size_t u, int zone, double *out)
{
    const size_t k = f->n_stems, w = u * f->unit_frames / f->window_frames;
    memset(out, 0, k * sizeof *out);
    for (size_t c = 0; c < CELLS; c++) {
        const int band = (int)(c % BANDS);
        if (band < hs_stem_zone_bands[zone] || band >= hs_stem_zone_bands[zone + 1])
            continue;
        for (size_t i = 0; i < k; i++) {
            const double complex g = s->gains[(w * CELLS + c) * k + i];
            out[i] += (creal(g) * creal(g) + cimag(g) * cimag(g)) *
                      (double)s->unit[(u * CELLS + c) * k + i];
        }
    }
}
