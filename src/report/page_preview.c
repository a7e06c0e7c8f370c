/* SPDX-License-Identifier: Apache-2.0 */
/* preview.html: the mixes that are to be released, and how far previews came true on the pairs. */
#include "report/frame.h"
#include "report/pages.h"
#include "report/pieces.h"
#include "report/preview_words.h"
#include "report/to_be_released.h"

#include <math.h>

/* How far off the preview was, beside two guesses that need no preview. */
static void put_rows(struct hs_html *h, const struct hs_backtest *b)
{
    static const struct hs_column columns[] = {{"fault", NULL},
                                               {"pairs", "n"},
                                               {"off by", "n"},
                                               {"if nothing changed", "n"},
                                               {"by the usual move", "n"},
                                               {"shown", NULL}};
    hs_html_table_begin(h, "backtest", "fold",
                        "How far off predictions were in the mean, beside those of two simpler "
                        "guesses. In the order of the rules.");
    hs_html_columns(h, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < b->n_rows; i++) {
        const struct hs_backtest_row *r = &b->rows[i];
        /* the error beside that of two guesses that know nothing of the song */
        const double numbers[] = {r->pairs, r->error, r->baseline[0], r->baseline[1]};
        hs_html_literal(h, "<tr>");
        hs_html_td(h, &columns[0], NAN);
        hs_html_rule_link(h, r->rule);
        hs_html_literal(h, "</td>");
        for (size_t k = 0; k < 4; k++) {
            hs_html_td(h, &columns[k + 1], numbers[k]);
            if (k)
                hs_html_quantity(h, numbers[k], 2, r->unit);
            else
                hs_html_number(h, numbers[k], 0);
            hs_html_literal(h, "</td>");
        }
        hs_html_td(h, &columns[5], r->proven);
        hs_html_text(h, r->proven ? "better than both" : "an indication");
        hs_html_literal(h, "</td></tr>\n");
    }
    hs_html_table_end(h);
}

/* For each bin of forecast chances: how often the fault came true, with its interval. */
static void put_calibration(struct hs_html *h, const struct hs_backtest *b)
{
    static const struct hs_column columns[] = {
        {"said", "n"}, {"times", "n"}, {"came true", "n"}, {"95 of 100 times within", "n"}};
    if (!b->calibrated)
        return;
    hs_html_table_begin(h, "calibration", "fold",
                        "How often a fault came true that was said to come with this chance.");
    hs_html_columns(h, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < HS_CALIBRATION_BINS; i++) {
        const struct hs_calibration_bin *bin = &b->bins[i];
        /* chances that were never given */
        if (!bin->n)
            continue;
        hs_html_literal(h, "<tr>");
        hs_html_td(h, &columns[0], bin->predicted);
        hs_html_share(h, bin->predicted);
        hs_html_literal(h, "</td>");
        hs_html_td(h, &columns[1], bin->n);
        hs_html_number(h, bin->n, 0);
        hs_html_literal(h, "</td>");
        hs_html_td(h, &columns[2], bin->observed);
        hs_html_share(h, bin->observed);
        hs_html_literal(h, "</td>");
        hs_html_td(h, &columns[3], bin->interval[0]);
        hs_html_share(h, bin->interval[0]);
        hs_html_literal(h, " to ");
        hs_html_share(h, bin->interval[1]);
        hs_html_literal(h, "</td></tr>\n");
    }
    hs_html_table_end(h);
}

/* The mixes that are to be released, then how previews of released songs came true. */
static void render(struct hs_pages *p, struct hs_html *h, size_t index)
{
    (void)index;
    const struct hs_backtest *b = p->audit->backtest;
    struct hs_buf words = {0};
    hs_frame_begin(p, h, NULL);
    hs_html_literal(h, "<div class=\"hero\"><h1>Before it goes out</h1><p class=\"lead\">");
    hs_preview_backtest_words(b, &words);
    hs_html_text(h, words.data);
    hs_html_literal(h, "</p><p>");
    hs_html_text(h, hs_preview_disclaimer);
    hs_html_literal(h, "</p></div>\n");
    hs_html_to_be_released(p, h, HS_LIST_ROWS);
    if (b && b->n_rows) {
        hs_html_section(h, "true", NULL, "How far previews came true");
        if (b->hardly_mastered) {
            hs_html_literal(h, "<p>");
            hs_html_count(h, (size_t)b->hardly_mastered, "pair was", "pairs were");
            hs_html_textf(h,
                          " hardly mastered and stand apart; previews gave %d faults there that "
                          "the mix has not.",
                          b->alarms_unmastered);
            hs_html_literal(h, "</p>");
        }
        put_rows(h, b);
        put_calibration(h, b);
        hs_html_literal(h, "</section>\n");
    }
    hs_frame_end(p, h);
    hs_buf_free(&words);
}

static size_t count(const struct hs_pages *p)
{
    return p->audit->backtest != NULL;
}

const struct hs_page hs_page_preview = {
    .folder = "",
    .file = "preview",
    .title = "Before it goes out",
    .nav = "Preview",
    .place = 57,
    .count = count,
    .render = render,
};
