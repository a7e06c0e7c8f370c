/* SPDX-License-Identifier: Apache-2.0 */
/* What a distributor needs of a master that was verified: file, loudness figures before and after,
 * ISRC and whether it is kept, and what is replaced. Written as a part of verify.html and as
 * delivery.csv; catalogue/delivery makes the values. */
#include "report/delivery.h"

#include "catalogue/delivery.h"
#include "report/csv.h"
#include "report/pieces.h"

#include <math.h>

/* One figure of the new master and of the old one. */
static void put_figure(struct hs_html *h, const struct hs_delivered *f)
{
    if (!isfinite(f->now))
        return;
    hs_html_literal(h, "<tr><th scope=\"row\">");
    hs_html_text(h, f->title);
    hs_html_literal(h, "</th><td class=\"num\">");
    hs_html_quantity(h, f->now, f->digits, f->unit);
    hs_html_literal(h, "</td><td class=\"num\">");
    hs_html_quantity(h, f->before, f->digits, f->unit);
    hs_html_literal(h, "</td></tr>");
}

/* Only for a master that was verified. */
void hs_html_delivery(struct hs_html *h, const struct hs_audit *audit,
                      const struct hs_track_result *t)
{
    struct hs_arena a = {0};
    struct hs_delivery d;
    if (t->update_verified && hs_delivery_make(audit, t, &a, &d)) {
        hs_html_literal(h,
                        "<h2>Delivery sheet</h2><div class=\"scroll\"><table><thead><tr><th></th>"
                        "<th>to upload</th><th>before</th></tr></thead><tbody>");
        for (size_t i = 0; i < d.n_figures; i++)
            put_figure(h, &d.figure[i]);
        hs_html_literal(h, "</tbody></table></div><p>File: <code>");
        hs_html_text(h, d.file);
        hs_html_literal(h, "</code>. ISRC: ");
        hs_html_text(h, d.isrc ? d.isrc : "not in the job");
        hs_html_literal(h, "; ");
        hs_html_text(h, d.isrc_why);
        hs_html_literal(h, ".</p><p>It replaces:</p><ul>");
        for (size_t i = 0; i < d.n_replaces; i++) {
            hs_html_literal(h, "<li><code>");
            hs_html_text(h, d.replaces[i]);
            hs_html_literal(h, "</code></li>");
        }
        hs_html_literal(h, "</ul>");
    }
    hs_arena_free(&a);
}

/* The names of the columns; figures have their keys. */
static void put_names(struct hs_csv *w, const struct hs_delivery *d)
{
    static const char *const first[] = {"track", "title", "release", "file", "codec"};
    for (size_t i = 0; i < sizeof first / sizeof *first; i++)
        hs_csv_text(w, first[i]);
    for (size_t i = 0; i < d->n_figures; i++)
        hs_csv_text(w, d->figure[i].key);
    hs_csv_text(w, "isrc");
    hs_csv_text(w, "isrc_is");
    hs_csv_text(w, "isrc_why");
    hs_csv_text(w, "replaces");
    hs_csv_end_row(w);
}

/* One master; paths that it replaces in one cell. */
static void put_row(struct hs_csv *w, const struct hs_audit *audit, const struct hs_track *t,
                    const struct hs_delivery *d)
{
    struct hs_buf replaces = {0};
    hs_csv_text(w, t->id);
    hs_csv_text(w, t->title);
    hs_csv_text(w, audit->job->releases[t->release].title);
    hs_csv_text(w, d->file);
    hs_csv_text(w, d->codec);
    for (size_t i = 0; i < d->n_figures; i++)
        hs_csv_number(w, d->figure[i].now);
    hs_csv_text(w, d->isrc);
    hs_csv_text(w, d->isrc_kept ? "kept" : "new");
    hs_csv_text(w, d->isrc_why);
    for (size_t i = 0; i < d->n_replaces; i++)
        hs_buf_printf(&replaces, "%s%s", i ? "; " : "", d->replaces[i]);
    hs_csv_text(w, replaces.data);
    hs_csv_end_row(w);
    hs_buf_free(&replaces);
}

/* One row for each verified master; gives the number of rows. Without any nothing is written, the
 * line of names neither. */
size_t hs_delivery_csv_put(const struct hs_audit *audit, struct hs_buf *out)
{
    struct hs_csv w = {.out = out};
    size_t n = 0;
    for (size_t i = 0; i < audit->job->n_tracks; i++) {
        const struct hs_track_result *t = &audit->tracks[i];
        struct hs_arena a = {0};
        struct hs_delivery d;
        if (t->update_verified && hs_delivery_make(audit, t, &a, &d)) {
            if (!n++)
                put_names(&w, &d);
            put_row(&w, audit, t->track, &d);
        }
        hs_arena_free(&a);
    }
    return n;
}
