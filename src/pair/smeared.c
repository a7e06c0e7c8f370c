/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. A transfer of frames of 1.5 s: a hundredth of what a response of 40 ms moves is lost by them.
 *    Where the gains are smooth and a third octave comes 50 ms late, frames of 3 s, and of 6 s:
 *    24 all-passes at 60 Hz leave -9 to -11 dB of three songs by 1.5 s, -21 to -28 dB by 6 s.
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

static const double frame_s = 1, most_frames = 20, most_left_db = -12, most_left_of_bin = 0.2;
static const double low_hz = 50, high_hz = 8000, most_spread_db = 1;
enum { FEWEST_FRAMES = 8, FEWEST_BINS = 4, LONGER = 2 };

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
    const double longest_s = most_frames * (double)n / t->rate_hz;
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

/* By frames of n. */
static enum hs_status find_by(struct hs_aligned *both, size_t n, struct hs_smeared *out,
                              struct hs_error *err)
{
    const double rate_hz = both->master->rate_hz;
    struct hs_filter spectra;
    *out = (struct hs_smeared){.left_db = NAN};
    hs_filter_init(&spectra, n);
    hs_transfer_init(&out->transfer, n, rate_hz);
    enum hs_status status = read_frames(both, &spectra, &out->transfer, err);
    hs_filter_free(&spectra);
    if (status || out->transfer.n_frames < FEWEST_FRAMES)
        return status;
    const struct hs_transfer *t = &out->transfer;
    const int part = hs_transfer_power(t, 1) > hs_transfer_power(t, 0);
    double all = 0, both_have = hs_transfer_coherent(t, 0, rate_hz / 2, &all);
    out->left_db = all > 0 ? hs_db_from_power(fmax(1 - both_have / all, 1e-9)) : 0;
    out->smooth = spread_db(t, part) <= most_spread_db;
    find_delay(t, part, out);
    return status;
}

/* Whether frames lost what comes so late. */
static bool is_too_short(const struct hs_smeared *t)
{
    const double long_ms = 50, enough_db = -20, least_db = -6;
    return t->smooth && t->late_ms > long_ms && t->left_db > enough_db && t->left_db < least_db;
}

enum hs_status hs_smeared_find(struct hs_aligned *both, struct hs_smeared *out,
                               struct hs_error *err)
{
    size_t n = 1 << 12;
    while ((double)n < frame_s * both->master->rate_hz)
        n *= 2;
    enum hs_status status = find_by(both, n, out, err);
    for (int i = 0; i < LONGER && !status && is_too_short(out); i++) {
        struct hs_smeared longer;
        n *= 2;
        status = find_by(both, n, &longer, err);
        const bool better = longer.smooth && longer.left_db < out->left_db;
        hs_smeared_free(better ? out : &longer);
        if (!better)
            break;
        *out = longer;
    }
    out->found = !status && out->smooth && out->left_db <= most_left_db;
    if (!out->found)
        hs_smeared_free(out);
    return status;
}

void hs_smeared_free(struct hs_smeared *t)
{
    hs_transfer_free(&t->transfer);
}
