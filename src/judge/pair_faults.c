/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. Places where something else sounds; bits of the song that are heard again, or left out.
 * 2. Clicks that are in the master and not in the mix, and breaks of the wave: a hundredth of a
 *    second each, or as long as they are.
 * 3. All of the song at a wrong speed, or with left and right swapped.
 * 4. Nothing of the mix in the master: another song stands under this title, or beside it.
 */
#include "judge/pair_faults.h"

#include "core/num_text.h"
#include "judge/passages.h"
#include "judge/reading.h"
#include "judge/scale.h"
#include "pair/speed.h"

#include <math.h>

/* One click is minor: it is heard, once. Five are moderate, fifty crackle. */
static const double click_s = 0.01, of_clicks[] = {0, 0.005, 0.01, 0.05, 0.5};
/* Other sound, as music that drops out: all hear it. */
static const double of_places[] = {0, 0.01, 0.03, 0.1, 5};
/* What lasts as long as the song does: the severity is that which it may have at most. */
static const double of_all[] = {0, 0.01, 0.1, 1, 2};
/* 5, 10 and 17 hundredths of a semitone: what is told apart side by side, in a melody, and by
 * itself. */
static const double speed_note = 0.003, speed_minor = 0.006, speed_moderate = 0.01;

enum hs_severity hs_pair_fault_severity(const struct hs_pair_fault *f)
{
    const enum hs_severity found = hs_scale_severity_on(f->thresholds, f->seconds);
    return found < f->at_most ? found : f->at_most;
}

/* From and to of the first places around these moments. */
static const struct hs_passage *around(const struct hs_case *c, const double *at_s, size_t n)
{
    const double before_s = 1, after_s = 2;
    struct hs_passage *times = HS_ARENA_ARRAY(c->arena, struct hs_passage, n);
    for (size_t i = 0; i < n; i++)
        times[i] = (struct hs_passage){fmax(at_s[i] - before_s, 0), at_s[i] + after_s};
    return times;
}

static bool clicks(const struct hs_case *c, const struct hs_values *pair, struct hs_pair_fault *out)
{
    const struct hs_value *at = hs_values_get(pair, "clicks");
    double n = 0, db = 0;
    if (!at || at->kind != HS_ARRAY || !at->n || !hs_values_read(pair, "clicks_n", &n) ||
        !hs_values_read(pair, "clicks_db", &db))
        return false;
    out->seconds = n * click_s;
    out->thresholds = of_clicks;
    out->n_times = at->n < HS_MAX_PASSAGES ? at->n : HS_MAX_PASSAGES;
    out->times = around(c, at->array, out->n_times);
    out->words =
        hs_arena_printf(c->arena,
                        "%s%.0f click%s that %s not in %s, the first at %.1f s, up to "
                        "%.0f dBFS.",
                        hs_values_or_nan(pair, "clicks_at_least") > 0 ? "At least " : "", n,
                        n > 1 ? "s" : "", n > 1 ? "are" : "is", hs_case_other(c), at->array[0], db);
    return true;
}

/* From and to of the first places of an array of so many numbers each; all of their seconds. */
static double places(const struct hs_case *c, const struct hs_value *x, size_t width,
                     struct hs_pair_fault *out)
{
    const size_t n = x->n / width, most = n < HS_MAX_PASSAGES ? n : HS_MAX_PASSAGES;
    struct hs_passage *times = HS_ARENA_ARRAY(c->arena, struct hs_passage, most);
    double all_s = 0;
    for (size_t i = 0; i < n; i++) {
        all_s += x->array[i * width + 1] - x->array[i * width];
        if (i < most)
            times[i] = (struct hs_passage){x->array[i * width], x->array[i * width + 1]};
    }
    out->times = times;
    out->n_times = most;
    return all_s;
}

static const char *more_of(const struct hs_case *c, size_t n, double all_s)
{
    return n > 1 ? hs_arena_printf(c->arena, "; %zu such places, %.1f s in all", n, all_s) : "";
}

/* Short bits, of which one of the numbers is the length: each is heard as a click is, or as long as
 * it lasts. */
static void of_bits(struct hs_pair_fault *out, const struct hs_value *x, size_t width,
                    size_t length)
{
    out->thresholds = of_clicks;
    out->at_most = HS_MODERATE;
    out->seconds = 0;
    for (size_t i = 0; i + width <= x->n; i += width)
        out->seconds += fmax(x->array[i + length], click_s);
}

