/* SPDX-License-Identifier: Apache-2.0 */
/* What pages and the terminal say of a preview: warnings on the mix, how loud it can be made, from
 * which loudness on a fault appears, and how far such forecasts came true on the pairs of the job.
 */
#include "report/preview_words.h"

#include "catalogue/backtest.h"
#include "core/num_text.h"
#include "judge/rule.h"

#include <math.h>

const char hs_preview_disclaimer[] =
    "In hindsight's own chain, not your mastering engineer's; loudness, limiting and true peak are "
    "what was put in, and are not judged.";

/* From which loudness on a fault shows, with the range of the prediction. */
void hs_preview_first_words(const struct hs_first_fault *f, struct hs_buf *out)
{
    char text[HS_NUM_TEXT];
    hs_buf_puts(out, hs_rule_find(f->rule)->title);
    if (f->in_mix) {
        if (isnan(f->until_lufs))
            hs_buf_puts(out, " at any loudness: it is in the mix");
        else
            hs_buf_printf(out, ": it is in the mix, and gone from about %s LUFS on",
                          hs_num_fixed(text, f->until_lufs, 1));
        return;
    }
    hs_buf_printf(out, " from about %s LUFS", hs_num_fixed(text, f->from_lufs, 1));
    hs_buf_printf(out, " (%s to ", hs_num_fixed(text, f->range[0], 1));
    hs_buf_printf(out, "%s)", hs_num_fixed(text, f->range[1], 1));
}

/* A preview of a mix with faults of its own says little. */
void hs_preview_warning_words(const struct hs_preview *p, struct hs_buf *out)
{
    if (!p->n_warnings)
        return;
    hs_buf_puts(out, "First of all: the mix itself is ");
    for (size_t i = 0; i < p->n_warnings; i++)
        hs_buf_printf(out, "%s%s",
                      !i                      ? ""
                      : i + 1 < p->n_warnings ? ", "
                                              : " and ",
                      p->warnings[i]);
    hs_buf_puts(out, ". What follows says little before that is mended.");
}

/* How loud the mix can be made before a new fault shows. */
void hs_preview_carries_words(const struct hs_preview *p, struct hs_buf *out)
{
    char text[HS_NUM_TEXT];
    if (!p->n_targets)
        return;
    if (isnan(p->carries_lufs))
        hs_buf_printf(out, "It carries %s LUFS, the loudest that was tried, without a new fault.",
                      hs_num_fixed(text, p->targets[p->n_targets - 1].reached_lufs, 1));
    else
        hs_buf_printf(out, "It carries about %s LUFS: %s.", hs_num_fixed(text, p->carries_lufs, 1),
                      p->carries_why);
}

/* "12 of 20 (60 %, 39-78)" */
static void put_share(struct hs_buf *out, int k, int n, const double interval[2])
{
    hs_buf_printf(out, "%d of %d (%.0f %%, %.0f-%.0f)", k, n, 100.0 * k / n, 100 * interval[0],
                  100 * interval[1]);
}

/* How many of the faults that mastering exposed the previews had predicted, beside a forecast by
 * the usual move alone. */
static void put_foreseen(struct hs_buf *out, const struct hs_backtest *b)
{
    hs_buf_printf(out, "On %d pair%s of this job ", b->pairs, b->pairs == 1 ? "" : "s");
    if (!b->faults) {
        hs_buf_puts(out, "mastering exposed no fault, so there was none to foresee.");
        return;
    }
    hs_buf_puts(out, "previews foresaw ");
    put_share(out, b->foreseen, b->faults, b->foreseen_interval);
    hs_buf_printf(out,
                  " faults that mastering exposed; the usual move of mastering alone foresees "
                  "%d.",
                  b->foreseen_by_usual);
}

/* How far previews of released songs came true, which says how far to believe this one. */
void hs_preview_backtest_words(const struct hs_backtest *b, struct hs_buf *out)
{
    if (!b || !b->pairs) {
        hs_buf_puts(out, "No pair of a mix and its master tells yet how far such previews come "
                         "true here: all of this is an indication.");
        return;
    }
    put_foreseen(out, b);
    if (b->sound) {
        hs_buf_puts(out, " False alarms: ");
        put_share(out, b->false_alarms, b->sound, b->alarm_interval);
        hs_buf_puts(out, ".");
    }
    if (b->pairs < HS_ENOUGH_TO_FORESEE)
        hs_buf_printf(out, " That is too few (%d are needed): an indication.",
                      HS_ENOUGH_TO_FORESEE);
}
