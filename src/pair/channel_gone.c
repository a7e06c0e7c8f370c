/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Suspected are spells in which one channel of the master is 40 dB below the other, where the
 *    mix has no such spell of the same channel.
 * 2. At an end that lies within the file, a second on either side is read in both files: the gain
 *    of the channel must change by 20 dB across it, that of the other by less than 6.
 * 3. What is left of the time line on both sides, in pieces of a second and more, is compared.
 */
#include "pair/channel_gone.h"

#include "core/alloc.h"
#include "core/num.h"
#include "pair/pass.h"

#include <math.h>

enum { WIDTH = 5 }; /* of `one_side` */
static const double beside_s = 1, cut_s = 0.2, least_drop_db = 20, kept_db = 6;
static const double least_piece_s = 1, least_left_s = 5;

struct spell {
    double from_s, to_s, db;
    int channel;
};

/* Copies: values of two files are looked at in turn, and packed ones hold only for a while. */
static struct spell *spells_of(const struct hs_file *f, size_t *n)
{
    const struct hs_value *x = hs_values_get(&f->values, "one_side");
    *n = x && x->kind == HS_ARRAY ? x->n / WIDTH : 0;
    struct spell *s = HS_NEW_ARRAY(struct spell, *n + 1);
    for (size_t i = 0; i < *n; i++) {
        const double *row = x->array + i * WIDTH;
        s[i] = (struct spell){row[0], row[1], row[3], row[2] > 0};
    }
    return s;
}

/* The segment that a moment of the master lies in; n_segments where none does. */
static size_t segment_at(const struct hs_timeline *t, double master_s)
{
    size_t i = 0;
    while (i < t->n_segments && (master_s < t->segment[i].from_s || master_s > t->segment[i].to_s))
        i++;
    return i;
}

static bool is_of_mix(const struct hs_timeline *t, size_t segment, const struct spell *s,
                      const struct spell *mix, size_t n)
{
    const double from = hs_timeline_mix_s(t, segment, s->from_s);
    const double to = hs_timeline_mix_s(t, segment, s->to_s);
    for (size_t i = 0; i < n; i++)
        if (mix[i].channel == s->channel && mix[i].from_s < to && from < mix[i].to_s)
            return true;
    return false;
}

/* Gain of each channel, dB, from one moment of the master to another. */
static enum hs_status gains(struct hs_aligned *a, size_t segment, double from_s, double to_s,
                            double gain_db[2], struct hs_error *err)
{
    float *x[4];
    double power[4] = {0};
    enum hs_status status = hs_aligned_seek(a, segment, from_s, err);
    const int64_t at = hs_aligned_frame(a, from_s);
    const size_t n = (size_t)(hs_aligned_frame(a, to_s) - at);
    for (int i = 0; i < 4; i++)
        x[i] = hs_aligned(n + 16, sizeof(float));
    if (!status)
        status = hs_aligned_read(a, segment, at, n, (float *const[]){x[0], x[1]},
                                 (float *const[]){x[2], x[3]}, err);
    hs_to_left_right(x[0], x[1], n);
    for (int i = 0; i < 4 && !status; i++)
        for (size_t k = 0; k < n; k++)
            power[i] += (double)x[i][k] * (double)x[i][k];
    const double nothing = 1e-14 * (double)n; /* where a channel of the mix has a rest */
    for (int c = 0; c < 2; c++)
        gain_db[c] = hs_db_from_power((power[2 + c] + nothing) / (power[c] + nothing));
    for (int i = 0; i < 4; i++)
        hs_free(x[i]);
    return status;
}

/* Whether the channel, and it alone, goes away between two moments beside an end; by how much. */
static enum hs_status goes_at(struct hs_aligned *a, size_t segment, const struct spell *s,
                              double outside_s, double inside_s, bool *goes, double *down_db,
                              struct hs_error *err)
{
    const int c = s->channel;
    double outside[2], inside[2];
    enum hs_status status = gains(a, segment, outside_s, outside_s + beside_s, outside, err);
    if (!status)
        status = gains(a, segment, inside_s, inside_s + beside_s, inside, err);
    if (status)
        return status;
    *down_db = outside[c] - inside[c];
    *goes = *down_db >= least_drop_db && fabs(outside[!c] - inside[!c]) < kept_db;
    return HS_OK;
}

