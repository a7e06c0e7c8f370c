/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. The music is sent in parts of 20 s, the last of 10 to 30 s: encoders hold no more than that
 *    of what was.
 * 2. Of each part the first and last tenth of a second are not looked at, so parts share two
 *    tenths, and all but the ends of the file is.
 * 3. Parts that are next to silent are passed over: no codec spoils them, and there is too little
 *    to see whether they lie on themselves.
 */
#include "survival/whole_file.h"

#include "core/alloc.h"
#include "survival/loudest.h"

#include <string.h>

#define OVERLAP_S 0.2
#define QUIET 1e-6 /* power of a frame, both channels: -60 dBFS */

/* NULL: fit. */
static const char *unfit(double seconds, int rate_hz)
{
    return seconds < 10                    ? "shorter than 10 s"
           : rate_hz < HS_LOUDEST_LEAST_HZ ? "nothing up to 15 kHz is stored"
           : rate_hz > HS_LOUDEST_MOST_HZ  ? "sample rates over 96 kHz are not modelled"
                                           : NULL;
}

void hs_whole_file_start(struct hs_whole_file *w, const struct hs_stream *stream,
                         const enum hs_lossy *codecs, size_t n)
{
    int rate_hz = stream->sample_rate_hz;
    for (size_t i = 0; i < n; i++)
        w->rows[w->n_rows++] = hs_codec_row_new(codecs[i], rate_hz);
    if (unfit(10, rate_hz))
        return;
    w->part = (size_t)rate_hz * HS_LOUDEST_S;
    w->overlap = (size_t)(OVERLAP_S * rate_hz);
    for (int c = 0; c < 2; c++)
        w->x[c] = HS_NEW_ARRAY(float, w->part + w->part / 2);
}

/* Through every codec, unless it is next to silent. */
static void send(struct hs_whole_file *w, size_t n)
{
    double power = 0;
    for (int c = 0; c < 2; c++)
        for (size_t i = 0; i < n; i++)
            power += (double)w->x[c][i] * (double)w->x[c][i];
    if (!(power > QUIET * (double)n))
        return;
    w->sounds = true;
    for (size_t i = 0; i < w->n_rows; i++)
        hs_codec_row_add(w->rows[i], w->x[0], w->x[1], n);
}

/* The first part goes, and what the next one shares with it stays. */
static void send_part(struct hs_whole_file *w)
{
    size_t gone = w->part - w->overlap;
    send(w, w->part);
    for (int c = 0; c < 2; c++)
        memmove(w->x[c], w->x[c] + gone, (w->n - gone) * sizeof(float));
    w->n -= gone;
}

/* A part goes once half of the next one is there, so that the last is never short. */
void hs_whole_file_block(void *state, const struct hs_block *b)
{
    struct hs_whole_file *w = state;
    for (size_t done = 0; w->part && done < b->n_frames;) {
        size_t room = w->part + w->part / 2 - w->n, left = b->n_frames - done;
        size_t n = room < left ? room : left;
        memcpy(w->x[0] + w->n, b->left + done, n * sizeof(float));
        memcpy(w->x[1] + w->n, b->right + done, n * sizeof(float));
        w->n += n;
        done += n;
        if (n == room)
            send_part(w);
    }
}

/* What is left is the last part. */
void hs_whole_file_finish(void *state, const struct hs_stream *stream, int64_t n_frames,
                          struct hs_values *v)
{
    struct hs_whole_file *w = state;
    const char *why = unfit((double)n_frames / stream->sample_rate_hz, stream->sample_rate_hz);
    if (!why)
        send(w, w->n);
    for (size_t i = 0; i < w->n_rows; i++)
        hs_codec_row_put(w->rows[i], HS_CODEC_WHOLE, why ? why : w->sounds ? NULL : "silent", v);
}

void hs_whole_file_stop(void *state)
{
    struct hs_whole_file *w = state;
    for (size_t i = 0; i < w->n_rows; i++)
        hs_codec_row_free(w->rows[i]);
    for (int c = 0; c < 2; c++)
        hs_free(w->x[c]);
    *w = (struct hs_whole_file){.part = 0};
}
