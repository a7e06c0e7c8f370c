/* SPDX-License-Identifier: Apache-2.0 */
/* One row for each destination that was asked about, then what every service does. */
#include "report/survival_section.h"

#include "model/survival.h"
#include "report/pieces.h"
#include "report/player.h"
#include "report/survival_words.h"
#include "report/words.h"
#include "survival/platforms.h"

#include <math.h>

static const struct hs_column columns[] = {{"where", NULL}, {"result", "n"}, {"in words", "text"}};

/* One destination: value, sentence, evidence. */
static void put_row(struct hs_html *h, const struct hs_audit *audit,
                    const struct hs_track_result *t, enum hs_survival_place place)
{
    const struct hs_survival_kind *k = &hs_survival_kinds[place];
    struct hs_arena a = {0};
    const char *why, *words = hs_survival_words(audit, t, place, &a, &why);
    double x = hs_survival_value(place, &t->master);
    char name[96];
    hs_html_literal(h, "<tr><th scope=\"row\">");
    hs_html_text(h, hs_capital(k->name, name, sizeof name));
    hs_html_literal(h, "<span class=\"sub\">");
    hs_html_text(h, k->what);
    hs_html_literal(h, "</span></th>");
    hs_html_td(h, &columns[1], x);
    if (words)
        hs_html_survival_value(h, place, x);
    hs_html_literal(h, "</td>");
    hs_html_td(h, &columns[2], NAN);
    hs_html_text(h, words ? words : "Cannot say: ");
    hs_html_text(h, words ? NULL : why ? why : "not measured");
    hs_html_literal(h, " ");
    if (words)
        hs_html_tier(h, k->tier);
    hs_html_literal(h, "</td></tr>\n");
    hs_arena_free(&a);
}

/* Every service of the table with its target, its gain, and the true peak after it. */
static void put_services(struct hs_html *h, const struct hs_audit *audit,
                         const struct hs_track_result *t)
{
    static const struct hs_column services[] = {{"service", NULL},
                                                {"target", "n"},
                                                {"gain", "n"},
                                                {"peak then", "n"},
                                                {"delivered as", "text"}};
    const struct hs_platform_row *rows;
    struct hs_arena a = {0};
    size_t n = hs_platform_rows(audit, t, &a, &rows);
    if (n) {
        hs_html_fold(h, "Every service", n);
        hs_html_table_begin(h, NULL, "fold compact",
                            "Targets as of " HS_PLATFORMS_CHECKED
                            "; they change, and the job file can set them.");
        hs_html_columns(h, services, sizeof services / sizeof *services);
    }
    /* each with what it does to this track */
    for (size_t i = 0; i < n; i++) {
        hs_html_literal(h, "<tr><th scope=\"row\">");
        hs_html_text(h, rows[i].platform->name);
        hs_html_literal(h, "</th>");
        hs_html_td(h, &services[1], rows[i].platform->target_lufs);
        hs_html_quantity(h, rows[i].platform->target_lufs, 0, "LUFS");
        hs_html_literal(h, "</td>");
        hs_html_td(h, &services[2], rows[i].gain_db);
        hs_html_signed(h, rows[i].gain_db, 1);
        hs_html_literal(h, "\xe2\x80\xaf"
                           "dB</td>");
        hs_html_td(h, &services[3], rows[i].peak_after_dbtp);
        hs_html_quantity(h, rows[i].peak_after_dbtp, 1, "dBTP");
        hs_html_literal(h, "</td>");
        hs_html_td(h, &services[4], NAN);
        hs_html_text(h, rows[i].platform->delivers);
        hs_html_literal(h, "</td></tr>\n");
    }
    if (n) {
        hs_html_table_end(h);
        hs_html_literal(h, "</details>");
    }
    hs_arena_free(&a);
}

void hs_html_survival(struct hs_pages *p, struct hs_html *h, const struct hs_track_result *t)
{
    const struct hs_audit *audit = p->audit;
    size_t track = (size_t)(t - audit->tracks);
    const struct hs_clip *clip = hs_clips_of_survival(p->options->clips, track);
    const struct hs_clip *lost = hs_clips_of_lost(p->options->clips, track);
    if (!audit->survival)
        return;
    hs_html_section(h, "survives", "spoils", "How it plays elsewhere");
    hs_html_table_begin(h, NULL, "fold compact", "Streaming first, then what people listen on.");
    hs_html_columns(h, columns, sizeof columns / sizeof *columns);
    for (int i = 0; i < HS_N_SURVIVAL_PLACES; i++)
        if (hs_survival_kinds[i].destination & audit->survival)
            put_row(h, audit, t, (enum hs_survival_place)i);
    hs_html_table_end(h);
    if (clip)
        hs_html_player(p, h, clip);
    if (lost) {
        hs_html_literal(h, "<p class=\"small\">The passage that disappears in the car:</p>");
        hs_html_player(p, h, lost);
    }
    if (audit->survival & HS_TO_PLATFORMS)
        put_services(h, audit, t);
    hs_html_literal(h, "<p class=\"small\">");
    hs_html_link(h, "", "survival", ".html", "All songs, all destinations");
    hs_html_literal(h, "</p></section>\n");
}
