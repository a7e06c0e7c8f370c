/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Each stem is looked for in the first file, first at the delays of stems that were found
 *    before. Returns (FX) come last and take the delay of the others: a return resembles the stems
 *    that feed it, some milliseconds later, and would be found at that wrong delay.
 * 2. A part that repeats (a loop, a bass line) also matches the music some bars later, and stems
 * that are looked for afterwards would follow it there. So where stems lie at several delays, or
 * one matches better elsewhere, all stems are correlated with the file at all of these delays. The
 *    delay with the highest sum is that of the export; stems found elsewhere are looked for once
 *    more, there first.
 * 3. Stems that were not found take the median delay.
 * 4. In the second file the three best stems are looked for. Where they lie at several shifts, or
 *    match better elsewhere, the shift at which they are most like the file together counts. Where
 *    none is found, the second file may run at another speed: then it is laid on the first as a
 *    master is on its mix. So it is where the fit leaves much of it, for it may be an edit.
 */
#include "stems/places.h"

#include "core/num.h"
#include "measure/fingerprint.h"
#include "pair/align.h"

#include <math.h>

/* Delays of one export differ by less. */
static const double one_export_s = 1e-4;
/* How many stems say where the second file lies; delays that are held against each other. */
enum { WITNESSES = 3, CANDIDATES = 6 };

/* The delay that most of those found share. */
static double shared_delay(const struct hs_stem_place *p, size_t n)
{
    double delay[HS_STEMS_MOST];
    size_t found = 0;
    for (size_t i = 0; i < n; i++)
        if (p[i].found && !p[i].borrowed)
            delay[found++] = p[i].delay_s;
    return found ? hs_median(delay, found) : NAN;
}

static size_t how_many_at(const struct hs_stem_place *p, size_t n, double delay_s)
{
    size_t at = 0;
    for (size_t i = 0; i < n; i++)
        at += p[i].found && !p[i].borrowed && fabs(p[i].delay_s - delay_s) < one_export_s;
    return at;
}

/* Whether most of the stems that were found lie at one delay; then it is *delay_s. */
static bool is_one_export(const struct hs_stem_place *p, size_t n, double *delay_s)
{
    size_t found = 0;
    *delay_s = shared_delay(p, n);
    for (size_t i = 0; i < n; i++)
        found += p[i].found && !p[i].borrowed;
    const size_t alike = how_many_at(p, n, *delay_s);
    return alike >= 2 && 2 * alike > found;
}

static bool is_known(const double *known, size_t n, double delay_s, double within_s)
{
    for (size_t i = 0; i < n; i++)
        if (fabs(known[i] - delay_s) < within_s)
            return true;
    return false;
}

static bool add_candidate(double *candidate, size_t *n, double delay_s)
{
    if (isnan(delay_s) || *n == CANDIDATES || is_known(candidate, *n, delay_s, one_export_s))
        return false;
    candidate[(*n)++] = delay_s;
    return true;
}

/* The delays that stems were found at, and those that lost to what was known. */
static size_t candidates_of(const struct hs_stem_place *p, size_t n, double *candidate)
{
    size_t found = 0;
    for (size_t i = 0; i < n; i++)
        if (p[i].found && !p[i].borrowed)
            add_candidate(candidate, &found, p[i].delay_s);
    for (size_t i = 0; i < n; i++)
        if (p[i].found && !p[i].borrowed)
            add_candidate(candidate, &found, p[i].rival_s);
    return found;
}

/* Adds how like the file the stem is at each of these delays, against where it is most like it. */
static enum hs_status add_heights(struct hs_stem_field *field, const struct hs_file *stem,
                                  const double *delay_s, size_t n, double *sum,
                                  struct hs_error *err)
{
    double height[CANDIDATES], most = 0;
    enum hs_status status =
        hs_stem_heights(field, stem->source, &stem->values, delay_s, n, height, err);
    for (size_t k = 0; k < n; k++)
        most = fmax(most, height[k]);
    for (size_t k = 0; k < n && most > 0; k++)
        sum[k] += height[k] / most;
    return status;
}