/* Times around the first number of each row. */
static void times_of(const struct hs_case *c, const struct hs_value *x, size_t width,
                     struct hs_pair_fault *out)
{
    double at_s[HS_MAX_PASSAGES];
    out->n_times = 0;
    for (size_t i = 0; i + width <= x->n && out->n_times < HS_MAX_PASSAGES; i += width)
        at_s[out->n_times++] = x->array[i];
    out->times = around(c, at_s, out->n_times);
}

static bool lost(const struct hs_case *c, const struct hs_values *pair, struct hs_pair_fault *out)
{
    const struct hs_value *x = hs_values_get(pair, "lost");
    if (!x || x->kind != HS_ARRAY || x->n < 3)
        return false;
    const size_t n = x->n / 3;
    of_bits(out, x, 3, 2);
    times_of(c, x, 3, out);
    out->words = hs_arena_printf(c->arena, "It skips at %.1f s: %.0f ms of %s are left out%s.",
                                 x->array[0], 1000 * x->array[2], hs_case_other(c),
                                 n > 1 ? hs_arena_printf(c->arena, "; %zu such places", n) : "");
    return true;
}

/* A lost buffer, a stutter in place, a thump. */
static bool breaks(const struct hs_case *c, const struct hs_values *pair, struct hs_pair_fault *out)
{
    const struct hs_value *x = hs_values_get(pair, "breaks");
    if (!x || x->kind != HS_ARRAY || x->n < 4)
        return false;
    const size_t n = x->n / 4;
    out->thresholds = of_clicks;
    out->at_most = HS_MODERATE;
    for (size_t i = 0; i + 4 <= x->n; i += 4)
        out->seconds += fmax(x->array[i + 1] - x->array[i], click_s);
    times_of(c, x, 4, out);
    out->words = hs_arena_printf(
        c->arena, "The wave breaks at %.1f s: for %.0f ms %s%s%s.", x->array[0],
        1000 * (x->array[1] - x->array[0]),
        x->array[3] > 0 ? "it falls silent where the music goes on in " : "it is not that of ",
        hs_case_other(c), n > 1 ? hs_arena_printf(c->arena, "; %zu such places", n) : "");
    return true;
}

/* A part that another mix has is no damage: what is long, or there more than three times, is minor.
 */
static bool foreign(const struct hs_case *c, const struct hs_values *pair,
                    struct hs_pair_fault *out)
{
    const struct hs_value *x = hs_values_get(pair, "foreign");
    if (!x || x->kind != HS_ARRAY || x->n < 3)
        return false;
    const double few_s = 8;
    out->seconds = places(c, x, 3, out);
    out->thresholds = of_places;
    const bool few = x->n / 3 <= 3 && out->seconds <= few_s;
    out->at_most = few ? HS_MODERATE : HS_MINOR;
    out->words = hs_arena_printf(c->arena,
                                 "From %.1f to %.1f s something sounds that is not in the mix%s%s.",
                                 x->array[0], x->array[1], more_of(c, x->n / 3, out->seconds),
                                 few ? "" : ": or the master was made from another mix");
    return true;
}

/* A bit of a second and more may be a bar that is looped on purpose, and a shorter one a stutter:
 * minor and moderate at most. */
static bool skips(const struct hs_case *c, const struct hs_values *pair, struct hs_pair_fault *out)
{
    const double short_s = 1, bit_s = 0.2;
    const struct hs_value *x = hs_values_get(pair, "skips");
    if (!x || x->kind != HS_ARRAY || x->n < 5)
        return false;
    out->seconds = places(c, x, 5, out);
    out->thresholds = of_places;
    out->at_most = HS_MINOR;
    bool bits = true;
    for (size_t i = 0; i + 5 <= x->n; i += 5) {
        if (x->array[i + 3] < short_s)
            out->at_most = HS_MODERATE;
        bits &= x->array[i + 1] - x->array[i] < bit_s;
    }
    if (bits)
        of_bits(out, x, 5, 3);
    out->words = hs_arena_printf(
        c->arena, "It skips at %.1f s: %.2f s of %s are heard %.0f times%s.", x->array[0],
        x->array[3], hs_case_other(c), x->array[4], more_of(c, x->n / 5, out->seconds));
    return true;
}