/* At every end that lies within the segment; at one at least. */
static enum hs_status is_gone(struct hs_aligned *a, size_t segment, const struct spell *s,
                              bool *gone, double *down_db, struct hs_error *err)
{
    const struct hs_edit *e = &a->line->segment[segment];
    const double inside_s = s->to_s - s->from_s;
    const double shorter_s = fmin(beside_s, inside_s);
    bool at_start = true, at_end = true;
    const bool starts = s->from_s - cut_s - beside_s >= e->from_s;
    const bool ends = s->to_s + cut_s + beside_s <= e->to_s;
    enum hs_status status = HS_OK;
    if (starts)
        status = goes_at(a, segment, s, s->from_s - cut_s - beside_s, s->from_s, &at_start, down_db,
                         err);
    if (ends && !status)
        status =
            goes_at(a, segment, s, s->to_s + cut_s, s->to_s - shorter_s, &at_end, down_db, err);
    *gone = (starts || ends) && at_start && at_end;
    return status;
}

static enum hs_status find_gone(struct hs_aligned *a, const struct hs_file *mix,
                                const struct hs_file *master, double start_s,
                                struct hs_drop gone[HS_DROPS_MOST], size_t *n, struct hs_error *err)
{
    size_t n_master, n_mix;
    struct spell *of_master = spells_of(master, &n_master), *of_mix = spells_of(mix, &n_mix);
    const bool middle = a->middle;
    enum hs_status status = HS_OK;
    a->middle = false;
    *n = 0;
    for (size_t i = 0; i < n_master && *n < HS_DROPS_MOST && !status; i++) {
        struct spell s = of_master[i];
        const size_t segment = segment_at(a->line, (s.from_s + s.to_s) / 2);
        bool is = false;
        double down_db = 0;
        if (segment == a->line->n_segments || s.to_s - s.from_s < beside_s ||
            is_of_mix(a->line, segment, &s, of_mix, n_mix))
            continue;
        status = is_gone(a, segment, &s, &is, &down_db, err);
        const struct hs_edit *e = &a->line->segment[segment];
        const double from_s = fmax(fmax(s.from_s, e->from_s), start_s);
        if (is && !status)
            gone[(*n)++] = (struct hs_drop){
                (size_t)lround((from_s - start_s) * HS_PASS_HZ),
                (size_t)lround((fmin(s.to_s, e->to_s) - start_s) * HS_PASS_HZ), down_db, s.channel};
    }
    a->middle = middle;
    hs_free(of_master);
    hs_free(of_mix);
    return status;
}

/* Cuts a piece out of every segment; false where there are too many then. */
static bool cut_out(struct hs_timeline *t, double from_s, double to_s)
{
    struct hs_edit kept[HS_EDITS_MOST];
    size_t n = 0;
    for (size_t i = 0; i < t->n_segments; i++) {
        const struct hs_edit e = t->segment[i];
        const double left[2][2] = {{e.from_s, fmin(e.to_s, from_s)},
                                   {fmax(e.from_s, to_s), e.to_s}};
        const bool whole = from_s >= e.to_s || to_s <= e.from_s;
        for (int k = 0; k < (whole ? 1 : 2); k++) {
            const double a = whole ? e.from_s : left[k][0], b = whole ? e.to_s : left[k][1];
            if (!whole && b - a < least_piece_s)
                continue;
            if (n == HS_EDITS_MOST)
                return false;
            kept[n++] = (struct hs_edit){e.line, a, b};
        }
    }
    t->n_segments = n;
    for (size_t i = 0; i < n; i++)
        t->segment[i] = kept[i];
    t->edited = true;
    return true;
}

/* The line without them; as it was where it would fall into too many pieces, or where hardly
 * anything would be left. */
static void leave_out(const struct hs_timeline *line, double start_s, const struct hs_drop *gone,
                      size_t n, struct hs_timeline *out)
{
    *out = *line;
    for (size_t i = 0; i < n; i++) {
        const double from_s = start_s + (double)gone[i].from / HS_PASS_HZ;
        const double to_s = start_s + (double)gone[i].to / HS_PASS_HZ;
        if (!cut_out(out, from_s - cut_s, to_s + cut_s) ||
            hs_timeline_shared_s(out) < least_left_s) {
            *out = *line;
            return;
        }
    }
}

enum hs_status hs_channel_gone_leave_out(struct hs_aligned *a, const struct hs_file *mix,
                                         const struct hs_file *master, double start_s,
                                         struct hs_drop gone[HS_DROPS_MOST], size_t *n,
                                         struct hs_timeline *sound, struct hs_error *err)
{
    enum hs_status status = find_gone(a, mix, master, start_s, gone, n, err);
    leave_out(a->line, start_s, gone, *n, sound);
    a->line = sound;
    return status;
}
