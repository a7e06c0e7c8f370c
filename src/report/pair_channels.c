/* SPDX-License-Identifier: Apache-2.0 */
#include "report/pair_channels.h"

#include "core/num_text.h"
#include "model/measure.h"

#include <math.h>

static void put_late_part(struct hs_sentence *s, double ms, const double *from_to)
{
    char text[HS_NUM_TEXT], from[HS_NUM_TEXT], to[HS_NUM_TEXT];
    hs_sentence_part(s);
    hs_buf_printf(s->out, "the %s channel %s ms later than in the mix", ms > 0 ? "left" : "right",
                  hs_num_fixed(text, fabs(ms), fabs(ms) < 10 ? 2 : 1));
    if (from_to)
        hs_buf_printf(s->out, " from %s to %s s", hs_num_fixed(from, from_to[0], 1),
                      hs_num_fixed(to, from_to[1], 1));
    hs_buf_puts(s->out, ", which thins mono");
}

/* One channel later than the other, all through or in parts: what it does to the middle is neither
 * tone nor width. */
static void put_late(struct hs_sentence *s, const struct hs_values *v)
{
    const double late_ms = 0.05, ms = hs_values_or_nan(v, "channel_delay_change_ms");
    const struct hs_value *part = hs_values_get(v, "late_channel");
    if (fabs(ms) >= late_ms)
        put_late_part(s, ms, NULL);
    for (size_t i = 0; part && part->kind == HS_ARRAY && i + 3 <= part->n; i += 3)
        put_late_part(s, part->array[i + 2], part->array + i);
}

/* The channel that has less, and where. */
static void put_channel_tone(struct hs_sentence *s, const struct hs_values *v)
{
    const double *hz = hs_values_doubles(v, "channel_tone_hz", 2);
    char db[HS_NUM_TEXT], where[HS_SPAN_WORDS];
    double tone_db;
    if (!hz || !hs_values_read(v, "channel_tone_db", &tone_db))
        return;
    hs_sentence_part(s);
    hs_buf_printf(s->out, "the %s channel %s dB less than the other %s",
                  tone_db > 0 ? "right" : "left", hs_num_fixed(db, fabs(tone_db), 1),
                  hs_span_words(hz[0], hz[1], where));
}

void hs_pair_channel_words(struct hs_sentence *s, const struct hs_values *pair)
{
    put_late(s, pair);
    put_channel_tone(s, pair);
}
