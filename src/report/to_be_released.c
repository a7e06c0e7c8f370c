/* SPDX-License-Identifier: Apache-2.0 */
/* Mixes that are still to be released, as a list on the first page and on preview.html: warnings,
 * how loud each can be made, and the first two faults that louder masters would have. */
#include "report/to_be_released.h"

#include "report/pieces.h"
#include "report/preview_words.h"

size_t hs_n_to_be_released(const struct hs_pages *p)
{
    size_t n = 0;
    for (size_t i = 0; i < p->audit->job->n_tracks; i++)
        n += p->audit->tracks[i].preview != NULL;
    return n;
}

static void put_words(struct hs_html *h, struct hs_buf *words)
{
    hs_html_prose(h, words->data);
    hs_buf_free(words);
}

/* One mix. A warning stands in place of the forecast, because the forecast says little before that
 * is mended. */
static void put_mix(struct hs_html *h, const struct hs_track_result *t)
{
    const struct hs_preview *p = t->preview;
    struct hs_buf words = {0};
    hs_html_literal(h, "<li><div class=\"head\"><h3>");
    hs_html_link(h, "previews/", t->track->id, ".html", t->track->title);
    hs_html_literal(h, "</h3></div><p>");
    if (!p->there) {
        hs_html_textf(h, "No preview: %s.", p->why);
    } else if (p->n_warnings) {
        hs_preview_warning_words(p, &words);
        put_words(h, &words);
    } else {
        hs_preview_carries_words(p, &words);
        put_words(h, &words);
    }
    /* the first two faults that mastering would add */
    for (size_t i = 0, shown = 0; i < p->n_first && shown < 2; i++) {
        struct hs_buf first = {0};
        if (p->first[i].in_mix)
            continue;
        hs_preview_first_words(&p->first[i], &first);
        hs_html_literal(h, " <span class=\"quiet\">");
        hs_html_sentence(h, first.data);
        hs_buf_free(&first);
        hs_html_literal(h, ".</span>");
        shown++;
    }
    hs_html_literal(h, "</p></li>\n");
}

/* At most so many, in the order of the job. */
void hs_html_to_be_released(struct hs_pages *p, struct hs_html *h, size_t most)
{
    size_t n = hs_n_to_be_released(p), shown = 0;
    if (!n)
        return;
    hs_html_section(h, "coming", "aside reissue", "To be released");
    hs_html_literal(h, "<p class=\"order\">What mastering will expose, in a chain of "
                       "hindsight\xe2\x80\x99s own. ");
    hs_html_cut(h, most < n ? most : n, n);
    hs_html_literal(h, "</p><ol>");
    for (size_t i = 0; i < p->audit->job->n_tracks && shown < most; i++)
        if (p->audit->tracks[i].preview) {
            put_mix(h, &p->audit->tracks[i]);
            shown++;
        }
    hs_html_literal(h, "</ol><p>");
    hs_html_link(h, "", "preview", ".html", "How far previews came true here");
    hs_html_literal(h, "</p></section>\n");
}