static bool speed(const struct hs_case *c, const struct hs_values *pair, struct hs_pair_fault *out)
{
    double drift_ppm, duration_s = 0;
    if (!hs_values_read(pair, "drift_ppm", &drift_ppm))
        return false;
    const double ratio = 1 + drift_ppm * 1e-6, off = fabs(drift_ppm) * 1e-6;
    const char *cause = hs_speed_cause(ratio);
    if (off < speed_note || !hs_values_read(c->values, "duration_s", &duration_s))
        return false;
    out->seconds = duration_s;
    out->thresholds = of_all;
    out->at_most = cause                   ? HS_SEVERE
                   : off >= speed_moderate ? HS_MODERATE
                   : off >= speed_minor    ? HS_MINOR
                                           : HS_NOTE;
    out->words = hs_arena_printf(c->arena, "%.1f %% %s than %s, %.2f semitones %s%s%s.", 100 * off,
                                 drift_ppm > 0 ? "faster" : "slower", hs_case_other(c),
                                 12 * fabs(log2(ratio)), drift_ppm > 0 ? "sharp" : "flat",
                                 cause ? ": " : "", cause ? cause : "");
    out->mend =
        hs_arena_printf(c->arena, "Deliver it at the right speed: %.4f times this one.", 1 / ratio);
    return true;
}

/* Proven is that the two do not belong together, not which of them is wrong: moderate at most. */
static bool other_song(const struct hs_case *c, struct hs_pair_fault *out)
{
    if (c->role != HS_ROLE_MASTER || !c->result || c->result->pair.state != HS_PAIR_DIFFERENT ||
        !hs_values_read(c->values, "duration_s", &out->seconds))
        return false;
    const bool several = c->result->pair.n_candidates > 1;
    out->thresholds = of_all;
    out->at_most = HS_MODERATE;
    out->words = hs_arena_printf(
        c->arena,
        "No part of %s is in it: the file under this title is not a master of %s. It is the "
        "wrong file (another song, take or version), or %s.",
        hs_case_other(c), several ? "any mix that was given" : hs_case_other(c),
        several ? "the mixes are" : "the mix is");
    out->mend = "Find out which of the two is the wrong file, and put the right one in its place.";
    return true;
}

/* It is heard side by side, and where the stage is known; no more than minor. */
static bool swapped(const struct hs_case *c, const struct hs_values *pair,
                    struct hs_pair_fault *out)
{
    double is, duration_s = 0;
    if (!hs_values_read(pair, "swapped", &is) || !(is > 0) ||
        !hs_values_read(c->values, "duration_s", &duration_s))
        return false;
    out->seconds = duration_s;
    out->thresholds = of_all;
    out->at_most = HS_MINOR;
    out->words =
        hs_arena_printf(c->arena, "Left and right have changed places: left of %s is right here.",
                        hs_case_other(c));
    out->mend = "Swap left and right back.";
    return true;
}

size_t hs_pair_faults(const struct hs_case *c, struct hs_pair_fault out[HS_PAIR_FAULTS_MOST])
{
    static const struct {
        enum hs_damage kind;
        bool (*look)(const struct hs_case *, const struct hs_values *, struct hs_pair_fault *);
    } looks[] = {{HS_DAMAGE_FOREIGN, foreign}, {HS_DAMAGE_SKIP, skips},
                 {HS_DAMAGE_BREAKS, lost},     {HS_DAMAGE_BREAKS, clicks},
                 {HS_DAMAGE_BREAKS, breaks},   {HS_DAMAGE_SWAPPED, swapped},
                 {HS_DAMAGE_SPEED, speed}};
    const struct hs_values *pair = c->role == HS_ROLE_MASTER ? hs_case_pair(c) : NULL;
    size_t n = 0;
    for (size_t i = 0; pair && i < sizeof looks / sizeof *looks; i++) {
        out[n] = (struct hs_pair_fault){.kind = looks[i].kind, .at_most = HS_SEVERE};
        n += looks[i].look(c, pair, &out[n]);
    }
    out[n] = (struct hs_pair_fault){.kind = HS_DAMAGE_OTHER_SONG, .at_most = HS_SEVERE};
    n += other_song(c, &out[n]);
    return n;
}
