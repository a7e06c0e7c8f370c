/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Each place becomes a stretch of whole hops; all stretches lie one behind the other in the same
 *    arrays.
 * 2. Both files are read frame by frame along the time map. Of the mix the spectrum of each frame
 *    is kept, of the master the samples.
 */
#include "pair/stretches.h"

#include "core/alloc.h"

#include <math.h>
#include <string.h>

/* Whole hops of a place; 0 where it holds less than one frame. */
static size_t hops_in(const struct hs_stretches *s, const struct hs_excerpt *p)
{
    double frames = (p->to_s - p->from_s) * s->rate_hz - 2 * (double)s->lead;
    return frames >= (double)s->hop ? (size_t)frames / s->hop : 0;
}

/* Stretches lie one after the other in all arrays. */
static void lay_out(struct hs_stretches *s, const struct hs_excerpt *place, size_t n_places,
                    size_t which[HS_STRETCHES_MOST])
{
    for (size_t i = 0; i < n_places && s->n_items < HS_STRETCHES_MOST; i++) {
        size_t hops = hops_in(s, &place[i]);
        if (!hops)
            continue;
        which[s->n_items] = i;
        s->item[s->n_items++] = (struct hs_stretch){
            .at = s->n, .n = hops * s->hop, .frame = s->n_frames, .n_frames = hops};
        s->n += hops * s->hop;
        s->n_frames += hops;
    }
    for (int c = 0; c < 2; c++) {
        s->master[c] = hs_aligned_unset(s->n + 1, sizeof(float));
        s->edge[c] = hs_aligned_unset(s->n_items * 2 * s->lead + 1, sizeof(float));
        s->mix[c] = hs_aligned_unset(s->n_frames * s->stride + 1, sizeof(float complex));
    }
}

static float *edge_of(const struct hs_stretches *s, const struct hs_stretch *item, int channel)
{
    return s->edge[channel] + (size_t)(item - s->item) * 2 * s->lead;
}

/* Frames of a stretch's master from `done` on, counted from the first of its lead. */
static void put(struct hs_stretches *s, const struct hs_stretch *item, int channel, size_t done,
                size_t n, const float *x)
{
    float *edge = edge_of(s, item, channel);
    for (size_t i = 0, m; i < n; i += m, done += m) {
        const bool before = done < s->lead, inside = !before && done < s->lead + item->n;
        const size_t end = before ? s->lead : s->lead + item->n + (inside ? 0 : s->lead);
        m = end - done < n - i ? end - done : n - i;
        memcpy(before   ? edge + done
               : inside ? s->master[channel] + item->at + done - s->lead
                        : edge + done - item->n,
               x + i, m * sizeof(float));
    }
}

void hs_stretches_frame(const struct hs_stretches *s, const struct hs_stretch *item, size_t k,
                        int channel, const float *x, float *out)
{
    const float *edge = edge_of(s, item, channel);
    const size_t from = k ? 0 : s->lead;
    const size_t to = k + 1 < item->n_frames ? s->filter_n : s->lead + s->hop;
    memcpy(out, edge, from * sizeof(float));
    memcpy(out + from, x + item->at + k * s->hop + from - s->lead, (to - from) * sizeof(float));
    memcpy(out + to, edge + s->lead, (s->filter_n - to) * sizeof(float));
}

/* Frame by frame: each but the first shares 2 * lead frames with the one before. */
static enum hs_status read_one(struct hs_stretches *s, struct hs_aligned *a,
                               const struct hs_excerpt *place, struct hs_stretch *item,
                               struct hs_filter *filter, float *const frame[4],
                               struct hs_error *err)
{
    const size_t shared = 2 * s->lead;
    enum hs_status status = hs_aligned_seek(a, place->segment, place->from_s, err);
    int64_t at = hs_aligned_frame(a, place->from_s);
    item->from_s = hs_aligned_time(a, at + (int64_t)s->lead);
    size_t done = 0;
    for (size_t k = 0; k < item->n_frames && !status; k++) {
        const size_t keep = k ? shared : 0, n = s->filter_n - keep;
        float *const x[2] = {frame[0] + keep, frame[1] + keep};
        status = hs_aligned_read(a, place->segment, at + (int64_t)done, n, x, frame + 2, err);
        for (int c = 0; c < 2 && !status; c++) {
            put(s, item, c, done, n, frame[2 + c]);
            hs_filter_spectrum(filter, frame[c], s->mix[c] + (item->frame + k) * s->stride);
            memmove(frame[c], frame[c] + s->hop, shared * sizeof(float));
        }
        done += n;
    }
    return status;
}

/* Master in samples, mix in spectra. */
enum hs_status hs_stretches_read(struct hs_stretches *s, struct hs_aligned *a, size_t filter_n,
                                 const struct hs_excerpt *place, size_t n_places,
                                 struct hs_error *err)
{
    size_t which[HS_STRETCHES_MOST];
    struct hs_filter filter;
    *s = (struct hs_stretches){.rate_hz = a->master->rate_hz,
                               .filter_n = filter_n,
                               .hop = hs_filter_hop(filter_n),
                               .lead = filter_n / HS_FILTER_SHARE,
                               .stride = filter_n / 2 + 8};
    lay_out(s, place, n_places, which);
    hs_filter_init(&filter, filter_n);
    float *frame[4]; /* mid and side of the mix, left and right of the master */
    for (int i = 0; i < 4; i++)
        frame[i] = hs_aligned(filter_n, sizeof(float));
    enum hs_status status = HS_OK;
    for (size_t i = 0; i < s->n_items && !status; i++)
        status = read_one(s, a, &place[which[i]], &s->item[i], &filter, frame, err);
    for (int i = 0; i < 4; i++)
        hs_free(frame[i]);
    hs_filter_free(&filter);
    return status;
}

void hs_stretches_free(struct hs_stretches *s)
{
    for (int c = 0; c < 2; c++) {
        hs_free(s->mix[c]);
        hs_free(s->master[c]);
        hs_free(s->edge[c]);
    }
    *s = (struct hs_stretches){0};
}
