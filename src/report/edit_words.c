/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Between two pieces that both share lies a stretch of the mix and one of the master; either may be
 * negative. Which of them is longer tells what was done there.
 */
#include "report/edit_words.h"

#include "core/num_text.h"

#include <math.h>

/* Places of edits are right to some 20 ms. */
static const double least_s = 0.05;

struct seam {
    double at_s;            /* in the master */
    double mix_s, master_s; /* what each has between the pieces */
    double back_s;          /* where the second piece begins in the mix */
    double from_s, to_s;    /* of the mix: what both pieces hold */
};

static struct seam seam_of(const struct hs_segment *a, const struct hs_segment *b)
{
    const double end_s = a->mix_s + a->len_s;
    struct seam s = {.at_s = a->master_s + a->len_s};
    s.mix_s = b->mix_s - end_s;
    s.master_s = b->master_s - s.at_s;
    s.back_s = b->mix_s;
    s.from_s = fmax(a->mix_s, b->mix_s);
    s.to_s = fmin(end_s, b->mix_s + b->len_s);
    return s;
}

/* False where nothing was done that is longer than the error of its place. */
static bool put_seam(const struct seam *s, const char *before, struct hs_buf *out)
{
    char x[HS_NUM_TEXT], at[HS_NUM_TEXT];
    const double cut_s = s->mix_s - s->master_s;
    hs_num_fixed(at, s->at_s, 1);
    if (s->mix_s <= -least_s && s->to_s - s->from_s < least_s)
        hs_buf_printf(out, "%sback to %s s of the mix at %s s", before,
                      hs_num_fixed(x, s->back_s, 1), at);
    else if (s->mix_s <= -least_s)
        hs_buf_printf(out, "%s%s to %s s of the mix played twice, again from %s s on", before,
                      hs_num_fixed(x, s->from_s, 1),
                      hs_num_fixed((char[HS_NUM_TEXT]){0}, s->to_s, 1), at);
    else if (cut_s >= least_s)
        hs_buf_printf(out, "%s%s s of the mix cut out at %s s", before, hs_num_fixed(x, cut_s, 1),
                      at);
    else if (cut_s <= -least_s)
        hs_buf_printf(out, "%s%s s put in at %s s", before, hs_num_fixed(x, -cut_s, 1), at);
    else if (s->master_s >= least_s)
        hs_buf_printf(out, "%s%s s replaced at %s s", before, hs_num_fixed(x, s->master_s, 1), at);
    else
        return false;
    return true;
}

/* Whether the seam is that of a skip, which is told by itself. */
static bool skips(const struct hs_values *v, const struct seam *s)
{
    const double near_s = 0.5;
    const struct hs_value *x = hs_values_get(v, "skips");
    for (size_t i = 0; x && x->kind == HS_ARRAY && i + 5 <= x->n; i += 5)
        if (s->mix_s - s->master_s < 0 && s->at_s > x->array[i] - near_s &&
            s->at_s < x->array[i + 1] + near_s)
            return true;
    return false;
}

void hs_edit_words(const struct hs_pair *p, struct hs_buf *out)
{
    size_t n = 0;
    for (size_t i = 0; i + 1 < p->n_segments; i++) {
        const struct seam s = seam_of(&p->segments[i], &p->segments[i + 1]);
        if (!skips(&p->values, &s))
            n += put_seam(&s, n ? ", " : "Edits: ", out);
    }
    if (n)
        hs_buf_puts(out, ".\n");
}
