/* SPDX-License-Identifier: Apache-2.0 */
/*
 * 1. What kind of pair it is: aligned, edited, different, cannot say.
 * 2. What mastering did (report/pair_did.h); that it did nothing is said only where no other
 *    sentence says something.
 * 3. Instruments whose level changed against the whole.
 * 4. Findings by what mastering did to them: brought in, made worse, exposed, cured or eased, in
 *    the mix already, not known. Every one of `minor` and above stands in one of these.
 */
#include "report/pair_words.h"

#include "core/num_text.h"
#include "core/text.h"
#include "pair/speed.h"
#include "report/instruments.h"
#include "report/pair_did.h"
#include "report/sentence.h"

#include <math.h>
#include <string.h>

/* Below these a change is not worth a word. */
static const double drift_ppm = 3, level_lu = 0.5;

static const char *shown(const struct hs_candidate *c)
{
    const char *name = c->source ? c->source->shown : NULL,
               *slash = name ? strrchr(name, '/') : NULL;
    return slash ? slash + 1 : name ? name : "";
}

/* Mixes that cannot be told apart by what they leave unexplained; nothing without a tie. */
void hs_pair_tie_words(const struct hs_pair *p, struct hs_buf *out)
{
    size_t n = 0;
    for (size_t i = 0; i < p->n_candidates; i++) {
        if (!p->candidates[i].tied)
            continue;
        hs_buf_puts(out, n++ ? " and " : "Cannot tell ");
        hs_text_put_plain(out, shown(&p->candidates[i]));
    }
    if (!n)
        return;
    hs_buf_puts(out, " from ");
    hs_text_put_plain(out, shown(&p->candidates[p->chosen]));
    hs_buf_puts(out, ": what they leave unexplained differs by less than its bound.\n");
}

/* From a thousandth on in percent and semitones, with its usual cause. */
static void put_speed(struct hs_buf *out, double drift)
{
    const double clearly_ppm = 1000, ratio = 1 + drift * 1e-6;
    const char *cause = hs_speed_cause(ratio), *which = drift > 0 ? "faster" : "slower";
    char text[HS_NUM_TEXT];
    hs_buf_puts(out, "the master ");
    if (fabs(drift) < clearly_ppm) {
        hs_buf_printf(out, "%s ppm %s", hs_num_fixed(text, fabs(drift), 0), which);
        return;
    }
    hs_buf_printf(out, "%s %% %s (", hs_num_fixed(text, 100 * fabs(ratio - 1), 1), which);
    hs_buf_printf(out, "%s semitones %s", hs_num_fixed(text, 12 * fabs(log2(ratio)), 2),
                  drift > 0 ? "up" : "down");
    hs_buf_printf(out, "%s%s)", cause ? ": " : "", cause ? cause : "");
}

/* What kind of pair it is, with drift in ppm, wow in ms, polarity and swapped channels; true where
 * there is one of these. */
static bool put_kind(struct hs_buf *out, const struct hs_pair *p)
{
    static const char *const kinds[] = {
        [HS_PAIR_NONE] = "Not compared",
        [HS_PAIR_ALIGNED] = "Mix and master are the same recording",
        [HS_PAIR_EDITED] = "Mix and master are the same recording, cut differently",
        [HS_PAIR_DIFFERENT] = "Not the same recording",
        [HS_PAIR_CANNOT_SAY] = "Cannot say whether mix and master belong together",
    };
    const struct hs_values *v = &p->values;
    const struct hs_value *polarity = hs_values_get(v, "polarity");
    double drift = hs_values_or_nan(v, "drift_ppm"), wow = hs_values_or_nan(v, "wow_ms");
    double swapped = 0;
    struct hs_sentence s = {out, ", ", 0};
    hs_buf_puts(out, kinds[p->state]);
    /* how the two clocks and channels lie to each other */
    if (p->state == HS_PAIR_ALIGNED && fabs(drift) >= drift_ppm) {
        hs_sentence_part(&s);
        put_speed(out, drift);
    }
    if (wow > 0 && p->state != HS_PAIR_CANNOT_SAY) {
        hs_sentence_part(&s);
        hs_buf_puts(out, "with ");
        hs_sentence_number(out, wow, 2, "ms of wow");
    }
    if (polarity &&
        (polarity->kind == HS_ARRAY || (polarity->kind == HS_NUMBER && polarity->number < 0))) {
        hs_sentence_part(&s);
        hs_buf_puts(out, polarity->kind == HS_ARRAY ? "with one channel inverted"
                                                    : "with inverted polarity");
    }
    if (hs_values_read(v, "swapped", &swapped) && swapped != 0) {
        hs_sentence_part(&s);
        hs_buf_puts(out, "with left and right swapped");
    }
    if (p->why) {
        hs_buf_puts(out, ": ");
        hs_text_put_plain(out, p->why);
    }
    hs_buf_puts(out, ".\n");
    return s.n > 0;
}

