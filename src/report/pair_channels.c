/* SPDX-License-Identifier: Apache-2.0 */
#include "report/pair_channels.h"

#include "core/num_text.h"
#include "model/measure.h"
#include "pair/channel_tone.h"
#include "pair/late_parts.h"

#include <math.h>

/* What follows from it. */
static const char *effect_of(enum hs_late_kind kind)
{
    return kind == HS_LATE_CURED   ? ", which puts both in time"
           : kind == HS_LATE_EASED ? ", which brings both nearer in time"
                                   : ", which thins mono";
}

static void put_late_part(struct hs_sentence *s, const struct hs_late_part *p)
{
    char text[HS_NUM_TEXT], from[HS_NUM_TEXT], to[HS_NUM_TEXT];
    const struct hs_late_words words = hs_late_words_of(p);
    hs_sentence_part(s);
    hs_buf_printf(s->out, "the %s channel %s ms %s than in the mix", words.channel,
                  hs_num_fixed(text, fabs(p->ms), fabs(p->ms) < 10 ? 2 : 1), words.how);
    if (isfinite(p->to_s))
        hs_buf_printf(s->out, " from %s to %s s", hs_num_fixed(from, p->from_s, 1),
                      hs_num_fixed(to, p->to_s, 1));
    hs_buf_puts(s->out, effect_of(hs_late_kind_of(p)));
}

/* One channel later than the other, all through or in parts: what it does to the middle is neither
 * tone nor width. */
static void put_late(struct hs_sentence *s, const struct hs_values *v)
{
    struct hs_late_part part[HS_LATE_PARTS_MOST];
    const size_t n = hs_late_parts(v, part, HS_LATE_PARTS_MOST);
    for (size_t i = 0; i < n; i++)
        if (hs_late_kind_of(&part[i]) != HS_LATE_NOT)
            put_late_part(s, &part[i]);
}

/* The channel that was equalised; where that is not known the one that has less. */
static void put_channel_tone(struct hs_sentence *s, const struct hs_values *v)
{
    const double *hz = hs_values_doubles(v, "channel_tone_hz", 2);
    char db[HS_NUM_TEXT], where[HS_SPAN_WORDS];
    double tone_db;
    if (!hz || !hs_values_read(v, "channel_tone_db", &tone_db))
        return;
    const int moved = hs_channel_tone_moved(v);
    hs_sentence_part(s);
    hs_num_fixed(db, fabs(tone_db), 1);
    hs_span_words(hz[0], hz[1], where);
    if (moved >= 0)
        hs_buf_printf(s->out, "the %s channel was given %s dB %s %s", moved ? "right" : "left", db,
                      (tone_db > 0) == (moved == 0) ? "more" : "less", where);
    else
        hs_buf_printf(s->out, "the %s channel %s dB less than the other %s",
                      tone_db > 0 ? "right" : "left", db, where);
}

void hs_pair_channel_words(struct hs_sentence *s, const struct hs_values *pair)
{
    put_late(s, pair);
    put_channel_tone(s, pair);
}
