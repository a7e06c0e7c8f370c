/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. One clock serves all files: the rate of the first file (the first side that is there),
 *    divided until it is at most 50 kHz.
 * 2. The stems are looked for in the first file, the best of them in the second
 *    (stems/sides.h).
 * 3. All stems with a place are fitted in both files at once (stems/fitting.h). A mixdown of the
 *    song among them is like all others together: it is left out, and the rest is fitted again; so
 * is a submix beside its parts (stems/groups.h). So it is where stems lie apart from the export and
 * less is left with them in it, where the fit leaves much and a stem turns out to run on another
 * clock (stems/drift.h), or the second file to be an edit, or where a stem in stereo may be folded,
 * or one side of it delayed (stems/late.h).
 * 4. The fit is read, instrument by instrument (stems/instruments.h).
 */
#include "stems/analyse.h"

#include "core/alloc.h"
#include "core/num.h"
#include "stems/cut.h"
#include "stems/drift.h"
#include "stems/groups.h"
#include "stems/instruments.h"
#include "stems/keep.h"
#include "stems/late.h"
#include "stems/one_fit.h"
#include "stems/reading.h"
#include "stems/sides.h"

#include <math.h>
#include <string.h>

enum { VERSION = 40 };
const char *const hs_stems_reads[] = {"facts", "fingerprint", "levels", "loudness", NULL};

static const double clock_most_hz = 50000;
unsigned long long hs_stems_version(void)
{
    return VERSION;
}

static double clock_rate(const struct hs_stems_order *o)
{
    double hz = NAN;
    for (int s = HS_STEM_SIDES; s-- > 0;)
        if (o->side[s])
            hz = hs_values_or_nan(&o->side[s]->values, "sample_rate_hz");
    if (!(hz > 0))
        hz = 44100;
    return hz / ceil(hz / clock_most_hz);
}

/* Leaves out a stem that is the whole song; false: there is none. */
static bool leave_mixdown_out(struct hs_stem_work *w)
{
    size_t i = w->order->origin == HS_STEM_GIVEN ? hs_stem_mixdown(&w->fit, 0) : SIZE_MAX;
    if (i == SIZE_MAX)
        return false;
    w->is_mixdown[w->fitted[i]] = true;
    w->at.place[w->fitted[i]].found = false;
    return true;
}

/* Leaves out a stem that is the sum of others; false: there is none. */
static bool leave_group_out(struct hs_stem_work *w)
{
    bool part[HS_STEMS_MOST];
    size_t i = w->order->origin == HS_STEM_GIVEN ? hs_stem_group(&w->fit, part) : SIZE_MAX;
    if (i == SIZE_MAX)
        return false;
    for (size_t k = 0; k < w->n_fitted; k++)
        if (part[k])
            w->group[w->fitted[k]] = w->fitted[i] + 1;
    w->is_group[w->fitted[i]] = true;
    w->at.place[w->fitted[i]].found = false;
    return true;
}

/* The fit anew, with other places. */
static enum hs_status fit_again(struct hs_stem_work *w, struct hs_stem_reader *reader,
                                struct hs_stem_track *t, struct hs_error *err)
{
    hs_stem_fitting_free(&w->fit);
    hs_stem_reader_close(reader);
    return hs_stem_fit_once(w, reader, t, err);
}

/* Whether so much more is left of the second file than of the first that it may be an edit. */
static bool may_be_cut(const struct hs_stem_work *w)
{
    const double much = 0.1, more = 3; /* -10 dB; a limiter leaves less */
    return w->at.n_sides == HS_STEM_SIDES && !w->at.n_cut && w->fit.side[1].residual > much &&
           w->fit.side[1].residual > more * w->fit.side[0].residual;
}

/* Stems in stereo that much of what is left follows: their channels may be mixed into each other.
 * Where none is followed (all sound on and on) and there are few, all of them. False: there is
 * none, or no room. */
static bool split_some(struct hs_stem_work *w)
{
    enum { FEW = 3 };
    const double much = 0.02, clear = 0.03; /* of its own power, and of the file */
    const struct hs_stem_fitting *f = &w->fit;
    size_t wide[HS_STEMS_MOST], followed[HS_STEMS_MOST], n_wide = 0, n = 0;
    struct hs_stem_following x;
    hs_stem_follow(f, 0, &x);
    for (size_t i = 0; i < w->n_fitted; i++) {
        if (!f->wide[f->n_files + i] || f->side[0].is_return[i] || w->late_s[w->fitted[i]] != 0)
            continue;
        wide[n_wide++] = w->fitted[i];
        if (x.at_once[i] > much)
            followed[n++] = w->fitted[i];
    }
    hs_stem_following_free(&x);
    if (!n && n_wide <= FEW && f->side[0].residual > clear)
        memcpy(followed, wide, (n = n_wide) * sizeof *wide);
    if (w->n_fitted + n > HS_STEMS_MOST)
        return false;
    for (size_t i = 0; i < n; i++)
        w->is_split[followed[i]] = true;
    return n > 0;
}

