/* SPDX-License-Identifier: Apache-2.0 */
/* The files come first among the tracks of the reader, then the stems that have a place; one that
 * is split stands there twice, and so does one of which a side comes late, each at its delay. */
#include "stems/one_fit.h"

#include "stems/levels.h"

#include <math.h>

/* Percussion is masked as noise is, what has a pitch less: -6 and -12 dB. */
static double mask_of(enum hs_stem_role role)
{
    return hs_stem_role_is_drum(role) ? -6 : -12;
}

/* A stem before and behind the cut of the first file; how many pieces. */
static size_t pieces_of(const struct hs_stem_places *p, int64_t delay, struct hs_stem_piece out[2])
{
    const int64_t at = llround(p->jump.at_s * p->rate_hz);
    const int64_t later = llround(p->jump.later_s * p->rate_hz);
    if (!later)
        return 0;
    out[0] = (struct hs_stem_piece){INT64_MIN / 2, at, delay + (p->jump.before ? later : 0)};
    out[1] = (struct hs_stem_piece){at, INT64_MAX / 2, delay + (p->jump.before ? 0 : later)};
    return 2;
}

/* The tracks of the reader: the files, then the stems that have a place. */
static size_t lay_tracks(struct hs_stem_work *w, struct hs_stem_track *t)
{
    const struct hs_stems_order *o = w->order;
    size_t n = 0;
    t[n++] = (struct hs_stem_track){.source = o->side[w->at.side[0]]->source};
    if (w->at.n_sides == 2)
        t[n++] = (struct hs_stem_track){.source = o->side[w->at.side[1]]->source,
                                        .delay = w->at.shift,
                                        .drift = w->at.drift,
                                        .pieces = w->at.cut,
                                        .n_pieces = w->at.n_cut};
    for (size_t i = 0; i < o->n_stems; i++) {
        const struct hs_stem_place *p = &w->at.place[i];
        struct hs_stem_piece *piece = w->piece[i];
        struct hs_stem_track x = {.source = o->stems[i].file->source,
                                  .delay = llround(p->delay_s * w->at.rate_hz),
                                  .drift = p->drift,
                                  .one_side = hs_stem_is_one_sided(&o->stems[i].file->values)};
        x.n_pieces = pieces_of(&w->at, x.delay, piece);
        x.pieces = piece;
        x.one_of_two = w->late_s[i] != 0;
        const int more = w->is_split[i] || x.one_of_two;
        for (int half = 0; p->found && half <= more; half++) {
            if (w->is_split[i])
                x.part = half ? HS_STEM_REST : HS_STEM_MIDDLE;
            if (half && x.one_of_two)
                x.delay += llround(w->late_s[i] * w->at.rate_hz);
            w->fitted[w->n_fitted++] = i;
            t[n++] = x;
        }
    }
    return n;
}

enum hs_status hs_stem_fit_once(struct hs_stem_work *w, struct hs_stem_reader *reader,
                                struct hs_stem_track *t, struct hs_error *err)
{
    struct hs_stem_ear ear[HS_STEMS_MOST];
    w->n_fitted = 0;
    size_t n = lay_tracks(w, t);
    /* how far an instrument may lie below the rest and still be heard, by role */
    for (size_t i = 0; i < w->n_fitted; i++) {
        enum hs_stem_role role = w->order->stems[w->fitted[i]].role;
        ear[i] = (struct hs_stem_ear){mask_of(role), role == HS_STEM_FX};
    }
    double length_s = hs_values_or_nan(&w->order->side[w->at.side[0]]->values, "duration_s");
    enum hs_status status = hs_stem_reader_open(reader, t, n, w->at.rate_hz, err);
    if (status == HS_OK)
        status = hs_stem_fitting_run(&w->fit, reader, w->at.n_sides,
                                     (int64_t)llround(length_s * w->at.rate_hz), ear,
                                     w->order->alive, err);
    return status;
}
