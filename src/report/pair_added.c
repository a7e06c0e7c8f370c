/* SPDX-License-Identifier: Apache-2.0 */
#include "report/pair_added.h"

#include "core/num_text.h"
#include "report/sentence.h"

#include <math.h>

static const char *const channels[] = {"", " on the left", " on the right"};

/* Of each: from, to, dB, channel. */
static bool put_drops(const struct hs_values *v, struct hs_buf *out)
{
    const struct hs_value *drops = hs_values_get(v, "drops");
    struct hs_sentence s = {out, "Dropped out: ", 0};
    for (size_t i = 0; drops && drops->kind == HS_ARRAY && i + 4 <= drops->n; i += 4) {
        const double *d = drops->array + i;
        char db[HS_NUM_TEXT], from[HS_NUM_TEXT], to[HS_NUM_TEXT];
        hs_sentence_part(&s);
        hs_buf_printf(out, "%s dB down from %s to %s s%s", hs_num_fixed(db, d[2], 0),
                      hs_num_fixed(from, d[0], 1), hs_num_fixed(to, d[1], 1),
                      channels[1 + (int)d[3]]);
    }
    return hs_sentence_end(&s);
}

/* Times of the first, the number of all. */
static bool put_clicks(const struct hs_values *v, struct hs_buf *out)
{
    enum { TOLD = 4 };
    const struct hs_value *at = hs_values_get(v, "clicks");
    double all = 0, db = 0;
    char text[HS_NUM_TEXT];
    if (!at || at->kind != HS_ARRAY || !hs_values_read(v, "clicks_n", &all) ||
        !hs_values_read(v, "clicks_db", &db))
        return false;
    if (hs_values_or_nan(v, "clicks_at_least") > 0)
        hs_buf_puts(out, "At least ");
    hs_buf_printf(out,
                  all > 1 ? "%s clicks that are not in the mix, at "
                          : "%s click that is not in the mix, at ",
                  hs_num_fixed(text, all, 0));
    for (size_t i = 0; i < at->n && i < TOLD; i++)
        hs_buf_printf(out, "%s%s", i ? ", " : "", hs_num_fixed(text, at->array[i], 1));
    hs_buf_puts(out, all > TOLD ? " ... s, up to " : " s, up to ");
    hs_sentence_number(out, db, 0, "dBFS.\n");
    return true;
}

static bool put_foreign(const struct hs_values *v, struct hs_buf *out)
{
    const struct hs_value *x = hs_values_get(v, "foreign");
    struct hs_sentence s = {out, "Something sounds in the master that is not in the mix: ", 0};
    for (size_t i = 0; x && x->kind == HS_ARRAY && i + 3 <= x->n; i += 3) {
        char from[HS_NUM_TEXT], to[HS_NUM_TEXT];
        hs_sentence_part(&s);
        hs_buf_printf(out, "%s to %s s", hs_num_fixed(from, x->array[i], 1),
                      hs_num_fixed(to, x->array[i + 1], 1));
    }
    return hs_sentence_end(&s);
}

/* Of each: from, to, from in the mix, length, times. */
static bool put_skips(const struct hs_values *v, struct hs_buf *out)
{
    const struct hs_value *x = hs_values_get(v, "skips");
    struct hs_sentence s = {out, "Skips: ", 0};
    for (size_t i = 0; x && x->kind == HS_ARRAY && i + 5 <= x->n; i += 5) {
        const double *d = x->array + i;
        char from[HS_NUM_TEXT], to[HS_NUM_TEXT], at[HS_NUM_TEXT];
        hs_sentence_part(&s);
        hs_buf_printf(out, "%s to %s s of the mix is heard %.0f times, at %s s",
                      hs_num_fixed(from, d[2], 2), hs_num_fixed(to, d[2] + d[3], 2), d[4],
                      hs_num_fixed(at, d[0], 1));
    }
    return hs_sentence_end(&s);
}

/* Of each: where, from in the mix, length. */
static bool put_lost(const struct hs_values *v, struct hs_buf *out)
{
    const struct hs_value *x = hs_values_get(v, "lost");
    struct hs_sentence s = {out, "Left out of the mix: ", 0};
    for (size_t i = 0; x && x->kind == HS_ARRAY && i + 3 <= x->n; i += 3) {
        char ms[HS_NUM_TEXT], at[HS_NUM_TEXT];
        hs_sentence_part(&s);
        hs_buf_printf(out, "%s ms at %s s", hs_num_fixed(ms, 1000 * x->array[i + 2], 0),
                      hs_num_fixed(at, x->array[i], 1));
    }
    return hs_sentence_end(&s);
}

