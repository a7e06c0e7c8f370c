/* SPDX-License-Identifier: Apache-2.0 */
#include "report/sentence.h"

#include "core/num_text.h"

#include <math.h>

void hs_sentence_part(struct hs_sentence *s)
{
    hs_buf_puts(s->out, s->n++ ? ", " : s->start);
}

bool hs_sentence_end(struct hs_sentence *s)
{
    if (s->n)
        hs_buf_puts(s->out, ".\n");
    return s->n > 0;
}

void hs_sentence_number(struct hs_buf *out, double x, int digits, const char *unit)
{
    char text[HS_NUM_TEXT];
    hs_buf_printf(out, "%s %s", hs_num_fixed(text, x, digits), unit);
}

void hs_sentence_change(struct hs_sentence *s, double x, double least, int digits, const char *unit,
                        const char *what, const char *up, const char *down)
{
    if (!(fabs(x) >= least))
        return;
    hs_sentence_part(s);
    hs_buf_printf(s->out, "%s%s%s by ", what, *what ? " " : "", x > 0 ? up : down);
    hs_sentence_number(s->out, fabs(x), digits, unit);
}
