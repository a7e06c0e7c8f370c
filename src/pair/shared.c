/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. The stretches: the segments of the time line where the master is at its full gain.
 * 2. Where they are nine tenths of the file, its own measures hold.
 * 3. Else their original channels are fed to the analysers (measure/measure.h) one behind the
 *    other.
 */
#include "pair/shared.h"

#include "core/alloc.h"
#include "measure/measure.h"
#include "media/reader.h"

#include <math.h>

/* With a smaller share in common the measures of the whole file do not hold for what is shared. */
static const double whole_share = 0.9;
enum { CHUNK = 8192 };

/* A piece of the time line that is in both files and in no fade, in time of the file. */
struct stretch {
    double from_s, to_s;
};

static struct stretch place_of(const struct hs_timeline *t, size_t segment, bool is_mix,
                               double from_s, double to_s)
{
    if (!is_mix)
        return (struct stretch){from_s, to_s};
    return (struct stretch){fmax(hs_timeline_mix_s(t, segment, from_s), 0),
                            hs_timeline_mix_s(t, segment, to_s)};
}

/* The stretches of all segments, in order; returns how many. */
static size_t stretches_of(const struct hs_timeline *t, struct hs_passage full, bool is_mix,
                           struct stretch out[HS_EDITS_MOST])
{
    size_t n = 0;
    for (size_t i = 0; i < t->n_segments; i++) {
        double from_s = fmax(t->segment[i].from_s, full.from_s);
        double to_s = fmin(t->segment[i].to_s, full.to_s);
        if (from_s < to_s)
            out[n++] = place_of(t, i, is_mix, from_s, to_s);
    }
    return n;
}

/* Frames of a stretch to the analysers. */
static enum hs_status feed(struct hs_measuring *m, struct hs_reader *r, int64_t from, int64_t to,
                           struct hs_error *err)
{
    enum hs_status status = hs_reader_seek(r, from, err);
    for (int64_t at = from; at < to && !status;) {
        const float *const *planar;
        size_t n, most = to - at < CHUNK ? (size_t)(to - at) : CHUNK;
        status = hs_reader_read(r, most, &planar, &n, err);
        if (status || !n)
            break;
        hs_measuring_block(m, planar, n);
        at += (int64_t)n;
    }
    return status;
}

/* Numbers, flags and arrays. */
static void take_numbers(const struct hs_values *from, struct hs_values *to)
{
    for (size_t i = 0; i < from->n; i++) {
        const struct hs_value *x = &from->items[i];
        if (x->kind == HS_NUMBER)
            hs_values_number_bound(to, x->key, x->number, x->bound);
        else if (x->kind == HS_FLAG)
            hs_values_flag(to, x->key, x->number != 0);
        else if (x->kind == HS_ARRAY)
            hs_values_array(to, x->key, x->array, x->n);
        else if (x->kind == HS_ABSENT && x->absence == HS_NOTHING_THERE)
            hs_values_nothing(to, x->key, "%s", x->why);
        else if (x->kind == HS_ABSENT)
            hs_values_absent(to, x->key, "%s", x->why);
    }
}

/* All stretches as one programme. */
static enum hs_status measure(const struct stretch *stretch, size_t n,
                              const struct hs_source *source, struct hs_values *out,
                              struct hs_error *err)
{
    struct hs_reader *r = NULL;
    struct hs_measuring *m = NULL;
    struct hs_arena arena = {0};
    struct hs_values all;
    enum hs_status status = hs_reader_open(&r, source, err);
    if (!status)
        status = hs_measuring_start(&m, hs_reader_stream(r), HS_ALL_ANALYSERS, NULL, err);
    for (size_t i = 0; i < n && !status; i++) {
        double hz = hs_reader_stream(r)->sample_rate_hz;
        status = feed(m, r, llround(stretch[i].from_s * hz), llround(stretch[i].to_s * hz), err);
    }
    if (!status) {
        hs_values_init(&all, &arena);
        hs_measuring_finish(m, &all);
        take_numbers(&all, out);
    }
    hs_measuring_free(m);
    hs_reader_close(r);
    hs_arena_free(&arena);
    return status;
}

/* Measures over what both files share, without fades; nothing where that is nearly all. */
enum hs_status hs_shared_measure(const struct hs_timeline *t, struct hs_passage full,
                                 const struct hs_file *file, bool is_mix, struct hs_values *out,
                                 struct hs_error *err)
{
    struct stretch stretch[HS_EDITS_MOST];
    size_t n = stretches_of(t, full, is_mix, stretch);
    double shared_s = 0;
    for (size_t i = 0; i < n; i++)
        shared_s += stretch[i].to_s - stretch[i].from_s;
    if (!n || shared_s >= whole_share * hs_values_or_nan(&file->values, "duration_s"))
        return HS_OK;
    return measure(stretch, n, file->source, out, err);
}
