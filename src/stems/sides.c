/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. In the first file each stem is looked for (stems/places.h).
 * 2. In the second file the first one is looked for, which as a whole repeats less than any of its
 *    stems, and the two best stems, by some seconds alone where the first file lies, if it fits
 *    nowhere else as well. Where they lie at several shifts, or match better elsewhere, the shift
 * at which they are most like the file together counts.
 * 3. Where none is found, the second file may run at another speed: then it is laid on the first as
 *    a master is on its mix. So it is where the fit leaves much of it, for it may be an edit.
 */
#include "stems/sides.h"

#include "core/num.h"
#include "measure/fingerprint.h"
#include "pair/align.h"
#include "stems/doubts.h"
#include "stems/vote.h"

#include <math.h>
#include <stdint.h>

/* So many say where the second file lies: the first file itself, and stems. */
enum { WITNESSES = 3 };
static const size_t first_file = SIZE_MAX;

/* The stem that is found best and was not asked yet; SIZE_MAX: none. */
static size_t best_witness(const struct hs_stem_places *p, size_t n, const bool *asked)
{
    size_t best = SIZE_MAX;
    for (size_t i = 0; i < n; i++) {
        const struct hs_stem_place *x = &p->place[i];
        if (x->found && !x->borrowed && !asked[i] && (best == SIZE_MAX || x->z > p->place[best].z))
            best = i;
    }
    return best;
}

/* The first file and its best stems in the second file, and how much earlier than in the first each
 * lies there. */
struct witnesses {
    size_t stem[WITNESSES];
    double shift[WITNESSES], rival[WITNESSES], drift;
    size_t n;
};

/* The first file is looked for in the second. */
static enum hs_status ask_first_file(struct hs_stem_field *field, const struct hs_stem_places *p,
                                     const struct hs_stems_order *o, struct witnesses *w,
                                     struct hs_error *err)
{
    const struct hs_file *first = o->side[p->side[0]];
    const double known = 0;
    struct hs_stem_place x;
    *w = (struct witnesses){.n = 0};
    enum hs_status status = hs_stem_find(field, first->source, &first->values, &known, 1, &x, err);
    if (status == HS_OK && x.found) {
        w->drift = x.drift;
        w->stem[0] = first_file;
        w->rival[0] = -x.rival_s;
        w->shift[0] = -x.delay_s;
        w->n = 1;
    }
    return status;
}

/* Then a few clear stems of the first file are: all of them move together. */
static enum hs_status ask_stems(struct hs_stem_field *field, const struct hs_stem_places *p,
                                const struct hs_stems_order *o, struct witnesses *w,
                                struct hs_error *err)
{
    bool asked[HS_STEMS_MOST] = {false};
    enum hs_status status = HS_OK;
    for (int k = (int)w->n; k < WITNESSES && status == HS_OK; k++) {
        struct hs_stem_place x;
        size_t i = best_witness(p, o->n_stems, asked);
        if (i == SIZE_MAX)
            break;
        asked[i] = true;
        const struct hs_stem_place *there = &p->place[i];
        const struct hs_file *stem = o->stems[i].file;
        const double known = there->delay_s - (w->n ? w->shift[0] : 0);
        x.found = false;
        if (w->n && isnan(w->rival[0]) && w->drift == 0)
            status = hs_stem_confirm(field, stem->source, &stem->values, known, &x, err);
        if (status == HS_OK && !x.found)
            status = hs_stem_find(field, stem->source, &stem->values, &known, 1, &x, err);
        if (status == HS_OK && x.found) {
            w->drift = w->n ? w->drift : x.drift - there->drift;
            w->stem[w->n] = i;
            w->rival[w->n] = there->delay_s - x.rival_s;
            w->shift[w->n++] = there->delay_s - x.delay_s;
        }
    }
    return status;
}

/* The shift at which all witnesses together are most like the second file. Shifts that differ are
 * no two halves of a truth: a bar, or a period of the bass, lies between them. */
static enum hs_status agree_on_shift(struct hs_stem_field *field, const struct hs_stem_places *p,
                                     const struct hs_stems_order *o, struct witnesses *w,
                                     double *shift_s, struct hs_error *err)
{
    struct hs_stem_candidates c = {.n = 0};
    double delay[HS_STEM_CANDIDATES];
    enum hs_status status = HS_OK;
    for (size_t i = 0; i < w->n; i++)
        hs_stem_candidates_add(&c, w->shift[i]);
    for (size_t i = 0; i < w->n; i++)
        hs_stem_candidates_add(&c, w->rival[i]);
    for (size_t i = 0; i < w->n && c.n > 1 && status == HS_OK; i++) {
        const bool whole = w->stem[i] == first_file;
        const double there = whole ? 0 : p->place[w->stem[i]].delay_s;
        for (size_t k = 0; k < c.n; k++)
            delay[k] = there - c.delay_s[k];
        status = hs_stem_candidates_ask(
            &c, field, whole ? o->side[p->side[0]] : o->stems[w->stem[i]].file, delay, err);
    }
    *shift_s = c.n > 1 ? hs_stem_candidates_best(&c) : hs_median(w->shift, w->n);
    return status;
}

