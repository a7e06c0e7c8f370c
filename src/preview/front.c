/* SPDX-License-Identifier: Apache-2.0 */
/* The front of the preview's chain, which both passes share: file, down-mix, high-pass, equaliser.
 * Pieces go to a sink. */
#include "preview/front.h"

#include "core/alloc.h"
#include "dsp/biquad.h"
#include "dsp/downmix.h"
#include "dsp/match_eq.h"
#include "dsp/screen.h"
#include "media/reader.h"

#include <math.h>

enum { PIECE = HS_MATCH_EQ_MOST };
static const double high_pass_hz = 20, longest_s = 24 * 3600.0;

struct front {
    const struct hs_front_sink *sink;
    struct hs_stream stream; /* as it leaves */
    int n_channels;          /* as it comes */
    struct hs_downmix downmix;
    float *screened[HS_MAX_CHANNELS], *mixed[2];
    struct hs_biquad high_pass;
    struct hs_biquad_state state[2];
    struct hs_match_eq *eq;
};

/* Buffers, down-mix, high-pass and equaliser for this stream. */
static void set_up(struct front *f, const struct hs_stream *in, const double *eq_db)
{
    f->n_channels = in->n_channels;
    f->stream = *in;
    for (int c = 0; c < in->n_channels; c++)
        f->screened[c] = hs_aligned(PIECE, sizeof(float));
    if (in->n_channels > 2) {
        hs_downmix_init(&f->downmix, in);
        f->stream.n_channels = 2;
        f->stream.layout[0] = HS_CH_LEFT;
        f->stream.layout[1] = HS_CH_RIGHT;
        for (int c = 0; c < 2; c++)
            f->mixed[c] = hs_aligned(PIECE, sizeof(float));
    }
    f->high_pass = hs_biquad_high_pass(high_pass_hz, sqrt(0.5), in->sample_rate_hz);
    if (eq_db)
        f->eq = hs_match_eq_new(in->sample_rate_hz, f->stream.n_channels, eq_db);
}

static void tear_down(struct front *f)
{
    for (int c = 0; c < HS_MAX_CHANNELS; c++)
        hs_free(f->screened[c]);
    for (int c = 0; c < 2; c++)
        hs_free(f->mixed[c]);
    hs_match_eq_free(f->eq);
}

/* One piece through the stages; the equaliser may hold some of it back. */
static void pass(struct front *f, const float *const *planar, size_t n)
{
    float *const *x = f->screened;
    for (int c = 0; c < f->n_channels; c++)
        hs_screen_copy(f->screened[c], planar[c], n);
    if (f->n_channels > 2) {
        hs_downmix_run(&f->downmix, (const float *const *)f->screened, n, f->mixed);
        x = f->mixed;
    }
    for (int c = 0; c < f->stream.n_channels; c++)
        hs_biquad_run(&f->high_pass, &f->state[c], x[c], n);
    const float *const *out = (const float *const *)x;
    if (f->eq)
        n = hs_match_eq_push(f->eq, out, n, &out);
    if (n)
        f->sink->piece(f->sink->ctx, out, n);
}

/* Reads to the end of the part, then drains the equaliser. */
static enum hs_status read_all(struct front *f, struct hs_reader *r, int64_t most,
                               const struct hs_alive *alive, struct hs_error *err)
{
    const double rate = f->stream.sample_rate_hz;
    int64_t done = 0;
    size_t n;
    for (;;) {
        const float *const *planar;
        size_t want = most && most - done < PIECE ? (size_t)(most - done) : PIECE;
        enum hs_status status = want ? hs_reader_read(r, want, &planar, &n, err) : HS_OK;
        if (status != HS_OK)
            return status;
        if (!want || !n)
            break;
        pass(f, planar, n);
        done += (int64_t)n;
        hs_alive_tell(alive, (double)n, (double)n / rate);
        if ((double)done > longest_s * rate)
            return hs_fail(err, HS_E_LIMIT, "longer than %.0f hours", longest_s / 3600);
    }
    const float *const *out;
    while (f->eq && (n = hs_match_eq_drain(f->eq, &out)))
        f->sink->piece(f->sink->ctx, out, n);
    return HS_OK;
}

/* A part of the file, or all of it where the part has no length. */
enum hs_status hs_front_run(const struct hs_source *source, const double *eq_db,
                            struct hs_front_part part, const struct hs_alive *alive,
                            const struct hs_front_sink *sink, struct hs_error *err)
{
    struct hs_reader *r = NULL;
    struct front f = {.sink = sink};
    enum hs_status status = hs_reader_open(&r, source, err);
    double rate = status == HS_OK ? hs_reader_stream(r)->sample_rate_hz : 0;
    if (status == HS_OK && part.from_s > 0)
        status = hs_reader_seek(r, llround(part.from_s * rate), err);
    if (status == HS_OK) {
        set_up(&f, hs_reader_stream(r), eq_db);
        status = sink->start(sink->ctx, &f.stream, err);
    }
    if (status == HS_OK)
        status = read_all(&f, r, llround(part.len_s * rate), alive, err);
    tear_down(&f);
    hs_reader_close(r);
    return status;
}
