/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. A stem is asked that much of what is left follows, or whose gains have other phases in each
 * band: a delay of more than a fraction of a frame turns them, and what is steady is fitted all the
 * same.
 * 2. Some loud seconds of each half of it are correlated with the left and the right of the file
 *    alone. Where both are sure in each half, one side lies where the stem was found and the other
 * one later by the same time, that side is late.
 */
#include "stems/late.h"

#include "core/alloc.h"
#include "stems/reading.h"
#include "stems/sight.h"

#include <math.h>

enum { PIECE = HS_STEM_PIECE };
/* Both sides are heard as one up to some 40 ms; two microphones of one source lie closer than the
 * least. */
static const double least_late_s = 0.002, most_late_s = 0.045, same_s = 2.5e-5;

/* n frames of one channel of a feed, or of left and some of right: their spectrum. */
static enum hs_status take(struct hs_stem_field *f, struct hs_feed *feed, int64_t from, size_t n,
                           int channel, float complex *out, struct hs_error *err)
{
    enum { BOTH = 2 };
    const float *x[2];
    enum hs_status status = hs_feed_get(feed, from, n, x, err);
    if (status != HS_OK)
        return status;
    if (channel < BOTH) {
        hs_gcc_spectrum(&f->fine, x[channel], n, out);
        return HS_OK;
    }
    float *sum = HS_NEW_ARRAY(float, n);
    for (size_t i = 0; i < n; i++)
        sum[i] = x[0][i] + hs_stem_right_share * x[1][i];
    hs_gcc_spectrum(&f->fine, sum, n, out);
    hs_free(sum);
    return HS_OK;
}

/* By how much later than `delay_s` some seconds of the stem lie in each side of the file; *sure:
 * both do. */
static enum hs_status look_at_sides(struct hs_stem_field *f, struct hs_feed *stem, double from_s,
                                    double delay_s, double late_s[2], bool *sure,
                                    struct hs_error *err)
{
    const long margin = (long)ceil(most_late_s * f->rate_hz) + 1;
    const size_t span = PIECE + 2 * (size_t)margin;
    enum hs_status status = hs_feed_seek(stem, from_s, err);
    if (status == HS_OK)
        status = take(f, stem, 0, PIECE, 2, f->stem, err);
    const double expected_s = stem->origin_s + delay_s;
    *sure = true;
    for (int c = 0; c < 2 && status == HS_OK; c++) {
        status = hs_feed_seek(&f->feed, fmax(0, expected_s - 1), err);
        const double at = (expected_s - f->feed.origin_s) * f->rate_hz;
        const int64_t from = (int64_t)floor(at) - margin;
        if (status == HS_OK)
            status = take(f, &f->feed, from, span, c, f->local, err);
        if (status != HS_OK)
            break;
        const struct hs_gcc_peak p = hs_gcc_find(&f->fine, f->stem, f->local, 0, 2 * margin, 0);
        late_s[c] = ((double)from + p.lag - at) / f->rate_hz;
        *sure = *sure && p.z >= hs_stem_sure_z;
    }
    return status;
}

/* How late the one side is where the other is on time; 0: not so. */
static double late_of(const double late_s[2])
{
    for (int c = 0; c < 2; c++)
        if (fabs(late_s[c]) < same_s && fabs(late_s[1 - c]) > least_late_s &&
            fabs(late_s[1 - c]) < most_late_s)
            return late_s[1 - c];
    return 0;
}

static enum hs_status ask(struct hs_stem_field *f, const struct hs_file *file, double delay_s,
                          double *late_s, struct hs_error *err)
{
    struct hs_feed stem = {0};
    double from_s[2], said[2] = {0};
    const int n = hs_stem_excerpts(f, &file->values, from_s);
    enum hs_status status = hs_feed_open(&stem, file->source, f->rate_hz, err);
    for (int i = 0; i < n && status == HS_OK; i++) {
        struct hs_stem_sight s;
        double late[2];
        bool sure;
        status = hs_stem_glance(f, &stem, &file->values, from_s[i], delay_s, &s, err);
        if (status == HS_OK)
            status = look_at_sides(f, &stem, s.from_s, delay_s, late, &sure, err);
        said[i] = status == HS_OK && sure ? late_of(late) : 0;
    }
    hs_feed_close(&stem);
    *late_s = n == 1 || fabs(said[0] - said[1]) < same_s ? said[0] : 0;
    return status;
}

/* Whether the fit is such as a late side makes it. */
static bool may_be_late(const struct hs_stem_work *w, const struct hs_stem_following *x, size_t i)
{
    const double much = 0.05, usual = 0.9; /* of its own power; stems used in a file have .98 */
    const struct hs_stem_set set = {.stem = {i}, .n = 1};
    return !w->fit.side[0].is_return[i] &&
           (x->at_once[i] >= much || hs_stem_agreement(&w->fit, 0, &set) < usual);
}

enum hs_status hs_stem_find_late(struct hs_stem_work *w, bool *any, struct hs_error *err)
{
    struct hs_stem_field field = {0};
    struct hs_stem_following x;
    enum hs_status status = HS_OK;
    size_t room = HS_STEMS_MOST - w->n_fitted;
    *any = false;
    hs_stem_follow(&w->fit, 0, &x);
    for (size_t i = 0; i < w->n_fitted && status == HS_OK; i++) {
        const size_t stem = w->fitted[i];
        const struct hs_stem_place *p = &w->at.place[stem];
        if (!may_be_late(w, &x, i) || p->drift != 0 || !room)
            continue;
        if (!field.source)
            status = hs_stem_field_open(&field, w->order->side[w->at.side[0]]->source,
                                        w->at.rate_hz, err);
        if (status == HS_OK)
            status = ask(&field, w->order->stems[stem].file, p->delay_s, &w->late_s[stem], err);
        if (status == HS_OK && w->late_s[stem] != 0) {
            *any = true;
            room--;
        }
        hs_alive_tell(w->order->alive, 1, 0);
    }
    hs_stem_field_close(&field);
    hs_stem_following_free(&x);
    return status;
}