/* Of the mix, and the master shows no sign of it: the reading of the master is as expected. */
static bool is_out_of_sight(const struct hs_finding *f)
{
    bool inside = !(f->value < f->expected[0]) && !(f->value > f->expected[1]);
    return f->origin == HS_ORIGIN_MIX && f->severity >= HS_MINOR && inside && !f->moved &&
           isfinite(f->mix_value);
}

/* Its rule, with severity, with what it is a part of, and with what exposed it. */
static void put_finding(struct hs_buf *out, const struct hs_finding *f)
{
    hs_buf_puts(out, f->rule);
    struct hs_sentence s = {out, " (", 0};
    if (f->severity > HS_NO_FAULT) {
        hs_sentence_part(&s);
        hs_buf_puts(out, hs_severity_name(f->severity));
    }
    if (f->explained_by) {
        hs_sentence_part(&s);
        hs_buf_printf(out, "part of %s", f->explained_by);
    }
    if (is_out_of_sight(f)) {
        hs_sentence_part(&s);
        hs_buf_puts(out, "not visible any more");
    }
    hs_buf_puts(out, s.n ? ")" : "");
    if (f->exposed_by) {
        hs_buf_puts(out, " by ");
        hs_text_put_plain(out, f->exposed_by);
    }
}

/* Findings of some origins; `needless`: moves towards the middle from a mix in range. Those of
 * `minor` and above, and of the notes those that are part of nothing, where something is known of
 * where they came from. */
static bool put_findings(struct hs_buf *out, const struct hs_track_result *t, const char *what,
                         unsigned origins, bool needless)
{
    struct hs_sentence s = {out, what, 0};
    for (size_t i = 0; i < t->n_findings; i++) {
        const struct hs_finding *f = &t->findings[i];
        bool note = f->severity < HS_MINOR;
        bool from_range = f->origin == HS_ORIGIN_CURED && !hs_finding_cured(f);
        if (!(origins >> f->origin & 1) || from_range != needless ||
            (note && (f->explained_by || f->origin == HS_ORIGIN_CANNOT_SAY)))
            continue;
        hs_sentence_part(&s);
        put_finding(out, f);
    }
    return hs_sentence_end(&s);
}

/* Against the whole: what is louder now has others below it. */
static bool put_instruments(struct hs_buf *out, const struct hs_track_result *t)
{
    struct hs_sentence s = {out, "Against the whole: ", 0};
    struct hs_instrument_change change;
    for (size_t i = 0; hs_instruments_change(t, i, &change); i++)
        hs_sentence_change(&s, change.lu, level_lu, 1, "LU", change.name, "up", "down");
    return hs_sentence_end(&s);
}

/* True where one of them is a change, or not known. */
static bool put_origins(struct hs_buf *out, const struct hs_track_result *t)
{
    bool changed =
        put_findings(out, t, "Brought in by mastering: ", 1u << HS_ORIGIN_MASTERING, false);
    changed |= put_findings(out, t, "Made worse: ", 1u << HS_ORIGIN_WORSENED, false);
    changed |=
        put_findings(out, t, "In the mix, exposed by mastering: ", 1u << HS_ORIGIN_EXPOSED, false);
    changed |= put_findings(
        out, t, "Cured or eased: ", 1u << HS_ORIGIN_CURED | 1u << HS_ORIGIN_EASED, false);
    changed |= put_findings(
        out, t, "Nearer to the middle, from a mix in range: ", 1u << HS_ORIGIN_CURED, true);
    put_findings(out, t, "In the mix already: ", 1u << HS_ORIGIN_MIX, false);
    changed |=
        put_findings(out, t, "Cannot say where it came in: ", 1u << HS_ORIGIN_CANNOT_SAY, false);
    return changed;
}

/* `hindsight compare` in plain text. */
void hs_pair_words(const struct hs_track_result *t, struct hs_buf *out)
{
    const struct hs_pair *p = &t->pair;
    bool changed = put_kind(out, p);
    if (p->state != HS_PAIR_ALIGNED && p->state != HS_PAIR_EDITED)
        return;
    struct hs_buf rest = {0};
    changed |= hs_pair_moves_words(t, out);
    hs_pair_tie_words(p, &rest);
    changed |= hs_pair_devices_words(p, &rest);
    changed |= hs_pair_passages_words(t, &rest);
    changed |= put_instruments(&rest, t);
    changed |= put_origins(&rest, t);
    if (!changed)
        hs_buf_puts(out, "Mastering: no change of level, tone, width or range beyond an audible "
                         "step.\n");
    hs_buf_put(out, rest.data, rest.len);
    hs_buf_free(&rest);
}