static struct hs_stem_work *copy_of(const struct hs_stem_work *w)
{
    struct hs_stem_work *copy = HS_NEW(struct hs_stem_work);
    *copy = *w;
    return copy;
}

/* How much a fit may leave of what the one before left, to be kept instead. */
static const double half = 0.5, less = 0.95;

/* The fit anew, kept where it leaves so much of a file as the one before, or less. Takes that over.
 */
static enum hs_status fit_if_better(struct hs_stem_work *w, struct hs_stem_work *before,
                                    size_t file, double clearly, struct hs_stem_reader *reader,
                                    struct hs_stem_track *t, struct hs_error *err)
{
    hs_stem_reader_close(reader);
    w->fit = (struct hs_stem_fitting){0};
    enum hs_status status = hs_stem_fit_once(w, reader, t, err);
    if (status == HS_OK &&
        w->fit.side[file].residual <= clearly * before->fit.side[file].residual) {
        hs_stem_fitting_free(&before->fit);
    } else {
        hs_stem_fitting_free(&w->fit);
        *w = *before;
    }
    hs_free(before);
    return status;
}

/* Stems that lie apart from the export of the others may have been taken for what sounds like them:
 * a bass for the louder guitar that plays its notes. */
static enum hs_status fit_gathered(struct hs_stem_work *w, struct hs_stem_reader *reader,
                                   struct hs_stem_track *t, struct hs_error *err)
{
    const double little = 2e-3; /* of the file: -27 dB */
    if (w->fit.side[0].residual < little)
        return HS_OK;
    struct hs_stem_work *before = copy_of(w);
    if (hs_stem_places_gather(&w->at, w->order->n_stems))
        return fit_if_better(w, before, 0, less, reader, t, err);
    hs_free(before);
    return HS_OK;
}

/* A return takes the delay of the others; it may have been exported from another start than they
 * were. */
static enum hs_status fit_returns(struct hs_stem_work *w, struct hs_stem_reader *reader,
                                  struct hs_stem_track *t, struct hs_error *err)
{
    const double little = 8e-3; /* of the file: -21 dB */
    bool any;
    if (w->fit.side[0].residual < little)
        return HS_OK;
    struct hs_stem_work *before = copy_of(w);
    enum hs_status status = hs_stem_places_returns(&w->at, w->order, &any, err);
    if (status == HS_OK && any)
        return fit_if_better(w, before, 0, half, reader, t, err);
    hs_free(before);
    return status;
}

/* Stems that run on another clock, and a file that is cut against all of them. */
static enum hs_status fit_elsewhere(struct hs_stem_work *w, struct hs_stem_reader *reader,
                                    struct hs_stem_track *t, struct hs_error *err)
{
    const double much = 0.03; /* a fit leaves -15 dB: a stem is missing, or lies elsewhere */
    bool changed = false;
    enum hs_status status = HS_OK;
    if (w->fit.side[0].residual > much)
        status = hs_stem_places_drift(&w->at, w->order, &changed, err);
    if (status == HS_OK && changed)
        status = fit_again(w, reader, t, err);
    if (status != HS_OK || w->fit.side[0].residual <= much)
        return status;
    struct hs_stem_work *before = copy_of(w);
    status = hs_stem_places_jump(&w->at, w->order, &w->fit, &changed, err);
    if (status == HS_OK && changed)
        return fit_if_better(w, before, 0, half, reader, t, err);
    hs_free(before);
    return status;
}

/* A second file that is an edit of the first. */
static enum hs_status fit_pieces(struct hs_stem_work *w, struct hs_stem_reader *reader,
                                 struct hs_stem_track *t, struct hs_error *err)
{
    bool changed;
    if (!may_be_cut(w))
        return HS_OK;
    struct hs_stem_work *before = copy_of(w);
    enum hs_status status = hs_stem_sides_cut(&w->at, w->order, &changed, err);
    if (status == HS_OK && changed)
        return fit_if_better(w, before, 1, half, reader, t, err);
    hs_free(before);
    return status;
}

/* What a fit leaves, as a share of the file, where stems in two parts are no use: -3 dB. */
static const double hopeless = 0.5;