/* Of each: from, to, dB, whether it is silent. */
static bool put_breaks(const struct hs_values *v, struct hs_buf *out)
{
    const struct hs_value *x = hs_values_get(v, "breaks");
    struct hs_sentence s = {out, "Breaks: ", 0};
    for (size_t i = 0; x && x->kind == HS_ARRAY && i + 4 <= x->n; i += 4) {
        const double *b = x->array + i;
        char ms[HS_NUM_TEXT], at[HS_NUM_TEXT];
        hs_sentence_part(&s);
        hs_buf_printf(out, "%s ms %s at %s s", hs_num_fixed(ms, 1000 * (b[1] - b[0]), 0),
                      b[3] > 0 ? "of silence" : "of something else", hs_num_fixed(at, b[0], 1));
    }
    return hs_sentence_end(&s);
}

static bool put_swing(const struct hs_values *v, struct hs_buf *out)
{
    char db[HS_NUM_TEXT], rate[HS_NUM_TEXT];
    double hz, range_db = hs_values_or_nan(v, "swing_db");
    if (!hs_values_read(v, "swing_hz", &hz))
        return false;
    hs_buf_printf(out,
                  "The level swings by %s dB, %s times a second: a tremolo, or ducking in time.\n",
                  hs_num_fixed(db, range_db, 1), hs_num_fixed(rate, hz, 1));
    return true;
}

static bool put_tones(const struct hs_values *v, struct hs_buf *out)
{
    const struct hs_value *hz = hs_values_get(v, "added_tones_hz");
    char text[HS_NUM_TEXT];
    size_t n = 0;
    for (size_t i = 0; hz && hz->kind == HS_ARRAY && i < hz->n; i++)
        n += isfinite(hz->array[i]);
    if (!n)
        return false;
    hs_buf_puts(out, n > 1 ? "Added: steady tones at " : "Added: a steady tone at ");
    for (size_t i = 0; i < n; i++)
        hs_buf_printf(out, "%s%s",
                      !i          ? ""
                      : i + 1 < n ? ", "
                                  : " and ",
                      hs_num_fixed(text, hz->array[i], 0));
    hs_buf_puts(out, " Hz, ");
    hs_sentence_number(out, -hs_values_or_nan(v, "added_tones_db"), 0, "dB below the master.\n");
    return true;
}

static bool put_noise(const struct hs_values *v, struct hs_buf *out)
{
    double db;
    if (!hs_values_read(v, "added_noise_db", &db))
        return false;
    hs_buf_puts(out, "Added: steady noise, from 4 to 8 kHz ");
    hs_sentence_number(out, -db, 0, "dB below the master.\n");
    return true;
}

static bool put_other_sound(const struct hs_values *v, struct hs_buf *out)
{
    const double *hz = hs_values_doubles(v, "other_sound_hz", 2);
    const double in = hs_values_or_nan(v, "other_sound_in");
    char from[HS_NUM_TEXT], to[HS_NUM_TEXT];
    if (!hz)
        return false;
    hs_buf_printf(
        out,
        "A voice or an instrument (%s to %s Hz) %s: the mix kept is not the one that was mastered, "
        "or mastering changed one part, one range, or the middle or the sides by itself. What is "
        "said of mastering here is less sure: listen to both there.\n",
        hs_num_fixed(from, 10 * round(hz[0] / 10), 0), hs_num_fixed(to, 10 * round(hz[1] / 10), 0),
        in < 0   ? "is softer in the master, or left out"
        : in > 0 ? "is louder in the master, or new"
                 : "does not stand alike in both");
    return true;
}

static bool put_turned(const struct hs_values *v, struct hs_buf *out)
{
    char ms[HS_NUM_TEXT], at[HS_NUM_TEXT];
    double hz, late_ms = hs_values_or_nan(v, "turned_ms");
    if (!hs_values_read(v, "turned_hz", &hz))
        return false;
    hs_buf_printf(
        out,
        "Phases are turned far, as by all-passes in a row: what lies around %s Hz comes %s "
        "ms later than the rest.\n",
        hs_num_fixed(at, hz, 0), hs_num_fixed(ms, late_ms, 0));
    return true;
}

static bool put_panned(const struct hs_values *v, struct hs_buf *out)
{
    double range_db;
    if (!hs_values_read(v, "panned_db", &range_db))
        return false;
    hs_buf_puts(out, "Left and right are turned up and down against each other by ");
    hs_sentence_number(out, range_db, 1, "dB: an auto-pan, or rides of the balance.\n");
    return true;
}

bool hs_pair_added_words(const struct hs_values *v, struct hs_buf *out)
{
    bool said = put_drops(v, out);
    said |= put_clicks(v, out);
    said |= put_foreign(v, out);
    said |= put_skips(v, out);
    said |= put_lost(v, out);
    said |= put_breaks(v, out);
    said |= put_swing(v, out);
    said |= put_panned(v, out);
    said |= put_turned(v, out);
    said |= put_tones(v, out);
    said |= put_noise(v, out);
    said |= put_other_sound(v, out);
    return said;
}
