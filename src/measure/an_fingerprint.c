/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Levels of four broad bands at 50 Hz, from which pair/ finds one file in another. The
 * bands overlap widely (differences of one-pole low-passes): what is needed is where the
 * sound starts and stops, at next to no cost.
 */
#include "core/buf.h"
#include "core/num.h"
#include "dsp/kernels.h"
#include "measure/analyser.h"
#include "measure/fingerprint.h"

#include <math.h>
#include <string.h>

_Static_assert(HS_FINGERPRINT_BANDS == HS_POLES + 1, "the kernel makes these bands");
enum { BANDS = HS_FINGERPRINT_BANDS, LEVELS = 64, FIRST_CHAR = '0' };

/* Corners between the bands. */
static const double corner_hz[BANDS - 1] = {200, 1000, 4000};

struct state {
    int rate;
    const struct hs_kernels *kernels;
    struct hs_split split;
    float power[BANDS]; /* of the current frame */
    int64_t frame;      /* of the fingerprint */
    struct hs_buf text;
};

static enum hs_status start(void *state, const struct hs_stream *stream, struct hs_error *err)
{
    (void)err;
    struct state *s = state;
    s->rate = stream->sample_rate_hz;
    s->kernels = hs_kernels_choose();
    for (int b = 0; b < BANDS - 1; b++)
        s->split.pole[b] = (float)(1 - exp(-2 * HS_PI * corner_hz[b] / s->rate));
    return HS_OK;
}

/* First sample of a frame. */
static int64_t frame_start(const struct state *s, int64_t frame)
{
    return frame * s->rate / HS_FINGERPRINT_HZ;
}

/* One character for each band: its level in steps of 1.5 dB. */
static void end_of_frame(struct state *s)
{
    double n = (double)(frame_start(s, s->frame + 1) - frame_start(s, s->frame));
    for (int b = 0; b < BANDS; b++) {
        double db = hs_db_from_power((double)s->power[b] / n / 2);
        double step = round(db / HS_FINGERPRINT_STEP_DB) + LEVELS - 1;
        hs_buf_putc(&s->text, (char)(FIRST_CHAR + fmin(fmax(step, 0), LEVELS - 1)));
        s->power[b] = 0;
    }
    s->frame++;
}

static void block(void *state, const struct hs_block *b)
{
    struct state *s = state;
    for (size_t done = 0; done < b->n_frames;) {
        int64_t at = b->first + (int64_t)done, end = frame_start(s, s->frame + 1);
        size_t n = b->n_frames - done;
        if (end - at < (int64_t)n)
            n = (size_t)(end - at);
        s->kernels->split(&s->split, b->left + done, b->right + done, n, s->power);
        done += n;
        if (at + (int64_t)n == end)
            end_of_frame(s);
    }
}

static void finish(void *state, const struct hs_stream *stream, int64_t n_frames,
                   struct hs_values *values)
{
    (void)stream, (void)n_frames;
    struct state *s = state;
    if (s->text.len)
        hs_values_text(values, HS_FINGERPRINT_KEY, s->text.data);
    else
        hs_values_absent(values, HS_FINGERPRINT_KEY, "shorter than 20 ms");
}

static void stop(void *state)
{
    hs_buf_free(&((struct state *)state)->text);
}

size_t hs_fingerprint_frames(const char *text)
{
    return text ? strlen(text) / BANDS : 0;
}

double hs_fingerprint_db(const char *text, size_t frame, size_t band)
{
    return HS_FINGERPRINT_STEP_DB *
           ((unsigned char)text[frame * BANDS + band] - FIRST_CHAR - (LEVELS - 1));
}

static const struct hs_measure measures[] = {
    {HS_FINGERPRINT_KEY, "", HS_TEXT, 0, 0, HS_IN_STORE, "fingerprint",
     "Level of four bands (split at 200 Hz, 1 kHz and 4 kHz by one-pole filters) 50 times a "
     "second in steps of 1.5 dB, by which a mix is found in its master.",
     ""},
};

const struct hs_analyser hs_analyser_fingerprint = {
    .name = "fingerprint",
    .version = 1,
    .measures = measures,
    .n_measures = sizeof measures / sizeof *measures,
    .state_size = sizeof(struct state),
    .start = start,
    .block = block,
    .finish = finish,
    .stop = stop,
};