/* The candidate at which all stems together are most like the file. */
static enum hs_status vote(struct hs_stem_field *field, const struct hs_stems_order *o,
                           const struct hs_stem_place *place, const double *candidate, size_t n,
                           double *delay_s, struct hs_error *err)
{
    double sum[CANDIDATES] = {0};
    enum hs_status status = HS_OK;
    size_t best = 0;
    for (size_t i = 0; i < o->n_stems && status == HS_OK; i++)
        if (place[i].found && !place[i].borrowed)
            status = add_heights(field, o->stems[i].file, candidate, n, sum, err);
    for (size_t k = 1; k < n; k++)
        best = sum[k] > sum[best] ? k : best;
    *delay_s = candidate[best];
    return status;
}

/* Where stems lie at several delays, those elsewhere than the export are looked for once more, now
 * that its delay is known. */
static enum hs_status find_strays(struct hs_stem_field *field, const struct hs_stems_order *o,
                                  struct hs_stem_place *place, struct hs_error *err)
{
    double candidate[CANDIDATES], shared;
    const size_t n = candidates_of(place, o->n_stems, candidate);
    if (n < 2)
        return HS_OK;
    enum hs_status status = vote(field, o, place, candidate, n, &shared, err);
    for (size_t i = 0; i < o->n_stems && status == HS_OK; i++) {
        const struct hs_file *stem = o->stems[i].file;
        if (!place[i].found || place[i].borrowed || fabs(place[i].delay_s - shared) < one_export_s)
            continue;
        status = hs_stem_find(field, stem->source, &stem->values, &shared, 1, &place[i], err);
        hs_alive_tell(o->alive, 1, 0);
    }
    return status;
}

/* Returns, and stems too quiet to say, lie where the others do. */
static void lend(struct hs_stem_place *place, size_t n)
{
    const double shared = shared_delay(place, n);
    for (size_t i = 0; i < n && isfinite(shared); i++)
        if (!place[i].found) {
            place[i].found = place[i].borrowed = true;
            place[i].delay_s = shared;
        }
}

/* Looks for the returns, or for all other stems; each first at the delays that are known so far. */
static enum hs_status find_some(struct hs_stem_field *field, const struct hs_stems_order *o,
                                bool returns, struct hs_stem_place *place, struct hs_error *err)
{
    double known[HS_STEMS_MOST];
    size_t n_known = 0;
    enum hs_status status = HS_OK;
    for (size_t i = 0; i < o->n_stems; i++)
        if (place[i].found && !is_known(known, n_known, place[i].delay_s, 1e-9))
            known[n_known++] = place[i].delay_s;
    for (size_t i = 0; i < o->n_stems && status == HS_OK; i++) {
        const struct hs_file *stem = o->stems[i].file;
        if ((o->stems[i].role == HS_STEM_FX) != returns)
            continue;
        status = hs_stem_find(field, stem->source, &stem->values, known, n_known, &place[i], err);
        if (place[i].found && !is_known(known, n_known, place[i].delay_s, 1e-9))
            known[n_known++] = place[i].delay_s;
        hs_alive_tell(o->alive, 1, 0);
    }
    return status;
}

/* Finds the stems in the first file, returns only where the others are no one export. */
static enum hs_status find_all(struct hs_stem_places *p, const struct hs_stems_order *o,
                               enum hs_stem_side side, struct hs_error *err)
{
    struct hs_stem_field field;
    double shared;
    enum hs_status status = hs_stem_field_open(&field, o->side[side]->source, p->rate_hz, err);
    if (status == HS_OK)
        status = find_some(&field, o, false, p->place, err);
    if (status == HS_OK)
        status = find_strays(&field, o, p->place, err);
    if (status == HS_OK && !is_one_export(p->place, o->n_stems, &shared))
        status = find_some(&field, o, true, p->place, err);
    if (status == HS_OK)
        lend(p->place, o->n_stems);
    hs_stem_field_close(&field);
    return status;
}

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

