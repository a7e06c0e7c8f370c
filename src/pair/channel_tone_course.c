/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Pieces of 1.5 s, evenly through all that is shared, each with a transfer of its own. A channel
 * that is turned down with its level (a de-esser on each), or in a fade, has it now and then alone.
 */
#include "pair/channel_tone_course.h"

#include "core/alloc.h"
#include "core/num.h"
#include "pair/stretches.h"

#include <math.h>
#include <string.h>

enum { MOST_PIECES = 24, LEAST_PIECES = 3 };
static const double piece_s = 1.5;
/* Shelves, a bell and a low-pass on one channel of seven songs: 0.97 to 1.07 of the whole in all of
 * 168 pieces, behind a limiter or MP3 128 0.83 to 1.05; a de-esser on both 0 in half of them, a
 * fade in nine of ten. */
static const double least_share = 0.6;

struct buffers {
    size_t n; /* frames of a spectrum */
    float *sound[4];
    float complex *spectrum[2];
    double *across; /* by bin, middle of the master times its sides */
};

/* Powers of left and right by third octave. */
struct powers {
    double mix[2][HS_BANDS], master[2][HS_BANDS];
};

static void buffers_init(struct buffers *b, size_t n)
{
    b->n = n;
    for (int i = 0; i < 4; i++)
        b->sound[i] = hs_aligned(n, sizeof(float));
    for (int i = 0; i < 2; i++)
        b->spectrum[i] = hs_aligned(n / 2 + 1, sizeof(float complex));
    b->across = HS_NEW_ARRAY(double, n / 2 + 1);
}

static void buffers_free(struct buffers *b)
{
    for (int i = 0; i < 4; i++)
        hs_free(b->sound[i]);
    for (int i = 0; i < 2; i++)
        hs_free(b->spectrum[i]);
    hs_free(b->across);
}

/* The master's spectra of the frame that was added last. */
static void add_across(struct buffers *b, const struct hs_transfer *t)
{
    const float complex *mid = t->spectrum[0][0], *side = t->spectrum[0][1];
    for (size_t k = 0; k < t->bins; k++)
        b->across[k] +=
            (double)(crealf(mid[k]) * crealf(side[k]) + cimagf(mid[k]) * cimagf(side[k]));
}

static void add_powers(const struct buffers *b, const struct hs_transfer *t, struct powers *p)
{
    const double bin_hz = t->rate_hz / (double)t->n;
    for (size_t i = 0; i < HS_BANDS; i++)
        for (size_t k = (size_t)ceil(hs_band_low_hz(i) / bin_hz);
             k < t->bins && (double)k * bin_hz < hs_band_high_hz(i); k++)
            for (int c = 0; c < 2; c++) {
                const double sign = c ? -2 : 2;
                p->mix[c][i] += t->at.xx[0][k] + t->at.xx[1][k] + sign * t->at.x01[0][k];
                p->master[c][i] += t->at.yy[0][k] + t->at.yy[1][k] + sign * b->across[k];
            }
}

/* What an encoder laid over it is as loud as what it took away, so that all that left and right
 * have shows a tone less than the transfer does; but it shows. */
static bool shows_in(const struct powers *p, const struct hs_channel_tone *tone, double expected_db)
{
    const double least = 0.4;
    double over[HS_BANDS];
    for (size_t i = 0; i < HS_BANDS; i++) {
        const double left = p->master[0][i] * p->mix[1][i], right = p->master[1][i] * p->mix[0][i];
        over[i] = left > 0 && right > 0 ? hs_db_from_power(left / right) : NAN;
    }
    const double db = hs_channel_tone_of(over, tone);
    return db / expected_db >= least && fabs(db) >= HS_CHANNEL_TONE_DB;
}

/* Frames that follow each other without a gap, half over each other. */
static enum hs_status read_piece(struct hs_aligned *a, const struct hs_excerpt *piece,
                                 struct buffers *b, struct hs_transfer *t, struct hs_error *err)
{
    enum hs_status status = hs_aligned_seek(a, piece->segment, piece->from_s, err);
    const int64_t end = hs_aligned_frame(a, piece->to_s), n = (int64_t)b->n;
    hs_transfer_reset(t);
    memset(b->across, 0, (b->n / 2 + 1) * sizeof *b->across);
    for (int64_t at = hs_aligned_frame(a, piece->from_s); at + n <= end && !status; at += n / 2) {
        float *const *x = b->sound;
        status = hs_aligned_read(a, piece->segment, at, b->n, (float *const[]){x[0], x[1]},
                                 (float *const[]){x[2], x[3]}, err);
        if (status)
            break;
        hs_to_mid_side(x[2], x[3], b->n);
        for (int i = 0; i < 2; i++)
            hs_fft_forward_of(&t->fft, x[i], b->spectrum[i]);
        hs_transfer_add(t, (const float complex *const[]){b->spectrum[0], b->spectrum[1]},
                        (const float *const[]){x[2], x[3]}, 1);
        hs_transfer_finish(t);
        add_across(b, t);
    }
    return status;
}

/* The piece that begins so far into what is shared; it ends with its segment. */
static struct hs_excerpt piece_at(const struct hs_timeline *line, double shared_s)
{
    size_t i = 0;
    while (i + 1 < line->n_segments &&
           shared_s >= line->segment[i].to_s - line->segment[i].from_s) {
        shared_s -= line->segment[i].to_s - line->segment[i].from_s;
        i++;
    }
    const double from_s = line->segment[i].from_s + shared_s;
    return (struct hs_excerpt){i, from_s, fmin(from_s + piece_s, line->segment[i].to_s)};
}

enum hs_status hs_channel_tone_is_steady(struct hs_aligned *a, const struct hs_timeline *line,
                                         const struct hs_transfer *whole,
                                         const struct hs_channel_tone *tone, bool *steady,
                                         struct hs_error *err)
{
    const double shared_s = hs_timeline_shared_s(line);
    const double expected_db = hs_channel_tone_in(whole, tone);
    const size_t most = (size_t)(shared_s / piece_s);
    const size_t n = most < MOST_PIECES ? most : MOST_PIECES;
    size_t n_known = 0, n_same = 0;
    struct hs_transfer t;
    struct buffers b;
    struct powers powers = {.mix = {{0}}};
    enum hs_status status = HS_OK;
    hs_transfer_init(&t, whole->n / 4, whole->rate_hz);
    buffers_init(&b, whole->n / 4);
    for (size_t k = 0; k < n && !status; k++) {
        const struct hs_excerpt piece =
            piece_at(line, (shared_s - piece_s) * (double)k / (double)(n > 1 ? n - 1 : 1));
        status = read_piece(a, &piece, &b, &t, err);
        if (!status)
            add_powers(&b, &t, &powers);
        const double share = status ? NAN : hs_channel_tone_in(&t, tone) / expected_db;
        n_known += isfinite(share) != 0;
        n_same += share > least_share && share < 1 / least_share;
    }
    *steady = n_known >= LEAST_PIECES && 4 * n_same >= 3 * n_known &&
              (!tone->masked || shows_in(&powers, tone, expected_db));
    buffers_free(&b);
    hs_transfer_free(&t);
    return status;
}