/* The second file laid on the first as master and mix are (pair/align.h); the caller frees it. */
static enum hs_status lay(const struct hs_stem_places *p, const struct hs_stems_order *o,
                          enum hs_stem_side second, struct hs_alignment *a, bool *found,
                          struct hs_error *err)
{
    const struct hs_file *first = o->side[p->side[0]], *other = o->side[second];
    const struct hs_value *x = hs_values_get(&first->values, HS_FINGERPRINT_KEY);
    const struct hs_value *y = hs_values_get(&other->values, HS_FINGERPRINT_KEY);
    *a = (struct hs_alignment){.mix = first, .master = other};
    *found = false;
    if (!x || !y || x->kind != HS_TEXT || y->kind != HS_TEXT)
        return HS_OK;
    a->mix_fingerprint = x->text;
    a->master_fingerprint = y->text;
    a->mix_s = hs_values_or_nan(&first->values, "duration_s");
    a->master_s = hs_values_or_nan(&other->values, "duration_s");
    enum hs_status status = hs_align(a, found, err);
    *found = status == HS_OK && *found && !a->line.wow.n;
    return status;
}

/* The pieces of an edit, on the clock; they share the speed of the first. */
static void take_pieces(struct hs_stem_places *p, const struct hs_timeline *line)
{
    p->shift = llround(line->segment[0].line.delay_s * p->rate_hz);
    p->drift = line->segment[0].line.ratio - 1;
    p->n_cut = line->edited ? line->n_segments : 0;
    for (size_t i = 0; i < p->n_cut; i++) {
        const struct hs_edit *e = &line->segment[i];
        const double middle_s = (e->from_s + e->to_s) / 2;
        const double delay_s = hs_time_map_at(e->line, middle_s) - (1 + p->drift) * middle_s;
        p->cut[i] = (struct hs_stem_piece){
            .from = (int64_t)ceil(hs_time_map_at(e->line, e->from_s) * p->rate_hz),
            .to = (int64_t)floor(hs_time_map_at(e->line, e->to_s) * p->rate_hz),
            .delay = llround(delay_s * p->rate_hz)};
    }
}

/* Where the second file lies in the first, whatever the speed at which it runs, and however it is
 * cut. */
static enum hs_status find_by_pair(struct hs_stem_places *p, const struct hs_stems_order *o,
                                   enum hs_stem_side second, bool *found, struct hs_error *err)
{
    struct hs_alignment a;
    enum hs_status status = lay(p, o, second, &a, found, err);
    if (*found)
        take_pieces(p, &a.line);
    hs_align_free(&a);
    return status;
}

enum hs_status hs_stem_sides_cut(struct hs_stem_places *p, const struct hs_stems_order *order,
                                 bool *changed, struct hs_error *err)
{
    struct hs_alignment a;
    enum hs_status status = lay(p, order, p->side[1], &a, changed, err);
    *changed = *changed && a.line.edited;
    if (*changed)
        take_pieces(p, &a.line);
    hs_align_free(&a);
    return status;
}

/* Where the second file lies: by the first, and by the best stems, whose places in it are known. */
static enum hs_status find_second(struct hs_stem_places *p, const struct hs_stems_order *o,
                                  enum hs_stem_side second, struct hs_stem_field *field,
                                  bool *found, struct hs_error *err)
{
    struct witnesses w = {.n = 0};
    double shift_s = 0;
    enum hs_status status = hs_stem_field_open(field, o->side[second]->source, p->rate_hz, err);
    if (status == HS_OK)
        status = ask_first_file(field, p, o, &w, err);
    if (status == HS_OK)
        status = ask_stems(field, p, o, &w, err);
    if (status == HS_OK && w.n)
        status = agree_on_shift(field, p, o, &w, &shift_s, err);
    *found = status == HS_OK && w.n > 0;
    if (*found) {
        p->shift = llround(shift_s * p->rate_hz);
        p->drift = -w.drift;
    } else if (status == HS_OK) {
        status = find_by_pair(p, o, second, found, err);
    }
    return status;
}

/* In the first file each stem by itself; in the second one by witnesses. */
enum hs_status hs_stem_sides_find(struct hs_stem_places *p, const struct hs_stems_order *order,
                                  struct hs_instruments *out, struct hs_error *err)
{
    static const char *const none[HS_N_STEM_ORIGINS] = {
        "none of the stems was found in this file: another song, another take, or stretched in "
        "time",
        "nothing that the separator gave is heard in this file"};
    struct hs_stem_field field = {0};
    enum hs_status status = HS_OK;
    for (int s = 0; s < HS_STEM_SIDES && status == HS_OK; s++) {
        bool found = false;
        if (!order->side[s])
            continue;
        out->fit[s].tried = true;
        if (p->n_sides) {
            status = find_second(p, order, (enum hs_stem_side)s, &field, &found, err);
        } else {
            status = hs_stem_places_find(p, order, (enum hs_stem_side)s, &field, &found, err);
        }
        if (found)
            p->side[p->n_sides++] = (enum hs_stem_side)s;
        else
            out->fit[s].why =
                hs_stems_all_silent(order) ? "all stems are silent" : none[order->origin];
    }
    hs_stem_field_close(&field);
    return status;
}
