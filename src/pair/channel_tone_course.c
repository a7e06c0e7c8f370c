/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Pieces of 1.5 s, evenly through all that is shared, each with a transfer of its own. A channel
 * that is turned down with its level (a de-esser on each), or in a fade, has it now and then alone.
 */
#include "pair/channel_tone_course.h"

#include "core/alloc.h"
#include "pair/stretches.h"

#include <math.h>

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
};

static void buffers_init(struct buffers *b, size_t n)
{
    b->n = n;
    for (int i = 0; i < 4; i++)
        b->sound[i] = hs_aligned(n, sizeof(float));
    for (int i = 0; i < 2; i++)
        b->spectrum[i] = hs_aligned(n / 2 + 1, sizeof(float complex));
}

static void buffers_free(struct buffers *b)
{
    for (int i = 0; i < 4; i++)
        hs_free(b->sound[i]);
    for (int i = 0; i < 2; i++)
        hs_free(b->spectrum[i]);
}

/* Frames that follow each other without a gap, half over each other. */
static enum hs_status read_piece(struct hs_aligned *a, const struct hs_excerpt *piece,
                                 struct buffers *b, struct hs_transfer *t, struct hs_error *err)
{
    enum hs_status status = hs_aligned_seek(a, piece->segment, piece->from_s, err);
    const int64_t end = hs_aligned_frame(a, piece->to_s), n = (int64_t)b->n;
    hs_transfer_reset(t);
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
    enum hs_status status = HS_OK;
    hs_transfer_init(&t, whole->n / 4, whole->rate_hz);
    buffers_init(&b, whole->n / 4);
    for (size_t k = 0; k < n && !status; k++) {
        const struct hs_excerpt piece =
            piece_at(line, (shared_s - piece_s) * (double)k / (double)(n > 1 ? n - 1 : 1));
        status = read_piece(a, &piece, &b, &t, err);
        const double share = status ? NAN : hs_channel_tone_in(&t, tone) / expected_db;
        n_known += isfinite(share) != 0;
        n_same += share > least_share && share < 1 / least_share;
    }
    *steady = n_known >= LEAST_PIECES && 4 * n_same >= 3 * n_known;
    buffers_free(&b);
    hs_transfer_free(&t);
    return status;
}
