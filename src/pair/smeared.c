/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. A transfer of frames of 1.4 s: a hundredth of what a response of 40 ms moves is lost by them.
 * 2. It must leave no more than -12 dB of the master.
 * 3. Bins of which it explains four fifths: the spread of their gains within a sixth of an octave,
 *    in dB, of the louder part (figures in docs/pair-method.md).
 * 4. Group delay of a third octave: the turn from bin to bin, weighted by the power of the mix.
 */
#include "pair/smeared.h"

#include "core/alloc.h"
#include "core/num.h"
#include "pair/filter.h"

#include <math.h>

static const double frame_s = 1, longest_s = 30, most_left_db = -12, most_left_of_bin = 0.2;
static const double low_hz = 50, high_hz = 8000, most_spread_db = 1;
enum { FEWEST_FRAMES = 8, FEWEST_BINS = 4 };

static double gain_of(const struct hs_transfer *t, int part, size_t k)
{
    double complex h[2][2];
    hs_transfer_gains(t, k, h);
    return 20 * log10(cabs(h[part][part]) + 1e-9);
}

/* Deviation of the gains of coherent bins from their mean in each sixth of an octave. */
static double spread_db(const struct hs_transfer *t, int part)
{
    const double sixth = pow(2, 1.0 / 6), bin_hz = t->rate_hz / (double)t->n;
    double of_all = 0, n_all = 0;
    for (double hz = low_hz; hz < fmin(high_hz, 0.4 * t->rate_hz); hz *= sixth) {
        double sum = 0, squares = 0, n = 0;
        for (size_t k = (size_t)(hz / bin_hz) + 1; (double)k * bin_hz < hz * sixth; k++) {
            double all, left = hs_transfer_left(t, k, &all);
            if (left > most_left_of_bin * all)
                continue;
            const double db = gain_of(t, part, k);
            sum += db, squares += db * db, n++;
        }
        if (n < FEWEST_BINS)
            continue;
        of_all += squares - sum * sum / n;
        n_all += n - 1;
    }
    return n_all > 0 ? sqrt(of_all / n_all) : INFINITY;
}

/* Of a third octave, ms; NaN where the mix has next to nothing. */
static double group_delay_ms(const struct hs_transfer *t, int part, double from_hz, double to_hz,
                             double least)
{
    const double bin_hz = t->rate_hz / (double)t->n;
    double complex turn = 0, h[2][2], before = 0;
    double power = 0;
    for (size_t k = (size_t)(from_hz / bin_hz); (double)k * bin_hz <= to_hz; k++) {
        hs_transfer_gains(t, k, h);
        turn += t->at.xx[part][k] * h[part][part] * conj(before);
        power += t->at.xx[part][k];
        before = h[part][part];
    }
    return power > least ? -1000 * carg(turn) / (2 * HS_PI * bin_hz) : NAN;
}

static void find_delay(const struct hs_transfer *t, int part, struct hs_smeared *out)
{
    const double least = 1e-4 * hs_transfer_power(t, part);
    double first = INFINITY, last = -INFINITY;
    for (size_t b = 0; b < HS_BANDS && hs_band_high_hz(b) < fmin(high_hz, 0.4 * t->rate_hz); b++) {
        if (hs_band_hz(b) < low_hz)
            continue;
        const double ms = group_delay_ms(t, part, hs_band_low_hz(b), hs_band_high_hz(b), least);
        first = ms < first ? ms : first;
        if (ms > last) {
            last = ms;
            out->late_hz = hs_band_hz(b);
        }
    }
    out->late_ms = last > first ? last - first : 0;
}

/* Frames that overlap by half. */
static enum hs_status read_frames(struct hs_aligned *both, struct hs_filter *spectra,
                                  struct hs_transfer *t, struct hs_error *err)
{
    const size_t at = hs_timeline_longest(both->line), n = t->n;
    const struct hs_edit *e = &both->line->segment[at];
    const double from_s = fmax(e->from_s, (e->from_s + e->to_s - longest_s) / 2);
    float *x[2], *y[2];
    float complex *lent[HS_TRANSFER_FRAMES][2];
    for (int c = 0; c < 2; c++) {
        x[c] = HS_NEW_ARRAY(float, n);
        y[c] = HS_NEW_ARRAY(float, n);
        for (int k = 0; k < HS_TRANSFER_FRAMES; k++)
            lent[k][c] = hs_aligned_unset(t->bins, sizeof **lent[k]);
    }
    enum hs_status status = hs_aligned_seek(both, at, from_s, err);
    int64_t frame = hs_aligned_frame(both, from_s);
    const int64_t end = hs_aligned_frame(both, fmin(e->to_s, from_s + longest_s));
    for (; !status && frame + (int64_t)n <= end; frame += (int64_t)(n / 2)) {
        float complex **const now = lent[t->n_frames % HS_TRANSFER_FRAMES];
        status = hs_aligned_read(both, at, frame, n, x, y, err);
        if (status)
            break;
        hs_to_mid_side(y[0], y[1], n);
        for (int c = 0; c < 2; c++)
            hs_filter_spectrum(spectra, x[c], now[c]);
        hs_transfer_add(t, (const float complex *const[]){now[0], now[1]},
                        (const float *const[]){y[0], y[1]}, 1);
    }
    hs_transfer_finish(t);
    for (int c = 0; c < 2; c++) {
        hs_free(x[c]);
        hs_free(y[c]);
        for (int k = 0; k < HS_TRANSFER_FRAMES; k++)
            hs_free(lent[k][c]);
    }
    return status;
}

enum hs_status hs_smeared_find(struct hs_aligned *both, struct hs_smeared *out,
                               struct hs_error *err)
{
    const double rate_hz = both->master->rate_hz;
    struct hs_filter spectra;
    size_t n = 1 << 12;
    *out = (struct hs_smeared){.left_db = NAN};
    while ((double)n < frame_s * rate_hz)
        n *= 2;
    hs_filter_init(&spectra, n);
    hs_transfer_init(&out->transfer, n, rate_hz);
    enum hs_status status = read_frames(both, &spectra, &out->transfer, err);
    hs_filter_free(&spectra);
    if (!status && out->transfer.n_frames >= FEWEST_FRAMES) {
        const struct hs_transfer *t = &out->transfer;
        const int part = hs_transfer_power(t, 1) > hs_transfer_power(t, 0);
        double all = 0, both_have = hs_transfer_coherent(t, 0, rate_hz / 2, &all);
        out->left_db = all > 0 ? hs_db_from_power(fmax(1 - both_have / all, 1e-9)) : 0;
        out->found = out->left_db <= most_left_db && spread_db(t, part) <= most_spread_db;
        if (out->found)
            find_delay(t, part, out);
    }
    if (!out->found)
        hs_smeared_free(out);
    return status;
}

void hs_smeared_free(struct hs_smeared *t)
{
    hs_transfer_free(&t->transfer);
}