/* The best stems in the second file, and how much earlier than in the first each lies there. */
struct witnesses {
    size_t stem[WITNESSES];
    double shift[WITNESSES], rival[WITNESSES], drift;
    size_t n;
};

/* A few clear stems of one file are looked for in the other: all stems move together. */
static enum hs_status ask_witnesses(struct hs_stem_field *field, const struct hs_stem_places *p,
                                    const struct hs_stems_order *o, struct witnesses *w,
                                    struct hs_error *err)
{
    bool asked[HS_STEMS_MOST] = {false};
    enum hs_status status = HS_OK;
    *w = (struct witnesses){.n = 0};
    for (int k = 0; k < WITNESSES && status == HS_OK; k++) {
        struct hs_stem_place x;
        size_t i = best_witness(p, o->n_stems, asked);
        if (i == SIZE_MAX)
            break;
        asked[i] = true;
        const struct hs_stem_place *there = &p->place[i];
        const struct hs_file *stem = o->stems[i].file;
        const double known = there->delay_s - (w->n ? w->shift[0] : 0);
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
    double candidate[CANDIDATES], delay[CANDIDATES], sum[CANDIDATES] = {0};
    size_t n = 0, best = 0;
    enum hs_status status = HS_OK;
    for (size_t i = 0; i < w->n; i++)
        add_candidate(candidate, &n, w->shift[i]);
    for (size_t i = 0; i < w->n; i++)
        add_candidate(candidate, &n, w->rival[i]);
    for (size_t i = 0; i < w->n && n > 1 && status == HS_OK; i++) {
        for (size_t k = 0; k < n; k++)
            delay[k] = p->place[w->stem[i]].delay_s - candidate[k];
        status = add_heights(field, o->stems[w->stem[i]].file, delay, n, sum, err);
    }
    for (size_t k = 1; k < n; k++)
        best = sum[k] > sum[best] ? k : best;
    *shift_s = n > 1 ? candidate[best] : hs_median(w->shift, w->n);
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

enum hs_status hs_stem_places_cut(struct hs_stem_places *p, const struct hs_stems_order *order,
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

/* Where the second file lies: by the best stems, whose places in both are known. */
static enum hs_status find_second(struct hs_stem_places *p, const struct hs_stems_order *o,
                                  enum hs_stem_side second, bool *found, struct hs_error *err)
{
    struct hs_stem_field field;
    struct witnesses w = {.n = 0};
    double shift_s = 0;
    enum hs_status status = hs_stem_field_open(&field, o->side[second]->source, p->rate_hz, err);
    if (status == HS_OK)
        status = ask_witnesses(&field, p, o, &w, err);
    if (status == HS_OK && w.n)
        status = agree_on_shift(&field, p, o, &w, &shift_s, err);
    hs_stem_field_close(&field);
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
enum hs_status hs_stem_places_find(struct hs_stem_places *p, const struct hs_stems_order *order,
                                   struct hs_instruments *out, struct hs_error *err)
{
    static const char none[] = "none of the stems was found in this file: another song, another "
                               "take, or stretched in time";
    enum hs_status status = HS_OK;
    for (int s = 0; s < HS_STEM_SIDES && status == HS_OK; s++) {
        bool found = false;
        if (!order->side[s])
            continue;
        out->fit[s].tried = true;
        if (p->n_sides) {
            status = find_second(p, order, (enum hs_stem_side)s, &found, err);
        } else {
            status = find_all(p, order, (enum hs_stem_side)s, err);
            found = isfinite(shared_delay(p->place, order->n_stems));
        }
        if (found)
            p->side[p->n_sides++] = (enum hs_stem_side)s;
        else
            out->fit[s].why = none;
    }
    return status;
}
