/* SPDX-License-Identifier: Apache-2.0 */
/* Measures one file in the worker: decodes it block by block, feeds the analysers that were asked
 * for, and adds what only the reader knows (invalid samples, seconds lost, remarks). */
#include "run/measure_file.h"

#include "media/reader.h"

/* Frames handed to the analysers at once: fits the second-level cache in stereo. */
enum { CHUNK_FRAMES = 8192 };
/* A longer file is refused, so that a stream without an end cannot occupy a thread for ever. */
static const double longest_s = 24 * 3600.0;

/* Reads to the end and hands each block to the analysers; too long a file is refused. */
static enum hs_status feed_all(struct hs_reader *r, struct hs_measuring *m,
                               const struct hs_alive *alive, struct hs_kept *keep,
                               struct hs_error *err)
{
    const float *const *planar;
    size_t n;
    double rate = hs_reader_stream(r)->sample_rate_hz, done_frames = 0;
    for (;;) {
        enum hs_status status = hs_reader_read(r, CHUNK_FRAMES, &planar, &n, err);
        if (status != HS_OK)
            return status;
        if (!n)
            return HS_OK;
        hs_measuring_block(m, planar, n);
        if (keep)
            hs_kept_add(keep, planar, n);
        done_frames += (double)n;
        hs_alive_tell(alive, (double)n, (double)n / rate);
        if (done_frames > longest_s * rate)
            return hs_fail(err, HS_E_LIMIT, "longer than %.0f hours", longest_s / 3600);
    }
}

/* What only the reader knows. */
static void put_account(const struct hs_reader *r, struct hs_kept *keep, struct hs_values *out)
{
    struct hs_reader_account account;
    hs_reader_account(r, &account);
    hs_values_number(out, "invalid_samples", (double)account.n_invalid);
    hs_values_number(out, "lost_s", account.lost_s);
    if (keep)
        hs_kept_end(keep, !account.n_invalid && !(account.lost_s > 0));
    if (hs_reader_remarks(r))
        hs_values_text(out, "remarks", hs_reader_remarks(r));
    else
        hs_values_absent(out, "remarks", "nothing to remark");
}

/* A file that is too long to be kept is refused where it is of no use then. */
static enum hs_status start_keeping(struct hs_kept *keep, const struct hs_stream *stream,
                                    struct hs_error *err)
{
    const bool needed = keep->needed;
    if (hs_kept_start(keep, stream, keep->most_bytes) || !needed)
        return HS_OK;
    return hs_fail(err, HS_E_LIMIT, "longer than what is kept in memory");
}

enum hs_status hs_run_measure_file(const struct hs_source *source, hs_analyser_set set,
                                   const struct hs_values *known, const struct hs_alive *alive,
                                   struct hs_kept *keep, struct hs_values *out,
                                   struct hs_error *err)
{
    struct hs_reader *r = NULL;
    struct hs_measuring *m = NULL;
    enum hs_status status = hs_reader_open(&r, source, err);
    if (status == HS_OK)
        status = hs_measuring_start(&m, hs_reader_stream(r), set, known, err);
    if (status == HS_OK && keep)
        status = start_keeping(keep, hs_reader_stream(r), err);
    if (status == HS_OK)
        status = feed_all(r, m, alive, keep, err);
    if (status == HS_OK) {
        hs_measuring_finish(m, out);
        put_account(r, keep, out);
    }
    hs_measuring_free(m);
    hs_reader_close(r);
    return status;
}