/* A channel may be widened by delaying one side of it: such stems are fitted at both delays. */
static enum hs_status fit_late(struct hs_stem_work *w, struct hs_stem_reader *reader,
                               struct hs_stem_track *t, struct hs_error *err)
{
    const double little = 1e-4, clearly = 0.9; /* -40 dB; two sides that are sure need less proof */
    bool any;
    if (w->fit.side[0].residual < little || w->fit.side[0].residual > hopeless ||
        w->at.jump.later_s != 0)
        return HS_OK;
    struct hs_stem_work *before = copy_of(w);
    enum hs_status status = hs_stem_find_late(w, &any, err);
    if (status == HS_OK && any)
        return fit_if_better(w, before, 0, clearly, reader, t, err);
    hs_free(before);
    return status;
}

/* A channel strip may put some of each channel of a stem on both sides (a pan pot that folds it, a
 * knob for its width): such stems are fitted as middle and rest. */
static enum hs_status fit_split(struct hs_stem_work *w, struct hs_stem_reader *reader,
                                struct hs_stem_track *t, struct hs_error *err)
{
    const double little = 8e-3; /* of the file: -21 dB; a bus leaves less */
    if (w->fit.side[0].residual < little || w->fit.side[0].residual > hopeless)
        return HS_OK;
    struct hs_stem_work *before = copy_of(w);
    if (split_some(w))
        return fit_if_better(w, before, 0, half, reader, t, err);
    hs_free(before);
    return HS_OK;
}

/* The fit, and once more for each mixdown among the stems, where stems drift or a file is cut, and
 * where stems are folded; then its results are read. */
static enum hs_status fit_all(struct hs_stem_work *w, struct hs_arena *arena,
                              struct hs_instruments *out, struct hs_error *err)
{
    enum { MIXDOWNS = 2, GROUPS = 4 };
    const bool given = w->order->origin == HS_STEM_GIVEN;
    struct hs_stem_reader reader = {0};
    struct hs_stem_track *t = HS_NEW_ARRAY(struct hs_stem_track, HS_STEMS_MOST + HS_STEM_SIDES);
    enum hs_status status = hs_stem_fit_once(w, &reader, t, err);
    for (int i = 0; i < MIXDOWNS && status == HS_OK && leave_mixdown_out(w); i++)
        status = fit_again(w, &reader, t, err);
    for (int i = 0; i < GROUPS && status == HS_OK && leave_group_out(w); i++)
        status = fit_again(w, &reader, t, err);
    if (status == HS_OK && given)
        status = fit_gathered(w, &reader, t, err);
    if (status == HS_OK && given)
        status = fit_returns(w, &reader, t, err);
    if (status == HS_OK && given)
        status = fit_elsewhere(w, &reader, t, err);
    if (status == HS_OK)
        status = fit_pieces(w, &reader, t, err);
    if (status == HS_OK && given)
        status = fit_late(w, &reader, t, err);
    if (status == HS_OK && given)
        status = fit_split(w, &reader, t, err);
    if (status == HS_OK)
        hs_stem_read_instruments(w, &reader.bands, arena, out);
    hs_stem_fitting_free(&w->fit);
    hs_stem_reader_close(&reader);
    hs_free(t);
    return status;
}

/* Where each stem lies, then gains by window and band, then what they say of each instrument. */
enum hs_status hs_stems_analyse(const struct hs_stems_order *order, struct hs_arena *arena,
                                struct hs_instruments *out, struct hs_error *err)
{
    struct hs_stem_work *w = HS_NEW(struct hs_stem_work);
    struct hs_stem_keeping keeping;
    enum hs_status status = HS_OK;
    hs_stem_keep(&keeping, order);
    order = w->order = &keeping.order;
    w->at.rate_hz = clock_rate(order);
    *out = (struct hs_instruments){
        .items = HS_ARENA_ARRAY(arena, struct hs_instrument,
                                HS_STEM_SIDES * (order->n_stems + HS_N_STEM_ROLES))};
    for (int s = 0; s < HS_STEM_SIDES; s++)
        out->fit[s] =
            (struct hs_stem_fit){.residual_db = NAN, .loudness_lufs = NAN, .window_s = NAN};
    if (order->n_stems > HS_STEMS_MOST) {
        for (int s = 0; s < HS_STEM_SIDES; s++)
            if (order->side[s])
                out->fit[s] = (struct hs_stem_fit){.tried = true,
                                                   .why = "more stems than are fitted (64)",
                                                   .residual_db = NAN,
                                                   .loudness_lufs = NAN,
                                                   .window_s = NAN};
    } else if (order->n_stems) {
        status = hs_stem_sides_find(&w->at, order, out, err);
        if (status == HS_OK && w->at.n_sides)
            status = fit_all(w, arena, out, err);
    }
    if (status == HS_OK)
        hs_stem_tell_unfitted(w, out);
    hs_stem_keeping_free(&keeping);
    hs_free(w);
    return status;
}
