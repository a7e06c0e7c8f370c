/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. At the end of the file, or at its start, more than half of every window is left, and little of
 *    the others.
 * 2. What the file has there is looked for in the three clearest stems, everywhere. Where most of
 *    those that have it lie later or earlier by the same time, the file is cut against all stems.
 */
#include "stems/cut.h"

#include <math.h>

enum { ZONES = HS_STEM_ZONES, WITNESSES = 3 };
static const double fits = 0.2, left_over = 0.5; /* shares of the power that are left */
static const double least_s = 3, least_jump_s = 0.1, same_s = 1e-3;

/* The share of some units that the stems leave; NaN where the file is silent. */
static double left_of(const struct hs_stem_side_fit *s, size_t from, size_t to)
{
    double left = 0, all = 0;
    for (size_t i = from * ZONES; i < to * ZONES; i++) {
        left += (double)s->unit_left[i];
        all += (double)s->unit_zone[i];
    }
    return all > 0 ? left / all : NAN;
}

/* A stretch of units at one end of the file in which the stems do not lie, with all before or
 * behind it well explained. */
struct stretch {
    size_t from, to;
    bool at_end;
};

/* Between two units, where what is left turns from more than half to less, or the other way. */
static size_t turn(const struct hs_stem_side_fit *s, size_t from, size_t to, bool to_more)
{
    double sum = 0, least = 0;
    size_t at = from;
    for (size_t u = from; u < to; u++) {
        for (size_t i = u * ZONES; i < (u + 1) * ZONES; i++)
            sum += (to_more ? 1 : -1) *
                   ((double)s->unit_left[i] - left_over * (double)s->unit_zone[i]);
        if (sum < least) {
            least = sum;
            at = u + 1;
        }
    }
    return at;
}

static bool find_stretch(const struct hs_stem_fitting *f, struct stretch *out)
{
    const struct hs_stem_side_fit *s = &f->side[0];
    const size_t per = f->window_frames / f->unit_frames, n = f->n_windows;
    const double unit_s = f->frame_s * (double)f->unit_frames;
    size_t begin = 0, end = n;
    while (end > 0 && isnan(left_of(s, (end - 1) * per, end * per)))
        end--;
    while (begin < end && isnan(left_of(s, begin * per, (begin + 1) * per)))
        begin++;
    size_t first = begin, last = end;
    while (last > begin && !(left_of(s, (last - 1) * per, last * per) <= left_over))
        last--;
    while (first < end && !(left_of(s, first * per, (first + 1) * per) <= left_over))
        first++;
    if (last == begin || first == end || (last == end && first == begin))
        return false;
    /* the cut lies in the window beside it, or in the nearest of it */
    out->at_end = end - last >= first - begin;
    if (out->at_end) {
        out->from = turn(s, (last - 1) * per, (last < n ? last + 1 : n) * per, true);
        out->to = n * per;
    } else {
        out->from = 0;
        out->to = turn(s, (first - 1) * per, (first + 1) * per, false);
    }
    const bool rest_fits =
        (out->at_end ? left_of(s, 0, out->from) : left_of(s, out->to, n * per)) < fits;
    return rest_fits && (double)(out->to - out->from) * unit_s >= least_s;
}

/* The clearest stem that was not asked yet; SIZE_MAX: none. */
static size_t clearest(const struct hs_stem_places *p, size_t n, const bool *asked)
{
    size_t best = SIZE_MAX;
    for (size_t i = 0; i < n; i++)
        if (p->place[i].found && !p->place[i].borrowed && !asked[i] &&
            (best == SIZE_MAX || p->place[i].z > p->place[best].z))
            best = i;
    return best;
}

/* By how much later than elsewhere a stem lies in a stretch of the file. */
static enum hs_status ask(const struct hs_stem_places *p, const struct hs_stems_order *o, size_t i,
                          const double at_s[2], bool *found, double *later_s, struct hs_error *err)
{
    struct hs_stem_field stem = {0};
    double begins_s = 0;
    *found = false;
    enum hs_status status = hs_stem_field_open(&stem, o->stems[i].file->source, p->rate_hz, err);
    if (status == HS_OK)
        status = hs_stem_find_stretch(&stem, o->side[p->side[0]]->source, at_s[0], at_s[1], found,
                                      &begins_s, err);
    hs_stem_field_close(&stem);
    *later_s = -begins_s - p->place[i].delay_s;
    return status;
}

/* What most of the clearest stems say; 0: nothing. */
static enum hs_status ask_clearest(const struct hs_stem_places *p, const struct hs_stems_order *o,
                                   const double at_s[2], double *later_s, struct hs_error *err)
{
    bool asked[HS_STEMS_MOST] = {false}, found;
    double said[WITNESSES];
    size_t n = 0;
    enum hs_status status = HS_OK;
    for (int k = 0; k < WITNESSES && status == HS_OK; k++) {
        const size_t i = clearest(p, o->n_stems, asked);
        if (i == SIZE_MAX)
            break;
        asked[i] = true;
        status = ask(p, o, i, at_s, &found, &said[n], err);
        n += status == HS_OK && found && fabs(said[n]) >= least_jump_s;
        hs_alive_tell(o->alive, 1, 0);
    }
    *later_s = 0;
    for (size_t i = 0; i < n; i++) {
        size_t alike = 0;
        for (size_t k = 0; k < n; k++)
            alike += fabs(said[k] - said[i]) < same_s;
        if (2 * alike > n)
            *later_s = said[i];
    }
    return status;
}

enum hs_status hs_stem_places_jump(struct hs_stem_places *p, const struct hs_stems_order *order,
                                   const struct hs_stem_fitting *f, bool *changed,
                                   struct hs_error *err)
{
    const double unit_s = f->frame_s * (double)f->unit_frames;
    struct stretch x;
    double later_s = 0;
    *changed = false;
    if (!find_stretch(f, &x))
        return HS_OK;
    const double at_s[2] = {(double)x.from * unit_s, (double)x.to * unit_s};
    enum hs_status status = ask_clearest(p, order, at_s, &later_s, err);
    *changed = status == HS_OK && later_s != 0;
    if (*changed)
        p->jump = (struct hs_stem_jump){x.at_end ? at_s[0] : at_s[1], later_s, !x.at_end};
    return status;
}
